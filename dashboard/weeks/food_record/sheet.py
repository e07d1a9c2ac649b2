"""A file's bytes as lines of cells: CSV of any delimiter and encoding, or an Excel workbook."""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from dashboard.weeks.food_record.faults import Fault, RecordError, fault

SIZE_MAX: Final = 5_000_000
UNPACKED_MAX: Final = 60_000_000
LINES_MAX: Final = 20_000
CELL_MAX: Final = 500
DELIMITERS: Final = (",", ";", "\t", "|")
#: How a file begins that is something else than its name says.
_KINDS: Final = (
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"{", "json"),
    (b"<", "web-page"),
)
_ZIP: Final = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of a table: its number in the file, from 1, and its cells as text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it stands in a file, empty lines left out."""

    lines: tuple[SheetLine, ...]
    faults: tuple[Fault, ...] = ()


def read_sheet(data: bytes, score: Callable[[Sequence[SheetLine]], int]) -> Sheet:
    """The lines of a file.

    Parameters
    ----------
    score
        How many of its columns are known when a text is cut in lines; the delimiter with the highest is the file's.

    Raises
    ------
    RecordError
        The file is no table, or larger than can be read at once.
    """
    if len(data) > SIZE_MAX:
        raise RecordError(fault("too-large", limit=SIZE_MAX // 1_000_000))
    if not data.strip():
        raise RecordError(fault("empty"))
    if data.startswith(_ZIP):
        sheet = _workbook(data, score)
    else:
        begin = data.removeprefix(codecs.BOM_UTF8).lstrip()
        for start, kind in _KINDS:
            if begin.startswith(start):
                raise RecordError(fault(kind))
        sheet = _text_sheet(_decoded(data), score)
    if len(sheet.lines) > LINES_MAX:
        raise RecordError(fault("too-many-lines", lines=len(sheet.lines), limit=LINES_MAX))
    if not sheet.lines:
        raise RecordError(fault("empty"))
    return sheet


# Text --------------------------------------------------------------------------------------------


def _decoded(data: bytes) -> str:
    """The text, whatever its encoding: UTF-8 or UTF-16 with or without a mark in front, else Latin-1 as Windows writes it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\x00" in data:
        # UTF-16 without its mark: every other byte of plain letters is zero.
        for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
            half = data[offset::2]
            if half.count(0) > 0.8 * len(half) and not data[1 - offset :: 2].count(0):
                return data.decode(encoding, errors="replace")
        before = data[: data.index(b"\x00")]
        raise RecordError(fault("not-text", line=before.count(b"\n") + 1, read=before.rsplit(b"\n", 1)[-1][-30:].decode("latin-1")))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _text_sheet(text: str, score: Callable[[Sequence[SheetLine]], int]) -> Sheet:
    """The text in lines of cells, cut at the delimiter under which most of its headings are known."""
    # Excel writes the delimiter it used into the first line.
    declared = re.match(r"sep=(.)\r?\n", text)
    tried = (declared[1],) if declared else DELIMITERS
    body = text[declared.end() :] if declared else text
    skipped = 1 if declared else 0
    cut = [_cut(body, delimiter, skipped) for delimiter in tried]
    return max(cut, key=lambda sheet: score(sheet.lines))


def _cut(text: str, delimiter: str, skipped: int) -> Sheet:
    lines = []
    faults = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        number = reader.line_num + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            raise RecordError(fault("not-text", line=number, read=str(error))) from error
        tidy = tuple(" ".join(cell.split())[:CELL_MAX] for cell in cells)
        if any(tidy):
            lines.append(SheetLine(number, tidy))
        last = reader.line_num + skipped
        if last > number and any("\n" in cell and delimiter in cell.partition("\n")[2] for cell in cells):
            faults.append(fault("quote-open", number, read=" ".join(tidy)[:80], last=last))
    return Sheet(tuple(lines), tuple(faults))


# Workbooks ---------------------------------------------------------------------------------------


def _workbook(data: bytes, score: Callable[[Sequence[SheetLine]], int]) -> Sheet:
    """The sheet of an Excel workbook of which most headings are known. Merged cells all get what stands in them."""
    from openpyxl import load_workbook
    from openpyxl.cell.cell import MergedCell

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" not in names:
                raise RecordError(fault("ods" if "content.xml" in names else "zip"))
            if sum(entry.file_size for entry in archive.infolist()) > UNPACKED_MAX:
                raise RecordError(fault("too-large", limit=SIZE_MAX // 1_000_000))
        shown = load_workbook(io.BytesIO(data), data_only=True)
        typed = load_workbook(io.BytesIO(data))
    except RecordError:
        raise
    except Exception as error:  # a damaged workbook fails in many ways inside the library
        raise RecordError(fault("workbook", read=type(error).__name__)) from error
    found: list[Sheet] = []
    for sheet in shown.worksheets:
        faults: list[Fault] = []
        merged = {
            (row, column): sheet.cell(area.min_row, area.min_col).value
            for area in sheet.merged_cells.ranges
            for row in range(area.min_row, area.max_row + 1)
            for column in range(area.min_col, area.max_col + 1)
        }
        lines = []
        for row in sheet.iter_rows(max_row=min(sheet.max_row or 0, LINES_MAX + 100)):
            values = [merged.get((cell.row, cell.column)) if isinstance(cell, MergedCell) else cell.value for cell in row]
            cells = tuple(_cell(value) for value in values)
            if any(cells):
                lines.append(SheetLine(row[0].row, cells))
        if not lines:
            continue
        formulas = typed[sheet.title]
        for line in lines:
            for column, text in enumerate(line.cells, 1):
                written = formulas.cell(line.number, column).value
                if not text and isinstance(written, str) and written.startswith("="):
                    faults.append(fault("formula", line=line.number, column=_letter(column), read=written[:40]))
        if merged:
            areas = ", ".join(str(area) for area in list(sheet.merged_cells.ranges)[:5])
            faults.append(fault("merged", read=areas))
        found.append(Sheet(tuple(lines), (*faults, *_other_sheets(shown.sheetnames, sheet.title))))
    if not found:
        raise RecordError(fault("empty"))
    return max(found, key=lambda sheet: score(sheet.lines))


def _other_sheets(titles: Sequence[str], read: str) -> list[Fault]:
    """The notice that a workbook has further sheets, which were not read."""
    return [fault("one-sheet", read=read, sheets=len(titles))] if len(titles) > 1 else []


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))


def _cell(value: object) -> str:
    """A cell of a workbook as text; dates as ISO dates, numbers with a decimal point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return f"{value:.12g}"
    return " ".join(str(value).split())[:CELL_MAX]
