"""Tables on paper: every column, as many rows as fit, where the others are, and no text of a file taken for HTML."""

from __future__ import annotations

import ast
from dataclasses import replace
from html import escape

import pandas as pd
import pytest
from conftest import ROOT
from streamlit.testing.v1 import AppTest

from dashboard import words
from dashboard.pictures import rows
from dashboard.pictures.palette import LIGHT
from dashboard.plan import Day, Item, OwnFood, Person, Plan, link
from dashboard.ui import frame, paper
from dashboard.weeks.starter import starter_plan
from dashboard.words import headings
from dashboard.words import paper as said
from dashboard.words import suggestions as suggestions_words

MODULES = sorted([*(ROOT / "dashboard" / "ui").rglob("*.py"), *(ROOT / "pages").glob("*.py")])


def on_paper(plan: Plan, page: str, **kept: object) -> str:
    """All that a page shows only on paper."""
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.query_params[link.PARAMETER] = link.encode(plan, share_conditions=True)
    app.run()
    for name, value in kept.items():
        app.session_state[name] = value
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    bodies = [str(element.proto.body) for element in app.get("html")]
    return "\n".join(body for body in bodies if "b12-paper" in body and "<style>" not in body)


def calls(tree: ast.AST) -> set[str]:
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_canvas_without_its_table_on_paper(path):
    """The printer cuts a canvas at the edge of the sheet, so show.table alone draws one."""
    drawn = {name for name in calls(ast.parse(path.read_text(encoding="utf-8"))) if name.endswith((".dataframe", ".data_editor"))}
    assert not drawn or path.stem == "show"


@pytest.mark.parametrize("missing", ["no value", ""])
def test_a_table_on_paper_has_every_column_and_row_and_says_of_no_value_what_the_screen_says(missing):
    html = paper.html(pd.DataFrame({"food": ["Milk", "Tea"], "b12_ug": [1.25, None], "portions": [3, 4]}), missing=missing)
    assert [f"<th>{name}</th>" in html for name in ("food", "b12_<wbr>ug", "portions")] == [True] * 3
    assert f"<tr><td>Milk</td><td>1.25</td><td>3</td></tr><tr><td>Tea</td><td>{missing}</td><td>4</td></tr>" in html
    assert "printed here" not in html


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;b&gt;", "=cmd|' /C calc'!A0"])
def test_text_of_a_file_is_text_on_paper(hostile):
    html = paper.html(pd.DataFrame({hostile: [hostile]}))
    assert f"<td>{escape(hostile)}</td>" in html
    assert hostile not in html or hostile == escape(hostile)


def test_a_table_of_words_names_each_cell_and_takes_no_text_for_html():
    hostile = "<img src=x onerror=alert(1)>"
    table = rows.table(
        pd.DataFrame({"food": ["Milk", hostile], "b12_ug": [1.25, None], "doi": ["https://doi.org/1", hostile]}), hostile, "no value"
    )
    assert hostile not in table
    assert table.count(escape(hostile)) == 3
    assert '<td role="cell" data-label="b12_ug"><span>1.25</span></td>' in table
    assert '<td role="cell" data-label="b12_ug"><span>no value</span></td>' in table
    assert '<a href="https://doi.org/1">https://doi.org/1</a>' in table
    assert table.count("<a ") == 1


def test_what_finds_no_room_is_counted_and_told():
    letters = "x" * paper.LETTERS_A_LINE
    html = paper.html(pd.DataFrame({"a": [letters] * 9}), lines=5)
    assert html.count("<tr>") == 1 + 5
    assert said.ROWS_LEFT_OUT.format(printed=5, rows=9) in html
    assert paper.html(pd.DataFrame({"a": [letters] * 9}), lines=9).count("<tr>") == 1 + 9


def test_the_foods_are_printed_with_what_a_phone_or_a_sheet_would_cut(tables):
    html = on_paper(starter_plan(tables, Person(34, diet="vegan")), "foods")
    for column in (headings.FOOD, headings.PER_PORTION, headings.DIET, headings.GROUP):
        assert f"<th>{column}</th>" in html
    assert "rows are printed here" in html
    assert f"<td>{words.NO_VALUE}</td>" in html, "of the yeast per 100 kcal"


def test_every_source_is_printed(tables):
    html = on_paper(starter_plan(tables, Person(34)), "sources")
    assert [key for key in tables.sources if f"<li>{key}: " not in html] == []


def test_every_form_is_printed_with_its_cautions_though_it_is_folded(tables):
    html = on_paper(starter_plan(tables, Person(34, diet="vegan")), "suggestions")
    assert "Hydroxocobalamin injection" in html and "Leber" in html
    assert html.count("<td>Tablet, ") >= 5
    assert said.folded([getattr(suggestions_words, f"{fold}_TITLE") for fold in ("CHANGES", "DOSE", "EQUIVALENTS")]) in html.replace(
        "&#x27;", "'"
    )


def test_what_was_opened_is_not_called_folded(tables):
    html = on_paper(starter_plan(tables, Person(34, diet="vegan")), "suggestions", ways=True, one_dose=True)
    assert suggestions_words.CHANGES_TITLE not in html and suggestions_words.DOSE_TITLE not in html


def test_a_label_is_text_on_paper_too(tables):
    food = OwnFood("x", "<b>Yeast</b> & co", 40.0, 40.0, diet="vegan")
    plan = replace(
        starter_plan(tables, Person(34, diet="vegan")), days=(Day("Monday", ((Item(food.id, 5),), (), (), ())),), own_foods=(food,)
    )
    html = on_paper(plan, "shortfall")
    assert "<td>bYeast/b &amp; co</td>" in html


def test_the_styles_are_one_element_of_which_nothing_shows_as_text():
    """They go as Markdown, which takes what follows an empty line after a closed element for text."""
    lines = frame._styles(LIGHT).splitlines()
    assert (lines[0], lines[-1]) == ("<style>", "</style>")
    assert all(line.strip() and "<" not in line.replace("<wbr>", "") for line in lines[1:-1])
    assert any(".st-key-bottom_bar" in line for line in lines) and any("@page" in line for line in lines)
