"""Reads the tables that the estimate is held against."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from dashboard.tables.columns import records
from dashboard.tables.observed import Observed, Uncertainty
from dashboard.tables.read import DATA, cells_of, read_rows


@lru_cache(maxsize=2)
def load_observed(folder: Path = DATA) -> Observed:
    """The tables of what others measured, read once per process.

    Raises
    ------
    TableError
        When a file is missing or a cell cannot be read.
    """
    with cells_of("observations"):
        return Observed(uncertainty=records(Uncertainty, read_rows("uncertainty", folder)))
