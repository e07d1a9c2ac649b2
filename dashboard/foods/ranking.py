"""How well a food answers a query, by the rules of search_ranking.csv."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dashboard.foods.lexicon import WORD, Lexicon, Phrase, Ranking, fold, words
from dashboard.foods.query import Reading, Term
from dashboard.foods.singular import singular

EXTRA_WORDS_MAX: Final = 8
#: Releases whose descriptions begin with a category.
CATEGORISED: Final = frozenset({"foundation", "fndds", "sr"})


@dataclass(frozen=True, slots=True)
class RankedFood:
    """A food as the ranking sees it.

    words, stems
        The words of the name in order, and the place of each in its one form.
    head, aside, small, starts
        Places of the words before the first comma; of those in brackets, which are other names or remarks; of small
        words that name no food; and of the words that a name of the food begins with.
    bonus
        What the food's data set, group, tags and habit weigh, whatever is typed. [points]
    word_points
        What single words of the name weigh when nobody asked for them. [points]
    """

    words: Phrase
    stems: Mapping[str, int]
    head: frozenset[int]
    aside: frozenset[int]
    small: frozenset[int]
    starts: frozenset[int]
    described: frozenset[str]
    bonus: float
    word_points: tuple[tuple[int, float], ...]


def _cut(name: str) -> list[tuple[str, int, bool]]:
    """Words of a name with the number of commas before each and whether it stands in brackets."""
    found = []
    commas = depth = 0
    at = 0
    text = fold(name)
    for match in WORD.finditer(text):
        between = text[at : match.start()]
        depth = max(0, depth + between.count("(") - between.count(")"))
        commas += between.count(",") if depth == 0 else 0
        found.append((match[0], commas, depth > 0))
        at = match.end()
    return found


def _starts(cut: list[tuple[str, int, bool]], head: frozenset[int], commas: int, ranking: Ranking) -> frozenset[int]:
    """Where a name of the food begins: after USDA's category, and after "or": scrambled egg or plain omelette."""
    places = [n for n in sorted(head) if cut[n][1] == commas]
    found = set(places[:1])
    for at, n in enumerate(places):
        if cut[n][0] == "or":
            found.update([m for m in places[at + 1 :] if ranking.word.get(cut[m][0], 0.0) <= 0][:1])
    return frozenset(found)


def ranked_food(
    name: str, description: str, data_set: str, group: str, tags: frozenset[str], lexicon: Lexicon, ranking: Ranking, *, habit: bool
) -> RankedFood:
    """What the ranking needs to know of a food. ``habit``: many eat it."""
    cut = _cut(name)
    head_commas = 0
    outside = [(word, commas) for word, commas, aside in cut if not aside]
    if data_set in CATEGORISED and outside and all(word in lexicon.categories for word, commas in outside if commas == 0):
        head_commas = 1
    head = frozenset(n for n, (_, commas, aside) in enumerate(cut) if commas <= head_commas and not aside)
    starts = _starts(cut, head, head_commas, ranking)
    stemmed: dict[str, int] = {}
    for n, (word, _, _) in enumerate(cut):
        stemmed.setdefault(singular(word), n)
    bonus = ranking.data_set.get(data_set, 0.0) + ranking.group.get(group, 0.0) + sum(ranking.tag.get(tag, 0.0) for tag in tags)
    bonus += ranking.match["starter_week"] * habit
    points = ((n, ranking.word.get(stem, 0.0)) for stem, n in stemmed.items() if data_set in CATEGORISED or not cut[n][2])
    return RankedFood(
        tuple(word for word, _, _ in cut),
        stemmed,
        head,
        frozenset(n for n, (_, _, aside) in enumerate(cut) if aside),
        frozenset(n for n, (word, _, _) in enumerate(cut) if word in lexicon.ignored),
        starts,
        frozenset(map(singular, words(description))) if description != name else frozenset(),
        bonus,
        tuple((n, weight) for n, weight in points if weight),
    )


def _place(word: str, food: RankedFood, prefix_quality: float) -> tuple[float, int] | None:
    """How well one word is met by the name, and where; -1 where only the description has it."""
    stem = singular(word)
    at = food.stems.get(stem)
    if at is not None:
        return 1.0, at
    for n, other in enumerate(food.words):
        if other.startswith(stem):
            return prefix_quality, n
    if stem in food.described:
        return 1.0, -1
    if any(other.startswith(stem) for other in food.described):
        return prefix_quality, -1
    return None


def _read(reading: Reading, food: RankedFood, prefix_quality: float) -> tuple[float, list[int]] | None:
    quality = 1.0
    places = []
    for word in reading.words:
        found = _place(word, food, prefix_quality)
        if found is None:
            return None
        quality = min(quality, found[0])
        places.append(found[1])
    return quality * reading.sureness, places


def _best(term: Term, food: RankedFood, prefix_quality: float) -> tuple[float, set[int]] | None:
    """How well the food meets a term, and where: the surest reading, and all places where any reading stands.

    Places are those in the name; none when only the description meets the term.
    """
    quality = described = 0.0
    places: set[int] = set()
    for reading in term.readings:
        met = _read(reading, food, prefix_quality)
        if met is None:
            continue
        if -1 in met[1]:
            described = max(described, met[0])
        else:
            quality = max(quality, met[0])
            places.update(met[1])
    if quality:
        return quality, places
    return (described, places) if described else None


def score(terms: tuple[Term, ...], food: RankedFood, ranking: Ranking, *, relevance: float = 0.0, every: bool = True) -> float | None:
    """The points of a food for a query; None when it does not answer it.

    Parameters
    ----------
    relevance
        bm25 among the answers to this query, from 0 to 1.
    every
        Every term has to be met; otherwise at least half of them, and the missing ones cost points.
    """
    met = [found for term in terms if (found := _best(term, food, ranking.quality["prefix"]))]
    missing = len(terms) - len(met)
    if not met or (missing and every) or 2 * missing > len(terms):
        return None
    weight = ranking.match
    named = [places for _, places in met if places]
    hit = frozenset().union(*named)
    other_name = bool(hit & food.aside) and not hit & food.head
    asked = food.aside if other_name else food.head
    in_head = sum(1 for places in named if places & food.head or places & food.aside)
    extra_head = len(asked - hit - food.small)
    extra = len(food.words) - len(hit | food.head | food.aside | food.small)
    starts = [min(places) for places in named]
    points = food.bonus + weight["word"] * sum(quality for quality, _ in met) / len(terms) + weight["relevance"] * relevance
    points += weight["missing"] * missing + weight["description_only"] * (len(met) - len(named))
    points += weight["first_word"] if food.starts & hit else weight["other_name"] * other_name
    points += weight["in_head"] * in_head / len(terms) + weight["head_covered"] * (1 - extra_head / max(1, len(asked)))
    points += weight["extra_word"] * min(extra, EXTRA_WORDS_MAX) + weight["extra_head_word"] * min(extra_head, EXTRA_WORDS_MAX)
    points += weight["in_order"] * (starts == sorted(starts))
    return points + sum(value for n, value in food.word_points if n not in hit)
