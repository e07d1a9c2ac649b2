"""Files that are made when their button is pressed, and kept for the visit that asked for them.

Streamlit forgets such a file once two runs of any visitors have ended. On a busy server that is before the browser has fetched
it, and the download fails with 404. What belongs to a session it keeps until the session runs again or ends, so a file is
handed to its session as soon as it is made.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Literal

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext


def button(
    label: str, make: Callable[[], bytes], file_name: str, mime_type: str, *, key: str, type: Literal["primary", "secondary"] = "secondary"
) -> None:
    """A button that makes a file and downloads it, without a run of the page."""
    made = partial(_made, make, file_name, mime_type, key, get_script_run_ctx())
    st.download_button(label, made, file_name, mime_type, on_click="ignore", type=type, key=key)


def _made(make: Callable[[], bytes], file_name: str, mime_type: str, key: str, visit: ScriptRunContext | None) -> bytes:
    """The file, handed to the session. Called by Streamlit in a thread that belongs to no session."""
    data = make()
    if visit is not None and runtime.exists():
        files = runtime.get_instance().media_file_mgr
        hand_over = partial(files.add, data, mime_type, f"made-{key}", file_name, is_for_static_download=True)
        of_the_visit = threading.Thread(target=hand_over)
        add_script_run_ctx(of_the_visit, visit)
        of_the_visit.start()
        of_the_visit.join()
    return data
