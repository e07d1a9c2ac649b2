"""What is said about a food record: what could not be read, what is asked, what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from dashboard.plan import WEEKDAYS
from dashboard.quantities import Question, Refusal
from dashboard.tables.foods import Food
from dashboard.weeks.food_record.faults import Fault
from dashboard.weeks.food_record.headings import BETWEEN
from dashboard.weeks.food_record.lines import Line
from dashboard.words import grams, lines_left_out, plural
from dashboard.words import quantities as amounts
from dashboard.words.quantities import quoted

#: What a file must have, said the same way wherever it has not.
NEEDED: Final = "A record needs one line a food, with columns for day, meal, food, amount and unit (in English, German, French or Spanish)."

FAULTS: Final = {
    # The file as a whole
    "empty": "The file is empty. " + NEEDED,
    "too-large": "The file is larger than {limit} MB, so it was not opened. Split it by person or by week.",
    "too-many-lines": "The file has {lines} lines; at most {limit} can be read at once, so none was read. Split it by person or by week.",
    "pdf": "The file is a PDF, whatever its name says. Save the record as CSV or as an Excel workbook (.xlsx).",
    "xls": "The file is a workbook of an old Excel (.xls). Open it and save it as .xlsx or as CSV.",
    "ods": "The file is a LibreOffice sheet (.ods). Open it and save it as .xlsx or as CSV.",
    "zip": "The file is a packed folder. Unpack it and choose the file with one line a food.",
    "workbook": "The Excel workbook is damaged or locked with a password. Open it and save it again as .xlsx or as CSV.",
    "picture": "The file is a picture. A record has to be a table: CSV or an Excel workbook (.xlsx).",
    "json": "The file is no food record. If this app saved it, open it under “Open a saved plan”.",
    "web-page": "The file is a web page, whatever its name says. Save the record as CSV or as an Excel workbook (.xlsx).",
    "not-text": "Line {line} of the file holds signs that are no text (after “{read}”), so it is damaged or no CSV. Save it again as CSV.",
    "no-headings": "No headings were found. Line {line} reads “{read}”. " + NEEDED,
    "unknown-delimiter": (
        "Line {line} reads “{read}”, and the sign between its columns is not known. "
        "Save the file as CSV with commas, semicolons or tabs between the columns."
    ),
    "no-food-column": "No column names the foods. The headings in line {line} are “{read}”. " + NEEDED,
    "no-amount-column": "No column says how much was eaten. The headings in line {line} are “{read}”. " + NEEDED,
    "myfitnesspal": (
        "This is MyFitnessPal's nutrition summary (line {line}). It holds totals of meals and names no foods, so no B12 can be told "
        "from it. MyFitnessPal has no export of single foods; type the days in, or use a record that lists the foods."
    ),
    "totals": "The file holds totals and names no foods (headings in line {line}: “{read}”). Export the list of foods instead.",
    "components-without-amount": (
        "The file cuts each food into its components (column “{column}”, headings in line {line}) and does not say how much of each was "
        "eaten. Export the list of foods instead; in NDSR that is the food file."
    ),
    "no-lines": "The file has headings but no line with a food.",
    # Passed over or read in a certain way
    "above-headings": "Line {line} stands above the headings and was not read: “{read}”.",
    "second-headings": "Line {line} is a second line of headings and was not read as a food: “{read}”.",
    "heading-twice": "Two columns are called “{column}” (line {line}). The first was read.",
    "columns-unread": (
        "Columns that were not read: {columns}. Where one of them changes an amount (such as % eaten), correct its lines. "
        "Where one says who ate, call it “person” and open the file again."
    ),
    "people-read": "Column “{column}” was read as whose the lines are: {people} people. If they are one, take the column out of the file.",
    "lines-numbered": (
        "Column “{column}” differs on every line or for every food, so it was not read as whose the lines are: all are one person's. "
        "If it says who ate, call it “person” and open the file again."
    ),
    "day-names": "Column “{column}” names days in words that are not known here ({read}). Each was read as one day.",
    "merged": "Some cells are merged ({read}). Each cell of them was read as if the text stood in it.",
    "formula-text": "line {line}, column “{column}” holds a formula (“{read}”) and no amount",
    "formula-cell": "Line {line}, column “{column}” holds a formula (“{read}”). It was read as it is written.",
    "formula": "Line {line}, column {column}: a formula without a result (“{read}”) was read as empty. Save the file again in Excel.",
    "quote-open": (
        "Lines {line} to {last} were read as one line, because a quotation mark in line {line} is not closed: “{read}”. "
        "Close it and open the file again, or the others are missing."
    ),
    "one-sheet": "The workbook has {sheets} sheets. Only “{read}” was read.",
    "carried-down": "From line {line} on, column “{column}” is empty in {lines}. What stands above was read for it.",
    "no-day-column": "The file names no days, so all lines were read as one day.",
    "dates-mixed": "Column “{column}” mixes the order of day and month ({read} …). Each date stayed a day of its own, in the file's order.",
    "cells": "Line {line} has {cells} cells under {headings} headings, so nobody knows which is which: “{read}”. It was left out.",
    "no-food": "Line {line} names no food in column “{column}”: “{read}”. It was left out.",
    "no-food-no-amount": "Line {line} names no food and no amount (“{read}”), so it was not read as something eaten.",
    "total-line": "Line {line} (“{read}”) adds up other lines, so it was not counted again.",
    "figure": "Line {line}, column “{column}”: “{read}” is not a figure that can be read. It counts as unknown.",
    "added-above-total": (
        "Line {line}, column “{column}”: added B12 {read} is more than its total {total} µg. The added part counts as unknown."
    ),
    "day-broken-off": "The recall of day {read}{who} was broken off, so some of that day is missing.",
    "day-in-two-files": (
        "What person “{person}” took on day “{read}” stands in two files, so it was added together. "
        "If they are two people, or one record twice, open one file at a time."
    ),
    "nobody-named": ("The files name nobody, so they were read as one person's. If they are two people, open one file at a time."),
    "weekday-again": "In line {line} a second {weekday} begins. It was read as a day of its own.",
    "supplement-unknown": "Line {line}: the file has no B12 figure for the supplement “{read}”. It counts as unknown and was left out.",
    # The plan
    "nothing-taken": "No line of the record is clear enough to be taken over.",
    "too-many-days": "The record has {days} days; a plan holds {limit}. The first {limit} were taken.",
    "meal-full": "{read}: a meal holds {limit} foods. {count} more were left out.",
    "food-heavy": "{read}: a plan holds at most {limit} g of one food in a meal. {count} more lines of it were left out.",
    "food-strong": (
        "Line {line} (“{read}”) has more B12 than so few grams of a food can hold. Lines left out for this: {count}. "
        "If it is a tablet or a spray, add it under Supplements."
    ),
    "food-little": (
        "Line {line} (“{read}”) is less than a plan holds: amounts are held in steps of {limit} g. Lines left out for this: {count}."
    ),
    "amount-rounded": "Line {line} (“{read}”): a plan holds amounts in steps of {limit} g. Lines rounded for this: {count}.",
    "supplement-little": "A plan holds doses in steps of {limit} µg. Smaller doses left out: {count}.",
    "names-lost": (
        "The record has more foods than a plan can name. {lost} of them, without B12 or without a value, were put together; "
        "no figure is lost."
    ),
    "foods-full": "A plan holds {limit} foods from outside the table. {count} lines found no room and were left out.",
    "supplement-form": "The file does not say which form the supplements had. They were read as tablets: check them under Supplements.",
    "supplements-full": "A plan holds {limit} supplements. {count} more were left out.",
    "supplements-alone": (
        "A file of supplements names only days on which one was taken, so they were read as taken every day. "
        "Open it together with the items file of the same days."
    ),
    # One line
    "food": "no food of exactly this name",
    "amount-large": "“{read}” is more than {limit} g",
}
#: Before what is told of one of several files.
IN_FILE: Final = "{file}: {said}"
FILE_NAME_MAX: Final = 40
LINE: Final = "line {line}"
LINE_OF_FILE: Final = "line {line} of “{file}”"
_AND_MORE: Final = " and {count} more"
_MORE: Final = "{count} more notes of this kind are not listed: {example}"
MEAL_UNKNOWN: Final = "“{name}” is none of the four meals"
MEAL_MISSING: Final = "the file names no meal"


def fault(one: Fault) -> str:
    """One thing that was not read, or was read in a way the reader should know."""
    values = dict(one.values)
    if one.code == "more":
        return _MORE.format(count=values["count"], example=FAULTS[values["of"]].partition(".")[0].partition("{")[0].strip() or values["of"])
    if one.code == "columns-unread":
        values["columns"] = ", ".join(f"“{quoted(name)}”" for name in one.read.split(BETWEEN))
        more = int(values.get("more", 0))
        values["columns"] += _AND_MORE.format(count=more) if more else ""
    if one.code == "carried-down":
        values["lines"] = plural(int(values["count"]), "line")
    if one.code == "weekday-again":
        values["weekday"] = WEEKDAYS[int(one.read)]
    if one.code == "day-in-two-files":
        values["person"] = quoted(values["person"])
    if one.code == "day-broken-off":
        values["who"] = f" of {quoted(values['person'])}" if values.get("person") else ""
    if one.code in ("amount", "amount-asked"):
        return _amount(one)
    return FAULTS[one.code].format(line=one.line, column=quoted(one.column), read=_shown(one.read), **values)


def _shown(text: str) -> str:
    return quoted(text)


def _amount(one: Fault) -> str:
    """Why an amount was not taken, as the reader of numbers says it."""
    why = dict(one.values)["why"]
    if one.code == "amount-asked":
        return amounts.asked(Question(why, (), one.read))
    return amounts.refused(Refusal(why, one.read))


def faults(every: Iterable[Fault]) -> list[str]:
    """All of them, each sentence once."""
    return list(dict.fromkeys(IN_FILE.format(file=_file_name(one.file), said=fault(one)) if one.file else fault(one) for one in every))


def _file_name(file: str) -> str:
    """The end of a file's name, by which files are told apart."""
    return quoted(file[-FILE_NAME_MAX:])


def line_name(line: Line) -> str:
    """Which line it is, with its file where there are several."""
    return LINE_OF_FILE.format(line=line.number, file=_file_name(line.file)) if line.file else LINE.format(line=line.number)


def _begun(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def open_reason(line: Line) -> str:
    """Why a line is open, in one sentence without a full stop."""
    reasons = [fault(one).rstrip(".") for one in line.faults if one.code not in ("figure", "added-above-total")]
    if not line.meal and line.read:
        reasons.append(MEAL_UNKNOWN.format(name=quoted(line.meal_name)) if line.meal_name else MEAL_MISSING)
    return "; ".join(reasons) or LEFT_OUT


LEFT_OUT: Final = "left out"


def line_text(line: Line) -> str:
    """What the file says on a line."""
    return f"{quoted(line.text)} {quoted(line.amount)}".strip()


def differs(line: Line, table_ug: float) -> str:
    """One line whose B12 in the file is not the table's."""
    file = line.figures.b12_ug if line.figures else None
    in_table = amounts.figure(round(table_ug, 3))
    return f"{_begun(line_name(line))}, {line_text(line)}: {amounts.figure(file or 0.0)} µg in the file, {in_table} µg in the table."


def left_out(lines: int) -> str:
    """That lines are missing from the plan."""
    return f"{lines_left_out(lines).removesuffix('.')}, so the B12 here is “at least”."


def person_code(code: str) -> str:
    """Who a person of a file is; a file without names has one."""
    return quoted(code) or "one person"


# The page ----------------------------------------------------------------------------------------

INTRO: Final = (
    "A food record from elsewhere can become a plan: CSV or Excel with one line a food (headings in English, German, French or Spanish), "
    "Cronometer's servings, ASA24's items and supplements (INS), or NDSR's foods or components. Lines that are not clear are asked; "
    "none is guessed."
)
FILES: Final = "Food record (CSV or Excel; several files at once for one study)"
WHOSE: Final = "Whose record"
NOTES: Final = "What this app noticed in the file"
MEALS_ASKED: Final = "The file calls its meals by these names. Say once what each is:"
MEAL_OF: Final = "“{name}” is"
BELIEVE_TITLE: Final = "Where the file's B12 is not the table's"
BELIEVE: Final = {"table": "Count this app's figures (USDA)", "file": "Count the file's own figures"}
OPEN_TITLE: Final = "Lines to settle"
OPEN_INTRO: Final = (
    "Choose a food and an amount for each line, or leave the line out. A line without an answer is left out and counted as missing."
)
FOOD: Final = "Food for {line}"
SEARCH: Final = "Search another food"
AMOUNT: Final = "Amount"
MEAL: Final = "Meal"
DAY: Final = "Day"
FROM_FILE: Final = "As in the file"
LEAVE_OUT: Final = "Leave out"
WHICH_AMOUNT: Final = "Which amount for {line}"
EARLIER: Final = "Lines before"
LATER: Final = "Lines after"
NO_MATCH: Final = "No food found for these words."


def read_so_far(clear: int, still_open: int) -> str:
    """How much of a record is clear."""
    if not still_open:
        return f"Nothing is left to settle: {plural(clear, 'line')} clear."
    return f"{plural(clear, 'line')} clear, {plural(still_open, 'line')} left out so far."


def from_file(line: Line) -> str:
    """The choice of a line's food with the file's own figure."""
    b12 = line.figures.b12_ug if line.figures else None
    return f"{FROM_FILE} ({amounts.amount(b12, 'µg')} in it)" if b12 is not None else f"{FROM_FILE} (no B12 value)"


def listed_in(food: Food) -> str:
    """The measures that a food is listed in, so that one of them can be typed."""
    measures = [f"{portion.label} ({grams(portion.grams)})" for portion in food.portions]
    return f"It is listed in: {', '.join(measures)}." if measures else ""


def row(line: Line) -> str:
    """What the file says on a line that is asked, and why it is."""
    reason = open_reason(line)
    return f"{_begun(line_name(line))}: {line_text(line)}. {_begun(reason)}{'' if reason.endswith('?') else '.'}"


def shown_lines(first: int, last: int, every: int) -> str:
    """Which of the open lines are on screen."""
    return f"{first} to {last} of {every}"


ADDED_BY_HAND: Final = "I have added what was missing"


def reminder(lines: int) -> str:
    """On the Plan page: that the plan lacks lines of the record it was made of."""
    return f"{lines_left_out(lines)} Every figure here is “at least” until they are added."


INTO_PLAN: Final = "Put it into the plan on screen …"
INTO_PLAN_ASKED: Final = (
    "The days of the plan on screen are replaced by those of the record. Age, diet, conditions and supplements stay. "
    "Undo brings the days back."
)
INTO_PLAN_GO: Final = "Replace the days"
WHO_IS_IT: Final = "A food record says nothing of age, diet, conditions or medicines. Fill in “About me” before you read the figures."


def open_button(lines: int) -> str:
    """The button that makes a record the plan of a new person."""
    return f"Open {plural(lines, 'line')} as a new person"


def open_all(people: int) -> str:
    """The button that opens all people of a file at once."""
    return f"Open all {people} people of the file"


def done(lines: int, missing: int) -> str:
    """That a record became the plan."""
    return f"{plural(lines, 'line')} of the record are now your plan. {left_out(missing) if missing else ''}".strip()


# The command line --------------------------------------------------------------------------------


def no_such_person(code: str, codes: Iterable[str]) -> str:
    """That a file has no person of a code."""
    return f"The file has nobody called “{quoted(code)}”. It has: {', '.join(person_code(one) for one in codes)}."


def unreadable(name: str, why: str) -> str:
    """That a file cannot be opened."""
    return f"{quoted(name)} cannot be read{f': {why}' if why else ''}."


def meal_unclear(given: str, meals: Iterable[str]) -> str:
    """That an answer about a meal's name is none."""
    return f"“{quoted(given)}” does not say what a meal is. Write it like “Meal 1=breakfast”; the meals are {', '.join(meals)}."
