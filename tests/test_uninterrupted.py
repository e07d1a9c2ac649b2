"""An edit is made whole, whatever the browser asks meanwhile. These tests use Streamlit's own classes, so another version shows here."""

from __future__ import annotations

import threading

import pytest
from streamlit.runtime.scriptrunner_utils.exceptions import StopException
from streamlit.runtime.state import SessionState
from streamlit.runtime.state.safe_session_state import SafeSessionState

from dashboard.ui import uninterrupted

WAIT_S = 30


class Run:
    """A run of a session as Streamlit has it: at its next use of the state it stops, once another one was asked for."""

    def __init__(self, session: SessionState) -> None:
        self.unwanted = False
        self.state = SafeSessionState(session, self._stops)

    def _stops(self) -> None:
        if self.unwanted:
            raise StopException


def call(monkeypatch: pytest.MonkeyPatch, edit: object) -> None:
    """Makes ``edit`` what Streamlit calls for the changed fields of any run."""
    monkeypatch.setattr(SessionState, "_call_callbacks", lambda self, **given: edit())


def begin(run: Run) -> None:
    from streamlit.proto.WidgetStates_pb2 import WidgetStates

    run.state.on_script_will_rerun(WidgetStates())


def test_a_callback_that_another_run_overtakes_is_made_whole(monkeypatch):
    run = Run(SessionState())

    def edit() -> None:
        run.state["plan"] = "new"
        run.unwanted = True
        run.state["history"] = "new"

    call(monkeypatch, edit)
    begin(run)
    run.unwanted = False
    assert (run.state["plan"], run.state["history"]) == ("new", "new")


def test_a_run_that_is_not_wanted_any_more_changes_nothing(monkeypatch):
    run, edits = Run(SessionState()), []
    call(monkeypatch, lambda: edits.append(1))
    run.unwanted = True
    with pytest.raises(StopException):
        begin(run)
    assert not edits


def test_outside_a_callback_a_run_still_stops_where_streamlit_stops_it(monkeypatch):
    run = Run(SessionState())
    call(monkeypatch, lambda: None)
    begin(run)
    run.unwanted = True
    with pytest.raises(StopException):
        run.state["plan"] = "new"


def test_the_next_run_of_a_session_begins_after_the_edit_and_other_sessions_do_not_wait(monkeypatch):
    session, done = SessionState(), []
    first, second, elsewhere = Run(session), Run(session), Run(SessionState())
    editing, may_end = threading.Event(), threading.Event()
    first_thread = threading.Thread(target=begin, args=(first,))

    def edit() -> None:
        if threading.current_thread() is first_thread:
            editing.set()
            assert may_end.wait(WAIT_S)
            done.append("first")
        else:
            done.append("second")

    call(monkeypatch, edit)
    first_thread.start()
    assert editing.wait(WAIT_S)
    second_thread = threading.Thread(target=begin, args=(second,))
    second_thread.start()
    begin(elsewhere)
    assert done == ["second"]
    may_end.set()
    first_thread.join(WAIT_S)
    second_thread.join(WAIT_S)
    assert done == ["second", "first", "second"]


def test_it_is_put_in_place_once():
    held = SafeSessionState.on_script_will_rerun
    uninterrupted.finish_callbacks()
    assert SafeSessionState.on_script_will_rerun is held
