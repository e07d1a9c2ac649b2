"""From swallowed to usable: what holds B12 back adds up, and is said with its reason."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.estimate.assess import assess
from dashboard.estimate.held_back import flows
from dashboard.pictures import meal_flow as pictures
from dashboard.plan import Day, Item, OwnFood, Person, Plan, Supplement
from dashboard.tables.read import load_tables
from dashboard.weeks.starter import starter_plan
from dashboard.words import meal_flow as said

TABLES = load_tables()
HAIR = 1e-9
CONDITIONS = sorted(TABLES.conditions)
SUPPLEMENTS = st.builds(
    Supplement,
    st.sampled_from(["tablet", "sublingual"]),
    st.sampled_from([2.0, 10.0, 1000.0]),
    st.sampled_from([1.0, 7.0, 14.0]),
    st.booleans(),
)


@settings(max_examples=40)
@given(
    st.sampled_from(["vegan", "vegetarian", "omnivore"]),
    st.lists(st.sampled_from(CONDITIONS), max_size=2, unique=True),
    st.lists(SUPPLEMENTS, max_size=2),
)
def test_what_is_held_back_and_what_is_usable_add_up_to_what_is_swallowed(diet, conditions, supplements):
    week = starter_plan(TABLES, Person(50, diet=diet, conditions=tuple(conditions)))
    a = assess(Plan(week.person, week.days[:2], tuple(supplements)), TABLES)
    for flow, meal in zip(flows(a, TABLES), a.meals, strict=True):
        assert all(ug >= 0 for _, ug in flow.held_back)
        assert flow.usable == meal.usable
        assert sum(ug for _, ug in flow.held_back) + flow.usable.value == pytest.approx(flow.swallowed_ug, abs=1e-6)
        if not conditions:
            assert flow.conditions_ug == pytest.approx(0, abs=HAIR)


def test_a_large_tablet_is_held_back_by_the_limit_of_a_meal():
    """1000 ug at once, apart from food: 65 % could be ready, 1.25 ug and 1.2 % are taken up (science of the curve)."""
    a = assess(Plan(Person(34), (Day("Monday", nothing_eaten=True),), (Supplement("tablet", 1000, 7, with_food=False),)), TABLES)
    breakfast = flows(a, TABLES)[0]
    assert breakfast.passes_ug == pytest.approx(1000 * (1 - 0.65 - 0.012), rel=0.001)
    assert breakfast.limit_ug == pytest.approx(650 - 1.25, rel=0.001)
    assert breakfast.usable.value == pytest.approx(13.25, abs=0.01)


def test_without_intrinsic_factor_the_condition_is_named_and_drawn():
    person = Person(60, conditions=("pernicious-anaemia",))
    food = OwnFood("h", "<b>ham</b>", 2.0)
    a = assess(Plan(person, (Day("Monday", ((Item("own:h", 100),), (), (), ())),), (), (food,)), TABLES)
    found, by = flows(a, TABLES), said.held_by(a)
    assert found[0].usable.value == pytest.approx(0, abs=0.001)
    assert "held back by what you named: Pernicious anaemia" in said.alt(found, by)
    drawn = pictures.streams(found, by)
    assert 'class="flow-conditions"' in drawn
    assert "<b>ham" not in drawn
    assert said.title(found) == said.NOTHING
    assert said.bring_none(found) == "Lunch, dinner and snack bring none."


def test_only_one_meal_is_said_to_bring_any_where_the_others_bring_none_at_the_high_end_too():
    """With atrophic gastritis the other meals may bring some: that only breakfast does would be more than the estimate knows."""
    week = starter_plan(TABLES, Person(70, diet="vegetarian", conditions=("atrophic-gastritis",)))
    found = flows(assess(week, TABLES), TABLES)
    assert [f.name for f in found if f.usable.value >= said.NAMED_FROM_UG] == ["breakfast"]
    assert sum(f.usable.high >= said.NAMED_FROM_UG for f in found) > 1
    assert said.title(found).startswith("Breakfast gives most of what you can use")
    milk = Plan(Person(70, conditions=("atrophic-gastritis",)), (Day("Monday", ((), (Item("fndds:11112110", 244),), (), ())),))
    assert said.title(flows(assess(milk, TABLES), TABLES)) == said.NOT_SURE
