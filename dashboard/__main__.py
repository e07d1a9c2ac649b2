"""The command line: the same code as the pages, for batches, scripts and checking.

Text by default, ``--json`` for machines. Errors go to stderr as one sentence, with exit status 2.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Final

<<<<<<< ours
from dashboard.advice import regimens
from dashboard.advice.advise import Advice, advise
from dashboard.advice.grounds import of_advice
from dashboard.advice.outlook import outlook
from dashboard.command_line import json_answers, text_answers
from dashboard.command_line.batch import add_command as add_batch_command
=======
from dashboard.command_line import batch, dose_and_reference, estimate, foods, plans, record, report, usda, validate
>>>>>>> theirs
from dashboard.command_line.error import CommandError
from dashboard.command_line.parser import Parser
from dashboard.plan import PlanError
from dashboard.tables.fault import TableError
from dashboard.tables.manifest import check
<<<<<<< ours
from dashboard.tables.read import load_tables
from dashboard.weeks.starter import starter_plan
from dashboard.words import band_ug, data_faults, plan_faults
from dashboard.words import outlook as outlook_words
from dashboard.words.provenance import rests_on
=======
from dashboard.words import command_line as said
from dashboard.words import data_faults, plan_faults
>>>>>>> theirs

#: What a shell answers for a program that was stopped with Ctrl-C.
INTERRUPTED: Final = 130


<<<<<<< ours
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


=======
>>>>>>> theirs
def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    root = Parser(prog="python -m dashboard", description=said.ABOUT)
    commands = root.add_subparsers(required=True, metavar="COMMAND")
    plans.add_plan_command(commands)
    estimate.add_commands(commands)
    dose_and_reference.add_commands(commands)
    foods.add_commands(commands)
    usda.add_commands(commands)
    record.add_command(commands)
    validate.add_command(commands)
    report.add_command(commands)
    batch.add_command(commands)
    plans.add_link_command(commands)
    return root


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0 when it worked, 2 with a sentence on stderr when not."""
    try:
        args = parser().parse_args(arguments)
        check()
        args.run(args)
    except TableError as error:
        return _refused(data_faults.said(error))
    except PlanError as error:
        return _refused(plan_faults.said(error))
    except CommandError as error:
        return _refused(str(error))
    except BrokenPipeError:
        sys.stderr.close()
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _refused(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
