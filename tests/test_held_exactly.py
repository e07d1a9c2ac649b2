"""What a plan holds is what was given: doses and amounts stay the same in a link and a file, or the change is told or refused."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.plan import (
    DOSE_DECIMALS,
    HELD_WITHIN,
    TIMES_DECIMALS,
    Day,
    Item,
    OwnFood,
    Person,
    Plan,
    PlanError,
    Supplement,
    holds,
    link,
    plan_file,
)
from dashboard.plan.link_parts import decode_supplement, encode_supplement
from dashboard.tables.read import load_tables
from dashboard.weeks.food_record.reading import read_record, read_records
from dashboard.weeks.food_record.settle import Answers, make_plan
from dashboard.words import address as said_of_plans
from dashboard.words import food_record as said_of_records
from dashboard.words import offers, plan_faults

TABLES = load_tables()
MILK = next(food for food in TABLES.foods.values() if food.usda_description == "Milk, whole")
WATER = next(food for food in TABLES.foods.values() if food.b12_ug_per_100g == 0)


def opened(changes: dict[str, object]) -> link.Opened:
    found = plan_file.load(json.dumps(plan_file.to_json(Plan()) | changes))
    assert all(plan_faults.sentences(found.problems))
    return found


# Doses --------------------------------------------------------------------------------------------


@given(st.floats(0, 20_000), st.floats(0, 70), st.booleans())
def test_a_dose_is_held_as_it_was_given_or_refused(dose_ug, times, with_food):
    """A tablet of 0.25 µg is none of 0.2 µg, in the plan, in its link and in its file."""
    try:
        plan = Plan(supplements=(Supplement("tablet", dose_ug, times, with_food),))
    except PlanError:
        assert not (holds(dose_ug, DOSE_DECIMALS) and holds(times, TIMES_DECIMALS))
        return
    for found in (link.decode(link.encode(plan)), plan_file.load(plan_file.dump(plan))):
        assert found.plan is not None and found.plan.supplements == plan.supplements
        (held,) = found.plan.supplements
        assert abs(held.dose_ug - dose_ug) <= HELD_WITHIN * dose_ug
        assert abs(held.times_per_week - times) <= HELD_WITHIN * times


@given(st.integers(0, 20_000_000))
def test_a_dose_of_thousandths_is_said_as_it_was_typed(thousandths):
    said = offers.supplement(Supplement("tablet", thousandths / 1000, 7))
    assert said.startswith("Tablet none daily" if not thousandths else f"Tablet {thousandths / 1000:,.8g} µg daily")


@given(st.integers(0, 200_000), st.booleans())
def test_a_dose_of_tenths_is_written_as_in_the_first_links(tenths, with_food):
    """Old links open to the same plan, and new ones are no longer than they were."""
    text = encode_supplement(Supplement("tablet", tenths / 10, 7, with_food))
    assert text.endswith("-f" if with_food else "-e")
    assert decode_supplement(text).dose_ug == tenths / 10


@given(st.floats(0.005, 0.99))
def test_how_seldom_a_supplement_is_taken_is_not_rounded_to_whole_weeks(times):
    held = Supplement("tablet", 1000, times).times_per_week
    weeks = float(offers.supplement(Supplement("tablet", 1000, times)).partition("every ")[2].partition(" weeks")[0])
    assert weeks == pytest.approx(1 / held, rel=0.01)


# Files --------------------------------------------------------------------------------------------


def with_grams(grams: object) -> link.Opened:
    row = {"food": MILK.id, "grams": grams}
    return opened({"days": [{"name": "Monday", "meals": {"lunch": [row]}}]})


@given(st.floats(0, 5000))
def test_an_amount_of_a_file_never_becomes_another_or_none_in_silence(grams):
    found = with_grams(grams)
    assert found.plan is not None
    held = [item.grams for item in found.plan.days[0].meal("lunch")]
    codes = [problem.code for problem in found.problems]
    if held and abs(held[0] - grams) <= HELD_WITHIN * grams:
        assert codes == []
    else:
        assert codes == (["held-less-finely"] if held else ["left-out"])
        assert not held or bool(held[0]) == bool(grams)


def test_what_was_rounded_is_told_with_both_amounts():
    (told,) = plan_faults.sentences(with_grams(0.14).problems)
    assert told == "Rounded, Monday, lunch, food 1: grams is 0.14 in the file and 0.1 in the plan, which holds no smaller parts."


@given(st.floats(0.1, 5000))
def test_a_serving_of_a_file_is_not_rounded_in_silence(serving):
    row = {"key": "a", "label": "Powder", "b12_ug_per_100g": 10, "added_ug_per_100g": 10, "serving_g": serving, "diet": "vegan"}
    found = opened({"own_foods": [row]})
    assert found.plan is not None
    (held,) = found.plan.own_foods
    assert found.problems or abs(held.serving_g - serving) <= HELD_WITHIN * serving


OBJECTS = {
    "the plan": ('"version":', '"version": 1, "version":'),
    "the person": ('"age_years":', '"age_years": 3, "age_years":'),
    "a food": ('"grams":', '"grams": 1, "grams":'),
    "a dose": ('"dose_ug":', '"dose_ug": 1000, "dose_ug":'),
}


@pytest.mark.parametrize("where", OBJECTS)
def test_a_key_that_stands_twice_is_named_and_the_file_not_opened(where):
    day = Day("Monday", ((Item(MILK.id, 244),), (), (), ()))
    text = plan_file.dump(Plan(days=(day,), supplements=(Supplement(),)))
    before, after = OBJECTS[where]
    found = plan_file.load(text.replace(before, after))
    (told,) = plan_faults.sentences(found.problems)
    assert found.plan is None
    assert before.strip('":') in told


def test_a_place_to_shop_that_is_not_known_is_told_once():
    found = opened({"person": plan_file.to_json(Plan())["person"] | {"shops_in": "mars"}})
    (told,) = plan_faults.sentences(found.problems)
    assert found.plan == Plan(Person())
    assert (told.count("mars"), told.count("assumed")) == (1, 1)
    assert "none" not in told


KNOWN_WORDS = st.sampled_from(["soy", "metformin", "soya-beans", "pernicious-anemia", "metformine", "no-milk"])


@given(st.lists(KNOWN_WORDS, max_size=3).map(tuple), st.lists(KNOWN_WORDS, max_size=3).map(tuple))
def test_a_word_that_the_app_does_not_know_is_named(excludes, conditions):
    """What somebody leaves out, misspelt, would be offered to them; a condition, misspelt, would count for nothing."""
    person = Person(excludes=excludes, conditions=conditions)
    told = " ".join(said_of_plans.not_known(Plan(person), TABLES))
    named = {word for words in re.findall(r": ([^.]*)", told) for word in words.split(", ")}
    assert named == {w for w in excludes if w not in TABLES.exclusions} | {w for w in conditions if not TABLES.knows(w)}


def test_two_foods_of_one_key_in_a_link_are_told():
    food = OwnFood("a", "Drink", 1.0)
    code = link.encode(Plan(own_foods=(food, replace(food, key="b", b12_ug_per_100g=9.0))))
    head, _, body = code.partition("b_Drink")
    found = link.decode(f"{head}a_Drink{body}")
    assert found.plan is not None and found.plan.own_foods == (food,)
    assert "own-food-twice" in [problem.code for problem in found.problems]


# Food records -------------------------------------------------------------------------------------


@given(st.sampled_from(["1", "A", "b c"]), st.sampled_from(["1", "A"]), st.integers(1, 2), st.integers(1, 2))
def test_foods_of_one_person_and_day_in_two_files_are_told(first, second, day, other_day):
    """Two clinics count their people from 1: one person would eat for two."""
    texts = [f'person,day,meal,food,grams\n{who},{on},lunch,"{MILK.name}",100\n' for who, on in ((first, day), (second, other_day))]
    found = read_records([("a.csv", text.encode()) for text in texts], TABLES)
    told = said_of_records.faults(found.faults)
    assert bool(told) is ((first, day) == (second, other_day))
    assert all(f"“{first}”" in one and "two files" in one for one in told)


@given(st.integers(1, 999).map(lambda n: n / 1000), st.sampled_from([MILK, WATER]))
def test_an_amount_of_a_record_never_becomes_another_or_none_in_silence(grams, food):
    text = f'day,meal,food,grams\n1,lunch,"{MILK.name}",100\n1,dinner,"{food.name}",{grams:.3f}\n'
    made = make_plan(Plan(), read_record(text.encode(), TABLES).people[0], Answers(), TABLES.foods)
    assert all(said_of_records.faults(made.faults))
    codes = [one.code for one in made.faults]
    held = [item.grams for item in made.plan.days[0].meal("dinner")]
    if not held:
        assert codes == ["food-little"]
        assert made.plan.days[0].lines_left_out == (1 if food is MILK else 0)
    else:
        assert held[0] > 0
        assert codes == ([] if abs(held[0] - grams) <= HELD_WITHIN * grams else ["amount-rounded"])
