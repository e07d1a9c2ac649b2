"""Reads a plan's code field by field: keeps what it can, and notes what it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from dashboard.plan import DAYS_MAX, OWN_FOODS_MAX, SUPPLEMENTS_MAX, Day, OwnFood, Person, Plan, PlanError
from dashboard.plan.fault import Fault, Part, fault
from dashboard.plan.link_parts import (
    DISLIKES,
    NOT_SHARED,
    decode_day,
    decode_dislikes,
    decode_keys,
    decode_own,
    decode_person,
    decode_supplement,
    read_number,
)
from dashboard.plan.problems import Problems


class CodeReader:
    """Reads a link field by field, keeps what it can and notes what it cannot."""

    def __init__(self, fields: list[str]) -> None:
        self.fields = fields
        self.at = 0
        self.problems = Problems()
        self.read_something = False
        self.conditions_shared = True

    def next(self) -> str | None:
        """The next field; None where the code ends."""
        if self.at >= len(self.fields):
            return None
        self.at += 1
        return self.fields[self.at - 1]

    def one(self, part: Part, decode: Callable[[str], Any], default: Any) -> Any:
        """Reads the next field. Where it cannot be read, notes the problem and takes the default."""
        field = self.next()
        if field is None:
            self.problems.append(fault("link-part-missing", part=part))
            return default
        try:
            return decode(field)
        except (PlanError, KeyError, ValueError, IndexError, OverflowError) as error:
            self.problems.append(fault("link-part-wrong", part=part, why=reason(error)))
            return default

    def many(self, kind: str, most: int, decode: Callable[[str], Any]) -> list[Any]:
        """A list with its length in front; what cannot be read in it is noted and left out."""
        count = self.one(Part(f"number-of-{kind}s"), read_number, 0)
        if count > most:
            self.problems.append(fault("link-too-many", part=Part(f"{kind}s"), most=most))
            count = most
        found = []
        for n in range(count):
            if self.at >= len(self.fields):
                self.problems.append(fault("link-ends", part=Part(kind, n + 1)))
                break
            one = self.one(Part(kind, n + 1), decode, None)
            if one is not None:
                found.append(one)
        return found

    def person(self, field: str) -> Person:
        """Who the plan is for."""
        person, known = decode_person(field)
        if not known:
            self.problems.append(fault("shops-in-assumed", why=fault("word-unknown")))
        return person

    def day(self, field: str) -> Day:
        """A day, with what could be read of it."""
        day, wrong = decode_day(field)
        if wrong:
            self.problems.append(fault("link-part-wrong", part=Part("part-of-day", day=day.name), why=wrong))
        return day

    def conditions(self, field: str) -> tuple[str, ...]:
        """Conditions and medicines, where the link carries them."""
        if field == NOT_SHARED:
            self.conditions_shared = False
            return ()
        return decode_keys(field)

    def plan(self) -> Plan:
        """One plan, from the field that is next."""
        nobody = Person()
        person = self.one(Part("person"), self.person, nobody)
        excludes = self.one(Part("excludes"), decode_keys, ())
        conditions = self.one(Part("conditions"), self.conditions, ())
        days = self.many("day", DAYS_MAX, self.day)
        supplements = self.many("supplement", SUPPLEMENTS_MAX, decode_supplement)
        own = by_key(self.many("own-food", OWN_FOODS_MAX, decode_own), self.problems)
        # The first links of this version were written without this field.
        marked = self.at < len(self.fields) and self.fields[self.at].startswith(DISLIKES)
        dislikes = self.one(Part("dislikes"), decode_dislikes, ()) if marked else ()
        self.read_something = self.read_something or bool(days) or person is not nobody
        return Plan(
            replace(person, excludes=excludes, conditions=conditions),
            tuple(days) or (Day(),),
            tuple(supplements),
            own,
            dislikes,
        )


def by_key(foods: Iterable[OwnFood], problems: Problems) -> tuple[OwnFood, ...]:
    """Foods of a person's own, each key once. The first of a key is kept; another one is told."""
    kept: dict[str, OwnFood] = {}
    for food in foods:
        if kept.setdefault(food.key, food) is not food:
            problems.append(fault("own-food-twice", key=food.key, kept=kept[food.key].label, label=food.label))
    return tuple(kept.values())


def reason(error: Exception) -> Fault:
    """What was wrong; of an error of Python the reader is told only that the form is not this app's."""
    return error.fault if isinstance(error, PlanError) else fault("form-unknown")
