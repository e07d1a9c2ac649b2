"""In a real browser: no name makes a request, a link, a formula, an icon or a heading, on any page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import usda_layout as layout
from browsing import Server, settled, visit
from conftest import ROOT
from hostile import HOST, NAMES
from playwright.sync_api import Page, expect
from test_as_text import hostile_plan
from usda_server import Reply, hit, page, serving

from dashboard.foods.fdc import client as fdc
from dashboard.foods.usda.importer import import_releases
from dashboard.foods.usda.store import FILE_VARIABLE
from dashboard.plan import link, plan_file
from dashboard.ui.as_text import JOINER

pytestmark = pytest.mark.browser

EVERY_PAGE = sorted("" if path.stem == "plan" else path.stem for path in (ROOT / "pages").glob("*.py"))
#: Every place where Streamlit reads Markdown, and a name put there.
SCRIPT = """
import sys
sys.path[:0] = [{root!r}, {tests!r}]
import pandas as pd
import streamlit as st
from hostile import NAMES
from dashboard.ui.as_text import as_text, bold

for n, name in enumerate(NAMES):
    with st.container(key=f"name-{{n}}"):
        st.markdown(as_text(name))
        st.markdown(bold(name))
        st.markdown(f"- {{as_text(name)}}")
        st.markdown(f"say {{as_text(name)}} twice {{as_text(name)}}")
        st.caption(as_text(name))
        st.warning(as_text(name))
        st.subheader(as_text(name), anchor=False)
        st.button(as_text(name), key=f"button-{{n}}")
        st.checkbox(as_text(name), key=f"check-{{n}}")
        st.table(pd.DataFrame({{"a": [as_text(name)]}}), hide_index=True)
st.text("done")
"""
#: Places of the script that show a name alone.
PLACES = 9
FORMATTING = (
    "a, img, em, del, code, pre, blockquote, hr, sub, sup, input[type=checkbox][disabled], [role=img], .katex, script, "
    ".stMarkdownColoredText, .stMarkdownColoredBackground, .stMarkdownBadge, .stMarkdownShimmer"
)


def watched(page: Page) -> list[str]:
    """Collects what a page asks other hosts for."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


def of_strangers(page: Page, asked: list[str]) -> list[str]:
    links = page.evaluate(
        """() => { const all = root => [...root.querySelectorAll("*")].flatMap(e => [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])])
             return all(document).map(e => e.href?.baseVal || e.href || e.src || "").filter(address => typeof address === "string") }"""
    )
    return [address for address in [*asked, *links] if HOST in address.replace("%2E", ".") and "?p=" not in address]


def as_seen(name: str) -> str:
    return " ".join(name.split())


def test_each_name_is_shown_as_it_is_wherever_markdown_is_read(context, tmp_path):
    script = tmp_path / "names.py"
    script.write_text(SCRIPT.format(root=str(ROOT), tests=str(ROOT / "tests")), encoding="utf-8")
    server = Server(script)
    try:
        shown = context.new_page()
        asked = watched(shown)
        shown.goto(server.url)
        shown.get_by_text("done", exact=True).wait_for(timeout=60_000)
        expect(shown.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
        # Tables, buttons and boxes come in parts of the front end that are fetched when first wanted.
        for kind in ("table", "[data-testid=stButton] p", "[data-testid=stCheckbox] p", "h3", "[data-testid=stAlert] p"):
            expect(shown.locator(kind)).to_have_count(len(NAMES))
        assert of_strangers(shown, asked) == []
        for n, name in enumerate(NAMES):
            box = shown.locator(f".st-key-name-{n}")
            kinds = box.locator("[data-testid=stMarkdownContainer], [data-testid=stCaptionContainer]")
            texts = [" ".join(text.replace(JOINER, "").split()) for text in kinds.all_inner_texts()]
            twice = f"say {as_seen(name)} twice {as_seen(name)}"
            assert set(texts) <= {as_seen(name), twice, "a"}, name
            assert texts.count(as_seen(name)) == PLACES, name
            assert twice in texts
            assert kinds.locator(FORMATTING).count() == 0, name
    finally:
        server.stop()


@pytest.fixture
def hostile_server(tmp_path: Path):
    """The app with a USDA file and a live USDA whose foods have the hostile names."""
    tables = layout.sr()
    tables["food"] = [layout.FOOD, *([1000 + n, "sr_legacy_food", f"Zebra {name}", 1, "2019-04-01"] for n, name in enumerate(NAMES))]
    tables["sr_legacy_food"] = [["fdc_id", "NDB_number"], *([1000 + n, 90000 + n] for n in range(len(NAMES)))]
    tables["food_nutrient"] = layout.nutrients(*((1000 + n, 1178, 1.0 + n, 1) for n in range(len(NAMES))))
    tables["food_portion"] = layout.portions(*((1000 + n, 1, 1, 9999, "", name, 30) for n, name in enumerate(NAMES)))
    import_releases([layout.write(tmp_path / "sr.zip", tables)], tmp_path / "usda.sqlite")
    hits = [
        hit(2000 + n, description=name, brandName=name, ingredients=name, householdServingFullText=name)
        for n, name in enumerate(NAMES[:20])
    ]
    with serving() as usda:
        usda.answers(Reply(page(*hits)))
        environment = {FILE_VARIABLE: str(tmp_path / "usda.sqlite"), fdc.URL_VARIABLE: usda.url, fdc.CACHE_FOLDER_VARIABLE: str(tmp_path)}
        server = Server(environment=environment)
        yield server
        server.stop()


def test_no_page_makes_a_request_or_a_link_of_a_name(context, hostile_server, tmp_path):
    server = hostile_server
    shown = context.new_page()
    asked = watched(shown)
    for path in EVERY_PAGE:
        visit(shown, f"{server.url}/{path}{link.to_url(hostile_plan())}")
        assert of_strangers(shown, asked) == [], path
        assert shown.locator(".katex, [data-testid=stMain] img").count() == 0, path

    # A plan file whose keys and day are hostile, and a record whose lines are.
    visit(shown, f"{server.url}/take_along{link.to_url(hostile_plan())}")
    data = json.loads(plan_file.dump(hostile_plan())) | dict.fromkeys(NAMES[:10], 1)
    data["days"][0]["name"] = NAMES[0]
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(data), encoding="utf-8")
    shown.locator("input[type=file]").first.set_input_files(plan)
    shown.get_by_text("left out of the plan").first.wait_for()
    settled(shown)
    assert of_strangers(shown, asked) == []

    # USDA's own foods, imported and live.
    visit(shown, f"{server.url}/foods{link.to_url(hostile_plan())}")
    shown.get_by_label("Find a food").fill("zebra")
    shown.locator("[data-testid=stHeading]").get_by_text("Zebra").wait_for()
    settled(shown)
    shown.get_by_text("Search USDA's branded foods online").click()
    shown.get_by_label("Brand and food").fill("zebra")
    shown.get_by_role("button", name="Search online").click()
    shown.locator("[class*=st-key-row-fdc-]").first.wait_for()
    settled(shown)
    assert of_strangers(shown, asked) == []
    assert shown.locator(".katex").count() == 0
