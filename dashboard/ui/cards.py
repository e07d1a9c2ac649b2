"""Suggestions as cards: one sentence, one picture of before and after, one button."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import plan as edits
from dashboard import words
from dashboard.model.assess import Assessment
from dashboard.model.suggest import Suggestion
from dashboard.ui import colours, state


def _before_after(s: Suggestion, a: Assessment) -> str:
    """Intake before, and what the food adds, against the target line."""
    if a.target is None:
        return ""
    tint = colours.current()
    top = max(a.target.intake_ug, a.intake_ug + s.intake_gain_ug) * 1.1
    before, gain, line = (100 * x / top for x in (a.intake_ug, s.intake_gain_ug, a.target.intake_ug))
    label = escape(
        f"From {words.amount_ug(a.intake_ug)} to {words.amount_ug(a.intake_ug + s.intake_gain_ug)} a day, "
        f"target {words.number(a.target.intake_ug)} µg"
    )
    return (
        f'<svg role="img" aria-label="{label}" width="100%" height="22">'
        f'<rect x="0" y="4" width="{before:.2f}%" height="14" fill="{tint.before}"/>'
        f'<rect x="{before:.2f}%" y="4" width="{gain:.2f}%" height="14" fill="{tint.usable}"/>'
        f'<line x1="{line:.2f}%" x2="{line:.2f}%" y1="0" y2="22" stroke="{tint.target}" stroke-width="3"/></svg>'
    )


def foods(a: Assessment) -> None:
    """The foods that would close the shortfall, or why there are none."""
    found = state.suggestions()
    if not found:
        st.write(words.nothing_to_suggest(a))
        return
    with st.grid(3, min_column_width=300):
        for n, s in enumerate(found):
            with st.container(border=True, height="stretch"):
                st.markdown(f"**{words.suggestion(s, a)}**")
                st.markdown(_before_after(s, a), unsafe_allow_html=True)
                st.markdown(words.effect(s))
                if s.food.note:
                    st.caption(s.food.note)
                st.button("Add", key=f"suggest-{n}", icon=":material/add:", on_click=state.edit, args=(s.apply,))
    if any("fortified" in s.food.tags for s in found):
        st.caption(words.FORTIFIED_VARIES)


def vegan_plans(a: Assessment) -> None:
    """The few regimens a person may choose alone, each with its effect and a button."""
    offered = [e for e in state.regimens() if e.regimen.regimen in words.SELF_CARE_PLANS and e.advice != "clinician"]
    if not offered:
        st.write(words.NO_FACTOR if a.levers.no_intrinsic_factor else words.ASK_FIRST)
        return
    with st.grid(3, min_column_width=260):
        for e in offered:
            with st.container(border=True, height="stretch"):
                st.markdown(f"**{e.regimen.label}**")
                st.markdown(words.regimen(e, a))
                st.caption(e.regimen.cautions)
                if e.supplement:
                    st.button(
                        "Add",
                        key=f"regimen-{e.regimen.regimen}",
                        icon=":material/add:",
                        on_click=state.edit,
                        args=(edits.add_supplement, e.supplement),
                    )
                else:
                    st.caption("Pick the foods above, or on the Plan page.")
