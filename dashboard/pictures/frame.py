"""What the Plotly figures of the analytical pages have in common: margins, legend, axes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import plotly.graph_objects as go

from dashboard.pictures.palette import Palette

#: The letters of the page around a figure.
FONT: Final = '"Source Sans", sans-serif'


def framed(figure: go.Figure, tint: Palette, height: int, *, legend_on_top: bool = False) -> go.Figure:
    """A figure in the app's colours, without zoom or drag.

    Parameters
    ----------
    height
        Of the whole figure. [px]
    legend_on_top
        The legend begins at the upper edge of the figure, with room for several lines; otherwise it stands just above the axes.
    """
    place = {"y": 1, "yref": "container", "yanchor": "top"} if legend_on_top else {"y": 1.02, "yanchor": "bottom"}
    figure.update_layout(
        height=height,
        margin={"l": 10, "r": 10, "t": 90 if legend_on_top else 40, "b": 40},
        legend={"orientation": "h", "x": 0, **place},
        font={"color": tint.text, "size": 13, "family": FONT},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
    )
    figure.update_xaxes(gridcolor=tint.grid, fixedrange=True, zeroline=False)
    figure.update_yaxes(gridcolor=tint.grid, fixedrange=True, zeroline=False, automargin=True)
    return figure


def log_axis(ticks: Sequence[float]) -> dict[str, Any]:
    """A logarithmic axis with its ticks written out."""
    return {"type": "log", "tickvals": list(ticks), "ticktext": [f"{tick:,g}" for tick in ticks]}
