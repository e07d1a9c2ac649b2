"""Plans of change: four ways to close the shortfall, side by side, each ready to be the proposal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dashboard.advice import regimens
from dashboard.advice.advise import Advice
from dashboard.advice.food_edits import Edit, Kind
from dashboard.advice.regimens import RegimenEffect
from dashboard.advice.suggest import EDITS_MAX, Pool, Suggestion, best, candidates, measure_effect, needed, pool
from dashboard.advice.week_loads import Week
from dashboard.estimate.assess import Assessment, assess
from dashboard.plan import Plan, keep_baseline, take_instead
from dashboard.tables.tables import Tables


class Way(StrEnum):
    """How the shortfall is closed."""

    FOOD = "food"
    FORTIFIED = "fortified"
    TABLET = "tablet"
    LEAST = "least"


@dataclass(frozen=True, slots=True)
class Change:
    """One plan of change. Without edits or a regimen there is none of its kind."""

    way: Way
    suggestion: Suggestion | None = None
    regimen: RegimenEffect | None = None
    after: Assessment | None = None
    occasions_changed: int = 0

    def apply(self, plan: Plan) -> Plan:
        """The plan with the change as its proposal: the plan as it is now is kept to compare with."""
        proposal = keep_baseline(plan)
        if self.suggestion:
            proposal = self.suggestion.apply(proposal)
        if self.regimen and self.regimen.supplement:
            proposal = take_instead(proposal, self.regimen.supplement)
        return proposal


def _natural(edit: Edit) -> bool:
    return "fortified" not in edit.food.tags or edit.kind in (Kind.SPLIT, Kind.MOVE)


def _weighed_by_meals_changed(found: Pool) -> Pool:
    """The pool with the share of the plan's occasions that an edit changes as its burden; the usual burden breaks ties."""
    count = found.occasions.shape[1]
    ties = found.burden / (EDITS_MAX * count * found.burden.max(initial=1.0))
    return replace(found, burden=found.occasions.mean(axis=1) + ties)


def changes(advice: Advice, tables: Tables) -> tuple[Change, ...]:
    """By food, by fortified food, by tablet and with as little change as possible, in this order.

    Empty when nothing is short or a clinician decides.
    """
    if not needed(advice):
        return ()
    week = Week(advice.assessment, tables)
    every = pool(week, advice)
    return (
        _by_food(week, every, Way.FOOD, _natural),
        _by_food(week, every, Way.FORTIFIED, lambda edit: "fortified" in edit.food.tags),
        _by_tablet(week, advice),
        _by_food(week, _weighed_by_meals_changed(every), Way.LEAST, lambda _: True),
    )


def _by_food(week: Week, every: Pool, way: Way, keep: Callable[[Edit], bool]) -> Change:
    rows = [n for n, edit in enumerate(every.edits) if keep(edit)]
    found = best(candidates(every.only(rows)), 1) if rows else []
    if not found:
        return Change(way)
    edits, cost = found[0]
    suggestion = measure_effect(week, edits, cost)
    return _done(week, Change(way, suggestion, occasions_changed=_meals_changed(edits)))


def _meals_changed(edits: Sequence[Edit]) -> int:
    """How many meals of the plan edits change."""
    return len({(d, m) for e in edits for d in e.days for m in (e.meal, e.meal if e.from_meal is None else e.from_meal)})


def _by_tablet(week: Week, advice: Advice) -> Change:
    """The tablet with the least B12 a week that covers the need with today's food, among those a person may choose."""
    offered = [e for e in regimens.compare(advice, week.tables) if e.regimen.form == "tablet" and e.supplement and e.covers_with_diet]
    least = min(offered, key=lambda e: e.week_ug, default=None)
    return _done(week, Change(Way.TABLET, regimen=least)) if least else Change(Way.TABLET)


def _done(week: Week, change: Change) -> Change:
    return replace(change, after=assess(change.apply(week.plan), week.tables, week.assessment))
