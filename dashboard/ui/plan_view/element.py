"""The element on the page: what it is given, and what happens when it is pressed."""

from __future__ import annotations

import itertools
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import streamlit as st

from dashboard.pictures import palette
from dashboard.plan import SUPPLEMENT_FORMS, PlanError
from dashboard.ui import colours, label_food, state, take_along
from dashboard.ui.plan_view import changes, events, questions
from dashboard.ui.plan_view.events import Event, Refused
from dashboard.ui.plan_view.week import foods_data, week_data
from dashboard.ui.shell import tables
from dashboard.weeks.stand_ins import stand_ins
from dashboard.words import plan_page as said
from dashboard.words.address import LATER_NOT_MADE, UNDO_ANEW, left_as_it_was

KEY: Final = "plan_view"
ANSWERS_KEY: Final = f"{KEY}_answers"
HELD: Final = "_plan_view"
FOLDER: Final = Path(__file__).resolve().parent.parent / "elements" / "plan_view"
#: In the order in which they build on each other.
SCRIPTS: Final = ("amounts", "parts", "menu", "asking", "find", "food_row", "drag", "meals", "week", "supplements", "view")

_LOADER: Final = """
export default function (component) {
  if (window.b12PlanView) return window.b12PlanView(component)
  document.addEventListener("b12-plan-view", () => window.b12PlanView(component), { once: true })
}
"""


def _script() -> str:
    return "\n".join((FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)


#: Which run is newer: a number that grows, and a mark of this process, in which it does.
RUNS: Final = itertools.count(1)
PROCESS: Final = secrets.token_hex(4)

# What never changes, and what most edits leave as it is, go as elements of their own, which the browser keeps: an edit then
# sends figures only. So do answers to questions: a search then sends nothing else.
_foods = st.components.v2.component("b12_plan_view_foods", js=_LOADER)
_answers = st.components.v2.component("b12_plan_view_answers", js=_LOADER)
_view = st.components.v2.component("b12_plan_view", js=_LOADER)


@dataclass
class Held:
    """What the session keeps for the element between two runs."""

    answered: str = ""
    notice: str = ""
    matches: dict[str, Any] | None = None
    details: dict[str, Any] | None = None
    label: tuple[int, int, str] | None = None


def _held() -> Held:
    held: Held = st.session_state.setdefault(HELD, Held())
    return held


@lru_cache(maxsize=1)
def _code() -> Callable[..., object]:
    """The element with the code. Its words and styles are part of the code, so that a run need not turn them into text again."""
    return st.components.v2.component("b12_plan_view_code", js=_script().replace("STILL", json.dumps(_still())))


def _still() -> dict[str, Any]:
    """What is the same on every run: styles, words, and the usual supplements."""
    usual = [
        {"label": r.label, "form": r.form, "dose": f"{r.dose_ug:g}", "times": f"{r.times_per_week:g}", "with_food": r.with_food}
        for r in tables().regimens.values()
        if r.form in SUPPLEMENT_FORMS
    ]
    css = palette.css_variables() + (FOLDER / "plan_view.css").read_text(encoding="utf-8")
    forms = [[form, said.FORMS[form]] for form in SUPPLEMENT_FORMS]
    return {
        "css": css,
        "texts": {**said.TEXTS, "undo_anew": UNDO_ANEW, "later_not_made": LATER_NOT_MADE},
        "meals": list(said.MEAL_NAMES),
        "forms": forms,
        "usual": usual,
    }


def show() -> None:
    """The week and the day, from here to the end of the supplements."""
    held, a = _held(), state.assessment()
    with st.container(key=f"{KEY}_still"):
        _code()(key=f"{KEY}_code", height=1)
        _foods(key=f"{KEY}_foods", data=_text(foods_data(a.plan, tables())), height=1)
        _show_answers()
    data = {
        **week_data(a, tables(), stand_ins(a.plan, tables())),
        "run": [PROCESS, next(RUNS)],
        "dark": colours.current() is palette.DARK,
        "answered": held.answered,
        "notice": held.notice,
        # With conditions the link is copied where it is asked whether they go along: on the share page.
        "link": state.fits_link() and not take_along.named(),
        "undo": state.can_undo(),
        "redo": state.can_redo(),
    }
    _view(key=KEY, data=_text(data), on_press_change=_edit)
    if held.label:
        # In this run only: the next one closes it, as after the food was added.
        place, held.label = held.label, None
        label_food.over_the_page(*place)


def _text(data: object) -> bytes:
    """Data as the browser gets it. A dictionary Streamlit would turn into text twice, and with spaces."""
    return json.dumps(data, separators=(",", ":")).encode()


@st.fragment
def _show_answers() -> None:
    """In a fragment, so that a search does not run the rest of the page."""
    held = _held()
    data = {"answered": held.answered, "notice": held.notice, "matches": held.matches, "details": held.details}
    _answers(key=ANSWERS_KEY, data=_text(data), on_press_change=_question, height=1)


def _edit() -> None:
    """Callback: an edit of the plan."""
    _heard(KEY, _carry_out, questions=False)


def _question() -> None:
    """Callback: a search, or what is known of a food."""
    _heard(ANSWERS_KEY, _answer, questions=True)


def _heard(key: str, then: Callable[[Event], None], *, questions: bool) -> None:
    """Takes what an element tells, which is either questions or edits. What was carried out, answered or refused once is not done again."""
    heard: Any = st.session_state.get(key) or {}
    raw, held = heard.get("press"), _held()
    event_id = events.id_of(raw)
    if event_id and event_id == held.answered:
        return
    held.answered, held.notice, held.matches, held.details = event_id, "", None, None
    try:
        event = events.read(raw)
        if (event.kind in events.QUESTIONS) is not questions:
            raise Refused(events.NOT_UNDERSTOOD)
        then(event)
    except Refused as refused:
        held.notice = said.refused(refused.code, refused.values)
    except PlanError as error:
        held.notice = left_as_it_was(error)


def _answer(event: Event) -> None:
    held, a = _held(), state.assessment()
    if event.kind == "search":
        held.matches = {"id": event.id, **questions.matches(event.values["query"], a, tables(), line=event.values["line"])}
    else:
        held.details = {"id": event.id, **questions.details(event.values["food"], a, tables())}


def _carry_out(event: Event) -> None:
    if event.kind in events.EDITS:
        state.commit(changes.changed(event, state.plan(), tables()))
        return
    changes.check_version(event, state.plan())
    if event.kind == events.LABEL:
        _held().label = (event.values["day"], event.values["meal"], event.values["name"])
    elif event.kind == "undo":
        state.undo()
    else:
        state.redo()
