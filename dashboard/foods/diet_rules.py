"""The rules of diet classes as the tables hold them: USDA's groups and codes, and phrases of its descriptions and ingredients."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from dashboard.foods.singular import singular_of_usda
from dashboard.tables.fault import TableError
from dashboard.tables.read import DATA, read_rows

VEGAN: Final = "vegan"
VEGETARIAN: Final = "vegetarian"
OMNIVORE: Final = "omnivore"
UNCERTAIN: Final = "uncertain"

#: What a food may contain. The first three are no bar to a vegetarian.
FROM_LIVING_ANIMALS: Final = frozenset({"egg", "dairy", "honey"})
FROM_DEAD_ANIMALS: Final = frozenset({"meat", "poultry", "fish", "shellfish", "gelatin"})

_TOKEN: Final = re.compile(r"[^\W_]+|[,;:.()]")
_PUNCTUATION: Final = frozenset(",;:.()")


@dataclass(frozen=True, slots=True)
class UsdaFood:
    """What USDA says of one food. ``data_set`` is sr, fndds, foundation or branded."""

    data_set: str
    description: str
    group: str  # USDA food group, WWEIA category or branded category
    code: str = ""  # FNDDS food code or NDB number
    ingredients: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One row of either table, equal only to itself.

    ``contains``: what is in the food; for an uncertain rule, what may be in it. ``settles``: the word says enough for the group's
    default to be dropped. ``negates``: what the word rules out ("meatless"). ``always``: of the words only flesh or a negation changes it.
    """

    diet: str
    reason: str
    contains: frozenset[str]
    settles: bool = False
    negates: frozenset[str] = frozenset()
    always: bool = False
    where: tuple[str, ...] = ()

    def applies_to(self, food: UsdaFood) -> bool:
        """Whether the rule is meant for this food: ``where`` holds data sets and code prefixes, nothing meaning everywhere."""
        return not self.where or f"{food.data_set}:{food.code}".startswith(self.where)


Phrase = tuple[str, ...]


@dataclass(slots=True)
class PhraseRules:
    """One phrase: its rules, and the phrases that mean nothing inside it ("butter" in "peanut butter")."""

    phrase: Phrase
    rules: list[Rule]
    shields: set[Phrase]


@dataclass(slots=True)
class Node:
    """The phrases that go on from here, by their next word; ``entry`` where one ends here."""

    following: dict[str, Node] = field(default_factory=dict)
    entry: PhraseRules | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """Phrases word by word, and the small words of negation."""

    phrases: Node
    negators: frozenset[str]
    fillers: frozenset[str]
    suffixes: frozenset[str]
    ends: tuple[str, ...]  # what follows them is no ingredient: "may contain traces of milk"


@dataclass(frozen=True, slots=True)
class Rules:
    """Both tables, ready for use."""

    lexicon: Wording
    groups: Mapping[tuple[str, str], Rule]
    codes: Mapping[tuple[str, str], Rule]
    unknown_group: Rule
    plain_list: Rule
    code_lengths: tuple[int, ...]  # of the beginnings of codes, longest first


# Reading the tables ------------------------------------------------------------------------------


def tokens_of(text: str) -> list[str]:
    """Words without plural endings, and the punctuation marks that end a negation."""
    plain = text.lower().replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    return [singular_of_usda(token) for token in _TOKEN.findall(plain)]


def _phrase(text: str) -> Phrase:
    return tuple(token for token in tokens_of(text) if token not in _PUNCTUATION)


def _words(cell: str) -> frozenset[str]:
    words = frozenset(cell.split())
    strange = words - FROM_LIVING_ANIMALS - FROM_DEAD_ANIMALS
    if strange:
        raise TableError("animal-matter-unknown", words=sorted(strange))
    return words


def _rule(row: Mapping[str, str]) -> Rule:
    if row["diet"] not in (VEGAN, VEGETARIAN, OMNIVORE, UNCERTAIN):
        raise TableError("diet-unknown", diet=repr(row["diet"]))
    return Rule(
        row["diet"],
        row["reason"],
        _words(row["contains"]),
        settles=row.get("settles", "") == "yes",
        negates=_words(row.get("negates", "")),
        always=row.get("always", "") == "yes",
        where=tuple(row.get("where", "").split()),
    )


def _wording(rows: Iterable[Mapping[str, str]]) -> Wording:
    found: dict[Phrase, PhraseRules] = {}
    grammar: dict[str, set[str]] = {"negator": set(), "filler": set(), "suffix": set(), "end": set()}

    def entry(text: str) -> PhraseRules:
        phrase = _phrase(text)
        return found.setdefault(phrase, PhraseRules(phrase, [], set()))

    for row in rows:
        if row["kind"] in grammar:
            grammar[row["kind"]].add(row["word"])
            continue
        rule, words = _rule(row), row["word"].split("|")
        for word in words:
            entry(word).rules.append(rule)
        for exception in filter(None, row["exceptions"].split("|")):
            entry(exception).shields.update(map(_phrase, words))
    phrases = Node()
    for phrase, held in found.items():
        node = phrases
        for word in phrase:
            node = node.following.setdefault(word, Node())
        node.entry = held
    return Wording(
        phrases,
        frozenset(grammar["negator"]),
        frozenset(grammar["filler"]),
        frozenset(grammar["suffix"]),
        tuple(sorted(grammar["end"])),
    )


@lru_cache(maxsize=2)
def load_rules(folder: Path = DATA) -> Rules:
    """Both tables of a data folder, read once per process.

    Raises
    ------
    TableError
        When a file is missing or a cell cannot be read.
    """
    try:
        groups: dict[tuple[str, str], Rule] = {}
        codes: dict[tuple[str, str], Rule] = {}
        for row in read_rows("diet_groups", folder):
            table = codes if row["by"] == "code" else groups
            for data_set in row["data_set"].split():
                table[data_set, row["key"].lower()] = _rule(row)
        lexicon = _wording(read_rows("diet_lexicon", folder))
        lengths = tuple(sorted({len(code) for _, code in codes}, reverse=True))
        return Rules(lexicon, groups, codes, groups["any", "unknown group"], groups["any", "plain list of ingredients"], lengths)
    except KeyError as error:
        raise TableError("cell-unreadable", tables="diet", reason=str(error)) from error


def reason_by_hand(diet: str) -> str:
    """The reason shown for a food of the embedded table whose diet class was set by hand and whose row has no note."""
    return load_rules().groups["any", f"class set by hand: {diet}"].reason
