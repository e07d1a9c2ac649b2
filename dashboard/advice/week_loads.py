"""A plan's occasions as arrays: what a change of some meals would add to the usable B12."""

from __future__ import annotations

import numpy as np

from dashboard.estimate.absorption import Occasion
from dashboard.estimate.assess import Assessment
from dashboard.estimate.day_sums import meal_occasion
from dashboard.estimate.doses import amounts_at_once, doses
from dashboard.estimate.intake import Eaten, eaten
from dashboard.estimate.uptake import LOADS, Array, Curve, load
from dashboard.plan import Item, Place
from dashboard.tables.foods import Food
from dashboard.tables.tables import Tables

#: Day and meal, both counted from 0.
Meal = tuple[int, int]


def food_load(food: Food, grams: float, tables: Tables) -> Array:
    """What an amount of a food adds to an occasion."""
    return load(meal_occasion([eaten(Place(0, 0), Item(food.id, grams), food)]), tables)


class Week:
    """What does not change while edits are weighed. Occasions are numbered through the days that were entered.

    days
        How many days were entered: means are over these.
    fed
        Days of which some food counts, numbered from 0: a change is proposed on these.

    Uptake is per occasion, and what an edit does to one occasion does not touch another. So the usable
    gains of edits that change different occasions add up exactly.
    """

    def __init__(self, assessment: Assessment, tables: Tables) -> None:
        self.assessment, self.tables = assessment, tables
        self.plan, self.days = assessment.plan, assessment.days_entered
        self.fed = [d for d, day in enumerate(self.plan.days) if day.has_foods and day.entered]
        self.number: dict[Meal, int] = {}
        count = 0
        for d, day in enumerate(self.plan.days):
            for group in day.occasions() if day.entered else ():
                self.number |= {(d, meal): count for meal in group}
                count += 1
        self.eaten: dict[Meal, list[Eaten]] = {at: [] for at in self.number}
        for e in assessment.eaten:
            self.eaten[e.place.day, e.place.meal].append(e)
        self.groups_at = {at: {e.food.group for e in foods if e.food} for at, foods in self.eaten.items()}
        self.items_at = {at: [i.food for i in self.plan.days[at[0]].meals[at[1]]] for at in self.number}
        self._order = sorted(self.fed, key=lambda d: (assessment.days[d].usable.value, d))
        self.days_with: dict[str, set[int]] = {}
        for (d, _), groups in self.groups_at.items():
            for name in groups:
                self.days_with.setdefault(name, set()).add(d)
        self.food_loads: dict[tuple[str, float], Array] = {}
        self.food_ids = {e.food_id for e in assessment.eaten}
        self.groups = {e.food.group for e in assessment.eaten if e.food}
        self.curve = Curve.of(tables, assessment.levers)
        self.taken = self._taken_with_meals(count)
        self.loads = np.zeros((count, LOADS))
        for at, foods in self.eaten.items():
            self.loads[self.number[at]] += load(meal_occasion(foods), tables)
        self.usable = self.delivers(self.loads)

    def _taken_with_meals(self, occasions: int) -> list[tuple[Array, Array]]:
        """What supplements taken with food add, as the steps of each occasion: (share of days, loads added at once).

        Shares are (occasions, 1) and add up to 1 over the steps; loads are (occasions, 3).
        """
        with_food = [dose for dose in doses(self.plan.supplements) if dose.with_food]
        meals: dict[int, list[int]] = {}
        for (_, meal), number in self.number.items():
            meals.setdefault(number, []).append(meal)
        steps = [amounts_at_once([dose for dose in with_food if dose.meal in meals[n]]) for n in range(occasions)]
        found = []
        for step in range(max(map(len, steps), default=0)):
            share, added = np.zeros((occasions, 1)), np.zeros((occasions, LOADS))
            for n, own in enumerate(steps):
                if step < len(own):
                    share[n], added[n] = own[step][0], load(Occasion({}, own[step][1]), self.tables)
            found.append((share[:, 0], added))
        return found

    def delivers(self, loads: Array) -> Array:
        """Uptake of every occasion with the supplements taken at it, as :func:`assess` counts it. [µg]

        ``loads``: (..., occasions, 3), what the foods bring.
        """
        return sum((share * self.curve(loads + added) for share, added in self.taken), np.zeros(loads.shape[:-1]))

    def food_load(self, food: Food, grams: float) -> Array:
        """What an amount of a food adds to an occasion."""
        known = self.food_loads.get((food.id, grams))
        if known is None:
            known = self.food_loads[food.id, grams] = food_load(food, grams, self.tables)
        return known

    def emptiest(self, days: set[int]) -> list[int]:
        """Days in the order of their usable B12, least first."""
        return [d for d in self._order if d in days]
