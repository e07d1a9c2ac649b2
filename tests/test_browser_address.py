"""The address is the plan: Back, Forward, reload, a pasted link, a lost connection, two tabs, at any speed of pressing."""

from __future__ import annotations

import itertools
import random
import signal

import presses
import pytest
from browsing import WIDE, Server, address, becomes, figure, plan_in, settled, visit
from playwright.sync_api import LocatorAssertions, Page, expect
from presses import MILK, milk

from dashboard.plan import Day, Item, Person, Plan, link
from dashboard.tables.read import load_tables
from dashboard.words import address as said
from dashboard.words import clients as people
from dashboard.words import conditions as conditions_said
from dashboard.words import plan_faults
from dashboard.words.plan_page import TEXTS

pytestmark = pytest.mark.browser

BACK_PAUSE_MAX_MS = 2_000


def add_condition(page: Page, typed: str) -> None:
    presses.age(page)
    page.get_by_label(conditions_said.FIND).fill(typed)
    page.keyboard.press("Enter")
    settled(page)


def in_plan(page: Page, condition: str):
    return presses.chip(page).get_by_text(condition)


def back_to_metformin(page: Page) -> None:
    """Back leads to the first plan, with the condition that was named there and stands in no link."""
    page.go_back()
    settled(page)
    assert plan_in(page) == milk(244)
    expect(in_plan(page, "Metformin").first).to_be_visible()


# Back and Forward --------------------------------------------------------------------------------


def back_journey(page: Page, server: Server, chance: random.Random) -> None:
    """An edit, another page, sometimes a reload, then Back, Back and Forward, with random pauses between."""
    visit(page, address(server, milk(244)))
    first, before = page.url, figure(page)
    presses.more_milk(page)
    expect(page.locator(".b12-figure")).not_to_have_text(before)
    settled(page)
    second, after = page.url, figure(page)
    assert second != first
    page.get_by_role("link", name="What would help", exact=True).click()
    page.wait_for_url(f"**/suggestions?{link.PARAMETER}=*")
    if chance.random() < 0.5:
        page.reload()
    settled(page)
    assert figure(page) == after
    page.wait_for_timeout(chance.uniform(0, BACK_PAUSE_MAX_MS))
    page.go_back()
    page.wait_for_timeout(chance.uniform(0, BACK_PAUSE_MAX_MS))
    page.go_back()
    page.wait_for_timeout(chance.uniform(0, BACK_PAUSE_MAX_MS))
    settled(page)
    assert page.url == first
    expect(page.locator(".b12-figure")).to_have_text(before)
    page.go_forward()
    settled(page)
    assert page.url == second
    expect(page.locator(".b12-figure")).to_have_text(after)


@pytest.mark.parametrize("journey", range(1))
def test_back_and_forward_show_the_plan_of_the_address(server, context, journey):
    back_journey(context.new_page(), server, random.Random(journey))


@pytest.mark.parametrize("sequence", range(2))
def test_after_random_presses_address_page_and_plan_agree(server, context, tables, sequence):
    page = context.new_page()
    done = presses.at_random(page, server, random.Random(sequence))
    presses.agree(page, tables), done


@pytest.mark.slow
@pytest.mark.parametrize("journey", range(100, 150))
def test_back_and_forward_fifty_times(server, context, journey):
    back_journey(context.new_page(), server, random.Random(journey))


@pytest.mark.slow
@pytest.mark.parametrize("sequence", range(100, 300))
def test_two_hundred_random_sequences(server, context, tables, sequence):
    page = context.new_page()
    done = presses.at_random(page, server, random.Random(sequence))
    presses.agree(page, tables), done


@pytest.mark.parametrize("answered", ["together", "one after the other"])
def test_an_edit_answered_after_back_was_pressed_is_not_written_and_redo_has_it(browser, answered):
    own = Server()
    context = browser.new_context(viewport=WIDE)
    try:
        page = context.new_page()
        visit(page, address(own, milk(244)))
        presses.older(page)
        becomes(page, lambda plan: plan.person.age_years == 35)
        presses.age(page)
        settled(page)
        asked = page.evaluate("window.b12Seen.asked")
        own.process.send_signal(signal.SIGSTOP)
        presses.older(page)
        page.wait_for_function(f"window.b12Seen.asked === {asked + 1}")
        if answered == "together":
            page.evaluate("history.back()")
            page.wait_for_function(f"window.b12Seen.asked === {asked + 2}")
            own.process.send_signal(signal.SIGCONT)
        else:
            own.process.send_signal(signal.SIGCONT)
            page.evaluate("history.back()")
        page.wait_for_url(lambda url: link.from_url(url, load_tables().link_weeks).plan.person.age_years == 34)
        settled(page)
        assert plan_in(page) == milk(244)
        presses.says(page, 34)
        for age in ("35", "36"):
            page.get_by_role("button", name="Redo").click()
            becomes(page, lambda plan, age=age: plan.person.age_years == int(age))
            presses.says(page, age)
    finally:
        context.close()
        own.stop()


# Other ways to an address ------------------------------------------------------------------------


def test_a_link_pasted_into_the_same_tab_shows_its_plan_and_back_the_old_one(server, context):
    page = context.new_page()
    visit(page, address(server, milk(244)))
    presses.older(page)
    becomes(page, lambda plan: plan.person.age_years == 35)
    mine = figure(page)
    visit(page, address(server, milk(488)))
    assert figure(page) != mine
    expect(page.get_by_text(said.LINK_WITHOUT)).to_be_visible()
    expect(page.get_by_text("Different from the plan you had in this tab: age, 1 food.")).to_be_visible()
    page.go_back()
    settled(page)
    assert plan_in(page).person.age_years == 35
    expect(page.locator(".b12-figure")).to_have_text(mine)
    expect(page.get_by_text("Different from the plan you had")).to_have_count(0)
    expect(page.get_by_text(said.LINK_WITHOUT)).to_have_count(0)


def test_after_a_reload_undo_says_that_it_starts_anew_and_back_goes_to_the_earlier_plan(server, context):
    page = context.new_page()
    visit(page, address(server, milk(244)))
    presses.older(page)
    becomes(page, lambda plan: plan.person.age_years == 35)
    undo = page.get_by_role("button", name="Undo", exact=True)
    expect(undo).to_have_attribute("title", TEXTS["undo"])
    page.reload()
    settled(page)
    expect(undo).to_be_disabled()
    expect(undo).to_have_attribute("title", TEXTS["undo_none"])
    page.go_back()
    becomes(page, lambda plan: plan.person.age_years == 34)


def test_two_tabs_keep_their_own_plans(server, context):
    one, two = context.new_page(), context.new_page()
    visit(one, address(server, milk(244)))
    visit(two, one.url)
    presses.older(one)
    becomes(one, lambda plan: plan.person.age_years == 35)
    for _ in range(2):
        presses.older(two)
        settled(two)
    becomes(two, lambda plan: plan.person.age_years == 36)
    add_condition(two, "metformin")
    for page, age, conditions in ((one, 35, 0), (two, 36, 1)):
        page.reload()
        settled(page)
        assert plan_in(page).person.age_years == age
        assert (in_plan(page, "Metformin").count() > 0) == bool(conditions)


def test_a_visit_without_a_link_gets_an_address_and_hears_nothing_of_links(server, context):
    page = context.new_page()
    visit(page, server.url)
    assert plan_in(page) is not None
    assert page.evaluate("history.length") == 2
    expect(page.get_by_text(said.LINK_WITHOUT)).to_have_count(0)
    page.reload()
    settled(page)
    expect(page.get_by_text(said.LINK_WITHOUT)).to_have_count(0)


def test_a_reload_just_after_a_page_change_keeps_the_plan(server, context):
    """Streamlit drops the code where it changes the page; the tab still knows it."""
    page = context.new_page()
    visit(page, address(server, milk(244)))
    page.evaluate("history.pushState({}, '', '/shortfall')")
    page.reload()
    settled(page)
    assert plan_in(page) == milk(244)
    expect(page.get_by_role("link", name="Where it falls short")).to_have_attribute("aria-current", "page")


# A lost server -----------------------------------------------------------------------------------


def connected(page: Page) -> LocatorAssertions:
    return expect(page.locator("[data-testid=stApp][data-test-connection-state=CONNECTED]"))


def test_a_restarted_server_shows_the_plan_of_the_address_with_its_conditions(server_to_stop, context):
    page = context.new_page()
    visit(page, address(server_to_stop, milk(244)))
    presses.older(page)
    becomes(page, lambda plan: plan.person.age_years == 35)
    add_condition(page, "metformin")
    url, shown = page.url, figure(page)
    server_to_stop.stop()
    connected(page).to_have_count(0)
    server_to_stop.start()
    connected(page).to_have_count(1, timeout=30_000)
    settled(page)
    assert (page.url, figure(page)) == (url, shown)
    expect(in_plan(page, "Metformin").first).to_be_visible()
    presses.says(page, 35)
    page.get_by_role("link", name="Where it falls short", exact=True).click()
    page.get_by_role("heading", name="Where does it fall short?").wait_for()
    expect(page.locator(".b12-figure")).to_have_text(shown)
    settled(page)
    page.go_back()
    settled(page)
    back_to_metformin(page)


def test_an_edit_at_the_moment_the_server_dies_is_made_or_not_shown(server_to_stop, context):
    page = context.new_page()
    visit(page, address(server_to_stop, milk(244)))
    presses.age(page)
    server_to_stop.process.send_signal(signal.SIGSTOP)
    presses.older(page)
    server_to_stop.stop()
    server_to_stop.start()
    connected(page).to_have_count(1, timeout=30_000)
    settled(page)
    presses.says(page, plan_in(page).person.age_years)


# Conditions --------------------------------------------------------------------------------------


def test_back_and_reload_keep_conditions_that_are_not_in_the_link(server, context):
    page = context.new_page()
    visit(page, address(server, milk(244)))
    add_condition(page, "metformin")
    presses.older(page)
    becomes(page, lambda plan: plan.person.age_years == 35)
    page.go_back()
    settled(page)
    expect(in_plan(page, "Metformin").first).to_be_visible()
    page.reload()
    settled(page)
    expect(in_plan(page, "Metformin").first).to_be_visible()
    assert "metformin" not in page.url


def test_somebody_elses_link_is_left_without_my_conditions_and_back_has_them_again(server, context):
    page = context.new_page()
    visit(page, address(server, milk(244)))
    add_condition(page, "metformin")
    visit(page, address(server, milk(488)))
    expect(page.get_by_text("count in those kept in this tab")).to_be_visible()
    page.get_by_role("button", name=said.LEAVE_OUT).click()
    expect(in_plan(page, "Metformin")).to_have_count(0)
    settled(page)
    page.reload()
    settled(page)
    expect(in_plan(page, "Metformin")).to_have_count(0)
    back_to_metformin(page)


def test_conditions_of_somebody_elses_link_do_not_come_back_to_my_plan(server, context):
    page = context.new_page()
    visit(page, address(server, milk(244)))
    add_condition(page, "metformin")
    visit(page, address(server, milk(488, conditions=("ppi",)), share_conditions=True))
    expect(in_plan(page, "Metformin")).to_have_count(0)
    page.go_back()
    settled(page)
    expect(in_plan(page, "Metformin").first).to_be_visible()
    assert "ppi" not in page.url


def test_after_a_reload_back_to_another_person_takes_that_persons_conditions(server, context):
    """A server that was not there when two people were entered knows only what the tab kept for each."""
    page = context.new_page()
    page.set_viewport_size({"width": 1900, "height": 900})
    visit(page, address(server, milk(244)))
    add_condition(page, "metformin")
    page.get_by_role("link", name="Share and print").click()
    page.wait_for_url(f"**/take_along?{link.PARAMETER}=*")
    page.get_by_role("button", name=people.NEW).click()
    becomes(page, lambda plan: plan.days != milk(244).days)
    expect(in_plan(page, "Metformin")).to_have_count(0)
    page.reload()
    settled(page)
    expect(in_plan(page, "Metformin")).to_have_count(0)
    back_to_metformin(page)
    page.go_forward()
    settled(page)
    expect(in_plan(page, "Metformin")).to_have_count(0)


#: Notes every figure and verdict that can be seen, at every frame that the browser draws.
SEEN = """(() => {
  window.b12Texts = new Set()
  const look = () => {
    for (const said of document.querySelectorAll(".b12-figure, .b12-line"))
      if (said.checkVisibility({ opacityProperty: true, visibilityProperty: true })) window.b12Texts.add(said.innerText)
    requestAnimationFrame(look)
  }
  look()
})()"""


def test_no_other_plan_is_seen_on_the_way_to_the_right_one(server, context):
    """Neither the example week, nor the same plan without its conditions, nor the page before."""
    page = context.new_page()
    page.add_init_script(SEEN)
    visit(page, address(server, milk(244)))
    add_condition(page, "pernicious")
    assert "pernicious" not in page.url
    with_conditions = set(page.locator(".b12-figure, .b12-line").all_inner_texts())
    for step in (page.reload, lambda: (page.goto("about:blank"), page.go_back())):
        step()
        settled(page)
        assert set(page.evaluate("[...window.b12Texts]")) == with_conditions


# A plan too long for a link ----------------------------------------------------------------------


def nearly_too_long(tables) -> Plan:
    """A plan that fills a link to its last character: an amount with a decimal more is too much."""
    others = [f.id for f in tables.foods.values() if f.b12_ug_per_100g == 0][:40]
    days = [Day(f"Day {n}", ((Item(MILK, 244),) if n == 1 else (), (), (), ())) for n in range(1, 32)]

    def room(excludes: tuple[str, ...] = ()) -> int:
        return link.LINK_MAX - len(link.encode(Plan(Person(34, excludes=excludes), tuple(days))))

    for place in itertools.product(range(1, 4), range(31)):
        meal, day = place
        meals = list(days[day].meals)
        meals[meal] = tuple(Item(food, 100.5) for food in others[: min(40, max(0, room() - 1) // 9)])
        days[day] = Day(days[day].name, tuple(meals))
    return Plan(Person(34, excludes=("x" * room(),)), tuple(days))


def test_a_plan_too_long_for_a_link_survives_reload_and_back(server, context, somebody_else, tables):
    plan = nearly_too_long(tables)
    page = context.new_page()
    visit(page, address(server, plan))
    before = figure(page)
    page.get_by_label("Amount of Milk").fill("1.3")
    page.get_by_label("Amount of Milk").press("Enter")
    page.wait_for_url(lambda url: f"?{link.PARAMETER}=t." in url)
    settled(page)
    after, kept = figure(page), page.url
    assert after != before
    expect(page.get_by_text("too long for a link")).to_be_visible()
    page.reload()
    settled(page)
    assert (page.url, figure(page)) == (kept, after)
    presses.older(page)
    page.wait_for_url(lambda url: url != kept)
    settled(page)
    page.go_back()
    settled(page)
    assert (page.url, figure(page)) == (kept, after)
    page.go_back()
    settled(page)
    assert plan_in(page) == plan
    assert figure(page) == before
    expect(page.get_by_text("too long for a link")).to_have_count(0)
    other = somebody_else.new_page()
    visit(other, kept)
    expect(other.get_by_text(plan_faults.FAULTS["link-not-in-tab"])).to_be_visible()
