"""A form for a food from its label, with what one serving would bring before it is added."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.foods import label as labels
from dashboard.foods.label import Basis, Label, Per
from dashboard.plan import GRAMS_MAX, LABEL_MAX, MEALS, OwnFood, PlanError
from dashboard.ui import state
from dashboard.ui.as_text import as_text
from dashboard.ui.number_field import number_field
from dashboard.words import label as said
from dashboard.words import plan_faults

ROUND: Final = "_label_round"
TOLD: Final = "_label_added"
TYPICAL_SERVING: Final = "100"


@st.fragment
def panel(day: int, meal: int) -> None:
    """The form, closed until it is wanted; the food goes to a day and a meal, both counted from 0."""
    with st.expander(said.TITLE, icon=":material/label:", key="label_panel"):
        _form(day, meal)


@st.dialog(said.TITLE)
def over_the_page(day: int, meal: int, name: str) -> None:
    """The same form over a page, with the name that was looked for. It closes when the food is added."""
    _form(day, meal, name[:LABEL_MAX])


def _form(day: int, meal: int, name: str = "") -> None:
    st.write(said.INTRO)
    label = _typed(name)
    everywhere = range(len(state.plan().days))
    days = [day]
    if len(everywhere) > 1 and st.checkbox(said.EVERY_DAY.format(days=len(everywhere)), key=_key("every_day")):
        days = list(everywhere)
    button = said.add(MEALS[meal], len(days))
    told = st.session_state.pop(TOLD, None)
    try:
        food = labels.own_food(label)
    except PlanError as error:
        # An empty form after a food was added has nothing wrong with it yet.
        if told:
            st.success(as_text(told))
        else:
            st.info(as_text(plan_faults.sentence(error)))
        st.button(button, key="label_add", disabled=True)
        return
    st.markdown(f"**{said.preview(labels.serving_ug(food), food.serving_g, label.serving_unit)}**")
    if food.b12_ug_per_100g and st.session_state.get(_key("fortified")) is None:
        st.info(said.SAY_FORTIFIED)
        st.button(button, key="label_add", disabled=True)
        return
    for caution in labels.cautions(label, food):
        st.caption(caution)
    st.button(button, key="label_add", type="primary", on_click=_add, args=(food, days, meal))


def _key(field: str) -> str:
    """A widget's key; another one after each food added, so that the form is empty again."""
    return f"label_{field}_{st.session_state.get(ROUND, 0)}"


def _typed(wanted: str) -> Label:
    name = st.text_input(said.NAME, wanted, key=_key("name"), placeholder=said.NAME_HINT, max_chars=LABEL_MAX, live="300ms")
    left, right = st.columns([2, 1])
    unit = right.selectbox(said.UNIT, labels.SERVING_UNITS, key=_key("unit")) or labels.SERVING_UNITS[0]
    with left:
        serving = number_field(said.SERVING, unit, _key("serving"), high=GRAMS_MAX, value=TYPICAL_SERVING).value
    basis, amount, per = _b12()
    diet = st.selectbox(
        said.DIET,
        list(said.DIETS),
        index=list(said.DIETS).index("uncertain"),
        key=_key("diet"),
        format_func=said.DIETS.__getitem__,
        help=said.DIET_HELP,
    )
    listed = st.radio(
        said.FORTIFIED,
        list(said.FORTIFIED_ANSWERS),
        index=None,
        key=_key("fortified"),
        format_func=said.FORTIFIED_ANSWERS.__getitem__,
        help=said.FORTIFIED_HELP,
        horizontal=True,
    )
    fortified = {"yes": True, "no": False}.get(listed or "")
    return Label(name or "", serving, unit, amount, basis, per, diet, fortified)


def _b12() -> tuple[Basis, float | None, Per]:
    """How the label gives B12, the figure, and what it is for."""
    full = labels.label_values().full_ug
    older = said.older_label(full[Basis.US_DV], full[Basis.US_DV_OLD])
    basis = st.selectbox(said.BASIS, list(Basis), key=_key("basis"), format_func=said.BASES.__getitem__, help=older) or Basis.UG
    if basis is Basis.NOT_PRINTED:
        return basis, None, Per.SERVING
    left, right = st.columns(2)
    # A box of its own for each unit: 25 % must not become 25 µg.
    name = f"{said.AMOUNT}: {said.BASES[basis]}"
    with left:
        amount = number_field(name, "µg" if basis is Basis.UG else "%", _key(f"amount_{basis}")).value
    per = right.selectbox(said.PER, list(Per), key=_key("per"), format_func=said.PER_LABELS.__getitem__) or Per.SERVING
    return basis, amount, per


def _add(food: OwnFood, days: list[int], meal: int) -> None:
    before = state.plan()
    state.edit(labels.add_to_days, food, days, meal)
    if state.plan() != before:
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
        st.session_state[TOLD] = said.added(food.label, MEALS[meal], len(days))
    # From inside a fragment the address only changes when the whole app runs again.
    st.rerun()
