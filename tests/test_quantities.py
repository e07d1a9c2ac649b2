"""Amounts as people write them are read as they were meant, or asked, or refused: never as another number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel import Locale
from babel.numbers import format_decimal
from conftest import csv_rows
from hypothesis import given
from hypothesis import strategies as st

from dashboard.quantities import Quantity, Question, Refusal, read, read_in
from dashboard.quantities.portions import read_grams
from dashboard.tables.read import load_tables
from dashboard.words import quantities as words

TABLES = load_tables()
UNITS = TABLES.units
EGG = TABLES.foods["fndds:31103010"]
MILK = next(food for food in TABLES.foods.values() if food.usda_description == "Milk, whole")
#: Commas and points both ways, spaces, apostrophes, the lakh of India, digits of three more scripts.
LOCALES = ("en_US", "de_DE", "fr_FR", "es_ES", "hi_IN", "de_CH", "pt_BR", "sv_SE", "pl_PL", "ja_JP", "ar_EG", "fa_IR", "bn_BD", "mr_IN")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("2,4", 2.4, None),
        ("2.4", 2.4, None),
        ("125,4", 125.4, None),
        ("0,38", 0.38, None),
        ("0.380", 0.38, None),
        ("1 000", 1000, None),
        ("2 050 g", 2050, "g"),
        ("2 200,5 g", 2200.5, "g"),
        ("1.000,5", 1000.5, None),
        ("1,000.5", 1000.5, None),
        ("1'234.5", 1234.5, None),
        ("1,00,000", 100000, None),
        ("½", 0.5, None),
        ("1½", 1.5, None),
        ("1 1/2", 1.5, None),
        ("3/4 cup", 0.75, "cup"),
        ("3 x 25", 75, None),
        ("3×0,5 l", 1.5, "l"),
        ("2 cups", 2, "cup"),
        ("250.00 g", 250, "g"),
        ("250,00g", 250, "g"),
        ("15 %", 15, "%"),
        ("2 EL", 2, "EL"),
        ("1 TL", 1, "TL"),
        ("2 Scheiben", 2, "slice"),
        ("2 c. à s.", 2, "EL"),
        ("2 fl oz", 2, "fl oz"),
        ("2.4 µg", 2.4, "µg"),
        ("2.4 \u03bcg", 2.4, "µg"),
        ("2.4mcg", 2.4, "µg"),
        ("125,4 pmol/L", 125.4, "pmol/L"),
        ("ca. 200 g", 200, "g"),
        ("half a cup", 0.5, "cup"),
        ("two slices", 2, "slice"),
        ("half a dozen", 6, None),
        ("1e3", 1000, None),
        ("5.", 5, None),
        ("3/2", 1.5, None),
        ("10000 ng", 10000, "ng"),
        ("18 months", 18, "months"),
        ("3/2", 1.5, None),
        ("2 dozen", 24, None),
        ("10000 ng", 10000, "ng"),
        ("18 months", 18, "months"),
        (",5", 0.5, None),
    ],
)
def test_amounts_that_mean_one_thing(text, value, unit):
    found = read(text, UNITS)
    assert isinstance(found, Quantity), found
    assert (found.value, found.unit and found.unit.unit, found.rest) == (value, unit, "")


@pytest.mark.parametrize(
    ("text", "values"),
    [("1,000", {1, 1000}), ("1.000 ml", {1, 1000}), ("125.400", {125.4, 125400}), ("2-3 slices", {2, 3}), ("2 or 3", {2, 3})]
    + [("2·4 µg", {2.4, 8}), ("1·5", {1.5, 5}), ("2⋅5 g", {2.5, 10}), ("11/2 cups", {1.5, 5.5}), ("2 à 100 g", {2, 100, 200})]
    + [("2 200 ml", {2200, 400}), ("1 500 µg", {1500, 500}), ("12 345", {12345, 4140})],
)
def test_amounts_that_mean_two_things_are_asked(text, values):
    found = read(text, UNITS)
    assert isinstance(found, Question)
    assert {reading.value for reading in found.readings} == values
    assert words.asked(found).startswith("“" + text[:1])


@pytest.mark.parametrize(("decimal", "value"), [(",", 1.0), (".", 1000.0)])
def test_a_writer_whose_decimal_mark_is_known_is_not_asked(decimal, value):
    assert read("1,000", UNITS, decimal).value == value
    assert read("1.5", UNITS, decimal).value == 1.5  # no custom reads this as anything else


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("some", "no-number"),
        ("-5", "negative"),
        ("\u22125", "negative"),
        ("14/3/2026", "malformed"),
        ("3/14", "malformed"),
        ("2026-11-02", "malformed"),
        ("14.3.2026", "malformed"),
        ("1,5,2", "malformed"),
        ("1,000,5", "malformed"),
        ("1;5", "malformed"),
        ("1,5 2", "two-numbers"),
        ("1,5½", "two-numbers"),
        ("one and a half cups", "two-numbers"),
        ("9" * 300, "long"),
        ("12/4", "malformed"),
        ("10/2", "malformed"),
        ("1 0/2", "malformed"),
        ("12/4", "malformed"),
        ("10/2", "malformed"),
        ("1 0/2", "malformed"),
    ],
)
def test_what_is_no_amount_is_refused_with_its_reason(text, code):
    found = read(text, UNITS)
    assert isinstance(found, Refusal)
    assert found.code == code
    assert words.refused(found)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("0,38", "µg", 0.38),
        ("0.38 mg", "µg", 380),
        ("1 mg", "µg", 1000),
        ("125,4", "pmol/L", 125.4),
        ("125,4 pmol/L", "pmol/L", 125.4),
        ("300 pg/mL", "ng/L", 300),
        ("0,3 µmol/L", "nmol/L", 300),
        ("15", "%", 15),
        ("2 oz", "g", 56.69904625),
        ("3,5", "", 3.5),
    ],
)
def test_a_field_of_one_unit(text, unit, value):
    found = read_in(text, UNITS, unit)
    assert isinstance(found, Quantity), found
    assert found.value == pytest.approx(value, rel=1e-12)
    assert (found.unit.unit if found.unit else "") == unit


@pytest.mark.parametrize(
    ("text", "unit", "code"),
    [
        ("200 ml", "µg", "other-unit"),
        ("125 ng/L", "pmol/L", "other-unit"),
        ("3 g", "", "other-unit"),
        ("3 eggs", "g", "unknown-unit"),
        ("1 Pfund", "g", "unknown-unit"),
        ("2 µg B12", "µg", "extra"),
        ("<0,5", "µg", "bound"),
        ("3 x 25", "µg", "several"),
        ("0,5", "µg", "too-small"),
        ("30000", "µg", "too-large"),
    ],
)
def test_a_field_refuses_what_it_cannot_hold(text, unit, code):
    found = read_in(text, UNITS, unit, 1, 20000, several=False)
    assert isinstance(found, Refusal)
    assert found.code == code
    said = words.refused(found)
    assert "{" not in said
    assert said.count("“") == said.count("”")


def test_a_laboratory_reports_limits():
    found = read_in("<0,5", UNITS, "pmol/L", bounds=True)
    assert (found.value, found.bound) == (0.5, "less")
    assert words.understood(found) == "less than 0.5 pmol/L"


def test_a_reading_beyond_the_limits_does_not_make_the_other_certain():
    """125,400 typed for 125.4 pmol/L and for 125,400: the field cannot know, so it asks although only one fits."""
    found = read_in("125,400", UNITS, "pmol/L", 10, 10000)
    assert isinstance(found, Question)
    assert [reading.value for reading in found.readings] == [125.4]


@pytest.mark.parametrize(
    ("food", "text", "grams"),
    [
        (EGG, "3 eggs", 150),
        (EGG, "1,5 egg", 75),
        (EGG, "1 cup", 135),
        (EGG, "120 g", 120),
        (MILK, "250 ml", 250),
        (MILK, "0,5 l", 500),
        (MILK, "1 cup", 244),
        (MILK, "2 EL", 30),
        (None, "4 oz", 113.3980925),
        (None, "1 serving (30 g)", 30),
    ],
)
def test_amounts_of_a_food(food, text, grams):
    found = read_grams(text, food, UNITS)
    assert isinstance(found, Quantity), found
    assert found.value == pytest.approx(grams)


@pytest.mark.parametrize(
    ("food", "text", "code"),
    [
        (EGG, "2", "no-unit"),
        (EGG, "2.00 large", "no-measure"),
        (EGG, "3 slices", "no-measure"),
        (None, "2 cups", "no-measure"),
        (MILK, "1 Tasse", "no-measure"),
    ],
)
def test_a_measure_the_food_does_not_have_is_never_weighed(food, text, code):
    found = read_grams(text, food, UNITS)
    assert isinstance(found, Refusal)
    assert found.code == code


def test_a_thousand_millilitres_are_asked_and_never_one_gram():
    found = read_grams("1,000 ml", MILK, UNITS)
    assert isinstance(found, Question)
    assert [reading.value for reading in found.readings] == [1, 1000]


def test_a_cup_of_every_food_in_the_table_reads_back():
    """Every measure in the table, written as it stands there, weighs what the table says, or is asked among several.

    Within a hundredth: the table rounds an ounce to 28.35 g.
    """
    read_back = 0
    for food in TABLES.foods.values():
        for portion in food.portions:
            found = read_grams(portion.label, food, UNITS)
            if isinstance(found, Refusal):
                continue
            readings = found.readings if isinstance(found, Question) else (found,)
            assert any(reading.value == pytest.approx(portion.grams, rel=0.01) for reading in readings), (food.name, portion)
            read_back += 1
    assert read_back > 1500


@pytest.mark.parametrize("locale", LOCALES)
@given(thousandths=st.integers(0, 10**10), places=st.integers(0, 3))
def test_a_number_in_any_countrys_format_reads_back_or_is_asked(locale, thousandths, places):
    number = Decimal(thousandths) / 1000
    number = number.quantize(Decimal(1).scaleb(-places))
    pattern = Locale.parse(locale).decimal_formats[None].pattern.partition(";")[0].partition(".")[0] + "." + "0" * places
    written = format_decimal(number, format=pattern if places else pattern.rstrip("."), locale=locale, numbering_system="default")
    found = read(written, UNITS)
    assert not isinstance(found, Refusal), (written, found)
    values = [reading.value for reading in found.readings] if isinstance(found, Question) else [found.value]
    assert float(number) in values, (written, values)


@given(st.text(max_size=40))
def test_no_text_makes_it_raise(text):
    for found in (read(text, UNITS), read_in(text, UNITS, "µg"), read_grams(text, EGG, UNITS)):
        if isinstance(found, Refusal):
            assert words.refused(found)
        elif isinstance(found, Question):
            assert words.asked(found)
        else:
            assert found.value >= 0
            assert words.understood(found)


@given(st.integers(0, 10**11).map(lambda millionths: millionths / 10**6))
def test_what_is_shown_back_is_what_was_read(value):
    """The figure beside a field reads as the same number again, or is asked as "1.234" always is."""
    shown = words.figure(value)
    found = read(shown, UNITS)
    values = [reading.value for reading in found.readings] if isinstance(found, Question) else [found.value]
    assert any(one == pytest.approx(value, rel=1e-9) for one in values)


def test_every_word_of_a_unit_is_read_as_that_unit():
    for row in csv_rows("units"):
        if row["kind"] in ("number", "about", "bound", "count"):
            continue
        for word in row["words"].split(";"):
            found = read(f"2 {word}", UNITS)
            assert isinstance(found, Quantity), word
            assert found.unit is not None and found.unit.unit == row["unit"], word
            assert found.rest == "", word
