"""Supplement regimens compared by what this person takes up from them, as far as the advice lets them be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dashboard.advice.advise import Advice, Claim, Permission, RegimenOffer, Who
from dashboard.estimate.absorption import Levers
from dashboard.estimate.adequacy import below
from dashboard.estimate.assess import Assessment, assess
from dashboard.estimate.doses import DAYS_PER_WEEK, supplement_usable
from dashboard.estimate.instead import usable_instead
from dashboard.plan import SUPPLEMENT_FORMS, Supplement
from dashboard.tables.rules import AdviceRule
from dashboard.tables.science import ZERO, Band, Regimen
from dashboard.tables.tables import Tables

WEEKS_PER_YEAR = 52


@dataclass(frozen=True, slots=True)
class RegimenEffect:
    """One regimen for this person.

    usable
        Taken up on its own. [µg/day]
    covers_need_alone, covers_with_diet
        Whether it reaches the need in absorbed terms, alone or with the food of the plan, judged at the end of the band
        that the advice names; from 51 years with the food also if little of the food's own B12 is taken up. None where the
        app must not say so (a clinician decides first).
    usable_with_diet
        The same with the food of the plan. [µg/day]
    covers_if
        The rows whose "if" belongs to a claim that it covers the need.
    advice
        self-care, discuss-first or clinician: the regimen's own, raised by the person's situation.
    to_choose
        Whether a person may put it into the plan here.
    instead_of
        The swallowed supplements of the plan that it is compared in place of.
    cautions
        What to mind with it, without what cannot hold for this person.
    """

    regimen: Regimen
    usable: Band
    usable_with_diet: Band
    covers_need_alone: bool | None
    covers_with_diet: bool | None
    covers_if: tuple[AdviceRule, ...]
    advice: str
    to_choose: bool
    instead_of: tuple[Supplement, ...]
    cautions: tuple[str, ...]

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
        """The regimen as a line of a plan, where it is one a person may choose."""
        r = self.regimen
        if r.form not in SUPPLEMENT_FORMS or not self.to_choose:
            return None
        return Supplement(r.form, r.dose_ug, r.times_per_week, r.with_food)


def compare(advice: Advice, tables: Tables, with_food: bool | None = None) -> tuple[RegimenEffect, ...]:
    """Every regimen that may be shown to the person, in the table's order. Empty where none may.

    ``with_food`` says how swallowed supplements are taken; None: as the table has it. Fortified food is
    always with food.
    """
    if advice.regimens is RegimenOffer.NO:
        return ()
    food = _food_alone(advice.assessment, tables)
    return tuple(_effect(r, advice, tables, with_food, food) for r in tables.regimens.values() if r.when.holds(advice.facts))


def _food_alone(a: Assessment, tables: Tables) -> Assessment:
    """The plan with no supplement beside its food."""
    return assess(replace(a.plan, supplements=()), tables, a) if a.plan.supplements else a


def _effect(r: Regimen, advice: Advice, tables: Tables, with_food: bool | None, food: Assessment) -> RegimenEffect:
    a = advice.assessment
    if with_food is not None and r.form != "fortified-food" and not r.kept:
        r = replace(r, with_food=with_food)
    if r.kept:
        usable = r.kept * (r.dose_ug * r.times_per_week / DAYS_PER_WEEK)
    else:
        usable = supplement_usable(Supplement("tablet", r.dose_ug, r.times_per_week, r.with_food), tables, a.levers)
    ranked = list(Who)
    # What is shown for information only is somebody else's to decide on, and is never called enough.
    who = (
        Who.CLINICIAN if advice.regimens is RegimenOffer.INFORMATION else ranked[max(ranked.index(advice.who), ranked.index(Who(r.advice)))]
    )
    permission = advice.claim(Claim.COVERS)
    with_diet = _with_diet(r, usable, food.usable, a, tables)
    # Somebody older may be one of those who take up little of the food's own B12: it is enough only if it is without that too.
    least = [_with_diet(r, usable, s.usable, a, tables, Levers(a.levers.capacity, ZERO)) for s in food.scenarios]
    return RegimenEffect(
        regimen=r,
        usable=usable,
        usable_with_diet=with_diet,
        covers_need_alone=_covers(usable, advice, permission, who),
        covers_with_diet=_covers_all((with_diet, *least), advice, permission, who),
        covers_if=permission.only_if,
        advice=str(who),
        to_choose=advice.may_choose and who is not Who.CLINICIAN and not r.prescription,
        instead_of=a.swallowed_supplements,
        cautions=tuple(c.text for c in map(tables.regimen_cautions.__getitem__, r.cautions) if c.when.holds(advice.facts)),
    )


def _with_diet(r: Regimen, usable: Band, food: Band, a: Assessment, tables: Tables, person: Levers | None = None) -> Band:
    """A regimen with the food of the plan, in place of the supplements in it. [µg/day]

    Taken with food it shares the capacity of the meals; apart from food, or given, each brings what it brings alone.
    """
    if r.kept or not r.with_food:
        return usable + food
    instead = usable_instead(a, Supplement("tablet", r.dose_ug, r.times_per_week, r.with_food), tables, person)
    return instead + a.usable_given * -1.0


def _covers_all(ends: Iterable[Band], advice: Advice, permission: Permission, who: Who) -> bool | None:
    """Whether each of several amounts reaches the need; None as for one."""
    found = [_covers(usable, advice, permission, who) for usable in ends]
    return None if None in found else all(found)


def _covers(usable: Band, advice: Advice, permission: Permission, who: Who) -> bool | None:
    """Whether an amount reaches the need; None where that must not be said or is a clinician's to say. [µg/day]"""
    target = advice.assessment.target
    if not permission.may or who is Who.CLINICIAN or target is None or target.need_ug is None:
        return None
    return not below(advice.judged_ug(usable), target.need_ug)
