"""The app needs no file of its own to be writable: it runs in a container whose root is read-only."""

from __future__ import annotations

import json
import os

from browsing import Server, in_own_loop

from bench.stream import Client
from dashboard.ui import watching
from dashboard.words import handout as said

#: Python loads this at its start. A file that would be written elsewhere than under MAY_WRITE fails as on a read-only disk.
GUARD = """
import errno, os, sys
MAY_WRITE = os.environ["MAY_WRITE"]
def refuse(path):
    path = os.path.abspath(os.fsdecode(path))
    if not path.startswith((MAY_WRITE, "/dev/", "/proc/self/")):
        print("WROTE", path, file=sys.stderr)
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), path)
def guard(event, given):
    if event == "open" and isinstance(given[0], (str, bytes)) and given[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        refuse(given[0])
    elif event in ("os.mkdir", "os.remove", "os.rmdir", "os.truncate", "os.rename", "os.symlink", "os.link", "os.chmod"):
        refuse(given[0])
    elif event == "sqlite3.connect" and not any(harmless in os.fsdecode(given[0]) for harmless in ("mode=ro", ":memory:")):
        refuse(given[0])
sys.addaudithook(guard)
print("GUARDED", file=sys.stderr)
"""


async def journey(server: Server) -> None:
    for page in ("", "quick_check", "foods", "suggestions", "take_along"):
        client = Client(server.port, page)
        await client.open()
        await client.rerun()
        if page == "take_along":
            assert await client.file(said.GET_PDF)
            assert await client.file(said.GET_XLSX)
        assert client.errors == []
        await client.close()


def test_nothing_is_written_outside_the_folder_for_temporary_files(tmp_path):
    guard, room, log = tmp_path / "guard", tmp_path / "tmp", tmp_path / "log.txt"
    guard.mkdir()
    room.mkdir()
    (guard / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    places = {"PYTHONPATH": f"{guard}{os.pathsep}{os.environ.get('PYTHONPATH', '')}", "MAY_WRITE": str(room)}
    places |= {"HOME": str(room), "TMPDIR": str(room), "PYTHONDONTWRITEBYTECODE": "1", watching.DETAILS: ""}
    server = Server(environment=places, log=log)
    try:
        in_own_loop(journey(server))
    finally:
        server.stop()
    lines = log.read_text(encoding="utf-8").splitlines()
    assert "GUARDED" in lines
    assert [line for line in lines if line.startswith("WROTE")] == []
    events = [json.loads(line) for line in lines if line.startswith("{")]
    assert [event["event"] for event in events if event["from"] == "b12"] == ["started"]
    assert [event for event in events if event["level"] == "error"] == []
