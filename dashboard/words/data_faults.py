"""What is said when a table of data/, a release of USDA's or the file of imported foods cannot be used."""

from __future__ import annotations

from typing import Final

from dashboard.tables.fault import TableError
from dashboard.words import day_list

#: Above the sentence, on the page that takes the place of every other.
TITLE: Final = "This app cannot show figures now"

_NO_FIGURES: Final = "No figure is shown, because it could be wrong."
_MEND: Final = (
    f"{_NO_FIGURES} For whoever runs this app: put the published file back into the folder data and start again. "
    "After a change on purpose, run: {command}"
)
_AGAIN: Final = "Download it again."

FAULTS: Final = {
    # Tables of data/
    "table-missing": f"The table {{file}} is missing. {_NO_FIGURES} For whoever runs this app: put it back into the folder data.",
    "table-unreadable": f"The table {{file}} cannot be opened: {{reason}}. {_NO_FIGURES}",
    "table-empty": f"The table {{file}} is empty. {_MEND}",
    "table-cut": f"The table {{file}} is not whole: it has {{rows:,}} rows, and {{expected:,}} are expected. {_MEND}",
    "table-damaged": f"The table {{file}} is damaged: it is not what was published with this app. {_MEND}",
    "table-unlisted": f"The table {{file}} is not in the list of tables, so it cannot be checked. {_MEND}",
    "keys-lost": f"The table {{file}} has lost rows that it must keep: {{keys}}. {_MEND} --removed, followed by their names",
    "manifest-unreadable": f"The list of tables, {{file}}, is damaged, so no table can be checked. {_MEND}",
    "cell-unreadable": f"A cell in the tables of {{tables}} cannot be read: {{reason}}. {_NO_FIGURES}",
    "row-uneven": f"{{table}}.csv, line {{line}}: the row has another number of cells than the header. {_NO_FIGURES}",
    "when-empty": f"A cell holds {{when!r}}, which has an empty alternative. {_NO_FIGURES}",
    "measure-unknown": "{expression!r} asks for something the model does not know.",
    "measure-without-answer": "{expression!r} cannot be worked out: {reason}.",
    "measure-without-need": "There is no need in absorbed terms by {reference_set} at the age of {age}.",
    "measure-without-value": "{food} has no value.",
    "unit-word-twice": f"units.csv: {{word!r}} means two units, {{units}}. {_NO_FIGURES}",
    "unknown-word": f"{{table}}.csv, row {{row}}: {{word}} is not a word that facts.csv explains. {_NO_FIGURES}",
    "unknown-condition": f"{{table}}.csv, row {{row}}: {{word}} is not a condition of conditions.csv. {_NO_FIGURES}",
    "word-not-allowed": f"{{table}}.csv, row {{row}}: {{word}} is not a word that may stand there; {{known}} are. {_NO_FIGURES}",
    "rule-without": f"{{table}}.csv, row {{row}} has nothing in the column {{missing}}. {_NO_FIGURES}",
    "animal-matter-unknown": "The diet tables name animal matter that is not known: {words}.",
    "diet-unknown": "The diet tables name a diet class that is not known: {diet}.",
    # A release of USDA's, as a zip
    "zip-unreadable": "{zip} cannot be read: {reason}.",
    "zip-none": f"{{zip}} is not a zip file or is cut short. {_AGAIN}",
    "zip-damaged": f"{{zip}} is damaged or cut short: {{file}} cannot be unpacked. {_AGAIN}",
    "zip-packing": "{zip} is packed in a way that is not supported.",
    "zip-files": "{zip} holds {files:,} files; a release of USDA holds a few dozen.",
    "zip-outside": "{zip} holds a file whose name points outside of it, so it is not opened.",
    "zip-password": "{zip} is protected by a password; USDA's releases are not.",
    "zip-twice": "{zip} holds two files called {file}; give one release at a time.",
    "zip-bomb": "{zip} would unpack to {megabytes:,.0f} MB, far more than its size allows, so it is not opened.",
    "not-utf8": "{zip}: {file} is not in UTF-8, the encoding of USDA's files.",
    "not-a-number": "{zip}: {file} holds {value} where a number belongs.",
    "file-empty": "{zip}: {file} is empty.",
    "not-a-table": "{zip}: {file} is cut short or is not a table: a row has another number of cells than the header.",
    "header-unreadable": "{zip}: the first line of {file} cannot be read, so it is not a file of USDA's layout.",
    "json-large": "{zip}: {file} is too large for a JSON file of Foundation Foods.",
    "json-damaged": "{zip}: {file} is cut short or is not JSON.",
    "json-other": "{zip} holds no {key}; of the other data sets give USDA's zip of CSV files.",
    "json-layout": "{zip}: a food in it does not have USDA's layout ({reason}).",
    "no-column": "{zip}: {file} has no column {column}, so it is not a file of USDA's layout.",
    "no-file": "{zip} has no {file}, so it is not a complete release of USDA.",
    "no-fdc-id": "{zip}: {file} has a row without fdc_id.",
    "number-too-large": "{zip}: a number in it is larger than any that USDA uses, so it is not opened.",
    "no-food": "{zip} holds no food: its tables do not fit together.",
    "kinds-mixed": "{zip} holds {kinds} together; give USDA's zip of one data set at a time.",
    "kind-unknown": "{zip} is not one of USDA's releases of SR Legacy, FNDDS, Foundation or Branded Foods.",
    "nutrient-number": "{where} gives nutrient {nutrient} the number {number}; {name} has {expected}.",
    "nutrient-unit": "{where} gives {name} in {unit}, not in {expected}, so its figures are not used.",
    "no-b12": "{zip}: nutrient.csv does not list vitamin B-12, so it is not USDA's.",
    "nutrients-apart": "{zip}: food_nutrient.csv and nutrient.csv do not fit together, so no nutrient can be told.",
    # The file of imported foods
    "store-unreadable": "{file} cannot be read as imported USDA foods: delete it and import again.",
    "store-version": "{file} was made by another version of this app: delete it and import again.",
    "store-not-ours": "{file} is not a file of this version of the app: delete it, or name another file.",
    "store-unwritable": "{file} cannot be written: {reason}.",
    "import-running": "Another import is running; try again when it has ended.",
    # Fetching from USDA
    "release-unknown": "{name} is not a release that can be fetched. Known: {known}.",
    "not-there": "USDA does not have {file} at its address (answer {status}). Look for a newer release.",
    "not-fetched": "{file} could not be fetched from USDA: {reason}. Try again; what is here is kept.",
    "fetch-running": "{file} is being fetched already; wait until that has ended.",
    "fetch-large": "{file} is larger than the {ceiling:,} bytes it may have, so it was not fetched.",
    "wrong-size": "{file} has {size:,} bytes, not {expected:,}, so it is not used.",
    "wrong-checksum": "{file} does not have the checksum it should have, so it is not used.",
}
#: Of a value that a file brought no more is quoted.
QUOTED_MAX: Final = 120
#: Groups of tables that are read together, by code.
TABLES: Final = {"model": "model and foods", "care": "causes, signs and tests", "diet": "diet classes"}
#: Values that are codes themselves.
REASONS: Final = {
    "busy": "the server is busy",
    "no-answer": "the server does not answer",
    "broken-off": "the connection broke off",
    "no-connection": "there is no connection",
    "no-unit": "no unit",
    "disk-full": "the disk is full",
}


def sentence(error: TableError) -> str:
    """The fault as one or two sentences for the reader, as plain text."""
    return FAULTS[error.code].format(**{name: _value(name, value) for name, value in error.values.items()})


def _value(name: str, value: object) -> object:
    if isinstance(value, list | tuple):
        return day_list(list(map(str, value)))
    if not isinstance(value, str):
        return value
    codes = {"reason": REASONS, "unit": REASONS, "tables": TABLES}.get(name, {})
    shown = codes.get(value, value)
    return shown if len(shown) <= QUOTED_MAX else f"{shown[:QUOTED_MAX]}…"
