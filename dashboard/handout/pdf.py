"""The printed page as PDF/UA (accessible, tagged), laid out by Typst from page.typ."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import typst

from dashboard.handout.content import Page, Picture
from dashboard.handout.letters import all_printable, folders, printable
from dashboard.words import handout as said

TEMPLATE: Final = Path(__file__).with_name("page.typ")
STANDARD: Final = "ua-1"
PICTURE: Final = Path(__file__).with_name("pictures.typ")
#: What is written in a picture, between its tags.
TEXT_IN_SVG: Final = re.compile(r">([^<>]+)<")
#: Sharp on paper and on a screen of high density.
PICTURE_PPI: Final = 220.0


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
    more = {"labels": labels, "week_key": said.WEEK_KEY, "with_foods": with_foods, "disclaimer": said.DISCLAIMER_SHORT}
    return asdict(page) | more


def pdf(page: Page, *, paper: Paper = Paper.A4, with_foods: bool = False) -> bytes:
    """The page as a PDF file, with every font in it. A name in letters that no font has is replaced by a note.

    Raises
    ------
    RuntimeError
        When Typst cannot lay the page out, or answers with more than one file.
    """
    whole = fields(page, with_foods=with_foods)
    try:
        return _compiled(all_printable(whole), paper)
    except typst.TypstError:
        # A rare sign that no font has: better a page in plain letters than none.
        return _compiled(all_printable(whole, western=True), paper)


def png(picture: Picture) -> bytes:
    """A picture as PNG, drawn from its SVG without a browser.

    Raises
    ------
    RuntimeError
        When Typst cannot draw it.
    """
    drawable = TEXT_IN_SVG.sub(lambda found: f">{printable(found[1]).replace(said.OTHER_SCRIPT, said.OTHER_SCRIPT_SHORT)}<", picture.svg)
    made = typst.compile(
        str(PICTURE),
        format="png",
        ppi=PICTURE_PPI,
        sys_inputs={"svg": drawable, "alt": printable(picture.alt)},
        font_paths=folders(),
        ignore_system_fonts=True,
    )
    if not isinstance(made, bytes):
        raise RuntimeError(type(made).__name__)
    return made


def _compiled(data: dict[str, Any], paper: Paper) -> bytes:
    inputs = {"data": json.dumps(data, ensure_ascii=False), "paper": str(paper)}
    made = typst.compile(
        str(TEMPLATE), format="pdf", sys_inputs=inputs, pdf_standards=[STANDARD], font_paths=folders(), ignore_system_fonts=True
    )
    if not isinstance(made, bytes):
        raise RuntimeError(type(made).__name__)
    return made
