from dashboard.ui import shell

shell.require_entry()

import streamlit as st  # noqa: E402

from dashboard.ui import care, show, state  # noqa: E402
from dashboard.words import care as words  # noqa: E402

# No headline here: a figure for intake must not stand above a red flag, nor reassure beside a sign.
st.header(words.SYMPTOMS_TITLE, anchor=False)
st.info(words.SYMPTOMS_PRIVATE, icon=":material/lock:")
a = state.assessment()
care.check(a)
st.divider()
care.blood(a)
show.cited(care.symptom_sources())
