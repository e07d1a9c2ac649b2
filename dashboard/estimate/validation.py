"""The estimate held against what others measured: every comparison is worked out from the model as it is now.

What is said of a row (``claim``) stands in data/; whether it is true is found here, by the rule that the row names.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Final

from dashboard.estimate.absorption import Levers, dose_ug
from dashboard.estimate.fit import Fit, fit
from dashboard.estimate.measures import measure
from dashboard.tables.cited import Cited
from dashboard.tables.observed import DoseObservation, Finding, FoodObservation, Observed, StudyObservation
from dashboard.tables.science import ZERO, Band
from dashboard.tables.tables import Tables

#: The parts of the comparisons that have a dose and an amount absorbed.
ADDED, NATURAL = "added", "natural"
LEFT_OUT = "left-out"


class Outcome(StrEnum):
    """How an estimate stands to an observation."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    NOT_COMPARED = "not-compared"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One observation and what the estimate says of the same.

    observed
        One figure for each of ``groups``, or one without groups. [``unit``]
    observed_range
        The published range or spread of a single figure, where there is one.
    estimated
        What the model says, one for each thing compared. [``estimate_unit``]
    dose_ug
        Only of ``added`` and ``natural``: what was swallowed. None where it was not recorded. [µg]
    role
        Only of these: whether the curve was fitted to the observation, or a figure chosen with it in view.
    """

    id: str
    part: str
    topic: str
    who: str
    observed_text: str
    groups: tuple[str, ...]
    observed: tuple[float, ...]
    observed_range: tuple[float, float] | None
    unit: str
    compared: str
    estimated: tuple[Band, ...]
    estimate_unit: str
    rule: str
    tolerance: float
    outcome: Outcome
    claim: str
    why: str
    source: Cited
    dose_ug: float | None = None
    role: str = ""

    @property
    def held(self) -> bool:
        """Whether what is said of the row is true."""
        return self.outcome == self.claim

    @property
    def side(self) -> int:
        """Where a single observation lies: 1 above the high end, -1 below the low end, 0 inside."""
        band, value = self.estimated[0], self.observed[0]
        return (value > band.high) - (value < band.low)

    @property
    def single(self) -> bool:
        """Whether one observation, a figure or a range, stands beside one estimate of the same kind."""
        return len(self.estimated) == 1 and (len(self.observed) == 1 or (not self.observed and self.observed_range is not None))

    @property
    def lean(self) -> int:
        """Of a single observation: 1 where the middle of the estimate lies above it, -1 below, 0 on or inside it."""
        low, high = self.observed_range if not self.observed and self.observed_range else (self.observed[0], self.observed[0])
        value = self.estimated[0].value
        return (value > high) - (value < low)


# Rules -------------------------------------------------------------------------------------------

#: What a rule is given: observed figures, published range, estimates, tolerance.
Rule = Callable[[Sequence[float], tuple[float, float] | None, Sequence[Band], float], bool]


def _within(observed: Sequence[float], _: object, estimated: Sequence[Band], __: float) -> bool:
    return all(band.low <= value <= band.high for value, band in zip(observed, estimated, strict=True))


def _in_range(_: object, published: tuple[float, float] | None, estimated: Sequence[Band], __: float) -> bool:
    low, high = published or (math.inf, -math.inf)
    return all(low <= band.value <= high for band in estimated)


def _near(observed: Sequence[float], _: object, estimated: Sequence[Band], tolerance: float) -> bool:
    return all(abs(band.value - value) <= tolerance * abs(value) for value, band in zip(observed, estimated, strict=True))


def _rounds(observed: Sequence[float], _: object, estimated: Sequence[Band], tolerance: float) -> bool:
    return all(abs(band.value - value) <= tolerance for value, band in zip(observed, estimated, strict=True))


def _order(observed: Sequence[float], estimated: Sequence[Band], sign: int) -> bool:
    pairs = combinations(zip(observed, (band.value for band in estimated), strict=True), 2)
    return all(_compare(a, b) == sign * _compare(x, y) for (a, x), (b, y) in pairs)


def _compare(a: float, b: float) -> int:
    return 0 if math.isclose(a, b) else (a > b) - (a < b)


def _same_order(observed: Sequence[float], _: object, estimated: Sequence[Band], __: float) -> bool:
    return _order(observed, estimated, 1)


def _opposite_order(observed: Sequence[float], _: object, estimated: Sequence[Band], __: float) -> bool:
    return _order(observed, estimated, -1)


def _alike(_: object, __: object, estimated: Sequence[Band], tolerance: float) -> bool:
    values = [band.value for band in estimated]
    return max(values) - min(values) <= tolerance * max(values)


def _reach(_: object, __: object, estimated: Sequence[Band], ___: float) -> bool:
    *reaching, line = (band.value for band in estimated)
    return all(value >= line for value in reaching)


def _at_most(observed: Sequence[float], _: object, estimated: Sequence[Band], __: float) -> bool:
    return all(band.value <= value for value, band in zip(observed, estimated, strict=True))


RULES: Final[Mapping[str, Rule]] = {
    "within": _within,
    "in-range": _in_range,
    "near": _near,
    "rounds": _rounds,
    "same-order": _same_order,
    "opposite-order": _opposite_order,
    "alike": _alike,
    "reach": _reach,
    "at-most": _at_most,
}


# Doses of added B12, and meals -------------------------------------------------------------------


def _outcome(agrees: bool) -> Outcome:
    return Outcome.AGREES if agrees else Outcome.DISAGREES


def fit_of(rows: Sequence[DoseObservation], tables: Tables, without: DoseObservation | None = None) -> Fit:
    """The curve fitted anew to the rows it is fitted to, one of them left out."""
    return fit([(row.dose_ug, row.absorbed_ug) for row in rows if row.fitted and row is not without], tables.parameters)


def without_it(row: DoseObservation, rows: Sequence[DoseObservation], tables: Tables) -> float:
    """What the curve would give for a dose, had that observation not been in the fit. [µg]"""
    return fit_of(rows, tables, without=row)(row.dose_ug)


def _dose(row: DoseObservation, rows: Sequence[DoseObservation], tables: Tables) -> Comparison:
    band = dose_ug(row.dose_ug, tables, levers=None if row.intrinsic_factor else Levers(capacity=ZERO))
    if row.role == LEFT_OUT:
        band = band * (without_it(row, rows, tables) / band.value)
    spread = None
    if row.absorbed_low_ug is not None and row.absorbed_high_ug is not None:
        spread = (row.absorbed_low_ug, row.absorbed_high_ug)
    return _pair(row, f"{ADDED}-{row.source_id}-{row.dose_ug:g}", ADDED, row.dose_ug, row.absorbed_ug, spread, band)


def _pair(
    row: DoseObservation | FoodObservation,
    key: str,
    part: str,
    dose: float | None,
    value: float,
    spread: tuple[float, float] | None,
    band: Band,
) -> Comparison:
    unit = "µg" if dose is not None else "%"
    return Comparison(
        id=key,
        part=part,
        topic="",
        who=row.who,
        observed_text=row.food if isinstance(row, FoodObservation) else "",
        groups=(),
        observed=(value,),
        observed_range=spread,
        unit=unit,
        compared="",
        estimated=(band,),
        estimate_unit=unit,
        rule="within",
        tolerance=0,
        outcome=_outcome(_within((value,), None, (band,), 0)),
        claim=row.claim,
        why=row.why,
        source=row,
        dose_ug=dose,
        role=row.role,
    )


def _fraction(row: FoodObservation) -> str:
    return "egg_fraction" if row.kind == "egg" else "food_fraction"


def _food(row: FoodObservation, number: int, tables: Tables) -> Comparison:
    """A meal: the middle of the published dose and share. Without a dose the shares are compared, as of a small meal."""
    key = f"{NATURAL}-{row.source_id}-{number}"
    low, high = row.percent_high if row.percent_low is None else row.percent_low, row.percent_high
    if row.dose_low_ug is None or row.dose_high_ug is None:
        factor, share = math.exp(tables.parameters["residual_ln_sd"].value), tables.parameters[_fraction(row)]
        band = Band(share.low / factor, share.value, share.high * factor) * 100
        return _pair(row, key, NATURAL, None, (low + high) / 2, (low, high) if low < high else None, band)
    dose = (row.dose_low_ug + row.dose_high_ug) / 2
    band = dose_ug(dose, tables, crystalline=row.kind == ADDED, with_food=True, fraction=_fraction(row))
    value = (low + high) / 2 * dose / 100 if row.absorbed_ug is None else row.absorbed_ug
    spread = (low * dose / 100, high * dose / 100) if low < high else None
    return _pair(row, key, NATURAL, dose, value, spread, band)


# Studies -----------------------------------------------------------------------------------------


def _study(row: StudyObservation, tables: Tables) -> Comparison:
    estimated = tuple(measure(expression, tables) for expression in row.estimates)
    published = None if row.low is None or row.high is None else (row.low, row.high)
    tolerance = row.tolerance or 0.0
    outcome = Outcome.NOT_COMPARED
    if estimated:
        outcome = _outcome(RULES[row.rule](row.values, published, estimated, tolerance))
    return Comparison(
        id=row.study,
        part=row.part,
        topic=row.topic,
        who=row.who,
        observed_text=row.observed,
        groups=row.groups,
        observed=row.values,
        observed_range=published,
        unit=row.unit,
        compared=row.compared,
        estimated=estimated,
        estimate_unit=row.estimate_unit,
        rule=row.rule,
        tolerance=tolerance,
        outcome=outcome,
        claim=row.claim,
        why=row.why,
        source=row,
    )


def compare(observed: Observed, tables: Tables) -> tuple[Comparison, ...]:
    """Every observation held against the estimate, in the order of the tables: doses, meals, studies.

    Raises
    ------
    MeasureError
        When a row asks for something the model does not know.
    """
    doses = [_dose(row, observed.doses, tables) for row in observed.doses]
    foods = [_food(row, number, tables) for number, row in enumerate(observed.foods, 1)]
    return (*doses, *foods, *(_study(row, tables) for row in observed.studies))


# Curves for the picture --------------------------------------------------------------------------

#: Steps of a curve on a log axis.
STEPS: Final = 100


def curve(kind: str, low_ug: float, high_ug: float, tables: Tables) -> tuple[tuple[float, Band], ...]:
    """What is taken up of one dose, from a low to a high dose evenly on a log axis. [µg]

    ``kind``: added (with water), natural, or egg.
    """
    ratio = math.log(high_ug / low_ug)
    doses = [low_ug * math.exp(ratio * n / STEPS) for n in range(STEPS + 1)]
    fraction = "egg_fraction" if kind == "egg" else "food_fraction"
    return tuple((dose, dose_ug(dose, tables, crystalline=kind == ADDED, fraction=fraction)) for dose in doses)


def pooled_line(low_ug: float, tables: Tables) -> tuple[tuple[float, float], ...]:
    """The pooled regression of Doets 2013 for food, up to the dose it holds for: dose and amount absorbed. [µg]"""
    p = tables.parameters
    slope, intercept = p["doets_slope"].value, p["doets_intercept"].value
    ends = (low_ug, p["doets_max_dose_ug"].value)
    return tuple((dose, math.exp(slope * math.log(dose) + intercept)) for dose in ends)


# What follows for the reader ---------------------------------------------------------------------


#: What a finding may claim of counts: more of them inside the low and high than outside.
MOSTLY_INSIDE: Final = "mostly-inside"


@dataclass(frozen=True, slots=True)
class Counts:
    """How single observations of a part lie to the estimate: inside its low and high, above or below."""

    inside: int
    above: int
    below: int

    @property
    def of(self) -> int:
        """All of them."""
        return self.inside + self.above + self.below


def counts(comparisons: Sequence[Comparison], part: str) -> Counts:
    """Counts the observations of a part that have one figure and one estimate."""
    sides = [c.side for c in comparisons if c.part == part]
    return Counts(sides.count(0), sides.count(1), sides.count(-1))


def true_of(finding: Finding, comparisons: Sequence[Comparison]) -> bool:
    """Whether a finding still follows from the comparisons."""
    outcomes = {c.id: c.outcome for c in comparisons}
    found = counts(comparisons, finding.counts)
    if finding.claim == MOSTLY_INSIDE:
        return found.inside > found.of / 2
    outside = found.above > 0 and found.below > 0 if finding.counts else True
    return outside and all(outcomes[key] == finding.claim for key in finding.rests_on)
