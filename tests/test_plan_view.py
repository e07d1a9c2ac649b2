"""The week as data for the browser, and what the browser asks for: events are a stranger's until they are checked."""

from __future__ import annotations

import json
import string

import pytest
from conftest import csv_rows, own
from hypothesis import given
from hypothesis import strategies as st

from dashboard import words
from dashboard.estimate.assess import assess
from dashboard.pictures.days import top_ug
from dashboard.plan import (
    DAY_NAMES,
    GRAMS_MAX,
    ITEMS_PER_MEAL_MAX,
    MEALS,
    WEEKDAYS,
    Day,
    Diet,
    Item,
    Person,
    Place,
    Plan,
    PlanError,
    Supplement,
    keep_baseline,
    move_item,
    remove_item,
    switch_item,
)
from dashboard.tables.read import load_tables
from dashboard.ui.plan_view import changes, events, questions
from dashboard.ui.plan_view.changes import changed
from dashboard.ui.plan_view.events import Refused
from dashboard.ui.plan_view.week import food_data, foods_data, measures, version, week_data
from dashboard.weeks.starter import starter_plan
from dashboard.words import plan_faults
from dashboard.words import plan_page as said

TABLES = load_tables()
MILK, EGG, BANANA, SOYA_DRINK, BEEF = "fndds:11112110", "fndds:31103010", "fndds:63107010", "fndds:11320100", "fndds:21500100"
STRANGER = "fdc:999999999"
FOODS = sorted(TABLES.foods)


def day_of(*foods: tuple[str, float], meal: int = 0, name: str = "Typical day") -> Day:
    meals: list[tuple[Item, ...]] = [(), (), (), ()]
    meals[meal] = tuple(Item(food, grams) for food, grams in foods)
    return Day(name, tuple(meals))


def data_of(plan: Plan) -> dict:
    return {**week_data(assess(plan, TABLES), TABLES), "foods": foods_data(plan, TABLES)}


def event(plan: Plan, kind: str, **fields: object) -> dict[str, object]:
    """An event as the browser sends it."""
    return {"id": "k3f9.1", "version": version(plan), "kind": kind, **fields}


def done(plan: Plan, kind: str, **fields: object) -> Plan:
    return changed(events.read(event(plan, kind, **fields)), plan, TABLES)


def refusal(plan: Plan, kind: str, **fields: object) -> str:
    with pytest.raises(Refused) as caught:
        done(plan, kind, **fields)
    assert said.refused(caught.value.code, caught.value.values)
    return caught.value.code


# Data out ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("diet", list(Diet))
def test_the_bars_are_the_assessment(diet):
    plan = starter_plan(TABLES, Person(34, diet=diet))
    a, data = assess(plan, TABLES), data_of(plan)
    for day, bar in zip(a.days, data["days"], strict=True):
        assert bar["natural"] + bar["added"] + bar["supplement"] == pytest.approx(day.intake_ug, abs=2e-4)
        assert bar["missing"] == pytest.approx(day.shortfall_ug, abs=1e-4)
        assert bar["said"] == words.amount_ug(day.intake_ug).removesuffix(" µg")
    assert data["target"]["ug"] == a.target.intake_ug == 2.4
    assert data["now"] == f"Now {words.intake(a)}."


def test_a_row_holds_what_the_browser_needs_to_change_its_amount():
    """244 g of milk with 0.55 ug per 100 g; one cup of 244 g is its first measure."""
    data = data_of(Plan(Person(), (day_of((MILK, 366)),)))
    milk = next(f for f in data["foods"] if f["id"] == MILK)
    assert milk["ug"] == 0.55
    assert milk["measures"][0][1:] == (244, "cup", "cups")
    assert data["days"][0]["meals"][0]["items"] == [[MILK, 366, 0, 0]]


def test_every_day_of_a_full_plan_goes_out_as_json_of_a_bounded_size():
    """31 days with 40 foods in each meal, the most a plan can hold."""
    meals = tuple(tuple(Item(food, 100) for food in FOODS[40 * m : 40 * (m + 1)]) for m in range(4))
    plan = Plan(Person(), tuple(Day(f"Day {n}", meals) for n in range(1, 32)))
    text = json.dumps(data_of(plan), allow_nan=False)
    assert len(json.loads(text)["days"]) == 31
    assert len(text) < 400_000


def test_a_food_without_a_value_is_no_zero():
    data = data_of(Plan(Person(), (day_of((STRANGER, 50), (MILK, 244)),)))
    stranger = data["foods"][0]
    assert (stranger["ug"], stranger["marks"]) == (None, ["not in the table"])
    day = data["days"][0]
    assert day["said"] == "≥ 1.3"
    assert day["line"].startswith("at least 1.3 µg, at most 1.1 µg short of 2.4 µg. 1 food without a B12 value")
    assert day["meals"][0]["said"] == "at least 1.3 µg"
    only = data_of(Plan(Person(), (day_of((STRANGER, 50)),)))["days"][0]
    assert only["said"] == only["meals"][0]["said"] == "no value"


def test_a_food_is_marked_with_what_the_person_leaves_out_or_should_not_eat(tables):
    bread = tables.foods["fndds:51300110"]
    marks = {
        (excludes, conditions): food_data(bread.id, bread, Person(34, excludes=excludes, conditions=conditions), tables)["marks"]
        for excludes in ((), ("gluten",))
        for conditions in ((), ("coeliac",))
    }
    gluten = tables.exclusions["gluten"].label
    assert marks == {
        ((), ()): [],
        ((), ("coeliac",)): [f"contains: {gluten}"],
        (("gluten",), ()): [f"left out: {gluten}"],
        (("gluten",), ("coeliac",)): [f"left out: {gluten}"],
    }


def test_a_day_nobody_wrote_down_is_not_a_day_without_b12():
    days = (day_of((MILK, 244), name="Monday"), day_of((BANANA, 100), name="Tuesday"), Day("Wednesday"))
    monday, tuesday, wednesday = data_of(Plan(Person(), days))["days"]
    assert (tuesday["said"], tuesday["missing"]) == ("none", 2.4)
    assert (wednesday["said"], wednesday["missing"], wednesday["entered"]) == ("–", 0, False)
    assert wednesday["aloud"] == "Wednesday: nothing entered"


def test_a_day_on_which_nothing_was_eaten_counts_and_one_not_entered_does_not():
    """Milk on Monday brings 1.34 ug; with a fast on Tuesday the mean is half of it, with a blank day it is all of it."""
    plan = Plan(Person(), (day_of((MILK, 244), name="Monday"), Day("Tuesday")), (Supplement("tablet", 1, 7),))
    blank = data_of(plan)["days"][1]
    assert (blank["entered"], blank["supplement"], blank["line"]) == (False, 0, "Nothing entered yet, so this day does not count.")
    fasted = done(plan, "nothing_eaten", day=1, on=True)
    day = data_of(fasted)["days"][1]
    assert (day["entered"], day["nothing"], day["said"]) == (True, True, "1.0")
    assert assess(fasted, TABLES).natural_ug == pytest.approx(assess(plan, TABLES).natural_ug / 2)
    assert done(fasted, "nothing_eaten", day=1, on=False) == plan
    assert not done(fasted, "add", day=1, meal=0, food=EGG).days[1].nothing_eaten
    with pytest.raises(PlanError):
        done(plan, "nothing_eaten", day=0, on=True)


def test_what_is_given_stands_beside_intake():
    plan = Plan(Person(), (day_of((MILK, 244)),), (Supplement("injection", 1000, 7 / 90),))
    day = data_of(plan)["days"][0]
    assert day["given"] == pytest.approx(1000 / 90, abs=0.01)
    assert (day["supplement"], day["said"]) == (0, "1.3")


def test_a_daily_tablet_makes_no_figure_of_a_day_nobody_wrote_down():
    """It is taken on that day too, but what was eaten is not known; a day marked nothing eaten has the tablet alone."""
    days = (day_of((MILK, 244), name="Monday"), Day("Tuesday"), Day("Wednesday", nothing_eaten=True))
    monday, tuesday, wednesday = data_of(Plan(Person(), days, (Supplement("tablet", 10),)))["days"]
    assert (monday["supplement"], wednesday["supplement"], wednesday["said"]) == (10, 10, "10")
    assert (tuesday["supplement"], tuesday["missing"], tuesday["said"], tuesday["entered"]) == (0, 0, "–", False)


def test_what_is_given_stands_beside_what_is_swallowed():
    plan = Plan(Person(), (day_of((MILK, 244)),), (Supplement("injection", 1000, 0.0833), Supplement("tablet", 10)))
    assert data_of(plan)["supplement_said"] == "10 µg, and 11.9 µg given"


def test_foods_left_out_for_now_stay_in_their_place_and_bring_nothing():
    plan = Plan(Person(), (Day("Monday", ((Item(MILK, 244, off=True), Item(EGG, 50)), (), (), ())),))
    day = data_of(plan)["days"][0]
    assert [item[2] for item in day["meals"][0]["items"]] == [1, 0]
    assert day["said"] == words.number(0.5 * 0.82)
    assert day["line"].endswith("1 food left out for now")


@pytest.mark.parametrize(
    ("intakes", "title"),
    [
        ((244, 0, 244, 244, 0, 244, 244), "Tuesday and Friday bring none"),
        ((0, 244, 244, 244, 244, 244, 244), "Monday brings none"),
        ((0, 0, 0, 0, 0, 0, 244), "6 of 7 days bring none"),
        ((0, 0, 0, 0, 0, 0, 0), "No B12 on any day"),
        ((244, 244, 244, 244, 244, 244, 244), "Every day brings about 1.3 µg"),
        ((488, 244, 244, 244, 244, 244, 244), "Tuesday brings least (1.3 µg), Monday most (2.7 µg)"),
    ],
)
def test_the_title_says_what_the_bars_show(intakes, title):
    days = tuple(day_of((MILK, g) if g else (BANANA, 100), name=name) for g, name in zip(intakes, WEEKDAYS, strict=True))
    assert data_of(Plan(Person(), days))["title"] == title


def test_the_target_line_stays_readable_beside_a_large_dose():
    a = assess(Plan(Person(), (day_of((MILK, 244)),), (Supplement("tablet", 1000, 7),)), TABLES)
    assert a.target.intake_ug / top_ug(a) > 0.25
    none = assess(Plan(Person(reference_set="mars-2090"), (day_of((MILK, 244)),)), TABLES)
    assert top_ug(none) > none.intake_ug
    assert data_of(none.plan)["target"] is None


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("1 cup (240 ml)", (1, "cup", "cups")),
        ("1/2 cup (105 g)", (0.5, "cup", "cups")),
        ("2 tablespoons", (2, "tablespoon", "tablespoons")),
        ("3 oz (85 g)", (3, "oz", "× oz")),
        ("1 small carton", (1, "small carton", "× small carton")),
        ("2-egg omelette (150 g)", (1, "× 2-egg omelette", "× 2-egg omelette")),
        ("125 g pot", (1, "× 125 g pot", "× 125 g pot")),
        ("1 glass (6 fl oz)", (1, "glass", "glasses")),
        ("100 g", None),
    ],
)
def test_household_measures_are_taken_apart(label, unit):
    assert said.unit_of(label) == unit


def test_every_measure_of_the_table_weighs_what_the_table_says():
    for row in csv_rows("foods"):
        known = measures(TABLES.foods[row["id"]])
        for part in row["portions"].split(";"):
            label, _, grams = part.partition("=")
            unit = said.unit_of(label) if label else None
            if unit:
                assert any(weight * unit[0] == pytest.approx(float(grams), abs=0.01) for _, weight, one, _ in known if one == unit[1])


# Events in: what a reader can do ------------------------------------------------------------------


WEEK = Plan(Person(34), tuple(day_of((MILK, 244), (EGG, 50), name=name) for name in WEEKDAYS))
AT_EGG = {"place": [0, 0, 1], "food": EGG}


def test_edits_are_those_of_the_plan():
    place = Place(0, 0, 1)
    assert done(WEEK, "remove", **AT_EGG) == remove_item(WEEK, place)
    assert done(WEEK, "off", **AT_EGG) == switch_item(WEEK, place)
    assert done(WEEK, "move", **AT_EGG, day=2, meal=3) == move_item(WEEK, place, 2, 3)
    assert done(WEEK, "grams", **AT_EGG, grams=75).days[0].meals[0][1] == Item(EGG, 75)
    assert done(WEEK, "swap", **AT_EGG, to=BANANA).days[0].meals[0][1] == Item(BANANA, 126)
    assert done(WEEK, "add", day=1, meal=2, food=MILK).days[1].meals[2] == (Item(MILK, 244),)
    assert done(WEEK, "join", day=0, meal=0, other=2).days[0].joined == (("breakfast", "dinner"),)
    assert done(WEEK, "keep_baseline") == keep_baseline(WEEK)


def test_a_food_added_changes_the_figure_by_its_b12():
    """An egg of 50 g with 0.82 ug per 100 g."""
    plan = done(Plan(Person(), (Day(),)), "add", day=0, meal=1, food=EGG)
    assert assess(plan, TABLES).intake_ug == pytest.approx(0.41)


@pytest.mark.parametrize(
    ("text", "measure", "grams"),
    [("1,5", 0, 366), ("1½", 0, 366), ("1 1/2", 0, 366), ("2", 0, 488), ("200", -1, 200), ("250 g", 0, 250), ("0.2 kg", -1, 200)],
)
def test_an_amount_is_typed_as_people_type_it(text, measure, grams):
    plan = Plan(Person(), (day_of((MILK, 244)),))
    assert done(plan, "typed", place=[0, 0, 0], food=MILK, text=text, measure=measure).days[0].meals[0] == (Item(MILK, grams),)


@pytest.mark.parametrize("text", ["", "abc", "-1", "0", "1,000", "1e9", "99999", "<2", "nan", "½½", "٠"])
def test_an_amount_that_is_none_or_two_is_told_and_changes_nothing(text):
    plan = Plan(Person(), (day_of((MILK, 244)),))
    assert refusal(plan, "typed", place=[0, 0, 0], food=MILK, text=text, measure=-1) in ("amount", "nothing", "too-much")


def test_an_ambiguous_amount_is_asked_about():
    plan = Plan(Person(), (day_of((MILK, 244)),))
    with pytest.raises(Refused) as caught:
        done(plan, "typed", place=[0, 0, 0], food=MILK, text="1,000", measure=-1)
    assert said.refused(caught.value.code, caught.value.values) == "“1,000” can be read in two ways. Which one is it? 1 g / 1000 g"


def test_a_supplement_is_typed_added_and_removed():
    plan = done(Plan(Person(), (Day(),)), "supplement", form="tablet", dose="37,5", times="3", with_food=False)
    assert plan.supplements == (Supplement("tablet", 37.5, 3, False),)
    assert done(plan, "remove_supplement", index=0).supplements == ()
    assert refusal(plan, "supplement", form="tablet", dose="strong", times="7", with_food=True) == "amount"
    assert refusal(plan, "supplement", form="tablet", dose="10", times="0", with_food=True) == "nothing"
    assert done(plan, "supplement", form="spray", dose="1 mg", times="2", with_food=True).supplements[1].dose_ug == 1000


def test_stand_ins_one_by_one_and_all_at_once():
    """A glass of milk becomes a glass of fortified soya drink: 244 g with 0.39 ug per 100 g."""
    plan = Plan(Person(34, diet=Diet.VEGAN), (day_of((MILK, 244), (BANANA, 40), (BEEF, 85)),))
    found = changes.stand_ins(plan, TABLES)
    data = week_data(assess(plan, TABLES), TABLES, found)
    assert data["misfits"]["said"].startswith("2 foods of this plan do not fit")
    one = done(plan, "stand_in", food=MILK)
    assert {item.food for _, item in one.items()} == {SOYA_DRINK, BANANA, BEEF}
    every = done(plan, "stand_ins")
    diets = {r["id"]: r["diet"] for r in csv_rows("foods")}
    assert {diets[item.food] for _, item in every.items()} == {"vegan"}
    assert refusal(one, "stand_in", food=MILK) == "stale"


def test_days_and_meals_are_copied():
    plan = Plan(Person(34), tuple(day_of((MILK, 244), name=name) if n == 0 else Day(name) for n, name in enumerate(WEEKDAYS)))
    meal = done(plan, "copy_meal", day=0, meal=0, to=[1, 6])
    assert [bool(d.meals[0]) for d in meal.days] == [True, True, False, False, False, False, True]
    assert done(plan, "copy_day", day=0, to=[3]).days[3].meals == plan.days[0].meals
    assert refusal(plan, "copy_day", day=0, to=[0]) == "same-day"


def test_the_example_week_comes_back():
    fresh = starter_plan(TABLES, WEEK.person)
    assert done(WEEK, "starter", bare=False).days == fresh.days


@pytest.mark.parametrize(("week", "names"), [(True, list(WEEKDAYS)), (False, ["Typical day"])])
def test_a_plan_can_start_empty(week, names):
    empty = done(WEEK, "empty", week=week)
    assert [day.name for day in empty.days] == names
    assert not list(empty.items())
    assert empty.person == WEEK.person


# Events in: what a reader cannot do -----------------------------------------------------------------


def test_an_event_on_another_plan_is_refused_and_nothing_is_lost():
    """Another tab, a step back or a second press changed the plan in between."""
    made = event(WEEK, "remove", **AT_EGG)
    after = done(WEEK, "add", day=0, meal=0, food=BANANA)
    with pytest.raises(Refused) as caught:
        changed(events.read(made), after, TABLES)
    assert caught.value.code == "stale"
    assert "Your change was not made" in said.refused("stale", {})


def test_who_the_plan_is_for_does_not_make_an_edit_of_foods_stale():
    other = Plan(Person(71, conditions=("ppi",)), WEEK.days)
    assert version(other) == version(WEEK)


def test_an_edit_of_a_food_that_no_longer_stands_there_is_refused():
    assert refusal(WEEK, "remove", place=[0, 0, 1], food=MILK) == "stale"
    assert refusal(WEEK, "remove", place=[0, 3, 0], food=MILK) == "stale"
    assert refusal(WEEK, "remove", place=[9, 0, 0], food=MILK) == "stale"
    assert refusal(WEEK, "add", day=8, meal=0, food=MILK) == "stale"


def test_limits_of_a_plan_are_told():
    full = Plan(Person(), (Day("Monday", (tuple(Item(food, 10) for food in FOODS[:ITEMS_PER_MEAL_MAX]), (), (), ())), day_of((BEEF, 85))))
    assert BEEF not in FOODS[:ITEMS_PER_MEAL_MAX]
    assert refusal(full, "add", day=0, meal=0, food=BEEF) == "meal-full"
    assert refusal(full, "move", place=[1, 0, 0], food=BEEF, day=0, meal=0) == "meal-full"
    assert refusal(WEEK, "grams", **AT_EGG, grams=GRAMS_MAX + 1) == "too-much"
    assert refusal(WEEK, "grams", **AT_EGG, grams=0) == "nothing"
    assert refusal(WEEK, "add", day=0, meal=0, food=STRANGER) == "unknown-food"
    heavy = Plan(Person(), (day_of((MILK, GRAMS_MAX)), day_of((MILK, 10))))
    assert refusal(heavy, "add", day=0, meal=0, food=MILK) == "too-much"
    assert refusal(heavy, "move", place=[1, 0, 0], food=MILK, day=0, meal=0) == "too-much"


@pytest.mark.parametrize(
    "broken",
    [
        None,
        [],
        "remove",
        {},
        {"kind": "remove"},
        {"kind": ["remove"]},
        {**event(WEEK, "remove", **AT_EGG), "more": 1},
        {**event(WEEK, "remove", **AT_EGG), "id": "<b>"},
        {**event(WEEK, "remove", **AT_EGG), "id": 7},
        {**event(WEEK, "remove", **AT_EGG), "version": "latest"},
        event(WEEK, "drop_everything"),
        event(WEEK, "remove", place=[0, 0], food=EGG),
        event(WEEK, "remove", place=[0, 0, True], food=EGG),
        event(WEEK, "remove", place=[0, -1, 0], food=EGG),
        event(WEEK, "remove", place=[0, 4, 0], food=EGG),
        event(WEEK, "remove", place=[0.0, 0, 0], food=EGG),
        event(WEEK, "remove", place={"day": 0}, food=EGG),
        event(WEEK, "remove", place=[0, 0, 1], food="fndds:1\n"),
        event(WEEK, "remove", place=[0, 0, 1], food="<img src=x>"),
        event(WEEK, "grams", **AT_EGG, grams="50"),
        event(WEEK, "grams", **AT_EGG, grams=True),
        event(WEEK, "grams", **AT_EGG, grams=float("nan")),
        event(WEEK, "grams", **AT_EGG, grams=float("inf")),
        event(WEEK, "grams", **AT_EGG, grams=10**400),
        event(WEEK, "typed", **AT_EGG, text="1" * 41, measure=0),
        event(WEEK, "typed", **AT_EGG, text="1", measure=99),
        event(WEEK, "copy_day", day=0, to=[]),
        event(WEEK, "copy_day", day=0, to=list(range(32))),
        event(WEEK, "join", day=0, meal=1, other=1),
        event(WEEK, "supplement", form="suppository", dose="1", times="1", with_food=True),
        event(WEEK, "supplement", form="tablet", dose="1", times="1", with_food="yes"),
        event(WEEK, "search", query="x" * 401, line=True),
    ],
    ids=str,
)
def test_what_the_element_never_sends_is_refused(broken):
    with pytest.raises(Refused) as caught:
        changed(events.read(broken), WEEK, TABLES)
    assert caught.value.code in ("not-understood", "nothing")


json_like = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(string.ascii_lowercase, max_size=8), inner, max_size=4),
    max_leaves=8,
)
SMALL = st.integers(-1, 7)
#: Values near what the element sends, right and wrong.
NEAR = {
    "place": st.lists(SMALL, min_size=3, max_size=3),
    "food": st.sampled_from([MILK, EGG, BANANA, SOYA_DRINK, STRANGER, "own:x"]),
    "to": st.one_of(st.sampled_from([MILK, BANANA, STRANGER]), st.lists(SMALL, min_size=1, max_size=8)),
    "grams": st.one_of(st.integers(-5, 6000), st.floats(-5, 6000)),
    "text": st.text(max_size=12) | st.sampled_from(["1", "1,5", "½", "0", "-2", "1 cup", "250 g"]),
    "measure": st.integers(-2, 4),
    "day": SMALL,
    "meal": SMALL,
    "other": SMALL,
    "index": SMALL,
    "form": st.sampled_from(["tablet", "spray", "injection", "x"]),
    "dose": st.sampled_from(["10", "0", "1,5", "x", "9999999"]),
    "times": st.sampled_from(["7", "0", "71", "two"]),
    "with_food": st.booleans(),
    "bare": st.booleans(),
    "week": st.booleans(),
    "on": st.booleans(),
    "foods": st.lists(st.tuples(st.sampled_from([MILK, EGG, STRANGER]), st.integers(-5, 6000)).map(list), max_size=4),
}


@st.composite
def near_events(draw: st.DrawFn) -> dict[str, object]:
    kind = draw(st.sampled_from(sorted(events.EDITS)))
    fields = {name: draw(NEAR[name] | json_like if draw(st.integers(0, 9)) == 0 else NEAR[name]) for name in events.EDITS[kind]}
    return event(WEEK, kind, **fields)


@given(json_like)
def test_any_json_is_refused_without_an_error(raw):
    with pytest.raises(Refused):
        events.read(raw)
    assert isinstance(events.id_of(raw), str)


@given(near_events())
def test_an_event_makes_a_plan_that_can_be_shown_or_is_refused_with_a_sentence(raw):
    before = repr(WEEK)
    try:
        plan = changed(events.read(raw), WEEK, TABLES)
    except Refused as refused:
        assert said.refused(refused.code, refused.values)
    except PlanError as error:
        assert plan_faults.sentence(error)
    else:
        json.dumps(data_of(plan), allow_nan=False)
        assert plan.person == WEEK.person
    assert repr(WEEK) == before


@given(near_events(), st.text("0123456789abcdef", min_size=18, max_size=18))
def test_no_event_of_another_version_is_carried_out(raw, other):
    if other == version(WEEK):
        return
    with pytest.raises(Refused):
        changed(events.read({**raw, "version": other}), WEEK, TABLES)


@given(st.lists(near_events(), max_size=6))
def test_a_run_of_events_each_made_on_the_plan_before_keeps_the_rules(raws):
    plan = WEEK
    for raw in raws:
        try:
            plan = changed(events.read({**raw, "version": version(plan)}), plan, TABLES)
        except (Refused, PlanError):
            continue
    assert len(plan.days) in (1, 7)
    assert {day.name for day in plan.days} <= set(DAY_NAMES)


def test_every_kind_of_edit_is_known_to_both_sides():
    assert set(events.EDITS) == set(changes.CHANGES)


# Questions --------------------------------------------------------------------------------------------


def test_a_search_offers_what_the_person_may_eat_with_its_usual_portion():
    a = assess(Plan(Person(34, diet=Diet.VEGAN), (Day(),)), TABLES)
    found = questions.matches("soya drink", a, TABLES)
    assert found["foods"]
    assert all(TABLES.foods[f["id"]].diet == "vegan" for f in found["foods"])
    assert all(f["said"] and f["grams"] > 0 for f in found["foods"])
    none = questions.matches("salmon", a, TABLES)
    assert none["foods"] == []
    assert "Nothing that fits “vegan”" in none["none"]
    assert "No food of that name" in questions.matches("xyzzyq", a, TABLES)["none"]


def test_a_line_of_words_is_several_foods_with_amounts_to_confirm():
    """Adding all of them is the plan that the browser showed; an amount that nobody typed is called a usual portion."""
    plan = Plan(Person(34), (Day(),))
    line = questions.matches("2 eggs boiled, toast with butter, latte", assess(plan, TABLES), TABLES, line=True)["line"]
    assert line["all"] == "Add these 4 foods"
    assert (line["left"], line["notes"]) == ([], [])
    names = [row["food"]["name"] for row in line["foods"]]
    assert (names[0], names[2], names[3]) == ("Egg, boiled", "Butter", "Coffee latte, whole milk")
    assert [row["usual"] for row in line["foods"]] == [False, True, True, True]
    assert all(("usual portion, check it" in row["said"]) == row["usual"] for row in line["foods"])
    added = done(plan, "add_line", day=0, meal=1, foods=[[row["food"]["id"], row["grams"]] for row in line["foods"]])
    assert [(item.food, item.grams) for item in added.days[0].meals[1]] == [(row["food"]["id"], row["grams"]) for row in line["foods"]]
    assert added.days[0].meals[1][0] == Item(EGG, 100)


@pytest.mark.parametrize(
    ("typed", "why"),
    [("1,000 ml whole milk", "can be read in two ways"), ("2 qwxz", "No food of that name"), ("0 eggs boiled", "at least 0.1 g")],
)
def test_what_is_unclear_in_a_line_is_not_added_and_its_words_stay(typed, why):
    a = assess(Plan(Person(34), (Day(),)), TABLES)
    line = questions.matches(f"butter, {typed}, 1 banana", a, TABLES, line=True)["line"]
    assert len(line["foods"]) == 2
    assert line["left"] == [typed]
    assert why in line["notes"][0]


def test_no_words_of_a_long_line_are_lost():
    a = assess(Plan(Person(34), (Day(),)), TABLES)
    line = questions.matches(",".join(["egg"] * 45), a, TABLES, line=True)["line"]
    assert (len(line["foods"]), len(line["left"])) == (40, 5)
    assert "stay in the field" in line["notes"][0]


def test_an_amount_with_two_readings_is_two_choices():
    a = assess(Plan(Person(34), (Day(),)), TABLES)
    line = questions.matches("1,000 ml whole milk", a, TABLES, line=True)["line"]
    assert [row["grams"] for row in line["foods"] if row["food"]["name"] == "Milk, whole"] == [1, 1000]
    assert not line["all"]


def test_a_name_without_an_amount_is_a_plain_search_and_so_is_a_swap():
    a = assess(Plan(Person(34), (Day(),)), TABLES)
    for query in ("egg boiled", "2% milk"):
        found = questions.matches(query, a, TABLES, line=True)
        assert found["line"] is None
        assert found["foods"]
    assert questions.matches("2 eggs boiled", a, TABLES)["line"] is None


def test_a_line_is_added_whole_or_not_at_all():
    plan = Plan(Person(34), (Day(),))
    assert refusal(plan, "add_line", day=0, meal=0, foods=[[EGG, 50], [STRANGER, 10]]) == "unknown-food"
    assert refusal(plan, "add_line", day=0, meal=0, foods=[[MILK, GRAMS_MAX], [MILK, 1]]) == "too-much"
    assert refusal(plan, "add_line", day=0, meal=0, foods=[[EGG, 0]]) == "nothing"
    assert refusal(plan, "add_line", day=0, meal=0, foods=[]) == "not-understood"
    assert refusal(plan, "add_line", day=0, meal=0, foods=[[EGG, "50"]]) == "not-understood"
    assert refusal(plan, "add_line", day=0, meal=0, foods=[[EGG, 1]] * 41) == "not-understood"


def test_details_name_the_food_its_figure_and_its_source():
    a = assess(Plan(Person(34), (Day(),)), TABLES)
    lines = "\n".join(questions.details(MILK, a, TABLES)["lines"])
    for part in ("0.55", MILK, "fdc_id"):
        assert part in lines
    assert questions.details(STRANGER, a, TABLES)["lines"] == ["not in the table"]


@pytest.mark.parametrize("name", ["שוקו סויה " * 5, "x" * 60, "<script>alert(1)</script>", "Käse & Wurst"])
def test_own_foods_of_any_name_are_shown_as_text(name):
    food = own("mine", 1.0)
    plan = Plan(Person(), (day_of((food.id, 100)),), (), (type(food)("mine", name, 1.0),))
    shown = data_of(plan)["foods"][0]["name"]
    assert 0 < len(shown) <= 60
    assert "<" not in shown
    assert done(plan, "add", day=0, meal=1, food="own:mine").days[0].meal(MEALS[1])
