"""Taking a plan along: link, QR code, file, printed page, figures. One question decides whether conditions and medicines go along."""

from __future__ import annotations

from typing import Final

import segno
import streamlit as st

from dashboard.plan import edit_person, link, plan_file
from dashboard.ui import browser, clients, estimates, state
from dashboard.ui.as_text import as_text
from dashboard.ui.shell import tables
from dashboard.words import clients as clients_words
from dashboard.words import take_along as words

#: The answer to the question. Every way of taking the plan along follows it, also the file that is offered on other pages.
ALONG: Final = "conditions_along"


def named() -> tuple[str, ...]:
    """Conditions and medicines of the plan, and of the one kept to compare with."""
    plan = state.plan()
    kept = plan.baseline.person.conditions if plan.baseline else ()
    return tuple(dict.fromkeys((*plan.person.conditions, *kept)))


def with_conditions() -> bool:
    """Whether conditions and medicines go along. False until somebody has said so, here or for the address."""
    return bool(named()) and bool(st.session_state.get(ALONG, state.shares_conditions()))


def ask() -> None:
    """Where the plan names conditions: whether they go along, and what a receiver would see without them."""
    found = named()
    if not found:
        return
    with st.container(border=True, key="ask_along"):
        st.radio(
            words.ASK_ALONG,
            list(words.ALONG),
            index=int(state.shares_conditions()),
            key=ALONG,
            format_func=words.ALONG.__getitem__,
            horizontal=True,
            persist_state="session",
        )
        st.caption(as_text(words.named_here([tables().condition_label(c) for c in found])))
        bare = estimates.advice(edit_person(state.plan(), conditions=()))
        for sentence in words.reads(state.advice(), bare):
            st.write(as_text(sentence))


def share() -> None:
    """The link, what it holds, and its QR code."""
    st.subheader(words.LINK_TITLE, anchor=False)
    code = code_of()
    if len(code) > link.LINK_MAX:  # which is said at the top of the page
        st.write(words.QR_TOO_LONG)
        return
    query = f"?{link.PARAMETER}={code}"
    st.write(words.link_holds(state.plan(), with_conditions(), len(query)))
    browser.copy_link(query, key="copy_link_here")
    with st.expander(words.QR_SHOW, icon=":material/qr_code:", on_change="rerun") as opened:
        if opened.open:
            _qr(url_of(code))


def code_of() -> str:
    """The plan's code for a link, with or without conditions as was answered."""
    return link.encode(state.plan(), share_conditions=with_conditions(), weeks=tables().link_weeks)


def url_of(code: str) -> str:
    """The address of this app with a plan's code."""
    here = (st.context.url or "").partition("?")[0].rpartition("/")[0]
    return f"{here}/?{link.PARAMETER}={code}"


def _qr(url: str) -> None:
    try:
        code = segno.make(url, error="l", micro=False)
    except segno.DataOverflowError:
        st.write(words.QR_TOO_LONG)
        return
    st.image(code.svg_inline(scale=4, border=4, light="#ffffff"), alt=words.QR_ALT, width=420)


def save(key: str) -> None:
    """The plan on screen as a file that bears the person's code; with conditions and medicines only where that was asked for."""
    text = plan_file.dump(state.plan(), conditions=with_conditions())
    st.download_button(clients_words.SAVE, text, clients.file_name(), "application/json", key=key, on_click="ignore")


def keep() -> None:
    """The file, and what it holds."""
    st.subheader(words.FILE_TITLE, anchor=False)
    st.write(words.file_holds(state.plan(), with_conditions()))
    save("save_here")
    st.caption(words.WHERE_KEPT)
