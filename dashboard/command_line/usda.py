"""``python -m dashboard usda …``: import, download and status."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dashboard.command_line.parser import add, group
from dashboard.command_line.printing import print_json
from dashboard.foods.usda import status
from dashboard.foods.usda.store import store_path
from dashboard.tables.fault import TableError
from dashboard.words import command_line as said


def import_zips(args: argparse.Namespace) -> None:
    """Read USDA's zips (SR Legacy, FNDDS, Foundation, Branded) into the local file."""
    _import([Path(path) for path in args.zips])
    _print_status()


def _import(paths: list[Path]) -> None:
    # Imported here: Arrow takes longer to load than every other command takes to run.
    from dashboard.foods.usda.importer import import_releases

    def tell(name: str, what: str) -> None:
        if sys.stderr.isatty():
            print(f"\r\033[K{said.importing(name, what)}", end="", file=sys.stderr, flush=True)

    try:
        import_releases(paths, progress=tell)
    finally:
        _end_line()


def download(args: argparse.Namespace) -> None:
    """Fetch releases from USDA and import them. Without a name: SR Legacy, FNDDS and Foundation."""
    from dashboard.foods.usda.download import downloads, fetch

    known = downloads()
    unknown = [name for name in args.names if name not in known]
    if unknown:
        raise TableError("release-unknown", name=repr(unknown[0]), known=list(known))
    wanted = [known[name] for name in args.names] or [row for row in known.values() if row.default]
    paths = []
    for row in wanted:
        try:
            paths.append(fetch(row, progress=_bar(row.file)))
        finally:
            _end_line()
        print(f"{row.release}: {paths[-1]}")
    if not args.only_fetch:
        _import(paths)
        _print_status()


def _bar(name: str) -> Callable[[int, int | None], None]:
    """A progress bar on a terminal; nothing elsewhere."""

    def draw(here: int, total: int | None) -> None:
        if not sys.stderr.isatty():
            return
        print(f"\r\033[K{said.fetching(name, here, total)}", end="", file=sys.stderr, flush=True)

    return draw


def _end_line() -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def show_status(args: argparse.Namespace) -> None:
    """Which releases are imported, and how many of their foods have, lack or have zero B12."""
    if args.json:
        print_json(status.as_json(status.imported()))
    else:
        _print_status()


def _print_status() -> None:
    found = status.imported()
    if not found:
        print(said.NOTHING_IMPORTED)
        return
    print(store_path())
    for line in said.releases(found):
        print(line)


def add_commands(commands: Any) -> None:
    """Adds ``usda import``, ``usda download`` and ``usda status``."""
    usda = group(commands, "usda", said.USDA_ABOUT, "import|download|status")
    add(usda, "import", import_zips, said.USDA_IMPORT_ABOUT, json_answer=False).add_argument(
        "zips", metavar="ZIP", nargs="+", help=said.ZIP_HELP
    )
    fetching = add(usda, "download", download, said.USDA_DOWNLOAD_ABOUT, json_answer=False)
    fetching.add_argument("names", metavar="NAME", nargs="*", help=said.RELEASE_HELP)
    fetching.add_argument("--only-fetch", action="store_true", help=said.ONLY_FETCH_HELP)
    add(usda, "status", show_status, said.USDA_STATUS_ABOUT)
