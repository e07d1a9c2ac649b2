"""The starter week of a diet type: where a new plan begins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dashboard.plan import WEEKDAYS, Day, Diet, Person, Plan
from dashboard.tables.tables import Tables

#: Diet -> (usual week, week without fortified food) among the patterns of diet_patterns.csv.
STARTERS: Final[Mapping[Diet, tuple[str, str]]] = {
    Diet.VEGAN: ("vegan-typical", "vegan-unfortified"),
    Diet.VEGETARIAN: ("vegetarian", "vegetarian"),
    Diet.OMNIVORE: ("omnivore", "omnivore"),
}


def starter_plan(tables: Tables, person: Person, *, unfortified: bool = False) -> Plan:
    """A plan for a person with the example week of their diet."""
    return Plan(person, tables.patterns[STARTERS[person.diet][int(unfortified)]][1])


def empty_days(*, week: bool) -> tuple[Day, ...]:
    """Days with nothing in them to start from: the seven of a week, or one typical day."""
    return tuple(Day(name) for name in WEEKDAYS) if week else (Day(),)


def is_starter(tables: Tables, plan: Plan) -> bool:
    """Whether the plan's days are an example week that nobody has changed."""
    return any(plan.days == days for _, days in tables.patterns.values())
