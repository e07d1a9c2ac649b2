"""The starter week: where a new plan begins, by diet, age and where a person shops."""

from __future__ import annotations

from dataclasses import replace

from dashboard.plan import WEEKDAYS, Day, Person, Plan
from dashboard.tables.rules import INFANT
from dashboard.tables.tables import Tables
from dashboard.tables.weeks import StarterWeek


def starter_week(tables: Tables, person: Person, *, unfortified: bool = False) -> StarterWeek:
    """The example week for a person. Without one of its own kind that has no fortified food, the usual one."""
    market, group = tables.market(person).market, tables.rules.age_group(person.age_years)
    fit = [w for w in tables.starter_weeks if person.diet in w.diets and market in w.markets and w.age_group == group]
    kind = [w for w in fit if w.fortified is not unfortified] or fit
    return max(kind, key=lambda w: w.version)


def starter_plan(tables: Tables, person: Person, *, unfortified: bool = False) -> Plan:
    """A plan for a person with their example week. A baby's has no food in it: this app does not plan for babies."""
    return Plan(person, starter_week(tables, person, unfortified=unfortified).days)


def empty_days(*, week: bool) -> tuple[Day, ...]:
    """Days with nothing in them to start from: the seven of a week, or one typical day."""
    return tuple(Day(name) for name in WEEKDAYS) if week else (Day(),)


def is_starter(tables: Tables, plan: Plan) -> bool:
    """Whether the plan's days are an example week, of any version ever shipped, that nobody has changed."""
    return _recognised(tables, plan) is not None


def _recognised(tables: Tables, plan: Plan) -> StarterWeek | None:
    """The example week a plan's days are. Days without food are one for a baby only: anybody else has emptied them."""
    baby = tables.rules.age_group(plan.person.age_years) == INFANT
    return next((w for w in tables.starter_weeks if w.days == plan.days and (w.age_group == INFANT) is baby), None)


def follow(tables: Tables, before: Plan, after: Plan) -> Plan:
    """A plan whose person was changed: an example week that nobody has touched becomes the changed person's own."""
    week = _recognised(tables, before)
    if week is None or after.days != before.days:
        return after
    own = starter_week(tables, before.person, unfortified=not week.fortified)
    new = starter_week(tables, after.person, unfortified=not week.fortified)
    return replace(after, days=new.days) if new != own else after


def energy_need_kcal(tables: Tables, age_group: str) -> float | None:
    """What children of an age group need a day: the mean over ages, boys and girls. [kcal/day] None: no such group in the table."""
    band = tables.rules.age_bands.get(age_group)
    needs = [(n.boys_kcal + n.girls_kcal) / 2 for n in tables.energy_needs if band and band.covers(n.age_years)]
    return sum(needs) / len(needs) if needs else None
