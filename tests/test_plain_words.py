"""Phrases that no tired reader takes in at first reading stand nowhere that a reader sees: not in words/, not in the texts of data/."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from conftest import ROOT, csv_rows

from dashboard.pictures.html import text as text_as_html
from dashboard.tables.read import DATA
from dashboard.ui.as_text import as_text

WORDS = sorted((ROOT / "dashboard" / "words").rglob("*.py"))
TABLES = sorted(path.stem for path in DATA.glob("*.csv"))
#: What is never said -> a sentence it has to catch. In place of them: "taken up", "usable", "likely enough", "you can choose it", "none".
NEVER = {
    r"\b(gets?|getting|got) in\b(?! touch)": "How much of it gets in is less sure.",
    r"\b(closes|would close) (it|the (gap|shortfall))\b": "One tablet closes it.",
    r"\b(nothing|left) to close\b|\bstays? open\b": "Nothing to close: the plan meets its target.",
    r"\ba person can choose\b": "A form that a person can choose.",
    r"\bnone a day\b": "Usable: none a day.",
    r"\bthe part that\b": "The part that gets in covers the need.",
}


def never_in(text: str) -> list[str]:
    return [f"{found.group(0)!r} in {text!r}" for pattern in NEVER for found in re.finditer(pattern, text, re.IGNORECASE)]


def said_in(path: Path) -> list[str]:
    """Every text of a module but the docstrings, the parts of an f-string one by one."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and isinstance(node.body[0], ast.Expr)
    }
    return [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in docs]


@pytest.mark.parametrize(("pattern", "sentence"), list(NEVER.items()), ids=list(NEVER.values()))
def test_each_pattern_catches_what_it_is_for(pattern, sentence):
    assert re.search(pattern, sentence, re.IGNORECASE)


@pytest.mark.parametrize("path", WORDS, ids=lambda path: path.stem)
def test_no_module_of_words_says_it(path):
    assert [bad for text in said_in(path) for bad in never_in(text)] == []


@pytest.mark.parametrize("path", WORDS, ids=lambda path: path.stem)
def test_no_line_ends_between_a_number_and_its_percent_sign(path):
    """In an f-string the sign begins the part after a number: `percent` says both."""
    assert [text for text in said_in(path) if re.match(r" %", text) or re.search(r"[\d}] %", text)] == []


def test_texts_of_the_tables_keep_a_percent_sign_with_its_number():
    assert as_text("about  20 % of\nit") == text_as_html("about 20 % of it") == "about 20\u00a0% of it"


@pytest.mark.parametrize("table", TABLES)
def test_no_table_says_it(table):
    """Foods are named by USDA, sources by their authors: every other cell is ours."""
    if table not in ("foods", "sources", "usda_texts"):
        assert [bad for row in csv_rows(table) for cell in row.values() for bad in never_in(cell or "")] == []
