"""Whether the added B12 of a plan is a reliable source (rule A5; Vegan Society, British Dietetic Association)."""

from __future__ import annotations

from dashboard.estimate.adequacy import reaches
from dashboard.estimate.assess import Assessment
from dashboard.estimate.day_sums import DaySum
from dashboard.estimate.doses import DAYS_PER_WEEK
from dashboard.tables.tables import Tables


def is_reliable(a: Assessment, tables: Tables) -> bool:
    """Whether the plan holds a reliable source of B12.

    One of: added B12 of ``reliable_added_ug`` a day (or the target, where that is higher) in at least ``reliable_meals``
    meals on most days; a supplement of ``reliable_daily_ug`` every day; supplements of ``reliable_weekly_ug`` a week; or
    an injection or nasal spray whose kept part reaches the need.
    """
    p = tables.parameters
    swallowed = [s for s in a.plan.supplements if not s.given]
    daily_ug = sum(s.dose_ug * s.times_per_week / DAYS_PER_WEEK for s in swallowed if s.times_per_week >= DAYS_PER_WEEK)
    weekly_ug = sum(s.dose_ug * s.times_per_week for s in swallowed if s.times_per_week >= 1)
    if reaches(daily_ug, p["reliable_daily_ug"].value) or reaches(weekly_ug, p["reliable_weekly_ug"].value):
        return True
    need = a.target.need_ug if a.target else None
    if a.given_ug and need is not None and reaches(a.usable_given.value, need):
        return True
    entered = [day for day in a.days if day.entered]
    reliable = [day for day in entered if _on_day(day, a, tables)]
    return bool(entered) and reaches(len(reliable), p["reliable_days_share"].value * len(entered))


def _on_day(day: DaySum, a: Assessment, tables: Tables) -> bool:
    """Whether one day's added B12, from food and what is taken with it, is enough and spread over enough meals."""
    p = tables.parameters
    wanted_ug = max(p["reliable_added_ug"].value, a.target.intake_ug if a.target else 0.0)
    added = [meal.intake.added_ug + meal.supplement_ug for meal in day.meals]
    meals = [ug for ug in added if reaches(ug, p["reliable_meal_least_ug"].value)]
    return reaches(sum(added), wanted_ug) and len(meals) >= p["reliable_meals"].value
