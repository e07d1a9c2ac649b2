"""Diet classes of USDA foods, against labels made by hand and swept over whole releases."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from functools import cache

import pytest
from conftest import RELEASES, ROOT, USDA, csv_rows
from hypothesis import given
from hypothesis import strategies as st

from dashboard.__main__ import main
from dashboard.command_line.diet_classes import DietAnswer, UnknownFoodError, diet_answers
from dashboard.foods.diet import DietClass, classify
from dashboard.foods.diet_rules import FROM_DEAD_ANIMALS, FROM_LIVING_ANIMALS, UsdaFood, load_rules
from dashboard.tables.foods import Food, Portion

AGREEMENT = 0.97
CLASSES = {"vegan", "vegetarian", "omnivore", "uncertain"}
FLESH_GROUPS = {
    "Beef Products",
    "Pork Products",
    "Poultry Products",
    "Lamb, Veal, and Game Products",
    "Finfish and Shellfish Products",
    "Sausages and Luncheon Meats",
}
#: Words of flesh, written down without looking at the tables of rules.
FLESH = (
    "beef pork ham bacon veal lamb mutton venison sausage salami pepperoni bologna frankfurter frank hotdog chicken turkey duck goose "
    "quail pheasant fish salmon tuna sardine herring anchovy anchovies cod haddock trout mackerel shrimp crab lobster clam oyster mussel "
    "scallop squid octopus caviar gelatin lard tallow meat meatball steak liver whale seal walrus moose caribou elk bear marshmallow "
    "hamburger cheeseburger prosciutto chorizo crayfish prawn eel shark surimi rabbit goat buffalo jerky"
)
#: What looks like flesh and is none. Everything in the releases that the sweep lets pass is named here.
LOOKALIKES = re.compile(
    r"meatless|no meat|without meat|vegetarian|meat substitute|meat extender|vegan|hamburger (bun|roll|or hot|relish)"
    r"|rolls?, [a-z /]*(hamburger|hot dog|frankfurter)|hot dog bun|relish, hamburger|as ingredient in hamburgers|hamburger rolls"
    r"|coconut|oyster (mushroom|plant)|mushrooms?, (king )?oyster|king oyster|vegetable oyster|crab ?apple"
    r"|duck sauce|sauce, duck|duck egg|egg, duck|goose egg|egg, goose|quail egg|egg, quail|egg, turkey"
    r"|goat cheese|cheese, goat|goat milk|milk, goat|buffalo milk|milk, indian buffalo|buffalo sauce|cape cod"
    r"|squash, .*scallop|burger king|without ham and|steak fries|steak sauce|poultry seasoning",
    re.IGNORECASE,
)


def text_of(name: str, archive: zipfile.ZipFile) -> Iterator[dict[str, str]]:
    inner = next(n for n in archive.namelist() if n.rpartition("/")[2] == name)
    with archive.open(inner) as raw:
        yield from csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8", newline=""))


@cache
def release(name: str) -> tuple[UsdaFood, ...]:
    """Every food of one release as USDA ships it."""
    path = USDA / RELEASES[name]
    if not path.is_file():
        pytest.skip(f"USDA's release does not lie beside the repository: {path.name}")
    with zipfile.ZipFile(path) as archive:
        if name == "usda-fndds-2021-2023":
            names = {next(iter(r.values())): r["wweia_food_category_description"] for r in text_of("wweia_food_category.csv", archive)}
            more = {
                r["fdc_id"]: (r["food_code"], names[r.get("wweia_category_number") or r["wweia_category_code"]])
                for r in text_of("survey_fndds_food.csv", archive)
            }
            rows = [("fndds", r["description"], *reversed(more[r["fdc_id"]])) for r in text_of("food.csv", archive) if r["fdc_id"] in more]
        else:
            data_set, file = ("sr", "sr_legacy_food.csv") if "sr-" in name else ("foundation", "foundation_food.csv")
            groups = {r["id"]: r["description"] for r in text_of("food_category.csv", archive)}
            codes = {r["fdc_id"]: r["NDB_number"] for r in text_of(file, archive)}
            rows = [
                (data_set, r["description"], groups.get(r["food_category_id"], ""), codes[r["fdc_id"]])
                for r in text_of("food.csv", archive)
                if r["fdc_id"] in codes
            ]
    return tuple(UsdaFood(*row) for row in rows)


def labels() -> list[dict[str, str]]:
    with (ROOT / "tests" / "diet_labels.csv").open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def of_label(row: dict[str, str]) -> DietClass:
    return classify(UsdaFood(row["data_set"], row["description"], row["group"], row["code"]))


#: The first digits of the NDB numbers of a group.
NUMBERS = {"Dairy and Egg Products": "1", "Fats and Oils": "4", "Soups, Sauces, and Gravies": "6", "Breakfast Cereals": "8"} | {
    "Vegetables and Vegetable Products": "11",
    "Nut and Seed Products": "12",
    "Legumes and Legume Products": "16",
    "Baked Products": "18",
    "Sweets": "19",
    "Snacks": "25",
    "Cereal Grains and Pasta": "20",
    "Fast Foods": "21",
    "American Indian/Alaska Native Foods": "35",
}


def sr(description: str, group: str = "Vegetables and Vegetable Products") -> str:
    return classify(UsdaFood("sr", description, group, f"{NUMBERS[group]}999")).diet


def branded(description: str, ingredients: str, group: str = "Snacks") -> DietClass:
    return classify(UsdaFood("branded", description, group, "", ingredients))


# Labels made by hand -----------------------------------------------------------------------------


def test_there_are_enough_labels_of_both_releases_and_of_every_group():
    rows = labels()
    assert len({row["id"] for row in rows}) == len(rows) >= 500
    assert sum(row["held_out"] == "yes" for row in rows) >= 150
    assert {row["diet"] for row in rows} == CLASSES
    assert {row["data_set"] for row in rows} == {"sr", "fndds"}
    assert len({row["group"] for row in rows if row["data_set"] == "sr"}) == 25
    assert {row["code"][0] for row in rows if row["data_set"] == "fndds"} == set("123456789")


@pytest.mark.parametrize("held_out", ["", "yes"])
def test_classes_agree_with_the_labels(held_out):
    rows = [row for row in labels() if row["held_out"] == held_out]
    wrong = [
        f"{row['id']} {row['description']}: {of_label(row).diet}, not {row['diet']}" for row in rows if of_label(row).diet != row["diet"]
    ]
    assert len(wrong) / len(rows) <= 1 - AGREEMENT, "\n".join(wrong)


def test_no_labelled_flesh_is_vegetarian_or_vegan():
    assert [row["description"] for row in labels() if row["diet"] == "omnivore" and of_label(row).diet in ("vegan", "vegetarian")] == []


def test_no_doubt_is_called_vegan_in_the_labels():
    assert [row["description"] for row in labels() if row["diet"] == "uncertain" and of_label(row).diet == "vegan"] == []


# Whole releases ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", RELEASES)
def test_every_food_has_a_class_and_a_reason(name):
    for food in release(name):
        found = classify(food)
        assert found.diet in CLASSES
        assert found.reason, food
        assert found.contains <= FROM_DEAD_ANIMALS | FROM_LIVING_ANIMALS
        assert found.diet == "omnivore" or not found.contains & FROM_DEAD_ANIMALS, food
        assert found.diet != "vegan" or not found.contains, food


@pytest.mark.parametrize("name", ["usda-sr-legacy-2018", "usda-foundation-2025-04"])
def test_flesh_groups_are_omnivore(name):
    foods = [food for food in release(name) if food.group in FLESH_GROUPS]
    assert foods
    assert [food.description for food in foods if classify(food).diet != "omnivore"] == []


def test_fndds_codes_of_meat_are_omnivore_apart_from_meat_analogues():
    foods = [food for food in release("usda-fndds-2021-2023") if food.code.startswith("2")]
    assert {food.description for food in foods if classify(food).diet != "omnivore"} == {
        "Hot dog sandwich, vegetarian, on bun",
        "Hot dog sandwich, vegetarian, on bread",
    }


@pytest.mark.parametrize("name", RELEASES)
def test_no_food_named_after_flesh_is_vegetarian_or_vegan(name):
    flesh = re.compile(rf"\b({'|'.join(FLESH.split())}|hot dog)s?\b", re.IGNORECASE)
    named = [food for food in release(name) if flesh.search(food.description) and not LOOKALIKES.search(food.description)]
    assert named
    assert [food.description for food in named if classify(food).diet in ("vegan", "vegetarian")] == []


@pytest.mark.parametrize("name", ["usda-sr-legacy-2018", "usda-fndds-2021-2023"])
def test_no_food_with_much_cholesterol_is_vegan(name):
    """Plants hold no cholesterol. USDA prints a few records with some all the same: each is named."""
    known_errors = {
        "Vegan mayonnaise",  # the figures of ordinary mayonnaise
        "Seaweed, Canadian Cultivated EMI-TSUNOMATA, dry",
    }
    number = {"usda-sr-legacy-2018": "1253", "usda-fndds-2021-2023": "601"}[name]
    foods = release(name)
    with zipfile.ZipFile(USDA / RELEASES[name]) as archive:
        ids = {"usda-sr-legacy-2018": ("sr_legacy_food.csv", "NDB_number"), "usda-fndds-2021-2023": ("survey_fndds_food.csv", "food_code")}
        file, column = ids[name]
        code = {r["fdc_id"]: r[column] for r in text_of(file, archive)}
        amounts = {
            code[r["fdc_id"]]: float(r["amount"])
            for r in text_of("food_nutrient.csv", archive)
            if r["nutrient_id"] == number and r["amount"]
        }
    # 2 mg per 100 g: below lies a trace of milk in bread, or a rounded 0.5
    found = {food.description for food in foods if amounts.get(food.code, 0) > 2 and classify(food).diet == "vegan"}
    assert found <= known_errors


def test_foods_of_the_table_agree_with_its_classes_set_by_hand():
    """Never from vegan or vegetarian to omnivore or back; elsewhere the rules may be the more cautious ones."""
    by_code = {(food.data_set, food.code): food for name in RELEASES for food in release(name)}
    rows = [row for row in csv_rows("foods") if tuple(row["id"].split(":")) in by_code]
    differing = []
    for row in rows:
        found = classify(by_code[tuple(row["id"].split(":"))]).diet
        if found != row["diet"]:
            differing.append(row["usda_description"])
            assert "omnivore" not in (found, row["diet"]) or "uncertain" in (found, row["diet"]), row["usda_description"]
            assert (row["diet"], found) != ("vegetarian", "vegan"), row["usda_description"]
    assert len(rows) > 1200
    assert len(differing) / len(rows) <= 1 - AGREEMENT + 0.01, differing


# Rules and their exceptions ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "description",
    [
        "Beans, kidney, all types, mature seeds, raw",
        "Squash, winter, butternut, raw",
        "Nuts, butternuts, dried",
        "Peanut butter, smooth style, with salt",
        "Almond butter, creamy",
        "Eggplant, raw",
        "Butter beans, canned",
        "Lettuce, butterhead (includes boston and bibb types), raw",
        "Cocoa butter",
        "Mushrooms, oyster, raw",
        "Mushroom, king oyster",
        "Salsify, (vegetable oyster), raw",
        "Artichoke hearts, raw",
        "Custard-apple, (bullock's-heart), raw",
        "Crabapples, raw",
        "Melons, honeydew, raw",
        "Corn, sweet, yellow, canned, cream style, regular pack",
        "Peppers, hot chili, red, raw",
        "Lambsquarters, raw",
        "Cabbage, common (danish, domestic, and pointed types), stored, raw",
        "Beans, black turtle, mature seeds, canned",
        "Cowpeas, young pods with seeds, raw",
        "Horseradish, raw",
        "Milkweed shoots",
        "Beans, Dry, Flor de Mayo (0% moisture)",
        "Coconut milk, raw (liquid expressed from grated meat and water)",
        "Squash, winter, spaghetti, raw",
        "Pickles, cucumber, sweet (includes bread and butter pickles)",
    ],
)
def test_plants_that_sound_like_animals_are_vegan(description):
    assert sr(description) == "vegan"


@pytest.mark.parametrize(
    ("description", "group", "diet"),
    [
        ("Milk, buttermilk, dried", "Dairy and Egg Products", "vegetarian"),
        ("Cereals, CREAM OF WHEAT, instant, dry", "Breakfast Cereals", "vegan"),
        ("Rolls, hamburger or hotdog, plain", "Baked Products", "vegan"),
        ("Cookies, graham crackers, plain or honey", "Baked Products", "vegetarian"),
        ("Pie crust, standard-type, prepared from recipe", "Baked Products", "uncertain"),
        ("Frybread, made with lard (Navajo)", "American Indian/Alaska Native Foods", "omnivore"),
        ("Gelatins, dry powder, unsweetened", "Sweets", "omnivore"),
        ("Candies, marshmallows", "Sweets", "omnivore"),
        ("Honey", "Sweets", "vegetarian"),
        ("Desserts, rennin, tablets, unsweetened", "Sweets", "uncertain"),
        ("Sauce, worcestershire", "Soups, Sauces, and Gravies", "uncertain"),
        ("Sauce, fish, ready-to-serve", "Soups, Sauces, and Gravies", "omnivore"),
        ("Sauce, oyster, ready-to-serve", "Soups, Sauces, and Gravies", "omnivore"),
        ("Soup, chicken gumbo, canned, condensed", "Soups, Sauces, and Gravies", "omnivore"),
        ("Soup, vegetarian vegetable, canned, condensed", "Soups, Sauces, and Gravies", "vegan"),
        ("Soup, tomato, canned, condensed", "Soups, Sauces, and Gravies", "uncertain"),
        ("Gravy, unspecified type, dry", "Soups, Sauces, and Gravies", "uncertain"),
        ("Salad dressing, caesar dressing, regular", "Fats and Oils", "uncertain"),
        ('LITTLE CAESARS 14" Cheese Pizza, Thin Crust', "Fast Foods", "vegetarian"),
        ("Refried beans, canned, traditional style", "Legumes and Legume Products", "uncertain"),
        ("Refried beans, canned, vegetarian", "Legumes and Legume Products", "vegan"),
        ("Sausage, meatless", "Legumes and Legume Products", "vegetarian"),
        ("Snacks, shrimp cracker", "Snacks", "omnivore"),
        ("Fast foods, hamburger; single, regular patty; plain", "Fast Foods", "omnivore"),
        ("Oil, cocoa butter", "Fats and Oils", "vegan"),
        ("Shortening frying (heavy duty), beef tallow and cottonseed", "Fats and Oils", "omnivore"),
        ("Pasta, homemade, made without egg, cooked", "Cereal Grains and Pasta", "vegan"),
        ("Pasta, homemade, made with egg, cooked", "Cereal Grains and Pasta", "vegetarian"),
        ("Nuts, coconut milk, canned", "Nut and Seed Products", "vegan"),
    ],
)
def test_hard_foods(description, group, diet):
    assert sr(description, group) == diet


@pytest.mark.parametrize(
    ("description", "diet"),
    [
        ("Rice with vegetables, without meat or egg", "vegan"),
        ("Rice with vegetables, no egg, with chicken", "omnivore"),
        ("Rice with vegetables, with or without meat", "omnivore"),
        ("Rice, dairy-free, gelatin free", "vegan"),
        ("Rice with cheese, no meat", "vegetarian"),
        ("Rice without milk, butter added", "vegetarian"),
        ("Meatless beef, chicken style", "vegetarian"),
        ("Eggs from hens fed a vegetarian diet, with ham", "omnivore"),
    ],
)
def test_negations_reach_as_far_as_they_should(description, diet):
    assert sr(description, "Cereal Grains and Pasta") == diet


def test_an_exception_hides_only_its_own_word():
    assert sr("Crab apple jelly with crab") == "omnivore"
    assert sr("Peanut butter with butter") == "vegetarian"
    assert sr("Kidney beans with kidney") == "omnivore"


def test_every_exception_of_the_lexicon_hides_its_word():
    """No exception stands in the table for nothing: read alone it gives none of its row's rules."""
    rules = load_rules().lexicon
    for row in csv_rows("diet_lexicon"):
        for exception in filter(None, row["exceptions"].split("|")):
            words = classify(UsdaFood("sr", exception, "Vegetables and Vegetable Products"))
            assert row["reason"] not in words.reason.split("; ") or row["where"], (row["word"], exception)
    assert rules.phrases


def test_a_list_of_ingredients_decides_what_the_name_leaves_open():
    assert branded("Vegetable soup", "Water, tomatoes, salt.").diet == "vegan"
    assert branded("Vegetable soup", "Water, tomatoes, chicken fat, salt.").diet == "omnivore"
    assert branded("Oat drink", "Water, oats, rapeseed oil, vitamins B12 and D2.").diet == "vegan"
    assert branded("Crackers", "Wheat flour, palm oil, whey powder.").contains == {"dairy"}
    assert branded("Gummy bears", "Sugar, pork gelatin.").diet == "omnivore"
    assert branded("Meatless patties", "Soy protein, egg whites, peanut butter.").diet == "vegetarian"
    assert branded("Meatless patties", "Soy protein, beef fat.").diet == "omnivore"
    assert branded("Snack", "").diet == "uncertain"
    assert branded("Dark chocolate", "Cocoa mass, sugar, cocoa butter. May contain traces of milk and egg.").diet == "vegan"
    assert branded("BEAR NAKED oats", "Oats, almonds, sugar.").diet == "vegan"
    assert branded("Bread", "Wheat flour, water, yeast, salt, mono- and diglycerides, calcium lactate.").diet == "vegan"


def test_the_reason_says_what_is_in_it_or_may_be():
    assert classify(UsdaFood("sr", "Macaroni and cheese, frozen entree", "Meals, Entrees, and Side Dishes")).reason.startswith(
        "contains dairy"
    )
    assert "lard" in classify(UsdaFood("sr", "Pie crust, frozen", "Baked Products")).reason
    assert "stock" in classify(UsdaFood("sr", "Soup, minestrone, canned", "Soups, Sauces, and Gravies")).reason


@given(st.text(max_size=80), st.sampled_from(["sr", "fndds", "foundation", "branded", "x"]), st.text(max_size=12), st.text(max_size=60))
def test_any_text_has_a_class(description, data_set, code, ingredients):
    found = classify(UsdaFood(data_set, description, "", code, ingredients))
    assert found.diet in CLASSES
    assert found.reason


@given(st.sampled_from(labels()), st.sampled_from(["with beef", "with ham", "with chicken", "with tuna", "with gelatin", "with lard"]))
def test_adding_flesh_to_a_food_without_negation_makes_it_omnivore(row, flesh):
    if re.search(r"meatless|vegetarian|veggie|vegan|soyburger", row["description"], re.IGNORECASE):
        return
    found = classify(UsdaFood(row["data_set"], f"{row['description']}, {flesh}", row["group"], row["code"]))
    assert found.diet == "omnivore"


# The command -------------------------------------------------------------------------------------

IMPORTED = Food(
    "sr:99999", "Test stew", "soups", "uncertain", None, None, None, None, (Portion("100 g", 100.0),), "x", "x", fdc_id=99_999_999
)


class FakeStore:
    def food(self, id_: str) -> Food | None:
        return IMPORTED if id_ == IMPORTED.id else None

    def by_fdc_id(self, fdc_id: int) -> Food | None:
        return IMPORTED if fdc_id == IMPORTED.fdc_id else None

    def diet_reason(self, id_: str) -> str:
        return "may be made with meat stock" if id_ == IMPORTED.id else ""


def test_foods_are_asked_for_by_id_or_fdc_id(tables):
    row = next(r for r in csv_rows("foods") if r["fdc_id"] and r["diet"] == "vegetarian")
    answers = diet_answers([row["id"], row["fdc_id"], f"fdc:{row['fdc_id']}"], tables.foods)
    assert {(a.id, a.fdc_id, a.diet) for a in answers} == {(row["id"], int(row["fdc_id"]), "vegetarian")}


def test_every_food_of_the_table_has_an_answer_with_its_own_class(tables):
    answers = diet_answers(list(tables.foods), tables.foods)
    assert [a.diet for a in answers] == [row["diet"] for row in csv_rows("foods")]
    assert all(a.reason for a in answers)


def test_imported_foods_come_after_the_table(tables):
    wanted = [DietAnswer("sr:99999", 99_999_999, "uncertain", "may be made with meat stock")]
    assert diet_answers(["99999999"], tables.foods, FakeStore()) == wanted
    assert diet_answers(["sr:99999"], tables.foods, FakeStore()) == wanted
    with pytest.raises(UnknownFoodError, match="sr:none"):
        diet_answers(["sr:none"], tables.foods, FakeStore())


def test_the_command_line_answers_in_json(capsys):
    assert main(["foods", "diet", "fndds:41205010", "fndds:31103010", "--json"]) == 0
    first, second = json.loads(capsys.readouterr().out)
    assert set(first) == {"id", "fdc_id", "diet", "reason"}
    assert (first["diet"], second["diet"]) == ("uncertain", "vegetarian")
    assert "lard" in first["reason"]


@pytest.mark.parametrize("arguments", [["999"], ["sr:0"], ["\u0663"], ["fndds:31103010", "no such food"], []])
def test_the_command_line_says_what_it_does_not_know(arguments, capsys):
    assert main(["foods", "diet", *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err
