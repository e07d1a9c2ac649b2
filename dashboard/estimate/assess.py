"""assess(plan, tables): the one place where B12 is added up.

Pages, report and command line all show the :class:`Assessment` made here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.estimate import adequacy, reference
from dashboard.estimate.absorption import Levers, Occasion, kept_ug, levers, occasion_ug
from dashboard.estimate.adequacy import UsableVerdict, Verdict
from dashboard.estimate.intake import Eaten, IntakeSum, eaten_in, total
from dashboard.estimate.reference import Target
from dashboard.plan import MEALS, Day, Plan, Supplement
from dashboard.tables.science import ZERO, Band, Condition
from dashboard.tables.tables import Tables

DAYS_PER_WEEK = 7
#: Doses are put on meals in this order, so that two a day stand far apart.
DOSE_MEALS = (MEALS.index("breakfast"), MEALS.index("dinner"), MEALS.index("lunch"), MEALS.index("snack"))
#: Routes that do not pass the gut, by form of supplement.
PARENTERAL = ("injection", "nasal")


@dataclass(frozen=True, slots=True)
class MealSum:
    """One meal of one day. [µg]"""

    day: int
    meal: int
    intake: IntakeSum
    supplement_ug: float
    usable: Band

    @property
    def name(self) -> str:
        """breakfast, lunch, dinner or snack."""
        return MEALS[self.meal]


@dataclass(frozen=True, slots=True)
class DaySum:
    """One day. [µg] ``usable`` counts every occasion and the day's share of supplements."""

    name: str
    meals: tuple[MealSum, ...]
    intake: IntakeSum
    supplement_ug: float
    usable: Band
    shortfall_ug: float

    @property
    def entered(self) -> bool:
        """Whether any food stands in it: a day without foods was not entered."""
        return self.intake.foods > 0

    @property
    def intake_ug(self) -> float:
        """Food and supplements. [µg]"""
        return self.intake.total_ug + self.supplement_ug


@dataclass(frozen=True, slots=True)
class FoodSum:
    """One food over the whole plan, as a mean per day. [µg/day] ``total_ug`` None: unknown."""

    food_id: str
    name: str
    grams: float
    total_ug: float | None
    natural_ug: float
    added_ug: float
    uncounted_ug: float
    times: int


@dataclass(frozen=True, slots=True)
class Scenario:
    """The usable figure if something that cannot be known were so. [µg/day]"""

    id: str
    usable: Band


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the plan comes to. Means over the plan's days. [µg/day]"""

    plan: Plan
    target: Target | None
    intake: IntakeSum
    natural_ug: float
    added_ug: float
    supplement_ug: float
    intake_ug: float
    usable: Band
    usable_given: Band
    shortfall_ug: float
    usable_shortfall_ug: float
    days: tuple[DaySum, ...]
    foods: tuple[FoodSum, ...]
    eaten: tuple[Eaten, ...]
    few_days: bool
    looks_incomplete: bool
    verdict: Verdict
    usable_verdict: UsableVerdict
    scenarios: tuple[Scenario, ...]
    levers: Levers
    conditions: tuple[Condition, ...]

    @property
    def at_least(self) -> bool:
        """True when foods without a value make the intake a lower bound."""
        return self.intake.unknown > 0

    @property
    def share_of_target(self) -> float | None:
        """Intake over target. [-]"""
        return self.intake_ug / self.target.intake_ug if self.target else None

    @property
    def days_entered(self) -> int:
        """How many days of the plan hold foods."""
        return sum(day.entered for day in self.days)

    @property
    def given_ug(self) -> float:
        """What injections and nasal sprays bring. [µg/day]"""
        return sum(s.dose_ug * s.times_per_week for s in self.plan.supplements if s.form in PARENTERAL) / DAYS_PER_WEEK

    @property
    def swallowed_supplements(self) -> tuple[Supplement, ...]:
        """The supplements that are swallowed and bring something."""
        return tuple(s for s in self.plan.supplements if s.form not in PARENTERAL and s.dose_ug and s.times_per_week)

    @property
    def need_ug(self) -> float | None:
        """The need in absorbed terms, with its margin; None where there is none. [µg/day]"""
        return self.target.need_ug if self.target else None

    @property
    def crystalline_share(self) -> float:
        """Share of the intake that is added or from supplements. [-]"""
        return (self.added_ug + self.supplement_ug) / self.intake_ug if self.intake_ug else 0.0

    @property
    def meals(self) -> tuple[MealSum, ...]:
        """Mean of each meal over the days, in the order of :data:`MEALS`."""
        return tuple(_mean_meal([day.meals[m] for day in self.days]) for m in range(len(MEALS)))

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Every source the figures rest on."""
        foods = {e.food.source_id for e in self.eaten if e.food}
        target = {self.target.source_id} if self.target else set()
        conditions = {s for c in self.conditions for s in c.source_ids}
        return tuple(sorted(foods | target | conditions))


def _mean(amounts: Sequence[float]) -> float:
    return sum(amounts) / len(amounts)


def _mean_band(bands: Sequence[Band]) -> Band:
    return sum(bands, ZERO) * (1 / len(bands))


def _mean_sum(sums: Sequence[IntakeSum]) -> IntakeSum:
    """Mean amounts; foods and unknowns stay counts."""
    n = len(sums)
    whole = IntakeSum(*(sum(getattr(s, name) for s in sums) for name in IntakeSum.__slots__))
    return replace(
        whole,
        **{name: getattr(whole, name) / n for name in ("total_ug", "natural_ug", "added_ug", "uncounted_ug", "energy_kcal")},
    )


def _mean_meal(meals: Sequence[MealSum]) -> MealSum:
    return MealSum(
        -1,
        meals[0].meal,
        _mean_sum([m.intake for m in meals]),
        _mean([m.supplement_ug for m in meals]),
        _mean_band([m.usable for m in meals]),
    )


def dose_meals(times_per_week: float) -> list[tuple[int, float, float]]:
    """Where a supplement's doses fall on a day: (meal, share of days, doses at once).

    Up to four doses a day each take a meal of their own; more than four share the four meals.
    """
    per_day = times_per_week / DAYS_PER_WEEK
    at_once = max(1.0, per_day / len(MEALS))
    spread = [(meal, min(1.0, max(0.0, per_day - n)), at_once) for n, meal in enumerate(DOSE_MEALS)]
    return [(meal, share, doses) for meal, share, doses in spread if share > 0]


def kept_share(tables: Tables, form: str) -> Band:
    """Share of a dose kept when it does not pass the gut. The regimen table's row for the form decides. [-]"""
    bands = [r.kept for r in tables.regimens.values() if r.form == form and r.kept]
    return Band(min(b.low for b in bands), min(b.value for b in bands), max(b.high for b in bands)) if bands else ZERO


@dataclass(frozen=True, slots=True)
class Dose:
    """What one supplement brings at one meal, as a mean per day. [µg/day]"""

    meal: int
    swallowed_ug: float
    usable: Band


def doses(supplement: Supplement, tables: Tables, person: Levers, occasions: Sequence[Occasion] = ()) -> list[Dose]:
    """A supplement's doses by meal, with what each adds to the day's uptake.

    A dose with food shares the capacity of its meal in ``occasions``. A dose apart from food, or without
    meals given, is an occasion of its own. What does not pass the gut is kept in part.
    """
    per_day = supplement.times_per_week / DAYS_PER_WEEK
    if supplement.form in PARENTERAL:
        dose = supplement.dose_ug * per_day
        return [Dose(DOSE_MEALS[0], dose, kept_ug(dose, kept_share(tables, supplement.form)))]
    found = []
    for meal, share, at_once in dose_meals(supplement.times_per_week):
        taken = Occasion({}, supplement.dose_ug * at_once, supplement.with_food)
        if supplement.with_food and occasions:
            before = occasions[meal]
            gain = occasion_ug(before + taken, tables, person) + occasion_ug(before, tables, person) * -1.0
        else:
            gain = occasion_ug(taken, tables, person)
        found.append(Dose(meal, taken.crystalline_ug * share, gain * share))
    return found


def supplement_usable(supplement: Supplement, tables: Tables, person: Levers) -> Band:
    """What a supplement alone gives. [µg/day]"""
    return sum((dose.usable for dose in doses(supplement, tables, person)), ZERO)


def meal_occasion(eaten: Sequence[Eaten]) -> Occasion:
    """The occasion that a meal's foods make. Eggs release less of their B12 than other food."""
    natural: dict[str, float] = {}
    for e in eaten:
        if e.natural_ug:
            fraction = "egg_fraction" if e.food and e.food.group == "eggs" else "food_fraction"
            natural[fraction] = natural.get(fraction, 0.0) + e.natural_ug
    return Occasion(natural, sum(e.added_ug for e in eaten))


class _Occasions:
    """A day's occasions: joined meals are one, led by the first of them."""

    def __init__(self, day: Day, meals: Sequence[Occasion]) -> None:
        self.groups = day.occasions()
        self.lead = {meal: group[0] for group in self.groups for meal in group}
        self.of = {group[0]: sum((meals[m] for m in group[1:]), meals[group[0]]) for group in self.groups}

    def by_meal(self) -> list[Occasion]:
        """The occasion that each meal is part of."""
        return [self.of[self.lead[m]] for m in range(len(MEALS))]

    def add_daily(self, supplement: Supplement) -> None:
        """Puts the doses taken with a meal every day onto it, for the next supplement to share with."""
        if not supplement.with_food or supplement.form in PARENTERAL:
            return
        for meal, share, at_once in dose_meals(supplement.times_per_week):
            if share == 1:
                self.of[self.lead[meal]] += Occasion({}, supplement.dose_ug * at_once)


def _usable_by_meal(occasions: _Occasions, meals: Sequence[Occasion], tables: Tables, person: Levers) -> list[Band]:
    """What each meal delivers; meals of one occasion share what it delivers by what was swallowed at each."""
    usable = [ZERO] * len(MEALS)
    for group in occasions.groups:
        delivered = occasion_ug(occasions.of[group[0]], tables, person)
        swallowed = sum(meals[m].swallowed_ug for m in group)
        for m in group:
            usable[m] = delivered * (meals[m].swallowed_ug / swallowed if swallowed else 0.0)
    return usable


def _day(day: Day, index: int, eaten: Sequence[Eaten], plan: Plan, tables: Tables, person: Levers, target_ug: float) -> DaySum:
    by_meal = [[e for e in eaten if e.place.meal == m] for m in range(len(MEALS))]
    meals = [meal_occasion(meal) for meal in by_meal]
    occasions = _Occasions(day, meals)
    usable = _usable_by_meal(occasions, meals, tables, person)
    swallowed = [0.0] * len(MEALS)
    for s in sorted(plan.supplements, key=lambda s: -s.times_per_week):
        for dose in doses(s, tables, person, occasions.by_meal()):
            swallowed[dose.meal] += dose.swallowed_ug
            usable[dose.meal] += dose.usable
        occasions.add_daily(s)
    sums = tuple(MealSum(index, m, total(by_meal[m]), swallowed[m], usable[m]) for m in range(len(MEALS)))
    intake = total(eaten)
    supplement_ug = sum(swallowed)
    return DaySum(
        day.name,
        sums,
        intake,
        supplement_ug,
        sum(usable, ZERO),
        adequacy.shortfall_ug(intake.total_ug + supplement_ug, target_ug),
    )


def _given(plan: Plan, tables: Tables, person: Levers) -> Band:
    """What stays in the body of injections and nasal sprays. [µg/day]"""
    return sum((supplement_usable(s, tables, person) for s in plan.supplements if s.form in PARENTERAL), ZERO)


def _foods(eaten: Sequence[Eaten], days: int) -> tuple[FoodSum, ...]:
    by_id: dict[str, list[Eaten]] = {}
    for e in eaten:
        by_id.setdefault(e.food_id, []).append(e)
    rows = []
    for food_id, group in by_id.items():
        s = total(group)
        rows.append(
            FoodSum(
                food_id,
                group[0].name,
                sum(e.grams for e in group) / days,
                None if s.unknown else s.total_ug / days,
                s.natural_ug / days,
                s.added_ug / days,
                s.uncounted_ug / days,
                len(group),
            )
        )
    return tuple(sorted(rows, key=lambda r: (-(r.total_ug or 0.0), r.name)))


def _older(plan: Plan, tables: Tables) -> bool:
    return tables.rules.age_bands["age-51"].covers(plan.person.age_years)


def _looks_incomplete(plan: Plan, eaten: Sequence[Eaten], days: Sequence[DaySum], tables: Tables) -> bool:
    """Whether an adult's days with foods hold less energy than a whole record would (rule A17)."""
    bands = tables.rules.age_bands
    kcal = [day.intake.energy_kcal for day in days if day.entered]
    if (
        not kcal
        or any(e.energy_kcal is None for e in eaten)
        or any(bands[young].covers(plan.person.age_years) for young in ("infant", "child"))
    ):
        return False
    return _mean(kcal) < tables.parameters["incomplete_record_kcal"].value


def assess(plan: Plan, tables: Tables) -> Assessment:
    """What a plan comes to: intake, usable B12, target, shortfall and verdicts.

    Pure: the same plan and tables give the same answer. [µg/day, means over the plan's days]
    """
    target = reference.target(tables, plan.person)
    conditions = tuple(tables.conditions[c] for c in plan.person.conditions if c in tables.conditions)
    person = levers(conditions)
    eaten = eaten_in(plan, tables)
    days = _days(plan, eaten, tables, person, target.intake_ug if target else 0.0)
    intake = _mean_sum([d.intake for d in days])
    supplement_ug = _mean([d.supplement_ug for d in days])
    intake_ug = intake.total_ug + supplement_ug
    usable = _mean_band([d.usable for d in days])
    scenarios: tuple[Scenario, ...] = ()
    if _older(plan, tables) and person.release.value > 0:
        blocked = Levers(person.capacity, ZERO)
        bands = [d.usable for d in _days(plan, eaten, tables, blocked, 0.0)]
        scenarios = (Scenario("older-food-malabsorption", _mean_band(bands)),)
    few_days = len(days) < tables.parameters["days_for_verdict"].value
    need_ug = target.need_ug if target else None
    return Assessment(
        plan=plan,
        target=target,
        intake=intake,
        natural_ug=intake.natural_ug,
        added_ug=intake.added_ug,
        supplement_ug=supplement_ug,
        intake_ug=intake_ug,
        usable=usable,
        usable_given=_given(plan, tables, person),
        shortfall_ug=adequacy.shortfall_ug(intake_ug, target.intake_ug) if target else 0.0,
        usable_shortfall_ug=0.0 if need_ug is None else adequacy.shortfall_ug(usable.value, need_ug),
        days=days,
        foods=_foods(eaten, len(days)),
        eaten=eaten,
        few_days=few_days,
        looks_incomplete=_looks_incomplete(plan, eaten, days, tables),
        verdict=adequacy.verdict(intake_ug, target, few_days=few_days, unknown=intake.unknown),
        usable_verdict=adequacy.usable_verdict(usable, need_ug, unknown=intake.unknown, intrinsic_factor=not person.no_intrinsic_factor),
        scenarios=scenarios,
        levers=person,
        conditions=conditions,
    )


def _days(plan: Plan, eaten: Sequence[Eaten], tables: Tables, person: Levers, target_ug: float) -> tuple[DaySum, ...]:
    return tuple(_day(day, d, [e for e in eaten if e.place.day == d], plan, tables, person, target_ug) for d, day in enumerate(plan.days))
