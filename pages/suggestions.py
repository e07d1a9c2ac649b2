from dashboard.ui import shell

shell.require_entry()

import streamlit as st  # noqa: E402

from dashboard import words  # noqa: E402
from dashboard.ui import cards, forms_shown, headline, show, where_from  # noqa: E402
from dashboard.words import suggestions as said  # noqa: E402

st.header(words.SUGGESTIONS_TITLE, anchor=False)
a = headline.show(next_step=False)
where_from.of_plan(a)
headline.flags(a)
choice = cards.choice(a)
sections = [(said.FOODS_TITLE, lambda: cards.foods(a)), (said.PLANS_TITLE, lambda: cards.plans(a, choice))]
if choice.needs_clinician:
    sections = [(said.FOODS_TITLE_NONE, lambda: st.write(words.nothing_to_suggest(a)))]
for title, place in reversed(sections) if choice.plans_first else sections:
    st.subheader(title, anchor=False)
    place()
cards.ways(a)
if words.plans_for(a):
    forms_shown.compared(a, choice)
    forms_shown.one_dose(a)
    forms_shown.same(a, choice)
show.cited(cards.sources(a))
