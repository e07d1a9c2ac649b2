"""assess(plan, tables): the one place where B12 is added up.

Pages, report and command line all show the :class:`Assessment` made here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.estimate import adequacy, reference
from dashboard.estimate.absorption import Levers, levers
from dashboard.estimate.adequacy import UsableVerdict, Verdict
from dashboard.estimate.day_sums import (
    DaySum,
    FoodSum,
    MealSum,
    day_sums,
    days_counted,
    food_sums,
    mean,
    mean_band,
    mean_intake,
    mean_meal,
    nothing_known_of,
)
from dashboard.estimate.intake import Eaten, IntakeSum, Meal, eaten_in, nothing_known
from dashboard.estimate.reference import Target
from dashboard.plan import MEALS, Plan, Supplement
from dashboard.tables.science import ZERO, Band, Condition
from dashboard.tables.tables import Tables


@dataclass(frozen=True, slots=True)
class Scenario:
    """The usable figure if something that cannot be known were so. [µg/day]"""

    id: str
    usable: Band


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the plan comes to. Means over the days that were entered. [µg/day]

    supplement_ug, given_ug
        Swallowed of supplements; given by injection or nasal spray, which is no part of intake.
    intake_ug
        Food and supplements, as far as they are swallowed.
    usable, usable_swallowed, usable_given
        What is taken up of all of it, of what is swallowed, and of what is given.
    shortfall_ug, usable_shortfall_ug
        Target less intake, need less usable, never below 0; 0 as well where there is no target or need, or nothing is known to judge by.
    days_entered
        Days with foods or marked as ones on which nothing was eaten. 0: the figures are those of the supplements alone.
    few_days
        Fewer days than a verdict on usual intake asks for.
    looks_incomplete
        An adult's record with less energy than anybody lives on; False where the energy of a food is not known.
    """

    plan: Plan
    target: Target | None
    intake: IntakeSum
    natural_ug: float
    added_ug: float
    supplement_ug: float
    given_ug: float
    intake_ug: float
    usable: Band
    usable_swallowed: Band
    usable_given: Band
    shortfall_ug: float
    usable_shortfall_ug: float
    days: tuple[DaySum, ...]
    eaten: tuple[Eaten, ...]
    days_entered: int
    few_days: bool
    looks_incomplete: bool
    verdict: Verdict
    usable_verdict: UsableVerdict
    scenarios: tuple[Scenario, ...]
    levers: Levers
    conditions: tuple[Condition, ...]

    @property
    def at_least(self) -> bool:
        """True when foods without a value, or lines of a record that were left out, make the intake a lower bound."""
        return self.intake.unknown > 0 or self.lines_left_out > 0

    @property
    def nothing_to_judge(self) -> bool:
        """Whether no figure stands for a usual day: none was entered, nothing was eaten on any, or nothing of them has a value."""
        return _nothing_to_judge(self.days_entered, self.intake, self.supplement_ug)

    @property
    def nothing_eaten(self) -> bool:
        """Whether there is nothing to judge because every day entered is one on which nothing was eaten."""
        return self.nothing_to_judge and self.days_entered > 0 and not self.intake.foods and not self.lines_left_out

    @property
    def usable_unknown(self) -> bool:
        """Whether nothing is known of what is usable, which is not none."""
        return nothing_known_of(self.usable, may_be_more=self.nothing_to_judge or self.at_least)

    @property
    def lines_left_out(self) -> int:
        """How many lines of a food record are not in the plan."""
        return sum(day.lines_left_out for day in self.days)

    @property
    def share_of_target(self) -> float | None:
        """Intake over target; None where there is no target or nothing to judge by. [-]"""
        return self.intake_ug / self.target.intake_ug if self.target and not self.nothing_to_judge else None

    @property
    def swallowed_supplements(self) -> tuple[Supplement, ...]:
        """The supplements that are swallowed and bring something."""
        return tuple(s for s in self.plan.supplements if not s.given and s.dose_ug and s.times_per_week)

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
        """Mean of each meal over the days that were entered, in the order of :data:`MEALS`."""
        counted = days_counted(self.days)
        return tuple(mean_meal([day.meals[m] for day in counted]) for m in range(len(MEALS)))

    @property
    def eaten_at(self) -> dict[Meal, list[Eaten]]:
        """Every meal with what was eaten."""
        found: dict[Meal, list[Eaten]] = {(d, m): [] for d in range(len(self.plan.days)) for m in range(len(MEALS))}
        for e in self.eaten:
            found[e.place.day, e.place.meal].append(e)
        return found

    @property
    def intakes(self) -> dict[Meal, IntakeSum]:
        """Every meal with what its foods bring."""
        return {(d, m): meal.intake for d, day in enumerate(self.days) for m, meal in enumerate(day.meals)}

    @property
    def foods(self) -> tuple[FoodSum, ...]:
        """Each food as a mean over the days that were entered, those that bring most first."""
        return food_sums(self.eaten, len(days_counted(self.days)))

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Every source the figures rest on."""
        foods = {e.food.source_id for e in self.eaten if e.food}
        target = {row.source_id for row in (self.target, self.target and self.target.need) if row}
        conditions = {s for c in self.conditions for s in c.source_ids}
        return tuple(sorted(foods | target | conditions))


def _nothing_to_judge(entered: int, intake: IntakeSum, supplement_ug: float) -> bool:
    """Whether no food with a value was eaten on any day entered, and no supplement is swallowed. Nobody's usual day is without food."""
    return not entered or not (intake.foods or supplement_ug) or nothing_known(intake, supplement_ug)


def _older(plan: Plan, tables: Tables) -> bool:
    return tables.rules.age_bands["age-51"].covers(plan.person.age_years)


def _looks_incomplete(plan: Plan, eaten: Sequence[Eaten], days: Sequence[DaySum], tables: Tables) -> bool:
    """Whether an adult's days with foods hold less energy than a whole record would (rule A17)."""
    young = (tables.rules.age_bands[band].covers(plan.person.age_years) for band in ("infant", "child"))
    if not eaten or any(e.energy_kcal is None for e in eaten) or any(young):
        return False
    fed = [sums.intake.energy_kcal for sums in days if sums.intake.foods]
    return mean(fed) < tables.parameters["incomplete_record_kcal"].value


@dataclass(frozen=True, slots=True)
class _Known:
    """What another assessment has worked out of the meals and days that are the same in a plan."""

    eaten: Mapping[Meal, Sequence[Eaten]]
    intakes: Mapping[Meal, IntakeSum]
    days: Mapping[int, DaySum]


def _known(plan: Plan, before: Assessment | None) -> _Known:
    """The same figures as working them out again, for they depend on nothing but what is compared here."""
    if before is None or before.plan.own_foods != plan.own_foods:
        return _Known({}, {}, {})
    pairs = list(enumerate(zip(before.plan.days, plan.days, strict=False)))
    meals = [(d, m) for d, (was, day) in pairs for m in range(len(MEALS)) if was.meals[m] == day.meals[m]]
    eaten, intakes = before.eaten_at, before.intakes
    same = before.plan.supplements == plan.supplements and before.plan.person == plan.person
    days = {d: before.days[d] for d, (was, day) in pairs if same and was == day}
    return _Known({at: eaten[at] for at in meals}, {at: intakes[at] for at in meals}, days)


def assess(plan: Plan, tables: Tables, before: Assessment | None = None) -> Assessment:
    """What a plan comes to: intake, usable B12, target, shortfall and verdicts.

    Pure: the same plan and tables give the same answer. [µg/day, means over the days that were entered]

    ``before``: an assessment of another plan by the same tables. The answer is the same with it and without it; what it
    says of days and meals that are the same is not worked out again.
    """
    target = reference.target(tables, plan.person)
    conditions = tuple(tables.conditions[c] for c in plan.person.conditions if c in tables.conditions)
    person = levers(conditions)
    known = _known(plan, before)
    by_meal = eaten_in(plan, tables, known.eaten)
    eaten = tuple(e for meal in by_meal.values() for e in meal)
    days = day_sums(plan, by_meal, tables, person, target.intake_ug if target else 0.0, known.days, known.intakes)
    counted = days_counted(days)
    entered = sum(d.entered for d in days)
    intake = mean_intake([d.intake for d in counted])
    supplement_ug = mean([d.supplement_ug for d in counted])
    intake_ug = intake.total_ug + supplement_ug
    usable = mean_band([d.usable for d in counted])
    scenarios: tuple[Scenario, ...] = ()
    if _older(plan, tables) and person.release.value > 0:
        blocked = Levers(person.capacity, ZERO)
        bands = [d.usable for d in days_counted(day_sums(plan, by_meal, tables, blocked, 0.0, intakes=known.intakes))]
        scenarios = (Scenario("older-food-malabsorption", mean_band(bands)),)
    few_days = entered < tables.parameters["days_for_verdict"].value
    judged = not _nothing_to_judge(entered, intake, supplement_ug)
    target_ug = target.intake_ug if target and judged else 0.0
    need_ug = target.need_ug if target else None
    # Food that nobody entered, or ate on these days, could raise any figure, as a food without a value could.
    missing = intake.unknown + sum(d.lines_left_out for d in days)
    unknown = missing + (0 if judged else 1)
    return Assessment(
        plan=plan,
        target=target,
        intake=intake,
        natural_ug=intake.natural_ug,
        added_ug=intake.added_ug,
        supplement_ug=supplement_ug,
        given_ug=mean([d.given_ug for d in counted]),
        intake_ug=intake_ug,
        usable=usable,
        usable_swallowed=mean_band([d.usable_swallowed for d in counted]),
        usable_given=mean_band([d.usable_given for d in counted]),
        shortfall_ug=adequacy.shortfall_ug(intake_ug, target_ug),
        usable_shortfall_ug=adequacy.shortfall_ug(usable.value, need_ug if need_ug and judged else 0.0),
        days=days,
        eaten=eaten,
        days_entered=entered,
        few_days=few_days,
        looks_incomplete=_looks_incomplete(plan, eaten, days, tables),
        verdict=adequacy.verdict(intake_ug, target, few_days=few_days, unknown=missing),
        usable_verdict=adequacy.usable_verdict(usable, need_ug, unknown=unknown, intrinsic_factor=not person.no_intrinsic_factor),
        scenarios=scenarios,
        levers=person,
        conditions=conditions,
    )
