"""What the browser tests share: the app as a server, and how a page is visited and read. The fixtures are in conftest.py."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from conftest import ROOT
from playwright.sync_api import Browser, BrowserContext, Page, TimeoutError, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.plan import Plan, link
from dashboard.tables.read import load_tables

#: Every state is waited for as long as Playwright waits for a click: a page that is worked out on a busy machine may take so long.
expect.set_options(timeout=30_000)

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
T = TypeVar("T")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Every tab of the app in one process: the next test then finds the app's scripts read and compiled.
    "--process-per-site",
]
PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def in_own_loop(what: Coroutine[Any, Any, T]) -> T:
    """Runs a coroutine in a thread of its own: the browser has a loop running in this one, once a test has started it."""
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(asyncio.run, what).result()


class Server:
    """The app, or another script, as `streamlit run` serves it, on a free port; can be killed and started again."""

    def __init__(self, script: Path | None = None, environment: dict[str, str] | None = None, log: Path | None = None) -> None:
        self.script, self.environment, self.log = script, environment or {}, log
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.start()

    def start(self) -> None:
        script = [str(self.script)] if self.script else []
        command = [sys.executable, "-m", "streamlit", "run", *script, "--server.port", str(self.port), "--server.address", "localhost"]
        environment = os.environ | self.environment
        with Path(self.log or os.devnull).open("ab") as told:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=told, stderr=told)
        for _ in range(120):
            if self.answers():
                return
            time.sleep(0.25)
        raise RuntimeError("The app did not start.")

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2):
                return True
        except OSError:
            return False

    def run_once(self) -> None:
        """The entry runs, as the probes of deploy/ have it: a server on which it never ran answers an address of before by
        "Page not found", and which test comes first would matter."""
        with urllib.request.urlopen(f"{self.url}/_stcore/script-health-check", timeout=60):
            pass

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


class Visitors:
    """People with a browser of their own, each met by many tests. Opening a context anew for every test takes twice the time:
    the browser would read and compile the app's scripts again. So a context stays open with one tab that shows a line of text,
    and after each test its other tabs are closed and all that the pages stored is deleted."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.known: dict[str, BrowserContext] = {}

    @contextmanager
    def visitor(self, name: str, **settings: Any) -> Iterator[BrowserContext]:
        """A visitor without a past: no tab of the app is open and nothing is stored."""
        if name not in self.known:
            self.known[name] = self.browser.new_context(**settings)
            self.known[name].new_page().goto(f"{self.url}/_stcore/health")
        context = self.known[name]
        try:
            yield context
        finally:
            kept, *others = context.pages
            hosts = {urlsplit(page.url) for page in others}
            for page in others:
                page.close()
            storage = context.new_cdp_session(kept)
            for host in hosts:
                if host.scheme == "http":
                    storage.send("Storage.clearDataForOrigin", {"origin": f"http://{host.netloc}", "storageTypes": "all"})
            storage.detach()
            context.clear_cookies()


#: Counts in the page what it asks of the server and what is answered, by the field numbers of Streamlit's messages, and notes
#: the number of the run that the element of the address will show once the answer is drawn.
WATCH = """(() => {
  const number = (reader) => {
    let value = 0, shift = 1, byte
    do { byte = reader.bytes[reader.at++]; value += (byte & 127) * shift; shift *= 128 } while (byte > 127)
    return value
  }
  const fields = (bytes) => {
    const found = [], reader = { bytes, at: 0 }
    while (reader.at < bytes.length) {
      const tag = number(reader), kind = tag % 8
      if (kind === 0) number(reader)
      else if (kind === 2) { const length = number(reader); reader.at += length }
      else reader.at += kind === 1 ? 8 : 4
      found.push(Math.floor(tag / 8))
    }
    return found
  }
  const seen = (window.b12Seen = { asked: 0, begun: 0, answered: -1, run: "" })
  const send = WebSocket.prototype.send
  WebSocket.prototype.send = function (data) {
    if (data instanceof Uint8Array && fields(data).includes(ASK)) seen.asked += 1
    return send.call(this, data)
  }
  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given)
      this.addEventListener("message", (event) => {
        const bytes = new Uint8Array(event.data), kinds = fields(bytes)
        if (kinds.includes(BEGIN)) seen.begun = seen.asked
        if (kinds.includes(END)) seen.answered = seen.begun
        if (kinds.includes(DELTA)) seen.run = /b12_address.*"run": ([0-9]+)/s.exec(new TextDecoder().decode(bytes))?.[1] ?? seen.run
      })
    }
  }
})()"""
for name, message, field in (
    ("ASK", BackMsg, "rerun_script"),
    ("BEGIN", ForwardMsg, "new_session"),
    ("END", ForwardMsg, "script_finished"),
    ("DELTA", ForwardMsg, "delta"),
):
    WATCH = WATCH.replace(f"({name})", f"({message.DESCRIPTOR.fields_by_name[field].number})")

#: Everything asked was answered and drawn, nothing moves any more that comes to an end, and the address, the page and the server speak
#: of the same plan. What was pressed is sent in the next turn of the browser, so one turn is waited for first.
SETTLED = """(now) => {
  if (window.b12Turn?.now !== now) {
    window.b12Turn = { now, over: false }
    setTimeout(() => { window.b12Turn.over = true })
  }
  const element = document.querySelector("[data-agrees]")?.dataset, seen = window.b12Seen
  return window.b12Turn.over && seen && seen.answered === seen.asked
    && element?.run === seen.run && element.agrees === "yes"
    && document.querySelector("[data-testid=stApp]").dataset.testScriptState === "notRunning"
    && !document.querySelector("[data-testid=stSkeleton]")
    && !document.getAnimations().some((moves) => moves.playState === "running" && moves.effect.getComputedTiming().endTime < Infinity)
}"""

#: Looking at every frame, as Playwright does, takes the browser's time from the page.
LOOK_EVERY_MS = 40

STATE = """() => JSON.stringify([window.b12Seen, { ...document.querySelector("[data-agrees]")?.dataset }, location.href.slice(0, 200),
  document.querySelector("[data-testid=stApp]")?.dataset.testScriptState, { ...window.b12Address, host: 0, code: 0 }])"""


def settled(page: Page) -> None:
    """Waits until what was pressed has been sent, answered and drawn."""
    try:
        page.wait_for_function(SETTLED, arg=time.monotonic(), polling=LOOK_EVERY_MS)
    except TimeoutError as error:
        raise AssertionError(f"The page did not settle: {page.evaluate(STATE)}") from error


def visit(page: Page, address: str) -> None:
    if not getattr(page, "watched", False):
        page.add_init_script(WATCH)
        page.watched = True
    page.goto(address)
    page.wait_for_selector(".b12-figure, h2", timeout=30_000)
    settled(page)


def figure(page: Page) -> str:
    """The headline: intake and target."""
    return page.locator(".b12-figure").inner_text()


def address(server: Server, plan: Plan, page: str = "", *, share_conditions: bool = False) -> str:
    """The address at which a plan is opened on a page."""
    return f"{server.url}/{page}{link.to_url(plan, share_conditions=share_conditions)}"


def plan_in(page: Page) -> Plan:
    """The plan that the address holds."""
    return link.from_url(page.url, load_tables().link_weeks).plan


def becomes(page: Page, check: Callable[[Plan], bool]) -> Plan:
    """Waits until the plan in the address is as it should be, and answers it."""
    page.wait_for_url(lambda url: check(link.from_url(url, load_tables().link_weeks).plan))
    settled(page)
    return plan_in(page)


#: The rules of axe that look at colours: what else it finds is the same in both themes.
OF_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def axe_findings(page: Page, *, of_colours: bool = False, within: str | None = None) -> list[tuple[str, str, list[str]]]:
    """Rule, impact and the first elements of what axe finds against a page, or against a part of it."""
    # Without the lists of what is in order: they take longer than the search.
    options = {"resultTypes": ["violations"]} | (OF_COLOURS if of_colours else {})
    found = Axe().run(page, context=within, options=options).response["violations"]
    return [(v["id"], v["impact"], [node["html"][:160] for node in v["nodes"]][:3]) for v in found]


def serious_findings(page: Page, *, of_colours: bool = False) -> list[tuple[str, str, list[str]]]:
    return [found for found in axe_findings(page, of_colours=of_colours) if found[1] in ("serious", "critical")]
