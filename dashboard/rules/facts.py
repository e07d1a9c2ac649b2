"""What a plan says about a person, as a set of words, and the rule language of the care tables.

The words: each life stage that applies (life_stages.csv), the diet, each condition, any-<kind> of condition,
any-condition, no-intrinsic-factor or takes-up, supplement or no-supplement, below-target or meets-target, usable-short.
"""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.estimate.adequacy import UsableVerdict, below
from dashboard.estimate.assess import Assessment
from dashboard.plan import Person
from dashboard.tables.care import LifeStageText

Facts = frozenset[str]


def holds(when: str, facts: Facts) -> bool:
    """Whether a row's ``when`` holds: every word separated by spaces, of words joined by | at least one.

    An empty ``when`` always holds.
    """
    return all(facts & set(term.split("|")) for term in when.split())


def in_stage(person: Person, stage: LifeStageText) -> bool:
    """Whether a row of life_stages.csv is about this person. [years]"""
    if stage.life_stage:
        return person.life_stage == stage.life_stage
    old_enough = stage.age_from_years is None or person.age_years >= stage.age_from_years
    return old_enough and (stage.age_below_years is None or person.age_years < stage.age_below_years)


def facts(a: Assessment, stages: Iterable[LifeStageText]) -> Facts:
    """What the plan says about the person."""
    person = a.plan.person
    found = {str(person.diet), *(s.stage for s in stages if in_stage(person, s))}
    found |= {c.condition for c in a.conditions} | {f"any-{c.kind}" for c in a.conditions}
    found.add("supplement" if a.supplement_ug else "no-supplement")
    if a.target:
        found.add("below-target" if below(a.intake_ug, a.target.intake_ug) else "meets-target")
    said = {
        "any-condition": bool(a.conditions),
        "no-intrinsic-factor": a.levers.no_intrinsic_factor,
        "takes-up": not a.levers.no_intrinsic_factor,
        "usable-short": a.usable_verdict in (UsableVerdict.SHORT, UsableVerdict.MAY_BE_SHORT),
    }
    return frozenset(found | {word for word, true in said.items() if true})
