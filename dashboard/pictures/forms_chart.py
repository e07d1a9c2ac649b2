"""Plotly figures of the page "What would help?": forms compared, one dose, the week before and after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboard import words
from dashboard.advice.advise import Advice
from dashboard.advice.regimens import RegimenEffect
from dashboard.estimate.assess import Assessment
from dashboard.estimate.equivalents import DoseUptake, OccasionUptake
from dashboard.pictures.frame import framed, log_axis
from dashboard.pictures.palette import Palette
from dashboard.words import suggestions as said

#: Who decides -> its name and marker; shape and fill tell them apart without colour.
MARKERS: Final = {
    "self-care": (said.CHOSEN_ALONE, "circle"),
    "discuss-first": (said.TALK_FIRST, "diamond"),
    "clinician": (said.BY_CLINICIAN, "circle-open"),
}
ROW_HEIGHT: Final = 23
DECADES: Final = [0.01, 0.1, 1, 10, 100, 1000]


def forms(effects: Sequence[RegimenEffect], advice: Advice, tint: Palette) -> go.Figure:
    """Usable B12 a day of every regimen with its low and high, on a log axis, against the need.

    A filled marker may be chosen alone, a diamond is to be discussed first, a hollow one is a clinician's.
    No line of need where a figure must not be read as enough. Names stand in the picture, so that it is readable on a phone.
    """
    figure = go.Figure()
    shown = [e for e in effects if e.usable.value > 0]
    place = {e.regimen.regimen: len(shown) - n for n, e in enumerate(shown)}
    for who, (name, symbol) in MARKERS.items():
        rows = [e for e in shown if e.advice == who]
        if rows:
            figure.add_scatter(
                x=[e.usable.value for e in rows],
                y=[place[e.regimen.regimen] for e in rows],
                customdata=[e.regimen.label for e in rows],
                name=name,
                mode="markers",
                marker={"symbol": symbol, "size": 11, "color": tint.supplement, "line": {"width": 2, "color": tint.supplement}},
                error_x=_low_to_high(rows, tint),
                hovertemplate="%{customdata}: %{x:.2f} µg a day<extra></extra>",
            )
    # All at once: Plotly checks every annotation there is again with each one that is added.
    figure.update_layout(annotations=[_name_above(e, place[e.regimen.regimen], tint) for e in shown])
    _need(figure, advice, tint)
    figure.update_yaxes(showticklabels=False, showgrid=False, range=[0, len(shown) + 1])
    figure.update_xaxes(title=said.USABLE_AXIS, **log_axis(DECADES))
    return framed(figure, tint, 150 + 2 * ROW_HEIGHT * max(1, len(shown)), legend_on_top=True)


def _name_above(e: RegimenEffect, row: int, tint: Palette) -> dict[str, Any]:
    """A regimen's name above its marker."""
    return {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": row,
        "yshift": ROW_HEIGHT - 5,
        "text": e.regimen.label,
        "bgcolor": tint.surface,
        "showarrow": False,
    }


def _need(figure: go.Figure, advice: Advice, tint: Palette) -> None:
    """The line of need, and whose it is; none where nothing may be said to cover it."""
    line, target = said.need_line(advice), advice.assessment.target
    if not line or target is None:
        return
    figure.add_vline(x=target.need_ug, line={"color": tint.target, "width": 2, "dash": "dash"})
    figure.add_annotation(x=0, xref="paper", xanchor="left", y=1, yref="paper", yanchor="bottom", text=f"┆ {line}", showarrow=False)


def _low_to_high(rows: Sequence[RegimenEffect], tint: Palette) -> dict[str, Any]:
    """Bars from the low to the high end."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [e.usable.high - e.usable.value for e in rows],
        "arrayminus": [e.usable.value - e.usable.low for e in rows],
        "color": tint.before,
    }


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
        marker={"symbol": "x", "size": 9, "color": tint.natural},
        hovertemplate="%{text}: %{x:.2f} µg, %{y:.2f}<extra></extra>",
        showlegend=row == 1 and bool(eaten),
        legendgroup=said.OCCASIONS,
        row=row,
        col=1,
    )


def dose_response(
    person: Sequence[DoseUptake], healthy: Sequence[DoseUptake], eaten: Sequence[OccasionUptake], a: Assessment, tint: Palette
) -> go.Figure:
    """One dose: what gets in, in µg and in percent, over doses on a log axis.

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


def before_after(before: Assessment, after: Assessment, tint: Palette) -> go.Figure:
    """Each day's intake as it is and as it would be, against the target."""
    figure = go.Figure()
    names = [words.short_day(d.name) for d in before.days]
    for name, a, colour, shape in ((said.BEFORE, before, tint.before, "/"), (said.AFTER, after, tint.usable, "")):
        figure.add_bar(
            x=names,
            y=[d.intake_ug for d in a.days],
            name=name,
            marker={"color": colour, "pattern": {"shape": shape}},
            hovertemplate="%{x}: %{y:.2f} µg<extra></extra>",
        )
    if before.target:
        figure.add_hline(y=before.target.intake_ug, line={"color": tint.target, "width": 2, "dash": "dash"})
        figure.add_annotation(
            x=1,
            xref="paper",
            y=before.target.intake_ug,
            yshift=10,
            xanchor="right",
            showarrow=False,
            text=f"{words.number(before.target.intake_ug)} µg, {before.target.kind}",
        )
    figure.update_yaxes(title="µg a day", rangemode="tozero")
    return framed(figure, tint, 320).update_layout(barmode="group")
