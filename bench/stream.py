"""A small Streamlit client over the websocket, and a server to talk to, both on this machine only.

The client sends what a browser sends: the values of the widgets it was given, and the hashes of the large messages it holds,
so that the server answers those with a reference.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

ROOT = Path(__file__).resolve().parent.parent
CONFIG = ROOT / ".streamlit" / "config.toml"


@contextlib.contextmanager
def server(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """``streamlit run`` in a folder, once it answers; ended afterwards."""
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.port", str(port), "--server.address", "127.0.0.1"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ) as process:
        try:
            _wait(port)
            yield process
        finally:
            process.terminate()


def _wait(port: int, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
            return
        time.sleep(0.05)
    raise TimeoutError(f"no answer on port {port}")


def processor_ms(process: subprocess.Popen[bytes]) -> float:
    """Processor time a process has used (Linux). Unlike time on the clock it hardly depends on other work."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Client:
    """One session. ``await open()``, then ``set`` a widget by its label and ``await rerun()``."""

    def __init__(self, port: int, page: str = "", query: str = "") -> None:
        self.url = f"ws://127.0.0.1:{port}/_stcore/stream"
        self.page, self.page_hash, self.query = page, "", query
        self.held: dict[str, ForwardMsg] = {}
        self.labels: dict[str, str] = {}
        self.values: dict[str, WidgetState] = {}
        self.errors: list[str] = []

    async def open(self) -> tuple[float, int]:
        self.socket = await websockets.connect(self.url, max_size=None, compression=None, subprotocols=["streamlit"], ping_interval=None)
        return await self.rerun()

    async def close(self) -> None:
        await self.socket.close()

    def set(self, label: str, **value: object) -> None:
        """``set("Age in years", double_value=35)`` or ``set("Undo", trigger_value=True)``"""
        self.values[label] = WidgetState(id=self.labels[label], **value)

    async def rerun(self) -> tuple[float, int]:
        """Runs the script: seconds until it ended, and bytes received."""
        message = BackMsg()
        ask = message.rerun_script
        ask.query_string, ask.page_script_hash, ask.page_name = self.query, self.page_hash, "" if self.page_hash else self.page
        ask.widget_states.widgets.extend(self.values.values())
        ask.cached_message_hashes.extend(self.held)
        start, received = time.perf_counter(), 0
        await self.socket.send(message.SerializeToString())
        self.values = {label: v for label, v in self.values.items() if v.WhichOneof("value") != "trigger_value"}
        while True:
            data = await asyncio.wait_for(self.socket.recv(), 120)
            received += len(data)
            told = ForwardMsg.FromString(data)
            if self._take(told):
                return time.perf_counter() - start, received

    def _take(self, told: ForwardMsg) -> bool:
        """Notes what a message tells; whether it says that the script has ended."""
        kind = told.WhichOneof("type")
        if kind == "ref_hash":
            told = self.held.get(told.ref_hash, told)
        elif told.metadata.cacheable and told.hash:
            self.held[told.hash] = told
        if kind == "delta" and told.delta.WhichOneof("type") == "new_element":
            element = getattr(told.delta.new_element, told.delta.new_element.WhichOneof("type"))
            if told.delta.new_element.WhichOneof("type") == "exception":
                self.errors.append(element.message)
            if hasattr(element, "id") and hasattr(element, "label"):
                self.labels[element.label] = element.id
        elif kind == "new_session":
            self.page_hash = told.new_session.page_script_hash
        elif kind == "navigation" and told.navigation.page_script_hash:
            self.page_hash = told.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = told.page_info_changed.query_string
        return bool(kind == "script_finished" and told.script_finished in (0, 3))
