"""The quick check: a few sliders that become a usual week."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from dashboard.plan import Plan, Supplement
from dashboard.tables.foods import QuickSlot
from dashboard.ui import state
from dashboard.ui.shell import tables
from dashboard.weeks.quick_check import slots, usual_answers, week
from dashboard.words import quick_check as words

SUPPLEMENT: Final = "quick-supplement"


def answers() -> Plan:
    """The questions; answers the plan with the week that they make."""
    plan = state.plan()
    diet = plan.person.diet
    usual = usual_answers(tables(), diet)
    leave_out = tables().left_out(plan.person)
    told: dict[str, str] = {}
    with st.grid(2, min_column_width=320):
        for slot in slots(tables(), diet, leave_out):
            told[slot.slot] = _question(slot, usual[slot.slot])
    return replace(plan, days=week(tables(), told), supplements=_supplements())


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
