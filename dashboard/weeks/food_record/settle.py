"""What the reader answers about a record, and the plan that comes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from dashboard.foods.figures import carried
from dashboard.plan import (
    DAYS_MAX,
    DOSE_DECIMALS,
    GRAMS_DECIMALS,
    GRAMS_MAX,
    ITEMS_PER_MEAL_MAX,
    LABEL_MAX,
    MEALS,
    OWN_B12_MAX_UG_PER_100G,
    OWN_FOODS_MAX,
    SUPPLEMENTS_MAX,
    Day,
    Item,
    OwnFood,
    Plan,
    Supplement,
    holds,
)
from dashboard.tables.foods import Food
from dashboard.tables.units import folded
from dashboard.weeks.food_record.days import DayKey, plan_names
from dashboard.weeks.food_record.faults import Fault, RecordError, fault
from dashboard.weeks.food_record.lines import FROM_FILE, Line, Place
from dashboard.weeks.food_record.reading import PersonRecord, SupplementLine
from dashboard.words.label import POOLED_FOODS

BELIEVE: Final = ("table", "file")
DAYS_PER_WEEK: Final = 7
FINEST_G: Final = f"{10**-GRAMS_DECIMALS:g}"


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader says of one line. ``left_out``: it is not eaten for this plan, and counts as missing."""

    food_id: str = ""
    grams: float | None = None
    meal: str = ""
    day: DayKey | None = None
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """All that the reader says of one person's record.

    ``meals`` by :func:`folded` name, ``lines`` by file and line number, ``believe`` whose B12 counts where file and table differ.
    """

    meals: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[Place, Choice] = field(default_factory=dict)
    believe: str = "table"


def settled(line: Line, answers: Answers) -> Line:
    """A line with the reader's answers about it. Open questions that have no answer yet stay open."""
    choice = answers.lines.get(line.place, Choice())
    if choice.left_out:
        return replace(line, food_id="")
    meal = choice.meal or line.meal or answers.meals.get(folded(line.meal_name), "")
    return replace(
        line,
        food_id=choice.food_id or line.food_id,
        grams=line.grams if choice.grams is None else choice.grams,
        meal=meal if meal in MEALS else "",
        day=choice.day or line.day,
    )


def open_lines(person: PersonRecord, answers: Answers) -> tuple[Line, ...]:
    """The lines that are still not clear, or are left out."""
    return tuple(line for one, line in ((settled(line, answers), line) for line in person.lines) if not (one.clear and one.meal))


def differing(person: PersonRecord, foods: Mapping[str, Food]) -> tuple[Line, ...]:
    """The lines whose B12 in the file is more than a tenth away from the table's."""
    return tuple(line for line in person.lines if line.differs(foods))


@dataclass(frozen=True, slots=True)
class MadePlan:
    """The plan of a record, how many lines are not in it, and what the reader should know of it."""

    plan: Plan
    lines_left_out: int
    faults: tuple[Fault, ...] = ()


def make_plan(
    base: Plan, person: PersonRecord, answers: Answers, foods: Mapping[str, Food], imported: Mapping[str, Food] | None = None
) -> MadePlan:
    """The plan with its days and supplements replaced by those of a person's record.

    Lines that are not clear are left out and counted. Foods outside the table go along with the file's figures.

    Parameters
    ----------
    foods
        The food table.
    imported
        Foods of imported USDA releases that the reader chose; the plan carries their figures.

    Raises
    ------
    RecordError
        No line is clear and there is no supplement with a figure.
    """
    faults: list[Fault] = []
    days = list(person.days)
    if len(days) > DAYS_MAX:
        faults.append(fault("too-many-days", days=len(days), limit=DAYS_MAX))
        days = days[:DAYS_MAX]
    every = [settled(line, answers) for line in person.lines]
    lines = [line for line in every if line.clear and line.meal]
    left_out = Counter(line.day for line in every if not (line.clear and line.meal))
    if person.supplements and not person.lines:
        faults.append(fault("supplements-alone"))
    supplements = _supplements(person.supplements, len(days), faults)
    left_out += Counter(line.day for line in person.supplements if line.dose_ug is None)
    if not lines and not supplements:
        raise RecordError(fault("nothing-taken"))
    eaten = [_Eaten.of(line, foods, answers.believe) for line in lines if line.day in days]
    strong = [one for one in eaten if one.too_strong]
    if strong:
        faults.append(_of_lines("food-strong", strong))
        left_out += Counter(one.line.day for one in strong)
    eaten = [one for one in eaten if not one.too_strong]
    little = [one for one in eaten if one.too_little]
    if little:
        faults.append(_of_lines("food-little", little, limit=FINEST_G))
        left_out += Counter(one.line.day for one in little if not one.without_b12(foods))
    eaten = [one for one in eaten if not one.too_little]
    rounded = [one for one in eaten if not holds(one.line.grams or 0.0, GRAMS_DECIMALS)]
    if rounded:
        faults.append(_of_lines("amount-rounded", rounded, limit=FINEST_G))
    own, with_room = _own_foods(eaten, imported or {}, faults)
    left_out += Counter(one.line.day for one in eaten) - Counter(one.line.day for one in with_room)
    names = plan_names(days)
    made = []
    for key, name in zip(days, names, strict=True):
        meals = []
        for meal in MEALS:
            items, heavy = _one_each(one for one in with_room if one.line.day == key and one.line.meal == meal)
            if heavy:
                faults.append(fault("food-heavy", read=f"{name}, {meal}", count=heavy, limit=f"{GRAMS_MAX:g}"))
                left_out[key] += heavy
            if len(items) > ITEMS_PER_MEAL_MAX:
                faults.append(fault("meal-full", read=f"{name}, {meal}", count=len(items) - ITEMS_PER_MEAL_MAX, limit=ITEMS_PER_MEAL_MAX))
                left_out[key] += len(items) - ITEMS_PER_MEAL_MAX
            meals.append(tuple(items[:ITEMS_PER_MEAL_MAX]))
        made.append(Day(name, tuple(meals), lines_left_out=left_out[key]))
    if not person.lines:
        # A file of supplements alone leaves the days as they are; what it does not say is missing from the first of them.
        first, *others = base.days
        made = [replace(first, lines_left_out=left_out.total()), *others]
    plan = replace(
        base,
        days=tuple(made),
        own_foods=tuple(own) if person.lines else base.own_foods,
        supplements=tuple(supplements) if person.supplements else base.supplements,
    )
    return MadePlan(plan, left_out.total(), tuple(faults))


# Foods of the file -------------------------------------------------------------------------------


#: A food of the record outside the table: what it is called, and its figures per 100 g.
_Same = tuple[str, float | None, float | None, str]


@dataclass(frozen=True, slots=True)
class _Eaten:
    """One line with the food it becomes: of the table, or with the file's own figures per 100 g."""

    line: Line
    food_id: str
    grams: float
    b12_ug_per_100g: float | None = None
    added_ug_per_100g: float | None = None
    diet: str = "uncertain"

    @classmethod
    def of(cls, line: Line, foods: Mapping[str, Food], believe: str) -> _Eaten:
        """A clear line. The file's figures count for a food outside the table, and wherever the reader believes the file."""
        grams = round(line.grams or 0.0, GRAMS_DECIMALS)
        food = foods.get(line.food_id)
        figures = line.figures
        told = figures is not None and figures.b12_ug is not None
        table_knows = food is not None and food.b12_ug_per_100g is not None
        if food is not None and (not told or (table_knows and not (believe == "file" and line.differs(foods)))):
            return cls(line, food.id, grams)
        if food is None and line.food_id != FROM_FILE:
            return cls(line, line.food_id, grams)
        if figures is None or figures.b12_ug is None or not grams:
            return cls(line, FROM_FILE, grams)
        b12 = 100 * figures.b12_ug / grams
        added = None if figures.added_ug is None else min(100 * figures.added_ug / grams, b12)
        return cls(line, FROM_FILE, grams, round(b12, 3), None if added is None else round(added, 3), food.diet if food else "uncertain")

    @property
    def too_strong(self) -> bool:
        """Whether the file's B12 is more than a food of so few grams can have: a tablet written down as a food."""
        figures = self.line.figures
        if self.food_id != FROM_FILE or figures is None or not figures.b12_ug:
            return False
        return 100 * figures.b12_ug > OWN_B12_MAX_UG_PER_100G * self.grams

    @property
    def too_little(self) -> bool:
        """Whether something was eaten, and less of it than a plan holds."""
        return bool(self.line.grams) and not self.grams

    def without_b12(self, foods: Mapping[str, Food]) -> bool:
        """Whether the food is known to have no B12, so that nothing is missing where it is left out."""
        figures = self.line.figures
        known = figures.b12_ug if self.food_id == FROM_FILE and figures else None
        return (foods[self.food_id].b12_ug_per_100g if self.food_id in foods else known) == 0

    @property
    def same_as(self) -> _Same:
        """What makes two lines one food of the plan."""
        return (folded(self.line.text)[:LABEL_MAX], self.b12_ug_per_100g, self.added_ug_per_100g, self.diet)


def _of_lines(code: str, eaten: Sequence[_Eaten], **values: str) -> Fault:
    """The fault of some lines, of which the first is named."""
    first = eaten[0].line
    return fault(code, first.number, read=first.text, file=first.file, count=len(eaten), **values)


def _own_foods(eaten: Sequence[_Eaten], imported: Mapping[str, Food], faults: list[Fault]) -> tuple[list[OwnFood], list[_Eaten]]:
    """Foods of the plan's own for the lines that need one, and the lines that found room with them.

    Where there are more than a plan holds, those without B12 go together under one name and those without a value under
    another: their amounts and figures stay exact, only names are lost, and that is told.
    """
    needed = dict.fromkeys(one.same_as for one in eaten if one.food_id == FROM_FILE)
    together: dict[_Same, _Same] = {}
    if len(needed) > OWN_FOODS_MAX - len(imported):
        for same in needed:
            if not same[1]:
                together[same] = (POOLED_FOODS["unknown" if same[1] is None else "none"], same[1], same[1], "uncertain")
        faults.append(fault("names-lost", lost=len(together)))
    carry = {id_: carried(food) for id_, food in imported.items() if id_ in {one.food_id for one in eaten}}
    room = OWN_FOODS_MAX - len(carry)
    own: dict[_Same, OwnFood] = {}
    for one in eaten:
        same = together.get(one.same_as, one.same_as)
        if one.food_id == FROM_FILE and same not in own and len(own) < room:
            label = same[0] if one.same_as in together else one.line.text
            own[same] = OwnFood(f"r{len(own) + 1}", label, same[1], same[2], diet=same[3])
    kept = []
    for one in eaten:
        same = together.get(one.same_as, one.same_as)
        if one.food_id in carry:
            kept.append(replace(one, food_id=carry[one.food_id].id))
        elif one.food_id != FROM_FILE:
            kept.append(one)
        elif same in own:
            kept.append(replace(one, food_id=own[same].id))
    if len(kept) < len(eaten):
        faults.append(fault("foods-full", count=len(eaten) - len(kept), limit=OWN_FOODS_MAX))
    return [*own.values(), *carry.values()], kept


def _one_each(eaten: Iterable[_Eaten]) -> tuple[list[Item], int]:
    """The items of a meal, lines of one food as one item; and how many lines are more of a food than an item can be."""
    grams: dict[str, float] = {}
    heavy = 0
    for one in eaten:
        together = grams.get(one.food_id, 0.0) + one.grams
        if together > GRAMS_MAX:
            heavy += 1
        else:
            grams[one.food_id] = together
    return [Item(food, amount) for food, amount in grams.items()], heavy


def _supplements(lines: Sequence[SupplementLine], days: int, faults: list[Fault]) -> list[Supplement]:
    """The supplements of a record's days as they would be over a week; lines without a figure are none."""
    taken: dict[tuple[str, float, bool], int] = {}
    little = [line for line in lines if line.dose_ug and not holds(line.dose_ug, DOSE_DECIMALS)]
    if little:
        faults.append(fault("supplement-little", count=len(little), limit=f"{10**-DOSE_DECIMALS:g}"))
    for line in lines:
        if line.dose_ug and line not in little:
            key = (line.code, line.dose_ug, line.with_food)
            taken[key] = taken.get(key, 0) + 1
    made = [Supplement("tablet", dose, DAYS_PER_WEEK * times / max(days, 1), with_food) for (_, dose, with_food), times in taken.items()]
    if made:
        faults.append(fault("supplement-form", count=len(made)))
    if len(made) > SUPPLEMENTS_MAX:
        faults.append(fault("supplements-full", count=len(made) - SUPPLEMENTS_MAX, limit=SUPPLEMENTS_MAX))
    return made[:SUPPLEMENTS_MAX]
