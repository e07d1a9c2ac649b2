"""What becomes of B12 on its way from swallowed to usable, by meal: what passes unabsorbed, and why.

Each reason is the difference between two runs of the same estimate, at the middle of its band: without the limit of a
meal, for a healthy adult, and for the person. So the reasons and what is usable add up to what is swallowed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.estimate.absorption import Levers
from dashboard.estimate.assess import Assessment
from dashboard.estimate.day_sums import day_sums, days_counted, mean
from dashboard.plan import MEALS
from dashboard.tables.science import Band, Parameter
from dashboard.tables.tables import Tables

#: So much more room that a meal has no limit any more. A way to take the limit away, no finding.
NO_LIMIT = 1 / sys.float_info.epsilon
CAPACITIES = ("if_capacity_ug", "food_capacity_ug")


@dataclass(frozen=True, slots=True)
class MealFlow:
    """One meal, means over the days that count. [µg/day]

    passes_ug
        Left over even of a small amount by a healthy adult: no meal gives up all it holds.
    limit_ug
        Left over because one meal can deliver only so much.
    conditions_ug
        Left over because of the person's conditions and medicines, as far as their effect is counted.
    """

    meal: int
    swallowed_ug: float
    passes_ug: float
    limit_ug: float
    conditions_ug: float
    usable: Band

    @property
    def name(self) -> str:
        """breakfast, lunch, dinner or snack."""
        return MEALS[self.meal]

    @property
    def held_back(self) -> tuple[tuple[str, float], ...]:
        """Each reason and how much is left over because of it. [µg/day]"""
        return (("passes", self.passes_ug), ("limit", self.limit_ug), ("conditions", self.conditions_ug))


def flows(a: Assessment, tables: Tables) -> tuple[MealFlow, ...]:
    """What becomes of each meal's B12. Reasons are never below 0 and end at what the assessment calls usable."""
    roomy = replace(tables, parameters={**tables.parameters, **{n: _roomy(tables, n) for n in CAPACITIES}})
    without_limit, healthy = _usable(a, roomy, Levers()), _usable(a, tables, Levers())
    found = []
    for m in a.meals:
        swallowed = m.intake.total_ug + m.supplement_ug
        # From the end, so that no reason is below 0 where a dose finds more room because a condition keeps food's B12 out.
        by_healthy = min(swallowed, max(m.usable.value, healthy[m.meal]))
        at_most = min(swallowed, max(by_healthy, without_limit[m.meal]))
        passes, limit, conditions = swallowed - at_most, at_most - by_healthy, max(0.0, by_healthy - m.usable.value)
        found.append(MealFlow(m.meal, swallowed, passes, limit, conditions, m.usable))
    return tuple(found)


def _roomy(tables: Tables, name: str) -> Parameter:
    row = tables.parameters[name]
    return replace(row, value=row.value * NO_LIMIT)


def _usable(a: Assessment, tables: Tables, person: Levers) -> Sequence[float]:
    """Usable B12 of each meal, middle of the band, mean over the days that count. [µg/day]"""
    days = days_counted(day_sums(a.plan, a.eaten_at, tables, person, 0.0, intakes=a.intakes))
    return [mean([day.meals[m].usable.value for day in days]) for m in range(len(MEALS))]
