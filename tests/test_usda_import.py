"""The importer of USDA's releases: what each trap comes to, and what each fault says."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import usda_layout as layout
from conftest import USDA, csv_rows
from hypothesis import given
from hypothesis import strategies as st

from dashboard.__main__ import main
from dashboard.foods.added_b12 import added_part
from dashboard.foods.diet import DietClass
from dashboard.foods.diet_rules import UsdaFood
from dashboard.foods.usda import archive
from dashboard.foods.usda.archive import ReleaseError
from dashboard.foods.usda.gtin import gtin_id
from dashboard.foods.usda.importer import import_releases
from dashboard.foods.usda.store import Store, StoreError, open_store, store_path
from dashboard.tables.foods import Portion
from dashboard.words import data_faults

DAIRY = DietClass("vegetarian", "contains dairy: milk", frozenset({"dairy"}))


def classifier(_: UsdaFood) -> DietClass:
    return DAIRY


def load(into: Path, *zips: Path) -> Store:
    import_releases(zips, into, classifier=classifier)
    return Store(into)


@pytest.fixture
def imported(tmp_path) -> Callable[..., Store]:
    """Writes tables as a zip and imports them."""

    def run(tables: layout.Tables, name: str = "release.zip") -> Store:
        return load(tmp_path / "usda.sqlite", layout.write(tmp_path / name, tables))

    return run


def counts(store: Store) -> dict[str, tuple[int, int, int, int]]:
    return {r.name: (r.foods, r.with_b12, r.zero_b12, r.missing_b12) for r in store.releases()}


# SR Legacy ---------------------------------------------------------------------------------------


def test_sr_counts_missing_apart_from_zero(imported):
    assert counts(imported(layout.sr())) == {"SR Legacy 2018-04": (5, 4, 1, 1)}


def test_b12_that_usda_does_not_give_stays_unknown(imported):
    food = imported(layout.sr()).food("sr:35001")
    assert (food.b12_ug_per_100g, food.added_ug_per_100g, food.protein_g_per_100g) == (None, None, 1.2)


def test_figures_are_per_100_g_and_energy_is_in_kcal(imported):
    food = imported(layout.sr()).food("sr:15159")
    assert (food.b12_ug_per_100g, food.added_ug_per_100g) == (98.89, None)
    assert (food.energy_kcal_per_100g, food.protein_g_per_100g) == (148, 25.55)
    assert (food.fdc_id, food.group, food.source_id) == (171975, "Dairy and Egg Products", "usda-sr-legacy-2018")


def test_added_above_total_is_reported_and_not_used(imported):
    store = imported(layout.sr())
    food = store.food("sr:18933")
    assert (food.b12_ug_per_100g, food.added_ug_per_100g, food.tags) == (1.62, None, frozenset())
    [(food_id, problem)] = store.reported("SR Legacy 2018-04")
    assert food_id == "sr:18933"
    assert "3 µg" in problem
    assert "1.62 µg" in problem


def test_added_is_part_of_the_total(imported):
    food = imported(layout.sr()).food("sr:16139")
    assert (food.b12_ug_per_100g, food.added_ug_per_100g) == (0.85, 0.85)
    assert "fortified" in food.tags


def test_an_assumed_zero_is_seen_to_be_one(imported):
    food = imported(layout.sr()).food("sr:16222")
    assert food.b12_ug_per_100g == 0
    assert food.derivation.startswith("Z Assumed zero")
    assert "fortified" not in food.tags


def test_line_breaks_in_a_description_become_spaces(imported):
    assert imported(layout.sr()).food("sr:18933").usda_description == "Waffle, buttermilk"


def test_sr_portions_are_amount_and_modifier_in_usdas_order(imported):
    store = imported(layout.sr())
    assert store.food("sr:15159").portions == (Portion("3 oz", 85), Portion("20 small", 190))
    assert store.food("sr:16139").portions == (Portion("1/2 cup", 121.5), Portion("glass", 240))


def test_a_food_without_household_measure_has_100_g(imported):
    assert imported(layout.sr()).food("sr:35001").portions == (Portion("100 g", 100),)


def test_at_most_four_portions_each_label_once(imported):
    tables = layout.sr()
    tables["food_portion"] = layout.portions(*((171975, n, 1, 9999, "", f"piece {n % 5}", 10 + n) for n in range(10)))
    assert imported(tables).food("sr:15159").portions == tuple(Portion(f"1 piece {n}", 10 + n) for n in range(4))


@pytest.mark.parametrize("amount", ["-1", "inf"])
def test_what_cannot_be_an_amount_is_reported_and_not_used(imported, amount):
    tables = layout.sr()
    tables["food_nutrient"] = layout.nutrients((171975, 1178, amount, 1), (172456, 1178, 0.5, 1))
    store = imported(tables)
    assert store.food("sr:15159").b12_ug_per_100g is None
    assert [food_id for food_id, _ in store.reported("SR Legacy 2018-04")] == ["sr:15159"]


# FNDDS -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["wweia_category_number", "wweia_category_code"])
@pytest.mark.parametrize("number", [True, False], ids=["numbers", "ids"])
def test_fndds_is_read_whether_it_holds_numbers_or_ids(imported, column, number):
    store = imported(layout.fndds(category=column, number=number))
    assert counts(store) == {"FNDDS 2021-2023": (3, 2, 0, 1)}
    food = store.food("fndds:11320100")
    assert (food.b12_ug_per_100g, food.added_ug_per_100g, food.energy_kcal_per_100g) == (0.39, 0.39, 38)
    assert food.group == "Plant-based milk"
    assert store.food("fndds:25110140").added_ug_per_100g == 0


def test_fndds_portions_leave_out_what_nobody_measures(imported):
    store = imported(layout.fndds())
    assert store.food("fndds:11320100").portions == (Portion("1 cup", 244),)
    assert store.food("fndds:11000000").portions == (Portion("100 g", 100),)


def test_fndds_2017_2018_is_read_without_the_tables_that_usda_shipped_apart(tmp_path):
    tables = layout.fndds(years=(2017, 2018), category="wweia_category_code", number=False)
    for shared in ("nutrient", "measure_unit", "wweia_food_category"):
        del tables[shared]
    store = load(tmp_path / "usda.sqlite", layout.write(tmp_path / "old.zip", tables, folder=""))
    assert counts(store) == {"FNDDS 2017-2018": (3, 2, 0, 1)}
    assert store.food("fndds:11320100").group == "Plant-based milk"
    assert "nutrient.csv" in store.releases()[0].notes


# Foundation --------------------------------------------------------------------------------------


def test_foundation_has_current_foods_only(imported):
    store = imported(layout.foundation())
    assert counts(store) == {"Foundation Foods 2025-04-24": (2, 1, 0, 1)}
    food = store.food("foundation:1009")
    assert (food.fdc_id, food.b12_ug_per_100g, food.derivation) == (328637, 1.06, "A Analytical")
    assert store.by_fdc_id(319877) is None


def test_foundation_energy_is_the_more_specific_of_two(imported):
    assert imported(layout.foundation()).food("foundation:1009").energy_kcal_per_100g == 400


def test_foundation_portions_have_their_unit_and_the_usual_serving_last(imported):
    store = imported(layout.foundation())
    assert store.food("foundation:1009").portions == (Portion("1 cup, shredded", 105), Portion("1 usual serving", 30))
    assert store.food("foundation:16158").portions[0].grams == 33.9


@pytest.mark.parametrize("unit", ["\u00b5g", "\u03bcg", "UG"], ids=["micro sign", "Greek letter", "UG"])
def test_foundation_json(tmp_path, unit):
    store = load(tmp_path / "usda.sqlite", layout.write_json(tmp_path / "f.zip", layout.foundation_json(unit)))
    assert counts(store) == {"Foundation Foods 2025-12-18": (1, 1, 0, 0)}
    food = store.food("foundation:1009")
    assert (food.b12_ug_per_100g, food.energy_kcal_per_100g, food.derivation) == (1.05, None, "A Analytical")
    assert food.usda_description == "Cheese, cheddar"
    assert food.portions == (Portion("1 cup, sifted", 85), Portion("1 usual serving", 30))


# Branded -----------------------------------------------------------------------------------------


def test_the_newest_version_of_a_product_is_used(imported):
    store = imported(layout.branded())
    assert counts(store) == {"Branded Foods 2021-10-28": (3, 1, 0, 2)}
    food = store.food("gtin:075925306223")
    assert (food.fdc_id, food.b12_ug_per_100g, food.name) == (2041155, 0.25, "Oat drink")


@pytest.mark.parametrize("asked", ["gtin:75925306223", "gtin:075925306223", "gtin:00075925306223"])
def test_a_product_is_found_with_any_zeros_in_front(imported, asked):
    assert imported(layout.branded()).foods([asked])[asked].id == "gtin:075925306223"


def test_an_earlier_version_leads_to_the_product(imported):
    assert imported(layout.branded()).by_fdc_id(1105904).fdc_id == 2041155


def test_a_product_without_code_is_known_by_its_fdc_id(imported):
    assert imported(layout.branded()).food("fdc:2060000").name == "Loose nuts"


def test_branded_portions_and_notes(imported):
    store = imported(layout.branded())
    drink, flakes = store.food("gtin:075925306223"), store.food("gtin:041497083411")
    assert drink.portions == (Portion("1 cup", 240),)
    assert flakes.portions == (Portion("1 serving", 40),)
    assert "per 100 ml" in drink.note
    assert "% Daily Value" in drink.note
    assert flakes.note == ""


def test_b12_that_the_ingredients_name_counts_as_added(imported):
    """As in the live search: OATS, CYANOCOBALAMIN with 0.25 µg per 100 ml on the label, and no figure of USDA's for the added part."""
    store = imported(layout.branded())
    drink, flakes = store.food("gtin:075925306223"), store.food("gtin:041497083411")
    assert (drink.b12_ug_per_100g, drink.added_ug_per_100g) == (0.25, 0.25)
    assert "fortified" in drink.tags
    assert "counts as added" in drink.note
    assert flakes.added_ug_per_100g is None
    assert "fortified" not in flakes.tags


@pytest.mark.parametrize(
    ("total", "added", "ingredients", "told"),
    [
        (0.25, None, "OATS, CYANOCOBALAMIN", 0.25),
        (0.25, 0.0, "OATS, VITAMIN B12", 0.25),
        (0.25, 0.1, "MILK, VITAMIN B-12", 0.1),
        (0.25, None, "MILK, VITAMIN B1", None),
        (None, None, "METHYLCOBALAMIN", None),
    ],
)
def test_the_added_part_by_the_ingredients(total, added, ingredients, told):
    assert added_part(total, added, ingredients) == told


def test_brand_and_ingredients_are_kept(imported):
    rows = imported(layout.branded()).connection.execute("SELECT brand, ingredients FROM food ORDER BY id").fetchall()
    assert rows == [("ACME", "NUTS"), ("Acme Inc.", 'WHEAT, "WHOLE"'), ("ACME", "OATS, CYANOCOBALAMIN")]


@given(st.integers(1, 10**13), st.integers(0, 3))
def test_zeros_in_front_of_a_product_code_mean_nothing(code, zeros):
    assert gtin_id("0" * zeros + str(code)) == gtin_id(str(code))
    assert gtin_id(str(code)).removeprefix("gtin:").lstrip("0") == str(code)


@pytest.mark.parametrize("text", [None, "", "000", "no code", "²³"])
def test_what_is_no_product_code(text):
    assert gtin_id(text) is None


# Several releases --------------------------------------------------------------------------------


@pytest.mark.parametrize("newer_first", [False, True])
def test_of_two_releases_the_newer_record_is_used_whatever_the_order(tmp_path, newer_first):
    older = layout.write(tmp_path / "older.zip", layout.foundation())
    newer = layout.write(tmp_path / "newer.zip", layout.foundation(date="2026-04-30", b12=1.11, fdc_id=400000))
    store = load(tmp_path / "usda.sqlite", *([newer, older] if newer_first else [older, newer]))
    assert store.food("foundation:1009").b12_ug_per_100g == 1.11
    assert store.by_fdc_id(328637).fdc_id == 400000
    assert {r.name: (r.foods, r.in_use) for r in store.releases()} == {
        "Foundation Foods 2025-04-24": (2, 0),
        "Foundation Foods 2026-04-30": (2, 2),
    }


def test_a_second_import_changes_nothing(tmp_path):
    release = layout.write(tmp_path / "sr.zip", layout.sr())

    def content() -> list[list[tuple[object, ...]]]:
        store = load(tmp_path / "usda.sqlite", release)
        return [store.connection.execute(f"SELECT * FROM {t} ORDER BY 1, 2").fetchall() for t in ("food", "portion", "reported", "earlier")]

    assert content() == content()


def test_releases_are_added_to_what_is_there(tmp_path):
    for kind, tables in layout.KINDS.items():
        store = load(tmp_path / "usda.sqlite", layout.write(tmp_path / f"{kind}.zip", tables()))
    assert [r.foods for r in store.releases()] == [3, 3, 2, 5]  # Branded, FNDDS, Foundation, SR
    found = store.connection.execute(
        "SELECT id FROM food JOIN food_fts ON food.rowid = food_fts.rowid WHERE food_fts MATCH 'soy*' ORDER BY id"
    )
    assert [id_ for (id_,) in found] == ["fndds:11320100", "sr:16139", "sr:16222"]


def test_search_index_does_not_hold_what_was_replaced(tmp_path):
    tables = layout.sr()
    load(tmp_path / "usda.sqlite", layout.write(tmp_path / "one.zip", tables))
    tables["food"] = [row if row[0] != 171975 else [171975, "sr_legacy_food", "Oysters", 1, "2019-04-01"] for row in tables["food"]]
    store = load(tmp_path / "usda.sqlite", layout.write(tmp_path / "two.zip", tables))
    hits = [
        store.connection.execute("SELECT count(*) FROM food_fts WHERE food_fts MATCH ?", (word,)).fetchone()[0]
        for word in ("clams", "oysters")
    ]
    assert hits == [0, 1]


def test_diet_classes_are_found_from_usdas_own_words(tmp_path):
    asked = []

    def remember(food: UsdaFood) -> DietClass:
        asked.append(food)
        return DAIRY

    zips = [layout.write(tmp_path / f"{kind}.zip", layout.KINDS[kind]()) for kind in ("foundation", "branded")]
    import_releases(zips, tmp_path / "usda.sqlite", classifier=remember)
    assert UsdaFood("foundation", "Cheese, cheddar", "Dairy and Egg Products", "1009") in asked
    assert UsdaFood("branded", "OAT DRINK", "Plant Based Milk", "75925306223", "OATS, CYANOCOBALAMIN") in asked
    food = Store(tmp_path / "usda.sqlite").food("foundation:1009")
    assert (food.diet, food.contains, food.allergens) == ("vegetarian", {"dairy"}, {"milk"})
    assert Store(tmp_path / "usda.sqlite").diet_reason("foundation:1009") == "contains dairy: milk"


# Figures and words in general --------------------------------------------------------------------

amounts = st.none() | st.just(0.0) | st.floats(0, 500).map(lambda x: round(x, 3))


@given(given=st.lists(amounts, min_size=1, max_size=30))
def test_every_value_arrives_as_it_was_written(tmp_path_factory, given):
    folder = tmp_path_factory.mktemp("amounts")
    tables = layout.sr()
    tables["food"] = [layout.FOOD, *([n, "sr_legacy_food", f"Food {n}", 1, "2019-04-01"] for n in range(1, len(given) + 1))]
    tables["sr_legacy_food"] = [["fdc_id", "NDB_number"], *([n, 1000 + n] for n in range(1, len(given) + 1))]
    rows = [(n, 1178, b12, 1) for n, b12 in enumerate(given, 1) if b12 is not None]
    tables["food_nutrient"] = layout.nutrients(*rows, (1, 1003, 1, 1))
    store = load(folder / "usda.sqlite", layout.write(folder / "sr.zip", tables))
    found = store.foods(f"sr:{1000 + n}" for n in range(1, len(given) + 1))
    assert [food.b12_ug_per_100g for food in found.values()] == given
    known = [b12 for b12 in given if b12 is not None]
    assert counts(store) == {"SR Legacy 2018-04": (len(given), len(known), known.count(0.0), given.count(None))}


@given(text=st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), min_size=1))
def test_any_description_is_read(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("words")
    tables = layout.sr()
    tables["food"] = [layout.FOOD, [171975, "sr_legacy_food", f"x{text}", 1, "2019-04-01"]]
    store = load(folder / "usda.sqlite", layout.write(folder / "sr.zip", tables))
    assert store.food("sr:15159").usda_description == " ".join(f"x{text}".split())


# Faults: one sentence each, and the old file stays -------------------------------------------------


def without(table: str) -> Callable[[layout.Tables], None]:
    return lambda tables: tables.pop(table)


def put(table: str, content: object) -> Callable[[layout.Tables], None]:
    return lambda tables: tables.update({table: content})


def replace(table: str, old: bytes, new: bytes) -> Callable[[layout.Tables], None]:
    def change(tables: layout.Tables) -> None:
        whole = layout.csv_bytes(tables[table])
        assert old in whole
        tables[table] = whole.replace(old, new)

    return change


FAULTS = {
    "no food.csv": (without("food"), "has no food.csv"),
    "no food_nutrient.csv": (without("food_nutrient"), "has no food_nutrient.csv"),
    "no nutrient.csv": (without("nutrient"), "has no nutrient.csv"),
    "no food_portion.csv": (without("food_portion"), "has no food_portion.csv"),
    "not a release": (without("sr_legacy_food"), "not one of USDA's releases"),
    "two data sets": (put("branded_food", [["fdc_id"]]), "SR Legacy and Branded Foods together"),
    "column missing": (replace("food_nutrient", b'"amount"', b'"value"'), "food_nutrient.csv has no column amount"),
    "B12 in mg": (replace("nutrient", b'"Vitamin B-12","UG"', b'"Vitamin B-12","MG"'), "Vitamin B-12 in MG"),
    "added B12 in IU": (replace("nutrient", b'"Vitamin B-12, added","UG"', b'"Vitamin B-12, added","IU"'), "Vitamin B-12, added in IU"),
    "another nutrient's number": (replace("nutrient", b'"418"', b'"415"'), "the number 415"),
    "B12 not listed": (replace("nutrient", b'"1178"', b'"1179"'), "does not list vitamin B-12"),
    "nutrients of another list": (put("food_nutrient", layout.nutrients((171975, 12, 1, ""))), "do not fit together"),
    "no amounts": (put("food_nutrient", layout.nutrients()), "do not fit together"),
    "text for a number": (replace("food_nutrient", b'"98.89"', b'"lots"'), "'lots' where a number belongs"),
    "text for an id": (replace("food", b'"171975"', b'"clams"'), "'clams' where a number belongs"),
    "row without fdc_id": (replace("food", b'"171975"', b'""'), "a row without fdc_id"),
    "table cut short": (replace("food", b'"16","2019-04-01"\n"168000"', b'"16"\n"168000"'), "food.csv is cut short"),
    "not UTF-8": (replace("food", b"Clams", b"Cl\xe4ms"), "food.csv is not in UTF-8"),
    "header not UTF-8": (replace("food", b'"description"', b'"descripti\xf6n"'), "food.csv is not in UTF-8"),
    "UTF-16": (lambda tables: tables.update(food=layout.csv_bytes(tables["food"]).decode().encode("utf-16")), "food.csv is not in UTF-8"),
    "empty table": (put("food", b""), "food.csv"),
    "no foods of this kind": (replace("food", b"sr_legacy_food", b"sample_food"), "holds no food"),
}


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-lock")}


def refused(folder: Path, fault: Path, *others: Path) -> str:
    """The sentence of a failed import; the folder of the store is as it was before."""
    folder.mkdir()
    store = folder / "usda.sqlite"
    load(store, layout.write(fault.with_name("good.zip"), layout.fndds())).close()
    before = files(folder)
    with pytest.raises(ReleaseError) as error:
        import_releases([*others, fault], store, classifier=classifier)
    assert files(folder) == before
    sentence = data_faults.sentence(error.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize(("spoil", "said"), FAULTS.values(), ids=FAULTS)
def test_a_faulty_release_is_refused(tmp_path, spoil, said):
    tables = layout.sr()
    spoil(tables)
    sentence = refused(tmp_path / "data", layout.write(tmp_path / "bad.zip", tables))
    assert said in sentence
    assert "bad.zip" in sentence


@pytest.mark.parametrize("kind", ["fndds", "foundation", "branded"])
def test_a_release_of_any_kind_without_nutrient_table_is_refused(tmp_path, kind):
    tables = layout.KINDS[kind]()
    del tables["nutrient"]
    assert "has no nutrient.csv" in refused(tmp_path / "data", layout.write(tmp_path / "bad.zip", tables))


def test_none_of_several_is_kept_when_one_fails(tmp_path):
    bad = layout.sr()
    del bad["food_nutrient"]
    good = layout.write(tmp_path / "foundation.zip", layout.foundation())
    refused(tmp_path / "data", layout.write(tmp_path / "bad.zip", bad), good)


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x03\x04 and no more"], ids=["empty", "text", "stump"])
def test_a_file_that_is_no_zip_is_refused(tmp_path, content):
    (tmp_path / "bad.zip").write_bytes(content)
    assert "not a zip file" in refused(tmp_path / "data", tmp_path / "bad.zip")


def test_a_missing_file_is_named(tmp_path):
    assert "bad.zip cannot be read: No such file" in refused(tmp_path / "data", tmp_path / "bad.zip")


@pytest.mark.parametrize("share", [0.3, 0.9, 0.999])
def test_a_zip_cut_short_is_refused(tmp_path, share):
    whole = layout.write(tmp_path / "bad.zip", layout.sr()).read_bytes()
    (tmp_path / "bad.zip").write_bytes(whole[: int(len(whole) * share)])
    assert "cut short" in refused(tmp_path / "data", tmp_path / "bad.zip")


def test_damage_inside_a_zip_is_refused(tmp_path):
    path = layout.write(tmp_path / "bad.zip", layout.sr())
    with zipfile.ZipFile(path) as whole:
        info = whole.getinfo("release/food_nutrient.csv")
    content = bytearray(path.read_bytes())
    middle = info.header_offset + len(info.filename) + info.compress_size // 2
    content[middle] ^= 0xFF
    path.write_bytes(bytes(content))
    assert "damaged or cut short: food_nutrient.csv" in refused(tmp_path / "data", path)


@pytest.mark.parametrize("name", ["../food.csv", "/etc/food.csv", "release/../../food.csv", "..\\food.csv", "C:\\food.csv"])
def test_a_name_that_points_outside_is_refused(tmp_path, name):
    path = layout.write(tmp_path / "bad.zip", {k: v for k, v in layout.sr().items() if k != "food"})
    with zipfile.ZipFile(path, "a") as zip_file:
        info = zipfile.ZipInfo("x")
        info.filename = name  # as another program may write it; the constructor would tidy it
        zip_file.writestr(info, layout.csv_bytes(layout.sr()["food"]))
    assert "points outside" in refused(tmp_path / "data", path)


def test_two_tables_of_one_name_are_refused(tmp_path):
    path = layout.write(tmp_path / "bad.zip", layout.sr())
    with zipfile.ZipFile(path, "a") as zip_file:
        zip_file.writestr("other/food.csv", layout.csv_bytes(layout.sr()["food"]))
    assert "two files called food.csv" in refused(tmp_path / "data", path)


def test_a_zip_bomb_by_ratio_is_refused(tmp_path):
    tables = layout.sr() | {"food_attribute": b"0" * 20_000_000}
    assert "far more than its size allows" in refused(tmp_path / "data", layout.write(tmp_path / "bad.zip", tables))


def test_a_zip_bomb_by_size_is_refused(tmp_path, monkeypatch):
    path = layout.write(tmp_path / "bad.zip", layout.sr())
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setattr(archive, "UNPACKED_MAX", 1000)
    with pytest.raises(ReleaseError, match="zip-bomb"):
        import_releases([path], folder / "usda.sqlite", classifier=classifier)
    assert files(folder) == {}


def test_too_many_files_are_refused(tmp_path):
    path = layout.write(tmp_path / "bad.zip", layout.sr())
    with zipfile.ZipFile(path, "a") as zip_file:
        for n in range(archive.FILES_MAX):
            zip_file.writestr(f"release/{n}.txt", b"")
    assert "a few dozen" in refused(tmp_path / "data", path)


def test_a_zip_with_a_password_is_refused(tmp_path):
    path = layout.write(tmp_path / "bad.zip", layout.sr())
    content = bytearray(path.read_bytes())
    entry = content.index(b"PK\x01\x02")
    content[entry + 8] |= 1  # bit 0 of the flags: encrypted
    path.write_bytes(bytes(content))
    assert "password" in refused(tmp_path / "data", path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"FoundationFoods": [{"fdcId"', "cut short or is not JSON"),
        ({"BrandedFoods": []}, "holds no FoundationFoods"),
        ({"FoundationFoods": []}, "holds no food"),
        ({"FoundationFoods": [{"fdcId": 1}]}, "does not have USDA's layout"),
        ({"FoundationFoods": ["bread"]}, "does not have USDA's layout"),
        (layout.foundation_json(unit="mg"), "Vitamin B-12 in mg"),
        (layout.foundation_json(number="1178"), "the number 1178"),
        ("[" * 100_000, "cut short or is not JSON"),
    ],
    ids=["cut short", "branded", "empty", "no description", "text", "unit", "number", "deep"],
)
def test_a_faulty_json_release_is_refused(tmp_path, content, said):
    assert said in refused(tmp_path / "data", layout.write_json(tmp_path / "bad.zip", content))


def test_two_imports_at_once_are_refused(tmp_path):
    with closing(sqlite3.connect(tmp_path / "usda.sqlite-lock", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ReleaseError, match="import-running"):
            load(tmp_path / "usda.sqlite", layout.write(tmp_path / "sr.zip", layout.sr()))
    assert len(load(tmp_path / "usda.sqlite", tmp_path / "sr.zip").releases()) == 1


def test_an_import_that_dies_leaves_the_old_file(tmp_path):
    def dies(_: UsdaFood) -> DietClass:
        raise KeyboardInterrupt

    store = tmp_path / "data" / "usda.sqlite"
    load(store, layout.write(tmp_path / "good.zip", layout.fndds())).close()
    before = files(store.parent)
    with pytest.raises(KeyboardInterrupt):
        import_releases([layout.write(tmp_path / "sr.zip", layout.sr())], store, classifier=dies)
    assert files(store.parent) == before


# The local file ----------------------------------------------------------------------------------


def test_the_local_file_lies_where_the_environment_says(monkeypatch, tmp_path):
    monkeypatch.setenv("B12_USDA_FILE", str(tmp_path / "mine.sqlite"))
    assert store_path() == tmp_path / "mine.sqlite"
    assert open_store() is None
    import_releases([layout.write(tmp_path / "sr.zip", layout.sr())], classifier=classifier)
    assert open_store().food("sr:15159").b12_ug_per_100g == 98.89


def test_a_replaced_file_is_opened_anew(tmp_path):
    path = tmp_path / "usda.sqlite"
    load(path, layout.write(tmp_path / "sr.zip", layout.sr()))
    assert open_store(path).food("fndds:25110140") is None
    load(path, layout.write(tmp_path / "fndds.zip", layout.fndds()))
    assert open_store(path).food("fndds:25110140").b12_ug_per_100g == 82.47


def test_ids_that_are_not_there_are_left_out(imported):
    store = imported(layout.sr())
    assert list(store.foods(["sr:99999", "sr:15159", "own:x", ""])) == ["sr:15159"]
    assert store.food("sr:1") is None
    assert store.by_fdc_id(1) is None


def test_more_ids_than_one_question_holds(imported):
    asked = [f"sr:{n}" for n in range(14000, 19000)]
    assert set(imported(layout.sr()).foods(asked)) == {"sr:15159", "sr:16139", "sr:16222", "sr:18933"}


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "usda.sqlite").write_bytes(b"no database " * 100)
    with pytest.raises(StoreError, match="store-unreadable"):
        open_store(tmp_path / "usda.sqlite")
    with pytest.raises(ReleaseError):
        load(tmp_path / "usda.sqlite", layout.write(tmp_path / "sr.zip", layout.sr()))


def test_a_file_of_another_version_is_refused(tmp_path):
    with closing(sqlite3.connect(tmp_path / "usda.sqlite")) as other:
        other.executescript("CREATE TABLE food(id); PRAGMA user_version = 99;")
    with pytest.raises(StoreError, match="store-version"):
        open_store(tmp_path / "usda.sqlite")
    with pytest.raises(ReleaseError, match="store-not-ours"):
        load(tmp_path / "usda.sqlite", layout.write(tmp_path / "sr.zip", layout.sr()))


# The command line --------------------------------------------------------------------------------


def test_import_and_status_by_command(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("B12_USDA_FILE", str(tmp_path / "usda.sqlite"))
    assert main(["usda", "status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"releases": []}
    assert main(["usda", "status"]) == 0
    assert "usda download" in capsys.readouterr().out
    assert main(["usda", "import", str(layout.write(tmp_path / "any name.zip", layout.sr()))]) == 0
    assert "5 foods, 4 with a B12 value (1 of them zero), 1 with no value" in capsys.readouterr().out
    assert main(["usda", "status", "--json"]) == 0
    [release] = json.loads(capsys.readouterr().out)["releases"]
    wanted = {"name": "SR Legacy 2018-04", "foods": 5, "with_b12": 4, "zero_b12": 1, "missing_b12": 1, "reported": 1}
    assert wanted.items() <= release.items()


def test_a_refusal_is_one_sentence_on_stderr(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("B12_USDA_FILE", str(tmp_path / "usda.sqlite"))
    (tmp_path / "bad.zip").write_text("no zip")
    assert main(["usda", "import", str(tmp_path / "bad.zip")]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "bad.zip is not a zip file or is cut short. Download it again.\n"


# USDA's own files --------------------------------------------------------------------------------

OFFICIAL = {  # foods, with B12, of them zero, missing: as counted in the files
    "FoodData_Central_sr_legacy_food_csv_2018-04.zip": ("SR Legacy 2018-04", 7793, 7113, 2773, 680),
    "FoodData_Central_foundation_food_csv_2025-04-24.zip": ("Foundation Foods 2025-04-24", 340, 51, 3, 289),
    "FoodData_Central_foundation_food_json_2025-12-18.zip": ("Foundation Foods 2025-12-18", 365, 64, 3, 301),
    "FoodData_Central_survey_food_csv_2024-10-31.zip": ("FNDDS 2021-2023", 5432, 5431, 2031, 1),
}


@pytest.fixture(scope="module")
def official(tmp_path_factory) -> Store:
    missing = [name for name in OFFICIAL if not (USDA / name).is_file()]
    if missing:
        pytest.skip(f"USDA's releases do not lie beside the repository: {', '.join(missing)}")
    return load(tmp_path_factory.mktemp("official") / "usda.sqlite", *(USDA / name for name in OFFICIAL))


def test_official_counts(official):
    assert {r.file: (r.name, r.foods, r.with_b12, r.zero_b12, r.missing_b12) for r in official.releases()} == OFFICIAL


SPOT_CHECKS = {  # fdc_id: B12, added; from the README of the files
    171975: (98.89, None),
    168626: (70.58, 0),
    173424: (1.11, 0),
    171267: (0.53, 0),
    172456: (0.85, 0.85),
    172446: (0, 0),
    174272: (0.08, None),
    167517: (1.62, None),
    328637: (1.06, None),
    746778: (0.55, None),
    2706153: (82.47, 0),
    2706342: (12.14, 0),
    2705405: (0.39, 0.39),
    2705383: (None, None),
}


@pytest.mark.parametrize(("fdc_id", "figures"), SPOT_CHECKS.items())
def test_official_spot_checks(official, fdc_id, figures):
    food = official.by_fdc_id(fdc_id)
    assert (food.b12_ug_per_100g, food.added_ug_per_100g) == figures


def test_official_added_and_assumed_zero(official):
    def count(where: str) -> int:
        return official.connection.execute(f"SELECT count(*) FROM food WHERE {where}").fetchone()[0]

    # 265 and 232 above zero by the files; in one and six of them it exceeds the total
    assert count("data_set = 'fndds' AND added_ug_per_100g > 0") == 265 - 1
    assert count("data_set = 'sr' AND added_ug_per_100g > 0") == 232 - 6
    assert [len(official.reported(name)) for name in ("FNDDS 2021-2023", "SR Legacy 2018-04")] == [1, 6]
    assert count("data_set = 'sr' AND b12_ug_per_100g = 0 AND derivation LIKE 'Z Assumed zero%'") == 1531


def test_official_foods_agree_with_the_embedded_table(official):
    """The table of the app was made from the same files by other means."""
    rows = {row["id"]: row for row in csv_rows("foods") if row["source_id"].startswith("usda-") and not row["id"].startswith("foundation:")}
    found = official.foods(rows)
    assert set(found) == set(rows)
    different = [
        id_
        for id_, row in rows.items()
        if (found[id_].b12_ug_per_100g, found[id_].added_ug_per_100g)
        != tuple(float(row[c]) if row[c] else None for c in ("b12_ug_per_100g", "added_ug_per_100g"))
    ]
    assert different == []


def test_official_portions(official):
    def count(data_set: str) -> int:
        return official.connection.execute(
            "SELECT count(*) FROM food WHERE data_set = ? AND id NOT IN (SELECT food_id FROM portion)", (data_set,)
        ).fetchone()[0]

    assert count("sr") == 260
    labels = [label for (label,) in official.connection.execute("SELECT label FROM portion")]
    assert not [label for label in labels if label.startswith(("Quantity not", "Guideline")) or "undetermined" in label]
    assert official.connection.execute("SELECT min(grams) FROM portion").fetchone()[0] > 0
