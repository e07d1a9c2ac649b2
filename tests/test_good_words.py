"""No good word without its "if", no caution that asks what is known, no first line that makes light of what could turn it."""

from __future__ import annotations

import re
from dataclasses import replace

import clinical_rules as rules
import pytest
from conftest import advised
from test_one_voice import CARE, TABLES, eats, everybody

from dashboard.advice.advise import Advice, Claim
from dashboard.advice.regimens import compare
from dashboard.care import causes
from dashboard.care.signs import Answers, triage
from dashboard.plan import Diet, LifeStage, Person, Plan
from dashboard.words import offers, quiet_line, shortfall, verdict


@pytest.fixture(scope="module")
def people() -> list[Advice]:
    return everybody()


#: What a caution puts in question -> whether the app knows the answer for somebody.
QUESTIONS = {
    "If you are pregnant": lambda p: p.age_years >= 51 or p.life_stage is not LifeStage.NONE,
    "If you take an acid reducer or metformin": lambda p: bool({"ppi", "metformin", "h2-blocker"} & {*p.conditions}),
    "If B12 from food cannot be taken up": lambda p: bool({"pernicious-anaemia"} & {*p.conditions}),
    "choke a small child": lambda p: p.age_years >= 9,
}


def test_no_caution_asks_what_the_app_knows(people):
    """A man of 70 is not asked whether he is pregnant; what nobody said is still asked."""
    asked = dict.fromkeys(QUESTIONS, 0)
    for advice in people:
        person = advice.assessment.plan.person
        for effect in compare(advice, TABLES):
            for caution in effect.cautions:
                for question, known in QUESTIONS.items():
                    asked[question] += question in caution
                    assert not (question in caution and known(person)), (person, caution)
            if person.life_stage is not LifeStage.NONE and effect.regimen.route == "oral" and person.age_years >= 18:
                assert "You are pregnant or breastfeeding: ask your midwife or doctor first." in effect.cautions
            elif 18 <= person.age_years < 51 and effect.regimen.route == "oral":
                assert "If you are pregnant or breastfeeding, ask a professional first." in effect.cautions
    assert all(asked.values())


def test_nobody_who_takes_b12_is_told_to_test_before_they_start(people):
    for advice in people:
        if advice.facts & {"supplement", "given"}:
            assert not [c for e in compare(advice, TABLES) for c in e.cautions if "before you start" in c], sorted(advice.facts)


def test_every_good_word_has_its_if(people):
    """Nothing may be claimed of anybody without a condition beside it: what nobody told or measured could turn it."""
    for advice in people:
        for claim in Claim:
            permission = advice.claim(claim)
            assert not permission.may or permission.only_if, (claim, sorted(advice.facts))
        for effect in compare(advice, TABLES):
            said = offers.regimen_covers(effect, advice)
            assert not re.match("yes|likely", said) or ", if " in said, (said, sorted(advice.facts))


def test_a_tablet_with_the_food_of_somebody_older_is_enough_only_without_the_foods_own_b12():
    """10 to 30 in 100 take up little of it: food that would be needed to make a small tablet enough is not counted on."""
    for age, counted in ((40, True), (70, False)):
        advice = advised(eats(Person(age), 5.0), TABLES)
        tiny = replace(TABLES, regimens={"tiny": replace(TABLES.regimens["tablet-25-daily"], regimen="tiny", dose_ug=0.5)})
        (found,) = compare(advice, tiny)
        assert found.covers_need_alone is False and found.covers_with_diet is counted


def test_less_than_an_ai_is_not_made_light_of_where_uptake_is_short():
    """'Need not be too little' and 'too little even at the high end' are not said to one person."""
    for conditions, ug in ((), 2.4), (("ppi",), 3.0), (("atrophic-gastritis",), 3.5), (("coeliac",), 3.0), ((), 3.5):
        for added in (False, True):
            advice = advised(eats(Person(60, conditions=conditions, reference_set="efsa-2015"), ug, added=added), TABLES)
            said = f"{verdict.verdict(advice)} {quiet_line.quiet_line(advice)}"
            assert "usable-below" not in advice.facts or "need not be too little" not in said, conditions


@pytest.mark.parametrize("condition", sorted(rules.TEST_FIRST - rules.SEVERE))
def test_a_small_gap_is_not_the_word_on_somebody_who_may_take_up_nothing(condition):
    """A little below the target, and almost nothing may be taken up: the first line says that too, on every page."""
    for diet in Diet:
        advice = advised(eats(Person(40, diet=diet, conditions=(condition,)), 2.2, added=True), TABLES)
        for said in (verdict.verdict(advice), quiet_line.quiet_line(advice)):
            assert "a blood test comes first" in said, (condition, said)


def test_days_that_meet_a_target_are_not_all_there_is_where_uptake_is_short():
    advice = advised(eats(Person(70, diet="vegetarian", conditions=("ppi",), reference_set="uk-1991"), 2.0), TABLES)
    assert "usable-below" in advice.facts
    assert "how much of it your body takes up" in shortfall.shortfall(advice)


def test_the_card_says_nothing_twice():
    """Where the verdict is all there is to say, no step repeats it."""
    for plan in (Plan(Person(52)), eats(Person(8, reference_set="japan-2020"))):
        advice = advised(plan, TABLES)
        assert offers.step_in_card(None, advice) != verdict.verdict(advice)


def test_little_b12_in_the_plan_is_not_said_of_a_plan_that_holds_enough():
    """What is not taken up is no lack in the plan."""
    advice = advised(eats(Person(60, conditions=("pernicious-anaemia",)), 5.0), TABLES)
    assert "A plan with little B12" not in [r.label for r in triage(Answers(), advice.facts, CARE).risks]


def test_a_figure_to_be_checked_is_marked_in_text_too(people):
    for advice in people:
        for effect in compare(advice, TABLES):
            assert ("(provisional)" in offers.regimen(effect, advice)) == effect.regimen.provisional


@pytest.mark.parametrize("condition", [(), *((c,) for c in sorted(TABLES.conditions))], ids=str)
def test_guidance_for_adults_is_not_told_of_a_child(condition):
    """NG239 is for people of 16 years or older: what it offers adults is not what a child is told, and a doctor decides."""
    told = causes.rows_for(CARE.guidelines, advised(eats(Person(8, diet="vegan", conditions=condition)), TABLES).facts)
    assert [row.text for row in told if row.text.startswith("NICE’s guidance on low B12 is for people of 16 years")]
    adult = [row.text for row in told if re.search(r"NICE (asks|says|speaks)", row.text)]
    assert [line for line in adult if not re.search("nitrous|metformin", line)] == []
