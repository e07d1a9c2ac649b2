"""Presses as fast and as odd as a hand can make them, and the check that address, page and plan then agree."""

from __future__ import annotations

import random

from browsing import Server, address, figure, plan_in, settled, visit
from playwright.sync_api import Error, Locator, Page
from playwright.sync_api import expect as eventually

from dashboard import words
from dashboard.estimate.assess import assess
from dashboard.plan import Day, Item, Person, Plan
from dashboard.tables.tables import Tables

MILK = "fndds:11112110"
PRESSES = 8
PAUSES_MS = (0, 0, 30, 100, 300, 700)
#: Link in the menu -> path of the page.
PAGES = {"Plan": "", "Where it falls short": "shortfall", "Years ahead": "outlook"}
#: A click that does not land within this time had no place to land: the page under it changed.
CLICK_MS = 3_000


def chip(page: Page) -> Locator:
    """The line that says who the plan is for, and opens."""
    return page.locator(".st-key-about_me summary")


def age(page: Page, within_ms: float | None = None) -> Locator:
    """The field for the age, in "About me", which is opened for it. ``within_ms``: for presses that may find no place."""
    field = page.locator(".st-key-about_me").get_by_label(words.AGE_LABEL)
    if not field.is_visible():
        chip(page).click(timeout=within_ms)
        field.wait_for(timeout=within_ms)
        if within_ms is None:
            settled(page)  # opening takes half a second: a press on what still moves may land beside it
    return field


def says(page: Page, years: int | str) -> None:
    """Waits until the page says the age."""
    eventually(chip(page)).to_contain_text(f"About me: {years},")


def milk(grams: float, **person: object) -> Plan:
    """A plan whose figure follows one amount."""
    return Plan(Person(34, **person), (Day("Typical day", ((Item(MILK, grams),), (), (), ())),))


def more_milk(page: Page, within_ms: float | None = None) -> None:
    """An edit on the Plan page that changes the figure: half a cup more."""
    page.get_by_role("button", name="More of Milk").click(timeout=within_ms)


#: A field that has just been drawn is empty until Streamlit puts its text into it; Undo draws another one. So it is waited for and read
#: in one look.
TEXT_OF = "(label) => [...document.querySelectorAll('.st-key-about_me input')].find((field) => field.ariaLabel === label)?.value"


def older(page: Page, within_ms: float | None = None) -> None:
    """An edit that every page has: one year more."""
    field = age(page, within_ms)
    years = int(page.wait_for_function(TEXT_OF, arg=words.AGE_LABEL, timeout=within_ms).json_value())
    field.fill(str(years + 1), timeout=within_ms)
    field.press("Enter", timeout=within_ms)


#: A step in the history, where there is one. The browser takes it a little later, and says until then that there is room for another
#: of its kind: so it is waited for, or two quick ones would lead out of the app. What the app answers is not waited for.
STEP = """(by) => {
  const entry = navigation.entries()[navigation.currentEntry.index + by]
  return entry && navigation.traverseTo(entry.key).committed.then(() => null, () => null)
}"""
STEPS = {"back": -1, "far back": -2, "forward": 1}


def press(page: Page, what: str) -> None:
    match what:
        case "older":
            older(page, CLICK_MS)
        case "more":
            more_milk(page, CLICK_MS)
        case "undo":
            page.get_by_role("button", name="Undo").click(timeout=CLICK_MS)
        case "back" | "far back" | "forward":
            page.evaluate(STEP, STEPS[what])
        case "reload":
            page.reload(wait_until="commit")
        case _:
            page.get_by_role("link", name=what, exact=True).click(timeout=CLICK_MS)


def at_random(page: Page, server: Server, chance: random.Random) -> list[tuple[str, int]]:
    """Opens a plan, then presses without waiting for answers. Answers what was pressed, with the pause after it in ms."""
    visit(page, address(server, milk(244)))
    done = []
    for _ in range(PRESSES):
        what = chance.choice(["older", "older", "more", "more", "back", "back", "far back", "forward", "undo", "reload", *PAGES])
        pause = chance.choice(PAUSES_MS)
        try:
            press(page, what)
        except (Error, AssertionError):
            what = f"no place for: {what}"
        page.wait_for_timeout(pause)
        done.append((what, pause))
    return done


def agree(page: Page, tables: Tables) -> None:
    """The address, the page and the plan on it are the same once nothing is on its way any more."""
    settled(page)
    plan = plan_in(page)
    assert plan is not None
    path = page.evaluate("location.pathname").strip("/")
    name = next(name for name, its_path in PAGES.items() if its_path == path)
    eventually(page.get_by_role("link", name=name, exact=True)).to_have_attribute("aria-current", "page")
    says(page, plan.person.age_years)
    assert figure(page).startswith(words.intake(assess(plan, tables)))
