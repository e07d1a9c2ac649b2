"""The sentences of the page "What would help?": changes, forms, one dose, equivalents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from dashboard.advice.advise import Advice, Claim, FoodOffer
from dashboard.advice.changes import Change, Way
from dashboard.advice.regimens import RegimenEffect
from dashboard.advice.suggest import Suggestion
from dashboard.estimate.assess import Assessment
from dashboard.estimate.equivalents import DoseUptake, Equivalent, OccasionUptake
from dashboard.plan import MEALS
from dashboard.tables.science import Band
from dashboard.words import (
    ADVICE_LABELS,
    FORM_LABELS,
    amount_ug,
    band_ug,
    need_label,
    need_said,
    need_ug,
    percent,
    plural,
    short_day,
)
from dashboard.words.offers import PROVISIONAL, edit, forms, still_missing, suggestion, supplement

CHANGES_TITLE: Final = "Change the week in one of four ways"
FORMS_TITLE: Final = "What would each form give you?"
DOSE_TITLE: Final = "How much of one dose can you use?"
EQUIVALENTS_TITLE: Final = "Which doses come to the same?"

ADDED: Final = "Added to your plan."
UNDO: Final = "Undo"
IN_PLAN: Final = "In your plan"
ADD: Final = "Add"
NOT_FOR_ME: Final = "Not for me"
NOT_FOR_ME_HELP: Final = "This food is not suggested again. The Plan keeps that, and so does its link."
PROPOSE: Final = "Make it my proposal"
PROPOSE_HELP: Final = "Keeps the week as it is now to compare with, then makes the change"
WITH_FOOD: Final = "Taken with food"
DOSE: Final = "One dose"
OFTEN: Final = "How often"
PICK_FOODS: Final = "Pick the foods on this page, or on the Plan page."
DISLIKED: Final = "Not suggested, because you said so: "
OFFER_AGAIN: Final = "Suggest it again"
BEFORE_AFTER: Final = "Show the week before and after"
BEFORE: Final = "Before"
AFTER: Final = "After"
FORMS_NO_LINE: Final = (
    "What each form would give is shown for information only. No line of need is drawn, because for you the figures "
    "cannot say what is enough: a clinician decides on form, dose and blood tests."
)
INSTEAD: Final = "The plan meets its target as it is. These are to compare with, or to have in place of what is taken now, not on top."
NO_DOSE: Final = "no dose comes to the same"
DOSE_AXIS: Final = "One dose, µg"
ABSORBED_AXIS: Final = "Usable, µg"
PERCENT_AXIS: Final = "Usable, %"
USABLE_AXIS: Final = "Usable, µg a day"
YOURS: Final = "You"
YOURS_BAND: Final = "You, low to high"
HEALTHY: Final = "Healthy adult"
OCCASIONS: Final = "Your meals and doses"
WHO_LABELS: Final = {"self-care": "you can choose it", "discuss-first": "ask first", "clinician": "a clinician decides"}
OTHERS_TITLE: Final = "Other ways that fit ({count})"
#: In a folded part that stays in its place after something was added.
NOTHING_NOW: Final = "There is nothing more to show for the plan as it is now. Undo brings back what stood here."
#: Where nothing else is offered, and what leads is no offer.
FOODS_ONLY_TITLE: Final = "Foods that bring more ({count})"
FORMS_FILTER: Final = "Show"
EVERY_FORM: Final = "All"
WHO_CHOICES: Final = {
    "": EVERY_FORM,
    "self-care": "What you can choose",
    "discuss-first": "What to ask about first",
    "clinician": "What a clinician decides",
}
FORM_CHOICES: Final = {"": EVERY_FORM, **FORM_LABELS}
KIND_FILTER: Final = "Form"
SORTED_BY: Final = "Sorted by"
SORTS: Final = {"enough": "Enough first", "usable": "Most usable", "seldom": "Fewest doses", "dose": "Smallest dose a week"}
NO_FORM: Final = "No form fits both choices. Take one of them away."

WAY_LABELS: Final = {
    Way.FOOD: "By food",
    Way.FORTIFIED: "By fortified food",
    Way.TABLET: "By tablet",
    Way.LEAST: "As little change as possible",
}
_NO_WAY: Final = {
    Way.FOOD: "No food with B12 of its own that fits your diet and these meals brings a fair part of what is missing.",
    Way.FORTIFIED: "No fortified food of the table that fits brings a fair part of what is missing.",
    Way.TABLET: "No tablet of the table may be chosen here without a clinician.",
    Way.LEAST: "No change of food that fits brings a fair part of what is missing.",
}
_NO_WAY_ADDED_FIRST: Final = "Food that holds B12 of its own is not proposed here, because your body may take up less of it."
#: Frequencies as they are said, by times a week.
OFTEN_LABELS: Final = {21.0: "3 times a day", 14.0: "twice a day", 7.0: "every day", 2.0: "twice a week", 1.0: "once a week"}


def first_of_all(advice: Advice) -> str:
    """What leads for this person: the first sentence of each rule stands out."""
    said = []
    for rule in advice.leads:
        lead, dot, rest = rule.text.partition(". ")
        said.append(f"**{lead}{dot.strip()}** {rest}")
    return "\n\n".join(said)


def card(s: Suggestion, a: Assessment) -> list[str]:
    """The edits of a suggestion, a line each."""
    if len(s.edits) == 1:
        return [suggestion(s, a)]
    return [f"{n}. {edit(e, a)}" for n, e in enumerate(s.edits, 1)]


def change(c: Change, advice: Advice) -> str:
    """What a plan of change asks for."""
    a = advice.assessment
    if c.way is Way.FOOD and c.suggestion is None and advice.foods is FoodOffer.ADDED_ONLY:
        return _NO_WAY_ADDED_FIRST
    if c.suggestion:
        listed = "\n".join(card(c.suggestion, a))
        return listed if len(c.suggestion.edits) > 1 else f"{listed}."
    if c.regimen:
        return f"{c.regimen.regimen.label}."
    return _NO_WAY[c.way]


def change_effect(c: Change, advice: Advice) -> str:
    """Intake and usable B12 before and after, what stays open, and how much of the week changes."""
    if c.after is None:
        return ""
    a = advice.assessment
    before = f"Intake from {amount_ug(a.intake_ug)} to {amount_ug(c.after.intake_ug)} a day"
    usable = f"usable from {amount_ug(a.usable.value)} to {band_ug(c.after.usable)}"
    week = "no meal changes" if not c.occasions_changed else f"{plural(c.occasions_changed, 'meal')} of {len(a.days) * len(MEALS)} changed"
    return f"{before}, {usable}; {week}. {still_missing(c.after.shortfall_ug, c.after.usable_shortfall_ug, advice)}"


def change_advice(c: Change) -> str:
    """A reminder to talk a supplement over first, where that is called for."""
    return (
        f"{ADVICE_LABELS['discuss-first']}: with a doctor, pharmacist or dietitian."
        if c.regimen and c.regimen.advice != "self-care"
        else ""
    )


def alt_before_after(before: Assessment, after: Assessment) -> str:
    """Text alternative of the week before and after."""
    days = zip(before.days, after.days, strict=True)
    return "Intake by day before and after: " + ", ".join(
        f"{short_day(b.name)} {amount_ug(b.intake_ug)} then {amount_ug(c.intake_ug)}" for b, c in days
    )


def forms_intro(advice: Advice) -> str:
    """What stands above the comparison of forms: the need and what each stands for, or that no line is drawn."""
    return forms(advice) if advice.claim(Claim.COVERS).may else FORMS_NO_LINE


def alt_forms(effects: Iterable[RegimenEffect], advice: Advice) -> str:
    """Text alternative of the chart of forms."""
    need = f", {need_line(advice)}" if need_line(advice) else ""
    return f"Usable B12 a day by form{need}: " + ", ".join(f"{e.regimen.label} {amount_ug(e.usable.value)}" for e in effects)


def need_line(advice: Advice) -> str:
    """What the line in the chart of forms is, and whose; empty where nothing may be said to cover the need."""
    target = advice.assessment.target
    if target is None or target.need is None or not advice.claim(Claim.COVERS).may:
        return ""
    return f"need {need_ug(target.need.ug)}, {need_label(target.need)}"


def doses_per_year(count: float) -> str:
    """How many doses a year."""
    return f"{count:,.0f}"


def dose_response(person: Sequence[DoseUptake], healthy: Sequence[DoseUptake], a: Assessment) -> str:
    """What the picture of one dose says."""
    most = max(person, key=lambda r: r.dose_ug)
    least = min(person, key=lambda r: r.dose_ug)
    first = (
        f"Of a dose of {amount_ug(least.dose_ug)} the body takes up about {percent(least.percent)}, "
        f"of {amount_ug(most.dose_ug)} about {percent(most.percent, 1)}. "
        "So small amounts spread over the day give more than one large amount."
    )
    if a.levers.no_intrinsic_factor:
        first = (
            "Without intrinsic factor the body takes up only a trace: about 1 part in 100 of a large dose, "
            "less with food, and next to nothing of a small one."
        )
    marks = " The marks are your meals and doses: B12 bound in food follows a curve of its own, so they can lie off the line."
    if all(abs(p.usable.value - h.usable.value) < 0.005 for p, h in zip(person, healthy, strict=True)):
        own = "Your own curve is that of healthy adults: no answer of yours is known to lower uptake of added B12 by a set amount."
        return f"{first} {own}{marks}"
    return f"{first} The dashed curve is that of healthy adults.{marks}"


def alt_dose(person: Sequence[DoseUptake], eaten: Sequence[OccasionUptake]) -> str:
    """Text alternative of the picture of one dose."""
    shown = [r for n, r in enumerate(person) if n % 16 == 0]
    curve = ", ".join(f"{amount_ug(r.dose_ug)} gives {amount_ug(r.usable.value)} ({percent(r.percent, 1)})" for r in shown)
    return f"Uptake from one dose: {curve}. {plural(len(eaten), 'occasion')} of the plan marked."


def eating(e: OccasionUptake, a: Assessment) -> str:
    """An occasion of the plan by name."""
    if e.supplement:
        return supplement(e.supplement)
    return f"{a.days[e.day or 0].name}, {MEALS[e.meal or 0]}"


def often(times_per_week: float) -> str:
    """A frequency."""
    return OFTEN_LABELS.get(times_per_week, f"{times_per_week:g} times a week")


def equivalents(dose_ug: float, times_per_week: float, usable: Band, same: Iterable[Equivalent], advice: Advice) -> str:
    """A dose, and the doses at other frequencies that give about the same."""
    others = [
        f"{amount_ug(e.dose_ug)} {often(e.times_per_week)}" for e in same if e.dose_ug is not None and e.times_per_week != times_per_week
    ]
    gives = f"{amount_ug(dose_ug)} {often(times_per_week)} gives about {band_ug(usable)} usable a day"
    about = f", about the same as {', or '.join(others)}" if others else ""
    need = need_said(advice.assessment) if need_line(advice) else ""
    return f"{gives}{about}. {need}".rstrip()


YES: Final = "yes"
NO: Final = "no"


def usable_of_form(e: RegimenEffect) -> str:
    """What a form brings a day, and whether its figure still has to be checked."""
    return PROVISIONAL.format(amount=band_ug(e.usable)) if e.regimen.provisional else band_ug(e.usable)
