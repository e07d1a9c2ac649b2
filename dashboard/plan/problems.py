"""What could not be read of a link or a file: the first few faults, and how many more."""

from __future__ import annotations

from typing import Final

from dashboard.plan.fault import Fault, fault

TOLD_MAX: Final = 20


class Problems:
    """Collects problems. The same one is told once; after :data:`TOLD_MAX` they are only counted."""

    def __init__(self) -> None:
        self._told: dict[Fault, None] = {}
        self._more = 0

    def append(self, problem: Fault) -> None:
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
        """One problem more, which nobody will be told."""
        self._more += 1

    def told(self) -> tuple[Fault, ...]:
        """The problems; the number of those not told stands last."""
        more = (fault("more-problems", count=self._more),) if self._more else ()
        return (*self._told, *more)
