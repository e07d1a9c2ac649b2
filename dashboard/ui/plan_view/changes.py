"""The edit of the plan that an event stands for. Pure: no Streamlit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from dashboard import plan as edits
from dashboard.estimate.intake import foods_of
from dashboard.plan import (
    DOSE_MAX_UG,
    GRAMS_DECIMALS,
    ITEMS_PER_MEAL_MAX,
    MEALS,
    TIMES_PER_WEEK_MAX,
    Item,
    Place,
    Plan,
    Supplement,
    held,
)
from dashboard.quantities import Quantity, Question, Refusal, read_in
from dashboard.quantities import read as read_amount
from dashboard.quantities.portions import read_grams
from dashboard.tables.foods import Food
from dashboard.tables.tables import Tables
from dashboard.ui.plan_view.events import NOT_UNDERSTOOD, STALE, Event, Refused, within_limits
from dashboard.ui.plan_view.week import measures, usual_grams, version
from dashboard.weeks.stand_ins import StandIn, stand_ins
from dashboard.weeks.starter import empty_days, starter_plan


@dataclass(frozen=True, slots=True)
class Asked:
    """What an edit needs: the plan, the tables, and the fields of the event."""

    plan: Plan
    tables: Tables
    at: Mapping[str, Any]

    def food(self, name: str) -> Food:
        """A food that the tables or the person's labels know."""
        food = foods_of(self.plan, self.tables).get(self.at[name])
        if food is None:
            raise Refused("unknown-food")
        return food

    def place(self) -> Place:
        """The place of the event, where the food it names must still stand."""
        place: Place = self.at["place"]
        try:
            item = self.plan.days[place.day].meals[place.meal][place.index]
        except IndexError:
            raise Refused(STALE) from None
        if item.food != self.at["food"]:
            raise Refused(STALE)
        return place

    def day(self) -> int:
        """The day of the event."""
        if self.at["day"] >= len(self.plan.days):
            raise Refused(STALE)
        return int(self.at["day"])

    def other_days(self) -> list[int]:
        """The days to copy to, the day itself apart."""
        if max(self.at["to"]) >= len(self.plan.days):
            raise Refused(STALE)
        others = [day for day in self.at["to"] if day != self.at["day"]]
        if not others:
            raise Refused("same-day")
        return others

    def room(self, day: int, meal: int, food: str) -> None:
        """That a meal can take one more food."""
        items = self.plan.days[day].meals[meal]
        if len(items) >= ITEMS_PER_MEAL_MAX and all(item.food != food for item in items):
            raise Refused("meal-full", most=ITEMS_PER_MEAL_MAX)


def _grams(asked: Asked) -> Plan:
    return edits.set_grams(asked.plan, asked.place(), asked.at["grams"])


def _typed(asked: Asked) -> Plan:
    """An amount as typed, in one of the food's measures, or in grams (measure -1); a unit typed with it goes before both."""
    place, text, number = asked.place(), asked.at["text"], asked.at["measure"]
    food, units = foods_of(asked.plan, asked.tables).get(asked.at["food"]), asked.tables.units
    known = measures(food) if food else []
    if number >= len(known):
        raise Refused(NOT_UNDERSTOOD)
    found = read_amount(text, units)
    if number >= 0 and isinstance(found, Quantity) and found.unit is None and not (found.rest or found.aside or found.bound):
        grams = found.value * known[number][1]
    else:
        grams = _read(read_grams(text, food, units, bare="g"))
    if grams <= 0:
        raise Refused("nothing")
    return edits.set_grams(asked.plan, place, held(within_limits(grams), "grams", GRAMS_DECIMALS))


def _read(found: Quantity | Question | Refusal) -> float:
    """The amount that was read; what can be read in two ways is not guessed. Here none is no more an answer than less than none."""
    if isinstance(found, Refusal) and found.code == "negative":
        raise Refused("nothing")
    if not isinstance(found, Quantity):
        raise Refused("amount", found=found)
    return found.value


def _add(asked: Asked) -> Plan:
    food = asked.food("food")
    return _with(asked, food.id, usual_grams(food))


def _add_line(asked: Asked) -> Plan:
    """The foods of a line of words with their amounts: all of them or, where one does not fit, none."""
    known = foods_of(asked.plan, asked.tables)
    for food, grams in asked.at["foods"]:
        if food not in known:
            raise Refused("unknown-food")
        asked = replace(asked, plan=_with(asked, food, grams))
    return asked.plan


def _with(asked: Asked, food: str, grams: float) -> Plan:
    """The plan with so much more of a food in the meal of the event."""
    day, meal = asked.day(), asked.at["meal"]
    asked.room(day, meal, food)
    within_limits(grams + sum(item.grams for item in asked.plan.days[day].meals[meal] if item.food == food))
    return edits.add_item(asked.plan, day, meal, Item(food, grams))


def _move(asked: Asked) -> Plan:
    place, day, meal = asked.place(), asked.day(), asked.at["meal"]
    if (place.day, place.meal) == (day, meal):
        return asked.plan
    asked.room(day, meal, asked.at["food"])
    there = sum(item.grams for item in asked.plan.days[day].meals[meal] if item.food == asked.at["food"])
    within_limits(there + edits.item_at(asked.plan, place).grams)
    return edits.move_item(asked.plan, place, day, meal)


def _swap(asked: Asked) -> Plan:
    place, other = asked.place(), asked.food("to")
    return edits.swap_item(asked.plan, place, Item(other.id, usual_grams(other)))


def _join(asked: Asked) -> Plan:
    if asked.at["meal"] == asked.at["other"]:
        raise Refused(NOT_UNDERSTOOD)
    return edits.join_meals(asked.plan, asked.day(), MEALS[asked.at["meal"]], MEALS[asked.at["other"]])


def _supplement(asked: Asked) -> Plan:
    """A supplement as typed: form, dose and how often."""
    units = asked.tables.units
    dose_ug = _read(read_in(asked.at["dose"], units, "µg", 0, DOSE_MAX_UG, several=False))
    times = _read(read_in(asked.at["times"], units, "", 0, TIMES_PER_WEEK_MAX))
    if not (dose_ug and times):
        raise Refused("nothing")
    return edits.add_supplement(asked.plan, Supplement(asked.at["form"], dose_ug, times, asked.at["with_food"]))


def _remove_supplement(asked: Asked) -> Plan:
    if asked.at["index"] >= len(asked.plan.supplements):
        raise Refused(STALE)
    return edits.remove_supplement(asked.plan, asked.at["index"])


def _stand_in(asked: Asked) -> Plan:
    """The stand-in of one food, everywhere it stands."""
    for found in stand_ins(asked.plan, asked.tables):
        if found.food.id == asked.at["food"]:
            return found.apply(asked.plan)
    raise Refused(STALE)


def _stand_ins(asked: Asked) -> Plan:
    return with_stand_ins(asked.plan, stand_ins(asked.plan, asked.tables))


def with_stand_ins(plan: Plan, found: tuple[StandIn, ...]) -> Plan:
    """All stand-ins, those with a food first: a food taken out moves the places behind it."""
    for s in found:
        if s.stand_in:
            plan = s.apply(plan)
    places = sorted((place for s in found if not s.stand_in for place in s.places), reverse=True)
    for place in places:
        plan = edits.remove_item(plan, place)
    return plan


def _starter(asked: Asked) -> Plan:
    return replace(asked.plan, days=starter_plan(asked.tables, asked.plan.person, unfortified=asked.at["bare"]).days)


#: What each kind of event does.
CHANGES: Final[Mapping[str, Callable[[Asked], Plan]]] = {
    "grams": _grams,
    "typed": _typed,
    "add": _add,
    "add_line": _add_line,
    "remove": lambda asked: edits.remove_item(asked.plan, asked.place()),
    "off": lambda asked: edits.switch_item(asked.plan, asked.place()),
    "move": _move,
    "swap": _swap,
    "join": _join,
    "copy_meal": lambda asked: edits.copy_meal(asked.plan, asked.day(), asked.at["meal"], asked.other_days()),
    "copy_day": lambda asked: edits.copy_day(asked.plan, asked.day(), asked.other_days()),
    "nothing_eaten": lambda asked: edits.mark_nothing_eaten(asked.plan, asked.day(), asked.at["on"]),
    "supplement": _supplement,
    "remove_supplement": _remove_supplement,
    "stand_in": _stand_in,
    "stand_ins": _stand_ins,
    "keep_baseline": lambda asked: edits.keep_baseline(asked.plan),
    "restore_baseline": lambda asked: edits.restore_baseline(asked.plan),
    "drop_baseline": lambda asked: edits.drop_baseline(asked.plan),
    "starter": _starter,
    "empty": lambda asked: replace(asked.plan, days=empty_days(week=asked.at["week"])),
}


def check_version(event: Event, plan: Plan) -> None:
    """Raises :class:`Refused` when the event was made on another plan than this one."""
    if event.version != version(plan):
        raise Refused(STALE)


def changed(event: Event, plan: Plan, tables: Tables) -> Plan:
    """The plan after an edit.

    Raises
    ------
    Refused
        The event was made on another plan, or asks for what cannot be.
    PlanError
        The edit breaks a limit of a plan.
    """
    check_version(event, plan)
    return CHANGES[event.kind](Asked(plan, tables, event.values))
