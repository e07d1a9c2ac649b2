"""Whose plan is on screen: the people whose plans are open in this tab, one at a time. Nothing of them is kept on the server.

Opening a person replaces everything of the one before: the plan, what can be undone, the conditions, and whatever was typed
or ticked on any page. The browser's Back to an address of another person opens that person again, with their own conditions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from secrets import token_hex
from typing import Final

import streamlit as st

from dashboard.plan import Person, Plan
from dashboard.ui import state
from dashboard.ui.shell import tables
from dashboard.ui.undo import Timeline
from dashboard.weeks.starter import starter_plan

PEOPLE: Final = "_clients"
CODE_MAX: Final = 12
CLIENTS_MAX: Final = 60
#: What belongs to the session and not to a person. Everything else goes when another person is opened.
KEPT: Final = frozenset({"_entered", "_exchange", PEOPLE, state.EDITS, state.KEPT, "fdc_key"})
FILE_STEM: Final = "b12-plan"
_FROM_NAME: Final = re.compile(rf"{FILE_STEM}-([^.]+)\.json")


@dataclass(frozen=True, slots=True)
class Client:
    """One person: a code for files and print (never in a link), and their plan with all that can be undone in it."""

    code: str = ""
    plan: Plan = field(default_factory=Plan)
    shares_conditions: bool = False
    timeline: Timeline | None = None
    id: str = field(default_factory=lambda: token_hex(4))


@dataclass(slots=True)
class Clients:
    """The people of this tab, and which of them is on screen. ``opened`` counts how often one was opened."""

    people: list[Client] = field(default_factory=lambda: [Client()])
    at: int = 0
    opened: int = 0


def clients() -> Clients:
    """The people of this session; at first one, without a code."""
    held: Clients | None = st.session_state.get(PEOPLE)
    if held is None:
        held = st.session_state[PEOPLE] = Clients()
    return held


def code() -> str:
    """The code of the person on screen; empty when none was given."""
    return clients().people[clients().at].code


def person_id() -> str:
    """A word for the person on screen that means nothing: by it the tab keeps the conditions of each apart."""
    return clients().people[clients().at].id


def tidy_code(text: str) -> str:
    """A code as it is kept: at most 12 letters, digits, hyphens and underscores, so that it can name a file."""
    return re.sub(r"[^\w-]", "", text)[:CODE_MAX]


def set_code(text: str) -> None:
    """Gives the person on screen a code."""
    held = clients()
    held.people[held.at] = replace(held.people[held.at], code=tidy_code(text))


def file_name(ending: str = "json", mark: str = "") -> str:
    """What a saved plan is called: the code is in its name and nowhere in the plan. ``mark``: it is another thing than the plan."""
    return f"{f'b12-{mark}' if mark else FILE_STEM}{f'-{code()}' if code() else ''}.{ending}"


def code_of_file(name: str) -> str:
    """The code in the name of a saved plan; for any other name, its beginning."""
    found = _FROM_NAME.fullmatch(name)
    return tidy_code(found[1] if found else name.removesuffix(".json") if name != f"{FILE_STEM}.json" else "")


def rounds() -> int:
    """A number for the keys of upload fields, which has to be another one after each person."""
    return clients().opened


# Callbacks ---------------------------------------------------------------------------------------


def new_person() -> None:
    """Callback: a person of whom nothing is known yet, with the example week."""
    add([Client(plan=starter_plan(tables(), Person()))])


def add(found: Iterable[Client]) -> None:
    """Callback: more people; the first of them is on screen. Somebody of whom nothing was said makes room for them."""
    held, new = clients(), list(found)
    _keep(held)
    if new and untouched():
        del held.people[held.at]
    new = new[: CLIENTS_MAX - len(held.people)]
    if new:
        held.people += new
        _show(held, len(held.people) - len(new))


def untouched() -> bool:
    """Whether nothing was said of the person on screen: no code, and the example week as every visit begins."""
    return not code() and state.plan() == starter_plan(tables(), Person())


def switch(to: int) -> None:
    """Callback: another person of the list is on screen, as they were left."""
    held = clients()
    if 0 <= to < len(held.people) and to != held.at:
        _keep(held)
        _show(held, to)


def close() -> None:
    """Callback: the person on screen leaves the list; a list without people has a new one."""
    held = clients()
    del held.people[held.at]
    if not held.people:
        held.people.append(Client(plan=starter_plan(tables(), Person())))
    _show(held, min(held.at, len(held.people) - 1))


def back_to(address: str) -> bool:
    """Opens the other person of the list who had this address, as a step back of the browser asks for; False where none had it."""
    held = clients()
    if state.PLAN not in st.session_state or state.timeline().moved(address):
        return False
    for at, client in enumerate(held.people):
        line = client.timeline.moved(address) if at != held.at and client.timeline else None
        if line:
            _keep(held)
            held.people[at] = replace(client, plan=line.now.plan, timeline=line)
            _show(held, at, address)
            return True
    return False


def _keep(held: Clients) -> None:
    """Puts the person on screen back into the list as they are now."""
    if state.PLAN in st.session_state:
        held.people[held.at] = replace(
            held.people[held.at], plan=state.plan(), shares_conditions=state.shares_conditions(), timeline=state.timeline()
        )


def _show(held: Clients, at: int, address: str | None = None) -> None:
    """Everything of the person before goes, then this one's plan is shown. ``address``: as in :func:`state.show`."""
    session = st.session_state
    for key in [key for key in session if key not in KEPT]:
        del session[key]
    held.at, held.opened = at, held.opened + 1
    client = held.people[at]
    # The tab is told to keep this person's conditions, also where these are none.
    session[state.KEPT] = state.conditions_kept() + 1
    session[state.SHARED] = client.shares_conditions
    state.show(client.plan, client.timeline, address)
    if address is None:
        session[state.EDITS] = state.edits_made() + 1
