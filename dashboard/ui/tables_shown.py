"""The numbers behind the pictures, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from dashboard import words
from dashboard.advice.advise import Advice
from dashboard.advice.regimens import RegimenEffect
from dashboard.estimate.assess import Assessment
from dashboard.estimate.doses import mean_swallowed_ug
from dashboard.estimate.equivalents import DoseUptake, Equivalent
from dashboard.estimate.held_back import MealFlow
from dashboard.words import headings, offers
from dashboard.words import suggestions as said
from dashboard.words.uncertainty import label_range


def _round(amount: float | None) -> float | None:
    return None if amount is None else round(amount, 2)


def days(a: Assessment, before: Assessment | None = None) -> pd.DataFrame:
    """One row a day; with a baseline, the intake of its day of the same name. [µg]"""
    shown = pd.DataFrame(
        {
            headings.DAY: d.name,
            headings.INTAKE: _round(d.intake_ug) if d.entered else None,
            headings.NATURAL: _round(d.intake.natural_ug),
            headings.ADDED: _round(d.intake.added_ug),
            headings.SUPPLEMENT: _round(d.supplement_ug),
            **({headings.GIVEN: _round(d.given_ug)} if a.given_ug else {}),
            headings.MISSING: _round(d.shortfall_ug),
            headings.USABLE: words.band_ug(d.usable),
            headings.FOODS_UNKNOWN: d.intake.unknown,
            headings.ENERGY: round(d.intake.energy_kcal),
        }
        for d in a.days
    )
    if before:
        stood = {d.name: d.intake_ug for d in before.days}
        shown[headings.BASELINE] = [_round(stood.get(d.name)) for d in a.days]
    return shown


def meals(flows: Iterable[MealFlow]) -> pd.DataFrame:
    """One row a meal, means over the days, with what holds B12 back. [µg/day]"""
    return pd.DataFrame(
        {
            headings.MEAL: words.MEAL_LABELS[f.name],
            headings.SWALLOWED: _round(f.swallowed_ug),
            headings.PASSES: _round(f.passes_ug),
            headings.OVER_THE_LIMIT: _round(f.limit_ug),
            headings.HELD_BACK: _round(f.conditions_ug),
            headings.USABLE: words.band_ug(f.usable),
        }
        for f in flows
    )


def foods(a: Assessment) -> pd.DataFrame:
    """One row a food, means over the days; an empty cell is unknown. [µg/day]"""
    known = {e.food_id: e.food for e in a.eaten}
    return pd.DataFrame(
        {
            headings.FOOD: f.name,
            headings.GRAMS_A_DAY: round(f.grams),
            headings.B12_A_DAY: _round(f.total_ug),
            headings.ADDED_A_DAY: _round(f.added_ug) if f.total_ug is not None else None,
            headings.BY_BRAND: label_range(food, f.grams) if (food := known[f.food_id]) else "",
            headings.NOT_COUNTED: _round(f.uncounted_ug) or None,
            headings.USDA_ID: f.food_id,
            headings.USDA_DERIVATION: food.derivation if (food := known[f.food_id]) else "",
        }
        for f in a.foods
    )


def bringers(a: Assessment) -> pd.DataFrame:
    """One row a food, then one a supplement, means over the days; an empty cell is unknown. [µg/day]"""
    taken = pd.DataFrame(
        {headings.FOOD: offers.supplement(s), headings.B12_A_DAY: _round(mean_swallowed_ug(s))} for s in a.swallowed_supplements
    )
    return pd.concat([foods(a), taken], ignore_index=True) if len(taken) else foods(a)


def dose_response(person: Sequence[DoseUptake], healthy: Sequence[DoseUptake]) -> pd.DataFrame:
    """One row a dose: what is taken up, for the person and for healthy adults. [µg]"""
    return pd.DataFrame(
        {
            headings.ONE_DOSE_UG: float(words.number(p.dose_ug).replace(",", "")),
            headings.TAKEN_UP: words.band_ug(p.usable),
            headings.TAKEN_UP_PERCENT: round(p.percent, 1),
            headings.HEALTHY: words.amount_ug(h.usable.value),
            headings.HEALTHY_PERCENT: round(h.percent, 1),
        }
        for p, h in list(zip(person, healthy, strict=True))[::4]
    )


def equivalents(same: Iterable[Equivalent]) -> pd.DataFrame:
    """One row a frequency: the dose that comes to about the same. [µg]"""
    return pd.DataFrame(
        {
            headings.HOW_OFTEN: said.often(e.times_per_week),
            headings.ONE_DOSE: words.amount_ug(e.dose_ug) if e.dose_ug is not None else said.NO_DOSE,
            headings.A_WEEK: words.amount_ug(e.dose_ug * e.times_per_week) if e.dose_ug is not None else "",
            headings.USABLE_A_DAY: words.band_ug(e.usable),
        }
        for e in same
    )


def before_after(before: Assessment, after: Assessment) -> pd.DataFrame:
    """One row a day. [µg]"""
    return pd.DataFrame(
        {
            headings.DAY: b.name,
            headings.INTAKE_BEFORE: _round(b.intake_ug),
            headings.INTAKE_AFTER: _round(c.intake_ug),
            headings.USABLE_BEFORE: words.band_ug(b.usable),
            headings.USABLE_AFTER: words.band_ug(c.usable),
        }
        for b, c in zip(before.days, after.days, strict=True)
    )


def regimens(effects: Iterable[RegimenEffect], advice: Advice) -> pd.DataFrame:
    """One row a regimen, for this person."""
    return pd.DataFrame(
        {
            headings.FORM_AND_DOSE: e.regimen.label,
            headings.TAKEN_A_WEEK: round(e.week_ug),
            headings.USABLE_A_DAY: said.usable_of_form(e),
            headings.COVERS: offers.regimen_covers(e, advice),
            headings.DOSES_A_YEAR: round(e.doses_per_year),
            headings.WHO_DECIDES: words.ADVICE_LABELS[e.advice],
            headings.PRESCRIPTION: said.YES if e.regimen.prescription else said.NO,
            headings.FOR_WHOM: e.regimen.for_whom,
            headings.CAUTIONS: " ".join(e.cautions),
            headings.EVIDENCE: e.regimen.evidence,
        }
        for e in effects
    )
