"""The edits a suggestion is made of: add a portion, swap like for like, split, move to another occasion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from dashboard.plan import GRAMS_DECIMALS, Item, Place, Plan, add_item, remove_item, set_grams, swap_item
from dashboard.tables.foods import Food


class Kind(StrEnum):
    """What is done with a food."""

    ADD = "add"
    SWAP = "swap"
    SPLIT = "split"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class Edit:
    """One change to the same meal on some or all days of the plan.

    food
        The food added, put in the other's place, split or moved.
    meal, days
        Where it ends up; a split or moved food comes from ``from_meal``.
    portion, portions, grams
        An added amount: household measure, how many of it, and its weight. A swap with no portion
        keeps the weight of what it replaces.
    """

    kind: Kind
    food: Food
    family: str
    meal: int
    days: tuple[int, ...]
    reason: str
    portion: str = ""
    portions: float = 1.0
    grams: float = 0.0
    replaces: Food | None = None
    from_meal: int | None = None

    def apply(self, plan: Plan) -> Plan:
        """The plan with the edit done. Where the food it starts from is gone by now, nothing happens."""
        for day in self.days:
            plan = self._on(plan, day)
        return plan

    def _on(self, plan: Plan, day: int) -> Plan:
        if self.kind is Kind.ADD:
            return add_item(plan, day, self.meal, Item(self.food.id, self.grams))
        if self.kind is Kind.SWAP:
            for place, item in found(plan, day, self.meal, self.replaces.id if self.replaces else ""):
                return swap_item(plan, place, Item(self.food.id, self.grams or item.grams))
        elif self.from_meal is not None:
            for place, item in found(plan, day, self.from_meal, self.food.id):
                stays, goes = shares(item, self.kind)
                plan = set_grams(plan, place, stays) if stays else remove_item(plan, place)
                return add_item(plan, day, self.meal, replace(item, grams=goes))
        return plan


def found(plan: Plan, day: int, meal: int, food_id: str) -> Iterator[tuple[Place, Item]]:
    """Where a food stands in a meal, unless it is left out for now."""
    for n, item in enumerate(plan.days[day].meals[meal]):
        if item.food == food_id and not item.off:
            yield Place(day, meal, n), item


def shares(item: Item, kind: Kind) -> tuple[float, float]:
    """What stays at a meal and what goes to the other when a food is split or moved. [g]

    A tenth of a gram is the finest a plan can hold, so the halves may differ by one.
    """
    goes = round(item.grams / 2, GRAMS_DECIMALS) if kind is Kind.SPLIT else item.grams
    return round(item.grams - goes, GRAMS_DECIMALS), goes
