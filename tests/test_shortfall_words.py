"""What is said of the days that lie below the target: each that brings none is named, and nothing is said twice."""

from __future__ import annotations

import pytest
from conftest import advised
from presses import MILK

from dashboard.plan import Day, Item, Person, Plan
from dashboard.words import shortfall

BANANA = "fndds:63107010"
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


@pytest.mark.parametrize(
    ("milk_g", "said"),
    [
        ((500, 0, 500, 0, 0), "3 of 5 days are below the target. Tuesday, Thursday and Friday bring none"),
        ((500, 0, 0, 0, 0), "4 of 5 days are below the target. 4 days bring none"),
        ((500, 244, 500, 122, 500), "2 of 5 days are below the target. Thursday and Tuesday bring least (0.7 µg and 1.3 µg)"),
        ((500, 0, 500, 500, 500), "1 of 5 days is below the target. Tuesday brings none"),
        ((0, 0, 0, 0, 0), "Nothing in this plan brings B12 that can be counted."),
    ],
)
def test_the_days_that_bring_least_are_named(tables, milk_g, said):
    days = tuple(
        Day(name, ((), (Item(MILK, grams) if grams else Item(BANANA, 100),), (), ())) for name, grams in zip(WEEK, milk_g, strict=True)
    )
    assert shortfall.shortfall(advised(Plan(Person(34), days), tables)).startswith(said)
