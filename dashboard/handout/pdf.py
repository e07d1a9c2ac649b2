"""The printed page as PDF/UA (accessible, tagged), laid out by Typst from page.typ."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import typst

from dashboard.handout.content import Page
from dashboard.words import handout as said

TEMPLATE: Final = Path(__file__).with_name("page.typ")
STANDARD: Final = "ua-1"


class Paper(StrEnum):
    """The two paper sizes."""

    A4 = "a4"
    LETTER = "us-letter"


def fields(page: Page, *, with_foods: bool) -> dict[str, Any]:
    """The page as the data of a template: its content, and the headings."""
    labels = {
        "for_doctor": said.FOR_DOCTOR,
        "verdict": said.VERDICT_TITLE,
        "week": said.WEEK_TITLE,
        "changes": said.CHANGES_TITLE,
        "regimen": said.REGIMEN_TITLE,
        "checks": said.CHECK_TITLE,
        "signs": said.SIGNS_TITLE,
        "results": said.RESULTS_TITLE,
        "questions": said.QUESTIONS_TITLE,
        "red_flags": said.RED_TITLE,
        "link": said.LINK_TITLE,
        "sources": said.SOURCES_TITLE,
        "foods": said.FOODS_TITLE,
        "before_after": said.BEFORE_TITLE,
    }
    return asdict(page) | {"labels": labels, "week_key": said.WEEK_KEY, "with_foods": with_foods}


def pdf(page: Page, *, paper: Paper = Paper.A4, with_foods: bool = False) -> bytes:
    """The page as a PDF file.

    Raises
    ------
    RuntimeError
        When Typst cannot lay the page out, or answers with more than one file.
    """
    data = json.dumps(fields(page, with_foods=with_foods), ensure_ascii=False)
    made = typst.compile(str(TEMPLATE), format="pdf", sys_inputs={"data": data, "paper": str(paper)}, pdf_standards=[STANDARD])
    if not isinstance(made, bytes):
        raise RuntimeError(type(made).__name__)
    return made
