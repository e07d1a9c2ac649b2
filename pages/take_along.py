from dashboard.ui import shell

shell.require_entry()

import streamlit as st  # noqa: E402

from dashboard.ui import headline, print_page, settle_record, take_along, where_from, whose  # noqa: E402
from dashboard.words import clients as clients_words  # noqa: E402
from dashboard.words import handout as handout_words  # noqa: E402
from dashboard.words import take_along as words  # noqa: E402

st.header(words.TAKE_TITLE, anchor=False)
where_from.of_plan(headline.quiet())
st.subheader(clients_words.TITLE, anchor=False)
whose.section()
st.subheader(handout_words.SHARE_TITLE, anchor=False)
take_along.share()
st.subheader(handout_words.PRINT_TITLE, anchor=False)
print_page.section()
st.subheader(handout_words.BRING_TITLE, anchor=False)
whose.open_files()
settle_record.bring_record()
