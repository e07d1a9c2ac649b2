"""The generic foods of USDA's releases as the search sees them: id, description, group and energy. No diet classes."""

from __future__ import annotations

import csv
import io
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from dashboard.foods import index
from dashboard.foods.usda.store import SCHEMA
from dashboard.tables.foods import Food

#: data set -> zip, file and column that give the number of an id, nutrients that stand for energy in kcal, best first
RELEASES = {
    "foundation": ("FoodData_Central_foundation_food_csv_2025-04-24.zip", "foundation_food.csv", "NDB_number", ("2048", "2047", "1008")),
    "fndds": ("FoodData_Central_survey_food_csv_2024-10-31.zip", "survey_fndds_food.csv", "food_code", ("208",)),
    "sr": ("FoodData_Central_sr_legacy_food_csv_2018-04.zip", "sr_legacy_food.csv", "NDB_number", ("1008",)),
}


def missing(folder: Path) -> list[str]:
    """Names of the zips that are not there."""
    return [name for name, *_ in RELEASES.values() if not (folder / name).is_file()]


def _rows(archive: zipfile.ZipFile, name: str) -> Iterator[dict[str, str]]:
    inner = next(n for n in archive.namelist() if n.rpartition("/")[2] == name)
    with archive.open(inner) as raw:
        yield from csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8", newline=""))


def _energies(archive: zipfile.ZipFile, wanted: Iterable[str], nutrients: tuple[str, ...]) -> dict[str, float]:
    found: dict[str, tuple[int, float]] = {}
    known = set(wanted)
    inner = next(n for n in archive.namelist() if n.endswith("/food_nutrient.csv"))
    with archive.open(inner) as raw:
        rows = csv.reader(io.TextIOWrapper(raw, encoding="utf-8", newline=""))
        at = {column: n for n, column in enumerate(next(rows))}
        food, nutrient, amount = at["fdc_id"], at["nutrient_id"], at["amount"]
        for row in rows:
            if row[nutrient] in nutrients and row[food] in known and row[amount]:
                rank = nutrients.index(row[nutrient])
                if row[food] not in found or rank < found[row[food]][0]:
                    found[row[food]] = (rank, float(row[amount]))
    return {fdc_id: kcal for fdc_id, (_, kcal) in found.items()}


def generic_foods(folder: Path) -> Iterator[Food]:
    """All current foods of Foundation, FNDDS and SR Legacy."""
    for data_set, (zip_name, file, column, nutrients) in RELEASES.items():
        with zipfile.ZipFile(folder / zip_name) as archive:
            codes = {row["fdc_id"]: row[column] for row in _rows(archive, file)}
            energies = _energies(archive, codes, nutrients)
            for row in _rows(archive, "food.csv"):
                if row["fdc_id"] not in codes:
                    continue
                description = " ".join(row["description"].split())
                yield Food(
                    id=f"{data_set}:{codes[row['fdc_id']]}",
                    name=description,
                    group="",
                    diet="uncertain",
                    b12_ug_per_100g=None,
                    added_ug_per_100g=None,
                    energy_kcal_per_100g=energies.get(row["fdc_id"]),
                    protein_g_per_100g=None,
                    portions=(),
                    source_id=f"usda-{data_set}",
                    locator="",
                    fdc_id=int(row["fdc_id"]),
                    usda_description=description,
                )


def write_store(path: Path, foods: Iterable[Food]) -> None:
    """A store of these foods with its full-text index."""
    with sqlite3.connect(path) as connection:
        connection.executescript(SCHEMA)
        index.add_foods(connection, foods)
        index.fill_text_index(connection)
    connection.close()
