"""B12 that USDA worked out from the % of the Daily Value on a label: which Daily Value that was is not said."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from dashboard.foods.label import Basis, label_values
from dashboard.words import fdc as said


@dataclass(frozen=True, slots=True)
class PercentDv:
    """B12 that was worked out from a % of the Daily Value. [µg per 100 g] Low and high: where the label's era is uncertain."""

    value_ug: float
    low_ug: float | None
    high_ug: float | None
    era: str
    note: str


def era_of(labelled_on: date | None) -> str:
    """Which Daily Value a US label of that day uses: old, new or uncertain."""
    values = label_values()
    if labelled_on is None:
        return "uncertain"
    if labelled_on < values.older_before:
        return "old"
    return "new" if labelled_on >= values.newer_from else "uncertain"


def from_percent_dv(usda_ug: float, percent: float | None, serving_g: float | None, labelled_on: date | None) -> PercentDv:
    """Decides what a figure from %DV can be.

    Parameters
    ----------
    usda_ug
        USDA's figure, that percentage times a Daily Value; the answer does not say which. [µg per 100 g]
    percent, serving_g
        The label's percentage for a serving, where the answer has both: then both readings can be worked out.
    labelled_on
        The label is not newer than this day.
    """
    full = label_values().full_ug
    new, old = full[Basis.US_DV], full[Basis.US_DV_OLD]
    era = era_of(labelled_on)
    low = high = unused = None
    value = usda_ug
    if percent and serving_g and usda_ug:
        readings = {"new": percent * new / serving_g, "old": percent * old / serving_g}
        nearest = min(readings, key=lambda r: abs(math.log(readings[r] / usda_ug)))
        if era == "uncertain":
            low, high = min(*readings.values(), usda_ug), max(*readings.values(), usda_ug)
        elif nearest != era:
            value, unused = readings[era], usda_ug
    elif era == "uncertain":
        low, high = usda_ug * new / old, usda_ug * old / new
    return PercentDv(value, low, high, era, said.percent_dv(era, value, low, high, new, old, unused))
