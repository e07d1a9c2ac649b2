"""A plan's week as an example week and what was changed in it: the short form of version 2.

Works on the text of version 1. The days of a plan, each a field, become two fields: ``_`` and the code of an example week, and the
changes to its days. A change is a day, a meal, where it begins, how many foods go, and the foods that come:

    day . meal letter . index . count . foods          0b11f0abcd2J   on Monday, breakfast: the second food is another
    day . m . marks joined by hyphens                  3mn            on Thursday nothing was eaten

Opening turns it back into the text of version 1, which is then read like every link: nothing here has to be believed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final

from dashboard.plan.fault import Fault, PlanError, fault
from dashboard.plan.link_parts import MEAL_LETTERS, SEPARATOR, digits, encode_day, item_texts, read_number
from dashboard.plan.plan import Day

#: Stands before the code of a week, where version 1 has the number of days. No field of version 1 begins with it.
WEEK: Final = "_"
#: Stands between changes, and between the parts of a day.
BETWEEN: Final = "_"
MARKS: Final = "m"
BETWEEN_MARKS: Final = "-"
#: In the fields of one plan: where the number of days stands.
DAYS_AT: Final = 3
#: A link holds a plan and the one kept to compare with.
PLANS_MAX: Final = 2
#: The parts of a day: its name, then its meals, then its marks.
MEALS_END: Final = 1 + len(MEAL_LETTERS)
LETTERS: Final = tuple(MEAL_LETTERS.values())

Parts = tuple[str, ...]


class KnownWeeks:
    """The example weeks that a link may name, by their code. Those of every version ever shipped: a link keeps its meaning."""

    def __init__(self, weeks: Mapping[str, Sequence[Day]]) -> None:
        self.days: dict[str, tuple[Parts, ...]] = {
            code: tuple(tuple(encode_day(day).split(BETWEEN)) for day in days) for code, days in weeks.items()
        }
        #: Names of the days -> day, place in it and text -> the weeks with this text there.
        self._with: dict[Parts, dict[tuple[int, int, str], list[str]]] = {}
        for code, days in self.days.items():
            places = self._with.setdefault(tuple(day[0] for day in days), {})
            for at in _places(days):
                places.setdefault(at, []).append(code)

    def nearest(self, days: Sequence[Parts]) -> str | None:
        """The code of the week that has most meals in common with days of the same names; None where none has any.

        Of several with as many the first.
        """
        places = self._with.get(tuple(day[0] for day in days), {})
        same = Counter(code for at in _places(days) for code in places.get(at, ()))
        most = max(same.values(), default=0)
        return next((code for code in self.days if same[code] == most), None) if most else None


def _places(days: Sequence[Parts]) -> Iterator[tuple[int, int, str]]:
    """Every part of days but their names: which day, which part of it, and its text."""
    return ((n, m, text) for n, day in enumerate(days) for m, text in enumerate(day[1:]))


NO_WEEKS: Final = KnownWeeks({})


def shortened(fields: Sequence[str], weeks: KnownWeeks) -> list[str]:
    """The fields of one plan with its days as changes to an example week, where that is shorter; else as they are."""
    whole = list(fields)
    end = DAYS_AT + 1 + read_number(whole[DAYS_AT])
    days = [tuple(text.split(BETWEEN)) for text in whole[DAYS_AT + 1 : end]]
    code = weeks.nearest(days)
    if code is None:
        return whole
    short = [*whole[:DAYS_AT], f"{WEEK}{code}", BETWEEN.join(_changes(weeks.days[code], days)), *whole[end:]]
    return min(whole, short, key=lambda form: len(SEPARATOR.join(form)))


def _changes(known: Sequence[Parts], days: Sequence[Parts]) -> list[str]:
    """What makes the days out of those of an example week. A meal has fewer foods than there are digits."""
    found = []
    for n, (before, after) in enumerate(zip(known, days, strict=True)):
        for letter, old, new in zip(LETTERS, before[1:MEALS_END], after[1:MEALS_END], strict=True):
            if old != new:
                was, now = list(item_texts(old)), list(item_texts(new))
                changed = [op for op in SequenceMatcher(None, was, now, autojunk=False).get_opcodes() if op[0] != "equal"]
                for _, start, stop, low, high in changed:
                    found.append(f"{digits(n)}{letter}{digits(start)}{digits(stop - start)}{''.join(now[low:high])}")
        if before[MEALS_END:] != after[MEALS_END:]:
            found.append(f"{digits(n)}{MARKS}{BETWEEN_MARKS.join(after[MEALS_END:])}")
    return found


def in_full(fields: Sequence[str], weeks: KnownWeeks) -> tuple[list[str], list[Fault]]:
    """The fields of version 1 that a short form stands for, and what could not be read in it. Never raises."""
    whole: list[str] = []
    faults: list[Fault] = []
    at = opened = 0
    while at < len(fields):
        if opened < PLANS_MAX and fields[at].startswith(WEEK):
            opened += 1
            changes = fields[at + 1] if at + 1 < len(fields) else ""
            days = _days(fields[at].removeprefix(WEEK), changes, weeks, faults)
            whole += [digits(len(days)), *days]
            at += 2
        else:
            whole.append(fields[at])
            at += 1
    return whole, faults


def _days(code: str, changes: str, weeks: KnownWeeks, faults: list[Fault]) -> list[str]:
    """The days of an example week with changes, as text."""
    known = weeks.days.get(code)
    if known is None:
        faults.append(fault("link-week-unknown"))
        return []
    meals = [[list(item_texts(meal)) for meal in day[1:MEALS_END]] for day in known]
    marks = [list(day[MEALS_END:]) for day in known]
    # From the last to the first, so that the places of those before stay what they were.
    for change in reversed(changes.split(BETWEEN) if changes else []):
        try:
            _change(change, meals, marks)
        except (PlanError, IndexError, ValueError):
            faults.append(fault("link-change-unreadable"))
    return [BETWEEN.join((day[0], *("".join(meal) for meal in meals[n]), *marks[n])) for n, day in enumerate(known)]


def _change(change: str, meals: list[list[list[str]]], marks: list[list[str]]) -> None:
    """Makes one change.

    Raises
    ------
    PlanError, IndexError, ValueError
        Where it names a place that is not there, or foods that cannot be read.
    """
    day, letter = read_number(change[0]), change[1]
    if letter == MARKS:
        marks[day] = [mark for mark in change[2:].split(BETWEEN_MARKS) if mark]
        return
    meal = meals[day][LETTERS.index(letter)]
    start, count = read_number(change[2]), read_number(change[3])
    if start + count > len(meal):
        raise IndexError(start)
    meal[start : start + count] = list(item_texts(change[4:]))
