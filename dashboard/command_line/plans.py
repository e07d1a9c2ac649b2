"""``plan new`` and ``link``: a plan to begin with, and a plan as a link and back."""

from __future__ import annotations

import argparse
from typing import Any

from dashboard.command_line.parser import add, check_known, group, whole_years
from dashboard.command_line.plan_argument import plan_of, read_plan
from dashboard.plan import DEFAULT_REFERENCE_SET, Diet, LifeStage, Market, Person, link, plan_file
from dashboard.tables.read import load_tables
from dashboard.weeks.starter import starter_plan
from dashboard.words import command_line as said


def add_plan_command(commands: Any) -> None:
    """Adds ``plan new``."""
    new = add(group(commands, "plan", said.PLAN_ABOUT, "new"), "new", plan_new, said.PLAN_NEW_ABOUT, json_answer=False)
    new.add_argument("--diet", required=True, choices=[str(d) for d in Diet])
    new.add_argument("--age", type=whole_years, default=Person().age_years)
    new.add_argument("--life-stage", default="none", choices=[str(s) for s in LifeStage])
    new.add_argument("--reference-set", default=DEFAULT_REFERENCE_SET)
    new.add_argument("--shops-in", choices=[str(m) for m in Market], help=said.SHOPS_IN_HELP)
    new.add_argument("--condition", action="append", default=[], help=said.SEVERAL_HELP)
    new.add_argument("--exclude", action="append", default=[], help=said.SEVERAL_HELP)
    new.add_argument("--unfortified", action="store_true", help=said.UNFORTIFIED_HELP)


def add_link_command(commands: Any) -> None:
    """Adds ``link encode`` and ``link decode``."""
    links = group(commands, "link", said.LINK_ABOUT, "encode|decode")
    encode = add(links, "encode", link_encode, said.LINK_ENCODE_ABOUT, json_answer=False)
    encode.add_argument("plan", metavar="PLAN")
    encode.add_argument("--base", default="", help=said.BASE_HELP)
    encode.add_argument("--share-conditions", action="store_true", help=said.SHARE_CONDITIONS_HELP)
    add(links, "decode", link_decode, said.LINK_DECODE_ABOUT, json_answer=False).add_argument("url")


def _person(args: argparse.Namespace) -> Person:
    return Person(args.age, args.life_stage, args.diet, tuple(args.exclude), tuple(args.condition), args.reference_set, args.shops_in)


def plan_new(args: argparse.Namespace) -> None:
    """Prints the starter week of a diet type as a plan file."""
    tables = load_tables()
    person = _person(args)
    check_known(person.conditions, tables.conditions, said.UNKNOWN_CONDITION)
    check_known(person.excludes, tables.exclusions, said.UNKNOWN_EXCLUSION)
    check_known([person.reference_set], tables.reference_sets, said.UNKNOWN_REFERENCE_SET)
    print(plan_file.dump(starter_plan(tables, person, unfortified=args.unfortified)), end="")


def link_encode(args: argparse.Namespace) -> None:
    """Prints a plan file as a link."""
    print(link.to_url(read_plan(args.plan), args.base, share_conditions=args.share_conditions, weeks=load_tables().link_weeks))


def link_decode(args: argparse.Namespace) -> None:
    """Prints a link as a plan file."""
    print(plan_file.dump(plan_of(link.from_url(args.url, load_tables().link_weeks))), end="")
