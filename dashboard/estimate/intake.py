"""Intake: the B12 swallowed, food by food. Unknown stays apart from zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.plan import Diet, Item, Place, Plan
from dashboard.tables.foods import Food, food_from_label
from dashboard.tables.tables import Tables


def foods_of(plan: Plan, tables: Tables) -> Mapping[str, Food]:
    """The foods a plan can name: the table's and those from the person's own labels."""
    if not plan.own_foods:
        return tables.foods
    return {**tables.foods, **{own.id: food_from_label(own) for own in plan.own_foods}}


@dataclass(frozen=True, slots=True)
class Eaten:
    """What one food of a meal brings. [µg]

    total_ug
        None when the table has no B12 value (unknown).
    natural_ug, added_ug
        Parts of the total. Where a table gives no added B12 the whole counts as natural, the part that
        needs stomach acid, and ``split_known`` is False.
    uncounted_ug
        What the table says of a source that is not relied on; it is not part of the total.
    """

    place: Place
    food_id: str
    name: str
    grams: float
    total_ug: float | None
    natural_ug: float = 0.0
    added_ug: float = 0.0
    split_known: bool = True
    uncounted_ug: float = 0.0
    energy_kcal: float | None = None
    food: Food | None = None


def eaten(place: Place, item: Item, food: Food | None) -> Eaten:
    """What an item brings, from its food's figures per 100 g.

    A food that no table knows (any more) is unknown. An added figure above the total is an error of the
    table and is not used.
    """
    if food is None:
        return Eaten(place=place, food_id=item.food, name=item.food, grams=item.grams, total_ug=None)
    per_100g = item.grams / 100
    energy = None if food.energy_kcal_per_100g is None else food.energy_kcal_per_100g * per_100g
    total, added = food.b12_ug_per_100g, food.added_ug_per_100g
    if added is None and food.diet == Diet.VEGAN and "fortified" in food.tags:
        added = total  # plants bring none of their own
    counted = total is not None and food.counted
    split_known = not counted or (added is not None and added <= (total or 0.0))
    total_ug = (total or 0.0) * per_100g
    added_ug = (added or 0.0) * per_100g if counted and split_known else 0.0
    return Eaten(
        place=place,
        food_id=item.food,
        name=food.name,
        grams=item.grams,
        total_ug=None if total is None else total_ug if counted else 0.0,
        natural_ug=total_ug - added_ug if counted else 0.0,
        added_ug=added_ug,
        split_known=split_known,
        uncounted_ug=0.0 if counted else total_ug,
        energy_kcal=energy,
        food=food,
    )


#: Day and meal, both counted from 0.
Meal = tuple[int, int]


def eaten_in(plan: Plan, tables: Tables, known: Mapping[Meal, Sequence[Eaten]] | None = None) -> dict[Meal, Sequence[Eaten]]:
    """Every food of the plan with what it brings, by meal and in the plan's order; foods left out for now are not eaten.

    ``known``: what is worked out already of the meals that are the same in another plan.
    """
    foods, known = foods_of(plan, tables), known or {}
    return {
        (d, m): known[d, m]
        if (d, m) in known
        else [eaten(Place(d, m, i), item, foods.get(item.food)) for i, item in enumerate(meal) if not item.off]
        for d, day in enumerate(plan.days)
        for m, meal in enumerate(day.meals)
    }


@dataclass(frozen=True, slots=True)
class IntakeSum:
    """A sum over foods. [µg] ``unknown`` counts foods without a value; the sum leaves them out."""

    total_ug: float
    natural_ug: float
    added_ug: float
    uncounted_ug: float
    energy_kcal: float
    foods: int
    unknown: int


def nothing_known(intake: IntakeSum, supplement_ug: float) -> bool:
    """Whether what foods bring is not known at all: there are some, none has a value, and no supplement is swallowed. [µg]"""
    return intake.foods > 0 and intake.unknown == intake.foods and not supplement_ug


def total(parts: Iterable[Eaten]) -> IntakeSum:
    """Adds foods up; foods without a value are counted, not added as 0."""
    rows = list(parts)
    return IntakeSum(
        total_ug=sum([r.total_ug or 0.0 for r in rows]),
        natural_ug=sum([r.natural_ug for r in rows]),
        added_ug=sum([r.added_ug for r in rows]),
        uncounted_ug=sum([r.uncounted_ug for r in rows]),
        energy_kcal=sum([r.energy_kcal or 0.0 for r in rows]),
        foods=len(rows),
        unknown=[r.total_ug for r in rows].count(None),
    )
