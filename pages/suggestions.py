from dashboard.ui import shell

shell.require_entry()

import streamlit as st  # noqa: E402

from dashboard import words  # noqa: E402
from dashboard.ui import cards, headline, show, state, tables_shown  # noqa: E402

st.header(words.SUGGESTIONS_TITLE, anchor=False)
a = headline.show(next_step=False)
headline.flags(a)
st.subheader("Foods that would close it", anchor=False)
cards.foods(a)
st.subheader("Supplement forms, by what you would take up", anchor=False)
cards.vegan_plans(a)
st.write(words.forms(a))
st.dataframe(tables_shown.regimens(state.regimens()), hide_index=True, alt=words.FORMS_ALT)
show.cited(sorted({s for e in state.regimens() for s in e.regimen.source_ids}))
