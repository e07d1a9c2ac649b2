"""How the body's store of B12 moves over years.

One pool that takes up and loses, the loss being the same share of the pool whatever its size::

    dP/dt = A - k P                                        (1)
    P(t)  = P0 e^(-k t) + (A / k) (1 - e^(-k t))           (2)
    t(T)  = ln[(P0 - A / k) / (T - A / k)] / k             (3)

P in µg, A in µg absorbed a day, k as a fraction per day. Equations and figures: IOM 1998, p. 331 and App. N
p. 527; rows ``loss_per_day`` and ``pool_...`` of model_parameters.csv and the k columns of conditions.csv.

The low and high curves are no confidence limits: they are what the ends of the starting pool, the loss and the
uptake can make together. P rises with P0 and A and falls with k, so two corners bound every combination.
Outside the model: blood values, signs before the pool is low, pregnancy, breastfeeding and growth.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.estimate.assess import Assessment
from dashboard.estimate.doses import DAYS_PER_WEEK, kept_of_given, kept_share
from dashboard.tables.science import ZERO, Band, Condition
from dashboard.tables.tables import Tables

DAYS_PER_YEAR: Final = 365.25
MONTHS_PER_YEAR: Final = 12
#: How far an outlook looks. Injections are followed dose by dose to its end; after it they count as spread out.
YEARS_MAX: Final = 20
ENDS: Final = ("low", "value", "high")


# One pool, constant uptake -----------------------------------------------------------------------


def steady_pool_ug(uptake_ug_per_day: float, *, loss_per_day: float) -> float:
    """The pool at which loss equals uptake, A / k. [µg]"""
    return uptake_ug_per_day / loss_per_day


def half_life_days(loss_per_day: float) -> float:
    """Time in which the distance to the steady pool halves, ln 2 / k. [days]"""
    return math.log(2) / loss_per_day


def pool_ug(days: float, *, start_ug: float, uptake_ug_per_day: float, loss_per_day: float) -> float:
    """The pool after so many days of constant uptake, equation (2). [µg]

    Parameters
    ----------
    days
        Time since the start, not negative. [days]
    start_ug
        Pool at the start, not negative. [µg]
    uptake_ug_per_day
        B12 absorbed, not negative. [µg/day]
    loss_per_day
        Share of the pool lost, above 0. [1/day] IOM 1998 gives 0.001 to 0.002.
    """
    exponent = -loss_per_day * days
    return start_ug * math.exp(exponent) - steady_pool_ug(uptake_ug_per_day, loss_per_day=loss_per_day) * math.expm1(exponent)


def days_to_pool(level_ug: float, *, start_ug: float, uptake_ug_per_day: float, loss_per_day: float) -> float | None:
    """When a pool under constant uptake comes to a level, falling or rising, equation (3). [days]

    None: never, because the level does not lie between the start and the steady pool.
    """
    if level_ug == start_ug:
        return 0.0
    to_go = level_ug - steady_pool_ug(uptake_ug_per_day, loss_per_day=loss_per_day)
    if to_go == 0 or (start_ug - level_ug) / to_go <= 0:
        return None
    return math.log1p((start_ug - level_ug) / to_go) / loss_per_day


# What goes in ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Uptake:
    """What gets into the body.

    steady
        Taken up day by day. [µg/day]
    injections
        Pulses. Every so many days, what is kept of the doses given then: (days between, µg kept). Each interval once.
    """

    steady: Band
    injections: tuple[tuple[float, Band], ...] = ()

    def __add__(self, other: Uptake) -> Uptake:
        """Both together; injections with the same interval are given on the same day."""
        kept: dict[float, Band] = {}
        for every_days, dose in (*self.injections, *other.injections):
            kept[every_days] = kept.get(every_days, ZERO) + dose
        return Uptake(self.steady + other.steady, tuple(sorted(kept.items(), key=lambda train: train[0])))

    @property
    def mean(self) -> Band:
        """Injections spread over the time between them. [µg/day]"""
        return sum((kept * (1 / every_days) for every_days, kept in self.injections), self.steady)


NOTHING: Final = Uptake(ZERO)


@dataclass(frozen=True, slots=True)
class Phase:
    """A way of eating and taking B12, from a day on until the next phase begins. Day 0 is today."""

    from_day: float
    uptake: Uptake


def injected(dose_ug: float, times_per_week: float, kept: Band, tables: Tables) -> Uptake:
    """Injections as pulses, where ``injection_pulse_days`` or more lie between them; else spread out. [µg]"""
    every_days = DAYS_PER_WEEK / times_per_week if times_per_week else math.inf
    if every_days < tables.parameters["injection_pulse_days"].value:
        return Uptake(kept * (dose_ug / every_days))
    return Uptake(ZERO, ((every_days, kept * dose_ug),)) if times_per_week else NOTHING


def plan_uptake(assessment: Assessment, tables: Tables) -> Uptake:
    """What a plan brings in: its usable B12, with injections taken out of it and given as pulses."""
    needles = [s for s in assessment.plan.supplements if s.form == "injection"]
    others = [s for s in assessment.plan.supplements if s.form != "injection"]
    kept = kept_share(tables, "injection")
    pulses = (injected(s.dose_ug, s.times_per_week, kept, tables) for s in needles)
    return sum(pulses, Uptake(assessment.usable_swallowed + kept_of_given(others, tables)))


# One curve ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Curve:
    """A pool over time, exact: at each of ``days`` something changes, in between equation (2) holds.

    The pool is held to ``full_ug``: what goes beyond leaves in urine.
    ``pools_ug`` stand after the change of their day (an injection that day is in them).
    """

    start_ug: float
    days: tuple[float, ...]
    pools_ug: tuple[float, ...]
    uptakes_ug: tuple[float, ...]
    loss_per_day: float
    full_ug: float

    def _from(self, n: int, day: float) -> float:
        grown = pool_ug(day - self.days[n], start_ug=self.pools_ug[n], uptake_ug_per_day=self.uptakes_ug[n], loss_per_day=self.loss_per_day)
        return min(grown, self.full_ug)

    def after(self, day: float) -> float:
        """The pool on a day, after that day's injection. Not before the first of ``days``. [µg]"""
        return self._from(bisect_right(self.days, day) - 1, day)

    def before(self, day: float) -> float:
        """The pool on a day, before that day's injection. [µg]"""
        n = bisect_left(self.days, day) - 1
        return self.start_ug if n < 0 else self._from(n, day)

    def first_at(self, level_ug: float, from_day: float = 0.0) -> float | None:
        """The first day, from a day on, on which the pool is at or below a level. None: never."""
        for n in range(max(0, bisect_right(self.days, from_day) - 1), len(self.days)):
            start = max(self.days[n], from_day)
            pool = self._from(n, start)
            if pool <= level_ug:
                return start
            until = self.days[n + 1] if n + 1 < len(self.days) else math.inf
            wait = days_to_pool(level_ug, start_ug=pool, uptake_ug_per_day=self.uptakes_ug[n], loss_per_day=self.loss_per_day)
            if wait is not None and start + wait < until:
                return start + wait
        return None


def _running(phases: Sequence[Phase]) -> Iterator[tuple[Phase, float, dict[float, float]]]:
    """Each phase with its end and the first day of each of its injections: an injection that continues keeps its schedule."""
    began: dict[float, float] = {}
    for phase, following in zip(phases, [*(p.from_day for p in phases[1:]), math.inf], strict=True):
        began = {every: began.get(every, phase.from_day) for every, _ in phase.uptake.injections}
        yield phase, following, began


def events(phases: Sequence[Phase], until_day: float) -> dict[float, tuple[Band, Band]]:
    """Day -> (steady uptake from then on, kept of the injections given then), to a last day. [µg/day], [µg]"""
    found: dict[float, tuple[Band, Band]] = {}
    for phase, following, began in _running(phases):
        found[phase.from_day] = (phase.uptake.steady, ZERO)
        last = min(following, until_day)
        for every, kept in phase.uptake.injections:
            n = max(0, math.ceil((phase.from_day - began[every]) / every))
            while (day := began[every] + n * every) < last:
                found[day] = (phase.uptake.steady, found.get(day, (ZERO, ZERO))[1] + kept)
                n += 1
    return dict(sorted(found.items()))


def curve(changes: dict[float, tuple[Band, Band]], end: str, *, start: Band, loss: Band, full_ug: float) -> Curve:
    """The curve of one end of the band: low, value or high.

    The low curve has the smallest start and uptake and the largest loss, the high curve the opposite.
    """
    k = getattr(loss, ENDS[-1 - ENDS.index(end)])
    days, pools, uptakes = tuple(changes), list[float](), list[float]()
    start_ug = pool = min(getattr(start, end), full_ug)
    for n, (steady, kept) in enumerate(changes.values()):
        if n:
            gone = days[n] - days[n - 1]
            pool = min(pool_ug(gone, start_ug=pool, uptake_ug_per_day=uptakes[-1], loss_per_day=k), full_ug)
        pool = min(pool + getattr(kept, end), full_ug)
        pools.append(pool)
        uptakes.append(getattr(steady, end))
    return Curve(start_ug, days, tuple(pools), tuple(uptakes), k, full_ug)


# What is known of the person ---------------------------------------------------------------------


def loss_of(tables: Tables, conditions: Iterable[Condition] = ()) -> Band:
    """Share of the pool lost a day: the largest of each end over the usual loss and the person's conditions. [1/day]"""
    usual = tables.parameters["loss_per_day"]
    bands = [Band(usual.low, usual.value, usual.high), *(c.loss_per_day for c in conditions)]
    return Band(*(max(getattr(b, end) for b in bands) for end in ENDS))


def starting_pool_ug(tables: Tables, former: Band | None = None) -> Band:
    """The pool somebody starts with. [µg]

    Parameters
    ----------
    former
        What the former diet brought in. [µg/day] Its steady pool is taken at the usual loss and held between
        ``pool_start_floor_ug`` and ``pool_full_ug``. None: not known, so ``pool_start_ug`` with its low and high.
    """
    p = tables.parameters
    if former is None:
        start = p["pool_start_ug"]
        return Band(start.low, start.value, start.high)
    loss = loss_of(tables)
    steady = (former.low / loss.high, former.value / loss.value, former.high / loss.low)
    return Band(*(min(max(pool, p["pool_start_floor_ug"].value), p["pool_full_ug"].value) for pool in steady))
