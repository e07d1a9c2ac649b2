"""The frame around every page: page list, guard, warm start, footer, menu of a phone. Styles and code: dashboard.ui.frame."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import streamlit as st

from dashboard import words
from dashboard.tables.fault import TableError
from dashboard.tables.read import load_care_tables, load_tables
from dashboard.tables.tables import Tables
from dashboard.ui import held_by_browser, turns, watching
from dashboard.ui.as_text import as_text
from dashboard.words import data_faults
from dashboard.words import pages as pages_words

ENTERED: Final = "_entered"
HERE: Final = "_page"
PAGES: Final = "_pages"
MAIN: Final = "plan"
#: A file of ours: Streamlit fetches the pictures of its own icon names from another host.
ICON: Final = Path(__file__).with_name("icon.svg")

CLEANED_EVERY: Final = "1h"


@st.cache_resource(show_spinner=False)
def tables() -> Tables:
    """All data tables, read once per process.

    Raises
    ------
    TableError
        When a table is not whole. Then no page may show a figure.
    """
    loaded = load_tables()
    load_care_tables()
    watching.begin()
    turns.take_longer()
    held_by_browser.decide_when_sent()
    return loaded


@st.cache_resource(show_spinner=False, ttl=CLEANED_EVERY)
def cleaned() -> None:
    """Once an hour: takes the tables out of garbage collection, and what is left of visits that have ended out of memory.

    What was left out of collection before comes back into it first: a visit that was open then would never be given up.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


#: An address of before -> the page where its answer stands now. It opens there, so that a link that was saved keeps its meaning.
MOVED: Final = {"quick_check": "plan", "symptoms": "causes", "validation": "sources"}


def pages() -> list[st.Page]:
    """The pages in the order of the menu, one question each; then those that only a link leads to. Once per run."""
    shown = [
        st.Page(file(page), title=name, default=page == MAIN, visibility="hidden" if page == "sources" else "visible")
        for page, name in pages_words.NAMES.items()
    ]
    st.session_state[PAGES] = {page.url_path or MAIN: page for page in shown}
    return [*shown, *(st.Page(file(to), title=pages_words.NAMES[to], url_path=path, visibility="hidden") for path, to in MOVED.items())]


def file(page: str) -> str:
    """Where the script of a page is."""
    return f"pages/{page}.py"


def page_link(page: str, **looks: Any) -> None:
    """A link to a page. By its object: from the name of its file Streamlit would look for it on the disk."""
    st.page_link(st.session_state[PAGES][page], **looks)


def here() -> str:
    """The page of this run, as the address names it; empty for the plan page."""
    return str(st.session_state.get(HERE, ""))


@contextmanager
def entered(page: str = "") -> Iterator[None]:
    """Marks that the entry is running, for as long as it runs the page. A damaged table takes the place of every page."""
    st.session_state[ENTERED], st.session_state[HERE] = True, page
    try:
        tables()
        cleaned()
        yield
        return
    except TableError as error:
        fault = error
        watching.fault(error)
    finally:
        st.session_state.pop(ENTERED, None)
    st.header(data_faults.TITLE, anchor=False)
    st.error(as_text(data_faults.sentence(fault)))
    st.stop()


def require_entry() -> None:
    """First statement of every page: a page opened before the entry has run sends the visitor through it.

    Streamlit runs a file of a root pages/ folder on its own until some session has called st.navigation,
    so a shared link to a page would break after a restart.
    """
    if not st.session_state.get(ENTERED):
        st.navigation(pages())
        st.rerun()


def footer() -> None:
    """What stands under every page."""
    page_link("sources", label=pages_words.NAMES["sources"], icon=":material/menu_book:")
    st.caption(words.DISCLAIMER)


def bottom_bar() -> None:
    """The pages in four groups at the bottom of a phone. A group closes when a page of it is chosen: its key names the page.

    The group of the page on screen is marked, as Streamlit marks a link to it.
    """
    with st.container(key="bottom_bar", horizontal=True, gap=None, wrap=False):
        for n, (group, of_group) in enumerate(pages_words.GROUPS.items()):
            if len(of_group) == 1:
                page_link(of_group[0], label=group, width="stretch")
                continue
            mark = "_here" if here() in of_group else ""
            with st.popover(group, key=f"group_{n}_{here()}{mark}", type="tertiary", width="stretch"):
                for page in of_group:
                    page_link(page, label=pages_words.NAMES[page], width="stretch")
