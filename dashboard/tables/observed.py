"""Rows of the published measurements that the estimate is compared with, and of the uncertainties that its low and high cover."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.tables.cited import Cited
from dashboard.tables.columns import Listed, Numbers


@dataclass(frozen=True, slots=True)
class DoseObservation(Cited):
    """One row of absorption_observations.csv: a dose of added B12 and what of it was absorbed. [µg]

    role
        fitted, left-out (fitted, but judged by the curve without it), guided (a figure was chosen with it in view) or not-used.
    absorbed_low_ug, absorbed_high_ug
        One published standard deviation either way, where there is one.
    """

    dose_ug: float
    absorbed_ug: float
    absorbed_low_ug: float | None
    absorbed_high_ug: float | None
    fitted: bool
    intrinsic_factor: bool
    role: str
    who: str
    claim: str
    why: str


@dataclass(frozen=True, slots=True)
class FoodObservation(Cited):
    """One row of food_absorption_observations.csv: a meal and what of its B12 was absorbed. [µg], [%]

    kind
        food, egg, or added (fortified food).
    dose_low_ug, dose_high_ug
        None where the dose was not recorded.
    percent_low
        None where only an upper end is given.
    """

    food: str
    kind: str
    dose_low_ug: float | None
    dose_high_ug: float | None
    percent_low: float | None
    percent_high: float
    absorbed_ug: float | None
    role: str
    who: str
    claim: str
    why: str


@dataclass(frozen=True, slots=True)
class StudyObservation(Cited):
    """One row of study_observations.csv: what a study saw, what the estimate is compared on, and by which rule.

    topic
        What it is about, in two or three words.
    values
        The published figures, one for each of ``groups`` where there are groups. [``unit``]
    low, high
        The published range of a single figure.
    estimates
        What the model is asked for, in the language of :mod:`dashboard.estimate.measures`.
    claim
        agrees, disagrees or not-compared: what is said of the row, held by a test.
    """

    study: str
    part: str
    topic: str
    who: str
    observed: str
    groups: Listed
    values: Numbers
    low: float | None
    high: float | None
    unit: str
    compared: str
    estimates: Listed
    estimate_unit: str
    rule: str
    tolerance: float | None
    claim: str
    why: str


@dataclass(frozen=True, slots=True)
class Uncertainty(Cited):
    """One row of uncertainty.csv: something that makes the figure uncertain.

    ``covered``: the low and high of the estimate hold it; ``when``: always, or what a plan must have for it to matter.
    ``phrase`` names it in the one sentence beside the figure (``in_sentence``), ``text`` explains it.
    """

    matter: str
    covered: bool
    when: str
    in_sentence: bool
    phrase: str
    text: str


@dataclass(frozen=True, slots=True)
class ReferenceBasis(Cited):
    """The columns of reference_sets.csv that begin with basis: what the values of a set rest on."""

    reference_set: str
    text: str


@dataclass(frozen=True, slots=True)
class Variation(Cited):
    """One row of sensitivity.csv: one thing that is changed alone, to see how far a plan's usable B12 moves.

    kind
        parameter, spread, portions, natural-values, added-values, conditions or days.
    names
        For a parameter: the rows of model_parameters.csv that take ``low`` and ``high``.
    low, high
        Factors, or values of the parameter.
    """

    variation: str
    kind: str
    names: tuple[str, ...]
    low: float | None
    high: float | None
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding(Cited):
    """One row of validation_findings.csv: a sentence on what the estimate is good or bad at, and the rows it rests on.

    counts
        A part of the comparisons; ``text`` may then hold {inside}, {of}, {above} and {below}. Unless the claim is mostly-inside,
        some must lie above and some below.
    rests_on
        Comparisons that must all come out as ``claim`` says.
    claim
        agrees, disagrees or mostly-inside.
    """

    finding: str
    good: bool
    text: str
    counts: str
    rests_on: tuple[str, ...]
    claim: str


@dataclass(frozen=True, slots=True)
class Observed:
    """All tables of published measurements."""

    doses: tuple[DoseObservation, ...]
    foods: tuple[FoodObservation, ...]
    studies: tuple[StudyObservation, ...]
    uncertainty: tuple[Uncertainty, ...]
    bases: Mapping[str, ReferenceBasis]
    variations: tuple[Variation, ...]
    findings: tuple[Finding, ...]
