"""The local file of imported USDA foods: where it lies, its tables, and reading foods from it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from dashboard.foods import index
from dashboard.foods.usda.gtin import gtin_id
from dashboard.foods.usda.seal import broken
from dashboard.tables.fault import TableError
from dashboard.tables.foods import Food, Portion
from dashboard.tables.read import DATA

FILE_VARIABLE: Final = "B12_USDA_FILE"
#: Kept in the file; raised whenever the tables change, so that an older file is refused and not misread.
SCHEMA_VERSION: Final = 1
#: SQLite's default limit of values in one query is larger in every version since 2020.
IDS_AT_ONCE: Final = 900

SCHEMA: Final = f"""{index.SCHEMA}
CREATE TABLE earlier(fdc_id INTEGER PRIMARY KEY, food_id TEXT);
CREATE TABLE release(
    name TEXT PRIMARY KEY, file TEXT, imported_at TEXT, foods INTEGER, with_b12 INTEGER, zero_b12 INTEGER, missing_b12 INTEGER, notes TEXT);
CREATE TABLE reported(release TEXT, food_id TEXT, problem TEXT);
PRAGMA user_version = {SCHEMA_VERSION};
"""


class StoreError(TableError):
    """The local file cannot be used."""


class Counts(NamedTuple):
    """What a release holds. ``with_b12`` counts every B12 value, zero or not."""

    name: str
    foods: int
    with_b12: int
    zero_b12: int
    missing_b12: int


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One imported release. ``with_b12`` counts every B12 value, zero or not; ``in_use`` leaves out foods that a newer release has."""

    name: str
    file: str
    imported_at: str
    foods: int
    with_b12: int
    zero_b12: int
    missing_b12: int
    notes: str
    in_use: int
    reported: int


def store_path() -> Path:
    """Where the local file lies: data/usda.sqlite, or where the environment variable B12_USDA_FILE says."""
    chosen = os.environ.get(FILE_VARIABLE, "").strip()
    return Path(chosen).expanduser() if chosen else DATA / "usda.sqlite"


class Store:
    """The imported foods, read-only. May be shared by threads.

    Raises
    ------
    StoreError
        From each method, and when it is made: the file is no store, or is damaged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._sound():
            if broken(path):
                raise sqlite3.DatabaseError("the seal is broken")
            self.connection = index.read_only(path)
            (version,) = self.connection.execute("PRAGMA user_version").fetchone()
            (tables,) = self.connection.execute("SELECT count(*) FROM sqlite_schema WHERE type = 'table'").fetchone()
        if not tables:
            self.close()
            raise StoreError("store-unreadable", file=path.name)
        if version != SCHEMA_VERSION:
            self.close()
            raise StoreError("store-version", file=path.name)

    def close(self) -> None:
        """Closes the file."""
        self.connection.close()

    def foods(self, ids: Iterable[str]) -> dict[str, Food]:
        """The foods of these ids, by the id asked for; ids that are not here are left out.

        A GTIN may be written with any number of zeros in front.
        """
        asked = {id_: (gtin_id(id_.partition(":")[2]) or id_) if id_.startswith("gtin:") else id_ for id_ in ids}
        found = self._read(sorted(set(asked.values())))
        return {id_: found[ours] for id_, ours in asked.items() if ours in found}

    def food(self, id_: str) -> Food | None:
        """One food, or None."""
        return self.foods([id_]).get(id_)

    def by_fdc_id(self, fdc_id: int) -> Food | None:
        """The food of an fdc_id; of an earlier version the record that took its place."""
        query = "SELECT id FROM food WHERE fdc_id = :id UNION ALL SELECT food_id FROM earlier WHERE fdc_id = :id LIMIT 1"
        rows = self._rows(query, {"id": fdc_id})
        return self.food(rows[0][0]) if rows else None

    def diet_reason(self, id_: str) -> str:
        """Why a food has its diet class; empty when the food is not here."""
        rows = self._rows("SELECT diet_reason FROM food WHERE id = ?", (id_,))
        return rows[0][0] or "" if rows else ""

    def releases(self) -> list[ReleaseRow]:
        """What was imported, by name."""
        rows = self._rows(
            """SELECT name, file, imported_at, foods, with_b12, zero_b12, missing_b12, notes,
                      (SELECT count(*) FROM food WHERE food.release = release.name),
                      (SELECT count(*) FROM reported WHERE reported.release = release.name)
               FROM release ORDER BY name"""
        )
        return [ReleaseRow(*row) for row in rows]

    def reported(self, release: str) -> list[tuple[str, str]]:
        """Food id and problem of every USDA error found in a release."""
        return self._rows("SELECT food_id, problem FROM reported WHERE release = ? ORDER BY food_id", (release,))

    def _read(self, ids: Sequence[str]) -> dict[str, Food]:
        found: dict[str, Food] = {}
        for start in range(0, len(ids), IDS_AT_ONCE):
            some = ids[start : start + IDS_AT_ONCE]
            marks = ",".join("?" * len(some))
            portions: dict[str, list[Portion]] = {}
            for food_id, label, grams in self._rows(
                f"SELECT food_id, label, grams FROM portion WHERE food_id IN ({marks}) ORDER BY food_id, seq", some
            ):
                portions.setdefault(food_id, []).append(Portion(label, grams))
            for row in self._rows(f"SELECT {index.COLUMNS} FROM food WHERE id IN ({marks})", some):
                found[row[0]] = index.food_of(row, portions.get(row[0], ()))
        return found

    def _rows(self, query: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[Any]:
        with self._sound():
            return self.connection.execute(query, values).fetchall()

    @contextmanager
    def _sound(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError, UnicodeDecodeError, OverflowError) as error:
            raise StoreError("store-unreadable", file=self.path.name) from error


@lru_cache(maxsize=2)
def _opened(path: Path, _stamp: tuple[int, int, int]) -> Store:
    return Store(path)


def open_store(path: Path | None = None) -> Store | None:
    """The imported foods, or None when nothing was imported. A file that was replaced since is opened anew.

    Raises
    ------
    StoreError
        When there is a file that cannot be used.
    """
    path = path or store_path()
    try:
        now = path.stat()
    except OSError:
        return None
    return _opened(path, (now.st_ino, now.st_mtime_ns, now.st_size))
