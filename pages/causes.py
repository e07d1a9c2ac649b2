from dashboard.ui import shell

shell.require_entry()

import streamlit as st  # noqa: E402

from dashboard.ui import care, headline, show, where_from  # noqa: E402
from dashboard.words import care as words  # noqa: E402

st.header(words.CAUSES_TITLE, anchor=False)
advice = headline.show()
a = advice.assessment
where_from.of_plan(advice)
care.causes(a)
care.choices(a)
care.every_cause()
care.life_stages(a)
care.treatment(a)
care.show_questions(a)
care.show_reminder(a)
show.cited(care.cause_sources(a))
