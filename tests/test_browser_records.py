"""In a browser, as a person would: commas in number fields, a record that is settled by keyboard, two people after one another."""

from __future__ import annotations

import presses
import pytest
from browsing import address, plan_in, settled, visit
from conftest import ROOT
from playwright.sync_api import expect

from dashboard.plan import Day, Item, Person, Plan, plan_file
from dashboard.words import pages

pytestmark = pytest.mark.browser

EGG = "fndds:31103010"
A = Plan(Person(70, diet="vegan"), (Day("Monday", ((Item("fndds:11320000", 244),), (), (), ())),))
B = Plan(Person(20), (Day("Tuesday", ((Item(EGG, 50),), (), (), ())),))


def typed(page, key: str, text: str) -> None:
    """Types into a field letter by letter, as a person does."""
    field = page.locator(f".st-key-{key} input").first
    field.fill("")
    field.press_sequentially(text)
    field.press("Tab")
    settled(page)
    assert field.input_value() == text
    assert field.evaluate("field => field.inputMode") == "decimal"


def test_a_comma_stays_in_every_number_field(server, context):
    page = context.new_page()
    visit(page, address(server, B, "symptoms"))
    page.get_by_role("tab", name=pages.TESTS_TAB).click()
    page.get_by_test_id("stMain").get_by_role("button", name="Total B12").or_(page.get_by_text("Total B12", exact=True)).first.click()
    settled(page)
    typed(page, "blood-total-b12", "125,4")
    expect(page.get_by_text("125.4 pmol/L")).to_be_visible()
    expect(page.get_by_text("is in its low band").first).to_be_visible()
    typed(page, "blood-total-b12-low", "145,5")
    expect(page.get_by_text("is below the range you typed")).to_be_visible()

    visit(page, address(server, B, "outlook"))
    typed(page, "outlook_since", "1,5")
    expect(page.get_by_text("1.5", exact=True)).to_be_visible()
    presses.age(page)
    typed(page, "me_age_years", "20,5")
    expect(page.get_by_text("is no whole number")).to_be_visible()
    assert plan_in(page).person.age_years == 20

    visit(page, address(server, B, "foods"))
    page.get_by_text("Add a food from its label").click()
    page.locator(".st-key-label_name_0 input").fill("Drink")
    typed(page, "label_serving_0", "62,5")
    typed(page, "label_amount_ug_0", "0,38")
    expect(page.get_by_text("0.38 µg B12")).to_be_visible()


def test_a_record_is_settled_by_keyboard_and_two_people_follow_one_another(server, context):
    page = context.new_page()
    visit(page, address(server, A, "take_along"))
    files = page.locator("input[type=file]")
    files.nth(1).set_input_files(str(ROOT / "tests" / "records" / "04_thousand_or_one.csv"))
    expect(page.get_by_text("Lines to settle")).to_be_visible()
    settled(page)
    # "1,000 ml" is one or a thousand: the keyboard goes from the search to the amount to its two readings.
    page.get_by_role("textbox", name="Amount").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    settled(page)
    expect(page.get_by_text("Nothing is left to settle: 2 lines clear.")).to_be_visible()
    page.get_by_role("button", name="Open 2 lines as a new person").click()
    settled(page)
    record = plan_in(page)
    assert record.person == Person()
    assert [item.grams for _, item in record.items()] == [1000, 50]

    files.first.set_input_files({"name": "b12-plan-B7.json", "mimeType": "application/json", "buffer": plan_file.dump(B).encode()})
    expect(page.get_by_text("The file is open as B7.")).to_be_visible()
    settled(page)
    assert plan_in(page) == B
    page.go_back()
    settled(page)
    assert plan_in(page) == record
    expect(page.get_by_label("Code (at most 12 characters)")).to_have_value("")
