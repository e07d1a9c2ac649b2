import streamlit as st

from dashboard import words
from dashboard.ui import cards, headline, show, where_from

advice = headline.quiet(words.SUGGESTIONS_TITLE)
where_from.of_plan(advice)
with st.container():
    headline.flags(advice)
cards.leads(advice)
cards.offered(advice)
show.cited(cards.sources(advice))
