"""The words by which food records from elsewhere name their columns and meals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dashboard.tables.kept import read_once
from dashboard.tables.read import read_rows
from dashboard.tables.units import folded

_BETWEEN_WORDS: Final = re.compile(r"[\s_-]+")


def heading_word(text: str) -> str:
    """A heading in the one form in which headings are compared: "Participant_ID", "participant-id" and "Participant Id" are one."""
    return _BETWEEN_WORDS.sub("", folded(text))


@dataclass(frozen=True, slots=True)
class Heading:
    """What a column of a record holds, and the unit it has without saying so. ``rank``: the first of several is read."""

    field: str
    unit: str
    rank: int


@dataclass(frozen=True)
class RecordWords:
    """Rows of record_headings.csv by :func:`heading_word` and of record_meals.csv by word.

    ``meals`` is by kind of word: word, ASA24, hour, number of the meal.
    """

    headings: Mapping[str, Heading]
    meals: Mapping[str, Mapping[str, str]]


@read_once
def load_record_words(folder: Path) -> RecordWords:
    """The words of food records, read once per process.

    Raises
    ------
    TableError
        When a file is missing or a cell cannot be read.
    """
    headings: dict[str, Heading] = {}
    for row in read_rows("record_headings", folder):
        unit = "" if row["unit"] in ("word", "number") else row["unit"]
        for word in row["words"].split(";"):
            headings[heading_word(word)] = Heading(row["field"], unit, len(headings))
    meals: dict[str, dict[str, str]] = {}
    for row in read_rows("record_meals", folder):
        meals.setdefault(row["unit"], {}).update({folded(word): row["meal"] for word in row["words"].split(";")})
    return RecordWords(headings, meals)
