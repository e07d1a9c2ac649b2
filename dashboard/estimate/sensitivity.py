"""What moves a plan's usable B12 most: each thing changed alone, the model run again each time."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from dashboard.estimate.assess import assess
from dashboard.estimate.intake import eaten
from dashboard.plan import GRAMS_MAX, Item, Place, Plan
from dashboard.tables.foods import Food
from dashboard.tables.observed import Variation
from dashboard.tables.science import Band
from dashboard.tables.tables import Tables

#: Figures that together scale what the carrier takes up, and nothing else: fractions and capacities.
SCALE_THE_CARRIER: Final = ("if_fraction", "if_capacity_ug", "food_fraction", "egg_fraction", "food_capacity_ug")
#: Less than a hundredth of a microgram a day is not shown as moving the figure.
LEAST_UG: Final = 1 / 100


@dataclass(frozen=True, slots=True)
class Swing:
    """One thing changed alone: usable B12 of the plan at its low and its high. [µg/day]"""

    variation: Variation
    base_ug: float
    low_ug: float
    high_ug: float

    @property
    def width_ug(self) -> float:
        """How far the figure moves. [µg/day]"""
        ends = (self.low_ug, self.base_ug, self.high_ug)
        return max(ends) - min(ends)


def swings(plan: Plan, tables: Tables, variations: Iterable[Variation]) -> tuple[Swing, ...]:
    """What moves the usable figure of a plan, the widest first; what does not move it is left out."""
    base = assess(plan, tables).usable.value
    found = []
    for row in variations:
        low, high = (_run(row, end, plan, tables, base) for end in ("low", "high"))
        found.append(Swing(row, base, low, high))
    moving = [swing for swing in found if swing.width_ug >= LEAST_UG]
    return tuple(sorted(moving, key=lambda swing: -swing.width_ug))


def _run(row: Variation, end: str, plan: Plan, tables: Tables, base: float) -> float:
    """Usable B12 of the plan with one thing at its low or its high. [µg/day]"""
    if row.kind == "days":
        days = [day.usable.value for day in assess(plan, tables).days]
        return min(days) if end == "low" else max(days)
    changed = _CHANGES[row.kind](row, end, plan, tables)
    return assess(*changed).usable.value if changed else base


Changed = tuple[Plan, Tables] | None


def _parameters(tables: Tables, figures: Mapping[str, float]) -> Tables:
    rows = {name: replace(tables.parameters[name], value=figure) for name, figure in figures.items()}
    return replace(tables, parameters={**tables.parameters, **rows})


def _parameter(row: Variation, end: str, plan: Plan, tables: Tables) -> Changed:
    figure: float | None = getattr(row, end)
    return None if figure is None else (plan, _parameters(tables, dict.fromkeys(row.names, figure)))


def _spread(_: Variation, end: str, plan: Plan, tables: Tables) -> Changed:
    factor = math.exp(tables.parameters["residual_ln_sd"].value)
    factor = 1 / factor if end == "low" else factor
    return plan, _parameters(tables, {name: tables.parameters[name].value * factor for name in SCALE_THE_CARRIER})


def _portions(row: Variation, end: str, plan: Plan, tables: Tables) -> Changed:
    factor: float = getattr(row, end)

    def sized(item: Item) -> Item:
        return replace(item, grams=min(GRAMS_MAX, item.grams * factor))

    days = tuple(replace(day, meals=tuple(tuple(map(sized, meal)) for meal in day.meals)) for day in plan.days)
    return replace(plan, days=days), tables


def _foods(plan: Plan, tables: Tables, change: Callable[[Food, float, float], Food]) -> Changed:
    """The tables with the foods of the plan changed. ``change`` gets a food, its natural and its added B12. [µg per 100 g]"""
    named = {item.food for _, item in plan.items()} & set(tables.foods)
    changed = {}
    for food_id in named:
        food = tables.foods[food_id]
        per_100g = eaten(Place(0, 0), Item(food_id, 100), food)
        if per_100g.total_ug is not None:
            changed[food_id] = change(food, per_100g.natural_ug, per_100g.added_ug)
    return plan, replace(tables, foods={**tables.foods, **changed})


def _natural_values(row: Variation, end: str, plan: Plan, tables: Tables) -> Changed:
    factor: float = getattr(row, end)

    def change(food: Food, natural_ug: float, added_ug: float) -> Food:
        if not natural_ug:
            return food
        return replace(food, b12_ug_per_100g=natural_ug * factor + added_ug, added_ug_per_100g=added_ug)

    return _foods(plan, tables, change)


def _added_values(row: Variation, end: str, plan: Plan, tables: Tables) -> Changed:
    factor: float = getattr(row, end)

    def change(food: Food, natural_ug: float, added_ug: float) -> Food:
        if not added_ug:
            return food
        of_labels: float | None = getattr(food, f"b12_{end}_ug_per_100g")
        other = added_ug * factor if of_labels is None else max(0, of_labels - natural_ug)
        return replace(food, b12_ug_per_100g=natural_ug + other, added_ug_per_100g=other)

    return _foods(plan, tables, change)


def _conditions(_: Variation, end: str, plan: Plan, tables: Tables) -> Changed:
    def at_end(lever: Band) -> Band:
        figure = getattr(lever, end)
        return Band(figure, figure, figure)

    rows = {
        name: replace(row, capacity_factor=at_end(row.capacity_factor), release_factor=at_end(row.release_factor))
        for name, row in tables.conditions.items()
        if name in plan.person.conditions
    }
    return (plan, replace(tables, conditions={**tables.conditions, **rows})) if rows else None


_CHANGES: Final[Mapping[str, Callable[[Variation, str, Plan, Tables], Changed]]] = {
    "parameter": _parameter,
    "spread": _spread,
    "portions": _portions,
    "natural-values": _natural_values,
    "added-values": _added_values,
    "conditions": _conditions,
}
KINDS: Final = (*_CHANGES, "days")
