"""The palette: one meaning, one colour, readable in both themes. Colour is never the only carrier.

Natural, added and supplement are the bluish green, blue and reddish purple of Okabe and Ito's set, which readers with
any colour vision tell apart; they differ in pattern too, so that they stay apart in grey. Usable, and what is clear or enough, is a
green far darker than natural (in the dark theme far paler). The gap is all B12 that does not reach the body though it should:
missing to the target, held back, or blocked. Quiet draws what is of no one kind: all that is swallowed, people counted.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by meaning."""

    natural: str
    added: str
    supplement: str
    usable: str
    before: str
    gap: str
    target: str
    text: str
    grid: str
    surface: str
    quiet: str
    unknown: str
    accent: str
    on_accent: str
    hover: str


LIGHT: Final = Palette(
    natural="#12805c",
    added="#0a5fa3",
    supplement="#c0689b",
    usable="#16421d",
    before="#7c8a8d",
    gap="#b3440a",
    target="#1b1b1b",
    text="#1b1b1b",
    grid="#d6dede",
    surface="#ffffff",
    quiet="#55626a",
    unknown="#6f7b80",
    accent="#0f6674",
    on_accent="#ffffff",
    hover="#f1f5f5",
)
DARK: Final = Palette(
    natural="#35b98a",
    added="#5aa9ea",
    supplement="#e3a3c8",
    usable="#b2fdb7",
    before="#8b999c",
    gap="#ff9a66",
    target="#eef3f3",
    text="#eef3f3",
    grid="#3a474b",
    surface="#12181a",
    quiet="#a9b6b9",
    unknown="#93a1a5",
    accent="#3fb3c4",
    on_accent="#06191c",
    hover="#1d2629",
)


def variables(selector: str, tint: Palette) -> str:
    """A palette as variables of a style sheet: --b12-natural and so on."""
    named = ((f.name.replace("_", "-"), getattr(tint, f.name)) for f in fields(tint))
    return f"{selector}{{{''.join(f'--b12-{name}:{colour};' for name, colour in named)}}}\n"


def css_variables() -> str:
    """Both palettes as variables of a style sheet; dark under ``[data-dark]``."""
    return variables(".b12", LIGHT) + variables(".b12[data-dark]", DARK)
