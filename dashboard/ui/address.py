"""The address and the tab's memory, through one small element of our own, whose code is elements/address.js.

The element alone writes the address: a new history entry for an edit, the same entry for what a page change dropped.
The server only reads it. It never writes st.query_params, so that Streamlit sends the address as it is.

Who is right when both move at once: the address. Back and Forward are counted in the browser (``step``); an answer that was
made before the server knew of the last press is not written. Streamlit asks for a rerun of its own after such a press, and
the element puts the count into the address for the moment in which Streamlit reads it, so that one rerun is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import streamlit as st

from dashboard.plan import link
from dashboard.plan.plan import KEY as CONDITION

KEY: Final = "address"
STEP: Final = "step"
COUNT_MAX: Final = 2**31
CONDITIONS_MAX: Final = 60
SESSION_MAX: Final = 16
#: Goes with every rerun. The code itself is a part of the frame (dashboard.ui.frame), which the browser keeps.
LOADER: Final = """
export default function (component) {
  if (window.b12AddressHeard) return window.b12AddressHeard(component)
  document.addEventListener("b12-address", () => window.b12AddressHeard(component), { once: true })
}
"""

_element = st.components.v2.component("b12_address", js=LOADER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the server tells the element with every run."""

    session: str  # of this server; a browser that knows another one introduces itself
    run: int
    edit: int  # how many edits were made: a new one makes a history entry
    step: int  # the last press of Back or Forward that is known here
    heard: int  # the last news of the element that arrived
    code: str  # what the address should hold; empty where it has to stay as it is
    plan: str  # the plan's own code where the address only holds a name for it, else empty
    wanted: str  # the name of a plan in the tab that the server asks for, else empty
    person: str  # whose plan it is: the tab keeps the conditions of each person apart
    conditions: tuple[str, ...]
    kept: int  # how often the conditions changed: the tab stores them when this does
    linked: bool  # whether the visit began with a link
    shared: bool  # whether conditions are part of the link
    page: str
    pages: tuple[str, ...]
    longest: int = link.LINK_MAX


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """News from the element, checked."""

    number: int
    session: str  # that the element knows; empty where it knows none
    step: int
    address: str
    conditions: tuple[str, ...] | None = None  # what the tab remembers, where it was asked
    known: bool = True  # whether this tab has shown the address before
    before: str = ""  # the code of the plan that this tab showed last, where it has not
    whose: bool = False  # whether the conditions are those of another person, to whose address a step led
    plan: str | None = None  # the plan that was asked for; empty where the tab does not have it
    forgets: bool = False  # whether the tab could not store what it should


def asked() -> str:
    """The code in the address, as Streamlit sent it with this run."""
    return str(st.query_params.get(link.PARAMETER, ""))


def step_asked() -> int:
    """The count of Back and Forward that came with the address; 0 where none did."""
    text = str(st.query_params.get(STEP, ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def show(shown: Shown, on_news: Callable[[], None], on_return: Callable[[], None]) -> Told | None:
    """Places the element. Answers what the browser brought along; callbacks tell it too, but not in the first run of a session."""
    result: Any = _element(key=KEY, data=asdict(shown), on_told_change=on_news, on_at_change=on_return, height=1)
    return read_told(result.get("at"))


def news() -> Told | None:
    """What the element told. Only inside its callback."""
    return _held("told")


def returned() -> Told | None:
    """Where the browser is after the connection was lost. Only inside its callback."""
    return _held("at")


def _held(name: str) -> Told | None:
    held: Any = st.session_state.get(KEY)
    return read_told(held.get(name)) if isinstance(held, Mapping) else None


def read_told(raw: object) -> Told | None:
    """News of the element, from a browser that may send anything; None where it is not in the form the element writes."""
    if not isinstance(raw, Mapping):
        return None
    number, step = _count(raw.get("number")), _count(raw.get("step"))
    session, address, plan = raw.get("session"), raw.get("address"), raw.get("plan")
    if number is None or step is None or not isinstance(session, str) or len(session) > SESSION_MAX:
        return None
    if not isinstance(address, str) or len(address) > link.LINK_MAX + 1:
        return None
    if plan is not None and (not isinstance(plan, str) or len(plan) > link.CODE_MAX):
        return None
    before = raw.get("before", "")
    if not isinstance(before, str) or len(before) > link.LINK_MAX:
        return None
    return Told(
        number=number,
        session=session,
        step=step,
        address=address,
        conditions=_conditions(raw.get("conditions")),
        known=raw.get("known", True) is not False,
        before=before,
        whose=raw.get("whose") is True,
        plan=plan,
        forgets=raw.get("forgets") is True,
    )


def _count(raw: object) -> int | None:
    return raw if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw < COUNT_MAX else None


def _conditions(raw: object) -> tuple[str, ...] | None:
    if not isinstance(raw, list) or len(raw) > CONDITIONS_MAX:
        return None
    return tuple(dict.fromkeys(c for c in raw if isinstance(c, str) and CONDITION.fullmatch(c)))
