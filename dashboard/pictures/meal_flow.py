"""From swallowed to usable: a stream for each meal that grows narrower where something holds B12 back, and says what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dashboard import words
from dashboard.estimate.held_back import MealFlow
from dashboard.pictures import html
from dashboard.words import meal_flow as said

#: The box that a stream is drawn in before it is stretched to the room there is.
WIDE, HIGH = 100.0, 64.0
#: Where the stream narrows for the first, second and third reason, and how long it takes. [share of the width]
NARROWS: Final = (0.24, 0.48, 0.72)
LENGTH: Final = 0.14
#: No stream is thinner than this, or it could not be seen.
THIN: Final = 2.0


def streams(flows: Sequence[MealFlow], held_by: str) -> str:
    """Every meal that brings anything, the largest stream first as high as the box; the others in proportion.

    ``held_by``: the person's conditions that hold B12 back, in words.
    """
    shown = [f for f in flows if f.swallowed_ug > 0]
    most = max((f.swallowed_ug for f in shown), default=1.0)
    return html.picture("meal-flow", said.alt(flows, held_by), *(_meal(f, most, held_by) for f in shown))


def _meal(f: MealFlow, most: float, held_by: str) -> str:
    name, swallowed, usable = words.MEAL_LABELS[f.name], words.amount_ug(f.swallowed_ug), words.band_ug(f.usable)
    ends = html.part(
        "div",
        html.part("span", html.part("b", html.text(name)), " ", html.text(said.SWALLOWED.format(amount=swallowed))),
        html.part("b", html.text(said.USABLE.format(band=usable))),
        kind="ends",
    )
    held = [html.part("span", html.part("i", kind=f"held-{reason}"), html.text(line)) for reason, line in said.held(f, held_by)]
    return html.part("div", ends, _stream(f, most), html.part("div", *held, kind="held quiet small"), kind="meal")


def _stream(f: MealFlow, most: float) -> str:
    """The stream as an SVG that is stretched sideways: usable B12 goes on above, each part that is held back runs on below it."""
    scale = HIGH / most
    left = [f.swallowed_ug]
    for _, ug in f.held_back:
        left.append(left[-1] - ug)
    high = [ug * scale for ug in left]
    tall = max(high[0], THIN)
    parts = [
        f'<path class="flow-{reason}" d="{_upper(high[n], high[n + 1], at)}V{high[n]:.2f}H{at * WIDE:.2f}Z"/>'
        for n, ((reason, ug), at) in enumerate(zip(f.held_back, NARROWS, strict=True))
        if ug > 0
    ]
    lower = "".join(reversed([_back(high[n], high[n + 1], at) for n, at in enumerate(NARROWS)]))
    usable = f'<path class="flow-usable" d="M0 0H{WIDE:.0f}V{high[-1]:.2f}{lower}L0 {high[0]:.2f}Z"/>'
    box = f'viewBox="0 0 {WIDE:g} {tall:.2f}" preserveAspectRatio="none" aria-hidden="true" style="height:{tall:.0f}px"'
    return f'<svg class="flow" {box}>{"".join(parts)}{usable}</svg>'


def _upper(before: float, after: float, at: float) -> str:
    """The upper edge of a part that is held back, from where it leaves the stream to the right end."""
    start, end = at * WIDE, (at + LENGTH) * WIDE
    middle = (start + end) / 2
    return f"M{start:.2f} {before:.2f}C{middle:.2f} {before:.2f} {middle:.2f} {after:.2f} {end:.2f} {after:.2f}H{WIDE:.0f}"


def _back(before: float, after: float, at: float) -> str:
    """The same edge backwards, as the lower edge of the stream."""
    start, end = at * WIDE, (at + LENGTH) * WIDE
    middle = (start + end) / 2
    return f"L{end:.2f} {after:.2f}C{middle:.2f} {after:.2f} {middle:.2f} {before:.2f} {start:.2f} {before:.2f}"
