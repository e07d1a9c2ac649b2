"""In a browser, as a person would: commas in number fields, a record that is settled by keyboard, two people after one another."""

from __future__ import annotations

import presses
import pytest
from browsing import address, becomes, plan_in, settled, visit
from conftest import ROOT
from playwright.sync_api import expect

from dashboard.care import blood_tests
from dashboard.foods.label import Basis
from dashboard.plan import Day, Item, Person, Plan, keep_baseline, plan_file
from dashboard.tables.read import load_care_tables
from dashboard.words import care, pages
from dashboard.words import label as label_words

pytestmark = pytest.mark.browser

EGG = "fndds:31103010"
A = Plan(Person(70, diet="vegan"), (Day("Monday", ((Item("fndds:11320000", 244),), (), (), ())),))
B = Plan(Person(20), (Day("Tuesday", ((Item(EGG, 50),), (), (), ())),))
#: Each blood test with the first of its units.
BLOOD = {test: blood_tests.units(load_care_tables().tests, test)[0].unit for test in care.TEST_LABELS if test != blood_tests.CB12}
#: The ways a label may give B12 other than in µg.
PER_CENT = [basis for basis in Basis if basis not in (Basis.UG, Basis.NOT_PRINTED)]


def typed(page, key: str, text: str) -> None:
    """Types into a field letter by letter, as a person does."""
    field = page.locator(f".st-key-{key} input").first
    field.fill("")
    field.press_sequentially(text)
    assert field.input_value() == text
    assert field.evaluate("field => field.inputMode") == "decimal"
    field.press("Tab")
    settled(page)


#: The number fields that stand on a page once everything on it is opened: key -> what "1,5" is understood as.
FIELDS = {
    "outlook": {"outlook_since": "1.5 years", "outlook_change": "1.5 years"},
    "causes": {f"blood-{test}{end}": f"1.5 {unit}" for test, unit in BLOOD.items() for end in ("", "-low", "-high")},
    "foods": {
        "label_serving_0": "1.5 g",
        **dict.fromkeys((f"label_amount_{basis}_0" for basis in PER_CENT), "1.5 %"),
        "label_amount_ug_0": "1.5 µg",
    },
}
#: Every other page, as the address names it: the first is at the root.
WITHOUT_FIELDS = sorted({"" if path.stem == "plan" else path.stem for path in (ROOT / "pages").glob("*.py")} - FIELDS.keys())


def fields_of(page) -> list[str]:
    """The keys of the number fields of a page, those of "About me" apart, which every page has."""
    return (
        page.get_by_test_id("stMain")
        .locator('[class*="st-key-number-field-"]:not(.st-key-about_me *)')
        .evaluate_all(
            """fields => fields.map(field => [...field.classList].find(name => name.startsWith("st-key-number-field-")).slice(20))"""
        )
    )


def chooses_unit(page, test: str) -> None:
    """Chooses the first unit of a blood test where they mean different results: then none is chosen at first."""
    if len({row.per_base for row in blood_tests.units(load_care_tables().tests, test)}) == 1:
        return
    box = page.locator(f".st-key-blood-{test}-unit").get_by_role("combobox")
    # By keyboard: Streamlit closes a list that is open while the page scrolls to it, as it does before a click.
    box.focus()
    box.press("ArrowDown")
    expect(page.get_by_role("option", name=BLOOD[test], exact=True)).to_be_visible()
    box.press("Enter")
    expect(box).to_have_value(BLOOD[test])
    settled(page)


def comes_to_rest(box) -> None:
    """Waits until nothing in it moves. A movement that another one ends counts as ended."""
    box.evaluate("""async (box) => {
      const moving = () => box.getAnimations({ subtree: true }).filter((one) => one.playState === "running")
      while (moving().length) await Promise.allSettled(moving().map((one) => one.finished))
    }""")


def opens(page, path: str):
    """Opens what the page keeps closed, step by step; between the steps the fields that are there are walked."""
    if path == "causes":
        page.get_by_role("tab", name=pages.TESTS_TAB).click()
        for test in BLOOD:
            page.get_by_test_id("stMain").get_by_role("button", name=care.TEST_LABELS[test], exact=True).click()
            settled(page)
        for test in BLOOD:
            chooses_unit(page, test)
    if path != "foods":
        yield
        return
    page.get_by_text("Add a food from its label").click()
    # A list that opens while the panel still moves is closed by Streamlit.
    comes_to_rest(page.locator(".st-key-label_panel details"))
    for basis in (*PER_CENT, Basis.UG):
        page.locator(".st-key-label_basis_0").get_by_role("combobox").click()
        page.get_by_role("option", name=label_words.BASES[basis], exact=True).click()
        settled(page)
        yield


@pytest.mark.parametrize("paths", [[path] for path in FIELDS] + [WITHOUT_FIELDS], ids=[*FIELDS, "pages without"])
def test_a_comma_stays_in_every_number_field(server, context, paths):
    """Every page is walked; whatever field of numbers it shows is typed into and shows what was understood."""
    page = context.new_page()
    for path in paths:
        visit(page, address(server, keep_baseline(B), path))
        walked = {}
        for _ in opens(page, path):
            for key in fields_of(page):
                typed(page, key, "1,5")
                expect(page.locator(f".st-key-{key} input").first).to_have_value("1,5")
                read = FIELDS[path][key]
                expect(page.locator(f".st-key-number-field-{key}").get_by_text(read, exact=True)).to_be_visible()
                walked[key] = read
        assert walked == FIELDS.get(path, {}), path
        assert page.locator("input[type=number]").count() == 0


def test_a_comma_stays_in_the_age_about_me(server, context):
    page = context.new_page()
    visit(page, address(server, B))
    presses.age(page)
    typed(page, "me_age_years", "20,5")
    expect(page.get_by_text("is no whole number")).to_be_visible()
    assert plan_in(page).person.age_years == 20


def test_a_comma_stays_in_the_first_question_for_the_age(server, context):
    page = context.new_page()
    visit(page, server.url)
    page.locator(".st-key-first-vegan button").click()
    settled(page)
    typed(page, "first_age", "20,5")
    expect(page.get_by_text("is no whole number")).to_be_visible()
    typed(page, "first_age", "20")
    assert plan_in(page).person.age_years == 20


def test_a_comma_stays_in_the_number_fields_of_the_plan(server, context):
    """An amount, a dose and how often; and the amount of a line that is settled."""
    page = context.new_page()
    visit(page, address(server, B))
    row = page.locator("li.row:not(.supplement)").first.get_by_role("spinbutton")
    row.click()
    page.keyboard.type("1,5")
    assert row.input_value() == "1,5"
    assert row.evaluate("field => field.inputMode") == "decimal"
    page.keyboard.press("Enter")
    becomes(page, lambda plan: plan.days[0].meals[0][0].grams == 75)
    page.get_by_role("button", name="Add a supplement").click()
    for name, text in (("Dose in µg (mcg)", "2,5"), ("Times a week", "1,5")):
        field = page.get_by_label(name)
        field.fill("")
        field.press_sequentially(text)
        assert field.input_value() == text
        assert field.evaluate("field => field.inputMode") == "decimal"
    page.get_by_role("button", name="Add to the plan").click()
    plan = becomes(page, lambda plan: bool(plan.supplements))
    assert (plan.supplements[0].dose_ug, plan.supplements[0].times_per_week) == (2.5, 1.5)

    visit(page, address(server, B, "take_along"))
    page.locator("input[type=file]").nth(1).set_input_files(str(ROOT / "tests" / "records" / "04_thousand_or_one.csv"))
    amount = page.get_by_role("textbox", name="Amount")
    amount.fill("")
    amount.press_sequentially("250,5 ml")
    amount.press("Tab")
    settled(page)
    assert amount.input_value() == "250,5 ml"
    page.get_by_role("button", name="Open 2 lines as a new person").click()
    settled(page)
    assert [item.grams for _, item in plan_in(page).items()] == [250.5, 50]


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
