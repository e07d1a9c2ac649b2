"""The few SVG shapes that small pictures are made of. Text is escaped; numbers are rounded."""

from __future__ import annotations

import textwrap
from html import escape

#: From one line of text to the next, in sizes of its letters.
LEADING = 1.35
NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'


def rect(x: float, y: float, width: float, height: float, fill: str, **more: str | float) -> str:
    """A rectangle."""
    return f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" fill="{fill}"{_attributes(more)}/>'


def line(x1: float, y1: float, x2: float, y2: float, stroke: str, width: float = 1, **more: str | float) -> str:
    """A straight line."""
    ends = f'x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}"'
    return f'<line {ends} stroke="{stroke}" stroke-width="{width:g}"{_attributes(more)}/>'


def path(outline: str, transform: str, **more: str | float) -> str:
    """An outline, moved and stretched."""
    return f'<path d="{outline}" transform="{transform}"{_attributes(more)}/>'


def text(x: float, y: float, said: str, fill: str, size: float = 11, anchor: str = "start", **more: str | float) -> str:
    """A line of text."""
    place = f'x="{x:.2f}" y="{y:.2f}" font-size="{size:g}" text-anchor="{anchor}"'
    return f'<text {place} fill="{fill}"{_attributes(more)}>{escape(said)}</text>'


def lines(x: float, y: float, said: str, fill: str, size: float, letters: int, **more: str | float) -> tuple[list[str], float]:
    """A text in lines of at most so many letters, and the y of the line after it."""
    rows = textwrap.wrap(said, letters) or [""]
    return [text(x, y + n * size * LEADING, row, fill, size, "start", **more) for n, row in enumerate(rows)], y + len(rows) * size * LEADING


def hatch(name: str, colour: str, path: str) -> str:
    """A pattern of lines in a box of six, so that a part is told apart without its colour."""
    return (
        f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="{colour}"/><path d="{path}" stroke="#ffffff" stroke-width="1.4" fill="none"/></pattern>'
    )


def picture(width: float, height: float, parts: list[str], alt: str, defs: str = "") -> str:
    """A whole picture with its text alternative."""
    head = f'<svg {NAMESPACE} viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" role="img"'
    font = "font-family=\"'DejaVu Sans', 'Source Sans Pro', sans-serif\""
    return f'{head} aria-label="{escape(alt, quote=True)}" {font}><defs>{defs}</defs>{"".join(parts)}</svg>'


def _attributes(more: dict[str, str | float]) -> str:
    return "".join(f' {name.replace("_", "-")}="{value}"' for name, value in more.items())
