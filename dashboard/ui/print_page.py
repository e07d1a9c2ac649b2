"""The printed page and the exports: asked for here, made when a button is pressed, kept nowhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

from dashboard.advice.advise import Advice
from dashboard.command_line import json_answers
from dashboard.handout import exports
from dashboard.handout.content import Asked, Page, files, page
from dashboard.handout.pdf import Paper, pdf, png
from dashboard.handout.web_page import html
from dashboard.tables.read import load_care_tables
from dashboard.ui import clients, estimates, made_files, state, take_along
from dashboard.ui.shell import tables
from dashboard.words import handout as said
from dashboard.words import take_along as along


def section() -> None:
    """What stands on the page, and the buttons that make it."""
    st.subheader(said.PRINT_TITLE, anchor=False)
    with_conditions = take_along.with_conditions()
    st.write(along.page_holds(state.plan(), with_conditions))
    st.segmented_control(said.PRINT_PAPER, list(Paper), default=Paper.A4, key="print_paper", format_func=said.PAPERS.__getitem__)
    with_foods = st.checkbox(said.PRINT_FOODS, key="print_foods")
    url = take_along.url_of(take_along.code_of())
    asked = Asked(code=code(), with_conditions=with_conditions, link=url)
    buttons(page_of(asked), with_foods=with_foods, labels=(said.GET_PDF, said.GET_HTML))


def code() -> str:
    """What stands for the person on paper and in files."""
    return clients.code()


def page_of(asked: Asked) -> Callable[[], Page]:
    """Makes the page of the plan on screen, when it is asked for; outside of a run of the page, so all it needs is taken now."""
    kept = state.plan().baseline
    return partial(page, state.advice(), asked, tables(), load_care_tables(), estimates.advice(kept) if kept else None)


def buttons(make: Callable[[], Page], *, with_foods: bool, labels: tuple[str, str], mark: str = "") -> None:
    """The page as PDF and as a web page. What a button makes is made when it is pressed, from what is on screen now."""
    paper = st.session_state.get("print_paper") or Paper.A4
    key = f"get_{mark}_" if mark else "get_"
    with st.container(horizontal=True):
        as_pdf = partial(_pdf, make, paper, with_foods)
        name = clients.file_name("pdf", mark)
        made_files.button(labels[0], as_pdf, name, "application/pdf", type="primary", key=f"{key}pdf")
        as_html = partial(_html, make, paper, with_foods)
        made_files.button(labels[1], as_html, clients.file_name("html", mark), "text/html", key=f"{key}html")


def sheets() -> None:
    """Every figure for a spreadsheet, and the assessment for a program."""
    st.subheader(along.SHEETS_TITLE, anchor=False)
    st.write(along.SHEETS_HOLD)
    advice = state.advice()
    rows = partial(exports.items, advice.assessment, code=code(), on=date.today())
    with st.container(horizontal=True):
        book = partial(_workbook, rows)
        made_files.button(said.GET_XLSX, book, clients.file_name("xlsx"), said.XLSX_TYPE, key="get_xlsx")
        for locale in exports.Locale:
            text, label = partial(_csv, rows, locale), said.GET_CSV[locale]
            made_files.button(label, text, clients.file_name("csv"), "text/csv", key=f"get_csv_{locale}")
    if take_along.named() and not take_along.with_conditions():
        # Without them it would be the assessment of somebody else.
        st.caption(along.JSON_ONLY_WITH)
        return
    st.write(along.json_holds(state.plan()))
    name = clients.file_name("json", said.ASSESSMENT_MARK)
    made_files.button(said.GET_JSON, partial(_json, advice), name, "application/json", key="get_json")


def picture_files() -> None:
    """The pictures of the printed page and of where the plan falls short as files."""
    with_conditions = take_along.with_conditions()
    found = files(state.advice(), tables(), state.baseline(), hidden=bool(take_along.named()) and not with_conditions)
    if not found:
        return
    st.subheader(along.PICTURES_TITLE, anchor=False)
    st.write(along.pictures_hold(state.plan(), with_conditions))
    with st.container(horizontal=True, key="pictures_saved"):
        for name, picture in found.items():
            mark = said.PICTURE_MARK[name]
            label, of = said.GET_PICTURE.format(name=name, kind="SVG"), clients.file_name("svg", mark)
            made_files.button(label, partial(picture.svg.encode, "utf-8"), of, "image/svg+xml", key=f"get_{mark}_svg")
            label, of = said.GET_PICTURE.format(name=name, kind="PNG"), clients.file_name("png", mark)
            made_files.button(label, partial(png, picture), of, "image/png", key=f"get_{mark}_png")


def _pdf(make: Callable[[], Page], paper: Paper, with_foods: bool) -> bytes:
    return pdf(make(), paper=paper, with_foods=with_foods)


def _html(make: Callable[[], Page], paper: Paper, with_foods: bool) -> bytes:
    return html(make(), paper=paper, with_foods=with_foods)


def _workbook(rows: Callable[[], list[exports.Row]]) -> bytes:
    return exports.to_xlsx({said.ITEMS_SHEET: (exports.ITEMS, rows())})


def _csv(rows: Callable[[], list[exports.Row]], locale: exports.Locale) -> bytes:
    return exports.to_csv(rows(), exports.ITEMS, locale)


def _json(advice: Advice) -> bytes:
    return json.dumps(json_answers.assessment(advice), ensure_ascii=False, indent=2).encode("utf-8")
