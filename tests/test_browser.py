"""The journeys of a person, in a real browser."""

from __future__ import annotations

import presses
import pytest
from browsing import NARROW, Server, address, figure, plan_in, serious_findings, settled, visit
from conftest import ROOT
from playwright.sync_api import Page, expect

from dashboard.pictures.palette import DARK, LIGHT
from dashboard.plan import Diet, Person, link
from dashboard.weeks.starter import starter_plan
from dashboard.words import conditions, pages

pytestmark = pytest.mark.browser

CLICKS_MAX = 6
#: Pages that show no intake figure.
WITHOUT_HEADLINE = ("sources", "causes")
#: Addresses of the pages; the plan page is at the root.
EVERY_PAGE = sorted("" if path.stem == "plan" else path.stem for path in (ROOT / "pages").glob("*.py"))


def vegan_week(server: Server, tables, page: str = "") -> str:
    return f"{server.url}/{page}{link.to_url(starter_plan(tables, Person(34, diet=Diet.VEGAN)))}"


class Clicks:
    """Counts what a person has to click."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def __call__(self, locator) -> None:
        locator.click()
        self.count += 1
        settled(self.page)


def test_from_the_empty_address_to_a_shared_link(server, context, somebody_else):
    page = context.new_page()
    visit(page, server.url)
    click = Clicks(page)
    start = figure(page)
    click(page.get_by_role("button", name="Vegan", exact=True))
    assert figure(page) != start
    click(page.get_by_role("combobox", name="Add a food to lunch"))
    page.keyboard.type("soya drink", delay=30)
    match = page.get_by_role("option").filter(has_text="drink").first
    match.wait_for()
    vegan = figure(page)
    click(match)
    expect(page.locator(".b12-figure")).not_to_have_text(vegan)
    click(page.get_by_role("button", name="Copy link"))
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url
    assert click.count <= CLICKS_MAX
    second = somebody_else.new_page()
    visit(second, copied)
    assert figure(second) == figure(page)


def test_a_shared_page_opens_with_the_same_numbers(server, context, somebody_else, tables):
    page = context.new_page()
    visit(page, vegan_week(server, tables, "shortfall"))
    second = somebody_else.new_page()
    visit(second, page.url)
    assert second.get_by_role("heading", name="Where does it fall short?").is_visible()
    assert figure(second) == figure(page)


def test_back_forward_reload_and_page_switch_keep_the_plan(server, context):
    page = context.new_page()
    visit(page, address(server, presses.milk(244)))
    before = figure(page)
    presses.more_milk(page)
    expect(page.locator(".b12-figure")).not_to_have_text(before)
    settled(page)
    after = figure(page)
    page.get_by_role("link", name="What would help", exact=True).click()
    page.get_by_role("heading", name="What would help?").wait_for()
    settled(page)
    assert figure(page) == after
    page.reload()
    settled(page)
    expect(page.locator(".b12-figure")).to_have_text(after)
    page.go_back()
    page.get_by_role("heading", name="Am I getting enough?").wait_for()
    expect(page.locator(".b12-figure")).to_have_text(after)
    page.go_back()
    expect(page.locator(".b12-figure")).to_have_text(before)
    settled(page)
    page.go_forward()
    expect(page.locator(".b12-figure")).to_have_text(after)


def test_a_link_works_as_the_first_visit_after_a_restart(server_to_stop, context, tables):
    page = context.new_page()
    visit(page, vegan_week(server_to_stop, tables, "suggestions"))
    assert page.get_by_role("heading", name="What would help?").is_visible()
    assert page.get_by_text("About me").is_visible()
    before = figure(page)
    server_to_stop.stop()
    server_to_stop.start()
    visit(page, page.url)
    assert figure(page) == before
    page.get_by_role("button", name="Add", exact=True).first.click()
    expect(page.locator(".b12-figure")).not_to_have_text(before)


def test_conditions_survive_a_reload_and_stay_out_of_the_link(server, context, somebody_else, tables):
    page = context.new_page()
    visit(page, vegan_week(server, tables))
    presses.age(page)
    page.get_by_label(conditions.FIND).fill("metformin")
    page.keyboard.press("Enter")
    settled(page)
    chosen = presses.chip(page).get_by_text("Metformin")
    expect(chosen.first).to_be_visible()
    assert "metformin" not in page.url
    page.reload()
    expect(chosen.first).to_be_visible()
    second = somebody_else.new_page()
    visit(second, page.url)
    assert second.get_by_text("Metformin").count() == 0


def test_a_damaged_link_shows_what_could_be_read(server, context, tables):
    page = context.new_page()
    visit(page, vegan_week(server, tables)[:-200])
    assert page.get_by_text("changed or cut off on its way").is_visible()
    assert page.get_by_text("The numbers").count() == 0
    assert "µg a day" in figure(page)


def test_a_food_is_added_with_the_keyboard_alone(server, context, tables):
    page = context.new_page()
    visit(page, vegan_week(server, tables))
    before = figure(page)
    page.get_by_role("combobox", name="Add a food to lunch").focus()
    page.keyboard.type("soya drink", delay=30)
    expect(page.get_by_role("option", selected=True)).to_contain_text("drink")
    page.keyboard.press("Enter")
    expect(page.locator(".b12-figure")).not_to_have_text(before)


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_on_a_phone_nothing_scrolls_sideways_and_the_headline_stays(server, phone, tables, path):
    page = phone.new_page()
    visit(page, vegan_week(server, tables, path))
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    if path not in WITHOUT_HEADLINE:
        page.locator("[data-testid=stMain]").evaluate("main => main.scrollTo(0, 900)")
        expect(page.locator(".b12-figure")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("old", "heading", "tab"),
    [
        ("quick_check", "How often do you have these?", None),
        ("symptoms", "Should I see somebody about this?", pages.SIGNS_TAB),
        ("validation", "How good is this estimate?", pages.GOOD_TAB),
        ("take_along", "Share and print", None),
    ],
)
def test_an_address_of_before_opens_where_its_answer_stands_now(server, context, tables, old, heading, tab):
    page = context.new_page()
    visit(page, vegan_week(server, tables, old))
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    if tab:
        expect(page.get_by_role("tab", name=tab)).to_have_attribute("aria-selected", "true")
    assert plan_in(page) == starter_plan(tables, Person(34, diet=Diet.VEGAN))


@pytest.mark.parametrize("size", [NARROW, {"width": 640, "height": 450}], ids=["phone", "200 percent zoom"])
def test_the_menu_at_the_bottom_has_four_named_groups_and_closes_by_itself(server, context, tables, size):
    page = context.new_page()
    page.set_viewport_size(size)
    visit(page, vegan_week(server, tables))
    before = figure(page).split(" ·")[0]
    bar = page.locator(".st-key-bottom_bar")
    assert bar.locator("a, button").all_inner_texts() != []
    for group in pages.GROUPS:
        expect(bar.get_by_text(group, exact=True)).to_be_in_viewport()
    for target in bar.locator("a, button").all():
        assert target.bounding_box()["height"] >= 44
    bar.get_by_role("button", name="Improve").click()
    page.get_by_test_id("stPopoverBody").get_by_role("link", name=pages.NAMES["suggestions"]).click()
    page.get_by_role("heading", name="What would help?").wait_for()
    settled(page)
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    assert figure(page).split(" ·")[0] == before
    expect(page.get_by_test_id("stExpandSidebarButton")).not_to_be_visible()


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_no_serious_accessibility_finding_in_either_theme_and_nothing_is_fetched_from_elsewhere(server, context, tables, path):
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    plan = starter_plan(tables, Person(70, diet=Diet.VEGAN, excludes=("soy",), conditions=("ppi", "nitrous-oxide")))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        visit(page, address(server, plan, path, share_conditions=True))
        assert serious_findings(page, of_colours=scheme == "dark") == []
    assert asked
    assert [url for url in asked if not url.startswith((server.url, "data:", "blob:"))] == []


def test_the_colours_follow_the_system_while_a_page_is_open(server, context, tables):
    page = context.new_page()
    visit(page, vegan_week(server, tables))
    for scheme, tint in (("dark", DARK), ("light", LIGHT)):
        page.emulate_media(color_scheme=scheme)
        red, green, blue = bytes.fromhex(tint.surface.removeprefix("#"))
        expect(page.locator(".st-key-headline")).to_have_css("background-color", f"rgb({red}, {green}, {blue})")


def test_a_red_flag_on_a_phone_is_answered_under_the_tick_in_view_and_aloud(server, phone):
    page = phone.new_page()
    visit(page, f"{server.url}/symptoms")
    page.get_by_text("Chest pain").click()
    answer = page.locator(".st-key-reveal-chest-pain [role=alert]")
    expect(answer).to_contain_text("112, 911 or 999")
    expect(answer).to_be_in_viewport(ratio=1)
