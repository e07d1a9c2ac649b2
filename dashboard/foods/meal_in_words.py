"""A meal in one line of words, "2 eggs boiled, toast with butter, latte": its foods, each with an amount to confirm."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.foods.lexicon import stems, words
from dashboard.plan import GRAMS_MAX
from dashboard.quantities import Quantity, Question, Refusal, read
from dashboard.quantities.portions import read_grams
from dashboard.tables.foods import Food
from dashboard.tables.units import Units

TEXT_MAX: Final = 400
FOODS_MAX: Final = 20
CANDIDATES: Final = 3
#: Between foods: a comma that is no decimal mark, a semicolon, a plus, a new line.
_PARTS: Final = re.compile(r"[;+\n]|,(?!\d)")
#: Between two foods, unless the two together are one ("fish and chips", "pasta with tomato sauce").
_JOINED: Final = re.compile(r"\s+(?:and|with|und|mit|et|avec|aux?|y|con|&)\s+", re.IGNORECASE)
_OF: Final = re.compile(r"^(?:of|de|d'|von|du|del)\s+", re.IGNORECASE)

Find = Callable[[str], Sequence[Food]]


@dataclass(frozen=True, slots=True)
class SaidFood:
    """One food of a line of words.

    part
        Which part of the line it stood in, from 0: toast and butter of "toast with butter" share one.
    text
        The words for it, with its amount, as they were typed.
    foods
        The best matches, best first; empty when there is none.
    grams
        The amount of the first of them. None: it has to be said, or there is no food.
    said
        Whether the amount was typed. Otherwise it is one usual portion, or so many of them, and a guess to be confirmed.
    """

    part: int
    text: str
    foods: tuple[Food, ...]
    grams: float | None
    said: bool


def read_meal(text: str, find: Find, units: Units) -> tuple[SaidFood, ...]:
    """The foods of a line of words, in its order. Nothing is taken over: each is to be confirmed.

    Parameters
    ----------
    find
        Search: words -> foods, best first.
    """
    parts = [part.strip() for part in _PARTS.split(text[:TEXT_MAX]) if part.strip()]
    read_foods = [_food(n, words_for, find, units) for n, part in enumerate(parts) for words_for in _foods_of(part, find, units)]
    return tuple(read_foods[:FOODS_MAX])


def _foods_of(part: str, find: Find, units: Units) -> Iterator[str]:
    """A part as one food, or as the two that are joined in it."""
    pieces = _JOINED.split(part)
    if len(pieces) == 1 or _is_one_food(_without_amount(part, units), find):
        yield part
    else:
        yield from (piece for piece in pieces if piece)


def _is_one_food(text: str, find: Find) -> bool:
    """Whether some food bears all of the words: "coffee with milk" is one, "toast with butter" is two."""
    wanted = set(stems(words(_JOINED.sub(" ", text))))
    best = next(iter(find(text)), None)
    return best is not None and wanted <= set(stems(words(f"{best.name} {best.usda_description}")))


def _without_amount(text: str, units: Units) -> str:
    found = read(text, units)
    first = found.readings[0] if isinstance(found, Question) else found
    if isinstance(first, Refusal) or not first.rest:
        return text
    size = f"{first.unit.unit} " if first.unit and first.unit.kind == "measure" and not _is_measure_alone(first) else ""
    return _OF.sub("", f"{size}{first.rest}")


def _is_measure_alone(found: Quantity) -> bool:
    """Whether the measure says nothing of the food: a slice or a glass of it, unlike a large one."""
    return found.unit is not None and found.unit.unit not in ("small", "medium", "large")


def _food(part: int, text: str, find: Find, units: Units) -> SaidFood:
    found = read(text, units)
    name = _without_amount(text, units)
    foods = tuple(find(name)[:CANDIDATES])
    if not foods:
        return SaidFood(part, text, (), None, False)
    grams, said = _grams(found, foods[0], units)
    return SaidFood(part, text, foods, grams if grams is None or grams <= GRAMS_MAX else None, said)


def _grams(found: Quantity | Question | Refusal, food: Food, units: Units) -> tuple[float | None, bool]:
    """How much of a food was said, and whether it was: without words for it, one usual portion. [g]"""
    usual = food.portions[0].grams if food.portions else None
    if isinstance(found, Question):
        return None, True
    if isinstance(found, Refusal) or found.bound:
        nothing_said = isinstance(found, Refusal) and found.code == "no-number"
        return (usual, False) if nothing_said else (None, False)
    for amount in _ways_to_say(found):
        weighed = read_grams(amount, food, units)
        if isinstance(weighed, Quantity):
            return weighed.value, True
    if found.unit is None and usual is not None:
        return found.value * usual, False
    return None, True


def _ways_to_say(found: Quantity) -> Iterator[str]:
    """An amount without the food's name: with its unit, or with each word behind it as the measure (2 eggs)."""
    if found.unit is not None:
        yield f"{found.value:g} {found.unit.unit}"
        yield f"{found.value:g} {found.unit.unit} {found.rest}"
        return
    for word in found.rest.split():
        yield f"{found.value:g} {word}"
