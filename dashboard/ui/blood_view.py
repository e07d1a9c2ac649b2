"""The tab on blood tests: results in, where each stands on the published bands out. What is typed is gone with the page."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from dashboard.care import blood_tests
from dashboard.care.blood_tests import Result, ResultError, SchemeBands
from dashboard.estimate.assess import Assessment
from dashboard.quantities import Quantity, Question, read
from dashboard.tables.care import TestRow
from dashboard.tables.read import load_care_tables
from dashboard.tables.when import Facts
from dashboard.ui import colours, where_from
from dashboard.ui.number_field import number_field
from dashboard.ui.shell import tables
from dashboard.ui.signs_view import known
from dashboard.words import care as words

#: How far a picture reaches, as a multiple of its highest edge and of a value beyond that.
_BEYOND_EDGE, _BEYOND_VALUE = 1.5, 1.05
#: Narrower bands are drawn without a word in them. [% of the picture]
_ROOM_FOR_A_WORD = 14


def bands_svg(s: SchemeBands, result: Result) -> str:
    """One source's bands from 0 upwards with the result as a line, and the laboratory's own range as a strip below."""
    tint = colours.current()
    worst, between = dict.fromkeys(("low", "raised", "large"), tint.gap), dict.fromkeys(("unclear", "edge"), tint.unknown)
    fills = {**worst, **between, "above": tint.before}
    last = max(edge for r in s.rows for edge in (r.low, r.high) if edge is not None)
    top = max(last * _BEYOND_EDGE, result.value * _BEYOND_VALUE)
    drawn = []
    for r in s.rows:
        left, right = 100 * (r.low or 0) / top, 100 * (top if r.high is None else r.high) / top
        drawn.append(
            f'<rect x="{left:.2f}%" y="6" width="{right - left:.2f}%" height="24" fill="{fills.get(r.band, tint.usable)}" '
            f'fill-opacity=".22" stroke="{tint.grid}"/>'
        )
        if right - left > _ROOM_FOR_A_WORD:
            middle = (left + right) / 2
            drawn.append(f'<text x="{middle:.2f}%" y="22" font-size="12" text-anchor="middle">{escape(words.BAND_SHORT[r.band])}</text>')
        if r.high is not None:
            anchor = "end" if r.band == "not-raised" and len(s.rows) > 2 else "start" if r.band == "edge" else "middle"
            drawn.append(f'<text x="{right:.2f}%" y="45" font-size="12" text-anchor="{anchor}">{words.figure(r.high)}</text>')
    if result.against_lab:
        left, right = 100 * (result.lab_low or 0) / top, min(100.0, 100 * (top if result.lab_high is None else result.lab_high) / top)
        drawn.append(f'<rect x="{left:.2f}%" y="30" width="{max(0.0, right - left):.2f}%" height="4" fill="{tint.quiet}"/>')
    at = 100 * result.value / top
    drawn.append(f'<line x1="{at:.2f}%" x2="{at:.2f}%" y1="0" y2="34" stroke="{tint.target}" stroke-width="4"/>')
    label = escape(words.alt_bands(s, result), quote=True)
    return f'<svg role="img" aria-label="{label}" width="100%" height="50" fill="{tint.text}">{"".join(drawn)}</svg>'


def result_fields(test: str, name: str = "blood") -> Result | None:
    """The inputs of one test, with keys of a name. A value that cannot be is told and not used."""
    care_tables = load_care_tables()
    choices = {u.unit: u for u in blood_tests.units(care_tables.tests, test)}
    st.markdown(f"**{words.TEST_LABELS[test]}**")
    with st.container(horizontal=True, vertical_alignment="top", gap="small"):
        # The unit is read first, since it says how the number is understood.
        place = st.container(width=190)
        # 280 is another result in pmol/L than in pg/mL: where the units differ, the reader says which the report prints.
        differ = len({row.per_base for row in choices.values()}) > 1
        picked = st.selectbox(
            words.UNIT_LABEL,
            list(choices),
            index=None if differ else 0,
            placeholder=words.UNIT_CHOOSE,
            key=f"{name}-{test}-unit",
            width=150,
        )
        unit = choices.get(picked or "") or _unit_typed(f"{name}-{test}", choices)
        shown = unit.unit if unit else None
        with place:
            value = number_field(words.TEST_LABELS[test], shown, f"{name}-{test}", bounds=True)
        low = number_field(words.LAB_LOW, shown, f"{name}-{test}-low", width=160).value
        high = number_field(words.LAB_HIGH, shown, f"{name}-{test}-high", width=160).value
    if unit is None and st.session_state.get(f"{name}-{test}"):
        st.warning(words.UNIT_FIRST, icon=":material/help:")
    if unit is None or value.value is None:
        return None
    try:
        result = Result(blood_tests.inside(value.value, value.bound), unit, low, high, value.bound)
    except ResultError as error:
        st.error(words.refused(error), icon=":material/error:")
        return None
    if not blood_tests.one_band(care_tables.tests, result, value.bound):
        st.error(words.BOUND_UNCLEAR, icon=":material/error:")
        return None
    return result


def _unit_typed(key: str, choices: Mapping[str, TestRow]) -> TestRow | None:
    """The unit that was typed behind the result; None where none of the test's units was."""
    typed = read(str(st.session_state.get(key) or ""), tables().units)
    first = typed.readings[0] if isinstance(typed, Question) else typed
    return choices.get(first.unit.unit) if isinstance(first, Quantity) and first.unit else None


def _placed(result: Result, adult: bool) -> None:
    schemes = blood_tests.bands(load_care_tables().tests, result) if adult else ()
    if result.against_lab:
        st.markdown(f"{words.lab(result)} {words.LAB_STRIP if adult else ''}")
    if not adult:
        st.info(words.BLOOD_ADULT)
    for s in schemes:
        st.markdown(words.placed(s, result))
        st.markdown(bands_svg(s, result), unsafe_allow_html=True)
    if step := words.next_step((s.found.band for s in schemes), result):
        st.markdown(f"→ {step}")
    if adult:
        where_from.of_rows({s.scheme: s.found for s in schemes}, key=f"blood-{result.unit.test}")


def _mislead(chosen: list[str], plan_says: Facts) -> None:
    if not chosen:
        return
    with st.container(border=True):
        st.markdown(f"**{words.MISLEAD_TITLE}**")
        for caution, mine in blood_tests.cautions(load_care_tables().cautions, chosen, plan_says):
            st.markdown(f"- {words.caution(caution, chosen, mine)}")


def _combined(results: dict[str, Result], a: Assessment) -> None:
    """The combined indicator of all four results, with its uncertainty and mark."""
    with st.container(border=True):
        st.markdown(f"**{words.TEST_LABELS[blood_tests.CB12]}**")
        four = [results[test].base for test in blood_tests.CB12_NEEDS]
        indicator = blood_tests.combined_indicator(*four, age_years=a.plan.person.age_years, parameters=tables().parameters)
        rows = [r for r in load_care_tables().tests if r.kind == "band" and r.test == blood_tests.CB12]
        low, middle, high = (blood_tests.find(x, rows) for x in (indicator.low, indicator.value, indicator.high))
        st.write(words.combined(indicator, low, high, middle, tables().parameters["cb12_result_spread"].value))
        st.caption(words.CB12_NOTE)


def blood(a: Assessment) -> None:
    """Results on the published bands, with what can mislead."""
    st.subheader(words.BLOOD_TITLE, anchor=False)
    st.write(words.BLOOD_INTRO)
    adult = not known(a) & {"infant", "child"}
    offered = [test for test in words.TEST_LABELS if test != blood_tests.CB12]
    picked = st.pills(words.BLOOD_WHICH, offered, selection_mode="multi", format_func=words.TEST_LABELS.__getitem__, key="blood")
    chosen = [test for test in offered if test in picked]
    if not chosen:
        st.write(words.BLOOD_NONE)
    results = {}
    for test in chosen:
        with st.container(border=True):
            result = result_fields(test)
            if result:
                results[test] = result
                _placed(result, adult)
    if adult and set(blood_tests.CB12_NEEDS) <= set(results):
        _combined(results, a)
        chosen = [*chosen, blood_tests.CB12]
    _mislead(chosen, known(a))
