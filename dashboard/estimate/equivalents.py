"""What one dose gives, and which doses at other frequencies give about the same."""

from __future__ import annotations

import math
from dataclasses import dataclass

from dashboard.estimate.absorption import Levers, Occasion, dose_ug, occasion_ug
from dashboard.estimate.assess import Assessment
from dashboard.estimate.day_sums import meal_occasion
from dashboard.estimate.doses import DAYS_PER_WEEK, dose_meals
from dashboard.estimate.intake import Eaten
from dashboard.plan import DOSE_MAX_UG, Supplement
from dashboard.tables.science import ZERO, Band
from dashboard.tables.tables import Tables

#: Times a day or a week that are compared: three times a day down to once a week.
TIMES_A_DAY_MAX = 3
FREQUENCIES = (TIMES_A_DAY_MAX * DAYS_PER_WEEK, 2 * DAYS_PER_WEEK, DAYS_PER_WEEK, 2, 1)
DECADE = 10


@dataclass(frozen=True, slots=True)
class DoseUptake:
    """One dose and what is taken up from it. [µg]"""

    dose_ug: float
    usable: Band

    @property
    def percent(self) -> float:
        """Share taken up, middle of the band. [%]"""
        return 100 * self.usable.value / self.dose_ug if self.dose_ug else 0.0


def doses(tables: Tables) -> tuple[float, ...]:
    """Doses from the least to the most that the picture shows, evenly spaced on a log axis. [µg]"""
    row, steps = tables.parameters["dose_shown_ug"], int(tables.parameters["dose_shown_steps"].value)
    ratio = math.log(row.high / row.low)
    return tuple(row.low * math.exp(ratio * n / steps) for n in range(steps + 1))


def curve(tables: Tables, levers: Levers, *, with_food: bool = False) -> tuple[DoseUptake, ...]:
    """Uptake from one crystalline dose alone, over all doses shown."""
    return tuple(DoseUptake(dose, dose_ug(dose, tables, with_food=with_food, levers=levers)) for dose in doses(tables))


@dataclass(frozen=True, slots=True)
class OccasionUptake:
    """An occasion of the plan or a dose of a supplement: the amount swallowed and the amount usable. [µg]"""

    day: int | None
    meal: int | None
    swallowed_ug: float
    usable: Band
    supplement: Supplement | None = None


def occasions(assessment: Assessment, tables: Tables) -> tuple[OccasionUptake, ...]:
    """The plan's occasions that bring B12, then one dose of each supplement that passes the gut."""
    plan, person = assessment.plan, assessment.levers
    foods: dict[tuple[int, int], list[Eaten]] = {}
    for e in assessment.eaten:
        foods.setdefault((e.place.day, e.place.meal), []).append(e)
    found = []
    for d, day in enumerate(plan.days):
        for group in day.occasions():
            eaten = [e for m in group for e in foods.get((d, m), ())]
            taken = meal_occasion(eaten)
            if taken.swallowed_ug:
                found.append(OccasionUptake(d, group[0], taken.swallowed_ug, occasion_ug(taken, tables, person)))
    for s in plan.supplements:
        if not s.given and s.dose_ug and s.times_per_week:
            usable = occasion_ug(Occasion({}, s.dose_ug, s.with_food), tables, person)
            found.append(OccasionUptake(None, None, s.dose_ug, usable, s))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A dose at a frequency that gives the same a day as another. ``dose_ug`` None: no dose of that frequency does."""

    times_per_week: float
    dose_ug: float | None
    usable: Band


def usable_at_frequency(dose: float, times_per_week: float, tables: Tables, levers: Levers, *, with_food: bool = False) -> Band:
    """What a swallowed dose gives at a frequency. [µg/day]"""
    taken = [
        (share, dose_ug(dose * at_once, tables, with_food=with_food, levers=levers)) for _, share, at_once in dose_meals(times_per_week)
    ]
    return sum((usable * share for share, usable in taken), ZERO)


def equivalent_doses(usable_ug: float, tables: Tables, levers: Levers, *, with_food: bool = False) -> tuple[Equivalent, ...]:
    """For every frequency the dose that gives about this much, to two figures. ``usable_ug``: [µg/day]

    More dose never gives less, so the smallest dose that does is found by halving.
    """

    def gives(dose: float, times: float) -> float:
        return usable_at_frequency(dose, times, tables, levers, with_food=with_food).value

    found = []
    for times in FREQUENCIES:
        low, high = 0.0, DOSE_MAX_UG
        if gives(high, times) < usable_ug:
            found.append(Equivalent(times, None, usable_at_frequency(high, times, tables, levers, with_food=with_food)))
            continue
        while high - low > high / (100 * 100):
            middle = (low + high) / 2
            low, high = (low, middle) if gives(middle, times) >= usable_ug else (middle, high)
        dose = two_figures(high)
        found.append(Equivalent(times, dose, usable_at_frequency(dose, times, tables, levers, with_food=with_food)))
    return tuple(found)


def two_figures(amount_ug: float) -> float:
    """An amount to two figures, a tenth of a microgram at the finest: nobody doses finer. [µg]"""
    if amount_ug <= 0:
        return 0.0
    return max(1 / DECADE, round(amount_ug, min(1, 1 - math.floor(math.log10(amount_ug)))))
