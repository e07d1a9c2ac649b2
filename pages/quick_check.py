from dashboard.ui import shell

shell.require_entry()

import streamlit as st  # noqa: E402

from dashboard.ui import quick  # noqa: E402
from dashboard.words import quick_check as words  # noqa: E402

st.header(words.QUICK_TITLE, anchor=False)
st.write(words.QUICK_INTRO)
quick.questions()
