"""The keys of fields that show what the plan holds, so that a field never writes into the plan what the reader did not say.

Where something else than the field changed the plan (Undo, Back, a button, another person), a new field takes its place: the
browser sends the value of the old one with everything it asks until the answer has arrived, and that must not be taken for an edit.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.ui import clients


def key(name: str) -> str:
    """The key that the field of this name has now."""
    turn, person = st.session_state.get(_turn(name), 0), clients.rounds()
    return f"{name}_{person}_{turn}" if turn or person else name


def follows(name: str, value: Any) -> str:
    """The key of the field in this run, in which the plan holds ``value``; a new one where the field held something else.

    The caller gives the field this value as its own default, on every run, and sets no state. A state that is set once is not seen by a
    browser that missed that run: it shows the field's own default, and sends that back as if it had been chosen. A state that is set on
    every run takes back what was pressed while the answer was on its way.
    """
    if _apart(st.session_state.get(key(name), value), value):
        st.session_state[_turn(name)] = st.session_state.get(_turn(name), 0) + 1
    return key(name)


def _apart(held: Any, value: Any) -> bool:
    """Whether two values differ. In what order something was picked from a list is no difference."""
    return sorted(held) != sorted(value) if isinstance(held, list) and isinstance(value, list) else bool(held != value)


def _turn(name: str) -> str:
    return f"_turn_{name}"
