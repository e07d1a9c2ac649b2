"""Every figure of a plan for a spreadsheet: one row a food, one row a supplement, numbers as numbers.

Text is made harmless: a cell that a spreadsheet would run as a formula stays text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from dashboard.estimate.assess import Assessment
from dashboard.estimate.intake import Eaten
from dashboard.plan import MEALS, Supplement
from dashboard.words import handout as said

Cell = str | float | int | None
Row = dict[str, Cell]

#: Signs with which a spreadsheet begins a formula.
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r", "|")
#: Excel reads a CSV as UTF-8 only with this in front.
BYTE_ORDER_MARK: Final = "\ufeff"
COLUMN_WIDTH_MAX: Final = 60
DAYS_PER_WEEK: Final = 7
#: Control characters that a sheet of Excel's cannot hold.
UNPRINTABLE: Final = dict.fromkeys(n for n in range(32) if n not in (9, 10, 13))

ITEMS: Final = (
    "client",
    "date",
    "day",
    "meal",
    "food",
    "food_id",
    "amount",
    "measure",
    "grams",
    "b12_ug",
    "natural_ug",
    "added_ug",
    "given_ug",
    "energy_kcal",
    "source",
    "unknown",
)


class Locale(StrEnum):
    """Whose spreadsheet opens a CSV: what stands between cells, and the decimal mark."""

    ENGLISH = "en"
    GERMAN = "de"


def items(a: Assessment, *, code: str = "", on: date | None = None) -> list[Row]:
    """One row a food of each day, then one a supplement as a mean per day. [µg, g, kcal]

    ``b12_ug`` None and ``unknown`` 1: the table has no value. ``given_ug`` is never part of ``b12_ug``.
    """
    head: Row = {"client": code, "date": on.isoformat() if on else None}
    rows = [head | _food(e, a) for e in a.eaten]
    return rows + [head | _supplement(s) for s in a.plan.supplements]


def _food(e: Eaten, a: Assessment) -> Row:
    amount, measure = said.household(e.food, e.grams)
    return {
        "day": a.plan.days[e.place.day].name,
        "meal": MEALS[e.place.meal],
        "food": e.name,
        "food_id": e.food_id,
        "amount": amount,
        "measure": measure,
        "grams": e.grams,
        "b12_ug": e.total_ug,
        "natural_ug": None if e.total_ug is None else e.natural_ug,
        "added_ug": None if e.total_ug is None else e.added_ug,
        "given_ug": 0.0,
        "energy_kcal": e.energy_kcal,
        "source": e.food.source_id if e.food else None,
        "unknown": int(e.total_ug is None),
    }


def _supplement(s: Supplement) -> Row:
    daily = s.dose_ug * s.times_per_week / DAYS_PER_WEEK
    swallowed = 0.0 if s.given else daily
    return {
        "day": said.EVERY_DAY_MEAN,
        "meal": said.SUPPLEMENT,
        "food": said.supplement(s),
        "food_id": None,
        "amount": s.times_per_week,
        "measure": said.TIMES_A_WEEK,
        "grams": None,
        "b12_ug": swallowed,
        "natural_ug": 0.0,
        "added_ug": swallowed,
        "given_ug": daily - swallowed,
        "energy_kcal": None,
        "source": None,
        "unknown": 0,
    }


def harmless(cell: Cell) -> Cell:
    """A cell that no spreadsheet runs: text that begins like a formula gets an apostrophe in front."""
    if not isinstance(cell, str):
        return cell
    plain = cell.translate(UNPRINTABLE)
    return f"'{plain}" if plain.startswith(FORMULA_SIGNS) else plain


def to_csv(rows: Iterable[Row], columns: Sequence[str], locale: Locale = Locale.ENGLISH) -> bytes:
    """Rows as CSV that Excel and LibreOffice of this locale open without a question."""
    german = locale is Locale.GERMAN
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if german else ",", lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_written(harmless(row.get(column)), german) for column in columns])
    return (BYTE_ORDER_MARK + out.getvalue()).encode("utf-8")


def _written(cell: Cell, german: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        text = f"{cell:.6g}"
        return text.replace(".", ",") if german else text
    return str(cell)


def to_xlsx(sheets: Mapping[str, tuple[Sequence[str], Sequence[Row]]]) -> bytes:
    """Sheets by name, each with its columns and rows, as a workbook. Numbers are numbers, text is text and never a formula."""
    book = Workbook(write_only=False)
    book.remove(book.active)
    for name, (columns, rows) in sheets.items():
        sheet = book.create_sheet(name)
        sheet.append(list(columns))
        sheet.freeze_panes = "A2"
        for row in rows:
            sheet.append([row.get(column) if not isinstance(row.get(column), str) else None for column in columns])
            for n, column in enumerate(columns, 1):
                if isinstance(text := row.get(column), str):
                    cell = sheet.cell(sheet.max_row, n)
                    cell.value = text.translate(UNPRINTABLE)
                    cell.data_type = "s"
        for n, column in enumerate(columns, 1):
            widest = max([len(column), *(len(str(row.get(column) or "")) for row in rows)])
            sheet.column_dimensions[get_column_letter(n)].width = min(widest + 2, COLUMN_WIDTH_MAX)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
