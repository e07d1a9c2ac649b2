"""Results do not move unseen: what sixty people come to is stored, and another figure needs another RESULT_VERSION."""

from __future__ import annotations

import re

import fingerprint
import pytest
from conftest import ROOT
from test_data import REFERENCE_SETS

from dashboard.estimate import RESULT_VERSION


@pytest.fixture(scope="module")
def now(tables):
    return fingerprint.found(tables)


def test_results_are_those_that_were_stored(now):
    written, before = fingerprint.stored()
    changes = fingerprint.moved(before, now)
    assert not changes, "Raise RESULT_VERSION, say why in README's Changes, run: python tests/fingerprint.py --write\n" + "\n".join(changes)
    assert written == RESULT_VERSION


def test_the_readme_says_which_results_these_are():
    changes = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Changes")[2]
    versions = [int(n) for n in re.findall(r"^\*\*Results (\d+)\b", changes, re.MULTILINE)]
    assert versions == list(range(RESULT_VERSION, 0, -1))


def test_the_people_are_of_every_kind(tables):
    plans = fingerprint.people().values()
    assert len(plans) >= 60
    assert {p.person.diet for p in plans} == {"vegan", "vegetarian", "omnivore"}
    assert {p.person.life_stage for p in plans} == {"none", "pregnant", "breastfeeding"}
    assert REFERENCE_SETS <= {p.person.reference_set for p in plans} <= set(tables.reference_sets)
    ages = {p.person.age_years for p in plans}
    assert min(ages) == 0 and max(ages) == 80
    assert {s.form for p in plans for s in p.supplements} == {"tablet", "chewable", "sublingual", "spray", "nasal", "injection"}
    assert len({c for p in plans for c in p.person.conditions}) >= 7
    assert all(item.food in tables.foods or item.food.startswith("own:") for p in plans for _, item in p.items())


def test_the_figures_are_of_every_kind(now):
    people = list(now.values())
    assert {p["verdict"] for p in people} == {"below-ear", "between-ear-and-rda", "meets", "no-conclusion"}
    assert {p["usable_verdict"] for p in people} == {"short", "may-be-short", "meets", "no-conclusion"}
    assert {p["looks_incomplete"] for p in people} == {True, False}
    assert any(p["scenarios"] for p in people) and any(p["given"] for p in people) and any(p["unknown"] for p in people)
    assert any(p["need"] is None for p in people)


def test_a_figure_that_moved_is_named():
    before = {"a": {"intake": 1.0, "gone": 1}, "b": {"intake": 2.0}}
    changed = {"a": {"intake": 1.1, "more": 2}, "c": {"intake": 2.0}}
    said = fingerprint.moved(before, changed)
    assert said == ["b: no longer among the people", "a: intake 1.0 -> 1.1", "a: more None -> 2", "a: gone gone", "c: new"]
    assert fingerprint.moved(before, before) == []


@pytest.mark.parametrize(
    ("changes", "written", "version", "refused"), [([], 2, 2, False), (["x"], 2, 2, True), (["x"], 2, 3, False), (["x"], 3, 2, True)]
)
def test_moved_results_are_not_written_under_the_same_version(changes, written, version, refused):
    assert bool(fingerprint.refusal(changes, written, version)) is refused


def test_what_is_written_is_what_is_read(tmp_path, monkeypatch, now):
    monkeypatch.setattr(fingerprint, "FILE", tmp_path / "fingerprint.json")
    fingerprint.FILE.write_text(fingerprint.text(7, now), encoding="utf-8")
    assert fingerprint.stored() == (7, now)
    assert len(fingerprint.FILE.read_text(encoding="utf-8").splitlines()) == len(now) + 4
