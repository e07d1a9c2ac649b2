"""Opens one of USDA's zip files without trusting it, and streams the tables inside.

Nothing is unpacked to disk. What cannot be used is refused with a :class:`ReleaseError`.
"""

from __future__ import annotations

import csv
import lzma
import struct
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

import pandas as pd  # noqa: F401  Arrow loads it at its first array otherwise, and drops the Ctrl-C that comes meanwhile
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
#: No row of USDA's has more characters; without the end of a row there is none.
ROW_MAX: Final = 2**22
HEADER_MAX: Final = 2**16
#: Before the name of a column that a file does not have: no name in a file begins so.
ABSENT: Final = "\0"
#: Pieces kept ready; of each only the few rows that are wanted.
AHEAD: Final = 64
ENCRYPTED: Final = 1
#: What zipfile raises for bytes that are no zip, besides its own error.
OF_NO_ZIP: Final = (RuntimeError, ValueError, OverflowError, struct.error, EOFError)
VALUE_SHOWN_MAX: Final = 60

#: Column as used here -> the names it has had in USDA's files, in any case of letters.
Columns = Mapping[str, Sequence[str]]


# Arrow catches Ctrl-C itself while it reads, and now and then loses it. It only ever reads a megabyte at a time here, so Python
# can wait for it and stop the import itself.
pa.enable_signal_handlers(False)


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
        except ReleaseError:
            raise
        except UnicodeDecodeError as error:
            raise ReleaseError("not-utf8", zip=self.name, file=file) from error
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, ValueError, struct.error, EOFError) as error:
            raise ReleaseError("zip-damaged", zip=self.name, file=file) from error
        except RuntimeError as error:
            raise ReleaseError("zip-packing", zip=self.name) from error

    def text(self, file: str) -> str:
        """A whole small file as text."""
        if self._members[file].file_size > JSON_MAX:
            raise ReleaseError("json-large", zip=self.name, file=file)
        with self.open(file) as handle:
            return handle.read().decode("utf-8-sig")

    def _pieces(self, file: str) -> Iterator[bytes]:
        """A CSV file in pieces of about a megabyte that end with a row: a line end inside quotes ends none."""
        with self.open(file) as handle:
            rest = b""
            while piece := handle.read(BLOCK):
                rest += piece
                end = _last_row_end(rest)
                if end:
                    yield rest[:end]
                    rest = rest[end:]
                elif len(rest) > ROW_MAX:
                    raise ReleaseError("not-a-table", zip=self.name, file=file)
            if rest:
                yield rest

    def _named(self, file: str, header: Sequence[str], columns: Columns, optional: Columns) -> dict[str, str]:
        """Column as used here -> as this file calls it."""
        there = {name.strip().casefold(): name for name in header}
        found = {}
        for ours, theirs in (*columns.items(), *optional.items()):
            name = next((there[t.casefold()] for t in theirs if t.casefold() in there), None)
            if name is not None:
                found[ours] = name
            elif ours in columns:
                raise ReleaseError("no-column", zip=self.name, file=file, column=theirs[0])
        return found

    def batches(
        self, table: str, types: Mapping[str, pa.DataType], columns: Columns, optional: Columns | None = None
    ) -> Iterator[pa.RecordBatch]:
        """The rows of one table, in pieces of about a megabyte; an empty cell is None.

        Arrow is given whole pieces in memory, never the file: a thread of its own that reads a file of Python's may still do so
        when the program ends, and then aborts it.

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
        pieces = self._pieces(file)
        first = next(pieces, b"")
        if not first.strip():
            raise ReleaseError("file-empty", zip=self.name, file=file)
        header, start = self._header(file, first)
        named = self._named(file, header, columns, optional or {})
        wanted = [*columns, *(optional or {})]
        convert = arrow_csv.ConvertOptions(
            include_columns=[named.get(ours, ABSENT + ours) for ours in wanted],
            column_types={named.get(ours, ABSENT + ours): types.get(ours, pa.string()) for ours in wanted},
            include_missing_columns=True,
            null_values=[""],
            strings_can_be_null=True,
        )
        for piece in chain([first[start:]], pieces):
            if not piece.strip():
                continue
            try:
                read = arrow_csv.read_csv(
                    pa.BufferReader(piece),
                    read_options=arrow_csv.ReadOptions(column_names=header, block_size=len(piece) + 1, use_threads=False),
                    parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
                    convert_options=convert,
                )
            except (pa.ArrowException, OverflowError) as error:
                raise _arrow_fault(self.name, file, str(error)) from error
            for batch in read.to_batches():
                if wanted[0] == "fdc_id" and batch.column(0).null_count:
                    raise ReleaseError("no-fdc-id", zip=self.name, file=file)
                yield pa.record_batch(batch.columns, names=wanted)

    def _header(self, file: str, piece: bytes) -> tuple[list[str], int]:
        """The names in the first line of a file, and where the rows begin."""
        end = _first_row_end(piece[:HEADER_MAX])
        if end == HEADER_MAX:
            raise ReleaseError("header-unreadable", zip=self.name, file=file)
        try:
            names = next(csv.reader([piece[:end].decode("utf-8-sig")], strict=True), [])
        except UnicodeDecodeError as error:
            raise ReleaseError("not-utf8", zip=self.name, file=file) from error
        except csv.Error as error:
            raise ReleaseError("header-unreadable", zip=self.name, file=file) from error
        if any("\0" in name for name in names) or len(set(names)) < len(names):
            raise ReleaseError("header-unreadable", zip=self.name, file=file)
        return names, end

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


def _first_row_end(piece: bytes) -> int:
    """Just behind the first line end that is not inside quotes; the end where there is none."""
    quotes, start = 0, 0
    while (at := piece.find(b"\n", start)) >= 0:
        quotes += piece.count(b'"', start, at)
        start = at + 1
        if quotes % 2 == 0:
            return start
    return len(piece)


def _last_row_end(piece: bytes) -> int:
    """Just behind the last line end that is not inside quotes; 0 where there is none."""
    quotes, end = piece.count(b'"'), len(piece)
    while (at := piece.rfind(b"\n", 0, end)) >= 0:
        quotes -= piece.count(b'"', at, end)
        if quotes % 2 == 0:
            return at + 1
        end = at
    return 0


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
    """Inner files by their last name. Refuses paths that lead outside, encrypted files and names that occur twice."""
    infos = [info for info in zip_file.infolist() if info.filename and not info.filename.endswith("/")]  # is_dir() breaks on no name
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
        zip_file = zipfile.ZipFile(path)
    except OSError as error:
        raise ReleaseError("zip-unreadable", zip=path.name, reason=error.strerror or str(error)) from error
    except (zipfile.BadZipFile, *OF_NO_ZIP) as error:
        raise ReleaseError("zip-none", zip=path.name) from error
    with zip_file:
        yield Archive(zip_file, path.name)
