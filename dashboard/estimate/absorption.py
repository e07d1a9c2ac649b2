"""How much of the B12 eaten on one occasion is taken up.

An occasion is what is eaten within four hours; occasions further apart have their full capacity each.
Crystalline B12 (added to food, supplements) follows a curve fitted to eleven measured doses; food-bound
B12 a curve of the same shape with its own capacity; both share the capacity of an occasion. A small
part of any crystalline dose passes without intrinsic factor.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.tables.science import ZERO, Band, Condition, Parameter
from dashboard.tables.tables import Tables


@dataclass(frozen=True, slots=True)
class Levers:
    """What a person's conditions do to uptake.

    capacity
        Factor on intrinsic-factor uptake (0: no intrinsic factor). [-]
    release
        Factor on the release of food-bound B12 (0: none is released). [-]
    """

    capacity: Band = Band(1.0, 1.0, 1.0)
    release: Band = Band(1.0, 1.0, 1.0)

    @property
    def no_intrinsic_factor(self) -> bool:
        """True when even the high end has no uptake by intrinsic factor: food cannot meet the need."""
        return self.capacity.high == 0.0


def levers(conditions: Iterable[Condition]) -> Levers:
    """The levers of several conditions together: the most limiting of each, never their product.

    Conditions that only carry a flag leave the levers at 1.
    """

    def least(bands: list[Band]) -> Band:
        return Band(*(min([1.0, *(getattr(b, end) for b in bands)]) for end in ("low", "value", "high")))

    rows = list(conditions)
    return Levers(least([c.capacity_factor for c in rows]), least([c.release_factor for c in rows]))


def saturating_ug(load_ug: float, *, capacity_ug: float) -> float:
    """Uptake that rises with the load and levels off at a capacity. [µg]

    ``capacity * load / sqrt(load² + capacity²)``: close to the load while small, never above either.

    Parameters
    ----------
    load_ug
        Amount ready for uptake, not negative. [µg]
    capacity_ug
        Most that is taken up on one occasion, above 0. [µg]
    """
    return load_ug * capacity_ug / math.hypot(load_ug, capacity_ug)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is swallowed on one occasion. [µg]

    natural_by_fraction holds food-bound B12 by the share of it that can be released and absorbed at
    low doses (a parameter name: ``food_fraction`` or ``egg_fraction``).
    """

    natural_by_fraction: Mapping[str, float]
    crystalline_ug: float = 0.0
    with_food: bool = True

    def __add__(self, other: Occasion) -> Occasion:
        """Both eaten on the same occasion."""
        names = {*self.natural_by_fraction, *other.natural_by_fraction}
        natural = {n: self.natural_by_fraction.get(n, 0.0) + other.natural_by_fraction.get(n, 0.0) for n in names}
        return Occasion(natural, self.crystalline_ug + other.crystalline_ug, self.with_food or other.with_food)

    @property
    def swallowed_ug(self) -> float:
        """All B12 of the occasion. [µg]"""
        return sum(self.natural_by_fraction.values()) + self.crystalline_ug


def occasion_ug(occasion: Occasion, tables: Tables, levers: Levers | None = None) -> Band:
    """B12 taken up from one occasion, with low and high. [µg]

    ::

        x_c = if_fraction * crystalline                    (ready for uptake, crystalline)
        x_f = release * sum(fraction_i * natural_i)        (ready for uptake, food-bound)
        w   = C / C_food
        IF  = capacity * (S(x_c + w x_f; C) + S((1 - w) x_f; C_food - C))
        absorbed = IF + p * crystalline

    With no food-bound B12 this is the fitted crystalline curve, with no crystalline B12 the food
    curve ``S(x_f; C_food)``, and more of either never gives less.

    Band: IF part times exp(∓ ``residual_ln_sd``), with the low and high of the levers and of the food
    fractions; passive share from the low to the high of ``passive_fraction``. Never more than was swallowed.

    Parameters
    ----------
    occasion
        What is swallowed. Amounts in µg, not negative.
    levers
        The person's levers; healthy when left out.

    Notes
    -----
    Parameters: rows ``if_fraction``, ``if_capacity_ug``, ``food_fraction``, ``egg_fraction``, ``food_capacity_ug``,
    ``passive_fraction``, ``passive_fraction_with_food``, ``residual_ln_sd`` of model_parameters.csv. The crystalline curve is
    fitted to doses of 1 to 1000 µg; the food curve to meals of up to about 15 µg.
    """
    p = tables.parameters
    person = levers or Levers()
    crystalline = occasion.crystalline_ug
    load_c = p["if_fraction"].value * crystalline
    natural = [(p[name], ug) for name, ug in occasion.natural_by_fraction.items()]
    spread = math.exp(p["residual_ln_sd"].value)
    passive = p["passive_fraction"]
    usual = p["passive_fraction_with_food"].value if occasion.with_food else passive.value

    def end(capacity: float, load_f: float, spread: float, share: float) -> float:
        by_factor = capacity * spread * _shared_capacity_ug(load_c, load_f, p)
        return min(by_factor + share * crystalline, occasion.swallowed_ug)

    return Band(
        end(person.capacity.low, person.release.low * sum(f.low * ug for f, ug in natural), 1 / spread, passive.low),
        end(person.capacity.value, person.release.value * sum(f.value * ug for f, ug in natural), 1.0, usual),
        end(person.capacity.high, person.release.high * sum(f.high * ug for f, ug in natural), spread, passive.high),
    )


def _shared_capacity_ug(load_crystalline_ug: float, load_food_ug: float, p: Mapping[str, Parameter]) -> float:
    capacity, food_capacity = p["if_capacity_ug"].value, p["food_capacity_ug"].value
    share = capacity / food_capacity
    return saturating_ug(load_crystalline_ug + share * load_food_ug, capacity_ug=capacity) + saturating_ug(
        (1 - share) * load_food_ug, capacity_ug=food_capacity - capacity
    )


def dose_ug(
    dose: float,
    tables: Tables,
    *,
    crystalline: bool = True,
    with_food: bool = False,
    fraction: str = "food_fraction",
    levers: Levers | None = None,
) -> Band:
    """B12 taken up from one dose alone. [µg]

    Parameters
    ----------
    dose
        Amount swallowed at once, not negative. [µg]
    crystalline
        True for a supplement or fortified food, False for B12 bound in food.
    with_food
        Whether a crystalline dose is taken with food (less passes passively).
    fraction
        Parameter with the share of food-bound B12 that is absorbed at low doses.
    """
    if crystalline:
        return occasion_ug(Occasion({}, dose, with_food), tables, levers)
    return occasion_ug(Occasion({fraction: dose}), tables, levers)


def kept_ug(dose: float, kept: Band | None) -> Band:
    """What stays of a dose that does not pass the gut (injection, nasal spray). [µg]"""
    return kept * dose if kept else ZERO
