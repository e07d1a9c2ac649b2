"""Supplement forms on the page: compared, one dose, and doses that come to the same."""

from __future__ import annotations

import streamlit as st

from dashboard import words
from dashboard.advice import regimens
from dashboard.advice.advise import Advice, Claim
from dashboard.estimate import equivalents
from dashboard.estimate.absorption import Levers
from dashboard.pictures import forms_chart
from dashboard.ui import colours, show, tables_shown
from dashboard.ui.shell import tables
from dashboard.words import suggestions as said

#: Doses on the slider, as they are sold. [µg]
DOSES = (0.5, 1, 1.5, 2, 2.5, 3, 5, 10, 25, 50, 100, 150, 250, 500, 1000, 2000, 2500, 5000)
DOSE_FIRST = 10


def compared(advice: Advice) -> None:
    """Every form as a chart against the need and as a table."""
    st.subheader(said.FORMS_TITLE, anchor=False)
    st.write(said.forms_intro(advice))
    with_food = st.toggle(said.WITH_FOOD, key="forms_with_food")
    effects = regimens.compare(advice, tables(), with_food or None)
    figure = forms_chart.forms(effects, advice, colours.current())
    show.chart(figure, said.alt_forms(effects, advice), tables_shown.regimens(effects, advice))


def one_dose(advice: Advice) -> None:
    """What gets in of one dose, for the person and for a healthy adult, with the plan's occasions."""
    a = advice.assessment
    st.subheader(said.DOSE_TITLE, anchor=False)
    with_food = bool(st.session_state.get("forms_with_food"))
    person, healthy = (equivalents.curve(tables(), levers, with_food=with_food) for levers in (a.levers, Levers()))
    eaten = equivalents.occasions(a, tables())
    st.write(said.dose_response(person, healthy, a))
    figure = forms_chart.dose_response(person, healthy, eaten, a, colours.current())
    show.chart(figure, said.alt_dose(person, eaten), tables_shown.dose_response(person, healthy))


def same(advice: Advice) -> None:
    """A dose and a frequency, and what else gives about as much. Not where a clinician decides."""
    if not advice.claim(Claim.COVERS).may:
        return
    a = advice.assessment
    st.subheader(said.EQUIVALENTS_TITLE, anchor=False)
    with st.container(horizontal=True):
        dose = st.select_slider(said.DOSE, DOSES, value=DOSE_FIRST, key="same_dose", format_func=words.amount_ug)
        often = st.selectbox(said.OFTEN, equivalents.FREQUENCIES, index=2, key="same_often", format_func=said.often)
    with_food = bool(st.session_state.get("forms_with_food"))
    usable = equivalents.usable_at_frequency(dose, often, tables(), a.levers, with_food=with_food)
    others = equivalents.equivalent_doses(usable.value, tables(), a.levers, with_food=with_food)
    st.write(said.equivalents(dose, often, usable, others, advice))
    st.dataframe(tables_shown.equivalents(others), hide_index=True, alt=said.equivalents(dose, often, usable, others, advice))
