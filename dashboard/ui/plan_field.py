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

    The caller tells the value on every run, as the field's own default or through the state of the key: a browser that missed the
    run that told it would show the field's own default, and send that back as if it had been chosen.
    """
    if st.session_state.get(key(name), value) != value:
        st.session_state[_turn(name)] = st.session_state.get(_turn(name), 0) + 1
    return key(name)


def _turn(name: str) -> str:
    return f"_turn_{name}"
