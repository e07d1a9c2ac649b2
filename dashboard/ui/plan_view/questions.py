"""What the element asks without changing anything: foods that answer a query, and the details of one food. Pure."""

from __future__ import annotations

from typing import Any, Final

from dashboard import words
from dashboard.estimate.assess import Assessment
from dashboard.estimate.intake import foods_of
from dashboard.foods.search import search
from dashboard.tables.tables import Tables
from dashboard.ui.plan_view.week import food_data
from dashboard.words import plan_page as said

MATCHES: Final = 8


def matches(query: str, a: Assessment, tables: Tables) -> dict[str, Any]:
    """Foods the person may eat that answer a query; when there are none, what there is."""
    person = a.plan.person
    found = search(foods_of(a.plan, tables), query, diet=person.diet, leave_out=tables.left_out(person), limit=MATCHES)
    none = ""
    if not found:
        elsewhere = next(iter(search(tables.foods, query, limit=1)), None)
        none = said.nothing_found(person.diet, elsewhere, words.DIET_CLASS_LABELS[elsewhere.diet] if elsewhere else "")
    return {"query": query, "foods": [food_data(food.id, food, person, tables) for food in found], "none": none}


def details(food_id: str, a: Assessment, tables: Tables) -> dict[str, Any]:
    """A food's figures and their source, line by line."""
    food = foods_of(a.plan, tables).get(food_id)
    if food is None:
        return {"food": food_id, "name": food_id, "lines": [said.not_in_table()]}
    source = tables.sources.get(food.source_id)
    lines = said.details(food, said.source(source.citation if source else food.source_id, food.locator))
    return {"food": food_id, "name": food.name, "lines": list(lines)}
