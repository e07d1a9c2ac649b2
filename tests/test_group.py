"""A group on the page: files in, one row a person out, and nothing said that the EAR cut-point cannot say."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from dashboard.group.people import read_people
from dashboard.pictures import group_chart
from dashboard.plan import Person, plan_file
from dashboard.tables.read import load_tables
from dashboard.ui import group_view
from dashboard.weeks.starter import starter_plan
from dashboard.words import group as said

TABLES = load_tables()
PEOPLE = (Person(34, diet="vegan"), Person(45), Person(0), Person(30, diet="vegetarian", reference_set="efsa-2015"))


def files() -> list[tuple[str, bytes]]:
    return [(f"P{n}.json", plan_file.dump(starter_plan(TABLES, person)).encode()) for n, person in enumerate(PEOPLE)]


def test_plan_files_and_what_is_no_plan():
    people, problems = read_people([*files(), ("broken.json", b"{"), ("empty.csv", b"")], TABLES)
    assert [person.code for person in people] == ["P0", "P1", "P2", "P3"]
    assert any(problem.startswith("broken.json: ") for problem in problems)
    assert any(problem.startswith("empty.csv: ") for problem in problems)


def test_bands_count_everybody_once():
    found = group_chart.bands([0.0, 0.24, 0.25, 0.99, 1.0, 2.0, 50.0])
    assert sum(count for _, count in found) == 7
    assert dict(found)["0 to 25"] == 2 and dict(found)["100 to 125"] == 1 and dict(found)["200 and more"] == 2


def test_the_page_shows_the_group_and_how_far_it_holds():
    def script(given: list[tuple[str, bytes]]) -> None:
        from dashboard.ui import group_view, opening, shell

        with shell.entered():
            opening.begin()
            group_view.answer(*group_view.work_out(given))

    app = AppTest.from_function(script, default_timeout=60, args=(files(),)).run()
    assert not app.exception
    shown = "\n".join(str(element.value) for element in app.markdown)
    assert "1 of 2 people (50\u00a0%)" in shown
    assert said.LEFT_OUT.format(count=2) in shown
    assert said.VALIDITY in shown
    assert {button.label for button in app.get("download_button")} >= set(said.GET.values())


def test_a_group_that_is_too_large_is_sent_to_the_command_line(monkeypatch):
    monkeypatch.setattr(group_view, "PEOPLE_MAX", 2)
    monkeypatch.setattr(group_view, "tables", lambda: TABLES)
    assert group_view.work_out(files()) == ([], [said.TOO_MANY.format(people=4, most=2)])
