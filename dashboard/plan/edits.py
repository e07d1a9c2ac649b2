"""The small edits of a plan. Each returns a new :class:`Plan`; nothing changes in place.

What cannot be done raises :class:`PlanError`; words/plan_faults.py says what can be done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from dashboard.plan.fault import PlanError
from dashboard.plan.plan import Day, Item, Place, Plan, Supplement, joined_pairs


def edit_person(plan: Plan, **changes: object) -> Plan:
    """The plan with some fields of its person changed (keywords are fields of :class:`Person`)."""
    return replace(plan, person=replace(plan.person, **changes))  # type: ignore[arg-type]


def _edit_day(plan: Plan, day: int, change: Callable[[Day], Day]) -> Plan:
    day_at(plan, day)
    return replace(plan, days=tuple(change(d) if n == day else d for n, d in enumerate(plan.days)))


def _edit_meal(plan: Plan, day: int, meal: int, change: Callable[[tuple[Item, ...]], tuple[Item, ...]]) -> Plan:
    def in_day(d: Day) -> Day:
        return replace(d, meals=tuple(change(items) if n == meal else items for n, items in enumerate(d.meals)))

    return _edit_day(plan, day, in_day)


def day_at(plan: Plan, day: int) -> Day:
    """A day of the plan, counted from 0. Raises :class:`PlanError` when it is gone."""
    if not 0 <= day < len(plan.days):
        raise PlanError("day-gone")
    return plan.days[day]


def item_at(plan: Plan, place: Place) -> Item:
    """The item at a place. Raises :class:`PlanError` when it is gone."""
    try:
        return plan.days[place.day].meals[place.meal][place.index]
    except IndexError:
        raise PlanError("food-gone") from None


def add_item(plan: Plan, day: int, meal: int, item: Item) -> Plan:
    """The plan with a food added to a meal; the same food already there grows instead."""

    def add(items: tuple[Item, ...]) -> tuple[Item, ...]:
        if any(i.food == item.food for i in items):
            return tuple(replace(i, grams=i.grams + item.grams) if i.food == item.food else i for i in items)
        return (*items, item)

    return _edit_meal(plan, day, meal, add)


def _put(plan: Plan, place: Place, items: tuple[Item, ...]) -> Plan:
    """The plan with what stands at a place replaced by other items."""
    item_at(plan, place)
    return _edit_meal(plan, place.day, place.meal, lambda meal: (*meal[: place.index], *items, *meal[place.index + 1 :]))


def set_grams(plan: Plan, place: Place, grams: float) -> Plan:
    """The plan with another amount of one food."""
    return _put(plan, place, (replace(item_at(plan, place), grams=grams),))


def swap_item(plan: Plan, place: Place, item: Item) -> Plan:
    """The plan with another food in the place of one."""
    return _put(plan, place, (item,))


def switch_item(plan: Plan, place: Place) -> Plan:
    """The plan with one food left out for now, or put back."""
    item = item_at(plan, place)
    return _put(plan, place, (replace(item, off=not item.off),))


def join_meals(plan: Plan, day: int, first: str, second: str) -> Plan:
    """The plan with two meals of a day eaten within four hours of each other, or apart again if they were."""
    pair = joined_pairs([(first, second)])
    joined = set(day_at(plan, day).joined) ^ set(pair)
    return _edit_day(plan, day, lambda d: replace(d, joined=tuple(joined)))


def dislike(plan: Plan, food: str) -> Plan:
    """The plan with a food that is not to be suggested again, or may be again if it was disliked."""
    return replace(plan, dislikes=tuple(set(plan.dislikes) ^ {food}))


def remove_item(plan: Plan, place: Place) -> Plan:
    """The plan without the food at a place."""
    return _put(plan, place, ())


def move_item(plan: Plan, place: Place, day: int, meal: int) -> Plan:
    """The plan with a food moved to another meal."""
    return add_item(remove_item(plan, place), day, meal, item_at(plan, place))


def copy_meal(plan: Plan, day: int, meal: int, to_days: Iterable[int]) -> Plan:
    """The plan with a meal written over the same meal of other days."""
    items = day_at(plan, day).meals[meal]
    for target in to_days:
        plan = _edit_meal(plan, target, meal, lambda _: items)
    return plan


def copy_day(plan: Plan, day: int, to_days: Iterable[int]) -> Plan:
    """The plan with a day's meals written over other days."""
    source = day_at(plan, day)
    for target in to_days:
        plan = _edit_day(plan, target, lambda d: replace(source, name=d.name, joined=d.joined))
    return plan


def left_out_added(plan: Plan) -> Plan:
    """The plan in which nothing of a record is missing any more, because the person has added it by hand."""
    return replace(plan, days=tuple(replace(d, lines_left_out=0) for d in plan.days))


def mark_nothing_eaten(plan: Plan, day: int, nothing_eaten: bool = True) -> Plan:
    """The plan with a day marked as one on which nothing was eaten, or with that taken back.

    Raises :class:`PlanError` when the day holds foods.
    """
    if nothing_eaten and day_at(plan, day).has_foods:
        raise PlanError("day-has-foods")
    return _edit_day(plan, day, lambda d: replace(d, nothing_eaten=nothing_eaten))


def add_supplement(plan: Plan, supplement: Supplement) -> Plan:
    """The plan with one more supplement."""
    return replace(plan, supplements=(*plan.supplements, supplement))


def take_instead(plan: Plan, supplement: Supplement) -> Plan:
    """The plan with a supplement in place of those that it stands in for.

    What is swallowed takes the place of what is swallowed; injections and nasal sprays stay. What is given takes the
    place of both.
    """
    stays = () if supplement.given else tuple(s for s in plan.supplements if s.given)
    return replace(plan, supplements=(*stays, supplement))


def remove_supplement(plan: Plan, index: int) -> Plan:
    """The plan without its supplement number ``index`` (from 0)."""
    return replace(plan, supplements=tuple(s for n, s in enumerate(plan.supplements) if n != index))


def keep_baseline(plan: Plan) -> Plan:
    """The plan with itself, as it is now, kept to compare with."""
    return replace(plan, baseline=replace(plan, baseline=None))


def restore_baseline(plan: Plan) -> Plan:
    """The plan as it was kept, still with it to compare with. Raises :class:`PlanError` when none was kept."""
    if plan.baseline is None:
        raise PlanError("no-baseline")
    return keep_baseline(plan.baseline)


def drop_baseline(plan: Plan) -> Plan:
    """The plan without its baseline."""
    return replace(plan, baseline=None)
