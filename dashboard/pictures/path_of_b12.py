"""The path of B12 from the mouth to the cells: a ring for each step, and what stands in the way there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dashboard.care.causes import Effect, Station
from dashboard.pictures import html
from dashboard.words import care as said

#: Small pictures of the organs, in a box of 24 x 24 about the middle of a ring.
ORGANS: Final = {
    "intake": '<path d="M-9 0C-4-7 4-7 9 0C4 6-4 6-9 0Z"/><path d="M-9 0H9"/>',
    "acid-release": '<path d="M-4-10V-4C-10 0-9 9-1 9C6 9 9 4 8-2C7-6 2-6 1-3"/>',
    "intrinsic-factor": '<circle cx="-4" cy="0" r="5"/><path d="M3-6A6 6 0 0 1 3 6"/>',
    "competition": '<path d="M-9-6H6A3 3 0 0 1 6 0H-6A3 3 0 0 0-6 6H9"/>',
    "ileum": '<path d="M-9-5H2C8-5 8 5 2 5H-9"/><path d="M4 0H11M8-3L11 0L8 3"/>',
    "in-the-body": '<circle r="9"/><circle r="3"/>',
}
SIGNS: Final = {Effect.BLOCKED: "✕", Effect.LOWERED: "↓", Effect.UNKNOWN: "?", Effect.OUTSIDE: "!"}


def steps(stations: Sequence[Station]) -> str:
    """Each step under the one before. The line between them is thinner after one that holds B12 back, broken after one that blocks it."""
    drawn, flow = [], "flows"
    for s in stations:
        if s.effect is Effect.BLOCKED or flow == "broken":
            flow = "broken"
        elif s.effect is Effect.LOWERED:
            flow = "thin"
        drawn.append(_step(s, flow))
    return html.picture("path", said.path_alt(stations), *drawn)


def _step(s: Station, flow: str) -> str:
    state = said.PATH_CLEAR if s.effect is None else f"{SIGNS[s.effect]} {said.EFFECT_LABELS[s.effect]}"
    texts = html.part(
        "div",
        html.part("div", html.text(s.step.label), kind="name"),
        html.part("div", html.text(state), kind="state"),
        *(html.part("div", html.text(said.short(c)), kind="small") for c in s.conditions),
    )
    organ = f'<svg viewBox="-22 -22 44 44" aria-hidden="true"><circle class="ring" r="19"/>{ORGANS[s.step.step]}</svg>'
    return html.part("div", organ, texts, kind=f"step {s.effect.value if s.effect else 'clear'} {flow}")
