"""Amounts as a plan holds them, for properties of plans: a finer one is refused, which test_held_exactly.py is about."""

from __future__ import annotations

from hypothesis import strategies as st

from dashboard.plan import DOSE_DECIMALS, GRAMS_DECIMALS, TIMES_DECIMALS


def _held(most: float, decimals: int) -> st.SearchStrategy[float]:
    return st.floats(0, most).map(lambda amount: round(amount, decimals))


def grams(most: float) -> st.SearchStrategy[float]:
    """Amounts of a food. [g]"""
    return _held(most, GRAMS_DECIMALS)


def doses_ug(most: float) -> st.SearchStrategy[float]:
    """Doses of a supplement. [µg]"""
    return _held(most, DOSE_DECIMALS)


def times_per_week(most: float) -> st.SearchStrategy[float]:
    """How often a supplement is taken."""
    return _held(most, TIMES_DECIMALS)
