"""The page that holds the estimate against what others measured."""

from __future__ import annotations

from functools import lru_cache

import plotly.graph_objects as go
import streamlit as st

from dashboard.advice.advise import Advice
from dashboard.estimate import reference, sensitivity, uncertainty, validation
from dashboard.estimate.assess import Assessment
from dashboard.estimate.reference import Target
from dashboard.estimate.sensitivity import Swing
from dashboard.estimate.validation import ADDED, NATURAL, Comparison, Outcome
from dashboard.pictures import validation_charts as charts
from dashboard.pictures import validation_tables as numbers
from dashboard.pictures.palette import Palette
from dashboard.plan import Plan, edit_person
from dashboard.tables.read_observed import load_observed
from dashboard.ui import colours, estimates, show
from dashboard.ui.shell import tables
from dashboard.words import uncertainty as covered_words
from dashboard.words import validation as said

#: Curves are drawn a little beyond the least and the largest measured dose.
BEYOND = 1.5


@lru_cache(maxsize=1)
def _comparisons() -> tuple[Comparison, ...]:
    """Tables never change while the app runs, so one answer serves every session."""
    return validation.compare(load_observed(), tables())


def _swings(plan: Plan) -> tuple[Swing, ...]:
    return estimates.kept("swings", plan, lambda: sensitivity.swings(plan, tables(), load_observed().variations))


def page(advice: Advice) -> None:
    """What the estimate is good and bad at, the disagreements, the pictures, and every comparison."""
    a = advice.assessment
    rows = _comparisons()
    _findings(rows)
    _disagreements(rows)
    _doses(rows)
    _single_figures(rows)
    _groups(rows)
    _sets(a)
    _moves(advice)
    _covered(a)
    _every(rows)


def _findings(rows: tuple[Comparison, ...]) -> None:
    """The five sentences. One that no longer followed would be left out; a test keeps all of them true."""
    for title, good, icon in ((said.GOOD, True, ":material/thumb_up:"), (said.BAD, False, ":material/thumb_down:")):
        st.subheader(title, anchor=False)
        for finding in load_observed().findings:
            if finding.good is good and validation.true_of(finding, rows):
                found = validation.counts(rows, finding.counts) if finding.counts else None
                st.markdown(f"{icon} {said.finding(finding, found)}")
    st.write(said.tally(rows))


def _disagreements(rows: tuple[Comparison, ...]) -> None:
    st.subheader(said.DISAGREEMENTS, anchor=False)
    st.write(said.DISAGREEMENTS_INTRO)
    for part in said.PLAIN_ORDER:
        here = [c for c in rows if c.part == part and c.outcome is Outcome.DISAGREES]
        if here:
            # Folded, since all of them are many screens of a phone; on paper they stand open.
            title = said.DISAGREEMENTS_OF.format(part=said.PARTS[part], count=len(here))
            with st.expander(title, key=f"fold-text-{part}"):
                st.markdown("\n".join(f"- {said.disagreement(c)}" for c in here))


# The pictures of published observations are the same for everybody: one of each theme is kept.


@lru_cache(maxsize=2)
def _dose_picture(tint: Palette) -> go.Figure:
    rows, curves = _comparisons(), {}
    for kind, part in ((ADDED, ADDED), (NATURAL, NATURAL), ("egg", NATURAL)):
        measured = [c.dose_ug for c in rows if c.part == part and c.dose_ug]
        curves[kind] = validation.curve(kind, min(measured) / BEYOND, max(measured) * BEYOND, tables())
    return charts.doses(rows, curves, validation.pooled_line(curves[NATURAL][0][0], tables()), tint)


@lru_cache(maxsize=2)
def _ratio_picture(tint: Palette) -> go.Figure:
    return charts.ratios(charts.comparable(_comparisons()), tint)


@lru_cache(maxsize=2)
def _order_picture(tint: Palette) -> go.Figure:
    return charts.order(charts.ordered(_comparisons()), tint)


def _doses(rows: tuple[Comparison, ...]) -> None:
    st.subheader(said.DOSE_TITLE, anchor=False)
    st.write(said.DOSE_INTRO)
    here = [c for c in rows if c.part in (ADDED, NATURAL)]
    show.chart(_dose_picture(colours.current()), said.alt_doses(here), numbers.comparisons(here, tables().sources))


def _single_figures(rows: tuple[Comparison, ...]) -> None:
    st.subheader(said.RATIO_TITLE, anchor=False)
    st.write(said.RATIO_INTRO)
    here = charts.comparable(rows)
    show.chart(_ratio_picture(colours.current()), said.alt_ratios(here), numbers.comparisons(here, tables().sources))


def _groups(rows: tuple[Comparison, ...]) -> None:
    st.subheader(said.ORDER_TITLE, anchor=False)
    st.write(said.ORDER_INTRO)
    here = charts.ordered(rows)
    show.chart(_order_picture(colours.current()), said.alt_order(here), numbers.comparisons(here, tables().sources))


def targets_of(a: Assessment) -> dict[str, Target]:
    """The target of every reference set that is offered, and of the one in use, for this person."""
    names = dict.fromkeys([*tables().sets_offered(), a.plan.person.reference_set])
    found = {name: reference.target(tables(), edit_person(a.plan, reference_set=name).person) for name in names}
    return {name: target for name, target in found.items() if target}


def _sets(a: Assessment) -> None:
    st.subheader(said.SETS_TITLE, anchor=False)
    targets = targets_of(a)
    if not targets:
        st.write(said.SETS_NONE)
        return
    st.write(said.sets(a.target, len(targets)))
    figure = charts.sets(targets, a.plan.person.reference_set, colours.current())
    show.chart(figure, said.alt_sets(targets), numbers.sets(targets, load_observed().bases))
    bases = load_observed().bases
    st.markdown("\n".join(f"- {said.basis(t, bases[name])}" for name, t in targets.items()))


def _moves(advice: Advice) -> None:
    a = advice.assessment
    st.subheader(said.SWINGS_TITLE, anchor=False)
    if not advice.plans:
        st.write(said.SWINGS_BABY)
        return
    found = _swings(a.plan)
    if not found:
        st.write(said.SWINGS_NONE)
        return
    st.write(said.swings(found))
    # With a condition named no line is drawn: nobody can say what is enough then.
    need_ug = None if a.conditions else a.need_ug
    show.chart(charts.tornado(found, need_ug, colours.current()), said.alt_swings(found), numbers.swings(found))


def _covered(a: Assessment) -> None:
    rows = uncertainty.applicable(load_observed().uncertainty, a)
    st.subheader(said.COVERED_TITLE, anchor=False)
    if not rows:
        st.write(said.SWINGS_NONE)
    for title, covered in ((covered_words.COVERED_TITLE, True), (covered_words.NOT_COVERED_TITLE, False)):
        here = [row for row in rows if row.covered is covered]
        if here:
            st.markdown(f"**{title}**\n" + "".join(f"\n- {covered_words.matter(row)}" for row in here))


def _every(rows: tuple[Comparison, ...]) -> None:
    st.subheader(said.EVERY_TITLE, anchor=False)
    st.write(said.EVERY_INTRO)
    part = st.selectbox(
        said.PART_LABEL, list(said.PARTS), format_func=said.PARTS.__getitem__, key="validation_part", persist_state="session"
    )
    here = [c for c in rows if c.part == part]
    show.table(numbers.comparisons(here, tables().sources), said.alt_every(part, len(here)))
    st.subheader(said.REPRODUCE_TITLE, anchor=False)
    st.write(said.REPRODUCE)
    st.code(said.COMMAND, language=None)
    show.cited(sorted({s for c in rows for s in c.source.source_ids}))
