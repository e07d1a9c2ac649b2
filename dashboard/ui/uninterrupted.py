"""Edits are made whole: Streamlit may stop a callback halfway, and here it may not.

When the browser asks for another run, Streamlit stops the one under way at its next use of the session's state, also within a
callback, and begins the new run in another thread. An edit that was being made is lost then, or half of it is kept. So a
callback is left to run to its end, and the next run of the same session waits for it. This needs two private parts of
Streamlit 1.67; tests/test_uninterrupted.py fails where another version has changed them.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Final

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.safe_session_state import SafeSessionState

_LOCK: Final = "_one_edit_at_a_time"
_making_locks: Final = threading.Lock()


@contextmanager
def uninterrupted() -> Iterator[None]:
    """What the run of this session does inside is done to its end before the session's next run begins its callbacks."""
    ctx = get_script_run_ctx(suppress_warning=True)
    if ctx is None:
        yield
        return
    with _whole(ctx.session_state):
        yield


@contextmanager
def _whole(state: SafeSessionState) -> Iterator[None]:
    with _lock(state):
        stops = state._yield_callback
        object.__setattr__(state, "_yield_callback", lambda: None)
        try:
            yield
        finally:
            object.__setattr__(state, "_yield_callback", stops)


def _lock(state: SafeSessionState) -> threading.RLock:
    """Of the session, whichever of its runs asks."""
    held = state._state
    with _making_locks:
        if _LOCK not in held:
            held[_LOCK] = threading.RLock()
        lock: threading.RLock = held[_LOCK]
        return lock


def finish_callbacks() -> None:
    """From now on the callbacks of every session run to their end. Once per process; again does nothing."""
    given = SafeSessionState.on_script_will_rerun
    if hasattr(given, "__wrapped__"):
        return

    @wraps(given)
    def on_script_will_rerun(self: SafeSessionState, *args: Any, **kwargs: Any) -> None:
        with _lock(self):
            self._yield_callback()  # a run that is not wanted any more ends here, before it has changed anything
            with _whole(self):
                given(self, *args, **kwargs)

    SafeSessionState.on_script_will_rerun = on_script_will_rerun  # type: ignore[method-assign]


finish_callbacks()
