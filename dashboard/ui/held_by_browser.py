"""What the browser holds already is sent as a reference, and only what it surely still holds.

Streamlit's browser keeps the larger messages of the last runs and says with each request which ones it has; the server then sends
a short reference for each of those. But the browser also throws old ones away as runs end, and an end may be on its way to it
while it asks. Whoever pressed two links of the menu quickly on a slow line could be sent a reference to a message that was gone
by then. The browser stops at the first such reference: nothing it is sent later is shown, until the page is loaded anew.

So whether a message goes as a reference is decided here at the moment it is sent, when the order is known in which the browser
will read it: what was sent before is followed by the rules by which the browser keeps and throws away. This needs private parts of
Streamlit 1.67; tests/test_held_by_browser.py fails where another version has changed them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Final
from weakref import WeakKeyDictionary

from streamlit import config
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_cache import create_reference_msg
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

#: In place of what the browser says it has, so that Streamlit itself makes no reference. A run that the server begins again passes
#: it on, and then the browser has said nothing new.
HERE: Final = frozenset({"decided-when-sent"})


@dataclass
class Kept:
    """A message that the browser keeps: after how many ends it was last used, and whether it came of a fragment."""

    last_used: int
    of_fragment: bool


@dataclass
class HeldByBrowser:
    """What the browser of one session holds once it has read all that it was sent."""

    said: frozenset[str] = frozenset()
    kept: dict[str, Kept] = field(default_factory=dict)
    ends: int = 0

    def as_sent(self, message: ForwardMsg) -> ForwardMsg:
        """The message, or a reference to it. To be called for each message, in the order in which they are sent."""
        if message.WhichOneof("type") == "script_finished":
            self._ended(message)
        if not message.metadata.cacheable:
            return message
        before = self.kept.get(message.hash)
        if before is None:
            self.kept[message.hash] = Kept(self.ends, bool(message.delta.fragment_id))
            return message
        before.last_used = self.ends
        # What was sent on a line that broke was never received: the browser has not said then that it has it.
        return create_reference_msg(message) if message.hash in self.said else message

    def _ended(self, message: ForwardMsg) -> None:
        """The browser throws away what was not used for some ends: after a fragment only what came of fragments."""
        if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return
        self.ends += 1
        oldest = self.ends - int(config.get_option("global.maxCachedMessageAge"))
        fragment = bool(message.metadata.run.fragment_ids)
        self.kept = {key: kept for key, kept in self.kept.items() if kept.last_used >= oldest or (fragment and not kept.of_fragment)}


#: By the one object that a session and each of its runs have in common; forgotten with the session.
_sessions: WeakKeyDictionary[PagesManager, HeldByBrowser] = WeakKeyDictionary()


def _of(pages: PagesManager) -> HeldByBrowser:
    return _sessions.setdefault(pages, HeldByBrowser())


def decide_when_sent() -> None:
    """From now on each session of this process decides so. Once per process; again does nothing."""
    reset, flush = ScriptRunContext.reset, AppSession.flush_browser_queue
    if hasattr(flush, "__wrapped__"):
        return

    @wraps(reset)
    def said_by_browser(self: ScriptRunContext, *args: Any, **kwargs: Any) -> None:
        reset(self, *args, **kwargs)
        if self.cached_message_hashes != HERE:
            _of(self.pages_manager).said = self.cached_message_hashes
            self.cached_message_hashes = HERE

    @wraps(flush)
    def flush_browser_queue(self: AppSession) -> list[ForwardMsg]:
        held = _of(self._pages_manager)
        return [held.as_sent(message) for message in flush(self)]

    ScriptRunContext.reset = said_by_browser  # type: ignore[method-assign]
    AppSession.flush_browser_queue = flush_browser_queue  # type: ignore[method-assign]
