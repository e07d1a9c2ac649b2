"""The session's plan: address -> Plan -> address.

The address holds the whole plan in one parameter, bound to a text input that nobody sees. The plan of a
run is what that text says, plus the conditions, which stay in the browser tab unless shared. Every edit
is a callback that ends in :func:`commit`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

import streamlit as st

from dashboard.advice.regimens import RegimenEffect, compare
from dashboard.advice.suggest import SUGGESTIONS_MAX, Suggestion, suggest
from dashboard.estimate.assess import Assessment, assess
from dashboard.plan import Person, Plan, PlanError, edit_person, link
from dashboard.ui import browser
from dashboard.ui.as_text import as_text
from dashboard.ui.shell import tables
from dashboard.weeks.starter import is_starter, starter_plan

CODE: Final = link.PARAMETER
PLAN: Final = "_plan"
READ: Final = "_code_read"
CONDITIONS: Final = "_conditions"
SHARED: Final = "_conditions_shared"
PAST: Final = "_past"
FUTURE: Final = "_future"
NOTICES: Final = "_notices"
DONE: Final = "_done"
EDITS: Final = "_edits"
MEMORY: Final = "_memory"
UNDO_MAX: Final = 50


def begin() -> None:
    """Once per run, in the entry: reads the plan from the address and tells what could not be read."""
    state = st.session_state
    if not state.get(CODE) and not st.query_params.get(CODE) and PLAN not in state:
        # Before the input is bound, so that the address holds the plan from the first view on.
        st.query_params[CODE] = link.encode(starter_plan(tables(), Person()))
    code = st.text_input("Plan", key=CODE, bind="query-params", label_visibility="collapsed") or ""
    if code != state.get(READ) or PLAN not in state:
        _read(code)
    _remember()
    for notice in state.get(NOTICES, ()):
        st.warning(as_text(notice), icon=":material/info:")
    for done in state.get(DONE, ()):
        st.success(as_text(done), icon=":material/check:")


def _read(code: str) -> None:
    state = st.session_state
    opened = link.decode(code) if code else link.Opened(starter_plan(tables(), Person()), (), False)
    state[READ] = code
    state[DONE] = []
    state[NOTICES] = [*opened.problems, *_strangers(opened.plan)]
    if opened.plan is None:
        state[NOTICES].append("The plan on screen is the one you had before." if PLAN in state else "An example week is shown instead.")
        state.setdefault(PLAN, starter_plan(tables(), Person()))
        return
    if opened.conditions_shared:
        state[CONDITIONS] = opened.plan.person.conditions
    state[SHARED] = opened.conditions_shared
    state[PLAN] = opened.plan if opened.conditions_shared else _with_conditions(opened.plan, state.get(CONDITIONS, ()))


def _with_conditions(plan: Plan, conditions: tuple[str, ...]) -> Plan:
    """The plan with conditions that no link carried. Its baseline is the same person's, so it gets them too."""
    kept = edit_person(plan.baseline, conditions=conditions) if plan.baseline else None
    return replace(edit_person(plan, conditions=conditions), baseline=kept)


def _strangers(plan: Plan | None) -> list[str]:
    """A notice for what a plan names and the tables do not know; the plan keeps it."""
    if plan is None:
        return []
    known = tables()
    own = {o.id for o in plan.own_foods}
    foods = sorted({item.food for _, item in plan.items()} - set(known.foods) - own)
    notices = []
    if foods:
        notices.append(
            f"Not in the food table, kept in the plan and counted as unknown: {', '.join(foods[:5])}{' …' if len(foods) > 5 else ''}."
        )
    if plan.person.reference_set not in known.reference_sets:
        notices.append(f"The reference set {plan.person.reference_set} is not known to this app, so there is no target to compare with.")
    return notices


def _remember() -> None:
    """Keeps the conditions in the browser tab, so that a reload brings them back and a copied link does not carry them."""
    state = st.session_state
    restored = bool(state.get(MEMORY))
    browser.tab_memory(conditions=state.get(CONDITIONS, ()), write=restored, on_change=_restore)


def _restore() -> None:
    found = browser.remembered()
    state = st.session_state
    state[MEMORY] = True
    if found is None:
        state[NOTICES] = [
            *state.get(NOTICES, ()),
            "This browser keeps nothing for a page, so conditions and medicines are left out after a reload.",
        ]
    elif not state.get(CONDITIONS) and not state.get(SHARED):
        _set_conditions(tuple(c for c in found if c in tables().conditions))


def _set_conditions(conditions: tuple[str, ...]) -> None:
    state = st.session_state
    state[CONDITIONS] = conditions
    if PLAN in state:
        state[PLAN] = _with_conditions(state[PLAN], conditions)


def plan() -> Plan:
    """The plan of this run."""
    held: Plan = st.session_state[PLAN]
    return held


def code() -> str:
    """The plan's code as the address holds it."""
    return link.encode(plan(), share_conditions=shares_conditions())


def shares_conditions() -> bool:
    """Whether conditions and medicines are part of the link."""
    return bool(st.session_state.get(SHARED))


def assessment() -> Assessment:
    """The assessment of this run's plan."""
    return _assessed(plan())


def baseline() -> Assessment | None:
    """The assessment of the plan kept to compare with."""
    kept = plan().baseline
    return _assessed(kept) if kept else None


def suggestions(limit: int = SUGGESTIONS_MAX) -> tuple[Suggestion, ...]:
    """Foods that would close this plan's shortfall, the best first. Each is an assessment: ask for as many as are shown."""
    return _suggested(plan(), limit)


def regimens() -> tuple[RegimenEffect, ...]:
    """Every supplement regimen, for this person."""
    return compare(assessment(), tables())


# Plans are frozen and tables never change, so an answer holds for every session that asks the same.
@lru_cache(maxsize=256)
def _assessed(plan: Plan) -> Assessment:
    return assess(plan, tables())


@lru_cache(maxsize=256)
def _suggested(plan: Plan, limit: int) -> tuple[Suggestion, ...]:
    return suggest(_assessed(plan), tables(), limit)


def commit(changed: Plan) -> None:
    """Makes a plan the session's plan and writes it into the address. Only from a callback."""
    state = st.session_state
    if changed == state.get(PLAN):
        return
    state[PAST] = [*state.get(PAST, []), state[PLAN]][-UNDO_MAX:]
    state[FUTURE] = []
    _put(changed)


def _put(changed: Plan) -> None:
    state = st.session_state
    state[PLAN] = changed
    state[CONDITIONS] = changed.person.conditions
    state[MEMORY] = True
    state[NOTICES] = state[DONE] = []
    state[EDITS] = edits_made() + 1
    state[READ] = state[CODE] = link.encode(changed, share_conditions=shares_conditions())


def edits_made() -> int:
    """How often the plan was changed in this session. A pop-up with it in its key closes after an edit."""
    return int(st.session_state.get(EDITS, 0))


def edit(change: Callable[..., Plan], *args: Any, **kwargs: Any) -> None:
    """Callback: applies one of the edits of dashboard.plan to the session's plan. What cannot be is told."""
    try:
        commit(change(plan(), *args, **kwargs))
    except PlanError as error:
        st.session_state[NOTICES] = [f"{error} The plan was left as it was."]


def edit_in_fragment(change: Callable[..., Plan], *args: Any, **kwargs: Any) -> None:
    """The same from inside a fragment, where the address only changes when the whole app runs again."""
    edit(change, *args, **kwargs)
    st.rerun()


def can_undo() -> bool:
    """Whether there is an edit to take back."""
    return bool(st.session_state.get(PAST))


def can_redo() -> bool:
    """Whether there is an edit to do again."""
    return bool(st.session_state.get(FUTURE))


def undo() -> None:
    """Callback: takes the last edit back."""
    _step(PAST, FUTURE)


def redo() -> None:
    """Callback: does again what was taken back."""
    _step(FUTURE, PAST)


def _step(out: str, into: str) -> None:
    state = st.session_state
    if state.get(out):
        *rest, plan = state[out]
        state[into] = [*state.get(into, []), state[PLAN]]
        state[out] = rest
        _put(plan)


def share_conditions(on: bool) -> None:
    """Callback: whether conditions and medicines go into the link."""
    st.session_state[SHARED] = on
    _put(plan())


def change_person(**changes: Any) -> None:
    """Callback: changes fields of the person. An untouched starter week follows the diet."""
    now = plan()
    try:
        changed = edit_person(now, **changes)
    except PlanError as error:
        st.session_state[NOTICES] = [f"{error} The plan was left as it was."]
        return
    if changed.person.diet != now.person.diet and is_starter(tables(), now):
        changed = replace(changed, days=starter_plan(tables(), changed.person).days)
    if "conditions" in changes and not shares_conditions():
        # The link will bring one list back, for the plan and for its baseline.
        changed = _with_conditions(changed, changed.person.conditions)
    commit(changed)


def load_starter(unfortified: bool = False) -> None:
    """Callback: replaces the days by the starter week of the person's diet; undo brings them back."""
    now = plan()
    commit(replace(now, days=starter_plan(tables(), now.person, unfortified=unfortified).days))
