"""Any page on paper, as the browser prints it: whole, without what is for pressing, and short."""

from __future__ import annotations

import io
import unicodedata

import pytest
from browsing import address, visit
from pypdf import PdfReader

from dashboard.advice.advise import advise
from dashboard.estimate.assess import assess
from dashboard.plan import Person, Supplement, add_supplement
from dashboard.weeks.starter import starter_plan
from dashboard.words import handout, offers, verdict
from dashboard.words import paper as said
from dashboard.words.quiet_line import quiet_line

pytestmark = pytest.mark.browser

PAGES = ("", "shortfall", "suggestions", "outlook", "causes", "take_along")


def plain(text: str) -> str:
    """Without spaces and ligatures, which the layout decides."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_every_page_prints_whole_on_two_sheets_at_most(server, context, tables):
    plan = add_supplement(starter_plan(tables, Person(45, diet="vegetarian", conditions=("metformin",))), Supplement("tablet", 10, 7, True))
    a = assess(plan, tables)
    advice = advise(a, tables)
    page = context.new_page()
    for name in PAGES:
        visit(page, address(server, plan, name, share_conditions=True))
        printed = PdfReader(io.BytesIO(page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "10mm"))))
        text = plain(" ".join(sheet.extract_text() for sheet in printed.pages))
        assert len(printed.pages) <= 2, name
        said_of_intake = quiet_line(advice) if name else verdict.verdict(advice)
        assert plain(said_of_intake) in text or name == "causes", name
        assert plain(handout.person(a, tables.reference_sets["iom-1998"].label)) in text, name
        assert plain("About me") not in text, name
        if not name:
            assert [d.name for d in a.days if plain(said.day(d)) not in text] == []
            assert [e.name for e in a.eaten if plain(said.food(e)) not in text] == []
            assert plain(offers.supplement(plan.supplements[0])) in text
