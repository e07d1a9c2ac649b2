"""The summary for a clinician: signs and blood results typed for one print, kept in plain widgets only and gone with the page."""

from __future__ import annotations

import streamlit as st

from dashboard.care import blood_tests
from dashboard.care.signs import Answers, Triage, triage
from dashboard.handout.content import Asked
from dashboard.tables.read import load_care_tables
from dashboard.ui import blood_view, print_page, signs_view, state
from dashboard.words import care as care_words
from dashboard.words import referral as said


def section() -> None:
    """What the summary holds, and the form."""
    st.subheader(said.TITLE, anchor=False)
    st.write(said.HOLDS)
    with st.expander(said.OPEN, icon=":material/stethoscope:", on_change="rerun") as opened:
        if opened.open:
            _form()


def _form() -> None:
    st.caption(said.KEPT_NOWHERE)
    known = load_care_tables()
    names = {f.sign: f.label for f in known.red_flags.values()} | {s.symptom: s.label for s in known.symptoms.values()}
    ticked = st.multiselect(
        said.SIGNS, list(names), key="referral_signs", format_func=names.__getitem__, placeholder=said.SIGNS_EXAMPLE, select_all=False
    )
    found = triage(
        Answers(frozenset(ticked) & set(known.red_flags), frozenset(ticked) & set(known.symptoms)),
        signs_view.known(state.assessment()),
        known,
    )
    if found.red_flags:
        signs_view.show_answer(found)
    asked = Asked(
        code=print_page.code(),
        with_conditions=True,
        referral=True,
        signs=tuple(names[sign] for sign in ticked),
        results=_results(),
        urgency=_urgency(found, ticked),
    )
    print_page.buttons(print_page.page_of(asked), with_foods=False, mark=said.FILE_MARK, labels=(said.GET_PDF, said.GET_HTML))


def _urgency(found: Triage, ticked: list[str]) -> str:
    return found.rule.urgency if ticked else ""


def _results() -> tuple[str, ...]:
    """The results that were typed, each in words with the bands it falls in."""
    adult = not signs_view.known(state.assessment()) & {"infant", "child"}
    offered = [test for test in care_words.TEST_LABELS if test != blood_tests.CB12]
    picked = st.pills(said.RESULTS, offered, selection_mode="multi", format_func=care_words.TEST_LABELS.__getitem__, key="referral_tests")
    read = [result for test in offered if test in picked and (result := blood_view.result_fields(test, "referral"))]
    return tuple(said.result(r, blood_tests.bands(load_care_tables().tests, r) if adult else ()) for r in read)
