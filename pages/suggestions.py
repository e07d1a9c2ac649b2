from dashboard.ui import shell

shell.require_entry()

import streamlit as st  # noqa: E402

from dashboard import words  # noqa: E402
from dashboard.ui import cards, headline, show, where_from  # noqa: E402
from dashboard.words import notices  # noqa: E402

advice = headline.quiet(words.SUGGESTIONS_TITLE)
where_from.of_plan(advice)
cards.leads(advice)
with st.container():
    headline.told_beside(notices.before_offers(advice))
cards.offered(advice)
with st.container():
    headline.told_beside(notices.after_offers(advice))
show.cited(cards.sources(advice))
