"""The palette: one meaning, one colour, readable in both themes. Colour is never the only carrier."""

from __future__ import annotations

from dataclasses import dataclass
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


LIGHT: Final = Palette("#b5651d", "#0f6674", "#6f4ba3", "#2f7d32", "#7c8a8d", "#8a1c1c", "#1b1b1b", "#1b1b1b", "#d6dede", "#ffffff")
DARK: Final = Palette("#e39a52", "#3fb3c4", "#b79be8", "#7ccf80", "#8b999c", "#ff9a8f", "#eef3f3", "#eef3f3", "#3a474b", "#12181a")
