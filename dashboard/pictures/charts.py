"""Plotly figures for the analytical pages. Each takes an assessment and answers a figure; none adds B12 up."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import plotly.graph_objects as go

from dashboard import words
from dashboard.estimate.assess import Assessment
from dashboard.foods.figures import Figures
from dashboard.pictures.palette import Palette
from dashboard.words.shortfall import off_scale

FOODS_SHOWN = 12
#: The axis of days ends at so many targets when a day lies far above it, or the target line could not be read.
TARGETS_SHOWN = 4
FAR_ABOVE = 8
UNIT = "µg a day"


def _layout(figure: go.Figure, tint: Palette, *, height: int, left: int = 50) -> go.Figure:
    figure.update_layout(
        barmode="stack",
        height=height,
        margin={"l": left, "r": 10, "t": 30, "b": 40},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        font={"color": tint.text, "size": 13},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
    )
    figure.update_xaxes(gridcolor=tint.grid, fixedrange=True)
    figure.update_yaxes(gridcolor=tint.grid, fixedrange=True)
    return figure


def _pattern(shape: str) -> dict[str, object]:
    """A pattern over the full colour."""
    return {"shape": shape, "fillmode": "overlay", "fgcolor": "rgba(255,255,255,.6)", "size": 8, "solidity": 0.2}


def _stack(figure: go.Figure, x: Sequence[str], parts: Sequence[tuple[str, Sequence[float], str, str]]) -> None:
    """Bars on top of each other: (name, amounts, colour, pattern). The pattern tells them apart without colour."""
    for name, amounts, colour, pattern in parts:
        if any(amounts):
            figure.add_bar(
                x=list(x),
                y=list(amounts),
                name=name,
                marker={"color": colour, "pattern": _pattern(pattern)},
                hovertemplate=f"%{{x}}: %{{y:.2f}} µg {name.lower()}<extra></extra>",
            )


def _target_line(figure: go.Figure, a: Assessment, tint: Palette) -> None:
    if a.target is None:
        return
    figure.add_hline(y=a.target.intake_ug, line={"color": tint.target, "width": 2, "dash": "dash"})
    figure.add_annotation(
        x=1,
        xref="paper",
        y=a.target.intake_ug,
        text=f"{words.number(a.target.intake_ug)} µg, {a.target.kind}",
        showarrow=False,
        yshift=10,
        xanchor="right",
    )


def by_day(a: Assessment, tint: Palette, before: Assessment | None = None) -> go.Figure:
    """Each day's intake by origin against the target line; what is missing is drawn hollow and labelled. A day not entered is empty.

    The same days of a baseline are marked where they stood.
    """
    figure = go.Figure()
    names = [words.short_day(d.name) for d in a.days]
    _stack(
        figure,
        names,
        [
            ("Natural", [d.intake.natural_ug for d in a.days], tint.natural, ""),
            ("Added", [d.intake.added_ug for d in a.days], tint.added, "/"),
            ("Supplement", [d.supplement_ug if d.entered else 0.0 for d in a.days], tint.supplement, "x"),
        ],
    )
    gaps = [d.shortfall_ug or 0.0 for d in a.days]
    if any(gaps):
        figure.add_bar(
            x=names,
            y=gaps,
            name="Missing to the target",
            marker={"color": "rgba(0,0,0,0)", "line": {"color": tint.gap, "width": 2}},
            text=[f"−{words.number(g)}" if g else "" for g in gaps],
            textposition="inside",
            textfont={"color": tint.gap},
            hovertemplate="%{x}: %{y:.2f} µg missing<extra></extra>",
        )
    stood = {d.name: d.intake_ug for d in before.days if d.entered} if before else {}
    marked = [d for d in a.days if d.name in stood]
    if marked:
        figure.add_scatter(
            x=[words.short_day(d.name) for d in marked],
            y=[stood[d.name] for d in marked],
            name="Baseline",
            mode="markers",
            marker={"symbol": "line-ew", "size": 34, "line": {"color": tint.before, "width": 5}},
            hovertemplate="%{x}: %{y:.2f} µg in the baseline<extra></extra>",
        )
    _target_line(figure, a, tint)
    figure.update_yaxes(title=UNIT, rangemode="tozero")
    _cut_axis(figure, a)
    return _layout(figure, tint, height=360)


def _cut_axis(figure: go.Figure, a: Assessment) -> None:
    """Ends the axis of days within reach of the target; a bar that goes on says how far."""
    if a.target is None or max(d.intake_ug for d in a.days) <= FAR_ABOVE * a.target.intake_ug:
        return
    top = TARGETS_SHOWN * a.target.intake_ug
    figure.update_yaxes(range=[0, top])
    for day in a.days:
        if day.intake_ug > top:
            figure.add_annotation(x=words.short_day(day.name), y=1, yref="paper", yanchor="bottom", showarrow=False, text=off_scale(day))


def by_meal(a: Assessment, tint: Palette) -> go.Figure:
    """Each meal's mean: swallowed beside usable, usable with its band."""
    figure = go.Figure()
    names = [words.MEAL_LABELS[m.name] for m in a.meals]
    figure.add_bar(
        x=names,
        y=[m.intake.total_ug + m.supplement_ug for m in a.meals],
        name="Swallowed",
        marker={"color": tint.added, "pattern": _pattern("/")},
        hovertemplate="%{x}: %{y:.2f} µg swallowed<extra></extra>",
    )
    figure.add_bar(
        x=names,
        y=[m.usable.value for m in a.meals],
        name="Usable, with its band",
        marker={"color": tint.usable},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [m.usable.high - m.usable.value for m in a.meals],
            "arrayminus": [m.usable.value - m.usable.low for m in a.meals],
            "color": tint.text,
        },
        hovertemplate="%{x}: %{y:.2f} µg usable<extra></extra>",
    )
    figure.update_yaxes(title=UNIT, rangemode="tozero")
    return _layout(figure, tint, height=340).update_layout(barmode="group")


def by_food(a: Assessment, tint: Palette) -> go.Figure:
    """The foods that bring most, natural and added, largest first."""
    top = [f for f in a.foods if f.total_ug][:FOODS_SHOWN][::-1]
    figure = go.Figure()
    for name, amounts, colour, pattern in (
        ("Natural", [f.natural_ug for f in top], tint.natural, ""),
        ("Added", [f.added_ug for f in top], tint.added, "/"),
    ):
        if any(amounts):
            figure.add_bar(
                y=[_short(f.name) for f in top],
                x=amounts,
                name=name,
                orientation="h",
                marker={"color": colour, "pattern": _pattern(pattern)},
                hovertemplate=f"%{{y}}: %{{x:.2f}} µg a day {name.lower()}<extra></extra>",
            )
    figure.update_xaxes(title=UNIT, rangemode="tozero")
    figure.update_yaxes(automargin=True, type="category")  # a food called "7" or "2024-01-01" is no number and no date
    return _layout(figure, tint, height=110 + 28 * max(1, len(top)), left=10)


def portions(rows: Sequence[Figures], tint: Palette) -> go.Figure:
    """B12 in a usual portion, richest on top."""
    top = list(rows)[::-1]
    figure = go.Figure()
    figure.add_bar(
        y=[_short(r.food.name) for r in top],
        x=[r.per_portion_ug for r in top],
        orientation="h",
        marker={"color": tint.added},
        text=[words.amount_ug(r.per_portion_ug) for r in top],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y}: %{x:.2f} µg in a usual portion<extra></extra>",
    )
    figure.update_xaxes(title="µg in a usual portion", rangemode="tozero")
    figure.update_yaxes(automargin=True, type="category")  # a food called "7" or "2024-01-01" is no number and no date
    return _layout(figure, tint, height=110 + 28 * len(top), left=10)


def _short(name: str) -> str:
    """A name where there is little room. Plotly takes ``<b>`` and ``<a href>`` in a text for formatting, so they are escaped."""
    return escape(name if len(name) <= 34 else f"{name[:33]}…", quote=False)
