"""What is true of a person and a plan, as words: the facts that the column ``when`` of every table asks about.

data/facts.csv says what each word means. Age bands, conditions, medicines and their details are facts under their own ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dashboard.estimate.adequacy import below, reaches
from dashboard.estimate.assess import Assessment
from dashboard.estimate.doses import mean_swallowed_ug
from dashboard.estimate.reference import Target
from dashboard.estimate.supply import is_reliable
from dashboard.plan import LifeStage, Person
from dashboard.tables.science import Condition
from dashboard.tables.tables import Tables
from dashboard.tables.when import Facts


def facts(a: Assessment, tables: Tables) -> Facts:
    """Every fact that holds for an assessed plan."""
    person = a.plan.person
    known = frozenset(person_facts(person, tables))
    above = {"above-dose-of-age"} if _above_dose_of_age(a, known, tables) else set()
    return known | above | {*_plan_facts(a, tables), *_figure_facts(a, tables)}


def person_facts(person: Person, tables: Tables) -> Iterator[str]:
    """Diet, life stage, age bands, conditions and medicines with what they mean for uptake."""
    yield str(person.diet)
    if person.life_stage is not LifeStage.NONE:
        yield str(person.life_stage)
    yield from (band.band for band in tables.rules.age_bands.values() if band.covers(person.age_years))
    yield from filter(tables.knows, person.conditions)
    conditions = [tables.conditions[c] for c in person.conditions if c in tables.conditions]
    if not all(map(tables.knows, person.conditions)):
        yield "unknown-condition"
    yield from _condition_facts(conditions)
    if all(map(tables.knows, person.conditions)) and not any(map(_touches_uptake, conditions)):
        yield "uptake-as-usual"


def _touches_uptake(c: Condition) -> bool:
    return c.unknown_effect or min(c.capacity_factor.low, c.release_factor.low) < 1


def _condition_facts(conditions: list[Condition]) -> Iterator[str]:
    if conditions:
        yield "any-condition"
    yield from {f"any-{c.kind}" for c in conditions if c.kind in ("medicine", "stomach", "bowel")}
    for c in conditions:
        holds = {
            "severe-malabsorption": c.malabsorption == "severe",
            "test-first": c.test_first,
            "no-intrinsic-factor": c.capacity_factor.high == 0,
            "uptake-may-be-none": c.capacity_factor.low == 0 or c.release_factor.low == 0,
            "release-lowered": c.release_factor.value < 1,
            "unknown-effect": c.unknown_effect,
            "discuss-condition": c.level in ("discuss", "clinician"),
            "urgent": c.level == "urgent",
        }
        yield from (fact for fact, true in holds.items() if true)


def _plan_facts(a: Assessment, tables: Tables) -> Iterator[str]:
    entered, needed = a.days_entered, tables.parameters["days_for_verdict"].value
    holds = {
        "supplement": bool(a.supplement_ug),
        "given": bool(a.given_ug),
        "reliable-source": is_reliable(a, tables),
        "unknown-foods": a.at_least,
        "no-days-entered": entered == 0,
        "one-day": entered == 1,
        "few-days": 0 < entered < needed,
        "days-not-entered": any(not day.entered and not day.left_out for day in a.plan.days),
        "foods-left-out": any(day.left_out for day in a.plan.days),
        "nothing-eaten": a.nothing_eaten,
        "nothing-known": entered > 0 and a.nothing_to_judge and not a.nothing_eaten,
        "looks-incomplete": a.looks_incomplete,
        "above-every-dose": _above(a, (r.dose_ug for r in tables.regimens.values() if not r.kept)),
    }
    yield from (fact for fact, true in holds.items() if true)


def _above_dose_of_age(a: Assessment, person: Facts, tables: Tables) -> bool:
    """Whether a child takes more than the daily dose for the age: in one dose, or on average."""
    return "child" in person and _above(a, (r.dose_ug for r in tables.regimens.values() if r.when.holds(person)))


def _above(a: Assessment, doses_ug: Iterable[float]) -> bool:
    """Whether more is swallowed than the largest of some daily doses: in one dose, or on average. Never where none is named. [µg/day]"""
    most, taken = max(doses_ug, default=None), a.swallowed_supplements
    if most is None or not taken:
        return False
    return any(s.dose_ug > most for s in taken) or not reaches(most, sum(map(mean_swallowed_ug, taken)))


def _figure_facts(a: Assessment, tables: Tables) -> Iterator[str]:
    target = a.target
    if target is None:
        yield "no-target"
        return
    yield from _target_facts(a, target, tables)
    if target.need_ug is None:
        yield "no-need"
        return
    need, scenarios = target.need_ug, [s.usable.value for s in a.scenarios]
    # Food that nobody entered, or that has no value, could bring any amount: nothing is known to be below then.
    judged = not a.nothing_to_judge
    holds = {
        "usable-below": judged and below(a.usable.value, need),
        "usable-short": judged and below(a.usable.high, need),
        "low-end-below": judged and below(a.usable.low, need),
        "scenario-short": judged and any(below(usable, need) for usable in scenarios),
        "need-is-ioms": target.need_is_ioms,
    }
    yield from (fact for fact, true in holds.items() if true)


def _target_facts(a: Assessment, target: Target, tables: Tables) -> Iterator[str]:
    judged = not a.nothing_to_judge
    short = below(a.intake_ug, target.intake_ug)
    adequate_intake = target.is_adequate_intake
    holds = {
        "below-target": judged and short,
        "meets-target": not short,
        "below-average": judged and target.average_ug is not None and below(a.intake_ug, target.average_ug),
        "ai-set": adequate_intake,
        "below-half-of-ai": judged and adequate_intake and below(a.intake_ug, tables.parameters["ai_low_share"].value * target.intake_ug),
        "life-stage-not-covered": target.life_stage != a.plan.person.life_stage,
        "unsure-target": target.mark == "unsure",
    }
    yield from (fact for fact, true in holds.items() if true)
