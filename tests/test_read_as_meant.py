"""What a file or a typed text says is read as it means it, or told: baselines of other versions, columns of people."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.care.blood_tests import Result, inside, one_band, units
from dashboard.foods.meal_in_words import read_meal
from dashboard.foods.search import search
from dashboard.plan import Day, Item, Plan, plan_file
from dashboard.quantities import Quantity, Question, Refusal, read
from dashboard.quantities.portions import read_grams
from dashboard.tables.read import load_care_tables, load_tables
from dashboard.weeks.food_record.reading import FoodRecord, read_record
from dashboard.words import food_record as said_of_records
from dashboard.words import plan_faults

TABLES = load_tables()
EGG = "fndds:31103010"
MILK = next(food for food in TABLES.foods.values() if food.usda_description == "Milk, whole")


def record(text: str) -> FoodRecord:
    return read_record(text.encode(), TABLES)


# Plan files ---------------------------------------------------------------------------------------


@given(st.one_of(st.none(), st.booleans(), st.integers(-3, 9), st.text(max_size=4), st.floats(0, 3), st.lists(st.integers(), max_size=2)))
def test_a_baseline_opens_in_the_version_of_the_file_or_not_at_all(version):
    """A file of another version is refused; the plan inside it that is compared with is no other matter."""
    kept = plan_file.to_json(Plan(days=(Day("Monday", ((Item("own:a", 20),), (), (), ())),)))
    found = plan_file.load(json.dumps(plan_file.to_json(Plan()) | {"baseline": kept | {"version": version}}))
    assert found.plan is not None
    alone = plan_file.load(json.dumps(kept | {"version": version}))
    assert (found.plan.baseline is None) == (alone.plan is None)
    assert [problem.code for problem in found.problems] == ([] if alone.plan else ["baseline-version"])
    assert all(plan_faults.sentences(found.problems))


def test_a_baseline_of_a_baseline_is_told():
    kept = plan_file.to_json(Plan())
    found = plan_file.load(json.dumps(kept | {"baseline": kept | {"baseline": kept}}))
    assert found.plan is not None and found.plan.baseline == Plan()
    assert [problem.code for problem in found.problems] == ["baseline-of-baseline"]


@pytest.mark.parametrize("without", ["the file", "its baseline"])
def test_a_file_that_says_nothing_of_supplements_is_told_to_count_none(without):
    """Nothing said is not "none taken"."""
    whole, kept = plan_file.to_json(Plan()), plan_file.to_json(Plan())
    del (whole if without == "the file" else kept)["supplements"]
    found = plan_file.load(json.dumps(whole | {"baseline": kept}))
    assert found.plan is not None and found.plan.supplements == ()
    assert [problem.code for problem in found.problems] == ["no-word-on-supplements"]
    assert plan_faults.sentences(found.problems) == ("The file does not say whether supplements are taken; none is counted.",)


# Food records: whose lines they are ---------------------------------------------------------------

PEOPLE = st.lists(st.sampled_from(["1", "2", "P-03", "Anna", "b"]), min_size=2, max_size=8)
WORDS_OF_PEOPLE = ["id", "name", "participant id", "subject", "subject id", "patient id", "client", "user id", "respondent", "pid"]


@given(PEOPLE, st.sampled_from(WORDS_OF_PEOPLE), st.sampled_from([" ", "_", "-", ""]), st.sampled_from([str.upper, str.lower, str.title]))
def test_people_of_one_file_are_never_mixed_in_silence(people, word, between, case):
    """A column "id" or "Participant_ID" is whose a line is; where each line has its own, it numbers them, and that is told."""
    heading = case(word.replace(" ", between))
    lines = "".join(f"{who},Monday,lunch,{EGG},{n + 1},g\n" for n, who in enumerate(people))
    found = record(f"{heading},day,meal,food,amount,unit\n{lines}")
    told = [one.code for one in found.faults]
    assert all(said_of_records.faults(found.faults))
    if "lines-numbered" in told:
        assert len(set(people)) == len(people)
        assert len(found.people) == 1
        assert "columns-unread" in told
        return
    assert {person.code: [line.grams for line in person.lines] for person in found.people} == {
        who: [n + 1 for n, one in enumerate(people) if one == who] for who in people
    }


def test_the_ids_of_a_file_stand_beside_its_people_and_are_no_people():
    (person,) = record(f"id,participant,day,meal,food,amount,unit\n1,A,1,lunch,{EGG},50,g\n1,A,1,lunch,{EGG},60,g\n").people
    assert person.code == "A"


def test_the_ids_of_foods_are_no_people():
    lines = "".join(f"{number},{day},lunch,{food},50,g\n" for day in (1, 2) for number, food in ((7, EGG), (8, "Apple"), (9, "Rice")))
    found = record(f"id,day,meal,food,amount,unit\n{lines}")
    assert [len(person.lines) for person in found.people] == [6]
    assert "lines-numbered" in [one.code for one in found.faults]


def test_an_id_that_stands_once_for_each_person_counts_for_the_lines_below():
    found = record(f"ID,day,meal,food,amount,unit\n7,1,lunch,{EGG},50,g\n,1,lunch,{EGG},60,g\n8,1,lunch,{EGG},70,g\n")
    assert [(person.code, len(person.lines)) for person in found.people] == [("7", 2), ("8", 1)]
    assert "people-read" in [one.code for one in found.faults]


# Meals in words and typed amounts -----------------------------------------------------------------


def meal(text: str):
    return read_meal(text, lambda name: search(TABLES.foods, name), TABLES.units)


@given(
    st.sampled_from(["1", "2", "100", "1/2", "a", "half a", "two"]),
    st.sampled_from(["", " ml", " cup", " oz each", " slices", " large", " g (50 g)"]),
    st.sampled_from(["milk, ", "", "rice; "]),
)
def test_an_amount_alone_is_no_food(number, unit, before):
    """ "milk, 1 cup" is milk once: the cup is no low-fat milk beside it, and "5 oz each" no salmon."""
    assert meal(f"{before}{number}{unit}")[-1].foods == ()


@given(st.sampled_from([",", ", ", "; ", "\n", " + ", " plus ", " and ", "/", " / "]), st.integers(1, 9), st.integers(1, 9))
def test_two_foods_with_their_amounts_are_two_foods(between, eggs, cups):
    found = meal(f"{eggs} eggs{between}{cups} cups whole milk")
    assert [(said.foods[0].name, said.grams) for said in found] == [("Egg, boiled", 50 * eggs), ("Milk, whole", 244 * cups)]


@given(st.integers(2, 90), st.sampled_from([" ", ": ", " = ", " - ", "  "]))
def test_a_number_that_was_not_understood_is_not_passed_over(number, between):
    """ "eggs 2" is not one usual portion of egg."""
    (said,) = meal(f"eggs{between}{number}")
    assert said.grams is None
    assert said.weighed.unclear or not said.foods


@pytest.mark.parametrize("mark", ["- ", "• ", "* ", "1) "])
def test_the_mark_of_a_list_is_no_part_of_the_amount(mark):
    assert [said.grams for said in meal(f"{mark}2 eggs")] == [100]


@pytest.mark.parametrize("whole", ["1", "2", "two", "one"])
@pytest.mark.parametrize("part", ["1/2", "½", "a half", "half"])
@pytest.mark.parametrize("form", ["{whole} and {part} cups of milk", "{whole} cup and {part} of milk"])
def test_a_number_in_two_parts_is_never_one_of_them(whole, part, form):
    """ "1 and 1/2 cups of milk" was half a cup."""
    for said in meal(form.format(whole=whole, part=part)):
        assert said.grams is None


@given(st.integers(1, 20), st.sampled_from([(1, 2), (1, 4), (3, 4), (1, 3), (2, 3)]), st.sampled_from(["-", " - ", "–"]))
def test_a_mixed_number_with_a_hyphen_can_be_chosen(whole, part, hyphen):
    """ "2-1/2 cups" is two and a half in American recipes, and was asked as 2 or 0.5."""
    found = read(f"{whole}{hyphen}{part[0]}/{part[1]} cups", TABLES.units)
    assert isinstance(found, Question)
    assert any(one.value == pytest.approx(whole + part[0] / part[1]) for one in found.readings)


@pytest.mark.parametrize("text", ["half", "2 dozen", "a dozen", "two", "half a dozen"])
def test_a_number_in_words_is_no_grams(text):
    """ "2 dozen" typed for eggs was 24 g."""
    found = read_grams(text, TABLES.foods[EGG], TABLES.units, bare="g")
    assert isinstance(found, Refusal) and found.code == "no-unit"
    assert isinstance(read_grams("about 120", TABLES.foods[EGG], TABLES.units, bare="g"), Quantity)


@pytest.mark.parametrize("text", ["1 pint milk", "2 quarts milk", "3 spoons yogurt"])
def test_a_measure_of_no_fixed_size_is_asked(text):
    """A pint is not one usual portion."""
    (said,) = meal(text)
    assert said.grams is None and said.weighed.unclear


@given(st.integers(1, 99))
def test_a_weight_finer_than_a_plan_holds_is_not_another_one(hundredths):
    (said,) = meal(f"{hundredths / 100:.2f} g beef")
    assert said.grams is None or said.grams == pytest.approx(hundredths / 100, rel=0.05)


# Food records: which food, which day --------------------------------------------------------------


def test_a_code_and_a_name_of_two_foods_are_asked():
    found = record(f'day,meal,food code,food,grams\n1,lunch,31103010,"{MILK.name}",100\n1,lunch,31103010,Boiled egg of mine,100\n')
    first, second = found.people[0].lines
    assert (first.food_id, second.food_id) == ("", EGG)


@given(st.lists(st.integers(1, 28), min_size=2, max_size=6, unique=True), st.sampled_from(["date,day", "day,date"]))
def test_two_dates_are_never_one_day(dates, order):
    """A second "Day 1" of another date is another day, and nobody eats both at once."""
    cells = {"day": "1", "date": ""}
    lines = ""
    for date in dates:
        cells["date"] = f"2026-01-{date:02d}"
        lines += ",".join(cells[column] for column in order.split(",")) + f",lunch,{EGG},50,g\n"
    (person,) = record(f"{order},meal,food,amount,unit\n{lines}").people
    assert len(person.days) == len(dates)


# Blood results ------------------------------------------------------------------------------------

TESTS = load_care_tables().tests


@given(
    st.sampled_from(units(TESTS, "total-b12")),
    st.sampled_from(["less", "more"]),
    st.floats(50, 3000),
    st.none() | st.floats(50, 400),
    st.none() | st.floats(500, 3000),
    st.floats(0, 1),
)
def test_a_result_told_as_a_limit_is_in_the_laboratorys_range_only_if_all_it_can_mean_is(unit, bound, limit, low, high, share):
    """ "<150" beside a range from 100 was said to be inside it, and may be 60."""
    reported = Result(inside(limit, bound), unit, low, high, bound)
    meant = 10 + share * (reported.value - 10) if bound == "less" else reported.value + share * (10_000 - reported.value)
    place = reported.against_lab
    assert not place or place == Result(meant, unit, low, high).against_lab
    assert not one_band(TESTS, reported, bound) or place or (low is None and high is None)


# Food records: foods and supplements --------------------------------------------------------------


def test_foods_of_a_record_with_a_column_of_supplements_are_not_lost():
    found = record(f'day,meal,food,grams,supplement\n1,lunch,"{MILK.name}",100,B12 1000 mcg\n')
    assert [line.grams for line in found.people[0].lines] == [100]
    assert any("“supplement”" in one for one in said_of_records.faults(found.faults))


@pytest.mark.parametrize("heading", ["servings", "amount", "quantity"])
def test_how_many_of_a_supplement_is_told_where_it_is_not_counted(heading):
    found = record(f"day,supplement,b12 (µg),{heading}\n1,B12,1000,2\n")
    assert [taken.dose_ug for taken in found.people[0].supplements] == [1000]
    assert any(f"“{heading}”" in one for one in said_of_records.faults(found.faults))


@pytest.mark.parametrize(
    "name", ["Lunch total", "Total lunch", "Total for day 1", "Day total", "Total du jour", "Summe Mittagessen", "TOTAL:"]
)
def test_a_line_that_adds_up_others_counts_nothing_twice(name):
    """With a B12 figure of its own it was one more food."""
    found = record(f"day,meal,food,grams,b12\n1,lunch,Moon cheese,100,2\n1,lunch,{name},100,2\n")
    assert [line.text for line in found.people[0].lines] == ["Moon cheese"]
    assert "total-line" in [one.code for one in found.faults]


@pytest.mark.parametrize("name", ["Total cereal", "Total 0% yogurt", "Lunch meat", "Dinner roll"])
def test_a_food_with_such_a_word_in_its_name_is_a_food(name):
    assert len(record(f"day,meal,food,grams,b12\n1,lunch,{name},100,2\n").people[0].lines) == 1
