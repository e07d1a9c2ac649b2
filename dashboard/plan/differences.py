"""What changed between two plans: foods added, taken out or in another amount, supplements, and the person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum

from dashboard.plan.plan import MEALS, Person, Plan, Supplement


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


@dataclass(frozen=True, slots=True)
class Apart:
    """How far two plans are apart, in a few counts.

    person
        The fields of Person that differ, in their order there.
    foods
        How many foods stand at another meal or day, in another amount, or under the same name with other figures.
    supplements
        How many supplements only one of the plans has, the larger of the two counts.
    """

    person: tuple[str, ...]
    foods: int
    supplements: int

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not (self.person or self.foods or self.supplements)


def apart(before: Plan, after: Plan, *, with_conditions: bool) -> Apart:
    """How far two plans are apart. ``with_conditions``: whether both are known with their conditions, so that these can be compared."""
    compared = [f.name for f in fields(Person) if with_conditions or f.name != "conditions"]
    found = differences(before, after)
    own_before, own_after = ({own.id: own for own in plan.own_foods} for plan in (before, after))
    eaten = {item.food for plan in (before, after) for _, item in plan.items()}
    other_figures = {food for food in eaten & set(own_before) & set(own_after) if own_before[food] != own_after[food]}
    return Apart(
        person=tuple(name for name in compared if getattr(before.person, name) != getattr(after.person, name)),
        foods=len({change.food for change in found.foods} | other_figures),
        supplements=max(len(found.supplements_added), len(found.supplements_removed)),
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
