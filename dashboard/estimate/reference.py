"""Reference values: the target for this person, in intake and in absorbed terms."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.plan import LifeStage, Person
from dashboard.tables.science import Reference
from dashboard.tables.tables import Tables


@dataclass(frozen=True, slots=True)
class Target:
    """The reference value that applies to a person. [µg/day]"""

    reference_set: str
    label: str
    kind: str
    intake_ug: float
    usable_ug: float
    average_kind: str
    average_ug: float | None
    source_id: str
    locator: str
    mark: str
    life_stage: str


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


def _find(tables: Tables, person: Person, kind: str, life_stage: str) -> Reference | None:
    return next((r for r in rows(tables, person.reference_set, person.age_years, life_stage) if r.kind == kind), None)


def target(tables: Tables, person: Person) -> Target | None:
    """The target for a person, or None where the chosen set has no value for the age and stage.

    Pregnancy and breastfeeding fall back to no life stage where a set lists no value of its own for the age;
    ``life_stage`` of the answer says which was used.

    Absorbed terms: target times the share of food B12 that the reference set itself assumes to be
    absorbed (0.5 for IOM 1998, 0.4 for EFSA 2015; row ``absorption_assumed`` of reference_sets.csv).
    """
    chosen = tables.reference_sets.get(person.reference_set)
    if chosen is None:
        return None
    for stage in dict.fromkeys((str(person.life_stage), str(LifeStage.NONE))):
        for kind in chosen.target_kinds:
            row = _find(tables, person, kind, stage)
            if row is None:
                continue
            average = _find(tables, person, chosen.average_kind, stage) if chosen.average_kind else None
            return Target(
                reference_set=chosen.reference_set,
                label=chosen.label,
                kind=kind,
                intake_ug=row.value_ug,
                usable_ug=row.value_ug * chosen.absorption_assumed,
                average_kind=chosen.average_kind if average else "",
                average_ug=average.value_ug if average else None,
                source_id=row.source_id,
                locator=row.locator,
                mark=row.mark,
                life_stage=stage,
            )
    return None
