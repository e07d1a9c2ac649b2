"""Doses of supplements over the day and the week: the amount swallowed, and the amount given by injection or nasal spray.

Doses that are taken at one time meet one capacity, whichever supplements they come from:

- a dose with food is taken at its meal and joins what is eaten there;
- doses apart from food are taken together; several a day of one supplement stand as far apart as the day allows,
  the first of every supplement at the same time, the second likewise;
- what is taken on some days only is taken on days on which the more frequent is taken too.

So two supplements never multiply the capacity, and splitting one into two never gives more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from dashboard.estimate.absorption import Levers, Occasion, kept_ug, occasion_ug
from dashboard.plan import MEALS, Supplement
from dashboard.tables.science import ZERO, Band
from dashboard.tables.tables import Tables

DAYS_PER_WEEK: Final = 7
#: Doses are put on meals in this order, so that two a day stand far apart. A day has room for four times.
DOSE_MEALS: Final = (MEALS.index("breakfast"), MEALS.index("dinner"), MEALS.index("lunch"), MEALS.index("snack"))


@dataclass(frozen=True, slots=True)
class Dose:
    """What is taken of one supplement at one time of the day.

    meal
        The meal it is taken with; apart from food, the time of day that stands for it.
    days_share
        Share of the days on which it is taken, above 0. [-]
    ug
        Taken at once. [µg]
    """

    meal: int
    days_share: float
    ug: float
    with_food: bool

    @property
    def mean_ug(self) -> float:
        """Spread over the days. [µg/day]"""
        return self.days_share * self.ug


@dataclass(frozen=True, slots=True)
class Taken:
    """What doses bring at one meal or time of day. [µg/day]"""

    meal: int
    swallowed_ug: float
    usable: Band


def dose_meals(times_per_week: float) -> list[tuple[int, float, float]]:
    """Where a supplement's doses fall on a day: (meal, share of days, doses at once).

    Up to four doses a day each take a meal of their own; more than four share the four meals.
    """
    per_day = times_per_week / DAYS_PER_WEEK
    at_once = max(1.0, per_day / len(MEALS))
    spread = [(meal, min(1.0, max(0.0, per_day - n)), at_once) for n, meal in enumerate(DOSE_MEALS)]
    return [(meal, share, doses) for meal, share, doses in spread if share > 0]


def mean_swallowed_ug(supplement: Supplement) -> float:
    """The amount of a supplement that is swallowed, as a mean over the days; 0 for injections and nasal sprays. [µg/day]"""
    return 0.0 if supplement.given else supplement.dose_ug * supplement.times_per_week / DAYS_PER_WEEK


def doses(supplements: Iterable[Supplement]) -> list[Dose]:
    """Every dose that is swallowed."""
    return [
        Dose(meal, share, s.dose_ug * at_once, s.with_food)
        for s in supplements
        if not s.given
        for meal, share, at_once in dose_meals(s.times_per_week)
    ]


def amounts_at_once(at_one_time: Iterable[Dose]) -> list[tuple[float, float]]:
    """Doses of one time of the day as (share of days, µg taken at once on them), the shares adding up to 1.

    The less frequent is taken on days on which the more frequent is taken too.
    """
    ordered = sorted(at_one_time, key=lambda d: (-d.days_share, -d.ug))
    shares = [1.0, *(d.days_share for d in ordered), 0.0]
    at_once = accumulate((d.ug for d in ordered), initial=0.0)
    return [(more - fewer, ug) for (more, fewer), ug in zip(pairwise(shares), at_once, strict=True) if more > fewer]


def mean_uptake(eaten: Occasion, at_one_time: Iterable[Dose], tables: Tables, person: Levers) -> Band:
    """What is taken up on an occasion with the doses taken at it, as a mean over the days. [µg/day]"""

    def taking(ug: float) -> Band:
        return occasion_ug(Occasion(eaten.natural_by_fraction, eaten.crystalline_ug + ug, eaten.with_food), tables, person)

    return sum((taking(ug) * share for share, ug in amounts_at_once(at_one_time)), ZERO)


def split_by_meal(added: Band, at_one_time: Sequence[Dose]) -> list[Taken]:
    """What doses taken together add, by the meal each belongs to, in proportion to what is swallowed there."""
    whole = sum(dose.mean_ug for dose in at_one_time)
    return [Taken(dose.meal, dose.mean_ug, added * (dose.mean_ug / whole if whole else 0.0)) for dose in at_one_time]


def apart_from_food(taken: Iterable[Dose], tables: Tables, person: Levers) -> list[Taken]:
    """What the doses taken apart from food bring, the same on every day."""
    found = []
    for meal in DOSE_MEALS:
        together = [dose for dose in taken if dose.meal == meal and not dose.with_food]
        if together:
            found += split_by_meal(mean_uptake(Occasion({}, with_food=False), together, tables, person), together)
    return found


# What is given -----------------------------------------------------------------------------------


def given_ug(supplements: Iterable[Supplement]) -> float:
    """What injections and nasal sprays bring, no part of intake. [µg/day]"""
    return sum(s.dose_ug * s.times_per_week / DAYS_PER_WEEK for s in supplements if s.given)


def kept_share(tables: Tables, form: str) -> Band:
    """Share of a dose kept when it does not pass the gut. The regimen table's row for the form decides. [-]"""
    bands = [r.kept for r in tables.regimens.values() if r.form == form and r.kept]
    return Band(min(b.low for b in bands), min(b.value for b in bands), max(b.high for b in bands)) if bands else ZERO


def kept_of_given(supplements: Iterable[Supplement], tables: Tables) -> Band:
    """The part of injections and nasal sprays that stays in the body. [µg/day]"""
    return sum((kept_ug(given_ug([s]), kept_share(tables, s.form)) for s in supplements if s.given), ZERO)


def supplement_usable(supplement: Supplement, tables: Tables, person: Levers) -> Band:
    """What a supplement alone gives. [µg/day]"""
    if supplement.given:
        return kept_of_given([supplement], tables)
    nothing = Occasion({}, with_food=supplement.with_food)
    return sum((mean_uptake(nothing, [dose], tables, person) for dose in doses([supplement])), ZERO)
