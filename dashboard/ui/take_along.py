"""Taking a plan along and bringing one in: link, QR code and file."""

from __future__ import annotations

import segno
import streamlit as st

from dashboard.plan import link, plan_file
from dashboard.ui import browser, state
from dashboard.words import take_along as words


def share() -> None:
    """The link, what it holds, and its QR code."""
    query = f"?{link.PARAMETER}={state.code()}"
    st.write(words.link_holds(state.plan(), state.shares_conditions(), len(query)))
    with st.container(horizontal=True):
        if state.fits_link():
            browser.copy_link(query, key="copy_link_here")
        st.download_button("Save as a file", plan_file.dump(state.plan()), "b12-plan.json", "application/json", on_click="ignore")
    with st.expander("QR code of the link", icon=":material/qr_code:", on_change="rerun") as opened:
        if opened.open:
            _qr(query)


def _qr(query: str) -> None:
    here = (st.context.url or "").partition("?")[0].rstrip("/").removesuffix("/take_along")
    url = f"{here}/{query}"
    try:
        code = segno.make(url, error="l", micro=False)
    except segno.DataOverflowError:
        st.write(words.QR_TOO_LONG)
        return
    st.image(code.svg_inline(scale=4, border=4, light="#ffffff"), alt="QR code of the link to this plan", width=420)


def open_file() -> None:
    """Opens a saved plan; what could not be read is told and the plan on screen is kept."""
    st.file_uploader("Open a saved plan", type="json", key="plan_file", on_change=_opened, max_upload_size=2)


def _opened() -> None:
    uploaded = st.session_state.get("plan_file")
    if uploaded is None:
        return
    opened = plan_file.load(uploaded.getvalue())
    if opened.plan is not None:
        state.commit(opened.plan)
    if opened.plan is None:
        state.tell(*opened.problems, words.PLAN_KEPT)
    else:
        state.tell(*opened.problems, done=words.FILE_OPENED)
