"""The printed page and the exports: the same claims as the screen, nothing given away, nothing that runs."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from conftest import own
from openpyxl import load_workbook

from dashboard.advice.advise import Advice, advise
from dashboard.estimate.assess import assess
from dashboard.group import results
from dashboard.group.people import Client
from dashboard.handout import exports
from dashboard.handout.content import Asked, page
from dashboard.handout.pdf import Paper, pdf
from dashboard.handout.web_page import html
from dashboard.plan import Day, Item, OwnFood, Person, Plan, Supplement, add_supplement, keep_baseline
from dashboard.plan.differences import Changed, differences
from dashboard.tables.read import load_care_tables
from dashboard.weeks.starter import starter_plan
from dashboard.words import group as group_words
from dashboard.words import verdict

ON = date(2026, 11, 26)
PEOPLE = {
    "vegan": Person(34, diet="vegan"),
    "bypass": Person(45, conditions=("gastric-bypass", "ppi")),
    "pregnant-vegan": Person(30, "pregnant", "vegan"),
    "child": Person(9, diet="vegetarian"),
    "baby": Person(0),
    "indian": Person(40, diet="vegetarian", reference_set="icmr-2020"),
}


def advised(plan: Plan, tables) -> Advice:
    return advise(assess(plan, tables), tables)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("paper", list(Paper))
def test_a_plan_fits_one_accessible_page(tables, who, paper):
    advice = advised(starter_plan(tables, PEOPLE[who]), tables)
    made = page(advice, Asked("AB", ON, with_conditions=True, link="https://example.org/?p=" + "x" * 200), tables, load_care_tables())
    content = pdf(made, paper=paper)
    assert content.startswith(b"%PDF-") and content.count(b"/Type /Page\n") + content.count(b"/Type/Page/") <= 1
    assert b"pdfuaid" in content, "the file must say that it is PDF/UA"


def test_the_page_says_what_the_advice_says(tables):
    advice = advised(starter_plan(tables, PEOPLE["vegan"]), tables)
    made = page(advice, Asked(on=ON), tables, load_care_tables())
    assert made.verdict[0] == verdict.verdict(advice) and made.verdict[1] == verdict.usable(advice)
    assert made.verdict[2] == advice.leads[0].text
    assert "0.6 µg" in made.doctor[0] and "2.4 µg" in made.doctor[0]


def test_conditions_left_off_are_not_given_away_and_no_verdict_is_given(tables):
    advice = advised(starter_plan(tables, PEOPLE["bypass"]), tables)
    made = page(advice, Asked(on=ON), tables, load_care_tables())
    text = html(made).decode("utf-8").lower()
    assert not {word for word in ("bypass", "ppi", "omeprazole", "surgical", "operation", "likely enough") if word in text}
    assert "no verdict is given" in text
    shown = html(page(advice, Asked(on=ON, with_conditions=True), tables, load_care_tables())).decode("utf-8")
    assert "Gastric bypass" in shown


def test_names_from_a_label_are_text_in_the_page(tables):
    food = OwnFood("x", "A &quot;nice&quot; script alert(1) ولد नमस्ते", 1.0, 1.0)
    plan = Plan(Person(34), (Day("Monday", ((Item(food.id, 100),), (), (), ())),), (), (food,))
    made = page(advised(plan, tables), Asked("<b>=1", ON), tables, load_care_tables())
    text = html(made, with_foods=True).decode("utf-8")
    assert "<b>=1" not in text and "&lt;b&gt;=1" in text
    assert pdf(made, with_foods=True).startswith(b"%PDF-")


def test_what_was_agreed_is_the_difference_to_the_kept_plan(tables):
    before = keep_baseline(starter_plan(tables, PEOPLE["vegan"]))
    after = add_supplement(before, Supplement("tablet", 10, 7, False))
    made = page(advised(after, tables), Asked(on=ON), tables, load_care_tables(), advised(before.baseline, tables))
    assert made.changes == ("Take: Tablet 10 µg daily, apart from food.",)
    assert made.before_after is not None and made.before_after.rows[0][1:] == ("0.6 µg a day", "10.6 µg a day")


def test_differences_are_none_for_the_same_plan_and_name_each_change(tables):
    plan = starter_plan(tables, PEOPLE["vegan"])
    assert differences(plan, plan).foods == ()
    milk = own("milk", 1.0, 0.0)
    one = Plan(Person(), (Day("Monday", ((Item(milk.id, 100),), (), (), ())),), (), (milk,))
    more = Plan(Person(), (Day("Monday", ((Item(milk.id, 200),), (Item(milk.id, 50),), (), ())),), (), (milk,))
    assert [(c.changed, c.meal, c.grams) for c in differences(one, more).foods] == [(Changed.MORE, 0, 200.0), (Changed.ADDED, 1, 50.0)]


# Exports -----------------------------------------------------------------------------------------


def test_exported_items_add_up_to_the_assessment(tables):
    plan = add_supplement(starter_plan(tables, PEOPLE["vegan"]), Supplement("tablet", 10, 7, False))
    plan = add_supplement(plan, Supplement("injection", 1000, 0.0769, False))
    a = assess(plan, tables)
    rows = exports.items(a, code="AB", on=ON)
    foods = [r for r in rows if r["food_id"]]
    mean = sum(r["b12_ug"] or 0.0 for r in foods) / len(a.days) + sum(r["b12_ug"] or 0.0 for r in rows if not r["food_id"])
    assert abs(mean - a.intake_ug) < 1e-9
    assert sum(r["given_ug"] or 0.0 for r in rows) > 0


@pytest.mark.parametrize("sign", exports.FORMULA_SIGNS)
def test_no_cell_of_a_csv_begins_a_formula(sign):
    assert str(exports.harmless(f"{sign}1+1")).startswith("'")


def test_a_workbook_keeps_numbers_as_numbers_and_formulas_as_text():
    made = exports.to_xlsx({"foods": (("food", "b12_ug"), [{"food": "=1+1", "b12_ug": 1.25}, {"food": "plain", "b12_ug": None}])})
    sheet = load_workbook(io.BytesIO(made))["foods"]
    assert sheet["A2"].value == "=1+1" and sheet["A2"].data_type == "s"
    assert sheet["B2"].value == 1.25 and sheet["B3"].value is None


def test_a_german_csv_has_semicolons_and_decimal_commas():
    made = exports.to_csv([{"a": 1.5, "b": "x;y"}], ("a", "b"), exports.Locale.GERMAN).decode("utf-8-sig")
    assert made == 'a;b\r\n1,5;"x;y"\r\n'


# Many people --------------------------------------------------------------------------------------


def test_a_batch_answers_for_each_person_as_alone_on_any_number_of_processes(tables):
    clients = [Client(name, "f", starter_plan(tables, person)) for name, person in PEOPLE.items()]
    alone = [results.row(client) for client in clients]
    assert list(results.answers(clients, 1)) == alone
    assert list(results.answers(clients, 2)) == alone
    assert [r["verdict"] for r in alone if r["client"] == "baby"] == ["not-planned"]


def test_prevalence_counts_only_whom_the_cut_point_speaks_of():
    sure = {"unknown_share": 0.0, "lines_not_understood": 0}
    rows = [{"verdict": "too-low", "below_average_requirement": 1} | sure, {"verdict": "meets", "below_average_requirement": 0} | sure]
    rows += [{"verdict": "not-planned", "below_average_requirement": None} | sure]
    assert results.prevalence(rows) == results.Prevalence(people=3, counted=2, below=1, below_uncertain=0)
    assert results.prevalence(rows).share == 0.5


@pytest.mark.parametrize("reference_set", ["efsa-2015", "dach-2018", "nnr-2023"])
def test_who_is_compared_with_an_adequate_intake_is_counted_neither_above_nor_below(tables, reference_set):
    """Else a group would look better than it is: those below an AI are not counted, so those above are not either."""
    for supplements in ((), (Supplement("tablet", 50),)):
        plan = replace(starter_plan(tables, Person(34, diet="vegan", reference_set=reference_set)), supplements=supplements)
        assert results.row(Client("A", "a.json", plan))["below_average_requirement"] is None
    american = starter_plan(tables, Person(34, diet="vegan"))
    assert results.row(Client("A", "a.json", american))["below_average_requirement"] == 1


def test_the_share_below_is_said_with_how_far_it_holds():
    sure = {"unknown_share": 0, "lines_not_understood": 0}
    rows = [{"verdict": "too-low", "below_average_requirement": 1} | sure, {"verdict": "meets", "below_average_requirement": 0} | sure]
    rows += [{"verdict": "not-planned", "below_average_requirement": None} | sure]
    said = group_words.share_below(results.prevalence(rows))
    assert said[0].startswith("1 of 2 people (50\u00a0%)") and group_words.VALIDITY in said


def test_of_those_below_it_is_told_who_may_take_in_more():
    rows = [{"verdict": "too-low", "below_average_requirement": 1, "unknown_share": 0.2, "lines_not_understood": 0}]
    found = results.prevalence(rows)
    assert found.below_uncertain == 1
    assert group_words.UNCERTAIN.format(count=1) in group_words.share_below(found)
    assert group_words.share_below(results.prevalence([])) == [group_words.NOBODY_COUNTED]
