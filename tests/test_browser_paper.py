"""Any page on paper, as the browser prints it: whole, without what is for pressing, and short."""

from __future__ import annotations

import io
import unicodedata

import pytest
from browsing import address, visit
from pypdf import PdfReader

from dashboard.advice.advise import advise
from dashboard.estimate.assess import assess
from dashboard.plan import Day, Item, Person, Plan, Supplement, add_supplement
from dashboard.weeks.starter import starter_plan
from dashboard.words import care, handout, headings, offers, sources, verdict
from dashboard.words import paper as said
from dashboard.words.quiet_line import quiet_line

pytestmark = pytest.mark.browser

PAGES = ("", "shortfall", "suggestions", "foods", "outlook", "causes", "take_along", "sources")
PAPERS = ("A4", "Letter")


#: What a printer would cut at the edge of the sheet, or leave out because it is folded on screen.
CONTENT = {
    "suggestions": ("Hydroxocobalamin injection, 1000 µg every 2 to 3 months", headings.DOSES_A_YEAR, sources.CITED),
    "foods": (headings.PER_PORTION, headings.DIET, headings.GROUP),
    "outlook": (headings.DAYS_TO_REFILL, headings.WHO_DECIDES),
    "causes": (care.STAGES_OTHER, sources.CITED),
    "sources": ("10.17226/6015", "zugravu-2021"),
}


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
        for paper in PAPERS:
            printed = PdfReader(io.BytesIO(page.pdf(format=paper, margin=dict.fromkeys(("top", "bottom", "left", "right"), "10mm"))))
            assert len(printed.pages) <= 2, f"{name} on {paper}"
        text = plain(" ".join(sheet.extract_text() for sheet in printed.pages))
        said_of_intake = quiet_line(advice) if name else verdict.verdict(advice)
        assert plain(said_of_intake) in text or name in ("causes", "sources"), name
        assert plain(handout.person(a, tables.reference_sets["iom-1998"].label)) in text, name
        assert plain("About me") not in text, name
        if not name:
            assert [d.name for d in a.days if plain(said.day(d)) not in text] == []
            assert [e.name for e in a.eaten if plain(said.food(e)) not in text] == []
            assert plain(offers.supplement(plan.supplements[0])) in text
        assert [part for part in CONTENT.get(name, ()) if plain(part) not in text] == [], name


def test_a_plan_of_many_foods_prints_on_two_sheets_and_says_which_days_found_no_room(server, context, tables):
    foods = sorted(tables.foods)[::29]

    def meal(day: int, number: int) -> tuple[Item, ...]:
        return tuple(Item(foods[(day + 3 * number + n) % len(foods)], 100) for n in range(3))

    days = tuple(Day(f"Day {day}", tuple(meal(day, number) for number in range(4))) for day in range(1, 32))
    plan = Plan(Person(34), days)
    a = assess(plan, tables)
    page = context.new_page()
    visit(page, address(server, plan))
    for paper in PAPERS:
        printed = PdfReader(io.BytesIO(page.pdf(format=paper, margin=dict.fromkeys(("top", "bottom", "left", "right"), "10mm"))))
        assert len(printed.pages) <= 2, paper
        text = plain(" ".join(sheet.extract_text() for sheet in printed.pages))
        there = sum(plain(said.day(day)) in text for day in a.days)
        assert 0 < there < 31
        left_out = said.DAYS_LEFT_OUT.format(days=there, of_days=31, foods=12 * there, of_foods=12 * 31)
        assert plain(left_out) in text
