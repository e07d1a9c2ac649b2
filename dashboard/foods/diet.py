"""Diet classes of USDA foods: vegan, vegetarian, omnivore or uncertain, each with its reason.

A class is read from USDA's own group or food code (``data/diet_groups.csv``) and from the words of the description and of the
list of ingredients (``data/diet_lexicon.csv``). This module holds no food names and no sentences: only how the rules are applied.

The order of caution: a food with flesh in it is omnivore; what may hold flesh, gelatin, lard or stock is uncertain; what holds milk, egg
or honey is vegetarian; what may hold those is uncertain; only what is left is vegan.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from dashboard.foods.diet_rules import (
    FROM_DEAD_ANIMALS,
    OMNIVORE,
    UNCERTAIN,
    VEGAN,
    VEGETARIAN,
    Node,
    Phrase,
    PhraseRules,
    Rule,
    Rules,
    UsdaFood,
    Wording,
    load_rules,
    tokens_of,
)

#: Marks inside which a phrase goes on.
_WITHIN: Final = frozenset(",()")
#: Foods of a kind say the same words, so their rules are weighed together once.
VERDICTS_KEPT: Final = 4096


@dataclass(frozen=True, slots=True)
class DietClass:
    """The strictest diet that may eat a food, why, and the animal matter that is known to be in it."""

    diet: str
    reason: str
    contains: frozenset[str]


# Reading a text ----------------------------------------------------------------------------------


def _entries(tokens: list[str], start: int, phrases: Node) -> list[tuple[PhraseRules, int]]:
    """The phrases that begin at a token and where each ends, longest first. Commas and brackets within do not count ("beans, kidney")."""
    found: list[tuple[PhraseRules, int]] = []
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


def _after_negation(tokens: list[str], start: int, lexicon: Wording) -> int:
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


def _hits(text: str, food: UsdaFood, lexicon: Wording) -> list[Rule]:
    """The rules whose words stand in a text and are not negated there ("no egg", "dairy-free").

    Of the phrases that begin at a word the longest counts, and a phrase inside one of its exceptions does not.
    """
    tokens = tokens_of(text)
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


def _ingredients(text: str, lexicon: Wording) -> str:
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
