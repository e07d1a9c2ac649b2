"""What the command line says: its help, its errors and the lines of its answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from dashboard.foods.usda.store import ReleaseRow
from dashboard.tables.science import Band, Reference
from dashboard.words import NO_VALUE, band_ug
from dashboard.words.amounts import NO_BREAK

ABOUT: Final = "Vitamin B12 intake, what is taken up of it, and what would help."
JSON_HELP: Final = "for machines"
SEVERAL_HELP: Final = "may be given more than once"
INPUT_NOT_TEXT: Final = "What was sent on standard input is not text in UTF-8."
NOT_TEXT: Final = "it is not a text file"
UNKNOWN_CONDITION: Final = "{word!r} is not a condition of this app. Known: {known}."
UNKNOWN_EXCLUSION: Final = "{word!r} is not an exclusion of this app. Known: {known}."
UNKNOWN_REFERENCE_SET: Final = "{word!r} is not a reference set of this app. Known: {known}."

PLAN_ABOUT: Final = "make a plan"
PLAN_NEW_ABOUT: Final = "The starter week of a diet type as a plan file."
SHOPS_IN_HELP: Final = "where the food is bought; else it goes with the reference set"
UNFORTIFIED_HELP: Final = "the version of the week without fortified food"
LINK_ABOUT: Final = "a plan as a link and back"
LINK_ENCODE_ABOUT: Final = "A plan file as a link."
LINK_DECODE_ABOUT: Final = "A link as a plan file."
BASE_HELP: Final = "address of the app, e.g. https://example.org/"
SHARE_CONDITIONS_HELP: Final = "conditions and medicines go into the link"

ASSESS_ABOUT: Final = "What a plan comes to."
SUGGEST_ABOUT: Final = "Foods and regimens that bring what is missing."
OUTLOOK_ABOUT: Final = "How the body's stores move over years under a plan."
YEARS_HELP: Final = "1 to {most}"
START_HELP: Final = "what is in store today, where it is known"
DAY_LINE: Final = "  {name:<12} {intake:>11}   usable {usable}"
DAY_NOT_ENTERED: Final = "  {name:<12} {intake:>11}"

ABSORB_ABOUT: Final = "How much of one dose is taken up."
DOSE_WRONG: Final = "The dose must be between 0 and {most:,.0f} µg."
REFERENCE_ABOUT: Final = "Rows of the reference table."
AGE_WRONG: Final = "Age must be between 0 and {most} years."
NOT_CHECKED: Final = "(not checked against the original)"

FOODS_ABOUT: Final = "the food table"
FOODS_SEARCH_ABOUT: Final = "Foods by name."
FOODS_SHOW_ABOUT: Final = "One food in full."
FOODS_DIET_ABOUT: Final = "The diet class of foods, and why."
QUERIES_HELP: Final = "one query a line"
FOOD_IDS_HELP: Final = "a food id or an fdc_id; may be several"

USDA_ABOUT: Final = "USDA's releases"
USDA_IMPORT_ABOUT: Final = "Read USDA's zips (SR Legacy, FNDDS, Foundation, Branded) into the local file."
USDA_DOWNLOAD_ABOUT: Final = "Fetch releases from USDA and import them. Without a name: SR Legacy, FNDDS and Foundation."
USDA_STATUS_ABOUT: Final = "Which releases are imported, and how many of their foods have, lack or have zero B12."
ZIP_HELP: Final = "as USDA ships it"
RELEASE_HELP: Final = "a name of data/usda_releases.csv, such as branded"
ONLY_FETCH_HELP: Final = "do not import"
NOTHING_IMPORTED: Final = "No USDA release is imported. Fetch and import them with: python -m dashboard usda download"
BAR_WIDTH: Final = 30
MEGABYTE: Final = 2**20
FETCHING: Final = "{name} {here:,.1f} MB"
FETCHING_OF: Final = "{name} [{bar:<{width}}] {here:,.1f} of {total:,.1f} MB"
IMPORTING: Final = "{name}: {what} ..."
IMPORT_STEPS: Final = {"foods": "foods", "nutrients": "nutrients", "diet-classes": "diet classes", "search-index": "search index"}
RELEASE: Final = "- {name}: {foods:,} foods, {with_b12:,} with a B12 value ({zero:,} of them zero), {missing:,} with no value"
RELEASE_SUPERSEDED: Final = "    {count:,} of them are in a newer release too, which is used instead"
RELEASE_REPORTED: Final = "    {count:,} figures look wrong in USDA's file and are not used"

RECORD_ABOUT: Final = "A food record from elsewhere as plans; what is not clear is listed and left out."
RECORD_FILES_HELP: Final = "CSV or .xlsx; the items and supplements (INS) of one ASA24 study together"
RECORD_PERSON_HELP: Final = "only this person of the file"
RECORD_MEAL_HELP: Final = "what a meal's name means, e.g. 'Meal 1=breakfast'; may be given more than once"
RECORD_BELIEVE_HELP: Final = "whose B12 counts where the file's is not the table's"

VALIDATE_ABOUT: Final = (
    "The estimate against published observations: what agrees, what does not, and by which rule. "
    "Ends with status 1, after the table, when a claim of data/ is no longer true."
)
REPORT_ABOUT: Final = "The printed page of a plan as PDF or HTML, or its foods for a spreadsheet."
BATCH_ABOUT: Final = "Many people in one go: one row a person, bad files and lines named on stderr."

PLAN_HELP: Final = "a file, a link, or - for standard input"
REPORT_OUT_HELP: Final = "where to write it; .pdf and .html are the printed page, .csv and .xlsx every food with its figures"
REPORT_CODE_HELP: Final = "initials or a number, for this print only"
REPORT_CONDITIONS_HELP: Final = "conditions and medicines, and what depends on them, stand on the page"
REPORT_FOODS_HELP: Final = "a second page with every food"
REPORT_PAPER_HELP: Final = "paper size"
LOCALE_HELP: Final = "whose spreadsheet opens a .csv: en (comma, decimal point) or de (semicolon, decimal comma)"
REPORT_ENDING: Final = "A report ends in {endings}; {given} is none of them."
NOT_WRITTEN: Final = "{file} could not be written: {reason}. Nothing was left behind."
ITEMS_SHEET: Final = "foods"

BATCH_HELP: Final = "plan files, food records of many people, or the items and supplements files of one ASA24 study together"
BATCH_OUT_HELP: Final = "one row a person: .csv, .xlsx or .parquet"
BATCH_PROCESSES_HELP: Final = "how many processes work at once; the default is one a core"
BATCH_DASK_HELP: Final = "address of a Dask scheduler (needs the optional package distributed)"
BATCH_ENDING: Final = "The results end in {endings}; {given} is none of them."
BATCH_BAD: Final = "{file}: {reason}"
BATCH_NOBODY: Final = "No plan could be read from these files."
BATCH_PROGRESS: Final = "{done} people"
BATCH_DONE: Final = "{people} people written to {file}."
NO_DASK: Final = "A Dask cluster needs the optional package distributed: pip install distributed"


def not_a_command(message: str, program: str) -> str:
    """What argparse found wrong, as a sentence, and where the help is."""
    return f"{message[:1].upper()}{message[1:]}. See: {program} --help"


def cannot_be_read(name: str, error: Exception) -> str:
    """A file that was named cannot be read: the system's reason, or that it is no text."""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else NOT_TEXT
    return f"{name} cannot be read: {reason}."


def taken_up(dose_ug: float, amount: Band, percent: float) -> str:
    """How much of one dose is taken up. [µg, %]"""
    return f"{dose_ug:g} µg swallowed, {band_ug(amount)} taken up ({percent:.2g}{NO_BREAK}%)."


def reference_row(row: Reference) -> str:
    """One row of the reference table as a line."""
    ages = f"{row.age_from_years:g}+" if row.age_below_years is None else f"{row.age_from_years:g} to <{row.age_below_years:g}"
    doubt = f"  {NOT_CHECKED}" if row.mark == "unsure" else ""
    return f"{row.reference_set:<13} {row.life_stage:<14} {ages:<12} y  {row.kind:<9} {row.value_ug:g} {row.unit}{doubt}"


def food_row(food: Mapping[str, Any]) -> str:
    """One food that was found as a line; its keys are those of ``foods search --json``."""
    b12 = food["b12_ug_per_100g"]
    amount = NO_VALUE if b12 is None else f"{b12:g} µg/100 g"
    return f"{food['id']:<18} {food['name']:<50} {amount:>16}  {food['diet']}"


def releases(rows: Sequence[ReleaseRow]) -> list[str]:
    """The imported releases, line by line."""
    lines = []
    for row in rows:
        lines.append(RELEASE.format(name=row.name, foods=row.foods, with_b12=row.with_b12, zero=row.zero_b12, missing=row.missing_b12))
        if row.in_use < row.foods:
            lines.append(RELEASE_SUPERSEDED.format(count=row.foods - row.in_use))
        if row.reported:
            lines.append(RELEASE_REPORTED.format(count=row.reported))
        if row.notes:
            lines.append(f"    {row.notes}")
    return lines


def importing(name: str, step: str) -> str:
    """What an import is doing; ``step`` is one of :data:`IMPORT_STEPS`."""
    return IMPORTING.format(name=name, what=IMPORT_STEPS[step])


def fetching(name: str, here: int, total: int | None) -> str:
    """How far a download is, with a bar where its size is known. [bytes]"""
    if not total:
        return FETCHING.format(name=name, here=here / MEGABYTE)
    bar = "=" * int(BAR_WIDTH * here / total)
    return FETCHING_OF.format(name=name, bar=bar, width=BAR_WIDTH, here=here / MEGABYTE, total=total / MEGABYTE)


def contains(what: Iterable[str]) -> str:
    """Why a food of the table has its diet class: what is in it."""
    return f"contains {', '.join(sorted(what))}"
