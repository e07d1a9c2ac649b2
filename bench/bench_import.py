"""Import of SR Legacy against DuckDB, as a ratio, in one run.

    python bench/bench_import.py FoodData_Central_sr_legacy_food_csv_2018-04.zip [--rounds 7] [--diet]

DuckDB reads the same CSV files and writes the same rows of food, portion, reported and release. The two take turns, so that
other work on the machine meets both. DuckDB does not make the search index and does not find diet classes; with ``--diet`` the
importer does find them, without it every food is "uncertain". DuckDB cannot read a zip: its time is given with unpacking
(what the importer does too) and without.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dashboard.foods.diet import DietClass, classify  # noqa: E402
from dashboard.foods.diet_rules import UsdaFood  # noqa: E402
from dashboard.foods.usda.importer import import_releases  # noqa: E402
from dashboard.foods.usda.store import Store  # noqa: E402

UNCERTAIN = DietClass("uncertain", "not looked at", frozenset())

SQL = """
CREATE TABLE figure AS
    SELECT fdc_id,
           any_value(amount) FILTER (nutrient_id = 1178) AS b12, any_value(derivation_id) FILTER (nutrient_id = 1178) AS derivation_id,
           any_value(amount) FILTER (nutrient_id = 1246) AS added,
           any_value(amount) FILTER (nutrient_id = 1008) AS energy, any_value(amount) FILTER (nutrient_id = 1003) AS protein
    FROM read_csv('{folder}/food_nutrient.csv') WHERE nutrient_id IN (1178, 1246, 1008, 1003) GROUP BY fdc_id;
CREATE TABLE food AS
    SELECT 'sr:' || NDB_number AS id, f.fdc_id, f.description AS name,
           trim(regexp_replace(f.description, '\\s+', ' ', 'g')) AS description,
           'sr' AS data_set, 'usda-sr-legacy-2018' AS source_id, 'SR Legacy 2018-04' AS release, c.description AS food_group,
           NDB_number::TEXT AS food_code, NULL::TEXT AS brand, NULL::TEXT AS ingredients,
           'uncertain' AS diet, 'not looked at' AS diet_reason,
           '' AS contains, '' AS allergens, b12, CASE WHEN added <= b12 THEN added END AS added, energy, protein,
           coalesce(d.code || ' ' || d.description, '') AS derivation, CASE WHEN added > 0 THEN 'fortified' ELSE '' END AS tags, '' AS note
    FROM read_csv('{folder}/food.csv') f JOIN read_csv('{folder}/sr_legacy_food.csv') s USING (fdc_id)
    LEFT JOIN read_csv('{folder}/food_category.csv') c ON c.id = f.food_category_id LEFT JOIN figure USING (fdc_id)
    LEFT JOIN read_csv('{folder}/food_nutrient_derivation.csv') d ON d.id = derivation_id;
CREATE UNIQUE INDEX food_id ON food(id);
CREATE INDEX food_fdc_id ON food(fdc_id);
CREATE TABLE portion AS
    SELECT 'sr:' || NDB_number AS food_id, row_number() OVER w AS seq, amount || ' ' || modifier AS label, gram_weight AS grams
    FROM read_csv('{folder}/food_portion.csv') p JOIN read_csv('{folder}/sr_legacy_food.csv') s USING (fdc_id)
    WHERE gram_weight > 0 WINDOW w AS (PARTITION BY fdc_id ORDER BY seq_num) QUALIFY row_number() OVER w <= 4;
CREATE TABLE reported AS SELECT 'SR Legacy 2018-04' AS release, fdc_id, 'added above total' AS problem FROM figure WHERE added > b12;
CREATE TABLE release AS
    SELECT 'SR Legacy 2018-04' AS name, count(*) AS foods, count(b12) AS with_b12, count(*) FILTER (b12 = 0) AS zero_b12,
           count(*) FILTER (b12 IS NULL) AS missing_b12 FROM food;
DROP TABLE figure;
CHECKPOINT;
"""


def with_duckdb(folder: Path, file: Path) -> tuple[int, ...]:
    with duckdb.connect(str(file)) as db:
        db.execute(SQL.format(folder=folder))
        return db.execute("SELECT foods, with_b12, zero_b12, missing_b12 FROM release").fetchone()


def ours(release: Path, file: Path, diet: bool) -> tuple[int, ...]:
    def uncertain(_: UsdaFood) -> DietClass:
        return UNCERTAIN

    import_releases([release], file, classifier=classify if diet else uncertain)
    row = Store(file).releases()[0]
    return row.foods, row.with_b12, row.zero_b12, row.missing_b12


def unpack(release: Path, folder: Path) -> Path:
    with zipfile.ZipFile(release) as archive:
        archive.extractall(folder)
    return next(folder.rglob("food.csv")).parent


def seconds(work, *arguments) -> tuple[float, object]:
    start = time.perf_counter()
    result = work(*arguments)
    return time.perf_counter() - start, result


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("release", type=Path)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--diet", action="store_true", help="find diet classes too")
    args = options.parse_args()
    times: dict[str, list[float]] = {"importer": [], "duckdb": [], "unpacking": []}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for n in range(args.rounds):
            unpacking, tables = seconds(unpack, args.release, folder / f"csv{n}")
            duck, theirs = seconds(with_duckdb, tables, folder / f"{n}.duckdb")
            mine, counts = seconds(ours, args.release, folder / f"{n}.sqlite", args.diet)
            assert counts == theirs, (counts, theirs)
            shutil.rmtree(folder / f"csv{n}")
            for name, took in (("importer", mine), ("duckdb", duck), ("unpacking", unpacking)):
                times[name].append(took)
            print(f"round {n + 1}: importer {mine:.2f} s, DuckDB {duck:.2f} s, unpacking for DuckDB {unpacking:.2f} s", flush=True)
    against = [i / d for i, d in zip(times["importer"], times["duckdb"], strict=True)]
    packed = [i / (d + u) for i, d, u in zip(times["importer"], times["duckdb"], times["unpacking"], strict=True)]
    print(f"medians: importer {statistics.median(times['importer']):.2f} s, DuckDB {statistics.median(times['duckdb']):.2f} s")
    print(f"importer / DuckDB: {statistics.median(against):.2f} from unpacked CSV files, {statistics.median(packed):.2f} from the zip")


if __name__ == "__main__":
    main()
