"""Rows of the scientific tables: sources, reference values, parameters, conditions, regimens. Units stand in the field names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dashboard.tables.cited import Cited
from dashboard.tables.when import When


@dataclass(frozen=True, slots=True)
class Source:
    """One row of sources.csv."""

    source_id: str
    title: str
    producer: str
    citation: str
    year: str
    doi: str
    url: str
    date_accessed: str
    licence: str
    note: str


@dataclass(frozen=True, slots=True)
class ReferenceSet(Cited):
    """One row of reference_sets.csv: whose reference values, and which of their kinds is the target.

    ``need_set``: the set whose values give the need in absorbed terms; another one where this set's target is an AI.
    ``market``: where somebody who compares with it is taken to shop, until they say so.
    """

    reference_set: str
    label: str
    region: str
    target_kinds: tuple[str, ...]
    average_kind: str
    need_set: str
    market: str
    superseded_by: str
    note: str


@dataclass(frozen=True, slots=True)
class Reference(Cited):
    """One row of reference_intakes.csv. ``age_below_years`` None: no upper end. [µg/day]"""

    reference_set: str
    kind: str
    life_stage: str
    age_from_years: float
    age_below_years: float | None
    value_ug: float
    unit: str
    note: str


@dataclass(frozen=True, slots=True)
class Parameter(Cited):
    """One row of model_parameters.csv. Where no range is given, low and high equal the value."""

    name: str
    value: float
    low: float
    high: float
    unit: str
    note: str


@dataclass(frozen=True, slots=True)
class Band:
    """A figure with the low and high it is always spoken with."""

    low: float
    value: float
    high: float

    def __add__(self, other: Band) -> Band:
        return Band(self.low + other.low, self.value + other.value, self.high + other.high)

    def __mul__(self, factor: float) -> Band:
        return Band(self.low * factor, self.value * factor, self.high * factor)


ZERO: Final = Band(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Condition(Cited):
    """One row of conditions.csv: the levers of a condition or medicine, or only a flag.

    malabsorption
        How grave it is, in the haematologists' own grouping: severe, mild-to-moderate or not-grouped.
    common_rank
        Place among those that many people have, from 1; None for the others.
    not_offered
        Keys of exclusions.csv: what somebody with it is never offered, also where they did not say that they leave it out.
    test_first
        A blood test and a clinician come before any claim: uptake may be near none, and nobody can tell without.
    """

    condition: str
    label: str
    kind: str
    step: str
    capacity_factor: Band
    release_factor: Band
    loss_per_day: Band
    unknown_effect: bool
    malabsorption: str
    test_first: bool
    common_rank: float | None
    not_offered: tuple[str, ...]
    level: str
    text: str
    helps: str
    evidence: str


@dataclass(frozen=True, slots=True)
class RegimenCaution(Cited):
    """One row of regimen_cautions.csv: what to mind with some regimens, for whom it may hold as far as the app knows."""

    caution: str
    when: When
    text: str


@dataclass(frozen=True, slots=True)
class Regimen(Cited):
    """One row of regimens.csv: form, dose and frequency, with who it is for.

    cautions
        Ids of regimen_cautions.csv.
    """

    regimen: str
    form: str
    label: str
    route: str
    chemical_form: str
    dose_ug: float
    times_per_week: float
    with_food: bool
    kept: Band | None
    advice: str
    prescription: bool
    when: When
    for_whom: str
    cautions: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class Statement(Cited):
    """One row of outlook_limits.csv: a sentence for the reader and what it rests on."""

    limit: str
    text: str
