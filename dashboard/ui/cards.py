"""Suggestions and plans of change as cards: one sentence, one picture of before and after, one button."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import plan as edits
from dashboard import words
from dashboard.advice import changes
from dashboard.advice.advise import Advice, FoodOffer, RegimenOffer
from dashboard.advice.food_edits import Edit
from dashboard.advice.regimens import RegimenEffect
from dashboard.advice.suggest import Suggestion
from dashboard.estimate.assess import Assessment
from dashboard.pictures import forms_chart
from dashboard.plan import Plan
from dashboard.tables.care import Guideline
from dashboard.tables.read import load_care_tables
from dashboard.ui import added, colours, estimates, forms_shown, show, state, tables_shown
from dashboard.ui.as_text import as_text, bold
from dashboard.ui.shell import tables
from dashboard.words import offers
from dashboard.words import suggestions as said


def _changes(plan: Plan) -> tuple[changes.Change, ...]:
    return estimates.kept("changes", plan, lambda: changes.changes(estimates.advice(plan), tables()))


def leads(advice: Advice) -> None:
    """What comes first for this person."""
    st.markdown(said.first_of_all(advice))


def offered(advice: Advice) -> None:
    """Foods, supplements and ways to combine them, in the order that the advice gives them."""
    sections = [(said.FOODS_TITLE, foods), (said.PLANS_TITLE, plans)]
    if advice.foods is FoodOffer.NO:
        sections = [(said.FOODS_TITLE_NONE, foods)]
    for title, place in reversed(sections) if advice.supplements_first else sections:
        st.subheader(title, anchor=False)
        place(advice)
    ways(advice)
    if advice.regimens is not RegimenOffer.NO:
        forms_shown.compared(advice)
    if advice.compares_doses:
        forms_shown.one_dose(advice)
        forms_shown.same(advice)


def _before_after(before_ug: float, after_ug: float, a: Assessment) -> str:
    """Intake before, and what a change adds, against the target line."""
    if a.target is None:
        return ""
    tint = colours.current()
    top = max(a.target.intake_ug, after_ug) * 1.1
    before, after, line = (100 * x / top for x in (before_ug, after_ug, a.target.intake_ug))
    label = escape(said.alt_change(before_ug, after_ug, a.target))
    return (
        f'<svg role="img" aria-label="{label}" width="100%" height="22">'
        f'<rect x="0" y="4" width="{min(before, after):.2f}%" height="14" fill="{tint.before}"/>'
        f'<rect x="{before:.2f}%" y="4" width="{max(0.0, after - before):.2f}%" height="14" fill="{tint.usable}"/>'
        f'<line x1="{line:.2f}%" x2="{line:.2f}%" y1="0" y2="22" stroke="{tint.target}" stroke-width="3"/></svg>'
    )


def foods(advice: Advice) -> None:
    """The changes of food that would close the shortfall, or why there are none."""
    found = state.suggestions()
    if not found:
        st.write(offers.nothing_to_suggest(advice))
    with st.grid(3, min_column_width=300):
        for n, s in enumerate(found):
            with st.container(border=True, height="stretch"):
                _suggestion(n, s, advice)
    if any(s.fortified for s in found):
        st.caption(f"{words.FORTIFIED_VARIES} {_folic_acid().text}")
    _disliked(advice)


def _folic_acid() -> Guideline:
    """What fortified food can bring besides: much folic acid can hide low B12."""
    return next(row for row in load_care_tables().guidelines if row.guideline == "folic-acid")


def sources(advice: Advice) -> list[str]:
    """Sources of the page: foods and target, forms, and the caution on folic acid."""
    forms = {s for e in state.regimens() for s in e.regimen.source_ids}
    return sorted({*advice.assessment.source_ids, *advice.source_ids, *forms, *_folic_acid().source_ids})


def _suggestion(n: int, s: Suggestion, advice: Advice) -> None:
    a = advice.assessment
    st.markdown("  \n".join(map(bold, said.card(s, a))))
    st.markdown(_before_after(a.intake_ug, a.intake_ug + s.intake_gain_ug, a), unsafe_allow_html=True)
    st.markdown(f"{offers.effect(s, advice)} {offers.stays_open(s, advice)}")
    if s.reason:
        st.caption(as_text(f"{s.reason[0].upper()}{s.reason[1:]}."))
    for note in dict.fromkeys(food.note for food in s.foods if food.note):
        st.caption(as_text(note))
    with st.container(horizontal=True):
        st.button(said.ADD, key=f"suggest-{n}", icon=":material/add:", on_click=added.add, args=(s.apply,))
        st.button(
            said.NOT_FOR_ME,
            key=f"dislike-{n}",
            icon=":material/thumb_down:",
            type="tertiary",
            help=said.NOT_FOR_ME_HELP,
            on_click=state.edit,
            args=(_dislike, s.edits),
        )


def _dislike(plan: Plan, disliked: tuple[Edit, ...]) -> Plan:
    """The plan with the foods of a suggestion not to be offered again."""
    for food_id in {e.food.id for e in disliked} - set(plan.dislikes):
        plan = edits.dislike(plan, food_id)
    return plan


def _disliked(advice: Advice) -> None:
    """What is not offered any more, each with a way back."""
    if not advice.assessment.plan.dislikes:
        return
    st.caption(said.DISLIKED)
    with st.container(horizontal=True):
        for food_id in advice.assessment.plan.dislikes:
            food = tables().foods.get(food_id)
            st.button(
                as_text(food.name if food else food_id),
                key=f"offer-again-{food_id}",
                icon=":material/undo:",
                type="tertiary",
                help=said.OFFER_AGAIN,
                on_click=state.edit,
                args=(edits.dislike, food_id),
            )


def plans(advice: Advice) -> None:
    """The few regimens that lead, each with its effect and a button where the person may choose."""
    offered = [e for e in state.regimens() if e.regimen.regimen in advice.first_regimens and e.advice != "clinician"]
    if not offered or not advice.may_choose:
        st.write(offers.no_plans(advice))
        return
    if offers.nothing_missing(advice):
        st.write(said.INSTEAD)
    with st.grid(3, min_column_width=260):
        for e in offered:
            with st.container(border=True, height="stretch"):
                _plan(e, advice)


def _plan(e: RegimenEffect, advice: Advice) -> None:
    label, gives, cautions = said.plan_card(e, advice)
    st.markdown(bold(label))
    st.markdown(gives)
    st.caption(cautions)
    if e.supplement:
        key = f"regimen-{e.regimen.regimen}"
        if e.supplement in advice.assessment.plan.supplements:
            st.button(said.IN_PLAN, key=key, icon=":material/check:", disabled=True)
        else:
            st.button(said.ADD, key=key, icon=":material/add:", on_click=added.add, args=(edits.take_instead, e.supplement))
    else:
        st.caption(said.PICK_FOODS)


def ways(advice: Advice) -> None:
    """The plans of change side by side, then the week before and after the one that is picked."""
    a = advice.assessment
    found = _changes(a.plan)
    if not found:
        return
    st.subheader(said.CHANGES_TITLE, anchor=False)
    with st.grid(4, min_column_width=210):
        for c in found:
            with st.container(border=True, height="stretch"):
                _way(c, advice)
    done = {c.way: c for c in found if c.after}
    if not done:
        return
    key = st.segmented_control(said.BEFORE_AFTER, list(done), format_func=said.WAY_LABELS.__getitem__, key="way_shown")
    after = done[key].after if key else None
    if after:
        figure = forms_chart.before_after(a, after, colours.current())
        show.chart(figure, said.alt_before_after(a, after), tables_shown.before_after(a, after))


def _way(c: changes.Change, advice: Advice) -> None:
    a = advice.assessment
    st.markdown(f"**{said.WAY_LABELS[c.way]}**")
    st.markdown("  \n".join(map(as_text, said.change(c, advice).splitlines())))
    if c.after is None:
        return
    st.markdown(_before_after(a.intake_ug, c.after.intake_ug, a), unsafe_allow_html=True)
    st.markdown(said.change_effect(c, advice))
    if caution := said.change_advice(c):
        st.caption(caution)
    st.button(
        said.PROPOSE, key=f"propose-{c.way}", icon=":material/compare_arrows:", help=said.PROPOSE_HELP, on_click=state.edit, args=(c.apply,)
    )
