"""Sentences about a plan and what it comes to. Pages, report and command line share them; each page has a module of its own beside.

``labels`` names what can be chosen, ``amounts`` says amounts; both can be had from here.

Texts that belong to a row of data (conditions, flags, regimens) stand in data/. Wording follows the
health rules: it informs, it never says what a person has, and it never tells anyone to change a medicine.
"""

from __future__ import annotations

from typing import Final

from dashboard.estimate.adequacy import decimals_of
from dashboard.estimate.assess import Assessment, Scenario
from dashboard.estimate.day_sums import DaySum
from dashboard.estimate.reference import Need, Target
from dashboard.plan import WEEKDAYS, Diet
from dashboard.tables.foods import Food
from dashboard.words.amounts import COUNTABLE as COUNTABLE
from dashboard.words.amounts import NO_VALUE as NO_VALUE
from dashboard.words.amounts import a_day as a_day
from dashboard.words.amounts import amount_ug as amount_ug
from dashboard.words.amounts import band_ug as band_ug
from dashboard.words.amounts import best_measure as best_measure
from dashboard.words.amounts import day_list as day_list
from dashboard.words.amounts import dose_ug as dose_ug
from dashboard.words.amounts import grams as grams
from dashboard.words.amounts import measured as measured
from dashboard.words.amounts import number as number
from dashboard.words.amounts import one_line as one_line
from dashboard.words.amounts import percent as percent
from dashboard.words.amounts import plural as plural
from dashboard.words.amounts import portion as portion
from dashboard.words.amounts import target_kind as target_kind
from dashboard.words.amounts import times as times
from dashboard.words.labels import ADVICE_LABELS as ADVICE_LABELS
from dashboard.words.labels import DIET_CLASS_LABELS as DIET_CLASS_LABELS
from dashboard.words.labels import DIET_EATS as DIET_EATS
from dashboard.words.labels import DIET_LABELS as DIET_LABELS
from dashboard.words.labels import DIET_SHORT as DIET_SHORT
from dashboard.words.labels import DIET_WHO as DIET_WHO
from dashboard.words.labels import FORM_LABELS as FORM_LABELS
from dashboard.words.labels import LIFE_STAGE_LABELS as LIFE_STAGE_LABELS
from dashboard.words.labels import MARK_LABELS as MARK_LABELS
from dashboard.words.labels import MEAL_LABELS as MEAL_LABELS

AGE_LABEL: Final = "Age in years"
PLAN_TITLE: Final = "Am I getting enough?"
SUGGESTIONS_TITLE: Final = "What would help?"

DISCLAIMER: Final = (
    "General information, not medical advice. It does not replace a doctor, dietitian or pharmacist who knows you. "
    "Estimates come from food tables and average absorption; your own may differ. "
    "Do not delay seeking care because of this app. Brand names and figures are examples, not endorsements."
)
CONDITIONS_PRIVATE: Final = (
    "Kept in this browser tab only. They are not part of the link; tick the box to include them. "
    "After a restart of the browser you may have to choose them again."
)
FORTIFIED_VARIES: Final = "Fortification differs by country, brand and year: the label beats any table."


# Meals and days ----------------------------------------------------------------------------------


def added(food: Food, weight_g: float, meal: str) -> str:
    """That a food is now in a meal, and how much of it."""
    return f"Added to {meal}: {food.name}, {portion(food, weight_g)}."


def joined(meals: list[str]) -> str:
    """That a meal is eaten within four hours of others."""
    return f"Within 4 hours of {day_list(meals)}: they count as one meal."


def short_day(name: str) -> str:
    """A day's name where there is little room."""
    return name[:3] if name in WEEKDAYS else name


# The headline ------------------------------------------------------------------------------------


def target_label(target: Target) -> str:
    """Whose target it is: 'RDA, United States and Canada, IOM 1998'. It often stands in brackets, so it has none itself."""
    return f"{target_kind(target)}, {_whose(target.label)}"


def _whose(label: str) -> str:
    """A reference set's name without brackets, so that it can stand in some."""
    return label.replace(" (", ", ").replace(")", "")


def need_ug(need: float) -> str:
    """A need in absorbed terms with the decimals it is compared with: '1.2 µg', '0.45 µg'."""
    return f"{need:.{decimals_of(need)}f} µg"


def need_label(need: Need) -> str:
    """Whose the need in absorbed terms is: 'half the RDA, United States and Canada, IOM 1998'."""
    return f"half the {target_kind(need)}, {_whose(need.label)}"


def need_said(a: Assessment) -> str:
    """What has to be absorbed and whose figure that is, as a sentence; empty where there is none."""
    target = a.target
    if target is None or target.need is None:
        return ""
    said = f"The need in absorbed terms is {need_ug(target.need.ug)} a day: {need_label(target.need)}."
    if target.need_is_ioms:
        said += f" The {target_label(target)}, rests on blood values, so nothing about absorbed amounts follows from it."
    return said


def intake(a: Assessment) -> str:
    """The mean intake, 'at least' where foods without a value are in it."""
    if not a.days_entered and not a.intake_ug:
        return "every food left out for now" if any(day.left_out for day in a.days) else "nothing entered yet"
    if a.nothing_eaten:
        return "nothing eaten on the days entered"
    if not a.intake_ug:
        # Foods without a value are not foods without B12.
        return "an unknown amount of B12 a day" if a.at_least else "no B12 a day"
    return f"{'at least ' if a.at_least else ''}{amount_ug(a.intake_ug)} a day"


def day_intake(day: DaySum) -> str:
    """What a day brings: a day that nobody entered is no day without B12, and foods without a value make it a lower bound."""
    if not day.entered:
        return "left out" if day.left_out else "not entered"
    if not day.at_least:
        return amount_ug(day.intake_ug)
    return f"at least {amount_ug(day.intake_ug)}" if day.intake_ug else amount_ug(None)


def days_left_out(a: Assessment) -> str:
    """How many days nobody entered or left out for now, which no mean counts; empty where all were entered, or none."""
    if not a.days_entered:
        return ""
    left_out = sum(day.left_out for day in a.days)
    counts = {"not entered": len(a.days) - a.days_entered - left_out, "left out for now": left_out}
    said = [f"{n} of {plural(len(a.days), 'day')} {'is' if n == 1 else 'are'} {how} and not counted." for how, n in counts.items() if n]
    return " ".join(said)


def given(a: Assessment) -> str:
    """What an injection or a nasal spray brings, on a line of its own; empty where there is none."""
    if not a.given_ug:
        return ""
    return f"Given by injection or nasal spray, so no part of the intake: {amount_ug(a.given_ug)} a day on average."


def supplements_sum(a: Assessment) -> str:
    """What is swallowed of supplements, and beside it what is given."""
    given_too = f", and {amount_ug(a.given_ug)} given" if a.given_ug else ""
    return f"{amount_ug(a.supplement_ug)}{given_too}"


def unknown(a: Assessment) -> str:
    """How many foods have no value, and how many lines of a record are missing; empty when all is known."""
    verb = "has" if a.intake.unknown == 1 else "have"
    foods = f"{a.intake.unknown} of {plural(a.intake.foods, 'food')} {verb} no B12 value." if a.intake.unknown else ""
    return f"{foods} {lines_left_out(a.lines_left_out)}".strip()


def lines_left_out(lines: int) -> str:
    """That lines of a food record are not in the plan; empty when all are."""
    return f"{plural(lines, 'line')} of the food record {'is' if lines == 1 else 'are'} left out." if lines else ""


def usable(a: Assessment) -> str:
    """Usable B12 with its band; 'no value' where nothing is known of it, which is not none."""
    return NO_VALUE if a.usable_unknown else band_ug(a.usable)


def since(a: Assessment, before: Assessment) -> str:
    """The plan kept to compare with, and what has changed in the mean intake since."""
    change = a.intake_ug - before.intake_ug
    moved = "the same" if abs(change) < 0.005 else f"{number(abs(change))} µg {'more' if change > 0 else 'less'}"
    return f"Baseline: {intake(before)}, usable {amount_ug(None if before.usable_unknown else before.usable.value)}. Now {moved}."


# Foods -------------------------------------------------------------------------------------------


def food_b12(food: Food, weight_g: float) -> str:
    """A food's B12 in an amount: with 'added' where most of it is, 'not counted' where it is not relied on."""
    if food.b12_ug_per_100g is None:
        return NO_VALUE
    said = amount_ug(food.b12_ug_per_100g * weight_g / 100)
    if not food.counted:
        return "not counted" if food.b12_ug_per_100g else "none"
    return f"{said} added" if food.added_ug_per_100g and food.added_ug_per_100g > food.b12_ug_per_100g / 2 else said


def scenario(s: Scenario) -> str:
    """A figure that would hold if something that cannot be known were so."""
    who = "If you are one of the 10 to 30 in 100 older people who take up little B12 bound in food"
    return f"{who}, usable B12 would be {a_day(band_ug(s.usable))}."


# Pages -------------------------------------------------------------------------------------------


WELCOME: Final = "An example week of {who}: change it to what you eat."
WELCOME_CHILD: Final = "An example week for {whom} ({diet}), about {kcal:,.0f} kcal a day: change it to what is really eaten."
SHOPS_IN: Final = "I shop in"
SHOPS_IN_HELP: Final = (
    "Decides which foods are suggested, and which example week you start from. It goes with “Compare with” until you choose."
)


def welcome(diet: Diet, whom: str = "", kcal: float | None = None) -> str:
    """What an untouched example week is. For a child: for which age, and with how much energy a day. [kcal/day]"""
    if kcal is None:
        return WELCOME.format(who=DIET_WHO[diet])
    # To the nearest 50: the needs it is the mean of are themselves rounded to 200.
    return WELCOME_CHILD.format(whom=whom, diet=DIET_EATS[diet], kcal=50 * round(kcal / 50))


QUICK_LINK: Final = "Say how often I eat what"
