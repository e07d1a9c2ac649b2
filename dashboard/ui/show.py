"""How a chart, its text and its numbers are placed, and how sources are cited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import words
from dashboard.pictures import rows
from dashboard.ui import paper
from dashboard.ui.shell import tables
from dashboard.words import sources as said

#: The only button is the camera: it saves the chart as SVG, drawn by the browser itself.
CHART: Final[dict[str, Any]] = {
    "modeBarButtons": [["toImage"]],
    "displaylogo": False,
    "responsive": True,
    "toImageButtonOptions": {"format": "svg", "filename": "b12-chart"},
}


def picture(html: str, numbers: pd.DataFrame, alt: str) -> None:
    """A picture of :mod:`dashboard.pictures`, in which every name is escaped, and its numbers as a table."""
    st.html(html)
    _numbers(numbers, alt)


def drawing(html: str, numbers: pd.DataFrame, alt: str) -> None:
    """A picture with SVG in it, which ``st.html`` takes out. It may hold no text of a file, a link, a label or USDA."""
    st.markdown(html, unsafe_allow_html=True)
    _numbers(numbers, alt)


def _numbers(numbers: pd.DataFrame, alt: str) -> None:
    with st.expander(said.CHART_NUMBERS):
        table(numbers, said.chart_numbers_alt(alt))


def table(
    frame: pd.DataFrame, alt: str, *, missing: str = words.NO_VALUE, lines: int = paper.LINES, entries: Sequence[str] = (), **more: Any
) -> Any:
    """A table that rolls and sorts on screen, and stands whole on paper.

    Parameters
    ----------
    missing
        What stands in a cell without a value, on screen and on paper.
    lines
        The room it has on paper.
    entries
        Short texts that stand on paper in place of the table.
    more
        For ``st.dataframe``, whose answer is returned.
    """
    answer = st.dataframe(frame, hide_index=True, alt=alt, placeholder=missing, **more)
    _on_paper(frame, missing, lines, entries)
    return answer


def words_table(
    frame: pd.DataFrame, alt: str, *, missing: str = words.NO_VALUE, lines: int = paper.LINES, entries: Sequence[str] = ()
) -> None:
    """A table of words, to be read: whole on any screen, where one that sorts would cut its columns on a phone. As :func:`table`."""
    st.html(rows.table(frame, alt, missing))
    _on_paper(frame, missing, lines, entries)


def _on_paper(frame: pd.DataFrame, missing: str, lines: int, entries: Sequence[str]) -> None:
    if entries:
        paper.entries(entries)
    else:
        paper.table(frame, lines, missing)


def chart(figure: go.Figure, alt: str, numbers: pd.DataFrame) -> None:
    """A chart with its text alternative, and its numbers as a table."""
    st.plotly_chart(figure, alt=alt, theme=None, config=CHART)
    _numbers(numbers, alt)


def cited(source_ids: Iterable[str]) -> None:
    """The sources that the figures above rest on."""
    known = tables().sources
    found = [known[s] for s in source_ids if s in known]
    with st.expander(said.CITED, key="fold-text-cited"):
        lines = (f"- {said.cite(source)}{f' [doi:{source.doi}](https://doi.org/{source.doi})' if source.doi else ''}" for source in found)
        st.markdown("\n".join(lines))
