"""Assessing a plan with what is known of another one: the same answer, whatever the other is."""

from dataclasses import replace

import held_amounts
from hypothesis import given
from hypothesis import strategies as st

from dashboard.estimate.assess import assess
from dashboard.plan import Diet, Item, OwnFood, Person, Place, Supplement, set_grams
from dashboard.tables.read import load_tables
from dashboard.weeks.starter import starter_plan

TABLES = load_tables()
FOODS = ("own:bread", *sorted(TABLES.foods)[::150])
PEOPLE = [Person(age, diet=diet, conditions=has) for age in (8, 34, 70) for diet in Diet for has in ((), ("ppi",))]

items = st.builds(Item, st.sampled_from(FOODS), held_amounts.grams(500), st.booleans())
meals = st.lists(items, max_size=3).map(tuple)


@st.composite
def edited(draw, plan):
    """A plan after any of the changes that an answer depends on, or after none."""
    days = list(plan.days)
    for _ in range(draw(st.integers(0, 3))):
        at, meal = draw(st.integers(0, len(days) - 1)), draw(st.integers(0, 3))
        changed = (*days[at].meals[:meal], draw(meals), *days[at].meals[meal + 1 :])
        days[at] = replace(days[at], meals=changed, lines_left_out=draw(st.integers(0, 1)))
    if draw(st.booleans()):
        days[0] = replace(days[0], joined=(("breakfast", "lunch"),))
    days = draw(st.sampled_from([days, days[1:], days[:3], days[::-1]]))
    doses = st.sampled_from([(), (Supplement(),), (Supplement("tablet", 2, 21, True), Supplement("injection", 1000, 0.25))])
    own = st.sampled_from([plan.own_foods, (OwnFood("bread", "Bread", 2.0, 1.0),), (OwnFood("bread", "Bread", 0.4),)])
    person = draw(st.sampled_from([plan.person, draw(st.sampled_from(PEOPLE))]))
    return replace(plan, days=tuple(days), supplements=draw(doses), own_foods=draw(own), person=person)


@given(st.sampled_from(PEOPLE), st.data())
def test_the_answer_is_the_same_with_and_without_another_assessment(person, data):
    before = data.draw(edited(starter_plan(TABLES, person)))
    after = data.draw(edited(data.draw(st.sampled_from([before, starter_plan(TABLES, person)]))))
    again = assess(after, TABLES, assess(before, TABLES))
    afresh = assess(after, TABLES)
    assert again == afresh
    assert again.foods == afresh.foods


def test_only_what_was_changed_is_worked_out_again():
    before = assess(starter_plan(TABLES, Person(34)), TABLES)
    day = next(place.day for place, _ in before.plan.items() if place.day > 0)
    after = assess(set_grams(before.plan, Place(day, 0, 0), 123.0), TABLES, before)
    assert [d for d, (was, now) in enumerate(zip(before.days, after.days, strict=True)) if was is not now] == [day]
    assert after.days[day].meals[1].intake is before.days[day].meals[1].intake
