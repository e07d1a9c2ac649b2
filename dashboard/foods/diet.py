"""Diet classes of USDA foods: vegan, vegetarian, omnivore or uncertain, each with its reason.

A class is read from USDA's own group or food code (``data/diet_groups.csv``) and from the words of the description and of the
list of ingredients (``data/diet_lexicon.csv``). This module holds no food names and no sentences: only how the rules are applied.

The order of caution: a food with flesh in it is omnivore; what may hold flesh, gelatin, lard or stock is uncertain; what holds milk, egg
or honey is vegetarian; what may hold those is uncertain; only what is left is vegan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

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
_WITHIN: Final = frozenset(",()")
#: Foods of a kind say the same words, so their rules are weighed together once.
VERDICTS_KEPT: Final = 4096


@dataclass(frozen=True, slots=True)
class UsdaFood:
    """What USDA says of one food. ``data_set`` is sr, fndds, foundation or branded."""

    data_set: str
    description: str
    group: str  # USDA food group, WWEIA category or branded category
    code: str = ""  # FNDDS food code or NDB number
    ingredients: str = ""


@dataclass(frozen=True, slots=True)
class DietClass:
    """The strictest diet that may eat a food, why, and the animal matter that is known to be in it."""

    diet: str
    reason: str
    contains: frozenset[str]


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
class Entry:
    """One phrase: its rules, and the phrases that mean nothing inside it ("butter" in "peanut butter")."""

    phrase: Phrase
    rules: list[Rule]
    shields: set[Phrase]


@dataclass(slots=True)
class Node:
    """The phrases that go on from here, by their next word; ``entry`` where one ends here."""

    following: dict[str, Node] = field(default_factory=dict)
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases word by word, and the small words of negation."""

    phrases: Node
    negators: frozenset[str]
    fillers: frozenset[str]
    suffixes: frozenset[str]
    ends: tuple[str, ...]  # what follows them is no ingredient: "may contain traces of milk"


@dataclass(frozen=True, slots=True)
class Rules:
    """Both tables, ready for use."""

    lexicon: Lexicon
    groups: Mapping[tuple[str, str], Rule]
    codes: Mapping[tuple[str, str], Rule]
    unknown_group: Rule
    plain_list: Rule
    code_lengths: tuple[int, ...]  # of the beginnings of codes, longest first


# Reading the tables ------------------------------------------------------------------------------


@cache
def _stem(word: str) -> str:
    """A word without its plural ending: beans -> bean, anchovies -> anchovy, radishes -> radish; cookie and cookies -> cooky."""
    if len(word) < len("pie") or word in ("gas", "his") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith(("ie", "ies")):
        return word.removesuffix("s").removesuffix("ie") + "y"
    if word.endswith(("oes", "shes", "ches", "xes", "sses")):
        return word.removesuffix("es")
    return word.removesuffix("s")


def _tokens(text: str) -> list[str]:
    """Words without plural endings, and the punctuation marks that end a negation."""
    plain = text.lower().replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    return [_stem(token) for token in _TOKEN.findall(plain)]


def _phrase(text: str) -> Phrase:
    return tuple(token for token in _tokens(text) if token not in _PUNCTUATION)


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


def _lexicon(rows: Iterable[Mapping[str, str]]) -> Lexicon:
    found: dict[Phrase, Entry] = {}
    grammar: dict[str, set[str]] = {"negator": set(), "filler": set(), "suffix": set(), "end": set()}

    def entry(text: str) -> Entry:
        phrase = _phrase(text)
        return found.setdefault(phrase, Entry(phrase, [], set()))

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
    return Lexicon(
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
        lexicon = _lexicon(read_rows("diet_lexicon", folder))
        lengths = tuple(sorted({len(code) for _, code in codes}, reverse=True))
        return Rules(lexicon, groups, codes, groups["any", "unknown group"], groups["any", "plain list of ingredients"], lengths)
    except KeyError as error:
        raise TableError("cell-unreadable", tables="diet classes", reason=str(error)) from error


# Reading a text ----------------------------------------------------------------------------------


def _entries(tokens: list[str], start: int, phrases: Node) -> list[tuple[Entry, int]]:
    """The phrases that begin at a token and where each ends, longest first. Commas and brackets within do not count ("beans, kidney")."""
    found: list[tuple[Entry, int]] = []
    at, last = start, len(tokens)
    node = phrases.following.get(tokens[at])
    while node:
        at += 1
        if node.entry:
            found.append((node.entry, at))
        if not node.following:
            break
        while at < last and tokens[at] in _WITHIN:
            at += 1
        node = node.following.get(tokens[at]) if at < last else None
    return found[::-1]


def _after_negation(tokens: list[str], start: int, lexicon: Lexicon) -> int:
    """Where a negation ends that begins at a token ("without added milk or egg"): the token itself where there is none."""
    at, end = start + 1, start
    while at < len(tokens):
        if tokens[at] in lexicon.fillers:
            at += 1
            continue
        found = next((e for entry, e in _entries(tokens, at, lexicon.phrases) if entry.rules), None)
        if found is None:
            break
        at = end = found
    return end


def _hits(text: str, food: UsdaFood, lexicon: Lexicon) -> list[Rule]:
    """The rules whose words stand in a text and are not negated there ("no egg", "dairy-free").

    Of the phrases that begin at a word the longest counts, and a phrase inside one of its exceptions does not.
    """
    tokens = _tokens(text)
    hits: list[Rule] = []
    shields: list[tuple[int, set[Phrase]]] = []
    after = 0
    for at, token in enumerate(tokens):
        if at < after:
            continue
        for entry, end in _entries(tokens, at, lexicon.phrases) if token in lexicon.phrases.following else ():
            rules = [rule for rule in entry.rules if rule.applies_to(food)]
            shielded = any(end <= until and entry.phrase in phrases for until, phrases in shields)
            shields.append((end, entry.shields))
            if rules and not shielded:
                if end == len(tokens) or tokens[end] not in lexicon.suffixes:
                    hits += rules
                after = end
                break
        else:
            # "with or without meat" is no negation
            if token in lexicon.negators and (at == 0 or tokens[at - 1] != "or"):
                after = _after_negation(tokens, at, lexicon)
    return hits


def _ingredients(text: str, lexicon: Lexicon) -> str:
    """A list of ingredients without the warnings of traces that follow it."""
    lower = text.lower()
    return text[: min((at for end in lexicon.ends if (at := lower.find(end)) >= 0), default=len(text))]


# The class ---------------------------------------------------------------------------------------


def _group_rule(food: UsdaFood, rules: Rules) -> Rule:
    """The default of the food's group: a rule that always holds first, then the longest code, then the name of the group."""
    named = rules.groups.get((food.data_set, food.group.strip().lower()))
    coded = next(
        (rule for n in rules.code_lengths if (rule := rules.codes.get((food.data_set, food.code[:n])))),
        None,
    )
    for rule in (coded, named):
        if rule and rule.always:
            return rule
    return coded or named or rules.unknown_group


def _cancelled(rule: Rule, negated: frozenset[str]) -> bool:
    return bool(rule.contains) and rule.contains <= negated


@lru_cache(maxsize=VERDICTS_KEPT)
def _verdict(*found: Rule) -> DietClass:
    """The class that a set of rules comes to; the most cautious wins."""
    sure = [rule for rule in found if rule.diet != UNCERTAIN]
    contains = frozenset().union(*(rule.contains for rule in sure))
    doubts = [rule for rule in found if rule.diet == UNCERTAIN]
    grave = [rule for rule in doubts if rule.contains & FROM_DEAD_ANIMALS]
    flesh = [rule for rule in sure if rule.diet == OMNIVORE]
    living = [rule for rule in sure if rule.diet == VEGETARIAN]
    for diet, deciding in ((OMNIVORE, flesh), (UNCERTAIN, grave), (VEGETARIAN, living), (UNCERTAIN, doubts)):
        if deciding:
            return DietClass(diet, _reason(deciding), contains)
    return DietClass(VEGAN, _reason(sure), contains)


def _reason(deciding: list[Rule]) -> str:
    return "; ".join(dict.fromkeys(rule.reason for rule in deciding if rule.reason))


def reason_by_hand(diet: str) -> str:
    """What is said of a food of the embedded table whose class was set by hand and whose row says nothing more."""
    return load_rules().groups["any", f"class set by hand: {diet}"].reason


def classify(food: UsdaFood) -> DietClass:
    """The diet class of one food.

    Raises
    ------
    TableError
        When the tables of rules cannot be read.
    """
    rules = load_rules()
    said = _hits(food.description, food, rules.lexicon)
    negated = frozenset().union(*(rule.negates for rule in said))
    default = _group_rule(food, rules)
    if default.always and not _cancelled(default, negated):
        flesh = [rule for rule in said if rule.diet == OMNIVORE and not _cancelled(rule, negated)]
        verdict = _verdict(default, *flesh)
        return DietClass(verdict.diet, verdict.reason, verdict.contains | _verdict(*said).contains)
    said = [rule for rule in said if not _cancelled(rule, negated)]
    if food.ingredients:
        # The list decides about milk, egg and honey; only flesh in the name outweighs it.
        said = [rule for rule in said if rule.diet == OMNIVORE]
        listed = _hits(_ingredients(food.ingredients, rules.lexicon), food, rules.lexicon)
        return _verdict(*said, *listed, rules.plain_list)
    if not any(rule.settles for rule in said) and not _cancelled(default, negated):
        said.append(default)
    return _verdict(*said)
