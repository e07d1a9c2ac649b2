"""A plan's occasions as arrays: what a change of some meals would add to the usable B12."""

from __future__ import annotations

import numpy as np

from dashboard.estimate.absorption import Occasion
from dashboard.estimate.assess import PARENTERAL, Assessment, dose_meals, meal_occasion
from dashboard.estimate.intake import Eaten, eaten
from dashboard.estimate.uptake import LOADS, Array, Curve, load
from dashboard.plan import Item, Place, Supplement
from dashboard.tables.foods import Food
from dashboard.tables.tables import Tables

#: Day and meal, both counted from 0.
Meal = tuple[int, int]


class Week:
    """What does not change while edits are weighed. Occasions are numbered through the plan's days.

    Uptake is per occasion, and what an edit does to one occasion does not touch another. So the usable
    gains of edits that change different occasions add up exactly.
    """

    def __init__(self, assessment: Assessment, tables: Tables) -> None:
        self.assessment, self.tables = assessment, tables
        self.plan, self.days = assessment.plan, len(assessment.plan.days)
        self.number: dict[Meal, int] = {}
        count = 0
        for d, day in enumerate(self.plan.days):
            for group in day.occasions():
                self.number |= {(d, meal): count for meal in group}
                count += 1
        self.eaten: dict[Meal, list[Eaten]] = {at: [] for at in self.number}
        for e in assessment.eaten:
            self.eaten[e.place.day, e.place.meal].append(e)
        self.groups_at = {at: {e.food.group for e in foods if e.food} for at, foods in self.eaten.items()}
        self.items_at = {at: [i.food for i in self.plan.days[at[0]].meals[at[1]]] for at in self.number}
        self._order = sorted(range(self.days), key=lambda d: (assessment.days[d].usable.value, d))
        self.days_with: dict[str, set[int]] = {}
        for (d, _), groups in self.groups_at.items():
            for name in groups:
                self.days_with.setdefault(name, set()).add(d)
        self._food_loads: dict[tuple[str, float], Array] = {}
        self.food_ids = {e.food_id for e in assessment.eaten}
        self.groups = {e.food.group for e in assessment.eaten if e.food}
        self.curve = Curve.of(tables, assessment.levers)
        self.taken = self._taken_with_meals(count)
        self.loads = np.zeros((count, LOADS))
        for at, foods in self.eaten.items():
            self.loads[self.number[at]] += load(meal_occasion(foods), tables)
        self.usable = self.delivers(self.loads)

    def _taken_with_meals(self, occasions: int) -> list[list[tuple[float, Array]]]:
        """Supplements taken with food: for each its doses, as share of days and what they add to the occasions."""

        def at(supplement: Supplement, meal: int, at_once: float) -> Array:
            dose = load(Occasion({}, supplement.dose_ug * at_once), self.tables)
            added = np.zeros((occasions, LOADS))
            added[[self.number[d, meal] for d in range(self.days)]] = dose
            return added

        with_food = [s for s in self.plan.supplements if s.with_food and s.form not in PARENTERAL]
        return [
            [(share, at(s, meal, at_once)) for meal, share, at_once in dose_meals(s.times_per_week)]
            for s in sorted(with_food, key=lambda s: -s.times_per_week)
        ]

    def delivers(self, loads: Array) -> Array:
        """Uptake of every occasion with the supplements taken at it, as :func:`assess` counts it. [µg]

        ``loads``: (..., occasions, 3), what the foods bring.
        """
        usable = self.curve(loads)
        for doses in self.taken:
            before = loads
            for share, added in doses:
                usable = usable + share * (self.curve(before + added) - self.curve(before))
                if share == 1:
                    loads = loads + added
        return usable

    def food_load(self, food: Food, grams: float) -> Array:
        """What an amount of a food adds to an occasion."""
        known = self._food_loads.get((food.id, grams))
        if known is None:
            extra = eaten(Place(0, 0), Item(food.id, grams), food)
            known = load(meal_occasion([extra]), self.tables)
            self._food_loads[food.id, grams] = known
        return known

    def emptiest(self, days: set[int]) -> list[int]:
        """Days in the order of their usable B12, least first."""
        return [d for d in self._order if d in days]
