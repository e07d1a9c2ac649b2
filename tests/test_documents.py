"""The documents at the top agree with the code: version, rooms, commands and files they name."""

from __future__ import annotations

import re
from functools import cache

import pytest
from conftest import DATA, ROOT, csv_rows

from dashboard import VERSION

DOCUMENTS = [
    ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md")))
]


def test_the_version_stands_in_one_place_and_is_named_alike():
    assert f"version: {VERSION}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest is not None and newest[1] == VERSION


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_every_file_a_document_names_is_there(path):
    text = path.read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:dashboard|data|tests|docs|bench|deploy|pages)/[\w/.-]+)`", text))
    assert not {name for name in named if not (ROOT / name).exists()}


def test_every_room_stands_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rooms = {p.parent.name for p in (ROOT / "dashboard").glob("*/__init__.py")}
    assert not {room for room in rooms if f"{room}/`" not in readme}


# Where a row of data/ says that its choice is explained --------------------------------------------

#: A document, then the section, which ends where a bracket, a comma or the place in another source begins.
PLACE = re.compile(r"((?:data|docs)/\w+\.md), ([^,;(]+)")


@cache
def headings(document: str) -> set[str]:
    """The sections of a document as a locator names them: without number, and a table without its ending."""
    titles = re.findall(r"^#{2,3} (.+)$", (ROOT / document).read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"^\d+\. |\.csv", "", part).strip().lower() for title in titles for part in (title, *title.split(", "))}


@pytest.mark.parametrize("table", sorted(path.stem for path in DATA.glob("*.csv")))
def test_every_section_that_a_row_names_is_there(table):
    for row in csv_rows(table):
        places = PLACE.findall(row.get("locator", ""))
        assert len(places) == len(re.findall(r"\b(?:data|docs)/", row.get("locator", ""))), row
        for document, section in places:
            assert section.strip().lower() in headings(document), row


def test_no_equation_stands_among_the_columns_of_the_tables():
    """data/README.md says what a column means; how figures are worked out stands in docs/ once."""
    assert not re.findall(r"^ {4}.*=.*$", (DATA / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
