"""Whatever a server does, a search ends: within its time, under a megabyte, with one sentence. What is kept of it nobody else can read."""

from __future__ import annotations

import gzip
import json
import os
import socket
import sqlite3
import stat
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from usda_server import Reply, hit, page, serving

from dashboard.foods.fdc import client as fdc
from dashboard.foods.fdc import exchange, kept
from dashboard.foods.fdc.client import Client, Settings
from dashboard.foods.fdc.faults import Fault, FoodDataError
from dashboard.words import fdc as said

WHOLE_S = 1.0
#: Beyond the time of the exchange, for a busy machine and the start of a thread. Without an end of its own an exchange takes 20 to 30.
ROOM_S = 10


@pytest.fixture(autouse=True)
def no_key_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(fdc.KEY_VARIABLE, raising=False)


@pytest.fixture
def usda():
    with serving() as server:
        server.answers(Reply(page(hit())))
        yield server


@pytest.fixture
def settings(usda, tmp_path) -> Settings:
    return Settings(usda.url, tmp_path / "cache", connect_timeout_s=10, read_timeout_s=10, whole_timeout_s=20, backoff_s=0.01, wait_max_s=2)


def fault_of(client: Client) -> FoodDataError:
    with pytest.raises(FoodDataError) as told:
        client.search("oat drink")
    sentence = said.fault(told.value.fault, told.value.wait_s)
    assert len(sentence) < 300
    assert "foods of this app" in sentence
    return told.value


@contextmanager
def raw_server(talk: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that talks as it likes. Its connections end when the client lets go."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                threading.Thread(target=one, args=(connection,), daemon=True).start()

        def one(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                talk(connection)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def drip(connection: socket.socket, start: bytes, piece: bytes) -> None:
    connection.recv(65536)
    connection.sendall(start)
    while True:
        connection.sendall(piece)
        time.sleep(0.02)


HANGING: dict[str, Callable[[socket.socket], None]] = {
    "says nothing": lambda c: time.sleep(30),
    "a header now and then": lambda c: drip(c, b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
    "a header without end": lambda c: drip(c, b"HTTP/1.1 200 OK\r\nX-A: ", b"b"),
    "a byte now and then": lambda c: drip(c, b"HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n{", b" "),
    "pieces now and then": lambda c: drip(c, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    "asks to wait for ever": lambda c: drip(c, b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"),
}


@pytest.mark.parametrize("talk", HANGING.values(), ids=HANGING)
def test_a_server_that_never_ends_is_left_in_time(settings, talk):
    with raw_server(talk) as url:
        client = Client(replace(settings, base_url=url, whole_timeout_s=WHOLE_S))
        started = time.monotonic()
        assert fault_of(client).fault is Fault.SLOW
        assert time.monotonic() - started < WHOLE_S + ROOM_S


def test_a_connection_that_is_cut_ends_its_thread(settings):
    with raw_server(HANGING["a byte now and then"]) as url:
        fault_of(Client(replace(settings, base_url=url, whole_timeout_s=0.3)))
        for _ in range(100):
            if not [thread for thread in threading.enumerate() if thread.name == "fdc"]:
                return
            time.sleep(0.05)
        pytest.fail("The exchange goes on after its time.")


def test_tries_and_waits_count_into_the_time(settings, usda):
    usda.answers(Reply(b"", 503, wait_s=0.4))
    started = time.monotonic()
    assert fault_of(Client(replace(settings, whole_timeout_s=WHOLE_S, retries=50))).fault in (Fault.SERVER, Fault.SLOW)
    assert time.monotonic() - started < WHOLE_S + ROOM_S
    assert len(usda.asked) < 5


def test_a_name_that_is_looked_up_for_ever_holds_nobody(settings, monkeypatch):
    """Such a thread cannot be cut; so there are few, and then nobody asks."""
    away = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: away.wait(20) or [])
    monkeypatch.setattr(exchange, "_under_way", threading.BoundedSemaphore(2))
    client = Client(replace(settings, whole_timeout_s=0.2))
    assert [fault_of(client).fault for _ in range(4)] == [Fault.SLOW] * 4
    assert len([thread for thread in threading.enumerate() if thread.name == "fdc"]) <= 2
    away.set()


# Size ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "reply",
    [
        Reply(gzip.compress(b"0" * 1_000_000_000, 1), headers={"Content-Encoding": "gzip"}),
        Reply(gzip.compress(gzip.compress(b"0" * 100_000_000)), headers={"Content-Encoding": "gzip, gzip"}),
        Reply(b" " * (exchange.ANSWER_MAX_BYTES + 1)),
        Reply(b" " * (exchange.ANSWER_MAX_BYTES + 1), 500),
    ],
    ids=["a gigabyte, packed", "packed twice", "a megabyte of blanks", "an error of a megabyte"],
)
def test_a_large_answer_is_not_read(settings, usda, reply):
    usda.answers(reply)
    tracemalloc.start()
    try:
        assert fault_of(Client(replace(settings, retries=0))).fault is Fault.TOO_LARGE
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b"[" * 100_000, Fault.TRUNCATED),
        (b'{"foods":' * 100_000, Fault.TRUNCATED),
        (b'{"foods":' + b"[" * 100_000 + b"]" * 100_000 + b"}", Fault.TRUNCATED),
        (b'{"foods": [], "totalHits": ' + b"9" * 5_000 + b"}", Fault.TRUNCATED),
        (json.dumps({"foods": [{}] * 300_000}).encode()[:900_000] + b"]}", Fault.TRUNCATED),
        (json.dumps({"foods": [{}] * 200_000}).encode(), Fault.HOLES),
        (json.dumps({"foods": [[[]]] * 1_000}).encode(), Fault.HOLES),
        (json.dumps({"foods": {"0": hit()}}).encode(), Fault.HOLES),
        (json.dumps({"error": {"code": "x" * 500_000}}).encode(), Fault.STRANGE),
        (json.dumps({"error": [1]}).encode(), Fault.STRANGE),
        (b"3", Fault.STRANGE),
        (b"NaN", Fault.STRANGE),
        (b"\xff\xfe\xfa", Fault.TRUNCATED),
    ],
)
def test_odd_json_is_one_sentence(settings, usda, body, fault):
    usda.answers(Reply(body))
    started = time.process_time()
    assert fault_of(Client(settings)).fault is fault
    assert time.process_time() - started < 2


WRONG = (None, True, -1, 0, 1e308, float("nan"), float("inf"), "x" * 100_000, "", [], {}, [[]], {"a": {}}, 10**30)


@pytest.mark.parametrize("name", sorted(hit()))
def test_a_wrong_type_in_any_field_leaves_the_others(settings, usda, name):
    """One wrong field loses its figure or its hit, never the search."""
    usda.answers(Reply(page(hit(1), *(hit(n, **{name: value}) for n, value in enumerate(WRONG, 2)))))
    found = Client(settings).search("oat drink")
    assert found.foods[0].fdc_id == 1
    for food in found.foods:
        assert food.food.b12_ug_per_100g is None or 0 <= food.food.b12_ug_per_100g < 1e6
        assert len(food.food.name) <= 250
        assert len(food.ingredients) <= 2_000


def test_at_most_twenty_foods_and_none_twice(settings, usda):
    """Streamlit cannot show two rows of one id."""
    usda.answers(Reply(page(*(hit(n) for n in (7, 7, 7)), *(hit(n) for n in range(1, 60)), totalHits=10**40)))
    found = Client(settings).search("oat drink")
    ids = [food.fdc_id for food in found.foods]
    assert len(ids) == len(set(ids)) == 20
    assert ids[:2] == [7, 1]
    assert found.total_hits == 62
    assert said.found(found.total_hits, len(ids)).startswith("62 foods")


# Waiting, limits, trust ----------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["9" * 400, "1000000000", "86401", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_an_absurd_wait_is_told_as_a_day_or_longer(settings, usda, asked):
    usda.answers(Reply(b"", 503, {"Retry-After": asked}))
    error = fault_of(Client(settings))
    assert error.wait_s == fdc.RETRY_AFTER_MAX_S
    assert said.fault(error.fault, error.wait_s).endswith("a day or longer before the next try.")
    assert len(usda.asked) == 1


@pytest.mark.parametrize("limit", ["9" * 5_000, "-1", "1e3", "²", ""])
def test_an_absurd_limit_is_not_known(settings, usda, limit):
    usda.answers(Reply(page(hit()), headers={"X-RateLimit-Limit": limit, "X-RateLimit-Remaining": limit}))
    reading = Client(settings).search("oat drink").reading
    assert (reading.limit, reading.remaining) == (None, None)


def test_a_connection_that_is_not_safe_is_not_used(settings, usda):
    """The server speaks no TLS."""
    assert fault_of(Client(replace(settings, base_url=usda.url.replace("http:", "https:")))).fault is Fault.UNTRUSTED
    assert usda.asked == []


# What is kept --------------------------------------------------------------------------------------


def content(settings: Settings) -> bytes:
    return b"".join(path.read_bytes() for path in settings.cache_folder.iterdir())


def test_only_this_user_can_read_what_is_kept(settings):
    before = os.umask(0)
    try:
        Client(settings).search("oat drink")
    finally:
        os.umask(before)
    path = settings.cache_folder / kept.FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.cache_folder.stat().st_mode) == 0o700
    path.chmod(0o644)  # as an older version left it
    Client(settings).search("soya drink")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_was_typed_is_not_kept(settings, usda):
    usda.answers(Reply(page(hit(), foodSearchCriteria={"query": "zanzibarfruit"})))
    Client(settings).search("zanzibarfruit", key="KeyOfThisVisit123")
    assert b"Oats" in content(settings)
    for secret in (b"zanzibarfruit", b"KeyOfThisVisit123", usda.url.encode()):
        assert secret not in content(settings)


def test_an_answer_past_its_time_is_deleted_and_overwritten(settings, usda):
    usda.answers(Reply(page(hit(brandName="Zanzibar Mills"))))
    brief = replace(settings, kept_for=timedelta(seconds=0.2))
    Client(brief).search("oat drink")
    assert b"Zanzibar Mills" in content(settings)
    time.sleep(0.3)
    Client(brief)
    assert b"Zanzibar" not in content(settings)
    with closing(sqlite3.connect(settings.cache_folder / kept.FILE)) as db:
        assert db.execute("SELECT count(*) FROM answer").fetchone() == (0,)


def test_the_file_does_not_grow_without_end(settings, monkeypatch):
    monkeypatch.setattr(kept, "FILE_MAX_BYTES", 300_000)
    keeper = kept.InFile(settings.cache_folder, settings.kept_for)
    for n in range(20):
        keeper.put(str(n), {"foods": ["x" * 50_000]})
        assert (settings.cache_folder / kept.FILE).stat().st_size < 400_000
    assert keeper.get("19") is not None
    assert keeper.get("0") is None


@pytest.mark.parametrize("hours", [-400 * 24, -30, 30, 400 * 24])
def test_a_clock_that_jumps_makes_no_answer_fresh_for_ever(settings, usda, hours):
    """An answer kept while the clock was wrong is asked for again, and serves only where there is no other."""
    Client(settings).search("oat drink")
    wrong = (datetime.now(UTC) + timedelta(hours=hours)).timestamp()
    with closing(sqlite3.connect(settings.cache_folder / kept.FILE)) as db, db:
        db.execute("UPDATE answer SET asked_at = ?", (wrong,))
    usda.answers(Reply(page(hit(200))))
    assert Client(settings).search("oat drink").foods[0].fdc_id == 200


@pytest.mark.parametrize("days", [-400, -1, 1, 400])
def test_a_clock_that_jumps_makes_nobody_wait_longer(settings, usda, days):
    """USDA may say when to come back as a time of day: to a clock that is wrong that is long past, or in a year."""
    usda.answers(*[Reply(b"", 503, {"Retry-After": format_datetime(datetime.now(UTC) + timedelta(days=days), usegmt=True)})] * 9)
    begun = time.monotonic()
    error = fault_of(Client(settings))
    assert time.monotonic() - begun < settings.whole_timeout_s + ROOM_S
    assert error.wait_s is None or 0 <= error.wait_s <= fdc.RETRY_AFTER_MAX_S


def test_a_damaged_file_is_begun_anew(settings, usda):
    client = Client(settings)
    client.search("oat drink")
    path = settings.cache_folder / kept.FILE
    data = bytearray(path.read_bytes())
    data[100:4_096] = os.urandom(3_996)
    path.write_bytes(data)
    for _ in range(3):
        assert client.search("oat drink").foods
    assert len(usda.asked) <= 3
    usda.close()
    assert client.search("oat drink").reading.from_cache


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_to_is_no_obstacle(settings, usda):
    settings.cache_folder.mkdir(mode=0o500)
    assert Client(settings).search("oat drink").foods


def test_a_full_disk_is_no_obstacle(settings, monkeypatch):
    class Full(sqlite3.Connection):
        def execute(self, sql, *values):
            if sql.startswith("INSERT"):
                raise sqlite3.OperationalError("database or disk is full")
            return super().execute(sql, *values)

    monkeypatch.setattr(sqlite3, "connect", lambda *given, _plain=sqlite3.connect, **named: _plain(*given, factory=Full, **named))
    client = Client(settings)
    assert client.search("oat drink").foods
    assert client.search("oat drink").foods
