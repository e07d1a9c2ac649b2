"""The local file of imported USDA foods: where it lies, its tables, and reading foods from it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from dashboard.foods.usda.gtin import gtin_id
from dashboard.tables.fault import TableError
from dashboard.tables.foods import Food, Portion
from dashboard.tables.read import DATA

FILE_VARIABLE: Final = "B12_USDA_FILE"
#: Kept in the file; raised whenever the tables change, so that an older file is refused and not misread.
SCHEMA_VERSION: Final = 1
#: SQLite's default limit of values in one query is larger in every version since 2020.
IDS_AT_ONCE: Final = 900
HUNDRED_GRAMS: Final = Portion("100 g", 100.0)

SCHEMA: Final = f"""
CREATE TABLE food(
    id TEXT PRIMARY KEY, fdc_id INTEGER, name TEXT, description TEXT, data_set TEXT, source_id TEXT, release TEXT,
    food_group TEXT, food_code TEXT, brand TEXT, ingredients TEXT, diet TEXT, diet_reason TEXT, contains TEXT, allergens TEXT,
    b12_ug_per_100g REAL, added_ug_per_100g REAL, energy_kcal_per_100g REAL, protein_g_per_100g REAL,
    derivation TEXT, tags TEXT, note TEXT);
CREATE INDEX food_by_fdc_id ON food(fdc_id);
CREATE TABLE portion(food_id TEXT, seq INTEGER, label TEXT, grams REAL, PRIMARY KEY(food_id, seq)) WITHOUT ROWID;
CREATE TABLE earlier(fdc_id INTEGER PRIMARY KEY, food_id TEXT);
CREATE TABLE release(
    name TEXT PRIMARY KEY, file TEXT, imported_at TEXT, foods INTEGER, with_b12 INTEGER, zero_b12 INTEGER, missing_b12 INTEGER, notes TEXT);
CREATE TABLE reported(release TEXT, food_id TEXT, problem TEXT);
CREATE VIRTUAL TABLE food_fts USING fts5(
    name, description, brand, content='food', content_rowid='rowid', tokenize='unicode61 remove_diacritics 2', prefix='2 3');
PRAGMA user_version = {SCHEMA_VERSION};
"""
FOOD_COLUMNS: Final = (
    "id, fdc_id, name, description, food_group, diet, contains, allergens, b12_ug_per_100g, added_ug_per_100g, "
    "energy_kcal_per_100g, protein_g_per_100g, derivation, tags, note, source_id"
)


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
    """The imported foods, read-only. May be shared by threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            uri = f"{path.resolve().as_uri()}?mode=ro"
            self.connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            version = self.connection.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.Error as error:
            raise StoreError("store-unreadable", file=path) from error
        if version != SCHEMA_VERSION:
            self.close()
            raise StoreError("store-version", file=path)

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
        row = self.connection.execute(
            "SELECT id FROM food WHERE fdc_id = :id UNION ALL SELECT food_id FROM earlier WHERE fdc_id = :id LIMIT 1", {"id": fdc_id}
        ).fetchone()
        return self.food(row[0]) if row else None

    def diet_reason(self, id_: str) -> str:
        """Why a food has its diet class; empty when the food is not here."""
        row = self.connection.execute("SELECT diet_reason FROM food WHERE id = ?", (id_,)).fetchone()
        return row[0] or "" if row else ""

    def releases(self) -> list[ReleaseRow]:
        """What was imported, by name."""
        rows = self.connection.execute(
            """SELECT name, file, imported_at, foods, with_b12, zero_b12, missing_b12, notes,
                      (SELECT count(*) FROM food WHERE food.release = release.name),
                      (SELECT count(*) FROM reported WHERE reported.release = release.name)
               FROM release ORDER BY name"""
        )
        return [ReleaseRow(*row) for row in rows]

    def reported(self, release: str) -> list[tuple[str, str]]:
        """Food id and problem of every USDA error found in a release."""
        return list(self.connection.execute("SELECT food_id, problem FROM reported WHERE release = ? ORDER BY food_id", (release,)))

    def _read(self, ids: Sequence[str]) -> dict[str, Food]:
        found: dict[str, Food] = {}
        for start in range(0, len(ids), IDS_AT_ONCE):
            some = ids[start : start + IDS_AT_ONCE]
            marks = ",".join("?" * len(some))
            portions: dict[str, list[Portion]] = {}
            for food_id, label, grams in self.connection.execute(
                f"SELECT food_id, label, grams FROM portion WHERE food_id IN ({marks}) ORDER BY food_id, seq", some
            ):
                portions.setdefault(food_id, []).append(Portion(label, grams))
            for row in self.connection.execute(f"SELECT {FOOD_COLUMNS} FROM food WHERE id IN ({marks})", some):
                found[row[0]] = _food(row, tuple(portions.get(row[0], (HUNDRED_GRAMS,))))
        return found


def _words(text: str | None) -> frozenset[str]:
    return frozenset((text or "").split())


def _food(row: Sequence[object], portions: tuple[Portion, ...]) -> Food:
    """A row of :data:`FOOD_COLUMNS` in the shape of the embedded table's foods."""
    values: dict[str, object] = dict(zip(FOOD_COLUMNS.split(", "), row, strict=True))
    for column in ("contains", "allergens", "tags"):
        values[column] = _words(values[column])  # type: ignore[arg-type]
    values["usda_description"] = values.pop("description")
    values["group"] = values.pop("food_group") or ""
    values["derivation"] = values["derivation"] or ""
    values["note"] = values["note"] or ""
    return Food(**values, portions=portions, locator=f"fdc_id {values['fdc_id']}, nutrients 1178 and 1246")  # type: ignore[arg-type]


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
