"""The way in: three questions and, if wanted, how often some foods are eaten. Each answer is an edit of the plan."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import words
from dashboard.care.find_condition import OPERATIONS, TOLD_FIRST, chosen
from dashboard.plan import AGE_MAX_YEARS, Diet, LifeStage, Plan
from dashboard.quantities import Quantity, read_in
from dashboard.tables.rules import INFANT
from dashboard.ui import about_me, quick, state
from dashboard.ui.number_field import number_field
from dashboard.ui.shell import tables
from dashboard.weeks.starter import energy_need_kcal, is_starter
from dashboard.words import first_minute as said
from dashboard.words import quick_check

#: Which question is open: diet, age, applies or week. Not there where nothing is asked.
STEP: Final = "_first_minute"
ASKED: Final = "_first_minute_asked"
AGE: Final = "first_age"
AGE_ASKED: Final = "_first_age_missing"
APPLIES: Final = "first_applies"
WHICH: Final = "first_operation"
OPERATION: Final = "operation"
STAGES: Final = {LifeStage.PREGNANT: said.PREGNANT, LifeStage.BREASTFEEDING: said.BREASTFEEDING}


def begin(step: str = "diet") -> None:
    """Asks from a question on."""
    st.session_state[STEP] = step


def step() -> str:
    """The question that is open; empty where there is none."""
    return str(st.session_state.get(STEP, ""))


def plan_shown() -> str:
    """Another word each time that the questions have come to their end; empty where none were asked."""
    times = st.session_state.get(ASKED, 0)
    return f"plan-{times}" if times else ""


def _end(*notices: str) -> None:
    st.session_state.pop(STEP, None)
    st.session_state[ASKED] = st.session_state.get(ASKED, 0) + 1
    if notices:
        state.tell(*notices)


def so_far() -> Plan:
    """The plan that the answers come to."""
    return quick.made() if step() == "week" else state.plan()


def card(shown: Plan) -> None:
    """The open question. ``shown``: the plan that the answers come to so far."""
    with st.container(border=True, key="first_minute"):
        match step():
            case "diet":
                _diet()
            case "age":
                _age()
            case "applies":
                _applies()
            case "week":
                _week(shown)


def _skip() -> None:
    st.button(said.SKIP, key="first_skip", type="tertiary", on_click=_end)


def _diet() -> None:
    st.subheader(said.DIET, anchor=False)
    with st.container(horizontal=True):
        for diet, label in said.DIETS.items():
            st.button(label, key=f"first-{diet}", on_click=_eats, args=(diet,))
        _skip()


def _eats(diet: Diet) -> None:
    state.change_person(diet=diet)
    begin("age")


def _age() -> None:
    st.subheader(said.AGE, anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number_field(said.AGE_LABEL, "years", AGE, high=AGE_MAX_YEARS, whole=True, width=180, on_change=_aged)
        st.button(said.NEXT, key="first_next", type="primary", on_click=_aged)
        _skip()
    if st.session_state.get(AGE_ASKED):
        st.caption(f":red[{said.AGE_MISSING}]")


def _aged() -> None:
    found = read_in(str(st.session_state.get(AGE) or ""), tables().units, "years", 0, AGE_MAX_YEARS, whole=True)
    known = isinstance(found, Quantity) and not found.bound
    st.session_state[AGE_ASKED] = not known and not st.session_state.get(AGE)
    if isinstance(found, Quantity) and known:
        state.change_person(age_years=int(found.value))
        begin("applies")


def _applies() -> None:
    st.subheader(said.APPLIES, anchor=False)
    st.caption(said.APPLIES_HELP)
    person = state.plan().person
    labels: dict[str, str] = {str(stage): label for stage, label in STAGES.items()}
    labels |= {OPERATION: said.OPERATION, **{c: tables().condition_label(c) for c in TOLD_FIRST}}
    labels["pernicious-anaemia"] = said.PERNICIOUS
    picked = st.pills(
        said.APPLIES,
        list(labels),
        selection_mode="multi",
        wrap=True,
        format_func=labels.__getitem__,
        key=APPLIES,
        label_visibility="collapsed",
        on_change=_applied,
    )
    if OPERATION in picked:
        st.pills(
            said.WHICH_OPERATION, OPERATIONS, selection_mode="multi", format_func=tables().condition_label, key=WHICH, on_change=_applied
        )
    ready = said.SHOW_PLAN if picked else said.NONE_SHOW_PLAN
    open_question = OPERATION in picked and not set(OPERATIONS) & set(person.conditions)
    with st.container(horizontal=True):
        st.button(ready, key="first_show", type="primary", on_click=_end, args=(said.OPERATION_OPEN,) if open_question else ())
        st.button(said.HOW_OFTEN, key="first_week", on_click=begin, args=("week",))
    about_me.effect(state.assessment())


def _applied() -> None:
    """What was tapped becomes the person's, and what was tapped again no longer is. Of two life stages the later one counts."""
    picked = list(st.session_state.get(APPLIES) or [])
    stages = [p for p in picked if p in STAGES]
    if len(stages) > 1:
        kept = next(s for s in stages if s != state.plan().person.life_stage)
        picked = [p for p in picked if p not in STAGES or p == kept]
        st.session_state[APPLIES], stages = picked, [kept]
    operations = list(st.session_state.get(WHICH) or []) if OPERATION in picked else []
    held = state.plan().person.conditions
    others = [c for c in held if c not in TOLD_FIRST and c not in OPERATIONS]
    conditions = [*others, *(p for p in picked if p in TOLD_FIRST), *operations]
    state.change_person(
        conditions=chosen(conditions, held, tables()),
        life_stage=LifeStage(stages[0]) if stages else LifeStage.NONE,
    )


def _week(made: Plan) -> None:
    st.subheader(quick_check.QUICK_TITLE, anchor=False)
    st.write(quick_check.QUICK_INTRO)
    if not is_starter(tables(), state.plan()):
        st.caption(said.REPLACES)
    quick.questions()
    with st.container(horizontal=True):
        st.button(said.MAKE_WEEK, key="first_make", type="primary", on_click=_made, args=(made,))
        st.button(said.KEEP_WEEK, key="first_keep", on_click=_end)


def _made(made: Plan) -> None:
    state.commit(made)
    _end()
    state.tell(done=quick_check.QUICK_DONE)


def welcome() -> None:
    """Says what this is to a newcomer; while the plan is an example week, says so, and leads to the quick check."""
    if step() == "diet":
        st.write(said.WHAT_THIS_IS)
    person, group = state.plan().person, tables().rules.age_group(state.plan().person.age_years)
    if group == INFANT or not is_starter(tables(), state.plan()):
        return
    band = tables().rules.age_bands.get(group)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(words.welcome(person.diet, band.meaning if band else "", energy_need_kcal(tables(), group)))
        if not step():
            st.button(words.QUICK_LINK, key="quick_check", icon=":material/bolt:", on_click=begin, args=("week",))
