"""The plan: who eats, and what is eaten. Plain frozen data, no tables, no screen.

Whatever breaks a limit raises :class:`PlanError`; words/plan_faults.py says what can be done.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeVar

from dashboard.plan.amounts import DOSE_DECIMALS, GRAMS_DECIMALS, TIMES_DECIMALS, held, in_limits
from dashboard.plan.fault import PlanError, quoted

MEALS: Final = ("breakfast", "lunch", "dinner", "snack")
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAYS_MAX: Final = 31
#: Day names are a closed list, so that a link can never carry free text about a person.
DAY_NAMES: Final = ("Typical day", *WEEKDAYS, *(f"Day {n}" for n in range(1, DAYS_MAX + 1)))

# Limits of input: guards against typing errors and hostile files, not findings.
AGE_MAX_YEARS: Final = 120
GRAMS_MAX: Final = 5000.0
ITEMS_PER_MEAL_MAX: Final = 40
DOSE_MAX_UG: Final = 20000.0
TIMES_PER_WEEK_MAX: Final = 70.0
SUPPLEMENTS_MAX: Final = 12
OWN_FOODS_MAX: Final = 150
LINES_LEFT_OUT_MAX: Final = 20_000
DISLIKES_MAX: Final = 60
LABEL_MAX: Final = 60
OWN_B12_MAX_UG_PER_100G: Final = 100000.0

FOOD_ID = re.compile(r"(?:(?:sr|foundation):[0-9]{1,6}|fdc:[0-9]{1,9}|fndds:[0-9]{8}|gtin:[0-9]{8,14}|(?:label|own):[a-z0-9-]{1,24})")
OWN_KEY = re.compile(r"[a-z0-9-]{1,24}")
#: What a link or a file may call a condition, a reference set or an exclusion; the tables say which exist.
KEY = re.compile(r"[a-z][a-z0-9-]{0,39}")


E = TypeVar("E", bound=StrEnum)


class Diet(StrEnum):
    """How a person eats. The order is strictest first: each may eat what those before it eat."""

    VEGAN = "vegan"
    VEGETARIAN = "vegetarian"
    OMNIVORE = "omnivore"


class LifeStage(StrEnum):
    """Stages with a reference value of their own."""

    NONE = "none"
    PREGNANT = "pregnant"
    BREASTFEEDING = "breastfeeding"


class Market(StrEnum):
    """Where a person shops: it decides which foods are everyday ones and how often they are fortified."""

    US = "us"
    UK = "uk"
    EUROPE = "europe"
    INDIA = "india"
    ELSEWHERE = "elsewhere"


SUPPLEMENT_FORMS: Final = ("tablet", "chewable", "sublingual", "spray", "nasal", "injection")
#: Forms that do not pass the gut: given, never part of intake.
GIVEN_FORMS: Final = ("injection", "nasal")
DEFAULT_REFERENCE_SET: Final = "iom-1998"


def _tidy(keys: Iterable[str], field: str) -> tuple[str, ...]:
    if isinstance(keys, str):
        raise PlanError(f"{field}-no-list")
    words = tuple(keys)
    for key in words:
        if not isinstance(key, str) or not KEY.fullmatch(key):
            raise PlanError(f"{field}-unknown-word", given=quoted(key))
    return tuple(sorted(set(words)))


@dataclass(frozen=True, slots=True)
class Person:
    """Who the plan is for: what sets the target and what uptake depends on.

    shops_in
        Where the person shops. None: not said, so it follows the reference set.
    """

    age_years: int = 34
    life_stage: LifeStage = LifeStage.NONE
    diet: Diet = Diet.OMNIVORE
    excludes: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    reference_set: str = DEFAULT_REFERENCE_SET
    shops_in: Market | None = None

    def __post_init__(self) -> None:
        in_limits(self.age_years, "age", 0, AGE_MAX_YEARS)
        if int(self.age_years) != self.age_years:
            raise PlanError("age-not-whole")
        object.__setattr__(self, "age_years", int(self.age_years))
        object.__setattr__(self, "life_stage", _member(LifeStage, self.life_stage, "life-stage"))
        object.__setattr__(self, "diet", _member(Diet, self.diet, "diet"))
        object.__setattr__(self, "excludes", _tidy(self.excludes, "excludes"))
        object.__setattr__(self, "conditions", _tidy(self.conditions, "conditions"))
        if not isinstance(self.reference_set, str) or not KEY.fullmatch(self.reference_set):
            raise PlanError("reference-set-unknown")
        if self.shops_in is not None:
            object.__setattr__(self, "shops_in", _member(Market, self.shops_in, "shops-in"))


def _member(kind: type[E], value: object, field: str) -> E:
    try:
        return kind(str(value))
    except ValueError:
        raise PlanError(f"{field}-unknown", known=tuple(kind), given=quoted(value)) from None


@dataclass(frozen=True, slots=True)
class Item:
    """One food of a meal. ``off``: left out for now, to see what the plan is without it."""

    food: str
    grams: float
    off: bool = False

    def __post_init__(self) -> None:
        if not isinstance(self.food, str) or not FOOD_ID.fullmatch(self.food):
            raise PlanError("food-id-unknown", given=quoted(self.food))
        in_limits(self.grams, "grams", 0, GRAMS_MAX)
        object.__setattr__(self, "grams", held(self.grams, "grams", GRAMS_DECIMALS, at_all=True))
        if not isinstance(self.off, bool):
            raise PlanError("off-not-true-or-false")


def joined_pairs(pairs: Iterable[Iterable[str]]) -> tuple[tuple[str, str], ...]:
    """Joined meals in one way of writing: each pair in the order of the day, no pair twice."""
    if isinstance(pairs, str) or not isinstance(pairs, Iterable):
        raise PlanError("joined-no-list")
    tidy = set()
    for pair in pairs:
        names = {} if isinstance(pair, str) or not isinstance(pair, Iterable) else {n for n in pair if n in MEALS}
        if len(names) != 2:
            raise PlanError("joined-no-pair")
        first, second = sorted(names, key=MEALS.index)
        tidy.add((first, second))
    return tuple(sorted(tidy))


@dataclass(frozen=True, slots=True)
class Day:
    """A day of four meals, in the order of :data:`MEALS`.

    joined
        Pairs of meals eaten within four hours of each other: they are one occasion.
    nothing_eaten
        The person says that nothing was eaten. A day without foods that is not marked so was not entered. A day with
        foods is never marked.
    lines_left_out
        Lines of a food record of this day that could not be taken over: what was eaten is at least what stands here.
    """

    name: str = "Typical day"
    meals: tuple[tuple[Item, ...], ...] = ((), (), (), ())
    joined: tuple[tuple[str, str], ...] = ()
    nothing_eaten: bool = False
    lines_left_out: int = 0

    def __post_init__(self) -> None:
        if self.name not in DAY_NAMES:
            raise PlanError("day-name-unknown", given=quoted(self.name), most=DAYS_MAX)
        if len(self.meals) != len(MEALS):
            raise PlanError("meals-count", count=len(MEALS))
        if any(len(meal) > ITEMS_PER_MEAL_MAX for meal in self.meals):
            raise PlanError("meal-full", most=ITEMS_PER_MEAL_MAX)
        object.__setattr__(self, "joined", joined_pairs(self.joined))
        if not isinstance(self.nothing_eaten, bool):
            raise PlanError("nothing-eaten-not-true-or-false")
        object.__setattr__(self, "nothing_eaten", self.nothing_eaten and not self.has_foods)
        in_limits(self.lines_left_out, "lines-left-out", 0, LINES_LEFT_OUT_MAX)
        if int(self.lines_left_out) != self.lines_left_out:
            raise PlanError("lines-left-out-not-whole")
        object.__setattr__(self, "lines_left_out", int(self.lines_left_out))

    @property
    def has_foods(self) -> bool:
        """Whether any food is entered, including foods left out for now."""
        return any(self.meals)

    @property
    def left_out(self) -> bool:
        """Whether every food entered is left out for now: what is eaten on such a day nobody has said."""
        return self.has_foods and all(item.off for meal in self.meals for item in meal)

    @property
    def entered(self) -> bool:
        """Whether the person has said what was eaten: foods that count, or that there were none."""
        return (self.has_foods and not self.left_out) or self.nothing_eaten

    def occasions(self) -> tuple[tuple[int, ...], ...]:
        """The day's meals as occasions: meals that are joined, directly or through another, stand together."""
        groups = [{m} for m in range(len(MEALS))]
        for pair in self.joined:
            first, second = (next(g for g in groups if MEALS.index(name) in g) for name in pair)
            if first is not second:
                first |= second
                groups.remove(second)
        return tuple(tuple(sorted(group)) for group in groups)

    def meal(self, name: str) -> tuple[Item, ...]:
        """The foods of one meal."""
        return self.meals[MEALS.index(name)]


@dataclass(frozen=True, slots=True)
class Supplement:
    """A form, a dose and how often: a regimen as the person takes it."""

    form: str = "tablet"
    dose_ug: float = 10.0
    times_per_week: float = 7.0
    with_food: bool = True

    def __post_init__(self) -> None:
        if self.form not in SUPPLEMENT_FORMS:
            raise PlanError("supplement-form-unknown", known=SUPPLEMENT_FORMS, given=quoted(self.form))
        in_limits(self.dose_ug, "dose", 0, DOSE_MAX_UG)
        in_limits(self.times_per_week, "times-per-week", 0, TIMES_PER_WEEK_MAX)
        object.__setattr__(self, "dose_ug", held(self.dose_ug, "dose", DOSE_DECIMALS))
        object.__setattr__(self, "times_per_week", held(self.times_per_week, "times-per-week", TIMES_DECIMALS))
        if not isinstance(self.with_food, bool):
            raise PlanError("with-food-not-true-or-false")

    @property
    def given(self) -> bool:
        """Whether it bypasses the gut (injection, nasal spray) and so is never part of intake."""
        return self.form in GIVEN_FORMS


@dataclass(frozen=True, slots=True)
class OwnFood:
    """A food from a label: B12 per 100 g as printed (None: the label gives no B12)."""

    key: str
    label: str
    b12_ug_per_100g: float | None
    added_ug_per_100g: float | None = None
    serving_g: float = 100.0
    diet: str = "uncertain"

    def __post_init__(self) -> None:
        if not isinstance(self.key, str) or not OWN_KEY.fullmatch(self.key):
            raise PlanError("own-food-key")
        label = " ".join("".join(c for c in str(self.label)[: 10 * LABEL_MAX] if c.isprintable() and c not in "<>`[]|\\").split())[
            :LABEL_MAX
        ].strip()
        if not label:
            raise PlanError("own-food-unnamed")
        object.__setattr__(self, "label", label)
        if self.b12_ug_per_100g is not None:
            in_limits(self.b12_ug_per_100g, "b12", 0, OWN_B12_MAX_UG_PER_100G)
            object.__setattr__(self, "b12_ug_per_100g", round(float(self.b12_ug_per_100g), 3))
        if self.added_ug_per_100g is not None:
            top = self.b12_ug_per_100g
            if top is None:
                raise PlanError("added-b12-without-total")
            added = round(in_limits(self.added_ug_per_100g, "added-b12", 0, OWN_B12_MAX_UG_PER_100G), 3)
            object.__setattr__(self, "added_ug_per_100g", in_limits(added, "added-b12", 0, top))
        in_limits(self.serving_g, "serving", 0.1, GRAMS_MAX)
        object.__setattr__(self, "serving_g", round(float(self.serving_g), 1))
        if self.diet not in (*Diet, "uncertain"):
            raise PlanError("food-diet-unknown")
        object.__setattr__(self, "diet", str(self.diet))

    @property
    def id(self) -> str:
        """The food id a plan's items use."""
        return f"own:{self.key}"


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything the app knows. Complete and small; it travels as a link or a file."""

    person: Person = field(default_factory=Person)
    days: tuple[Day, ...] = (Day(),)
    supplements: tuple[Supplement, ...] = ()
    own_foods: tuple[OwnFood, ...] = ()
    dislikes: tuple[str, ...] = ()
    baseline: Plan | None = None

    def __post_init__(self) -> None:
        if not 1 <= len(self.days) <= DAYS_MAX:
            raise PlanError("days-count", most=DAYS_MAX, given=len(self.days))
        if len(self.supplements) > SUPPLEMENTS_MAX:
            raise PlanError("supplements-full", most=SUPPLEMENTS_MAX)
        if len(self.own_foods) > OWN_FOODS_MAX or len({own.key for own in self.own_foods}) < len(self.own_foods):
            raise PlanError("own-foods-full", most=OWN_FOODS_MAX)
        if isinstance(self.dislikes, str) or len(self.dislikes) > DISLIKES_MAX:
            raise PlanError("dislikes-full", most=DISLIKES_MAX)
        if any(not isinstance(food, str) or not FOOD_ID.fullmatch(food) for food in self.dislikes):
            raise PlanError("disliked-food-id-unknown")
        object.__setattr__(self, "dislikes", tuple(sorted(set(self.dislikes))))
        if self.baseline is not None and self.baseline.baseline is not None:
            raise PlanError("baseline-of-baseline")

    def items(self) -> Iterable[tuple[Place, Item]]:
        """Every food with the place it stands in."""
        for d, day in enumerate(self.days):
            for m, meal in enumerate(day.meals):
                for i, item in enumerate(meal):
                    yield Place(d, m, i), item


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where an item stands: day, meal and position, all counted from 0."""

    day: int
    meal: int
    index: int = 0
