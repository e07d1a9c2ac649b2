"""The verdict as one card: the answer, what is beside it, and the strongest caveat. A change in it is spoken by screen readers."""

from __future__ import annotations

from html import escape

from dashboard.advice.advise import Advice
from dashboard.estimate.adequacy import UsableVerdict, Verdict
from dashboard.tables.decisions import Claim
from dashboard.words import notices
from dashboard.words import verdict as said


def tone(advice: Advice) -> str:
    """The colour of the card's edge: enough and short as everywhere, and neither where nothing is concluded."""
    if not advice.plans:
        return "open"
    if advice.intake_verdict is Verdict.MEETS:
        permission = advice.claim(Claim.MEETS)
        sure = advice.usable_verdict is UsableVerdict.MEETS and permission.may and not permission.only_if
        return "enough" if sure else "open"
    return "open" if advice.intake_verdict is Verdict.NO_CONCLUSION else "short"


def html(advice: Advice, more: str = "") -> str:
    """The card. ``more``: a line of HTML below it, escaped already."""
    lines = "".join(f'<div class="b12-line">{escape(line)}</div>' for line in said.lines(advice))
    strongest = notices.strongest(advice)
    caveat = f'<div class="b12-line b12-caveat">{escape(strongest.text)}</div>' if strongest else ""
    return f'<div class="b12-card b12-{tone(advice)}" role="status">{lines}{caveat}{more}</div>'
