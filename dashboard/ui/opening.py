"""How a plan comes out of the address: at the first visit, after Back and Forward, from the tab, with the tab's conditions.

Once per run, before anything else is drawn. The address wins over an edit that arrives together with a step to another address,
for that edit was made on a page that was no longer shown; Redo brings it back.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from dashboard.plan import Person, Plan, link
from dashboard.plan.differences import apart
from dashboard.plan.fault import fault
from dashboard.ui import address, clients, first_minute, state, take_along
from dashboard.ui.as_text import as_text
from dashboard.ui.shell import tables
from dashboard.ui.undo import Was
from dashboard.ui.uninterrupted import uninterrupted
from dashboard.weeks.starter import is_starter, starter_plan
from dashboard.words import address as said
from dashboard.words import plan_faults

EXCHANGE: Final = "_exchange"
#: A plan from a link without conditions is not seen before the tab was asked for them, which takes a moment: an answer that
#: reassures must not stand there first. It comes anyway where the browser does not answer.
UNTIL_KNOWN: Final = """<style>
@keyframes b12-until-known{to{opacity:1}}
html:not([data-b12-known]) [data-testid="stMain"]{opacity:0;animation:b12-until-known 0s 10s forwards}
</style>"""


@dataclass(slots=True)
class Exchange:
    """What this session and the browser have told each other."""

    session: str = field(default_factory=lambda: secrets.token_hex(4))
    run: int = 0
    step: int = 0
    heard: int = 0
    linked: bool = False
    wanted: str = ""
    to_follow: str | None = None


def begin(page: str = "", pages: tuple[str, ...] = ()) -> bool:
    """Reads the plan from the address and tells what could not be read. ``page``: of this run, as the address names it.

    Answers whether there is a plan to show. There is none yet while the tab is asked for one that is too long for a link.
    """
    now: Exchange | None = st.session_state.get(EXCHANGE)
    first = now is None
    if now is None:
        now = st.session_state[EXCHANGE] = Exchange(step=address.step_asked())
        now.to_follow = address.asked()
    elif address.step_asked() > now.step:
        now.step, now.to_follow = address.step_asked(), address.asked()
    if now.to_follow is not None:
        with uninterrupted():
            _follow(now, now.to_follow)
            now.to_follow = None
    if first and page == "quick_check":
        first_minute.begin("week")
    now.run += 1
    brought = address.show(_shown(now, page, pages), _on_news, _on_return)
    if first and brought is not None:
        # The browser knows this page from another server. Nothing else is drawn before that is understood.
        _hear(now, brought)
        st.rerun()
    if state.PLAN not in st.session_state:
        st.info(said.OPENING, icon=":material/hourglass_empty:")
        return False
    # In a place of its own: a notice that goes must not move what stands below it into the state of its neighbour.
    with st.container():
        if first and now.linked:
            st.markdown(UNTIL_KNOWN, unsafe_allow_html=True)  # as the verdict: what st.html needs may be loaded later
        _say()
    return True


def _address() -> str:
    return str(st.session_state.get(state.ADDRESS, ""))


def _shown(now: Exchange, page: str, pages: tuple[str, ...]) -> address.Shown:
    held = state.PLAN in st.session_state
    return address.Shown(
        session=now.session,
        run=now.run,
        edit=state.edits_made(),
        step=now.step,
        heard=now.heard,
        code=_address(),
        plan=state.code() if held and not state.fits_link() and not now.wanted else "",
        wanted=now.wanted,
        person=clients.person_id(),
        conditions=state.plan().person.conditions if held else (),
        kept=state.conditions_kept(),
        linked=now.linked,
        shared=state.shares_conditions(),
        page=page,
        pages=pages,
    )


# What the browser tells --------------------------------------------------------------------------


def _on_news() -> None:
    _hear(st.session_state[EXCHANGE], address.news())


def _on_return() -> None:
    _hear(st.session_state[EXCHANGE], address.returned())


def _hear(now: Exchange, told: address.Told | None) -> None:
    if told is None or (told.session == now.session and told.number <= now.heard):
        return  # also what is told again, since it may have been lost, and was not
    now.heard = max(now.heard, told.number)
    if told.session != now.session or told.step > now.step:
        now.step, now.to_follow = told.step, told.address
    if told.plan is not None and now.wanted:
        _kept_in_tab(now, told.plan)
    if told.conditions is not None and state.PLAN in st.session_state:
        _remembered(told.conditions, told.whose)
        if not told.known:
            _received(told.before)
    if told.forgets:
        state.tell(*st.session_state.get(state.NOTICES, ()), said.TAB_FORGETS)


def _remembered(found: tuple[str, ...], whose: bool) -> None:
    """Conditions that the tab kept. What was said in this session goes before them, unless it was said of another person."""
    conditions = tuple(filter(tables().knows, found))
    if (whose or (conditions and not state.conditions_kept())) and not state.shares_conditions():
        state.show(state.with_conditions(state.plan(), conditions), state.timeline(), _address())


def _received(before: str) -> None:
    """The address is new to this tab: the plan was shared. ``before``: the code of the plan that the tab showed last.

    That it was shared, what is in it, and how it differs from the one before is said as it came, and stays so while it is changed.
    """
    shared = state.shares_conditions()
    lines = [said.received(state.assessment(), tables(), with_conditions=shared)]
    opened = link.decode(before, weeks=tables().link_weeks) if before and not link.KEPT_IN_TAB.fullmatch(before) else None
    # An example that nobody has changed is nobody's plan.
    if opened and opened.plan and not is_starter(tables(), opened.plan):
        lines.append(said.differs(apart(opened.plan, state.plan(), with_conditions=opened.conditions_shared and shared)))
    if not (shared or _mine()):
        lines.append(said.LINK_WITHOUT)
    st.session_state[state.RECEIVED] = tuple(lines)
    st.session_state[state.LINK_WITHOUT] = not shared


def _kept_in_tab(now: Exchange, code: str) -> None:
    """The answer of the tab to the question for a plan that is too long for a link."""
    wanted, now.wanted = now.wanted, ""
    if code and link.address_of(code) == wanted:
        _open(link.decode(code, longest=link.CODE_MAX, weeks=tables().link_weeks), wanted)
    else:
        _open(link.Opened(None, (fault("link-not-in-tab"),)), wanted)


# What the address holds --------------------------------------------------------------------------


def _follow(now: Exchange, text: str) -> None:
    """Shows the plan of an address."""
    now.wanted = ""
    if clients.back_to(text):
        return
    if text and state.PLAN in st.session_state and state.timeline().moved(text) is None:
        # Neither the plan that was shared nor an edit of it: what was said of that one does not hold for this one.
        for said_of_it in (state.RECEIVED, state.LINK_WITHOUT):
            st.session_state.pop(said_of_it, None)
    if not text:
        if state.PLAN not in st.session_state:
            state.show(starter_plan(tables(), Person()), None)
            first_minute.begin()
        return
    if link.KEPT_IN_TAB.fullmatch(text):
        held = state.timeline().moved(text) if state.PLAN in st.session_state else None
        if held is None:
            now.wanted = text
            st.session_state[state.ADDRESS] = text
            return
        shared = link.address_of(link.encode(held.now.plan, share_conditions=True, weeks=tables().link_weeks)) == text
        _open(link.Opened(held.now.plan, (), shared), text)
        return
    opened = link.decode(text, weeks=tables().link_weeks)
    now.linked = state.PLAN not in st.session_state and opened.plan is not None
    _open(opened, text)


def _open(opened: link.Opened, text: str) -> None:
    held: Plan | None = st.session_state.get(state.PLAN)
    text = text if len(text) <= link.LINK_MAX else ""
    if opened.plan is None:
        state.tell(*plan_faults.sentences(opened.problems), said.PLAN_BEFORE if held else said.EXAMPLE_INSTEAD)
        if held is None:
            state.show(starter_plan(tables(), Person()), None, text)
        st.session_state[state.ADDRESS] = text
        return
    st.session_state[state.SHARED] = opened.conditions_shared
    kept = held.person.conditions if held else ()
    plan = opened.plan if opened.conditions_shared else state.with_conditions(opened.plan, kept)
    then = None
    if held:
        then = state.timeline().moved(text) or state.timeline().changed(Was(plan, text))
    state.show(plan, then, text)
    state.tell(*plan_faults.sentences(opened.problems), *said.not_known(plan, tables()))


# What is said above the page ---------------------------------------------------------------------


def _say() -> None:
    session = st.session_state
    for notice in session.get(state.NOTICES, ()):
        st.warning(as_text(notice), icon=":material/info:")
    for done in session.get(state.DONE, ()):
        st.success(as_text(done), icon=":material/check:")
    if received := session.get(state.RECEIVED):
        _was_received(received)
    if session.get(state.LINK_WITHOUT) and _mine():
        _link_with_mine(_mine())
    if not state.fits_link():
        st.warning(said.too_long(len(state.code()), link.LINK_MAX), icon=":material/link_off:")
        take_along.save("save_too_long")


def _was_received(lines: tuple[str, ...]) -> None:
    """The notice of a plan that was shared, until it is put away: going with the first edit it would move the page under the finger."""
    with st.container(key="received", horizontal=True, wrap=False):
        st.info("\n\n".join(map(as_text, lines)), icon=":material/link:")
        st.button(said.PUT_AWAY, key="received_put_away", type="tertiary", on_click=_put_away)


def _put_away() -> None:
    """Callback: the notice of a link was read."""
    st.session_state.pop(state.RECEIVED, None)


def _mine() -> list[str]:
    """Conditions and medicines that this tab kept: somebody else's link without any is reckoned with them."""
    return [tables().condition_label(c) for c in state.plan().person.conditions]


def _link_with_mine(mine: list[str]) -> None:
    """What somebody else's link was reckoned with, and one click to leave that out."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info(as_text(said.link_with_mine(mine)), icon=":material/info:")
        st.button(said.LEAVE_OUT, key="leave_conditions_out", on_click=state.change_person, kwargs={"conditions": ()})
