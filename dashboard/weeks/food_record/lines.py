"""The lines of a record: which food, how much of it, when, and what the file itself says of its B12."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.plan import FOOD_ID, GRAMS_MAX
from dashboard.quantities import Question, Refusal, read
from dashboard.quantities.numerals import SPELT, numeral, plain_digits
from dashboard.quantities.portions import read_grams
from dashboard.tables.foods import Food
from dashboard.tables.record_words import RecordWords, heading_word
from dashboard.tables.units import Units, folded
from dashboard.weeks.food_record.days import DayKey
from dashboard.weeks.food_record.faults import Fault, fault
from dashboard.weeks.food_record.headings import Columns
from dashboard.weeks.food_record.meals import known_meal, meal_name
from dashboard.weeks.food_record.sheet import SheetLine

#: The food of a line that the table lacks and the file gives figures for.
FROM_FILE: Final = "file"
#: How ASA24 says that a food's figures are missing, and that a day's recall was finished.
DATA_MISSING: Final = "2"
FINISHED: Final = ("2", "")
#: File and table are told apart when they differ by more than this share. A choice.
DIFFERENCE_TOLD: Final = 0.1
_BEGINS_WITH_NUMBER: Final = re.compile(r"[.,]?[0-9]")
#: Between "total" and what it adds up.
_LITTLE_WORDS: Final = ("for", "of", "the", "für", "des", "du", "de", "del", "la", "pour")
_FNDDS: Final = re.compile(r"\d{8}")


@dataclass(frozen=True, slots=True)
class FileFigures:
    """What the file says of a line: B12 in the amount eaten and the added part of it [µg]; None: it does not say."""

    b12_ug: float | None
    added_ug: float | None
    #: Half of the last decimal that was printed. [µg]
    rounding_ug: float = 0.0


#: Where a line stands: the file's name (empty: it is the only one) and the line's number in it.
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a record.

    ``food_id`` is a food of the table, :data:`FROM_FILE`, or empty: it has to be chosen. ``grams`` None: the amount has to
    be said; ``grams_read`` are then the weights it can mean. ``meal`` empty: ``meal_name`` has to be asked. ``faults`` say why.
    ``file`` is the file's name where several were opened together, else empty.
    """

    number: int
    person: str
    day: DayKey
    meal: str
    meal_name: str
    time: str
    text: str
    amount: str
    food_id: str = ""
    grams: float | None = None
    grams_read: tuple[float, ...] = ()
    figures: FileFigures | None = None
    faults: tuple[Fault, ...] = ()
    file: str = ""

    @property
    def place(self) -> Place:
        """Which line it is: two files of one person both have a fifth line."""
        return self.file, self.number

    @property
    def read(self) -> bool:
        """False for a line of which nothing could be read."""
        return not any(one.code in ("cells", "no-food") for one in self.faults)

    @property
    def clear(self) -> bool:
        """Whether food and amount are beyond doubt."""
        return bool(self.food_id) and self.grams is not None

    def table_ug(self, foods: Mapping[str, Food]) -> float | None:
        """B12 of the line by the table. [µg]"""
        food = foods.get(self.food_id)
        if food is None or self.grams is None or food.b12_ug_per_100g is None:
            return None
        return food.b12_ug_per_100g * self.grams / 100

    def differs(self, foods: Mapping[str, Food]) -> bool:
        """Whether the file's own B12 is more than a tenth away from the table's, beyond the rounding of what is printed."""
        table, file = self.table_ug(foods), self.figures.b12_ug if self.figures else None
        if table is None or file is None or self.figures is None:
            return False
        return abs(file - table) > DIFFERENCE_TOLD * max(file, table) + self.figures.rounding_ug


def decimal_mark(columns: Columns) -> str:
    """The decimal mark of a file's numbers: "," or "." where some number can be read with one only, else empty."""
    found: set[str] = set()
    for line in columns.lines:
        for field in ("amount", "b12", "added", "energy"):
            chunk = plain_digits(columns.cell(line, field))
            for mark in (",", "."):
                match = re.match(rf"\d+\{mark}(\d+)(?![\d.,])", chunk)
                if match and len(numeral(match[0])[0]) == 1:
                    found.add(mark)
    return found.pop() if len(found) == 1 else ""


@dataclass(frozen=True)
class Reader:
    """Reads lines of one file: its columns, its decimal mark, and the tables."""

    columns: Columns
    decimal: str
    foods: Mapping[str, Food]
    by_name: Mapping[str, Food | None]
    words: RecordWords
    units: Units

    @property
    def asa24(self) -> bool:
        """Whether meals are given by the numbers of ASA24."""
        column = self.columns.by_field.get("meal")
        return column is not None and folded(column.heading) == "occ_name"

    def line(self, sheet_line: SheetLine, person: str, day: DayKey, meal_text: str) -> Line:
        """One line. Nothing is guessed: what is not clear has a fault."""
        cell = self.columns.cell
        time = cell(sheet_line, "time")
        meal = known_meal(meal_text, self.words, asa24=self.asa24)
        code, name = cell(sheet_line, "code"), cell(sheet_line, "food")
        text = name or code
        faults: list[Fault] = []
        figures = self._figures(sheet_line, faults)
        food = self._food(code, name)
        amount = self._amount(sheet_line)
        found = read_grams(amount, food, self.units, decimal=self.decimal)
        grams, readings = self._grams(found, sheet_line, amount, faults)
        food_id = food.id if food else ""
        if not food and grams is not None and self._stands_alone(code, figures):
            food_id = FROM_FILE
        if not food_id:
            faults.append(fault("food", sheet_line.number, self._heading("food", "code"), text))
        return Line(
            number=sheet_line.number,
            person=person,
            day=day,
            meal=meal,
            meal_name=meal_name(meal_text, time),
            time=time,
            text=text,
            amount=amount,
            food_id=food_id,
            grams=grams,
            grams_read=readings,
            figures=figures,
            faults=tuple(faults),
        )

    def _heading(self, *fields: str) -> str:
        return next((self.columns.by_field[field].heading for field in fields if field in self.columns.by_field), "")

    def _food(self, code: str, name: str) -> Food | None:
        """The food a line names beyond doubt: by its id, its FNDDS code, or its whole name. None where code and name are of two foods."""
        named = self.by_name.get(folded(name))
        coded = self._food_of_code(code, name)
        return None if coded and named and coded is not named else coded or named

    def _food_of_code(self, code: str, name: str) -> Food | None:
        for id_ in (code, name):
            if FOOD_ID.fullmatch(id_) and id_ in self.foods:
                return self.foods[id_]
        heading = folded(self._heading("code"))
        bare = code.partition(".")[0]
        if _FNDDS.fullmatch(bare) and heading.replace(" ", "") in ("foodcode", "fnddscode", "fndds"):
            return self.foods.get(f"fndds:{bare}")
        return None

    def _stands_alone(self, code: str, figures: FileFigures | None) -> bool:
        """Whether a food outside the table goes along with the file's figures: it has some, or a USDA code whose figures are missing."""
        if figures is None:
            return False
        return figures.b12_ug is not None or bool(_FNDDS.fullmatch(code.partition(".")[0]))

    def _amount(self, sheet_line: SheetLine) -> str:
        """The amount as the file means it, with the unit of its own column or of the heading."""
        amount, unit = self.columns.cell(sheet_line, "amount"), self.columns.cell(sheet_line, "unit")
        column = self.columns.by_field.get("amount")
        if column and column.said:
            # "Amount (per week)", "Menge (roh)": whatever it means, it is asked and not read as if it were not there.
            amount = " ".join(f"{amount} {column.unit} {column.said}".split()) if amount else ""
        if self.columns.has("serving") and not unit and not (column and column.unit):
            serving, size = self.columns.by_field["serving"], self.columns.cell(sheet_line, "serving")
            unit = f"{size} {serving.unit}".strip() if size else ""
        found = read(amount, self.units, self.decimal)
        first = None if isinstance(found, Refusal) else found.readings[0] if isinstance(found, Question) else found
        if not amount or (first and first.unit is None and not first.rest):
            # Two numbers side by side are no thousand: "2" of "100 g", "1" of "1/2 cup".
            apart = ", " if _BEGINS_WITH_NUMBER.match(plain_digits(unit)) else " "
            return f"{amount}{apart}{unit or (column.unit if column else '')}".strip()
        same = (
            first is not None
            and unit
            and (first.unit is self.units.by_word.get(folded(unit)) if first.unit else folded(unit) == first.rest)
        )
        # "250 g" with a unit beside it that says something else is two amounts.
        return amount if same or not unit else f"{amount} {unit}"

    def _grams(self, found: object, sheet_line: SheetLine, amount: str, faults: list[Fault]) -> tuple[float | None, tuple[float, ...]]:
        heading = self._heading("amount", "unit")
        if isinstance(found, Refusal):
            if amount.startswith("="):
                faults.append(fault("formula-text", sheet_line.number, heading, amount))
                return None, ()
            faults.append(fault("amount", sheet_line.number, heading, amount, why=found.code))
            return None, ()
        if isinstance(found, Question):
            faults.append(fault("amount-asked", sheet_line.number, heading, amount, why=found.code))
            return None, tuple(reading.value for reading in found.readings if reading.value <= GRAMS_MAX)
        grams = found.value  # type: ignore[attr-defined]
        if grams > GRAMS_MAX:
            faults.append(fault("amount-large", sheet_line.number, heading, amount, limit=f"{GRAMS_MAX:g}"))
            return None, ()
        return grams, ()

    def _figures(self, sheet_line: SheetLine, faults: list[Fault]) -> FileFigures | None:
        """The file's own B12 of a line; None where the file has no such column."""
        if "b12" not in self.columns.by_field:
            return None
        b12, rounding = self._ug(sheet_line, "b12", faults)
        added, _ = self._ug(sheet_line, "added", faults)
        if self.columns.cell(sheet_line, "complete").partition(".")[0] == DATA_MISSING:
            return FileFigures(None, None)
        if b12 is not None and added is not None and added > b12 + rounding:
            faults.append(
                fault(
                    "added-above-total", sheet_line.number, self._heading("added"), self.columns.cell(sheet_line, "added"), total=f"{b12:g}"
                )
            )
            added = None
        return FileFigures(b12, None if b12 is None or added is None else min(added, b12), rounding)

    def _ug(self, sheet_line: SheetLine, field: str, faults: list[Fault]) -> tuple[float | None, float]:
        """A figure in µg and half of its last decimal. What cannot be read is unknown, and told."""
        text = self.columns.cell(sheet_line, field)
        column = self.columns.by_field.get(field)
        if not text or column is None:
            return None, 0.0
        found = read(text, self.units, self.decimal)
        unit = found.unit or self.units[column.unit or "µg"] if not isinstance(found, Question | Refusal) else None
        if isinstance(found, Question | Refusal) or found.bound or found.rest or unit is None or unit.kind != "mass":
            faults.append(fault("figure", sheet_line.number, column.heading, text))
            return None, 0.0
        per_ug = (unit.factor or 0.0) / (self.units["µg"].factor or 1.0)
        decimals = re.search(r"[.,](\d+)", text)
        return found.value * per_ug, 0.5 * 10 ** -(len(decimals[1]) if decimals else 0) * per_ug


def named_once(foods: Mapping[str, Food]) -> dict[str, Food | None]:
    """Foods by their whole name and USDA description; None where two foods share one."""
    found: dict[str, Food | None] = {}
    for food in foods.values():
        for name in {folded(food.name), folded(food.usda_description)} - {""}:
            found[name] = food if found.get(name, food) is food else None
    return found


def is_total(text: str, words: RecordWords) -> bool:
    """Whether a line adds up others, so that it would count them twice: "Total", "Lunch total", "Total for day 1"."""
    whole = words.headings.get(heading_word(text).rstrip(":"))
    if whole is not None and whole.field == "total":
        return True
    said = [word for word in SPELT.findall(folded(text)) if word not in _LITTLE_WORDS]
    fields = [heading.field if (heading := words.headings.get(word)) else "" for word in said]
    return "total" in fields and all(
        field in ("total", "day", "meal") or known_meal(word, words) for word, field in zip(said, fields, strict=True)
    )


def unreadable(sheet_line: SheetLine, width: int) -> bool:
    """Whether a line has more cells than there are headings, so that nobody knows which is which."""
    return any(sheet_line.cells[width:])


def same_line(cells: Sequence[str]) -> str:
    """A line's cells as one text, to be shown."""
    return " | ".join(cell for cell in cells if cell)
