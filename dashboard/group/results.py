"""One row a person, worked out here, on all cores or on a cluster, and what may be said of the group.

The same pure function answers for one person and for ten thousand; where it runs changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.advice.advise import Advice, advise
from dashboard.estimate.assess import assess
from dashboard.group.people import Client
from dashboard.handout import exports
from dashboard.tables.read import load_tables
from dashboard.words import group as said

COLUMNS: Final = (
    "client",
    "file",
    "days",
    "reference_set",
    "target_ug",
    "intake_ug",
    "given_ug",
    "usable_low_ug",
    "usable_ug",
    "usable_high_ug",
    "need_ug",
    "shortfall_ug",
    "verdict",
    "below_average_requirement",
    "flags",
    "unknown_share",
    "energy_kcal",
    "lines_not_understood",
)
#: Verdicts of people who have no average requirement to be compared with, or no intake.
#: How many people go to a process at once.
CHUNK: Final = 64
Given = TypeVar("Given")
Answer = TypeVar("Answer")


def row(client: Client) -> dict[str, Any]:
    """One client's answer. Pure but for the tables, which each process reads once. [µg/day]"""
    tables = load_tables()
    return _row(client, advise(assess(client.plan, tables), tables))


def _row(client: Client, advice: Advice) -> dict[str, Any]:
    a = advice.assessment
    return {
        "client": client.code,
        "file": client.file,
        "days": a.days_entered,
        "reference_set": a.plan.person.reference_set,
        "target_ug": a.target.intake_ug if a.target else None,
        "intake_ug": a.intake_ug,
        "given_ug": a.given_ug,
        "usable_low_ug": a.usable.low,
        "usable_ug": a.usable.value,
        "usable_high_ug": a.usable.high,
        "need_ug": a.need_ug,
        "shortfall_ug": a.shortfall_ug if a.target and not a.nothing_to_judge else None,
        "verdict": advice.verdict.value,
        "below_average_requirement": _below_average(advice),
        "flags": " ".join(flag.id for flag in advice.flags),
        "unknown_share": a.intake.unknown / a.intake.foods if a.intake.foods else None,
        "energy_kcal": a.intake.energy_kcal,
        "lines_not_understood": client.lines_not_understood,
    }


def _below_average(advice: Advice) -> int | None:
    """Whether the intake lies below the average requirement, 1 or 0; None for whom the cut-point says nothing.

    That is: nothing to judge, a baby, and a value without an average requirement. Somebody above an adequate intake is left out like
    somebody below it: counting only those above would make a group look better than it is.
    """
    a = advice.assessment
    if not advice.plans or a.nothing_to_judge or a.target is None or a.target.average_ug is None or a.target.is_adequate_intake:
        return None
    return int("below-average" in advice.facts)


def answers(clients: Iterable[Client], processes: int, done: Callable[[int], None] = lambda _: None) -> Iterator[dict[str, Any]]:
    """Every client's row in their order, worked out on so many processes; ``done`` hears how many are ready."""
    if processes <= 1:
        for n, client in enumerate(clients, 1):
            yield row(client)
            done(n)
        return
    ready = 0
    with ProcessPoolExecutor(processes) as pool:
        for part in pool.map(_rows, _chunks(clients, CHUNK)):
            yield from part
            ready += len(part)
            done(ready)


def _rows(clients: Sequence[Client]) -> list[dict[str, Any]]:
    return [row(client) for client in clients]


def _chunks(rows: Iterable[Given], size: int) -> Iterator[list[Given]]:
    source = iter(rows)
    while part := list(islice(source, size)):
        yield part


def on_cluster(clients: Iterable[Client], address: str) -> Iterator[dict[str, Any]]:
    """The same rows worked out on a Dask cluster (the optional package ``distributed``).

    Raises
    ------
    ModuleNotFoundError
        When the package is not installed.
    """
    from distributed import Client as Cluster

    with Cluster(address) as cluster:
        futures = cluster.map(_rows, list(_chunks(clients, CHUNK)))
        for future in futures:
            yield from future.result()


@dataclass(frozen=True, slots=True)
class Prevalence:
    """How many of a group lie below the average requirement (the EAR cut-point, IOM 2000).

    counted
        People with an average requirement to be compared with and an intake.
    below, below_uncertain
        Of them below it; and how many of those have foods without a value or lines left out, so that they may lie above it.
    """

    people: int
    counted: int
    below: int
    below_uncertain: int

    @property
    def share(self) -> float | None:
        """Of those counted; None where nobody is."""
        return self.below / self.counted if self.counted else None


def prevalence(rows: Sequence[dict[str, Any]]) -> Prevalence:
    """The group's share below the average requirement, from one row a person."""
    counted = [r for r in rows if r["below_average_requirement"] is not None]
    below = [r for r in counted if r["below_average_requirement"]]
    return Prevalence(len(rows), len(counted), len(below), sum(bool(r["unknown_share"] or r["lines_not_understood"]) for r in below))


def written(rows: Sequence[dict[str, Any]], ending: str, locale: exports.Locale) -> bytes:
    """The results in the form of a file's ending."""
    if ending == ".csv":
        return exports.to_csv(rows, COLUMNS, locale)
    if ending == ".xlsx":
        return exports.to_xlsx({said.PEOPLE_SHEET: (COLUMNS, rows)})
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({column: [row[column] for row in rows] for column in COLUMNS}), sink)
    return bytes(sink.getvalue())
