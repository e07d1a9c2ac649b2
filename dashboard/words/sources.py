"""The sentences of the page "Where do these numbers come from?"."""

from __future__ import annotations

from typing import Final

from dashboard.tables.science import Source
from dashboard.words import plural

SOURCES_TITLE: Final = "Where do these numbers come from, and how good are they?"
SOURCES_INTRO: Final = (
    "Every figure on screen comes from one of these tables, a row each with its unit, source and place in the source. "
    "An empty B12 cell means that the table has no value: it is never read as zero."
)

DATA_SETS_ALT: Final = "Data sets of the food table, with the number of foods from each"
TABLES_TITLE: Final = "The tables"
TABLE_LABEL: Final = "Table"
CITATIONS_TITLE: Final = "The sources"
CHART_NUMBERS: Final = "The numbers"
CITED: Final = "Sources of these figures"
#: Table of data/ -> what it is called.
TABLES: Final = {
    "reference_intakes": "Reference intakes",
    "reference_sets": "Reference sets",
    "model_parameters": "Parameters of the absorption model",
    "absorption_observations": "Measured absorption, crystalline B12",
    "food_absorption_observations": "Measured absorption, B12 in food",
    "study_observations": "Studies the estimate is held against",
    "validation_findings": "What the estimate is good and bad at",
    "sensitivity": "What is changed to see what moves the figure",
    "uncertainty": "What the low and high of the estimate cover",
    "conditions": "Conditions and medicines",
    "regimens": "Supplement regimens",
    "regimen_cautions": "What to mind with a supplement",
    "starter_weeks": "Example weeks",
    "starter_days": "What stands in the example weeks",
    "markets": "Where a person shops",
    "energy_needs": "Energy needs of children",
    "foods": "Foods",
    "label_values": "Values on labels",
    "flags": "Flags",
    "outlook_limits": "What the outlook leaves out",
    "absorption_path": "The path of B12",
    "life_stages": "Life stages",
    "risk_factors": "Risk factors",
    "symptoms": "Signs",
    "red_flags": "Red flags",
    "triage_rules": "Rules: whether and how soon to see whom",
    "blood_tests": "Blood tests: units and published bands",
    "blood_test_cautions": "Blood tests: what can mislead",
    "guidelines": "Guidelines on tests, treatment and follow-up",
    "questions": "Questions to bring",
    "suggestion_groups": "Food groups that are suggested",
    "everyday_foods": "Foods that may be added",
    "swaps": "Swaps like for like",
    "advice_rules": "Rules of advice: what may be said, claimed and offered",
    "age_bands": "Age limits",
    "condition_details": "Questions about a condition or medicine",
    "condition_names": "Words that lead to a condition or medicine",
    "quick_check": "Quick check: the questions",
    "frequencies": "Quick check: the answers",
    "stand_ins": "Stand-ins after a change of diet",
    "exclusions": "What can be left out",
}


def table_alt(name: str, rows: int) -> str:
    """The text alternative of a table of data/, by its name."""
    return f"{TABLES[name]}: {plural(rows, 'row')} with source and locator"


def citations_alt(sources: int) -> str:
    """The text alternative of the list of sources."""
    return f"{plural(sources, 'source')} with citation and DOI"


def chart_numbers_alt(chart: str) -> str:
    """The text alternative of the numbers of a chart; ``chart``: that of the chart itself."""
    return f"Numbers of the chart: {chart}"


def cite(source: Source) -> str:
    """A source in one line."""
    return source.citation or f"{source.producer}. {source.title}. {source.year}."


def cite_in_full(source: Source) -> str:
    """A source in one line, after the key by which tables name it, with its DOI where it has one."""
    doi = f" doi:{source.doi}" if source.doi else ""
    return f"{source.source_id}: {cite(source)}{doi}"


def food_table(foods: int, with_b12: int, unknown_b12: int) -> str:
    """How many foods the table has, with and without B12."""
    zero = foods - with_b12 - unknown_b12
    rest = f", and {unknown_b12:,} for which USDA gives no value" if unknown_b12 else "; for each of them there is a value"
    return f"The table holds {foods:,} everyday foods: {with_b12:,} with B12 and {zero:,} with none{rest}."


def doubtful(rows: int) -> str:
    """How many rows are provisional."""
    return f"{plural(rows, 'row')} of this table {'is' if rows == 1 else 'are'} provisional: not checked against the original publication."
