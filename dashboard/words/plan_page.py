"""The sentences of the Plan page: the week, the day, its meals and foods, and what is said after an edit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from dashboard.estimate.assess import Assessment
from dashboard.estimate.day_sums import DaySum, MealSum
from dashboard.plan import MEALS, Day, Diet
from dashboard.quantities import Question, Refusal
from dashboard.tables.foods import Food
from dashboard.words import (
    amount_ug,
    day_list,
    food_b12,
    food_facts,
    intake,
    lines_left_out,
    number,
    plural,
    portion,
    quantities,
    target_kind,
    target_label,
)
from dashboard.words.address import UNDO_ANEW
from dashboard.words.amounts import COUNTABLE
from dashboard.words.labels import DIET_SHORT, FORM_LABELS, MARK_LABELS, MEAL_LABELS

# What the element itself says. A name in braces is filled in by the browser, as text.
TEXTS: Final[Mapping[str, str]] = {
    "days": "Days, with their B12 in µg",
    "day_of": "Meals of {day}",
    "natural": "natural",
    "added": "added",
    "supplement": "supplement",
    "given": "given (injection, nasal spray): not part of intake",
    "missing": "missing to the target",
    "no_value": "no value",
    "not_counted": "not counted",
    "none": "none",
    "under": "under {amount} µg",
    "amount_ug": "{amount} µg",
    "added_ug": "{amount} added",
    "uncounted_here": "left out for now",
    "times": "× {measure}",
    "grams": "g",
    "weight": "{grams} g",
    "in_measures": "{count} {measure}, {grams} g",
    "each": "{measure}, {grams} g each",
    "add_food": "Add a food",
    "add_to": "Add a food to {meal}",
    "swap_for": "Swap {name} for",
    "line_example": "One food, or many: 2 eggs boiled, toast with butter, latte",
    "line_added": "{foods} added to {meal}.",
    "line_check": "Check the usual portions: {names}.",
    "line_all_hint": "press Enter",
    "matches": "Foods found",
    "often": "Often in this plan",
    "looking": "Looking …",
    "label_form": "Add it from its label",
    "label_menu": "Add a food from its label",
    "less": "Less of {name}",
    "more": "More of {name}",
    "amount_of": "Amount of {name}",
    "measure_of": "Measure for {name}: {measure}",
    "menu_of": "More for {name}",
    "move_to": "Move to {meal}",
    "move_day": "Move to another day",
    "swap": "Swap for another food",
    "leave_out": "Leave out for now",
    "put_back": "Put back",
    "put_back_name": "Put back {name}",
    "remove": "Remove",
    "remove_name": "Remove {name}",
    "details": "Details and source",
    "close": "Close",
    "cancel": "Cancel",
    "back": "Back",
    "drag": "Drag {name} to another meal or day",
    "removed": "{name} removed.",
    "moved": "{name} moved to {meal}.",
    "moved_day": "{name} moved to {day}.",
    "added_name": "{name} added.",
    "added_to": "{name} added to {meal}.",
    "swapped": "{name} swapped for {other}.",
    "left_out": "{name} left out for now.",
    "copied": "Copied to {days}.",
    "undone": "Undone.",
    "redone": "Done again.",
    "undo": "Undo",
    "undo_none": f"Nothing to undo yet. {UNDO_ANEW}",
    "redo": "Redo",
    "copy_link": "Copy link",
    "link_copied": "Link copied",
    "link_here": "Link to this plan",
    "meal_menu": "{meal}: more",
    "day_menu": "{day}: more",
    "plan_menu": "Day and plan",
    "eaten_with": "Eaten within 4 hours of {meal}",
    "copy_meal": "Copy this meal to other days",
    "copy_day": "Copy this day to other days",
    "copy_go": "Copy",
    "copy_hint": "This writes over what is there. Undo brings it back.",
    "nothing_eaten": "Nothing eaten on this day",
    "empty_meal": "Nothing here yet.",
    "keep_baseline": "Keep this plan to compare with",
    "restore_baseline": "Go back to the plan you kept",
    "drop_baseline": "Forget the plan you kept",
    "starter": "Load the example week",
    "empty_day": "Start empty: one day",
    "empty_week": "Start empty: a week",
    "starter_bare": "Load the example week without fortified food",
    "supplements": "Supplements",
    "no_supplements": "None in this plan.",
    "add_supplement": "Add a supplement",
    "usual": "A usual one, or your own below",
    "choose": "Choose",
    "form": "Form",
    "dose": "Dose in µg (mcg)",
    "per_week": "Times a week",
    "with_food": "With a meal",
    "add_to_plan": "Add to the plan",
    "all_stand_ins": "Do all of these",
    "one_by_one": "One by one",
    "swap_now": "Swap",
    "take_out": "Take out",
    "waiting": "No answer from the app yet. Your change is kept and sent again.",
}

MEAL_NAMES: Final = tuple(MEAL_LABELS[meal] for meal in MEALS)
FORMS: Final = FORM_LABELS

_COUNTED: Final = re.compile(r"(\d+)(?:/(\d+))? (.+)")
_BY_WEIGHT: Final = re.compile(r"(g|ml)\b")


def unit_of(label: str) -> tuple[float, str, str] | None:
    """A household measure in parts: how many of its unit, the unit for one, and for more than one.

    '2 tablespoons (30 g)' is two tablespoons, '1/2 cup' half a cup. None for a plain weight such as '100 g'.
    """
    plain = label.partition(" (")[0]
    match = _COUNTED.fullmatch(plain)
    if match is None or _BY_WEIGHT.match(match[3]):
        return None if match and match[3] in ("g", "ml") else (1.0, f"× {plain}", f"× {plain}")
    count = int(match[1]) / int(match[2] or 1)
    unit = match[3]
    last = unit.rpartition(" ")[2]
    if last.endswith("s") and not last.endswith("ss"):
        one = unit[:-1] if last[:-1] in COUNTABLE else unit
        return count, one, unit
    if last not in COUNTABLE:
        return count, unit, f"× {unit}"
    return count, unit, f"{unit}es" if last.endswith("s") else f"{unit}s"


def measure(label: str, weight: str) -> str:
    """A household measure where one is chosen."""
    return label if weight in label else f"{label}, {weight}"


# The week ----------------------------------------------------------------------------------------


def week_title(a: Assessment) -> str:
    """What the week shows, as a sentence over the picture: which days bring most, and which bring none."""
    days = [d for d in a.days if d.entered]
    if not days:
        return "Every food is left out for now" if any(d.left_out for d in a.days) else "Nothing entered yet"
    if len(days) == 1:
        return f"{days[0].name}: {_brings(days[0])}"
    bare = [d.name for d in days if not d.intake_ug and not d.at_least]
    most = max(days, key=lambda d: d.intake_ug)
    least = min(days, key=lambda d: d.intake_ug)
    if not most.intake_ug:
        return "No B12 on any day" if not a.at_least else "No B12 that is known on any day"
    if len(bare) == 1 or 1 < len(bare) <= len(days) // 2:
        verb = "brings" if len(bare) == 1 else "bring"
        return f"{day_list(bare)} {verb} none"
    if bare:
        return f"{len(bare)} of {plural(len(days), 'day')} bring none"
    if abs(most.intake_ug - least.intake_ug) < EVEN_UG:
        return f"Every day brings {'at least' if a.at_least else 'about'} {amount_ug(least.intake_ug)}"
    return f"{least.name} brings least ({_brings(least)}), {most.name} most ({_brings(most)})"


#: Days that differ by less than this are said to be alike. A choice of wording.
EVEN_UG: Final = 0.05


def week_note(a: Assessment) -> str:
    """What the bars show, against whose target."""
    if a.target is None:
        return "B12 a day. There is no target for this age and life stage in the chosen reference set."
    return f"B12 a day against the target of {number(a.target.intake_ug)} µg: {target_label(a.target)}"


def target_line(a: Assessment) -> str:
    """The label at the target line."""
    return f"{target_kind(a.target)} {number(a.target.intake_ug)} µg" if a.target else ""


def day_number(name: str) -> str:
    """A day's name where many stand side by side: its number, or its first letters."""
    return name.removeprefix("Day ") if name.startswith("Day ") else name[:2]


def _brings(day: DaySum) -> str:
    return f"at least {amount_ug(day.intake_ug)}" if day.at_least and day.intake_ug else _known(day)


def _known(day: DaySum) -> str:
    return "no value" if day.at_least and not day.intake_ug else amount_ug(day.intake_ug)


def day_figure(day: DaySum) -> str:
    """The figure under a day's bar."""
    if not day.entered:
        return "–"
    return f"{'≥ ' if day.at_least and day.intake_ug else ''}{_known(day).removesuffix(' µg')}"


def day_aloud(day: DaySum, a: Assessment) -> str:
    """A day and its bar in words."""
    if not day.entered:
        return f"{day.name}: {'every food left out for now' if day.left_out else 'nothing entered'}"
    said = f"{day.name}: {_brings(day)}"
    if a.target and day.shortfall_ug:
        said += f", {amount_ug(day.shortfall_ug)} short of {number(a.target.intake_ug)} µg"
    return said


def day_line(day: DaySum, plan_day: Day, a: Assessment) -> str:
    """What stands beside a day's name."""
    if not day.entered:
        return f"{'Every food is left out for now' if day.left_out else 'Nothing entered yet'}, so this day does not count."
    said = f"Nothing eaten: {_brings(day)}" if plan_day.nothing_eaten else _brings(day)
    if a.target and day.shortfall_ug:
        said += f", {'at most ' if day.at_least else ''}{amount_ug(day.shortfall_ug)} short of {number(a.target.intake_ug)} µg"
    if day.intake.unknown:
        said += f". {plural(day.intake.unknown, 'food')} without a B12 value"
    if day.lines_left_out:
        said += f". {lines_left_out(day.lines_left_out).removesuffix('.')}"
    off = sum(item.off for meal in plan_day.meals for item in meal)
    return f"{said}. {plural(off, 'food')} left out for now" if off else said


def meal_sum(meal: MealSum) -> str:
    """What a meal brings."""
    known = meal.intake.unknown < meal.intake.foods or not meal.intake.foods
    amount = amount_ug(meal.intake.total_ug + meal.supplement_ug) if known else "no value"
    return f"at least {amount}" if meal.intake.unknown and known else amount


def meal_note(meal: MealSum) -> str:
    """How much of a meal's sum is a supplement taken with it."""
    return f"{amount_ug(meal.supplement_ug)} of it from supplements." if meal.supplement_ug else ""


def now(a: Assessment) -> str:
    """The plan's figure, as it is read aloud after an edit."""
    return f"Now {intake(a)}."


# Foods -------------------------------------------------------------------------------------------


def not_in_table() -> str:
    """The mark of a food that no table knows."""
    return "not in the table"


def holds(label: str, *, left_out: bool) -> str:
    """The mark of a food that holds what the person leaves out, or else what their condition rules out."""
    return f"{'left out' if left_out else 'contains'}: {label}"


def nothing_found(diet: Diet, elsewhere: Food | None, kind: str) -> str:
    """That no food answers a query; with what there is for other diets."""
    if elsewhere:
        return f"Nothing that fits “{DIET_SHORT[diet]}” and what you leave out. There is {elsewhere.name} ({kind})."
    return "No food of that name. Try fewer letters or another word."


def add_these(count: int) -> str:
    """The choice that adds every food of a line."""
    return f"Add these {plural(count, 'food')}"


def to_confirm(food: Food, grams: float, typed: bool) -> str:
    """How much of a food would be added and what it brings; that the amount is a guess where nobody typed it."""
    known = f"{portion(food, grams)} · {food_b12(food, grams)}"
    return known if typed else f"{known} · usual portion, check it"


def not_added(text: str, unclear: Question | Refusal | None) -> str:
    """Why a food of a line is not added as it was typed."""
    return quantities.why_not(unclear) if unclear else f"“{quantities.quoted(text)}” has no usual portion. Type grams."


def of_a_line(text: str, why: str) -> str:
    """Which words of a line something is said about."""
    return f"“{quantities.quoted(text)}”: {why}"


def line_full(most: int) -> str:
    """That a line holds more foods than can be added at once."""
    return f"{most} foods can be added at once. The others stay in the field."


def details(food: Food, source: str) -> Sequence[str]:
    """A food's figures and where they come from, line by line."""
    lines = [
        f"{amount_ug(food.b12_ug_per_100g)} per 100 g: {food_facts.origin(food)}",
        food_facts.published_range(food),
        food.note,
        food_facts.record(food),
        source,
        food.derivation and food_facts.derivation(food),
    ]
    return [line for line in lines if line]


def source(citation: str, locator: str, mark: str = "") -> str:
    """Where a figure stands."""
    return f"Source: {citation}, {locator}{f' ({MARK_LABELS[mark]})' if mark in MARK_LABELS else ''}"


# What could not be done --------------------------------------------------------------------------

REFUSED: Final[Mapping[str, str]] = {
    "stale": "The plan has changed since you pressed. Your change was not made; here is the plan as it is now.",
    "not-understood": "The app did not understand that change. The plan was left as it was.",
    "nothing": "An amount must be more than 0. Nothing was changed. To take a food out, choose Remove in its menu.",
    "too-much": "That is more than {most}. The amount was left as it was.",
    "unknown-food": "That food is not in the table.",
    "meal-full": "A meal can hold {most} foods at most.",
    "same-day": "Choose another day to copy to.",
}


def refused(code: str, values: Mapping[str, Any]) -> str:
    """Why an edit was not made."""
    found = values.get("found")
    if isinstance(found, Question | Refusal):
        return quantities.why_not(found) + ("" if isinstance(found, Question) else " Nothing was changed.")
    return REFUSED[code].format(**values)
