"""The command line: the same code as the pages, for batches, scripts and checking.

Text by default, ``--json`` for machines. Errors go to stderr as one sentence, with exit status 2.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from dashboard.advice import regimens
from dashboard.advice.advise import Advice, advise
from dashboard.advice.grounds import of_advice
from dashboard.advice.outlook import outlook
from dashboard.command_line import json_answers, text_answers
from dashboard.command_line.batch import add_command as add_batch_command
from dashboard.command_line.error import CommandError
from dashboard.command_line.foods import add_commands as add_foods_commands
from dashboard.command_line.record import add_command as add_record_command
from dashboard.command_line.report import add_command as add_report_command
from dashboard.command_line.validate import add_command as add_validate_command
from dashboard.estimate import provenance, reference
from dashboard.estimate.absorption import dose_ug, levers
from dashboard.estimate.assess import assess
from dashboard.estimate.stores import YEARS_MAX
from dashboard.foods.usda.commands import add_commands as add_usda_commands
from dashboard.plan import (
    AGE_MAX_YEARS,
    DEFAULT_REFERENCE_SET,
    DOSE_MAX_UG,
    Diet,
    LifeStage,
    Market,
    Person,
    Plan,
    PlanError,
    link,
    plan_file,
)
from dashboard.tables.fault import TableError
from dashboard.tables.manifest import check
from dashboard.tables.read import load_tables
from dashboard.weeks.starter import starter_plan
from dashboard.words import band_ug, data_faults, plan_faults
from dashboard.words import outlook as outlook_words
from dashboard.words.provenance import rests_on

#: What a shell answers for a program that was stopped with Ctrl-C.
INTERRUPTED: Final = 130


def _print_json(answer: Any) -> None:
    print(json.dumps(answer, indent=1, ensure_ascii=False))


def _print_rests_on(steps: Iterable[provenance.Step]) -> None:
    """What of the answer is a choice or unchecked, under it."""
    for line in rests_on(steps):
        print(line)


def _read_plan(where: str) -> Plan:
    """A plan from a file, a link, or ``-`` for standard input; what was not read goes to stderr."""
    if where == "-":
        opened = _from_text(_standard_input())
    elif where.startswith(("http://", "https://", "?")):
        opened = link.from_url(where)
    else:
        try:
            opened = _from_text(Path(where).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is not a text file"
            raise CommandError(f"{where} cannot be read: {reason}.") from error
    if opened.plan is None:
        raise CommandError(" ".join(plan_faults.all_said(opened.problems)))
    for problem in plan_faults.all_said(opened.problems):
        print(problem, file=sys.stderr)
    return opened.plan


def _standard_input() -> str:
    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise CommandError("What was sent on standard input is not text in UTF-8.") from error


def _from_text(text: str) -> link.Opened:
    start = text.lstrip()[:8]
    return link.from_url(text) if start.startswith(("http", "?", f"{link.VERSION}.")) else plan_file.load(text)


def _person(args: argparse.Namespace) -> Person:
    return Person(args.age, args.life_stage, args.diet, tuple(args.exclude), tuple(args.condition), args.reference_set, args.shops_in)


def plan_new(args: argparse.Namespace) -> None:
    """The starter week of a diet type as a plan file."""
    tables = load_tables()
    person = _person(args)
    _known(person.conditions, tables.conditions, "condition")
    _known(person.excludes, tables.exclusions, "exclusion")
    _known([person.reference_set], tables.reference_sets, "reference set")
    print(plan_file.dump(starter_plan(tables, person, unfortified=args.unfortified)), end="")


def _known(words: Sequence[str], known: Any, what: str) -> None:
    for word in words:
        if word not in known:
            raise CommandError(f"{word!r} is not a {what} of this app. Known: {', '.join(known)}.")


def _advised(args: argparse.Namespace) -> Advice:
    tables = load_tables()
    return advise(assess(_read_plan(args.plan), tables), tables)


def assess_plan(args: argparse.Namespace) -> None:
    """What a plan comes to."""
    advice, tables = _advised(args), load_tables()
    steps = (*provenance.of_assessment(advice.assessment, tables), *of_advice(advice, tables))
    if args.json:
        return _print_json(json_answers.assessment(advice) | {"rests_on": json_answers.rests_on(steps)})
    print("\n".join(text_answers.assessment(advice)))
    _print_rests_on(steps)
    return None


def suggest_plan(args: argparse.Namespace) -> None:
    """Foods and regimens that would close the shortfall."""
    advice, tables = _advised(args), load_tables()
    if args.json:
        return _print_json(json_answers.suggestions(advice, tables))
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
        return _print_json(json_answers.outlook(found, advice, tables) | {"rests_on": json_answers.rests_on(steps)})
    print("\n".join(outlook_words.lines(found, advice, tables)))
    _print_rests_on(steps)
    return None


def absorb(args: argparse.Namespace) -> None:
    """How much of one dose is taken up."""
    tables = load_tables()
    if not 0 <= args.dose_ug <= DOSE_MAX_UG:
        raise CommandError(f"The dose must be between 0 and {DOSE_MAX_UG:,.0f} µg.")
    _known(args.condition, tables.conditions, "condition")
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
        return _print_json(
            {"absorbed_ug": json_answers.band(taken_up), "percent": round(percent, 2), "rests_on": json_answers.rests_on(steps)}
        )
    print(f"{args.dose_ug:g} µg swallowed, {band_ug(taken_up)} taken up ({percent:.2g} %).")
    _print_rests_on(steps)
    return None


def reference_rows(args: argparse.Namespace) -> None:
    """Rows of the reference table."""
    tables = load_tables()
    if args.set:
        _known([args.set], tables.reference_sets, "reference set")
    if args.age is not None and not 0 <= args.age <= AGE_MAX_YEARS:
        raise CommandError(f"Age must be between 0 and {AGE_MAX_YEARS} years.")
    found = reference.rows(tables, args.set, args.age, args.life_stage)
    if args.json:
        return _print_json([json_answers.reference(row) for row in found])
    for row in found:
        ages = f"{row.age_from_years:g}+" if row.age_below_years is None else f"{row.age_from_years:g} to <{row.age_below_years:g}"
        doubt = "  (not checked against the original)" if row.mark == "unsure" else ""
        print(f"{row.reference_set:<13} {row.life_stage:<14} {ages:<12} y  {row.kind:<9} {row.value_ug:g} {row.unit}{doubt}")
    _print_rests_on(provenance.of_reference_rows(found, tables))
    return None


def link_encode(args: argparse.Namespace) -> None:
    """A plan file as a link."""
    print(link.to_url(_read_plan(args.plan), args.base, share_conditions=args.share_conditions))


def link_decode(args: argparse.Namespace) -> None:
    """A link as a plan file."""
    opened = link.from_url(args.url)
    if opened.plan is None:
        raise CommandError(" ".join(plan_faults.all_said(opened.problems)))
    for problem in plan_faults.all_said(opened.problems):
        print(problem, file=sys.stderr)
    print(plan_file.dump(opened.plan), end="")


class _Parser(argparse.ArgumentParser):
    """Errors as one sentence, not a page of usage."""

    def error(self, message: str) -> Any:
        raise CommandError(f"{message[:1].upper()}{message[1:]}. See: {self.prog} --help")


def _add(commands: Any, name: str, run: Callable[[argparse.Namespace], None], *, json_answer: bool = True) -> argparse.ArgumentParser:
    text = (run.__doc__ or "").strip()
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(run=run)
    if json_answer:
        parser.add_argument("--json", action="store_true", help="for machines")
    return parser


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    root = _Parser(
        prog="python -m dashboard",
        description="Vitamin B12 intake, what is taken up of it, and what would close a shortfall.",
    )
    commands = root.add_subparsers(required=True, metavar="COMMAND")

    plan = commands.add_parser("plan", help="make a plan").add_subparsers(required=True, metavar="new")
    new = _add(plan, "new", plan_new, json_answer=False)
    new.add_argument("--diet", required=True, choices=[str(d) for d in Diet])
    new.add_argument("--age", type=int, default=Person().age_years)
    new.add_argument("--life-stage", default="none", choices=[str(s) for s in LifeStage])
    new.add_argument("--reference-set", default=DEFAULT_REFERENCE_SET)
    new.add_argument("--shops-in", choices=[str(m) for m in Market], help="where the food is bought; else it goes with the reference set")
    new.add_argument("--condition", action="append", default=[], help="may be given more than once")
    new.add_argument("--exclude", action="append", default=[], help="may be given more than once")
    new.add_argument("--unfortified", action="store_true", help="the version of the week without fortified food")

    for name, run in (("assess", assess_plan), ("suggest", suggest_plan)):
        _add(commands, name, run).add_argument("plan", metavar="PLAN", help="a file, a link, or - for standard input")

    ahead = _add(commands, "outlook", outlook_plan)
    ahead.add_argument("plan", metavar="PLAN", help="a file, a link, or - for standard input")
    ahead.add_argument("--years", type=int, default=10, help=f"1 to {YEARS_MAX}")
    ahead.add_argument("--start-ug", type=float, help="what is in store today, where it is known")

    dose = _add(commands, "absorb", absorb)
    dose.add_argument("--dose-ug", type=float, required=True)
    dose.add_argument("--kind", choices=("crystalline", "food"), default="crystalline")
    dose.add_argument("--condition", action="append", default=[])
    dose.add_argument("--with-food", action="store_true")

    ref = _add(commands, "reference", reference_rows)
    ref.add_argument("--set")
    ref.add_argument("--age", type=float)
    ref.add_argument("--life-stage", choices=[str(s) for s in LifeStage])

    add_foods_commands(commands, _add)
    add_usda_commands(commands, _add)
    add_record_command(commands, _add)
    add_validate_command(commands, _add)
    add_report_command(commands, _add, _read_plan)
    add_batch_command(commands, _add)

    links = commands.add_parser("link", help="a plan as a link and back").add_subparsers(required=True, metavar="encode|decode")
    encode = _add(links, "encode", link_encode, json_answer=False)
    encode.add_argument("plan", metavar="PLAN")
    encode.add_argument("--base", default="", help="address of the app, e.g. https://example.org/")
    encode.add_argument("--share-conditions", action="store_true", help="conditions and medicines go into the link")
    _add(links, "decode", link_decode, json_answer=False).add_argument("url")
    return root


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0 when it worked, 2 with a sentence on stderr when not."""
    try:
        args = parser().parse_args(arguments)
        check()
        args.run(args)
    except TableError as error:
        print(data_faults.said(error), file=sys.stderr)
        return 2
    except PlanError as error:
        print(plan_faults.said(error), file=sys.stderr)
        return 2
    except CommandError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


if __name__ == "__main__":
    sys.exit(main())
