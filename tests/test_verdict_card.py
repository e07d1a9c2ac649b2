"""The verdict's card on Plan: the answer, the strongest caveat and one step, each said once."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from conftest import advised

from dashboard.advice.regimens import compare
from dashboard.advice.suggest import suggest
from dashboard.plan import Person, Plan, Supplement
from dashboard.tables.read import load_tables
from dashboard.weeks.starter import starter_plan
from dashboard.words import notices, offers, verdict

TABLES = load_tables()
PEOPLE = {
    "vegan": Person(34, "none", "vegan"),
    "vegan, EFSA": Person(34, "none", "vegan", reference_set="efsa-2015"),
    "vegan, PPI": Person(52, "none", "vegan", conditions=("ppi",)),
    "vegan, metformin": Person(70, "none", "vegan", conditions=("metformin",)),
    "pregnant vegan": Person(30, "pregnant", "vegan"),
    "vegan of 15": Person(15, "none", "vegan"),
    "child of 2": Person(2),
    "child of 9": Person(9, "none", "vegetarian"),
    "bypass": Person(45, conditions=("gastric-bypass",)),
    "atrophic gastritis": Person(70, "none", "vegetarian", conditions=("atrophic-gastritis",)),
    "metformin": Person(55, conditions=("metformin",)),
    "PPI": Person(70, "none", "vegetarian", conditions=("ppi",), reference_set="uk-1991"),
    "omnivore": Person(40),
    "80": Person(80, "none", "vegetarian"),
    "baby": Person(0),
}


def card(plan: Plan) -> tuple[list[str], str]:
    """The sentences above the step, and the step."""
    advice = advised(plan, TABLES)
    caveat = notices.strongest(advice)
    above = [*verdict.lines(advice), *([caveat.text] if caveat else [])]
    return above, offers.step_in_card(next(iter(suggest(advice, TABLES, 1)), None), advice)


def clauses(text: str) -> set[str]:
    """The parts of some sentences that are long enough to be noticed twice."""
    return {part.strip().casefold() for part in re.split(r"[.:;]|, (?:and )?if |\bif\b", text) if len(part.split()) > 4}


@pytest.mark.parametrize("who", PEOPLE)
def test_nothing_is_said_twice_in_the_card_or_below_it(who):
    plan = starter_plan(TABLES, PEOPLE[who]) if who != "baby" else Plan(PEOPLE[who])
    above, step = card(plan)
    said = [*above, step, *(notice.text for notice in notices.below_card(advised(plan, TABLES)))]
    every = [clause for text in said for clause in clauses(text)]
    assert len(every) == len(set(every)), sorted(c for c in set(every) if every.count(c) > 1)


@pytest.mark.parametrize("who", PEOPLE)
def test_all_that_must_be_told_stands_in_the_card_or_below_it(who):
    """Nothing is lost: whatever the other pages tell beside the figures is told here too, but what the verdict of a baby says."""
    advice = advised(starter_plan(TABLES, PEOPLE[who]) if who != "baby" else Plan(PEOPLE[who]), TABLES)
    in_card = [notices.strongest(advice)] if notices.strongest(advice) else []
    told = [*in_card, *notices.below_card(advice)]
    missing = [notice for notice in notices.beside(advice) if notice not in told]
    assert not (missing and advice.plans)
    for notice in missing:
        assert "midwife, health visitor, doctor or dietitian" in notice.text
        assert "midwife, health visitor, doctor or dietitian" in verdict.verdict(advice)


def test_a_vegan_without_a_source_reads_what_to_do_after_what_is_missing():
    above, step = card(starter_plan(TABLES, PEOPLE["vegan"]))
    assert above[-1].startswith("A vegan diet needs a reliable source of B12, and this plan does not show one yet")
    assert step.startswith("Vegan guidance names three plans: fortified food")


def test_an_if_is_pointed_at_and_not_repeated():
    above, step = card(starter_plan(TABLES, PEOPLE["metformin"]))
    assert "Metformin" in above[0]
    assert step == offers.NOTHING_MISSING_SAME_IF
    above, step = card(starter_plan(TABLES, PEOPLE["child of 2"]))
    assert "no condition or medicine lowers your uptake" in above[0]
    assert step == offers.NOTHING_MISSING_UNNAMED


def test_what_the_plan_rests_on_stays_said():
    plan = replace(starter_plan(TABLES, PEOPLE["vegan"]), supplements=(Supplement("tablet", 50, 7, True),))
    assert card(plan)[1].endswith(offers.RESTS_ON_SUPPLEMENT)


def test_an_if_that_the_verdict_did_not_speak_is_spoken_in_full():
    """On one day nothing is claimed, so the step says what the verdict does not."""
    whole = starter_plan(TABLES, PEOPLE["metformin"])
    above, step = card(replace(whole, days=whole.days[:1]))
    assert "the first line" not in step
    assert "likely enough" not in above[0]


def test_none_that_is_usable_is_no_part_of_anything():
    advice = advised(starter_plan(TABLES, PEOPLE["pregnant vegan"], unfortified=True), TABLES)
    assert verdict.usable(advice) == "Usable: none. You need about 1.3 µg a day: too little even at the high end."


def test_a_form_that_reaches_the_need_at_its_middle_only_is_not_called_no():
    """Where a test comes first the low end decides: 1.5 µg of a need of 1.2 and a plain "no" would not go together."""
    advice = advised(starter_plan(TABLES, PEOPLE["atrophic gastritis"]), TABLES)
    need = advice.assessment.need_ug
    said = {e.regimen.regimen: (e, offers.regimen_covers(e, advice)) for e in compare(advice, TABLES)}
    tablet, covers = said["tablet-25-daily"]
    assert tablet.usable.low < need < tablet.usable.value
    assert covers == offers.COVERS_NOT_LOW
    small = [(e, told) for e, told in said.values() if e.covers_with_diet is False and max(e.usable.value, e.usable_with_diet.value) < need]
    assert all(told == offers.COVERS_NOT for _, told in small)


@pytest.mark.parametrize("condition", ["", *sorted(TABLES.conditions)])
@pytest.mark.parametrize("age", [8, 34, 52, 76])
def test_no_change_of_food_is_the_step_of_a_vegan_without_a_reliable_source(age, condition):
    """A5: the need for a reliable source leads before any single food, also where something is to be talked over first."""
    plan = starter_plan(TABLES, Person(age, "none", "vegan", conditions=(condition,) if condition else ()))
    advice = advised(plan, TABLES)
    assert "reliable-source" not in advice.facts
    best = next(iter(suggest(advice, TABLES, 1)), None)
    for step in (offers.next_step(best, advice), offers.step_in_card(best, advice)):
        assert step and not step.startswith(offers.BEST_NEXT_STEP.partition("{")[0])
