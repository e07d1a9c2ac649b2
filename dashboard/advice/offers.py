"""Which edits may be offered at all: the hard filters, and everyday foods in everyday places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.advice.food_edits import Edit, Kind, found, shares
from dashboard.advice.week_loads import Week, food_load
from dashboard.estimate.doses import DAYS_PER_WEEK
from dashboard.estimate.uptake import LOADS, Array
from dashboard.plan import ITEMS_PER_MEAL_MAX, MEALS, Diet, Item, LifeStage, Person, Plan
from dashboard.tables.foods import DIET_MAY_EAT, EverydayFood, Food, SuggestionGroup, Swap
from dashboard.tables.tables import Tables

#: Fortified foods of SR Legacy are brands as they were before 2018; the other sets describe what is sold now.
BRANDED_SETS = frozenset({"usda-sr-legacy-2018"})
NEVER_SUGGESTED = frozenset({"unreliable", "infant", "medical", "energy-drink", "alcohol", "high-mercury", "organ-meat", "raw"})
#: What somebody leaves out who eats what vegans eat in place of milk: a key of exclusions.csv.
WITHOUT_MILK = "milk"
NOT_IN_PREGNANCY = frozenset({"cured"})


def allowed(food: Food, plan: Plan, tables: Tables) -> bool:
    """Whether a food may be offered: diet class, what the person leaves out, dislikes or should not eat, and what is never suggested."""
    person = plan.person
    if food.diet not in DIET_MAY_EAT[person.diet] or food.diet == "uncertain" or food.id in plan.dislikes:
        return False
    if any(food.has(e) for e in tables.not_offered(person)):
        return False
    never = NEVER_SUGGESTED | (NOT_IN_PREGNANCY if person.life_stage is LifeStage.PREGNANT else frozenset())
    return bool(food.b12_ug_per_100g) and food.source_id not in BRANDED_SETS and not food.tags & never


def possible(week: Week, *, added_first: bool = False) -> list[Edit]:
    """Every edit that may be offered for a plan, in a fixed order. ``added_first``: to somebody who should look to added B12 first."""
    amounts = list(_amounts(week, _everyday(week, added_first)))
    return [*_adds(week, amounts), *_swaps(week, amounts), *_spreads(week)]


def _everyday(week: Week, added_first: bool) -> list[tuple[EverydayFood, Food]]:
    """The everyday foods of somebody of this diet and age, where they shop, that may be offered to them.

    Who leaves out milk is offered what vegans eat in its place; what is in the plan already is an everyday food too. Who should look
    to added B12 first is offered what only vegans have every day, plant drinks and yeast flakes: the food that it is added to.
    """
    person, tables = week.plan.person, week.tables
    market, group, like = tables.market(person).market, tables.rules.age_group(person.age_years), _eats_like(person)
    found = []
    for row in tables.everyday_foods:
        food = tables.foods.get(row.food_id)
        if food is None or market not in row.markets or not row.portions.get(group) or not allowed(food, week.plan, tables):
            continue
        if row.diets & like or (added_first and row.diets == {Diet.VEGAN}) or is_known(week, food):
            found.append((row, food))
    return found


def _eats_like(person: Person) -> frozenset[Diet]:
    """The diets whose everyday foods are a person's own."""
    return frozenset({person.diet, *({Diet.VEGAN} if WITHOUT_MILK in person.excludes else ())})


def is_of_other_diet(week: Week, food: Food) -> bool:
    """Whether a food is an everyday one on other diets only: the fortified foods of vegans, for somebody who eats everything."""
    diets: dict[str, frozenset[Diet]] = week.tables.worked_out.setdefault(is_of_other_diet, {})
    if not diets:
        for row in week.tables.everyday_foods:
            diets[row.food_id] = diets.get(row.food_id, frozenset()) | row.diets
    return food.id in diets and not diets[food.id] & _eats_like(week.plan.person)


def is_known(week: Week, food: Food) -> bool:
    """Whether a food is familiar: it is in the plan, or others of its group are where those make it so."""
    by_group = week.tables.suggestion_groups[food.group].known_by == "group"
    return food.id in week.food_ids or (by_group and food.group in week.groups)


def _allowance(week: Week, group: SuggestionGroup) -> int:
    """On how many days of the plan a food of a group may be added. What is not for every day counts what is eaten already."""
    count = int(group.times_per_week * week.days / DAYS_PER_WEEK)
    if group.times_per_week >= DAYS_PER_WEEK:
        return count
    return max(0, count - len(week.days_with.get(group.group, ())))


def _has_room(week: Week, food: Food, group: SuggestionGroup, day: int, meal: int, instead_of: Food | None = None) -> bool:
    """Whether a meal has room for a food: it does not hold the food yet, and has room for its group."""
    if instead_of is None:
        return food.id not in week.items_at[day, meal] and _group_has_room(week, group, day, meal)
    items = [i for i in week.items_at[day, meal] if i != instead_of.id]
    beside = {e.food.group for e in week.eaten[day, meal] if e.food and e.food is not instead_of}
    return len(items) < ITEMS_PER_MEAL_MAX and food.id not in items and not beside & group.not_beside


def _group_has_room(week: Week, group: SuggestionGroup, day: int, meal: int) -> bool:
    """Whether a meal may hold one food more, and holds no food group that rules this one out (``not_beside``)."""
    return len(week.items_at[day, meal]) < ITEMS_PER_MEAL_MAX and not week.groups_at[day, meal] & group.not_beside


@dataclass(frozen=True, slots=True, eq=False)
class _Amount:
    """So much of an everyday food, and what it adds to an occasion."""

    row: EverydayFood
    food: Food
    portions: float
    grams: float
    load: Array


def _amounts(week: Week, everyday: Iterable[tuple[EverydayFood, Food]]) -> Iterator[_Amount]:
    """Every everyday food in each amount that suits the person's age."""
    group, known = week.tables.rules.age_group(week.plan.person.age_years), week.tables.worked_out.setdefault(_Amount, {})
    for row, food in everyday:
        # By the row itself, which stays as long as the tables do: two rows may hold the same food in other portions.
        amounts = known.get((id(row), group))
        if amounts is None:
            amounts = known[id(row), group] = _amounts_of(row, food, group, week.tables)
        for amount in amounts:
            week.food_loads[food.id, amount.grams] = amount.load
            yield amount


def _amounts_of(row: EverydayFood, food: Food, group: str, tables: Tables) -> tuple[_Amount, ...]:
    portion_g = next(p.grams for p in food.portions if p.label == row.portion)
    # As a plan holds it: a tenth of a gram at the finest.
    weights = [(n, Item(food.id, portion_g * n).grams) for n in row.portions[group]]
    return tuple(_Amount(row, food, n, grams, food_load(food, grams, tables)) for n, grams in weights)


def _adds(week: Week, amounts: Sequence[_Amount]) -> Iterator[Edit]:
    if not amounts:
        return
    extra = np.array([a.load for a in amounts])
    gains = week.delivers(week.loads + extra[:, None, :]) - week.usable
    room: dict[tuple[str, int], list[int]] = {}
    of_group: dict[tuple[str, int], list[int]] = {}
    for n, amount in enumerate(amounts):
        group = week.tables.suggestion_groups[amount.food.group]
        for meal in map(MEALS.index, group.meals):
            days = room.get((amount.food.id, meal))
            if days is None:
                if (group.group, meal) not in of_group:
                    of_group[group.group, meal] = week.emptiest({d for d in week.fed if _group_has_room(week, group, d, meal)})
                free = [d for d in of_group[group.group, meal] if amount.food.id not in week.items_at[d, meal]]
                days = room[amount.food.id, meal] = free[: _allowance(week, group)]
            at = [week.number[d, meal] for d in days]
            for count in _counts(week, gains[n, at], float(extra[n, 2])):
                chosen = tuple(sorted(days[:count]))
                yield Edit(
                    Kind.ADD, amount.food, group.family, meal, chosen, group.reason, amount.row.portion, amount.portions, amount.grams
                )


def _counts(week: Week, gains_ug: Array, intake_ug: float) -> list[int]:
    """On how many days to add a food: on as few as close the shortfall, and on as many as there are."""
    every, usable_ug = len(gains_ug), 0.0
    for days, gain_ug in enumerate(gains_ug.tolist(), 1):
        usable_ug += gain_ug
        closes = intake_ug * days / week.days >= week.assessment.shortfall_ug
        if closes and usable_ug / week.days >= week.assessment.usable_shortfall_ug:
            return sorted({days, every})
    return [every] if every else []


def _swaps(week: Week, amounts: Sequence[_Amount]) -> Iterator[Edit]:
    offered: dict[str, list[_Amount]] = {}
    for amount in amounts:
        offered.setdefault(amount.food.id, []).append(amount)
    for swap in week.tables.swaps:
        if swap.from_food not in week.food_ids:
            continue
        old, new = week.tables.foods.get(swap.from_food), offered.get(swap.to_food)
        if old and new:
            yield from _swapped(week, swap, old, new)


def _swapped(week: Week, swap: Swap, old: Food, amounts: list[_Amount]) -> Iterator[Edit]:
    """A food put in the place of another, at each meal where the other stands: its weight, or the largest portion for the age."""
    new = amounts[0].food
    group = week.tables.suggestion_groups[new.group]
    largest = max((a for a in amounts if a.row.portion == swap.portion), key=lambda a: a.grams, default=None)
    if swap.portion and largest is None:
        return
    portions, grams = (largest.portions, largest.grams) if largest else (1.0, 0.0)
    allowance = _allowance(week, group) if new.group != old.group else week.days
    for meal in range(len(MEALS)):
        days = [d for d in week.fed if any(found(week.plan, d, meal, old.id))]
        days = week.emptiest({d for d in days if _has_room(week, new, group, d, meal, old)})[:allowance]
        if days:
            chosen = tuple(sorted(days))
            yield Edit(Kind.SWAP, new, group.family, meal, chosen, swap.reason, swap.portion, portions, grams, replaces=old)


def _spreads(week: Week) -> Iterator[Edit]:
    """A food of the plan split over two meals, or moved to another one, where that leaves each its own capacity."""
    for food_id in sorted(week.food_ids):
        food = week.tables.foods.get(food_id)
        group = week.tables.suggestion_groups.get(food.group) if food else None
        if food is None or group is None or group.spread not in (Kind.SPLIT, Kind.MOVE) or not food.b12_ug_per_100g or not food.counted:
            continue
        kind = Kind(group.spread)
        for start in range(len(MEALS)):
            here = [d for d in week.fed if any(found(week.plan, d, start, food_id))]
            for meal in map(MEALS.index, group.meals):
                days = tuple(d for d in here if week.number[d, start] != week.number[d, meal] and _has_room(week, food, group, d, meal))
                if days:
                    yield Edit(kind, food, group.family, meal, days, "", from_meal=start)


def loads_of(week: Week, edit: Edit) -> dict[int, Array]:
    """What an edit adds to each occasion it touches. Loads are sums over foods, so an edit is a difference."""
    if edit.kind is Kind.ADD:
        extra = week.food_load(edit.food, edit.grams)
        return {week.number[day, edit.meal]: extra for day in edit.days}
    changed: dict[int, Array] = {}

    def add(day: int, meal: int, food: Food, grams: float) -> None:
        at = week.number[day, meal]
        changed[at] = changed.get(at, np.zeros(LOADS)) + week.food_load(food, abs(grams)) * (1 if grams >= 0 else -1)

    for day in edit.days:
        start = edit.meal if edit.from_meal is None else edit.from_meal
        item = next(item for _, item in found(week.plan, day, start, (edit.replaces or edit.food).id))
        if edit.replaces is not None:
            add(day, start, edit.replaces, -item.grams)
            add(day, start, edit.food, edit.grams or item.grams)
        else:
            goes = shares(item, edit.kind)[1]
            add(day, start, edit.food, -goes)
            add(day, edit.meal, edit.food, goes)
    return changed


def energy_kcal(week: Week, edit: Edit) -> float | None:
    """Energy an edit adds, mean per day. [kcal/day] None: the table has no energy for one of its foods."""
    if edit.kind in (Kind.SPLIT, Kind.MOVE):
        return 0.0
    new, old = edit.food.energy_kcal_per_100g, edit.replaces.energy_kcal_per_100g if edit.replaces else 0.0
    if new is None or old is None:
        return None
    total = 0.0
    for day in edit.days:
        before = next((i.grams for _, i in found(week.plan, day, edit.meal, edit.replaces.id)), 0.0) if edit.replaces else 0.0
        total += (new * (edit.grams or before) - old * before) / 100
    return total / week.days
