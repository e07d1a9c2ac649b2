"""Every sentence a reader sees stands in dashboard/words/ or in a text column of data/, never elsewhere in the code.

Walks every room but words itself.
"""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from pathlib import Path

import pytest
from conftest import ROOT

from dashboard.tables.read import DATA

DASHBOARD = ROOT / "dashboard"
#: The rooms that phrase nothing: what they tell a reader comes from words.
ROOMS = (
    "plan",
    "quantities",
    "tables",
    "estimate",
    "rules",
    "advice",
    "care",
    "weeks",
    "foods",
    "handout",
    "command_line",
    "ui",
    "pictures",
)
MODULES = sorted([*(path for room in ROOMS for path in (DASHBOARD / room).rglob("*.py")), DASHBOARD / "__main__.py"])
#: Two words with a space between: what a person reads. Single words may be keys. A value put into a text counts as a word.
PROSE = re.compile(r"[A-Za-z]{2,}[,;:.!?]? [A-Za-z]{2,}")
FILLED_IN = "value"
#: SQL writes its own words in capitals; the columns of a table are names with underscores, one after another.
SQL = re.compile(
    r"\b(SELECT|INSERT|CREATE|DELETE|UPDATE|PRAGMA|FROM|JOIN|WHERE|BETWEEN|FILTER)\b"
    r"|\b(PRIMARY KEY|INTEGER|REAL|TEXT|GROUP BY|ORDER BY|IN \(|AND|AS)\b"
)
COLUMNS = re.compile(r"(?=.*_)[a-z0-9_]+(, [a-z0-9_]+)+")
#: HTML, CSS, the paths of SVG and the JavaScript of our own elements.
MARKUP = re.compile(
    r"^\s*(<|\.|\{|@|--|[a-z-]+:[^ ]|:host|export default function|viewBox=|font-family=|(value)+(<| aria-label=)"
    r"|[ML](value|[ CHL0-9.,-])+$)"
)
#: Calls whose text no reader sees: patterns, and words that argparse writes about itself.
FOR_MACHINES = {"compile", "execute", "executescript", "fullmatch"}
#: Arguments that hold names of the stylesheet and of Plotly.
FOR_LAYOUT = {"kind", "style", "textposition"}
#: Whole texts that are matched or stored as they stand, each with the reason.
VOCABULARY = {
    "Typical day": "the name of a day in links and files; the closed list of plan.DAY_NAMES",
    "crustaceans molluscs": "keys of the facts that foods carry",
    "usual serving": "a household measure, as a food's portion names it",
    "quantity not specified": "USDA's own words, matched",
    "guideline amount": "USDA's own words, matched",
    "SR Legacy": "the name of a data set of USDA's",
    "Foundation Foods": "the name of a data set of USDA's",
    "Branded Foods": "the name of a data set of USDA's",
    "conversion error": "words of the CSV reader, matched",
    "invalid value ": "words of the CSV reader, matched",
    "Empty CSV": "words of the CSV reader, matched",
    "Read timed out": "words of the HTTP client, matched",
    "fewer bytes than announced": "raised and caught in the same module, never shown",
    "the seal is broken": "raised and caught in the same class, never shown",
    "keys that are gone on purpose": "help for whoever changes the tables; tables cannot import words",
    "python -m dashboard": "what is typed to run the command line",
    "Day value": "the name of a day in links and files; the closed list of plan.DAY_NAMES",
    "value: nutrient.csv": "a file in a zip, named in a sentence of words",
    "fdc_id value, nutrients 1178 and 1246": "the place in a source, as the locators of data/ are",
    "class set by hand: value": "the key of a row of diet_groups.csv",
    '"Source Sans", sans-serif': "the name of a font, as a style sheet has it",
    "typed from the label": "the place in a source, as the locators of data/ are",
}


@lru_cache(maxsize=1)
def cells() -> set[str]:
    """The words of data/: a text of the code that stands in a cell as a whole is a key that is matched."""
    return {
        cell.strip() for path in DATA.glob("*.csv") for line in path.read_text(encoding="utf-8").splitlines() for cell in line.split(",")
    }


def texts(path: Path) -> list[tuple[int, str]]:
    """Line and text of every string of a module: an f-string as one, docstrings and text for machines left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed: set[int] = set()
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            passed.add(id(getattr(node.body[0], "value", None)))
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in FOR_MACHINES:
                passed |= {id(part) for part in ast.walk(node)}
            passed |= {id(part) for more in node.keywords if more.arg in FOR_LAYOUT for part in ast.walk(more)}
        if id(node) in passed:
            continue
        if isinstance(node, ast.JoinedStr):
            # ast.walk meets an f-string before its parts.
            passed |= {id(part) for part in node.values}
            found.append((node.lineno, "".join(p.value if isinstance(p, ast.Constant) else FILLED_IN for p in node.values)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append((node.lineno, node.value))
    return found


def prose(path: Path) -> list[tuple[int, str]]:
    """Line and text of what reads like a sentence, or a part of one."""
    known = cells()
    return [
        (line, text)
        for line, text in texts(path)
        if PROSE.search(text)
        and not SQL.search(text)
        and not COLUMNS.fullmatch(text)
        and not MARKUP.match(text)
        and text not in VOCABULARY
        and text.removesuffix(FILLED_IN).rstrip(": ") not in known
        and re.sub(rf"{FILLED_IN}|[^A-Za-z]", "", text)
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_sentence_stands_outside_words(path):
    assert not prose(path)


def test_nothing_is_exempt_that_is_gone():
    """An exemption whose text no module has any more is taken out."""
    assert not set(VOCABULARY) - {text for path in MODULES for _, text in texts(path)}


def test_the_search_for_sentences_finds_them(tmp_path):
    sample = tmp_path / "sample.py"
    sample.write_text(
        '"""A docstring of words."""\nX = "key"\nst.write("Two words")\ndb.execute("SELECT a FROM b")\nst.write(f"{x} was added")\n',
        encoding="utf-8",
    )
    assert [text for _, text in prose(sample)] == ["Two words", "value was added"]
