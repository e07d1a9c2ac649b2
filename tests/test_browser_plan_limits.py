"""The plan view at its limits: small screens, many days and foods, strange names, a server that goes away, every accessibility rule."""

from __future__ import annotations

import pytest
from browsing import Server, address, axe_findings, becomes, figure, settled, visit
from playwright.sync_api import Page, expect
from test_browser_plan import EGG, MILK, add_to, amount, choose, day_of, eaten, matches, meal, message, row

from dashboard.plan import ITEMS_PER_MEAL_MAX, LABEL_MAX, Day, Diet, Item, OwnFood, Person, Plan, Supplement
from dashboard.tables.read import load_tables
from dashboard.weeks.starter import starter_plan
from dashboard.words import label as label_words
from dashboard.words.care import FORMS_LINK

pytestmark = pytest.mark.browser

TABLES = load_tables()
#: Width and height of the screens.
WITH_A_MOUSE = {"wide": (1440, 900), "tablet": (820, 1180), "200 % zoom": (720, 450)}
WITH_A_THUMB = {"phone": (390, 844), "small phone": (320, 640)}
SIZES = WITH_A_MOUSE | WITH_A_THUMB
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


#: Whether a list ends above the menu at the bottom.
ABOVE = "([list, menu]) => list.getBoundingClientRect().bottom <= menu.getBoundingClientRect().top"


def open_plan(page: Page, server: Server, plan: Plan, size: str) -> None:
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    visit(page, address(server, plan, share_conditions=True))
    meal(page, "Breakfast").wait_for()


@pytest.mark.parametrize("make", [odd_plan, full_plan], ids=["odd names", "full"])
@pytest.mark.parametrize(("screen", "sizes"), [("context", WITH_A_MOUSE), ("phone", WITH_A_THUMB)])
def test_nothing_breaks_or_runs_over_the_edge(server, request, screen, sizes, make):
    plan, page = make(), request.getfixturevalue(screen).new_page()
    for size in sizes:
        open_plan(page, server, plan, size)
        tabs = page.get_by_role("tab")
        expect(tabs).to_have_count(len(plan.days))
        expect(page.locator("li.row:not(.supplement)")).to_have_count(sum(map(len, plan.days[0].meals)))
        assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
        beyond = page.locator("li.row").evaluate_all(
            "rows => rows.filter((r) => r.scrollWidth > r.clientWidth + 1).map((r) => r.textContent)"
        )
        assert beyond == [], size
        small = page.locator("li.row, .tools, .bars").evaluate_all(
            f"""parts => parts.flatMap((part) => [...part.querySelectorAll('button, input.count')]).filter((b) => b.checkVisibility())
              .map((b) => [b.getAttribute('aria-label') ?? b.textContent, b.getBoundingClientRect()])
              .filter(([, at]) => at.width < {TARGET_PX} || at.height < {TARGET_PX}).map(([name]) => name)"""
        )
        assert small == [], size
        tabs.first.focus()
        page.keyboard.press("End")
        expect(tabs.last).to_be_focused()
        expect(tabs.last).to_be_in_viewport()
        expect(page.get_by_role("heading", name=plan.days[-1].name, exact=True)).to_be_attached()


#: Words that lie over an edge of the screen, or are cut in the line they stand in.
CUT = """([words, width]) => words.filter((w) => w.checkVisibility())
  .filter((w) => w.scrollWidth > w.clientWidth + 1 || w.getBoundingClientRect().right > width).map((w) => w.textContent)"""


def test_links_are_whole_on_a_small_phone(server, phone):
    """The longest link stands on Causes."""
    page, (width, height) = phone.new_page(), SIZES["small phone"]
    page.set_viewport_size({"width": width, "height": height})
    visit(page, address(server, Plan(Person(70)), "causes"))
    expect(page.get_by_role("link", name=FORMS_LINK)).to_be_attached()
    page.wait_for_function(
        f"() => !({CUT})([[...document.querySelectorAll('[data-testid=stMain] [data-testid=stPageLink] p')], {width}]).length"
    )


@pytest.mark.parametrize(("screen", "size"), [("context", "wide"), ("phone", "small phone")])
def test_axe_finds_nothing_at_all_in_the_plan_view(server, request, screen, size):
    page = request.getfixturevalue(screen).new_page()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        open_plan(page, server, odd_plan(), size)
        page.get_by_role("button", name="Add a supplement").click()
        page.get_by_label("A usual one").wait_for()
        assert axe_findings(page, within=".st-key-plan_view", of_colours=scheme == "dark") == []
        page.get_by_role("button", name="Breakfast: more").click()
        page.get_by_role("menu").wait_for()
        assert axe_findings(page, within=".st-key-plan_view", of_colours=scheme == "dark") == []


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


def test_a_press_while_the_server_is_away_is_kept_and_carried_out(server_to_stop, context):
    page = context.new_page()
    visit(page, address(server_to_stop, Plan(Person(34), (day_of((MILK, 244)),))))
    row(page).wait_for()
    server_to_stop.stop()
    row(page).get_by_role("button", name="More of Milk").evaluate("button => button.click()")
    expect(amount(page)).to_have_value("1½")
    expect(message(page)).to_contain_text("kept and sent again")
    server_to_stop.start()
    becomes(page, lambda plan: eaten(plan, "breakfast") == [(MILK, 366)])
    expect(amount(page)).to_have_value("1½")


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


@pytest.mark.parametrize("size", WITH_A_THUMB)
def test_matches_of_a_field_low_on_the_screen_stay_above_the_menu_of_a_phone(server, phone, size):
    page = phone.new_page()
    open_plan(page, server, starter_plan(TABLES, Person(34)), size)
    field = add_to(page, "Snack")
    field.evaluate("element => element.scrollIntoView({ block: 'end' })")
    field.tap()
    field.fill("soy")
    matches(page).filter(has_text="Soy").first.wait_for()
    handles = [page.locator(part).element_handle() for part in ("ul.matches:visible", ".st-key-bottom_bar")]
    page.wait_for_function(ABOVE, arg=handles)
    matches(page).filter(has_text="Soya").first.tap()
    becomes(page, lambda plan: len(plan.days[0].meals[3]) > len(starter_plan(TABLES, Person(34)).days[0].meals[3]))
