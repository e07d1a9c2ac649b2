"""B12 of a food in the ways foods are compared: per portion, per 100 g, per 100 kcal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.foods.index import HUNDRED_GRAMS
from dashboard.plan import Diet, OwnFood
from dashboard.tables.foods import DIET_MAY_EAT, Exclusion, Food, Portion
from dashboard.tables.tables import Tables
from dashboard.weeks.quick_check import slots

NOT_EVERYDAY = frozenset({"energy-drink", "alcohol", "infant", "medical"})


@dataclass(frozen=True, slots=True)
class Figures:
    """A food's B12 in three ways. [µg] None: the table has no value, or no energy to divide by."""

    food: Food
    portion: Portion
    per_portion_ug: float | None
    per_100g_ug: float | None
    per_100kcal_ug: float | None
    added_share: float | None


def figures(food: Food, portion: Portion | None = None) -> Figures:
    """The figures of a food, for its usual household portion or another."""
    portion = portion or (food.portions[0] if food.portions else HUNDRED_GRAMS)
    per_100g = food.b12_ug_per_100g
    if per_100g is None:
        return Figures(food, portion, None, None, None, None)
    energy = food.energy_kcal_per_100g
    share = food.added_ug_per_100g / per_100g if food.added_ug_per_100g is not None and per_100g else None
    return Figures(food, portion, per_100g * portion.grams / 100, per_100g, 100 * per_100g / energy if energy else None, share)


def fitting(
    foods: Iterable[Food], *, diet: Diet | None = None, leave_out: Iterable[Exclusion] = (), group: str = "", fortified: bool | None = None
) -> list[Figures]:
    """Foods that fit, by B12 in a usual portion, largest first; unknown ones and those not for every day last.

    Parameters
    ----------
    fortified
        True: only fortified foods; False: only foods whose B12 is their own; None: both.
    """
    out = tuple(leave_out)
    found = [
        figures(food)
        for food in foods
        if (diet is None or food.diet in DIET_MAY_EAT[diet])
        and not any(food.has(e) for e in out)
        and (not group or food.group == group)
        and (fortified is None or ("fortified" in food.tags) is fortified)
    ]
    return sorted(
        found, key=lambda f: (bool(f.food.tags & NOT_EVERYDAY), f.per_portion_ug is None, -(f.per_portion_ug or 0.0), f.food.name)
    )


def everyday(tables: Tables, diet: Diet, leave_out: Iterable[Exclusion] = ()) -> list[Figures]:
    """The everyday B12 foods of a diet (those of the quick check), by B12 in a usual portion, richest first."""
    rows = [figures(tables.foods[s.food_id], Portion(s.portion, s.grams)) for s in slots(tables, diet, leave_out)]
    return sorted((row for row in rows if row.per_portion_ug), key=lambda f: -(f.per_portion_ug or 0.0))


def carried(food: Food) -> OwnFood:
    """A food that the app's own table does not hold, as a plan carries it: with its figures, so that a link keeps them.

    Raises
    ------
    PlanError
        When a figure of the food is out of any range.
    """
    total = food.b12_ug_per_100g
    added = food.added_ug_per_100g
    return OwnFood(
        key=food.id.replace(":", "-").casefold()[:24],
        label=food.name,
        b12_ug_per_100g=total,
        added_ug_per_100g=None if total is None or added is None else min(added, total),
        serving_g=food.portions[0].grams if food.portions else HUNDRED_GRAMS.grams,
        diet=food.diet,
    )
