"""The sentences of the page "Take it with me": link, file, and records kept elsewhere."""

from __future__ import annotations

from typing import Final

from dashboard.plan import Plan
from dashboard.weeks.food_record import Line
from dashboard.words import day_list, plural

TAKE_TITLE: Final = "Take it with me"
QR_TOO_LONG: Final = "This plan is too long for a QR code. Copy the link or save the file instead."
FILE_OPENED: Final = "The file is now your plan. Undo on the Plan page brings the old one back."
PLAN_KEPT: Final = "The plan on screen is the one you had before."
RECORD_INTRO: Final = (
    "A food record from elsewhere can become a plan: a CSV with the columns day, meal, food, amount and unit, or the items file of ASA24. "
    "Lines that are not clear are listed below for you to choose; none is guessed."
)


def link_holds(plan: Plan, with_conditions: bool, length: int) -> str:
    """What the link carries, before it is shared."""
    person = plan.person
    health = ["conditions", "medicines"] if with_conditions and person.conditions else []
    parts = ["age", "life stage", "diet", "what you leave out", *health, "foods", "supplements"]
    without = "" if health else " It holds no conditions or medicines."
    return f"The link holds {day_list(parts)}, and no name. Anyone who has it can read that.{without} It is {length:,} characters long."


def record_read(taken: int, still_open: int) -> str:
    """How much of a record was clear."""
    rest = f"; {plural(still_open, 'line')} to choose below" if still_open else ""
    return f"{plural(taken, 'line')} taken over{rest}."


def record_line(line: Line) -> str:
    """One line of a record that needs a choice, and why."""
    return f"Line {line.number}: {line.day}, {line.meal}, “{plain_text(line.text)}” {plain_text(line.amount)}: {plain_text(line.reason)}."


def record_button(lines: int) -> str:
    """The button that makes a record the plan."""
    return f"Make these {plural(lines, 'line')} my plan"


def record_done(lines: int) -> str:
    """That a record became the plan."""
    return f"{plural(lines, 'line')} of the record are now your plan. Undo on the Plan page brings the old one back."


def plain_text(text: str) -> str:
    """Text from a file as text: nothing in it is read as formatting."""
    return "".join(c if c.isalnum() or c in " .,;:()%/+'-½¼¾“”" else " " for c in text[:120])
