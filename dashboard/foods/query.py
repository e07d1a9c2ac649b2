"""What somebody typed, understood: each word with its other names, spellings and likely mistakes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from dashboard.foods.lexicon import PHRASE_WORDS_MAX, Lexicon, Phrase, Ranking, stems, words
from dashboard.foods.singular import singular

QUERY_CHARACTERS_MAX: Final = 80
QUERY_WORDS_MAX: Final = 8
#: A word may differ from what was typed by one letter for each so many letters typed.
LETTERS_PER_MISTAKE: Final = 3
LETTERS_OF_A_GUESS_MIN: Final = 4
CORRECTIONS_MAX: Final = 3
COMPLETIONS_MAX: Final = 4
#: A guess less sure than this does not stand for a word that no food has: hemp is not help.
SURE_ENOUGH: Final = 0.6


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a part of the query: words that must all occur, and how sure the reading is, from 0 to 1."""

    words: Phrase
    sureness: float


@dataclass(frozen=True, slots=True)
class Term:
    """A part of the query that has to be met by one of its readings; the first is what was typed."""

    readings: tuple[Reading, ...]


class Vocabulary:
    """The words of all foods, for prefixes and spelling."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts = counts
        self.sorted = sorted(counts)
        forms = {*counts, *map(singular, counts)}
        self.long = sorted(word for word in forms if len(word) >= LETTERS_OF_A_GUESS_MIN and not word[0].isdigit())

    def begins(self, prefix: str) -> bool:
        """Whether a word of the foods begins so."""
        at = bisect_left(self.sorted, prefix)
        return at < len(self.sorted) and self.sorted[at].startswith(prefix)

    def knows(self, word: str) -> bool:
        """Whether this is a word of the foods, singular or plural."""
        return word in self.counts or singular(word) in self.counts

    def corrections(self, word: str) -> list[tuple[str, float]]:
        """Words that may be meant by a misspelt one, most alike first, and how alike they are. [0 to 1]"""
        if len(word) < LETTERS_OF_A_GUESS_MIN:
            return []
        found = self._alike(word, self.long)
        if not found:  # the beginning of a longer word, misspelt
            beginnings = {other[: len(word)]: other for other in self.long if len(other) > len(word)}
            found = [(beginnings[start], alike) for start, alike in self._alike(word, list(beginnings))]
        return found[:CORRECTIONS_MAX]

    def _alike(self, word: str, among: list[str]) -> list[tuple[str, float]]:
        most = max(1, len(word) // LETTERS_PER_MISTAKE)
        near = process.extract(word, among, scorer=OSA.distance, score_cutoff=most, limit=4 * CORRECTIONS_MAX)
        if not near:
            return []
        least = min(distance for _, distance, _ in near)
        best = [(other, distance) for other, distance, _ in near if distance == least]
        # Most mistakes keep the first letter; of equals, the word that more foods have is likelier.
        best.sort(key=lambda pair: (pair[0][0] != word[0], abs(len(pair[0]) - len(word)), -self.counts.get(pair[0], 0)))
        return [(other, 1 - distance / max(len(other), len(word))) for other, distance in best]


class Reader:
    """Turns a text into terms."""

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon, ranking: Ranking) -> None:
        self.vocabulary = vocabulary
        self._lexicon = lexicon
        self._quality = ranking.quality
        self._phrases = sorted(" ".join(phrase) for phrase in lexicon.others)

    def typed(self, query: str) -> Phrase:
        """The words of a query that name a food; all of them when none does."""
        every = words(query[:QUERY_CHARACTERS_MAX])[:QUERY_WORDS_MAX]
        phrase = {n for at in range(len(every)) for n in range(at, at + self._known_length(every, at))}
        # A word of a phrase names a food with its neighbours, also where alone it names none: oeuf a la coque.
        kept = [word for n, word in enumerate(every) if n in phrase or word not in self._lexicon.ignored]
        return tuple(kept if phrase else dict.fromkeys(kept)) or tuple(dict.fromkeys(every))

    def terms(self, query: str, *, guess: bool = False) -> tuple[Term, ...]:
        """The terms of a query.

        Parameters
        ----------
        guess
            Take every word for a spelling mistake, not only those that no food has.
        """
        typed = self.typed(query)
        found: list[Term] = []
        at = 0
        while at < len(typed):
            length, term = self._phrase(typed, at) or self._pair(typed, at) or (1, self._word(typed[at], guess=guess))
            found.append(term)
            at += length
        return tuple(found)

    def knows(self, term: Term) -> bool:
        """Whether any food has the words of a reading that is sure enough."""
        sure = (reading for reading in term.readings if reading.sureness >= SURE_ENOUGH)
        return any(all(self.vocabulary.begins(singular(word)) for word in reading.words) for reading in sure)

    def _phrase(self, typed: Phrase, at: int) -> tuple[int, Term] | None:
        """The longest phrase from here on that has other names."""
        length = self._known_length(typed, at)
        if not length:
            return None
        phrase = typed[at : at + length]
        return length, self._term(phrase, self._lexicon.others[stems(phrase)])

    def _known_length(self, typed: Phrase, at: int) -> int:
        """How many words from here on make the longest phrase that has other names; 0 where there is none of two or more."""
        lengths = range(min(PHRASE_WORDS_MAX, len(typed) - at), 1, -1)
        return next((length for length in lengths if self._lexicon.others.get(stems(typed[at : at + length]))), 0)

    def _pair(self, typed: Phrase, at: int) -> tuple[int, Term] | None:
        """Two words that foods write as one: soy milk and soymilk."""
        pair = typed[at : at + 2]
        joined = "".join(pair)
        if len(pair) < 2 or not self.vocabulary.knows(joined) or len(min(pair, key=len)) < 2:
            return None
        readings = [Reading(pair, 1.0), Reading((joined,), self._quality["joined"])]
        readings += [Reading((*others, pair[1]), self._quality["synonym"]) for others in self._lexicon.others.get(stems(pair[:1]), ())]
        return 2, Term(tuple(readings))

    def _term(self, phrase: Phrase, others: tuple[Phrase, ...]) -> Term:
        as_typed, as_other = (self._quality["foreign"], 1.0) if stems(phrase) in self._lexicon.foreign else (1.0, self._quality["synonym"])
        return Term((Reading(phrase, as_typed), *(Reading(other, as_other) for other in others)))

    def _word(self, word: str, *, guess: bool) -> Term:
        others = self._lexicon.others.get(stems((word,)), ())
        readings = list(self._term((word,), others).readings)
        unknown = not self.vocabulary.begins(singular(word)) and not others
        if unknown:
            readings += self._parts(word)
        if unknown or not others:
            readings += self._completions(word)
        if guess or (unknown and len(readings) == 1):
            readings += self._guesses(word)
        return Term(tuple(readings))

    def _parts(self, word: str) -> list[Reading]:
        """One word that foods write as two: cornflakes and corn flakes."""
        splits = ((word[:n], word[n:]) for n in range(3, len(word) - 2))
        return [Reading(two, self._quality["joined"]) for two in splits if all(map(self.vocabulary.knows, two))]

    def _completions(self, word: str) -> list[Reading]:
        """Other names of a phrase that so begins."""
        if len(word) < LETTERS_OF_A_GUESS_MIN:
            return []
        at = bisect_left(self._phrases, word)
        longer = (p for p in islice(self._phrases, at, at + COMPLETIONS_MAX) if p.startswith(word) and " " not in p)
        return [Reading(o, self._quality["prefix"]) for p in longer for o in self._lexicon.others[(p,)] if p != word]

    def _guesses(self, word: str) -> list[Reading]:
        readings = []
        known: Callable[[str], tuple[Phrase, ...]] = lambda other: self._lexicon.others.get(stems((other,)), ())  # noqa: E731
        for other, alike in self.vocabulary.corrections(word):
            sureness = self._quality["fuzzy"] * alike
            readings.append(Reading((other,), sureness))
            readings += [Reading(name, sureness * self._quality["synonym"]) for name in known(other)]
        return readings


def _token(word: str) -> str:
    """A word as a prefix for the full-text index, singular and plural. Only letters and digits come here: nothing to escape."""
    one = singular(word)
    forms = {one} if word.startswith(one) else {word, one}
    if one.endswith("y"):
        forms.add(f"{one[:-1]}ies")
    return " OR ".join(f'"{form}"*' for form in sorted(forms))


def expression(terms: tuple[Term, ...], *, every: bool = True) -> str:
    """The terms in the language of FTS5; ``every`` False: any of them will do."""
    parts = []
    for term in terms:
        readings = (" AND ".join(f"({_token(word)})" for word in reading.words) for reading in term.readings)
        parts.append("(" + " OR ".join(f"({reading})" for reading in dict.fromkeys(readings)) + ")")
    return (" AND " if every else " OR ").join(parts)
