"""What could not be read of a link or a file, for the reader: the first few, and how many more."""

from __future__ import annotations

from typing import Final

TOLD_MAX: Final = 20


class Problems:
    """Collects problems. The same one is told once; after :data:`TOLD_MAX` they are only counted."""

    def __init__(self) -> None:
        self._told: dict[str, None] = {}
        self._more = 0

    def append(self, problem: str) -> None:
        """One problem more."""
        if problem in self._told:
            return
        if len(self._told) < TOLD_MAX:
            self._told[problem] = None
        else:
            self._more += 1

    @property
    def full(self) -> bool:
        """Whether another problem would only be counted."""
        return len(self._told) >= TOLD_MAX

    def count(self) -> None:
        """One problem more, whose words nobody will read."""
        self._more += 1

    def told(self, sentence: str = "{}") -> tuple[str, ...]:
        """The problems, each in a sentence; the number of those not told stands last."""
        more = (f"{self._more:,} more like these were found.",) if self._more else ()
        return (*map(sentence.format, self._told), *more)
