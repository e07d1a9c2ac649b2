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


def _asked() -> list[QuickSlot]:
    person = state.plan().person
    return slots(tables(), person.diet, tables().left_out(person))


def _key(slot: QuickSlot) -> str:
    return f"quick-{slot.slot}-{state.plan().person.diet}"


def made() -> Plan:
    """The plan with the week that the answers make; a question not answered yet counts as usual for the diet."""
    plan, held = state.plan(), st.session_state
    usual = usual_answers(tables(), plan.person.diet)
    told = {slot.slot: held.get(_key(slot), usual[slot.slot]) for slot in _asked()}
    offered = _supplements()
    taken = held.get(SUPPLEMENT) if held.get(SUPPLEMENT) in offered else next(iter(offered))
    return replace(plan, days=week(tables(), told), supplements=offered[str(taken)])


def questions() -> None:
    """How often some foods are eaten, and what supplement is taken."""
    usual, frequencies = usual_answers(tables(), state.plan().person.diet), tables().frequencies
    with st.grid(2, min_column_width=320):
        for slot in _asked():
            st.select_slider(
                f"{slot.label}: {slot.portion}",
                list(frequencies),
                usual[slot.slot],
                key=_key(slot),
                format_func=lambda f: frequencies[f].label,
                persist_state="session",
            )
    offered = _supplements()
    if st.session_state.get(SUPPLEMENT) not in offered:
        st.session_state.pop(SUPPLEMENT, None)
    st.selectbox(words.QUICK_SUPPLEMENT, list(offered), key=SUPPLEMENT, persist_state="session")


def _supplements() -> dict[str, tuple[Supplement, ...]]:
    """What may be taken: what the plan already holds, which no answer may lose, nothing, or a usual regimen."""
    now = state.plan().supplements
    offered: dict[str, tuple[Supplement, ...]] = {words.QUICK_AS_IN_PLAN: now} if now else {}
    offered |= {words.QUICK_NO_SUPPLEMENT: ()}
    return offered | {e.regimen.label: (e.supplement,) for e in state.regimens() if e.supplement}
