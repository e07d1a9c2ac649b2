"""What a page shows only on paper: whose figures they are, every day of the plan, and tables whole.

On screen one day is shown at a time, and a table is a canvas that rolls: the printer would cut it at the edge of the paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Final

import pandas as pd
import streamlit as st

from dashboard.estimate.assess import Assessment
from dashboard.pictures.rows import cell
from dashboard.plan import MEALS
from dashboard.ui import state
from dashboard.ui.shell import tables
from dashboard.words import MEAL_LABELS, NO_VALUE, handout
from dashboard.words import paper as said

#: Room for a table that stands beside others on two sheets, in lines of so many letters.
LINES: Final = 24
LETTERS_A_LINE: Final = 150
#: Room for the days of a plan, in lines of one of two columns.
PLAN_LINES: Final = 150
LETTERS_A_COLUMN: Final = 70

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


def table(frame: pd.DataFrame, lines: int = LINES, missing: str = NO_VALUE) -> None:
    """A table whose every column is seen, with as many of its rows as fit in the lines, and where the others are."""
    st.html(html(frame, lines, missing))


def html(frame: pd.DataFrame, lines: int = LINES, missing: str = NO_VALUE) -> str:
    """A table for paper, with every text in it escaped. ``missing``: what stands in a cell without a value."""
    cells = [[cell(value, missing) for value in row] for row in frame.itertuples(index=False)]
    printed = _fitting(cells, lines)
    head = "".join(f"<th>{escape(str(name)).replace('_', '_<wbr>')}</th>" for name in frame.columns)
    body = "".join(f"<tr>{''.join(f'<td>{escape(said)}</td>' for said in row)}</tr>" for row in cells[:printed])
    left_out = said.ROWS_LEFT_OUT.format(printed=printed, rows=len(cells)) if printed < len(cells) else ""
    rows = f'<table class="b12-paper-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="b12-paper">{rows}{f"<p>{left_out}</p>" if left_out else ""}</div>'


def folded(titles: Sequence[str]) -> None:
    """What is not printed because it is folded on screen, by its titles."""
    if titles:
        st.html(f'<p class="b12-paper">{escape(said.folded(titles))}</p>')


def entries(lines: Iterable[str]) -> None:
    """Short texts, one under the other in two columns."""
    st.html(f'<ul class="b12-paper b12-paper-entries">{"".join(f"<li>{escape(line)}</li>" for line in lines)}</ul>')


def _fitting(cells: list[list[str]], lines: int) -> int:
    """How many rows fit: a row takes as many lines as its letters would fill the whole width."""
    taken = 0
    for n, row in enumerate(cells):
        taken += -(-max(sum(map(len, row)), 1) // LETTERS_A_LINE)
        if taken > lines:
            return n
    return len(cells)


def parts(a: Assessment) -> list[str]:
    """The days in parts, the supplements with the last. Days that find no room on two sheets are left out, and that is said."""
    meals: dict[tuple[int, int], list[str]] = {}
    for e in a.eaten:
        meals.setdefault((e.place.day, e.place.meal), []).append(said.food(e))
    written: list[str] = []
    taken = printed = 0
    for n, day in enumerate(a.days):
        here = {MEAL_LABELS[name]: meals[n, m] for m, name in enumerate(MEALS) if (n, m) in meals}
        lines = [said.MEAL.format(meal=meal, foods=said.BETWEEN_FOODS.join(foods)) for meal, foods in here.items()]
        taken += 2 + sum(-(-len(line) // LETTERS_A_COLUMN) for line in lines)
        if written and taken > PLAN_LINES:
            break
        printed += sum(map(len, here.values()))
        rows = "".join(f"<li>{escape(line)}</li>" for line in lines)
        written.append(f'<div class="b12-paper-day"><strong>{escape(said.day(day))}</strong><ul>{rows}</ul></div>')
    supplements = "".join(f"<li>{escape(line)}</li>" for line in handout.regimen(a.plan.supplements))
    found = [f'<div class="b12-paper-days">{"".join(written[n : n + PART_DAYS])}</div>' for n in range(0, len(written), PART_DAYS)]
    found[0] = f"<h3>{said.DAYS_TITLE}</h3>{found[0]}"
    if len(written) < len(a.days):
        left_out = said.DAYS_LEFT_OUT.format(days=len(written), of_days=len(a.days), foods=printed, of_foods=len(a.eaten))
        found[-1] += f"<p>{escape(left_out)}</p>"
    found[-1] += f"<h3>{said.SUPPLEMENTS_TITLE}</h3><ul>{supplements}</ul>"
    return found
