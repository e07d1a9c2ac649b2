"""Why B12 runs low and what helps: the path of B12 with what stands in its way, guidelines and questions. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from dashboard.tables.care import Guideline, PathStep, Question
from dashboard.tables.science import Condition
from dashboard.tables.when import Facts

Row = TypeVar("Row", Guideline, Question)


#: The row of life_stages.csv for which there is no plan.
INFANT = "infant"


class Effect(StrEnum):
    """What the estimate does with a condition or medicine."""

    BLOCKED = "blocked"
    LOWERED = "lowered"
    UNKNOWN = "unknown"
    OUTSIDE = "outside"
    UNCHANGED = "unchanged"


#: Gravest first; a step of the path shows the gravest of its conditions.
GRAVEST_FIRST = tuple(Effect)


def effect(c: Condition) -> Effect:
    """What the estimate does with a condition.

    blocked
        No uptake by intrinsic factor even at the high end.
    lowered
        A factor below 1 stands in the middle of the estimate.
    unknown
        May lower uptake by an unknown amount: told, and no factor made up.
    outside
        Harm that a figure of intake cannot show.
    unchanged
        Looked at, and no reason found to change the estimate.
    """
    if c.capacity_factor.high == 0:
        return Effect.BLOCKED
    if c.capacity_factor.value < 1 or c.release_factor.value < 1:
        return Effect.LOWERED
    if c.unknown_effect:
        return Effect.UNKNOWN
    return Effect.UNCHANGED if c.level == "info" else Effect.OUTSIDE


@dataclass(frozen=True, slots=True)
class Station:
    """One step of the path for this person: the conditions that act there and the gravest effect; None: clear."""

    step: PathStep
    conditions: tuple[Condition, ...]
    effect: Effect | None


def path(steps: Sequence[PathStep], conditions: Iterable[Condition]) -> tuple[Station, ...]:
    """The path of B12 from the mouth to the cells, with what stands in its way."""
    chosen = [c for c in conditions if effect(c) is not Effect.UNCHANGED]
    stations = []
    for step in steps:
        here = tuple(c for c in chosen if c.step == step.step)
        stations.append(Station(step, here, min(map(effect, here), key=GRAVEST_FIRST.index) if here else None))
    return tuple(stations)


def rows_for(rows: Iterable[Row], facts: Facts) -> tuple[Row, ...]:
    """The guidelines or questions that apply. A baby gets only those that name babies: information, not a plan."""
    return tuple(row for row in rows if row.when.holds(facts) and (INFANT not in facts or row.when.names(INFANT)))


def recheck_months(guidelines: Iterable[Guideline], facts: Facts) -> int:
    """The earliest usual time to the next check. [months]"""
    return int(min(g.months for g in guidelines if g.months and g.when.holds(facts)))
