"""Every sentence and label a reader sees that is made from figures. Pages, report and command line share it.

Texts that belong to a row of data (conditions, flags, regimens) stand in data/. Wording follows the
health rules: it informs, it never says what a person has, and it never tells anyone to change a medicine.
"""

from __future__ import annotations

import re
from typing import Final

from dashboard.advice.food_edits import Edit, Kind
from dashboard.advice.regimens import RegimenEffect
from dashboard.advice.suggest import Suggestion
from dashboard.estimate.adequacy import UsableVerdict, Verdict, below, decimals_of
from dashboard.estimate.assess import PARENTERAL, Assessment, MealSum, Scenario
from dashboard.estimate.reference import Need, Target
from dashboard.plan import MEALS, WEEKDAYS, Diet, LifeStage, Supplement
from dashboard.tables.foods import Food, Portion
from dashboard.tables.science import Band

DIET_LABELS: Final = {Diet.VEGAN: "Vegan", Diet.VEGETARIAN: "Vegetarian", Diet.OMNIVORE: "Everything (omnivore)"}
DIET_SHORT: Final = {Diet.VEGAN: "vegan", Diet.VEGETARIAN: "vegetarian", Diet.OMNIVORE: "everything"}
DIET_WHO: Final = {Diet.VEGAN: "a vegan", Diet.VEGETARIAN: "a vegetarian", Diet.OMNIVORE: "somebody who eats everything"}
DIET_CLASS_LABELS: Final = {
    "vegan": "vegan",
    "vegetarian": "vegetarian",
    "omnivore": "contains meat or fish",
    "uncertain": "diet class not certain",
}
LIFE_STAGE_LABELS: Final = {
    LifeStage.NONE: "Neither",
    LifeStage.PREGNANT: "Pregnant",
    LifeStage.BREASTFEEDING: "Breastfeeding",
}
MEAL_LABELS: Final = {meal: meal.capitalize() for meal in MEALS}
FORM_LABELS: Final = {
    "tablet": "Tablet",
    "chewable": "Chewable tablet",
    "sublingual": "Tablet under the tongue",
    "spray": "Mouth spray",
    "nasal": "Nasal spray",
    "injection": "Injection",
    "fortified-food": "Fortified food",
}
ADVICE_LABELS: Final = {
    "self-care": "Can be chosen alone",
    "discuss-first": "Discuss first",
    "clinician": "A clinician decides",
}
MARK_LABELS: Final = {
    "read": "read in the source",
    "read-2nd": "read where another text quotes it",
    "known": "known, not re-read word for word",
    "unsure": "not checked, provisional",
    "calc": "computed from the figures named",
    "choice": "a choice of this app, not a finding",
}

#: When less than one part in ten of an intake gets in, the sentence on it speaks of a large dose. A choice of wording.
LITTLE_GETS_IN: Final = 0.1

PLAN_TITLE: Final = "Am I getting enough?"
SUGGESTIONS_TITLE: Final = "What would close it?"

DISCLAIMER: Final = (
    "General information, not medical advice. It does not replace a doctor, dietitian or pharmacist who knows you. "
    "Estimates come from food tables and average absorption; your own may differ. "
    "Do not delay seeking care because of this app. Brand names and figures are examples, not endorsements."
)
MEDICINES: Final = "Do not stop or change a medicine because of what you see here; ask your prescriber or pharmacist."
CONDITIONS_PRIVATE: Final = (
    "Kept in this browser tab only. They are not part of the link; tick the box to include them. "
    "After a restart of the browser you may have to choose them again."
)
FORTIFIED_VARIES: Final = "Fortification differs by country, brand and year: the label beats any table."
NO_FOOD: Final = (
    "No everyday food in the table that fits your diet, what you leave out and your meals closes a fair part of it. "
    "So food alone cannot do it. Fortified foods with a label you trust or a supplement can; ask a pharmacist or dietitian."
)
BABY: Final = "This app does not plan for babies under 1 year. Ask your midwife, health visitor, doctor or dietitian."
WARNING_FIRST: Final = "Intake is not what matters first here: please read the warning."
CLINICIAN_FIRST: Final = (
    "One of your answers calls for medical help first, so this app suggests no change of food. "
    "Please see a clinician; a better diet can follow."
)
NO_FACTOR: Final = (
    "Without intrinsic factor, food B12 is hardly taken up, so no food or usual tablet can be called enough here. "
    "Lifelong treatment is arranged with a clinician."
)


# Amounts -----------------------------------------------------------------------------------------


def number(amount: float) -> str:
    """An amount with as many decimals as it deserves: 0.05, 0.9, 13.3, 1,000."""
    if abs(amount) >= 100:
        return f"{amount:,.0f}"
    if abs(amount) < 0.005:
        return "0"
    if abs(amount) < 0.095:
        return f"{amount:.2f}"
    return f"{amount:.1f}".removesuffix(".0") if abs(amount) >= 10 else f"{amount:.1f}"


def amount_ug(amount: float | None) -> str:
    """An amount in µg as it is said: 'none' for 0, 'no value' for unknown."""
    if amount is None:
        return "no value"
    if amount == 0:
        return "none"
    if abs(amount) < 0.005:
        return "under 0.01 µg"
    return f"{number(amount)} µg"


def band_ug(band: Band) -> str:
    """A figure with its band: '0.9 µg (0.7 to 1.1)'."""
    if band.high < 0.005:
        return amount_ug(band.high)
    return f"{amount_ug(band.value)} ({number(band.low)} to {number(band.high)})"


def grams(amount: float) -> str:
    """A weight."""
    return f"{amount:,.0f} g" if amount >= 10 else f"{amount:g} g"


_FRACTIONS: Final = {0.25: "¼", 0.33: "⅓", 0.5: "½", 0.67: "⅔", 0.75: "¾"}


def times(count: float) -> str:
    """How many of a measure: ½, 1, 1½, 2.3."""
    whole, rest = divmod(round(count, 2), 1)
    fraction = next((sign for part, sign in _FRACTIONS.items() if abs(rest - part) < 0.011), None)
    if rest < 0.005:
        return f"{whole:.0f}"
    if fraction:
        return f"{whole:.0f}{fraction}" if whole else fraction
    return f"{count:.1f}"


_MEASURE: Final = re.compile(r"(\d+) (.+)")
_HOW_MANY_MAX: Final = 8
_PART_COSTS: Final = 1.5


def best_measure(food: Food | None, weight_g: float) -> tuple[Portion, float] | None:
    """The household measure that says a weight most simply, and how many of it: few before many, whole before parts."""
    found: list[tuple[float, int, Portion, float]] = []
    for measure in food.portions if food else ():
        quarters = round(4 * weight_g / measure.grams)
        number_in_label = _MEASURE.match(measure.label)
        said = quarters / 4 * (int(number_in_label[1]) if number_in_label else 1)
        if quarters and abs(4 * weight_g / measure.grams - quarters) < 0.06 and said <= _HOW_MANY_MAX:
            found.append((said + (_PART_COSTS if quarters % 4 else 0), len(found), measure, quarters / 4))
    return min(found)[2:] if found else None


def portion(food: Food | None, weight_g: float) -> str:
    """An amount as a person says it: in the household measure that fits best, with its weight."""
    best = best_measure(food, weight_g)
    if best is None:
        return grams(weight_g)
    measure, count = best
    said = measured(count, measure.label)
    return said if said == grams(weight_g) else f"{said} ({grams(weight_g)})"


_COUNTABLE: Final = frozenset(
    [
        "bar",
        "biscuit",
        "bottle",
        "bowl",
        "can",
        "cookie",
        "cracker",
        "cup",
        "egg",
        "fillet",
        "glass",
        "item",
        "jar",
        "mug",
        "nugget",
        "ounce",
        "package",
        "piece",
        "pot",
        "roll",
        "scoop",
        "slice",
        "tablespoon",
        "teaspoon",
        "wedge",
    ]
)


def measured(count: float, label: str) -> str:
    """So many of a household measure: '½ cup', '1 slice', '3 slices'. What a label says in brackets is left out."""
    plain = label.partition(" (")[0]
    match = _MEASURE.fullmatch(plain)
    if count == 1 or match is None:
        return plain if count == 1 else f"{times(count)} × {plain}"
    total, unit = count * int(match[1]), match[2]
    last = unit.rpartition(" ")[2]
    if total <= 1 or last.endswith("s"):
        return f"{times(total)} {unit}"
    return f"{times(total)} {unit}s" if last in _COUNTABLE else f"{times(total)} × {unit}"


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def day_list(days: list[str]) -> str:
    """Names in a row: 'Monday, Tuesday and Friday'."""
    return days[0] if len(days) == 1 else f"{', '.join(days[:-1])} and {days[-1]}"


def meal_heading(meal: MealSum) -> str:
    """A meal's name with what it brings: 'at least' or 'no value' where foods without a value are in it."""
    known = meal.intake.unknown < meal.intake.foods or not meal.intake.foods
    amount = amount_ug(meal.intake.total_ug + meal.supplement_ug) if known else "no value"
    return f"{MEAL_LABELS[meal.name]} · {'at least ' if meal.intake.unknown and known else ''}{amount}"


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
    return f"{target.kind}, {_whose(target.label)}"


def _whose(label: str) -> str:
    """A reference set's name without brackets, so that it can stand in some."""
    return label.replace(" (", ", ").replace(")", "")


def need_ug(need: float) -> str:
    """A need in absorbed terms with the decimals it is compared with: '1.2 µg', '0.45 µg'."""
    return f"{need:.{decimals_of(need)}f} µg"


def need_label(need: Need) -> str:
    """Whose the need in absorbed terms is: 'half the RDA, United States and Canada, IOM 1998'."""
    return f"half the {need.kind}, {_whose(need.label)}"


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
    amount = amount_ug(a.intake_ug) if a.intake_ug else "no B12"
    return f"{'at least ' if a.at_least and a.intake_ug else ''}{amount} a day"


_VERDICTS: Final = {
    Verdict.BELOW_EAR: "is likely too low",
    Verdict.BETWEEN: "may be too low",
}


def unknown(a: Assessment) -> str:
    """How many foods have no value; empty when all have one."""
    if not a.at_least:
        return ""
    verb = "has" if a.intake.unknown == 1 else "have"
    return f"{a.intake.unknown} of {plural(a.intake.foods, 'food')} {verb} no B12 value."


def verdict(a: Assessment) -> str:
    """How the intake stands to the target, in one sentence."""
    target = a.target
    if target is None:
        return "There is no target for this age and life stage in the chosen reference set."
    short = below(a.intake_ug, target.intake_ug)
    most = "at most " if a.at_least else ""
    gap = f"{most}{amount_ug(a.shortfall_ug)} short of the {target.kind} of {number(target.intake_ug)} µg on a usual day"
    if not plans_for(a):
        return BABY
    if a.levers.no_intrinsic_factor:
        return f"What matters here is uptake, not intake: hardly any B12 from food or tablets gets in. {NO_FACTOR}"
    if urgent(a):
        return f"{gap[0].upper()}{gap[1:]}. {WARNING_FIRST}" if short else WARNING_FIRST
    if not short:
        return _meets(a, f"the {target.kind} of {number(target.intake_ug)} µg")
    if a.verdict in _VERDICTS:
        return f"{gap[0].upper()}{gap[1:]}: the recorded intake {_VERDICTS[a.verdict]}."
    if a.at_least:
        return f"{gap[0].upper()}{gap[1:]}. No conclusion yet: {unknown(a)}"
    if target.average_ug is None:
        return f"{gap[0].upper()}{gap[1:]}. An {target.kind} does not say that less is too little."
    return f"{gap[0].upper()}{gap[1:]}. Fewer than three days say little about a usual intake."


def _meets(a: Assessment, target: str) -> str:
    """An intake that is not short: what gets in of it decides how much more may be said."""
    if a.usable_verdict in (UsableVerdict.SHORT, UsableVerdict.MAY_BE_SHORT):
        return f"The intake meets {target}, but less of it gets in: see usable B12."
    if a.usable_verdict is UsableVerdict.NO_CONCLUSION:
        return f"The intake meets {target}; how much of it gets in is not clear. {unknown(a)}".rstrip()
    if _unknown_uptake(a):
        return f"Meets {target}, but a condition or medicine you named may lower how much gets in. Nobody can say by how much."
    if a.verdict is not Verdict.MEETS:
        return f"Meets {target}; a few more days would show whether that is usual."
    if treated(a):
        return f"Meets {target}. With an injection or nasal spray in the plan, your clinician decides what is enough."
    if a.usable.value < a.intake_ug * LITTLE_GETS_IN:
        return f"Only a small part of a large dose gets in. That part covers the need, and the intake meets {target}: likely enough."
    return f"Meets {target}, and so does the part that gets in: the recorded intake is likely enough."


def urgent(a: Assessment) -> bool:
    """Whether an answer calls for medical help before any figure."""
    return any(flag.level == "urgent" for flag in a.flags)


def plans_for(a: Assessment) -> bool:
    """Whether the app plans for this person: for babies it shows neither a verdict nor a dose."""
    return a.plan.person.age_years >= 1


def treated(a: Assessment) -> bool:
    """Whether the plan holds a form that a clinician gives."""
    return any(s.form in PARENTERAL and s.dose_ug and s.times_per_week for s in a.plan.supplements)


def _unknown_uptake(a: Assessment) -> bool:
    return any(c.unknown_effect for c in a.conditions)


_USABLE: Final = {
    UsableVerdict.SHORT: "short even at the high end",
    UsableVerdict.MAY_BE_SHORT: "may be short",
    UsableVerdict.MEETS: "covers the need",
    UsableVerdict.NO_CONCLUSION: "no conclusion",
}


def usable(a: Assessment) -> str:
    """Usable B12 with its band, against the need in absorbed terms."""
    said = f"usable {band_ug(a.usable)}"
    if a.target is None or a.target.need is None or not plans_for(a):
        return said
    if a.levers.no_intrinsic_factor:
        return f"{said}; a clinician decides what is enough"
    if urgent(a):
        return f"{said}; how well it works in the body cannot be seen here"
    whose = f" ({_whose(a.target.need.label)})" if a.target.need_is_ioms else ""
    return f"{said} of {need_ug(a.target.need.ug)} needed{whose}: {_usable_stands(a, a.target)}"


def _usable_stands(a: Assessment, target: Target) -> str:
    if a.usable_verdict is UsableVerdict.MEETS:
        return "may cover the need" if _unknown_uptake(a) else _USABLE[a.usable_verdict]
    if a.usable_verdict is UsableVerdict.NO_CONCLUSION:
        return _USABLE[a.usable_verdict]
    short = below(a.intake_ug, target.intake_ug)
    return "less on the days recorded" if short and a.few_days else _USABLE[a.usable_verdict]


def since(a: Assessment, before: Assessment) -> str:
    """The plan kept to compare with, and what has changed in the mean intake since."""
    change = a.intake_ug - before.intake_ug
    moved = "the same" if abs(change) < 0.005 else f"{number(abs(change))} µg {'more' if change > 0 else 'less'}"
    return f"Baseline: {intake(before)}, usable {amount_ug(before.usable.value)}. Now {moved}."


def headline(a: Assessment) -> str:
    """Intake, target and usable B12 in a few lines of text."""
    against = f" against {number(a.target.intake_ug)} µg ({target_label(a.target)})" if a.target else ""
    lines = [f"{intake(a)[0].upper()}{intake(a)[1:]}{against}; {usable(a)}.", verdict(a)]
    if a.at_least and unknown(a) not in lines[1]:
        lines.append(unknown(a))
    return "\n".join(lines)


# Suggestions -------------------------------------------------------------------------------------


def _when(days: int, a: Assessment) -> str:
    """On how many days: 'every day', 'on 3 days of the week'."""
    return "every day" if days == len(a.days) else f"on {plural(days, 'day')} of the week"


def edit(e: Edit, a: Assessment) -> str:
    """One change, as a person would say it."""
    meal, when = MEALS[e.meal], _when(len(e.days), a)
    if e.kind is Kind.ADD:
        return f"{e.food.name}: {measured(e.portions, e.portion)} at {meal}, {when}"
    if e.kind is Kind.SWAP and e.replaces:
        return f"Swap {e.replaces.name} for {e.food.name}: at {meal}, {when}"
    if e.kind is Kind.SPLIT:
        return f"{e.food.name}: half of it at {meal} instead of all at {MEALS[e.from_meal or 0]}, {when}"
    return f"{e.food.name} at {meal} instead of {MEALS[e.from_meal or 0]}, {when}"


def suggestion(s: Suggestion, a: Assessment) -> str:
    """What to change and where, in one sentence."""
    first, *others = (edit(e, a) for e in s.edits)
    return "; and ".join([first, *(other.replace("Swap ", "swap ", 1) for other in others)])


def gain(s: Suggestion) -> str:
    """What a suggestion brings: '+1.2 µg a day', or what more of it gets in."""
    if s.intake_gain_ug > 0:
        return f"+{amount_ug(s.intake_gain_ug)} a day"
    return f"+{amount_ug(s.usable_gain_ug)} usable a day"


def effect(s: Suggestion) -> str:
    """The effect of a suggestion: µg, share closed, energy."""
    whole = "closes the gap in intake" if s.usable_open_ug >= 0.05 else "closes it"
    closes = whole if s.closes_share >= 0.995 else f"closes {100 * s.closes_share:.0f} % of the shortfall"
    energy = (
        ""
        if s.energy_kcal is None
        else f", {s.energy_kcal:+.0f} kcal a day".replace("+0 kcal", "no more kcal").replace("-0 kcal", "no more kcal")
    )
    label = " Fortified: check the label." if s.fortified else ""
    more = f"{gain(s)} ({amount_ug(s.usable_gain_ug)} usable)" if s.intake_gain_ug > 0 else gain(s)
    return f"{more}, {closes}{energy}.{label}"


def stays_open(s: Suggestion) -> str:
    """What a suggestion leaves open, in intake and in usable terms; rounded as reference values are."""
    left = [f"{amount_ug(s.open_ug)} of intake"] if s.open_ug >= 0.05 else []
    left += [f"{amount_ug(s.usable_open_ug)} of usable B12"] if s.usable_open_ug >= 0.05 else []
    return f"Still open: {' and '.join(left)} a day." if left else "Nothing stays open."


def nothing_to_suggest(a: Assessment) -> str:
    """Why there is no food suggestion, and what can help."""
    if not plans_for(a):
        return BABY
    if a.levers.no_intrinsic_factor:
        return NO_FACTOR
    if urgent(a):
        return CLINICIAN_FIRST
    if a.target is None:
        return verdict(a)
    return _nothing_open(a, a.target) if nothing_open(a) else NO_FOOD


def nothing_open(a: Assessment) -> bool:
    """Whether neither intake nor usable B12 is below the target."""
    if a.target is None or below(a.intake_ug, a.target.intake_ug):
        return False
    return a.usable_verdict in (UsableVerdict.MEETS, UsableVerdict.NO_CONCLUSION)


def _nothing_open(a: Assessment, target: Target) -> str:
    """That nothing is short, what that rests on, and what the figures cannot know."""
    said = ["Nothing to close: the plan meets its target."]
    if treated(a):
        said.append("Keep to the treatment you were given.")
    elif a.plan.supplements and below(a.intake.total_ug, target.intake_ug):
        said.append("It rests on your supplement.")
    if _unknown_uptake(a):
        said.append("A condition or medicine you named may lower what gets in, so ask whether a blood test makes sense for you.")
    return " ".join(said)


def regimen_covers(e: RegimenEffect) -> str:
    """Whether a regimen reaches the need, as far as the app may say."""
    if e.covers_need_alone is None:
        return "a clinician decides"
    if e.covers_need_alone:
        return "yes, on its own"
    return "yes, with today's plan" if e.covers_with_diet else "no"


def supplement(s: Supplement) -> str:
    """A supplement of the plan, in words."""
    per_week = s.times_per_week
    if per_week and per_week % 7 == 0:
        often = "daily" if per_week == 7 else f"{per_week / 7:.0f} times a day"
    elif per_week >= 1:
        often = f"{per_week:g} × a week"
    else:
        often = f"every {1 / per_week:.0f} weeks" if per_week else "never"
    food = "" if s.form in ("injection", "nasal") else ", with food" if s.with_food else ", apart from food"
    return f"{FORM_LABELS[s.form]} {amount_ug(s.dose_ug)} {often}{food}"


# Foods -------------------------------------------------------------------------------------------


def food_b12(food: Food, weight_g: float) -> str:
    """A food's B12 in an amount: with 'added' where most of it is, 'not counted' where it is not relied on."""
    if food.b12_ug_per_100g is None:
        return "no value"
    said = amount_ug(food.b12_ug_per_100g * weight_g / 100)
    if not food.counted:
        return "not counted" if food.b12_ug_per_100g else "none"
    return f"{said} added" if food.added_ug_per_100g and food.added_ug_per_100g > food.b12_ug_per_100g / 2 else said


def scenario(s: Scenario) -> str:
    """A figure that would hold if something that cannot be known were so."""
    who = "If you are one of the 10 to 30 in 100 older people who take up little B12 bound in food"
    return f"{who}, usable B12 would be {band_ug(s.usable)} a day."


# Pages -------------------------------------------------------------------------------------------

ASK_FIRST: Final = "Ask a doctor, pharmacist or dietitian before you choose a supplement."


def forms(a: Assessment) -> str:
    """What the table of forms shows, and for whom."""
    need = f" {need_said(a)}".rstrip()
    return f"A large dose is taken up only in small part.{need} Forms that need a clinician are shown for information only."


def regimen(e: RegimenEffect, a: Assessment) -> str:
    """What a regimen gives this person, and whether it is enough."""
    need = "" if a.need_ug is None else f" of {need_ug(a.need_ug)} needed"
    advice = "" if e.advice == "self-care" else " Discuss it with a clinician or pharmacist first."
    return f"Usable {band_ug(e.usable)} a day{need}. Covers the need: {regimen_covers(e)}.{advice}"


def welcome(diet: Diet) -> str:
    """What an untouched example week is."""
    return f"An example week of {DIET_WHO[diet]}: change it to what you eat."


MENU: Final = "Pages and About me"
QUICK_LINK: Final = "Make it mine in a minute"
