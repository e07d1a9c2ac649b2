"""Opens one of USDA's zip files without trusting it, and streams the tables inside.

Nothing is unpacked to disk. What cannot be used is refused with a :class:`ReleaseError`.
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

from dashboard.tables.fault import TableError

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
VALUE_SHOWN_MAX: Final = 60

#: Column as used here -> the names it has had in USDA's files, in any case of letters.
Columns = Mapping[str, Sequence[str]]


class ReleaseError(TableError):
    """A USDA file that cannot be used."""


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
            raise ReleaseError("zip-damaged", zip=self.name, file=file) from error
        except NotImplementedError as error:
            raise ReleaseError("zip-packing", zip=self.name) from error
        except pa.ArrowInvalid as error:
            raise _arrow_fault(self.name, file, str(error)) from error
        except UnicodeDecodeError as error:
            raise ReleaseError("not-utf8", zip=self.name, file=file) from error

    def text(self, file: str) -> str:
        """A whole small file as text."""
        if self._members[file].file_size > JSON_MAX:
            raise ReleaseError("json-large", zip=self.name, file=file)
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
                raise ReleaseError("no-column", zip=self.name, file=file, column=theirs[0])
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
            raise ReleaseError("no-file", zip=self.name, file=file)
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
                    raise ReleaseError("no-fdc-id", zip=self.name, file=file)
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


def _arrow_fault(name: str, file: str, arrow: str) -> ReleaseError:
    """What Arrow found wrong."""
    if "UTF8" in arrow:
        return ReleaseError("not-utf8", zip=name, file=file)
    if "conversion error" in arrow:
        return ReleaseError("not-a-number", zip=name, file=file, value=arrow.rpartition("invalid value ")[2][:VALUE_SHOWN_MAX])
    if "Empty CSV" in arrow:
        return ReleaseError("file-empty", zip=name, file=file)
    return ReleaseError("not-a-table", zip=name, file=file)


def _checked(zip_file: zipfile.ZipFile, name: str) -> dict[str, zipfile.ZipInfo]:
    """Inner files by their last name. Refuses what may do harm and what is there twice."""
    infos = [info for info in zip_file.infolist() if not info.is_dir()]
    if len(infos) > FILES_MAX:
        raise ReleaseError("zip-files", zip=name, files=len(infos))
    members: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in info.filename:
            raise ReleaseError("zip-outside", zip=name)
        if info.flag_bits & ENCRYPTED:
            raise ReleaseError("zip-password", zip=name)
        if path.name in members and path.suffix in (".csv", ".json"):
            raise ReleaseError("zip-twice", zip=name, file=path.name)
        members[path.name] = info
    _refuse_bomb(infos, name)
    return members


def _refuse_bomb(infos: Sequence[zipfile.ZipInfo], name: str) -> None:
    """Sizes as declared; while reading, zipfile never gives more than a member declares."""
    unpacked = sum(info.file_size for info in infos)
    swollen = any(i.file_size > RATIO_FREE and i.file_size > RATIO_MAX * i.compress_size for i in infos)
    if swollen or unpacked > UNPACKED_MAX:
        raise ReleaseError("zip-bomb", zip=name, megabytes=unpacked / 2**20)


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """A USDA zip, checked. Raises :class:`ReleaseError` when it is none or may do harm."""
    try:
        with zipfile.ZipFile(path) as zip_file:
            yield Archive(zip_file, path.name)
    except zipfile.BadZipFile as error:
        raise ReleaseError("zip-none", zip=path.name) from error
    except OSError as error:
        raise ReleaseError("zip-unreadable", zip=path.name, reason=error.strerror or str(error)) from error
