"""Every page through AppTest: the figures on screen are the model's, for usual and for extreme people."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from conftest import ROOT, address_of, opened
from streamlit.testing.v1 import AppTest

from dashboard import words
from dashboard.care.find_condition import OPERATIONS, TOLD_FIRST
from dashboard.estimate.assess import assess
from dashboard.pictures.days import top_ug
from dashboard.plan import Day, Diet, Item, LifeStage, Market, OwnFood, Person, Plan, Supplement, link
from dashboard.tables.read import load_tables
from dashboard.ui.plan_view import events
from dashboard.weeks.starter import starter_plan
from dashboard.words import about_me as about_words
from dashboard.words import first_minute, suggestions
from dashboard.words.quiet_line import SHORT

PAGES = sorted(path.name for path in (ROOT / "pages").glob("*.py"))
#: No figure for intake stands beside red flags.
WITHOUT_THE_PLANS_FIGURE = ("sources.py", "causes.py")
PEOPLE = {
    "usual vegan": Person(34, diet=Diet.VEGAN),
    "vegetarian": Person(34, diet=Diet.VEGETARIAN),
    "omnivore": Person(34),
    "baby": Person(0),
    "child": Person(8, diet=Diet.VEGETARIAN),
    "pregnant vegan": Person(30, LifeStage.PREGNANT, Diet.VEGAN),
    "old with PPI": Person(90, conditions=("ppi",)),
    "no intrinsic factor": Person(60, conditions=("pernicious-anaemia",)),
    "european AI": Person(34, diet=Diet.VEGAN, reference_set="efsa-2015"),
    "unknown set": Person(34, reference_set="mars-2090"),
}


def about_me(app: AppTest) -> AppTest:
    """The app with "About me" open."""
    app.session_state["about_me"] = True
    return app.run()


def text(app: AppTest) -> str:
    """All text of the page, without its styles."""
    kinds = (app.markdown, app.caption, app.header, app.subheader, app.info, app.warning, app.error)
    return "\n".join(value for kind in kinds for element in kind if not (value := str(element.value)).startswith("<style>"))


def figure(app: AppTest) -> str:
    """The headline's figure."""
    return re.search(r'b12-figure">(.*?) <span', text(app)).group(1)


@pytest.mark.parametrize("person", PEOPLE.values(), ids=PEOPLE)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_for_everybody(page, person, tables):
    plan = starter_plan(tables, person)
    app = opened(plan, page)
    if person.age_years == 0:
        assert "b12-figure" not in text(app), "the app does not plan for a baby"
    elif page not in WITHOUT_THE_PLANS_FIGURE:
        assert figure(app) == words.intake(assess(plan, tables))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_an_odd_plan(page, tables):
    own = OwnFood("oat-drink", "Oat <b>drink</b>", 0.4, 0.4, 250, "vegan")
    day = Day("Day 3", ((Item("own:oat-drink", 250), Item("fdc:999999999", 50)), (), (), ()))
    plan = Plan(Person(), (day,), (Supplement("tablet", 1000, 2),), (own,), baseline=Plan())
    app = opened(plan, page)
    assert "<b>drink" not in text(app)
    if page == "plan.py":
        assert figure(app) == "at least 287 µg a day"  # 250 g of 0.4 ug/100 g = 1.0, and 2 x 1000 / 7 = 285.7
        assert "1 of 2 foods has no B12 value." in text(app)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_as_the_very_first_visit_goes_through_the_entry(page):
    app = AppTest.from_file(ROOT / "streamlit_app.py", default_timeout=30)
    app.switch_page(f"pages/{page}").run()
    assert not app.exception
    assert app.header
    assert app.session_state["_plan"].person == Person()


def test_an_empty_address_gets_the_example_week(tables):
    app = AppTest.from_file(ROOT / "streamlit_app.py", default_timeout=30).run()
    assert figure(app) == words.intake(assess(starter_plan(tables, Person()), tables))
    assert app.button(key="first-vegan").label == "Vegan"


def test_choosing_a_diet_loads_its_week_and_a_changed_week_is_kept(tables):
    app = about_me(opened(starter_plan(tables, Person())))
    app.radio[0].set_value(Diet.VEGETARIAN).run()
    assert figure(app) == words.intake(assess(starter_plan(tables, Person(diet=Diet.VEGETARIAN)), tables))
    before = figure(app)
    app.button(key="add_best").click().run()
    assert figure(app) != before
    kept = figure(about_me(app))
    app.radio[0].set_value(Diet.VEGAN).run()
    assert figure(app) == kept


def shown(app: AppTest) -> dict:
    """What the week and the day are drawn from."""
    found = [e.proto for e in app.get("bidi_component") if e.proto.component_name == "b12_plan_view"]
    assert len(found) == 1
    return json.loads(found[0].bytes)


def press(app: AppTest, kind: str, number: int = 1, **fields: object) -> AppTest:
    """Presses something in the week or the day, as the browser tells the server of it."""
    return tell(app, {"id": f"test.{number}", "version": shown(app)["version"], "kind": kind, **fields}, question=kind in events.QUESTIONS)


def tell(app: AppTest, value: object, *, question: bool) -> AppTest:
    """Sends an event: a question by the element of the week, an edit by that of the foods."""
    name = "b12_plan_view" if question else "b12_plan_view_foods"
    element = next(e.proto for e in app.get("bidi_component") if e.proto.component_name == name)
    states = app._tree.get_widget_states()
    told = states.widgets.add(id=f"$$STREAMLIT_INTERNAL_KEY_{element.id}__events")
    told.json_trigger_value = json.dumps([{"event": "press", "value": value}])
    return app._run(states)


def test_the_plan_page_is_small(tables):
    """One element holds the week, the day and the supplements."""
    app = opened(starter_plan(tables, Person(34, diet=Diet.VEGETARIAN)))
    assert sum(1 for _ in app._tree) <= 60


def test_adding_a_food_changes_the_figure_by_its_b12(tables):
    egg = next(f for f in tables.foods.values() if f.name.startswith("Egg, boiled"))
    app = opened(Plan(Person(), (Day(),)))
    assert figure(app) == "nothing entered yet"
    press(app, "search", number=0, query="egg boiled", line=True)
    assert shown(app)["matches"]["foods"][0]["id"] == egg.id
    press(app, "add", day=0, meal=1, food=egg.id)
    assert figure(app) == f"{words.amount_ug(egg.b12_ug_per_100g * egg.portions[0].grams / 100)} a day"
    assert (shown(app)["answered"], shown(app)["notice"], shown(app)["matches"]) == ("test.1", "", None)
    press(app, "undo", number=2)
    assert figure(app) == "nothing entered yet"
    press(app, "redo", number=3)
    assert figure(app) != "nothing entered yet"


def test_an_event_told_twice_is_done_once(tables):
    milk = next(f for f in tables.foods.values() if f.name.startswith("Milk, whole"))
    app = opened(Plan(Person(), (Day("Typical day", ((Item(milk.id, 100),), (), (), ())),)))
    press(app, "add", day=0, meal=0, food=milk.id)
    once = figure(app)
    press(app, "add", day=0, meal=0, food=milk.id)
    assert figure(app) == once


STRANGE = [None, 7, "x", {"kind": "remove"}, {"kind": "search", "query": "x"}]
SEARCH = {"id": "test.2", "version": "0" * 18, "kind": "search", "query": "egg", "line": True}
EMPTY = {"id": "test.2", "version": "0" * 18, "kind": "empty", "week": True}


@pytest.mark.parametrize(
    ("value", "question"), [*((v, q) for v in STRANGE for q in (True, False)), (SEARCH, False), (EMPTY, True)], ids=str
)
def test_a_strange_event_is_refused_and_the_plan_stays(tables, value, question):
    app = opened(starter_plan(tables, Person(34)))
    before = shown(app)
    press(app, "undo", number=1)
    tell(app, value, question=question)
    assert not app.exception
    assert shown(app)["days"] == before["days"]
    assert "did not understand" in shown(app)["notice"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("rubbish", "could not be opened"),
        ("1.abc", "cut off"),
        ("1.xyz.Y_n_v_iom-1998", "changed or cut off"),
        ("1.xyz.Y_n_v", "nothing in it could be read"),
        ("9" * 30_000, "not one of ours"),
    ],
)
def test_a_bad_link_is_told_and_a_plan_is_shown(code, said):
    app = AppTest.from_file(ROOT / "streamlit_app.py", default_timeout=30)
    app.query_params[link.PARAMETER] = code
    app.run()
    assert not app.exception
    assert said in "\n".join(w.value for w in app.warning)
    assert figure(app)


def days_drawn(app: AppTest) -> list[dict[str, float]]:
    """The towers of the picture of days: what each part takes of the height, by its fill. [%]"""
    drawn = next(e.proto.body for e in app.get("html") if "b12-picture by-day" in e.proto.body)
    days = re.findall(r'<div class="day[^"]*">(.*?)</div>', drawn)
    return [{fill: float(share) for fill, share in re.findall(r'<i class="(\w+)" style="height:([0-9.]+)%"', day)} for day in days]


def test_the_shortfall_picture_shows_each_day_and_its_gap(tables):
    plan = starter_plan(tables, Person(34, diet=Diet.VEGAN))
    app = opened(plan, "shortfall.py")
    a = assess(plan, tables)
    per_ug = 100 / top_ug(a)
    drawn = days_drawn(app)
    assert [d.get("missing", 0.0) for d in drawn] == pytest.approx([d.shortfall_ug * per_ug for d in a.days], abs=0.006)
    assert [d.get("added", 0.0) for d in drawn] == pytest.approx([d.intake.added_ug * per_ug for d in a.days], abs=0.006)
    assert "Tuesday, Saturday and Sunday bring none" in [s.value for s in app.subheader]
    numbers = app.dataframe[0].value
    assert list(numbers["Intake µg"]) == [round(d.intake_ug, 2) for d in a.days]


def test_a_day_that_meets_its_target_has_no_gap_and_no_day_is_held_against_one_that_does_not_decide(tables):
    usual = opened(starter_plan(tables, Person(34)), "shortfall.py")
    for day, drawn in zip(assess(starter_plan(tables, Person(34)), tables).days, days_drawn(usual), strict=True):
        assert ("missing" in drawn) == bool(day.shortfall_ug)
    treated = opened(starter_plan(tables, Person(34, diet=Diet.VEGAN, conditions=("pernicious-anaemia",))), "shortfall.py")
    assert not any("missing" in day for day in days_drawn(treated))


def test_a_tablet_is_among_what_brings_b12(tables):
    plan = replace(starter_plan(tables, Person(34, diet=Diet.VEGAN)), supplements=(Supplement("tablet", 10, 7),))
    app = opened(plan, "shortfall.py")
    assert "Most comes from Tablet 10 µg daily, with food: 10 µg of 10.6 µg a day" in text(app)
    drawn = next(e.proto.body for e in app.get("html") if "b12-picture by-food" in e.proto.body)
    assert drawn.index("Tablet 10 µg daily") < drawn.index("Bran flakes")


def test_what_is_given_has_a_line_of_its_own_and_days_not_entered_no_bar(tables):
    week = starter_plan(tables, Person(34)).days
    days = (*week[:5], Day("Saturday"), Day("Sunday", nothing_eaten=True))
    app = opened(Plan(Person(), days, (Supplement("injection", 1000, 0.0833), Supplement("tablet", 10))))
    assert '<div class="b12-line">Given by injection or nasal spray, so no part of the intake: 11.9 µg a day on average.</div>' in text(app)
    assert "1 of 7 days is not entered and not counted." in text(app)
    app.switch_page("pages/shortfall.py").run()
    assert ["supplement" in day for day in days_drawn(app)] == [True, True, True, True, True, False, True]


def test_every_chart_and_table_has_a_text_alternative(tables):
    for page in ("shortfall.py", "suggestions.py", "sources.py"):
        app = opened(starter_plan(tables, Person(34, diet=Diet.VEGAN)), page)
        for kind in ("plotly_chart", "arrow_data_frame"):
            for element in app.get(kind):
                assert element.proto.alt, f"{page}: a {kind} has no text alternative"


def test_a_suggestion_keeps_its_promise_on_screen(tables):
    plan = starter_plan(tables, Person(34, diet=Diet.VEGAN))
    app = opened(plan, "suggestions.py")
    cards = "".join(e.proto.body for e in app.get("html") if "b12-facts" in e.proto.body)
    promised = re.search(r"\(([0-9.]+) µg more swallowed\)", cards).group(1)
    before = assess(plan, tables).intake_ug
    app.button(key="suggest-0").click().run()
    assert suggestions.ADDED in text(app)
    after = link.decode(address_of(app), weeks=load_tables().link_weeks).plan
    assert words.number(assess(after, tables).intake_ug - before) == promised


def test_no_food_is_suggested_without_intrinsic_factor(tables):
    app = opened(starter_plan(tables, Person(60, diet=Diet.VEGAN, conditions=("pernicious-anaemia",))), "suggestions.py")
    assert not [b for b in app.button if str(b.key).startswith(("suggest-", "regimen-"))]
    assert SHORT["uptake-decides"] in text(app)


def test_conditions_enter_the_link_only_when_asked(tables):
    app = opened(starter_plan(tables, Person(34)))
    app.query_params.clear()
    app = AppTest.from_file(ROOT / "streamlit_app.py", default_timeout=30)
    app.query_params[link.PARAMETER] = link.encode(starter_plan(tables, Person(34)))
    app.run()
    about_me(app)
    app.button_group(key="me_conditions").set_value(["metformin"]).run()
    code = address_of(app)
    assert "metformin" not in code
    about_me(app)
    next(c for c in app.checkbox if c.label == "Include them in the link").check().run()
    assert "metformin" in address_of(app)


def test_the_quick_check_makes_a_plan_of_its_answers(tables):
    """Oily fish every day: 140 g of cooked salmon with 3.87 ug per 100 g bring 5.4 ug a day, and nothing else is eaten."""
    app = opened(starter_plan(tables, Person(34)))
    app.button(key="quick_check").click().run()
    for slider in app.get("select_slider"):
        slider.set_value("daily" if slider.key.startswith("quick-oily-fish") else "never")
    app.run()
    assert figure(app) == "5.4 µg a day"
    app.button(key="first_make").click().run()
    assert not app.get("select_slider")
    plan = link.decode(address_of(app), weeks=load_tables().link_weeks).plan
    assert [len(day.meals[2]) for day in plan.days] == [1] * 7


def test_a_changed_diet_offers_stand_ins_and_does_them_on_request(tables):
    """A glass of milk becomes a glass of fortified soya drink: 244 g with 0.39 ug per 100 g, 1.0 ug."""
    milk = next(f for f in tables.foods.values() if f.name.startswith("Milk, semi-skimmed"))
    app = opened(Plan(Person(34), (Day("Typical day", ((Item(milk.id, 244),), (), (), ())),)))
    about_me(app)
    app.radio[0].set_value(Diet.VEGAN).run()
    assert "1 food of this plan does not fit" in shown(app)["misfits"]["said"]
    press(app, "stand_in", food=milk.id)
    plan = link.decode(address_of(app), weeks=load_tables().link_weeks).plan
    assert [item.food for _, item in plan.items()] == ["fndds:11320100"]
    assert figure(app) == "1.0 µg a day"


def test_a_food_left_out_for_now_is_put_back(tables):
    egg = next(f for f in tables.foods.values() if f.name.startswith("Egg, boiled"))
    app = opened(Plan(Person(34), (Day("Typical day", ((Item(egg.id, 100, off=True),), (), (), ())),)))
    assert figure(app) == "no B12 a day"
    press(app, "off", place=[0, 0, 0], food=egg.id)
    assert figure(app) == "0.8 µg a day"  # 100 g with 0.82


@pytest.mark.parametrize("typed", ["", "130", "20,5", "-1"])
def test_what_is_no_age_keeps_the_old_one_and_says_so(typed, tables):
    app = about_me(opened(starter_plan(tables, Person(34))))
    app.text_input(key="me_age_years").set_value(typed).run()
    about_me(app)
    assert app.session_state["_plan"].person.age_years == 34
    assert about_words.AGE_STAYS.format(years=34) in text(app)


def test_naming_a_medicine_shows_what_it_does_where_it_was_named(tables):
    app = about_me(opened(starter_plan(tables, Person(34))))
    app.button_group(key="me_conditions").set_value(["ppi"]).run()
    about_me(app)
    now = assess(app.session_state["_plan"], tables)
    without = assess(starter_plan(tables, Person(34)), tables)
    assert about_words.CHANGES.format(now=f"{words.band_ug(now.usable)} a day", without=words.band_ug(without.usable)) in text(app)


def test_a_tablet_that_was_added_can_be_taken_back_and_is_not_added_twice(tables):
    app = opened(starter_plan(tables, Person(34, diet=Diet.VEGAN)), "suggestions.py")
    before = app.session_state["_plan"]
    key = next(b.key for b in app.button if str(b.key).startswith("regimen-") and not b.disabled)
    app.button(key=key).click().run()
    assert [(b.label, b.disabled) for b in app.button if b.key == key] == [(suggestions.IN_PLAN, True)]
    assert len(app.session_state["_plan"].supplements) == 1
    app.button(key="undo_added").click().run()
    assert app.session_state["_plan"] == before
    assert suggestions.ADDED not in text(app)


# The way in --------------------------------------------------------------------------------------


def newcomer() -> AppTest:
    return AppTest.from_file(ROOT / "streamlit_app.py", default_timeout=30).run()


def person_of(app: AppTest) -> Person:
    return app.session_state["_plan"].person


def test_a_newcomer_is_asked_three_things_and_sees_each_answer(tables):
    app = newcomer()
    assert first_minute.WHAT_THIS_IS in text(app)
    app.button(key="first-vegan").click().run()
    assert figure(app) == words.intake(assess(starter_plan(tables, Person(diet=Diet.VEGAN)), tables))
    app.text_input(key="first_age").set_value("8").run()
    assert figure(app) == words.intake(assess(starter_plan(tables, Person(8, diet=Diet.VEGAN)), tables))
    before = text(app)
    app.button_group(key="first_applies").set_value(["ppi"]).run()
    assert text(app) != before, "the picture moves"
    assert person_of(app) == Person(8, diet=Diet.VEGAN, conditions=("ppi",))
    assert app.button(key="first_show").label == first_minute.SHOW_PLAN
    app.button(key="first_show").click().run()
    assert not app.exception
    assert app.header[0].value == words.PLAN_TITLE
    assert "ppi" not in address_of(app), "conditions go into the link only when asked"


def test_skip_shows_the_example(tables):
    app = newcomer()
    app.button(key="first_skip").click().run()
    assert app.header[0].value == words.PLAN_TITLE
    assert app.session_state["_plan"] == starter_plan(tables, Person())


@pytest.mark.parametrize("typed", ["", "130", "2.5", "abc", "-3"])
def test_what_is_no_age_is_told_and_asked_again(typed):
    app = newcomer()
    app.button(key="first-vegan").click().run()
    app.text_input(key="first_age").set_value(typed)
    app.button(key="first_next").click().run()
    assert app.text_input(key="first_age"), "the question stays"
    assert ":red[" in "".join(c.value for c in app.caption)
    assert person_of(app).age_years == Person().age_years


def test_what_applies_is_put_in_and_taken_out_and_an_operation_not_named_is_told(tables):
    app = newcomer()
    app.button(key="first-omnivore").click().run()
    app.text_input(key="first_age").set_value("34").run()
    for picked, stage in (["pregnant"], LifeStage.PREGNANT), (["pregnant", "breastfeeding"], LifeStage.BREASTFEEDING), ([], LifeStage.NONE):
        app.button_group(key="first_applies").set_value(picked).run()
        assert person_of(app).life_stage is stage
    app.button_group(key="first_applies").set_value(["operation", "metformin"]).run()
    assert person_of(app).conditions == ("metformin",)
    app.button_group(key="first_operation").set_value(["gastric-bypass"]).run()
    assert set(person_of(app).conditions) == {"metformin", "gastric-bypass"}
    app.button_group(key="first_operation").set_value([]).run()
    app.button(key="first_show").click().run()
    assert first_minute.OPERATION_OPEN in "".join(w.value for w in app.warning)


def test_a_link_is_never_asked(tables):
    app = opened(starter_plan(tables, Person(34)))
    assert app.header[0].value == words.PLAN_TITLE


def test_what_is_asked_by_name_is_known(tables):
    assert {*TOLD_FIRST, *OPERATIONS} <= set(tables.conditions)


# Who and where -----------------------------------------------------------------------------------


def test_where_one_shops_is_asked_and_the_example_week_goes_with_it(tables):
    app = about_me(opened(starter_plan(tables, Person(34, diet=Diet.VEGETARIAN))))
    shops = next(box for box in app.selectbox if box.label == words.SHOPS_IN)
    assert [shops.value, shops.options] == [Market.US, [m.label for m in tables.markets.values()]]
    shops.set_value(Market.INDIA).run()
    assert figure(app) == words.intake(assess(starter_plan(tables, Person(34, diet=Diet.VEGETARIAN, shops_in="india")), tables))
    about_me(app)
    next(box for box in app.selectbox if box.label == "Compare with").set_value("uk-1991").run()
    about_me(app)
    assert next(box for box in app.selectbox if box.label == words.SHOPS_IN).value is Market.INDIA, "chosen is chosen"


def test_a_childs_example_week_says_whose_it_is(tables):
    app = about_me(opened(starter_plan(tables, Person(34, diet=Diet.VEGAN))))
    app.text_input(key="me_age_years").set_value("6").run()
    assert "An example week for a child of 4 to 8 years (vegan), about 1,500 kcal a day" in text(app)
    assert figure(app) == words.intake(assess(starter_plan(tables, Person(6, diet=Diet.VEGAN)), tables))


def test_for_a_baby_there_is_no_week_and_no_figure(tables):
    app = about_me(opened(starter_plan(tables, Person(34))))
    app.text_input(key="me_age_years").set_value("0").run()
    assert not app.exception
    said = text(app)
    assert "does not plan for babies" in said
    assert "example week" not in said
    assert "µg a day" not in said
    assert "b12-figure" not in said
