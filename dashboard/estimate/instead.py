"""What a regimen would give in place of what is taken now, not on top of it."""

from __future__ import annotations

from dashboard.estimate.absorption import Levers
from dashboard.estimate.assess import Assessment
from dashboard.estimate.day_sums import day_sums, days_counted, mean_band
from dashboard.plan import Supplement, take_instead
from dashboard.tables.science import Band
from dashboard.tables.tables import Tables


def usable_instead(assessment: Assessment, regimen: Supplement, tables: Tables, person: Levers | None = None) -> Band:
    """Usable B12 of the plan with a regimen in place of the supplements that it stands in for. [µg/day]

    What is swallowed takes the place of what is swallowed; what is given (injection, nasal spray) of everything.
    Where nothing is taken it is the plan with the regimen. ``person``: whose uptake is counted, where it is not the assessment's.
    """
    plan = take_instead(assessment.plan, regimen)
    a = assessment
    days = day_sums(plan, a.eaten_at, tables, person or a.levers, 0.0, intakes=a.intakes)
    return mean_band([day.usable for day in days_counted(days)])
