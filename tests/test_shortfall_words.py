"""What is said of the days that lie below the target: each that brings none is named, and nothing is said twice."""

from __future__ import annotations

import pytest
from conftest import advised, own
from presses import MILK

from dashboard.plan import Day, Item, Person, Plan
from dashboard.words import shortfall

NO_VALUE = own("unknown", None)
BANANA = "fndds:63107010"
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


@pytest.mark.parametrize(
    ("milk_g", "said"),
    [
        ((500, 0, 500, 0, 0), "3 of 5 days are below the target. Tuesday, Thursday and Friday bring none"),
        ((500, 0, 0, 0, 0), "4 of 5 days are below the target. 4 days bring none"),
        ((500, 244, 500, 122, 500), "2 of 5 days are below the target. Thursday and Tuesday bring least (0.7 µg and 1.3 µg)"),
        ((500, 0, 500, 500, 500), "1 of 5 days is below the target. Tuesday brings none"),
        ((0, 0, 0, 0, 0), "On every day: none of the foods and supplements of this plan brings B12 that can be counted."),
    ],
)
def test_the_days_that_bring_least_are_named(tables, milk_g, said):
    days = tuple(
        Day(name, ((), (Item(MILK, grams) if grams else Item(BANANA, 100),), (), ())) for name, grams in zip(WEEK, milk_g, strict=True)
    )
    assert shortfall.shortfall(advised(Plan(Person(34), days), tables)).startswith(said)


def day(**meals: tuple[str, float]) -> Day:
    names = ("breakfast", "lunch", "dinner", "snack")
    return Day("Monday", tuple((Item(*meals[name]),) if name in meals else () for name in names))


@pytest.mark.parametrize(
    ("meals", "said"),
    [
        ({"breakfast": (MILK, 244)}, "lunch and dinner bring none."),
        ({"breakfast": (MILK, 244), "lunch": (MILK, 100)}, "dinner brings none."),
        ({"breakfast": (MILK, 100), "lunch": (MILK, 50), "dinner": (MILK, 25)}, "dinner is the emptiest meal (0.1 µg on average)."),
        (
            {"breakfast": (MILK, 100), "lunch": (MILK, 50), "dinner": (NO_VALUE.id, 25)},
            "Monday brings least (at least 0.8 µg). On 1 day it is not clear: not all that was eaten is known.",
        ),
        ({"breakfast": (MILK, 100), "lunch": (NO_VALUE.id, 25)}, "dinner brings none."),
    ],
)
def test_every_meal_that_brings_none_is_named_and_one_without_a_value_is_not_called_empty(tables, meals, said):
    plan = Plan(Person(34), (day(**meals),), own_foods=(NO_VALUE,))
    assert said in shortfall.shortfall(advised(plan, tables))
