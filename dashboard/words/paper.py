"""What a page says only on paper: whose figures they are, every day of the plan, and where the rows are that found no room."""

from __future__ import annotations

from collections.abc import Sequence
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
FOLDED: Final = "Folded on screen, so not printed here: {titles}. Open it on screen first to have it on paper."
DAYS_LEFT_OUT: Final = (
    "{days} of {of_days} days are printed here, with {foods} of {of_foods} foods. To have them all, open “Share and print”, "
    "choose the second page with every food and save the PDF."
)
ROWS_LEFT_OUT: Final = (
    "{printed} of {rows} rows are printed here. To have them all, open this page on a computer: the arrow above the table saves them (CSV)."
)


def folded(titles: Sequence[str]) -> str:
    """What a page leaves off the paper because it is folded on screen."""
    return FOLDED.format(titles=", ".join(f"“{title}”" for title in titles))


def day(d: DaySum) -> str:
    """A day and what it brings."""
    return DAY.format(day=d.name, intake=day_intake(d))


def food(e: Eaten) -> str:
    """A food with its amount and what it brings."""
    return FOOD.format(food=e.name, amount=portion(e.food, e.grams), b12=amount_ug(e.total_ug))
