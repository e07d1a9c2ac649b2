from dashboard.ui import shell

shell.require_entry()

import streamlit as st  # noqa: E402

from dashboard.ui import provenance  # noqa: E402
from dashboard.words import sources as words  # noqa: E402
from dashboard.words import validation  # noqa: E402

st.header(words.SOURCES_TITLE, anchor=False)
st.write(words.SOURCES_INTRO)
st.page_link("pages/validation.py", label=validation.LINK, icon=":material/balance:")
provenance.food_data()
provenance.tables_of_data()
provenance.citations()
