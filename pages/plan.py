from dashboard.ui import shell

shell.require_entry()

import streamlit as st  # noqa: E402

from dashboard import words  # noqa: E402
from dashboard.ui import about_me, editor, headline  # noqa: E402

st.header(words.PLAN_TITLE, anchor=False)
about_me.welcome()
advice = headline.show()
a = advice.assessment
day = editor.day_shown(a)
editor.toolbar(a, day)
editor.misfits(a.plan)
editor.add_food(day)
editor.meals(a, day)
editor.supplements(a)
headline.flags(advice)
