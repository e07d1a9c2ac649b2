from dashboard.ui import shell

shell.require_entry()

import streamlit as st  # noqa: E402

from dashboard import words  # noqa: E402
from dashboard.ui import about_me, estimates, first_minute, headline, paper, reveal, settle_record, state  # noqa: E402
from dashboard.ui.plan_view import element  # noqa: E402
from dashboard.words import first_minute as first_words  # noqa: E402
from dashboard.words.address import UNDO_ANEW  # noqa: E402

asked = first_minute.step()
with about_me.above(has_about_me=not asked):
    # Who has answered the last question, far down on a phone, is shown the plan from its top.
    with reveal.revealed(first_minute.plan_shown()):
        st.header(first_words.TITLE if asked else words.PLAN_TITLE, anchor=False)
    # What comes and goes stands in a place of its own, so that what stands below is never made anew.
    with st.container():
        first_minute.welcome()
        settle_record.reminder()
    shown = first_minute.so_far()
    advice = estimates.advice(shown)
    headline.show(advice)
    step = st.container(key="next_step")
    if asked:
        first_minute.card(shown)
if shown == state.plan():
    element.show()
    with st.container(key="undo_anew"):
        st.caption(UNDO_ANEW)
if not asked:
    with step:
        headline.show_next_step(advice)
    headline.flags(advice, with_card=True)
    paper.days(advice.assessment)
