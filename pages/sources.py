from dashboard.ui import shell

shell.require_entry()

import streamlit as st  # noqa: E402

from dashboard.ui import provenance, state, validation_view, where_from  # noqa: E402
from dashboard.words import pages, validation  # noqa: E402
from dashboard.words import sources as words  # noqa: E402

st.header(words.SOURCES_TITLE, anchor=False)
TABS = (pages.FIGURES_TAB, pages.GOOD_TAB)
FIRST = pages.GOOD_TAB if shell.here() == "validation" else pages.FIGURES_TAB
figures, good = st.tabs(TABS, default=FIRST, key="sources_shown", on_change="rerun")
if figures.open:
    with figures:
        st.write(words.SOURCES_INTRO)
        provenance.food_data()
        provenance.tables_of_data()
        provenance.citations()
if good.open:
    with good:
        st.subheader(validation.TITLE, anchor=False)
        where_from.of_plan(state.advice())
        validation_view.page(state.advice())
