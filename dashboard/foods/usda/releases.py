"""What USDA's releases look like inside: which data set a zip holds, what its nutrients are called, its portions.

A release is recognised by its tables, never by the name of its file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final

import pyarrow as pa
import pyarrow.compute as compute

from dashboard.foods.usda.archive import Archive, Columns, ReleaseError
from dashboard.foods.usda.gtin import gtin_id
from dashboard.tables.read import Row, read_rows

PORTIONS_MAX: Final = 4
CODE_DIGITS_MAX: Final = 15
#: SR Legacy is final: one release, of April 2018.
SR_RELEASE: Final = "2018-04"
#: FNDDS before this survey year was shipped without the tables that all releases share.
FNDDS_SHARED_TABLES_FROM: Final = 2021
#: Unit names of USDA for one unit, in capitals ("µ" is written with two different letters).
SAME_UNIT: Final[Mapping[str, str]] = {"ΜG": "UG", "MCG": "UG"}
UNDETERMINED: Final = "undetermined"
#: FDA's "reference amount customarily consumed" in words.
USUAL_SERVING: Final = "usual serving"
UNIT_WORDS: Final[Mapping[str, str]] = {"RACC": USUAL_SERVING, "Tablespoons": "tablespoon", "Banana": "banana", "Onion": "onion"}
GRAM_UNITS: Final = frozenset({"G", "GRM", "GM"})
MILLILITRE_UNITS: Final = frozenset({"ML", "MLT"})
NEVER_OFFERED: Final = ("quantity not specified", "guideline amount")


@dataclass(frozen=True, slots=True)
class Kind:
    """One of USDA's data sets and the table that only its release has."""

    data_set: str
    title: str
    table: str
    columns: Columns
    optional: Columns
    needs_portions: bool = True


SR: Final = Kind("sr", "SR Legacy", "sr_legacy_food", {"fdc_id": ["fdc_id"], "code": ["NDB_number"]}, {})
FNDDS: Final = Kind(
    "fndds",
    "FNDDS",
    "survey_fndds_food",
    {"fdc_id": ["fdc_id"], "code": ["food_code"]},
    {
        "category": ["wweia_category_number", "wweia_category_code"],
        "start": ["start_date"],
        "end": ["end_date"],
    },
)
FOUNDATION: Final = Kind("foundation", "Foundation Foods", "foundation_food", {"fdc_id": ["fdc_id"], "code": ["NDB_number"]}, {})
BRANDED: Final = Kind(
    "branded",
    "Branded Foods",
    "branded_food",
    {"fdc_id": ["fdc_id"], "code": ["gtin_upc"]},
    {
        "category": ["branded_food_category"],
        "owner": ["brand_owner"],
        "brand": ["brand_name"],
        "ingredients": ["ingredients"],
        "serving": ["serving_size"],
        "serving_unit": ["serving_size_unit"],
        "household": ["household_serving_fulltext"],
    },
    needs_portions=False,
)
KINDS: Final = (SR, FNDDS, FOUNDATION, BRANDED)


def release_kind(archive: Archive) -> Kind:
    """The data set a zip of CSV files holds. Raises :class:`ReleaseError` when it is none, or more than one."""
    found = [kind for kind in KINDS if kind.table in archive]
    if len(found) > 1:
        raise ReleaseError("kinds-mixed", zip=archive.name, kinds=[kind.title for kind in found])
    if not found:
        raise ReleaseError("kind-unknown", zip=archive.name)
    return found[0]


# Codes -------------------------------------------------------------------------------------------


def code_number(text: str) -> int | None:
    """A code of USDA's as a number; None where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= CODE_DIGITS_MAX else None


@lru_cache(maxsize=1)
def shared_codes() -> Mapping[str, Mapping[int, str]]:
    """Kind of code -> id -> name, from usda_codes.csv: for releases that USDA ships without these tables."""
    codes: dict[str, dict[int, str]] = {}
    for row in read_rows("usda_codes"):
        name = f"{row['code']} {row['name']}" if row["kind"] == "derivation" else row["name"]
        codes.setdefault(row["kind"], {})[int(row["id"])] = name
    return codes


CODE_COLUMNS: Final[Mapping[str, tuple[Sequence[str], Sequence[str]]]] = {
    "measure_unit": (["id"], ["name"]),
    "food_category": (["id"], ["description"]),
    "wweia_food_category": (
        ["wweia_food_category", "wweia_food_category_code", "wweia_food_category_number"],
        ["wweia_food_category_description"],
    ),
    "food_nutrient_derivation": (["id"], ["description"]),
}


def codes(archive: Archive, table: str) -> Mapping[int, str]:
    """id -> name of one of USDA's code tables: the release's own rows over the shared ones."""
    known = dict(shared_codes()[table.removeprefix("food_nutrient_")])
    if table not in archive:
        return known
    ids, names = CODE_COLUMNS[table]
    rows = archive.rows(table, {"id": pa.int64()}, {"id": ids, "name": names}, {"code": ["code"]})
    for id_, name, code in rows:
        text = " ".join((name or "").split())
        known[id_] = f"{code} {text}" if table == "food_nutrient_derivation" else text
    return known


# Nutrients ---------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def wanted_nutrients() -> tuple[Row, ...]:
    """The rows of usda_nutrients.csv: what is read of a release, best choice of a field first."""
    return tuple(sorted(read_rows("usda_nutrients"), key=lambda row: (row["field"], int(row["choice"]))))


def check_nutrient(row: Row, unit: str, number: str | None, where: str) -> None:
    """Refuses a release whose nutrient has another number or unit than USDA gives it."""
    if number is not None and number.removesuffix(".0") != row["nutrient_number"]:
        raise ReleaseError(
            "nutrient-number",
            where=where,
            nutrient=row["nutrient_id"],
            number=number,
            name=row["name"],
            expected=row["nutrient_number"],
        )
    capitals = unit.strip().upper()
    if SAME_UNIT.get(capitals, capitals) != row["unit"]:
        raise ReleaseError("nutrient-unit", where=where, name=row["name"], unit=unit or "no-unit", expected=row["unit"])


def listed_nutrients(archive: Archive) -> Mapping[int, str]:
    """id -> number of every nutrient of the release. Checks the units of the nutrients that this app reads."""
    listed = {
        id_: ((number or "").removesuffix(".0"), unit or "")
        for id_, unit, number in archive.rows(
            "nutrient", {"id": pa.int64()}, {"id": ["id"], "unit": ["unit_name"], "number": ["nutrient_nbr", "nutrient_number"]}
        )
    }
    for row in wanted_nutrients():
        if int(row["nutrient_id"]) in listed:
            number, unit = listed[int(row["nutrient_id"])]
            check_nutrient(row, unit, number, f"{archive.name}: nutrient.csv")
    b12 = next(row for row in wanted_nutrients() if row["field"] == "b12_ug_per_100g")
    if int(b12["nutrient_id"]) not in listed:
        raise ReleaseError("no-b12", zip=archive.name)
    return {id_: number for id_, (number, _) in listed.items()}


def standard_nutrients() -> Mapping[int, str]:
    """id -> number of the nutrients that are read, for releases shipped without nutrient.csv."""
    return {int(row["nutrient_id"]): row["nutrient_number"] for row in wanted_nutrients()}


class NutrientColumn:
    """Finds out whether a release's column nutrient_id holds ids (1178) or numbers (418): some hold numbers."""

    def __init__(self, nutrients: Mapping[int, str], name: str) -> None:
        self._name = name
        self._ids = set(nutrients)
        self._numbers = {code for number in nutrients.values() if (code := code_number(number)) is not None}
        self._seen: set[int] = set()
        self._wanted = pa.array(sorted({int(r[c]) for r in wanted_nutrients() for c in ("nutrient_id", "nutrient_number")}))

    def wanted(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The rows of a batch whose nutrient is read, under its id or its number."""
        self._seen.update(compute.unique(batch["nutrient_id"]).to_pylist())
        return batch.filter(compute.is_in(batch["nutrient_id"], value_set=self._wanted))

    def meanings(self) -> dict[int, Row]:
        """Value of the column -> the nutrient it stands for, decided by all values the column has."""
        as_ids, as_numbers = len(self._seen & self._ids), len(self._seen & self._numbers)
        if as_ids == as_numbers:
            raise ReleaseError("nutrients-apart", zip=self._name)
        column = "nutrient_id" if as_ids > as_numbers else "nutrient_number"
        return {int(row[column]): row for row in wanted_nutrients()}


# Names and portions ------------------------------------------------------------------------------


def food_id(data_set: str, code: str | None, fdc_id: int) -> str:
    """The stable id of a food: NDB number, food code or GTIN; the fdc_id only where there is none."""
    if data_set == BRANDED.data_set:
        return gtin_id(code) or f"fdc:{fdc_id}"
    digits = (code or "").strip().removesuffix(".0").lstrip("0")
    return f"{data_set}:{digits}" if code_number(digits) is not None else f"fdc:{fdc_id}"


def tidy(text: str | None) -> str:
    """One line: USDA's descriptions hold line breaks and doubled spaces."""
    return " ".join(text.split()) if text else ""


def plain_case(text: str) -> str:
    """Text in capitals throughout, as on many labels, in ordinary case."""
    return text.capitalize() if text.isupper() else text


def count_words(amount: float) -> str:
    """0.5 as "1/2"; 3 as "3"."""
    near = Fraction(amount).limit_denominator(4)
    if near.denominator > 1 and abs(near - amount) < 0.01:
        whole, rest = divmod(near.numerator, near.denominator)
        return f"{whole} {rest}/{near.denominator}" if whole else f"{rest}/{near.denominator}"
    return f"{amount:g}"


@lru_cache(maxsize=5000)
def portion_label(amount: float | None, unit: str, description: str | None, modifier: str | None) -> str:
    """A household measure as a person says it: "1 cup, diced". Empty when there is nothing to say."""
    measure = "" if unit == UNDETERMINED else UNIT_WORDS.get(unit, unit)
    what = ", ".join(filter(None, (measure, tidy(description), tidy(modifier))))
    if not what or what.casefold().startswith(NEVER_OFFERED):
        return ""
    return f"{count_words(amount)} {what}" if amount else what
