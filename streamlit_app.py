"""The entry: page list, the shared frame and "About me" on every page. No arithmetic here."""

import streamlit as st

from dashboard.ui import about_me, shell, state

page = st.navigation(shell.pages(), position="top")
st.set_page_config(page_title=f"{page.title} · Vitamin B12 planner", page_icon=shell.ICON, layout="wide")
with shell.entered():
    shell.frame()
    state.begin()
    about_me.sidebar()
    page.run()
    shell.footer()
