"""One edit on the Plan page, from the finger to the redrawn page, beside an empty page as Streamlit ships it, in the same run.

    python -m bench.bench_edit [--rounds 30] [--port 8634]

The edit is a press of "more" in the first row of a vegetarian week of 95 foods: every press makes a plan never seen before. The
empty page is a title, a number box and a counter, with Streamlit's own configuration (uvloop is installed for both). The two
take turns. Measured in Chromium: the row's own answer, the new figure in the headline, and the end of the run; on the
server: processor time for one edit; on the wire: bytes of one edit; and how far the page's layout shifted.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
from pathlib import Path
from typing import Any

from bench.bench_pages import CHROMIUM_ARGS, HELLO, READY, plan_code
from bench.stream import ROOT, processor_ms, server
from dashboard.plan import link

WARM_UP = 5
#: Presses a button and answers when the text that depends on it has changed, and when the run has ended. [ms]
PRESS = """([button, text]) => new Promise(done => {
  const app = document.querySelector('[data-testid=stApp]'), read = () => document.querySelector(text)?.outerHTML, before = read()
  const host = [...document.querySelectorAll('*')].find((e) => e.shadowRoot?.querySelector(button))
  const pressed = (host?.shadowRoot ?? document).querySelector(button), row = pressed.closest('li'), start = performance.now()
  let seen = 0, own = 0
  new MutationObserver((_, watch) => {
    if (!seen && read() !== before) seen = performance.now() - start
    if (seen && app.getAttribute('data-test-script-state') === 'notRunning') {
      watch.disconnect()
      done([own, seen, performance.now() - start])
    }
  }).observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true})
  pressed.click()
  row?.getBoundingClientRect()
  own = performance.now() - start })"""
SHIFTS = """() => { window.shifted = 0
  const add = (list) => { for (const entry of list.getEntries()) window.shifted += entry.value }
  new PerformanceObserver(add).observe({type: 'layout-shift', buffered: true}) }"""
OURS = ["li.row .step:last-of-type", ".st-key-headline svg"]
EMPTY = ["[data-testid=stNumberInputStepUp]", "[data-testid=stText]"]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--port", type=int, default=8634)
    options.add_argument("--rounds", type=int, default=30)
    options.add_argument("--chromium", default=shutil.which("chromium") or shutil.which("google-chrome"))
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "streamlit_app.py").write_text(HELLO, encoding="utf-8")
        with server(ROOT, args.port) as app, server(folder, args.port + 1):
            measure(app, args.port, args.rounds, args.chromium)


def measure(app: Any, port: int, rounds: int, chromium: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGS)
        # Two plans in turns: after some thirty presses a food has the largest amount a plan can hold.
        codes = (plan_code(7), plan_code(8))
        (page, received), (other, more) = (opened(browser, f"http://127.0.0.1:{port}/?{link.PARAMETER}={c}", "li.row .step") for c in codes)
        bare, _ = opened(browser, f"http://127.0.0.1:{port + 1}/", EMPTY[0])
        at_load = page.evaluate("window.shifted")
        elements = page.locator("[data-testid=stElementContainer]").count()
        ours: list[list[float]] = []
        empty: list[list[float]] = []
        used = 0.0
        for n in range(rounds + WARM_UP):
            if n == WARM_UP:
                used, sent = processor_ms(app), sum(received + more)
            for tab, what, times in ((other if n % 2 else page, OURS, ours), (bare, EMPTY, empty)):
                tab.bring_to_front()
                times.append(tab.evaluate(PRESS, what))
                tab.wait_for_timeout(120)
        used = (processor_ms(app) - used) / rounds
        row, figure, run = (statistics.median(t[WARM_UP:]) for t in zip(*ours, strict=True))
        _, bare_figure, bare_run = (statistics.median(t[WARM_UP:]) for t in zip(*empty, strict=True))
        print(f"row {row:.1f} ms; figure {figure:.0f} ms (empty page {bare_figure:.0f}, ratio {figure / bare_figure:.2f})")
        print(f"run ended {run:.0f} ms (empty page {bare_run:.0f}, ratio {run / bare_run:.2f})")
        print(f"processor {used:.1f} ms an edit; {(sum(received + more) - sent) / rounds / 1000:.1f} kB an edit; {elements} elements")
        print(f"layout shift at load {at_load:.3f}, in {(rounds + WARM_UP + 1) // 2} edits {page.evaluate('window.shifted') - at_load:.3f}")
        browser.close()


def opened(browser: Any, url: str, wait_for: str) -> tuple[Any, list[int]]:
    """A page that has settled, and the sizes of what the server sends it. [bytes]"""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    received: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(len(frame))))
    page.add_init_script(f"({SHIFTS})()")
    page.goto(url)
    page.locator(wait_for).first.wait_for()
    page.wait_for_selector(READY)
    page.wait_for_timeout(1500)
    return page, received


if __name__ == "__main__":
    main()
