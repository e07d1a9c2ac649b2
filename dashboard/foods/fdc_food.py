"""Answers of FoodData Central become foods: its names, units and shapes stop here. No network."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from dashboard.foods.label import Basis, key_for, label_values
from dashboard.plan import GRAMS_MAX, OWN_B12_MAX_UG_PER_100G, OwnFood
from dashboard.tables.foods import Food, Portion
from dashboard.words import fdc as said

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
GRAM_UNITS: Final = frozenset({"g", "grm", "gm"})
ML_UNITS: Final = frozenset({"ml", "mlt"})
#: Derivation of a value from the label's % of the Daily Value.
PERCENT_DERIVATION: Final = "LCCD"
B12_IN_INGREDIENTS: Final = re.compile(r"cobalamin|vitamin\s+b[\s-]?12\b", re.IGNORECASE)
PORTIONS_MAX: Final = 4
NAME_MAX: Final = 120
INGREDIENTS_MAX: Final = 2000


class Fault(StrEnum):
    """Why a look-up has no answer."""

    KEY_REFUSED = "key-refused"
    KEY_MISSING = "key-missing"
    OVER_LIMIT = "over-limit"
    BAD_REQUEST = "bad-request"
    NOT_FOUND = "not-found"
    SERVER = "server"
    NOT_JSON = "not-json"
    TRUNCATED = "truncated"
    HOLES = "holes"
    SLOW = "slow"
    OFFLINE = "offline"
    STRANGE = "strange"


class FoodDataError(Exception):
    """A look-up that failed; the message is written for the reader and holds nothing of the request."""

    def __init__(self, fault: Fault, *, status: int | None = None, wait_s: float | None = None) -> None:
        super().__init__(said.fault(fault, wait_s))
        self.fault = fault
        self.status = status
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class LiveFood:
    """A food as FoodData Central gives it today, with what a person needs to judge it."""

    food: Food
    fdc_id: int
    data_type: str
    brand: str
    ingredients: str
    labelled_on: date | None

    @property
    def serving(self) -> Portion:
        """The label's serving, else 100 g."""
        return self.food.portions[0] if self.food.portions else Portion("100 g", 100.0)


@dataclass(frozen=True, slots=True)
class Amount:
    """One nutrient of an answer, per 100 g or 100 ml, in µg, g or kcal. ``value`` None: the unit is not known."""

    value: float | None
    code: str = ""
    derivation: str = ""
    percent_dv: float | None = None


def _text(value: object, longest: int = NAME_MAX) -> str:
    """A text of the answer in one line, without what a screen could take for markup."""
    plain = "".join(c for c in str(value or "") if (c.isprintable() or c.isspace()) and c not in "<>`[]|\\")
    return " ".join(plain.split())[:longest].strip()


def _figure(value: object) -> float | None:
    """A number that can be an amount; anything else is no value."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        return None
    return float(value)


def _day(value: object) -> date | None:
    """A date as the API writes it: 2021-10-28 or 10/28/2021."""
    for form in ("%Y-%m-%d", "%m/%d/%Y"):
        try:
            return datetime.strptime(str(value or "")[:10], form).date()
        except ValueError:
            continue
    return None


def _rows(value: object) -> Iterable[Json]:
    return (row for row in value if isinstance(row, Mapping)) if isinstance(value, list) else ()


def _inner(row: Json, name: str) -> Json:
    held = row.get(name)
    return held if isinstance(held, Mapping) else {}


def _number_of(row: Json) -> str | None:
    """The nutrient number of a row in any of the three shapes; None where nothing names the nutrient."""
    nutrient = _inner(row, "nutrient")
    number = str(nutrient.get("number") or row.get("nutrientNumber") or row.get("number") or "").strip()
    by_id = nutrient.get("id") or row.get("nutrientId")
    from_id = NUMBER_OF_ID.get(by_id) if isinstance(by_id, int) else None
    if number and from_id and number != from_id:
        return None
    return number or from_id or (f"id {by_id}" if by_id else None)


def _amount(row: Json, number: str) -> Amount | None:
    value = _figure(row.get("amount", row.get("value")))
    if value is None:
        return None
    derivation = _inner(row, "foodNutrientDerivation")
    unit = str(_inner(row, "nutrient").get("unitName") or row.get("unitName") or "").strip().lower()
    factor = UNITS[B12 if number == ADDED else "208" if number in ENERGIES else number].get(unit)
    return Amount(
        None if factor is None else value * factor,
        str(derivation.get("code") or row.get("derivationCode") or ""),
        _text(derivation.get("description") or row.get("derivationDescription")),
        _figure(row.get("percentDailyValue")),
    )


def amounts(rows: object) -> dict[str, Amount]:
    """The nutrients this app reads, by number; the first row of a nutrient counts."""
    found: dict[str, Amount] = {}
    for row in _rows(rows):
        number = _number_of(row)
        if number in NUMBERS and number not in found:
            amount = _amount(row, number)
            if amount is not None:
                found[number] = amount
    return found


def has_holes(answer: Json) -> bool:
    """Whether an answer lists amounts and says of none of them which nutrient it is."""
    rows = [row for row in _rows(answer.get("foodNutrients")) if "amount" in row or "value" in row]
    return bool(rows) and all(_number_of(row) is None for row in rows)


# %DV ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PercentDv:
    """B12 that was worked out from a % of the Daily Value. [µg per 100 g] Low and high: where the label's era is uncertain."""

    value_ug: float
    low_ug: float | None
    high_ug: float | None
    era: str
    note: str


def era_of(labelled_on: date | None) -> str:
    """Which Daily Value a US label of that day uses: old, new or uncertain."""
    values = label_values()
    if labelled_on is None:
        return "uncertain"
    if labelled_on < values.older_before:
        return "old"
    return "new" if labelled_on >= values.newer_from else "uncertain"


def from_percent_dv(usda_ug: float, percent: float | None, serving_g: float | None, labelled_on: date | None) -> PercentDv:
    """Decides what a figure from %DV can be.

    Parameters
    ----------
    usda_ug
        USDA's figure, that percentage times a Daily Value; the answer does not say which. [µg per 100 g]
    percent, serving_g
        The label's percentage for a serving, where the answer has both: then both readings can be worked out.
    labelled_on
        The label is not newer than this day.
    """
    full = label_values().full_ug
    new, old = full[Basis.US_DV], full[Basis.US_DV_OLD]
    era = era_of(labelled_on)
    low = high = unused = None
    value = usda_ug
    if percent and serving_g and usda_ug:
        readings = {"new": percent * new / serving_g, "old": percent * old / serving_g}
        nearest = min(readings, key=lambda r: abs(math.log(readings[r] / usda_ug)))
        if era == "uncertain":
            low, high = min(*readings.values(), usda_ug), max(*readings.values(), usda_ug)
        elif nearest != era:
            value, unused = readings[era], usda_ug
    elif era == "uncertain":
        low, high = usda_ug * new / old, usda_ug * old / new
    return PercentDv(value, low, high, era, said.percent_dv(era, value, low, high, new, old, unused))


# Foods -------------------------------------------------------------------------------------------


def _serving(answer: Json) -> tuple[float | None, bool]:
    """The label's serving in grams (1 ml as 1 g), and whether it is given in ml."""
    size = _figure(answer.get("servingSize"))
    unit = str(answer.get("servingSizeUnit") or "").strip().lower()
    if not size or size > GRAMS_MAX or unit not in GRAM_UNITS | ML_UNITS:
        return None, unit in ML_UNITS
    return size, unit in ML_UNITS


def _measure(row: Json) -> str:
    """A household measure of a full answer in words; empty where USDA does not say which."""
    said_so = _text(row.get("portionDescription"))
    if said_so:
        return "" if said_so.lower() == "quantity not specified" else said_so
    count, unit = _figure(row.get("amount")) or 1.0, _text(_inner(row, "measureUnit").get("name"))
    name = " ".join(part for part in ("" if unit == "undetermined" else unit, _text(row.get("modifier"))) if part)
    return f"{count:g} {name}" if name else ""


def _portions(answer: Json) -> tuple[Portion, ...]:
    found = []
    serving_g, _ = _serving(answer)
    if serving_g:
        household = _text(answer.get("householdServingFullText"), 40).lower()
        found.append(Portion(f"1 serving ({household})" if household else "1 serving", serving_g))
    for row in _rows(answer.get("foodPortions")):
        label, weight = _measure(row), _figure(row.get("gramWeight"))
        if label and weight and weight <= GRAMS_MAX:
            found.append(Portion(label, weight))
    return tuple(found[:PORTIONS_MAX])


def _per_100g(amount: Amount | None, answer: Json, label_name: str) -> float | None:
    """A figure of the nutrient table, else the label's figure for a serving."""
    if amount is not None and amount.value is not None:
        return amount.value
    printed, (serving_g, _) = _figure(_inner(_inner(answer, "labelNutrients"), label_name).get("value")), _serving(answer)
    return None if printed is None or not serving_g else round(printed / serving_g * 100, 2)


def _food_id(answer: Json, fdc_id: int) -> str:
    """gtin:… where the answer has one, else fdc:…"""
    digits = re.sub(r"[\s-]", "", str(answer.get("gtinUpc") or ""))
    return f"gtin:{digits}" if re.fullmatch(r"[0-9]{8,14}", digits) else f"fdc:{fdc_id}"


def _labelled_on(answer: Json) -> date | None:
    """The label is not newer than the day it was published, nor than the day its maker last changed it."""
    days = (_day(answer.get(name)) for name in ("publicationDate", "publishedDate", "modifiedDate"))
    return min((day for day in days if day), default=None)


@dataclass(frozen=True, slots=True)
class _B12:
    """What an answer says of B12. [µg per 100 g]"""

    total: float | None = None
    added: float | None = None
    low: float | None = None
    high: float | None = None
    derivation: str = ""
    notes: tuple[str, ...] = ()


def _b12(found: Mapping[str, Amount], answer: Json) -> _B12:
    amount = found.get(B12)
    if amount is None:
        return _B12()
    if amount.value is None or amount.value > OWN_B12_MAX_UG_PER_100G:
        return _B12(notes=(said.BAD_UNIT,))
    total, low, high, derivation, notes = amount.value, None, None, amount.derivation, []
    if amount.code == PERCENT_DERIVATION and total:
        percent = from_percent_dv(total, amount.percent_dv, _serving(answer)[0], _labelled_on(answer))
        total, low, high, derivation = percent.value_ug, percent.low_ug, percent.high_ug, said.DERIVATION_PERCENT
        notes.append(percent.note)
    added = found[ADDED].value if ADDED in found else None
    if added is not None and added > total:
        added = None
        notes.append(said.ADDED_ABOVE_TOTAL)
    return _B12(total, added, low, high, derivation, tuple(notes))


def to_food(answer: Json) -> LiveFood:
    """One food of an answer: a search hit, a full detail or an abridged one.

    Raises
    ------
    FoodDataError
        When the answer does not even say which food it is (``Fault.HOLES``).
    """
    fdc_id, name = answer.get("fdcId"), _text(answer.get("description"))
    if isinstance(fdc_id, bool) or not isinstance(fdc_id, int) or not 0 < fdc_id < 10**9 or not name:
        raise FoodDataError(Fault.HOLES)
    found = amounts(answer.get("foodNutrients"))
    b12 = _b12(found, answer)
    brand = _text(answer.get("brandName")) or _text(answer.get("brandOwner"))
    name = name.capitalize() if name.isupper() else name
    data_type, ingredients = _text(answer.get("dataType")), _text(answer.get("ingredients"), INGREDIENTS_MAX)
    fortified = bool(B12_IN_INGREDIENTS.search(ingredients) or b12.added)
    in_ml = (said.ML_AS_G,) if _serving(answer)[1] else ()
    food = Food(
        id=_food_id(answer, fdc_id),
        name=f"{name}, {brand.title() if brand.isupper() else brand}" if brand else name,
        group="branded" if data_type == "Branded" else "usda",
        diet="uncertain",
        b12_ug_per_100g=b12.total,
        added_ug_per_100g=b12.added,
        energy_kcal_per_100g=_per_100g(next((found[n] for n in ENERGIES if n in found), None), answer, "calories"),
        protein_g_per_100g=_per_100g(found.get(PROTEIN), answer, "protein"),
        portions=_portions(answer),
        source_id="usda-fdc",
        locator=said.locator(fdc_id, data_type),
        fdc_id=fdc_id,
        usda_description=_text(answer.get("description")),
        tags=frozenset({"fortified"}) if fortified else frozenset(),
        b12_low_ug_per_100g=b12.low,
        b12_high_ug_per_100g=b12.high,
        derivation=b12.derivation,
        note=" ".join((*b12.notes, *in_ml)),
    )
    return LiveFood(food, fdc_id, data_type, brand, ingredients, _labelled_on(answer))


def own_food(found: LiveFood, diet: str = "uncertain") -> OwnFood:
    """A live food as a food of the plan, with figures of its own: it stays when the network is gone.

    All B12 of a food whose ingredients name it counts as added, as for a food from a label.
    """
    food = found.food
    total = None if food.b12_ug_per_100g is None else round(food.b12_ug_per_100g, 3)
    added = None if total is None else total if "fortified" in food.tags and not food.added_ug_per_100g else food.added_ug_per_100g
    if added is not None and total is not None:
        added = min(round(added, 3), total)
    return OwnFood(key_for(str(found.fdc_id), start="fdc-"), food.name, total, added, max(0.1, found.serving.grams), diet)
