"""Reads a table whose columns are the fields of its record: one reader serves every such table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any, Final, TypeVar

from dashboard.plan.plan import Market
from dashboard.tables.when import When

Record = TypeVar("Record")


def optional(text: str) -> float | None:
    """A number, or None for an empty cell: not known."""
    return float(text) if text else None


def listed(text: str) -> tuple[str, ...]:
    """What a cell holds between its semicolons."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


_CELLS: Final[dict[str, Callable[[str], Any]]] = {
    "str": str,
    "bool": lambda text: text == "yes",
    "int": int,
    "float": float,
    "Market": Market,
    "int | None": lambda text: int(text) if text else None,
    "float | None": optional,
    "tuple[str, ...]": lambda text: tuple(text.split()),
    "Listed": listed,
    "When": When.parse,
    "Numbers": lambda text: tuple(float(part) for part in listed(text)),
}
#: Fields that are called otherwise than their column in every table.
_COLUMNS: Final = {"source_ids": "source_id"}


def records(record: type[Record], rows: Iterable[Mapping[str, str]], **columns: str) -> tuple[Record, ...]:
    """The rows of a table as records; a field's type says how its cell is read.

    ``columns``: fields whose column has another name in this table.

    Raises ``KeyError`` for a column that is missing and ``ValueError`` for a cell that cannot be read.
    """
    named = {**_COLUMNS, **columns}
    cells = [(f.name, named.get(f.name, f.name), _CELLS[str(f.type)]) for f in fields(record)]  # type: ignore[arg-type]
    return tuple(record(**{field: read(row[column]) for field, column, read in cells}) for row in rows)
