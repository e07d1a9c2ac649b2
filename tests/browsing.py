"""What the browser tests share: the app as a server, and how a page is visited and read. The fixtures are in conftest.py."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from conftest import ROOT
from playwright.sync_api import Page

from dashboard.plan import Plan, link

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


class Server:
    """The app, or another script, as `streamlit run` serves it, on a free port; can be killed and started again."""

    def __init__(self, script: Path | None = None, environment: dict[str, str] | None = None) -> None:
        self.script, self.environment = script, environment or {}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.start()

    def start(self) -> None:
        script = [str(self.script)] if self.script else []
        command = [sys.executable, "-m", "streamlit", "run", *script, "--server.port", str(self.port), "--server.address", "localhost"]
        environment = os.environ | self.environment
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(120):
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2):
                    return
            except OSError:
                time.sleep(0.25)
        raise RuntimeError("The app did not start.")

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


def settled(page: Page) -> None:
    """Waits until the script has run and the page shows its result."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.wait_for_timeout(200)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")


def visit(page: Page, address: str) -> None:
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
    return link.from_url(page.url).plan


def becomes(page: Page, check: Callable[[Plan], bool], seconds: float = 10) -> Plan:
    """Waits until the plan in the address is as it should be, and answers it."""
    for _ in range(int(seconds * 20)):
        if check(plan_in(page)):
            settled(page)
            return plan_in(page)
        page.wait_for_timeout(50)
    raise AssertionError(f"The plan in the address did not change as it should: {plan_in(page)}")
