"""The documents at the top agree with the code: version, rooms, commands and files they name."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT

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
