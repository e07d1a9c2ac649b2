"""What changed between two plans of a person: foods added, taken out or in another amount, and supplements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from dashboard.plan.plan import MEALS, Plan, Supplement


class Changed(StrEnum):
    """What happened to a food at a meal."""

    ADDED = "added"
    REMOVED = "removed"
    MORE = "more"
    LESS = "less"


@dataclass(frozen=True, slots=True)
class FoodChange:
    """One food at one meal: on which days of the newer plan it changed, and its amount there. [g]"""

    changed: Changed
    food: str
    meal: int
    days: tuple[int, ...]
    grams: float


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that changed from one plan to another."""

    foods: tuple[FoodChange, ...]
    supplements_added: tuple[Supplement, ...]
    supplements_removed: tuple[Supplement, ...]


def differences(before: Plan, after: Plan) -> Differences:
    """What changed from ``before`` to ``after``: days are compared by their place, foods by meal and id.

    Foods left out for now count as not there. Days that only one of the plans has are compared with an empty day.
    """
    days = max(len(before.days), len(after.days))
    found: dict[tuple[Changed, str, int, float], list[int]] = {}
    for day in range(days):
        for meal in range(len(MEALS)):
            for changed, food, grams in _meal(_amounts(before, day, meal), _amounts(after, day, meal)):
                found.setdefault((changed, food, meal, grams), []).append(day)
    foods = tuple(FoodChange(changed, food, meal, tuple(on), grams) for (changed, food, meal, grams), on in found.items())
    return Differences(
        foods=tuple(sorted(foods, key=lambda c: (-len(c.days), c.meal, c.food))),
        supplements_added=tuple(s for s in after.supplements if s not in before.supplements),
        supplements_removed=tuple(s for s in before.supplements if s not in after.supplements),
    )


def _amounts(plan: Plan, day: int, meal: int) -> dict[str, float]:
    if day >= len(plan.days):
        return {}
    grams: dict[str, float] = {}
    for item in plan.days[day].meals[meal]:
        if not item.off:
            grams[item.food] = grams.get(item.food, 0.0) + item.grams
    return grams


def _meal(before: dict[str, float], after: dict[str, float]) -> Iterator[tuple[Changed, str, float]]:
    for food in dict.fromkeys([*before, *after]):
        old, new = before.get(food), after.get(food)
        if old is None and new is not None:
            yield Changed.ADDED, food, new
        elif new is None and old is not None:
            yield Changed.REMOVED, food, old
        elif old is not None and new is not None and old != new:
            yield (Changed.MORE if new > old else Changed.LESS), food, new
