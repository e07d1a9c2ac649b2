"""All tables of data/, read once and handed to the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.plan.plan import Day, Diet, Person
from dashboard.tables.foods import EverydayFood, Exclusion, Food, Frequency, QuickSlot, StandInRow, SuggestionGroup, Swap
from dashboard.tables.rules import RuleTables
from dashboard.tables.science import Condition, Parameter, Reference, ReferenceSet, Regimen, Source, Statement
from dashboard.tables.units import Units


@dataclass(frozen=True)
class Tables:
    """All tables of data/, read once."""

    sources: Mapping[str, Source]
    reference_sets: Mapping[str, ReferenceSet]
    references: tuple[Reference, ...]
    parameters: Mapping[str, Parameter]
    conditions: Mapping[str, Condition]
    regimens: Mapping[str, Regimen]
    foods: Mapping[str, Food]
    patterns: Mapping[str, tuple[Diet, tuple[Day, ...]]]
    exclusions: Mapping[str, Exclusion]
    suggestion_groups: Mapping[str, SuggestionGroup]
    everyday_foods: tuple[EverydayFood, ...]
    swaps: tuple[Swap, ...]
    rules: RuleTables
    quick_slots: tuple[QuickSlot, ...]
    frequencies: Mapping[str, Frequency]
    stand_ins: Mapping[tuple[str, str], StandInRow]
    outlook_limits: Mapping[str, Statement]
    units: Units

    def sets_offered(self) -> list[str]:
        """The reference sets that can be chosen: those that no newer edition stands in for."""
        return [key for key, chosen in self.reference_sets.items() if not chosen.superseded_by]

    def knows(self, condition: str) -> bool:
        """Whether a word that stands among a person's conditions is a condition, a medicine or a detail of one."""
        return condition in self.conditions or condition in self.rules.details

    def left_out(self, person: Person) -> tuple[Exclusion, ...]:
        """What a person leaves out, as far as the tables know it."""
        return tuple(self.exclusions[e] for e in person.excludes if e in self.exclusions)
