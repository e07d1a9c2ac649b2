"""The quick check makes a week that holds what was answered; stand-ins keep a diet."""

from __future__ import annotations

from collections import Counter

import pytest
from conftest import own
from hypothesis import given
from hypothesis import strategies as st

from dashboard.estimate.assess import assess
from dashboard.plan import Day, Diet, Item, Person, Plan
from dashboard.tables.foods import DIET_MAY_EAT
from dashboard.tables.read import load_tables
from dashboard.weeks.quick_check import slots, usual_answers, week
from dashboard.weeks.stand_ins import stand_ins
from dashboard.weeks.starter import starter_plan

TABLES = load_tables()
ANSWERS = st.fixed_dictionaries({s.slot: st.sampled_from(sorted(TABLES.frequencies)) for s in TABLES.quick_slots})


@given(ANSWERS)
def test_the_week_holds_each_food_as_often_as_answered(answers):
    days = week(TABLES, answers)
    eaten: dict[str, float] = {}
    times: Counter[str] = Counter()
    for _, item in Plan(days=days).items():
        eaten[item.food] = eaten.get(item.food, 0.0) + item.grams
        times[item.food] += 1
    for slot in TABLES.quick_slots:
        wanted = TABLES.frequencies[answers[slot.slot]].times_per_week * slot.grams
        assert eaten.get(slot.food_id, 0.0) == pytest.approx(wanted, abs=0.05 * times[slot.food_id] + 1e-6), slot.slot


def test_a_food_eaten_three_times_a_day_is_at_three_meals(tables):
    days = week(tables, {"plant-drink": "three-daily"})
    assert [[len(meal) for meal in day.meals] for day in days] == [[1, 0, 1, 1]] * 7


def test_two_or_three_times_a_week_is_spread(tables):
    """2.5 servings: two whole ones and a half, on three days that are not next to each other."""
    days = week(tables, {"eggs": "2-3-a-week"})
    at = [n for n, day in enumerate(days) if any(day.meals)]
    assert len(at) == 3
    assert all(b - a >= 2 for a, b in zip(at, at[1:], strict=False))


@pytest.mark.parametrize("diet", Diet)
def test_only_questions_the_diet_allows(tables, diet):
    asked = slots(tables, diet)
    assert asked
    assert all(tables.foods[s.food_id].diet in DIET_MAY_EAT[diet] for s in asked)
    assert set(usual_answers(tables, diet)) == {s.slot for s in asked}


def test_no_question_on_what_is_left_out(tables):
    asked = slots(tables, Diet.OMNIVORE, [tables.exclusions["fish"], tables.exclusions["beef"]])
    assert {"white-fish", "oily-fish", "red-meat"}.isdisjoint(s.slot for s in asked)
    assert {"dairy-milk", "eggs", "poultry"} <= {s.slot for s in asked}


@pytest.mark.parametrize(("diet", "low", "high"), [(Diet.VEGAN, 0.1, 2.4), (Diet.VEGETARIAN, 1.5, 3.5), (Diet.OMNIVORE, 3.5, 7.5)])
def test_the_usual_answers_fall_where_published_intakes_do(tables, diet, low, high):
    plan = Plan(Person(diet=diet), week(tables, usual_answers(tables, diet)))
    assert low <= assess(plan, tables).intake_ug <= high


@pytest.mark.parametrize(
    ("before", "after"), [(Diet.OMNIVORE, Diet.VEGETARIAN), (Diet.OMNIVORE, Diet.VEGAN), (Diet.VEGETARIAN, Diet.VEGAN)]
)
def test_doing_all_stand_ins_makes_the_plan_fit(tables, before, after):
    plan = Plan(Person(diet=after), starter_plan(tables, Person(diet=before)).days)
    found = stand_ins(plan, tables)
    assert found
    while found:
        intake = assess(plan, tables).intake_ug
        plan = found[0].apply(plan)
        if found[0].change_ug is not None:
            # Amounts are kept to a tenth of a gram, which a week of swaps may show in the third decimal.
            assert assess(plan, tables).intake_ug - intake == pytest.approx(found[0].change_ug, abs=0.001)
        found = stand_ins(plan, tables)
    assert all(tables.foods[item.food].diet in DIET_MAY_EAT[after] for _, item in plan.items())


def test_a_stand_in_never_brings_what_is_left_out(tables):
    milk = next(f.id for f in tables.foods.values() if f.group == "milk" and f.diet == "vegetarian")
    plan = Plan(Person(diet=Diet.VEGAN, excludes=("soy",)), (Day("Typical day", ((Item(milk, 200),), (), (), ())),))
    (only,) = stand_ins(plan, tables)
    assert only.stand_in is None
    assert list(only.apply(plan).items()) == []


def test_an_unknown_figure_gives_no_change():
    food = own("stew", None, diet="omnivore")
    plan = Plan(Person(diet=Diet.VEGAN), (Day("Typical day", ((Item(food.id, 200),), (), (), ())),), own_foods=(food,))
    (only,) = stand_ins(plan, TABLES)
    assert only.change_ug is None
