"""What the plan was before and after, for Undo and Redo, and for the browser's Back and Forward among the same plans."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from dashboard.plan import Plan

PLANS_MAX: Final = 51


@dataclass(frozen=True, slots=True)
class Was:
    """A plan as it was at one time, and the code that stood for it in the address."""

    plan: Plan
    address: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The plans of a session in their order, and which of them is on screen."""

    plans: tuple[Was, ...]
    at: int = 0

    @property
    def now(self) -> Was:
        """The plan on screen."""
        return self.plans[self.at]

    @property
    def can_undo(self) -> bool:
        """Whether an earlier plan is known."""
        return self.at > 0

    @property
    def can_redo(self) -> bool:
        """Whether a later plan is known."""
        return self.at + 1 < len(self.plans)

    def changed(self, to: Was) -> Timeline:
        """The timeline after an edit: what was taken back before is forgotten, and the oldest of too many."""
        plans = (*self.plans[: self.at + 1], to)[-PLANS_MAX:]
        return Timeline(plans, len(plans) - 1)

    def corrected(self, to: Was) -> Timeline:
        """The timeline with the plan on screen in another form, for example with conditions that came later."""
        return replace(self, plans=(*self.plans[: self.at], to, *self.plans[self.at + 1 :]))

    def undone(self) -> Timeline:
        """One plan back, where there is one."""
        return replace(self, at=self.at - 1) if self.can_undo else self

    def redone(self) -> Timeline:
        """One plan forward, where there is one."""
        return replace(self, at=self.at + 1) if self.can_redo else self

    def moved(self, address: str) -> Timeline | None:
        """The timeline at the plan with an address, the one nearest to now; None where none had it."""
        with_it = [n for n, was in enumerate(self.plans) if was.address == address]
        return replace(self, at=min(with_it, key=lambda n: abs(n - self.at))) if with_it else None
