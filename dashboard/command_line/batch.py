"""Many people in one go: plan files, a long CSV of many people, ASA24 items; one row a person, bad lines by number and reason.

The same pure function answers for one person and for ten thousand; where it runs (here, on all cores, on a Dask cluster) changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, TypeVar

from dashboard.advice.advise import Advice, advise
from dashboard.estimate.assess import assess
from dashboard.plan import Plan
from dashboard.tables.read import load_tables

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
CHUNK: Final = 64
Given = TypeVar("Given")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Client:
    """One person of a batch: a code, the file it came from, the plan, and how many lines were not understood."""

    code: str
    file: str
    plan: Plan
    lines_not_understood: int = 0


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
        "shortfall_ug": a.shortfall_ug if a.target else None,
        "verdict": advice.verdict.value,
        "below_average_requirement": int("below-average" in advice.facts),
        "flags": " ".join(flag.id for flag in advice.flags),
        "unknown_share": a.intake.unknown / a.intake.foods if a.intake.foods else None,
        "energy_kcal": a.intake.energy_kcal,
        "lines_not_understood": client.lines_not_understood,
    }


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


def prevalence(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Share of a group below the average requirement (the EAR cut-point, IOM 2000), with how many it rests on."""
    counted = [r for r in rows if r["verdict"] not in ("not-planned", "nothing-entered", "no-target", "below-ai", "no-dependable-source")]
    below = sum(r["below_average_requirement"] for r in counted)
    return {"people": len(rows), "counted": len(counted), "below": below, "share": below / len(counted) if counted else None}
