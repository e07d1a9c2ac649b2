"""``foods search``, ``foods show`` and ``foods diet``: the foods of this app's table, and of USDA's releases where they are imported."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dashboard.command_line import json_answers
from dashboard.command_line.diet_classes import UnknownFoodError, diet_answers
from dashboard.command_line.error import CommandError
from dashboard.command_line.parser import add, group
from dashboard.command_line.printing import print_json
from dashboard.foods.search import Finder
from dashboard.foods.usda.store import Store, StoreError, open_store, store_path
from dashboard.plan import Diet
from dashboard.tables.read import load_tables
from dashboard.words import command_line as command_words
from dashboard.words import data_faults
from dashboard.words import food_facts as said


def add_commands(commands: Any) -> None:
    """Adds ``foods search``, ``foods show`` and ``foods diet``."""
    foods = group(commands, "foods", command_words.FOODS_ABOUT, "search|show|diet")
    find = add(foods, "search", search, command_words.FOODS_SEARCH_ABOUT)
    find.add_argument("query", nargs="?", default="")
    find.add_argument("--queries", metavar="FILE", help=command_words.QUERIES_HELP)
    find.add_argument("--diet", choices=[str(d) for d in Diet])
    find.add_argument("--limit", type=int, default=10)
    add(foods, "show", show, command_words.FOODS_SHOW_ABOUT).add_argument("id")
    of = add(foods, "diet", diet, command_words.FOODS_DIET_ABOUT)
    of.add_argument("ids", nargs="+", metavar="ID", help=command_words.FOOD_IDS_HELP)


def search(args: argparse.Namespace) -> None:
    """Foods by name."""
    if args.limit < 1:
        raise CommandError(said.LIMIT_WRONG)
    path = store_path()
    finder = Finder(load_tables(), path if path.exists() else None)
    _tell(finder.fault)

    def hits(query: str) -> list[dict[str, Any]]:
        found = finder.find(query, diet=args.diet and Diet(args.diet), limit=args.limit)
        return [json_answers.food(hit.food) for hit in found]

    if args.queries:
        found = {query: hits(query) for query in _queries(args.queries)}
        if args.json:
            return print_json(found)
        for query, rows in found.items():
            print(f"{query}: {len(rows)}")
            _print_hits(rows)
        return None
    if not args.query:
        raise CommandError(said.NO_QUERY)
    found_one = hits(args.query)
    return print_json(found_one) if args.json else _print_hits(found_one)


def _queries(name: str) -> list[str]:
    try:
        lines = Path(name).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise CommandError(said.no_text_file(name)) from error
    return [line.strip() for line in lines if line.strip()]


def show(args: argparse.Namespace) -> None:
    """One food in full."""
    food = load_tables().foods.get(args.id)
    if food is None and (store := _store()):
        food = store.food(args.id)
    if food is None:
        raise CommandError(said.not_in_table(args.id))
    answer = json_answers.food_in_full(food)
    if args.json:
        return print_json(answer)
    for key, value in answer.items():
        print(f"{key}: {value}")
    return None


def diet(args: argparse.Namespace) -> None:
    """The diet class of foods, and why."""
    try:
        found = diet_answers(args.ids, load_tables().foods, _store())
    except UnknownFoodError as error:
        raise CommandError(said.not_known_here(error.args[0])) from error
    if args.json:
        return print_json([asdict(answer) for answer in found])
    for answer in found:
        print(f"{answer.id:<18} {answer.diet:<11} {answer.reason}")
    return None


def _store() -> Store | None:
    """The imported foods; None where nothing was imported, or the file is damaged, which is told."""
    try:
        return open_store()
    except StoreError as error:
        _tell(error)
        return None


def _tell(fault: StoreError | None) -> None:
    """Why USDA's own foods are not there; the foods of the table are."""
    if fault:
        print(f"{said.OWN_TABLE_ONLY} {data_faults.sentence(fault)}", file=sys.stderr)


def _print_hits(hits: Sequence[dict[str, Any]]) -> None:
    for hit in hits:
        print(command_words.food_row(hit))
