"""A group by intake as a share of each person's own target: how many in which band."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.pictures.frame import framed
from dashboard.pictures.palette import Palette
from dashboard.words import group as said

#: Bands of so many percent of the target, the last of them open.
BAND, LAST = 25, 200
WHOLE = 100


def bands(shares: Iterable[float]) -> list[tuple[str, int]]:
    """How many people lie in each band, low to high. ``shares``: intake as a share of the own target, 1 = the target."""
    lows = range(0, LAST + 1, BAND)
    counts = dict.fromkeys(lows, 0)
    for share in shares:
        counts[min(int(share * WHOLE // BAND) * BAND, LAST)] += 1
    names = [said.BIN.format(low=low, high=low + BAND) if low < LAST else said.BIN_LAST.format(low=low) for low in lows]
    return list(zip(names, counts.values(), strict=True))


def histogram(found: Sequence[tuple[str, int]], tint: Palette) -> go.Figure:
    """People by band, with the target between two of them."""
    figure = go.Figure()
    figure.add_bar(x=[name for name, _ in found], y=[count for _, count in found], marker_color=tint.quiet, showlegend=False)
    figure.add_vline(x=WHOLE / BAND - 0.5, line={"color": tint.target, "dash": "dash", "width": 2}, annotation_text=said.HISTOGRAM_LINE)
    framed(figure, tint, 300)
    figure.update_xaxes(title=said.HISTOGRAM_X)
    figure.update_yaxes(title=said.HISTOGRAM_Y, rangemode="tozero")
    return figure


def numbers(found: Sequence[tuple[str, int]]) -> pd.DataFrame:
    """The same as a table."""
    return pd.DataFrame(found, columns=list(said.BIN_COLUMNS))
