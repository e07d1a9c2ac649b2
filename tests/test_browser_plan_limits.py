"""The plan view at its limits: small screens, many days and foods, strange names, a server that goes away, every accessibility rule."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import PHONE, Server, address, becomes, figure, settled, visit
from playwright.sync_api import Page, expect
from test_browser_plan import EGG, MILK, add_to, amount, choose, day_of, eaten, meal, message, row

from dashboard.plan import ITEMS_PER_MEAL_MAX, LABEL_MAX, Day, Diet, Item, OwnFood, Person, Plan, Supplement
from dashboard.tables.read import load_tables
from dashboard.weeks.starter import starter_plan
from dashboard.words import label as label_words

pytestmark = pytest.mark.browser

TABLES = load_tables()
#: A wide screen, a tablet, a phone, a small phone, and a wide screen at 200 % zoom.
SIZES = {"wide": (1440, 900), "tablet": (820, 1180), "phone": (390, 844), "small phone": (320, 640), "200 % zoom": (720, 450)}
TARGET_PX = 24
LONG = "Oatdrinkwithcalciumandvitamins"
#: In Hebrew and Arabic, from right to left.
STRANGE = (
    OwnFood("he", "משקה סויה מועשר בוויטמינים", 0.38, 0.38, 250, "vegan"),
    OwnFood("long", LONG * 2, None),
    OwnFood("ar", "حليب الصويا", 0.4),
)


def odd_plan() -> Plan:
    """Names that are long or run the other way, a food left out, one that no table knows, joined meals, a day not entered, a fast."""
    foods = tuple(Item(own.id, 250) for own in STRANGE)
    first = Day(
        "Monday", ((*foods, Item("fdc:999999999", 50), Item(MILK, 244, off=True)), (Item(EGG, 50),), (), ()), (("breakfast", "lunch"),)
    )
    days = (first, Day("Tuesday"), Day("Wednesday", nothing_eaten=True), day_of(("fndds:21500100", 85), name="Thursday"))
    taken = (Supplement("tablet", 1000, 7), Supplement("injection", 1000, 7 / 90))
    return Plan(Person(67, diet=Diet.VEGETARIAN, excludes=("soy",)), days, taken, STRANGE)


def full_plan() -> Plan:
    """As many days and foods as a plan can hold and an address can carry: 31 days, one of them with 40 foods in a meal."""
    many = tuple(Item(food, 100) for food in sorted(TABLES.foods)[:ITEMS_PER_MEAL_MAX])
    week = starter_plan(TABLES, Person(34)).days
    return Plan(Person(34), (Day("Day 1", (many, (), (), ())), *(Day(f"Day {n}", week[n % 7].meals) for n in range(2, 32))))


def opened(browser, server: Server, plan: Plan, size: str, scheme: str = "light") -> Page:
    width, height = SIZES[size]
    touch = {"user_agent": PHONE, "has_touch": True, "is_mobile": True} if width < 500 else {}
    page = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, **touch).new_page()
    visit(page, address(server, plan, share_conditions=True))
    meal(page, "Breakfast").wait_for()
    return page


@pytest.mark.parametrize("make", [odd_plan, full_plan], ids=["odd names", "full"])
@pytest.mark.parametrize("size", SIZES)
def test_nothing_breaks_or_runs_over_the_edge(server, browser, size, make):
    plan = make()
    page = opened(browser, server, plan, size)
    tabs = page.get_by_role("tab")
    expect(tabs).to_have_count(len(plan.days))
    expect(page.locator("li.row:not(.supplement)")).to_have_count(sum(map(len, plan.days[0].meals)))
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    beyond = page.locator("li.row").evaluate_all("rows => rows.filter((r) => r.scrollWidth > r.clientWidth + 1).map((r) => r.textContent)")
    assert beyond == []
    small = page.locator("li.row, .tools, .bars").evaluate_all(
        f"""parts => parts.flatMap((part) => [...part.querySelectorAll('button, input.count')]).filter((b) => b.checkVisibility())
          .map((b) => [b.getAttribute('aria-label') ?? b.textContent, b.getBoundingClientRect()])
          .filter(([, at]) => at.width < {TARGET_PX} || at.height < {TARGET_PX}).map(([name]) => name)"""
    )
    assert small == []
    tabs.first.focus()
    page.keyboard.press("End")
    expect(tabs.last).to_be_focused()
    expect(tabs.last).to_be_in_viewport()
    expect(page.get_by_role("heading", name=plan.days[-1].name, exact=True)).to_be_attached()
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["wide", "small phone"])
def test_axe_finds_nothing_at_all_in_the_plan_view(server, browser, size, scheme):
    page = opened(browser, server, odd_plan(), size, scheme)
    page.get_by_role("button", name="Add a supplement").click()
    found = Axe().run(page, context=".st-key-plan_view").response["violations"]
    said = [(v["id"], [n["html"][:160] for n in v["nodes"]][:3]) for v in found]
    assert said == []
    page.get_by_role("button", name="Breakfast: more").click()
    page.get_by_role("menu").wait_for()
    found = Axe().run(page, context=".st-key-plan_view").response["violations"]
    assert [(v["id"], [n["html"][:160] for n in v["nodes"]][:3]) for v in found] == []
    page.context.close()


def test_scroll_and_focus_stay_after_an_edit(server, context):
    page = context.new_page()
    visit(page, address(server, starter_plan(TABLES, Person(34))))
    snack = meal(page, "Snack")
    snack.scroll_into_view_if_needed()
    up = snack.locator("li.row").first.get_by_role("spinbutton")
    up.focus()
    settled(page)
    at = snack.bounding_box()["y"]
    before = figure(page)
    for _ in range(9):
        page.keyboard.press("ArrowUp")
    expect(page.locator(".b12-figure")).to_be_in_viewport()
    becomes(page, lambda plan: plan.days != starter_plan(TABLES, Person(34)).days)
    expect(up).to_be_focused()
    assert abs(snack.bounding_box()["y"] - at) <= 1
    assert figure(page) or before


def test_a_press_while_the_server_is_away_is_kept_and_carried_out(browser):
    own = Server()
    try:
        page = browser.new_context().new_page()
        visit(page, address(own, Plan(Person(34), (day_of((MILK, 244)),))))
        row(page).wait_for()
        own.stop()
        row(page).get_by_role("button", name="More of Milk").evaluate("button => button.click()")
        expect(amount(page)).to_have_value("1½")
        expect(message(page)).to_contain_text("kept and sent again")
        own.start()
        becomes(page, lambda plan: eaten(plan, "breakfast") == [(MILK, 366)])
        expect(amount(page)).to_have_value("1½")
        page.context.close()
    finally:
        own.stop()


def test_a_day_on_which_nothing_was_eaten(server, context):
    page = context.new_page()
    visit(page, address(server, Plan(Person(34), (day_of((MILK, 244), name="Monday"), Day("Tuesday")))))
    page.get_by_role("tab", name="Tuesday: nothing entered").click()
    with_one_day = figure(page)
    page.get_by_label("Nothing eaten on this day").check()
    becomes(page, lambda plan: plan.days[1].nothing_eaten)
    expect(page.locator(".b12-figure")).not_to_have_text(with_one_day)
    expect(page.get_by_role("tab", selected=True)).to_have_accessible_name("Tuesday: none, 2.4 µg short of 2.4 µg")
    add_to(page, "Dinner").fill("egg boiled")
    page.get_by_role("option").filter(has_text="Egg, boiled").first.click()
    becomes(page, lambda plan: eaten(plan, "dinner", day=1) == [(EGG, 50)] and not plan.days[1].nothing_eaten)
    expect(page.get_by_label("Nothing eaten on this day")).to_be_hidden()


def test_a_search_that_finds_nothing_leads_to_the_form_for_a_label(server, context):
    page = context.new_page()
    visit(page, address(server, Plan(Person(34), (Day(),))))
    add_to(page, "Lunch").fill("zzqxw bar")
    expect(page.get_by_text("No food of that name")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    form = page.get_by_role("dialog")
    expect(form.get_by_label("Name of the food")).to_have_value("zzqxw bar")
    form.get_by_label("Amount: ").fill("0.5")
    page.keyboard.press("Enter")
    form.get_by_text(label_words.FORTIFIED_ANSWERS["yes"]).click()
    form.get_by_role("button", name="Add one serving to lunch").click()
    plan = becomes(page, lambda plan: len(plan.own_foods) == 1)
    assert plan.own_foods[0].label == "zzqxw bar"
    expect(form).to_be_hidden()
    expect(meal(page, "Lunch")).to_contain_text("zzqxw bar")


def test_two_tabs_keep_a_plan_each(server, context):
    """The same address in two tabs: an edit in one does not reach the other, and neither makes the other's presses stale."""
    start = Plan(Person(34), (day_of((MILK, 244), (EGG, 50)),))
    one, other = context.new_page(), context.new_page()
    for page in (one, other):
        visit(page, address(server, start))
    choose(one, "Remove", 1)
    becomes(one, lambda plan: eaten(plan, "breakfast") == [(MILK, 244)])
    row(other).get_by_role("button", name="More of Milk").click()
    becomes(other, lambda plan: eaten(plan, "breakfast") == [(MILK, 366), (EGG, 50)])


def test_a_name_is_shown_as_text(server, context):
    page = context.new_page()
    food = OwnFood("x", "&lt;b&gt; *bold* :red[x] $a$"[:LABEL_MAX], 1.0)
    visit(page, address(server, Plan(Person(34), (day_of((food.id, 100)),), (), (food,))))
    expect(row(page).locator(".title .food")).to_have_text(food.label)
