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
