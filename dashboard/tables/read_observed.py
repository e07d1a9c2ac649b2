"""Reads the tables of published measurements that the estimate is compared with."""

from __future__ import annotations

from pathlib import Path
from typing import Final, TypeVar

from dashboard.tables.columns import records
from dashboard.tables.kept import read_once
from dashboard.tables.observed import (
    DoseObservation,
    Finding,
    FoodObservation,
    Observed,
    ReferenceBasis,
    StudyObservation,
    Uncertainty,
    Variation,
)
from dashboard.tables.read import naming_tables, read_rows

Record = TypeVar("Record")
#: Field of :class:`ReferenceBasis` -> its column.
BASIS: Final = {"text": "basis", "source_id": "basis_source_id", "locator": "basis_locator", "mark": "basis_mark"}


@read_once
def load_observed(folder: Path) -> Observed:
    """The tables of published measurements, read once per process.

    Raises
    ------
    TableError
        When a file is missing or a cell cannot be read.
    """

    def table(record: type[Record], name: str, **columns: str) -> tuple[Record, ...]:
        return records(record, read_rows(name, folder), **columns)

    with naming_tables("observations"):
        return Observed(
            doses=table(DoseObservation, "absorption_observations"),
            foods=table(FoodObservation, "food_absorption_observations"),
            studies=table(StudyObservation, "study_observations"),
            uncertainty=table(Uncertainty, "uncertainty"),
            bases={row.reference_set: row for row in table(ReferenceBasis, "reference_sets", **BASIS)},
            variations=table(Variation, "sensitivity"),
            findings=table(Finding, "validation_findings"),
        )
