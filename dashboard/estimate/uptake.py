"""Uptake from many occasions at once, for the search over edits.

The formula is that of :func:`dashboard.estimate.absorption.occasion_ug`, middle of the band, over arrays;
tests hold the two together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dashboard.estimate.absorption import Levers, Occasion
from dashboard.tables.tables import Tables

Array = npt.NDArray[np.float64]
#: How many numbers an occasion is: crystalline, food-bound ready for uptake, swallowed.
LOADS = len(("crystalline", "food", "swallowed"))


def load(occasion: Occasion, tables: Tables) -> Array:
    """An occasion as three numbers: crystalline, food-bound ready for uptake before release, swallowed. [µg]"""
    ready = sum(tables.parameters[name].value * ug for name, ug in occasion.natural_by_fraction.items())
    return np.array([occasion.crystalline_ug, ready, occasion.swallowed_ug])


@dataclass(frozen=True, slots=True)
class Curve:
    """The parameters of the uptake of one person, for doses taken with food."""

    fraction: float
    capacity_ug: float
    food_capacity_ug: float
    passive: float
    levers: Levers

    @classmethod
    def of(cls, tables: Tables, levers: Levers) -> Curve:
        """From model_parameters.csv."""
        p = tables.parameters
        return cls(
            p["if_fraction"].value,
            p["if_capacity_ug"].value,
            p["food_capacity_ug"].value,
            p["passive_fraction_with_food"].value,
            levers,
        )

    def __call__(self, loads: Array) -> Array:
        """Uptake of occasions, middle of the band. [µg] ``loads``: (..., 3) as of :func:`load`."""
        crystalline, food, swallowed = loads[..., 0], loads[..., 1] * self.levers.release.value, loads[..., 2]
        share = self.capacity_ug / self.food_capacity_ug
        by_factor = _saturating(self.fraction * crystalline + share * food, self.capacity_ug)
        by_factor += _saturating((1 - share) * food, self.food_capacity_ug - self.capacity_ug)
        taken_up: Array = np.minimum(self.levers.capacity.value * by_factor + self.passive * crystalline, swallowed)
        return taken_up


def _saturating(ready: Array, capacity_ug: float) -> Array:
    taken_up: Array = ready * capacity_ug / np.hypot(ready, capacity_ug)
    return taken_up
