"""Whose plans a group is: plan files, long food records of many people, ASA24 items with their supplements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.plan import Person, Plan, plan_file
from dashboard.tables.tables import Tables
from dashboard.weeks.food_record.faults import RecordError
from dashboard.weeks.food_record.reading import read_records
from dashboard.weeks.food_record.settle import Answers, make_plan
from dashboard.words import address, plan_faults
from dashboard.words import food_record as record_words
from dashboard.words import group as said

PLAN_FILE = ".json"


@dataclass(frozen=True, slots=True)
class Client:
    """One person of a batch: a code, the file it came from, the plan, and how many lines were not understood."""

    code: str
    file: str
    plan: Plan
    lines_not_understood: int = 0


def read_people(files: Sequence[tuple[str, bytes]], tables: Tables) -> tuple[list[Client], list[str]]:
    """Every person of files by name, in the files' order, and what could not be read.

    Plan files (.json) are one person each, called by the file's name. All other files are food records and are read
    together, so that the items and supplements of one ASA24 study belong to the same people.
    """
    people: list[Client] = []
    problems: list[str] = []
    for name, data in files:
        if name.endswith(PLAN_FILE):
            opened = plan_file.load(data)
            told = [*plan_faults.sentences(opened.problems), *(address.not_known(opened.plan, tables) if opened.plan else ())]
            problems += [said.BAD.format(file=name, reason=problem) for problem in told]
            if opened.plan is not None:
                people.append(Client(name.removesuffix(PLAN_FILE), name, opened.plan, len(opened.problems)))
    records = [(name, data) for name, data in files if not name.endswith(PLAN_FILE)]
    if records:
        people += _people_in_records(records, tables, problems)
    return people, problems


def _people_in_records(files: Sequence[tuple[str, bytes]], tables: Tables, problems: list[str]) -> Iterator[Client]:
    found = read_records(files, tables)
    names = ", ".join(name for name, _ in files)
    problems += [said.BAD.format(file=fault.file or names, reason=record_words.fault(fault)) for fault in found.faults]
    for person in found.people:
        where = f"{names} ({person.code})"
        try:
            made = make_plan(Plan(Person()), person, Answers(), tables.foods)
        except RecordError as error:
            problems.append(said.BAD.format(file=where, reason=record_words.fault(error.fault)))
            continue
        problems += [said.BAD.format(file=where, reason=record_words.fault(fault)) for fault in made.faults]
        yield Client(person.code, names, made.plan, made.lines_left_out)
