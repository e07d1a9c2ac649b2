"""A file becomes a food record: its people, their days and lines, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dashboard.plan import DOSE_MAX_UG, MEALS
from dashboard.quantities import Quantity, read_in
from dashboard.tables.record_words import RecordWords, load_record_words
from dashboard.tables.tables import Tables
from dashboard.tables.units import folded
from dashboard.weeks.food_record.days import DayKey, in_order, read_days
from dashboard.weeks.food_record.faults import Fault, RecordError, fault
from dashboard.weeks.food_record.headings import Columns, find_columns, heading_score
from dashboard.weeks.food_record.lines import (
    DATA_MISSING,
    FINISHED,
    Line,
    Reader,
    decimal_mark,
    is_total,
    named_once,
    same_line,
    unreadable,
)
from dashboard.weeks.food_record.sheet import SheetLine, read_sheet

NO_DAY: Final = DayKey("none")
#: How often one kind of fault is listed line by line before the rest are only counted.
EACH_TOLD: Final = 20
#: ASA24's number of an occasion at which only a supplement was taken.
ONLY_SUPPLEMENT: Final = "8"


@dataclass(frozen=True, slots=True)
class SupplementLine:
    """One supplement of an ASA24 INS file. ``dose_ug`` None: the file has no B12 figure for it. [µg in the amount taken]"""

    number: int
    person: str
    day: DayKey
    code: str
    text: str
    dose_ug: float | None
    with_food: bool


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """What one person of a file ate: the days in order, and the lines of all of them."""

    code: str
    days: tuple[DayKey, ...]
    day_texts: tuple[str, ...]
    lines: tuple[Line, ...]
    supplements: tuple[SupplementLine, ...] = ()

    def meal_names(self) -> tuple[str, ...]:
        """Names of meals that have to be asked, each once, as the file writes them first."""
        names = {folded(line.meal_name): line.meal_name for line in reversed(self.lines) if not line.meal and line.read}
        return tuple(reversed(names.values()))


@dataclass(frozen=True, slots=True)
class FoodRecord:
    """What a file gave. No people: it is no record, and the faults say why."""

    people: tuple[PersonRecord, ...] = ()
    faults: tuple[Fault, ...] = ()

    def person(self, code: str) -> PersonRecord | None:
        """The person of a code."""
        return next((person for person in self.people if person.code == code), None)


def read_record(data: bytes, tables: Tables) -> FoodRecord:
    """Reads a food record. Never raises: what could not be read stands in ``faults``.

    Knows CSV with headings in English, German, French and Spanish, Excel workbooks, Cronometer's servings, ASA24's items
    and supplements (INS), and NDSR's food and component files.
    """
    words = load_record_words()
    try:
        sheet = read_sheet(data, lambda lines: heading_score(lines, words, tables.units))
        columns, passed = find_columns(sheet, words, tables.units)
    except RecordError as error:
        return FoodRecord(faults=(error.fault,))
    faults = [*sheet.faults, *passed]
    lines = _filled_from_above(columns, words, faults)
    if columns.has("supplement") or columns.has("supplement_code"):
        record = _supplements(columns, lines, tables, faults)
    else:
        record = _foods(columns, lines, tables, words, faults)
    if not record.people:
        return replace(record, faults=(*record.faults, fault("no-lines")))
    return record


def read_records(files: Sequence[tuple[str, bytes]], tables: Tables) -> FoodRecord:
    """Several files, by name, as one record: the items and the supplements of a person stand in two files of ASA24.

    Each line and each fault keeps the name of its file. Foods or supplements of one person and day in two files are added
    together, which is told: they may be two people of one code, or one record twice. So is that files name no person.
    """
    if len(files) == 1:
        return read_record(files[0][1], tables)
    records = [
        _of_file(read_record(data, tables), name) for name, (_, data) in zip(_apart([name for name, _ in files]), files, strict=True)
    ]
    people: dict[str, PersonRecord] = {}
    faults = [one for record in records for one in record.faults]
    for person in (person for record in records for person in record.people):
        held = people.get(person.code)
        people[person.code] = _added(held, person, faults) if held else person
    return FoodRecord(tuple(people.values()), tuple(faults))


def _apart(names: Sequence[str]) -> list[str]:
    """The names of files, numbered where two are called the same."""
    found: dict[str, None] = {}
    for name in names:
        count, one = 1, name
        while one in found:
            count += 1
            one = f"{name} ({count})"
        found[one] = None
    return list(found)


def _of_file(record: FoodRecord, name: str) -> FoodRecord:
    """The record with the file's name on its lines and faults."""
    people = [replace(person, lines=tuple(replace(line, file=name) for line in person.lines)) for person in record.people]
    return FoodRecord(tuple(people), tuple(replace(one, file=name) for one in record.faults))


def _added(held: PersonRecord, person: PersonRecord, faults: list[Fault]) -> PersonRecord:
    """One person's days of two files."""
    texts = dict(zip((*held.days, *person.days), (*held.day_texts, *person.day_texts), strict=True))
    both = {line.day for line in held.lines} & {line.day for line in person.lines}
    both |= {line.day for line in held.supplements} & {line.day for line in person.supplements}
    faults += [fault("day-in-two-files", read=day_text, person=person.code) for day, day_text in texts.items() if day in both]
    if not person.code and (nobody := fault("nobody-named")) not in faults:
        faults.append(nobody)
    days = tuple(in_order(texts))
    lines, supplements = (*held.lines, *person.lines), (*held.supplements, *person.supplements)
    return PersonRecord(person.code, days, tuple(texts[day] for day in days), lines, supplements)


def _filled_from_above(columns: Columns, words: RecordWords, faults: list[Fault]) -> tuple[SheetLine, ...]:
    """The lines, each with its person, day and meal. An empty cell takes the value of the line above, and a fault says so."""
    lines: list[SheetLine] = []
    above: dict[str, str] = {}
    carried: dict[str, list[int]] = {}
    for line in columns.lines:
        cells = list(line.cells) + [""] * (columns.width - len(line.cells))
        for field in ("person", "day", "meal"):
            column = columns.by_field.get(field)
            if column is None:
                continue
            if cells[column.index]:
                if field != "meal" and above.get(field) != cells[column.index]:
                    above.pop("meal", None)
                above[field] = cells[column.index]
            elif field in above and not unreadable(line, columns.width) and not is_total(columns.cell(line, "food"), words):
                cells[column.index] = above[field]
                carried.setdefault(field, []).append(line.number)
        lines.append(SheetLine(line.number, tuple(cells)))
    for field, numbers in carried.items():
        faults.append(fault("carried-down", numbers[0], columns.by_field[field].heading, count=len(numbers)))
    return tuple(lines)


def _person(columns: Columns, line: SheetLine) -> str:
    return columns.cell(line, "person")


def _day_texts(columns: Columns, lines: Sequence[SheetLine], faults: list[Fault]) -> dict[str, DayKey]:
    """The day of each text of the file."""
    field = "recall" if columns.has("recall") else "day"
    if field not in columns.by_field:
        faults.append(fault("no-day-column"))
        return {"": NO_DAY}
    found = read_days(columns.cell(line, field) for line in lines)
    named = [text for text, key in found.keys.items() if key.kind == "name" and text and not text.startswith("=")]
    if named:
        faults.append(fault("day-names", column=columns.by_field[field].heading, read=", ".join(named[:5])))
    if found.mixed:
        faults.append(fault("dates-mixed", column=columns.by_field[field].heading, read=", ".join(list(found.keys)[:3])))
    return found.keys


def _day_text(columns: Columns, line: SheetLine) -> str:
    return columns.cell(line, "recall" if columns.has("recall") else "day")


def _foods(columns: Columns, lines: Sequence[SheetLine], tables: Tables, words: RecordWords, faults: list[Fault]) -> FoodRecord:
    """The people of a file of foods."""
    reader = Reader(columns, decimal_mark(columns), tables.foods, named_once(tables.foods), words, tables.units)
    keys = _day_texts(columns, lines, faults)
    read: dict[str, list[Line]] = {}
    texts: dict[tuple[str, DayKey], str] = {}
    again = _RepeatedWeekdays()
    for line in lines:
        if unreadable(line, columns.width):
            whole = same_line(line.cells)[:80]
            broken = fault("cells", line.number, read=whole, cells=len(line.cells), headings=columns.width)
            read.setdefault(_person(columns, line), []).append(_unreadable_line(columns, line, keys, broken))
            faults.append(broken)
            continue
        name = columns.cell(line, "food") or columns.cell(line, "code")
        if not name:
            heading = columns.by_field["food" if columns.has("food") else "code"].heading
            missing = fault("no-food", line.number, heading, same_line(line.cells)[:80])
            if not (columns.cell(line, "amount") or columns.cell(line, "b12")):
                faults.append(replace(missing, code="no-food-no-amount"))
            else:
                faults.append(missing)
                read.setdefault(_person(columns, line), []).append(_unreadable_line(columns, line, keys, missing))
            continue
        if is_total(name, words) or is_total(columns.cell(line, "meal"), words):
            faults.append(fault("total-line", line.number, read=name))
            continue
        person, text = _person(columns, line), _day_text(columns, line)
        made = reader.line(line, person, keys.get(text, NO_DAY), columns.cell(line, "meal"))
        day = again.day(person, made.day, made.meal, line.number, faults)
        read.setdefault(person, []).append(replace(made, day=day))
        texts.setdefault((person, day), text)
        _faults_of_line(columns, line, made, person, faults)
    people = []
    for person, lines_read in read.items():
        days = tuple(in_order(line.day for line in lines_read))
        people.append(PersonRecord(person, days, tuple(texts.get((person, day), "") for day in days), tuple(lines_read)))
    return FoodRecord(tuple(people), tuple(_shortened(faults)))


def _unreadable_line(columns: Columns, line: SheetLine, keys: Mapping[str, DayKey], why: Fault) -> Line:
    """A line of which nothing could be read; it stays open."""
    person, day = _person(columns, line), keys.get(_day_text(columns, line), NO_DAY)
    return Line(line.number, person, day, "", "", "", same_line(line.cells)[:80], "", faults=(why,))


def _faults_of_line(columns: Columns, line: SheetLine, made: Line, person: str, faults: list[Fault]) -> None:
    """Adds the faults of a line that was read all the same: a figure that could not be read, a day that was not completed."""
    faults += [one for one in made.faults if one.code in ("figure", "added-above-total")]
    for field in ("person", "day", "meal", "food"):
        if columns.cell(line, field).startswith("="):
            faults.append(fault("formula-cell", line.number, columns.by_field[field].heading, columns.cell(line, field)))
    status = columns.cell(line, "status").partition(".")[0]
    if status not in FINISHED:
        broken = fault("day-broken-off", read=_day_text(columns, line), person=person)
        if broken not in faults:
            faults.append(broken)


class _RepeatedWeekdays:
    """Tells a second Monday from the first: in a record of weekdays the name comes back, and its meals begin anew."""

    def __init__(self) -> None:
        self.now: dict[str, DayKey] = {}
        self.last_meal: dict[tuple[str, DayKey], int] = {}

    def day(self, person: str, key: DayKey, meal: str, number: int, faults: list[Fault]) -> DayKey:
        """The day of the next line of a person."""
        if key.kind != "weekday":
            return key
        at = MEALS.index(meal) if meal in MEALS[:3] else -1
        now = self.now.get(person)
        counted = [held for who, held in self.last_meal if who == person and held.parts == key.parts]
        latest = max(counted, key=lambda held: held.again, default=key)
        begins_anew = at < 0 or at <= self.last_meal.get((person, latest), -1)
        if counted and begins_anew and (now is None or now.parts != key.parts):
            latest = replace(latest, again=latest.again + 1)
            faults.append(fault("weekday-again", number, read=str(key.parts[0])))
        self.now[person] = latest
        self.last_meal[person, latest] = max(at, self.last_meal.get((person, latest), -1))
        return latest


def _supplements(columns: Columns, lines: Sequence[SheetLine], tables: Tables, faults: list[Fault]) -> FoodRecord:
    """The people of a file of supplements (ASA24 INS)."""
    keys = _day_texts(columns, lines, faults)
    read: dict[str, list[SupplementLine]] = {}
    texts: dict[tuple[str, DayKey], str] = {}
    heading = columns.by_field["b12"].heading if columns.has("b12") else ""
    unit = columns.by_field["b12"].unit or "µg" if columns.has("b12") else "µg"
    for line in lines:
        text = columns.cell(line, "supplement") or columns.cell(line, "supplement_code")
        figure = columns.cell(line, "b12")
        found = read_in(f"{figure} {unit}", tables.units, "µg", 0, DOSE_MAX_UG) if figure else None
        missing = columns.cell(line, "complete").partition(".")[0] == DATA_MISSING
        dose = found.value if isinstance(found, Quantity) and not missing else None
        if figure and dose is None and not missing:
            faults.append(fault("figure", line.number, heading, figure))
        person, day_text = _person(columns, line), _day_text(columns, line)
        day = keys.get(day_text, NO_DAY)
        alone = columns.cell(line, "meal") == ONLY_SUPPLEMENT
        read.setdefault(person, []).append(
            SupplementLine(line.number, person, day, columns.cell(line, "supplement_code") or text, text, dose, not alone)
        )
        texts.setdefault((person, day), day_text)
        if dose is None:
            faults.append(fault("supplement-unknown", line.number, read=text))
    people = []
    for person, made in read.items():
        days = tuple(in_order(line.day for line in made))
        people.append(PersonRecord(person, days, tuple(texts[person, day] for day in days), (), tuple(made)))
    return FoodRecord(tuple(people), tuple(_shortened(faults)))


def _shortened(faults: Sequence[Fault]) -> list[Fault]:
    """The faults, the first of each kind line by line and the rest counted."""
    kept: list[Fault] = []
    counts: dict[str, int] = {}
    for one in faults:
        counts[one.code] = counts.get(one.code, 0) + 1
        if counts[one.code] <= EACH_TOLD:
            kept.append(one)
    return [*kept, *(fault("more", of=code, count=count - EACH_TOLD) for code, count in counts.items() if count > EACH_TOLD)]
