"""What each day, meal and food of a plan comes to, and their means over the days that were entered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.estimate import adequacy
from dashboard.estimate.absorption import Levers, Occasion, occasion_ug
from dashboard.estimate.doses import Taken, apart_from_food, doses, given_ug, kept_of_given, mean_uptake, split_by_meal
from dashboard.estimate.intake import Eaten, IntakeSum, Meal, nothing_known, total
from dashboard.plan import MEALS, Day, Plan
from dashboard.tables.science import ZERO, Band
from dashboard.tables.tables import Tables


@dataclass(frozen=True, slots=True)
class MealSum:
    """One meal of one day, with the supplements swallowed at it. [µg]"""

    day: int
    meal: int
    intake: IntakeSum
    supplement_ug: float
    usable: Band

    @property
    def name(self) -> str:
        """breakfast, lunch, dinner or snack."""
        return MEALS[self.meal]


def nothing_known_of(usable: Band, *, may_be_more: bool) -> bool:
    """Whether nothing is known of what is usable: there may be more than what is known, and no figure of it is above none. [µg]"""
    return may_be_more and not usable.high


@dataclass(frozen=True, slots=True)
class DaySum:
    """One day. [µg]

    entered
        Whether the person has said what was eaten. A day that was not entered is no day without food.
    left_out
        Whether every food entered is left out for now; such a day does not count as entered.
    supplement_ug, given_ug
        The day's share of what is swallowed of supplements, and of what is given (injection, nasal spray).
    usable_swallowed, usable_given
        Taken up on every occasion of the day; kept of what is given.
    shortfall_ug
        None where the day was not entered, and where none of its foods has a value and no supplement is swallowed.
    lines_left_out
        Lines of a record of the day that are not in it.
    """

    name: str
    entered: bool
    meals: tuple[MealSum, ...]
    intake: IntakeSum
    supplement_ug: float
    given_ug: float
    usable_swallowed: Band
    usable_given: Band
    shortfall_ug: float | None
    lines_left_out: int = 0
    left_out: bool = False

    @property
    def at_least(self) -> bool:
        """Whether foods without a value, or lines of a record that were left out, make the day's intake a lower bound."""
        return self.intake.unknown > 0 or self.lines_left_out > 0

    @property
    def usable_unknown(self) -> bool:
        """Whether nothing is known of what is usable on this day, which is not none."""
        return nothing_known_of(self.usable, may_be_more=not self.entered or self.at_least)

    @property
    def intake_ug(self) -> float:
        """Food and supplements, as far as they are swallowed. [µg]"""
        return self.intake.total_ug + self.supplement_ug

    @property
    def usable(self) -> Band:
        """Swallowed and given. [µg]"""
        return self.usable_swallowed + self.usable_given


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


# Means -------------------------------------------------------------------------------------------


def mean(amounts: Sequence[float]) -> float:
    """Mean of some amounts."""
    return sum(amounts) / len(amounts)


def mean_band(bands: Sequence[Band]) -> Band:
    """Mean of some figures, end by end."""
    return sum(bands, ZERO) * (1 / len(bands))


def mean_intake(sums: Sequence[IntakeSum]) -> IntakeSum:
    """Mean amounts; foods and unknowns stay counts."""
    n = len(sums)
    whole = IntakeSum(*(sum(getattr(s, name) for s in sums) for name in IntakeSum.__slots__))
    return replace(
        whole,
        **{name: getattr(whole, name) / n for name in ("total_ug", "natural_ug", "added_ug", "uncounted_ug", "energy_kcal")},
    )


def mean_meal(meals: Sequence[MealSum]) -> MealSum:
    """Mean of one meal over days."""
    return MealSum(
        -1,
        meals[0].meal,
        mean_intake([m.intake for m in meals]),
        mean([m.supplement_ug for m in meals]),
        mean_band([m.usable for m in meals]),
    )


# Days --------------------------------------------------------------------------------------------


def meal_occasion(eaten: Iterable[Eaten]) -> Occasion:
    """The occasion that a meal's foods make. Eggs release less of their B12 than other food."""
    natural: dict[str, float] = {}
    added = 0.0
    for e in eaten:
        added += e.added_ug
        if e.natural_ug:
            fraction = "egg_fraction" if e.food and e.food.group == "eggs" else "food_fraction"
            natural[fraction] = natural.get(fraction, 0.0) + e.natural_ug
    return Occasion(natural, added)


def _usable_of_food(group: Sequence[int], meals: Sequence[Occasion], delivered: Band) -> dict[int, Band]:
    """What the food of one occasion delivers, by meal, in proportion to what was swallowed at each."""
    swallowed = sum(meals[m].swallowed_ug for m in group)
    return {m: delivered * (meals[m].swallowed_ug / swallowed if swallowed else 0.0) for m in group}


def day_sums(
    plan: Plan,
    eaten: Mapping[Meal, Sequence[Eaten]],
    tables: Tables,
    person: Levers,
    target_ug: float,
    known: Mapping[int, DaySum] | None = None,
    intakes: Mapping[Meal, IntakeSum] | None = None,
) -> tuple[DaySum, ...]:
    """Every day of a plan.

    Parameters
    ----------
    eaten
        What the plan's foods bring, from :func:`dashboard.estimate.intake.eaten_in`.
    target_ug
        What a day's shortfall is counted from. [µg/day]
    known, intakes
        Days, and what was eaten at meals, that are worked out already.
    """
    known, intakes = known or {}, intakes or {}
    taken = doses(plan.supplements)
    with_food = [dose for dose in taken if dose.with_food]
    apart = apart_from_food(taken, tables, person)
    given, kept = given_ug(plan.supplements), kept_of_given(plan.supplements, tables)

    def one(index: int, day: Day) -> DaySum:
        by_meal = [eaten[index, m] for m in range(len(MEALS))]
        occasions = [meal_occasion(meal) for meal in by_meal]
        usable = [ZERO] * len(MEALS)
        supplements: list[Taken] = list(apart)
        for group in day.occasions():
            food = sum((occasions[m] for m in group[1:]), occasions[group[0]])
            delivered = occasion_ug(food, tables, person)
            for m, part in _usable_of_food(group, occasions, delivered).items():
                usable[m] = part
            together = [dose for dose in with_food if dose.meal in group]
            if together:
                added = mean_uptake(food, together, tables, person) + delivered * -1.0
                supplements += split_by_meal(added, together)
        swallowed = [0.0] * len(MEALS)
        for part_taken in supplements:
            swallowed[part_taken.meal] += part_taken.swallowed_ug
            usable[part_taken.meal] += part_taken.usable
        of_meals = [intakes.get((index, m)) or total(by_meal[m]) for m in range(len(MEALS))]
        sums = tuple(MealSum(index, m, of_meals[m], swallowed[m], usable[m]) for m in range(len(MEALS)))
        intake, supplement_ug = total([e for meal in by_meal for e in meal]), sum(swallowed)
        known = day.entered and not nothing_known(intake, supplement_ug)
        shortfall_ug = adequacy.shortfall_ug(intake.total_ug + supplement_ug, target_ug) if known else None
        return DaySum(
            name=day.name,
            entered=day.entered,
            meals=sums,
            intake=intake,
            supplement_ug=supplement_ug,
            given_ug=given,
            usable_swallowed=sum(usable, ZERO),
            usable_given=kept,
            shortfall_ug=shortfall_ug,
            lines_left_out=day.lines_left_out,
            left_out=day.left_out,
        )

    return tuple(known.get(n) or one(n, day) for n, day in enumerate(plan.days))


def days_counted(days: Sequence[DaySum]) -> list[DaySum]:
    """The days that means are over: those entered; where none was, all of them, which hold supplements only."""
    return [day for day in days if day.entered] or list(days)


def food_sums(eaten: Sequence[Eaten], days: int) -> tuple[FoodSum, ...]:
    """Each food as a mean over so many days, those that bring most first."""
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
