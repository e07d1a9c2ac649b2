"""What each supplement form would give: a line from low to high for each, against the need."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from dashboard import words
from dashboard.advice.advise import Advice
from dashboard.advice.regimens import RegimenEffect
from dashboard.pictures import html
from dashboard.words import suggestions as said

#: Where the scale begins and ends when nothing lies beyond: whole powers of ten. [µg/day]
DECADES: Final = (0.1, 10.0)


def lines(effects: Sequence[RegimenEffect], advice: Advice) -> str:
    """One row a form, in the order given, on a scale of powers of ten.

    The shape of the mark says who decides. The need stands as a line in each row, never across a name; there is none where a
    figure must not be read as enough.
    """
    shown = [e for e in effects if e.usable.value > 0]
    low, high = _scale(shown)
    target = advice.assessment.target
    need = target.need_ug if target and said.need_line(advice) else None
    rows = [_row(e, low, high, need) for e in shown]
    names = [(" ".join(("dot-key", who)), label) for who, label in said.WHO_LABELS.items() if any(e.advice == who for e in shown)]
    key = html.part(
        "div",
        *(html.part("span", html.part("i", kind=kind), html.text(label)) for kind, label in names),
        html.part("span", html.part("i", kind="upright"), html.text(said.need_line(advice))) if need else "",
        kind="key",
    )
    return html.picture("forms", said.alt_forms(shown, advice), key, *rows, _axis(low, high))


def _scale(shown: Sequence[RegimenEffect]) -> tuple[float, float]:
    """The ends of the scale as powers of ten."""
    ends = [ug for e in shown for ug in (e.usable.low, e.usable.high) if ug > 0]
    return math.floor(math.log10(min([*ends, DECADES[0]]))), math.ceil(math.log10(max([*ends, DECADES[1]])))


def _at(ug: float, low: float, high: float) -> str:
    return html.percent((math.log10(ug) - low) / (high - low)) if ug > 0 else "0%"


def _row(e: RegimenEffect, low: float, high: float, need: float | None) -> str:
    from_ug, to_ug = (max(ug, 10**low) for ug in (e.usable.low, e.usable.high))
    left, wide = _at(from_ug, low, high), html.percent(math.log10(to_ug / from_ug) / (high - low))
    track = html.part(
        "span",
        html.part("i", kind="rail"),
        html.part("i", kind="mark", style=f"left:{_at(need, low, high)}") if need else "",
        html.part("i", kind="span", style=f"left:{left};width:{wide}"),
        html.part("i", kind=f"dot {e.advice}", style=f"left:{_at(e.usable.value, low, high)}"),
        kind="track",
    )
    return html.part(
        "div",
        html.part("span", html.text(e.regimen.label), kind="name"),
        track,
        html.part("span", html.text(words.band_ug(e.usable)), kind="figure"),
        kind="row",
    )


def _axis(low: float, high: float) -> str:
    """The powers of ten under the rows."""
    ticks = [
        html.part("span", html.text(f"{10.0**n:g}"), style=f"left:{html.percent((n - low) / (high - low))}")
        for n in range(int(low), int(high) + 1)
    ]
    return html.part(
        "div",
        html.part("span", html.text(said.USABLE_AXIS), kind="name quiet small"),
        html.part("span", *ticks, kind="track ticks small quiet"),
        html.part("span", kind="figure"),
        kind="row axis",
    )
