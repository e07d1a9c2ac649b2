"""The answer in one line, for the pages that are not the answer itself.

It is never more reassuring than the verdict on the Plan page: it comes from the same Advice, and each short form keeps the
strongest caveat of the long one. An "if" is kept word for word.
"""

from __future__ import annotations

from typing import Final

from dashboard.advice.advise import Advice, Claim
from dashboard.estimate.adequacy import UsableVerdict
from dashboard.words import amount_ug, target_kind
from dashboard.words.verdict import VERDICTS, ifs

#: Verdict -> the short form. ``gap`` is what is missing, ``kind`` whose value it is compared with.
SHORT: Final = {
    "not-planned": VERDICTS["not-planned"],
    "help-first": "Please read the warning first.",
    "uptake-decides": "Uptake decides here, not intake: a clinician decides what is enough.",
    "team-decides": "Your clinical team decides what is enough, not this figure.",
    "nothing-entered": "Nothing to compare yet.",
    "foods-left-out": "Nothing to compare: every food is left out for now.",
    "nothing-eaten": "Nothing to compare: nothing was eaten on the days entered.",
    "nothing-known": "Nothing to compare: no food has a B12 value.",
    "no-target": "No target for this age and life stage.",
    "below-treated": "{gap}, counting only what is swallowed. Your clinician decides what is enough.",
    "no-dependable-source": "{gap}, and no dependable source of B12.",
    "unclear-unknown": "{gap}. No conclusion: foods without a B12 value.",
    "below-test-first": "{gap}. Whether your body takes it up is not known: a blood test comes first.",
    "below-ai-usable-short": "{gap}, and your body takes up too little.",
    "below-ai-usable-may-be-short": "{gap}, and your body may take up less than you need.",
    "below-ai-expecting": "{gap}. Your midwife or doctor says what is enough.",
    "below-ai-unreliable": "{gap}, and not from a reliable source.",
    "below-ai": "{gap}, which need not be too little.",
    "unclear-days": "{gap}, on fewer than three days.",
    "unclear-incomplete": "{gap}. No conclusion: the record looks incomplete.",
    "too-low": "{gap}: likely too low.",
    "may-be-too-low": "{gap}: may be too low.",
    "meets-test-first": "Meets the {kind}, but whether your body takes it up is not known: a blood test comes first.",
    "meets-unreliable": "Meets the {kind}, but not from a reliable source.",
    "meets-few-days": "Meets the {kind}, but on fewer than three days.",
    "meets-usable-short": "Meets the {kind}, but your body takes up too little of it.",
    "meets-usable-unclear": "Meets the {kind}, but how much of it your body takes up is not clear.",
    "meets-usable-may-be-short": "Meets the {kind}, but your body may take up less of it than you need.",
    "meets-treated": "Meets the {kind}, but your clinician decides what is enough.",
    "meets-expecting": "Meets the {kind}, but your midwife or doctor says what is enough.",
    "meets": "Meets the {kind}, which is likely enough.",
}
SHORT_IF: Final = {
    "meets": "Meets the {kind}. That is likely enough only if {ifs}.",
    "below-ai": "{gap}, which need not be too little if {ifs}.",
}
MEETS_USABLE: Final = "Meets the {kind}. How much of it your body takes up is less sure: see Plan."
GAP: Final = "{amount} short of the {kind}"
GAP_AT_MOST: Final = "At most {amount} short of the {kind}"


def quiet_line(advice: Advice) -> str:
    """How the intake stands to the target, with its strongest caveat, in one short sentence."""
    a, spoken = advice.assessment, advice.verdict.value
    said = SHORT[spoken]
    if a.target is None:
        return said
    conditional = ifs(advice.claim(Claim.MEETS), advice)
    if conditional and spoken in SHORT_IF:
        said = SHORT_IF[spoken]
    elif spoken == "meets" and advice.usable_verdict is not UsableVerdict.MEETS:
        said = MEETS_USABLE
    form = GAP_AT_MOST if a.at_least else GAP
    gap = form.format(amount=amount_ug(a.shortfall_ug), kind=target_kind(a.target))
    return said.format(gap=gap[0].upper() + gap[1:], kind=target_kind(a.target), ifs=conditional)
