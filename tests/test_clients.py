"""Whose plan it is: one person at a time, and nothing of one survives in the next."""

from __future__ import annotations

import dataclasses
import json

from conftest import ROOT, address_of, opened
from streamlit.testing.v1 import AppTest

from dashboard.plan import Day, Item, LifeStage, OwnFood, Person, Plan, Supplement, link, plan_file
from dashboard.tables.read import load_tables
from dashboard.ui import clients, settle_record
from dashboard.weeks.food_record.reading import read_record

EGG = "fndds:31103010"
#: A person in whom every field differs from a new one's.
A = Plan(
    Person(70, LifeStage.NONE, "vegan", ("soy",), ("ppi",), "efsa-2015", "europe"),
    (Day("Monday", ((Item("own:mine", 30),), (), (), ())),),
    (Supplement("spray", 500, 3.5, False),),
    (OwnFood("mine", "Secret stew of A", 1.5, 0.5, 60, "vegan"),),
    ("sr:1108",),
    baseline=Plan(Person(70, diet="vegan", conditions=("ppi",))),
)
B = Plan(Person(20), (Day("Tuesday", ((Item(EGG, 50),), (), (), ())),))


def share_page(plan: Plan = A) -> AppTest:
    return opened(plan, "take_along.py")


def plan_of(app: AppTest) -> Plan:
    plan: Plan = app.session_state["_plan"]
    return plan


def test_a_new_person_has_nothing_of_the_one_before():
    app = share_page()
    app.text_input(key="client_code-0").set_value("AB 12/x").run()
    assert clients.tidy_code("AB 12/x") == app.session_state["_clients"].people[0].code == "AB12x"
    app.button(key="new_person").click().run()
    assert not app.exception, app.exception
    new = plan_of(app)
    for field in dataclasses.fields(Plan):
        assert getattr(new, field.name) != getattr(A, field.name), field.name
    for field in dataclasses.fields(Person):
        if field.name not in ("life_stage", "shops_in"):
            assert getattr(new.person, field.name) != getattr(A.person, field.name), field.name
    assert new == Plan(Person(), new.days)
    held = {key: value for key, value in app.session_state._state._state.filtered_state.items() if key not in ("_clients", "_exchange")}
    for trace in ("Secret stew", "AB12x", "own:mine", "ppi", "spray"):
        assert trace not in repr(held), trace
    assert not app.session_state["_timeline"].can_undo


def test_two_people_are_switched_between_and_each_is_as_they_were_left():
    app = share_page()
    app.button(key="new_person").click().run()
    app.session_state["about_me"] = True
    app.run()
    next(field for field in app.radio if field.label == "I eat").set_value("vegan").run()
    second = plan_of(app)
    app.selectbox(key="client_here").set_value(0).run()
    assert plan_of(app) == A
    assert app.session_state["_timeline"].now.plan == A
    app.selectbox(key="client_here").set_value(1).run()
    assert plan_of(app) == second
    assert app.session_state["_timeline"].can_undo


def test_the_code_is_in_no_link_and_in_no_plan():
    app = share_page()
    before = address_of(app)
    app.text_input(key="client_code-0").set_value("Smith").run()
    assert address_of(app) == before
    assert "Smith" not in link.encode(plan_of(app), share_conditions=True)
    assert "Smith" not in plan_file.dump(plan_of(app))
    assert "Save as a file" in {button.proto.label for button in app.get("download_button")}


def test_a_closed_person_is_gone():
    app = share_page()
    app.button(key="new_person").click().run()
    app.button(key="close_person_go").click().run()
    assert plan_of(app) == A
    assert len(app.session_state["_clients"].people) == 1


def test_files_name_their_person():
    assert clients.code_of_file("b12-plan-AB12.json") == "AB12"
    assert clients.code_of_file("b12-plan.json") == ""
    assert clients.code_of_file("Mrs Jones, Tuesday.json") == "MrsJonesTues"


def page(files: list[tuple[str, str]]) -> AppTest:
    """The section that opens saved plans, with files in its upload field."""

    def script() -> None:
        import streamlit as st

        from dashboard.ui import opening, shell, state, whose

        class File:
            def __init__(self, name: str, text: str) -> None:
                self.name, self._text = name, text

            def getvalue(self) -> bytes:
                return self._text.encode()

        with shell.entered():
            opening.begin()
            if files := st.session_state.pop("_test_files", None):
                st.session_state["uploaded"] = [File(*one) for one in files]
                whose._opened("uploaded")
            for notice in (*st.session_state.get(state.NOTICES, ()), *st.session_state.get(state.DONE, ())):
                st.text(notice)

    app = AppTest.from_function(script, default_timeout=30)
    app.query_params[link.PARAMETER] = link.encode(A, share_conditions=True)
    app.session_state["_test_files"] = files
    app.run()
    assert not app.exception, app.exception
    return app


def test_several_files_at_once_are_several_people():
    app = page([("b12-plan-B1.json", plan_file.dump(B)), ("b12-plan-B2.json", plan_file.dump(A)), ("notes.json", "{}")])
    held = app.session_state["_clients"]
    assert [client.code for client in held.people] == ["", "B1", "B2"]
    assert plan_of(app) == B
    assert held.people[2].plan == A
    said = " ".join(text.value for text in app.text)
    assert "B1, B2" in said
    assert "notes.json" in said


def test_a_file_replaces_every_field_of_the_last_person():
    app = page([("b12-plan-B1.json", plan_file.dump(B))])
    assert plan_of(app) == B
    assert json.loads(plan_file.dump(plan_of(app))) == json.loads(plan_file.dump(B))


def test_a_broken_file_leaves_the_plan_on_screen():
    app = page([("x.json", '{"days": [')])
    assert plan_of(app) == A
    assert len(app.session_state["_clients"].people) == 1


def with_record(name: str) -> AppTest:
    app = share_page()
    record = read_record((ROOT / "tests" / "records" / name).read_bytes(), load_tables())
    app.session_state["_record"] = settle_record.Held(record, 7)
    app.run()
    assert not app.exception, app.exception
    return app


def test_a_record_of_somebody_else_replaces_everything():
    app = with_record("01_german_excel.csv")
    app.button(key="record-7-open").click().run()
    assert not app.exception, app.exception
    new = plan_of(app)
    assert new.person == Person()
    assert (new.own_foods, new.supplements, new.dislikes, new.baseline) == ((), (), (), None)
    assert "About me" in " ".join(w.value for w in app.warning)


def test_a_record_goes_into_the_plan_on_screen_only_when_asked_again():
    app = with_record("01_german_excel.csv")
    app.button(key="record-7-use").click().run()
    new = plan_of(app)
    assert (new.person, new.supplements) == (A.person, A.supplements)
    assert [day.name for day in new.days] == ["Monday", "Tuesday"]


def test_all_people_of_a_file_become_clients():
    app = with_record("06_asa24_two_people.csv")
    app.button(key="record-7-all").click().run()
    assert [client.code for client in app.session_state["_clients"].people] == ["", "P01", "P02"]
    assert [len(client.plan.days) for client in app.session_state["_clients"].people[1:]] == [2, 2]
    assert plan_of(app) == app.session_state["_clients"].people[1].plan


def test_somebody_untouched_makes_room():
    app = AppTest.from_file(ROOT / "streamlit_app.py", default_timeout=30).run()
    app.switch_page("pages/take_along.py").run()
    app.button(key="new_person").click().run()
    assert len(app.session_state["_clients"].people) == 1
