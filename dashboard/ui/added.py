"""What was just put into the plan by a button, with its undo: over the lower edge of the screen, where Plan says such things too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import streamlit as st

from dashboard.plan import Plan
from dashboard.ui import state
from dashboard.words import suggestions as words

ADDED: Final = "_added"


def add(change: Callable[..., Plan], *args: Any, **more: Any) -> None:
    """Callback: an edit that puts something into the plan."""
    before = state.edits_made()
    state.edit(change, *args, **more)
    if state.edits_made() > before:
        st.session_state[ADDED] = state.edits_made()


def just() -> bool:
    """Whether the last edit put something into the plan by a button."""
    return bool(state.edits_made()) and st.session_state.get(ADDED) == state.edits_made()


def said() -> None:
    """Says that it was added, until the next edit."""
    if just():
        with st.container(key="added", horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
            st.markdown(f'<span role="status">{words.ADDED}</span>', width="content", unsafe_allow_html=True)
            st.button(words.UNDO, key="undo_added", type="tertiary", icon=":material/undo:", on_click=state.undo)
