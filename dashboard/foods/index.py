"""The foods in SQLite with a full-text index: one schema for the table in memory and for an imported USDA store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from dashboard.tables.foods import Food, Portion

#: Lists in a column (contains, allergens, tags) are words separated by spaces, as in foods.csv. Empty B12 is NULL: unknown.
#: The full-text index refers to ``food`` by rowid: after VACUUM or any change of ``food`` call :func:`fill_text_index`.
SCHEMA: Final = """
CREATE TABLE food(
    id TEXT PRIMARY KEY,
    fdc_id INTEGER,
    name TEXT,
    description TEXT,
    data_set TEXT,              -- sr | fndds | foundation | branded
    source_id TEXT,
    release TEXT,
    food_group TEXT,
    food_code TEXT,
    brand TEXT,
    ingredients TEXT,
    diet TEXT,
    diet_reason TEXT,
    contains TEXT,
    allergens TEXT,
    b12_ug_per_100g REAL,
    added_ug_per_100g REAL,
    energy_kcal_per_100g REAL,
    protein_g_per_100g REAL,
    derivation TEXT,
    tags TEXT,
    note TEXT
);
CREATE INDEX food_by_data_set ON food(data_set);
CREATE INDEX food_by_fdc_id ON food(fdc_id);
CREATE TABLE portion(food_id TEXT, seq INTEGER, label TEXT, grams REAL, PRIMARY KEY(food_id, seq)) WITHOUT ROWID;
CREATE VIRTUAL TABLE food_fts USING fts5(
    name, description, brand,
    content='food', content_rowid='rowid',
    tokenize='unicode61 remove_diacritics 2', prefix='2 3'
);
"""
FOOD_COLUMNS: Final = tuple(line.split()[0] for line in SCHEMA.partition(");")[0].splitlines() if line.startswith("    "))
COLUMNS: Final = ", ".join(FOOD_COLUMNS)
HUNDRED_GRAMS: Final = Portion("100 g", 100.0)
GENERIC: Final = ("foundation", "fndds", "sr")


def create(connection: sqlite3.Connection) -> None:
    """Makes the empty tables and the empty full-text index."""
    connection.executescript(SCHEMA)


def fill_text_index(connection: sqlite3.Connection) -> None:
    """Builds the full-text index from what stands in ``food``. To be called once all foods are in."""
    connection.execute("INSERT INTO food_fts(food_fts) VALUES('rebuild')")


def data_set(food_id: str) -> str:
    """The data set that a food id names: fndds, sr, foundation, label, own, or branded for a bar code."""
    kind = food_id.partition(":")[0]
    return "branded" if kind == "gtin" else kind


def _row(food: Food) -> tuple[object, ...]:
    return (
        food.id,
        food.fdc_id,
        food.name,
        food.usda_description,
        data_set(food.id),
        food.source_id,
        "",
        food.group,
        food.id.partition(":")[2],
        "",
        "",
        food.diet,
        "",
        " ".join(sorted(food.contains)),
        " ".join(sorted(food.allergens)),
        food.b12_ug_per_100g,
        food.added_ug_per_100g,
        food.energy_kcal_per_100g,
        food.protein_g_per_100g,
        food.derivation,
        " ".join(sorted(food.tags)),
        food.note,
    )


def add_foods(connection: sqlite3.Connection, foods: Iterable[Food]) -> None:
    """Writes foods and their portions. Raises ``sqlite3.IntegrityError`` for an id that is there already."""
    marks = ", ".join("?" * len(FOOD_COLUMNS))
    every = list(foods)
    connection.executemany(f"INSERT INTO food({COLUMNS}) VALUES({marks})", map(_row, every))
    connection.executemany(
        "INSERT INTO portion(food_id, seq, label, grams) VALUES(?, ?, ?, ?)",
        ((food.id, n, portion.label, portion.grams) for food in every for n, portion in enumerate(food.portions)),
    )


def copy_generic(connection: sqlite3.Connection, store: Path) -> None:
    """Takes the generic foods of a store over, those of an id that is there already left out.

    Raises
    ------
    sqlite3.Error
        When the file is no store.
    """
    wanted = ", ".join(f"'{name}'" for name in GENERIC)
    connection.execute("ATTACH ? AS store", (f"{store.resolve().as_uri()}?mode=ro",))
    try:
        connection.execute(
            f"INSERT OR IGNORE INTO food({COLUMNS}) SELECT {COLUMNS} FROM store.food WHERE data_set IN ({wanted}) ORDER BY rowid"
        )
        connection.execute(
            "INSERT INTO portion SELECT p.food_id, p.seq, p.label, p.grams FROM store.portion p JOIN store.food f ON f.id = p.food_id"
            f" WHERE f.data_set IN ({wanted}) AND p.food_id NOT IN (SELECT food_id FROM main.portion)"
        )
        connection.commit()
    except sqlite3.Error:
        connection.rollback()
        raise
    finally:
        connection.execute("DETACH store")


def in_memory() -> sqlite3.Connection:
    """An empty database in memory that several threads may read."""
    connection = sqlite3.connect("file::memory:", uri=True, check_same_thread=False)
    create(connection)
    return connection


def read_only(store: Path) -> sqlite3.Connection:
    """A store, opened for reading by several threads. Raises ``sqlite3.Error`` when it cannot be opened."""
    return sqlite3.connect(f"{store.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)


def food_at(connection: sqlite3.Connection, rowid: int) -> Food:
    """One food of the database with its portions."""
    row = connection.execute(f"SELECT {COLUMNS} FROM food WHERE rowid = ?", (rowid,)).fetchone()
    portions = connection.execute("SELECT label, grams FROM portion WHERE food_id = ? ORDER BY seq", row[:1])
    return food_of(row, (Portion(label, grams) for label, grams in portions))


def food_of(row: Sequence[Any], portions: Iterable[Portion]) -> Food:
    """A row of :data:`FOOD_COLUMNS` as a food; 100 g where it has no household portion."""
    values = dict(zip(FOOD_COLUMNS, row, strict=True))
    return Food(
        id=values["id"],
        name=values["name"] or values["description"] or values["id"],
        group=values["food_group"] or "",
        diet=values["diet"] or "uncertain",
        b12_ug_per_100g=values["b12_ug_per_100g"],
        added_ug_per_100g=values["added_ug_per_100g"],
        energy_kcal_per_100g=values["energy_kcal_per_100g"],
        protein_g_per_100g=values["protein_g_per_100g"],
        portions=tuple(portions) or (HUNDRED_GRAMS,),
        source_id=values["source_id"] or "",
        locator=f"fdc_id {values['fdc_id']}, nutrients 1178 and 1246" if values["fdc_id"] else "",
        fdc_id=values["fdc_id"],
        usda_description=values["description"] or "",
        contains=_words(values["contains"]),
        allergens=_words(values["allergens"]),
        tags=_words(values["tags"]),
        derivation=values["derivation"] or "",
        note=values["note"] or "",
    )


def _words(text: str | None) -> frozenset[str]:
    return frozenset((text or "").split())
