from dashboard.ui import shell

shell.require_entry()

import streamlit as st  # noqa: E402

from dashboard.ui import headline, settle_record, take_along, where_from, whose  # noqa: E402
from dashboard.words import clients as clients_words  # noqa: E402
from dashboard.words import take_along as words  # noqa: E402

st.header(words.TAKE_TITLE, anchor=False)
where_from.of_plan(headline.show(next_step=False))
st.subheader(clients_words.TITLE, anchor=False)
whose.section()
st.subheader("Share or save this plan", anchor=False)
take_along.share()
st.subheader("Bring a plan in", anchor=False)
whose.open_files()
settle_record.bring_record()
