"""How long the search for suggestions takes: the embedded table, and a table of 13,000 foods.

Run: python -m bench.bench_suggest
"""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

from dashboard.advice.suggest import candidates, combined, pool, suggest
from dashboard.advice.week_loads import Week
from dashboard.estimate.assess import assess
from dashboard.plan import Person, Plan, Supplement
from dashboard.tables.read import load_tables
from dashboard.tables.tables import Tables

FOODS = 13_000
RUNS = 15
CASES = (
    ("vegan-unfortified", Person(34, diet="vegan")),
    ("vegan-typical", Person(34, diet="vegan", reference_set="efsa-2015")),
    ("vegetarian", Person(70, diet="vegetarian", conditions=("ppi",))),
    ("omnivore", Person(34, reference_set="efsa-2015", conditions=("ppi",))),
)


def grown(tables: Tables, foods: int) -> Tables:
    """The table with copies of its foods under other ids, up to a size."""
    known = list(tables.foods.values())
    more = {f"fdc:{n}": replace(known[n % len(known)], id=f"fdc:{n}") for n in range(foods - len(known))}
    return replace(tables, foods={**tables.foods, **more})


def milliseconds(tables: Tables, week: str, person: Person, supplements: tuple[Supplement, ...] = ()) -> tuple[float, float]:
    """Median and worst of some runs, in CPU time: the machine may have other work."""
    found = assess(Plan(person, tables.patterns[week][1], supplements), tables)
    took = []
    for _ in range(RUNS):
        start = time.process_time()
        suggest(found, tables)
        took.append(1000 * (time.process_time() - start))
    return statistics.median(took), max(took)


def main() -> None:
    tables = load_tables()
    for size in (len(tables.foods), FOODS):
        large = tables if size == len(tables.foods) else grown(tables, size)
        print(f"{size:,} foods")
        for week, person in CASES:
            few = candidates(pool(Week(assess(Plan(person, tables.patterns[week][1]), tables), tables)))
            median, worst = milliseconds(large, week, person)
            sets = sum(len(s) for s in combined(few))
            print(f"  {week:<18} {len(few):>3} edits {sets:>6} sets   median {median:5.1f} ms   worst {worst:5.1f} ms")
        median, worst = milliseconds(large, "omnivore", CASES[-1][1], (Supplement("tablet", 0.5, 7, True),) * 2)
        print(f"  {'with 2 supplements':<18} {'':>22}   median {median:5.1f} ms   worst {worst:5.1f} ms")


if __name__ == "__main__":
    main()
