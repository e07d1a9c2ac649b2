from dashboard.ui import shell

shell.require_entry()

import streamlit as st  # noqa: E402

from dashboard.ui import headline, validation_view, where_from  # noqa: E402
from dashboard.words import validation as words  # noqa: E402

st.header(words.TITLE, anchor=False)
advice = headline.show()
where_from.of_plan(advice)
validation_view.page(advice)
