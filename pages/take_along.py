from dashboard.ui import shell

shell.require_entry()

import streamlit as st  # noqa: E402

from dashboard.ui import group_view, headline, print_page, referral, settle_record, take_along, where_from, whose  # noqa: E402
from dashboard.words import clients as clients_words  # noqa: E402
from dashboard.words import handout as handout_words  # noqa: E402
from dashboard.words import take_along as words  # noqa: E402

where_from.of_plan(headline.quiet(words.TAKE_TITLE))
take_along.ask()
print_page.section()
take_along.share()
take_along.keep()
referral.section()
print_page.sheets()
print_page.picture_files()
st.subheader(clients_words.TITLE, anchor=False)
whose.section()
st.subheader(handout_words.BRING_TITLE, anchor=False)
whose.open_files()
settle_record.bring_record()
group_view.section()
