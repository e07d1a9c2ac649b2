"""From swallowed to usable: a stream for each meal that grows narrower where something holds B12 back, and says what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from dashboard import words
from dashboard.estimate.held_back import MealFlow
from dashboard.pictures import html, svg
from dashboard.pictures.palette import Palette
from dashboard.words import meal_flow as said

#: The box that a stream is drawn in before it is stretched to the room there is.
WIDE, HIGH = 100.0, 64.0
#: Where the stream narrows for the first, second and third reason, and how long it takes. [share of the width]
NARROWS: Final = (0.24, 0.48, 0.72)
LENGTH: Final = 0.14
#: No stream is thinner than this, or it could not be seen.
THIN: Final = 2.0
#: What a condition holds back is as dark as what is usable where there are no colours, so lines lie over it. They lie level: the
#: picture is stretched sideways.
HATCH: Final = (
    '<pattern id="b12-hatch" width="6" height="5" patternUnits="userSpaceOnUse"><rect class="hatch" width="6" height="1.6"/></pattern>'
)
HELD: Final = "held"
#: The width of the picture as a file, and the letters of a line in it.
FILE_WIDE: Final = 640.0
FILE_LETTERS: Final = 95


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


def as_svg(flows: Sequence[MealFlow], held_by: str, tint: Palette) -> str:
    """The same streams as a picture of their own, with the reasons in words."""
    shown = [f for f in flows if f.swallowed_ug > 0]
    most = max((f.swallowed_ug for f in shown), default=1.0)
    parts, y = [], 18.0
    for f in shown:
        name, usable = words.MEAL_LABELS[f.name], said.USABLE.format(band=words.band_ug(f.usable))
        swallowed = said.SWALLOWED.format(amount=words.amount_ug(f.swallowed_ug))
        parts.append(svg.text(0, y, f"{name}: {swallowed}", tint.text, 12, font_weight=600))
        parts.append(svg.text(FILE_WIDE, y, usable, tint.text, 12, "end", font_weight=600))
        tall, shapes = _shapes(f, most)
        for kind, path in shapes:
            paint = _paint(kind, tint)
            parts.append(svg.path(path, f"translate(0 {y + 6:.2f}) scale({FILE_WIDE / WIDE:g} 1)", **paint))
        y += tall + 22
        for reason, line in said.held(f, held_by):
            parts.append(svg.rect(0, y - 8, 9, 9, stroke=tint.text, stroke_width=0.4, **_paint(reason, tint)))
            drawn, y = svg.lines(16, y, line, tint.quiet, 11, FILE_LETTERS)
            parts += drawn
        y += 16
    return svg.picture(FILE_WIDE, y, parts, said.alt(flows, held_by), svg.hatch(HELD, tint.gap, "M0 3H6"))


def _paint(kind: str, tint: Palette) -> dict[str, Any]:
    """Fill and opacity of a part of a stream: what is held back is paler the less it depends on the person."""
    of = {
        "usable": (tint.usable, 1.0),
        "passes": (tint.unknown, 0.22),
        "limit": (tint.unknown, 0.48),
        "conditions": (f"url(#{HELD})", 1.0),
    }
    return {"fill": of[kind][0], "fill_opacity": of[kind][1]}


def _stream(f: MealFlow, most: float) -> str:
    """The stream as an SVG that is stretched sideways to the room there is."""
    tall, shapes = _shapes(f, most)
    parts = [HATCH, *(f'<path class="flow-{kind}" d="{path}"/>' for kind, path in shapes)]
    parts += [f'<path fill="url(#b12-hatch)" d="{path}"/>' for kind, path in shapes if kind == "conditions"]
    box = f'viewBox="0 0 {WIDE:g} {tall:.2f}" preserveAspectRatio="none" aria-hidden="true" style="height:{tall:.0f}px"'
    return f'<svg class="flow" {box}>{"".join(parts)}</svg>'


def _shapes(f: MealFlow, most: float) -> tuple[float, list[tuple[str, str]]]:
    """Height and outlines of a stream: usable B12 goes on above, each part that is held back runs on below it."""
    scale = HIGH / most
    left = [f.swallowed_ug]
    for _, ug in f.held_back:
        left.append(left[-1] - ug)
    high = [ug * scale for ug in left]
    shapes = [
        (reason, f"{_upper(high[n], high[n + 1], at)}V{high[n]:.2f}H{at * WIDE:.2f}Z")
        for n, ((reason, ug), at) in enumerate(zip(f.held_back, NARROWS, strict=True))
        if ug > 0
    ]
    lower = "".join(reversed([_back(high[n], high[n + 1], at) for n, at in enumerate(NARROWS)]))
    return max(high[0], THIN), [*shapes, ("usable", f"M0 0H{WIDE:.0f}V{high[-1]:.2f}{lower}L0 {high[0]:.2f}Z")]


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
