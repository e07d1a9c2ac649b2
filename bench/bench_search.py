"""How long one search takes: over USDA's 13,000 generic foods, and with 430,000 branded foods beside them.

    python -m bench.bench_search [FOLDER WITH USDA'S ZIPS]

Times are processor time, so that a busy machine does not change them much. The branded foods are made up from the
words of USDA's descriptions. Nothing is asserted.
"""

from __future__ import annotations

import csv
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from bench.usda_foods import generic_foods, missing, write_store
from dashboard.foods import index
from dashboard.foods.search import Finder, search
from dashboard.tables.foods import Food
from dashboard.tables.read import load_tables

ROOT = Path(__file__).resolve().parent.parent
BRANDED = 430_000
CHUNK = 10_000
BRANDS = ("Great Valley", "Sunny Farm", "Oat & Co", "Blue Hill", "Nature's Own", "Daily Choice", "Green Leaf", "Old Mill", "Kings", "Bella")
TASTES = ("original", "vanilla", "organic", "low fat", "unsweetened", "honey", "spicy", "sea salt", "family size", "gluten free", "")
ROUNDS = 2


def queries() -> list[str]:
    """Both labelled sets."""
    found = []
    for name in ("search_queries", "search_queries_usda"):
        with (ROOT / "tests" / f"{name}.csv").open(newline="", encoding="utf-8") as handle:
            found += [row["query"] for row in csv.DictReader(handle)]
    return found


def branded(descriptions: list[str]) -> Iterator[Food]:
    """Made-up branded foods, the same on every run."""
    chance = random.Random(12)
    for n in range(BRANDED):
        words = chance.choice(descriptions).split(", ")
        name = " ".join(filter(None, (chance.choice(BRANDS), chance.choice(TASTES), *reversed(words[:3]))))
        yield Food(f"gtin:{n:012d}", name, "branded", "uncertain", None, None, 100, None, (), "usda-branded", "", n, name)


def add_branded(store: Path, descriptions: list[str]) -> None:
    """Adds them to a store, as its writer would."""
    connection = sqlite3.connect(store)
    chunk: list[Food] = []
    for food in branded(descriptions):
        chunk.append(food)
        if len(chunk) == CHUNK:
            index.add_foods(connection, chunk)
            chunk.clear()
    index.fill_text_index(connection)
    connection.commit()
    connection.close()


def measure(name: str, find: Callable[[str], object], asked: list[str]) -> None:
    """Prints median, 95th percentile and longest of all queries, the better of two rounds each. [ms]"""
    best = dict.fromkeys(asked, float("inf"))
    for _ in range(ROUNDS):
        for query in asked:
            started = time.process_time()
            find(query)
            best[query] = min(best[query], time.process_time() - started)
    times = sorted(1000 * value for value in best.values())
    print(f"| {name} | {len(asked)} | {median(times):.2f} | {times[int(0.95 * len(times))]:.2f} | {times[-1]:.1f} |")


def main(folder: Path) -> None:
    """Builds the stores in a temporary folder and measures."""
    if gone := missing(folder):
        sys.exit(f"Not in {folder}: {', '.join(gone)}")
    tables, asked = load_tables(), queries()
    generic = list(generic_foods(folder))
    print("| over | queries | median ms | 95 % ms | longest ms |\n|---|---|---|---|---|")
    measure(f"the embedded table ({len(tables.foods):,} foods)", lambda q: search(tables.foods, q), asked)
    with tempfile.TemporaryDirectory() as scratch:
        store = Path(scratch) / "store.sqlite"
        write_store(store, generic)
        started = time.perf_counter()
        finder = Finder(tables, store)
        opened = time.perf_counter() - started
        measure(f"embedded and {len(generic):,} generic foods", finder.find, asked)
        add_branded(store, [food.name for food in generic])
        started = time.perf_counter()
        finder = Finder(tables, store)
        opened_branded = time.perf_counter() - started
        measure(f"the same and {BRANDED:,} branded foods", finder.find, asked)
        brands = [f"{brand} {word}" for brand in BRANDS for word in ("milk", "cheese", "oat", "chicken", "bar", "bread organic")]
        measure("the same, queries that name a brand", finder.find, brands)
    print(f"\nOpening: {opened:.2f} s with the generic foods, {opened_branded:.2f} s with the branded ones beside them.")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "usda")
