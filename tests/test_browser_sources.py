"""From a figure to its source in one click, in a real browser."""

from __future__ import annotations

import pytest
from browsing import NARROW, address, serious_findings, visit
from playwright.sync_api import expect

from dashboard.plan import Diet, Person
from dashboard.weeks.starter import starter_plan
from dashboard.words import provenance as said

pytestmark = pytest.mark.browser


def test_one_click_leads_from_a_figure_to_its_source_on_a_phone_in_the_dark(server, phone, tables):
    page = phone.new_page()
    page.emulate_media(color_scheme="dark")
    plan = starter_plan(tables, Person(70, diet=Diet.VEGETARIAN, conditions=("ppi",)))
    visit(page, address(server, plan, "shortfall", share_conditions=True))
    page.get_by_role("button", name=said.WHERE_FROM).click()
    behind = page.locator(".b12-from")
    expect(behind.first).to_be_visible()
    for words in ("ch. 9, p. 339", said.PARAMETERS["egg_fraction"], "A choice of this app, not a finding."):
        expect(behind.get_by_text(words).first).to_be_attached()
    record = behind.get_by_role("link", name=said.USDA_RECORD).first
    assert (record.get_attribute("href") or "").startswith("https://fdc.nal.usda.gov/food-details/")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert serious_findings(page) == []
