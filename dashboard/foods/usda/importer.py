"""Reads USDA's releases into the local file: in a stream, and all or nothing.

The rows of a release go into staging tables in a file beside the store, SQL joins them, and the finished foods are
written to a copy of the store that takes its place at the very end. A failed import leaves the old file as it was.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from os import fsync
from pathlib import Path
from typing import Any, Final

from dashboard.foods.added_b12 import added_part, names_b12
from dashboard.foods.diet import DietClass, classify
from dashboard.foods.diet_rules import UsdaFood
from dashboard.foods.index import FOOD_COLUMNS
from dashboard.foods.usda import releases
from dashboard.foods.usda.archive import ReleaseError, open_archive
from dashboard.foods.usda.one_at_a_time import one_at_a_time
from dashboard.foods.usda.releases import PORTIONS_MAX, USUAL_SERVING
from dashboard.foods.usda.seal import broken, seal
from dashboard.foods.usda.staging import AN_AMOUNT, Staged, stage, texts
from dashboard.foods.usda.store import SCHEMA, SCHEMA_VERSION, Counts, store_path
from dashboard.tables.read import read_rows

BATCH: Final = 2000
CACHE_KB: Final = 32_000
#: USDA's code for "Calculated from a daily value percentage per serving size measure".
FROM_PERCENT_DV: Final = "LCCD"
#: Allergens that follow from the animal matter found; shellfish may be of either kind.
ALLERGENS_OF: Final[Mapping[str, str]] = {"dairy": "milk", "egg": "eggs", "fish": "fish", "shellfish": "crustaceans molluscs"}

#: Newer releases keep their record of a food; the fdc_id of a record that gives way still leads to the food.
MAKE_ROOM: Final = (
    "DELETE FROM portion WHERE food_id IN (SELECT id FROM food WHERE release = :release)",
    "DELETE FROM food WHERE release = :release",
    "DELETE FROM reported WHERE release = :release",
    "DELETE FROM release WHERE name = :release",
    """UPDATE staging.current SET kept = 0
       WHERE food_id IN (SELECT id FROM food JOIN staging.current ON id = food_id WHERE release > :release)""",
    """INSERT OR REPLACE INTO earlier
       SELECT fdc_id, food_id FROM staging.listed JOIN staging.described USING (fdc_id)
       WHERE fdc_id NOT IN (SELECT fdc_id FROM staging.current WHERE kept)""",
    "INSERT OR REPLACE INTO earlier SELECT food.fdc_id, id FROM food JOIN staging.current ON id = food_id WHERE kept",
    "DELETE FROM portion WHERE food_id IN (SELECT food_id FROM staging.current WHERE kept)",
    "DELETE FROM food WHERE id IN (SELECT food_id FROM staging.current WHERE kept)",
)
#: The first four different measures of a food, the usual serving of the label rules last.
PORTIONS: Final = f"""
INSERT INTO portion
SELECT food_id, place, label, grams FROM (
    SELECT food_id, label, grams, row_number() OVER (PARTITION BY food_id ORDER BY label LIKE '%{USUAL_SERVING}', seq) AS place
    FROM (SELECT food_id, label, grams, min(seq) AS seq FROM staging.current JOIN staging.measure USING (fdc_id)
          WHERE kept GROUP BY food_id, label))
WHERE place <= {PORTIONS_MAX}
"""
FOODS: Final = """
SELECT fdc_id, current.food_id, code, description, coalesce(listed.category, described.category, ''), brand, coalesce(ingredients, ''),
       serving_unit, b12, CASE WHEN added <= b12 OR b12 IS NULL THEN added END, energy, protein, derivation
FROM staging.current JOIN staging.listed USING (fdc_id) JOIN staging.described USING (fdc_id) LEFT JOIN staging.figure USING (fdc_id)
WHERE kept
"""
COUNTS: Final = """
SELECT count(*), count(b12), count(*) FILTER (WHERE b12 = 0), count(*) FILTER (WHERE b12 IS NULL)
FROM staging.current LEFT JOIN staging.figure USING (fdc_id)
"""
ADDED_ABOVE_TOTAL: Final = """
SELECT food_id, added, b12 FROM staging.current JOIN staging.figure USING (fdc_id) WHERE added > b12
"""
NOT_AN_AMOUNT: Final = f"""
SELECT food_id, nutrient, amount FROM staging.current JOIN staging.amount USING (fdc_id) WHERE NOT ({AN_AMOUNT})
"""

Classify = Callable[[UsdaFood], DietClass]
#: Told the name of the zip and what is being done with it.
Progress = Callable[[str, str], None]


def import_releases(
    paths: Sequence[Path], into: Path | None = None, *, classifier: Classify = classify, progress: Progress | None = None
) -> list[Counts]:
    """Reads USDA's zips into the local file and says what each brought.

    All of them or none: the file is replaced only when every zip was read. A release that is there already is read
    anew. Of a food that two releases have, the newer one's record stays.

    Raises
    ------
    ReleaseError
        When a zip is damaged, unsafe or not USDA's, or the file cannot be written. The old file is as it was.
    """
    store = into or store_path()
    tell = progress or _untold
    try:
        with _new_version(store) as db:
            counts = []
            for path in paths:
                with open_archive(path) as archive:
                    staged = stage(db, archive, lambda what, name=path.name: tell(name, what))  # type: ignore[misc]
                tell(path.name, "diet-classes")
                counts.append(_write(db, staged, path.name, classifier))
            tell(store.name, "search-index")
            db.execute("INSERT INTO food_fts(food_fts) VALUES('rebuild')")
        return counts
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise ReleaseError("store-unreadable", file=store.name) from error
        raise ReleaseError("store-unwritable", file=store.name, reason=str(error)) from error
    except OSError as error:
        raise ReleaseError("store-unwritable", file=store.name, reason=error.strerror or str(error)) from error


def _untold(*_: object) -> None:
    """Progress that nobody asked for."""


# All or nothing ----------------------------------------------------------------------------------


@contextmanager
def _new_version(store: Path) -> Iterator[sqlite3.Connection]:
    """A copy of the store to write to; it takes the store's place when all went well."""
    store.parent.mkdir(parents=True, exist_ok=True)
    part, staging, lock = (store.with_name(f"{store.name}-{ending}") for ending in ("part", "staging", "lock"))
    with one_at_a_time(lock, ReleaseError("import-running")):
        try:
            part.unlink(missing_ok=True)
            staging.unlink(missing_ok=True)
            if store.exists():
                if broken(store):
                    raise ReleaseError("store-unreadable", file=store.name)
                shutil.copyfile(store, part)
            with closing(sqlite3.connect(part, isolation_level=None)) as db:
                db.execute("ATTACH ? AS staging", (str(staging),))
                _prepare(db, store.name)
                yield db
                db.execute("COMMIT")
            seal(part)
            with part.open("rb+") as written:
                fsync(written.fileno())
            part.replace(store)
        finally:
            part.unlink(missing_ok=True)
            staging.unlink(missing_ok=True)


def _prepare(db: sqlite3.Connection, name: str) -> None:
    """Fast settings, since a broken copy is thrown away; tables where there are none; one transaction."""
    for schema in ("main", "staging"):
        db.execute(f"PRAGMA {schema}.journal_mode = OFF")
        db.execute(f"PRAGMA {schema}.synchronous = OFF")
        db.execute(f"PRAGMA {schema}.cache_size = -{CACHE_KB}")
    if not db.execute("SELECT count(*) FROM main.sqlite_schema").fetchone()[0]:
        db.executescript(SCHEMA)
    elif db.execute("PRAGMA main.user_version").fetchone()[0] != SCHEMA_VERSION:
        raise ReleaseError("store-not-ours", file=name)
    db.execute("BEGIN")


# From staging into the store ---------------------------------------------------------------------


def _write(db: sqlite3.Connection, staged: Staged, file: str, classifier: Classify) -> Counts:
    """The staged foods as rows of the store, and the release's own row."""
    for statement in MAKE_ROOM:
        db.execute(statement, {"release": staged.release})
    foods = db.execute(FOODS)
    while rows := foods.fetchmany(BATCH):
        db.executemany(f"INSERT INTO food VALUES({','.join('?' * len(FOOD_COLUMNS))})", _foods(rows, staged, classifier))
    db.execute(PORTIONS)
    db.executemany("INSERT INTO reported VALUES(?, ?, ?)", ((staged.release, *found) for found in _problems(db, staged)))
    counts = Counts(staged.release, *db.execute(COUNTS).fetchone())
    now = datetime.now(UTC).isoformat(timespec="seconds")
    db.execute("INSERT INTO release VALUES(?, ?, ?, ?, ?, ?, ?, ?)", (counts.name, file, now, *counts[1:], " ".join(staged.notes)))
    return counts


def _problems(db: sqlite3.Connection, staged: Staged) -> Iterator[tuple[str, str]]:
    """Food id and sentence for each error found in USDA's figures. Such a figure is not used."""
    for id_, added, total in db.execute(ADDED_ABOVE_TOTAL):
        yield id_, texts()["added-above-total"].format(added=added, total=total)
    for id_, nutrient, amount in db.execute(NOT_AN_AMOUNT):
        if nutrient in staged.meanings:
            yield id_, texts()["not-an-amount"].format(value=amount, nutrient=staged.meanings[nutrient]["name"])


def _foods(rows: Sequence[tuple[Any, ...]], staged: Staged, classifier: Classify) -> Iterator[tuple[Any, ...]]:
    """Rows of the table food, from rows of :data:`FOODS`."""
    data_set = staged.kind.data_set
    known = {row["release"]: row["source_id"] for row in read_rows("usda_releases")}
    source_id = known.get(staged.release, f"usda-{data_set}")
    for fdc_id, id_, code, description, group, brand, ingredients, unit, b12, added, energy, protein, derivation_id in rows:
        diet = classifier(UsdaFood(data_set, description, group, code or "", ingredients))
        derivation = staged.derivations.get(derivation_id, "")
        told = added_part(b12, added, ingredients)
        yield (
            id_,
            fdc_id,
            releases.plain_case(description),
            description,
            data_set,
            source_id,
            staged.release,
            group,
            code,
            brand,
            ingredients or None,
            diet.diet,
            diet.reason,
            " ".join(sorted(diet.contains)),
            " ".join(ALLERGENS_OF[part] for part in sorted(diet.contains) if part in ALLERGENS_OF),
            b12,
            told,
            energy,
            protein,
            derivation,
            "fortified" if told or names_b12(ingredients) else "",
            _note(unit, derivation, by_ingredients=told != added),
        )


def _note(serving_unit: str | None, derivation: str, *, by_ingredients: bool) -> str:
    """What must be known beside the figures."""
    said = []
    if serving_unit in releases.MILLILITRE_UNITS:
        said.append(texts()["per-100-ml"])
    if derivation.startswith(f"{FROM_PERCENT_DV} "):
        said.append(texts()["from-percent-dv"])
    if by_ingredients:
        said.append(texts()["added-by-ingredients"])
    return " ".join(said)
