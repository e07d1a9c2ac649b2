import streamlit as st

from dashboard.ui import foods_page, headline, state, where_from
from dashboard.words import food_facts as said

where_from.of_plan(headline.quiet(said.TITLE))
foods_page.choose_where()
foods_page.browse()
foods_page.more_sources()
st.subheader(said.picture_title(state.plan().person.diet), anchor=False)
foods_page.picture(state.plan().person.diet)
