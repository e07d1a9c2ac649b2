"""A browser that missed a run takes no field for changed: each run alone tells what every field holds.

Where two runs follow each other quickly, as at each opening of a link, a browser may draw the second only. A field whose state was
set in the first run alone then shows its own default, and the browser sends that back with the next press as if it had been chosen:
a condition went out of the plan that way.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import ROOT, address_of, opened
from streamlit.testing.v1 import AppTest

from dashboard.plan import Diet, Person, Plan, Supplement, keep_baseline, link
from dashboard.tables.read import load_tables
from dashboard.weeks.starter import starter_plan

PAGES = sorted(path.name for path in (ROOT / "pages").glob("*.py"))
PERSON = Person(70, diet=Diet.VEGETARIAN, conditions=("atrophic-gastritis", "metformin", "metformin-over-4-years"), excludes=("milk",))
KINDS = ("checkbox", "toggle", "radio", "selectbox", "multiselect", "button_group", "slider", "select_slider", "text_input", "number_input")


def plan() -> Plan:
    """Somebody whose plan differs from the defaults of the fields, with an earlier plan to compare with."""
    week = starter_plan(load_tables(), PERSON)
    return replace(keep_baseline(week), supplements=(Supplement("tablet", 10, 7, True),))


def told(proto: object) -> object:
    """What the message of one field says that it holds, by itself: the value that is set, else its own default."""
    options = [getattr(option, "content", option) for option in getattr(proto, "options", ())]
    if getattr(proto, "set_value", False):
        for name in ("raw_values", "raw_value", "value"):
            if found := getattr(proto, name, None):
                return [found] if isinstance(found, str | bool) else list(found)
        return []
    default = getattr(proto, "default", None)
    if hasattr(proto, "HasField") and options and isinstance(default, int):
        return [options[default]] if proto.HasField("default") else []
    if options and default is not None:
        return [options[int(at)] for at in default]
    return [default] if isinstance(default, str | bool) and default else list(default or ())


def fields(app: AppTest) -> dict[str, object]:
    """What the last run alone told of each field of the page."""
    return {element.proto.id: told(element.proto) for kind in KINDS for element in app.get(kind)}


def test_a_field_that_is_told_once_is_seen():
    def page():
        import streamlit as st

        st.session_state.setdefault("once", True)
        st.checkbox("Once", key="once")
        st.selectbox("Each time", ["a", "b"], index=1, key="each")

    app = AppTest.from_function(page).run()
    (first, kept), (second, still) = fields(app).values(), fields(app.run()).values()
    assert (first, second) == ([True], []) and kept == still == ["b"]


@pytest.mark.parametrize("page", PAGES)
def test_each_run_alone_tells_what_every_field_holds(page):
    app = opened(plan(), page, unfolded=("ways", "one_dose"))
    first: dict[str, object] = {}
    for _ in range(3):
        now = fields(app)
        assert {key: now[key] for key in first if key in now} == {key: first[key] for key in first if key in now}
        first |= now
        app.session_state["about_me"] = True  # its fields come with the second run
        app.run()
    assert any("me_conditions" in key for key in first) or page == "sources.py"


def test_quick_presses_of_ticks_lose_none(tables):
    """Each press says what its own tick holds; none says anything about another."""
    app = opened(plan(), "causes.py")
    for condition, ticked in (("ppi", True), ("metformin", False), ("coeliac", True), ("ppi", False)):
        tick = app.checkbox(key=f"cause-{condition}")
        (tick.check() if ticked else tick.uncheck()).run()
    held = link.decode(address_of(app), weeks=tables.link_weeks).plan.person.conditions
    assert set(held) == {"atrophic-gastritis", "coeliac"}
