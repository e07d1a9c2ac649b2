"""The language of the column ``when``: for whom a row of a table holds.

A ``when`` is words separated by spaces; each has to hold. ``a|b`` holds when a or b does, ``!a`` when a does not.
An empty ``when`` always holds. The words are facts about a person and a plan; facts.csv says what each means.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from dashboard.tables.fault import TableError

Facts = frozenset[str]


@dataclass(frozen=True, slots=True)
class When:
    """A parsed ``when``: every term has to hold; a term holds when one of its alternatives does."""

    terms: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def parse(cls, text: str) -> When:
        """Reads a cell. Raises :class:`TableError` for an empty alternative ("a||b")."""
        terms = tuple(tuple(term.split("|")) for term in text.split())
        if any(not word.removeprefix("!") for term in terms for word in term):
            raise TableError("when-empty", when=text)
        return cls(terms)

    def holds(self, facts: Set[str]) -> bool:
        """Whether the row holds for a person with these facts."""
        return all(any((word[1:] not in facts) if word[0] == "!" else word in facts for word in term) for term in self.terms)

    def meant_for(self, facts: Set[str]) -> bool:
        """Whether a term names something that is true of the person, not only what is not."""
        return any(word in facts for term in self.terms for word in term)

    @property
    def words(self) -> frozenset[str]:
        """Every fact the row asks about."""
        return frozenset(word.removeprefix("!") for term in self.terms for word in term)

    def names(self, fact: str) -> bool:
        """Whether a term is this fact itself: a row that names babies is meant for babies."""
        return (fact,) in self.terms
