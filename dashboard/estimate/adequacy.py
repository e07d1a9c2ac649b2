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
    """Usable B12 against the target in absorbed terms."""

    SHORT = "short"
    MAY_BE_SHORT = "may-be-short"
    MEETS = "meets"
    NO_CONCLUSION = "no-conclusion"


#: Reference values are published to one decimal; a difference below that is no difference.
PUBLISHED_DECIMALS = 1


def below(amount_ug: float, target_ug: float) -> bool:
    """Whether an amount is below a target by more than the target's own rounding.

    Both are rounded to the decimals reference values are published with (D-A-CH and UK infant values
    that have two decimals keep them).
    """
    plain = math.isclose(round(target_ug, PUBLISHED_DECIMALS), target_ug)
    decimals = PUBLISHED_DECIMALS if plain else PUBLISHED_DECIMALS + 1
    return round(amount_ug, decimals) < round(target_ug, decimals)


def verdict(intake_ug: float, target: Target | None, *, days: int, unknown: int, days_needed: float) -> Verdict:
    """How a mean intake stands to the target.

    No conclusion is drawn from fewer than ``days_needed`` days, from an intake below the target when
    foods without a value are in it, or from an intake below an AI (an AI says nothing about inadequacy).

    Parameters
    ----------
    intake_ug
        Mean intake over the days. [µg/day]
    days, unknown
        Days recorded; foods without a B12 value.
    days_needed
        Row ``days_for_verdict`` of model_parameters.csv.
    """
    if target is None or days < days_needed:
        return Verdict.NO_CONCLUSION
    if not below(intake_ug, target.intake_ug):
        return Verdict.MEETS
    if unknown or target.average_ug is None:
        return Verdict.NO_CONCLUSION
    return Verdict.BELOW_EAR if below(intake_ug, target.average_ug) else Verdict.BETWEEN


def usable_verdict(usable: Band, target: Target | None, *, unknown: int, intrinsic_factor: bool = True) -> UsableVerdict:
    """Short only when even the high end is below the target; may be short when the middle is.

    The usable target has the rounding of the intake target it comes from. An amount that foods without
    a value could raise gives no conclusion below the target. Without intrinsic factor no amount is called
    enough: a clinician decides.
    """
    if target is None:
        return UsableVerdict.NO_CONCLUSION
    if not below(usable.value, target.usable_ug):
        return UsableVerdict.MEETS if intrinsic_factor else UsableVerdict.NO_CONCLUSION
    if unknown:
        return UsableVerdict.NO_CONCLUSION
    return UsableVerdict.SHORT if below(usable.high, target.usable_ug) else UsableVerdict.MAY_BE_SHORT


def shortfall_ug(amount_ug: float, target_ug: float) -> float:
    """What is missing to the target, never below 0. [µg]"""
    return max(0.0, target_ug - amount_ug)
