"""Which foods and supplements bring the B12: a bar each, largest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from dashboard import words
from dashboard.estimate.assess import Assessment
from dashboard.estimate.doses import mean_swallowed_ug
from dashboard.foods.figures import Figures
from dashboard.pictures import html, svg, week
from dashboard.pictures.palette import Palette
from dashboard.words import offers
from dashboard.words import shortfall as said

SHOWN: Final = 12
#: The picture as a file: the room of names and bars, and the letters of a line of a name.
NAME_WIDE, BAR_WIDE, NAME_LETTERS = 250.0, 300.0, 34
FILLS: Final = ("natural", "added", "supplement")


def bringers(a: Assessment) -> list[tuple[str, float, dict[str, float]]]:
    """What brings B12, largest first: name, amount, and the amount by origin. [µg/day]"""
    foods = [(f.name, f.total_ug, {"natural": f.natural_ug, "added": f.added_ug}) for f in a.foods if f.total_ug]
    taken = [(offers.supplement(s), mean_swallowed_ug(s), {"supplement": mean_swallowed_ug(s)}) for s in a.swallowed_supplements]
    return sorted([*foods, *taken], key=lambda row: -row[1])


def bars(a: Assessment) -> str:
    """The foods and supplements that bring most."""
    rows = bringers(a)[:SHOWN]
    used = [fill for fill in FILLS if any(parts.get(fill) for _, _, parts in rows)]
    most = max((ug for _, ug, _ in rows), default=1.0)
    drawn = [_row(name, words.amount_ug(ug), [(fill, parts.get(fill, 0.0) / most) for fill in FILLS]) for name, ug, parts in rows]
    return html.picture("by-food", said.alt_foods([row[:2] for row in rows]), _key(used), *drawn)


def as_svg(a: Assessment, tint: Palette) -> str:
    """The same bars as a picture of their own."""
    rows = bringers(a)[:SHOWN]
    most, paint = max((ug for _, ug, _ in rows), default=1.0), week.fills(tint)
    used = [fill for fill in FILLS if any(parts.get(fill) for _, _, parts in rows)]
    drawn, y = week.key(used, tint, 12.0), 36.0
    for name, ug, parts in rows:
        named, after = svg.lines(0, y, name, tint.text, 12, NAME_LETTERS)
        left = NAME_WIDE
        for fill in FILLS:
            if wide := BAR_WIDE * parts.get(fill, 0.0) / most:
                drawn.append(svg.rect(left, y - 10, wide, 12, paint[fill], stroke=tint.text, stroke_width=0.4))
                left += wide
        drawn += [*named, svg.text(NAME_WIDE + BAR_WIDE + 80, y, words.amount_ug(ug), tint.text, 12, "end", font_weight=600)]
        y = after + 6
    return svg.picture(NAME_WIDE + BAR_WIDE + 80, y, drawn, said.alt_foods([row[:2] for row in rows]), week.defs(tint))


def _key(used: Iterable[str]) -> str:
    return html.key(*((fill, said.FILLS[fill]) for fill in FILLS if fill in used))


def portions(rows: Sequence[Figures], alt: str) -> str:
    """B12 in a usual portion of foods, richest on top. [µg]"""
    most = max((r.per_portion_ug or 0.0 for r in rows), default=1.0) or 1.0
    drawn, used = [], set()
    for r in rows:
        added = (r.food.added_ug_per_100g or 0.0) / (r.food.b12_ug_per_100g or 1.0)
        shares = [("natural", (1 - added) * (r.per_portion_ug or 0.0) / most), ("added", added * (r.per_portion_ug or 0.0) / most)]
        used |= {fill for fill, share in shares if share > 0}
        drawn.append(_row(r.food.name, words.amount_ug(r.per_portion_ug), shares))
    return html.picture("by-food", alt, _key(used), *drawn)


def _row(name: str, amount: str, shares: Sequence[tuple[str, float]]) -> str:
    parts = [html.part("i", kind=fill, style=f"width:{html.percent(share)}") for fill, share in shares if share > 0]
    return html.part(
        "div",
        html.part("span", html.text(name), kind="name"),
        html.part("span", *parts, kind="track"),
        html.part("span", html.text(amount), kind="figure"),
        kind="row",
    )
