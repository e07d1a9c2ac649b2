"""Foods that would close the shortfall: single additions, each with its exact effect.

A suggestion is an edit of the plan. Its effect is the difference of two assessments, so applying it
gives exactly the numbers it promised.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.model.absorption import Occasion, occasion_ug
from dashboard.model.adequacy import UsableVerdict, below
from dashboard.model.assess import DAYS_PER_WEEK, Assessment, assess, meal_occasion
from dashboard.model.intake import Eaten, eaten, foods_of
from dashboard.model.records import DIET_MAY_EAT, Food, Portion, SuggestionGroup, Tables
from dashboard.plan import ITEMS_PER_MEAL_MAX, MEALS, Item, LifeStage, Person, Place, Plan, add_item

SUGGESTIONS_MAX = 5
PORTIONS_MAX = 2
#: Fortified foods of SR Legacy are brands as they were before 2018; the other sets describe what is sold now.
BRANDED_SETS = frozenset({"usda-sr-legacy-2018"})
NEVER_SUGGESTED = frozenset({"unreliable", "infant", "medical", "energy-drink", "alcohol", "high-mercury", "organ-meat", "raw"})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One portion or two of a food at a named meal, on some or all days of the plan.

    intake_gain_ug, usable_gain_ug, energy_kcal
        Change of the plan's daily mean. [µg/day, µg/day, kcal/day]
    closes_share
        Share of the shortfall closed, 0 to 1; of the usable shortfall where the intake meets the target.
    energy_kcal None: the table has no energy for the food.
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
    energy_kcal: float | None
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
    portion: str
    grams: float
    portions: int
    meal: int
    days: tuple[int, ...]
    score: float


def _candidates(assessment: Assessment, tables: Tables) -> Iterator[tuple[Food, SuggestionGroup]]:
    plan = assessment.plan
    for food in foods_of(plan, tables).values():
        group = tables.suggestion_groups.get(food.group)
        if (
            group
            and food.id not in plan.dislikes
            and food.source_id not in BRANDED_SETS
            and food.b12_ug_per_100g
            and allowed(food, plan.person, tables)
        ):
            yield food, group


class _Search:
    """What does not change while candidates are weighed: the plan's occasions and what they deliver."""

    def __init__(self, assessment: Assessment, tables: Tables) -> None:
        self.assessment, self.tables = assessment, tables
        self.plan = assessment.plan
        self.eaten: dict[tuple[int, int], list[Eaten]] = {}
        for e in assessment.eaten:
            self.eaten.setdefault((e.place.day, e.place.meal), []).append(e)
        self.food_ids = {e.food_id for e in assessment.eaten}
        self.groups = {e.food.group for e in assessment.eaten if e.food}
        self.emptiest = sorted(range(len(assessment.days)), key=lambda d: (assessment.days[d].usable.value, d))
        meals = [(d, m) for d in range(len(self.plan.days)) for m in range(len(MEALS))]
        self.occasions = {at: meal_occasion(self.eaten.get(at, ()), tables, self._set) for at in meals}
        self.delivered_ug = {at: self._delivers_ug(occasion) for at, occasion in self.occasions.items()}

    @property
    def _set(self) -> str:
        return self.plan.person.reference_set

    def _delivers_ug(self, occasion: Occasion) -> float:
        return occasion_ug(occasion, self.tables, self.assessment.levers).value

    def days(self, group: SuggestionGroup) -> tuple[int, ...]:
        """The days a food of this group would be added to: as many as is usual, the emptiest first."""
        count = int(group.times_per_week * len(self.emptiest) / DAYS_PER_WEEK)
        return tuple(sorted(self.emptiest[:count]))

    def fits(self, food: Food, meal: int, days: Sequence[int]) -> bool:
        """Whether the meals have room for the food and do not hold it already."""
        meals = [self.eaten.get((d, meal), ()) for d in days]
        return all(len(m) < ITEMS_PER_MEAL_MAX and food.id not in {e.food_id for e in m} for m in meals)

    def score(self, food: Food, grams: float, meal: int, days: Sequence[int]) -> float:
        """Share of the shortfalls closed per burden (energy, and how far from what is eaten already).

        0 where less than ``suggest_least_share`` would be closed, or for more than ``suggest_most_kcal``.
        """
        p, n = self.tables.parameters, len(self.plan.days)
        energy = (food.energy_kcal_per_100g or 0.0) * grams / 100 * len(days) / n
        extra = eaten(Place(0, meal), Item(food.id, grams), food)
        alone = meal_occasion([extra], self.tables, self._set)
        usable = sum(self._delivers_ug(self.occasions[d, meal] + alone) - self.delivered_ug[d, meal] for d in days)
        closed = _closed(self.assessment, (extra.total_ug or 0.0) * len(days) / n, usable / n)
        if closed < p["suggest_least_share"].value or energy > p["suggest_most_kcal"].value:
            return 0.0
        burden = 1 + energy / p["suggest_energy_per_burden_kcal"].value
        if food.id not in self.food_ids:
            known = "suggest_new_food_burden" if food.group in self.groups else "suggest_new_group_burden"
            burden += p[known].value
        return closed / burden

    def best(self, food: Food, group: SuggestionGroup) -> _Candidate | None:
        """The best meal and amount for one food."""
        days = self.days(group)
        meals = [m for name in group.meals if days and self.fits(food, m := MEALS.index(name), days)]
        options = [
            _Candidate(food, group, label, grams, count, meal, days, score)
            for meal in meals
            for label, count, grams in _amounts(food)
            if (score := self.score(food, grams, meal, days)) > 0
        ]
        # The smaller amount wins a tie: more than closes the gap earns nothing.
        return max(options, key=lambda c: (c.score, -c.grams), default=None)


def _closed(assessment: Assessment, intake_gain_ug: float, usable_gain_ug: float) -> float:
    """Mean share closed of the shortfalls there are, 0 to 1."""
    gaps = [(assessment.shortfall_ug, intake_gain_ug), (assessment.usable_shortfall_ug, usable_gain_ug)]
    shares = [min(1.0, gain / gap) for gap, gain in gaps if gap > 0]
    return sum(shares) / len(shares) if shares else 0.0


def _amounts(food: Food) -> list[tuple[str, int, float]]:
    """Realistic amounts of a food: its usual portion, a smaller household measure, or the usual one twice."""
    usual, *others = food.portions or (Portion("100 g", 100.0),)
    smaller = [(p.label, 1, p.grams) for p in others if p.grams < usual.grams and not p.label.endswith(" g")]
    return [(usual.label, n, usual.grams * n) for n in range(1, PORTIONS_MAX + 1)] + smaller


def suggest(assessment: Assessment, tables: Tables, limit: int = SUGGESTIONS_MAX) -> tuple[Suggestion, ...]:
    """At most ``limit`` foods that would close the shortfall, best first, each of another family of foods.

    Empty when nothing is short, or when food cannot help (no intrinsic factor).
    """
    if not needed(assessment):
        return ()
    search = _Search(assessment, tables)
    best = [c for food, group in _candidates(assessment, tables) if (c := search.best(food, group))]
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
        c.food,
        c.group.family,
        c.portion,
        c.portions,
        c.grams,
        c.meal,
        c.days,
        0,
        0,
        0,
        0,
        c.group.reason,
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
        energy_kcal=None if c.food.energy_kcal_per_100g is None else after.intake.energy_kcal - assessment.intake.energy_kcal,
    )
