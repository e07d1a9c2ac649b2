"""A small Streamlit client over the websocket, and a server to talk to, both on this machine only.

The client sends what a browser sends: the values of the widgets it was given, the presses in elements of our own, and the
hashes of the large messages it holds, so that the server answers those with a reference.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import websockets
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

ROOT = Path(__file__).resolve().parent.parent
#: Streamlit's global.maxCachedMessageAge.
KEPT_RUNS = 2
CONFIG = ROOT / ".streamlit" / "config.toml"


@contextlib.contextmanager
def server(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """``streamlit run`` in a folder, once it answers; ended afterwards."""
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.port", str(port), "--server.address", "127.0.0.1"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ) as process:
        try:
            wait(port, process)
            yield process
        finally:
            process.terminate()


def wait(port: int, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Until a server answers. Raises TimeoutError, or RuntimeError where it has ended."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
            return
        if process.poll() is not None:
            raise RuntimeError(f"the server for port {port} ended with {process.returncode}")
        time.sleep(0.05)
    raise TimeoutError(f"no answer on port {port}")


def processor_ms(process: subprocess.Popen[bytes]) -> float:
    """Processor time a process has used (Linux). Unlike time on the clock it hardly depends on other work."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Element:
    """An element of our own: its id, the fragment it stands in, and what the server told it last."""

    id: str
    fragment: str
    data: dict[str, Any]


class Client:
    """One session. ``await open()``, then ``set`` a widget by its label or ``press`` in an element, and ``await rerun()``."""

    def __init__(self, port: int, page: str = "", query: str = "", headers: Mapping[str, str] | None = None) -> None:
        self.url = f"ws://127.0.0.1:{port}/_stcore/stream"
        self.page, self.page_hash, self.query, self.headers = page, "", query, headers
        self.held: dict[str, ForwardMsg] = {}
        self.needed: dict[str, int] = {}
        self.runs = 0
        self.labels: dict[str, str] = {}
        self.values: dict[str, WidgetState] = {}
        self.elements: dict[str, Element] = {}
        self.files: dict[str, str] = {}
        self.errors: list[str] = []
        self.said: list[str] = []
        self.fragment = self.session = ""
        self.presses = itertools.count(1)

    async def open(self) -> tuple[float, int]:
        """Connects and runs the script for the first time, or anew after the connection was lost."""
        self.page_hash, self.held, self.needed, self.values, self.fragment = "", {}, {}, {}, ""
        self.socket = await websockets.connect(
            self.url, max_size=None, compression=None, subprotocols=["streamlit"], ping_interval=None, additional_headers=self.headers
        )
        return await self.rerun()

    async def close(self) -> None:
        await self.socket.close()

    def set(self, label: str, **value: object) -> None:
        """``set("Age in years", string_value="35")`` or ``set("Undo", trigger_value=True)``"""
        self.values[label] = WidgetState(id=self.labels[label], **value)

    def press(self, name: str, event: str, value: object) -> None:
        """An event of an element of our own, as its JavaScript sends it."""
        element = self.elements[name]
        told = json.dumps([{"event": event, "value": value}])
        self.values[name] = WidgetState(id=_make_trigger_id(element.id, "events"), json_trigger_value=told)
        self.fragment = element.fragment

    def press_plan(self, kind: str, **values: object) -> None:
        """A press in the week of the Plan page: ``press_plan("grams", place=[0, 0, 0], food="fndds:…", grams=120)``"""
        about = {"id": f"bench.{next(self.presses)}", "version": self.elements["b12_plan_view"].data["version"], "kind": kind}
        self.press("b12_plan_view", "press", about | values)

    async def rerun(self) -> tuple[float, int]:
        """Runs the script: seconds until it ended, and bytes received."""
        message = BackMsg()
        ask = message.rerun_script
        ask.query_string, ask.page_script_hash, ask.page_name = self.query, self.page_hash, "" if self.page_hash else self.page
        ask.fragment_id, self.fragment = self.fragment, ""
        ask.widget_states.widgets.extend(self.values.values())
        ask.cached_message_hashes.extend(self.held)
        start, received = time.perf_counter(), 0
        self.said = []
        await self.socket.send(message.SerializeToString())
        once = ("trigger_value", "json_trigger_value")
        self.values = {label: v for label, v in self.values.items() if v.WhichOneof("value") not in once}
        while True:
            data = await asyncio.wait_for(self.socket.recv(), 120)
            received += len(data)
            told = ForwardMsg.FromString(data)
            if self._take(told):
                return time.perf_counter() - start, received

    async def file(self, label: str) -> str:
        """The address of a file that is made when its button is pressed."""
        message = BackMsg()
        message.backend_operation_request.request_id = label
        message.backend_operation_request.session_id = self.session
        message.backend_operation_request.deferred_file.file_id = self.files[label]
        await self.socket.send(message.SerializeToString())
        while True:
            told = ForwardMsg.FromString(await asyncio.wait_for(self.socket.recv(), 120))
            if told.WhichOneof("type") == "backend_operation_response" and told.backend_operation_response.request_id == label:
                if told.backend_operation_response.error_msg:
                    raise RuntimeError(told.backend_operation_response.error_msg)
                return str(told.backend_operation_response.deferred_file.url)

    def _take(self, told: ForwardMsg) -> bool:
        """Notes what a message tells; whether it says that the script has ended."""
        kind = told.WhichOneof("type")
        if kind == "ref_hash":
            self.needed[told.ref_hash] = self.runs
            told = self.held[told.ref_hash]
            kind = told.WhichOneof("type")
        elif told.metadata.cacheable and told.hash:
            self.held[told.hash], self.needed[told.hash] = told, self.runs
        if kind == "delta" and told.delta.WhichOneof("type") == "new_element":
            name = told.delta.new_element.WhichOneof("type")
            self._note(name, getattr(told.delta.new_element, name), told.delta.fragment_id)
        elif kind == "new_session":
            self.page_hash = told.new_session.page_script_hash
            self.session = told.new_session.initialize.session_id
        elif kind == "navigation" and told.navigation.page_script_hash:
            self.page_hash = told.navigation.page_script_hash
        elif kind == "script_finished" and told.script_finished == 0:
            self._forget()
        elif kind == "page_info_changed":
            self.query = told.page_info_changed.query_string
        return bool(kind == "script_finished" and told.script_finished in (0, 3))

    def _forget(self) -> None:
        """As a browser does: what no run has needed for a while is held no longer."""
        self.runs += 1
        for key in [key for key, run in self.needed.items() if self.runs - run > KEPT_RUNS]:
            del self.held[key], self.needed[key]

    def _note(self, name: str, element: Any, fragment: str) -> None:
        self.said.append(str(element))
        if name == "exception":
            self.errors.append(element.message)
        elif name == "bidi_component":
            self.elements[element.component_name] = Element(element.id, fragment, json.loads(element.json or element.bytes or "{}"))
        elif name == "download_button":
            self.files[element.label] = element.url or element.deferred_file_id
        elif hasattr(element, "id") and hasattr(element, "label"):
            self.labels[element.label] = element.id
