"""The numbers behind the pictures, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from dashboard import words
from dashboard.advice.advise import Advice
from dashboard.advice.regimens import RegimenEffect
from dashboard.estimate.assess import Assessment
from dashboard.estimate.doses import mean_swallowed_ug
from dashboard.estimate.equivalents import Equivalent, Response
from dashboard.estimate.held_back import MealFlow
from dashboard.words import offers
from dashboard.words import suggestions as said
from dashboard.words.uncertainty import label_range


def _round(amount: float | None) -> float | None:
    return None if amount is None else round(amount, 2)


def days(a: Assessment, before: Assessment | None = None) -> pd.DataFrame:
    """One row a day; with a baseline, the intake of its day of the same name. [µg]"""
    shown = pd.DataFrame(
        {
            "Day": d.name,
            "Intake µg": _round(d.intake_ug) if d.entered else None,
            "Natural µg": _round(d.intake.natural_ug),
            "Added µg": _round(d.intake.added_ug),
            "Supplement µg": _round(d.supplement_ug),
            **({"Given µg": _round(d.given_ug)} if a.given_ug else {}),
            "Missing µg": _round(d.shortfall_ug),
            "Usable µg": words.band_ug(d.usable),
            "Foods without a value": d.intake.unknown,
            "Energy kcal": round(d.intake.energy_kcal),
        }
        for d in a.days
    )
    if before:
        stood = {d.name: d.intake_ug for d in before.days}
        shown["Baseline µg"] = [_round(stood.get(d.name)) for d in a.days]
    return shown


def meals(flows: Iterable[MealFlow]) -> pd.DataFrame:
    """One row a meal, means over the days, with what holds B12 back. [µg/day]"""
    return pd.DataFrame(
        {
            "Meal": words.MEAL_LABELS[f.name],
            "Swallowed µg": _round(f.swallowed_ug),
            "Passes through µg": _round(f.passes_ug),
            "Over what a meal can deliver µg": _round(f.limit_ug),
            "Held back by conditions µg": _round(f.conditions_ug),
            "Usable µg": words.band_ug(f.usable),
        }
        for f in flows
    )


def foods(a: Assessment) -> pd.DataFrame:
    """One row a food, means over the days; an empty cell is unknown. [µg/day]"""
    known = {e.food_id: e.food for e in a.eaten}
    return pd.DataFrame(
        {
            "Food": f.name,
            "g a day": round(f.grams),
            "B12 µg a day": _round(f.total_ug),
            "Added µg a day": _round(f.added_ug) if f.total_ug is not None else None,
            "By brand": label_range(food, f.grams) if (food := known[f.food_id]) else "",
            "Not counted µg": _round(f.uncounted_ug) or None,
            "USDA id": f.food_id,
            "How USDA got it": food.derivation if (food := known[f.food_id]) else "",
        }
        for f in a.foods
    )


def bringers(a: Assessment) -> pd.DataFrame:
    """One row a food, then one a supplement, means over the days; an empty cell is unknown. [µg/day]"""
    taken = pd.DataFrame({"Food": offers.supplement(s), "B12 µg a day": _round(mean_swallowed_ug(s))} for s in a.swallowed_supplements)
    return pd.concat([foods(a), taken], ignore_index=True) if len(taken) else foods(a)


def dose_response(person: Sequence[Response], healthy: Sequence[Response]) -> pd.DataFrame:
    """One row a dose: what gets in, for the person and for healthy adults. [µg]"""
    return pd.DataFrame(
        {
            "One dose µg": float(words.number(p.dose_ug).replace(",", "")),
            "Gets in µg": words.band_ug(p.usable),
            "Gets in %": round(p.percent, 1),
            "Healthy adult µg": words.amount_ug(h.usable.value),
            "Healthy adult %": round(h.percent, 1),
        }
        for p, h in list(zip(person, healthy, strict=True))[::4]
    )


def equivalents(same: Iterable[Equivalent]) -> pd.DataFrame:
    """One row a frequency: the dose that comes to about the same. [µg]"""
    return pd.DataFrame(
        {
            "How often": said.often(e.times_per_week),
            "One dose": words.amount_ug(e.dose_ug) if e.dose_ug is not None else said.NO_DOSE,
            "A week": words.amount_ug(e.dose_ug * e.times_per_week) if e.dose_ug is not None else "",
            "Usable µg a day": words.band_ug(e.usable),
        }
        for e in same
    )


def before_after(before: Assessment, after: Assessment) -> pd.DataFrame:
    """One row a day. [µg]"""
    return pd.DataFrame(
        {
            "Day": b.name,
            "Intake before µg": _round(b.intake_ug),
            "Intake after µg": _round(c.intake_ug),
            "Usable before µg": words.band_ug(b.usable),
            "Usable after µg": words.band_ug(c.usable),
        }
        for b, c in zip(before.days, after.days, strict=True)
    )


def regimens(effects: Iterable[RegimenEffect], advice: Advice) -> pd.DataFrame:
    """One row a regimen, for this person."""
    return pd.DataFrame(
        {
            "Form and dose": e.regimen.label,
            "Swallowed or given µg a week": round(e.week_ug),
            "Usable µg a day": words.band_ug(e.usable)
            + (" (provisional)" if e.regimen.mark == "unsure" or e.regimen.route == "nasal" else ""),
            "Covers the need": offers.regimen_covers(e, advice),
            "Doses a year": round(e.doses_per_year),
            "Who decides": words.ADVICE_LABELS[e.advice],
            "Prescription": "yes" if e.regimen.prescription else "no",
            "For whom": e.regimen.for_whom,
            "Cautions": e.regimen.cautions,
            "Evidence": e.regimen.evidence,
        }
        for e in effects
    )
