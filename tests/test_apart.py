"""How far two plans are apart: the counts that a received link is compared by."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from conftest import own
from hypothesis import given
from hypothesis import strategies as st

from dashboard.plan import Day, Item, Person, Plan, Supplement
from dashboard.plan.differences import Apart, apart
from dashboard.words import address as said

MILK, EGG = "fndds:11112110", "fndds:31105030"
TABLET = Supplement("tablet", 10, 7, True)


def day(*items: tuple[str, float], meal: int = 0, off: bool = False) -> Day:
    meals: list[tuple[Item, ...]] = [(), (), (), ()]
    meals[meal] = tuple(Item(food, grams, off) for food, grams in items)
    return Day("Typical day", tuple(meals))


ONE = Plan(Person(34), (day((MILK, 244)),))


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (ONE, Apart((), 0, 0)),
        (replace(ONE, person=Person(60, diet="vegetarian")), Apart(("age_years", "diet"), 0, 0)),
        (replace(ONE, days=(day((MILK, 200)),)), Apart((), 1, 0)),
        (replace(ONE, days=(day((MILK, 244), meal=1),)), Apart((), 1, 0)),
        (replace(ONE, days=(day((MILK, 244), (EGG, 50)),)), Apart((), 1, 0)),
        (replace(ONE, days=(day((MILK, 244), off=True),)), Apart((), 1, 0)),
        (replace(ONE, days=(*ONE.days, day((EGG, 50)))), Apart((), 1, 0)),
        (replace(ONE, supplements=(TABLET,)), Apart((), 0, 1)),
        (replace(ONE, days=(day(),), supplements=(TABLET, replace(TABLET, dose_ug=50))), Apart((), 1, 2)),
    ],
)
def test_each_difference_is_counted_once_and_both_ways_alike(other, found):
    assert apart(ONE, other, with_conditions=True) == found == apart(other, ONE, with_conditions=True)


def test_a_changed_supplement_is_one_difference():
    one, two = (replace(ONE, supplements=(replace(TABLET, dose_ug=ug),)) for ug in (10, 50))
    assert apart(one, two, with_conditions=True).supplements == 1


def test_own_foods_of_one_name_with_other_figures_differ():
    one, two = (Plan(days=(day(("own:drink", 100)),), own_foods=(own("drink", ug),)) for ug in (1.0, 2.0))
    assert apart(one, two, with_conditions=True).foods == 1
    unused = replace(two, days=(day((MILK, 100)),))
    assert apart(unused, replace(unused, own_foods=one.own_foods), with_conditions=True).same


def test_conditions_are_compared_only_where_both_are_known_with_them():
    other = replace(ONE, person=Person(34, conditions=("metformin",)))
    assert apart(ONE, other, with_conditions=False).same
    assert apart(ONE, other, with_conditions=True).person == ("conditions",)


@given(st.integers(0, 120), st.floats(1, 500), st.lists(st.sampled_from([10.0, 25.0, 50.0]), max_size=3, unique=True))
def test_a_plan_is_no_way_apart_from_itself(age, grams, doses):
    plan = Plan(Person(age), (day((MILK, grams)),), tuple(replace(TABLET, dose_ug=ug) for ug in doses))
    assert apart(plan, replace(plan), with_conditions=True).same
    assert said.differs(apart(plan, plan, with_conditions=True)) == said.DIFFERS_NOT


def test_every_field_of_the_person_has_its_words():
    assert set(said.PERSON_FIELDS) == {field.name for field in fields(Person)}


def test_the_difference_is_said_in_a_few_words():
    assert said.differs(Apart(("age_years", "diet"), 3, 1)) == (
        "Different from the plan you had in this tab: age, diet, 3 foods, 1 supplement. The browser’s Back goes to yours."
    )
