"""``record`` on the command line: the same answers as the page, for scripts."""

from __future__ import annotations

import json

import pytest
from conftest import ROOT

from dashboard.__main__ import main
from dashboard.plan import plan_file

FILES = ROOT / "tests" / "records"


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    status = main(["record", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


def answer(capsys, *arguments: str) -> dict:
    status, out, _ = run(capsys, *arguments, "--json")
    assert status == 0
    return json.loads(out)


def test_each_person_has_a_plan_of_their_own(capsys):
    found = answer(capsys, str(FILES / "06_asa24_two_people.csv"))
    assert [(person["code"], person["days"], person["lines"]) for person in found["people"]] == [("P01", 2, 2), ("P02", 2, 2)]
    for person in found["people"]:
        opened = plan_file.load(json.dumps(person["plan"]))
        assert (opened.problems, len(opened.plan.days)) == ((), 2)
    assert "broken off" in " ".join(found["problems"])


def test_one_person_of_a_file(capsys):
    found = answer(capsys, str(FILES / "06_asa24_two_people.csv"), "--person", "P02")
    assert [person["code"] for person in found["people"]] == ["P02"]
    status, _, err = run(capsys, str(FILES / "06_asa24_two_people.csv"), "--person", "P09")
    assert (status, "P01, P02" in err) == (2, True)


def test_open_lines_are_listed_with_their_reason_and_are_not_in_the_plan(capsys):
    (person,) = answer(capsys, str(FILES / "04_thousand_or_one.csv"))["people"]
    assert [(line["line"], line["text"]) for line in person["open"]] == [(2, "Milk, whole 1,000 ml")]
    assert "two ways" in person["open"][0]["reason"]
    assert [len(meal) for meal in person["plan"]["days"][0]["meals"].values()] == [0, 1, 0, 0]


def test_meal_names_can_be_given(capsys, tmp_path):
    path = tmp_path / "record.csv"
    path.write_text("day,meal,food,amount,unit\nMonday,Meal 1,fndds:31103010,50,g\n", encoding="utf-8")
    assert answer(capsys, str(path))["people"][0]["plan"] is None
    (person,) = answer(capsys, str(path), "--meal", "Meal 1=breakfast")["people"]
    assert (person["open"], len(person["plan"]["days"][0]["meals"]["breakfast"])) == ([], 1)
    assert run(capsys, str(path), "--meal", "Meal 1=elevenses")[0] == 2


@pytest.mark.parametrize("believe", ["table", "file"])
def test_whose_figures_count(capsys, believe):
    (person,) = answer(capsys, str(FILES / "19_file_differs.csv"), "--believe", believe)["people"]
    assert len(person["differs"]) == 1
    assert bool(person["plan"]["own_foods"]) == (believe == "file")


def test_items_and_supplements_together(capsys):
    found = answer(capsys, *(str(FILES / name) for name in ("06_asa24_two_people.csv", "08_asa24_ins.csv")), "--person", "P01")
    assert found["people"][0]["plan"]["supplements"][0]["times_per_week"] == 3.5


@pytest.mark.parametrize("name", ["22_cronometer_daily.csv", "23_pdf.csv", "24_nul.csv", "25_empty.csv", "29_carets.csv", "no such file"])
def test_what_is_no_record_is_one_sentence_and_status_2(capsys, name):
    status, out, err = run(capsys, str(FILES / name), "--json")
    assert status == 2
    assert err.strip().endswith(".")
    assert "Traceback" not in err
    assert name == "no such file" or json.loads(out)["people"] == []


@pytest.mark.parametrize("path", sorted(p for p in FILES.iterdir() if p.suffix != ".toml"), ids=lambda p: p.name)
def test_text_says_how_much_is_missing(capsys, path):
    status, out, err = run(capsys, str(path))
    assert status in (0, 2)
    assert bool(out) == (status == 0)
    assert out.count("\n  Line ") == 0 or "at least" in out or "left out" in err or "in the table" in out or "No line" in err
