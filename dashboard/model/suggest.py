"""Foods that would close the shortfall: single additions, each with its exact effect.

A suggestion is an edit of the plan. Its effect is the difference of two assessments, so applying it
gives exactly the numbers it promised.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.model.absorption import occasion_ug
from dashboard.model.adequacy import UsableVerdict, below
from dashboard.model.assess import DAYS_PER_WEEK, Assessment, assess, meal_occasion
from dashboard.model.intake import eaten, foods_of
from dashboard.model.records import DIET_MAY_EAT, Food, SuggestionGroup, Tables
from dashboard.plan import ITEMS_PER_MEAL_MAX, MEALS, Item, LifeStage, Person, Place, Plan, add_item

SUGGESTIONS_MAX = 5
PORTIONS_MAX = 2
NEVER_SUGGESTED = frozenset({"unreliable", "infant", "medical", "energy-drink", "alcohol", "high-mercury", "organ-meat", "raw"})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One portion or two of a food at a named meal, on some or all days of the plan.

    intake_gain_ug, usable_gain_ug, energy_kcal
        Change of the plan's daily mean. [µg/day, µg/day, kcal/day]
    closes_share
        Share of the shortfall closed, 0 to 1; of the usable shortfall where the intake meets the target.
    """

    food: Food
    family: str
    portion: str
    portions: int
    grams: float
    meal: int
    days: tuple[int, ...]
    intake_gain_ug: float
    usable_gain_ug: float
    closes_share: float
    energy_kcal: float
    reason: str

    def apply(self, plan: Plan) -> Plan:
        """The plan with the suggestion done."""
        for day in self.days:
            plan = add_item(plan, day, self.meal, Item(self.food.id, self.grams))
        return plan


def allowed(food: Food, person: Person, tables: Tables) -> bool:
    """Whether a food may be offered at all: diet class, what the person leaves out, and what is never suggested."""
    if food.diet not in DIET_MAY_EAT[person.diet] or food.diet == "uncertain":
        return False
    if any(food.has(tables.exclusions[e]) for e in person.excludes if e in tables.exclusions):
        return False
    return not food.tags & NEVER_SUGGESTED and not (person.life_stage is LifeStage.PREGNANT and "cured" in food.tags)


def needed(assessment: Assessment) -> bool:
    """Whether there is a shortfall that food could close."""
    target = assessment.target
    if target is None or assessment.levers.no_intrinsic_factor or assessment.plan.person.age_years < 1:
        return False
    return below(assessment.intake_ug, target.intake_ug) or assessment.usable_verdict in (
        UsableVerdict.SHORT,
        UsableVerdict.MAY_BE_SHORT,
    )


@dataclass(frozen=True, slots=True)
class _Candidate:
    food: Food
    group: SuggestionGroup
    grams: float
    portions: int
    meal: int
    days: tuple[int, ...]
    score: float


def _candidates(assessment: Assessment, tables: Tables) -> Iterator[tuple[Food, SuggestionGroup]]:
    plan = assessment.plan
    for food in foods_of(plan, tables).values():
        group = tables.suggestion_groups.get(food.group)
        if group and food.b12_ug_per_100g and allowed(food, plan.person, tables):
            yield food, group


def _days(assessment: Assessment, group: SuggestionGroup) -> tuple[int, ...]:
    """The days a food of this group would be added to: as many as is usual, the emptiest first."""
    days = assessment.days
    count = int(group.times_per_week * len(days) / DAYS_PER_WEEK)
    emptiest = sorted(range(len(days)), key=lambda d: (days[d].usable.value, d))
    return tuple(sorted(emptiest[:count]))


def _score(assessment: Assessment, tables: Tables, food: Food, group: SuggestionGroup, grams: float, meal: int, days: Sequence[int]) -> float:
    """Share of the shortfalls closed per burden (energy, and how far from what is eaten already).

    0 where less than ``suggest_least_share`` would be closed.
    """
    target = assessment.target
    if target is None:
        return 0.0
    plan, n = assessment.plan, len(assessment.days)
    intake = usable = 0.0
    for day in days:
        items = [e for e in assessment.eaten if (e.place.day, e.place.meal) == (day, meal)]
        extra = eaten(Place(day, meal), Item(food.id, grams), food)
        before = meal_occasion(items, tables, plan.person.reference_set)
        after = meal_occasion([*items, extra], tables, plan.person.reference_set)
        usable += occasion_ug(after, tables, assessment.levers).value - occasion_ug(before, tables, assessment.levers).value
        intake += extra.total_ug or 0.0
    p = tables.parameters
    closed = _closed(assessment, intake / n, usable / n)
    if closed < p["suggest_least_share"].value:
        return 0.0
    energy = (food.energy_kcal_per_100g or 0.0) * grams / 100 * len(days) / n
    burden = 1 + energy / p["suggest_energy_per_burden_kcal"].value
    if food.id not in {f.food_id for f in assessment.foods}:
        groups = {e.food.group for e in assessment.eaten if e.food}
        burden += p["suggest_new_food_burden"].value if food.group in groups else p["suggest_new_group_burden"].value
    return closed / burden


def _closed(assessment: Assessment, intake_gain_ug: float, usable_gain_ug: float) -> float:
    """Mean share closed of the shortfalls there are, 0 to 1."""
    gaps = [(assessment.shortfall_ug, intake_gain_ug), (assessment.usable_shortfall_ug, usable_gain_ug)]
    shares = [min(1.0, gain / gap) for gap, gain in gaps if gap > 0]
    return sum(shares) / len(shares) if shares else 0.0


def _fits(plan: Plan, food: Food, meal: int, days: Sequence[int]) -> bool:
    return all(len(plan.days[d].meals[meal]) < ITEMS_PER_MEAL_MAX and food.id not in {i.food for i in plan.days[d].meals[meal]} for d in days)


def _best(assessment: Assessment, tables: Tables, food: Food, group: SuggestionGroup) -> _Candidate | None:
    """The best meal and number of portions for one food."""
    days = _days(assessment, group)
    serving = food.portions[0].grams if food.portions else 100.0
    options = [
        _Candidate(food, group, serving * portions, portions, MEALS.index(meal), days, score)
        for meal in group.meals
        if days and _fits(assessment.plan, food, MEALS.index(meal), days)
        for portions in range(1, PORTIONS_MAX + 1)
        if (score := _score(assessment, tables, food, group, serving * portions, MEALS.index(meal), days)) > 0
    ]
    # Fewer portions win a tie; a second portion has to earn its energy.
    return max(options, key=lambda c: (c.score, -c.portions), default=None)


def suggest(assessment: Assessment, tables: Tables, limit: int = SUGGESTIONS_MAX) -> tuple[Suggestion, ...]:
    """At most ``limit`` foods that would close the shortfall, best first, each of another family of foods.

    Empty when nothing is short, or when food cannot help (no intrinsic factor).
    """
    if not needed(assessment):
        return ()
    best = [c for food, group in _candidates(assessment, tables) if (c := _best(assessment, tables, food, group))]
    best.sort(key=lambda c: (-c.score, c.food.name))
    chosen: dict[str, _Candidate] = {}
    for candidate in best:
        chosen.setdefault(candidate.group.family, candidate)
        if len(chosen) == limit:
            break
    return tuple(_promise(assessment, tables, c) for c in chosen.values())


def _promise(assessment: Assessment, tables: Tables, c: _Candidate) -> Suggestion:
    """The candidate with the effect of really doing it."""
    draft = Suggestion(
        c.food, c.group.family, c.food.portions[0].label if c.food.portions else "100 g", c.portions, c.grams, c.meal, c.days, 0, 0, 0, 0, c.group.reason
    )
    after = assess(draft.apply(assessment.plan), tables)
    intake_gain = after.intake_ug - assessment.intake_ug
    usable_gain = after.usable.value - assessment.usable.value
    if assessment.shortfall_ug > 0:
        closes = min(1.0, intake_gain / assessment.shortfall_ug)
    elif assessment.usable_shortfall_ug > 0:
        closes = min(1.0, usable_gain / assessment.usable_shortfall_ug)
    else:
        closes = 0.0
    return replace(
        draft,
        intake_gain_ug=intake_gain,
        usable_gain_ug=usable_gain,
        closes_share=closes,
        energy_kcal=after.intake.energy_kcal - assessment.intake.energy_kcal,
    )
