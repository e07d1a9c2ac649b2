"""The frame around every page: page list, guard, styles, warm start, footer."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard import words
from dashboard.pictures import html
from dashboard.tables.fault import TableError
from dashboard.tables.read import load_care_tables, load_tables
from dashboard.tables.tables import Tables
from dashboard.ui import colours, watching
from dashboard.ui.as_text import as_text
from dashboard.words import data_faults
from dashboard.words import pages as pages_words

ENTERED: Final = "_entered"
HERE: Final = "_page"
#: A file of ours: Streamlit fetches the pictures of its own icon names from another host.
ICON: Final = Path(__file__).with_name("icon.svg")

CLEANED_EVERY: Final = "1h"
#: What the theme cannot say: the headline stays in view, and elements that only listen take no room.
STYLES: Final = """
<style>
.st-key-frame,.st-key-address,.st-key-plan_view_still{position:absolute}
.st-key-plan_view{min-height:80vh}
div:has(> .st-key-page_top),.st-key-page_top{display:contents}
div:has(> .st-key-page_top h2):not(:has(.st-key-first_minute)) + div > .st-key-about_me_place{min-height:2.75rem}
.st-key-next_step{min-height:2.5rem}
div:has(> .st-key-headline){position:sticky;top:3.75rem;z-index:90}
.st-key-headline{background:SURFACE;padding:.4rem 0 .5rem;border-bottom:1px solid rgba(128,128,128,.35)}
[data-testid="stMain"]{scroll-padding:9rem 0 5rem}
.b12-figure{font-size:1.5rem;font-weight:650;line-height:1.3}.b12-target{font-weight:400}
.b12-one-line{line-height:1.4;margin-bottom:1rem}.b12-one-line .b12-figure{font-size:1rem}
.b12-line{line-height:1.4}.b12-line:last-child{padding-bottom:1rem}
.b12-before{display:inline-block;border-left:6px solid BEFORE;padding-left:.5rem}
[data-testid="stTab"][aria-selected="true"] p,[data-testid="stBaseButton-pillsActive"] *,
[data-testid="stBaseButton-segmented_controlActive"] *{color:INK}
[class*="st-key-quick-"] p,[class*="st-key-from-"] button *{color:INK}
.b12-from{padding-left:1.2rem}.b12-from li{margin-bottom:.5rem;overflow-wrap:anywhere}.b12-from a{color:INK;text-decoration:underline}
.st-key-bottom_bar{display:none}
@media (max-width:768px){
 [data-testid="stSidebar"],[data-testid="stExpandSidebarButton"]{display:none}
 [data-testid="stHeader"]:not(:has([data-testid="stStatusWidget"])){display:none}
 div:has(> .st-key-headline){top:0}
 .st-key-bottom_bar{display:flex;position:fixed;left:0;right:0;bottom:0;z-index:100;background:SURFACE;
  border-top:1px solid rgba(128,128,128,.35);padding:.25rem .25rem max(.25rem,env(safe-area-inset-bottom))}
 .st-key-bottom_bar > div{flex:1 1 0;min-width:0}
 .st-key-bottom_bar :is(a,button){min-height:2.75rem;width:100%;justify-content:center;margin:0}
 [data-testid="stMainBlockContainer"]{padding:1rem 1rem 5.5rem}
}
@media (max-width:640px){
 [data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"]{gap:.75rem}
 [data-testid="stMainBlockContainer"] h2{font-size:1.5rem;padding:.25rem 0}
 .b12-figure{font-size:1.2rem}.b12-line{font-size:.9rem}.b12-wide{display:none}
}
</style>
"""


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
    """The pages in the order of the menu, one question each; then those that only a link leads to."""
    shown = [
        st.Page(file(page), title=name, default=page == "plan", visibility="hidden" if page == "sources" else "visible")
        for page, name in pages_words.NAMES.items()
    ]
    return [*shown, *(st.Page(file(to), title=pages_words.NAMES[to], url_path=path, visibility="hidden") for path, to in MOVED.items())]


def file(page: str) -> str:
    """Where the script of a page is."""
    return f"pages/{page}.py"


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


def frame() -> None:
    """Styles of the frame, in the colours of the theme on screen."""
    tint = colours.current()
    named = {"SURFACE": tint.surface, "INK": tint.text, "BEFORE": tint.before}
    styles = STYLES
    for name, value in named.items():
        styles = styles.replace(name, value)
    with st.container(key="frame"):
        # With something to show beside them the styles go where they stand, first; styles alone go to the end of the page, and a
        # phone would draw everything once without them.
        st.html(f"<span></span>{styles}<style>{html.css(tint)}</style>")


def footer() -> None:
    """What stands under every page."""
    st.page_link(file("sources"), label=pages_words.NAMES["sources"], icon=":material/menu_book:")
    st.caption(words.DISCLAIMER)


def bottom_bar() -> None:
    """The pages in four groups at the bottom of a phone. A group closes when a page of it is chosen: its key names the page."""
    with st.container(key="bottom_bar", horizontal=True, gap=None, wrap=False):
        for n, (group, of_group) in enumerate(pages_words.GROUPS.items()):
            if len(of_group) == 1:
                st.page_link(file(of_group[0]), label=group, width="stretch")
                continue
            with st.popover(group, key=f"group_{n}_{here()}", type="tertiary", width="stretch"):
                for page in of_group:
                    st.page_link(file(page), label=pages_words.NAMES[page], width="stretch")
