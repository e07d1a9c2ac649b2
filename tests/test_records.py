"""Food records from elsewhere: what is beyond doubt is taken over, everything else is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.estimate.assess import assess
from dashboard.foods.search import search
from dashboard.plan import Person, Plan, PlanError
from dashboard.tables.read import load_tables
from dashboard.weeks import food_record as records

TABLES = load_tables()
EGG = "fndds:31103010"


def read(text: str | bytes) -> records.Record:
    data = text if isinstance(text, bytes) else text.encode()
    return records.read(data, TABLES.foods, lambda words: search(TABLES.foods, words))


def test_a_plain_record_becomes_days():
    """Two eggs of 50 g and 100 g more, by id and by exact name: 200 g with 0.82 ug per 100 g over 2 days is 0.82 a day."""
    record = read(
        f"day,meal,food,amount,unit\nMonday,Breakfast,{EGG},2,eggs\nTue,supper,{TABLES.foods[EGG].name!r},100,g\n".replace("'", '"')
    )
    assert [line.item.grams for line in record.taken] == [100, 100]
    plan = records.to_plan(Plan(Person()), record.lines)
    assert [day.name for day in plan.days] == ["Monday", "Tuesday"]
    assert [len(meal) for meal in plan.days[1].meals] == [0, 0, 1, 0]
    assert assess(plan, TABLES).intake_ug == pytest.approx(0.82, abs=0.005)


def test_what_is_not_clear_is_asked_and_never_guessed():
    record = read(
        "day,meal,food,amount,unit\n1,lunch,boiled egg,2,eggs\n1,lunch,unicorn steak,1,slice\n1,brunch,"
        + EGG
        + ",50,g\n1,lunch,"
        + EGG
        + ",some,\n"
    )
    assert record.taken == ()
    assert [line.number for line in record.open] == [2, 3, 4, 5]
    assert EGG in record.open[0].candidates
    assert record.open[1].candidates == ()
    assert "four meals" in record.open[2].reason
    assert "not a weight" in record.open[3].reason
    chosen = records.choose(record.open[0], TABLES.foods[EGG], 100)
    assert chosen.item.food == EGG
    with pytest.raises(PlanError, match="No line"):
        records.to_plan(Plan(), record.open)


def test_an_asa24_items_file_becomes_days():
    """A food of the table by its code; one that the table lacks keeps the file's figure: 1.2 ug in 60 g is 2 ug per 100 g."""
    text = (
        "UserName,RecordDayNo,Occ_Name,FoodCode,FoodAmt,Food_Description,VB12,ADD_VB12\n"
        "x,1,1,31103010,50,Egg boiled,0.41,0\n"
        "x,2,4,99999999,60,Strange stew,1.2,0.6\n"
        "x,2,4,abc,60,Broken,1.2,0\n"
    )
    record = read(text)
    assert [line.item.food for line in record.taken] == [EGG, "own:fndds-99999999"]
    assert len(record.open) == 1
    plan = records.to_plan(Plan(), record.lines)
    (own,) = plan.own_foods
    assert (own.b12_ug_per_100g, own.added_ug_per_100g) == (2.0, 1.0)
    result = assess(plan, TABLES)
    assert [round(day.intake_ug, 2) for day in result.days] == [0.41, 1.2]


def test_a_missing_figure_stays_unknown():
    record = read("RecallNo,Occ_Name,FoodCode,FoodAmt,Food_Description,VB12\n1,3,99999999,60,Stew,\n")
    plan = records.to_plan(Plan(), record.lines)
    assert assess(plan, TABLES).at_least


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfe\x00", "UTF-8"),
        (b"", "needs the columns"),
        (b"a,b\n1,2\n", "needs the columns"),
        (b"x" * 2_000_001, "larger than"),
        (b"day,meal,food,amount,unit\n" + b"1,lunch,egg,1,g\n" * 3_001, "Only the first 3000"),
    ],
    ids=["not text", "empty", "other columns", "too large", "too long"],
)
def test_a_file_that_is_no_record_is_told(data, said):
    assert said in " ".join(read(data).problems)


def test_more_days_than_a_plan_holds_are_refused():
    rows = "".join(f"holiday {n},lunch,{EGG},50,g\n" for n in range(40))
    with pytest.raises(PlanError, match="40 days"):
        records.to_plan(Plan(), read("day,meal,food,amount,unit\n" + rows).lines)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_file_makes_it_raise(data):
    record = read(b"day,meal,food,amount,unit\n" + data)
    assert isinstance(record, records.Record)


@pytest.mark.parametrize(
    ("text", "number"), [("1/2", 0.5), ("½", 0.5), ("1,5", 1.5), ("2", 2.0), ("1½", 1.5), ("a lot", None), ("1/0", None)]
)
def test_amounts_as_people_write_them(text, number):
    line = read(f'day,meal,food,amount,unit\n1,lunch,{EGG},"{text}",g\n').lines[0]
    assert (line.item.grams if line.item else None) == (round(number, 1) if number else None)
