"""A comma typed in any field of numbers is a decimal mark, what cannot be known is asked, and nothing becomes another number."""

from __future__ import annotations

import ast

import pytest
from conftest import ROOT, opened
from streamlit.testing.v1 import AppTest

from dashboard.plan import Day, Item, Plan
from dashboard.words import care as words


def text(app: AppTest) -> str:
    kinds = (app.markdown, app.caption, app.info, app.warning, app.error)
    return "\n".join(value for kind in kinds for element in kind if not (value := str(element.value)).startswith("<style>"))


def blood(value: str, unit: str | None = "pmol/L") -> AppTest:
    app = opened(Plan(), "causes.py")
    app.button_group(key="blood").set_value(["total-b12"]).run()
    app.selectbox(key="blood-total-b12-unit").set_value(unit).run()
    app.text_input(key="blood-total-b12").set_value(value).run()
    assert not app.exception, app.exception
    return app


def test_a_comma_in_a_blood_result_is_a_decimal_mark():
    """125,4 pmol/L is low; as 1,254 it would have been "lack of B12 unlikely"."""
    said = text(blood("125,4"))
    assert "125.4 pmol/L" in said
    assert "is in its low band" in said


def test_a_result_in_another_unit_is_not_taken_for_this_one():
    said = text(blood("125 ng/L"))
    assert "is not an amount in pmol/L" in said
    assert "**NICE**" not in said


def test_a_result_without_its_unit_is_asked_and_placed_nowhere():
    """280 in pg/mL is 207 pmol/L, not clear; taken for pmol/L it would have been "lack of B12 unlikely"."""
    app = blood("280", unit=None)
    assert words.UNIT_FIRST in text(app)
    assert "**NICE**" not in text(app)
    app.selectbox(key="blood-total-b12-unit").set_value("pg/mL").run()
    assert "**NICE**: 280 pg/mL is in its middle band" in text(app)
    assert words.UNIT_FIRST not in text(app)


def test_a_unit_typed_behind_the_result_is_taken():
    said = text(blood("280 pg/mL", unit=None))
    assert "**NICE**: 280 pg/mL is in its middle band" in said
    assert "**NICE**" not in text(blood("280 µg/L", unit=None))


def test_a_result_that_can_be_read_in_two_ways_is_asked():
    app = blood("1,000")
    assert "**NICE**" not in text(app)
    app.button_group(key="blood-total-b12-which-1,000").set_value("1000 pmol/L").run()
    assert "**NICE**: 1,000 pmol/L" in text(app)


@pytest.mark.parametrize(
    ("typed", "placed"), [("<133", False), ("<126", True), ("<100", True), ("<200", False), (">300", True), (">150", False)]
)
def test_a_limit_is_placed_only_where_all_it_can_mean_lies_in_one_band(typed, placed):
    said = text(blood(typed))
    assert ("**NICE**" in said) == placed
    assert ("more than one band" in said) != placed


def test_a_comma_in_the_age_is_told_and_the_plan_keeps_its_age():
    app = opened(Plan(), "plan.py")

    def typed(age: str) -> None:
        for _ in range(2):  # opened first, then typed into
            app.session_state["about_me"] = True
            app.run()
        app.session_state["about_me"] = True
        app.text_input(key="me_age_years").set_value(age).run()

    typed("34,5")
    assert "no whole number" in text(app)
    assert app.session_state["_plan"].person.age_years == 34
    typed("70")
    assert app.session_state["_plan"].person.age_years == 70
    assert "no whole number" not in text(app)
    typed("340")
    assert "at most 120" in text(app)
    assert app.session_state["_plan"].person.age_years == 70


def test_a_comma_in_the_years_of_an_outlook():
    app = opened(Plan(days=(Day("Monday", ((Item("fndds:31103010", 50),), (), (), ())),)), "outlook.py")
    app.text_input(key="outlook_since").set_value("1,5").run()
    assert not app.exception
    assert "1.5" in text(app)


def test_no_page_uses_a_field_that_drops_a_comma():
    """The Plan page's own rows apart, which are drawn elsewhere: st.number_input drops a decimal comma while it is typed."""
    found = []
    for path in (ROOT / "dashboard" / "ui").rglob("*.py"):
        calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Attribute))
        found += [path.name for node in calls if node.attr == "number_input"]
    assert set(found) <= {"editor.py"}
