"""Reads a table whose columns are the fields of its record: one reader serves every such table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any, Final, TypeVar

from dashboard.plan.plan import Market
from dashboard.tables.science import Band
from dashboard.tables.when import When

Record = TypeVar("Record")

#: A cell with several entries between semicolons.
Listed = tuple[str, ...]
Numbers = tuple[float, ...]


def optional(text: str) -> float | None:
    """A number, or None for an empty cell: not known."""
    return float(text) if text else None


def listed(text: str) -> tuple[str, ...]:
    """What a cell holds between its semicolons."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


Row = Mapping[str, str]


def _one(read: Callable[[str], Any]) -> Callable[[Row, str], Any]:
    """What is read from one cell."""
    return lambda row, column: read(row[column])


def _band(row: Row, column: str) -> Band:
    """A figure with its low and high, which stand in three columns."""
    return Band(*(float(row[f"{column}_{end}"]) for end in ("low", "value", "high")))


#: Type of a field -> how it is read from a row and a column.
_CELLS: Final[dict[str, Callable[[Row, str], Any]]] = {
    "str": _one(str),
    "bool": _one(lambda text: text == "yes"),
    "int": _one(int),
    "float": _one(float),
    "Market": _one(Market),
    "int | None": _one(lambda text: int(text) if text else None),
    "float | None": _one(optional),
    "tuple[str, ...]": _one(lambda text: tuple(text.split())),
    "frozenset[str]": _one(lambda text: frozenset(text.split())),
    "Listed": _one(listed),
    "When": _one(When.parse),
    "Numbers": _one(lambda text: tuple(float(part) for part in listed(text))),
    "Band": _band,
    "Band | None": lambda row, column: _band(row, column) if row[f"{column}_value"] else None,
}


def records(record: type[Record], rows: Iterable[Row], **columns: str) -> tuple[Record, ...]:
    """The rows of a table as records; a field's type says how its cell is read.

    ``columns``: fields whose column has another name in this table.

    Raises ``KeyError`` for a column that is missing and ``ValueError`` for a cell that cannot be read.
    """
    cells = [(f.name, columns.get(f.name, f.name), _CELLS[str(f.type)]) for f in fields(record)]  # type: ignore[arg-type]
    return tuple(record(**{field: read(row, column) for field, column, read in cells}) for row in rows)
