"""A blood result on the published bands, in the unit of the report. Pure; it places, it never judges.

Units: total and active B12 in pmol/L (total also pg/mL = ng/L), MMA and homocysteine in µmol/L, MCV in fL.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import inf, isfinite, log10, nextafter

from dashboard.tables.care import TestCaution, TestRow
from dashboard.tables.science import Band, Parameter
from dashboard.tables.when import Facts

CB12 = "cb12"
#: The four results the combined indicator needs, in the order of :func:`combined_indicator`.
CB12_NEEDS = ("active-b12", "total-b12", "mma", "homocysteine")


class ResultError(ValueError):
    """A result that cannot be: not a number, or outside what the unit allows. Carries the unit's row."""

    def __init__(self, unit: TestRow) -> None:
        super().__init__(unit.test, unit.low, unit.high, unit.unit)
        self.unit = unit


@dataclass(frozen=True, slots=True)
class Result:
    """One result as the report prints it. [``unit.unit``] ``bound``: "less" for "<50", "more" for ">2000".

    Raises
    ------
    ResultError
        When the value, or the laboratory's own range, is not a number the unit allows.
    """

    value: float
    unit: TestRow
    lab_low: float | None = None
    lab_high: float | None = None
    bound: str = ""

    def __post_init__(self) -> None:
        low, high = self.unit.low or 0.0, self.unit.high or 0.0
        if not isfinite(self.value) or not low <= self.value <= high:
            raise ResultError(self.unit)
        ends = [end for end in (self.lab_low, self.lab_high) if end is not None]
        if any(not isfinite(end) or not 0 <= end <= high for end in ends) or ends != sorted(ends):
            raise ResultError(self.unit)

    @property
    def base(self) -> float:
        """The value in the test's first unit."""
        return self.value / (self.unit.per_base or 1.0)

    @property
    def against_lab(self) -> str:
        """below, above or within the laboratory's own range; empty when none was given, or "<150" leaves it open."""
        low, high = self.lab_low, self.lab_high
        if low is None and high is None:
            return ""
        if low is not None and self.value < low and self.bound != "more":
            return "below"
        if high is not None and self.value > high and self.bound != "less":
            return "above"
        # "<150" can be below 100, and ">2000" above 3000.
        left_open = (low is not None and self.bound == "less") or (high is not None and self.bound == "more")
        return "" if left_open or not (low or 0.0) <= self.value <= (inf if high is None else high) else "within"


@dataclass(frozen=True, slots=True)
class SchemeBands:
    """The bands of one source in the unit of a report, low to high, and the one a value falls in."""

    scheme: str
    rows: tuple[TestRow, ...]
    found: TestRow


def units(tests: Sequence[TestRow], test: str) -> tuple[TestRow, ...]:
    """The units a test's result may come in, the first being the one it is converted to."""
    return tuple(r for r in tests if r.kind == "unit" and r.test == test)


def in_unit(row: TestRow, unit: TestRow, own: TestRow) -> TestRow:
    """A band's edges in another unit of the same test."""
    factor = (unit.per_base or 1.0) / (own.per_base or 1.0)
    low, high = (None if end is None else end * factor for end in (row.low, row.high))
    return replace(row, low=low, high=high, per_base=None, unit=unit.unit)


def find(value: float, rows: Sequence[TestRow]) -> TestRow:
    """The band of a value, of bands from low to high.

    Sources write "< 180", "180 to 350", "> 350": an inner band holds both its edges.
    """
    for row in reversed(rows):
        if row.low is not None and row.high is not None and row.low <= value <= row.high:
            return row
    return next(row for row in rows if row.high is None or value <= row.high)


def bands(tests: Sequence[TestRow], result: Result) -> tuple[SchemeBands, ...]:
    """Every source's bands for a result, in its own unit where the source prints them so, else converted."""
    test = result.unit.test
    known = {u.unit: u for u in units(tests, test)}
    placed = []
    for scheme in dict.fromkeys(r.scheme for r in tests if r.kind == "band" and r.test == test):
        rows = [r for r in tests if r.kind == "band" and r.test == test and r.scheme == scheme]
        # pg/mL and ng/L are the same number: a source that prints one prints the other.
        same = [r for r in rows if known[r.unit].per_base == result.unit.per_base]
        first = rows[0].unit
        shown = tuple(in_unit(r, result.unit, known[r.unit]) for r in same or [r for r in rows if r.unit == first])
        placed.append(SchemeBands(scheme, shown, find(result.value, shown)))
    return tuple(placed)


def inside(value: float, bound: str) -> float:
    """A value that stands for "less" or "more" than another in placing it; any other bound leaves it as it is."""
    return nextafter(value, 0.0 if bound == "less" else inf) if bound else value


def one_band(tests: Sequence[TestRow], result: Result, bound: str) -> bool:
    """Whether all that a report of "<50" or ">2000" can mean lies in one band of every source, and of the laboratory.

    True without a bound.
    """
    if bound and not result.against_lab and (result.lab_low is not None or result.lab_high is not None):
        return False
    end = {"less": 0, "more": -1}.get(bound)
    return end is None or all(s.found is s.rows[end] for s in bands(tests, result))


def cautions(rows: Sequence[TestCaution], tests: Iterable[str], known: Facts) -> tuple[tuple[TestCaution, bool], ...]:
    """What can mislead in these tests, with whether the reader's own entries name it; those first."""
    chosen = set(tests)
    found = [(c, bool(c.when.terms) and c.when.holds(known)) for c in rows if chosen & set(c.tests)]
    return tuple(sorted(found, key=lambda pair: not pair[1]))


def combined_indicator(
    holotc_pmol_per_l: float,
    b12_pmol_per_l: float,
    mma_umol_per_l: float,
    homocysteine_umol_per_l: float,
    *,
    age_years: float,
    parameters: Mapping[str, Parameter],
) -> Band:
    """Combined B12 indicator of four results. [log10 units]

    cB12 = log10(holoTC x B12 / (MMA x homocysteine)) - ceiling / (1 + (age / scale) ^ power)   (Fedosov 2015)

    Low and high are the worst cases when each result is off by ``cb12_result_spread``. The age factor was not
    re-checked against the paper; rows cb12_* of model_parameters.csv.
    """
    ceiling, scale, power = (parameters[f"cb12_age_{name}"].value for name in ("ceiling", "scale_years", "power"))
    middle = log10(holotc_pmol_per_l * b12_pmol_per_l / (mma_umol_per_l * homocysteine_umol_per_l))
    middle -= ceiling / (1 + (age_years / scale) ** power)
    spread = parameters["cb12_result_spread"].value
    factors = [a * b / (c * d) for a, b, c, d in product((1 - spread, 1 + spread), repeat=len(CB12_NEEDS))]
    return Band(middle + log10(min(factors)), middle, middle + log10(max(factors)))
