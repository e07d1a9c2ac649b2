"""The few HTML parts that pictures of bars are made of, so that their words wrap and grow as the page's own do.

Every text is escaped and kept on one line; sizes are shares of the room there is. The classes are those of pictures.css.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Final

from dashboard.pictures import palette
from dashboard.words import one_line

STYLES: Final = Path(__file__).with_name("pictures.css")


def css(tint: palette.Palette) -> str:
    """The style sheet of the pictures with the colours of a palette."""
    return palette.variables(".b12-picture, .b12-facts, .b12-card, .b12-rows", tint) + STYLES.read_text(encoding="utf-8")


def text(said: str) -> str:
    """A text as HTML shows it: on one line and with nothing in it taken for a tag."""
    return escape(one_line(said), quote=True)


def part(tag: str, *inside: str, kind: str = "", style: str = "", **more: str) -> str:
    """An element of HTML that is escaped already, with a class and a style."""
    named = {"class": kind, "style": style, **more}
    attributes = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in named.items() if value)
    return f"<{tag}{attributes}>{''.join(inside)}</{tag}>"


def percent(share: float) -> str:
    """A share of the room as CSS has it, never outside of it."""
    return f"{100 * min(max(share, 0.0), 1.0):.2f}%"


def picture(kind: str, alt: str, *inside: str) -> str:
    """A whole picture with its text alternative."""
    return part("div", *inside, kind=f"b12-picture {kind}", role="img", aria_label=text(alt))


def key(*names: tuple[str, str]) -> str:
    """What each fill means: (class, name). A line has its name beside it where there is room, so it is here on a phone only."""
    parts = (part("span", part("i", kind=kind), text(name), kind="only-narrow" if kind == "line" else "") for kind, name in names)
    return part("div", *parts, kind="key")


def facts(rows: Sequence[tuple[str, str]]) -> str:
    """Names and what is so, as a list of terms."""
    return part("dl", *(part("dt", text(name)) + part("dd", text(said)) for name, said in rows), kind="b12-facts")
