"""One's condition or medicine is found by plain words and trade names, and what is asked about it goes with it."""

from __future__ import annotations

import pytest
from conftest import address_of
from hypothesis import given
from hypothesis import strategies as st

from dashboard.care.find_condition import FOUND_MAX, NOT_IN_LIST, asked_about, chosen, common_first, find, offered
from dashboard.plan import Person, Plan, link, plan_file
from dashboard.tables.read import load_tables
from dashboard.weeks.starter import starter_plan
from dashboard.words import conditions as said
from tests.test_pages import about_me, opened, text

TABLES = load_tables()
SURGERY = {"gastric-bypass", "sleeve-gastrectomy", "one-anastomosis-bypass", "duodenal-switch", "sadi"}


def found(query: str, limit: int = FOUND_MAX) -> list[str]:
    return [match.condition.condition for match in find(query, TABLES, limit)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("omeprazole", "ppi"),
        ("Nexium", "ppi"),
        ("NEXIUM 40", None),
        ("nexiun", "ppi"),
        ("pantoprazol", "ppi"),
        ("ppi", "ppi"),
        ("heartburn", "ppi"),
        ("stomach tablets", "ppi"),
        ("famotidine", "h2-blocker"),
        ("Glucophage", "metformin"),
        ("metfornin", "metformin"),
        ("weight-loss operation", "gastric-bypass"),
        ("gastric sleeve", "sleeve-gastrectomy"),
        ("laughing gas", "nitrous-oxide"),
        ("celiac", "coeliac"),
        ("intrinsic factor", "pernicious-anaemia"),
        ("Säureblocker", "ppi"),
        ("saureblocker", "ppi"),
        ("xyzzy", None),
        ("aspirin", None),
    ],
)
def test_plain_words_and_trade_names_lead_to_it(query, first):
    assert next(iter(found(query)), None) == first


def test_a_word_for_several_leads_to_each_of_them():
    assert set(found("weight loss surgery")) == SURGERY
    assert set(found("bowel operation")) == {"ileal-resection-short", "ileal-resection-medium", "ileal-resection-long"}


def test_a_medicine_of_the_list_of_risk_factors_is_there():
    """Rule A19: those of NICE's list."""
    for medicine in ("pregabalin", "primidone", "phenobarbital", "topiramate", "colchicine", "radiotherapy"):
        assert found(medicine), medicine


def test_every_name_of_the_table_leads_to_its_row_and_every_label_to_itself():
    for name in TABLES.rules.names:
        assert name.condition in found(name.name, len(TABLES.conditions)), name
    for condition in TABLES.conditions.values():
        assert found(condition.label)[0] == condition.condition


def test_the_common_ones_come_first():
    order = [c.condition for c in common_first(TABLES)]
    assert order[:3] == ["ppi", "metformin", "h2-blocker"]
    assert set(order) == set(TABLES.conditions)
    assert found("") == order[:FOUND_MAX]


@given(st.text(max_size=40))
def test_whatever_is_typed_is_no_harm(query):
    matches = find(query, TABLES)
    assert len(matches) <= FOUND_MAX
    assert len({m.condition.condition for m in matches}) == len(matches)


# What is asked -----------------------------------------------------------------------------------


def test_an_answer_goes_with_its_condition():
    assert [d.detail for d in asked_about(("metformin",), TABLES)] == ["metformin-over-1500-mg", "metformin-over-4-years"]
    assert [d.detail for d in asked_about(("h2-blocker",), TABLES)] == ["acid-reducer-over-a-year"]
    assert asked_about(("coeliac",), TABLES) == ()
    held = ("metformin", "ppi", "metformin-over-4-years", "acid-reducer-over-a-year")
    assert chosen(held, held, TABLES) == held
    assert chosen(("ppi",), held, TABLES) == ("ppi", "acid-reducer-over-a-year")
    assert chosen((), held, TABLES) == ()


def test_answers_travel_in_link_and_file():
    plan = Plan(Person(55, conditions=("metformin", "metformin-over-4-years")))
    assert link.decode(link.encode(plan, share_conditions=True)).plan == plan
    assert plan_file.load(plan_file.dump(plan)).plan == plan


# The chooser -------------------------------------------------------------------------------------


def conditions_of(app) -> tuple[str, ...]:
    return app.session_state["_plan"].person.conditions


def chooser(app):
    return app.button_group(key="me_conditions")


def test_a_word_typed_offers_what_it_leads_to(tables):
    app = about_me(opened(starter_plan(tables, Person(55))))
    assert chooser(app).options[0] == tables.conditions["ppi"].label
    app.text_input(key="find_condition").set_value("omepra").run()
    about_me(app)
    assert conditions_of(app) == (), "only a whole name is taken at once"
    app.button(key="found-ppi").click().run()
    about_me(app)
    assert conditions_of(app) == ("ppi",)
    assert app.text_input(key="find_condition").value == ""
    app.text_input(key="find_condition").set_value("xyzzy").run()
    about_me(app)
    assert said.FOUND_NOTHING in "\n".join(c.value for c in app.caption)


@pytest.mark.parametrize(
    ("typed", "added"), [("ppi", "ppi"), ("Nexium", "ppi"), ("glucophage", "metformin"), ("coeliac disease", "coeliac")]
)
def test_a_name_and_enter_add_it(typed, added, tables):
    app = about_me(opened(starter_plan(tables, Person(55))))
    app.text_input(key="find_condition").set_value(typed).run()
    assert conditions_of(app) == (added,)


def test_a_name_of_several_adds_none_and_offers_each(tables):
    app = about_me(opened(starter_plan(tables, Person(55))))
    app.text_input(key="find_condition").set_value("heartburn").run()
    about_me(app)
    assert conditions_of(app) == ()
    assert {b.key for b in app.button} >= {"found-ppi", "found-h2-blocker"}


def test_what_is_asked_about_metformin_changes_what_leads(tables):
    app = about_me(opened(starter_plan(tables, Person(55, conditions=("metformin",))), "suggestions.py"))
    assert "Ask for a B12 test from time to time." not in text(app)
    box = next(c for c in app.checkbox if c.label == tables.rules.details["metformin-over-4-years"].question)
    box.check().run()
    about_me(app)
    assert conditions_of(app) == ("metformin", "metformin-over-4-years")
    assert "Ask for a B12 test from time to time." in text(app)
    assert "metformin-over-4-years" in address_of(app)
    assert "a condition or medicine that this app does not know" not in text(app)
    chooser(app).set_value([]).run()
    assert conditions_of(app) == ()


@pytest.mark.parametrize(
    "typed", ["dialysis", "transcobalamin deficiency", "kidney disease", "HIV", "cobalt allergy", "xyzzy", "some rare illness"]
)
def test_what_has_no_row_of_its_own_is_offered_as_not_in_the_list(typed):
    """Never silence: whoever finds nothing can still name it, and then no dose is to choose and nothing is called enough."""
    assert NOT_IN_LIST in {m.condition.condition for m in offered(find(typed, TABLES), (), TABLES)}
    assert offered(find(typed, TABLES), (*TABLES.conditions,), TABLES) == ()


@pytest.mark.parametrize("typed", ["Leber", "LHON", "optic neuropathy"])
def test_the_eye_disease_that_one_form_harms_is_found(typed):
    assert "lebers-eye-disease" in {m.condition.condition for m in find(typed, TABLES)}


@pytest.mark.parametrize("medicine", ["neomycin", "cholestyramine", "Questran", "potassium tablets"])
def test_a_medicine_that_is_named_as_a_risk_can_be_named_by_a_person(medicine):
    assert {m.condition.kind for m in find(medicine, TABLES)} == {"medicine"}


def test_what_is_not_in_the_list_is_added_and_told(tables):
    app = about_me(opened(starter_plan(tables, Person(55)), "suggestions.py"))
    app.text_input(key="find_condition").set_value("some rare illness").run()
    about_me(app)
    app.button(key=f"found-{NOT_IN_LIST}").click().run()
    about_me(app)
    assert conditions_of(app) == (NOT_IN_LIST,)
    assert "This app knows nothing about the condition or medicine you have in mind" in text(app)
    assert "A blood test and a clinician come first" in text(app)
    assert "Enough: yes" not in text(app)
