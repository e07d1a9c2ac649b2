"""Opens one of USDA's zip files without trusting it, and streams the tables inside.

Nothing is unpacked to disk. What cannot be used is refused with a :class:`ReleaseError` of one sentence.
"""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

import pyarrow as pa
import pyarrow.csv as arrow_csv

from dashboard.tables.read import TableError

#: USDA's largest release unpacks to about 4 GB, at most 15 times the size of its zip.
UNPACKED_MAX: Final = 20 * 2**30
RATIO_MAX: Final = 100
#: Small files of blanks may compress well without doing harm.
RATIO_FREE: Final = 2**20
JSON_MAX: Final = 2**28
FILES_MAX: Final = 1000
BLOCK: Final = 2**20
#: Pieces kept ready; of each only the few rows that are wanted.
AHEAD: Final = 64
ENCRYPTED: Final = 1

#: Column as used here -> the names it has had in USDA's files, in any case of letters.
Columns = Mapping[str, Sequence[str]]


class ReleaseError(TableError):
    """A USDA file that cannot be used; the message is one sentence for the reader."""


class Archive:
    """A USDA zip that was found safe to read."""

    def __init__(self, zip_file: zipfile.ZipFile, name: str) -> None:
        self.name = name
        self._zip = zip_file
        self._members = _checked(zip_file, name)

    def __contains__(self, table: str) -> bool:
        return f"{table}.csv" in self._members

    @property
    def json_files(self) -> list[str]:
        """Names of the JSON files inside."""
        return [name for name in self._members if name.endswith(".json")]

    @contextmanager
    def open(self, file: str) -> Iterator[IO[bytes]]:
        """One file inside, as bytes. Damage found while reading is a :class:`ReleaseError`."""
        try:
            with self._zip.open(self._members[file]) as handle:
                yield handle
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise ReleaseError(f"{self.name} is damaged or cut short: {file} cannot be unpacked. Download it again.") from error
        except NotImplementedError as error:
            raise ReleaseError(f"{self.name} is packed in a way that is not supported.") from error
        except pa.ArrowInvalid as error:
            raise ReleaseError(f"{self.name}: {_said(file, str(error))}") from error
        except UnicodeDecodeError as error:
            raise ReleaseError(f"{self.name}: {file} is not in UTF-8, the encoding of USDA's files.") from error

    def text(self, file: str) -> str:
        """A whole small file as text."""
        if self._members[file].file_size > JSON_MAX:
            raise ReleaseError(f"{self.name}: {file} is too large for a JSON file of Foundation Foods.")
        with self.open(file) as handle:
            return handle.read().decode("utf-8-sig")

    def _header(self, file: str) -> list[str]:
        with self.open(file) as handle:
            line = io.TextIOWrapper(handle, encoding="utf-8-sig", newline="").readline(BLOCK)
            return next(csv.reader([line]), [])

    def _named(self, file: str, columns: Columns, optional: bool) -> dict[str, str]:
        """Column as used here -> as this file calls it."""
        there = {name.strip().casefold(): name for name in self._header(file)}
        found = {}
        for ours, theirs in columns.items():
            name = next((there[t.casefold()] for t in theirs if t.casefold() in there), None)
            if name is not None:
                found[ours] = name
            elif not optional:
                raise ReleaseError(f"{self.name}: {file} has no column {theirs[0]}, so it is not a file of USDA's layout.")
        return found

    def batches(
        self, table: str, types: Mapping[str, pa.DataType], columns: Columns, optional: Columns | None = None
    ) -> Iterator[pa.RecordBatch]:
        """The rows of one table, in pieces of about a megabyte; an empty cell is None.

        Parameters
        ----------
        types
            Type of each column; text where it is not named.
        columns, optional
            Column as used here and the names it may have. An optional one that is absent is all None.

        Raises
        ------
        ReleaseError
            When the table or a column is missing, or a row cannot be read.
        """
        file = f"{table}.csv"
        if file not in self._members:
            raise ReleaseError(f"{self.name} has no {file}, so it is not a complete release of USDA.")
        named = self._named(file, columns, optional=False) | self._named(file, optional or {}, optional=True)
        wanted = [*columns, *(optional or {})]
        convert = arrow_csv.ConvertOptions(
            include_columns=[named.get(ours, f"\0{ours}") for ours in wanted],
            column_types={named.get(ours, f"\0{ours}"): types.get(ours, pa.string()) for ours in wanted},
            include_missing_columns=True,
            null_values=[""],
            strings_can_be_null=True,
        )
        with self.open(file) as handle:
            reader = arrow_csv.open_csv(
                handle,
                read_options=arrow_csv.ReadOptions(block_size=BLOCK),
                parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
                convert_options=convert,
            )
            for batch in reader:
                if wanted[0] == "fdc_id" and batch.column(0).null_count:
                    raise ReleaseError(f"{self.name}: {file} has a row without fdc_id.")
                yield pa.record_batch(batch.columns, names=wanted)

    def rows(
        self, table: str, types: Mapping[str, pa.DataType], columns: Columns, optional: Columns | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """The rows of one table, as :meth:`batches`, one tuple each."""
        for batch in self.batches(table, types, columns, optional):
            yield from tuples(batch)


@contextmanager
def reading_ahead(batches: Iterator[pa.RecordBatch]) -> Iterator[Iterator[pa.RecordBatch]]:
    """The same batches, read in the background meanwhile: unpacking and Arrow do not hold up Python."""
    with ThreadPoolExecutor(1) as pool:
        pending = deque(pool.submit(next, batches, None) for _ in range(AHEAD))

        def each() -> Iterator[pa.RecordBatch]:
            while (batch := pending.popleft().result()) is not None:
                pending.append(pool.submit(next, batches, None))
                yield batch

        try:
            yield each()
        finally:
            pool.shutdown(cancel_futures=True)


def tuples(batch: pa.RecordBatch) -> Iterator[tuple[Any, ...]]:
    """The rows of a batch."""
    return zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _said(file: str, arrow: str) -> str:
    """What Arrow found wrong, as a sentence."""
    if "UTF8" in arrow:
        return f"{file} is not in UTF-8, the encoding of USDA's files."
    if "conversion error" in arrow:
        return f"{file} holds {arrow.rpartition('invalid value ')[2]} where a number belongs."
    if "Empty CSV" in arrow:
        return f"{file} is empty."
    return f"{file} is cut short or is not a table: a row has another number of cells than the header."


def _checked(zip_file: zipfile.ZipFile, name: str) -> dict[str, zipfile.ZipInfo]:
    """Inner files by their last name. Refuses what may do harm and what is there twice."""
    infos = [info for info in zip_file.infolist() if not info.is_dir()]
    if len(infos) > FILES_MAX:
        raise ReleaseError(f"{name} holds {len(infos):,} files; a release of USDA holds a few dozen.")
    members: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in info.filename:
            raise ReleaseError(f"{name} holds a file whose name points outside of it, so it is not opened.")
        if info.flag_bits & ENCRYPTED:
            raise ReleaseError(f"{name} is protected by a password; USDA's releases are not.")
        if path.name in members and path.suffix in (".csv", ".json"):
            raise ReleaseError(f"{name} holds two files called {path.name}; give one release at a time.")
        members[path.name] = info
    _refuse_bomb(infos, name)
    return members


def _refuse_bomb(infos: Sequence[zipfile.ZipInfo], name: str) -> None:
    """Sizes as declared; while reading, zipfile never gives more than a member declares."""
    unpacked = sum(info.file_size for info in infos)
    swollen = any(i.file_size > RATIO_FREE and i.file_size > RATIO_MAX * i.compress_size for i in infos)
    if swollen or unpacked > UNPACKED_MAX:
        raise ReleaseError(f"{name} would unpack to {unpacked / 2**20:,.0f} MB, far more than its size allows, so it is not opened.")


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """A USDA zip, checked. Raises :class:`ReleaseError` when it is none or may do harm."""
    try:
        with zipfile.ZipFile(path) as zip_file:
            yield Archive(zip_file, path.name)
    except zipfile.BadZipFile as error:
        raise ReleaseError(f"{path.name} is not a zip file or is cut short. Download it again.") from error
    except OSError as error:
        raise ReleaseError(f"{path.name} cannot be read: {error.strerror or error}.") from error
