"""Stand-ins for foods that no longer fit after a change of diet, each with its effect."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.estimate.intake import eaten, foods_of
from dashboard.plan import Item, Place, Plan, remove_item, swap_item
from dashboard.tables.foods import DIET_MAY_EAT, Food
from dashboard.tables.tables import Tables


@dataclass(frozen=True, slots=True)
class StandIn:
    """One food of the plan that does not fit, everywhere it stands, and what could take its place.

    stand_in None: the table names none; the food can be taken out.
    change_ug
        Change of the daily mean intake if it is done. [µg/day] None when a figure is unknown.
    """

    food: Food
    places: tuple[Place, ...]
    stand_in: Food | None
    factor: float
    reason: str
    change_ug: float | None

    def apply(self, plan: Plan) -> Plan:
        """The plan with the stand-in in every place of the food, or without the food."""
        for place in sorted(self.places, reverse=True):
            item = plan.days[place.day].meals[place.meal][place.index]
            if self.stand_in:
                plan = swap_item(plan, place, Item(self.stand_in.id, item.grams * self.factor, item.off))
            else:
                plan = remove_item(plan, place)
        return plan


def stand_ins(plan: Plan, tables: Tables) -> tuple[StandIn, ...]:
    """Every food of the plan that the person's diet or exclusions do not allow, with its stand-in."""
    person, foods = plan.person, foods_of(plan, tables)
    left_out, not_offered = tables.left_out(person), tables.not_offered(person)
    places: dict[str, list[Place]] = {}
    for place, item in plan.items():
        food = foods.get(item.food)
        if food and (food.diet not in DIET_MAY_EAT[person.diet] or any(food.has(e) for e in left_out)):
            places.setdefault(item.food, []).append(place)
    found = []
    for food_id, at in places.items():
        food = foods[food_id]
        row = tables.stand_ins.get((food.group, person.diet, tables.market(person).market))
        other = foods.get(row.food_id) if row else None
        if other and any(other.has(e) for e in not_offered):
            other = None
        factor = row.factor if row and other else 0.0
        found.append(
            StandIn(food, tuple(at), other, factor, row.reason if row and other else "", _change_ug(plan, food, other, at, factor))
        )
    return tuple(sorted(found, key=lambda s: s.food.name))


def _change_ug(plan: Plan, food: Food, other: Food | None, places: list[Place], factor: float) -> float | None:
    change = 0.0
    for place in places:
        item = plan.days[place.day].meals[place.meal][place.index]
        before = eaten(place, item, food).total_ug
        after = eaten(place, Item(other.id, item.grams * factor), other).total_ug if other else 0.0
        if before is None or after is None:
            return None
        change += after - before
    return change / len(plan.days)
