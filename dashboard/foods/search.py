"""Finds a food by what a person types: words in any order, as prefixes, the plain food first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from dashboard.model.records import DIET_MAY_EAT, Exclusion, Food
from dashboard.plan import Diet

QUERY_MAX = 80
WORD = re.compile(r"[a-z0-9]+")


def words(text: str) -> tuple[str, ...]:
    """The words of a text: lower case, without accents or punctuation."""
    plain = unicodedata.normalize("NFKD", text[:QUERY_MAX]).encode("ascii", "ignore").decode().lower()
    return tuple(WORD.findall(plain))


@lru_cache(maxsize=20_000)
def _forms(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words of a name up to its first comma, and all of its words."""
    return words(name.partition(",")[0]), words(name)


def _singular(word: str) -> str:
    for ending, instead in (("ies", "y"), ("oes", "o"), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2 and not word.endswith("ss"):
            return word.removesuffix(ending) + instead
    return word


def _misses(query: Iterable[str], among: tuple[str, ...]) -> tuple[int, int] | None:
    """How many query words are only prefixes, and how far in the last one stands; None when one is missing."""
    stems = [_singular(w) for w in among]
    prefixes = depth = 0
    for word in query:
        stem = _singular(word)
        if stem in stems:
            depth = max(depth, stems.index(stem))
            continue
        at = next((n for n, w in enumerate(among) if w.startswith(word)), None)
        if at is None:
            return None
        prefixes, depth = prefixes + 1, max(depth, at)
    return prefixes, depth


def _rank(query: tuple[str, ...], food: Food) -> tuple[int, ...] | None:
    head, name = _forms(food.name)
    found = _misses(query, name)
    if found is None:
        description = words(food.usda_description)
        found = _misses(query, (*name, *description))
        if found is None:
            return None
        return (2, *found, len(description))
    in_head = _misses(query, head)
    first = in_head if in_head is not None else found
    # A dish that merely holds the food comes after the food itself.
    return (0 if in_head is not None else 1, *first, int("dish" in food.tags), len(head), len(name))


def search(
    foods: Mapping[str, Food],
    query: str,
    *,
    diet: Diet | None = None,
    leave_out: Iterable[Exclusion] = (),
    limit: int = 10,
) -> list[Food]:
    """Foods that match all words of a query, the plain food first.

    Parameters
    ----------
    diet
        Only foods this diet may eat; a food of an uncertain class is not offered to vegans or vegetarians.
    leave_out
        What the person leaves out; foods that hold it are not offered.
    """
    wanted = words(query)
    if not wanted:
        return []
    left_out = tuple(leave_out)
    ranked = []
    for food in foods.values():
        if diet and food.diet not in DIET_MAY_EAT[diet]:
            continue
        if any(food.has(exclusion) for exclusion in left_out):
            continue
        rank = _rank(wanted, food)
        if rank is not None:
            ranked.append((rank, food.name, food))
    ranked.sort(key=lambda row: row[:2])
    return [food for _, _, food in ranked[:limit]]
