"""Puts the rows of one release into staging tables, where SQL can join them. Nothing is held in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

import pyarrow as pa

from dashboard.foods.usda import foundation_json, releases
from dashboard.foods.usda.archive import Archive, ReleaseError, reading_ahead, tuples
from dashboard.foods.usda.releases import Kind
from dashboard.tables.read import Row, read_rows

INT: Final = pa.int64()
REAL: Final = pa.float64()

TABLES: Final = (
    """listed(fdc_id INTEGER PRIMARY KEY, food_id TEXT, code TEXT, category TEXT, brand TEXT, ingredients TEXT,
              serving REAL, serving_unit TEXT, household TEXT)""",
    "described(fdc_id INTEGER PRIMARY KEY, description TEXT, category TEXT, published TEXT)",
    "amount(fdc_id INTEGER, nutrient INTEGER, amount REAL, derivation INTEGER)",
    "measure(fdc_id INTEGER, seq INTEGER, label TEXT, grams REAL)",
)
#: Of several versions of one food (a superseded record, an older label of one product) the newest is current.
CURRENT: Final = """
CREATE TABLE staging.current AS
SELECT fdc_id, food_id, 1 AS kept FROM (
    SELECT fdc_id, food_id, row_number() OVER (PARTITION BY food_id ORDER BY published DESC, fdc_id DESC) AS place
    FROM staging.listed JOIN staging.described USING (fdc_id))
WHERE place = 1 ORDER BY fdc_id
"""

#: A branded food's serving; figures per 100 ml make 1 ml count as 1 g.
SERVINGS: Final = f"""
INSERT INTO staging.measure
SELECT fdc_id, 0, CASE household WHEN '' THEN '1 serving' ELSE lower(household) END, serving FROM staging.listed
WHERE serving > 0 AND serving_unit IN ({", ".join(f"'{unit}'" for unit in sorted(releases.GRAM_UNITS | releases.MILLILITRE_UNITS))})
"""
#: What can be an amount: Inf is above any number, and not-a-number is stored as unknown.
AN_AMOUNT: Final = "amount BETWEEN 0 AND 1.7e308"

#: Told what is being done.
Tell = Callable[[str], None]


class Staged(NamedTuple):
    """What the staging tables hold: ``meanings`` and ``derivations`` explain the codes of the table amount."""

    kind: Kind
    release: str
    meanings: Mapping[int, Row]
    derivations: Mapping[int, str]
    notes: tuple[str, ...] = ()


def stage(db: sqlite3.Connection, archive: Archive, tell: Tell) -> Staged:
    """Reads a release into the tables of the attached database ``staging``.

    Raises
    ------
    ReleaseError
        When the zip is not a complete release of USDA, or a row of it cannot be read.
    """
    for table in ("current", "figure", *(t.partition("(")[0] for t in TABLES)):
        db.execute(f"DROP TABLE IF EXISTS staging.{table}")
    for table in TABLES:
        db.execute(f"CREATE TABLE staging.{table}")
    try:
        staged = _json(db, archive) if archive.json_files else _csv(db, archive, tell)
    except OverflowError as error:
        raise ReleaseError("number-too-large", zip=archive.name) from error
    except (UnicodeEncodeError, sqlite3.InterfaceError, sqlite3.ProgrammingError) as error:  # a text or a value that cannot be stored
        raise ReleaseError("json-layout", zip=archive.name, reason=str(error)) from error
    db.execute(_figures(staged.meanings))
    db.execute("CREATE UNIQUE INDEX staging.figure_by_food ON figure(fdc_id)")
    db.execute(CURRENT)
    db.execute("CREATE UNIQUE INDEX staging.current_by_food ON current(food_id)")
    if not db.execute("SELECT count(*) FROM staging.current").fetchone()[0]:
        raise ReleaseError("no-food", zip=archive.name)
    return staged


@lru_cache(maxsize=1)
def texts() -> Mapping[str, str]:
    """Sentences that are stored with a food or a release, by their id."""
    return {row["text_id"]: row["text"] for row in read_rows("usda_texts")}


def _figures(meanings: Mapping[int, Row]) -> str:
    """SQL: one row a food of B12, added B12, energy and protein per 100 g, and how the B12 value was obtained."""

    def pick(what: str, field: str) -> str:
        choices = sorted((row["choice"], nutrient) for nutrient, row in meanings.items() if row["field"] == field)
        values = [f"max({what}) FILTER (WHERE nutrient = {nutrient} AND {AN_AMOUNT})" for _, nutrient in choices]
        return values[0] if len(values) == 1 else f"coalesce({', '.join(values)})"

    return f"""
        CREATE TABLE staging.figure AS
        SELECT fdc_id, {pick("amount", "b12_ug_per_100g")} AS b12, {pick("amount", "added_ug_per_100g")} AS added,
               {pick("amount", "energy_kcal_per_100g")} AS energy, {pick("amount", "protein_g_per_100g")} AS protein,
               {pick("derivation", "b12_ug_per_100g")} AS derivation
        FROM staging.amount GROUP BY fdc_id"""


def _insert(db: sqlite3.Connection, table: str, columns: int, rows: Iterable[Sequence[Any]]) -> None:
    db.executemany(f"INSERT OR REPLACE INTO staging.{table} VALUES({','.join('?' * columns)})", rows)


# JSON --------------------------------------------------------------------------------------------


def _json(db: sqlite3.Connection, archive: Archive) -> Staged:
    kind, foods = releases.FOUNDATION, foundation_json.foods(archive)
    numbers: dict[str, int] = {"": 0}
    for f in foods:
        food_id = releases.food_id(kind.data_set, f.code, f.fdc_id)
        _insert(db, "listed", 9, [(f.fdc_id, food_id, f.code, None, None, None, None, None, None)])
        _insert(db, "described", 4, [(f.fdc_id, f.description, f.category, f.published)])
        _insert(db, "amount", 4, ((f.fdc_id, n, amount, numbers.setdefault(said, len(numbers))) for n, amount, said in f.amounts))
        _insert(db, "measure", 4, ((f.fdc_id, *portion) for portion in f.portions))
    newest = max((food.published for food in foods), default="")
    meanings = {int(row["nutrient_id"]): row for row in releases.wanted_nutrients()}
    return Staged(kind, _name(kind, newest), meanings, {number: said for said, number in numbers.items()})


# CSV ---------------------------------------------------------------------------------------------


def _csv(db: sqlite3.Connection, archive: Archive, tell: Tell) -> Staged:
    kind = releases.release_kind(archive)
    years = _survey_years(archive) if kind is releases.FNDDS else ""
    nutrients, notes = _nutrients(archive, years)
    column = releases.NutrientColumn(nutrients, archive.name)
    with reading_ahead(_amounts(archive, column)) as amounts:
        tell("foods")
        _insert(db, "listed", 9, _listed(archive, kind))
        _insert(db, "described", 4, _described(archive, kind))
        if kind.needs_portions:
            _insert(db, "measure", 4, _measures(archive, kind))
        else:
            db.execute(SERVINGS)
        tell("nutrients")
        for batch in amounts:
            _insert(db, "amount", 4, tuples(batch))
    meanings = column.meanings()
    newest = db.execute("SELECT max(published) FROM staging.described").fetchone()[0] or ""
    derivations = releases.codes(archive, "food_nutrient_derivation")
    return Staged(kind, _name(kind, years or newest), meanings, derivations, notes)


def _amounts(archive: Archive, column: releases.NutrientColumn) -> Iterator[pa.RecordBatch]:
    """Rows of food_nutrient.csv whose nutrient is read."""
    types = {"fdc_id": INT, "nutrient_id": INT, "amount": REAL, "derivation": INT}
    columns = {"fdc_id": ["fdc_id"], "nutrient_id": ["nutrient_id"], "amount": ["amount"]}
    for batch in archive.batches("food_nutrient", types, columns, {"derivation": ["derivation_id"]}):
        yield column.wanted(batch)


def _name(kind: Kind, version: str) -> str:
    """SR Legacy has one final release, of April 2018; FNDDS goes by survey years, the others by date."""
    return f"{kind.title} {releases.SR_RELEASE if kind is releases.SR else version}".strip()


def _nutrients(archive: Archive, years: str) -> tuple[Mapping[int, str], tuple[str, ...]]:
    """id -> number of the release's nutrients, and what must be noted."""
    apart = years and int(years.partition("-")[0]) < releases.FNDDS_SHARED_TABLES_FROM
    if apart and "nutrient" not in archive:
        return releases.standard_nutrients(), (texts()["no-nutrient-table"],)
    return releases.listed_nutrients(archive), ()


def _survey_years(archive: Archive) -> str:
    """The survey's years, such as 2017-2018; empty when the release does not say."""
    first, last = "9999", ""
    optional = {"start": ["start_date"], "end": ["end_date"]}
    for _, start, end in archive.rows(releases.FNDDS.table, {}, {"fdc_id": ["fdc_id"]}, optional):
        first, last = min(first, (start or first)[:4]), max(last, (end or last)[:4])
    return f"{first}-{last}" if None not in map(releases.code_number, (first, last)) else ""


def _listed(archive: Archive, kind: Kind) -> Iterator[tuple[Any, ...]]:
    """Rows of the table that only this data set has."""
    groups = releases.codes(archive, "wweia_food_category") if kind is releases.FNDDS else {}
    names = [*kind.columns, *kind.optional]
    for values in archive.rows(kind.table, {"fdc_id": INT, "serving": REAL}, kind.columns, kind.optional):
        row = dict(zip(names, values, strict=True))
        yield (
            row["fdc_id"],
            releases.food_id(kind.data_set, row["code"], row["fdc_id"]),
            row["code"],
            _group(row.get("category"), groups),
            releases.tidy(row.get("brand") or row.get("owner")) or None,
            releases.tidy(row.get("ingredients")) or None,
            row.get("serving"),
            (row.get("serving_unit") or "").strip().upper(),
            releases.tidy(row.get("household")),
        )


def _described(archive: Archive, kind: Kind) -> Iterator[tuple[Any, ...]]:
    """Rows of food.csv without those of other kinds, such as the laboratory samples of Foundation."""
    table = {"sr": "food_category", "foundation": "food_category", "fndds": "wweia_food_category"}.get(kind.data_set)
    groups = releases.codes(archive, table) if table else {}
    for fdc_id, type_, description, category, published in archive.rows(
        "food",
        {"fdc_id": INT},
        {"fdc_id": ["fdc_id"], "type": ["data_type"], "description": ["description"]},
        {"category": ["food_category_id"], "published": ["publication_date"]},
    ):
        if type_ == kind.table:
            yield fdc_id, releases.tidy(description), _group(category, groups), published or ""


def _group(category: str | None, groups: Mapping[int, str]) -> str | None:
    """The words for a category's code; a category that is words already stays."""
    words = releases.tidy(category).removesuffix(".0")
    code = releases.code_number(words)
    return (words if code is None else groups.get(code)) or None


def _measures(archive: Archive, kind: Kind) -> Iterator[tuple[Any, ...]]:
    """Household portions with a weight and words for it."""
    units = releases.codes(archive, "measure_unit")
    for fdc_id, grams, seq, amount, unit, description, modifier in archive.rows(
        "food_portion",
        {"fdc_id": INT, "grams": REAL, "seq": INT, "amount": REAL, "unit": INT},
        {"fdc_id": ["fdc_id"], "grams": ["gram_weight"]},
        {
            "seq": ["seq_num"],
            "amount": ["amount"],
            "unit": ["measure_unit_id"],
            "description": ["portion_description"],
            "modifier": ["modifier"],
        },
    ):
        # In FNDDS the modifier is a code of USDA's, not words.
        words = None if kind is releases.FNDDS else modifier
        label = releases.portion_label(amount, units.get(unit, releases.UNDETERMINED), description, words)
        if label and grams and grams > 0:
            yield fdc_id, seq or 0, label, grams
