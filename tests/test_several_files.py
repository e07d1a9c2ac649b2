"""Several food records opened together: a line is its file and its number, and what is added up or mixed is told."""

from __future__ import annotations

import json

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.__main__ import main
from dashboard.plan import Plan
from dashboard.tables.read import load_tables
from dashboard.ui.settle_record import Held
from dashboard.weeks.food_record.reading import FoodRecord, read_records
from dashboard.weeks.food_record.settle import Answers, Choice, make_plan
from dashboard.words import food_record as said

TABLES = load_tables()
EGG, MILK = "fndds:31103010", next(food for food in TABLES.foods.values() if food.usda_description == "Milk, whole")
HEAD = "person,day,meal,food,amount,unit\n"


def opened(*texts: str, names: tuple[str, ...] = ("first.csv", "second.csv")) -> FoodRecord:
    return read_records([(name, text.encode()) for name, text in zip(names, texts, strict=True)], TABLES)


@given(st.sampled_from([("a.csv", "b.csv"), ("same.csv", "same.csv"), ("a.csv", "a.csv (2)")]), st.integers(0, 1), st.integers(0, 3))
def test_an_answer_changes_one_line_of_one_file_only(names, file, at):
    """Line 2 of Monday's file and line 2 of Tuesday's are two lines."""
    texts = [HEAD + "".join(f"1,{day},lunch,stew of {day} {n},{n + 1},g\n" for n in range(4)) for day in ("Monday", "Tuesday")]
    (person,) = opened(*texts, names=names).people
    assert len({line.place for line in person.lines}) == 8
    answered = person.lines[4 * file + at]
    plan = make_plan(Plan(), person, Answers(lines={answered.place: Choice(EGG)}), TABLES.foods).plan
    assert [(day.name, item.food, item.grams) for day in plan.days for meal in day.meals for item in meal] == [
        (("Monday", "Tuesday")[file], EGG, at + 1)
    ]
    assert [day.lines_left_out for day in plan.days] == [4 - (file == 0), 4 - (file == 1)]


def test_the_page_asks_each_line_by_its_file():
    record = opened(HEAD + "1,Monday,lunch,boiled egg,50,g\n", HEAD + "1,Tuesday,lunch,boiled egg,70,g\n")
    app = AppTest.from_file(ROOT / "streamlit_app.py", default_timeout=30).run()
    app.switch_page("pages/take_along.py").run()
    app.session_state["_record"] = Held(record, 1)
    app.run()
    first, second = (one for one in app.radio if one.label.startswith("Food for line 2 of"))
    assert ("“first.csv”" in first.label, "“second.csv”" in second.label) == (True, True)
    second.set_value(EGG).run()
    assert not app.exception
    assert "1 line clear, 1 line left out so far." in "\n".join(one.value for one in app.markdown)
    app.button(key="record-1-open").click().run()
    plan: Plan = app.session_state["_plan"]
    assert [(place.day, item.grams) for place, item in plan.items()] == [(1, 70)]


def test_the_command_line_names_the_file_of_each_line(capsys, tmp_path):
    paths = [tmp_path / name for name in ("mo.csv", "tu.csv")]
    for path, day in zip(paths, ("Monday", "Tuesday"), strict=True):
        path.write_text(HEAD + f"1,{day},lunch,{EGG},50,g\n1,{day},lunch,stew,50,buckets\n", encoding="utf-8")
    names = [str(path) for path in paths]
    assert main(["record", *names, "--json"]) == 0
    (person,) = json.loads(capsys.readouterr().out)["people"]
    assert [(one["file"], one["line"]) for one in person["open"]] == [(name, 3) for name in names]
    assert main(["record", names[0], "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["people"][0]["open"][0]["file"] == names[0]
    assert main(["record", *names]) == 0
    out = capsys.readouterr().out
    assert ("/mo.csv”: stew" in out, "/tu.csv”: stew" in out) == (True, True)


def test_what_is_told_of_one_of_several_files_names_it():
    extra = "person,day,meal,food,amount,unit,% eaten\n"
    told = said.faults(opened(HEAD + f"1,Monday,lunch,{EGG},50,g\n", extra + f"1,Tuesday,lunch,{EGG},50,g,20\n").faults)
    assert [one.startswith("second.csv: ") for one in told] == [True]


@pytest.mark.parametrize("days", [("Monday", "Monday"), ("Monday", "Tuesday")])
def test_files_that_name_nobody_are_told_to_be_read_as_one_persons(days):
    """Anna's Monday and Ben's Tuesday are not one week."""
    texts = [f'day,meal,food,grams\n{day},lunch,"{MILK.name}",100\n' for day in days]
    found = opened(*texts)
    assert len(found.people) == 1
    assert "nobody-named" in [one.code for one in found.faults]
    assert all(said.faults(found.faults))


def test_supplements_of_one_day_in_two_files_are_told():
    """The same file opened twice would double the dose."""
    data = (ROOT / "tests" / "records" / "08_asa24_ins.csv").read_bytes()
    found = read_records([("ins.csv", data), ("ins.csv", data)], TABLES)
    assert "day-in-two-files" in [one.code for one in found.faults]
