"""What the element asks without changing anything: foods that answer a query, and the details of one food. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from dashboard import words
from dashboard.estimate.assess import Assessment
from dashboard.estimate.intake import foods_of
from dashboard.foods.meal_in_words import FOODS_MAX, TypedFood, read_meal, weigh
from dashboard.foods.search import search
from dashboard.plan import GRAMS_DECIMALS, Person
from dashboard.tables.foods import Food
from dashboard.tables.tables import Tables
from dashboard.ui.plan_view.week import food_data, measure_of
from dashboard.words import plan_page as said

MATCHES: Final = 8


def matches(query: str, a: Assessment, tables: Tables, *, line: bool = False) -> dict[str, Any]:
    """Foods the person may eat that answer a query; when there are none, what there is.

    ``line``: whether the query may be a line of several foods with amounts, "2 eggs boiled, toast with butter, latte".
    """
    person = a.plan.person
    find = partial(search, foods_of(a.plan, tables), diet=person.diet, leave_out=tables.left_out(person), limit=MATCHES)
    said_foods = read_meal(query, find, tables.units) if line else ()
    if len(said_foods) > 1:
        return {"query": query, "foods": [], "none": "", "line": _line(said_foods, person, tables)}
    found = find(query)
    if said_foods and said_foods[0].foods and said_foods[0].amount_typed:
        return {"query": query, "foods": [], "none": "", "line": _amounts(said_foods[0], person, tables)}
    none = "" if found else _nothing(query, person, tables)
    return {"query": query, "foods": [food_data(food.id, food, person, tables) for food in found], "none": none, "line": None}


def _nothing(query: str, person: Person, tables: Tables) -> str:
    """That the person may eat nothing of what was typed, with what there is for others."""
    elsewhere = next(iter(search(tables.foods, query, limit=1)), None)
    return said.nothing_found(person.diet, elsewhere, words.DIET_CLASS_LABELS[elsewhere.diet] if elsewhere else "")


def _line(foods: Sequence[TypedFood], person: Person, tables: Tables) -> dict[str, Any]:
    """Several foods of one line: those that can be added as they are, and the words that stay to be mended, with the reason."""
    rows, left, notes = [], [], []
    for food in foods[:FOODS_MAX]:
        if food.foods and food.grams is not None:
            rows.append(_weighed_food(food.text, food.foods[0], food.grams, food.measured, person, tables))
        else:
            left.append(food.text)
            notes.append(
                said.not_added(food.text, food.weighed.unclear)
                if food.foods
                else said.of_a_line(food.text, _nothing(food.text, person, tables))
            )
    if len(foods) > FOODS_MAX:
        left += [food.text for food in foods[FOODS_MAX:]]
        notes.append(said.line_full(FOODS_MAX))
    return {"all": said.add_these(len(rows)) if len(rows) > 1 else "", "foods": rows, "left": left, "notes": notes}


def _amounts(food: TypedFood, person: Person, tables: Tables) -> dict[str, Any]:
    """One food with an amount: what it may be, and every weight that the amount may mean."""
    rows = []
    for match in food.foods:
        weighed = weigh(food.text, match, tables.units)
        rows += [_weighed_food(food.text, match, grams, weighed.measured, person, tables) for grams in weighed.grams]
    if rows:
        return {"all": "", "foods": rows, "left": [], "notes": []}
    return {"all": "", "foods": [], "left": [food.text], "notes": [said.not_added(food.text, food.weighed.unclear)]}


def _weighed_food(text: str, food: Food, grams: float, is_said: bool, person: Person, tables: Tables) -> dict[str, Any]:
    """A food with an amount, as it would be added: what is shown is what the plan will hold."""
    grams = round(grams, GRAMS_DECIMALS) or grams
    return {
        "food": food_data(food.id, food, person, tables),
        "grams": grams,
        "measure": measure_of(food, grams),
        "said": said.to_confirm(food, grams, is_said),
        "text": text,
        "usual": not is_said,
    }


def details(food_id: str, a: Assessment, tables: Tables) -> dict[str, Any]:
    """A food's figures and their source, line by line."""
    food = foods_of(a.plan, tables).get(food_id)
    if food is None:
        return {"food": food_id, "name": food_id, "lines": [said.not_in_table()]}
    source = tables.sources.get(food.source_id)
    lines = said.details(food, said.source(source.citation if source else food.source_id, food.locator))
    return {"food": food_id, "name": food.name, "lines": list(lines)}
