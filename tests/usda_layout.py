"""Small releases in USDA's layout, written by hand: every trap of the real ones in a few rows."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

Rows = Sequence[Sequence[object]]
Tables = dict[str, Rows]

FOOD = ["fdc_id", "data_type", "description", "food_category_id", "publication_date"]
FOOD_NUTRIENT = [
    "id",
    "fdc_id",
    "nutrient_id",
    "amount",
    "data_points",
    "derivation_id",
    "min",
    "max",
    "median",
    "footnote",
    "min_year_acquired",
]
FOOD_PORTION = [
    "id",
    "fdc_id",
    "seq_num",
    "amount",
    "measure_unit_id",
    "portion_description",
    "modifier",
    "gram_weight",
    "data_points",
    "footnote",
    "min_year_acquired",
]
NUTRIENT: Rows = [
    ["id", "name", "unit_name", "nutrient_nbr", "rank"],
    [2047, "Energy (Atwater General Factors)", "KCAL", "957", "280.0"],
    [2048, "Energy (Atwater Specific Factors)", "KCAL", "958", "290.0"],
    [1003, "Protein", "G", "203", "600.0"],
    [1008, "Energy", "KCAL", "208", "300.0"],
    [1062, "Energy", "kJ", "268", "400.0"],
    [1178, "Vitamin B-12", "UG", "418", "7300.0"],
    [1246, "Vitamin B-12, added", "UG", "578", "7340.0"],
]
MEASURE_UNIT: Rows = [["id", "name"], [1000, "cup"], [1001, "tablespoon"], [1121, "RACC"], [9999, "undetermined"]]
FOOD_CATEGORY: Rows = [["id", "code", "description"], [1, "0100", "Dairy and Egg Products"], [16, "1600", "Legumes and Legume Products"]]
DERIVATION: Rows = [
    ["id", "code", "description", "source_id"],
    [1, "A", "Analytical", 1],
    [68, "Z", "Assumed zero (Insignificant amount or not naturally occurring in a food, such as fiber in meat)", 5],
]


def nutrients(*rows: tuple[int, int, object, object]) -> Rows:
    """food_nutrient.csv from fdc_id, nutrient, amount, derivation."""
    return [FOOD_NUTRIENT, *([n, f, nutrient, amount, "", how, "", "", "", "", ""] for n, (f, nutrient, amount, how) in enumerate(rows, 1))]


def portions(*rows: tuple[int, int, object, int, str, str, object]) -> Rows:
    """food_portion.csv from fdc_id, seq_num, amount, unit, description, modifier, grams."""
    return [FOOD_PORTION, *([n, *row, "", "", ""] for n, row in enumerate(rows, 1))]


def sr() -> Tables:
    """Ids; a USDA error (added above total); one food without B12; assumed zero; amounts in fractions."""
    return {
        "food": [
            FOOD,
            [171975, "sr_legacy_food", "Clams, cooked", 1, "2019-04-01"],
            [167517, "sr_legacy_food", "Waffle,\n  buttermilk", 16, "2019-04-01"],
            [172456, "sr_legacy_food", "Soymilk, with added calcium", 16, "2019-04-01"],
            [172446, "sr_legacy_food", "Soymilk, unfortified", 16, "2019-04-01"],
            [168000, "sr_legacy_food", "Berries, dried", 16, "2019-04-01"],
        ],
        "sr_legacy_food": [
            ["fdc_id", "NDB_number"],
            [171975, 15159],
            [167517, 18933],
            [172456, "016139"],
            [172446, 16222],
            [168000, 35001],
        ],
        "food_nutrient": nutrients(
            (171975, 1178, 98.89, ""),
            (171975, 1003, 25.55, 1),
            (171975, 1008, 148, 1),
            (171975, 1062, 619, 1),
            (167517, 1178, 1.62, 1),
            (167517, 1246, 3, 1),
            (172456, 1178, 0.85, 1),
            (172456, 1246, 0.85, 1),
            (172446, 1178, 0, 68),
            (172446, 1246, 0, 68),
            (168000, 1003, 1.2, 1),
        ),
        "food_portion": portions(
            (171975, 2, 20, 9999, "", "small", 190),
            (171975, 1, 3, 9999, "", "oz", 85),
            (172456, 1, 0.5, 9999, "", "cup", 121.5),
            (172456, 2, 0, 9999, "", "glass", 240),
        ),
        "nutrient": NUTRIENT,
        "measure_unit": MEASURE_UNIT,
        "food_category": FOOD_CATEGORY,
        "food_nutrient_derivation": DERIVATION,
        "all_downloaded_table_record_counts": [["Table", "Number of Records"], ["food", 5]],
    }


def fndds(
    years: tuple[int, int] = (2021, 2023), category: str = "wweia_category_number", number: bool = True, fdc_id: int = 2705383
) -> Tables:
    """Numbers where others have ids; the column of the category under two names; portions that are never offered."""
    b12, added, energy = (418, 578, 208) if number else (1178, 1246, 1008)
    human, soy, liver = fdc_id, fdc_id + 1, fdc_id + 2
    return {
        "food": [
            FOOD,
            [human, "survey_fndds_food", "Milk, human", "", "2024-10-31"],
            [soy, "survey_fndds_food", "Soy milk", "", "2024-10-31"],
            [liver, "survey_fndds_food", "Liver, beef", "", "2024-10-31"],
        ],
        "survey_fndds_food": [
            ["fdc_id", "food_code", category, "start_date", "end_date"],
            [human, 11000000, 9602, f"{years[0]}-01-01", f"{years[1]}-12-31"],
            [soy, 11320100, 1902, f"{years[0]}-01-01", f"{years[1]}-12-31"],
            [liver, 25110140, 2010, f"{years[0]}-01-01", f"{years[1]}-12-31"],
        ],
        "food_nutrient": nutrients(
            (soy, b12, 0.39, ""), (soy, added, 0.39, ""), (soy, energy, 38, ""), (liver, b12, 82.47, ""), (liver, added, 0, "")
        ),
        "food_portion": portions(
            (soy, 3, "", 9999, "Guideline amount per fl oz of beverage", "63480", 2.5),
            (soy, 1, "", 9999, "1 cup", "10205", 244),
            (soy, 5, "", 9999, "Quantity not specified", "90000", 244),
            (human, 2, "", 9999, "Quantity not specified", "90000", 0),
            (human, 1, "", 9999, "1 fl oz", "30000", 0),
        ),
        "nutrient": NUTRIENT,
        "measure_unit": MEASURE_UNIT,
        "wweia_food_category": [
            ["wweia_food_category", "wweia_food_category_description"],
            [1902, "Plant-based milk"],
            [2010, "Liver and organ meats"],
            [9602, "Human milk"],
        ],
    }


def foundation(date: str = "2025-04-24", b12: float = 1.06, fdc_id: int = 328637) -> Tables:
    """A superseded version and laboratory samples beside the two current foods; no derivation table, as USDA ships it."""
    return {
        "food": [
            FOOD,
            [fdc_id, "foundation_food", "Cheese, cheddar", 1, date],
            [300000, "foundation_food", "Cheese, cheddar", 1, "2019-04-01"],
            [321358, "foundation_food", "Hummus, commercial", 16, "2019-04-01"],
            [319877, "sub_sample_food", "Cheese, cheddar, Pass 2,\nCY010HJ\n", 1, "2019-04-01"],
            [319875, "market_acquisition", "CHEDDAR, ACME", 1, "2019-04-01"],
        ],
        "foundation_food": [["fdc_id", "NDB_number", "footnote"], [fdc_id, 1009, ""], [321358, 16158, ""]],
        "food_nutrient": nutrients(
            (319877, 1178, 9.99, 1), (300000, 1178, 0.88, 1), (fdc_id, 1178, b12, 1), (fdc_id, 2047, 408, 49), (fdc_id, 2048, 400, 49)
        ),
        "food_portion": portions(
            (319875, "", 2, 1001, "", "", 35.8),
            (fdc_id, 1, 1, 1121, "", "", 30),
            (fdc_id, 2, 1, 1000, "", "shredded", 105),
            (321358, 1, 2.0, 1001, "", "", 33.9),
        ),
        "nutrient": NUTRIENT,
        "measure_unit": MEASURE_UNIT,
        "food_category": FOOD_CATEGORY,
    }


BRANDED_FOOD = [
    "fdc_id",
    "brand_owner",
    "brand_name",
    "subbrand_name",
    "gtin_upc",
    "ingredients",
    "not_a_significant_source_of",
    "serving_size",
    "serving_size_unit",
    "household_serving_fulltext",
    "branded_food_category",
    "data_source",
    "package_weight",
    "modified_date",
    "available_date",
    "market_country",
    "discontinued_date",
    "preparation_state_code",
    "trade_channel",
    "short_description",
    "material_code",
]


def _product(fdc_id: int, owner: str, brand: str, gtin: str, ingredients: str, size: object, unit: str, household: str) -> list[object]:
    return [
        fdc_id,
        owner,
        brand,
        "",
        gtin,
        ingredients,
        "",
        size,
        unit,
        household,
        "Plant Based Milk",
        "LI",
        "",
        "",
        "",
        "United States",
        *[""] * 5,
    ]


def branded() -> Tables:
    """One product in two versions whose codes have different zeros in front; figures per 100 ml; %DV; a product without code."""
    return {
        "food": [
            FOOD,
            [1105904, "branded_food", "OAT DRINK", "", "2020-11-13"],
            [2041155, "branded_food", "OAT DRINK", "", "2021-10-28"],
            [2050000, "branded_food", "Bran Flakes", "", "2021-10-28"],
            [2060000, "branded_food", "LOOSE NUTS", "", "2021-10-28"],
        ],
        "branded_food": [
            BRANDED_FOOD,
            _product(1105904, "Acme", "ACME", "075925306223", "OATS", 240, "ml", "1 CUP"),
            _product(2041155, "Acme", "ACME", "75925306223", "OATS, CYANOCOBALAMIN", 240, "MLT", "1 CUP"),
            _product(2050000, "Acme Inc.", "", "00041497083411", 'WHEAT, "WHOLE"', 40, "g", ""),
            _product(2060000, "Acme", "ACME", "", "NUTS", "", "", ""),
        ],
        "food_nutrient": [
            [*FOOD_NUTRIENT[:9], "loq", *FOOD_NUTRIENT[9:], "percent_daily_value"],
            [1, 2041155, 1178, 0.25, "", 75, "", "", "", "", "", "", 25],
            [2, 1105904, 1178, 0.63, "", 75, "", "", "", "", "", "", 25],
            [3, 2050000, 1008, 350, "", 70, "", "", "", "", "", "", ""],
        ],
        "nutrient": NUTRIENT,
    }


def foundation_json(unit: str = "µg", number: str = "418") -> dict[str, object]:
    """Two foods, one a record kept for history; dates as M/D/YYYY."""

    def nutrient(id_: int, nbr: str, name: str, unit_name: str, amount: float) -> dict[str, object]:
        return {
            "type": "FoodNutrient",
            "nutrient": {"id": id_, "number": nbr, "name": name, "unitName": unit_name},
            "foodNutrientDerivation": {"code": "A", "description": "Analytical"},
            "amount": amount,
        }

    def food(fdc_id: int, ndb: int, description: str, b12: float, historical: bool) -> dict[str, object]:
        return {
            "foodClass": "FinalFood",
            "description": description,
            "foodNutrients": [nutrient(1178, number, "Vitamin B-12", unit, b12), nutrient(1062, "268", "Energy", "kJ", 900)],
            "isHistoricalReference": historical,
            "ndbNumber": ndb,
            "fdcId": fdc_id,
            "dataType": "Foundation",
            "foodCategory": {"description": "Dairy and Egg Products"},
            "foodPortions": [
                {"measureUnit": {"id": 1121, "name": "RACC"}, "gramWeight": 30.0, "sequenceNumber": 1, "amount": 1.0, "value": 1.0},
                {"measureUnit": {"id": 1000, "name": "cup"}, "modifier": "sifted", "gramWeight": 85.0, "sequenceNumber": 2, "amount": 1.0},
            ],
            "publicationDate": "12/18/2025",
        }

    return {"FoundationFoods": [food(328637, 1009, "Cheese, cheddar\n", 1.05, False), food(300000, 1009, "Cheese, cheddar", 0.88, True)]}


KINDS = {"sr": sr, "fndds": fndds, "foundation": foundation, "branded": branded}


def csv_bytes(rows: Rows) -> bytes:
    """A table as USDA writes it: every cell in quotes."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def write(path: Path, tables: Mapping[str, Rows | bytes], folder: str = "release/") -> Path:
    """A zip of CSV tables; bytes go in as they are."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{folder}Field Descriptions.xlsx", b"not a table")
        for name, rows in tables.items():
            archive.writestr(f"{folder}{name}.csv", rows if isinstance(rows, bytes) else csv_bytes(rows))
    return path


def write_json(path: Path, content: object) -> Path:
    """A zip with one JSON file at its root."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("foods.json", content if isinstance(content, str) else json.dumps(content, ensure_ascii=False))
    return path
