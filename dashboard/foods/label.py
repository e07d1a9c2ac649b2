"""A food written down from its label: what the pack prints becomes a food of the plan."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

from dashboard.plan import (
    DOSE_DECIMALS,
    GRAMS_DECIMALS,
    GRAMS_MAX,
    LABEL_MAX,
    OWN_B12_MAX_UG_PER_100G,
    OWN_FOODS_MAX,
    Item,
    OwnFood,
    Plan,
    PlanError,
    add_item,
    held,
)
from dashboard.tables.read import read_rows
from dashboard.words import label as said

KEY_MAX: Final = 24
SERVING_UNITS: Final = ("g", "ml")
#: The row of label_values.csv behind each percentage: its label, and below which age it counts (empty: from 4 years on, or adults).
ROWS: Final = {
    "us-dv": ("fda-daily-value", ""),
    "us-dv-1-to-3": ("fda-daily-value", "4"),
    "us-dv-infants": ("fda-daily-value", "1"),
    "us-dv-before-2016": ("fda-daily-value-before-2016", ""),
    "eu-nrv": ("eu-nrv", ""),
}


class Basis(StrEnum):
    """How a label gives its B12."""

    UG = "ug"
    US_DV = "us-dv"
    US_DV_1_TO_3 = "us-dv-1-to-3"
    US_DV_INFANTS = "us-dv-infants"
    US_DV_OLD = "us-dv-before-2016"
    EU_NRV = "eu-nrv"
    NOT_PRINTED = "not-printed"


class Per(StrEnum):
    """What a label's figure is for: one serving, or 100 g (100 ml)."""

    SERVING = "serving"
    HUNDRED = "100"


@dataclass(frozen=True, slots=True)
class LabelValues:
    """What 100 % means on a label [µg], and when US labels changed."""

    full_ug: dict[str, float]
    older_before: date
    newer_from: date


@lru_cache(maxsize=1)
def label_values() -> LabelValues:
    """The figures of label_values.csv and the days of label_dates.csv."""
    rows = {(row["label"], row["age_below_years"]): row for row in read_rows("label_values") if row["life_stage"] == "none"}
    days = {row["event"]: date.fromisoformat(row["date"]) for row in read_rows("label_dates")}
    return LabelValues(
        {basis: float(rows[row]["value"]) for basis, row in ROWS.items()},
        days["new-daily-values-published"],
        days["new-daily-values-all-makers"],
    )


@dataclass(frozen=True, slots=True)
class Label:
    """What a person reads off a pack.

    amount
        In the unit of ``basis``; None where nothing is typed.
    fortified
        Whether the list of ingredients names B12; None where the person cannot tell.
    """

    name: str
    serving: float | None
    serving_unit: str = "g"
    amount: float | None = None
    basis: Basis = Basis.UG
    per: Per = Per.SERVING
    diet: str = "uncertain"
    fortified: bool | None = False


def key_for(name: str, taken: Iterable[str] = (), start: str = "") -> str:
    """A key made from a name: letters, digits and hyphens, and not one of those taken."""
    plain = unicodedata.normalize("NFKD", name[: 10 * LABEL_MAX]).encode("ascii", "ignore").decode().lower()
    stem = (start + re.sub(r"[^a-z0-9]+", "-", plain).strip("-"))[:KEY_MAX].strip("-") or "food"
    used, key, count = set(taken), stem, 1
    while key in used:
        count += 1
        tail = f"-{count}"
        key = stem[: KEY_MAX - len(tail)].rstrip("-") + tail
    return key


def _possible(value: float | None) -> bool:
    return value is not None and not isinstance(value, bool) and math.isfinite(value)


def _serving_g(label: Label) -> float:
    """A serving in grams, as the plan holds it; 1 ml counts as 1 g."""
    if label.serving_unit not in SERVING_UNITS:
        raise PlanError("label-no-unit")
    if label.serving is None or not _possible(label.serving) or not 0 < label.serving <= GRAMS_MAX:
        raise PlanError("label-no-serving")
    return held(label.serving, "serving", GRAMS_DECIMALS)


def _b12_ug_per_100g(label: Label, serving_g: float) -> float | None:
    if label.basis is Basis.NOT_PRINTED:
        return None
    if label.amount is None or not _possible(label.amount):
        raise PlanError("label-no-amount")
    if label.amount < 0:
        raise PlanError("label-negative")
    amount_ug = label.amount if label.basis is Basis.UG else label.amount / 100 * label_values().full_ug[label.basis]
    per_100g = amount_ug if label.per is Per.HUNDRED else amount_ug / serving_g * 100
    if per_100g > OWN_B12_MAX_UG_PER_100G:
        raise PlanError("label-too-much")
    return held(per_100g, "b12", DOSE_DECIMALS)


def own_food(label: Label, taken: Iterable[str] = ()) -> OwnFood:
    """The food of a plan that a label describes.

    The added part: all of the B12 of a fortified food, none of another's; unknown where the label has no B12 or the person
    cannot tell.

    Raises
    ------
    PlanError
        No name, no serving, no figure, or a figure no food can have.
    """
    if not label.name.strip():
        raise PlanError("label-no-name")
    serving_g = _serving_g(label)
    b12 = _b12_ug_per_100g(label, serving_g)
    added = None if b12 is None or label.fortified is None else b12 if label.fortified else 0.0
    food = OwnFood("food", label.name, b12, added, serving_g, label.diet)
    return replace(food, key=key_for(food.label, taken))


def serving_ug(food: OwnFood) -> float | None:
    """B12 of one serving, as the plan will count it. [µg]"""
    return None if food.b12_ug_per_100g is None else food.b12_ug_per_100g * food.serving_g / 100


def cautions(label: Label, food: OwnFood) -> tuple[str, ...]:
    """What a reader should know before the food is added."""
    told = []
    if food.b12_ug_per_100g is None:
        told.append(said.UNKNOWN)
    elif food.b12_ug_per_100g and food.diet == "vegan" and not label.fortified:
        told.append(said.PLANT_WITH_B12)
    elif food.b12_ug_per_100g and food.diet != "vegan" and label.fortified:
        told.append(said.ALL_ADDED)
    if label.serving_unit == "ml":
        told.append(said.ML_AS_G)
    return tuple(told)


def add_to_days(plan: Plan, food: OwnFood, days: Iterable[int], meal: int) -> Plan:
    """The plan with a food of one's own, once, and one serving of it in the same meal of several days.

    Raises
    ------
    PlanError
        No room for it in the plan, or in the meal of one of the days: then it is added to none.
    """
    for day in days:
        plan = add_to_plan(plan, food, day, meal)
    return plan


def add_to_plan(plan: Plan, food: OwnFood, day: int, meal: int, grams: float | None = None, *, same_key: bool = False) -> Plan:
    """The plan with a food of one's own and one serving of it (or so many grams) in a meal.

    Parameters
    ----------
    same_key
        The food keeps its key: one of the same key in the plan is written over (a branded food looked up again).
        Otherwise a food that is already there is used again, and another gets a key of its own.
    """
    held = {own.key: own for own in plan.own_foods}
    if not same_key:
        twin = next((own for own in plan.own_foods if replace(own, key=food.key) == food), None)
        food = twin or replace(food, key=key_for(food.label, held))
    if food.key not in held and len(held) >= OWN_FOODS_MAX:
        raise PlanError("label-plan-full")
    own_foods = tuple((held | {food.key: food}).values())
    return add_item(replace(plan, own_foods=own_foods), day, meal, Item(food.id, food.serving_g if grams is None else grams))
