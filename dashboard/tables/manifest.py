"""What each table of data/ should hold: data/manifest.csv, with rows, checksum and the keys that must stay.

A table that is cut, empty, missing or damaged is found out before a figure of it is used. After a change in data/ run

    python -m dashboard.tables.manifest
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dashboard.tables.fault import TableError

DATA: Final = Path(__file__).resolve().parent.parent.parent / "data"
NAME: Final = "manifest"
HEADER: Final = ("table", "rows", "sha256", "keys")
COMMAND: Final = "python -m dashboard.tables.manifest"
#: Tables whose keys (their first column) stand in plans and links, in the estimate, or in front of everything else on a page.
#: A key of these never goes without being named to the command.
KEYS_STAY: Final = frozenset(
    {
        "advice_rules",
        "conditions",
        "condition_details",
        "exclusions",
        "reference_sets",
        "markets",
        "starter_weeks",
        "model_parameters",
        "red_flags",
    }
)


@dataclass(frozen=True, slots=True)
class TableListed:
    """One row of the manifest."""

    table: str
    rows: int
    sha256: str
    keys: tuple[str, ...]


def _rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def _found_in(table: str, content: bytes) -> TableListed:
    """What a table holds. Raises ``ValueError`` or ``csv.Error`` when it is no table."""
    rows = _rows(content.decode("utf-8"))[1:]
    keys = tuple(sorted({row[0] for row in rows if row})) if table in KEYS_STAY else ()
    return TableListed(table, len(rows), _sha256(content), keys)


def _sha256(content: bytes) -> str:
    """Line ends do not count: some tools write others."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def _content(table: str, folder: Path) -> bytes:
    path = folder / f"{table}.csv"
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise TableError("table-missing", file=path.name) from error
    except OSError as error:
        raise TableError("table-unreadable", file=path.name, reason=error.strerror or "") from error


def _listed(folder: Path) -> dict[str, TableListed]:
    """The manifest as it is. Raises :class:`TableError` when there is none, or when it does not list each table once."""
    try:
        header, *rows = _rows(_content(NAME, folder).decode("utf-8"))
        entries = {row[0]: TableListed(row[0], int(row[1]), row[2], tuple(row[3].split())) for row in rows}
    except TableError:
        raise
    except (ValueError, IndexError, csv.Error) as error:
        raise TableError("manifest-unreadable", file=f"{NAME}.csv", command=COMMAND) from error
    if tuple(header) != HEADER or not rows or len(entries) != len(rows):
        raise TableError("manifest-unreadable", file=f"{NAME}.csv", command=COMMAND)
    return entries


def _check_table(wanted: TableListed, content: bytes) -> None:
    """Raises :class:`TableError` when a table is not what the manifest says."""
    if _sha256(content) == wanted.sha256:
        return
    file = f"{wanted.table}.csv"
    try:
        there = _found_in(wanted.table, content)
    except (ValueError, csv.Error) as error:
        raise TableError("table-damaged", file=file, command=COMMAND) from error
    if not there.rows:
        raise TableError("table-empty", file=file, command=COMMAND)
    if there.rows != wanted.rows:
        raise TableError("table-cut", file=file, rows=there.rows, expected=wanted.rows, command=COMMAND)
    if lost := sorted(set(wanted.keys) - set(there.keys)):
        raise TableError("keys-lost", file=file, keys=lost, command=COMMAND)
    raise TableError("table-damaged", file=file, command=COMMAND)


def checked_text(table: str, folder: Path = DATA) -> str:
    """The text of one table, once it is known to be whole.

    Raises
    ------
    TableError
        When the table is missing, empty, cut or changed, or the manifest does not know it.
    """
    wanted = _listed(folder).get(table)
    if wanted is None:
        raise TableError("table-unlisted", file=f"{table}.csv", command=COMMAND)
    content = _content(table, folder)
    _check_table(wanted, content)
    return content.decode("utf-8")


def check(folder: Path = DATA) -> None:
    """Checks every table of a data folder. Raises :class:`TableError` for the first that is not whole."""
    for wanted in _listed(folder).values():
        _check_table(wanted, _content(wanted.table, folder))


def summary(folder: Path = DATA) -> tuple[int, int, str]:
    """How many tables and rows there are, and the beginning of a checksum over all of them. Raises :class:`TableError`."""
    listed = _listed(folder).values()
    checksum = hashlib.sha256("".join(table.sha256 for table in listed).encode()).hexdigest()
    return len(listed), sum(table.rows for table in listed), checksum[:12]


# The command that writes the manifest anew ---------------------------------------------------------


def _known_keys(folder: Path) -> dict[str, set[str]]:
    """Table -> keys of the manifest as it is, even where a merge has left its marks or a row twice; none where there is none."""
    known: dict[str, set[str]] = {}
    path = folder / f"{NAME}.csv"
    for line in path.read_text(encoding="utf-8").splitlines()[1:] if path.is_file() else ():
        table, *cells = line.split(",")
        if len(cells) == len(HEADER) - 1:
            known.setdefault(table, set()).update(cells[-1].split())
    return known


def renewed_text(folder: Path = DATA, removed: Iterable[str] = ()) -> str:
    """The manifest as it should be now.

    Parameters
    ----------
    removed
        Keys that are gone on purpose.

    Raises
    ------
    TableError
        When a table cannot be read, has no row, or has lost a key that is not among ``removed``.
    """
    known = _known_keys(folder)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for path in sorted(folder.glob("*.csv")):
        if path.stem == NAME:
            continue
        try:
            entry = _found_in(path.stem, _content(path.stem, folder))
        except (ValueError, csv.Error) as error:
            raise TableError("table-damaged", file=path.name, command=COMMAND) from error
        if not entry.rows:
            raise TableError("table-empty", file=path.name, command=COMMAND)
        if lost := sorted(known.get(path.stem, set()) - set(entry.keys) - set(removed)):
            raise TableError("keys-lost", file=path.name, keys=lost, command=COMMAND)
        writer.writerow((entry.table, entry.rows, entry.sha256, " ".join(entry.keys)))
    return out.getvalue()


def stale(folder: Path = DATA) -> bool:
    """Whether a table was changed, added or taken away since the manifest was written."""
    path = folder / f"{NAME}.csv"
    try:
        return not path.is_file() or path.read_text(encoding="utf-8") != renewed_text(folder)
    except (TableError, ValueError):
        return True


def main(arguments: list[str] | None = None) -> int:
    """Writes data/manifest.csv anew; 2 with a sentence on stderr when a table has lost what it must keep."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=main.__doc__)
    parser.add_argument("--removed", metavar="KEY", nargs="+", default=[], help="keys that are gone on purpose")
    removed = parser.parse_args(arguments).removed
    try:
        text = renewed_text(DATA, removed)
    except TableError as error:
        print(error, file=sys.stderr)
        return 2
    (DATA / f"{NAME}.csv").write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
