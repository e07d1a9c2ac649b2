"""A panel that looks branded foods up at USDA. Off until asked; whatever fails is one sentence."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.foods import label as labels
from dashboard.foods.fdc import client as fdc
from dashboard.foods.fdc.client import Found
from dashboard.foods.fdc.faults import FoodDataError
from dashboard.foods.fdc.food import LiveFood, own_food
from dashboard.plan import MEALS
from dashboard.ui import operator_settings, state, watching
from dashboard.ui.as_text import as_text
from dashboard.ui.uninterrupted import uninterrupted
from dashboard.words import fdc as said
from dashboard.words import label as label_words

ANSWER: Final = "_fdc_answer"
ADDED: Final = "_fdc_added"
QUERY: Final = "fdc_query"
WANTED: Final = "_fdc_wanted"


@st.fragment
def panel(day: int, meal: int) -> None:
    """The search, closed until it is wanted; what is added goes to a day and a meal, both counted from 0."""
    with st.expander(said.TITLE, icon=":material/travel_explore:", key="fdc_panel"):
        st.write(said.INTRO)
        key = _search_form()
        answer = st.session_state.get(ANSWER)
        if isinstance(answer, str):
            st.warning(as_text(answer))
        elif isinstance(answer, Found):
            _answer(answer, day, meal, key)


def _search_form() -> str:
    """The form; a press of its button asks USDA. Answers the key given for this visit, or the server's own.

    A press is noted, and forgotten once USDA has answered: Streamlit may stop this run for another one, which then asks.
    """
    secret = operator_settings.secret(fdc.KEY_VARIABLE)
    with st.form("fdc_form", border=False):
        st.text_input(said.QUERY, key=QUERY, placeholder=said.QUERY_HINT, max_chars=fdc.QUERY_MAX)
        typed = ""
        if fdc.has_server_key() or secret:
            st.caption(said.KEY_SERVER)
        else:
            typed = _key_field()
            st.caption(said.DEMO_LIMITS)
            st.markdown(said.KEY_FREE)  # a link in a caption is too pale to read
        st.form_submit_button(said.SEARCH, icon=":material/search:", on_click=_search)
    if query := st.session_state.get(WANTED):
        with st.spinner(said.SEARCHING):
            answer = _asked(query, secret or typed)
            with uninterrupted():
                st.session_state[ANSWER] = answer
                st.session_state.pop(WANTED, None)
                st.session_state.pop(ADDED, None)
    return secret or typed


def _search() -> None:
    """Callback: the button was pressed."""
    st.session_state[WANTED] = str(st.session_state.get(QUERY) or "").strip()


def _key_field() -> str:
    """A key typed for this visit: dots on screen, held by the session and not stored."""
    return st.text_input(said.KEY, key="fdc_key", type="password", autocomplete="off", help=said.KEY_HELP, persist_state="session") or ""


def _asked(query: str, key: str) -> Found | str:
    try:
        found = fdc.client().search(query, key=key)
    except FoodDataError as error:
        watching.event("usda-search", answer=str(error.fault))
        return said.fault(error.fault, error.wait_s)
    watching.event("usda-search", answer="kept" if found.reading.from_cache else "found", left=found.reading.remaining)
    return found


def _answer(answer: Found, day: int, meal: int, key: str) -> None:
    st.write(said.found(answer.total_hits, len(answer.foods)) if answer.foods else said.NONE_FOUND)
    for found in answer.foods:
        _row(found, day, meal, key)
    told = [said.as_of(answer.reading.as_of, answer.reading.from_cache)]
    if answer.left_out:
        told.append(said.left_out(answer.left_out))
    if answer.reading.remaining is not None:
        told.append(said.remaining(answer.reading.remaining, answer.reading.limit))
    st.caption(" ".join(told))


def _row(found: LiveFood, day: int, meal: int, key: str) -> None:
    food, serving = found.food, found.serving
    b12 = said.serving_b12(food.b12_ug_per_100g, food.b12_low_ug_per_100g, food.b12_high_ug_per_100g, serving.grams)
    added: list[int] = st.session_state.get(ADDED, [])
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-fdc-{found.fdc_id}"):
        st.markdown(said.branded(as_text(food.name), as_text(serving.label), serving.grams, b12), width="stretch")
        with st.popover(said.LOOK, type="tertiary", key=f"fdc-look-{found.fdc_id}-{len(added)}"):
            if food.note:
                st.markdown(as_text(food.note))
            if "fortified" in food.tags:
                st.caption(said.FORTIFIED)
            st.caption(as_text(found.ingredients) or said.NO_INGREDIENTS)
            st.caption(as_text(said.source(food.locator, food.derivation)))
            diet = st.selectbox(
                said.DIET,
                list(label_words.DIETS),
                index=list(label_words.DIETS).index("uncertain"),
                key=f"fdc-diet-{found.fdc_id}",
                format_func=label_words.DIETS.__getitem__,
                help=said.DIET_UNKNOWN,
            )
            st.button(
                label_words.add(MEALS[meal]),
                key=f"fdc-add-{found.fdc_id}",
                type="primary",
                on_click=_add,
                args=(found, diet, day, meal, key),
            )
    if added and added[-1] == found.fdc_id:
        st.success(as_text(said.added(food.name)))


def _add(found: LiveFood, diet: str, day: int, meal: int, key: str) -> None:
    if found.food.b12_ug_per_100g is None:
        found = _looked_up(found, key)
    food = own_food(found, diet)
    before = state.plan()
    state.edit(labels.add_to_plan, food, day, meal, same_key=True)
    if state.plan() != before:
        # Counted, so that the food's pop-up gets another key and closes.
        st.session_state[ADDED] = [*st.session_state.get(ADDED, []), found.fdc_id]
    # From inside a fragment the address only changes when the whole app runs again.
    st.rerun()


def _looked_up(found: LiveFood, key: str) -> LiveFood:
    """The food's full record, which may know more than the search; the hit itself where it cannot be had."""
    try:
        return fdc.client().detail(found.fdc_id, key=key).found
    except FoodDataError:
        return found
