"""Which column of a record holds what: headings in several languages and of several programs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dashboard.tables.record_words import Heading, RecordWords, heading_word
from dashboard.tables.units import Units, folded
from dashboard.weeks.food_record.faults import Fault, RecordError, fault
from dashboard.weeks.food_record.sheet import Sheet, SheetLine

#: Headings stand in one of the first lines; what is above them is a title.
SEARCHED: Final = 12
KNOWN_MIN: Final = 2
_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
#: Kinds of units in which the numbers of a column can be. Another unit, or words in brackets ("per 100 g"), make them other numbers.
_AMOUNT: Final = ("mass", "volume", "measure", "count")
KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("amount", "component_amount", "serving"), _AMOUNT),
    **dict.fromkeys(("b12", "added"), ("mass",)),
}
#: Of the columns that were not read so many are named.
UNREAD_NAMED: Final = 8
#: Fields that say how much was taken. A supplement's B12 stands for all of it; where they say "2" beside it, that is told.
OF_FOODS: Final = ("amount", "unit", "serving")
#: Headings of a day that is a date.
DATES: Final = ("date", "logdate", "dateofintake", "datum", "fecha", "data")
#: The field of a column that says whose a line is, or which line it is.
PERHAPS_PERSON: Final = "person_or_line"
#: Between the names in a fault. No cell has it.
BETWEEN: Final = "\n"


@dataclass(frozen=True, slots=True)
class Column:
    """One column that is read: its place, its heading as the file has it, and the unit its numbers are in.

    ``said``: what else the heading says of the numbers and this app does not know ("per week", "raw").
    """

    index: int
    heading: str
    unit: str
    said: str = ""


@dataclass(frozen=True)
class Columns:
    """The columns of a record by field, how many cells a line has, and where the lines begin."""

    by_field: Mapping[str, Column]
    width: int
    first_line: int
    lines: tuple[SheetLine, ...]

    def cell(self, line: SheetLine, field: str) -> str:
        """What a line says of a field; empty where the file has no such column."""
        column = self.by_field.get(field)
        return line.cells[column.index] if column and column.index < len(line.cells) else ""

    def has(self, *fields: str) -> bool:
        """Whether the file has all of these columns."""
        return all(field in self.by_field for field in fields)


def known_heading(text: str, words: RecordWords, units: Units) -> tuple[Heading | None, str, str]:
    """What a heading means, the unit it names in brackets, "Menge (g)", "B12 (Cobalamin) (µg)", and what else stands in brackets."""
    plain = folded(text.strip("\ufeff*: "))
    asides = _BRACKETS.findall(plain)
    unit = next((units[aside].unit for aside in reversed(asides) if aside in units.by_word), "")
    others = [aside for aside in asides if aside and aside not in units.by_word]
    bare = folded(_BRACKETS.sub(" ", plain).replace(",", " "))
    found, said = _named(plain, bare, others, words)
    if found is None and (tail := re.fullmatch(r"(.+?)[ _]([^ _]+)", bare)) and tail[2] in units.by_word:
        # "amount_g", "Vitamin B12 µg"
        found, said = _named(tail[1], tail[1], others, words)
        unit = unit or units[tail[2]].unit
    return found, unit or (found.unit if found else ""), said


def _named(whole: str, bare: str, others: Sequence[str], words: RecordWords) -> tuple[Heading | None, str]:
    """The heading that a name is, with what stands in brackets or without it, and what of the brackets is then no part of the name."""
    found = words.headings.get(heading_word(whole))
    if found is None and all(any(map(str.isalpha, other)) for other in others):
        found = words.headings.get(heading_word(" ".join([bare, *others])))
    return (found, "") if found else (words.headings.get(heading_word(bare)), " ".join(others))


def known_in(line: SheetLine, words: RecordWords, units: Units) -> dict[str, tuple[int, Column]]:
    """The fields that a line names, were it the headings. Of two columns for a field the better known word is read."""
    found: dict[str, tuple[int, Column]] = {}
    for index, text in enumerate(line.cells):
        heading, unit, said = known_heading(text, words, units) if text else (None, "", "")
        if heading is None or not _holds(heading.field, unit, said, units):
            continue
        if heading.field not in found or heading.rank < found[heading.field][0]:
            found[heading.field] = (heading.rank, Column(index, text, unit, said if heading.field in KINDS else ""))
    return found


def _holds(field: str, unit: str, said: str, units: Units) -> bool:
    """Whether the numbers under a heading are what its field holds. B12 "(µg/100 g)" or "(% DV)" is not B12 of the line."""
    kinds = KINDS.get(field)
    if kinds is None or (field in ("b12", "added") and said):
        return kinds is None
    return not unit or units[unit].kind in kinds


def heading_score(lines: Sequence[SheetLine], words: RecordWords, units: Units) -> int:
    """How many fields the best of the first lines names."""
    return max((len(known_in(line, words, units)) for line in lines[:SEARCHED]), default=0)


def find_columns(sheet: Sheet, words: RecordWords, units: Units) -> tuple[Columns, list[Fault]]:
    """The columns of a record, and what was passed over on the way to them.

    Raises
    ------
    RecordError
        No line has headings that are known, or the file holds totals and no foods.
    """
    candidates = sheet.lines[:SEARCHED]
    named = [known_in(line, words, units) for line in candidates]
    at = max(range(len(candidates)), key=lambda n: (len(named[n]), -n))
    fields = {field: column for field, (_, column) in named[at].items()}
    first = candidates[at]
    if len(fields) < KNOWN_MIN:
        top = candidates[0]
        if len(top.cells) == 1 and _words_known(top.cells[0], words, units) >= KNOWN_MIN:
            raise RecordError(fault("unknown-delimiter", line=top.number, read=top.cells[0][:120]))
        raise RecordError(fault("no-headings", line=top.number, read=" | ".join(top.cells)[:120]))
    faults = [fault("above-headings", line=line.number, read=" ".join(line.cells)[:80]) for line in candidates[:at]]
    rest = sheet.lines[at + 1 :]
    while rest and len(known_in(rest[0], words, units)) >= KNOWN_MIN:
        faults.append(fault("second-headings", line=rest[0].number, read=" | ".join(rest[0].cells)[:80]))
        rest = rest[1:]
    if rest and (units_below := _units_row(rest[0], fields, units)):
        faults.append(fault("second-headings", line=rest[0].number, read=" | ".join(rest[0].cells)[:80]))
        fields = {field: replace(column, unit=units_below.get(field, column.unit)) for field, column in fields.items()}
        rest = rest[1:]
    fields = _with_person(_with_dates(_of_one_kind(fields), first, rest), rest, faults)
    faults += _unread(first, fields)
    if "component" in fields:
        fields = _component_columns(fields, first)
    if "serving" in fields and "amount" not in fields:
        fields = fields | {"amount": fields["serving"]}
    if not {"food", "code", "supplement", "supplement_code"} & set(fields):
        mfp = {"meal", "energy"} <= set(fields) and any(folded(cell) == "note" for cell in first.cells)
        totals = "energy" in fields or "b12" in fields
        code = "myfitnesspal" if mfp else "totals" if totals else "no-food-column"
        raise RecordError(fault(code, line=first.number, read=" | ".join(first.cells)[:120]))
    amounts = ("amount", "unit", "supplement_amount") if "supplement" not in fields else ("supplement",)
    if not set(amounts) & set(fields) and "supplement_code" not in fields:
        raise RecordError(fault("no-amount-column", line=first.number, read=" | ".join(first.cells)[:120]))
    counts = Counter(folded(text) for text in first.cells if text)
    twice = {folded(text): text for text in first.cells if text and counts[folded(text)] > 1}
    faults += [fault("heading-twice", line=first.number, column=text) for text in twice.values()]
    return Columns(fields, len(first.cells), first.number, rest), faults


def _of_one_kind(fields: Mapping[str, Column]) -> dict[str, Column]:
    """The fields of a file of foods, or of supplements. A line of both is a food, and the other column is named as not read."""
    foods_too = "food" in fields and "supplement_code" not in fields
    of_supplements = bool({"supplement", "supplement_code"} & set(fields))
    passed = ("supplement",) if foods_too else OF_FOODS if of_supplements else ()
    return {field: column for field, column in fields.items() if field not in passed}


def _with_dates(fields: Mapping[str, Column], headings: SheetLine, lines: Sequence[SheetLine]) -> Mapping[str, Column]:
    """The fields, with the column of dates as the day where it tells more days apart than the column that was found: "1" of two weeks."""
    day = fields.get("day")
    date = next((index for index, text in enumerate(headings.cells) if heading_word(text) in DATES), None)
    if day is None or date is None or date == day.index:
        return fields

    def told_apart(column: int) -> int:
        return len({line.cells[column] if column < len(line.cells) else "" for line in lines})

    return {**fields, "day": Column(date, headings.cells[date], "")} if told_apart(date) > told_apart(day.index) else fields


def _with_person(fields: Mapping[str, Column], lines: Sequence[SheetLine], faults: list[Fault]) -> dict[str, Column]:
    """The fields, with a column called "id" or "name" as that of the people, unless it numbers the lines or the foods. Either is told."""
    kept = {field: column for field, column in fields.items() if field != PERHAPS_PERSON}
    column = fields.get(PERHAPS_PERSON)
    if column is None or "person" in fields:
        return kept
    food = fields.get("food") or fields.get("code")
    cells = [tuple(line.cells[of.index] if of and of.index < len(line.cells) else "" for of in (column, food)) for line in lines]
    people, foods = {who for who, _ in cells} - {""}, {what for _, what in cells}
    if len(people) > 1 and len(people) in (len(lines), len(foods)) and len(set(cells)) == len(people):
        faults.append(fault("lines-numbered", column=column.heading))
        return kept
    if len(people) > 1:
        faults.append(fault("people-read", column=column.heading, people=len(people)))
    return kept | {"person": column}


def _unread(headings: SheetLine, fields: Mapping[str, Column]) -> list[Fault]:
    """The notice of the columns that are not read: "% eaten" may change every amount."""
    read = {column.index for column in fields.values()}
    unread = [text for index, text in enumerate(headings.cells) if text and index not in read]
    more = max(len(unread) - UNREAD_NAMED, 0)
    return [fault("columns-unread", headings.number, read=BETWEEN.join(unread[:UNREAD_NAMED]), more=more)] if unread else []


def _words_known(text: str, words: RecordWords, units: Units) -> int:
    """How many words of a line that was not cut are headings."""
    return sum(known_heading(word, words, units)[0] is not None for word in re.findall(r"\w+", text))


def _units_row(line: SheetLine, fields: Mapping[str, Column], units: Units) -> dict[str, str]:
    """The units of the columns where a line below the headings holds these and no amounts: "(g)", "µg"."""
    if any(sign.isdigit() for cell in line.cells for sign in cell if not _unit_of(cell, units)):
        return {}
    counted = {field: fields[field] for field in ("amount", "b12", "added", "energy") if field in fields}
    said = {field: line.cells[column.index] for field, column in counted.items() if column.index < len(line.cells)}
    found = {field: _unit_of(cell, units) for field, cell in said.items() if cell}
    return found if found and all(found.values()) else {}


def _unit_of(cell: str, units: Units) -> str:
    """The unit that a cell is, alone or in brackets; empty when it is none."""
    bare = folded(cell).strip("()[] ")
    return units[bare].unit if bare in units.by_word else ""


def _component_columns(fields: Mapping[str, Column], headings: SheetLine) -> dict[str, Column]:
    """The columns of a file in which each food is cut into its components: the line is a component, and the food is not read.

    Raises
    ------
    RecordError
        No column says how much of the component was eaten. The amount of the whole food stands on each of its lines and would
        count as often.
    """
    if "component_amount" not in fields:
        raise RecordError(fault("components-without-amount", line=headings.number, column=fields["component"].heading))
    of_food = ("food", "code", "amount", "unit")
    read = {"component": "food", "component_code": "code", "component_amount": "amount"}
    kept = {field: column for field, column in fields.items() if field not in of_food and field not in read}
    return kept | {read[field]: column for field, column in fields.items() if field in read}
