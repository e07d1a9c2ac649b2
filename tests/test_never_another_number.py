"""What is typed, or stands in a file, never becomes another number in silence: ages, brackets, lost spaces, doses nobody gave."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.estimate.assess import assess
from dashboard.foods.meal_in_words import read_meal
from dashboard.foods.search import search
from dashboard.plan import Day, Item, OwnFood, Plan, plan_file
from dashboard.quantities import Quantity, Question, Refusal, read, read_in
from dashboard.quantities.numerals import DENOMINATORS
from dashboard.quantities.portions import read_grams
from dashboard.tables.read import load_tables
from dashboard.tables.units import folded
from dashboard.weeks.food_record.reading import FoodRecord, read_record
from dashboard.weeks.food_record.settle import Answers, make_plan
from dashboard.words import food_record as said_of_records
from dashboard.words import intake, plan_faults
from dashboard.words import quantities as words

TABLES = load_tables()
UNITS = TABLES.units
MILK = next(food for food in TABLES.foods.values() if food.usda_description == "Milk, whole")


def readings(found: Quantity | Question | Refusal) -> set[float]:
    if isinstance(found, Refusal):
        return set()
    return {one.value for one in (found.readings if isinstance(found, Question) else (found,))}


# Numerals -----------------------------------------------------------------------------------------


@given(st.integers(0, 999), st.integers(0, 999))
def test_a_dot_in_the_middle_of_a_number_is_never_only_a_product(whole, part):
    """2·4 is 2.4 in British print and 8 elsewhere."""
    assert float(f"{whole}.{part}") in readings(read(f"{whole}·{part} µg", UNITS))
    found = read_in(f"{whole}·{part}", UNITS, "µg", several=False)
    assert not isinstance(found, Quantity) or found.value == float(f"{whole}.{part}")


@given(st.integers(1, 9), st.sampled_from(DENOMINATORS), st.data())
def test_a_mixed_number_that_lost_its_space_is_asked_or_refused(whole, parts, data):
    """1 1/2 copied as 11/2 is not five and a half without asking."""
    part = data.draw(st.integers(1, parts - 1))
    meant = whole + part / parts
    found = read(f"{whole}{part}/{parts} cups", UNITS)
    assert not isinstance(found, Quantity) or found.value == pytest.approx(meant)
    assert isinstance(found, Refusal) or any(value == pytest.approx(meant) for value in readings(found))


def test_a_number_word_behind_figures_multiplies_nothing():
    """ "1 seven up" is one of something called so; half and dozen are amounts."""
    found = read("1 seven up", UNITS)
    assert (found.value, found.rest) == (1, "seven up")
    assert isinstance(read_in("5 five", UNITS, "µg"), Refusal)
    assert [read(text, UNITS).value for text in ("2 half", "2 dozen", "half a dozen")] == [1, 24, 6]


# Ages ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "years"),
    [("34", 34), ("18 months", 1), ("18 mo", 1), ("5 Monate", 0), ("11 months", 0), ("12 months", 1), ("20 weeks", 0), ("40 days", 0)],
)
def test_an_age_counts_full_years(text, years):
    found = read_in(text, UNITS, "years", 0, 120, whole=True)
    assert isinstance(found, Quantity), found
    assert found.value == years


@given(st.integers(0, 1440))
def test_nobody_is_counted_older_than_they_are(months):
    found = read_in(f"{months} months", UNITS, "years", 0, 120, whole=True)
    assert isinstance(found, Quantity)
    assert found.value == months // 12


@pytest.mark.parametrize(
    ("text", "code"),
    [("34,5", "whole"), ("18 m", "unknown-unit"), ("34 g", "other-unit"), ("1990", "too-large"), ("80+", "malformed")],
)
def test_what_is_no_age_is_told_with_the_unit_that_is_asked_for(text, code):
    """ "Type the number only" would make 18 years out of 18 months."""
    found = read_in(text, UNITS, "years", 0, 120, whole=True)
    assert isinstance(found, Refusal)
    assert found.code == code
    assert "number only" not in words.refused(found)


# Brackets -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("1 cup (100 g)", {100}),  # the bracket says what it weighs, whatever the table's cup does
        ("1 cup (240 ml)", {244}),  # the food's own measure, with its own bracket or another's
        ("1 glass (250 ml)", {250}),
        ("2 cups (488 g)", {488}),
        ("2 cups (244 g)", {488}),
        ("2 cups (100 g)", {100, 200}),
        ("2 (100 g)", {100, 200}),
        ("4 oz (113 g)", {113.3980925}),
        ("4 oz (200 g)", {113.3980925, 200}),
        ("200 g (1 cup)", {200}),
        ("100 g (x2)", set()),
        ("100 g (half eaten)", set()),
        ("2 cups (half eaten)", set()),
        ("100 g (raw)", set()),
    ],
)
def test_what_a_bracket_says_is_never_passed_over(text, grams):
    assert sorted(readings(read_grams(text, MILK, UNITS, bare="g"))) == pytest.approx(sorted(grams))


# A meal in words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "not_offered"),
    [
        ("no eggs", "egg"),
        ("coffee without milk", "milk"),
        ("oat milk (not fortified)", "drink), fortified"),
        ("Kaffee ohne Milch", "milk"),
        ("2 eggs (only the whites)", "egg, boiled"),
    ],
)
def test_what_was_not_eaten_is_not_offered(text, not_offered):
    (said,) = read_meal(text, lambda name: search(TABLES.foods, name), UNITS)
    assert not any(not_offered in food.name.casefold() for food in said.foods)


# Plan files ---------------------------------------------------------------------------------------


def opened(**changes: object) -> tuple[Plan, list[str]]:
    found = plan_file.load(json.dumps(plan_file.to_json(Plan()) | changes))
    assert found.plan is not None
    assert all(plan_faults.sentences(found.problems))
    return found.plan, [problem.code for problem in found.problems]


@pytest.mark.parametrize("missing", ["form", "dose_ug", "times_per_week"])
def test_a_supplement_without_its_dose_or_how_often_is_left_out(missing):
    """10 µg a day would be a reliable source that nobody named."""
    row = {"form": "tablet", "dose_ug": 25, "times_per_week": 7, "with_food": False, "dose_mg": 1}
    plan, codes = opened(supplements=[{key: value for key, value in row.items() if key != missing}])
    assert plan.supplements == ()
    assert codes == ["keys-unknown", "keys-missing", "left-out"]


def test_whether_a_supplement_is_taken_with_food_takes_the_careful_answer():
    plan, codes = opened(supplements=[{"form": "tablet", "dose_ug": 25, "times_per_week": 7}])
    assert [(s.dose_ug, s.with_food) for s in plan.supplements] == [(25, True)]
    assert codes == ["keys-missing"]


@given(st.floats(0, 119.9))
def test_an_age_in_parts_of_years_is_never_made_another_age(age):
    plan, codes = opened(person=plan_file.to_json(Plan())["person"] | {"age_years": age})
    assert plan.person.age_years == int(age)
    assert codes == ([] if age == int(age) else ["age-in-full-years"])


def test_what_stands_for_an_age_that_cannot_be_read_is_told():
    found = plan_file.load(json.dumps(plan_file.to_json(Plan()) | {"person": {"age_years": "two", "life_stage": "none", "diet": "vegan"}}))
    told = plan_faults.sentences(found.problems)
    assert any("age_years" in one and "34" in one for one in told)


def test_two_foods_of_one_name_are_told():
    food = {"key": "a", "label": "Drink", "b12_ug_per_100g": 1, "added_ug_per_100g": 1, "serving_g": 200, "diet": "vegan"}
    plan, codes = opened(own_foods=[food, food | {"label": "Other drink", "b12_ug_per_100g": 9}])
    assert [(own.label, own.b12_ug_per_100g) for own in plan.own_foods] == [("Drink", 1)]
    assert codes == ["own-food-twice"]


# Food records -------------------------------------------------------------------------------------


def record(text: str) -> FoodRecord:
    return read_record(text.encode(), TABLES)


@given(st.integers(1, 900), st.integers(1, 999), st.sampled_from(["g", "ml", " g", " ml"]))
def test_two_cells_with_numbers_are_never_one_number(amount, size, unit):
    (person,) = record(f'day,meal,food,amount,unit\n1,lunch,"{MILK.name}",{amount},{size}{unit}\n').people
    assert person.lines[0].grams is None
    assert person.lines[0].grams_read == ()


@given(st.text(st.characters(codec="ascii", exclude_characters='()[]",;|\t\r\n\0'), min_size=1, max_size=12))
def test_b12_under_a_heading_that_says_something_else_is_not_read(said):
    """Only a heading that names a mass, or nothing, holds the B12 of its lines."""
    found = record(f'day,meal,food,grams,"Vitamin B12 ({said})"\n1,lunch,Moon cheese,250,1000\n')
    for line in (line for person in found.people for line in person.lines):
        unit = UNITS.by_word.get(folded(said))
        if unit is not None and unit.kind == "mass":
            assert line.figures.b12_ug == pytest.approx(1000 * unit.factor * 1e6)
        elif folded(said) and line.figures is not None:
            assert folded(said) in ("cobalamin", "cobalamine"), said
    assert not folded(said) or found.faults or UNITS.by_word[folded(said)].kind == "mass"


def test_an_amount_under_a_heading_that_says_something_else_is_asked():
    for heading, cell in (("Amount (per week)", "1400 g"), ("Grams (raw)", "100"), ("Menge (pro 100 g)", "2")):
        (person,) = record(f'day,meal,food,{heading}\n1,lunch,"{MILK.name}",{cell}\n').people
        assert person.lines[0].grams is None, heading


def test_a_column_that_is_not_read_is_named():
    told = said_of_records.faults(record(f'day,meal,food,grams,% eaten,B12 (% DV)\n1,lunch,"{MILK.name}",100,50,20\n').faults)
    assert any("“% eaten”, “B12 (% DV)”" in one for one in told)
    many = record(f'day,meal,food,grams,{",".join(f"x{n}" for n in range(20))}\n1,lunch,"{MILK.name}",100\n').faults
    assert any("“x7” and 12 more" in one for one in said_of_records.faults(many))


@given(st.floats(0.01, 50), st.floats(0, 10**6))
def test_a_food_of_a_record_never_stops_the_plan(grams, b12_ug):
    """Whatever the file says, there is a plan or a reason, and no B12 is lost on the way without a word."""
    text = f'day,meal,food,grams,b12\n1,lunch,"{MILK.name}",100,\n1,lunch,Pill,{grams:.2f},{b12_ug:.1f}\n'
    made = make_plan(Plan(), record(text).people[0], Answers(), TABLES.foods)
    held = sum(own.b12_ug_per_100g or 0 for own in made.plan.own_foods)
    assert made.lines_left_out == 1 or held or not float(f"{b12_ug:.1f}")


def test_a_question_about_a_line_ends_as_a_question():
    (person,) = record(f'day,meal,food,amount\n1,lunch,"{MILK.name}",2-3 cups\n1,lunch,"{MILK.name}",2 buckets\n').people
    asked, refused = (said_of_records.row(line) for line in person.lines)
    assert asked.endswith("Which one is it?")
    assert refused.endswith(".") and not refused.endswith("..")


# Unknown is not none ------------------------------------------------------------------------------


@given(st.floats(1, 1000), st.sampled_from([None, 0.0]))
def test_a_plan_of_foods_without_a_value_is_not_said_to_hold_no_b12(grams, b12_ug_per_100g):
    day = Day("Monday", ((Item("own:a", grams),), (), (), ()))
    said = intake(assess(Plan(days=(day,), own_foods=(OwnFood("a", "Pie", b12_ug_per_100g),)), TABLES))
    assert said == ("no B12 a day" if b12_ug_per_100g == 0 else "an unknown amount of B12 a day")
