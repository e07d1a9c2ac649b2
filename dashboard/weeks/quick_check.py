"""The quick check: a usual week made from how often a few foods are eaten.

How often somebody usually eats a food says more about a usual intake than one recorded day does, so the
answers become a whole week.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from dashboard.plan import MEALS, WEEKDAYS, Day, Diet, Item
from dashboard.tables.foods import DIET_MAY_EAT, Exclusion, QuickSlot
from dashboard.tables.tables import Tables

DAYS: Final = len(WEEKDAYS)


def slots(tables: Tables, diet: Diet, leave_out: Iterable[Exclusion] = ()) -> list[QuickSlot]:
    """The questions for a diet: only foods it allows, and none that the person leaves out."""
    out = tuple(leave_out)
    foods = tables.foods
    fit = {f.id for f in foods.values() if f.diet in DIET_MAY_EAT[diet] and not any(f.has(e) for e in out)}
    return [slot for slot in tables.quick_slots if slot.food_id in fit]


def usual_answers(tables: Tables, diet: Diet) -> dict[str, str]:
    """How often each food is eaten by somebody of the diet: what the questions start from."""
    return {slot.slot: slot.usual[diet] for slot in slots(tables, diet)}


def week(tables: Tables, answers: Mapping[str, str]) -> tuple[Day, ...]:
    """Seven days that hold each food as often as answered.

    Servings are spread evenly over the week and, on one day, over the slot's meals. A part of a serving (a
    food eaten once or twice a month) is a smaller amount on one day, so that the week's mean is right.

    Parameters
    ----------
    answers
        Slot -> frequency, keys of quick_check.csv and frequencies.csv.
    """
    meals: list[list[list[Item]]] = [[[] for _ in MEALS] for _ in range(DAYS)]
    for offset, slot in enumerate(tables.quick_slots):
        times = tables.frequencies[answers[slot.slot]].times_per_week if slot.slot in answers else 0.0
        servings = [1.0] * int(times) + ([times % 1] if times % 1 else [])
        for n, share in enumerate(servings):
            # Each food starts on another day, so that the week is not all on Monday.
            day, round_of_week = (offset + n * DAYS // max(1, min(len(servings), DAYS))) % DAYS, n // DAYS
            meal = MEALS.index(slot.meals[round_of_week % len(slot.meals)])
            meals[day][meal].append(Item(slot.food_id, slot.grams * share))
    return tuple(Day(name, tuple(tuple(meal) for meal in day)) for name, day in zip(WEEKDAYS, meals, strict=True))
