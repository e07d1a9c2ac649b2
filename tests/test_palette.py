"""The colours of the pictures stay apart for any colour vision, and what has no pattern of its own stays apart in grey too."""

from __future__ import annotations

from itertools import combinations
from math import dist

import pytest

from dashboard.pictures.palette import DARK, LIGHT, Palette

Rgb = tuple[float, float, float]
#: Machado, Oliveira and Fernandes 2009, severity 1: how linear red, green and blue look without one kind of cone.
VISION: dict[str, tuple[Rgb, Rgb, Rgb]] = {
    "any": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
#: Two of them can stand side by side in a picture.
MEANINGS = ("natural", "added", "supplement", "usable", "gap")
#: Differences in CIELAB. At 10 two areas side by side are seen as two colours at a glance; lightness alone has to carry more in grey.
APART, APART_IN_GREY = 10.0, 15.0


def linear(colour: str) -> Rgb:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def times(rows: tuple[Rgb, Rgb, Rgb], by: Rgb) -> Rgb:
    first, second, third = (sum(a * b for a, b in zip(row, by, strict=True)) for row in rows)
    return first, second, third


def lab(colour: str, vision: str = "any") -> Rgb:
    """CIELAB of a colour as it is seen, under D65."""
    red, green, blue = (min(max(part, 0.0), 1.0) for part in times(VISION[vision], linear(colour)))
    to_xyz = (
        (0.4124 / 0.9505, 0.3576 / 0.9505, 0.1805 / 0.9505),
        (0.2126, 0.7152, 0.0722),
        (0.0193 / 1.089, 0.1192 / 1.089, 0.9505 / 1.089),
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in times(to_xyz, (red, green, blue)))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("tint", [LIGHT, DARK], ids=["light", "dark"])
def test_every_two_meanings_stay_apart_in_any_colour_vision(tint: Palette, vision: str):
    seen = {name: lab(getattr(tint, name), vision) for name in MEANINGS}
    assert [(one, two) for one, two in combinations(MEANINGS, 2) if dist(seen[one], seen[two]) < APART] == []


@pytest.mark.parametrize("tint", [LIGHT, DARK], ids=["light", "dark"])
def test_natural_and_usable_have_no_pattern_and_stay_apart_in_grey(tint: Palette):
    assert abs(lab(tint.natural)[0] - lab(tint.usable)[0]) >= APART_IN_GREY
