"""``batch FILES``: many people in one go; one row a person, bad lines by number and reason, and what may be said of the group."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from dashboard.command_line.error import CommandError
from dashboard.command_line.parser import add
from dashboard.command_line.report import write_whole
from dashboard.group.people import Client, read_people
from dashboard.group.results import answers, on_cluster, prevalence, written
from dashboard.handout import exports
from dashboard.tables.read import load_tables
from dashboard.words import command_line as said
from dashboard.words import group as group_words

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
    clients, problems = read_people([(Path(name).name, _bytes(Path(name))) for name in args.files], load_tables())
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
    print("\n".join(group_words.share_below(prevalence(rows))))


def _clustered(clients: Sequence[Client], address: str) -> list[dict[str, Any]]:
    try:
        return list(on_cluster(clients, address))
    except ModuleNotFoundError as error:
        raise CommandError(said.NO_DASK) from error


def _progress(done: int) -> None:
    print(f"\r{said.BATCH_PROGRESS.format(done=done)}", end="", file=sys.stderr, flush=True)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(said.BATCH_BAD.format(file=path, reason=error.strerror or error)) from error
