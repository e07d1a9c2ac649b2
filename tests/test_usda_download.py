"""Fetching releases, from a local server that breaks off, changes its mind and lies."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import usda_layout as layout
from conftest import csv_rows

from dashboard.__main__ import main
from dashboard.foods.usda import download as module
from dashboard.foods.usda.archive import ReleaseError
from dashboard.foods.usda.download import Download, downloads, fetch
from dashboard.words import data_faults

CONTENT = bytes(range(256)) * 4000


@dataclass
class Server:
    """What the server does, and what it was asked."""

    content: bytes = CONTENT
    etag: str | None = '"one"'
    breaks: list[int] = field(default_factory=list)  # one request each: bytes sent before the line is cut
    answers: list[int] = field(default_factory=list)  # one request each: this status instead of the file
    retry_after: str = "0"
    ranges: bool = True
    length: str | None = None  # what is said of it; empty: nothing
    sent: int = 0
    ranges_asked: list[str | None] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = self.headers.get("Range")
            state.ranges_asked.append(asked)
            if state.answers:
                self.send_response(state.answers.pop(0))
                self.send_header("Retry-After", state.retry_after)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            start = 0
            if asked and state.ranges and self.headers.get("If-Range") == state.etag:
                start = int(asked.removeprefix("bytes=").removesuffix("-"))
            if start and start >= len(state.content):
                self.send_response(416)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            body = state.content[start:]
            self.send_response(206 if start else 200)
            if state.length is None:
                self.send_header("Content-Length", str(len(body)))
            elif state.length:
                self.send_header("Content-Length", state.length)
            if state.etag:
                self.send_header("ETag", state.etag)
            self.end_headers()
            body = body[: state.breaks.pop(0)] if state.breaks else body
            for at in range(0, len(body), 2**16):
                try:
                    self.wfile.write(body[at : at + 2**16])
                except OSError:
                    break  # the client has heard enough
                state.sent = at
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    state.url = f"http://127.0.0.1:{http.server_port}/release.zip"
    yield state
    http.shutdown()
    thread.join()
    http.server_close()


def wanted(server: Server, **known: object) -> Download:
    return replace(Download("test", "Test", server.url, None, "", False, ""), **known)


def left_in(folder: Path) -> list[str]:
    """What lies in a folder; a lock that nobody holds is nothing."""
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".lock")


def test_a_release_is_fetched_and_its_progress_told(server, tmp_path):
    told = []
    path = fetch(wanted(server), tmp_path, progress=lambda here, of: told.append((here, of)), wait_seconds=0)
    assert path.read_bytes() == CONTENT
    assert left_in(tmp_path) == ["release.zip"]
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert told == sorted(told)


def test_what_is_here_is_not_fetched_again(server, tmp_path):
    fetch(wanted(server), tmp_path, wait_seconds=0)
    fetch(wanted(server), tmp_path, wait_seconds=0)
    assert len(server.ranges_asked) == 1


def test_a_broken_line_is_taken_up_where_it_broke(server, tmp_path):
    server.breaks = [300_000, 200_000]
    assert fetch(wanted(server), tmp_path, wait_seconds=0).read_bytes() == CONTENT
    assert server.ranges_asked[0] is None
    assert all(asked and asked != "bytes=0-" for asked in server.ranges_asked[1:])


def test_a_line_that_breaks_often_but_brings_more_is_not_given_up(server, tmp_path):
    server.breaks = [70_000] * (2 * module.ATTEMPTS)
    assert fetch(wanted(server), tmp_path, wait_seconds=0).read_bytes() == CONTENT


def test_a_later_call_takes_up_a_broken_part(server, tmp_path):
    server.breaks = [100_000] + [0] * module.ATTEMPTS
    with pytest.raises(ReleaseError, match="broken-off"):
        fetch(wanted(server), tmp_path, wait_seconds=0)
    here = (tmp_path / "release.zip.part").stat().st_size
    assert here > 0
    assert fetch(wanted(server), tmp_path, wait_seconds=0).read_bytes() == CONTENT
    assert server.ranges_asked[-1] == f"bytes={here}-"


def test_a_file_that_changed_meanwhile_is_fetched_from_the_start(server, tmp_path):
    server.breaks = [100_000] + [0] * module.ATTEMPTS
    with pytest.raises(ReleaseError):
        fetch(wanted(server), tmp_path, wait_seconds=0)
    server.content, server.etag = CONTENT[::-1], '"two"'
    assert fetch(wanted(server), tmp_path, wait_seconds=0).read_bytes() == CONTENT[::-1]


@pytest.mark.parametrize(("ranges", "etag"), [(False, '"one"'), (True, None), (True, 'W/"weak"')], ids=["no ranges", "no tag", "weak tag"])
def test_a_server_that_cannot_continue_sends_all(server, tmp_path, ranges, etag):
    server.ranges, server.etag, server.breaks = ranges, etag, [100_000]
    assert fetch(wanted(server), tmp_path, wait_seconds=0).read_bytes() == CONTENT


def test_a_part_that_was_complete_is_kept(server, tmp_path):
    (tmp_path / "release.zip.part").write_bytes(CONTENT)
    (tmp_path / "release.zip.part-tag").write_text('"one"')
    assert fetch(wanted(server), tmp_path, wait_seconds=0).read_bytes() == CONTENT


def test_a_busy_server_is_asked_again(server, tmp_path):
    server.answers = [503, 429]
    assert fetch(wanted(server), tmp_path, wait_seconds=0).read_bytes() == CONTENT
    assert len(server.ranges_asked) == 3


def test_a_server_that_stays_busy_is_given_up(server, tmp_path):
    server.answers = [503] * module.ATTEMPTS
    with pytest.raises(ReleaseError, match="busy"):
        fetch(wanted(server), tmp_path, wait_seconds=0)


def test_the_wait_a_server_asks_for_is_kept_up_to_a_limit(server, tmp_path, monkeypatch):
    waits = []
    monkeypatch.setattr(module.time, "sleep", waits.append)
    server.answers, server.retry_after = [503], "7"
    fetch(wanted(server), tmp_path)
    assert 7 in waits
    server.answers, server.retry_after = [503], "86400"
    fetch(wanted(server), tmp_path / "again")
    assert max(waits) == module.WAIT_MAX_SECONDS


@pytest.mark.parametrize("status", [403, 404, 410])
def test_an_address_that_is_gone_is_said_once(server, tmp_path, status):
    server.answers = [status] * 2
    with pytest.raises(ReleaseError, match=f"not-there.*{status}"):
        fetch(wanted(server), tmp_path, wait_seconds=0)
    assert len(server.ranges_asked) == 1


def test_no_connection_is_one_sentence(server, tmp_path):
    nobody = wanted(server, url="http://127.0.0.1:9/release.zip")
    with pytest.raises(ReleaseError, match="no-connection"):
        fetch(nobody, tmp_path, wait_seconds=0)


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"size_bytes": 5}, "the 5 bytes"),
        ({"size_bytes": 2_000_000}, "not 2,000,000,"),
        ({"sha256": hashlib.sha256(b"other").hexdigest()}, "checksum"),
    ],
    ids=["larger", "smaller", "checksum"],
)
def test_a_file_that_is_not_what_it_should_be_is_thrown_away(server, tmp_path, known, said):
    with pytest.raises(ReleaseError) as error:
        fetch(wanted(server, **known), tmp_path, wait_seconds=0)
    assert said in data_faults.sentence(error.value)
    assert left_in(tmp_path) == []


def test_size_and_checksum_that_agree(server, tmp_path):
    known = wanted(server, size_bytes=len(CONTENT), sha256=hashlib.sha256(CONTENT).hexdigest())
    assert fetch(known, tmp_path, wait_seconds=0).read_bytes() == CONTENT


def test_download_by_command_fetches_and_imports(server, tmp_path, monkeypatch, capsys):
    server.content = layout.write(tmp_path / "made.zip", layout.sr()).read_bytes()
    monkeypatch.setenv("B12_USDA_FILE", str(tmp_path / "data" / "usda.sqlite"))
    monkeypatch.setattr(module, "downloads", lambda: {"sr-legacy": wanted(server, name="sr-legacy", default=True)})
    assert main(["usda", "download"]) == 0
    assert "5 foods, 4 with a B12 value" in capsys.readouterr().out
    assert (tmp_path / "data" / "usda-downloads" / "release.zip").exists()
    assert main(["usda", "download", "pizza"]) == 2
    assert "'pizza' is not a release that can be fetched" in capsys.readouterr().err


def test_releases_are_fetched_from_usda_and_nowhere_else():
    assert downloads()
    for row in downloads().values():
        address = urlsplit(row.url)
        assert (address.scheme, address.hostname) == ("https", "fdc.nal.usda.gov"), row.name
        assert address.path.startswith("/fdc-datasets/FoodData_Central_"), row.name
        assert row.file.endswith(".zip"), row.name


def test_every_generic_data_set_is_fetched_by_default():
    rows = csv_rows("usda_releases")
    assert {row["data_set"] for row in rows if row["default"] == "yes"} == {"sr", "fndds", "foundation"}
    assert {row["data_set"] for row in rows} == {"sr", "fndds", "foundation", "branded"}
    assert len({row["name"] for row in rows}) == len(rows)


# Ceiling, two at once, folders ---------------------------------------------------------------------


@pytest.mark.parametrize("length", [None, "", "9" * 400, "-5", "²"], ids=["said", "not said", "absurd", "negative", "no number"])
def test_more_than_a_file_should_have_is_not_written(server, tmp_path, length):
    """A server that sends 40 MB for a file of 3 kB; 2.5 GB were written so."""
    server.content, server.length = b"0" * 40_000_000, length
    with pytest.raises(ReleaseError) as error:
        fetch(wanted(server, size_bytes=3_000), tmp_path, wait_seconds=0)
    assert "the 3,000 bytes it may have" in data_faults.sentence(error.value)
    assert left_in(tmp_path) == []
    assert server.sent < 10_000_000


def test_a_file_of_unknown_size_has_a_ceiling_too(server, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LARGEST", 1_000_000)
    server.content, server.length = b"0" * 3_000_000, ""
    with pytest.raises(ReleaseError, match="fetch-large"):
        fetch(wanted(server), tmp_path, wait_seconds=0)
    assert left_in(tmp_path) == []


def test_two_that_fetch_at_once_do_not_trip_each_other(server, tmp_path):
    """One fetches it, the other is told; neither leaves a file of two halves."""
    answers: list[object] = []

    def one() -> None:
        try:
            answers.append(
                fetch(wanted(server, sha256=hashlib.sha256(CONTENT).hexdigest()), tmp_path, wait_seconds=0).read_bytes() == CONTENT
            )
        except ReleaseError as error:
            answers.append(error.code)

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) <= {True, "fetch-running"}
    assert True in answers
    assert left_in(tmp_path) == ["release.zip"]


def test_a_folder_that_cannot_be_made_is_one_sentence(server, tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(ReleaseError) as error:
        fetch(wanted(server), tmp_path / "file" / "folder", wait_seconds=0)
    assert data_faults.sentence(error.value).startswith("release.zip cannot be written: ")
    assert server.ranges_asked == []
