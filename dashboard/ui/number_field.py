"""A field for a number as people write it: "0,38", "1 1/2", "125,4 pmol/L". It shows what was understood, and asks where it cannot know.

A field of numbers of the browser drops a decimal comma while it is typed, and makes 0,38 to 38. This one is a text field with
the reader of dashboard.quantities behind it; on a phone it still brings the keypad of numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import streamlit as st

from dashboard.quantities import Quantity, Question, Refusal, read_in
from dashboard.ui.as_text import as_text
from dashboard.ui.shell import tables
from dashboard.words import quantities as said

#: Around each of these fields stands a container of this name, by which elements/keypad.js finds them.
FIELD: Final = "number-field"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a field holds: a number in its unit, or nothing. ``bound``: "less" for "<0,5", "more" for ">2000"."""

    value: float | None
    bound: str = ""


NOTHING: Final = Answer(None)


def number_field(
    label: str,
    unit: str | None,
    key: str,
    *,
    low: float = 0.0,
    high: float = float("inf"),
    value: str = "",
    bounds: bool = False,
    whole: bool = False,
    help: str | None = None,
    persist_state: Literal["session"] | None = None,
    width: int | Literal["stretch"] = "stretch",
    show: bool = True,
    on_change: Callable[[], None] | None = None,
) -> Answer:
    """Draws the field and gives what is in it.

    Parameters
    ----------
    unit
        As units.csv names it; empty for a bare number. Another unit of the same kind is converted. None: the reader has not said
        which it is, so the field is drawn and nothing is read.
    low, high
        What can be typed, in that unit. Anything else is told and not taken.
    value
        The text that stands in it at first, unless the state of the key says.
    bounds
        Whether "<0,5" is an answer.
    show
        Whether what was understood is shown below, "0.38 µg".
    """
    with st.container(key=f"{FIELD}-{key}", gap="xsmall", width=width):
        changed: Callable[[], None] | Literal["rerun"] = on_change or "rerun"
        typed = st.text_input(label, key=key, help=help, persist_state=persist_state, on_change=changed, value=value)
        if unit is None:
            return NOTHING
        return answer(typed or "", unit, key, low=low, high=high, bounds=bounds, whole=whole, show=show)


def answer(
    typed: str, unit: str, key: str, *, low: float, high: float, bounds: bool = False, whole: bool = False, show: bool = True
) -> Answer:
    """What a typed text comes to; says it below the field, and asks there where it can be read in two ways."""
    if not typed.strip():
        return NOTHING
    found = read_in(typed, tables().units, unit, low, high, bounds=bounds, several=False, whole=whole)
    if isinstance(found, Refusal):
        st.caption(f":red[{as_text(said.refused(found))}]")
        return NOTHING
    if isinstance(found, Question):
        readings = {said.understood(reading): reading for reading in found.readings}
        chosen = st.pills(as_text(said.asked(found)), list(readings), key=f"{key}-which-{typed}", format_func=as_text)
        return Answer(readings[chosen].value, readings[chosen].bound) if chosen else NOTHING
    if show and _says_more(typed, found):
        st.caption(as_text(said.understood(found)))
    return Answer(found.value, found.bound)


def _says_more(typed: str, found: Quantity) -> bool:
    """Whether what was understood is not what was typed, letter by letter."""
    return typed.strip() != said.figure(found.value)
