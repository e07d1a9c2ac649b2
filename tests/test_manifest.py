"""A table that is cut, empty, missing or damaged is named, and no figure is shown."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from conftest import DATA, ROOT
from streamlit.testing.v1 import AppTest

from dashboard.__main__ import main
from dashboard.foods import search as food_search
from dashboard.foods.search import search
from dashboard.plan import OwnFood
from dashboard.tables import manifest, read
from dashboard.tables.fault import TableError
from dashboard.tables.foods import food_from_label
from dashboard.tables.read_observed import load_observed
from dashboard.tables.record_words import load_record_words
from dashboard.ui import shell
from dashboard.words import data_faults

TABLES = sorted(path.stem for path in DATA.glob("*.csv") if path.stem != manifest.NAME)


def damage(path: Path, how: str) -> None:
    """Cut in half at a line, emptied, taken away, left with its header only, or one digit changed."""
    content = path.read_bytes()
    lines = content.splitlines(keepends=True)
    if how == "missing":
        path.unlink()
    elif how == "changed":
        at = max(n for n, byte in enumerate(content) if chr(byte).isalnum())
        path.write_bytes(content[:at] + (b"7" if content[at : at + 1] != b"7" else b"8") + content[at + 1 :])
    else:
        kept = {"cut": b"".join(lines[: max(2, len(lines) // 2)]), "empty": b"", "header only": lines[0], "cut mid-cell": content[:-9]}
        path.write_bytes(kept[how])


WAYS = ("cut", "empty", "missing", "changed", "header only", "cut mid-cell")


@pytest.fixture
def folder(tmp_path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data", ignore=lambda _, names: [n for n in names if not n.endswith(".csv")]))


@pytest.mark.parametrize("table", TABLES)
def test_a_table_that_is_not_whole_is_named(folder, table):
    whole = (folder / f"{table}.csv").read_bytes()
    for how in WAYS:
        damage(folder / f"{table}.csv", how)
        for load in (read.load_tables, manifest.check):
            with pytest.raises(TableError) as error:
                load(folder)
            sentence = data_faults.sentence(error.value)
            assert f"{table}.csv" in sentence, how
            assert "No figure is shown" in sentence
        with pytest.raises(TableError):
            list(read.read_rows(table, folder))
        (folder / f"{table}.csv").write_bytes(whole)
    manifest.check(folder)


@pytest.mark.parametrize("how", WAYS)
def test_a_manifest_that_is_not_whole_lets_no_table_pass_unchecked(folder, how):
    damage(folder / "manifest.csv", how)
    with pytest.raises(TableError):
        read.load_tables(folder)
        # Cut at a line it still lists what it lists: what it does not list is not read.
        for table in TABLES:
            list(read.read_rows(table, folder))


def test_other_line_ends_are_no_damage(folder):
    for path in folder.glob("*.csv"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read.load_tables(folder) == read.load_tables()


def test_the_tables_of_the_project_are_read_once_whatever_other_folder_is_read(folder):
    """Who holds the tables and who asks for them later have the same foods: a search need not look at each food anew."""
    for load in (read.load_tables, read.load_care_tables, load_observed, load_record_words):
        own = load()
        assert all(load(folder) is not own for _ in range(3))
        assert load() is own
        assert load(DATA) is own


def test_the_same_foods_read_a_second_time_are_not_taken_for_foods_of_the_person(folder, monkeypatch):
    """Only a food that the embedded table has not is read word by word at every search."""
    again = read.load_tables(folder).foods
    looked_at = []
    ranked_food = food_search.ranked_food
    search(read.load_tables().foods, "boiled egg")  # makes the index, and the foods that answer
    monkeypatch.setattr(food_search, "ranked_food", lambda *args, **more: looked_at.append(args[0]) or ranked_food(*args, **more))
    hits = search(again, "boiled egg")
    assert hits == search(read.load_tables().foods, "boiled egg")
    assert all(hit is again[hit.id] for hit in hits)
    assert looked_at == []
    mine = food_from_label(OwnFood("mine", "Egg, boiled, of the farm", 1, None, 60, "vegetarian"))
    assert search({**again, mine.id: mine}, "boiled egg farm")[0] is mine
    assert looked_at.count(mine.name) >= 1
    assert set(looked_at) == {mine.name}


# On the page and on the command line ---------------------------------------------------------------


@pytest.fixture
def damaged(folder, monkeypatch):
    """The app and the command line over a folder whose parameters are cut."""
    damage(folder / "model_parameters.csv", "cut")
    monkeypatch.setattr(shell, "load_tables", lambda: read.load_tables(folder))
    monkeypatch.setattr("dashboard.__main__.check", lambda: manifest.check(folder))
    shell.tables.clear()
    yield
    shell.tables.clear()


@pytest.mark.parametrize("page", sorted(path.name for path in (ROOT / "pages").glob("*.py")))
def test_one_plain_page_names_the_table_and_shows_no_figure(damaged, page):
    app = AppTest.from_file(ROOT / "streamlit_app.py", default_timeout=30).run()
    if page != "plan.py":
        app.switch_page(f"pages/{page}").run()
    assert not app.exception
    [error] = app.error
    assert "model_parameters.csv is not whole: it has" in error.value
    assert [header.value for header in app.header] == [data_faults.TITLE]
    assert not [*app.markdown, *app.metric, *app.dataframe, *app.table]


@pytest.mark.parametrize("command", [["foods", "search", "egg"], ["absorb", "--dose-ug", "10"], ["usda", "status"], ["reference"]])
def test_every_command_stops_with_one_sentence(damaged, capsys, command):
    assert main(command) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("The table model_parameters.csv is not whole")
    assert told.err.count("\n") == 1


# The command that writes it anew -------------------------------------------------------------------


def test_the_manifest_lists_every_table(tables):
    with (DATA / "manifest.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["table"] for row in rows] == TABLES
    assert {row["table"]: int(row["rows"]) for row in rows}["foods"] == len(tables.foods)
    assert {row["table"]: set(row["keys"].split()) for row in rows}["conditions"] == set(tables.conditions)


@pytest.fixture
def refresh(folder, monkeypatch):
    monkeypatch.setattr(manifest, "DATA", folder)
    return manifest.main


def test_after_a_change_the_command_makes_it_right(folder, refresh):
    with (folder / "foods.csv").open("a", encoding="utf-8") as handle:
        handle.write("label:new" + "," * (len((folder / "foods.csv").read_text(encoding="utf-8").split("\n", 1)[0].split(",")) - 1) + "\n")
    assert manifest.stale(folder)
    assert refresh([]) == 0
    assert not manifest.stale(folder)
    manifest.check(folder)


def test_a_merge_that_left_both_sides_is_made_right(folder, refresh):
    path = folder / "manifest.csv"
    text = path.read_text(encoding="utf-8")
    twice = [line for line in text.splitlines() if line.startswith(("foods,", "exclusions,"))]
    path.write_text(text + "<<<<<<< one\n" + "\n".join(twice) + "\n=======\n>>>>>>> other\n", encoding="utf-8")
    assert manifest.stale(folder)
    assert refresh([]) == 0
    assert path.read_text(encoding="utf-8") == text


def test_a_key_that_must_stay_goes_only_by_name(folder, refresh, capsys):
    path = folder / "conditions.csv"
    path.write_text(
        "".join(line for line in path.read_text(encoding="utf-8").splitlines(True) if not line.startswith("ppi,")), encoding="utf-8"
    )
    assert refresh([]) == 2
    assert "ppi" in capsys.readouterr().err
    assert refresh(["--removed", "ppi"]) == 0
    manifest.check(folder)


@pytest.mark.parametrize("how", ["empty", "header only"])
def test_an_empty_table_is_never_taken_into_the_manifest(folder, refresh, how, capsys):
    damage(folder / "flags.csv", how)
    assert refresh([]) == 2
    assert "flags.csv" in capsys.readouterr().err
