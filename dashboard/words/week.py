"""What stands in and beside the small pictures of a week."""

from __future__ import annotations

from typing import Final

from dashboard.estimate.assess import Assessment
from dashboard.estimate.day_sums import DaySum
from dashboard.words import a_day, amount_ug, band_ug, day_intake, need_label, need_ug, number, target_kind, target_label

NONE: Final = "none"
SWALLOWED: Final = "Swallowed"
USABLE: Final = "Usable"
TARGET_MARK: Final = "{amount} {kind}"
LINE_TARGET: Final = "┆ target {amount} µg: {whose}"
LINE_NEED: Final = "┆ need {amount}: {whose}"
AT_LEAST_MARK: Final = "≥ {amount}"
BEYOND_MARK: Final = "↑ {amount}"
ALT: Final = "B12 by day{target}: {days}."
ALT_TARGET: Final = ", target {amount} µg"
ALT_DAY: Final = "{day} {amount}"
ALT_INTAKE: Final = "Swallowed {intake}, target {target}."
ALT_BOTH: Final = "Swallowed {intake}, target {target}. Usable {usable}, need {need}."
NO_VALUE: Final = "none given"
ABOVE_SCALE: Final = "↑ {amount}"


def target_mark(a: Assessment) -> str:
    """The target beside its line."""
    return TARGET_MARK.format(amount=number(a.target.intake_ug), kind=target_kind(a.target)) if a.target else ""


def line_mark(a: Assessment, intake: bool) -> str:
    """Whose the line under a bar is: the target's or the need's."""
    if a.target is None:
        return ""
    if intake:
        return LINE_TARGET.format(amount=number(a.target.intake_ug), whose=target_label(a.target))
    return LINE_NEED.format(amount=need_ug(a.target.need.ug), whose=need_label(a.target.need)) if a.target.need else ""


def day_mark(day: DaySum, *, beyond: bool) -> str:
    """What a day brings, under its bar, where there is little room. ``beyond``: the bar goes on above the picture."""
    if not day.entered or (day.at_least and not day.intake_ug):
        return day_intake(day)
    amount = number(day.intake_ug) if day.intake_ug else NONE
    if day.at_least:
        return AT_LEAST_MARK.format(amount=amount)
    return BEYOND_MARK.format(amount=amount) if beyond else amount


def alt(a: Assessment, most: int = 7, *, compared: bool = True) -> str:
    """Text alternative of the week, or of so many days. ``compared``: whether they are held against the target."""
    days = ", ".join(ALT_DAY.format(day=d.name, amount=day_intake(d)) for d in a.days[:most])
    target = ALT_TARGET.format(amount=number(a.target.intake_ug)) if a.target and compared else ""
    return ALT.format(target=target, days=days)


def alt_swallowed_and_usable(a: Assessment, *, with_usable: bool = True) -> str:
    """Text alternative of the two bars."""
    target = f"{number(a.target.intake_ug)} µg" if a.target else NO_VALUE
    need = need_ug(a.need_ug) if a.need_ug is not None else NO_VALUE
    form = ALT_BOTH if with_usable else ALT_INTAKE
    return form.format(intake=a_day(amount_ug(a.intake_ug)), target=target, usable=a_day(band_ug(a.usable)), need=need)
