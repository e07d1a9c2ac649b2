"""The verdict: how intake and usable B12 stand to target and need, in the words that the advice allows.

The rules of advice_rules.csv decide which verdict may be spoken and with which "if"; here it is only phrased.
"""

from __future__ import annotations

from typing import Final

from dashboard.advice.advise import CLINICIAN_JUDGES, Advice, Claim, Permission
from dashboard.estimate.adequacy import UsableVerdict
from dashboard.estimate.assess import Assessment
from dashboard.estimate.reference import Target
from dashboard.tables.decisions import SpokenVerdict
from dashboard.tables.rules import AdviceRule
from dashboard.words import (
    a_day,
    amount_ug,
    band_ug,
    days_left_out,
    given,
    intake,
    need_ug,
    number,
    plural,
    since,
    target_kind,
    target_label,
    unknown,
)

#: Verdict -> the sentence. ``gap`` is what is missing, ``target`` whose value it is, ``unknown`` the foods without a value.
VERDICTS: Final = {
    "not-planned": "This app does not plan for babies under 1 year. Ask your midwife, health visitor, doctor or dietitian.",
    "help-first": "Intake is not what matters first here: please read the warning.",
    "uptake-decides": (
        "What matters here is uptake, not intake: the body takes up hardly any B12 from food or tablets. "
        "Treatment for life is arranged with a clinician, who decides what is enough."
    ),
    "team-decides": (
        "After an operation like yours a figure for intake cannot say what is enough. "
        "Your clinical team decides that, with regular blood tests."
    ),
    "nothing-entered": "No food has been entered yet, so there is nothing to compare.",
    "foods-left-out": "Every food of this plan is left out for now, so there is nothing to compare. Put foods back to see what they bring.",
    "nothing-eaten": "Nothing was eaten on the days entered, so there is no usual day to compare.",
    "nothing-known": "What these days bring is not known, so there is nothing to compare: {unknown}",
    "no-target": "There is no target for this age and life stage in the chosen reference set.",
    "below-treated": (
        "{gap}, counting only what is swallowed. With an injection or nasal spray in the plan, your clinician decides what is enough."
    ),
    "no-dependable-source": "{gap}. That is less than half of it, and the days entered hold no dependable source of B12.",
    "unclear-unknown": "{gap}. No conclusion yet: {unknown}",
    "below-test-first": "{gap}. Whether your body takes up what you eat is not known: a blood test comes first.",
    "below-ai-usable-short": "{gap}, and your body takes up too little of the intake, even at the high end of the estimate.",
    "below-ai-usable-may-be-short": "{gap}, and your body may take up less of the intake than you need.",
    "below-ai-expecting": "{gap}. Whether that is enough for you and your baby, your midwife or doctor says.",
    "below-ai-unreliable": "{gap}, and not from what vegan guidance counts as a reliable source of B12.",
    "below-ai": "{gap}. This value is meant to be enough for nearly everybody; less than it need not be too little.",
    "unclear-days": "{gap}, on the days entered. Fewer than three days say little about what is usual.",
    "unclear-incomplete": "{gap}. No conclusion yet: the record looks incomplete.",
    "too-low": "{gap}: the recorded intake is likely too low.",
    "may-be-too-low": "{gap}: the recorded intake may be too low.",
    "meets-test-first": "The intake meets {target}. Whether your body takes it up is not known: a blood test comes first.",
    "meets-unreliable": "The intake meets {target}, but not from what vegan guidance counts as a reliable source of B12.",
    "meets-few-days": "The intake meets {target} on the {days} entered. Fewer than three days say little about what is usual.",
    "meets-usable-short": "The intake meets {target}, but your body takes up too little of it, even at the high end of the estimate.",
    "meets-usable-unclear": "The intake meets {target}. How much of it your body takes up is not clear: {unknown}",
    "meets-usable-may-be-short": "The intake meets {target}, but your body may take up less of it than you need.",
    "meets-treated": "The intake meets {target}. With an injection or nasal spray in the plan, your clinician decides what is enough.",
    "meets-expecting": "The intake meets {target}. Whether that is enough for you and your baby, your midwife or doctor says.",
    "meets": "The intake meets {target}, which is likely enough.",
}
#: Verdicts that say that nothing can be judged: no figure and no day is held against anything beside them.
NOTHING_TO_JUDGE: Final = (
    SpokenVerdict.NOTHING_ENTERED,
    SpokenVerdict.FOODS_LEFT_OUT,
    SpokenVerdict.NOTHING_EATEN,
    SpokenVerdict.NOTHING_KNOWN,
)
#: The same where a claim holds only under an "if".
VERDICTS_IF: Final = {
    "meets": "The intake meets {target}. That is likely enough if {ifs}.",
    "below-ai": "{gap}. This value is meant to be enough for nearly everybody; less than it need not be too little if {ifs}.",
}
GAP: Final = "{amount} short of the {kind} of {target} µg on a usual day"
GAP_AT_MOST: Final = "At most {amount} short of the {kind} of {target} µg on a usual day"
JOIN_IFS: Final = "{first}, and if {rest}"

USABLE_PLAIN: Final = "Usable: {band}."
USABLE_CLINICIAN: Final = "Usable: {band}. A clinician decides what is enough."
USABLE_URGENT: Final = "Usable: {band}. How well it works in the body cannot be seen here."
USABLE_NONE: Final = "Usable: none. You need about {need} a day: {stands}."
USABLE: Final = "Usable: {band}. You need about {need} of that: {stands}."
USABLE_IOMS: Final = "Usable: {band}. You need about {need} of that (the need behind the US values): {stands}."
STANDS: Final = {
    UsableVerdict.SHORT: "too little even at the high end",
    UsableVerdict.MAY_BE_SHORT: "it may be too little",
    UsableVerdict.MEETS: "likely enough",
    UsableVerdict.NO_CONCLUSION: "no conclusion",
}
STANDS_IF: Final = "likely enough if {ifs}"
#: Where the verdict above spoke the "if".
BESIDE_FIGURE: Final = "· target {target} µg"
NO_TARGET_BESIDE: Final = "· no target for this age"
BAR_ALT: Final = "{intake} against a target of {target} µg ({whose})"
STANDS_SAME_IF: Final = "likely enough if the same holds"


def named(a: Assessment) -> str:
    """The conditions and medicines that may lower uptake by more than is counted, as the person knows them."""
    return "; ".join(c.label for c in a.conditions if c.unknown_effect or c.release_factor.value < 1)


def clause(rule: AdviceRule, advice: Advice) -> str:
    """The text of a row, with the person's own conditions in it."""
    return rule.text.replace("{conditions}", named(advice.assessment))


def ifs(permission: Permission, advice: Advice) -> str:
    """Every "if" of a permission as one clause; empty where it has none."""
    clauses = [clause(rule, advice) for rule in permission.only_if]
    if len(clauses) <= 1:
        return "".join(clauses)
    return JOIN_IFS.format(first=", if ".join(clauses[:-1]), rest=clauses[-1])


def _gap(a: Assessment, target: Target) -> str:
    form = GAP_AT_MOST if a.at_least else GAP
    said = form.format(amount=amount_ug(a.shortfall_ug), kind=target_kind(target), target=number(target.intake_ug))
    return said[0].upper() + said[1:]


def verdict(advice: Advice) -> str:
    """How the intake stands to the target, with every caveat that could turn it in the sentence itself."""
    a, spoken = advice.assessment, advice.verdict.value
    said = VERDICTS[spoken]
    if a.target is None:
        return said
    conditional = ifs(advice.claim(Claim.MEETS), advice)
    if conditional:
        said = VERDICTS_IF.get(spoken, said)
    whose = f"the {target_kind(a.target)} of {number(a.target.intake_ug)} µg"
    return said.format(gap=_gap(a, a.target), target=whose, unknown=unknown(a), ifs=conditional, days=plural(a.days_entered, "day"))


def usable(advice: Advice) -> str:
    """Usable B12 with its band, against the need in absorbed terms; empty where nothing is known that could bring any."""
    a = advice.assessment
    if a.usable_unknown:
        return ""
    band = a_day(band_ug(a.usable))
    if advice.verdict.value in CLINICIAN_JUDGES:
        return USABLE_CLINICIAN.format(band=band)
    if advice.urgent:
        return USABLE_URGENT.format(band=band)
    if not advice.plans or a.target is None or a.target.need_ug is None:
        return USABLE_PLAIN.format(band=band)
    form = USABLE_IOMS if a.target.need_is_ioms else USABLE if a.usable.high else USABLE_NONE
    return form.format(band=band, need=need_ug(a.target.need_ug), stands=_stands(advice))


def _stands(advice: Advice) -> str:
    if advice.usable_verdict is not UsableVerdict.MEETS:
        return STANDS[advice.usable_verdict]
    permission = advice.claim(Claim.MEETS)
    if not permission.only_if:
        return STANDS[UsableVerdict.MEETS]
    return STANDS_SAME_IF if advice.verdict.value in VERDICTS_IF else STANDS_IF.format(ifs=ifs(permission, advice))


def lines(advice: Advice) -> tuple[str, ...]:
    """What stands at the head of every answer after the figure: the verdict, what is not in it, usable B12."""
    a, said = advice.assessment, verdict(advice)
    beside = [sentence for sentence in (unknown(a), days_left_out(a), given(a)) if sentence and sentence not in said]
    return tuple(line for line in (said, *beside, usable(advice) if advice.plans else "") if line)


def headline(advice: Advice) -> str:
    """Intake, target, verdict and usable B12 in a few lines of text."""
    a = advice.assessment
    against = f" against {number(a.target.intake_ug)} µg ({target_label(a.target)})" if compared_with(advice) and a.target else ""
    said = intake(a)
    return "\n".join((f"{said[0].upper()}{said[1:]}{against}.", *lines(advice)))


def compared_with(advice: Advice) -> Target | None:
    """The reference value that intake is shown against; None where there is none, or where the app plans for nobody."""
    return advice.assessment.target if advice.plans else None


def beside_figure(target: Target | None) -> str:
    """What stands beside the figure of the headline."""
    return BESIDE_FIGURE.format(target=number(target.intake_ug)) if target else NO_TARGET_BESIDE


def bar_alt(a: Assessment, before: Assessment | None) -> str:
    """Text alternative of the headline's bar; empty where there is no target."""
    if a.target is None:
        return ""
    said = BAR_ALT.format(intake=intake(a), target=number(a.target.intake_ug), whose=target_label(a.target))
    return f"{said}. {since(a, before)}" if before else said
