"""The week as bars against the target, and what is swallowed against what is usable: small pictures as SVG."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import words
from dashboard.estimate.assess import Assessment
from dashboard.estimate.day_sums import DaySum
from dashboard.pictures import svg
from dashboard.pictures.palette import Palette
from dashboard.words import week as said

WIDTH, HEIGHT = 520.0, 170.0
BAR, TOP, FLOOR = 46.0, 24.0, 140.0
#: The axis ends at so many targets; a bar that goes on is marked.
TARGETS_SHOWN = 2.0
#: The scale of a bar with a band ends a little beyond the band, up to so many times its usual length.
BAND_ROOM, FAR_ABOVE = 1.05, 3.0


def _defs(tint: Palette) -> str:
    """Natural is plain, added has slanted lines, supplements have upright ones: readable in black and white."""
    return svg.hatch("added", tint.added, "M-1 7L7 -1") + svg.hatch("supplement", tint.supplement, "M3 0V6")


def _parts(day: DaySum, tint: Palette) -> list[tuple[float, str]]:
    natural = (day.intake.natural_ug, tint.natural)
    return [natural, (day.intake.added_ug, "url(#added)"), (day.supplement_ug, "url(#supplement)")]


def bars(a: Assessment, tint: Palette) -> str:
    """Up to seven days as bars: natural, added and supplement on each other, what is missing drawn hollow."""
    days = a.days[:7]
    target = a.target.intake_ug if a.target else 0.0
    top = max(target * TARGETS_SHOWN, 1.0) if target else max([d.intake_ug for d in days] + [1.0])
    scale, step = (FLOOR - TOP) / top, (WIDTH - 70) / max(len(days), 1)
    parts = [svg.line(0, FLOOR, WIDTH - 60, FLOOR, tint.grid)]
    for n, day in enumerate(days):
        left = n * step + (step - BAR) / 2
        parts += _bar(day, left, scale, top, target, tint)
    if target:
        y = FLOOR - target * scale
        parts.append(svg.line(0, y, WIDTH - 60, y, tint.target, 2, stroke_dasharray="5 3"))
        parts.append(svg.text(WIDTH - 56, y + 4, said.target_mark(a), tint.target, 11))
    return svg.picture(WIDTH, HEIGHT, parts, said.alt(a), _defs(tint))


def _bar(day: DaySum, left: float, scale: float, top: float, target: float, tint: Palette) -> list[str]:
    parts, y, shown = [], FLOOR, 0.0
    for ug, fill in _parts(day, tint):
        height = min(ug, top - shown) * scale
        if height > 0:
            y -= height
            parts.append(svg.rect(left, y, BAR, height, fill, stroke=tint.text, stroke_width=0.5))
        shown += max(0.0, min(ug, top - shown))
    # What is missing is drawn where it is known: not on a day that nobody entered, nor where every food lacks a value.
    if target and day.entered and day.intake_ug < target and (day.intake_ug or not day.at_least):
        missing = (target - shown) * scale
        parts.append(svg.rect(left, y - missing, BAR, missing, "none", stroke=tint.gap, stroke_width=1.2, stroke_dasharray="3 3"))
    mark = said.day_mark(day, beyond=day.intake_ug > top)
    parts.append(svg.text(left + BAR / 2, FLOOR + 13, words.short_day(day.name), tint.text, 11, "middle"))
    parts.append(svg.text(left + BAR / 2, FLOOR + 26, mark, tint.text, 11, "middle", font_weight=600))
    return parts


def swallowed_and_usable(a: Assessment, tint: Palette, *, with_usable: bool = True) -> str:
    """Intake against the target, and usable with its band against the need, as two bars under each other."""
    rows: list[tuple[str, Sequence[float], float | None, str]] = [
        (said.SWALLOWED, (a.intake_ug, a.intake_ug, a.intake_ug), a.target.intake_ug if a.target else None, tint.natural),
        (said.USABLE, (a.usable.low, a.usable.value, a.usable.high), a.need_ug, tint.usable),
    ]
    parts = []
    for n, (label, (low, value, high), line_ug, fill) in enumerate(rows if with_usable else rows[:1]):
        y, wide = 6 + 50.0 * n, WIDTH - 130
        # The whole band is seen, unless it lies so far above the line that the line would be lost.
        whole = max(line_ug or 0.0, 0.01) * TARGETS_SHOWN
        whole = min(max(whole, high * BAND_ROOM), whole * FAR_ABOVE)
        parts.append(svg.text(0, y + 15, label, tint.text, 12, font_weight=600))
        parts.append(svg.rect(86, y, wide * min(value / whole, 1), 22, fill, stroke=tint.text, stroke_width=0.5))
        if high > low:
            ends = [86 + wide * min(end / whole, 1) for end in (low, high)]
            parts.append(svg.line(ends[0], y + 11, ends[1], y + 11, tint.text, 2))
        if line_ug:
            x = 86 + wide * line_ug / whole
            parts.append(svg.line(x, y - 4, x, y + 24, tint.target, 2, stroke_dasharray="4 3"))
            parts.append(svg.text(86, y + 36, said.line_mark(a, n == 0), tint.text, 11))
        mark = said.BEYOND_MARK.format(amount=words.amount_ug(value)) if value > whole else words.amount_ug(value)
        parts.append(svg.text(WIDTH - 40, y + 15, mark, tint.text, 12, font_weight=600))
    alt = said.alt_swallowed_and_usable(a, with_usable=with_usable)
    return svg.picture(WIDTH, 98 if with_usable else 48, parts, alt)
