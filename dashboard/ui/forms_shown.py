"""Supplement forms on the page: compared, one dose, and doses that come to the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from dashboard import words
from dashboard.advice import regimens
from dashboard.advice.advise import Advice, Claim
from dashboard.advice.regimens import RegimenEffect
from dashboard.estimate import equivalents
from dashboard.estimate.absorption import Levers
from dashboard.estimate.assess import Assessment
from dashboard.pictures import dose_chart, supplement_forms
from dashboard.ui import colours, paper, show, tables_shown
from dashboard.ui.shell import tables
from dashboard.words import at_a_glance, headings
from dashboard.words import suggestions as said

#: Doses on the slider, as they are sold. [µg]
DOSES = (0.5, 1, 1.5, 2, 2.5, 3, 5, 10, 25, 50, 100, 150, 250, 500, 1000, 2000, 2500, 5000)
DOSE_FIRST = 10
#: What stands on paper of each form, in place of the picture, and the room for it. Each caution follows once.
PRINTED: Final = (
    headings.FORM_AND_DOSE,
    headings.USABLE_A_DAY,
    headings.COVERS,
    headings.DOSES_A_YEAR,
    headings.WHO_DECIDES,
)
PRINTED_LINES: Final = 40
#: How forms may be sorted. Enough first: alone, then with the plan's food, then what a person may choose sooner.
ORDERS: Final[dict[str, Callable[[RegimenEffect], tuple[float, ...]]]] = {
    "enough": lambda e: (not e.covers_need_alone, not e.covers_with_diet, list(said.WHO_LABELS).index(e.advice), e.week_ug),
    "usable": lambda e: (-e.usable.value,),
    "seldom": lambda e: (e.doses_per_year, -e.usable.value),
    "dose": lambda e: (e.week_ug,),
}


def compared(advice: Advice) -> None:
    """Every form against the need, sorted and filtered as asked, and as a table."""
    with st.expander(said.FORMS_TITLE, key="fold-forms"):
        st.write(said.forms_intro(advice))
        with_food = st.toggle(said.WITH_FOOD, key="forms_with_food")
        effects = _asked(regimens.compare(advice, tables(), with_food or None))
        if not effects:
            st.write(said.NO_FORM)
            return
        numbers = tables_shown.regimens(effects, advice)
        show.picture(supplement_forms.lines(effects, advice), numbers, said.alt_forms(effects, advice))
        paper.table(numbers[list(PRINTED)], lines=PRINTED_LINES)
        paper.entries(at_a_glance.cautions(effects))


def _asked(effects: Sequence[RegimenEffect]) -> list[RegimenEffect]:
    """The forms that fit the filters, in the order asked for."""
    deciders = [who for who in said.WHO_LABELS if any(e.advice == who for e in effects)]
    kinds = list(dict.fromkeys(e.regimen.form for e in effects))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        who = st.selectbox(said.FORMS_FILTER, ["", *deciders], key="forms_who", format_func=said.WHO_CHOICES.__getitem__)
        kind = st.selectbox(said.KIND_FILTER, ["", *kinds], key="forms_kind", format_func=said.FORM_CHOICES.__getitem__)
        order = st.selectbox(said.SORTED_BY, list(said.SORTS), key="forms_order", format_func=said.SORTS.__getitem__)
    fit = [e for e in effects if who in ("", e.advice) and kind in ("", e.regimen.form)]
    return sorted(fit, key=ORDERS[order or "enough"])


def one_dose(advice: Advice) -> None:
    """What is taken up of one dose, for the person and for a healthy adult, with the plan's occasions. Worked out once it is opened."""
    with st.expander(said.DOSE_TITLE, key="one_dose", on_change="rerun") as opened:
        if opened.open:
            _one_dose(advice.assessment)


def _one_dose(a: Assessment) -> None:
    with_food = bool(st.session_state.get("forms_with_food"))
    person, healthy = (equivalents.curve(tables(), levers, with_food=with_food) for levers in (a.levers, Levers()))
    eaten = equivalents.occasions(a, tables())
    st.write(said.dose_response(person, healthy, a))
    figure = dose_chart.dose_response(person, healthy, eaten, a, colours.current())
    show.chart(figure, said.alt_dose(person, eaten), tables_shown.dose_response(person, healthy))


def same(advice: Advice) -> None:
    """A dose and a frequency, and what else gives about as much. Not where a clinician decides."""
    if not advice.claim(Claim.COVERS).may:
        return
    a = advice.assessment
    with st.expander(said.EQUIVALENTS_TITLE, key="same"):
        with st.container(horizontal=True):
            dose = st.select_slider(said.DOSE, DOSES, value=DOSE_FIRST, key="same_dose", format_func=words.amount_ug)
            often = st.selectbox(said.OFTEN, equivalents.FREQUENCIES, index=2, key="same_often", format_func=said.often)
        with_food = bool(st.session_state.get("forms_with_food"))
        usable = equivalents.usable_at_frequency(dose, often, tables(), a.levers, with_food=with_food)
        others = equivalents.equivalent_doses(usable.value, tables(), a.levers, with_food=with_food)
        st.write(said.equivalents(dose, often, usable, others, advice))
        show.words_table(tables_shown.equivalents(others), said.equivalents(dose, often, usable, others, advice))
