"""The sentences of the page "Share and print": link and file."""

from __future__ import annotations

from typing import Final

from dashboard.plan import Plan
from dashboard.words import day_list

TAKE_TITLE: Final = "Share and print"
QR_TOO_LONG: Final = "This plan is too long for a QR code. Copy the link or save the file instead."
#: Where a plan is, for whoever asks before sharing one.
WHERE_KEPT: Final = (
    "Your plan is in this page, in its link and in the files you save. The server works on it in its memory while the page is open; "
    "it writes nothing of it to its disk or its logs."
)
PLAN_KEPT: Final = "The plan on screen is the one you had before."


FILE_CONDITIONS: Final = "Conditions and medicines go into the file"
FILE_CONDITIONS_HELP: Final = "For your own records. Without them whoever opens the file is asked to add them, for the figures can change."


def file_holds(plan: Plan, with_conditions: bool) -> str:
    """What the saved file carries, before it is saved."""
    health = ["conditions", "medicines"] if with_conditions else []
    own = ["foods of your own with their labels"] if plan.own_foods else []
    kept = ["the plan kept to compare with"] if plan.baseline else []
    parts = ["age", "life stage", "diet", "what you leave out", *health, "foods", *own, "supplements", *kept]
    without = "" if health else " It holds no conditions or medicines."
    return f"The file holds {day_list(parts)}, and no name. Anyone who has it can read that.{without}"


def link_holds(plan: Plan, with_conditions: bool, length: int) -> str:
    """What the link carries, before it is shared."""
    person = plan.person
    health = ["conditions", "medicines"] if with_conditions and person.conditions else []
    parts = ["age", "life stage", "diet", "what you leave out", *health, "foods", "supplements"]
    without = "" if health else " It holds no conditions or medicines."
    return f"The link holds {day_list(parts)}, and no name. Anyone who has it can read that.{without} It is {length:,} characters long."
