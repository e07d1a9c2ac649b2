from dashboard.ui import shell

shell.require_entry()

import streamlit as st  # noqa: E402

from dashboard.ui import about_me, blood_view, causes_view, headline, show, signs_view, state  # noqa: E402
from dashboard.words import care as words  # noqa: E402
from dashboard.words import pages  # noqa: E402

# No headline here: a figure for intake must not stand above a red flag, nor reassure beside a sign.
with about_me.above():
    st.header(words.CAUSES_TITLE, anchor=False)
    advice = state.advice()
    headline.warn(advice)
a = advice.assessment
TABS = (pages.CAUSES_TAB, pages.SIGNS_TAB, pages.TESTS_TAB)
causes, signs, tests = st.tabs(TABS, default=pages.SIGNS_TAB if shell.here() == "symptoms" else pages.CAUSES_TAB)
with causes:
    causes_view.why(advice)
with signs:
    st.info(words.SYMPTOMS_PRIVATE, icon=":material/lock:")
    signs_view.check(a)
with tests:
    st.info(words.SYMPTOMS_PRIVATE, icon=":material/lock:")
    blood_view.blood(a)
show.cited(sorted({*causes_view.cause_sources(a), *signs_view.symptom_sources()}))
