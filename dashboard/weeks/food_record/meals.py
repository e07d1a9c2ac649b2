"""The meals of a record: names that are known, and names that are asked once each."""

from __future__ import annotations

import re
from typing import Final

from dashboard.plan import MEALS
from dashboard.quantities.numerals import plain_digits
from dashboard.tables.record_words import RecordWords
from dashboard.tables.units import folded

_HOUR: Final = re.compile(r"(\d{1,2})[:h](\d{2})?(?::\d{2})?\s*([ap])?")
_NUMBERED: Final = re.compile(r"[^\W\d_]*\s*#?(\d)")


def known_meal(name: str, words: RecordWords, *, asa24: bool = False) -> str:
    """The plan's meal that a name beyond doubt means; empty when it has to be asked."""
    plain = folded(name).strip(".:")
    if asa24:
        return words.meals["ASA24"].get(plain.partition(".")[0], "")
    by_word = words.meals["word"]
    if plain in MEALS:
        return plain
    return by_word.get(plain) or by_word.get(plain.removesuffix("s")) or ""


def meal_name(meal: str, time: str) -> str:
    """What a meal is asked by: its name, or where the record names none its time of day."""
    return meal or clock(time)


def clock(time: str) -> str:
    """The time of day in a text as 7:00 or 19:30; empty when there is none."""
    found = _HOUR.search(folded(plain_digits(time)))
    if not found or not 0 <= int(found[1]) < 24:
        return ""
    hour = int(found[1]) % 12 + 12 * (found[3] == "p") if found[3] else int(found[1])
    return f"{hour}:{found[2] or '00'}"


def offered_meal(name: str, time: str, words: RecordWords) -> str:
    """The meal that is offered first for a name that has to be asked: by its number ("Meal 2"), else by the time of day."""
    numbered = _NUMBERED.fullmatch(folded(name))
    if numbered and (meal := words.meals["number of the meal"].get(numbered[1])):
        return meal
    hour = clock(time).partition(":")[0] or clock(name).partition(":")[0]
    return words.meals["hour"].get(hour, "snack")
