"""Where a figure is from, one click away: a button that opens the rows behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from dashboard.advice.advise import Advice
from dashboard.advice.grounds import of_advice
from dashboard.estimate import provenance
from dashboard.estimate.assess import Assessment
from dashboard.estimate.provenance import Step
from dashboard.tables.cited import Cited
from dashboard.ui.shell import tables
from dashboard.words import provenance as said


def chain(parts: Mapping[str, Sequence[Step]], *, key: str, label: str = said.WHERE_FROM) -> None:
    """A button that opens where figures are from.

    Parameters
    ----------
    parts
        Heading -> the steps under it; a part without steps is left out. No button where nothing is left.
    key
        Unlike that of any other on the page, and the same on each run.
    """
    filled = {heading: steps for heading, steps in parts.items() if steps}
    if not filled:
        return
    label = said.with_doubts(label, [step for steps in filled.values() for step in steps])
    with st.popover(label, icon=":material/help_center:", type="tertiary", key=f"from-{key}"):
        st.html("".join(_part(heading, steps) for heading, steps in filled.items()))


def _part(heading: str, steps: Sequence[Step]) -> str:
    title = f"<p><strong>{escape(heading)}</strong></p>" if heading else ""
    return f'{title}<ul class="b12-from">{"".join(map(_item, steps))}</ul>'


def _item(step: Step) -> str:
    """One row as HTML. All of its words are escaped: names can come from a label, a link or USDA."""
    sources = tables().sources
    mark = said.mark(step)
    shown_mark = f"<strong>{escape(mark)}</strong>" if step.doubtful else escape(mark)
    links = [f'<a href="{escape(address, quote=True)}">{escape(text)}</a>' for text, address in said.links(step, sources)]
    texts = [escape(said.where(step, sources)), escape(said.how(step)), shown_mark, *links]
    return f"<li><strong>{escape(said.what(step))}</strong><br>{' '.join(text for text in texts if text)}</li>"


def _parts(advice: Advice) -> dict[str, Sequence[Step]]:
    a = advice.assessment
    return {
        said.TARGET: (*provenance.of_target(a.target), *provenance.of_need(a.target, tables())),
        said.USABLE: provenance.of_usable(a, tables()),
        said.NOTICES: of_advice(advice, tables()),
        said.INTAKE: provenance.of_intake(a),
    }


def of_plan(advice: Advice, *, key: str = "plan") -> None:
    """Where intake, target, usable B12, verdict and offers of a plan are from."""
    chain(_parts(advice), key=key)


def of_rows(rows: Mapping[str, Cited], *, key: str) -> None:
    """Where rules, guidelines or bands are from. ``rows``: what each says -> the row."""
    chain({"": [provenance.of_row("row", text, row, text) for text, row in rows.items()]}, key=key, label=said.RULES_FROM)


def of_foods(a: Assessment, *, key: str = "foods") -> None:
    """Where the food figures of a plan are from."""
    chain({"": provenance.of_intake(a)}, key=key, label=said.FOODS_FROM)


def of_stores(advice: Advice, *, key: str = "stores") -> None:
    """Where an outlook on body stores, and the plan it is of, is from."""
    chain({said.STORES: provenance.of_stores(advice.assessment, tables()), **_parts(advice)}, key=key)
