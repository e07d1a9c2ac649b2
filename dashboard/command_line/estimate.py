"""``assess``, ``suggest`` and ``outlook``: what a plan comes to, what would close its shortfall, and the years ahead."""

from __future__ import annotations

import argparse
import math
import sys
from typing import Any

from dashboard.advice import regimens
from dashboard.advice.advise import Advice, advise
from dashboard.advice.grounds import of_advice
from dashboard.advice.outlook import outlook
from dashboard.command_line import json_answers, text_answers
from dashboard.command_line.error import CommandError
from dashboard.command_line.parser import add, number, whole_years
from dashboard.command_line.plan_argument import read_plan
from dashboard.command_line.printing import print_json, print_rests_on
from dashboard.estimate import provenance
from dashboard.estimate.assess import assess
from dashboard.estimate.stores import YEARS_MAX
from dashboard.tables.read import load_tables
from dashboard.words import command_line as said
from dashboard.words import outlook as outlook_words


def add_commands(commands: Any) -> None:
    """Adds ``assess``, ``suggest`` and ``outlook``."""
    for name, run, about in (("assess", assess_plan, said.ASSESS_ABOUT), ("suggest", suggest_plan, said.SUGGEST_ABOUT)):
        add(commands, name, run, about).add_argument("plan", metavar="PLAN", help=said.PLAN_HELP)
    ahead = add(commands, "outlook", outlook_plan, said.OUTLOOK_ABOUT)
    ahead.add_argument("plan", metavar="PLAN", help=said.PLAN_HELP)
    ahead.add_argument("--years", type=whole_years, default=10, help=said.YEARS_HELP.format(most=YEARS_MAX))
    ahead.add_argument("--start-ug", type=number("µg"), help=said.START_HELP)


def _advised(args: argparse.Namespace) -> Advice:
    tables = load_tables()
    return advise(assess(read_plan(args.plan), tables), tables)


def assess_plan(args: argparse.Namespace) -> None:
    """What a plan comes to."""
    advice, tables = _advised(args), load_tables()
    steps = (*provenance.of_assessment(advice.assessment, tables), *of_advice(advice, tables))
    if args.json:
        return print_json(json_answers.assessment(advice) | {"rests_on": json_answers.rests_on(steps)})
    print("\n".join(text_answers.assessment(advice)))
    print_rests_on(steps)
    return None


def suggest_plan(args: argparse.Namespace) -> None:
    """Foods and regimens that would close the shortfall."""
    advice, tables = _advised(args), load_tables()
    if args.json:
        return print_json(json_answers.suggestions(advice, tables))
    print("\n".join(text_answers.suggestions(advice, tables)))
    return None


def outlook_plan(args: argparse.Namespace) -> None:
    """How the body's stores move over years under a plan."""
    tables = load_tables()
    if not 1 <= args.years <= YEARS_MAX:
        raise CommandError(outlook_words.years_wrong(args.years))
    if args.start_ug is not None and not (math.isfinite(args.start_ug) and args.start_ug >= 0):
        raise CommandError(outlook_words.start_wrong(args.start_ug))
    advice = _advised(args)
    kept = advice.assessment.plan.baseline
    found = outlook(
        advice.assessment,
        tables,
        args.years,
        args.start_ug,
        baseline=assess(kept, tables) if kept else None,
        regimens=regimens.compare(advice, tables),
    )
    if (args.start_ug or 0) > found.full_ug:
        print(outlook_words.start_full(found.full_ug), file=sys.stderr)
    steps = (
        *provenance.of_stores(advice.assessment, tables),
        *provenance.of_assessment(advice.assessment, tables),
        *of_advice(advice, tables),
    )
    if args.json:
        return print_json(json_answers.outlook(found, advice, tables) | {"rests_on": json_answers.rests_on(steps)})
    print("\n".join(outlook_words.lines(found, advice, tables)))
    print_rests_on(steps)
    return None
