"""The printed page and the exports: asked for here, made when a button is pressed, kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

from dashboard.handout import exports
from dashboard.handout.content import Asked, Page, page
from dashboard.handout.pdf import Paper, pdf
from dashboard.handout.web_page import html
from dashboard.plan import link
from dashboard.tables.read import load_care_tables
from dashboard.ui import clients, estimates, made_files, state
from dashboard.ui.shell import tables
from dashboard.words import handout as said


def section() -> None:
    """What stands on the page, and the buttons that make it."""
    st.write(said.PRINT_INTRO)
    code, papers = clients.code(), said.PAPERS.__getitem__
    paper = st.segmented_control(said.PRINT_PAPER, list(Paper), default=Paper.A4, key="print_paper", format_func=papers) or Paper.A4
    with_conditions = False
    if state.plan().person.conditions:
        with_conditions = st.checkbox(said.PRINT_CONDITIONS, key="print_conditions")
        if not with_conditions:
            st.caption(said.PRINT_WITHOUT)
    with_foods = st.checkbox(said.PRINT_FOODS, key="print_foods")
    asked = Asked(code=code, with_conditions=with_conditions, link=_link(with_conditions=with_conditions))
    advice, kept = state.advice(), state.plan().baseline
    # What a button makes is made when it is pressed, from what is on screen now.
    make = partial(page, advice, asked, tables(), load_care_tables(), estimates.advice(kept) if kept else None)
    with st.container(horizontal=True):
        as_pdf = partial(_pdf, make, paper, with_foods)
        made_files.button(said.GET_PDF, as_pdf, clients.file_name("pdf"), "application/pdf", type="primary", key="get_pdf")
        as_html = partial(_html, make, paper, with_foods)
        made_files.button(said.GET_HTML, as_html, clients.file_name("html"), "text/html", key="get_html")
    st.markdown(said.SHEETS_INTRO)
    rows = partial(exports.items, advice.assessment, code=code, on=date.today())
    with st.container(horizontal=True):
        book = partial(_workbook, rows)
        made_files.button(said.GET_XLSX, book, clients.file_name("xlsx"), said.XLSX_TYPE, key="get_xlsx")
        for locale in exports.Locale:
            text, label = partial(_csv, rows, locale), said.GET_CSV[locale]
            made_files.button(label, text, clients.file_name("csv"), "text/csv", key=f"get_csv_{locale}")


def _pdf(make: Callable[[], Page], paper: Paper, with_foods: bool) -> bytes:
    return pdf(make(), paper=paper, with_foods=with_foods)


def _html(make: Callable[[], Page], paper: Paper, with_foods: bool) -> bytes:
    return html(make(), paper=paper, with_foods=with_foods)


def _workbook(rows: Callable[[], list[exports.Row]]) -> bytes:
    return exports.to_xlsx({said.ITEMS_SHEET: (exports.ITEMS, rows())})


def _csv(rows: Callable[[], list[exports.Row]], locale: exports.Locale) -> bytes:
    return exports.to_csv(rows(), exports.ITEMS, locale)


def _link(*, with_conditions: bool) -> str:
    """The address of the plan with or without conditions, as the page says; empty where it is too long for a link."""
    code = link.encode(state.plan(), share_conditions=with_conditions)
    here = (st.context.url or "").partition("?")[0].rpartition("/")[0]
    return f"{here}/?{link.PARAMETER}={code}" if len(code) <= link.LINK_MAX else ""
