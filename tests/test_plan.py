"""The small edits of a plan: each gives a new plan and leaves the old one alone."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from dashboard.plan import (
    Day,
    Item,
    Person,
    Place,
    Plan,
    PlanError,
    Supplement,
    add_item,
    add_supplement,
    copy_day,
    copy_meal,
    dislike,
    drop_baseline,
    edit_person,
    item_at,
    join_meals,
    keep_baseline,
    mark_nothing_eaten,
    move_item,
    remove_item,
    remove_supplement,
    set_grams,
    swap_item,
    take_instead,
)
from dashboard.words import plan_faults

MILK, EGG, BREAD = Item("sr:1", 244), Item("sr:2", 50), Item("sr:3", 30)
WEEK = Plan(days=(Day("Monday", ((MILK, EGG), (), (BREAD,), ())), Day("Tuesday"), Day("Wednesday", ((EGG,), (), (), ()))))


def test_a_food_is_added_at_the_end_of_its_meal():
    after = add_item(WEEK, 0, 0, BREAD)
    assert after.days[0].meals[0] == (MILK, EGG, BREAD)
    assert after.days[1:] == WEEK.days[1:]
    assert WEEK.days[0].meals[0] == (MILK, EGG)


def test_the_same_food_grows_instead_of_standing_twice():
    assert add_item(WEEK, 0, 0, Item("sr:1", 100)).days[0].meals[0] == (Item("sr:1", 344), EGG)


def test_a_food_cannot_grow_beyond_what_a_plan_holds():
    with pytest.raises(PlanError):
        add_item(WEEK, 0, 0, Item("sr:1", 4900))


def test_an_amount_is_changed_in_one_place_only():
    after = set_grams(WEEK, Place(0, 0, 1), 60)
    assert after.days[0].meals[0] == (MILK, Item("sr:2", 60))
    assert after.days[2] == WEEK.days[2]


def test_a_food_is_removed():
    assert remove_item(WEEK, Place(0, 0, 0)).days[0].meals[0] == (EGG,)


def test_a_food_is_moved_to_another_meal_and_day():
    after = move_item(WEEK, Place(0, 0, 0), 1, 3)
    assert after.days[0].meals[0] == (EGG,)
    assert after.days[1].meals[3] == (MILK,)


def test_moving_onto_the_same_food_joins_them():
    assert move_item(WEEK, Place(0, 0, 1), 2, 0).days[2].meals[0] == (Item("sr:2", 100),)


def test_moving_within_a_meal_keeps_the_amount():
    after = move_item(WEEK, Place(0, 0, 0), 0, 0)
    assert sorted(i.grams for i in after.days[0].meals[0]) == [50, 244]


def test_meals_and_days_are_copied_over_others():
    assert [d.meals[0] for d in copy_meal(WEEK, 0, 0, (1, 2)).days] == [(MILK, EGG)] * 3
    after = copy_day(WEEK, 0, (1, 2))
    assert [d.meals for d in after.days] == [WEEK.days[0].meals] * 3
    assert [d.name for d in after.days] == ["Monday", "Tuesday", "Wednesday"]


@pytest.mark.parametrize(
    "edit",
    [
        lambda: item_at(WEEK, Place(9, 0, 0)),
        lambda: item_at(WEEK, Place(0, 0, 9)),
        lambda: set_grams(WEEK, Place(0, 1, 0), 10),
        lambda: remove_item(WEEK, Place(5, 0, 0)),
        lambda: remove_item(WEEK, Place(0, 0, 2)),
        lambda: move_item(WEEK, Place(0, 0, 0), 7, 0),
        lambda: add_item(WEEK, 3, 0, MILK),
        lambda: add_item(WEEK, -1, 0, MILK),
        lambda: copy_day(WEEK, 0, (9,)),
        lambda: copy_day(WEEK, 9, (0,)),
        lambda: copy_meal(WEEK, 9, 0, (0,)),
        lambda: copy_meal(WEEK, 0, 0, (9,)),
        lambda: set_grams(WEEK, Place(0, 0, 0), -1),
        lambda: set_grams(WEEK, Place(0, 0, 0), float("nan")),
        lambda: edit_person(WEEK, age_years=500),
        lambda: edit_person(WEEK, age_years=34.5),
    ],
    ids=range(16),
)
def test_an_edit_of_what_is_gone_is_refused_in_words(edit):
    """A page may be a step behind the plan: the answer is a sentence, not a crash."""
    with pytest.raises(PlanError) as refused:
        edit()
    assert plan_faults.sentence(refused.value).endswith(".")


def test_a_person_is_edited_field_by_field():
    after = edit_person(WEEK, age_years=70, conditions=("ppi", "metformin", "ppi"))
    assert after.person == Person(70, conditions=("metformin", "ppi"))
    assert after.days == WEEK.days


def test_supplements_come_and_go():
    two = add_supplement(add_supplement(WEEK, Supplement("tablet", 10)), Supplement("spray", 25))
    assert [s.form for s in two.supplements] == ["tablet", "spray"]
    assert [s.form for s in remove_supplement(two, 0).supplements] == ["spray"]


def test_a_baseline_is_the_plan_as_it_was():
    kept = add_item(keep_baseline(WEEK), 1, 1, MILK)
    assert kept.baseline == WEEK
    assert keep_baseline(kept).baseline == replace(kept, baseline=None)
    assert drop_baseline(kept).baseline is None


def test_a_plan_cannot_be_changed_in_place():
    with pytest.raises(FrozenInstanceError):
        WEEK.person.age_years = 35


def test_places_walk_the_whole_plan_in_order():
    assert list(WEEK.items()) == [
        (Place(0, 0, 0), MILK),
        (Place(0, 0, 1), EGG),
        (Place(0, 2, 0), BREAD),
        (Place(2, 0, 0), EGG),
    ]


def test_joined_meals_stand_together_however_they_are_joined():
    """Breakfast, lunch and dinner in a chain are one occasion; joining twice parts them again."""
    chained = join_meals(join_meals(WEEK, 0, "dinner", "lunch"), 0, "breakfast", "lunch")
    assert chained.days[0].occasions() == ((0, 1, 2), (3,))
    assert WEEK.days[0].occasions() == ((0,), (1,), (2,), (3,))
    assert join_meals(join_meals(WEEK, 0, "lunch", "snack"), 0, "snack", "lunch") == WEEK


def test_a_food_is_swapped_in_its_place():
    assert swap_item(WEEK, Place(0, 0, 0), BREAD).days[0].meals[0] == (BREAD, EGG)


def test_a_day_is_entered_by_its_foods_or_by_saying_that_there_were_none():
    assert [day.entered for day in WEEK.days] == [True, False, True]
    fasted = mark_nothing_eaten(WEEK, 1)
    assert (fasted.days[1].nothing_eaten, fasted.days[1].entered) == (True, True)
    assert mark_nothing_eaten(fasted, 1, False) == WEEK
    with pytest.raises(PlanError) as refused:
        mark_nothing_eaten(WEEK, 0)
    assert "There are foods on that day" in plan_faults.sentence(refused.value)


def test_a_food_takes_the_mark_of_nothing_eaten_away():
    fed = add_item(mark_nothing_eaten(WEEK, 1), 1, 0, MILK)
    assert not fed.days[1].nothing_eaten
    assert not remove_item(fed, Place(1, 0, 0)).days[1].entered
    assert not Day("Monday", ((MILK,), (), (), ()), nothing_eaten=True).nothing_eaten


def test_a_copied_day_takes_its_mark_along():
    fasted = mark_nothing_eaten(WEEK, 1)
    assert copy_day(fasted, 1, (0,)).days[0] == Day("Monday", nothing_eaten=True)
    assert copy_day(fasted, 0, (1,)).days[1].nothing_eaten is False


def test_a_regimen_takes_the_place_of_what_it_stands_in_for():
    pill, spray, needle, nasal = (Supplement(form, 10) for form in ("tablet", "spray", "injection", "nasal"))
    taking = replace(WEEK, supplements=(pill, spray, needle, nasal))
    assert take_instead(taking, Supplement("tablet", 50)).supplements == (needle, nasal, Supplement("tablet", 50))
    assert take_instead(taking, Supplement("injection", 1000)).supplements == (Supplement("injection", 1000),)
    assert take_instead(WEEK, pill).supplements == (pill,)


def test_a_dislike_can_be_taken_back():
    assert dislike(WEEK, "sr:1").dislikes == ("sr:1",)
    assert dislike(dislike(WEEK, "sr:1"), "sr:1") == WEEK
