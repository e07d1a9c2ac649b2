"""The quick check: a few sliders that become a usual week."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import words
from dashboard.model.assess import assess
from dashboard.model.quick_check import slots, usual_answers, week
from dashboard.model.records import QuickSlot
from dashboard.plan import Plan, Supplement
from dashboard.ui import headline, shell, state
from dashboard.ui.shell import tables

NO_SUPPLEMENT = "none"


def questions() -> None:
    """The questions, the week they make, and the button that makes it the plan."""
    shown = st.container()
    plan = state.plan()
    diet = plan.person.diet
    usual = usual_answers(tables(), diet)
    answers: dict[str, str] = {}
    with st.grid(2, min_column_width=320):
        for slot in slots(tables(), diet):
            answers[slot.slot] = _question(slot, usual[slot.slot])
    supplement = _supplement()
    made = replace(plan, days=week(tables(), answers), supplements=(supplement,) if supplement else ())
    with shown:
        _result(made)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Make this my plan", type="primary", icon=":material/check:", on_click=_use, args=(made,))
        if state.plan().days == made.days and state.plan().supplements == made.supplements:
            st.page_link(shell.pages()[0], label="Open it as a week", icon=":material/restaurant:")


def _question(slot: QuickSlot, usual: str) -> str:
    key = f"quick-{slot.slot}-{state.plan().person.diet}"
    frequencies = tables().frequencies
    st.session_state.setdefault(key, usual)
    chosen: str = st.select_slider(
        f"{slot.label}: {slot.portion}",
        list(frequencies),
        key=key,
        format_func=lambda f: frequencies[f].label,
        persist_state="session",
    )
    return chosen


def _supplement() -> Supplement | None:
    offered = {e.regimen.label: e.supplement for e in state.regimens() if e.supplement}
    chosen = st.selectbox("A B12 supplement", [NO_SUPPLEMENT, *offered], key="quick-supplement", persist_state="session")
    return offered.get(chosen)


def _result(made: Plan) -> None:
    found = assess(made, tables())
    headline.warn(found)
    with st.container(key="headline", gap="xsmall"):
        st.markdown(headline.html(found), unsafe_allow_html=True)


def _use(made: Plan) -> None:
    state.commit(made)
    st.session_state[state.NOTICES] = [words.QUICK_DONE]
