"""All generic USDA foods with one button: what is imported, and fetching the rest."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.foods.usda.download import Download, Progress, downloads, fetch
from dashboard.foods.usda.status import imported
from dashboard.tables.fault import TableError
from dashboard.ui.as_text import as_text
from dashboard.ui.operator_settings import MAY_FETCH, YES, setting
from dashboard.words import data_faults, headings
from dashboard.words import food_facts as said

TOLD = "_usda_told"


def panel() -> None:
    """Closed until it is wanted: status, and a button that fetches and imports USDA's generic foods."""
    with st.expander(said.ALL_OF_USDA, icon=":material/database:", key="usda_panel", on_change="rerun") as opened:
        if not opened.open:
            return
        st.write(said.ALL_OF_USDA_INTRO)
        if told := st.session_state.pop(TOLD, None):
            st.warning(as_text(told), icon=":material/info:")
        _status()
        if setting(MAY_FETCH).casefold() != YES:
            st.caption(said.FETCH_BY_OPERATOR)
        elif st.button(said.FETCH, key="usda_fetch", icon=":material/download:"):
            _fetch([row for row in downloads().values() if row.default])


def _status() -> None:
    try:
        found = imported()
    except TableError as error:
        st.warning(as_text(data_faults.sentence(error)), icon=":material/info:")
        return
    if not found:
        st.write(said.NOTHING_IMPORTED)
        return
    rows = (
        {
            headings.RELEASE: as_text(r.name),
            headings.FOODS: r.foods,
            headings.WITH_B12: r.with_b12,
            headings.ZERO_B12: r.zero_b12,
            headings.NO_B12: r.missing_b12,
        }
        for r in found
    )
    st.table(pd.DataFrame(rows), hide_index=True, alt=said.IMPORTED_ALT)


def _bar(release: str) -> Progress:
    bar = st.progress(0.0, release)

    def draw(here: int, total: int | None) -> None:
        bar.progress(min(1.0, here / total) if total else 0.0, release)

    return draw


def _fetch(wanted: list[Download]) -> None:
    """Fetches and imports, with a bar for each file. A failure is one sentence; what was there before stays."""
    # Imported here: Arrow takes longer to load than the whole page takes to run.
    from dashboard.foods.usda.importer import import_releases

    try:
        paths = [fetch(row, progress=_bar(row.release)) for row in wanted]
        with st.spinner(said.IMPORTING):
            import_releases(paths)
    except TableError as error:
        st.session_state[TOLD] = said.not_fetched(data_faults.sentence(error))
    st.rerun()
