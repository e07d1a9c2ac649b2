"""How long the search for suggestions takes: the embedded table, and a table of 13,000 foods.

Run: python -m bench.bench_suggest
"""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

from dashboard.advice.advise import Advice, advise
from dashboard.advice.suggest import candidates, combined, pool, suggest
from dashboard.advice.week_loads import Week
from dashboard.estimate.assess import assess
from dashboard.plan import Person, Supplement
from dashboard.tables.read import load_tables
from dashboard.tables.tables import Tables
from dashboard.weeks.starter import starter_plan

FOODS = 13_000
RUNS = 15
CASES = {
    "vegan, no fortified food": (Person(34, diet="vegan"), True),
    "vegan Berlin": (Person(34, diet="vegan", reference_set="dach-2018"), False),
    "vegan 15": (Person(15, diet="vegan"), False),
    "vegetarian Pune": (Person(34, diet="vegetarian", reference_set="icmr-2020"), False),
    "vegetarian London 70, PPI": (Person(70, diet="vegetarian", reference_set="uk-1991", conditions=("ppi",)), False),
    "omnivore Berlin, PPI": (Person(34, reference_set="efsa-2015", conditions=("ppi",)), False),
    "omnivore Paris": (Person(34, reference_set="efsa-2015"), False),
}


def grown(tables: Tables, foods: int) -> Tables:
    """The table with copies of its foods under other ids, up to a size."""
    known = list(tables.foods.values())
    more = {f"fdc:{n}": replace(known[n % len(known)], id=f"fdc:{n}") for n in range(foods - len(known))}
    return replace(tables, foods={**tables.foods, **more})


def advised(tables: Tables, case: str, supplements: tuple[Supplement, ...] = ()) -> Advice:
    """The advice for a person on their example week."""
    person, unfortified = CASES[case]
    plan = replace(starter_plan(tables, person, unfortified=unfortified), supplements=supplements)
    return advise(assess(plan, tables), tables)


def milliseconds(tables: Tables, advice: Advice) -> tuple[float, float]:
    """Median and worst of some runs, in CPU time: the machine may have other work."""
    took = []
    for _ in range(RUNS):
        start = time.process_time()
        suggest(advice, tables)
        took.append(1000 * (time.process_time() - start))
    return statistics.median(took), max(took)


def main() -> None:
    tables = load_tables()
    for size in (len(tables.foods), FOODS):
        large = tables if size == len(tables.foods) else grown(tables, size)
        print(f"{size:,} foods")
        for case in CASES:
            advice = advised(tables, case)
            few = candidates(pool(Week(advice.assessment, tables), advice))
            median, worst = milliseconds(large, advice)
            sets = sum(len(s) for s in combined(few))
            print(f"  {case:<26} {len(few):>3} edits {sets:>6} sets   median {median:5.1f} ms   worst {worst:5.1f} ms")
        advice = advised(tables, "omnivore Berlin, PPI", (Supplement("tablet", 0.5, 7, True),) * 2)
        median, worst = milliseconds(large, advice)
        print(f"  {'with 2 supplements':<26} {'':>22}   median {median:5.1f} ms   worst {worst:5.1f} ms")


if __name__ == "__main__":
    main()
