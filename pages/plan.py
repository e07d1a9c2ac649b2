from dashboard.ui import shell

shell.require_entry()

import streamlit as st  # noqa: E402

from dashboard import words  # noqa: E402
from dashboard.ui import about_me, headline, settle_record  # noqa: E402
from dashboard.ui.plan_view import element  # noqa: E402

st.header(words.PLAN_TITLE, anchor=False)
# What comes and goes stands in a place of its own, so that the element below is never made anew.
with st.container():
    about_me.welcome()
    settle_record.reminder()
advice = headline.show()
step = st.container(key="next_step")
element.show()
with step:
    headline.show_next_step(advice)
headline.flags(advice)
