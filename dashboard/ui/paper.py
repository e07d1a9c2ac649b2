"""What a page shows only on paper, where the sidebar is gone: whose figures they are, and every day of the plan."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.estimate.assess import Assessment
from dashboard.plan import MEALS
from dashboard.ui import state
from dashboard.ui.shell import tables
from dashboard.words import MEAL_LABELS, handout
from dashboard.words import paper as said

#: The styles of a printed page, without their comments.
STYLES: Final = "\n".join(
    line
    for line in Path(__file__).with_name("elements").joinpath("print.css").read_text(encoding="utf-8").splitlines()
    if not line.startswith("/*")
)


#: So many days make a part, in two columns.
PART_DAYS: Final = 4


def whose() -> None:
    """For whom the figures hold, which the sidebar says on screen."""
    a = state.assessment()
    row = tables().reference_sets.get(a.plan.person.reference_set)
    line = handout.person(a, row.label if row else a.plan.person.reference_set)
    st.html(f'<p class="b12-paper">{escape(line)}</p>')


def days(a: Assessment) -> None:
    """Every day with its meals and foods, and the supplements; on screen one day is shown at a time.

    In parts of a few days: an edit changes one of them, and the browser keeps the others.
    """
    for part in parts(a):
        st.html(f'<div class="b12-paper">{part}</div>')


def parts(a: Assessment) -> list[str]:
    """The days in parts, the supplements with the last."""
    meals: dict[tuple[int, int], list[str]] = {}
    for e in a.eaten:
        meals.setdefault((e.place.day, e.place.meal), []).append(escape(said.food(e)))
    written = []
    for n, day in enumerate(a.days):
        rows = "".join(
            f"<li>{said.MEAL.format(meal=escape(MEAL_LABELS[name]), foods=said.BETWEEN_FOODS.join(meals[n, m]))}</li>"
            for m, name in enumerate(MEALS)
            if (n, m) in meals
        )
        written.append(f'<div class="b12-paper-day"><strong>{escape(said.day(day))}</strong><ul>{rows}</ul></div>')
    supplements = "".join(f"<li>{escape(line)}</li>" for line in handout.regimen(a.plan.supplements))
    found = [f'<div class="b12-paper-days">{"".join(written[n : n + PART_DAYS])}</div>' for n in range(0, len(written), PART_DAYS)]
    found[0] = f"<h3>{said.DAYS_TITLE}</h3>{found[0]}"
    found[-1] += f"<h3>{said.SUPPLEMENTS_TITLE}</h3><ul>{supplements}</ul>"
    return found
