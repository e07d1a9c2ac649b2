"""The quick check: a few sliders that become a usual week."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from dashboard.advice.advise import advise
from dashboard.estimate.assess import assess
from dashboard.plan import Supplement
from dashboard.tables.foods import QuickSlot
from dashboard.ui import headline, shell, state, where_from
from dashboard.ui.shell import tables
from dashboard.weeks.quick_check import slots, usual_answers, week
from dashboard.words import quick_check as words

SUPPLEMENT: Final = "quick-supplement"


def questions() -> None:
    """The questions, the week they make, and the button that makes it the plan."""
    # The place of every page's headline, so that the figure stays in view while answering.
    warned, shown = st.container(), st.container(key="headline", gap="xsmall")
    plan = state.plan()
    diet = plan.person.diet
    usual = usual_answers(tables(), diet)
    leave_out = tables().left_out(plan.person)
    answers: dict[str, str] = {}
    with st.grid(2, min_column_width=320):
        for slot in slots(tables(), diet, leave_out):
            answers[slot.slot] = _question(slot, usual[slot.slot])
    made = replace(plan, days=week(tables(), answers), supplements=_supplements())
    found = advise(assess(made, tables()), tables())
    with warned:
        headline.warn(found)
    shown.markdown(headline.html(found), unsafe_allow_html=True)
    where_from.of_plan(found)
    if plan == made:
        st.success(words.QUICK_DONE, icon=":material/check:")
        st.page_link(shell.pages()[0], label="Open it as a week", icon=":material/restaurant:")
    else:
        st.button("Make this my plan", type="primary", icon=":material/check:", on_click=state.commit, args=(made,))


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


def _supplements() -> tuple[Supplement, ...]:
    """What is taken: nothing, a usual regimen, or what the plan already holds, which no answer may lose."""
    now = state.plan().supplements
    offered: dict[str, tuple[Supplement, ...]] = {words.QUICK_AS_IN_PLAN: now} if now else {}
    offered |= {words.QUICK_NO_SUPPLEMENT: ()}
    offered |= {e.regimen.label: (e.supplement,) for e in state.regimens() if e.supplement}
    if st.session_state.get(SUPPLEMENT) not in offered:
        st.session_state.pop(SUPPLEMENT, None)
    chosen = st.selectbox("A B12 supplement", list(offered), key=SUPPLEMENT, persist_state="session")
    return offered[chosen]
