"""What a study is compared on: a small language in which a row of data/ asks the model for a figure.

An expression is a name and its arguments: ``absorbed ug=10 kind=added with_food=yes conditions=ppi``. Words are split at
spaces, lists at commas. :data:`ARGUMENTS` has every name with the arguments it knows.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from dashboard.estimate import reference
from dashboard.estimate.absorption import Levers, Occasion, dose_ug, kept_ug, levers, occasion_ug
from dashboard.estimate.assess import assess
from dashboard.estimate.doses import supplement_usable
from dashboard.estimate.intake import eaten
from dashboard.estimate.stores import DAYS_PER_YEAR, ENDS, days_to_pool, loss_of, pool_ug, starting_pool_ug
from dashboard.plan import DEFAULT_REFERENCE_SET, Item, Person, Place, Plan, Supplement
from dashboard.tables.fault import TableError
from dashboard.tables.science import ZERO, Band, Condition
from dashboard.tables.tables import Tables

#: Name -> arguments it may have.
ARGUMENTS: Final[Mapping[str, frozenset[str]]] = {
    "absorbed": frozenset({"ug", "kind", "with_food", "conditions"}),
    "percent": frozenset({"ug", "kind", "with_food", "conditions"}),
    "regimen": frozenset({"form", "ug", "times", "with_food", "conditions"}),
    "injected": frozenset({"ug", "count", "days", "kept"}),
    "intake": frozenset({"week", "supplement"}),
    "usable": frozenset({"week", "supplement", "conditions"}),
    "day": frozenset({"food_ug", "added_ug", "meals"}),
    "steady-pool": frozenset({"week", "food_ug", "meals"}),
    "pool-change": frozenset({"food_ug", "to_ug", "meals"}),
    "pool-left": frozenset({"days", "uptake"}),
    "pool-fall": frozenset({"days", "uptake"}),
    "years-to-signs": frozenset({"start_ug", "week", "conditions"}),
    "losses": frozenset(),
    "intake-to-keep": frozenset(),
    "lever": frozenset({"of", "conditions"}),
    "parameter": frozenset({"name"}),
    "need": frozenset({"age", "set"}),
    "counted": frozenset({"food", "grams"}),
}


class MeasureError(TableError):
    """An expression of a table that asks for something the model does not know."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of an expression, and the tables it is asked of."""

    arguments: Mapping[str, str]
    tables: Tables

    def number(self, name: str, usual: float | None = None) -> float:
        """An argument as a number; ``usual`` where it is left out."""
        if name not in self.arguments and usual is not None:
            return usual
        return float(self.arguments[name])

    @property
    def with_food(self) -> bool:
        """Whether a dose is taken with food; apart from food where it is left out."""
        return self.arguments.get("with_food") == "yes"

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions named."""
        named = self.arguments.get("conditions", "")
        return tuple(self.tables.conditions[c] for c in named.split(",") if c)

    @property
    def levers(self) -> Levers:
        """What the conditions named do to uptake."""
        return levers(self.conditions)

    @property
    def week(self) -> Plan:
        """The starter week named, with the supplement and conditions named."""
        week = self.tables.starter_week(self.arguments["week"])
        person = Person(diet=week.diet, conditions=tuple(c.condition for c in self.conditions))
        taken = self.arguments.get("supplement")
        if not taken:
            return Plan(person, week.days)
        form, dose, times = taken.split(":")
        return Plan(person, week.days, (Supplement(form, float(dose), float(times)),))


def measure(expression: str, tables: Tables) -> Band:
    """What the model says, with its low and high.

    Raises
    ------
    MeasureError
        When the expression cannot be read or names what does not exist.
    """
    name, *pairs = expression.split()
    arguments = dict(pair.partition("=")[::2] for pair in pairs)
    if name not in _MEASURES or not set(arguments) <= ARGUMENTS[name]:
        raise MeasureError("measure-unknown", expression=expression)
    try:
        return _MEASURES[name](Arguments(arguments, tables))
    except MeasureError:
        raise
    except (KeyError, ValueError, AttributeError) as error:
        raise MeasureError("measure-without-answer", expression=expression, reason=str(error)) from error


def _without_range(figure: float) -> Band:
    return Band(figure, figure, figure)


def _absorbed(asked: Arguments) -> Band:
    kind = asked.arguments["kind"]
    return dose_ug(
        asked.number("ug"),
        asked.tables,
        crystalline=kind == "added",
        with_food=asked.with_food,
        fraction="egg_fraction" if kind == "egg" else "food_fraction",
        levers=asked.levers,
    )


def _percent(asked: Arguments) -> Band:
    return _absorbed(asked) * (100 / asked.number("ug"))


def _regimen(asked: Arguments) -> Band:
    taken = Supplement(asked.arguments.get("form", "tablet"), asked.number("ug"), asked.number("times"), asked.with_food)
    return supplement_usable(taken, asked.tables, asked.levers)


def _injected(asked: Arguments) -> Band:
    row = asked.tables.parameters[asked.arguments["kept"]]
    return kept_ug(asked.number("ug") * asked.number("count") / asked.number("days"), Band(row.low, row.value, row.high))


def _intake(asked: Arguments) -> Band:
    return _without_range(assess(asked.week, asked.tables).intake_ug)


def _usable(asked: Arguments) -> Band:
    return assess(asked.week, asked.tables).usable


def _spread(food_ug: float, added_ug: float, meals: float, tables: Tables) -> Band:
    """Uptake of a day whose B12 comes in equal meals. [µg/day]"""
    return occasion_ug(Occasion({"food_fraction": food_ug / meals}, added_ug / meals), tables) * meals


def _day(asked: Arguments) -> Band:
    return _spread(asked.number("food_ug", 0), asked.number("added_ug", 0), asked.number("meals"), asked.tables)


def _steady(usable: Band, tables: Tables) -> Band:
    loss, full = loss_of(tables), tables.parameters["pool_full_ug"].value
    return Band(*(min(pool, full) for pool in (usable.low / loss.high, usable.value / loss.value, usable.high / loss.low)))


def _steady_pool(asked: Arguments) -> Band:
    if "week" in asked.arguments:
        return _steady(_usable(asked), asked.tables)
    return _steady(_day(asked), asked.tables)


def _pool_change(asked: Arguments) -> Band:
    """How much larger the store ends up after a change of intake; the loss does not matter. [%]"""
    before, after = (_spread(asked.number(name), 0, asked.number("meals"), asked.tables) for name in ("food_ug", "to_ug"))
    return _without_range(100 * (after.value / before.value - 1))


def _pool_left(asked: Arguments) -> Band:
    """The share of a steady store that remains after uptake drops to a share of its former value. [%]"""
    loss, days, uptake = loss_of(asked.tables), asked.number("days"), asked.number("uptake")

    def left(k: float) -> float:
        return 100 * k * pool_ug(days, start_ug=1 / k, uptake_ug_per_day=uptake, loss_per_day=k)

    return Band(left(loss.high), left(loss.value), left(loss.low))


def _pool_fall(asked: Arguments) -> Band:
    """The change of a steady store after uptake drops to a share of its former value: a negative number. [%]"""
    return _pool_left(asked) + _without_range(-100)


def _years_to_signs(asked: Arguments) -> Band:
    """From a usual or a given store down to the one at which signs begin. [years]"""
    tables = asked.tables
    start = _without_range(asked.number("start_ug")) if "start_ug" in asked.arguments else starting_pool_ug(tables)
    loss, uptake = loss_of(tables, asked.conditions), _usable(asked) if "week" in asked.arguments else ZERO
    signs = tables.parameters["pool_at_signs_ug"].value

    def years(end: str, other: str) -> float:
        days = days_to_pool(signs, start_ug=getattr(start, end), uptake_ug_per_day=getattr(uptake, end), loss_per_day=getattr(loss, other))
        return math.inf if days is None else days / DAYS_PER_YEAR

    return Band(*(years(end, other) for end, other in zip(ENDS, reversed(ENDS), strict=True)))


def _losses(asked: Arguments) -> Band:
    """What a usual store loses. [µg/day]"""
    start, loss = starting_pool_ug(asked.tables), loss_of(asked.tables)
    return Band(start.low * loss.low, start.value * loss.value, start.high * loss.high)


def _intake_to_keep(asked: Arguments) -> Band:
    """The intake from food whose uptake replaces what a usual store loses. [µg/day]"""
    lost, share = _losses(asked), asked.tables.parameters["food_fraction"]
    return Band(lost.low / share.high, lost.value / share.value, lost.high / share.low)


def _lever(asked: Arguments) -> Band:
    lever: Band = getattr(asked.levers, asked.arguments["of"])
    return lever


def _parameter(asked: Arguments) -> Band:
    row = asked.tables.parameters[asked.arguments["name"]]
    return Band(row.low, row.value, row.high)


def _need(asked: Arguments) -> Band:
    person = Person(int(asked.number("age", Person().age_years)), reference_set=asked.arguments.get("set", DEFAULT_REFERENCE_SET))
    target = reference.target(asked.tables, person)
    if target is None or target.need_ug is None:
        raise MeasureError("measure-without-need", reference_set=person.reference_set, age=person.age_years)
    return _without_range(target.need_ug)


def _counted(asked: Arguments) -> Band:
    """What an amount of a food counts for. [µg]"""
    food = asked.tables.foods[asked.arguments["food"]]
    total = eaten(Place(0, 0), Item(food.id, asked.number("grams")), food).total_ug
    if total is None:
        raise MeasureError("measure-without-value", food=food.id)
    return _without_range(total)


_MEASURES: Final[Mapping[str, Callable[[Arguments], Band]]] = {
    "absorbed": _absorbed,
    "percent": _percent,
    "regimen": _regimen,
    "injected": _injected,
    "intake": _intake,
    "usable": _usable,
    "day": _day,
    "steady-pool": _steady_pool,
    "pool-change": _pool_change,
    "pool-left": _pool_left,
    "pool-fall": _pool_fall,
    "years-to-signs": _years_to_signs,
    "losses": _losses,
    "intake-to-keep": _intake_to_keep,
    "lever": _lever,
    "parameter": _parameter,
    "need": _need,
    "counted": _counted,
}
