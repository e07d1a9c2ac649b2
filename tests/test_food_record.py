"""Food records from elsewhere: what is beyond doubt is taken over, everything else is asked or told."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta

import pytest
from babel.dates import format_date
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from dashboard.estimate.adequacy import Verdict
from dashboard.estimate.assess import assess
from dashboard.plan import Person, Plan, left_out_added, link, plan_file
from dashboard.tables.read import load_tables
from dashboard.weeks.food_record.days import read_days
from dashboard.weeks.food_record.faults import RecordError
from dashboard.weeks.food_record.lines import FROM_FILE
from dashboard.weeks.food_record.reading import FoodRecord, read_record, read_records
from dashboard.weeks.food_record.settle import Answers, Choice, MadePlan, differing, make_plan, open_lines
from dashboard.weeks.food_record.sheet import LINES_MAX, SIZE_MAX
from dashboard.words import food_record as words
from dashboard.words import unknown

TABLES = load_tables()
EGG = "fndds:31103010"
FILES = ROOT / "tests" / "records"
ANSWERS = tomllib.loads((FILES / "answers.toml").read_text(encoding="utf-8"))
SHARED = ROOT.parent / "shared" / "records"


def read(text: str | bytes) -> FoodRecord:
    return read_record(text if isinstance(text, bytes) else text.encode(), TABLES)


def made(record: FoodRecord, answers: Answers | None = None, person: int = 0) -> MadePlan:
    return make_plan(Plan(Person()), record.people[person], answers or Answers(), TABLES.foods)


def intake_ug(record: FoodRecord, answers: Answers | None = None) -> float:
    return assess(made(record, answers).plan, TABLES).intake_ug


# The files of this folder -------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(p for p in FILES.iterdir() if p.suffix != ".toml"), ids=lambda p: p.name)
def test_each_record_gives_its_right_answer(path):
    right = ANSWERS[path.stem]
    record = read(path.read_bytes())
    assert all(words.fault(one) and "{" not in words.fault(one) for one in record.faults)
    codes = [one.code for one in record.faults]
    if "refused" in right:
        assert (codes, record.people) == ([right["refused"]], ())
        return
    assert codes == right.get("told", [])
    assert [person.code for person in record.people] == right.get("people", [""])
    person = record.people[0]
    still_open = open_lines(person, Answers())
    assert [line.number for line in still_open] == right.get("open", [])
    assert all(words.open_reason(line) for line in still_open)
    assert [line.number for line in differing(person, TABLES.foods)] == right.get("differing", [])
    plan = made(record)
    result = assess(plan.plan, TABLES)
    assert [day.name for day in plan.plan.days] == right["days"]
    assert result.intake_ug == pytest.approx(right["intake_ug"], abs=right.get("tolerance", 0.0005))
    assert plan.lines_left_out == len(still_open) + right.get("left_out", 0)
    if "added_ug" in right:
        assert result.added_ug == pytest.approx(right["added_ug"])
    if "believing_the_file_ug" in right:
        assert intake_ug(record, Answers(believe="file")) == pytest.approx(right["believing_the_file_ug"], abs=0.0005)


def test_every_file_has_an_answer_and_every_answer_a_file():
    assert {path.stem for path in FILES.iterdir()} - {"answers"} == set(ANSWERS)


# Records in real layouts ---------------------------------------------------------------------------

shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the example records lie beside the repository, not in it")


def shared_record(name: str) -> FoodRecord:
    return read((SHARED / name).read_bytes())


@shared
def test_days_that_excel_made_of_dates_stay_two():
    plan = made(shared_record("02b_excel_dates.csv"))
    assert [round(day.intake_ug, 2) for day in assess(plan.plan, TABLES).days] == [0.41, 0.41]


@shared
def test_data_missing_is_unknown_and_not_none():
    record = shared_record("05_asa24_data_missing.csv")
    result = assess(made(record).plan, TABLES)
    assert result.at_least
    assert result.intake_ug == pytest.approx(0.41)


@shared
def test_a_week_of_foods_outside_the_table_keeps_the_files_figures():
    plan = made(shared_record("06_asa24_week_42_foods.csv"))
    assert [round(day.intake_ug, 3) for day in assess(plan.plan, TABLES).days] == [0.6] * 7
    assert (plan.lines_left_out, len(plan.plan.own_foods)) == (0, 42)


@shared
def test_custom_meals_are_asked_once_and_change_what_gets_in():
    record = shared_record("09_custom_meals.csv")
    (person,) = record.people
    assert person.meal_names() == ("Meal 1", "Meal 2", "Meal 3")
    three = Answers(meals={"meal 1": "breakfast", "meal 2": "lunch", "meal 3": "dinner"})
    one = Answers(meals=dict.fromkeys(three.meals, "snack"))
    apart, together = (assess(made(record, answers).plan, TABLES) for answers in (three, one))
    assert apart.intake_ug == pytest.approx(17.4, abs=0.05)
    assert together.intake_ug == pytest.approx(17.4, abs=0.05)
    assert apart.usable.value == pytest.approx(5.7, abs=0.05)
    assert together.usable.value == pytest.approx(2.4, abs=0.05)


@shared
def test_semicolons_and_decimal_commas():
    record = shared_record("10_semicolon.csv")
    assert record.faults == ()
    assert [line.grams for line in record.people[0].lines] == [75, 250]


@shared
def test_a_line_left_out_is_counted():
    record = shared_record("11_line_left_out.csv")
    plan = made(record)
    assert (plan.lines_left_out, len(record.people[0].lines)) == (1, 2)
    assert assess(plan.plan, TABLES).intake_ug == pytest.approx(0.41)
    assert "at least" in words.left_out(plan.lines_left_out)


@shared
def test_cronometers_servings():
    (person,) = shared_record("14_cronometer_servings.csv").people
    egg, milk, peach = person.lines
    assert (milk.grams, milk.clear) == (250, True)
    assert egg.grams is None  # asked, since "large" is no measure that egg is listed in
    assert peach.figures.b12_ug is None
    assert person.meal_names() == ("Uncategorized",)


@shared
def test_a_summary_without_foods_is_refused_with_that_reason():
    record = shared_record("15_mfp_nutrition_summary.csv")
    assert record.people == ()
    assert "names no foods" in words.fault(record.faults[0])


# What is asked, and what the reader says ------------------------------------------------------------

HEAD = "day,meal,food,amount,unit\n"


def test_what_is_not_clear_is_asked_and_never_guessed():
    record = read(HEAD + f"1,lunch,boiled egg,2,eggs\n1,lunch,unicorn steak,1,slice\n1,elevenses,{EGG},50,g\n1,lunch,{EGG},some,\n")
    (person,) = record.people
    assert [line.number for line in open_lines(person, Answers())] == [2, 3, 4, 5]
    assert "none of the four meals" in words.open_reason(person.lines[2])
    with pytest.raises(RecordError):
        made(record)


def test_what_is_left_out_makes_the_plan_a_lower_bound():
    """One of two lines of Monday is missing: its day, the mean and the verdict say so, and the link and the file keep it."""
    text = HEAD + f"Monday,lunch,{EGG},50,g\nMonday,dinner,jackfruit special,300,g\nTuesday,lunch,{EGG},50,g\nWednesday,lunch,{EGG},50,g\n"
    plan = made(read(text)).plan
    assert [day.lines_left_out for day in plan.days] == [1, 0, 0]
    result = assess(plan, TABLES)
    assert (result.at_least, result.lines_left_out, result.verdict) == (True, 1, Verdict.NO_CONCLUSION)
    assert [day.at_least for day in result.days] == [True, False, False]
    assert "1 line of the food record is left out." in unknown(result)
    assert link.decode(link.encode(plan)).plan == plan
    assert plan_file.load(plan_file.dump(plan)).plan == plan
    added = assess(left_out_added(plan), TABLES)
    assert (added.at_least, added.verdict) == (False, Verdict.BELOW_EAR)


def test_an_answer_settles_a_line():
    record = read(HEAD + "1,lunch,boiled egg,2,eggs\n1,lunch,Paella of my aunt,300,g\n")
    answers = Answers(lines={("", 2): Choice(EGG, 100), ("", 3): Choice(left_out=True)})
    plan = made(record, answers)
    assert plan.plan.days[0].meal("lunch")[0].grams == 100
    assert plan.lines_left_out == 1


def test_a_clear_line_that_is_left_out_is_counted_too():
    record = read(HEAD + f"1,lunch,{EGG},50,g\n1,dinner,{EGG},50,g\n")
    plan = made(record, Answers(lines={("", 3): Choice(left_out=True)}))
    assert (plan.lines_left_out, [len(meal) for meal in plan.plan.days[0].meals]) == (1, [0, 1, 0, 0])


def test_a_line_can_be_moved_to_another_meal_and_day():
    record = read(HEAD + f"Monday,lunch,{EGG},50,g\nTuesday,lunch,{EGG},50,g\n")
    (person,) = record.people
    plan = made(record, Answers(lines={("", 2): Choice(meal="dinner", day=person.days[1])}))
    assert [[len(meal) for meal in day.meals] for day in plan.plan.days] == [[0, 0, 0, 0], [0, 1, 1, 0]]


def test_items_and_supplements_of_asa24_are_one_record():
    """25 µg on one of two days is 3.5 times a week, alone, so not with food."""
    record = read_records([(name, (FILES / name).read_bytes()) for name in ("06_asa24_two_people.csv", "08_asa24_ins.csv")], TABLES)
    plan = made(record).plan
    (supplement,) = plan.supplements
    assert (supplement.dose_ug, supplement.times_per_week, supplement.with_food) == (25, 3.5, False)
    assert [person.code for person in record.people] == ["P01", "P02"]
    assert assess(plan, TABLES).supplement_ug == pytest.approx(12.5)


def test_two_people_are_never_added_up():
    record = read((FILES / "06_asa24_two_people.csv").read_bytes())
    first, second = (assess(made(record, person=n).plan, TABLES).intake_ug for n in (0, 1))
    assert (round(first, 2), round(second, 2)) == (0.88, 1.08)


def test_added_b12_is_taken_up_without_stomach_acid():
    """2.4 µg of added B12, at 70 with atrophic gastritis, is taken up as in anybody; were the column not read, next to none would."""
    data = (FILES / "07_asa24_added_b12.csv").read_bytes()
    person = Person(age_years=70, conditions=("atrophic-gastritis",))

    def usable(record: FoodRecord, who: Person) -> float:
        return assess(make_plan(Plan(who), record.people[0], Answers(), TABLES.foods).plan, TABLES).usable.value

    assert usable(read(data), person) == pytest.approx(usable(read(data), Person()))
    assert usable(read(data), person) == pytest.approx(0.99, abs=0.005)
    assert usable(read(data.replace(b"B12_ADD", b"OTHER")), person) < 0.1


def test_nothing_of_the_last_plan_stays_in_a_record():
    record = read(HEAD + f"1,lunch,{EGG},50,g\n")
    plan = made(record).plan
    assert (plan.own_foods, plan.supplements, plan.baseline, plan.dislikes) == ((), (), None, ())


# Limits -------------------------------------------------------------------------------------------


def foreign_week(foods: int) -> str:
    """A week with many foods outside the table; every third has no B12, every seventh no value."""
    rows = []
    for n in range(foods):
        b12 = "" if n % 7 == 0 else 0 if n % 3 == 0 else f"{0.001 * (n + 1):.3f}"
        rows.append(f"x,{1 + n % 7},{1 + n % 6},{90000000 + n},100,{b12},0,1,Dish {n} with a name as long as those of USDA are")
    return "UserName,RecallNo,Occ_Name,FoodCode,FoodAmt,VB12,B12_ADD,FoodComp,Food_Description\n" + "\n".join(rows) + "\n"


@pytest.mark.parametrize(("foods", "left_out"), [(150, 0), (230, 0), (600, 195)])
def test_a_full_week_outside_the_table_keeps_its_figures(foods, left_out):
    """Beyond what a plan can name, foods without B12 go together and no figure is lost; beyond that, lines are left out and counted."""
    plan = made(read(foreign_week(foods)))
    assert plan.lines_left_out == left_out
    kept = [0.001 * (n + 1) for n in range(foods) if n % 7 and n % 3]
    kept = kept[: len(kept) - left_out]
    assert assess(plan.plan, TABLES).intake_ug == pytest.approx(sum(kept) / 7, abs=0.001)
    assert ("names-lost" in [one.code for one in plan.faults]) == (foods > 150)
    assert len(link.encode(plan.plan)) < link.LINK_MAX
    assert link.decode(link.encode(plan.plan)).plan == plan.plan
    assert plan_file.load(plan_file.dump(plan.plan)).plan == plan.plan


def test_more_days_than_a_plan_holds_are_told():
    rows = "".join(f"holiday {n},lunch,{EGG},50,g\n" for n in range(40))
    plan = made(read(HEAD + rows))
    assert len(plan.plan.days) == 31
    assert [one.code for one in plan.faults] == ["too-many-days"]
    assert plan.lines_left_out == 0  # the mean is over the days that were taken


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"x" * (SIZE_MAX + 1), "too-large"),
        (HEAD.encode() + b"1,lunch,egg,1,g\n" * 50_000, "too-many-lines"),
        (b"PK\x03\x04 no workbook", "workbook"),
        (b"\xd0\xcf\x11\xe0 old", "xls"),
        (b'{"version": 1}', "json"),
        (b"<html><table>", "web-page"),
        (b"a,b\n1,2\n", "no-headings"),
        (b"day,meal,amount\n1,lunch,2\n", "no-food-column"),
        (b"day,meal,food\n1,lunch,egg\n", "no-amount-column"),
        (HEAD.encode(), "no-lines"),
    ],
    ids=lambda value: value if isinstance(value, str) else "data",
)
def test_a_file_that_is_no_record_is_told_in_one_sentence(data, code):
    record = read(data)
    assert record.people == ()
    assert code in [one.code for one in record.faults]
    assert all(words.fault(one).endswith(".") for one in record.faults)
    assert LINES_MAX < 50_000


# Properties ---------------------------------------------------------------------------------------

PATTERNS = (
    "yyyy-MM-dd",
    "d.M.yyyy",
    "dd/MM/yyyy",
    "M/d/yyyy",
    "d MMM yyyy",
    "MMMM d, yyyy",
    "EEE d MMM",
    "d. MMMM yyyy",
    "dd-MM-yy",
    "yyyyMMdd",
    "M/d",
    "d.M.",
)


@given(
    pattern=st.sampled_from(PATTERNS),
    locale=st.sampled_from(("en", "de", "fr", "es", "it", "nl", "pt")),
    start=st.dates(date(2000, 1, 1), date(2050, 1, 1)),
    apart=st.lists(st.integers(1, 60), min_size=1, max_size=6),
)
def test_days_of_one_record_never_become_one(pattern, locale, start, apart):
    days = [start]
    for step in apart:
        days.append(days[-1] + timedelta(days=step))
    days = [day for day in days if day.year == start.year] if "y" not in pattern else days
    texts = [format_date(day, pattern, locale=locale) for day in days]
    keys = read_days(texts).keys
    assert len({keys[text] for text in texts}) == len(days)


@given(
    st.dates(date(2000, 1, 1), date(2050, 1, 1)),
    st.dates(date(2000, 1, 1), date(2050, 1, 1)),
    st.sampled_from(PATTERNS),
    st.sampled_from(PATTERNS),
)
def test_two_dates_in_two_ways_of_writing_never_become_one(first, second, one_way, other_way):
    texts = [format_date(first, one_way, locale="en"), format_date(second, other_way, locale="en")]
    keys = read_days(texts)
    same_day = (first.month, first.day) == (second.month, second.day)
    if first != second and not same_day and texts[0] != texts[1] and "y" in one_way and "y" in other_way:
        assert keys.keys[texts[0]] != keys.keys[texts[1]] or _could_be_one(first, second)


def _could_be_one(first: date, second: date) -> bool:
    """3/4 and 4 March: the same day where the first is American."""
    return (first.year, first.month, first.day) == (second.year, second.day, second.month)


def test_times_of_one_day_are_one_day():
    keys = read_days(["11/5/2021 7:00", "11/5/2021 19:30", "11/6/2021 7:00", "2021-11-07T07:00:00Z"]).keys
    assert len(set(keys.values())) == 3


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_file_makes_it_raise(data):
    for whole in (data, HEAD.encode() + data):
        record = read(whole)
        assert isinstance(record, FoodRecord)
        assert all(words.fault(one) for one in record.faults)
        for person in record.people:
            try:
                plan = make_plan(Plan(), person, Answers(), TABLES.foods)
            except RecordError as error:
                assert words.fault(error.fault)
            else:
                assert plan.lines_left_out == len(open_lines(person, Answers()))


CELLS = st.sampled_from(
    [
        "1",
        "1,5",
        "1,000",
        "½",
        "2 x 3",
        "-1",
        "<2",
        "=1+1",
        "",
        "Monday",
        "3/14",
        "lunch",
        "Meal 1",
        EGG,
        "Egg, boiled",
        "g",
        "ml",
        "0,4",
        "a|b",
        "4000 g",
    ]
)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=7), max_size=8), st.sampled_from([",", ";", "\t"]))
def test_no_table_makes_it_raise_and_every_line_is_taken_open_or_told(rows, delimiter):
    text = delimiter.join(("day", "meal", "food", "amount", "unit", "b12")) + "\n"
    text += "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    record = read(text)
    for person in record.people:
        for line in person.lines:
            assert line.clear or words.open_reason(line)
            assert line.food_id in ("", FROM_FILE) or line.food_id in TABLES.foods
        try:
            plan = make_plan(Plan(Person()), person, Answers(), TABLES.foods)
        except RecordError as error:
            assert words.fault(error.fault)
            continue
        assert all(words.fault(one) for one in plan.faults)
        missing = sum(not (line.clear and line.meal) for line in person.lines)
        assert plan.lines_left_out >= missing
        result = assess(plan.plan, TABLES)
        assert result.at_least or not plan.lines_left_out
