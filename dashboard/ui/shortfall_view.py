"""The page on where a plan falls short: days, meals, and what brings the B12."""

from __future__ import annotations

import streamlit as st

from dashboard.advice.advise import Advice
from dashboard.estimate.held_back import flows
from dashboard.pictures import days, meal_flow, sources_of_b12
from dashboard.ui import show, state, tables_shown, where_from
from dashboard.ui.as_text import as_text
from dashboard.ui.shell import tables
from dashboard.words import meal_flow as flow_words
from dashboard.words import plan_page
from dashboard.words import shortfall as said


def page(advice: Advice) -> None:
    """Three answers, each with its picture and its numbers."""
    st.write(said.shortfall(advice))
    by_day(advice)
    a = advice.assessment
    # Food that nobody entered, or that has no value, is not food without B12: nothing is said of what is taken up of it.
    if a.plan.supplements or not a.nothing_to_judge:
        by_meal(advice)
    if a.plan.supplements or a.days_entered:
        by_food(advice)


def by_day(advice: Advice) -> None:
    """The week against the target, where it may be held against one."""
    a, before = advice.assessment, state.baseline()
    st.subheader(as_text(plan_page.week_title(a)), anchor=False)
    compared = said.held_against_target(advice)
    st.caption(plan_page.week_note(a) if compared else said.A_DAY)
    show.picture(days.towers(a, before, compared=compared), tables_shown.days(a, before), said.alt_days(a))


def by_meal(advice: Advice) -> None:
    """From swallowed to usable, meal by meal."""
    a = advice.assessment
    found, held_by = flows(a, tables()), flow_words.held_by(a)
    st.subheader(flow_words.title(found), anchor=False)
    st.write(" ".join(filter(None, (said.uptake(a), flow_words.bring_none(found)))))
    show.drawing(meal_flow.streams(found, held_by), tables_shown.meals(found), flow_words.alt(found, held_by))


def by_food(advice: Advice) -> None:
    """What brings the B12, supplements too, and what is not counted."""
    a = advice.assessment
    rows = sources_of_b12.bringers(a)
    name, ug, _ = rows[0] if rows else ("", 0.0, {})
    st.subheader(as_text(said.foods_title(a, name, ug)), anchor=False)
    if not_counted := said.foods(a):
        st.write(as_text(not_counted))
    if rows:
        show.picture(sources_of_b12.bars(a), tables_shown.bringers(a), said.alt_foods([row[:2] for row in rows]))
    if a.foods:
        where_from.of_foods(a)
