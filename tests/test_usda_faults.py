"""An import that fails, is stopped or killed says one sentence, ends, and leaves the foods that were there."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
import usda_layout as layout
from conftest import ROOT
from hostile_input import BYTES_MAX, SHARE, held, mutated
from streamlit.testing.v1 import AppTest

from dashboard.__main__ import main
from dashboard.foods.search import Finder, search
from dashboard.foods.usda.archive import ReleaseError
from dashboard.foods.usda.importer import import_releases
from dashboard.foods.usda.store import FILE_VARIABLE, Store, StoreError
from dashboard.ui.operator_settings import MAY_FETCH
from dashboard.words import data_faults, food_facts

ZIPS = int(1_500 * SHARE)
KILLS = 10
INTERRUPTIONS = 4
#: Far shorter than the import of the large release takes.
WHILE_READING_S = 0.05
SEED = 20261126


def large(foods: int) -> layout.Tables:
    """A release in USDA's layout that takes a while to read."""
    tables = layout.sr()
    numbers = range(100_000, 100_000 + foods)
    tables["food"] = [layout.FOOD, *([n, "sr_legacy_food", f"Food number {n}", 1, "2019-04-01"] for n in numbers)]
    tables["sr_legacy_food"] = [["fdc_id", "NDB_number"], *([n, n] for n in numbers)]
    tables["food_nutrient"] = layout.nutrients(*((n, nutrient, 1.0, 1) for n in numbers for nutrient in (1178, 1008, 1003)))
    tables["food_portion"] = layout.portions(*((n, 1, 1, 1000, "", "", 30) for n in numbers))
    return tables


@pytest.fixture(scope="module")
def releases(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("releases")
    layout.write(folder / "small.zip", layout.fndds())
    layout.write(folder / "large.zip", large(20_000))
    spoilt = large(20_000)
    spoilt["sr_legacy_food"] = [["fdc_id", "NDB_number"], ["abc", 1]]
    layout.write(folder / "spoilt.zip", spoilt)
    return folder


def heeds_ctrl_c() -> None:
    """A program started in the background by a shell takes no notice of Ctrl-C, nor do the programs that it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def importing(store: Path, zip_file: Path, **more: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "dashboard", "usda", "import", str(zip_file)]
    environment = os.environ | {FILE_VARIABLE: str(store)}
    how: dict[str, object] = {"preexec_fn": heeds_ctrl_c} | more
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **how)


def kept(store: Path) -> list[tuple[object, ...]]:
    """All that a store holds, read anew."""
    with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return (
            db.execute("SELECT * FROM food ORDER BY id").fetchall() + db.execute("SELECT * FROM portion ORDER BY food_id, seq").fetchall()
        )


@pytest.fixture
def store(tmp_path, releases) -> Path:
    path = tmp_path / "usda.sqlite"
    import_releases([releases / "small.zip"], path)
    return path


# The end of the program ----------------------------------------------------------------------------


def test_a_failed_import_ends_the_program_with_2_each_time(store, releases):
    """A thread that still read when the program ended aborted or hung it, about one time in eight."""
    before = kept(store)
    for _ in range(3):
        process = importing(store, releases / "spoilt.zip")
        out, told = process.communicate(timeout=120)
        assert (process.returncode, out) == (2, ""), told
        assert told == "spoilt.zip: sr_legacy_food.csv holds 'abc' where a number belongs.\n"
    assert kept(store) == before


def begun(store: Path, releases: Path) -> subprocess.Popen[str]:
    """An import that is under way."""
    process = importing(store, releases / "large.zip")
    for _ in range(2_000):
        if store.with_name(f"{store.name}-staging").exists() or process.poll() is not None:
            return process
        time.sleep(0.01)
    raise AssertionError("The import did not begin.")


def test_stopped_with_ctrl_c_it_says_nothing_of_python(store, releases):
    """Arrow, which reads the tables, lost it about one time in ten."""
    draw = random.Random(SEED)
    before = kept(store)
    for _ in range(INTERRUPTIONS):
        process = begun(store, releases)
        time.sleep(draw.uniform(0, WHILE_READING_S))
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=120)
        assert process.returncode == 130
        assert told == ""
        assert kept(store) == before
        assert not store.with_name(f"{store.name}-part").exists()


@pytest.mark.slow
def test_killed_at_any_moment_it_leaves_the_old_foods_or_the_new(store, releases):
    draw = random.Random(SEED)
    before = kept(store)
    started = time.monotonic()
    begun(store, releases).communicate(timeout=300)
    whole_s = time.monotonic() - started
    after = kept(store)
    assert len(after) > len(before)
    seen = set()
    for _ in range(KILLS):
        store.unlink()
        import_releases([releases / "small.zip"], store)
        process = begun(store, releases)
        time.sleep(draw.uniform(0, whole_s))
        process.kill()
        process.communicate(timeout=60)
        now = kept(store)
        assert now in (before, after)
        seen.add(now == before)
    # What the last one left behind is no obstacle.
    process = importing(store, releases / "large.zip")
    _, told = process.communicate(timeout=300)
    assert process.returncode == 0, told
    assert kept(store) == after
    assert True in seen, "no import was killed before its end, so nothing was tried"


# Disk and folder -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kilobytes", [40, 300, 2_000])
def test_a_full_disk_is_one_sentence(store, releases, kilobytes):
    """No file may grow beyond so much, which a program is told as it is told of a full disk."""
    before = kept(store)

    def small_disk() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, kilobytes * 1024))

    process = importing(store, releases / "large.zip", preexec_fn=small_disk)
    out, told = process.communicate(timeout=120)
    assert (process.returncode, out) == (2, ""), told
    assert told.startswith("usda.sqlite cannot be written: ")
    assert told.count("\n") == 1
    assert kept(store) == before


@pytest.mark.parametrize("place", ["/proc/usda.sqlite", "/proc/folder/usda.sqlite", "file/usda.sqlite"])
def test_a_folder_that_cannot_be_written_to_is_one_sentence(tmp_path, releases, place):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(ReleaseError) as error:
        import_releases([releases / "small.zip"], tmp_path / place)
    assert data_faults.sentence(error.value).startswith("usda.sqlite cannot be written: ")


def test_a_damaged_store_is_not_built_upon(store, releases):
    damaged = bytearray(store.read_bytes())
    damaged[:4_096] = os.urandom(4_096)
    store.write_bytes(damaged)
    with pytest.raises(ReleaseError) as error:
        import_releases([releases / "small.zip"], store)
    assert data_faults.sentence(error.value) == "usda.sqlite cannot be read as imported USDA foods: delete it and import again."
    assert store.read_bytes() == bytes(damaged)


# Hostile releases ----------------------------------------------------------------------------------

FOOD = ",".join(layout.FOOD)
HEADERS = {
    "a NUL": (FOOD.replace("fdc_id", "fdc\0id").encode(), "the first line of food.csv cannot be read"),
    "a NUL before": (b"\0" + FOOD.encode(), "cannot be read"),
    "a name twice": (f"fdc_id,{FOOD}".encode(), "cannot be read"),
    "open quotes": (b'"' + FOOD.encode(), "cannot be read"),
    "a name of 200,000 letters": (b"x" * 200_000 + b"," + FOOD.encode(), "cannot be read"),
    "100,000 names": (",".join(f"n{n}" for n in range(100_000)).encode(), "cannot be read"),
    "other names": (b"a,b,c,d,e", "has no column fdc_id"),
    "nothing but line ends": (b"\n\n\n", "food.csv is empty"),
    "another alphabet": (FOOD.encode("utf-16"), "not in UTF-8"),
}


@pytest.mark.parametrize(("header", "said"), HEADERS.values(), ids=HEADERS)
def test_a_hostile_header_is_one_sentence(store, tmp_path, header, said):
    tables = layout.sr()
    rows = b"\n1,sr_legacy_food,x,1,2019-04-01\n" if header.strip() else b""
    with pytest.raises(ReleaseError) as error:
        import_releases([layout.write(tmp_path / "bad.zip", tables | {"food": header + rows})], store)
    assert said in data_faults.sentence(error.value)


@pytest.mark.parametrize(
    "rows",
    [b'1,"' + b"x\n" * 3_000_000, b'1,"sr_legacy_food\n' * 100_000, b"\n" * 4_000_000, b",,,,\n" * 500_000, b"1" + b"," * 5_000_000],
    ids=["quotes that never close", "many quotes that never close", "blank lines", "empty cells", "a row of commas"],
)
def test_hostile_rows_are_answered_in_time(store, tmp_path, rows):
    tables = layout.sr() | {"food": f"{FOOD}\n".encode() + rows}
    path = layout.write(tmp_path / "bad.zip", tables)
    started = time.process_time()
    with pytest.raises(ReleaseError):
        import_releases([path], store)
    assert time.process_time() - started < 5
    assert held(lambda _: pytest.raises(ReleaseError, import_releases, [path], store), None) < 2 * BYTES_MAX


@pytest.mark.parametrize(
    "food",
    [
        {"fdcId": 10**30},
        {"fdcId": 1e400},
        {"fdcId": True, "description": "x", "foodNutrients": []},
        {"fdcId": 1, "description": "\ud800", "foodNutrients": []},
        {"fdcId": 1, "description": ["x"], "foodNutrients": []},
        {"fdcId": 1, "description": "x", "foodNutrients": [{"nutrient": {"id": []}}]},
        {"fdcId": 1, "description": "x", "foodNutrients": [], "publicationDate": {"a": 1}},
        {"fdcId": 1, "description": "x", "foodNutrients": [], "publicationDate": "99/99/9999"},
        {"fdcId": 1, "description": "x", "foodNutrients": [], "ndbNumber": "9" * 6_000},
        {
            "fdcId": 1,
            "description": "x",
            "foodNutrients": [],
            "foodPortions": [{"gramWeight": 1, "modifier": "cup", "sequenceNumber": 10**30}],
        },
    ],
)
def test_hostile_json_is_one_sentence_or_read(store, tmp_path, food):
    path = layout.write_json(tmp_path / "bad.zip", json.dumps({"FoundationFoods": [food]}))
    before = kept(store)
    try:
        import_releases([path], store)
    except ReleaseError as error:
        assert data_faults.sentence(error).startswith("bad.zip")
        assert kept(store) == before
    assert Store(store).releases()


def spoil(data: bytes, draw: random.Random) -> bytes:
    """A zip with a few bytes changed, cut or doubled."""
    changed = bytearray(data)
    for _ in range(draw.randint(1, 5)):
        at = draw.randrange(len(changed))
        match draw.randrange(4):
            case 0:
                changed[at] ^= 1 << draw.randrange(8)
            case 1:
                del changed[at : at + draw.choice((1, 10, 400))]
            case 2:
                changed[at:at] = changed[at : at + draw.choice((1, 10, 400))]
            case _:
                changed[at : at + 4] = draw.randbytes(4)
        if not changed:
            return b""
    return bytes(changed)


def test_changed_zips_and_tables_are_one_sentence_or_read(tmp_path):
    """Half of them damaged as zips, half sound zips of damaged tables."""
    draw = random.Random(SEED)
    kinds = {name: layout.write(tmp_path / f"{name}.zip", make()).read_bytes() for name, make in layout.KINDS.items()}
    bad = tmp_path / "bad.zip"
    refused = 0
    for n in range(ZIPS):
        if n % 2:
            bad.write_bytes(spoil(draw.choice(list(kinds.values())), draw))
        else:
            tables = layout.KINDS[draw.choice(list(kinds))]()
            name = draw.choice(sorted(tables))
            rows = tables[name]
            sound = rows if isinstance(rows, bytes) else layout.csv_bytes(rows)
            text = mutated(sound.decode(), draw, 30_000)
            layout.write(bad, tables | {name: text.encode(errors="replace")})
        try:
            import_releases([bad], tmp_path / "usda.sqlite")
        except ReleaseError as error:
            refused += 1
            assert len(data_faults.sentence(error)) < 1_000
    assert ZIPS / 4 < refused < ZIPS


# A damaged store, where it is read -----------------------------------------------------------------


def test_a_changed_digit_breaks_the_seal(store, tables):
    """98.89 and 98.88 µg are both figures to SQLite."""
    with closing(sqlite3.connect(store)) as db, db:
        db.execute("UPDATE food SET b12_ug_per_100g = b12_ug_per_100g + 0.01 WHERE id = (SELECT id FROM food WHERE b12_ug_per_100g > 0)")
    with pytest.raises(StoreError, match="store-unreadable"):
        Store(store)
    assert Finder(tables, store).fault is not None


def damaged(store: Path, how: str, draw: random.Random) -> None:
    data = bytearray(store.read_bytes())
    match how:
        case "empty":
            data = bytearray()
        case "cut":
            del data[len(data) // 2 :]
        case "no database":
            data = bytearray(b"This is no database. " * 500)
        case "header":
            data[: len(data) // 20] = bytes(len(data) // 20)
        case _:
            for _ in range(40):
                at = draw.randrange(len(data))
                data[at : at + 16] = draw.randbytes(16)
    store.write_bytes(data[: store.stat().st_size] if data else b"")


WAYS = ("empty", "cut", "no database", "header", *(f"scratches {n}" for n in range(8)))


@pytest.mark.parametrize("how", WAYS)
def test_a_damaged_store_costs_its_own_foods_only(store, tables, how):
    """Every search answers from the app's own table; a figure of the damaged file is not shown as if it were sound."""
    whole = {hit.food.id: hit.food for hit in Finder(tables, store).find("liver", limit=50)}
    damaged(store, how, random.Random(how))
    finder = Finder(tables, store)
    for query in ("egg", "liver", "zzz", "beef liver", "soya drink"):
        hits = finder.find(query, limit=50)
        assert {hit.food.id for hit in hits} >= {food.id for food in search(tables.foods, query, limit=3)}
        for hit in hits:
            if hit.food.id in whole and hit.food.id not in tables.foods:
                assert hit.food.b12_ug_per_100g == whole[hit.food.id].b12_ug_per_100g
    if not how.startswith("scratches"):
        assert "delete it and import again" in data_faults.sentence(finder.fault)


@pytest.mark.parametrize("how", WAYS[:5])
def test_a_damaged_store_is_told_on_the_page_and_on_the_command_line(store, how, monkeypatch, capsys):
    damaged(store, how, random.Random(how))
    monkeypatch.setenv(FILE_VARIABLE, str(store))
    app = AppTest.from_file(ROOT / "streamlit_app.py", default_timeout=60).run()
    app.switch_page("pages/foods.py").run()
    app.text_input(key="foods_query").set_value("egg").run()
    assert not app.exception
    [told] = [warning.value for warning in app.warning if food_facts.OWN_TABLE_ONLY in warning.value]
    assert "usda.sqlite" in told
    assert str(store.parent) not in told
    assert main(["foods", "search", "egg"]) == 0
    out, err = capsys.readouterr()
    assert "fndds:31103010" in out
    assert food_facts.OWN_TABLE_ONLY in err
    assert main(["foods", "show", "fndds:31103010"]) == 0
    assert main(["foods", "diet", "fndds:31103010"]) == 0
    assert main(["foods", "show", "sr:99999"]) == 2


# Who may start a download --------------------------------------------------------------------------


@pytest.mark.parametrize(("setting", "secret", "may"), [("", "", False), ("no", "", False), ("yes", "", True), ("", "yes", True)])
def test_only_the_operator_lets_visitors_start_a_download(tmp_path, monkeypatch, setting, secret, may):
    monkeypatch.setenv(FILE_VARIABLE, str(tmp_path / "usda.sqlite"))
    monkeypatch.setenv(MAY_FETCH, setting)

    def page() -> None:
        import streamlit as st

        from dashboard.ui import usda_panel

        st.session_state["usda_panel"] = True
        usda_panel.panel()

    app = AppTest.from_function(page, default_timeout=30)
    app.secrets[MAY_FETCH] = secret
    app.run()
    assert not app.exception
    assert [button.key for button in app.button] == (["usda_fetch"] if may else [])
    assert (food_facts.FETCH_BY_OPERATOR in [caption.value for caption in app.caption]) is not may
