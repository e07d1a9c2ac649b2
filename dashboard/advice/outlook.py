"""How the stores of this person move under the plan, and under other ways of going on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dashboard.advice.advise import Advice, Claim
from dashboard.advice.regimens import RegimenEffect
from dashboard.estimate.assess import Assessment, assess
from dashboard.estimate.stores import (
    DAYS_PER_YEAR,
    ENDS,
    MONTHS_PER_YEAR,
    NOTHING,
    YEARS_MAX,
    Curve,
    Phase,
    Uptake,
    curve,
    days_to_pool,
    events,
    injected,
    loss_of,
    plan_uptake,
    starting_pool_ug,
)
from dashboard.plan import Supplement
from dashboard.tables.science import Band
from dashboard.tables.tables import Tables


def regimen_uptake(effect: RegimenEffect, tables: Tables) -> Uptake:
    """What a regimen brings in on its own."""
    r = effect.regimen
    return injected(r.dose_ug, r.times_per_week, r.kept, tables) if r.kept and r.form == "injection" else Uptake(effect.usable)


# The outlook -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """A time with its low and high, in years or days. None: never. Low is the soonest."""

    low: float | None
    value: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Path:
    """The store over the years under one way of going on. [µg]

    id
        ``plan``, ``baseline``, ``nothing`` or the id of a regimen.
    years, low_ug, value_ug, high_ug
        Month by month from today. A pulsed injection's day stands twice: before and after it.
    years_to_signs
        From today until the pool is at the level at which signs begin. [years]
    days_to_replete
        From that level up to the low end of usual pools, by the mean uptake of this way of going on. [days]
    mean_uptake
        What is taken up once this way of going on has begun, injections spread out. [µg/day]
    steady_ug
        The pool it leads to in the end, held to a full pool. [µg]
    effect
        The regimen, where it is one.
    """

    id: str
    years: tuple[float, ...]
    low_ug: tuple[float, ...]
    value_ug: tuple[float, ...]
    high_ug: tuple[float, ...]
    years_to_signs: Span
    days_to_replete: Span
    mean_uptake: Band
    steady_ug: Band
    effect: RegimenEffect | None = None

    def at(self, year: float) -> Band:
        """The pool at a point of time of ``years``, after an injection of that day. [µg]"""
        n = bisect_right(self.years, year) - 1
        return Band(self.low_ug[n], self.value_ug[n], self.high_ug[n])


@dataclass(frozen=True, slots=True)
class Outlook:
    """Every way of going on from the same person, with what they share. [µg]"""

    years: int
    today_ug: Band
    loss_per_day: Band
    signs_ug: float
    full_ug: float
    paths: tuple[Path, ...]
    source_ids: tuple[str, ...]

    def path(self, path_id: str) -> Path | None:
        """The path of that id, where there is one."""
        return next((p for p in self.paths if p.id == path_id), None)


@dataclass(frozen=True, slots=True)
class _Person:
    """What all paths of a person share."""

    tables: Tables
    start: Band
    loss: Band
    years: int

    @property
    def full_ug(self) -> float:
        return self.tables.parameters["pool_full_ug"].value

    @property
    def signs_ug(self) -> float:
        return self.tables.parameters["pool_at_signs_ug"].value

    def path(self, path_id: str, phases: Sequence[Phase], effect: RegimenEffect | None = None) -> Path:
        """One path, from the phases that lead to it."""
        end_day = self.years * DAYS_PER_YEAR
        last_day = YEARS_MAX * DAYS_PER_YEAR
        changes = events([*phases, Phase(last_day, Uptake(phases[-1].uptake.mean))], last_day)
        low, value, high = (curve(changes, end, start=self.start, loss=self.loss, full_ug=self.full_ug) for end in ENDS)
        points = list(_points(changes, end_day))
        going_on = phases[-1].uptake.mean
        steady = (going_on.low / self.loss.high, going_on.value / self.loss.value, going_on.high / self.loss.low)
        return Path(
            path_id,
            years=tuple(day / DAYS_PER_YEAR for day, _ in points),
            low_ug=_sampled(low, points),
            value_ug=_sampled(value, points),
            high_ug=_sampled(high, points),
            years_to_signs=Span(*(_in_years(c.first_at(self.signs_ug)) for c in (low, value, high))),
            days_to_replete=self._repletion(going_on),
            mean_uptake=going_on,
            steady_ug=Band(*(min(pool, self.full_ug) for pool in steady)),
            effect=effect,
        )

    def _repletion(self, uptake: Band) -> Span:
        usual = self.tables.parameters["pool_start_ug"].low
        corners = ((uptake.high, self.loss.low), (uptake.value, self.loss.value), (uptake.low, self.loss.high))
        return Span(*(days_to_pool(usual, start_ug=self.signs_ug, uptake_ug_per_day=a, loss_per_day=k) for a, k in corners))


def _sampled(c: Curve, points: Iterable[tuple[float, bool]]) -> tuple[float, ...]:
    return tuple(c.after(day) if after else c.before(day) for day, after in points)


def _in_years(days: float | None) -> float | None:
    return None if days is None else days / DAYS_PER_YEAR


def _points(changes: dict[float, tuple[Band, Band]], end_day: float) -> Iterator[tuple[float, bool]]:
    """The days to show, each with whether the pool after that day's injection is meant."""
    pulses = {day for day, (_, kept) in changes.items() if kept.high and 0 <= day <= end_day}
    months = round(end_day / DAYS_PER_YEAR * MONTHS_PER_YEAR)
    grid = {n * DAYS_PER_YEAR / MONTHS_PER_YEAR for n in range(months + 1)}
    for day in sorted(grid | pulses):
        if day in pulses:
            yield day, False
        yield day, True


def _today(person: _Person, phases: Sequence[Phase]) -> Band:
    changes = events(phases, 0.0)
    return Band(*(curve(changes, end, start=person.start, loss=person.loss, full_ug=person.full_ug).after(0.0) for end in ENDS))


def outlook(
    assessment: Assessment,
    tables: Tables,
    years: int,
    start_ug: float | None = None,
    *,
    former: Band | None = None,
    since_years: float = 0.0,
    baseline: Assessment | None = None,
    change_years: float = 0.0,
    regimens: Iterable[RegimenEffect] = (),
) -> Outlook:
    """The store over the coming years under the plan, its baseline, each regimen, and with no B12 at all.

    Parameters
    ----------
    years
        How far to look, at most ``YEARS_MAX``. [years]
    start_ug
        Pool when the present diet began, where it is known. [µg] None: from ``former``, see :func:`starting_pool_ug`.
    former
        What the diet before the present one brought in. [µg/day]
    since_years
        How long the present diet has been eaten: the baseline where there is one, else the plan. [years]
    baseline
        The plan kept to compare with. It is what is eaten now; the plan is what is eaten from the change on.
    change_years
        When the plan (beside a baseline) or a regimen begins, from today. [years]
    regimens
        From :func:`dashboard.advice.regimens.compare`; each stands in place of what is taken now: what is swallowed
        for what is swallowed, what is given for everything.
    """
    start = starting_pool_ug(tables, former) if start_ug is None else Band(start_ug, start_ug, start_ug)
    person = _Person(tables, start, loss_of(tables, assessment.conditions), years)
    planned = plan_uptake(assessment, tables)
    present = planned if baseline is None else plan_uptake(baseline, tables)
    now = [Phase(-since_years * DAYS_PER_YEAR, present)]

    def then(day: float, uptake: Uptake) -> list[Phase]:
        """A new phase from a day on; where nothing changes, the phase before continues."""
        if uptake == present:
            return now
        return [Phase(day, uptake)] if day <= now[0].from_day else [*now, Phase(day, uptake)]

    change_day = change_years * DAYS_PER_YEAR
    paths = [person.path("plan", then(change_day, planned))]
    if baseline is not None:
        paths.append(person.path("baseline", now))
    regimens = tuple(regimens)
    without = _without_supplements(assessment, planned, tables) if regimens else {}
    for effect in regimens:
        beside = without[bool(effect.regimen.kept)]
        paths.append(person.path(effect.regimen.regimen, then(change_day, beside + regimen_uptake(effect, tables)), effect))
    paths.append(person.path("nothing", then(0.0, NOTHING)))
    return Outlook(
        years,
        _today(person, now),
        person.loss,
        person.signs_ug,
        person.full_ug,
        tuple(paths),
        _source_ids(tables, assessment),
    )


def _without_supplements(a: Assessment, planned: Uptake, tables: Tables) -> dict[bool, Uptake]:
    """What stays of a plan beside a regimen that is taken in place of its supplements. Key: whether the regimen is given."""

    def keeping(stays: tuple[Supplement, ...]) -> Uptake:
        plan = a.plan
        return planned if stays == plan.supplements else plan_uptake(assess(replace(plan, supplements=stays), tables, a), tables)

    return {True: keeping(()), False: keeping(tuple(s for s in a.plan.supplements if s.given))}


def _source_ids(tables: Tables, assessment: Assessment) -> tuple[str, ...]:
    rows = [p for name, p in tables.parameters.items() if name.startswith(("pool_", "kept_")) or name == "loss_per_day"]
    conditions = {s for c in assessment.conditions for s in c.source_ids}
    return tuple(sorted({p.source_id for p in rows} | conditions))


class StoresClaim(StrEnum):
    """What may be said of the stores on a way of going on (rule A9)."""

    NOT_CLAIMED = "not-claimed"
    NEAR_NOW = "near-now"
    COMES_DOWN = "comes-down"
    MAY_COME_DOWN = "may-come-down"
    CLOSE_AND_MAY_COME_DOWN = "close-and-may-come-down"
    STAYS_CLOSE = "stays-close"
    STAYS_ABOVE = "stays-above"


def stores_claim(path: Path, o: Outlook, advice: Advice, tables: Tables) -> StoresClaim:
    """What may be said: "stay above" only where the low end does, and the steady middle is not close to the line."""
    if not advice.claim(Claim.STORES).may:
        return StoresClaim.NOT_CLAIMED
    until = path.years_to_signs
    if until.value == 0:
        return StoresClaim.NEAR_NOW
    if until.value is not None:
        return StoresClaim.COMES_DOWN
    close = path.steady_ug.value < tables.parameters["stores_close_factor"].value * o.signs_ug
    if until.low is not None:
        return StoresClaim.CLOSE_AND_MAY_COME_DOWN if close else StoresClaim.MAY_COME_DOWN
    return StoresClaim.STAYS_CLOSE if close else StoresClaim.STAYS_ABOVE


def shown_paths(o: Outlook, advice: Advice) -> tuple[Path, ...]:
    """The ways of going on that any output may show; empty where nothing is said of stores.

    Without intrinsic factor nothing that is swallowed is shown as if it could be enough: only what comes with no B12 at
    all, and what a clinician gives.
    """
    if advice.claim(Claim.STORES).may:
        return o.paths
    if not advice.tells_untreated:
        return ()
    return tuple(path for path in o.paths if path.id == "nothing" or (path.effect and path.effect.regimen.kept))
