"""``record``: a food record from elsewhere as plans, so that a folder of records can be checked by script."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any, Final

from dashboard.advice.advise import advise
from dashboard.command_line.error import CommandError
from dashboard.command_line.parser import add
from dashboard.estimate.assess import assess
from dashboard.plan import MEALS, Person, Plan, plan_file
from dashboard.tables.read import load_tables
from dashboard.tables.tables import Tables
from dashboard.tables.units import folded
from dashboard.weeks.food_record.faults import RecordError
from dashboard.weeks.food_record.reading import FoodRecord, PersonRecord, read_records
from dashboard.weeks.food_record.settle import BELIEVE, Answers, MadePlan, differing, make_plan, open_lines
from dashboard.words import command_line as command_words
from dashboard.words import food_record as said
from dashboard.words import plural
from dashboard.words.verdict import headline

#: A record says nothing of the person: the plan is of the app's usual one, and that is told.
NOBODY: Final = Plan(Person())


def add_command(commands: Any) -> None:
    """Adds ``record`` to the command line."""
    parser = add(commands, "record", record, command_words.RECORD_ABOUT)
    parser.add_argument("files", nargs="+", metavar="FILE", help=command_words.RECORD_FILES_HELP)
    parser.add_argument("--person", metavar="CODE", help=command_words.RECORD_PERSON_HELP)
    parser.add_argument("--meal", action="append", default=[], metavar="NAME=MEAL", help=command_words.RECORD_MEAL_HELP)
    parser.add_argument("--believe", choices=BELIEVE, default=BELIEVE[0], help=command_words.RECORD_BELIEVE_HELP)


def record(args: argparse.Namespace) -> None:
    """A food record from elsewhere as plans; what is not clear is listed and left out."""
    tables = load_tables()
    found = read_records([(name, _bytes(name)) for name in args.files], tables)
    people = [found.person(args.person)] if args.person is not None else list(found.people)
    problems = said.faults(found.faults)
    if args.person is not None and found.people and people == [None]:
        raise CommandError(said.no_such_person(args.person, [person.code for person in found.people]))
    answers = Answers(meals=_meals(args.meal), believe=args.believe)
    known = [person for person in people if person is not None]
    if args.json:
        shown = [_answer(person, answers, tables, problems, args.files[0]) for person in known]
        print(json.dumps({"people": shown, "problems": list(dict.fromkeys(problems))}, indent=1, ensure_ascii=False))
    if not found.people:
        raise CommandError(" ".join(problems))
    if not args.json:
        _print(found, known, answers, tables)


def _bytes(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise CommandError(said.unreadable(name, error.strerror or "")) from error


def _meals(given: list[str]) -> dict[str, str]:
    meals = {}
    for one in given:
        name, mark, meal = one.rpartition("=")
        if not mark or meal.strip().casefold() not in MEALS:
            raise CommandError(said.meal_unclear(one, MEALS))
        meals[folded(name)] = meal.strip().casefold()
    return meals


def _made(person: PersonRecord, answers: Answers, tables: Tables, problems: list[str]) -> MadePlan | None:
    """A person's plan; None where no line is clear, which is told."""
    try:
        made = make_plan(NOBODY, person, answers, tables.foods)
    except RecordError as error:
        problems.append(said.fault(error.fault))
        return None
    problems += said.faults(made.faults)
    return made


def _answer(person: PersonRecord, answers: Answers, tables: Tables, problems: list[str], only_file: str) -> dict[str, Any]:
    """One person of ``record --json``. ``only_file``: the file's name where there is one only."""
    made = _made(person, answers, tables, problems)
    return {
        "code": person.code,
        "days": len(person.days),
        "lines": len(person.lines) + len(person.supplements),
        "open": [
            {"file": line.file or only_file, "line": line.number, "text": said.line_text(line), "reason": said.open_reason(line)}
            for line in open_lines(person, answers)
        ],
        "differs": [said.differs(line, line.table_ug(tables.foods) or 0.0) for line in differing(person, tables.foods)],
        "plan": plan_file.to_json(made.plan) if made else None,
    }


def _print(found: FoodRecord, people: list[PersonRecord], answers: Answers, tables: Tables) -> None:
    problems = said.faults(found.faults)
    for person in people:
        made = _made(person, answers, tables, problems)
        days = plural(len(person.days), "day")
        print(f"{said.person_code(person.code)}: {days}, {plural(len(person.lines) + len(person.supplements), 'line')}")
        if made:
            print(f"  {headline(advise(assess(made.plan, tables), tables))}")
            if made.lines_left_out:
                print(f"  {said.left_out(made.lines_left_out)}")
        for line in open_lines(person, answers):
            print(f"  {said.row(line)}")
        for line in differing(person, tables.foods):
            print(f"  {said.differs(line, line.table_ug(tables.foods) or 0.0)}")
    for problem in problems:
        print(problem, file=sys.stderr)
