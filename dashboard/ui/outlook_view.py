"""The page on body stores: its controls, and the outlook they ask for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.advice.advise import Advice, advise
from dashboard.advice.outlook import Outlook, Path, outlook, shown_paths
from dashboard.advice.regimens import compare
from dashboard.estimate.assess import assess
from dashboard.estimate.stores import YEARS_MAX
from dashboard.pictures import outlook_chart
from dashboard.plan import Diet, Person, Plan
from dashboard.tables.science import Band
from dashboard.ui import colours, estimates, headline, show, state
from dashboard.ui.as_text import bold
from dashboard.ui.number_field import number_field
from dashboard.ui.shell import tables
from dashboard.weeks.starter import starter_plan
from dashboard.words import outlook as said

#: Every form, beside the chart and what the model leaves out, on two sheets.
FORMS_LINES: Final = 40
NO_COMPARISON: Final = "none"
#: Where the session keeps what the controls said last.
ASKED: Final = "outlook_asked"
YEARS_SHOWN: Final = 10
SINCE_MAX_YEARS: Final = 50.0
#: Former diets the page offers, as the example week each stands for: (diet, without fortified food).
FORMER: Final = {
    "omnivore": (Diet.OMNIVORE, False),
    "vegetarian": (Diet.VEGETARIAN, False),
    "vegan": (Diet.VEGAN, False),
    "vegan-unfortified": (Diet.VEGAN, True),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the controls say. [years]"""

    years: int = YEARS_SHOWN
    before: str = "unknown"
    since_years: float = 0.0
    change_years: float = 0.0


@lru_cache(maxsize=64)
def former_uptake(before: str, reference_set: str) -> Band | None:
    """What a former diet brought in: the usable B12 of its example week, without conditions. [µg/day] None: not known."""
    if before not in FORMER:
        return None
    diet, unfortified = FORMER[before]
    person = Person(diet=diet, reference_set=reference_set)
    return assess(starter_plan(tables(), person, unfortified=unfortified), tables()).usable


def _outlook(plan: Plan, asked: Asked) -> Outlook:
    return estimates.kept("outlook", plan, lambda: _worked_out(plan, asked), asked)


def _worked_out(plan: Plan, asked: Asked) -> Outlook:
    a = assess(replace(plan, baseline=None), tables(), estimates.assessment(plan))
    return outlook(
        a,
        tables(),
        asked.years,
        former=former_uptake(asked.before, plan.person.reference_set),
        since_years=asked.since_years,
        baseline=assess(plan.baseline, tables()) if plan.baseline else None,
        change_years=asked.change_years,
        regimens=compare(advise(a, tables()), tables()),
    )


def _comparisons(advice: Advice) -> list[str]:
    plan = advice.assessment.plan
    shown = [path.id for path in shown_paths(_outlook(plan, Asked()), advice) if path.id not in ("plan", "nothing")]
    return [NO_COMPARISON, *shown]


def _label(choice: str) -> str:
    regimen = tables().regimens.get(choice)
    return regimen.label if regimen else said.PATHS.get(choice, said.COMPARE_NONE)


def controls(advice: Advice) -> tuple[Asked, str]:
    """The page's controls; they stay while the page is open and never enter the link."""
    choices = _comparisons(advice)
    held = st.session_state.get("outlook_compare")
    # On every run: a browser that missed the run that told it would show, and send back, the first of the list.
    st.session_state["outlook_compare"] = held if held in choices else "baseline" if "baseline" in choices else NO_COMPARISON
    left, right = st.columns(2)
    before = left.selectbox(
        said.BEFORE_LABEL, list(said.BEFORE), key="outlook_before", format_func=said.BEFORE.__getitem__, persist_state="session"
    )
    with left:
        since = number_field(
            said.SINCE_LABEL, "years", "outlook_since", high=SINCE_MAX_YEARS, value="0", help=said.SINCE_HELP, persist_state="session"
        ).value
    against = right.selectbox(said.COMPARE_LABEL, choices, key="outlook_compare", format_func=_label, persist_state="session")
    change = 0.0
    if against != NO_COMPARISON:
        with right:
            changed = number_field(
                said.CHANGE_LABEL, "years", "outlook_change", high=YEARS_MAX, value="0", help=said.CHANGE_HELP, persist_state="session"
            ).value
        change = changed or 0.0
    years = st.slider(said.YEARS_LABEL, 1, YEARS_MAX, YEARS_SHOWN, key="outlook_years", persist_state="session")
    return Asked(years, before, since or 0.0, change), against


def _shown(o: Outlook, advice: Advice, against: str) -> list[Path]:
    wanted = ("plan", against, "nothing")
    return sorted((path for path in shown_paths(o, advice) if path.id in wanted), key=lambda path: wanted.index(path.id))


def page(advice: Advice) -> None:
    """The answer, the chart with its controls and numbers, the forms, and what the model leaves out."""
    reason = said.not_modelled(advice)
    if reason:
        headline.flags(advice)
        st.info(reason, icon=":material/info:")
        return
    # The controls stand below the answer. It is drawn at once as they said last, so that nothing moves, and anew if they say otherwise.
    with st.container(key="years_answer"):
        lines = st.empty(), st.empty()
    before = st.session_state.get(ASKED, Asked())
    _answer(lines, _outlook(state.plan(), before), advice)
    headline.flags(advice)
    st.subheader(said.CHART_TITLE, anchor=False)
    asked, against = controls(advice)
    o = _outlook(state.plan(), asked)
    if asked != before:
        st.session_state[ASKED] = asked
        _answer(lines, o, advice)
    _chart(o, advice, against)
    _forms(o, advice)
    st.subheader(said.LIMITS_TITLE, anchor=False)
    limits = tables().outlook_limits.values()
    st.markdown("\n".join(f"- {row.text}" for row in limits))
    show.cited(sorted({*o.source_ids, *(row.source_id for row in limits)}))


def _answer(lines: tuple[DeltaGenerator, DeltaGenerator], o: Outlook, advice: Advice) -> None:
    """Puts the answer, its first line and the rest, into the two places kept for it."""
    first, *rest = said.head(o, advice, tables())
    lines[0].markdown(bold(first))
    lines[1].write(" ".join(rest))


def _chart(o: Outlook, advice: Advice, against: str) -> None:
    shown = _shown(o, advice, against)
    show.chart(outlook_chart.over_years(o, shown, colours.current()), said.alt(o, shown), outlook_chart.by_year(o, shown))
    st.caption(said.BANDS)
    chosen = o.path(against)
    if chosen and chosen in shown:
        st.write(said.compared(chosen, o, advice, tables()))
        st.write(said.refill(chosen, o, tables().parameters["pool_start_ug"].low))


def _forms(o: Outlook, advice: Advice) -> None:
    st.subheader(said.FORMS_TITLE, anchor=False)
    st.write(said.FORMS_INTRO)
    forms = [p for p in shown_paths(o, advice) if p.effect]
    show.words_table(outlook_chart.forms(forms, advice), said.FORMS_ALT, lines=FORMS_LINES)
