"""No reference is sent to what the browser no longer holds, however far what it is sent lags behind what it asks."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

from dashboard.ui import held_by_browser, shell
from dashboard.ui.held_by_browser import HeldByBrowser

#: Streamlit's "global.maxCachedMessageAge" as it ships, which this app leaves alone.
OLDEST = 2
FRAGMENT = "search"


def message(name: str, fragment: str = "") -> ForwardMsg:
    given = ForwardMsg(hash=name)
    given.metadata.cacheable = True
    given.delta.new_element.markdown.body = name
    if fragment:
        given.delta.fragment_id = fragment
    return given


def end(fragment: str = "", *, early: bool = False) -> ForwardMsg:
    given = ForwardMsg(script_finished=ForwardMsg.FINISHED_EARLY_FOR_RERUN if early else ForwardMsg.FINISHED_SUCCESSFULLY)
    if fragment:
        given.metadata.run.fragment_ids.append(fragment)
    return given


@dataclass
class Browser:
    """Keeps and throws away as Streamlit's browser does; fails where it is sent a reference that it cannot follow."""

    kept: dict[str, list] = field(default_factory=dict)
    ends: int = 0
    shown: list[str] = field(default_factory=list)

    def reads(self, sent: ForwardMsg) -> None:
        kind = sent.WhichOneof("type")
        if kind == "script_finished":
            if sent.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                self._ends(set(sent.metadata.run.fragment_ids))
        elif kind == "ref_hash":
            assert sent.ref_hash in self.kept, f"A reference to {sent.ref_hash}, which the browser threw away."
            self.kept[sent.ref_hash][0] = self.ends
            self.shown.append(sent.ref_hash)
        else:
            self.kept.setdefault(sent.hash, [self.ends, sent.delta.fragment_id])[0] = self.ends
            self.shown.append(sent.hash)

    def _ends(self, fragments: set[str]) -> None:
        self.ends += 1
        for name, (used, fragment) in list(self.kept.items()):
            if (not fragments or fragment in fragments) and self.ends - used > OLDEST:
                del self.kept[name]


names = st.sampled_from([f"message {n}" for n in range(6)])
runs = st.tuples(st.lists(names, max_size=4), st.booleans(), st.booleans())
#: What happens next: a run with what it shows, whether it is of the fragment and whether another one ends it; or the line hands
#: on so many of the messages that are on their way.
steps = st.lists(st.one_of(runs, st.integers(0, 12)), max_size=40)


@given(steps, st.integers(0, 39))
def test_whatever_is_on_its_way_the_browser_can_follow_each_reference(steps, lost_at):
    held, browser, line = HeldByBrowser(), Browser(), deque()
    for number, step in enumerate(steps):
        if isinstance(step, int):
            for _ in range(min(step, len(line))):
                browser.reads(line.popleft())
            continue
        shows, of_fragment, early = step
        if number == lost_at:
            # The line broke: what was on its way is lost, and the browser asks anew on another one.
            line.clear()
        held.said = frozenset(browser.kept)
        fragment = FRAGMENT if of_fragment else ""
        # What a page and a fragment show is never the same element.
        line += [held.as_sent(message(f"{name} {fragment}", fragment)) for name in shows]
        line.append(held.as_sent(end(fragment, early=early)))
    for sent in line:
        browser.reads(sent)


def test_what_the_browser_holds_goes_as_a_reference():
    held, browser = HeldByBrowser(), Browser()
    for _ in range(2):
        held.said = frozenset(browser.kept)
        sent = [held.as_sent(one) for one in (message("style"), end())]
        for one in sent:
            browser.reads(one)
    assert sent[0].ref_hash == "style"
    assert browser.shown == ["style", "style"]


def test_what_was_sent_and_may_not_have_come_goes_in_full():
    held = HeldByBrowser()
    held.as_sent(message("style"))
    assert held.as_sent(message("style")).WhichOneof("type") == "delta"


def test_streamlit_still_has_what_is_replaced(tables):
    assert tables
    shell.tables()
    assert ScriptRunContext.reset.__wrapped__.__name__ == "reset"
    assert AppSession.flush_browser_queue.__wrapped__.__name__ == "flush_browser_queue"
    again = AppSession.flush_browser_queue
    held_by_browser.decide_when_sent()
    assert AppSession.flush_browser_queue is again
