"""What the tests share: the tables, USDA's own files where they lie beside the repository, and small builders."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from dashboard.advice.advise import Advice, advise
from dashboard.estimate.assess import assess
from dashboard.plan import Day, Item, OwnFood, Person, Plan, link
from dashboard.tables import manifest
from dashboard.tables.read import load_tables
from dashboard.tables.tables import Tables

if TYPE_CHECKING:
    from browsing import Server, Visitors
    from playwright.sync_api import Browser, BrowserContext
    from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
USDA = ROOT.parent / "shared" / "usda"

# The same examples on every run, and nothing left on disk.
settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("repeatable")


def pytest_configure() -> None:
    os.environ.setdefault("B12_LOG_DETAILS", "yes")  # who mends a test wants to read what an exception says
    if manifest.stale():
        raise pytest.UsageError(f"A table in data/ was changed and its manifest was not. Run: {manifest.COMMAND}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "slow" in config.option.markexpr:
        return
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.skip(reason="takes long; run with -m slow"))


@pytest.fixture(scope="session")
def tables() -> Tables:
    return load_tables()


def csv_rows(name: str) -> list[dict[str, str]]:
    """A table of data/ as text, read without the code under test."""
    with (DATA / f"{name}.csv").open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


# USDA's releases ---------------------------------------------------------------------------------

RELEASES = {
    "usda-fndds-2021-2023": "FoodData_Central_survey_food_csv_2024-10-31.zip",
    "usda-sr-legacy-2018": "FoodData_Central_sr_legacy_food_csv_2018-04.zip",
    "usda-foundation-2025-04": "FoodData_Central_foundation_food_csv_2025-04-24.zip",
}
# FNDDS stores nutrient numbers in the column nutrient_id, the other releases ids.
NUTRIENTS = {
    "usda-fndds-2021-2023": {"418": "b12", "578": "added", "208": "energy", "203": "protein"},
    "usda-sr-legacy-2018": {"1178": "b12", "1246": "added", "1008": "energy", "1003": "protein"},
    "usda-foundation-2025-04": {
        "1178": "b12",
        "1246": "added",
        "1008": "energy",
        "2047": "energy general",
        "2048": "energy specific",
        "1003": "protein",
    },
}
# release -> file, column with the fdc_id, column with the number that food ids use
CODES = {
    "usda-fndds-2021-2023": ("survey_fndds_food.csv", "food_code"),
    "usda-sr-legacy-2018": ("sr_legacy_food.csv", "NDB_number"),
    "usda-foundation-2025-04": ("foundation_food.csv", "NDB_number"),
}


def _usda_rows(archive: zipfile.ZipFile, name: str) -> Iterator[dict[str, int] | list[str]]:
    """The header as a dictionary of positions, then the rows of one file of a release."""
    inner = next(n for n in archive.namelist() if n.rpartition("/")[2] == name)
    with archive.open(inner) as raw:
        rows = csv.reader(io.TextIOWrapper(raw, encoding="utf-8", newline=""))
        yield {column: n for n, column in enumerate(next(rows))}
        yield from rows


def _release(release: str, wanted: set[str]) -> dict[str, dict[str, str]]:
    foods: dict[str, dict[str, str]] = {}
    with zipfile.ZipFile(USDA / RELEASES[release]) as archive:
        rows = _usda_rows(archive, "food.csv")
        at = next(rows)
        for row in rows:
            if row[at["fdc_id"]] in wanted:
                foods[row[at["fdc_id"]]] = {"description": row[at["description"]]}
        file, code = CODES[release]
        rows = _usda_rows(archive, file)
        at = next(rows)
        for row in rows:
            if row[at["fdc_id"]] in foods:
                foods[row[at["fdc_id"]]]["code"] = row[at[code]]
        rows = _usda_rows(archive, "food_nutrient.csv")
        at = next(rows)
        food_at, nutrient_at, amount_at = at["fdc_id"], at["nutrient_id"], at["amount"]
        names = NUTRIENTS[release]
        for row in rows:
            if row[nutrient_at] in names and row[food_at] in foods:
                foods[row[food_at]][names[row[nutrient_at]]] = row[amount_at]
    return foods


@pytest.fixture(scope="session")
def usda() -> dict[str, dict[str, str]]:
    """fdc_id -> description, code, b12, added, energy ... as USDA prints them, for the foods of the table."""
    missing = [name for name in RELEASES.values() if not (USDA / name).is_file()]
    if missing:
        pytest.skip(f"USDA's releases do not lie beside the repository: {', '.join(missing)}")
    rows = csv_rows("foods")
    found: dict[str, dict[str, str]] = {}
    for release in RELEASES:
        found |= _release(release, {r["fdc_id"] for r in rows if r["source_id"] == release})
    return found


# Builders ----------------------------------------------------------------------------------------


def own(key: str, b12: float | None, added: float | None = None, diet: str = "omnivore") -> OwnFood:
    """A food with a figure of the test's choosing."""
    return OwnFood(key, f"Test food {key}", b12, added, 100, diet)


def one_meal_days(grams_by_meal: dict[str, list[tuple[OwnFood, float]]], days: int = 1) -> tuple[Day, ...]:
    """The same day so many times, from own foods by meal."""
    meals = tuple(
        tuple(Item(food.id, grams) for food, grams in grams_by_meal.get(meal, ())) for meal in ("breakfast", "lunch", "dinner", "snack")
    )
    return tuple(Day(f"Day {n}", meals) for n in range(1, days + 1))


@pytest.fixture
def plan_of() -> Callable[..., Plan]:
    """A plan of own foods with known figures."""

    def make(meals: dict[str, list[tuple[OwnFood, float]]], *, days: int = 1, person: Person | None = None, supplements=()) -> Plan:
        foods = {food.key: food for items in meals.values() for food, _ in items}
        return Plan(person or Person(), one_meal_days(meals, days), tuple(supplements), tuple(foods.values()))

    return make


def address_of(app: AppTest) -> str:
    """The code that the app would have in the address, where no browser writes it."""
    code: str = app.session_state["_address"]
    return code


def opened(plan: Plan, page: str = "plan.py", *, unfolded: Iterable[str] = ()) -> AppTest:
    """The app as somebody sees it who follows a link to a plan, conditions with it, and goes to a page; with folded parts open."""
    from streamlit.testing.v1 import AppTest

    app = AppTest.from_file(ROOT / "streamlit_app.py", default_timeout=60)
    app.query_params[link.PARAMETER] = link.encode(plan, share_conditions=True)
    app.run()
    for key in unfolded:
        app.session_state[key] = True
    if page != "plan.py":
        app.switch_page(f"pages/{page}").run()
    assert not app.exception, app.exception
    return app


def advised(plan: Plan, tables: Tables) -> Advice:
    """What may be said and offered to whoever follows a plan."""
    return advise(assess(plan, tables), tables)


# The browser: one server and one Chromium for all files; a visitor's storage is empty at the start of every test ------------


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    from browsing import Server

    running = Server()
    running.run_once()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def _second_server() -> Iterator[Server]:
    from browsing import Server

    running = Server()
    yield running
    running.stop()


@pytest.fixture
def server_to_stop(_second_server: Server) -> Server:
    """A server that a test may halt, stop and start again; the next test finds it running, whatever became of this one."""
    if not _second_server.answers():
        _second_server.stop()
        _second_server.start()
    return _second_server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from browsing import CHROMIUM, OPTIONS
    from playwright.sync_api import sync_playwright

    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing, and CI has to drive it.")
        pytest.skip("Chromium is not installed; the journeys in a browser were not tried.")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def visitors(browser: Browser, server: Server) -> Visitors:
    from browsing import Visitors

    return Visitors(browser, server.url)


@pytest.fixture
def context(visitors: Visitors) -> Iterator[BrowserContext]:
    """A fresh visitor on a wide screen."""
    from browsing import WIDE

    with visitors.visitor("wide", viewport=WIDE, permissions=["clipboard-read", "clipboard-write"]) as visitor:
        yield visitor


@pytest.fixture
def somebody_else(visitors: Visitors) -> Iterator[BrowserContext]:
    """Another visitor on a wide screen, who shares no storage with the first."""
    from browsing import WIDE

    with visitors.visitor("somebody else", viewport=WIDE) as visitor:
        yield visitor


@pytest.fixture
def phone(visitors: Visitors) -> Iterator[BrowserContext]:
    """A fresh visitor with a phone."""
    from browsing import NARROW, PHONE

    with visitors.visitor("phone", viewport=NARROW, user_agent=PHONE, has_touch=True, is_mobile=True) as visitor:
        yield visitor
