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


def cite(source: Source) -> str:
    """A source in one line."""
    return source.citation or f"{source.producer}. {source.title}. {source.year}."


def food_table(foods: int, with_b12: int, unknown_b12: int) -> str:
    """How many foods the table has, with and without B12."""
    zero = foods - with_b12 - unknown_b12
    rest = f", and {unknown_b12:,} for which USDA gives no value" if unknown_b12 else "; for each of them there is a value"
    return f"The table holds {foods:,} everyday foods: {with_b12:,} with B12 and {zero:,} with none{rest}."


def doubtful(rows: int) -> str:
    """How many rows are provisional."""
    return f"{plural(rows, 'row')} of this table {'is' if rows == 1 else 'are'} provisional: not checked against the original publication."
