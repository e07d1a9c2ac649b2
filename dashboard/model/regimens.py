"""Supplement regimens compared by what this person takes up from them."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.model.adequacy import below
from dashboard.model.assess import DAYS_PER_WEEK, Assessment, supplement_usable
from dashboard.model.records import Band, Regimen, Tables
from dashboard.plan import SUPPLEMENT_FORMS, LifeStage, Supplement

ADVICE = ("self-care", "discuss-first", "clinician")


@dataclass(frozen=True, slots=True)
class RegimenEffect:
    """One regimen for this person.

    usable
        Taken up on its own. [µg/day]
    covers_need_alone, covers_with_diet
        Whether the middle of the band reaches the target in absorbed terms; None where the app must not
        say so (no intrinsic factor: a clinician decides).
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
    def supplement(self) -> Supplement | None:
        """The regimen as a line of a plan, where it is one a person may add."""
        r = self.regimen
        if r.form not in SUPPLEMENT_FORMS or r.prescription or self.advice == "clinician":
            return None
        return Supplement(r.form, r.dose_ug, r.times_per_week, r.with_food)


def least_advice(assessment: Assessment) -> str:
    """The mildest advice the person's situation allows.

    No intrinsic factor, or a flag that asks for a clinician: clinician. Any condition or medicine whose
    effect is to be discussed, pregnancy, breastfeeding or under 18: discuss first. Else self-care.
    """
    levels = {flag.level for flag in assessment.flags}
    person = assessment.plan.person
    if assessment.levers.no_intrinsic_factor or "urgent" in levels or person.age_years < 1:
        return "clinician"
    if levels & {"clinician", "discuss"} - _only_diet(assessment) or person.life_stage is not LifeStage.NONE or person.age_years < 18:
        return "discuss-first"
    return "self-care"


def _only_diet(assessment: Assessment) -> set[str]:
    """Levels that come from the diet alone, which self-care is there for."""
    others = {flag.level for flag in assessment.flags if flag.id != "vegan-no-source"}
    return {"discuss", "clinician"} - others


def compare(assessment: Assessment, tables: Tables) -> tuple[RegimenEffect, ...]:
    """Every regimen of the table for the person assessed, in the table's order."""
    person, target = assessment.levers, assessment.target
    floor = ADVICE.index(least_advice(assessment))
    effects = []
    for r in tables.regimens.values():
        if r.kept:
            usable = r.kept * (r.dose_ug * r.times_per_week / DAYS_PER_WEEK)
        else:
            usable = supplement_usable(Supplement("tablet", r.dose_ug, r.times_per_week, r.with_food), tables, person)
        advice = ADVICE[max(floor, ADVICE.index(r.advice))]
        may_say = target is not None and not (person.no_intrinsic_factor and not r.kept)
        alone = not below(usable.value, target.usable_ug) if target and may_say else None
        with_diet = not below(usable.value + assessment.usable.value, target.usable_ug) if target and may_say else None
        effects.append(RegimenEffect(r, usable, alone, with_diet, advice))
    return tuple(effects)
