"""The plan as the element draws it: days with their bars, meals, foods and supplements. Pure: no Streamlit.

Texts come from words, figures from the assessment. The browser adds nothing up but the row under the finger.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from dashboard import words
from dashboard.estimate.assess import Assessment
from dashboard.estimate.day_sums import DaySum, MealSum
from dashboard.estimate.intake import foods_of
from dashboard.pictures import days
from dashboard.plan import MEALS, Day, Item, Person, Plan, restore_baseline
from dashboard.tables.foods import DIET_MAY_EAT, Food
from dashboard.tables.tables import Tables
from dashboard.weeks.stand_ins import StandIn
from dashboard.words import offers, quick_check
from dashboard.words import plan_page as said

#: Figures go to the browser as fine as a bar can show.
DECIMALS: Final = 4


def version(plan: Plan) -> str:
    """A short mark of what the element shows of a plan; an edit made on another version is refused."""
    held = repr((plan.days, plan.supplements, plan.own_foods, plan.baseline is None))
    return hashlib.blake2b(held.encode(), digest_size=9).hexdigest()


@lru_cache(maxsize=4096)
def measures(food: Food) -> tuple[tuple[str, float, str, str], ...]:
    """Household measures of a food: label with weight, weight of one unit [g], the unit for one and for more."""
    found: dict[tuple[str, float], tuple[str, float, str, str]] = {}
    for portion in food.portions:
        unit = said.unit_of(portion.label)
        if unit is not None:
            count, one, many = unit
            weight = round(portion.grams / count, DECIMALS)
            label = said.measure(portion.label, words.grams(portion.grams))
            found.setdefault((one, weight), (label, weight, one, many))
    return tuple(found.values())


def usual_grams(food: Food) -> float:
    """How much of a food is added at once: its first household portion. [g]"""
    return food.portions[0].grams if food.portions else 100.0


@lru_cache(maxsize=16_384)
def measure_of(food: Food | None, grams: float) -> int:
    """The number of the measure that says an amount most simply; -1: grams."""
    best = words.best_measure(food, grams)
    if food is None or best is None:
        return -1
    unit = said.unit_of(best[0].label)
    if unit is None:
        return -1
    weight = round(best[0].grams / unit[0], DECIMALS)
    return next((n for n, m in enumerate(measures(food)) if m[1] == weight and m[2] == unit[1]), -1)


def _figures(food: Food) -> dict[str, Any]:
    """What the browser needs of a food, whoever eats it. Foods of somebody's own are not kept for all visitors."""
    return _figures_of(food) if food.id.startswith("own:") else _table_figures(food)


@lru_cache(maxsize=4096)
def _table_figures(food: Food) -> dict[str, Any]:
    return _figures_of(food)


def _figures_of(food: Food) -> dict[str, Any]:
    """With what is added of it at once."""
    total, added, grams = food.b12_ug_per_100g, food.added_ug_per_100g or 0.0, usual_grams(food)
    return {
        "id": food.id,
        "name": food.name,
        "ug": total,
        "added": added if total is not None and added <= total else 0.0,
        "counted": food.counted,
        "measures": measures(food),
        "grams": grams,
        "measure": measure_of(food, grams),
        "said": f"{words.portion(food, grams)} · {words.food_b12(food, grams)}",
    }


def food_data(food_id: str, food: Food | None, person: Person, tables: Tables) -> dict[str, Any]:
    """One food as the browser needs it to draw a row and to change its amount before the server answers."""
    if food is None:
        return {"id": food_id, "name": food_id, "ug": None, "added": 0.0, "counted": True, "measures": [], "marks": [said.not_in_table()]}
    marks = [] if food.diet in DIET_MAY_EAT[person.diet] else [words.DIET_CLASS_LABELS[food.diet]]
    marks += [said.holds(e.label, left_out=e.exclusion in person.excludes) for e in tables.not_offered(person) if food.has(e)]
    return {**_figures(food), "marks": marks}


def _round(amount: float) -> float:
    return round(amount, DECIMALS)


def _item(item: Item, foods: Mapping[str, Food]) -> list[str | float | int]:
    """A food of a meal: id, weight, 1 when left out for now, measure."""
    grams = int(item.grams) if item.grams.is_integer() else item.grams
    return [item.food, grams, int(item.off), measure_of(foods.get(item.food), item.grams)]


def _meal(meal: MealSum, day: Day, foods: Mapping[str, Food]) -> dict[str, Any]:
    """Most meals have no note and are joined with no other: nothing is sent of that."""
    together = [m for group in day.occasions() if meal.meal in group for m in group if m != meal.meal]
    note = said.meal_note(meal)
    return {
        "said": said.meal_sum(meal),
        **({"note": note} if note else {}),
        **({"joined": together, "joined_said": words.joined([MEALS[m] for m in together])} if together else {}),
        "items": [_item(item, foods) for item in day.meals[meal.meal]],
    }


def _day(sums: DaySum, day: Day, a: Assessment, foods: Mapping[str, Food]) -> dict[str, Any]:
    return {
        "name": sums.name,
        "short": words.short_day(sums.name),
        "number": said.day_number(sums.name),
        "natural": _round(sums.intake.natural_ug),
        "added": _round(sums.intake.added_ug),
        # A day that nobody entered is none without food, and its supplement alone is no figure of a day.
        "supplement": _round(sums.supplement_ug) if sums.entered else 0.0,
        "given": _round(sums.given_ug) if sums.entered else 0.0,
        "missing": _round(sums.shortfall_ug or 0.0),
        "unknown": sums.intake.unknown + sums.lines_left_out,
        "entered": sums.entered,
        "nothing": day.nothing_eaten,
        "said": said.day_figure(sums),
        "aloud": said.day_aloud(sums, a),
        "line": said.day_line(sums, day, a),
        "meals": [_meal(meal, day, foods) for meal in sums.meals],
    }


def foods_data(plan: Plan, tables: Tables) -> list[dict[str, Any]]:
    """Every food of a plan, once. Most edits leave them as they are, so that they need not be sent again."""
    foods = foods_of(plan, tables)
    return [food_data(food_id, foods.get(food_id), plan.person, tables) for food_id in dict.fromkeys(i.food for _, i in plan.items())]


def week_data(a: Assessment, tables: Tables, found_stand_ins: Sequence[StandIn] = ()) -> dict[str, Any]:
    """Everything the element draws of a plan but its foods, as plain JSON."""
    plan, foods = a.plan, foods_of(a.plan, tables)
    return {
        "version": version(plan),
        "now": said.now(a),
        "title": said.week_title(a),
        "note": said.week_note(a),
        "target": {"ug": a.target.intake_ug, "said": said.target_line(a)} if a.target else None,
        "top_ug": _round(days.top_ug(a)),
        "days": [_day(sums, day, a, foods) for sums, day in zip(a.days, plan.days, strict=True)],
        "supplements": [offers.supplement(s) for s in plan.supplements],
        "supplement_said": words.supplements_sum(a),
        "kept": plan.baseline is not None,
        "kept_differs": plan.baseline is not None and plan != restore_baseline(plan),
        "vegan": plan.person.diet == "vegan",
        "misfits": _misfits(plan, found_stand_ins),
    }


def _misfits(plan: Plan, found: Sequence[StandIn]) -> dict[str, Any] | None:
    """Foods that do not fit the diet or what is left out, and what could take their place."""
    if not found:
        return None
    rows = [{"food": s.food.id, "said": quick_check.stand_in(s), "swap": s.stand_in is not None} for s in found]
    return {"said": quick_check.misfits(plan, len(found)), "rows": rows}
