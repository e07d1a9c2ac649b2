"""Two copies behind real nginx with the configuration that `deploy/` ships: one is killed under fifty people who edit their plans."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import os
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import websockets
from browsing import Server

from bench.proxy import NGINX, proxy
from bench.stream import Client
from dashboard.plan import Day, Item, OwnFood, Person, Plan, link, plan_file
from dashboard.ui import watching
from dashboard.words import clients as words
from dashboard.words import handout as handout_words

pytestmark = pytest.mark.slow

EDITORS, EDITS = 50, 6
AT_ONCE = 8
TRIES = 20


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@dataclass
class Copies:
    """The proxy and the copies behind it, with all they log."""

    port: int
    servers: list[Server]
    logs: list[Path]

    def get(self, path: str, cookie: str = "") -> tuple[int, bytes, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        body, headers = answer.read(), dict(answer.getheaders())
        connection.close()
        return answer.status, body, headers

    def told(self) -> str:
        return "".join(log.read_text(encoding="utf-8") for log in self.logs)


@pytest.fixture
def copies(tmp_path) -> Iterator[Copies]:
    if NGINX is None:
        if os.environ.get("CI"):
            pytest.fail("nginx is missing, and CI has to try it.")
        pytest.skip("nginx is not installed; the copies behind a proxy were not tried.")
    logs = [tmp_path / f"{name}.log" for name in ("nginx", "one", "two")]
    servers = [Server(environment={watching.DETAILS: ""}, log=log) for log in logs[1:]]
    port = free_port()
    try:
        with proxy(tmp_path, port, [server.port for server in servers], logs[0]):
            yield Copies(port, servers, logs)
    finally:
        for server in servers:
            server.stop()


# People --------------------------------------------------------------------------------------------


def mark(n: int) -> str:
    """A word that no other plan holds."""
    return f"Quince{n:02d}spread"


def plan_of_editor(n: int) -> Plan:
    own = OwnFood(f"q{n}", mark(n), 1.5, 0.0, 50, "vegan")
    return Plan(Person(20 + n), (Day("Monday", ((Item(own.id, 100.0 + n),), (), (), ())),), own_foods=(own,))


@dataclass
class Editor:
    """Somebody with a plan in the address of the browser and a cookie of the proxy."""

    n: int
    copies: Copies
    code: str = ""
    cookie: str = ""
    came_back: int = 0
    client: Client = field(init=False)

    async def begin(self) -> None:
        status, _, headers = await asyncio.to_thread(self.copies.get, "/")
        assert status == 200
        self.cookie = headers["Set-Cookie"].partition(";")[0]
        assert self.cookie.startswith("b12_copy=")
        self.code = link.encode(plan_of_editor(self.n))
        self.client = Client(self.copies.port, query=f"{link.PARAMETER}={self.code}", headers={"Cookie": self.cookie})
        await self.client.open()
        self.sees(plan_of_editor(self.n))

    def sees(self, plan: Plan) -> None:
        """The page shows this plan, its address holds it, and nothing of another one is there."""
        assert self.client.errors == []
        assert link.decode(self.client.elements["b12_address"].data["code"]).plan == plan
        said = "\n".join(self.client.said)
        assert mark(self.n) in said
        assert [mark(n) for n in range(EDITORS) if n != self.n and mark(n) in said] == []

    async def edit(self, grams: float) -> None:
        """Changes the amount. Where the connection breaks, opens the address again, finds the plan there, and does it again."""
        for _ in range(TRIES):
            try:
                self.client.press_plan("grams", place=[0, 0, 0], food=f"own:q{self.n}", grams=grams)
                await self.client.rerun()
                break
            except (websockets.ConnectionClosed, OSError):
                await self.come_back()
        changed = link.decode(self.client.elements["b12_address"].data["code"]).plan
        assert changed is not None and [item.grams for _, item in changed.items()] == [grams]
        self.code = self.client.elements["b12_address"].data["code"]
        self.sees(changed)

    async def come_back(self) -> None:
        self.client.query = f"{link.PARAMETER}={self.code}"
        for _ in range(TRIES):
            with contextlib.suppress(websockets.WebSocketException, OSError):
                await self.client.open()
                break
        else:
            raise AssertionError("No copy took the visitor.")
        self.came_back += 1
        plan = link.decode(self.code).plan
        assert plan is not None
        self.sees(plan)

    async def takes_along(self, *, printed: bool) -> None:
        """The saved plan, and the printed page where asked for, come from the copy that made them."""
        there = Client(self.copies.port, "take_along", f"{link.PARAMETER}={self.code}", {"Cookie": self.cookie})
        await there.open()
        status, body, _ = await asyncio.to_thread(self.copies.get, there.files[words.SAVE], self.cookie)
        assert (status, plan_file.load(body).plan) == (200, link.decode(self.code).plan)
        if printed:
            address = await there.file(handout_words.GET_PDF)
            status, body, _ = await asyncio.to_thread(self.copies.get, address, self.cookie)
            assert (status, body[:5]) == (200, b"%PDF-")
        await there.close()


async def all_do(what) -> None:
    """So many at a time as a browser's first view would be on a busy day."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(task) -> None:
        async with gate:
            await task

    await asyncio.gather(*(one(task) for task in what))


async def journey(copies: Copies) -> list[Editor]:
    editors = [Editor(n, copies) for n in range(EDITORS)]
    await all_do(editor.begin() for editor in editors)
    await all_do(editor.takes_along(printed=editor.n < 2) for editor in editors[:12])
    done = 0

    async def edits(editor: Editor) -> None:
        nonlocal done
        for n in range(EDITS):
            await editor.edit(200.0 + 10 * editor.n + n)
            done += 1
            if done == EDITORS * EDITS // 3:  # in the middle of it: most are editing at this moment
                copies.servers[0].stop()

    await asyncio.gather(*(edits(editor) for editor in editors))
    await all_do(editor.takes_along(printed=editor.n < 2) for editor in editors[:12])
    for editor in editors:
        await editor.client.close()
    return editors


def test_when_a_copy_dies_everybody_keeps_the_plan_and_nobody_sees_another(copies):
    began = time.monotonic()
    editors = asyncio.run(journey(copies))
    moved = [editor for editor in editors if editor.came_back]
    assert 5 <= len(moved) <= EDITORS - 5, "one copy had nobody, so nothing was tried"
    assert {editor.came_back for editor in moved} == {1}, "somebody was sent to the dead copy again"
    for editor in editors:
        plan = link.decode(editor.code).plan
        assert plan is not None
        assert plan.own_foods == plan_of_editor(editor.n).own_foods
        assert [item.grams for _, item in plan.items()] == [200.0 + 10 * editor.n + EDITS - 1]
    told = copies.told()
    secrets = [mark(editor.n) for editor in editors] + [editor.code for editor in editors] + [f"?{link.PARAMETER}="]
    assert [secret for secret in secrets if secret in told] == []
    assert time.monotonic() - began < 200


def test_the_proxy_closes_what_is_for_the_machine_and_says_what_a_browser_may_do(copies):
    for path in ("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/metrics?family=x"):
        assert copies.get(path)[0] == 403
    status, body, headers = copies.get("/_stcore/health")
    assert (status, body) == (200, b"ok")
    assert headers["Content-Security-Policy"].startswith("default-src 'self';")
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    # A monitor on the machine asks the copies themselves.
    for server in copies.servers:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        connection.request("GET", "/_stcore/metrics")
        assert b"active_sessions" in connection.getresponse().read()
        connection.close()


def test_an_address_as_long_as_a_plan_can_be_reaches_a_copy(copies):
    assert copies.get(f"/?{link.PARAMETER}={'A' * link.LINK_MAX}")[0] == 200
