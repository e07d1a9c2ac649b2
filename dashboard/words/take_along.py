"""The sentences of the page that hands a plan over: what each way of taking it along holds, and what it leaves out."""

from __future__ import annotations

from typing import Final

from dashboard.advice.advise import Advice
from dashboard.plan import Plan
from dashboard.words import day_list
from dashboard.words.verdict import lines

TAKE_TITLE: Final = "Share and print"
QR_TOO_LONG: Final = "This plan is too long for a QR code. Copy the link or save the file instead."
#: Where a plan is, for whoever asks before sharing one.
WHERE_KEPT: Final = (
    "Your plan is in this page, in its link and in the files you save. The server works on it in its memory while the page is open; "
    "it writes nothing of it to its disk or its logs."
)
PLAN_KEPT: Final = "The plan on screen is the one you had before."


# Whether conditions and medicines go along ---------------------------------------------------------

ASK_ALONG: Final = "Shall your conditions and medicines go along?"
ALONG: Final = {False: "Leave them out", True: "Include them"}
NAMED_HERE: Final = "Your plan names {named}. Your choice holds for the link, the QR code, the file and the printed page on this page."
WITHOUT_READS: Final = "Without them, whoever opens the link or file reads: “{verdict}”"
WITH_READS: Final = "With them: “{verdict}”"
READS_ALIKE: Final = "The verdict reads the same with and without them. The warnings that come with them are missing without them."
ASKED_TO_ADD: Final = "Without them the receiver is told that conditions and medicines are missing, and asked to add them."

# What is taken along, one heading each -------------------------------------------------------------

LINK_TITLE: Final = "Link and QR code"
COPY_LINK: Final = "Copy link"
LINK_COPIED: Final = "Link copied"
LINK_FIELD: Final = "Link to this plan"
QR_SHOW: Final = "QR code of the link"
QR_ALT: Final = "QR code of the link to this plan"
FILE_TITLE: Final = "File to keep"
SHEETS_TITLE: Final = "Figures for a spreadsheet or a program"
SHEETS_HOLD: Final = (
    "Every food with its day, meal, amount and B12, and every supplement. The code you gave the person stands in it; "
    "conditions, medicines and age do not."
)
PICTURES_TITLE: Final = "Pictures"
PICTURES_HOLD: Final = (
    "The pictures of the printed page and of “Where does it fall short?”, for a report or slides. They hold figures and the names of "
    "days, foods and supplements{health}, and no name or code. A chart on another page is saved by the camera in its corner."
)
PICTURES_WITH: Final = ", and what holds B12 back with your conditions and medicines"
PICTURES_WITHOUT: Final = ", no conditions or medicines"
JSON_HOLDS: Final = "The full assessment (.json) holds every figure, verdict and warning of this plan{health}."
JSON_HEALTH: Final = ", with conditions and medicines"
JSON_ONLY_WITH: Final = "The full assessment (.json) rests on your conditions and medicines. Choose “Include them” above to save it."
PAGE_HOLDS: Final = (
    "One page: the verdict, the week as a picture, what was agreed, and questions to ask, with {health}. "
    "It holds no signs, no blood results and no name."
)
PAGE_WITH: Final = "your conditions and medicines"
PAGE_WITHOUT: Final = "no conditions or medicines, so with no verdict and no usable figure, because both depend on them"
PAGE_PLAIN: Final = "your age, diet and supplements"


def named_here(labels: list[str]) -> str:
    """Which conditions and medicines the question is about."""
    return NAMED_HERE.format(named=day_list(labels))


def reads(own: Advice, bare: Advice) -> list[str]:
    """What a receiver would see without conditions and medicines, and with them."""
    with_them, without = " ".join(lines(own)), " ".join(lines(bare))
    if with_them == without:
        return [READS_ALIKE, ASKED_TO_ADD]
    return [WITHOUT_READS.format(verdict=without), WITH_READS.format(verdict=with_them), ASKED_TO_ADD]


def page_holds(plan: Plan, with_conditions: bool) -> str:
    """What stands on the printed page and what does not."""
    if not plan.person.conditions:
        return PAGE_HOLDS.format(health=PAGE_PLAIN)
    return PAGE_HOLDS.format(health=PAGE_WITH if with_conditions else PAGE_WITHOUT)


def pictures_hold(plan: Plan, with_conditions: bool) -> str:
    """What the pictures hold."""
    if not plan.person.conditions:
        return PICTURES_HOLD.format(health="")
    return PICTURES_HOLD.format(health=PICTURES_WITH if with_conditions else PICTURES_WITHOUT)


def json_holds(plan: Plan) -> str:
    """What the full assessment holds."""
    return JSON_HOLDS.format(health=JSON_HEALTH if plan.person.conditions else "")


def file_holds(plan: Plan, with_conditions: bool) -> str:
    """What the saved file carries, before it is saved."""
    health = ["conditions", "medicines"] if with_conditions else []
    own = ["foods of your own with their labels"] if plan.own_foods else []
    kept = ["the plan kept to compare with"] if plan.baseline else []
    parts = ["age", "life stage", "diet", "what you leave out", *health, "foods", *own, "supplements", *kept]
    without = "" if health else " It holds no conditions or medicines."
    return f"The file holds {day_list(parts)}, and no name, signs or blood results. Anyone who has it can read that.{without}"


def link_holds(plan: Plan, with_conditions: bool, length: int) -> str:
    """What the link carries, before it is shared."""
    person = plan.person
    health = ["conditions", "medicines"] if with_conditions and person.conditions else []
    own = ["foods of your own with their labels"] if plan.own_foods else []
    kept = ["the plan kept to compare with"] if plan.baseline else []
    parts = ["age", "life stage", "diet", "what you leave out", *health, "foods", *own, "supplements", *kept]
    without = "" if health else " It holds no conditions or medicines."
    return (
        f"The link holds {day_list(parts)}, and no name, signs or blood results. Anyone who has it can read that.{without} "
        f"It is {length:,} characters long."
    )
