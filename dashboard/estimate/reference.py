"""Reference values: the target for this person, in intake and in absorbed terms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.plan import LifeStage, Person
from dashboard.tables.science import Reference, ReferenceSet
from dashboard.tables.tables import Tables


@dataclass(frozen=True, slots=True)
class Need:
    """What has to be absorbed: half of an average requirement, and of a recommended intake. [µg/day]

    ug
        With margin: half of the recommended intake (``kind``, such as RDA) of the set named.
    average_ug
        Half of the average requirement; None where the set has none for the age and life stage.
    source_id, locator, mark
        Of the recommended intake it is half of.
    """

    reference_set: str
    label: str
    kind: str
    ug: float
    average_ug: float | None
    source_id: str
    locator: str
    mark: str


@dataclass(frozen=True, slots=True)
class Target:
    """The reference value that applies to a person, and the need in absorbed terms beside it. [µg/day]

    need
        None below 1 year and where nobody gives a requirement for the age and life stage.
    """

    reference_set: str
    label: str
    kind: str
    intake_ug: float
    average_kind: str
    average_ug: float | None
    source_id: str
    locator: str
    mark: str
    life_stage: str
    need: Need | None

    @property
    def is_adequate_intake(self) -> bool:
        """Whether it is an AI or an estimate for one: below it nothing is concluded."""
        return self.kind in ("AI", "estimate")

    @property
    def need_ug(self) -> float | None:
        """The need in absorbed terms, with its margin. [µg/day]"""
        return self.need.ug if self.need else None

    @property
    def need_average_ug(self) -> float | None:
        """The average need in absorbed terms. [µg/day]"""
        return self.need.average_ug if self.need else None

    @property
    def need_is_ioms(self) -> bool:
        """Whether the need comes from IOM although the target does not, because the target is an AI."""
        return self.need is not None and self.need.reference_set != self.reference_set


def applies(row: Reference, age_years: float, life_stage: str) -> bool:
    """Whether a row covers an age (lower bound included, upper bound not) and life stage."""
    below = row.age_below_years
    return row.life_stage == life_stage and row.age_from_years <= age_years and (below is None or age_years < below)


def rows(
    tables: Tables, reference_set: str | None = None, age_years: float | None = None, life_stage: str | None = None
) -> list[Reference]:
    """Rows of the reference table that fit the filters; None leaves a filter out."""
    return [
        row
        for row in tables.references
        if (reference_set is None or row.reference_set == reference_set)
        and (life_stage is None or row.life_stage == life_stage)
        and (age_years is None or applies(row, age_years, row.life_stage))
    ]


def _find(tables: Tables, chosen: ReferenceSet, age_years: float, kinds: Iterable[str], life_stage: str) -> Reference | None:
    """The row of the first of ``kinds`` that a set has for an age and life stage."""
    found = {row.kind: row for row in rows(tables, chosen.reference_set, age_years, life_stage)}
    return next((found[kind] for kind in kinds if kind in found), None)


def _average_ug(tables: Tables, chosen: ReferenceSet, age_years: float, life_stage: str) -> float | None:
    row = _find(tables, chosen, age_years, (chosen.average_kind,), life_stage)
    return row.value_ug if row else None


def _need(tables: Tables, chosen: ReferenceSet, age_years: float, life_stage: str) -> Need | None:
    """The need in absorbed terms that goes with a target of ``chosen`` for this life stage.

    Half of the set's own values, or of IOM's where its target is an AI: an AI rests on blood markers and says nothing
    about absorbed amounts (``need_set`` of reference_sets.csv, ``need_fraction`` of model_parameters.csv).
    """
    if tables.rules.age_bands["infant"].covers(age_years):
        return None  # IOM gives infants an AI and no requirement
    basis = tables.reference_sets[chosen.need_set]
    row = _find(tables, basis, age_years, basis.target_kinds, life_stage)
    if row is None:
        return None
    half = tables.parameters["need_fraction"].value
    average_ug = _average_ug(tables, basis, age_years, life_stage)
    return Need(
        reference_set=basis.reference_set,
        label=basis.label,
        kind=row.kind,
        ug=half * row.value_ug,
        average_ug=None if average_ug is None else half * average_ug,
        source_id=row.source_id,
        locator=row.locator,
        mark=row.mark,
    )


def target(tables: Tables, person: Person) -> Target | None:
    """The target for a person, or None where the chosen set has no value for the age and stage.

    Pregnancy and breastfeeding fall back to no life stage where a set lists no value of its own for the age;
    ``life_stage`` of the answer says which was used.
    """
    chosen = tables.reference_sets.get(person.reference_set)
    if chosen is None:
        return None
    age_years = person.age_years
    for stage in dict.fromkeys((str(person.life_stage), str(LifeStage.NONE))):
        row = _find(tables, chosen, age_years, chosen.target_kinds, stage)
        if row is None:
            continue
        average_ug = _average_ug(tables, chosen, age_years, stage)
        return Target(
            reference_set=chosen.reference_set,
            label=chosen.label,
            kind=row.kind,
            intake_ug=row.value_ug,
            average_kind="" if average_ug is None else chosen.average_kind,
            average_ug=average_ug,
            source_id=row.source_id,
            locator=row.locator,
            mark=row.mark,
            life_stage=stage,
            need=_need(tables, chosen, age_years, stage),
        )
    return None
