"""What has to be told beside the figures: notices by their level, gravest first."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.advice.advise import Advice
from dashboard.words import band_ug, scenario


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. ``level`` is urgent, clinician, discuss or info."""

    level: str
    text: str


def notices(advice: Advice) -> tuple[Notice, ...]:
    """Flags in the order of their gravity, then the figures that would hold if something were so that cannot be known."""
    a = advice.assessment
    # A figure that would be the same says nothing, and is read as a warning.
    moves = [s for s in a.scenarios if advice.plans and band_ug(s.usable) != band_ug(a.usable)]
    return (*(Notice(f.level, f.text) for f in advice.flags), *(Notice("info", scenario(s)) for s in moves))


def urgent(advice: Advice) -> tuple[Notice, ...]:
    """What cannot wait: it stands above every figure."""
    return tuple(notice for notice in notices(advice) if notice.level == "urgent")


def beside(advice: Advice) -> tuple[Notice, ...]:
    """What is told beside the figures."""
    return tuple(notice for notice in notices(advice) if notice.level != "urgent")


def before_offers(advice: Advice) -> tuple[Notice, ...]:
    """What has to be read before something is chosen: what calls for a clinician or for talking it over."""
    return tuple(notice for notice in beside(advice) if notice.level != "info")


def after_offers(advice: Advice) -> tuple[Notice, ...]:
    """What is good to know beside what is offered, and would otherwise stand between what leads and the first card."""
    return tuple(notice for notice in beside(advice) if notice.level == "info")


def strongest(advice: Advice) -> Notice | None:
    """The one notice that belongs to the verdict itself: the gravest that calls for a clinician or for talking it over.

    None for whom the app does not plan: there the verdict says whom to ask.
    """
    return next((notice for notice in beside(advice) if notice.level != "info"), None) if advice.plans else None


def below_card(advice: Advice) -> tuple[Notice, ...]:
    """What is told below the verdict's card, where its strongest caveat, or whom to ask, stands already."""
    in_card = strongest(advice)
    return tuple(n for n in beside(advice) if n != in_card and (advice.plans or n.level != "clinician"))
