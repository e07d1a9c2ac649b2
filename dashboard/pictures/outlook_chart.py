"""The picture of body stores over the years, and its numbers. It draws an outlook and adds nothing up."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.advice.advise import Advice, Claim
from dashboard.advice.outlook import Outlook, Path
from dashboard.estimate.stores import ENDS
from dashboard.pictures.frame import framed
from dashboard.pictures.palette import Palette
from dashboard.words import headings
from dashboard.words import outlook as said


def _style(path: Path, tint: Palette) -> tuple[str, str, str]:
    """Colour, dash of the line and pattern of the band: a path is told apart without its colour too."""
    if path.id == "plan":
        return tint.added, "solid", ""
    return (tint.before, "dot", ".") if path.id == "nothing" else (tint.supplement, "dash", "/")


def _faint(colour: str) -> str:
    """A colour of the palette, see-through."""
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return f"rgba({red},{green},{blue},.18)"


def _drawn(amounts: Sequence[float]) -> list[float]:
    """Amounts with seven digits, finer than anybody can see: every further one would go to the browser with every run for nothing."""
    return [float(f"{amount:.7g}") for amount in amounts]


def _band(figure: go.Figure, path: Path, colour: str, pattern: str) -> None:
    figure.add_scatter(
        x=_drawn(path.years),
        y=_drawn(path.high_ug),
        mode="lines",
        line={"width": 1, "color": _faint(colour)},
        showlegend=False,
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=_drawn(path.years),
        y=_drawn(path.low_ug),
        mode="lines",
        line={"width": 1, "color": _faint(colour)},
        fill="tonexty",
        fillcolor=_faint(colour),
        fillpattern={"shape": pattern, "fgcolor": colour, "size": 9, "solidity": 0.12} if pattern else None,
        name=said.BAND_NAME.format(said.name(path)),
        showlegend=False,
        hoverinfo="skip",
    )


def _line(figure: go.Figure, path: Path, colour: str, dash: str) -> None:
    figure.add_scatter(
        x=_drawn(path.years),
        y=_drawn(path.value_ug),
        mode="lines",
        line={"color": colour, "width": 2 if path.effect else 3, "dash": dash},
        name=said.legend_name(path),
        customdata=list(zip(_drawn(path.low_ug), _drawn(path.high_ug), strict=True)),
        hovertemplate="%{x:.1f} years: %{y:,.0f} µg (%{customdata[0]:,.0f} to %{customdata[1]:,.0f})<extra></extra>",
    )


def _mark(figure: go.Figure, years: int, level_ug: float, text: str, colour: str, *, dash: str) -> None:
    """A level as a line through the picture. Its name stands in the legend, where no curve can run through it."""
    figure.add_scatter(
        x=[0, years],
        y=[level_ug, level_ug],
        mode="lines",
        line={"color": colour, "width": 2, "dash": dash},
        name=text.format(words.number(level_ug)),
        hoverinfo="skip",
    )


def over_years(o: Outlook, shown: Sequence[Path], tint: Palette) -> go.Figure:
    """The store over the years: paths with their bands, no intake as a line alone, and the line at which signs begin."""
    figure = go.Figure()
    for path in shown:
        colour, _, pattern = _style(path, tint)
        if path.id != "nothing" or len(shown) == 1:
            _band(figure, path, colour, pattern)
    for path in shown:
        colour, dash, _ = _style(path, tint)
        _line(figure, path, colour, dash)
    _mark(figure, o.years, o.signs_ug, said.SIGNS_LINE, tint.gap, dash="dash")
    _mark(figure, o.years, o.full_ug, said.FULL_LINE, tint.quiet, dash="longdash")
    framed(figure, tint, 460).update_layout(margin_t=70, hovermode="closest")
    figure.update_xaxes(title=said.AXIS_YEARS, range=[0, o.years])
    figure.update_yaxes(title=said.AXIS_POOL, range=[0, o.full_ug * 1.08], tickformat=",")
    return figure


def by_year(o: Outlook, shown: Sequence[Path]) -> pd.DataFrame:
    """One row a year, low, estimate and high of each path. [µg]"""
    return pd.DataFrame(
        {headings.YEARS: year} | {said.path_column(path, end): round(getattr(path.at(year), end)) for path in shown for end in ENDS}
        for year in range(o.years + 1)
    )


def forms(paths: Sequence[Path], advice: Advice) -> pd.DataFrame:
    """One row a supplement form added to the plan."""
    decided = not advice.claim(Claim.STORES).may
    return pd.DataFrame(
        {
            headings.FORM_AND_DOSE: p.effect.regimen.label,
            headings.USABLE_WITH_PLAN: words.band_ug(p.mean_uptake),
            said.UNTIL_COLUMN: said.CLINICIAN if decided else said.span(p.years_to_signs),
            headings.STORES_LATER: said.pool(p.steady_ug),
            headings.DAYS_TO_REFILL: said.days(p.days_to_replete),
            headings.WHO_DECIDES: words.ADVICE_LABELS[p.effect.advice],
        }
        for p in paths
        if p.effect
    )
