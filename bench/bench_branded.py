"""Import of a Branded release at full scale: peak memory of the importing process.

    python bench/bench_branded.py [--foods 430000] [--nutrients 5000000] [--diet]

The release is generated in USDA's layout (made-up foods, one product in twenty in two versions). The import runs in a process
of its own, whose largest resident size the operating system reports.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NUTRIENTS = (1003, 1004, 1005, 1008, 1079, 1087, 1089, 1093, 1162, 1178, 1235, 1253, 1257, 1258, 2000)
WORDS = """
    SUGAR SALT WATER MILK CREAM OATS WHEAT FLOUR SOYBEAN OIL COCOA ALMONDS RICE CORN SYRUP EGGS WHEY CHEESE BEEF STOCK YEAST EXTRACT
    NATURAL FLAVOR CITRIC ACID TOMATO PASTE ONION POWDER GARLIC SPICES CYANOCOBALAMIN VITAMIN NIACIN IRON LECITHIN
""".split()  # noqa: SIM905  (a list of 38 quoted words is harder to read)

CHILD = """
import resource, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from dashboard.foods.diet import DietClass
from dashboard.foods.usda.importer import import_releases
from dashboard.foods.usda.store import Store
options = {} if sys.argv[4] == "diet" else {"classifier": lambda food: DietClass("uncertain", "not looked at", frozenset())}
start = time.perf_counter()
import_releases([Path(sys.argv[2])], Path(sys.argv[3]), **options)
took = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{took:.0f} s; peak memory {peak:.0f} MB; {Store(Path(sys.argv[3])).releases()[0]}")
"""


def write(archive: zipfile.ZipFile, table: str, header: str, rows: Iterable[Iterable[object]]) -> None:
    with archive.open(f"branded/{table}.csv", "w", force_zip64=True) as raw:
        text = io.TextIOWrapper(raw, encoding="utf-8", newline="")
        writer = csv.writer(text, quoting=csv.QUOTE_ALL)
        writer.writerow(header.split())
        writer.writerows(rows)
        text.flush()
        text.detach()


def generate(path: Path, foods: int, nutrients: int) -> None:
    chance = random.Random(1)
    names = [" ".join(chance.choices(WORDS, k=5)) for _ in range(20_000)]
    lists = [", ".join(chance.choices(WORDS, k=45)) for _ in range(20_000)]
    ids = range(1_000_000, 1_000_000 + foods)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        write(
            archive,
            "food",
            "fdc_id data_type description food_category_id publication_date",
            ((i, "branded_food", f"{chance.choice(names)} {i}", "", f"20{chance.randrange(19, 26)}-04-01") for i in ids),
        )
        write(
            archive,
            "branded_food",
            "fdc_id brand_owner brand_name subbrand_name gtin_upc ingredients not_a_significant_source_of serving_size serving_size_unit "
            "household_serving_fulltext branded_food_category data_source package_weight modified_date available_date market_country",
            (
                (i, "Owner", f"BRAND {i % 5000}", "", f"{i - i % 20 // 19:012d}", f"{chance.choice(lists)}, {i}", "", "30", "g", "1 cup")
                + ("Cereal", "LI", "", "2024-01-01", "2024-01-01", "United States")
                for i in ids
            ),
        )
        write(
            archive,
            "food_nutrient",
            "id fdc_id nutrient_id amount data_points derivation_id min max median loq footnote min_year_acquired percent_daily_value",
            (
                (
                    n,
                    ids[n * foods // nutrients],
                    NUTRIENTS[n % len(NUTRIENTS)],
                    chance.randrange(1000) / 100,
                    "",
                    70,
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                )
                for n in range(nutrients)
            ),
        )
        units = {1008: "KCAL", 1178: "UG", 1162: "MG", 1087: "MG", 1089: "MG", 1093: "MG", 1253: "MG"}
        numbers = {1008: 208, 1178: 418, 1003: 203}
        write(
            archive,
            "nutrient",
            "id name unit_name nutrient_nbr rank",
            ((i, f"nutrient {i}", units.get(i, "G"), numbers.get(i, i - 300), "1") for i in NUTRIENTS),
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--foods", type=int, default=430_000)
    options.add_argument("--nutrients", type=int, default=5_000_000)
    options.add_argument("--diet", action="store_true", help="find diet classes too")
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        release, store = Path(folder, "branded.zip"), Path(folder, "usda.sqlite")
        start = time.perf_counter()
        generate(release, args.foods, args.nutrients)
        print(f"generated {release.stat().st_size / 2**20:.0f} MB in {time.perf_counter() - start:.0f} s", flush=True)
        diet = "diet" if args.diet else "uncertain"
        subprocess.run([sys.executable, "-c", CHILD, str(ROOT), str(release), str(store), diet], check=True, env=os.environ)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(
            f"peak memory of the importing process as its parent sees it: {peak:.0f} MB; the file has {store.stat().st_size / 2**20:.0f} MB"
        )


if __name__ == "__main__":
    main()
