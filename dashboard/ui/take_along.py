"""Taking a plan along and bringing one in: link, QR code, file, and records kept elsewhere."""

from __future__ import annotations

import segno
import streamlit as st

from dashboard.foods.search import search
from dashboard.plan import PlanError, link, plan_file
from dashboard.ui import browser, state
from dashboard.ui.as_text import as_text
from dashboard.ui.shell import tables
from dashboard.weeks import food_record as records
from dashboard.words import take_along as words

RECORD = "_record"


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


def bring_record() -> None:
    """Reads a food record, takes over what is beyond doubt and asks for the rest."""
    st.write(words.RECORD_INTRO)
    st.file_uploader("Food record (CSV)", type="csv", key="record_file", on_change=_read_record, max_upload_size=2)
    record: records.Record | None = st.session_state.get(RECORD)
    if record is None:
        return
    for problem in record.problems:
        st.warning(as_text(problem), icon=":material/info:")
    if not record.lines:
        return
    st.write(words.record_read(len(record.taken), len(record.open)))
    chosen = [*record.taken, *(line for open_line in record.open if (line := _choice(open_line)))]
    st.button(words.record_button(len(chosen)), type="primary", disabled=not chosen, on_click=_use_record, args=(chosen,))


def _read_record() -> None:
    uploaded = st.session_state.get("record_file")
    foods = tables().foods
    st.session_state[RECORD] = records.read(uploaded.getvalue(), foods, lambda text: search(foods, text)) if uploaded else None


def _choice(line: records.Line) -> records.Line | None:
    foods = tables().foods
    with st.container(border=True):
        st.markdown(as_text(words.record_line(line)))
        if not line.candidates:
            return None
        with st.container(horizontal=True, vertical_alignment="bottom"):
            food = st.selectbox(
                "Food", [None, *line.candidates], key=f"record-{line.number}", format_func=lambda f: foods[f].name if f else "Leave out"
            )
            usual = line.grams or (foods[food].portions[0].grams if food and foods[food].portions else 100.0)
            grams = st.number_input("Grams", 0.0, 5000.0, float(usual), key=f"record-grams-{line.number}-{food}", format="%g")
    return records.choose(line, foods[food], grams) if food else None


def _use_record(lines: list[records.Line]) -> None:
    try:
        changed = records.to_plan(state.plan(), lines)
    except PlanError as error:
        state.tell(str(error), words.PLAN_KEPT)
        return
    state.commit(changed)
    st.session_state.pop(RECORD, None)
    state.tell(done=words.record_done(len(lines)))
