"""``absorb`` and ``reference``: what is taken up of one dose, and the rows of the reference table."""

from __future__ import annotations

import argparse
from typing import Any

from dashboard.command_line import json_answers
from dashboard.command_line.error import CommandError
from dashboard.command_line.parser import add, check_known, number
from dashboard.command_line.printing import print_json, print_rests_on
from dashboard.estimate import provenance, reference
from dashboard.estimate.absorption import dose_ug, levers
from dashboard.plan import AGE_MAX_YEARS, DOSE_MAX_UG, LifeStage
from dashboard.tables.read import load_tables
from dashboard.words import command_line as said


def add_commands(commands: Any) -> None:
    """Adds ``absorb`` and ``reference``."""
    dose = add(commands, "absorb", absorb, said.ABSORB_ABOUT)
    dose.add_argument("--dose-ug", type=number("µg"), required=True)
    dose.add_argument("--kind", choices=("crystalline", "food"), default="crystalline")
    dose.add_argument("--condition", action="append", default=[])
    dose.add_argument("--with-food", action="store_true")

    ref = add(commands, "reference", reference_rows, said.REFERENCE_ABOUT)
    ref.add_argument("--set")
    ref.add_argument("--age", type=number("years"))
    ref.add_argument("--life-stage", choices=[str(s) for s in LifeStage])


def absorb(args: argparse.Namespace) -> None:
    """How much of one dose is taken up."""
    tables = load_tables()
    if not 0 <= args.dose_ug <= DOSE_MAX_UG:
        raise CommandError(said.DOSE_WRONG.format(most=DOSE_MAX_UG))
    check_known(args.condition, tables.conditions, said.UNKNOWN_CONDITION)
    crystalline, conditions = args.kind == "crystalline", [tables.conditions[c] for c in args.condition]
    taken_up = dose_ug(
        args.dose_ug,
        tables,
        crystalline=crystalline,
        with_food=args.with_food,
        levers=levers(conditions),
    )
    steps = provenance.of_dose(tables, crystalline=crystalline, with_food=args.with_food, conditions=conditions)
    percent = 100 * taken_up.value / args.dose_ug if args.dose_ug else 0.0
    if args.json:
        return print_json(
            {"absorbed_ug": json_answers.band(taken_up), "percent": round(percent, 2), "rests_on": json_answers.rests_on(steps)}
        )
    print(said.taken_up(args.dose_ug, taken_up, percent))
    print_rests_on(steps)
    return None


def reference_rows(args: argparse.Namespace) -> None:
    """Rows of the reference table."""
    tables = load_tables()
    if args.set:
        check_known([args.set], tables.reference_sets, said.UNKNOWN_REFERENCE_SET)
    if args.age is not None and not 0 <= args.age <= AGE_MAX_YEARS:
        raise CommandError(said.AGE_WRONG.format(most=AGE_MAX_YEARS))
    found = reference.rows(tables, args.set, args.age, args.life_stage)
    if args.json:
        return print_json([json_answers.reference(row) for row in found])
    for row in found:
        print(said.reference_row(row))
    print_rests_on(provenance.of_reference_rows(found, tables))
    return None
