"""One form for singular and plural of a word, for the food search and for the diet classes alike."""

from __future__ import annotations

from functools import lru_cache


def singular(word: str) -> str:
    """A word in small letters without its plural ending.

    beans -> bean, anchovies -> anchovy, radishes -> radish, tomatoes -> tomato; cookie and cookies -> cooky, so that both are one.
    """
    if len(word) < len("pie") or word in ("gas", "his") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith(("ie", "ies")):
        return word.removesuffix("s").removesuffix("ie") + "y"
    if word.endswith(("oes", "shes", "ches", "xes", "sses")):
        return word.removesuffix("es")
    return word.removesuffix("s")


#: The same for words of USDA's texts, which repeat by the million. Words that somebody typed are not kept.
singular_of_usda = lru_cache(maxsize=50_000)(singular)
