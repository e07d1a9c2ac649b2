"""How long a group takes, and how much memory: people with a week of seven days each, on one process and on all cores.

Run: python -m bench.bench_batch [PERSON DAYS]
"""

from __future__ import annotations

import os
import resource
import sys
import time
from itertools import cycle, islice

from dashboard.group.people import Client
from dashboard.group.results import answers, prevalence
from dashboard.plan import Item, Person, Place, Plan, swap_item
from dashboard.tables.read import load_tables

PERSON_DAYS = 10_000
DAYS = 7


def people(count: int) -> list[Client]:
    """Weeks of every kind, each a little different, so that no answer is found again."""
    tables = load_tables()
    weeks = cycle(week for week in tables.starter_weeks if any(day.has_foods for day in week.days))
    foods = cycle(sorted(tables.foods))
    made = []
    for n, week in enumerate(islice(weeks, count)):
        plan = Plan(Person(20 + n % 60, diet=week.diet), week.days)
        made.append(Client(f"P{n}", "bench", swap_item(plan, Place(n % DAYS, 0, 0), Item(next(foods), 50.0 + n % 200))))
    return made


def main() -> None:
    days = int(sys.argv[1]) if len(sys.argv) > 1 else PERSON_DAYS
    group = people(days // DAYS)
    for processes in (1, os.cpu_count() or 1):
        started = time.perf_counter()
        rows = list(answers(group, processes))
        spent = time.perf_counter() - started
        mine, theirs = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        print(
            f"{len(rows)} people, {days} person-days, {processes} processes: {spent:.1f} s, {1000 * spent / len(rows):.1f} ms a person; "
            f"peak memory {mine:.0f} MB, of the largest process of a pool {theirs:.0f} MB; {prevalence(rows).below} below the EAR"
        )


if __name__ == "__main__":
    main()
