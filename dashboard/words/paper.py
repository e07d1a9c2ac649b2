"""What a page says only on paper: whose figures they are, and every day of the plan."""

from __future__ import annotations

from typing import Final

from dashboard.estimate.day_sums import DaySum
from dashboard.estimate.intake import Eaten
from dashboard.words import amount_ug, day_intake, portion

DAYS_TITLE: Final = "Every day of the plan"
SUPPLEMENTS_TITLE: Final = "Supplements"
DAY: Final = "{day}: {intake}"
MEAL: Final = "{meal}: {foods}"
FOOD: Final = "{food}, {amount}: {b12}"
BETWEEN_FOODS: Final = "; "


def day(d: DaySum) -> str:
    """A day and what it brings."""
    return DAY.format(day=d.name, intake=day_intake(d))


def food(e: Eaten) -> str:
    """A food with its amount and what it brings."""
    return FOOD.format(food=e.name, amount=portion(e.food, e.grams), b12=amount_ug(e.total_ug))
