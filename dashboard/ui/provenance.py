"""Every table of data/ as it is, with its rows' sources and marks."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from dashboard import words
from dashboard.tables.read import read_rows
from dashboard.ui import show
from dashboard.ui.shell import tables
from dashboard.words import headings
from dashboard.words import sources as said

#: The tables stand here as they are in the files, and the page says what an empty cell means.
EMPTY: Final = ""
#: What a row is about and what it says, as far as the table has such columns: they go first, so that a phone shows them.
FIRST: Final = (
    *("label", "name", "food", "test", "topic", "reference_set", "class", "age_from_years", "value", "low", "high"),
    *("b12_ug_per_100g", "dose_ug", "absorbed_ug", "who", "observed", "text", "meaning", "outcome", "question"),
)


def food_data() -> None:
    """Where the foods come from, and how many have, lack, or have zero B12."""
    foods = tables().foods.values()
    known = [f for f in foods if f.b12_ug_per_100g is not None]
    st.write(said.food_table(len(foods), sum(bool(f.b12_ug_per_100g) for f in known), len(foods) - len(known)))
    counts = pd.Series([f.source_id for f in foods]).value_counts()
    rows = [(tables().sources[str(s)], n) for s, n in counts.items()]
    show.words_table(
        pd.DataFrame(
            {
                headings.DATA_SET: s.title,
                headings.FOODS: n,
                headings.READ_ON: s.date_accessed,
                headings.LICENCE: s.licence,
                headings.ADDRESS: s.url,
            }
            for s, n in rows
        ),
        said.DATA_SETS_ALT,
        missing=EMPTY,
    )


def tables_of_data() -> None:
    """One table of data/ at a time, as it is in the file."""
    st.subheader(said.TABLES_TITLE, anchor=False)
    name = st.selectbox(
        said.TABLE_LABEL, list(said.TABLES), format_func=said.TABLES.__getitem__, key="table_shown", persist_state="session"
    )
    rows = pd.DataFrame(read_rows(name)).replace("", None)
    if "mark" in rows:
        rows["mark"] = rows["mark"].map(lambda m: words.MARK_LABELS.get(m, m))
        doubtful = int((rows["mark"] == words.MARK_LABELS["unsure"]).sum())
        if doubtful:
            st.warning(said.doubtful(doubtful), icon=":material/help:")
    order = [column for column in FIRST if column in rows] + [column for column in rows if column not in FIRST]
    show.table(rows[order], said.table_alt(name, len(rows)), missing=EMPTY)


def citations() -> None:
    """Every source."""
    st.subheader(said.CITATIONS_TITLE, anchor=False)
    sources = sorted(tables().sources.values(), key=lambda s: s.citation.lower())
    show.words_table(
        pd.DataFrame(
            {headings.CITATION: said.cite(s), headings.KEY: s.source_id, headings.DOI: f"https://doi.org/{s.doi}" if s.doi else None}
            for s in sources
        ),
        said.citations_alt(len(sources)),
        missing=EMPTY,
        entries=[said.cite_in_full(s) for s in sources],
    )
