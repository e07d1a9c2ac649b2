"""An amount of a plan: what it can be, and how finely it is held."""

from __future__ import annotations

import math
import sys
from typing import Final

from dashboard.plan.fault import PlanError

# How finely a plan holds amounts, which is what a link can carry. A tenth of a gram is finer than any kitchen scale.
GRAMS_DECIMALS: Final = 1
DOSE_DECIMALS: Final = 3
TIMES_DECIMALS: Final = 4
#: An amount is the same amount when it is held within this part of itself. What would be held further off is refused, asked or told.
HELD_WITHIN: Final = 0.05


def in_limits(value: float, field: str, low: float, high: float) -> float:
    """A number within the limits of a field. Raises :class:`PlanError` for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not (isinstance(value, int) or math.isfinite(value)):
        raise PlanError(f"{field}-no-number")
    if not low <= value <= high:
        # A number too large to be written out is not quoted.
        raise PlanError(f"{field}-out-of-range", low=low, high=high, given=float(value) if abs(value) < sys.maxsize else None)
    return value


def holds(amount: float, decimals: int) -> bool:
    """Whether a plan that keeps so many decimals holds an amount as the same amount."""
    return abs(round(float(amount), decimals) - amount) <= HELD_WITHIN * amount


def held(amount: float, field: str, decimals: int, *, at_all: bool = False) -> float:
    """An amount as a plan holds it. ``at_all``: it may be another amount, but more than none is never none.

    Raises
    ------
    PlanError
        It would be held as another amount.
    """
    kept = round(float(amount), decimals)
    if not (bool(kept) == bool(amount) if at_all else holds(amount, decimals)):
        raise PlanError(f"{field}-too-fine", finest=10**-decimals, given=float(amount))
    return kept
