"""The nutrients of a food as FoodData Central's answers list them: its names, units and shapes stop here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

Json = Mapping[str, Any]

B12: Final = "418"
ADDED: Final = "578"
PROTEIN: Final = "203"
#: Energy in kcal: as printed or by 4-9-4, then Foundation Foods' general and specific Atwater factors.
ENERGIES: Final = ("208", "957", "958")
NUMBERS: Final = (B12, ADDED, PROTEIN, *ENERGIES)
#: Nutrient ids beside the numbers; an answer may carry either or both.
NUMBER_OF_ID: Final = {1178: B12, 1246: ADDED, 1003: PROTEIN, 1008: "208", 2047: "957", 2048: "958"}
#: Units as the API writes them, and what they are times µg, g or kcal.
UNITS: Final = {
    B12: {"ug": 1.0, "µg": 1.0, "μg": 1.0, "mcg": 1.0, "mg": 1000.0},
    PROTEIN: {"g": 1.0},
    "208": {"kcal": 1.0},
}
NAME_MAX: Final = 120
#: So many times the length that is wanted is looked at: the rest may be blanks.
TIDIED: Final = 4


@dataclass(frozen=True, slots=True)
class Amount:
    """One nutrient of an answer, per 100 g or 100 ml, in µg, g or kcal. ``value`` None: the unit is not known."""

    value: float | None
    code: str = ""
    derivation: str = ""
    percent_dv: float | None = None


def text_of(value: object, longest: int = NAME_MAX) -> str:
    """A text of the answer in one line, without what a screen could take for markup."""
    given = str(value)[: TIDIED * longest] if isinstance(value, str | int | float) else ""
    plain = "".join(c for c in given if (c.isprintable() or c.isspace()) and c not in "<>`[]|\\")
    return " ".join(plain.split())[:longest].strip()


def figure_of(value: object) -> float | None:
    """A number that can be an amount; anything else is no value."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        return None
    return float(value)


def rows_of(value: object) -> Iterable[Json]:
    """The objects in a list; empty where the value is not a list."""
    return (row for row in value if isinstance(row, Mapping)) if isinstance(value, list) else ()


def inner_of(row: Json, name: str) -> Json:
    """An object in an object; an empty one where there is none."""
    held = row.get(name)
    return held if isinstance(held, Mapping) else {}


def _number_of(row: Json) -> str | None:
    """The nutrient number of a row in any of the three shapes; None where nothing names the nutrient."""
    nutrient = inner_of(row, "nutrient")
    number = str(nutrient.get("number") or row.get("nutrientNumber") or row.get("number") or "").strip()
    by_id = nutrient.get("id") or row.get("nutrientId")
    from_id = NUMBER_OF_ID.get(by_id) if isinstance(by_id, int) else None
    if number and from_id and number != from_id:
        return None
    return number or from_id or (f"id {by_id}" if by_id else None)


def _amount(row: Json, number: str) -> Amount | None:
    value = figure_of(row.get("amount", row.get("value")))
    if value is None:
        return None
    derivation = inner_of(row, "foodNutrientDerivation")
    unit = str(inner_of(row, "nutrient").get("unitName") or row.get("unitName") or "").strip().lower()
    factor = UNITS[B12 if number == ADDED else "208" if number in ENERGIES else number].get(unit)
    return Amount(
        None if factor is None else value * factor,
        str(derivation.get("code") or row.get("derivationCode") or ""),
        text_of(derivation.get("description") or row.get("derivationDescription")),
        figure_of(row.get("percentDailyValue")),
    )


def amounts(rows: object) -> dict[str, Amount]:
    """The nutrients this app reads, by number; the first row of a nutrient counts."""
    found: dict[str, Amount] = {}
    for row in rows_of(rows):
        number = _number_of(row)
        if number in NUMBERS and number not in found:
            amount = _amount(row, number)
            if amount is not None:
                found[number] = amount
    return found


def has_holes(answer: Json) -> bool:
    """Whether an answer lists amounts without naming the nutrient of any."""
    rows = [row for row in rows_of(answer.get("foodNutrients")) if "amount" in row or "value" in row]
    return bool(rows) and all(_number_of(row) is None for row in rows)
