"""Plotly figures of the page "How good is this estimate?": measured against estimated. They draw comparisons and work nothing out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboard.estimate.reference import Target
from dashboard.estimate.sensitivity import Swing
from dashboard.estimate.validation import ADDED, NATURAL, Comparison, Outcome
from dashboard.pictures.frame import framed, log_axis
from dashboard.pictures.palette import Palette
from dashboard.tables.science import Band
from dashboard.words import validation as said

#: Role -> marker: filled helped to draw the line, hollow was held out.
SYMBOLS: Final = {"fitted": "circle", "guided": "diamond", "left-out": "square-open", "not-used": "circle-open"}
ROW_HEIGHT: Final = 48
#: Room for the names of groups, so that the names of studies can start at the left edge of a phone. [px]
GROUP_NAMES: Final = 128
Curve = Sequence[tuple[float, Band]]


def _ends(low: Sequence[float], value: Sequence[float], high: Sequence[float], colour: str) -> dict[str, Any]:
    """Lines from a low to a high, without caps: where there is no spread nothing is to be seen."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [h - v for h, v in zip(high, value, strict=True)],
        "arrayminus": [v - n for n, v in zip(low, value, strict=True)],
        "color": colour,
        "thickness": 2,
        "width": 0,
    }


# (a) Absorbed against dose ------------------------------------------------------------------------


def doses(
    comparisons: Sequence[Comparison], curves: Mapping[str, Curve], pooled: Sequence[tuple[float, float]], tint: Palette
) -> go.Figure:
    """Amount absorbed against dose on two log axes: added B12 above, meals below, with our line and band."""
    figure = make_subplots(rows=2, cols=1, vertical_spacing=0.14, subplot_titles=[said.PARTS[ADDED], said.PARTS[NATURAL]])
    for row, part in enumerate((ADDED, NATURAL), 1):
        _curve(figure, curves[part], row, tint)
        if part == NATURAL:
            _line(figure, [(dose, band.value) for dose, band in curves["egg"]], said.LINE_EGGS, tint.usable, "dash", row)
            _line(figure, pooled, said.LINE_POOLED, tint.supplement, "dot", row)
        for role in SYMBOLS:
            _points(figure, [c for c in comparisons if c.part == part and c.role == role and c.dose_ug is not None], role, row, tint)
    figure.update_xaxes(title=said.DOSE_AXIS, **log_axis([0.1, 1, 10, 100, 1000]))
    figure.update_yaxes(title=said.ABSORBED_AXIS, **log_axis([0.1, 0.3, 1, 3, 10]))
    figure.update_annotations(font_size=14)
    return framed(figure, tint, 900, legend_on_top=True).update_layout(margin_t=190)


def _curve(figure: go.Figure, curve: Curve, row: int, tint: Palette) -> None:
    doses_ug = [dose for dose, _ in curve]
    around = [band.high for _, band in curve] + [band.low for _, band in curve][::-1]
    figure.add_scatter(
        x=doses_ug + doses_ug[::-1],
        y=around,
        fill="toself",
        mode="none",
        fillcolor=tint.usable,
        opacity=0.2,
        name=said.ESTIMATED_BAND,
        showlegend=row == 1,
        hoverinfo="skip",
        row=row,
        col=1,
    )
    _line(figure, [(dose, band.value) for dose, band in curve], said.LINE, tint.usable, "solid", row)


def _line(figure: go.Figure, points: Sequence[tuple[float, float]], name: str, colour: str, dash: str, row: int) -> None:
    figure.add_scatter(
        x=[x for x, _ in points],
        y=[y for _, y in points],
        mode="lines",
        line={"color": colour, "width": 2, "dash": dash},
        name=name,
        showlegend=row == 1 or name != said.LINE,
        hovertemplate="%{x:.2f} µg: %{y:.2f} µg<extra></extra>",
        row=row,
        col=1,
    )


def _points(figure: go.Figure, rows: Sequence[Comparison], role: str, row: int, tint: Palette) -> None:
    if not rows:
        return
    shown = any(trace.name == said.ROLES[role] for trace in figure.data)
    spreads = [c.observed_range or (c.observed[0], c.observed[0]) for c in rows]
    values = [c.observed[0] for c in rows]
    figure.add_scatter(
        x=[c.dose_ug for c in rows],
        y=values,
        error_y=_ends(
            [min(s[0], v) for s, v in zip(spreads, values, strict=True)],
            values,
            [max(s[1], v) for s, v in zip(spreads, values, strict=True)],
            tint.text,
        ),
        mode="markers",
        marker={"symbol": SYMBOLS[role], "size": 10, "color": tint.text, "line": {"width": 2, "color": tint.text}},
        text=[f"{said.study(c)}, {said.subject(c)}: {said.OUTCOMES[c.outcome]}" for c in rows],
        hovertemplate="%{text}<br>%{y:.2f} µg<extra></extra>",
        name=said.ROLES[role],
        showlegend=not shown,
        row=row,
        col=1,
    )


# (b) Observed against estimated -------------------------------------------------------------------


def comparable(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """Studies whose single figure is of the same kind as the estimate, and not nought; food values apart."""
    rows = [c for c in comparisons if c.single and c.dose_ug is None and c.part not in (NATURAL, "foods")]
    return [c for c in rows if c.estimated[0].value and _seen(c)[1]]


def _seen(c: Comparison) -> tuple[float, float, float]:
    """Low, middle and high of what was seen; without a figure the middle of its range."""
    low, high = c.observed_range or (c.observed[0], c.observed[0])
    return (low, c.observed[0] if c.observed else (low + high) / 2, high)


def ratios(rows: Sequence[Comparison], tint: Palette) -> go.Figure:
    """What was seen as a multiple of the estimate, one study a row, with its published range and our low to high."""
    figure = go.Figure()
    at = {c.id: len(rows) - n for n, c in enumerate(rows)}
    for c in rows:
        ends = sorted((c.estimated[0].low / c.estimated[0].value, c.estimated[0].high / c.estimated[0].value))
        figure.add_scatter(
            x=ends,
            y=[at[c.id]] * 2,
            mode="lines",
            line={"color": tint.usable, "width": 9},
            opacity=0.35,
            showlegend=c is rows[0],
            hoverinfo="skip",
            name=said.ESTIMATED_BAND,
        )
    for outcome, symbol in ((Outcome.AGREES, "circle"), (Outcome.DISAGREES, "x")):
        here = [c for c in rows if c.outcome is outcome]
        scaled = [[part / c.estimated[0].value for part in _seen(c)] for c in here]
        values = [middle for _, middle, _ in scaled]
        figure.add_scatter(
            x=values,
            y=[at[c.id] for c in here],
            error_x=_ends([min(s) for s in scaled], values, [max(s) for s in scaled], tint.text),
            mode="markers",
            marker={"symbol": symbol, "size": 10, "color": tint.gap if outcome is Outcome.DISAGREES else tint.text},
            name=said.OUTCOMES[outcome],
            text=[f"{said.study(c)}: {said.observed(c)}; {said.estimated(c)}" for c in here],
            hovertemplate="%{text}<extra></extra>",
        )
    figure.add_vline(x=1, line={"color": tint.target, "width": 2, "dash": "dash"})
    _names(figure, {at[c.id]: said.ratio_name(c) for c in rows}, tint)
    figure.update_xaxes(title=said.RATIO_AXIS, **log_axis([0.1, 0.2, 0.5, 1, 2, 5]))
    figure.update_yaxes(showticklabels=False, showgrid=False, range=[0, len(rows) + 1])
    return framed(figure, tint, 150 + ROW_HEIGHT * max(1, len(rows)), legend_on_top=True)


def _names(figure: go.Figure, names: Mapping[int, str], tint: Palette) -> None:
    """A name above each row, inside the picture, so that it is readable on a phone."""
    figure.update_layout(
        annotations=[
            {
                "x": 0,
                "xref": "paper",
                "xanchor": "left",
                "y": y,
                "yshift": ROW_HEIGHT // 2 - 5,
                "text": name,
                "bgcolor": tint.surface,
                "showarrow": False,
            }
            for y, name in names.items()
        ]
    )


def ordered(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """Studies that put groups in an order, with figures."""
    return [c for c in comparisons if c.rule in ("same-order", "opposite-order") and len(c.observed) == len(c.estimated)]


def order(rows: Sequence[Comparison], tint: Palette) -> go.Figure:
    """Groups of each study, seen and estimated, the highest of each as 100."""
    figure = make_subplots(rows=len(rows), cols=1, subplot_titles=[said.order_name(c) for c in rows], vertical_spacing=0.32 / len(rows))
    for n, c in enumerate(rows, 1):
        estimates = [band.value for band in c.estimated]
        for name, values, colour, shape in (
            (said.ESTIMATED, estimates, tint.usable, ""),
            (said.OBSERVED, c.observed, tint.before, "/"),
        ):
            top = max(values) or 1
            figure.add_bar(
                y=list(c.groups),
                x=[100 * value / top for value in values],
                orientation="h",
                name=name,
                marker={
                    "color": colour,
                    "pattern": {"shape": shape, "fillmode": "overlay", "fgcolor": tint.surface, "size": 7, "solidity": 0.3},
                },
                text=[said.figure(value) for value in values],
                textposition="outside",
                textfont={"size": 12},
                cliponaxis=False,
                showlegend=n == 1,
                hovertemplate="%{y}: %{text}<extra></extra>",
                row=n,
                col=1,
            )
    figure.update_yaxes(autorange="reversed")
    figure.update_xaxes(range=[0, 120], showticklabels=False, showgrid=False)
    figure.update_annotations(x=0, xanchor="left", align="left", xshift=-GROUP_NAMES, font_size=13)
    groups = sum(len(c.groups) for c in rows)
    figure = framed(figure, tint, 130 + 70 * len(rows) + 40 * groups, legend_on_top=True).update_layout(
        barmode="group", legend_traceorder="reversed"
    )
    return figure.update_yaxes(automargin=False).update_layout(margin_l=GROUP_NAMES + 5)


# (c) Reference sets, (d) what moves the figure ----------------------------------------------------


def sets(targets: Mapping[str, Target], chosen: str, tint: Palette) -> go.Figure:
    """Target and average requirement of each reference set for this person."""
    figure = go.Figure()
    at = {name: len(targets) - n for n, name in enumerate(targets)}
    averages = {name: t.average_ug for name, t in targets.items() if t.average_ug is not None}
    for name, values, symbol, side in (
        (said.TARGET_MARK, {name: t.intake_ug for name, t in targets.items()}, "diamond", "right"),
        (said.AVERAGE_MARK, averages, "circle-open", "left"),
    ):
        figure.add_scatter(
            x=list(values.values()),
            y=[at[key] for key in values],
            mode="markers+text",
            text=[said.figure(value) for value in values.values()],
            textposition=f"middle {side}",
            cliponaxis=False,
            marker={"symbol": symbol, "size": 11, "color": tint.added, "line": {"width": 2, "color": tint.added}},
            name=name,
            hovertemplate="%{x:.2f} µg a day<extra></extra>",
        )
    bold = {at[key]: f"<b>{t.label}, {t.kind}</b>" if key == chosen else f"{t.label}, {t.kind}" for key, t in targets.items()}
    _names(figure, bold, tint)
    figure.update_xaxes(title=said.SETS_AXIS, rangemode="tozero")
    figure.update_yaxes(showticklabels=False, showgrid=False, range=[0, len(targets) + 1])
    return framed(figure, tint, 130 + ROW_HEIGHT * len(targets), legend_on_top=True)


def tornado(swings: Sequence[Swing], need_ug: float | None, tint: Palette) -> go.Figure:
    """How far usable B12 moves when one thing is changed alone, the widest on top."""
    figure = go.Figure()
    rows = [len(swings) - n for n in range(len(swings))]
    base = swings[0].base_ug
    for name, ends, colour, shape in (
        (said.AT_LOW, [s.low_ug for s in swings], tint.before, "/"),
        (said.AT_HIGH, [s.high_ug for s in swings], tint.usable, ""),
    ):
        figure.add_bar(
            y=rows,
            x=[end - base for end in ends],
            base=base,
            orientation="h",
            width=0.42,
            name=name,
            marker={
                "color": colour,
                "pattern": {"shape": shape, "fillmode": "overlay", "fgcolor": tint.surface, "size": 7, "solidity": 0.3},
            },
            customdata=ends,
            hovertemplate="%{customdata:.2f} µg a day<extra></extra>",
        )
    figure.add_vline(x=base, line={"color": tint.text, "width": 1})
    _names(figure, {row: s.variation.label for row, s in zip(rows, swings, strict=True)}, tint)
    if need_ug is not None:
        figure.add_vline(x=need_ug, line={"color": tint.target, "width": 2, "dash": "dash"})
        figure.add_annotation(x=need_ug, y=1, yref="paper", yanchor="bottom", text=said.need_mark(need_ug), showarrow=False)
    figure.update_xaxes(title=said.SWINGS_AXIS, rangemode="tozero")
    figure.update_yaxes(showticklabels=False, showgrid=False, range=[0, len(swings) + 1])
    return framed(figure, tint, 130 + ROW_HEIGHT * len(swings), legend_on_top=True).update_layout(barmode="overlay")
