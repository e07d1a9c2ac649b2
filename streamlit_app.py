"""The entry: page list, the shared frame and the menu of a phone on every page. No arithmetic here."""

import streamlit as st

from dashboard.ui import about_me, frame, opening, paper, shell

pages = shell.pages()
page = st.navigation(pages, position="top")
st.set_page_config(page_title=f"{page.title} · Vitamin B12 planner", page_icon=shell.ICON)
with shell.entered(page.url_path):
    frame.show()
    if opening.begin(page.url_path, tuple(p.url_path for p in pages)):
        paper.whose()
        with about_me.on_page(page.url_path):
            page.run()
        shell.footer()
    # Last, so that nothing has to make room for it before the styles have put it in its place.
    shell.bottom_bar()
