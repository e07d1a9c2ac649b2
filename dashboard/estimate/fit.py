"""The curve of added B12 fitted anew, to see what it would say of a measurement that it was not fitted to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from dashboard.estimate.absorption import saturating_ug
from dashboard.tables.science import Parameter

#: The rows of model_parameters.csv that the fit gives.
FITTED: Final = ("if_fraction", "if_capacity_ug", "passive_fraction")
STEPS_MAX: Final = 100


@dataclass(frozen=True, slots=True)
class Fit:
    """``absorbed = S(f D; C) + p D`` fitted to pairs of dose and amount absorbed, D in µg."""

    fraction: float
    capacity_ug: float
    passive: float
    ln_sd: float

    def __call__(self, dose_ug: float) -> float:
        """What the curve gives for a dose. [µg]"""
        return saturating_ug(self.fraction * dose_ug, capacity_ug=self.capacity_ug) + self.passive * dose_ug


def fit(pairs: Sequence[tuple[float, float]], start: Mapping[str, Parameter]) -> Fit:
    """Least squares on ln(absorbed), by Gauss-Newton steps on the logarithms of the three figures.

    Parameters
    ----------
    pairs
        Dose and amount absorbed, both above 0; more pairs than there are figures. [µg]
    start
        Where the search begins: the rows ``FITTED`` of model_parameters.csv.
    """
    doses, absorbed = (np.array(column, dtype=np.float64) for column in zip(*pairs, strict=True))
    at = np.log([start[name].value for name in FITTED])
    for _ in range(STEPS_MAX):
        residuals, slopes = _residuals(at, doses, absorbed)
        step, *_ = np.linalg.lstsq(slopes, residuals, rcond=None)
        # A step so long that the sum is no number is too long as well, so "no better" is asked and not "worse".
        while not _sum_of_squares(at + step, doses, absorbed) <= residuals @ residuals and np.abs(step).max() > 0:
            step = step / 2
        if np.allclose(at + step, at):
            break
        at = at + step
    fraction, capacity, passive = (float(figure) for figure in np.exp(at))
    spread = _sum_of_squares(at, doses, absorbed) / (len(doses) - len(FITTED))
    return Fit(fraction, capacity, passive, float(np.sqrt(spread)))


Array = npt.NDArray[np.float64]


def _residuals(at: Array, doses: Array, absorbed: Array) -> tuple[Array, Array]:
    """What is left of ln(absorbed), and how the curve's logarithm moves with the logarithm of each figure."""
    fraction, capacity, passive = np.exp(at)
    load = fraction * doses
    steep = np.hypot(load, capacity)
    curve = load * capacity / steep + passive * doses
    by_fraction = (load / steep) * (capacity / steep) ** 2 * capacity
    by_capacity = (capacity / steep) * (load / steep) ** 2 * load
    slopes = np.stack([by_fraction, by_capacity, passive * doses], axis=1) / curve[:, None]
    return np.log(absorbed) - np.log(curve), slopes


def _sum_of_squares(at: Array, doses: Array, absorbed: Array) -> float:
    with np.errstate(over="ignore", invalid="ignore"):
        residuals, _ = _residuals(at, doses, absorbed)
        return float(residuals @ residuals)
