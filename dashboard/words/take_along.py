"""The sentences of the page "Take it with me": link and file."""

from __future__ import annotations

from typing import Final

from dashboard.plan import Plan
from dashboard.words import day_list

TAKE_TITLE: Final = "Take it with me"
QR_TOO_LONG: Final = "This plan is too long for a QR code. Copy the link or save the file instead."
PLAN_KEPT: Final = "The plan on screen is the one you had before."


def link_holds(plan: Plan, with_conditions: bool, length: int) -> str:
    """What the link carries, before it is shared."""
    person = plan.person
    health = ["conditions", "medicines"] if with_conditions and person.conditions else []
    parts = ["age", "life stage", "diet", "what you leave out", *health, "foods", "supplements"]
    without = "" if health else " It holds no conditions or medicines."
    return f"The link holds {day_list(parts)}, and no name. Anyone who has it can read that.{without} It is {length:,} characters long."
