"""``python -m dashboard usda …``: import, download and status."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dashboard.foods.usda import status
from dashboard.foods.usda.store import store_path
from dashboard.tables.fault import TableError

BAR_WIDTH = 30
MEGABYTE = 2**20


def import_zips(args: argparse.Namespace) -> None:
    """Read USDA's zips (SR Legacy, FNDDS, Foundation, Branded) into the local file."""
    _import([Path(path) for path in args.zips])
    _print_status()


def _import(paths: list[Path]) -> None:
    # Imported here: Arrow takes longer to load than every other command takes to run.
    from dashboard.foods.usda.importer import import_releases

    def tell(name: str, what: str) -> None:
        if sys.stderr.isatty():
            print(f"\r\033[K{name}: {what} ...", end="", file=sys.stderr, flush=True)

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
        share = here / total if total else 0.0
        bar = f"[{'=' * int(BAR_WIDTH * share):<{BAR_WIDTH}}] " if total else ""
        of = f" of {total / MEGABYTE:,.1f}" if total else ""
        print(f"\r\033[K{name} {bar}{here / MEGABYTE:,.1f}{of} MB", end="", file=sys.stderr, flush=True)

    return draw


def _end_line() -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def show_status(args: argparse.Namespace) -> None:
    """Which releases are imported, and how many of their foods have, lack or have zero B12."""
    if args.json:
        print(json.dumps(status.as_json(status.imported()), indent=1, ensure_ascii=False))
    else:
        _print_status()


def _print_status() -> None:
    found = status.imported()
    if not found:
        print("No USDA release is imported. Fetch and import them with: python -m dashboard usda download")
        return
    print(f"{store_path()}")
    for row in found:
        print(
            f"- {row.name}: {row.foods:,} foods, {row.with_b12:,} with a B12 value ({row.zero_b12:,} of them zero), "
            f"{row.missing_b12:,} with no value"
        )
        if row.in_use < row.foods:
            print(f"    {row.foods - row.in_use:,} of them are in a newer release too, which is used instead")
        if row.reported:
            print(f"    {row.reported:,} figures look wrong in USDA's file and are not used")
        if row.notes:
            print(f"    {row.notes}")


def add_commands(commands: Any, add: Callable[..., argparse.ArgumentParser]) -> None:
    """Hangs ``usda`` into the command line; ``add`` is the helper of dashboard/__main__.py."""
    usda = commands.add_parser("usda", help="USDA's releases").add_subparsers(required=True, metavar="import|download|status")
    add(usda, "import", import_zips, json_answer=False).add_argument("zips", metavar="ZIP", nargs="+", help="as USDA ships it")
    fetching = add(usda, "download", download, json_answer=False)
    fetching.add_argument("names", metavar="NAME", nargs="*", help="a name of data/usda_releases.csv, such as branded")
    fetching.add_argument("--only-fetch", action="store_true", help="do not import")
    add(usda, "status", show_status)
