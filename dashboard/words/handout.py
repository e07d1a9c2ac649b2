"""What the printed page says, apart from the sentences it shares with the screen."""

from __future__ import annotations

from typing import Final

from dashboard import words
from dashboard.advice.advise import Advice
from dashboard.estimate.assess import Assessment
from dashboard.plan import MEALS, Supplement
from dashboard.plan.differences import Changed, Differences, FoodChange
from dashboard.tables.foods import Food
from dashboard.words import offers
from dashboard.words.week import NO_VALUE

TITLE: Final = "Vitamin B12: my plan"
REFERRAL_TITLE: Final = "Vitamin B12: summary for a clinician"
FOR_DOCTOR: Final = "For the doctor or dietitian"
DOCTOR_INTAKE: Final = "Intake: {intake}. Target: {target}. Usable by estimate: {usable}. Need: {need} of that."
DOCTOR_CONDITIONS: Final = "Conditions and medicines named: {named}."
DOCTOR_NO_CONDITIONS: Final = "No condition or medicine that affects B12 was named."
DOCTOR_UNKNOWN: Final = "A condition or medicine was named that this app does not know: ask which."
DOCTOR_HIDDEN: Final = "Intake: {intake}. Target: {target}."
DOCTOR_LEFT_OUT: Final = (
    "Conditions and medicines are left off this page, as the person chose. What is usable depends on them, so it is not given."
)
NO_VERDICT: Final = "No verdict is given here: it depends on conditions and medicines, which are left off this page."
DOCTOR_ASKED: Final = "Asked for: {asked}"
ASK_TEST: Final = "whether a B12 blood test makes sense, and which source of B12 suits."
ASK_CLINICIAN: Final = "your advice on B12 before anything is changed, and a blood test."
ASK_WHOM: Final = "your advice on B12 for this child; this app does not plan for babies under 1 year."
ASK_CHECK: Final = "a look at this plan, and when to check again."
PERSON: Final = "{age}, {diet}{stage}. Compared with: {set}."
STAGE: Final = {"none": "", "pregnant": ", pregnant", "breastfeeding": ", breastfeeding"}
VERDICT_TITLE: Final = "How it stands"
WEEK_TITLE: Final = "The week, µg of B12 a day"
WEEK_KEY: Final = "Plain: natural. Slanted lines: added. Upright lines: supplement. Hollow: missing to the target."
BEFORE_TITLE: Final = "Before and after"
BEFORE: Final = "Before"
AFTER: Final = "This plan"
ROW_INTAKE: Final = "Intake a day"
ROW_USABLE: Final = "Usable a day"
CHANGES_TITLE: Final = "What we agreed to change"
CHANGES_NONE: Final = "No change has been agreed."
CHANGES_MORE: Final = "{count} more changes are in the full list."
REGIMEN_TITLE: Final = "Supplements"
REGIMEN_NONE: Final = "None in this plan."
CHECK_TITLE: Final = "When to test or check again"
RED_TITLE: Final = "Get help at once for"
QUESTIONS_TITLE: Final = "Questions to ask"
LINK_TITLE: Final = "This plan as a link"
LINK_LEAVES_OUT: Final = "The code holds the plan without name, code, signs, blood results{conditions}."
LINK_NO_CONDITIONS: Final = ", conditions or medicines"
DISCLAIMER_SHORT: Final = "General information, not medical advice. It does not replace a doctor, dietitian or pharmacist."
OTHER_SCRIPT: Final = "(name in letters that this print does not have)"
#: The same in a picture, where there is little room.
OTHER_SCRIPT_SHORT: Final = "(other letters)"
LINK_TOO_LONG: Final = "This plan is too long for a QR code."
SOURCES_TITLE: Final = "Rests on"
SOURCES: Final = "{sources}. Food figures: USDA FoodData Central. All sources: the Sources page of the app."
FOODS_TITLE: Final = "All foods of the plan"
SIGNS_TITLE: Final = "Signs ticked for this print"
RESULTS_TITLE: Final = "Blood results typed for this print"
CODE_LINE: Final = "{code}, {date}"
FOOD_COLUMNS: Final = ("Food", "Amount a day", "B12 a day", "of it added", "USDA id")

FOOD_CHANGE: Final = {
    Changed.ADDED: "Add {food}: {amount} at {meal}, {days}.",
    Changed.REMOVED: "Leave out {food} at {meal}, {days}.",
    Changed.MORE: "More {food} at {meal}: {amount}, {days}.",
    Changed.LESS: "Less {food} at {meal}: {amount}, {days}.",
}
TAKE: Final = "Take: {supplement}."
STOP_TAKING: Final = "No longer in the plan: {supplement}. Do not stop a prescribed medicine without asking."
EVERY_DAY: Final = "every day"
EVERY_DAY_MEAN: Final = "mean of all days"
SUPPLEMENT: Final = "supplement"
TIMES_A_WEEK: Final = "times a week"
GRAM: Final = "g"


def person(a: Assessment, set_label: str) -> str:
    """Age, diet, life stage and reference set in a line."""
    who = a.plan.person
    return PERSON.format(
        age=words.plural(who.age_years, "year"), diet=words.DIET_EATS[who.diet], stage=STAGE[who.life_stage], set=set_label
    )


def doctor_lines(advice: Advice, *, hidden: bool, asked: str = "") -> list[str]:
    """The three lines a clinician reads first. ``hidden``: conditions are left off, and with them what depends on them.

    ``asked``: what is asked for in place of what the plan alone would ask.
    """
    a = advice.assessment
    target = f"{words.number(a.target.intake_ug)} µg ({words.target_label(a.target)})" if a.target else NO_VALUE
    need = words.need_ug(a.need_ug) if a.need_ug is not None else NO_VALUE
    if not advice.plans:
        return [DOCTOR_ASKED.format(asked=asked or ASK_WHOM)]
    form = DOCTOR_HIDDEN if hidden or a.nothing_to_judge else DOCTOR_INTAKE
    intake = form.format(intake=words.intake(a), target=target, usable=words.a_day(words.usable(a)), need=need)
    if hidden:
        named = DOCTOR_LEFT_OUT
    else:
        known = [DOCTOR_CONDITIONS.format(named="; ".join(c.label for c in a.conditions))] if a.conditions else []
        not_known = [DOCTOR_UNKNOWN] if "unknown-condition" in advice.facts else []
        named = " ".join([*known, *not_known]) or DOCTOR_NO_CONDITIONS
    ask = ASK_TEST if advice.little_comes_in else ASK_CHECK
    usual = {"clinician": ASK_CLINICIAN, "discuss-first": ASK_TEST}.get(str(advice.who), ask)
    return [intake, named, DOCTOR_ASKED.format(asked=asked or (ASK_CLINICIAN if hidden else usual))]


def food_change(c: FoodChange, food: Food | None, a: Assessment) -> str:
    """One agreed change of food, in household measures and days."""
    whole = len(c.days) == len(a.days)
    days = EVERY_DAY if whole else words.day_list([a.days[d].name for d in c.days if d < len(a.days)] or [EVERY_DAY])
    return FOOD_CHANGE[c.changed].format(
        food=food.name if food else c.food, amount=words.portion(food, c.grams), meal=MEALS[c.meal], days=days
    )


def supplement_changes(d: Differences) -> list[str]:
    """What is taken now and what no longer."""
    added = [TAKE.format(supplement=offers.supplement(s)) for s in d.supplements_added]
    return added + [STOP_TAKING.format(supplement=offers.supplement(s)) for s in d.supplements_removed]


def regimen(supplements: tuple[Supplement, ...]) -> list[str]:
    """The supplements of the plan, a line each."""
    return [offers.supplement(s) for s in supplements] or [REGIMEN_NONE]


def household(food: Food | None, weight_g: float) -> tuple[float, str]:
    """How many of which household measure a weight is; the weight itself where none fits."""
    best = words.best_measure(food, weight_g)
    return (best[1], best[0].label) if best else (weight_g, GRAM)


def supplement(s: Supplement) -> str:
    """A supplement in words."""
    return offers.supplement(s)


# Where it is asked for ------------------------------------------------------------------------------

PRINT_TITLE: Final = "Print a page for the appointment"
PRINT_PAPER: Final = "Paper"
PAPERS: Final = {"a4": "A4", "us-letter": "US Letter"}
PRINT_FOODS: Final = "Add a second page with every food"
GET_PDF: Final = "Save as PDF"
GET_HTML: Final = "Save as a web page"
GET_XLSX: Final = "Excel (.xlsx)"
GET_CSV: Final = {"en": "CSV with commas", "de": "CSV with semicolons and decimal commas"}
WEEK_PICTURE: Final = "The week"
BOTH_PICTURE: Final = "Swallowed and usable"
MEALS_PICTURE: Final = "From swallowed to usable by meal"
FOODS_PICTURE: Final = "What brings the B12"
GET_PICTURE: Final = "{name} ({kind})"
PICTURE_MARK: Final = {WEEK_PICTURE: "week", BOTH_PICTURE: "usable", MEALS_PICTURE: "meals", FOODS_PICTURE: "foods"}
GET_JSON: Final = "Full assessment (.json)"
ASSESSMENT_MARK: Final = "assessment"
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ITEMS_SHEET: Final = "foods"
BRING_TITLE: Final = "Bring a plan in"
