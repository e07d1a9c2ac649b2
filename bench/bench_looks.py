"""The README's pictures, taken from the running app, and how much each page shifts at load and at an edit.

    python -m bench.bench_looks [--pictures] [--pages plan suggestions]

Layout shift is what the browser itself reports (Layout Instability): at load the sum over the visit; at an edit every shift after
the press of the button, also those that the browser would forgive because a person has just pressed something. With ``--pictures``
the pictures of docs/pictures/ are written anew. Needs Chromium; everything is served and shown on this machine.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.stream import ROOT, server
from dashboard.plan import Diet, Person, Plan, link
from dashboard.tables.read import load_tables
from dashboard.weeks.starter import starter_plan

PORT = 8597
PICTURES = ROOT / "docs" / "pictures"
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
CHROMIUM_ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
READY = "[data-testid=stApp][data-test-script-state=notRunning]"
#: Collects what shifts: [value, whether a person has just pressed something].
WATCH = """window.shifts = [];
new PerformanceObserver(list => { for (const e of list.getEntries()) window.shifts.push([e.value, e.hadRecentInput]) })
  .observe({type: 'layout-shift', buffered: true})"""
#: Two frames and a quarter of a second in which nothing changes.
STILL = """() => new Promise(done => {
  let timer = setTimeout(done, 250);
  new MutationObserver((_, watch) => { clearTimeout(timer); timer = setTimeout(() => { watch.disconnect(); done() }, 250) })
    .observe(document.body, {subtree: true, childList: true, characterData: true}) })"""
#: Picture -> (page, diet, size, dark).
TAKEN = {
    "plan": ("", Diet.VEGAN, WIDE, False),
    "plan-phone-dark": ("", Diet.VEGAN, NARROW, True),
    "shortfall": ("shortfall", Diet.OMNIVORE, WIDE, False),
    "what-would-help": ("suggestions", Diet.VEGAN, WIDE, False),
}
PAGES = ("", "shortfall", "suggestions", "foods", "outlook", "causes", "take_along")


def opened(browser: Browser, page: str, plan: Plan, size: dict[str, Any], *, dark: bool = False) -> Page:
    """A page with a plan, once it is still."""
    phone = {"user_agent": PHONE} if size is NARROW else {}
    shown = browser.new_context(viewport=size, color_scheme="dark" if dark else "light", **phone).new_page()  # type: ignore[arg-type]
    shown.add_init_script(WATCH)
    shown.goto(f"http://127.0.0.1:{PORT}/{page}{link.to_url(plan)}")
    shown.wait_for_selector(".b12-figure, h2", timeout=60_000)
    still(shown)
    return shown


def still(shown: Page) -> None:
    """Waits until the server has answered and nothing on the page changes."""
    shown.wait_for_selector(READY)
    shown.evaluate(STILL)


def shift(shown: Page, *, forgive: bool) -> float:
    """The sum of what has shifted since the last call."""
    found: list[tuple[float, bool]] = shown.evaluate("() => window.shifts.splice(0)")
    return sum(value for value, pressed in found if not (forgive and pressed))


def measured(browser: Browser, page: str, plan: Plan, size: dict[str, Any]) -> tuple[float, float | None]:
    """Shift at load and at one edit; None where a page has nothing to add."""
    shown = opened(browser, page, plan, size)
    at_load, at_edit = shift(shown, forgive=True), None
    more = shown.get_by_role("button", name="More of").first if page == "" else shown.get_by_role("button", name="Add", exact=True).first
    if page in ("", "suggestions") and more.is_visible():
        more.scroll_into_view_if_needed()
        shift(shown, forgive=False)
        more.click()
        still(shown)
        at_edit = shift(shown, forgive=False)
    shown.context.close()
    return at_load, at_edit


def take(browser: Browser, folder: Path) -> None:
    """Writes the README's pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (page, diet, size, dark) in TAKEN.items():
        shown = opened(browser, page, starter_plan(load_tables(), Person(34, diet=diet)), size, dark=dark)
        # As somebody sees their own plan: the tab knows the address by now, and does not say that it was shared.
        shown.reload()
        still(shown)
        shown.screenshot(path=folder / f"{name}.png", animations="disabled")
        shown.context.close()


def main() -> None:
    """Measures, and takes the pictures where asked."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--pictures", action="store_true")
    asked.add_argument("--pages", nargs="*", default=list(PAGES))
    args = asked.parse_args()
    plan = starter_plan(load_tables(), Person(34, diet=Diet.VEGETARIAN))
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with server(ROOT, PORT), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGS)
        if args.pictures:
            take(browser, PICTURES)
        print("| page | size | shift at load | shift at an edit |\n|---|---|---|---|")
        for page in args.pages:
            name = "" if page == "plan" else page
            for size in (WIDE, NARROW):
                at_load, at_edit = measured(browser, name, plan, size)
                edit = "" if at_edit is None else f"{at_edit:.3f}"
                print(f"| {name or 'plan'} | {size['width']}x{size['height']} | {at_load:.3f} | {edit} |", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
