"""Many people in one go: plan files, a long CSV of many people, ASA24 items; one row a person, bad lines by number and reason.

The same pure function answers for one person and for ten thousand; where it runs (here, on all cores, on a Dask cluster) changes nothing.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.advice.advise import Advice, advise
from dashboard.command_line.error import CommandError
from dashboard.command_line.parser import add
from dashboard.command_line.report import write_whole
from dashboard.estimate.assess import assess
from dashboard.handout import exports
from dashboard.plan import Person, Plan, plan_file
from dashboard.tables.read import load_tables
from dashboard.weeks.food_record.faults import RecordError
from dashboard.weeks.food_record.reading import joined, read_record
from dashboard.weeks.food_record.settle import Answers, make_plan
from dashboard.words import command_line as said
from dashboard.words import food_record as record_words
from dashboard.words import plan_faults

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


# The command --------------------------------------------------------------------------------------

ENDINGS: Final = (".csv", ".xlsx", ".parquet")


def add_command(commands: Any) -> None:
    """Adds ``batch`` to the command line."""
    parser = add(commands, "batch", batch, said.BATCH_ABOUT, json_answer=False)
    parser.add_argument("files", nargs="+", metavar="FILE", help=said.BATCH_HELP)
    parser.add_argument("--out", required=True, metavar="FILE", help=said.BATCH_OUT_HELP)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help=said.BATCH_PROCESSES_HELP)
    parser.add_argument("--dask", metavar="ADDRESS", help=said.BATCH_DASK_HELP)
    parser.add_argument("--locale", choices=[str(x) for x in exports.Locale], default=str(exports.Locale.ENGLISH), help=said.LOCALE_HELP)


def batch(args: argparse.Namespace) -> None:
    """Many people in one go: one row a person, bad files and lines named on stderr."""
    out = Path(args.out)
    if out.suffix not in ENDINGS:
        raise CommandError(said.BATCH_ENDING.format(endings=", ".join(ENDINGS), given=out.suffix))
    clients, problems = read_clients([Path(name) for name in args.files])
    for problem in problems:
        print(problem, file=sys.stderr)
    if not clients:
        raise CommandError(said.BATCH_NOBODY)
    if args.dask:
        rows = _clustered(clients, args.dask)
    else:
        rows = list(answers(clients, min(args.processes, len(clients)), _progress if sys.stderr.isatty() else lambda _: None))
    write_whole(out, written(rows, out.suffix, exports.Locale(args.locale)))
    print(said.BATCH_DONE.format(people=len(rows), file=out))
    found = prevalence(rows)
    if found["counted"]:
        print(said.BATCH_PREVALENCE.format(below=found["below"], counted=found["counted"], percent=100 * found["share"]))


def _clustered(clients: Sequence[Client], address: str) -> list[dict[str, Any]]:
    try:
        return list(on_cluster(clients, address))
    except ModuleNotFoundError as error:
        raise CommandError(said.NO_DASK) from error


def _progress(done: int) -> None:
    print(f"\r{said.BATCH_PROGRESS.format(done=done)}", end="", file=sys.stderr, flush=True)


def read_clients(files: Sequence[Path]) -> tuple[list[Client], list[str]]:
    """Every person of plan files and food records, in the files' order, and what could not be read.

    Plan files (.json) are one person each, called by the file's name. All other files are food records and are read
    together, so that the items and supplements of one ASA24 study belong to the same people.
    """
    clients: list[Client] = []
    problems: list[str] = []
    for path in (f for f in files if f.suffix == ".json"):
        opened = plan_file.load(_bytes(path))
        problems += [said.BATCH_BAD.format(file=path.name, reason=problem) for problem in plan_faults.all_said(opened.problems)]
        if opened.plan is not None:
            clients.append(Client(path.stem, path.name, opened.plan, len(opened.problems)))
    records = [f for f in files if f.suffix != ".json"]
    if records:
        clients += _from_records(records, problems)
    return clients, problems


def _from_records(files: Sequence[Path], problems: list[str]) -> Iterator[Client]:
    tables = load_tables()
    found = joined([read_record(_bytes(path), tables) for path in files])
    names = ", ".join(path.name for path in files)
    problems += [said.BATCH_BAD.format(file=names, reason=fault) for fault in record_words.faults(found.faults)]
    for person in found.people:
        try:
            made = make_plan(Plan(Person()), person, Answers(), tables.foods)
        except RecordError as error:
            problems.append(said.BATCH_BAD.format(file=f"{names} ({person.code})", reason=record_words.faults([error.fault])[0]))
            continue
        problems += [
            said.BATCH_BAD.format(file=f"{names} ({person.code})", reason=record_words.faults([fault])[0]) for fault in made.faults
        ]
        yield Client(person.code, names, made.plan, made.lines_left_out)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(said.BATCH_BAD.format(file=path, reason=error.strerror or error)) from error


def written(rows: Sequence[dict[str, Any]], ending: str, locale: exports.Locale) -> bytes:
    """The results in the form of a file's ending."""
    if ending == ".csv":
        return exports.to_csv(rows, COLUMNS, locale)
    if ending == ".xlsx":
        return exports.to_xlsx({said.PEOPLE_SHEET: (COLUMNS, rows)})
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({column: [row[column] for row in rows] for column in COLUMNS}), sink)
    return bytes(sink.getvalue())
