"""What is offered: changes of food and supplement regimens, with the effect that the advice lets them claim."""

from __future__ import annotations

from typing import Final

from dashboard.advice.advise import Advice, Claim, FoodOffer, Who
from dashboard.advice.food_edits import Edit, Kind
from dashboard.advice.regimens import RegimenEffect
from dashboard.advice.suggest import Suggestion
from dashboard.estimate.adequacy import below
from dashboard.estimate.assess import Assessment
from dashboard.plan import MEALS, Supplement
from dashboard.tables.decisions import SpokenVerdict
from dashboard.words import FORM_LABELS, a_day, amount_ug, band_ug, dose_ug, grams, measured, need_said, need_ug, percent, plural
from dashboard.words.notices import beside
from dashboard.words.verdict import NOTHING_TO_JUDGE, ifs, verdict

NO_FOOD: Final = (
    "No everyday food in the table that fits your diet, where you shop, what you leave out and your meals brings a fair part of what "
    "is missing. "
    "Fortified foods with a label you trust or a supplement can; ask a pharmacist or dietitian."
)
NO_FOOD_ADDED: Final = (
    "No food with added B12 in the table fits your diet, where you shop, what you leave out and your meals. Food that holds B12 of its "
    "own is not suggested here, because your body may take up less of it. Ask a doctor, pharmacist or dietitian about a supplement."
)
NOT_OFFERED: Final = "No change of food is suggested here, because it is not what helps first."
NOTHING_MISSING: Final = "Nothing is missing: the plan meets its target."
NOTHING_MISSING_IF: Final = "Nothing seems to be missing, if {ifs}."
NOTHING_CLAIMED: Final = "The intake is not below the target. Whether that is enough for you, this app cannot say."
#: Where the verdict spoke the "if" right above.
NOTHING_MISSING_SAME_IF: Final = (
    "Nothing seems to be missing if the first line holds for you. Ask a doctor, pharmacist or dietitian whether it does."
)
NOTHING_MISSING_UNNAMED: Final = (
    "Nothing seems to be missing if the first line holds for you. If you have a condition or take a medicine, add it under “About me”: "
    "the figures can change."
)
RESTS_ON_SUPPLEMENT: Final = "It rests on your supplement."
KEEP_TREATMENT: Final = "Keep to the treatment you were given."

GAIN: Final = "+{amount} a day"
GAIN_USABLE: Final = "+{amount} usable a day"
EFFECT: Final = "{gain}{usable}{part}{energy}."
WITH_USABLE: Final = " ({amount} of it usable)"
BRINGS_PART: Final = ", which is {percent} of what is missing"
ENERGY: Final = ", {kcal:+.0f} kcal a day"
NO_MORE_ENERGY: Final = ", no more kcal"
STILL_MISSING: Final = "Still missing: {amounts} a day."
STILL_INTAKE: Final = "{amount} of intake"
STILL_USABLE: Final = "{amount} of usable B12"
STILL_BOTH: Final = "{intake} of intake and {usable} of usable B12"
ADD_BEST: Final = "Add"
ADD_BEST_HELP: Final = "Puts it into the plan"
NOTHING_STAYS: Final = "Nothing is missing then."
NOTHING_STAYS_IF: Final = "Nothing seems to be missing then, if {ifs}."
WHOLE_FROM: Final = 0.995

COVERS_CLINICIAN: Final = "a clinician decides"
COVERS_ALONE: Final = "on its own"
COVERS_WITH_FOOD: Final = "with today’s food"
#: Where even the low end reaches the need, and where only the middle does.
COVERS_YES: Final = "yes, {how}"
COVERS_LIKELY: Final = "likely, {how}"
COVERS_NOT: Final = "no"
#: Where the middle would reach the need, but the advice counts the low end.
COVERS_NOT_LOW: Final = "not at the low end of the estimate"
COVERS_IF: Final = "{answer}, if {ifs}"
REGIMEN: Final = "Usable {band}{need}. Enough: {covers}."
#: A figure whose source is still to be checked.
PROVISIONAL: Final = "{amount} (provisional)"
REGIMEN_NEED: Final = " of {need} needed"
ASK_FIRST: Final = "Ask a doctor, pharmacist or dietitian before you choose a supplement."
CLINICIAN_SETS: Final = "For information only: a clinician sets form and dose."
BEST_NEXT_STEP: Final = "Best next step: {change}, {gain}."
FORMS: Final = "A large dose is taken up only in small part. Forms that need a clinician are shown for information only."
INSTEAD_OF: Final = "Each is reckoned in place of what you take now ({taken}), not on top of it."

AMOUNT: Final = "{measure} ({weight})"
EVERY_DAY: Final = "every day"
SOME_DAYS: Final = "on {days} of the week"
ADD: Final = "{food}: {amount} at {meal}, {when}"
SWAP: Final = "Swap {old} for {food}: at {meal}, {when}"
SPLIT: Final = "{food}: half of it at {meal} instead of all at {from_meal}, {when}"
MOVE: Final = "{food} at {meal} instead of {from_meal}, {when}"


def edit(e: Edit, a: Assessment) -> str:
    """One change, as a person would say it."""
    when = EVERY_DAY if len(e.days) == len(a.days) else SOME_DAYS.format(days=plural(len(e.days), "day"))
    form = {Kind.ADD: ADD, Kind.SWAP: SWAP, Kind.SPLIT: SPLIT, Kind.MOVE: MOVE}[e.kind]
    return form.format(
        food=e.food.name,
        amount=_amount(e) if e.kind is Kind.ADD else "",
        old=e.replaces.name if e.replaces else "",
        meal=MEALS[e.meal],
        from_meal=MEALS[e.from_meal or 0],
        when=when,
    )


def _amount(e: Edit) -> str:
    """How much is added: the household measure and its weight."""
    said, weight = measured(e.portions, e.portion), grams(e.grams)
    return said if said == weight else AMOUNT.format(measure=said, weight=weight)


def suggestion(s: Suggestion, a: Assessment) -> str:
    """What to change and where: a sentence for each edit."""
    return ". ".join(edit(e, a) for e in s.edits)


def gain(s: Suggestion) -> str:
    """What a suggestion brings: '+1.2 µg a day', or what more of it is usable."""
    if s.intake_gain_ug > 0:
        return GAIN.format(amount=amount_ug(s.intake_gain_ug))
    return GAIN_USABLE.format(amount=amount_ug(s.usable_gain_ug))


def effect(s: Suggestion, advice: Advice) -> str:
    """The effect of a suggestion: µg, the part of what is missing, energy. What stays missing is :func:`stays_open`."""
    said = EFFECT.format(
        gain=gain(s),
        usable=WITH_USABLE.format(amount=amount_ug(s.usable_gain_ug)) if s.intake_gain_ug > 0 else "",
        part=BRINGS_PART.format(percent=percent(100 * s.closes_share)) if s.closes_share < WHOLE_FROM else "",
        energy=_energy(s),
    )
    return f"{said} {advice.market.label_note}" if s.fortified else said


def _energy(s: Suggestion) -> str:
    if s.energy_kcal is None:
        return ""
    return NO_MORE_ENERGY if round(s.energy_kcal) == 0 else ENERGY.format(kcal=s.energy_kcal)


def still_missing(intake_ug: float, usable_ug: float, advice: Advice) -> str:
    """What stays missing after a change; that nothing does only where that may be claimed. [µg/day]"""
    intake, usable = (amount_ug(missing) if missing else "" for missing in (intake_ug, usable_ug))
    if intake and usable:
        return STILL_MISSING.format(amounts=STILL_BOTH.format(intake=intake, usable=usable))
    if intake or usable:
        form = STILL_INTAKE if intake else STILL_USABLE
        return STILL_MISSING.format(amounts=form.format(amount=intake or usable))
    permission = advice.claim(Claim.NOTHING_OPEN)
    if not permission.may:
        return ""
    return NOTHING_STAYS_IF.format(ifs=ifs(permission, advice)) if permission.only_if else NOTHING_STAYS


def stays_open(s: Suggestion, advice: Advice) -> str:
    """What a suggestion leaves missing, in intake and in usable terms; rounded as reference values are."""
    return still_missing(s.open_ug, s.usable_open_ug, advice)


def nothing_missing(advice: Advice) -> bool:
    """Whether neither intake nor usable B12 is below what is needed."""
    return "meets-target" in advice.facts and "usable-below" not in advice.facts


def nothing_to_suggest(advice: Advice) -> str:
    """Why there is no food suggestion, and what can help."""
    a = advice.assessment
    if not advice.plans or a.target is None or advice.verdict.value in NOTHING_TO_JUDGE:
        return verdict(advice)
    if advice.foods is FoodOffer.NO:
        return NOT_OFFERED
    if nothing_missing(advice):
        return _nothing_missing(advice)
    return NO_FOOD_ADDED if advice.foods is FoodOffer.ADDED_ONLY else NO_FOOD


def _nothing_missing(advice: Advice) -> str:
    """That nothing is missing as far as it may be said, and what that rests on."""
    permission = advice.claim(Claim.NOTHING_OPEN)
    if not permission.may:
        said = NOTHING_CLAIMED
    elif permission.only_if:
        said = NOTHING_MISSING_IF.format(ifs=ifs(permission, advice))
    else:
        said = NOTHING_MISSING
    return " ".join(filter(None, (said, _what_it_rests_on(advice))))


def _what_it_rests_on(advice: Advice) -> str:
    """The treatment or supplement without which something would be missing; empty where there is none."""
    if "given" in advice.facts:
        return KEEP_TREATMENT
    return RESTS_ON_SUPPLEMENT if advice.rests_on_supplement else ""


def regimen_covers(e: RegimenEffect, advice: Advice) -> str:
    """Whether a regimen reaches the need, as far as the app may say."""
    if e.covers_need_alone is None:
        return COVERS_CLINICIAN
    need = advice.assessment.need_ug
    if not e.covers_need_alone and not e.covers_with_diet:
        middle = max(e.usable.value, e.usable_with_diet.value)
        return COVERS_NOT_LOW if advice.at_low_end and need is not None and not below(middle, need) else COVERS_NOT
    how, usable = (COVERS_ALONE, e.usable) if e.covers_need_alone else (COVERS_WITH_FOOD, e.usable_with_diet)
    answer = (COVERS_LIKELY if need is not None and below(usable.low, need) else COVERS_YES).format(how=how)
    permission = advice.claim(Claim.COVERS)
    return COVERS_IF.format(answer=answer, ifs=ifs(permission, advice)) if permission.only_if else answer


def regimen(e: RegimenEffect, advice: Advice) -> str:
    """What a regimen gives this person, and whether it is enough."""
    target = advice.assessment.target
    may_compare = advice.claim(Claim.COVERS).may and target is not None and target.need_ug is not None
    need = REGIMEN_NEED.format(need=need_ug(target.need_ug)) if may_compare and target and target.need_ug else ""
    band = a_day(band_ug(e.usable))
    said = REGIMEN.format(
        band=PROVISIONAL.format(amount=band) if e.regimen.provisional else band, need=need, covers=regimen_covers(e, advice)
    )
    whom = {Who.SELF_CARE: "", Who.DISCUSS_FIRST: ASK_FIRST, Who.CLINICIAN: CLINICIAN_SETS}[Who(e.advice)]
    return f"{said} {whom}".rstrip()


def no_plans(advice: Advice) -> str:
    """What stands where the plans to choose from would: the rules that decide how they are shown, not those that a stricter one overrules.

    Empty for whom nothing has to be asked first.
    """
    told = [rule.text for rule in advice.rules if "regimens" in rule.decides and rule.value == advice.regimens and rule.text]
    return " ".join(dict.fromkeys(told)) or ("" if advice.who is Who.SELF_CARE else ASK_FIRST)


def next_step(best: Suggestion | None, advice: Advice) -> str:
    """The one step: what leads, or the best change of food, or why there is none."""
    if advice.before_foods:
        return f"{advice.before_foods.text.partition('. ')[0]}."
    if best is None:
        return nothing_to_suggest(advice)
    return BEST_NEXT_STEP.format(change=suggestion(best, advice.assessment), gain=gain(best))


def step_in_card(best: Suggestion | None, advice: Advice) -> str:
    """The one step below the verdict and its strongest caveat, where neither is said again; empty where they say what to do.

    An "if" that the verdict spoke is pointed at, and a lead that something told beside the figures begins with goes on with what
    to do.
    """
    if not advice.plans:
        return ""
    if lead := advice.before_foods:
        first, _, rest = lead.text.partition(". ")
        told = rest and any(notice.text.startswith(first) for notice in beside(advice))
        talk = f"{advice.leading.text.partition('. ')[0]}." if advice.leading and advice.leading is not lead else ""
        return f"{talk} {rest if told else f'{first}.'}".strip()
    if best is None and advice.foods is not FoodOffer.NO and nothing_missing(advice) and _verdict_spoke_the_ifs(advice):
        form = NOTHING_MISSING_UNNAMED if "uptake-as-usual" in advice.facts else NOTHING_MISSING_SAME_IF
        return " ".join(filter(None, (form, _what_it_rests_on(advice))))
    step = next_step(best, advice)
    return "" if step == verdict(advice) else step


def _verdict_spoke_the_ifs(advice: Advice) -> bool:
    """Whether the verdict's sentence holds every "if" that "nothing is missing" needs."""
    meets, nothing_open = advice.claim(Claim.MEETS), advice.claim(Claim.NOTHING_OPEN)
    spoken = advice.verdict.value == SpokenVerdict.MEETS and meets.may and nothing_open.may
    return spoken and bool(nothing_open.only_if) and set(nothing_open.only_if) <= set(meets.only_if)


def forms(advice: Advice) -> str:
    """What the table of forms shows, and for whom."""
    said = [FORMS, need_said(advice.assessment)]
    taken = advice.assessment.swallowed_supplements
    if taken and advice.may_choose:
        said.append(INSTEAD_OF.format(taken="; ".join(supplement(s) for s in taken)))
    return " ".join(sentence for sentence in said if sentence)


_OFTEN_DAILY: Final = {1: "daily", 2: "twice a day"}


def supplement(s: Supplement) -> str:
    """A supplement of the plan, in words."""
    per_week = s.times_per_week
    if per_week and per_week % 7 == 0:
        often = _OFTEN_DAILY.get(round(per_week / 7), f"{per_week / 7:.0f} times a day")
    elif per_week >= 1:
        often = f"{per_week:g} × a week"
    else:
        often = f"every {1 / per_week:.3g} weeks" if per_week else "never"
    food = "" if s.given else ", with food" if s.with_food else ", apart from food"
    return f"{FORM_LABELS[s.form]} {dose_ug(s.dose_ug)} {often}{food}"
