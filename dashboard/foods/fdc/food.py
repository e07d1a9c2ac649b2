"""One food of an answer of FoodData Central, as a food of this app and of a plan. No network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from dashboard.foods.added_b12 import added_part, names_b12
from dashboard.foods.fdc.faults import Fault, FoodDataError
from dashboard.foods.fdc.nutrients import ADDED, B12, ENERGIES, PROTEIN, Amount, Json, amounts, figure_of, inner_of, rows_of, text_of
from dashboard.foods.fdc.percent_dv import from_percent_dv
from dashboard.foods.label import key_for
from dashboard.plan import GRAMS_DECIMALS, GRAMS_MAX, OWN_B12_MAX_UG_PER_100G, OwnFood, holds
from dashboard.tables.foods import Food, Portion
from dashboard.words import fdc as said

GRAM_UNITS: Final = frozenset({"g", "grm", "gm"})
ML_UNITS: Final = frozenset({"ml", "mlt"})
#: Derivation of a value from the label's % of the Daily Value.
PERCENT_DERIVATION: Final = "LCCD"
PORTIONS_MAX: Final = 4
INGREDIENTS_MAX: Final = 2000


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
        """The label's serving, else 100 g. A serving of 0.25 g, which a plan would hold as 0.3 g, is none."""
        return self.food.portions[0] if self.food.portions else Portion("100 g", 100.0)


def _day(value: object) -> date | None:
    """A date as the API writes it: 2021-10-28 or 10/28/2021."""
    for form in ("%Y-%m-%d", "%m/%d/%Y"):
        try:
            return datetime.strptime(str(value or "")[:10], form).date()
        except ValueError:
            continue
    return None


def _serving(answer: Json) -> tuple[float | None, bool]:
    """The label's serving in grams (1 ml as 1 g), and whether it is given in ml."""
    size = figure_of(answer.get("servingSize"))
    unit = str(answer.get("servingSizeUnit") or "").strip().lower()
    if not size or size > GRAMS_MAX or unit not in GRAM_UNITS | ML_UNITS:
        return None, unit in ML_UNITS
    return size, unit in ML_UNITS


def _measure(row: Json) -> str:
    """A household measure of a full answer in words; empty where USDA does not say which."""
    said_so = text_of(row.get("portionDescription"))
    if said_so:
        return "" if said_so.lower() == "quantity not specified" else said_so
    count, unit = figure_of(row.get("amount")) or 1.0, text_of(inner_of(row, "measureUnit").get("name"))
    name = " ".join(part for part in ("" if unit == "undetermined" else unit, text_of(row.get("modifier"))) if part)
    return f"{count:g} {name}" if name else ""


def _portions(answer: Json) -> tuple[Portion, ...]:
    found = []
    serving_g, _ = _serving(answer)
    if serving_g and holds(serving_g, GRAMS_DECIMALS):
        household = text_of(answer.get("householdServingFullText"), 40).lower()
        found.append(Portion(f"1 serving ({household})" if household else "1 serving", serving_g))
    for row in rows_of(answer.get("foodPortions")):
        label, weight = _measure(row), figure_of(row.get("gramWeight"))
        if label and weight and weight <= GRAMS_MAX and holds(weight, GRAMS_DECIMALS):
            found.append(Portion(label, weight))
    return tuple(found[:PORTIONS_MAX])


def _per_100g(amount: Amount | None, answer: Json, label_name: str) -> float | None:
    """A figure of the nutrient table, else the label's figure for a serving."""
    if amount is not None and amount.value is not None:
        return amount.value
    printed, (serving_g, _) = figure_of(inner_of(inner_of(answer, "labelNutrients"), label_name).get("value")), _serving(answer)
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
    fdc_id, name = answer.get("fdcId"), text_of(answer.get("description"))
    if isinstance(fdc_id, bool) or not isinstance(fdc_id, int) or not 0 < fdc_id < 10**9 or not name:
        raise FoodDataError(Fault.HOLES)
    found = amounts(answer.get("foodNutrients"))
    b12 = _b12(found, answer)
    brand = text_of(answer.get("brandName")) or text_of(answer.get("brandOwner"))
    name = name.capitalize() if name.isupper() else name
    data_type, ingredients = text_of(answer.get("dataType")), text_of(answer.get("ingredients"), INGREDIENTS_MAX)
    fortified = names_b12(ingredients) or bool(b12.added)
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
        usda_description=text_of(answer.get("description")),
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
    added = added_part(total, food.added_ug_per_100g, found.ingredients)
    if added is not None and total is not None:
        added = min(round(added, 3), total)
    return OwnFood(key_for(str(found.fdc_id), start="fdc-"), food.name, total, added, found.serving.grams, diet)
