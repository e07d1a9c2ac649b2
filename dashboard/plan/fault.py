"""What is wrong with a plan, a link or a file: a code and its values. The sentences stand in words/plan_faults.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: Of a value that a file or a link brought no more is kept.
QUOTED_MAX: Final = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    code
        Which; a key of ``dashboard.words.plan_faults.FAULTS``.
    values
        What its sentence names: numbers, words of the file, a :class:`Part`, or another fault as the reason.
    """

    code: str
    values: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a link or a file something is wrong with.

    kind
        A key of ``dashboard.words.plan_faults.PARTS``.
    number
        Which of several, from 1; 0 where there is one only, or where all are meant.
    day, meal
        Where it stands, for foods.
    """

    kind: str
    number: int = 0
    day: str = ""
    meal: str = ""


class PlanError(ValueError):
    """Something in a plan that cannot be: a code and values, as a :class:`Fault` has them."""

    def __init__(self, code: str, **values: object) -> None:
        # A hostile file raises 10,000 of them: nothing is made here that nobody may ask for.
        self.code, self.values = code, values

    @property
    def fault(self) -> Fault:
        """What is wrong."""
        return fault(self.code, **self.values)

    def __str__(self) -> str:
        return f"{self.code} {self.values}"

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (self.fault,)


def _again(found: Fault) -> PlanError:
    return PlanError(found.code, **dict(found.values))


def fault(code: str, **values: object) -> Fault:
    """A fault with named values."""
    return Fault(code, tuple(values.items()))


def quoted(value: object) -> str:
    """A value that was given, in a few characters."""
    return str(value)[:QUOTED_MAX]
