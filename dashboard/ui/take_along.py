"""Taking a plan along: link, QR code and file."""

from __future__ import annotations

import segno
import streamlit as st

from dashboard.plan import link
from dashboard.ui import browser, state, whose
from dashboard.words import take_along as words


def share() -> None:
    """The link, what it holds, and its QR code."""
    if not state.fits_link():  # which is said at the top of the page
        whose.save("save_here")
        whose.what_is_saved()
        st.caption(words.WHERE_KEPT)
        return
    query = f"?{link.PARAMETER}={state.code()}"
    st.write(words.link_holds(state.plan(), state.shares_conditions(), len(query)))
    with st.container(horizontal=True):
        browser.copy_link(query, key="copy_link_here")
        whose.save("save_here")
    whose.what_is_saved()
    st.caption(words.WHERE_KEPT)
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
