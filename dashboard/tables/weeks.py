"""Rows of the tables of starter weeks: where a person shops, what a child needs, and the example weeks themselves."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.plan.plan import Day, Diet, Market
from dashboard.tables.cited import Cited


@dataclass(frozen=True, slots=True)
class MarketRow(Cited):
    """One row of markets.csv: what may be assumed of the food sold there.

    measures
        "cups" or "metric": how household amounts are said there.
    fortified
        "usual", "label-first" or "few": how often everyday foods have B12 added.
    label_note
        What is told beside a fortified food.
    """

    market: Market
    label: str
    measures: str
    fortified: str
    label_note: str
    note: str


@dataclass(frozen=True, slots=True)
class EnergyNeed(Cited):
    """One row of energy_needs.csv: what a moderately active child of an age needs. [kcal/day]"""

    age_years: int
    boys_kcal: float
    girls_kcal: float


@dataclass(frozen=True, slots=True)
class StarterWeek:
    """One version of an example week, as it was shipped. It is kept for good: links may name it.

    link_code
        By which a link names it.
    diets, markets, age_group
        For whom it is the starter week, as long as no later version of it exists.
    fortified
        False: the variant without fortified food.
    """

    week: str
    version: int
    link_code: str
    diets: frozenset[Diet]
    markets: frozenset[Market]
    fortified: bool
    age_group: str
    days: tuple[Day, ...]

    @property
    def diet(self) -> Diet:
        """The strictest diet it is made for."""
        return next(diet for diet in Diet if diet in self.diets)
