"""A slow line: what the server has answered is still on its way while the next thing is pressed."""

from __future__ import annotations

import time

import pytest
from browsing import address, becomes, figure, plan_in, settled, visit
from playwright.sync_api import Locator, Page, expect
from presses import age, chip, milk
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from test_browser_plan import MILK, amount, eaten, message, row

from dashboard.tables.read import load_tables
from dashboard.words import conditions
from dashboard.words.address import LATER_NOT_MADE

pytestmark = pytest.mark.browser

WAIT_S = 30


class Line:
    """The line between the server and a page. While it is held nothing comes through to the page; ``ended`` counts the runs the
    server has ended. What ``loses`` says yes to does not come through to the server."""

    def __init__(self, page: Page) -> None:
        self.page, self.held, self.waiting, self.ended, self.lost = page, False, [], 0, 0
        self.loses = lambda raw: False
        page.route_web_socket("**/_stcore/stream", self._opened)

    def _opened(self, browser) -> None:
        server = browser.connect_to_server()
        browser.on_message(lambda raw: self._goes(server, raw))
        self.browser = browser
        server.on_message(self._comes)

    def _goes(self, server, raw: bytes) -> None:
        if self.loses(raw):
            self.lost += 1
        else:
            server.send(raw)

    def _comes(self, raw: bytes) -> None:
        self.ended += ForwardMsg.FromString(raw).WhichOneof("type") == "script_finished"
        if self.held:
            self.waiting.append(raw)
        else:
            self.browser.send(raw)

    def hold(self) -> None:
        self.held = True

    def until_ended(self, runs: int) -> None:
        """Each turn of the page lets this end of the line hear what has come."""
        until = time.monotonic() + WAIT_S
        while self.ended < runs:
            assert time.monotonic() < until, "The server has not ended its run."
            self.page.evaluate("new Promise(requestAnimationFrame)")

    def let_go(self) -> None:
        self.held = False
        while self.waiting:
            self._let_through()

    def let_one_answer_through(self) -> None:
        """What the server sent up to the end of its next run."""
        while self._let_through() != "script_finished":
            pass

    def _let_through(self) -> str:
        raw = self.waiting.pop(0)
        self.browser.send(raw)
        return ForwardMsg.FromString(raw).WhichOneof("type")


def test_links_pressed_before_the_last_answer_came_lead_to_the_page(server, context):
    """The second answer is made while the browser has yet to read that the first has ended, and to throw away what is old then."""
    page = context.new_page()
    line = Line(page)
    visit(page, address(server, milk(244)))
    before = figure(page)
    page.get_by_role("link", name="Where it falls short", exact=True).click()
    settled(page)
    line.hold()
    for name in ("Years ahead", "Plan"):
        done = line.ended
        page.get_by_role("link", name=name, exact=True).click()
        line.until_ended(done + 1)
    line.let_go()
    settled(page)
    expect(page.locator(".b12-figure")).to_have_text(before)
    expect(page.get_by_role("button", name="More of Milk")).to_be_visible()


def test_conditions_that_the_tab_keeps_are_told_again_where_they_did_not_arrive(server, context):
    """Streamlit drops what an element tells where another rerun takes the place of the one that brings it."""
    page = context.new_page()
    line = Line(page)
    visit(page, address(server, milk(244)))
    age(page)
    page.get_by_label(conditions.FIND).fill("metformin")
    page.keyboard.press("Enter")
    settled(page)
    line.loses = lambda raw: b'"conditions"' in raw and not line.lost
    page.reload()
    settled(page)
    assert line.lost == 1
    expect(chip(page).get_by_text("Metformin").first).to_be_visible()


def test_an_edit_that_waits_behind_a_refused_one_is_said_not_to_be_made(server, context):
    """It was made on top of an edit that is none, so it is given up; the reason of the first alone would hide that."""
    page = context.new_page()
    line = Line(page)
    visit(page, address(server, milk(244)))
    settled(page)
    line.hold()
    amount(page).fill("a cup or two")
    amount(page).press("Enter")
    row(page).get_by_role("button", name="More of Milk").click()
    expect(amount(page)).to_have_value("1½")
    line.let_go()
    expect(message(page)).to_contain_text("“a cup or two”")
    expect(message(page)).to_contain_text(LATER_NOT_MADE)
    expect(amount(page)).to_have_value("1")
    assert eaten(plan_in(page), "breakfast") == [(MILK, 244)]


def about_me(page: Page, label: str) -> Locator:
    return page.locator(".st-key-about_me").get_by_role("button", name=label)


def causes(page: Page, label: str) -> Locator:
    return page.locator(".st-key-ticks [data-testid=stCheckbox]").filter(has_text=label)


@pytest.mark.parametrize(("path", "place"), [("foods", about_me), ("causes", causes)])
def test_conditions_ticked_one_after_the_other_are_all_kept(server, context, path, place):
    """The answer to the first comes after the second was ticked, and says nothing of it; the third is ticked before the next answer."""
    page = context.new_page()
    line = Line(page)
    visit(page, address(server, milk(244), path, share_conditions=True))
    if place is about_me:
        chip(page).click()
        expect(place(page, "Metformin")).to_be_visible()
    settled(page)
    line.hold()
    for condition in ("metformin", "ppi", "coeliac"):
        done = line.ended
        place(page, load_tables().condition_label(condition)).click()
        line.until_ended(done + 1)
        if condition == "ppi":
            line.let_one_answer_through()
            page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    line.let_go()
    settled(page)
    becomes(page, lambda plan: set(plan.person.conditions) == {"metformin", "ppi", "coeliac"})
    last = place(page, load_tables().condition_label("coeliac"))
    expect(last.or_(last.locator("input")).and_(page.locator(":focus"))).to_have_count(1)  # it is still open, and the finger still on it
