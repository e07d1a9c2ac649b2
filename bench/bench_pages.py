"""First view and rerun of every page, over the websocket and in Chromium, against a bare page in the same run.

    python -m bench.bench_pages [--rounds 10] [--loads 3] [--no-browser] [--pages plan foods]

The bare page is a title, a number box and a counter, served with this project's configuration. A rerun of the app is a step to
the address of another plan (the vegetarian starter week of 95 foods with one amount changed), which every page has to work out
anew; the bare page gets another number. The two servers take turns, so that other work on the machine meets both. From a press to
the redrawn Plan page in Chromium: `bench_edit`.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from subprocess import Popen
from typing import Any

from bench.stream import CONFIG, ROOT, Client, processor_ms, server
from dashboard.plan import Diet, Person, link, set_grams
from dashboard.tables.read import load_tables
from dashboard.ui.address import STEP
from dashboard.weeks.starter import starter_plan

HELLO = """
import streamlit as st
st.title("Hello")
with st.sidebar:
    st.number_input("Age in years", 0, 120, 20, step=1)
st.session_state.n = st.session_state.get("n", 0) + 1
st.text(f"run {st.session_state.n}")
"""
AGE = "Age in years"
PAGES = ("plan", "shortfall", "suggestions", "foods", "outlook", "causes", "take_along", "sources")
CHROMIUM_ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
READY = "[data-testid=stApp][data-test-script-state=notRunning]"
CHART = ".js-plotly-plot .main-svg"
PLOTTED = ("outlook",)


@contextlib.contextmanager
def page_alone(script: str) -> Iterator[Path]:
    """A folder with a page and this project's configuration."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "streamlit_app.py").write_text(script, encoding="utf-8")
        (folder / ".streamlit").mkdir()
        shutil.copy(CONFIG, folder / ".streamlit")
        yield folder


def plan_code(use: int) -> str:
    """A week of its own for every use, as the address holds it."""
    plan = starter_plan(load_tables(), Person(age_years=20, diet=Diet.VEGETARIAN))
    place, item = next(iter(plan.items()))
    return link.encode(set_grams(plan, place, item.grams + 1 + use))


def address(page: str, use: int) -> str:
    """A page with a plan of its own."""
    return f"{'' if page == 'plan' else page}?{link.PARAMETER}={plan_code(use)}"


async def over_websocket(port: int, page: str, rounds: int, app: Popen[bytes]) -> dict[str, float]:
    """Milliseconds of the first run and of a rerun of a page and of the bare page, and kilobytes of a rerun."""
    clients = [Client(port, "" if page == "plan" else page, address(page, PAGES.index(page)).partition("?")[2]), Client(port + 1)]
    first = [await c.open() for c in clients]
    times: list[list[float]] = [[], []]
    size, used = 0, 0.0
    queries = [f"{address(page, 200 + 50 * PAGES.index(page) + n).partition('?')[2]}&{STEP}={n + 1}" for n in range(rounds + 2)]
    for n, query in enumerate(queries):
        if n == 2:
            used = processor_ms(app)
        clients[0].query = query
        clients[1].set(AGE, double_value=21.0 + n)
        for c, took in zip(clients, times, strict=True):
            seconds, received = await c.rerun()
            took.append(1000 * seconds)
            size = received if c is clients[0] else size
    used = processor_ms(app) - used
    for c in clients:
        await c.close()
    if clients[0].errors:
        raise RuntimeError(f"{page}: {clients[0].errors}")
    ours, bare = (statistics.median(t[2:]) for t in times)
    return {
        "first_ms": 1000 * first[0][0],
        "first_kB": first[0][1] / 1000,
        "rerun_ms": ours,
        "bare_ms": bare,
        "rerun_ratio": ours / bare,
        "processor_ms": used / rounds,
        "rerun_kB": size / 1000,
    }


def view(context: Any, url: str, wait_for: str | None) -> tuple[float, Any, list[str]]:
    """Milliseconds until a page's script has ended and its chart stands there; the page; the addresses it asked for."""
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.goto(url, wait_until="commit")
    took = page.wait_for_function(
        "([ready, more]) => document.querySelector(ready) && document.querySelector('h1,h2') && (!more || document.querySelector(more))"
        " && performance.now()",
        arg=[READY, wait_for],
        polling="raf",
        timeout=60_000,
    ).json_value()
    return took, page, asked


def in_chromium(browser: Any, port: int, page: str, loads: int) -> dict[str, float | bool]:
    """Milliseconds of the first view with an empty cache and with a full one, each with its ratio."""
    use = 100 + PAGES.index(page)
    addresses = [
        (f"http://127.0.0.1:{port}/{address(page, use)}", CHART if page in PLOTTED else None),
        (f"http://127.0.0.1:{port + 1}/", None),
    ]
    cold: list[list[float]] = [[], []]
    warm: list[list[float]] = [[], []]
    plotly = False
    for _ in range(loads):
        for at, (url, wait_for) in enumerate(addresses):
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            took, tab, asked = view(context, url, wait_for)
            cold[at].append(took)
            tab.wait_for_timeout(500)
            plotly |= any("plotly" in a.lower() for a in asked)
            took, tab, _ = view(context, url, wait_for)
            warm[at].append(took)
            context.close()
    row: dict[str, float | bool] = {"plotly": plotly}
    for name, (ours, bare) in {"cold": cold, "warm": warm}.items():
        row |= {f"{name}_ms": statistics.median(ours), f"{name}_ratio": statistics.median(ours) / statistics.median(bare)}
    return row


def show(page: str, row: dict[str, float | bool]) -> None:
    print(
        page,
        *(f"{k} {v:.2f}" if k.endswith("ratio") else f"{k} {v:.0f}" if isinstance(v, float) else f"{k} {v}" for k, v in row.items()),
        flush=True,
    )


def browsing(port: int, pages: list[str], loads: int, chromium: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGS)
        for page in pages:
            show(page, in_chromium(browser, port, page, loads))
        browser.close()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--port", type=int, default=8632)
    options.add_argument("--rounds", type=int, default=10)
    options.add_argument("--loads", type=int, default=3)
    options.add_argument("--no-browser", action="store_true")
    options.add_argument("--chromium", default=shutil.which("chromium") or shutil.which("google-chrome"))
    options.add_argument("--pages", nargs="+", default=list(PAGES), choices=PAGES)
    args = options.parse_args()
    with page_alone(HELLO) as folder, server(ROOT, args.port) as app, server(folder, args.port + 1):
        for page in args.pages:
            show(page, asyncio.run(over_websocket(args.port, page, args.rounds, app)))
        if not args.no_browser:
            browsing(args.port, args.pages, args.loads, args.chromium)


if __name__ == "__main__":
    main()
