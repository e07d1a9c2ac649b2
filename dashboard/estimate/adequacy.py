"""Verdicts: how intake and usable B12 stand to the target. Words only, never a probability."""

from __future__ import annotations

import math
from enum import StrEnum

from dashboard.estimate.reference import Target
from dashboard.tables.science import Band


class Verdict(StrEnum):
    """Intake against the reference value (IOM 2000, in words)."""

    BELOW_EAR = "below-ear"
    BETWEEN = "between-ear-and-rda"
    MEETS = "meets"
    NO_CONCLUSION = "no-conclusion"


class UsableVerdict(StrEnum):
    """Usable B12 against the need in absorbed terms."""

    SHORT = "short"
    MAY_BE_SHORT = "may-be-short"
    MEETS = "meets"
    NO_CONCLUSION = "no-conclusion"


#: Reference values are published to one decimal; a difference below that is no difference.
PUBLISHED_DECIMALS = 1


def decimals_of(target_ug: float) -> int:
    """The decimals a target is compared and said with: one, or two where it has two (1.25, or 0.45 as half of 0.9)."""
    plain = math.isclose(round(target_ug, PUBLISHED_DECIMALS), target_ug)
    return PUBLISHED_DECIMALS if plain else PUBLISHED_DECIMALS + 1


def below(amount_ug: float, target_ug: float) -> bool:
    """Whether an amount is below a target by more than the target's own rounding.

    Both are rounded to the decimals of the target.
    """
    decimals = decimals_of(target_ug)
    return round(amount_ug, decimals) < round(target_ug, decimals)


def reaches(amount: float, least: float) -> bool:
    """Whether an amount is at least another: a sum of decimals that misses it by its last digit does not miss it."""
    return amount >= least or math.isclose(amount, least)


def verdict(intake_ug: float, target: Target | None, *, few_days: bool, unknown: int) -> Verdict:
    """How a mean intake stands to the target.

    No conclusion is drawn from a few days only, from an intake below the target when
    foods without a value are in it, or from an intake below an AI (an AI says nothing about inadequacy).

    Parameters
    ----------
    intake_ug
        Mean intake over the days. [µg/day]
    few_days
        Whether fewer days were entered than row ``days_for_verdict`` of model_parameters.csv asks for.
    unknown
        Foods without a B12 value.
    """
    if target is None or few_days:
        return Verdict.NO_CONCLUSION
    if not below(intake_ug, target.intake_ug):
        return Verdict.MEETS
    if unknown or target.average_ug is None:
        return Verdict.NO_CONCLUSION
    return Verdict.BELOW_EAR if below(intake_ug, target.average_ug) else Verdict.BETWEEN


def usable_verdict(usable: Band, need_ug: float | None, *, unknown: int, intrinsic_factor: bool = True) -> UsableVerdict:
    """Short only when even the high end is below the need; may be short when the middle is.

    The need has the rounding of the intake it is half of. An amount that foods without a value could raise gives no
    conclusion below the need. Without intrinsic factor no amount is called enough: a clinician decides.

    Parameters
    ----------
    need_ug
        The need in absorbed terms; None where there is none, which gives no conclusion. [µg/day]
    unknown
        Foods without a B12 value, and days that nobody entered where none was.
    """
    if need_ug is None:
        return UsableVerdict.NO_CONCLUSION
    if not below(usable.value, need_ug):
        return UsableVerdict.MEETS if intrinsic_factor else UsableVerdict.NO_CONCLUSION
    if unknown:
        return UsableVerdict.NO_CONCLUSION
    return UsableVerdict.SHORT if below(usable.high, need_ug) else UsableVerdict.MAY_BE_SHORT


def shortfall_ug(amount_ug: float, target_ug: float) -> float:
    """What is missing to the target; 0 where the amount is not :func:`below` it, by the rounding that every verdict uses. [µg]"""
    return target_ug - amount_ug if below(amount_ug, target_ug) else 0.0
