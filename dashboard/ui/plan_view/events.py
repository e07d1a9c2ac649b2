"""What the browser asks for, checked as a stranger's file is, and turned into a plan. Pure: no Streamlit.

An event is a small dictionary: ``id`` (which press it was), ``version`` (of the plan it was made on), ``kind``,
and the fields of that kind, no more and no fewer. Whatever else arrives is refused and changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from dashboard import plan as edits
from dashboard.foods.meal_in_words import FOODS_MAX
from dashboard.foods.meal_in_words import TEXT_MAX as LINE_MAX
from dashboard.plan import (
    DAYS_MAX,
    FOOD_ID,
    GRAMS_DECIMALS,
    GRAMS_MAX,
    ITEMS_PER_MEAL_MAX,
    MEALS,
    SUPPLEMENTS_MAX,
    Place,
)

ID: Final = re.compile(r"[a-z0-9]{1,16}\.[0-9]{1,9}")
VERSION: Final = re.compile(r"[0-9a-f]{18}")
TEXT_MAX: Final = 40
QUERY_MAX: Final = 80
MEASURES_MAX: Final = 100
STALE: Final = "stale"
NOT_UNDERSTOOD: Final = "not-understood"


class Refused(ValueError):
    """An event that is not carried out: a code of ``words.plan_page.REFUSED`` and the values its sentence needs."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values: Mapping[str, object] = values


@dataclass(frozen=True, slots=True)
class Event:
    """One press in the browser. ``values`` are those of its kind, checked."""

    id: str
    version: str
    kind: str
    values: Mapping[str, Any]


# Fields ------------------------------------------------------------------------------------------

Check = Callable[[object], Any]


def _refuse() -> NoReturn:
    raise Refused(NOT_UNDERSTOOD)


def _whole(below: int, low: int = 0) -> Check:
    """A whole number from ``low`` to under ``below``; true and false are none."""
    return lambda raw: raw if type(raw) is int and low <= raw < below else _refuse()


def _text(most: int) -> Check:
    return lambda raw: raw if isinstance(raw, str) and len(raw) <= most else _refuse()


def _matching(pattern: re.Pattern[str]) -> Check:
    return lambda raw: raw if isinstance(raw, str) and len(raw) <= TEXT_MAX and pattern.fullmatch(raw) else _refuse()


def _flag(raw: object) -> bool:
    return raw if isinstance(raw, bool) else _refuse()


def _weight(raw: object) -> float:
    number = float(raw) if type(raw) in (int, float) and abs(raw) <= 10 * GRAMS_MAX else _refuse()  # type: ignore[arg-type]
    if not round(number, GRAMS_DECIMALS) > 0:
        raise Refused("nothing")
    return within_limits(number)


def within_limits(grams: float) -> float:
    """A weight that a plan can hold. [g]"""
    if grams > GRAMS_MAX:
        raise Refused("too-much", most=f"{GRAMS_MAX:,.0f} g")
    return grams


def _place(raw: object) -> Place:
    if not isinstance(raw, list) or len(raw) != 3:
        _refuse()
    limits = (DAYS_MAX, len(MEALS), ITEMS_PER_MEAL_MAX)
    return Place(*(_whole(below)(part) for part, below in zip(raw, limits, strict=True)))


def _days(raw: object) -> tuple[int, ...]:
    if not isinstance(raw, list) or not 1 <= len(raw) <= DAYS_MAX:
        _refuse()
    return tuple(_whole(DAYS_MAX)(day) for day in raw)


def _weighed_foods(raw: object) -> tuple[tuple[str, float], ...]:
    """Foods with their weights [g]."""
    if not isinstance(raw, list) or not 1 <= len(raw) <= FOODS_MAX or not all(isinstance(one, list) and len(one) == 2 for one in raw):
        _refuse()
    return tuple((_food(food), _weight(grams)) for food, grams in raw)


_food, _day, _meal = _matching(FOOD_ID), _whole(DAYS_MAX), _whole(len(MEALS))
_form = _matching(re.compile("|".join(edits.SUPPLEMENT_FORMS)))


# Kinds -------------------------------------------------------------------------------------------

_OF_A_FOOD: Final[Mapping[str, Check]] = {"place": _place, "food": _food}

#: Edits by kind, with their fields and the checks of these.
EDITS: Final[Mapping[str, Mapping[str, Check]]] = {
    "grams": {**_OF_A_FOOD, "grams": _weight},
    "typed": {**_OF_A_FOOD, "text": _text(TEXT_MAX), "measure": _whole(MEASURES_MAX, -1)},
    "add": {"day": _day, "meal": _meal, "food": _food},
    "add_line": {"day": _day, "meal": _meal, "foods": _weighed_foods},
    "remove": _OF_A_FOOD,
    "off": _OF_A_FOOD,
    "move": {**_OF_A_FOOD, "day": _day, "meal": _meal},
    "swap": {**_OF_A_FOOD, "to": _food},
    "join": {"day": _day, "meal": _meal, "other": _meal},
    "copy_meal": {"day": _day, "meal": _meal, "to": _days},
    "copy_day": {"day": _day, "to": _days},
    "nothing_eaten": {"day": _day, "on": _flag},
    "supplement": {"form": _form, "dose": _text(TEXT_MAX), "times": _text(TEXT_MAX), "with_food": _flag},
    "remove_supplement": {"index": _whole(SUPPLEMENTS_MAX)},
    "stand_in": {"food": _food},
    "stand_ins": {},
    "keep_baseline": {},
    "restore_baseline": {},
    "drop_baseline": {},
    "starter": {"bare": _flag},
    "empty": {"week": _flag},
}
#: Steps through what was done; the session knows them, not the plan.
STEPS: Final = ("undo", "redo")
#: The form for a food from its label, which opens over the page.
LABEL: Final = "label"
#: Questions, which change nothing and may be asked of any version.
QUESTIONS: Final[Mapping[str, Mapping[str, Check]]] = {
    "search": {"query": _text(LINE_MAX), "line": _flag},
    "details": {"food": _food},
}
_KINDS: Final[Mapping[str, Mapping[str, Check]]] = {
    **EDITS,
    **dict.fromkeys(STEPS, {}),
    LABEL: {"day": _day, "meal": _meal, "name": _text(QUERY_MAX)},
    **QUESTIONS,
}


def read(raw: object) -> Event:
    """An event as the browser sent it, checked. Raises :class:`Refused` for whatever the element never sends."""
    if not isinstance(raw, dict) or not isinstance(raw.get("kind"), str) or raw["kind"] not in _KINDS:
        _refuse()
    kind = raw["kind"]
    fields = _KINDS[kind]
    if set(raw) != {"id", "version", "kind", *fields}:
        _refuse()
    return Event(
        id=_matching(ID)(raw["id"]),
        version=_matching(VERSION)(raw["version"]),
        kind=kind,
        values={name: check(raw[name]) for name, check in fields.items()},
    )


def id_of(raw: object) -> str:
    """The id of an event that may be refused; empty when it has none."""
    found = raw.get("id") if isinstance(raw, dict) else None
    return found if isinstance(found, str) and len(found) <= TEXT_MAX and ID.fullmatch(found) else ""
