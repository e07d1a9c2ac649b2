"""Supplement regimens compared by what this person takes up from them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.advice.choosing import choose
from dashboard.estimate.adequacy import below
from dashboard.estimate.assess import DAYS_PER_WEEK, Assessment, supplement_usable
from dashboard.plan import SUPPLEMENT_FORMS, Supplement
from dashboard.tables.science import Band, Regimen
from dashboard.tables.tables import Tables

WEEKS_PER_YEAR = 52
ADVICE = ("self-care", "discuss-first", "clinician")


@dataclass(frozen=True, slots=True)
class RegimenEffect:
    """One regimen for this person.

    usable
        Taken up on its own. [µg/day]
    covers_need_alone, covers_with_diet
        Whether the middle of the band reaches the need in absorbed terms; None where there is none, or where the
        app must not say so (a clinician decides first).
    advice
        self-care, discuss-first or clinician: the regimen's own, raised by the person's situation.
    """

    regimen: Regimen
    usable: Band
    covers_need_alone: bool | None
    covers_with_diet: bool | None
    advice: str

    @property
    def week_ug(self) -> float:
        """Swallowed or given in a week. [µg]"""
        return self.regimen.dose_ug * self.regimen.times_per_week

    @property
    def doses_per_year(self) -> float:
        """How many doses a year it takes."""
        return self.regimen.times_per_week * WEEKS_PER_YEAR

    @property
    def supplement(self) -> Supplement | None:
        """The regimen as a line of a plan, where it is one a person may add."""
        r = self.regimen
        if r.form not in SUPPLEMENT_FORMS or r.prescription or self.advice == "clinician":
            return None
        return Supplement(r.form, r.dose_ug, r.times_per_week, r.with_food)


def least_advice(assessment: Assessment, tables: Tables) -> str:
    """The mildest advice the person's situation allows, by the choosing rules."""
    choice = choose(assessment, tables)
    if choice.needs_clinician:
        return "clinician"
    return "discuss-first" if choice.discuss_first else "self-care"


def compare(assessment: Assessment, tables: Tables, with_food: bool | None = None) -> tuple[RegimenEffect, ...]:
    """Every regimen of the table for the person assessed, in the table's order.

    ``with_food`` says how swallowed supplements are taken; None: as the table has it. Fortified food is
    always with food.
    """
    person, need_ug = assessment.levers, assessment.need_ug
    choice = choose(assessment, tables)
    floor = ADVICE.index(least_advice(assessment, tables))
    effects = []
    for r in tables.regimens.values():
        if with_food is not None and r.form != "fortified-food" and not r.kept:
            r = replace(r, with_food=with_food)
        if r.kept:
            usable = r.kept * (r.dose_ug * r.times_per_week / DAYS_PER_WEEK)
        else:
            usable = supplement_usable(Supplement("tablet", r.dose_ug, r.times_per_week, r.with_food), tables, person)
        advice = ADVICE[max(floor, ADVICE.index(r.advice))]
        said_ug = need_ug if r.kept is not None or not choice.needs_clinician else None
        alone = None if said_ug is None else not below(usable.value, said_ug)
        with_diet = None if said_ug is None else not below(usable.value + assessment.usable.value, said_ug)
        effects.append(RegimenEffect(r, usable, alone, with_diet, advice))
    return tuple(effects)
