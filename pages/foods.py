from dashboard.ui import shell

shell.require_entry()

import streamlit as st  # noqa: E402

from dashboard.ui import foods_page, headline, state, where_from  # noqa: E402
from dashboard.words import food_facts as said  # noqa: E402

where_from.of_plan(headline.quiet(said.TITLE))
foods_page.choose_where()
foods_page.browse()
foods_page.more_sources()
st.subheader(said.picture_title(state.plan().person.diet), anchor=False)
foods_page.picture(state.plan().person.diet)
