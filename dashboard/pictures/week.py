"""The week as bars against the target, and what is swallowed against what is usable: small pictures as SVG."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import words
from dashboard.estimate.assess import Assessment
from dashboard.estimate.day_sums import DaySum
from dashboard.pictures import svg
from dashboard.pictures.palette import Palette
from dashboard.words import week as said
from dashboard.words.shortfall import A_DAY, FILLS

WIDTH, HEIGHT = 520.0, 170.0
BAR, TOP, FLOOR = 46.0, 24.0, 140.0
DAYS_ON_PAGE = 7
KEY_STEP = 104
#: The axis ends at so many targets; a bar that goes on is marked.
TARGETS_SHOWN = 2.0
#: The scale of a bar with a band ends a little beyond the band, up to so many times its usual length.
BAND_ROOM, FAR_ABOVE = 1.05, 3.0


def fills(tint: Palette) -> dict[str, str]:
    """What each origin of B12 is painted with, in a picture that has :func:`defs`."""
    return {"natural": tint.natural, "added": "url(#added)", "supplement": "url(#supplement)"}


def key(names: Sequence[str], tint: Palette, y: float) -> list[str]:
    """What each fill means, in a row that ends at y."""
    parts = []
    for n, name in enumerate(names):
        left = n * KEY_STEP
        if name == "missing":
            parts.append(svg.rect(left, y - 9, 12, 10, "none", stroke=tint.gap, stroke_width=1.2, stroke_dasharray="3 3"))
        elif name == "before":
            parts.append(svg.line(left, y - 4, left + 12, y - 4, tint.before, 4))
        else:
            parts.append(svg.rect(left, y - 9, 12, 10, fills(tint)[name], stroke=tint.text, stroke_width=0.4))
        parts.append(svg.text(left + 18, y, FILLS[name], tint.quiet, 11))
    return parts


def defs(tint: Palette) -> str:
    """Natural is plain, added has slanted lines, supplements have upright ones: readable in black and white."""
    return svg.hatch("added", tint.added, "M-1 7L7 -1") + svg.hatch("supplement", tint.supplement, "M3 0V6")


def _parts(day: DaySum, tint: Palette) -> list[tuple[float, str]]:
    supplement_ug = day.supplement_ug if day.entered else 0.0
    return list(zip((day.intake.natural_ug, day.intake.added_ug, supplement_ug), fills(tint).values(), strict=True))


def bars(
    a: Assessment, tint: Palette, *, most: int = DAYS_ON_PAGE, before: Assessment | None = None, compared: bool = True, keyed: bool = False
) -> str:
    """Days as bars: natural, added and supplement on each other, what is missing drawn hollow.

    Parameters
    ----------
    most
        How many days are shown; with more than a week the picture grows wider.
    before
        A baseline: the days of the same name are marked where they stood.
    compared
        Whether the days may be held against the target of the assessment.
    keyed
        Whether what each fill means stands under the picture.
    """
    days = a.days[:most]
    target = a.target.intake_ug if a.target and compared else 0.0
    top = max(target * TARGETS_SHOWN, 1.0) if target else max([d.intake_ug for d in days] + [1.0])
    stood = {d.name: d.intake_ug for d in before.days if d.entered} if before else {}
    wide = WIDTH * max(1.0, len(days) / DAYS_ON_PAGE)
    scale, step = (FLOOR - TOP) / top, (wide - 70) / max(len(days), 1)
    parts = [svg.line(0, FLOOR, wide - 60, FLOOR, tint.grid)]
    for n, day in enumerate(days):
        left = n * step + (step - BAR) / 2
        parts += _bar(day, left, scale, top, target, tint)
        if day.name in stood:
            y = FLOOR - min(stood[day.name], top) * scale
            parts.append(svg.line(left - 8, y, left + BAR + 8, y, tint.before, 4))
    if target:
        y = FLOOR - target * scale
        parts.append(svg.line(0, y, wide - 60, y, tint.target, 2, stroke_dasharray="5 3"))
        parts.append(svg.text(wide - 56, y + 4, said.target_mark(a), tint.target, 11))
    alt = said.alt(a, most, compared=compared)
    if not keyed:
        return svg.picture(wide, HEIGHT, parts, alt, defs(tint))
    used = [name for n, name in enumerate(fills(tint)) if any(_parts(d, tint)[n][0] for d in days)]
    short = ["missing"] if target and any(d.shortfall_ug for d in days) else []
    under = key([*used, *short, *(["before"] if stood else [])], tint, HEIGHT + 16)
    unit = svg.text(0, 12, A_DAY, tint.quiet, 11)
    return svg.picture(wide, HEIGHT + 24, [unit, *parts, *under], alt, defs(tint))


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
        (said.SWALLOWED, (a.intake_ug, a.intake_ug, a.intake_ug), a.target.intake_ug if a.target else None, tint.quiet),
        (said.USABLE, (a.usable.low, a.usable.value, a.usable.high), a.need_ug, tint.usable),
    ]
    # A line over a dark bar is seen by its pale edge.
    strokes = ((tint.surface, 5), (tint.text, 2))
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
            parts += [svg.line(ends[0], y + 11, ends[1], y + 11, *stroke) for stroke in strokes]
        if line_ug:
            x = 86 + wide * line_ug / whole
            parts.append(svg.line(x, y - 4, x, y + 24, tint.surface, 5))
            parts.append(svg.line(x, y - 4, x, y + 24, tint.target, 2, stroke_dasharray="4 3"))
            parts.append(svg.text(86, y + 36, said.line_mark(a, n == 0), tint.text, 11))
        mark = said.BEYOND_MARK.format(amount=words.amount_ug(value)) if value > whole else words.amount_ug(value)
        parts.append(svg.text(WIDTH - 40, y + 15, mark, tint.text, 12, font_weight=600))
    alt = said.alt_swallowed_and_usable(a, with_usable=with_usable)
    return svg.picture(WIDTH, 98 if with_usable else 48, parts, alt)
