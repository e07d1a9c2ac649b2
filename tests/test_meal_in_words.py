"""A meal typed in one line: its foods with amounts to confirm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.foods.meal_in_words import read_meal
from dashboard.foods.search import search
from dashboard.tables.read import load_tables

TABLES = load_tables()


def find(words: str):
    return search(TABLES.foods, words)


def read(text: str):
    return [(said.foods[0].name if said.foods else None, said.grams, said.measured) for said in read_meal(text, find, TABLES.units)]


def test_three_parts_with_amounts_to_confirm():
    found = read_meal("2 eggs boiled, toast with butter, latte", find, TABLES.units)
    assert sorted({said.part for said in found}) == [0, 1, 2]
    names = [said.foods[0].name for said in found]
    assert names[0] == "Egg, boiled"
    assert "oast" in names[1]
    assert names[2] == "Butter"
    assert "latte" in names[3].casefold()
    assert (found[0].grams, found[0].measured) == (100, True)
    assert all(said.grams and not said.measured for said in found[1:])


@pytest.mark.parametrize(
    ("text", "food", "grams", "said"),
    [
        ("250 ml whole milk", "Milk, whole", 250, True),
        ("0,5 l whole milk", "Milk, whole", 500, True),
        ("150 g salmon cooked", "Salmon, cooked", 150, True),
        ("half a banana", "Banana, raw", 63, True),
        ("2 slices of white bread", "Bread, white", 56, True),
        ("1 EL butter", "Butter", 15, True),
        ("coffee with milk", "Coffee with milk (cafe con leche, cafe au lait)", 248, False),
        ("3 huevos", "Egg, boiled", 150, False),
        ("Käse", "Cheese, Cheddar", None, False),
        ("1,000 ml whole milk", "Milk, whole", None, True),
        ("salmon cooked 150 g", "Salmon, cooked", 150, True),
        ("salmon: 150 g", "Salmon, cooked", 150, True),
        ("banana x 2", "Banana, raw", 252, False),
        ("2% milk", "Milk, semi-skimmed (reduced fat, 2%)", 244, False),
        ("pasta with tomato sauce", "Pasta with tomato sauce, home-made", 250, False),
        ("latte", "Coffee latte, whole milk", 360, False),
    ],
)
def test_one_food(text, food, grams, said):
    ((name, found, typed),) = read(text)
    assert name == food
    assert typed == said
    if grams is not None:
        assert found == pytest.approx(grams, rel=0.02)


def test_a_decimal_comma_does_not_part_two_foods():
    assert len(read("1,5 eggs boiled, 200 g yogurt")) == 2


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("bread and butter", ["Bread, wholemeal (whole wheat)", "Butter"]),
        ("granola with milk", ["Granola", "Milk, whole"]),
        ("bacon and eggs", ["Bacon, cooked", "Egg, boiled"]),
    ],
)
def test_two_foods_are_not_a_third_that_holds_both(text, names):
    assert [name for name, _, _ in read(text)] == names


@pytest.mark.parametrize(
    "text", ["9,000 g salmon cooked", "1,000 ml whole milk", "2-3 eggs boiled", "<5 g butter", "0 eggs boiled", "9 kg salmon"]
)
def test_an_amount_that_is_none_or_two_is_never_certain(text):
    """A reading beyond the limits does not make the other one certain."""
    (found,) = read_meal(text, find, TABLES.units)
    assert found.foods
    assert found.grams is None
    assert found.weighed.unclear


def test_words_without_a_food_stay_and_have_none():
    assert read("2 unicorn steaks qwxz") == [(None, None, False)]


@given(st.text(max_size=80))
def test_no_line_makes_it_raise(text):
    for said in read_meal(text, find, TABLES.units):
        assert said.grams is None or said.grams >= 0
