"""The session's plan, and how it is changed. Every edit is a callback that ends in :func:`commit`.

How a plan comes out of the address stands in dashboard.ui.opening, how it gets there in dashboard.ui.address.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from dashboard.advice.advise import Advice
from dashboard.advice.regimens import RegimenEffect
from dashboard.advice.suggest import SUGGESTIONS_MAX, Suggestion
from dashboard.estimate.assess import Assessment
from dashboard.plan import Plan, PlanError, edit_person, link
from dashboard.ui import estimates
from dashboard.ui.shell import tables
from dashboard.ui.undo import Timeline, Was
from dashboard.weeks.starter import follow
from dashboard.words import address as said

PLAN: Final = "_plan"
CODE: Final = "_code"
ADDRESS: Final = "_address"
SHARED: Final = "_conditions_shared"
KEPT: Final = "_conditions_kept"
TIMELINE: Final = "_timeline"
NOTICES: Final = "_notices"
DONE: Final = "_done"
LINK_WITHOUT: Final = "_link_without_conditions"
RECEIVED: Final = "_from_a_link"
EDITS: Final = "_edits"


def plan() -> Plan:
    """The plan of this run."""
    held: Plan = st.session_state[PLAN]
    return held


def code() -> str:
    """The plan's code for a link, however long it is."""
    held: str = st.session_state[CODE]
    return held


def fits_link() -> bool:
    """Whether a link can carry the plan. Where not, it stays in the browser tab, and a file can carry it."""
    return len(code()) <= link.LINK_MAX


def address() -> str:
    """What stands in the address for the plan; empty where the address has to stay as it is."""
    held: str = st.session_state[ADDRESS]
    return held


def shares_conditions() -> bool:
    """Whether conditions and medicines are part of the link."""
    return bool(st.session_state.get(SHARED))


def assessment() -> Assessment:
    """The assessment of this run's plan."""
    return estimates.assessment(plan())


def advice() -> Advice:
    """What may be said and offered for this run's plan."""
    return estimates.advice(plan())


def baseline() -> Assessment | None:
    """The assessment of the plan kept to compare with."""
    kept = plan().baseline
    return estimates.assessment(kept) if kept else None


def suggestions(limit: int = SUGGESTIONS_MAX) -> tuple[Suggestion, ...]:
    """Foods that would close this plan's shortfall, the best first. Each is an assessment: ask for as many as are shown."""
    return estimates.suggestions(plan(), limit)


def regimens() -> tuple[RegimenEffect, ...]:
    """Every supplement regimen, for this person."""
    return estimates.regimens(plan())


# What is on screen -------------------------------------------------------------------------------


def show(shown: Plan, timeline: Timeline | None, at: str | None = None) -> None:
    """Makes a plan the one on screen. ``at``: the address it was read from, which then stays as it is.

    Without a timeline one begins. The tab is told to store the conditions where they have changed.
    """
    state = st.session_state
    held = state.get(PLAN)
    if (held.person.conditions if held else ()) != shown.person.conditions:
        state[KEPT] = conditions_kept() + 1
    state[PLAN] = shown
    state[CODE] = link.encode(shown, share_conditions=shares_conditions(), weeks=tables().link_weeks)
    state[ADDRESS] = link.address_of(state[CODE]) if at is None else at
    was = Was(shown, state[ADDRESS])
    state[TIMELINE] = timeline.corrected(was) if timeline else Timeline((was,))


def with_conditions(changed: Plan, conditions: tuple[str, ...]) -> Plan:
    """The plan with conditions that no link carried. Its baseline is the same person's, so it gets them too."""
    kept = edit_person(changed.baseline, conditions=conditions) if changed.baseline else None
    return replace(edit_person(changed, conditions=conditions), baseline=kept)


def conditions_kept() -> int:
    """How often the conditions changed in this session."""
    return int(st.session_state.get(KEPT, 0))


def timeline() -> Timeline:
    """The plans before and after this one."""
    held: Timeline = st.session_state[TIMELINE]
    return held


def tell(*notices: str, done: str = "") -> None:
    """Says something at the top of the page until the next edit."""
    st.session_state[NOTICES] = list(notices)
    st.session_state[DONE] = [done] if done else []


# Edits -------------------------------------------------------------------------------------------


def commit(changed: Plan) -> None:
    """Makes a plan the session's plan and writes it into the address. Only from a callback."""
    if PLAN in st.session_state and changed != plan():
        _edited(changed, timeline().changed(Was(changed, "")))


def _edited(changed: Plan, then: Timeline) -> None:
    show(changed, then)
    tell()
    st.session_state[EDITS] = edits_made() + 1


def edits_made() -> int:
    """How often the plan was changed in this session. A pop-up with it in its key closes after an edit."""
    return int(st.session_state.get(EDITS, 0))


def edit(change: Callable[..., Plan], *args: Any, **kwargs: Any) -> None:
    """Callback: applies one of the edits of dashboard.plan to the session's plan. What cannot be is told."""
    try:
        commit(change(plan(), *args, **kwargs))
    except PlanError as error:
        tell(said.left_as_it_was(error))


def can_undo() -> bool:
    """Whether there is an edit to take back."""
    return timeline().can_undo


def can_redo() -> bool:
    """Whether there is an edit to do again."""
    return timeline().can_redo


def undo() -> None:
    """Callback: takes the last edit back."""
    if can_undo():
        then = timeline().undone()
        _edited(then.now.plan, then)


def redo() -> None:
    """Callback: does again what was taken back."""
    if can_redo():
        then = timeline().redone()
        _edited(then.now.plan, then)


def share_conditions(on: bool) -> None:
    """Callback: whether conditions and medicines go into the link."""
    st.session_state[SHARED] = on
    _edited(plan(), timeline())


def change_person(**changes: Any) -> None:
    """Callback: changes fields of the person. An untouched starter week follows diet, age and where the person shops."""
    now = plan()
    try:
        changed = edit_person(now, **changes)
    except PlanError as error:
        tell(said.left_as_it_was(error))
        return
    changed = follow(tables(), now, changed)
    if "conditions" in changes and not shares_conditions():
        # The link will bring one list back, for the plan and for its baseline.
        changed = with_conditions(changed, changed.person.conditions)
    if "conditions" in changes:
        st.session_state.pop(LINK_WITHOUT, None)
    commit(changed)
