"""One food in several of USDA's releases: which records are of the same food, and which of them stands for it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from typing import Final

from dashboard.foods.lexicon import lexicon, stems, words

#: Records of one name whose energy differs by more than this share are taken as different foods.
ENERGY_DIFFERENCE_MAX: Final = 0.25
#: Where USDA lists a food twice, which record stands for it; the embedded table comes before all.
PREFERENCE: Final = ("foundation", "fndds", "sr")
BRACKETS: Final = re.compile(r"\([^()]*food distribution program[^()]*\)", re.IGNORECASE)

#: Row, data set and energy of one record. [kcal per 100 g]
Record = tuple[int, str, float | None]


def rows_of_one_food(foods: sqlite3.Connection, embedded: int) -> dict[int, tuple[int, ...]]:
    """Row -> all rows of the same food, the one that stands for it first; only foods that several releases have.

    The same food: the same words in USDA's description, whatever their order, number and empty phrases, in
    another release, and about the same energy.

    Parameters
    ----------
    embedded
        How many rows, from the first, are of the embedded table.
    """
    groups: dict[frozenset[str], list[Record]] = {}
    rows = foods.execute("SELECT rowid, description, data_set, energy_kcal_per_100g FROM food ORDER BY rowid")
    for rowid, description, data_set, energy_kcal in rows:
        if description:
            groups.setdefault(_key(description), []).append((rowid, data_set, energy_kcal))
    same: dict[int, tuple[int, ...]] = {}
    for members in groups.values():
        if len(members) > 1:
            for group in _apart(members, embedded):
                same |= dict.fromkeys(group, group)
    return same


def _apart(members: list[Record], embedded: int) -> Iterator[tuple[int, ...]]:
    """Rows of one description, as foods: of each release one record, of about the same energy."""

    def place(member: Record) -> tuple[bool, int, int]:
        rowid, data_set, _ = member
        return rowid > embedded, PREFERENCE.index(data_set) if data_set in PREFERENCE else len(PREFERENCE), rowid

    left = sorted(members, key=place)
    while left:
        first, *rest = left
        food, left, releases = [first], [], {first[1]}
        for member in rest:
            if member[1] not in releases and _about_equal(first[2], member[2]):
                food.append(member)
                releases.add(member[1])
            else:
                left.append(member)
        if len(food) > 1:
            yield tuple(rowid for rowid, _, _ in food)


def _key(description: str) -> frozenset[str]:
    """What a description says, without order, number and phrases that do not tell two foods apart."""
    told = " ".join(words(BRACKETS.sub(" ", description)))
    told = lexicon().fillers.sub(" ", told)
    return frozenset(stems(told.split())) - lexicon().categories


def _about_equal(one: float | None, other: float | None) -> bool:
    return one is None or other is None or abs(one - other) <= ENERGY_DIFFERENCE_MAX * max(one, other)
