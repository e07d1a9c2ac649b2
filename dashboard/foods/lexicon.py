"""The words of the food search: how a text is cut into words, and the two tables that the search is told by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from dashboard.foods.singular import singular
from dashboard.tables.read import read_rows

WORD: Final = re.compile(r"[a-z0-9]+")
POSSESSIVE: Final = re.compile(r"['\u2019`](?=s\b)")  # shepherd's and shepherds are one word
#: Letters that are no letter with an accent: œuf, æble, smør, łosoś.
LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l"})
PHRASE_WORDS_MAX: Final = 6

Phrase = tuple[str, ...]


def fold(text: str) -> str:
    """Lower case, without accents, ß as ss, œ as oe; what cannot be written in plain letters is left out."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES)).encode("ascii", "ignore").decode()
    return POSSESSIVE.sub("", plain)


def words(text: str) -> Phrase:
    """The words of a text, as the index cuts it: lower case, no accents or punctuation."""
    return tuple(WORD.findall(fold(text)))


def stems(phrase: Iterable[str]) -> Phrase:
    """Each word in its one form."""
    return tuple(map(singular, phrase))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """search_synonyms.csv.

    others
        Phrase, each word in its one form -> what else to look for, in the table's order.
    ignored
        Words that do not name a food: cup, glass, of.
    categories
        Words with which USDA begins a description before it names the food: Fish, salmon.
    fillers
        Phrases of USDA that do not tell two foods apart.
    foreign
        Phrases of ``others`` in another language than the foods' names: what they stand for is meant, and not an English word
        that begins alike (pan is bread before it is the beginning of pancake).
    """

    others: Mapping[Phrase, tuple[Phrase, ...]]
    foreign: frozenset[Phrase]
    ignored: frozenset[str]
    categories: frozenset[str]
    fillers: re.Pattern[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The table of words, read once per process. Raises ``TableError`` when it cannot be read."""
    others: dict[Phrase, list[Phrase]] = {}
    foreign: set[Phrase] = set()
    plain: dict[str, list[Phrase]] = {"ignored": [], "category": [], "filler": []}
    for row in read_rows("search_synonyms"):
        phrases = [words(phrase) for phrase in row["words"].split(";")]
        if row["kind"] in plain:
            plain[row["kind"]].extend(phrases)
            continue
        typed = phrases if row["kind"] == "same" else phrases[:1]
        if row["kind"] == "foreign":
            foreign.add(stems(phrases[0]))
        for phrase in typed:
            known = others.setdefault(stems(phrase), [])
            known.extend(p for p in phrases if p != phrase and p not in known)
    fillers = "|".join(rf"\b{' '.join(phrase)}\b" for phrase in sorted(plain["filler"], key=len, reverse=True))
    return Lexicon(
        {phrase: tuple(found) for phrase, found in others.items()},
        frozenset(foreign),
        frozenset(p[0] for p in plain["ignored"]),
        frozenset(p[0] for p in plain["category"]),
        re.compile(fillers),
    )


@dataclass(frozen=True, slots=True)
class Ranking:
    """search_ranking.csv: what each rule weighs, in points, by kind. A rule that is not in the table weighs nothing."""

    match: Mapping[str, float]
    quality: Mapping[str, float]
    data_set: Mapping[str, float]
    group: Mapping[str, float]
    tag: Mapping[str, float]
    word: Mapping[str, float]


@lru_cache(maxsize=1)
def ranking() -> Ranking:
    """The table of ranking rules, read once per process. Raises ``TableError`` when it cannot be read."""
    kinds: dict[str, dict[str, float]] = {kind: {} for kind in ("match", "quality", "set", "group", "tag", "word")}
    for row in read_rows("search_ranking"):
        name = singular(row["rule"]) if row["kind"] == "word" else row["rule"]
        kinds[row["kind"]][name] = float(row["weight"])
    return Ranking(*kinds.values())
