"""What the commands report and batch say."""

from __future__ import annotations

from typing import Final

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
PEOPLE_SHEET: Final = "people"

BATCH_HELP: Final = "plan files, food records of many people, or the items and supplements files of one ASA24 study together"
BATCH_OUT_HELP: Final = "one row a person: .csv, .xlsx or .parquet"
BATCH_PROCESSES_HELP: Final = "how many processes work at once; the default is one a core"
BATCH_DASK_HELP: Final = "address of a Dask scheduler (needs the optional package distributed)"
BATCH_ENDING: Final = "The results end in {endings}; {given} is none of them."
BATCH_BAD: Final = "{file}: {reason}"
BATCH_NOBODY: Final = "No plan could be read from these files."
BATCH_PROGRESS: Final = "{done} people"
BATCH_DONE: Final = "{people} people written to {file}."
BATCH_PREVALENCE: Final = (
    "{below} of {counted} people with a target that has an average requirement are below it ({percent:.0f} %). "
    "The EAR cut-point speaks of a group's usual intake: with few days a person it overstates both ends, and it says nothing of one person."
)
NO_DASK: Final = "A Dask cluster needs the optional package distributed: pip install distributed"
