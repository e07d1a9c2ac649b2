"""One dose: how much of it becomes usable, as a Plotly figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboard.estimate.assess import Assessment
from dashboard.estimate.equivalents import DoseUptake, OccasionUptake
from dashboard.pictures.frame import framed, log_axis
from dashboard.pictures.palette import Palette
from dashboard.words import suggestions as said

DECADES: Final = [0.01, 0.1, 1, 10, 100, 1000]


def _curve(figure: go.Figure, row: int, rows: Sequence[DoseUptake], name: str, **line: Any) -> None:
    """One curve of a panel: µg in the first, percent in the second."""
    figure.add_scatter(
        x=[r.dose_ug for r in rows],
        y=[r.usable.value if row == 1 else r.percent for r in rows],
        mode="lines",
        name=name,
        line=line,
        showlegend=row == 1,
        legendgroup=name,
        row=row,
        col=1,
    )


def _marks(figure: go.Figure, row: int, eaten: Sequence[OccasionUptake], a: Assessment, tint: Palette) -> None:
    """The plan's occasions in one panel."""
    figure.add_scatter(
        x=[e.swallowed_ug for e in eaten],
        y=[e.usable.value if row == 1 else 100 * e.usable.value / e.swallowed_ug for e in eaten],
        text=[said.eating(e, a) for e in eaten],
        name=said.OCCASIONS,
        mode="markers",
        marker={"symbol": "x", "size": 9, "color": tint.text},
        hovertemplate="%{text}: %{x:.2f} µg, %{y:.2f}<extra></extra>",
        showlegend=row == 1 and bool(eaten),
        legendgroup=said.OCCASIONS,
        row=row,
        col=1,
    )


def dose_response(
    person: Sequence[DoseUptake], healthy: Sequence[DoseUptake], eaten: Sequence[OccasionUptake], a: Assessment, tint: Palette
) -> go.Figure:
    """One dose: what is taken up, in µg and in percent, over doses on a log axis.

    The person's own curve with its band, a healthy adult's dashed, and the plan's occasions as marks.
    """
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.08)
    doses = [r.dose_ug for r in person]
    band = [r.usable.high for r in person] + [r.usable.low for r in person][::-1]
    figure.add_scatter(
        x=doses + doses[::-1], y=band, fill="toself", mode="none", fillcolor=tint.usable, opacity=0.2, name=said.YOURS_BAND, row=1, col=1
    )
    for row in (1, 2):
        _curve(figure, row, person, said.YOURS, color=tint.usable, width=3)
        _curve(figure, row, healthy, said.HEALTHY, color=tint.text, width=1.5, dash="dash")
        _marks(figure, row, eaten, a, tint)
    figure.update_xaxes(**log_axis([*DECADES[1:], DECADES[-1] * 5]))
    figure.update_xaxes(title=said.DOSE_AXIS, row=2, col=1)
    figure.update_yaxes(title=said.ABSORBED_AXIS, row=1, col=1, **log_axis(DECADES[:-1]))
    figure.update_yaxes(title=said.PERCENT_AXIS, rangemode="tozero", row=2, col=1)
    return framed(figure, tint, 560)
