"""All tables of data/, read once and handed to the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dashboard.plan.link_weeks import KnownWeeks
from dashboard.plan.plan import Diet, Market, Person
from dashboard.tables.foods import EverydayFood, Exclusion, Food, Frequency, QuickSlot, StandInRow, SuggestionGroup, Swap
from dashboard.tables.rules import RuleTables
from dashboard.tables.science import Condition, Parameter, Reference, ReferenceSet, Regimen, RegimenCaution, Source, Statement
from dashboard.tables.units import Units
from dashboard.tables.weeks import EnergyNeed, MarketRow, StarterWeek


@dataclass(frozen=True)
class Tables:
    """All tables of data/, read once."""

    sources: Mapping[str, Source]
    reference_sets: Mapping[str, ReferenceSet]
    references: tuple[Reference, ...]
    parameters: Mapping[str, Parameter]
    conditions: Mapping[str, Condition]
    regimens: Mapping[str, Regimen]
    regimen_cautions: Mapping[str, RegimenCaution]
    foods: Mapping[str, Food]
    markets: Mapping[Market, MarketRow]
    energy_needs: tuple[EnergyNeed, ...]
    starter_weeks: tuple[StarterWeek, ...]
    exclusions: Mapping[str, Exclusion]
    suggestion_groups: Mapping[str, SuggestionGroup]
    everyday_foods: tuple[EverydayFood, ...]
    swaps: tuple[Swap, ...]
    rules: RuleTables
    quick_slots: tuple[QuickSlot, ...]
    frequencies: Mapping[str, Frequency]
    stand_ins: Mapping[tuple[str, Diet, Market], StandInRow]
    outlook_limits: Mapping[str, Statement]
    units: Units

    @cached_property
    def link_weeks(self) -> KnownWeeks:
        """The example weeks that a link may name."""
        return KnownWeeks({week.link_code: week.days for week in self.starter_weeks})

    @cached_property
    def worked_out(self) -> dict[object, Any]:
        """What other rooms work out of these tables alone, kept with them. Nothing of a plan or a person goes in here."""
        return {}

    def sets_offered(self) -> list[str]:
        """The reference sets that can be chosen: those that no newer edition stands in for."""
        return [key for key, chosen in self.reference_sets.items() if not chosen.superseded_by]

    def knows(self, condition: str) -> bool:
        """Whether a word that stands among a person's conditions is a condition, a medicine or a detail of one."""
        return condition in self.conditions or condition in self.rules.details

    def market(self, person: Person) -> MarketRow:
        """Where a person shops: as they said, or else as goes with their reference set."""
        if person.shops_in is not None:
            return self.markets[person.shops_in]
        chosen = self.reference_sets.get(person.reference_set)
        return self.markets[Market(chosen.market) if chosen else Market.ELSEWHERE]

    def starter_week(self, week: str) -> StarterWeek:
        """The newest version of an example week."""
        return max((w for w in self.starter_weeks if w.week == week), key=lambda w: w.version)

    def condition_label(self, condition: str) -> str:
        """What a word among a person's conditions is called; the word itself where nobody knows it."""
        if condition in self.conditions:
            return self.conditions[condition].label
        detail = self.rules.details.get(condition)
        return detail.question if detail else condition

    def left_out(self, person: Person) -> tuple[Exclusion, ...]:
        """What a person leaves out, as far as the tables know it."""
        return tuple(self.exclusions[e] for e in person.excludes if e in self.exclusions)

    def not_offered(self, person: Person) -> tuple[Exclusion, ...]:
        """What a person is never offered: what they leave out, and what nobody with their conditions should eat. The search
        still finds it, since what was eaten is for the person to say."""
        by_condition = (key for c in person.conditions if c in self.conditions for key in self.conditions[c].not_offered)
        return tuple(dict.fromkeys((*self.left_out(person), *(self.exclusions[key] for key in by_condition))))
