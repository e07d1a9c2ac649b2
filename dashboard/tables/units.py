"""Rows of units.csv: the words in which people write amounts, and what one of each is."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dashboard.tables.columns import Listed
from dashboard.tables.fault import TableError


@dataclass(frozen=True, slots=True)
class Unit:
    """One row of units.csv.

    ``kind`` says what it measures: mass [``factor`` g], volume [ml], share [%], substance per volume [pmol/L],
    mass per volume [ng/L], cell volume [fL], energy [kcal], age [years], count, measure (a slice, a glass: the food says what one
    weighs, so ``factor`` is None). Three kinds are no unit but words beside a number: number (half, two), about, bound (<, >).
    """

    unit: str
    kind: str
    factor: float | None
    words: Listed = field(repr=False)


def folded(text: str) -> str:
    """A word in the one form in which words are compared: case, the two signs for micro, and spaces do not matter."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True)
class Units:
    """All rows of units.csv by word."""

    by_word: Mapping[str, Unit]

    def __hash__(self) -> int:
        """Few processes have two: what is read with the units can be kept beside them."""
        return len(self.by_word)

    @classmethod
    def of(cls, rows: Iterable[Unit]) -> Units:
        """The units by each of their words. Raises :class:`TableError` when one word would mean two units."""
        by_word: dict[str, Unit] = {}
        for row in rows:
            for word in {folded(word) for word in (*row.words, row.unit)}:
                if by_word.setdefault(word, row) is not row:
                    raise TableError("unit-word-twice", word=word, units=(by_word[word].unit, row.unit))
        return cls(by_word)

    def __getitem__(self, word: str) -> Unit:
        """The unit of a word. Raises :class:`KeyError` when no row has it."""
        return self.by_word[folded(word)]

    def leading(self, text: str) -> tuple[Unit | None, str]:
        """The unit that a text begins with, by its longest word, and the rest of the text."""
        words = text.split()
        for count in range(min(4, len(words)), 0, -1):
            phrase = folded(" ".join(words[:count]))
            unit = self.by_word.get(phrase) or self.by_word.get(phrase.rstrip(".,;:"))
            if unit:
                return unit, " ".join(words[count:])
        return None, text
