"""Where somebody acts on a sentence: nothing comforts whom a clinician should see, and words and machines say the same."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import clinical_rules as rules
import pytest
from conftest import advised, one_meal_days, own

from dashboard.advice.advise import Advice, Claim, RegimenOffer
from dashboard.advice.changes import changes
from dashboard.advice.outlook import outlook
from dashboard.advice.regimens import compare
from dashboard.advice.suggest import suggest
from dashboard.care import causes
from dashboard.care.blood_tests import Result, bands, units
from dashboard.care.signs import Answers, triage
from dashboard.command_line import json_answers, text_answers
from dashboard.estimate.assess import assess
from dashboard.group.people import Client
from dashboard.group.results import prevalence, row
from dashboard.handout.content import Asked, page
from dashboard.plan import MEALS, Day, Diet, LifeStage, Person, Plan, Supplement
from dashboard.tables.read import load_care_tables, load_tables
from dashboard.words import care as care_words
from dashboard.words import first_minute, notices, offers, quiet_line, verdict
from dashboard.words import outlook as stores

TABLES, CARE = load_tables(), load_care_tables()
NEEDLE, TABLET = Supplement("injection", 1000, 0.0769), Supplement("tablet", 10, 7, False)
AI_SETS = ("efsa-2015", "dach-2018", "nnr-2023", "japan-2025")


def eats(person: Person, ug: float, *supplements: Supplement, added: bool = False, days: int = 7) -> Plan:
    """So much B12 of food a day, in two meals."""
    half = own("half", ug / 2, ug / 2 if added else 0.0, person.diet)
    return Plan(person, one_meal_days({"breakfast": [(half, 100.0)], "dinner": [(half, 100.0)]}, days), supplements, (half,))


def fasted(person: Person, *supplements: Supplement, days: int = 3) -> Plan:
    return Plan(person, tuple(Day(f"Day {n}", nothing_eaten=True) for n in range(1, days + 1)), supplements)


def signs(advice: Advice, *symptoms: str) -> str:
    rule = triage(Answers(symptoms=frozenset(symptoms)), advice.facts, CARE).rule
    return f"{rule.urgency}: {rule.outcome} {rule.reason}"


# Words and machines -------------------------------------------------------------------------------

NAMED: tuple[tuple[str, ...], ...] = ((), ("crohns",), ("gastric-bypass",), ("coeliac",), ("ileal-resection-long",))
EVERYBODY = [
    Person(age, stage, diet, (), conditions, chosen)
    for age, stage, diet, conditions, chosen in product((8, 34, 66), LifeStage, Diet, NAMED, ("uk-1991", "efsa-2015"))
]


def test_what_stays_missing_is_the_same_in_words_and_for_machines():
    """A remainder below the rounding of the target is none, everywhere: "0.02 open" never stands beside "nothing is missing"."""
    offered = 0
    for person, ug in product(EVERYBODY[::2], (0.4, 1.1, 2.3)):
        advice = advised(eats(person, ug, added=True), TABLES)
        for s in suggest(advice, TABLES):
            offered += 1
            said, answer = offers.stays_open(s, advice), json_answers.suggestion(s, advice)
            assert ("of intake" in said) == bool(answer["open_ug"]), (said, answer)
            assert ("usable B12" in said) == bool(answer["usable_open_ug"]), (said, answer)
        for c in changes(advice, TABLES):
            after = json_answers.change(c, advice)["after"]
            if after and c.after:
                said = offers.still_missing(c.after.shortfall_ug, c.after.usable_shortfall_ug, advice)
                assert ("of intake" in said, "usable B12" in said) == (bool(after["shortfall_ug"]), bool(after["usable_shortfall_ug"]))
    assert offered > 50


@pytest.mark.parametrize("supplements", [(), (NEEDLE,)], ids=["none", "injection"])
def test_machines_judge_no_usable_b12_that_a_clinician_judges(supplements):
    for person, ug in product(EVERYBODY, (0.3, 9.0)):
        advice = advised(eats(person, ug, *supplements), TABLES)
        answer = json_answers.assessment(advice)
        if "A clinician decides what is enough" in verdict.usable(advice):
            assert (answer["usable_verdict"], answer["usable_shortfall_ug"]) == ("no-conclusion", None), person


# What is enough, and by what ----------------------------------------------------------------------


def test_a_dose_that_somebody_else_decides_on_is_never_called_enough():
    """A1, A2, A14: what is shown for information only says that a clinician decides, whatever the diet, in words and for machines."""
    told = 0
    for person, ug in product((*EVERYBODY, *(Person(40, diet=d, conditions=("not-in-list",)) for d in Diet)), (0.4, 9.0)):
        advice = advised(eats(person, ug), TABLES)
        for e in compare(advice, TABLES) if advice.regimens is RegimenOffer.INFORMATION else ():
            told += 1
            said = offers.regimen(e, advice)
            assert "Enough: a clinician decides." in said and " needed" not in said, (person, said)
            assert json_answers.regimen(e, advice)["covers_need_alone"] is None and not e.to_choose
    assert told > 100


def test_what_rests_on_a_supplement_says_so():
    """Where intake or usable B12 would not be enough without it: food may meet the target and still bring too little that is usable."""
    told = set()
    for meals, ug, age, taken in product((1, 2, 4), (0.5, 2.4, 3.0, 6.0), (20, 40), (TABLET, Supplement("tablet", 2000, 1))):
        half = own("half", ug / meals, 0.0)
        days = one_meal_days({meal: [(half, 100.0)] for meal in MEALS[:meals]}, 7)
        with_it = advised(Plan(Person(age), days, (taken,), (half,)), TABLES)
        without = advised(Plan(Person(age), days, (), (half,)), TABLES)
        if not offers.nothing_missing(with_it):
            continue
        rests = not offers.nothing_missing(without)
        told.add((rests, "below-target" in without.facts))
        assert (offers.RESTS_ON_SUPPLEMENT in offers.nothing_to_suggest(with_it)) is rests
        assert (offers.RESTS_ON_SUPPLEMENT in offers.step_in_card(None, with_it)) is rests
    assert told == {(True, True), (True, False), (False, False)}


# Below an AI --------------------------------------------------------------------------------------


@pytest.mark.parametrize("chosen", AI_SETS)
def test_less_than_an_ai_comforts_only_whom_a_good_word_may_comfort(chosen):
    """ "Need not be too little" is a good word: it needs the right to say "meets", and every "if" of it in the sentence itself."""
    spoken = set()
    for stage, diet, conditions, ug, taken in product(
        LifeStage, Diet, ((), ("metformin",), ("ppi",), ("crohns", "alcohol"), ("coeliac",)), (2.4, 3.0, 3.8), ((), (NEEDLE,))
    ):
        advice = advised(eats(Person(34, stage, diet, (), conditions, chosen), ug, *taken, added=diet is Diet.VEGAN), TABLES)
        said = (verdict.verdict(advice), quiet_line.quiet_line(advice))
        spoken.add(advice.verdict.value)
        if any("need not be too little" in s for s in said):
            permission = advice.claim(Claim.MEETS)
            assert permission.may and stage is LifeStage.NONE, sorted(advice.facts)
            assert all(verdict.clause(rule, advice) in s for rule in permission.only_if for s in said), said
    assert {"below-ai", "below-ai-expecting", "below-ai-unreliable"} <= spoken


def test_no_good_word_rests_on_a_need_that_nobody_knows():
    """Expecting from 51 years: the sets that are an AI have a target and no need, so nothing is known of what has to be taken up."""
    for stage, ug in product(("pregnant", "breastfeeding"), (3.0, 9.0)):
        advice = advised(eats(Person(52, stage, reference_set="efsa-2015"), ug), TABLES)
        assert not any(advice.claim(claim).may for claim in (Claim.MEETS, Claim.NOTHING_OPEN, Claim.STORES))
        assert "your midwife or doctor says" in verdict.verdict(advice)
        assert json_answers.assessment(advice)["usable_shortfall_ug"] is None


# Nothing eaten ------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", [Person(34), Person(8), Person(34, "pregnant", "vegan"), Person(70, conditions=("ppi",))], ids=str)
def test_days_without_food_are_no_usual_days(person):
    """Nobody's usual day is without food: no verdict, no shortfall, nobody counted below; and whoever cannot eat is sent to a doctor."""
    advice = advised(fasted(person), TABLES)
    assert advice.verdict.value == "nothing-eaten" and not advice.assessment.shortfall_ug
    assert not any(advice.claim(claim).may for claim in (Claim.MEETS, Claim.NOTHING_OPEN, Claim.STORES))
    assert any("needs a doctor" in n.text for n in notices.notices(advice))
    assert signs(advice).startswith(("soon", "today"))
    assert not [line for line in text_answers.assessment(advice) if re.search("too low|likely enough|usual day: ", line)]
    found = row(Client("a", "a", advice.assessment.plan))
    assert found["shortfall_ug"] is None and prevalence([found]).counted == 0


def test_a_supplement_of_somebody_who_fasts_is_judged():
    assert advised(fasted(Person(34), TABLET), TABLES).verdict.value == "meets"


def test_days_without_food_beside_others_count_as_before():
    fed = eats(Person(34), 6.0, days=4)
    both = assess(replace(fed, days=(*fed.days, *fasted(Person(34)).days)), TABLES)
    assert both.days_entered == 7 and both.intake_ug == pytest.approx(6.0 * 4 / 7)


# Who is treated -----------------------------------------------------------------------------------


@pytest.mark.parametrize("given", [NEEDLE, Supplement("nasal", 500, 1)], ids=["injection", "nasal spray"])
def test_signs_beside_a_treatment_are_not_said_to_point_elsewhere(given):
    """Breakthrough tingling before the next injection goes to the team that gives it, within days."""
    advice = advised(eats(Person(60), 5.0, given), TABLES)
    assert signs(advice, "tingling").startswith("soon: Call the team that treats you")
    assert "B12 blood test" in signs(advice, "tiredness") and "Nothing else" not in signs(advice, "tiredness")
    printed = page(advice, Asked(with_conditions=True), TABLES, CARE)
    assert any("Can it change my blood test" in q for q in printed.questions)
    assert not any("still need a blood test" in q for q in printed.questions)
    assert next(c for c in CARE.cautions if c.label == "B12 before the test").when.holds(advice.facts)


@pytest.mark.parametrize("condition", sorted(rules.SEVERE))
@pytest.mark.parametrize("stage", ["pregnant", "breastfeeding"])
def test_expecting_with_severe_malabsorption_is_not_left_to_the_next_visit(condition, stage):
    assert signs(advised(eats(Person(31, stage, conditions=(condition,)), 9.0), TABLES)).startswith("appointment")


def test_a_dose_that_is_asked_about_beside_the_plan_is_asked_about_with_the_signs_too():
    for person, ug in ((Person(6, diet="vegan"), 1000), (Person(30, diet="vegan"), 5000)):
        advice = advised(eats(person, 0.0, Supplement("tablet", ug, 7)), TABLES)
        assert "about the dose" in signs(advice)
        assert "above the dose" in notices.strongest(advice).text or "more than any dose" in notices.strongest(advice).text


def test_the_dose_of_a_mother_to_be_is_not_that_of_her_age():
    for age, stage, diet in product((14, 17), ("pregnant", "breastfeeding"), ("vegan", "vegetarian")):
        told = [rule.text for rule in advised(eats(Person(age, stage, diet), 0.3, added=True), TABLES).leads]
        assert not [text for text in told if "dose for the age" in text] and any("midwife" in text for text in told)


def test_a_risk_is_named_only_by_what_was_named():
    advice = advised(eats(Person(30, conditions=("topiramate",)), 5.0), TABLES)
    assert [r.label for r in triage(Answers(), advice.facts, CARE).risks if "Metformin" in r.label] == []
    enough = advised(eats(Person(30, "pregnant", "vegetarian", reference_set="uk-1991"), 5.0), TABLES)
    assert not [r.label for r in triage(Answers(), enough.facts, CARE).risks if r.label.endswith("with little B12 in the plan")]


@pytest.mark.parametrize(
    ("age", "conditions"), [(66, ("metformin",)), (55, ("metformin", "metformin-over-4-years")), (80, ("metformin", "ppi"))]
)
@pytest.mark.parametrize("diet", Diet)
@pytest.mark.parametrize("ug", [0.5, 2.9, 9.0])
def test_whoever_should_ask_for_a_test_reads_that_before_a_change_of_food(age, conditions, diet, ug):
    advice = advised(eats(Person(age, diet=diet, conditions=conditions), ug), TABLES)
    step = offers.step_in_card(next(iter(suggest(advice, TABLES)), None), advice)
    assert re.search("B12 test from time to time|Vegan guidance names three plans", step) and "Best next step" not in step
    assert ("Vegan guidance" in step) == (diet is Diet.VEGAN)


def test_a_newcomer_is_asked_for_pernicious_anaemia_by_all_its_names():
    """A20: who was told "autoimmune gastritis" must not press "none of these" and then be told that food is likely enough."""
    asked = f"{first_minute.PERNICIOUS} {first_minute.APPLIES_HELP}"
    assert all(name in asked for name in ("Pernicious anaemia", "autoimmune gastritis", "Antibodies to intrinsic factor"))


# Stores -------------------------------------------------------------------------------------------


def test_stores_judged_by_a_day_or_two_say_what_they_rest_on():
    for days, told in ((1, True), (2, True), (3, False)):
        advice = advised(eats(Person(34), 9.0, days=days), TABLES)
        said = stores.answer(outlook(advice.assessment, TABLES, 10), advice, TABLES)
        assert ("the days entered are like your usual ones" in said) is told


@pytest.mark.parametrize("plan", [Plan(Person(34)), eats(Person(8), 3.0), eats(Person(34, conditions=("coeliac",)), 3.0), Plan(Person(0))])
def test_where_nothing_is_estimated_no_estimate_is_spoken_of(plan):
    advice = advised(plan, TABLES)
    assert "This is an estimate" not in " ".join(stores.lines(outlook(advice.assessment, TABLES, 10), advice, TABLES))


# On paper -----------------------------------------------------------------------------------------


def test_a_condition_nobody_knows_is_not_printed_as_none():
    for conditions in ((rules.NOBODY_KNOWS,), ("ppi", rules.NOBODY_KNOWS)):
        printed = page(advised(eats(Person(35, conditions=conditions), 5.0), TABLES), Asked(with_conditions=True), TABLES, CARE)
        assert not any("No condition or medicine" in line for line in printed.doctor)
        assert any("this app does not know" in line for line in printed.doctor)
        assert any("PPI" in line for line in printed.doctor) == ("ppi" in conditions)


@pytest.mark.parametrize(
    ("person", "first"),
    [
        (Person(22, conditions=("nitrous-oxide",)), "homocysteine or MMA"),
        (Person(30, "pregnant", "vegan"), "active B12"),
        (Person(55, conditions=("metformin", "metformin-over-4-years")), "metformin"),
        (Person(45, conditions=("gastric-bypass",)), None),
    ],
    ids=["nitrous oxide", "pregnant", "metformin", "bypass"],
)
def test_the_checks_on_paper_are_those_of_the_person_first(person, first):
    advice = advised(eats(person, 3.0), TABLES)
    checks = page(advice, Asked(with_conditions=True), TABLES, CARE).checks
    rows = [g for g in causes.rows_for(CARE.guidelines, advice.facts) if g.topic in ("test", "follow-up")]
    own_rows = {care_words.row_text(g.text, g) for g in rows if g.when.meant_for(advice.facts)}
    assert len(own_rows & set(checks)) == min(len(own_rows), len(checks))
    assert first is None or any(first in check for check in checks)


def test_a_vegan_without_a_source_asks_for_more_than_a_look_at_the_plan():
    for plan, asked in ((eats(Person(34, diet="vegan"), 0.3, added=True), "blood test"), (eats(Person(34), 9.0), "a look at this plan")):
        printed = page(advised(plan, TABLES), Asked(with_conditions=True), TABLES, CARE)
        assert asked in printed.doctor[-1]


# Forms and results --------------------------------------------------------------------------------


def test_every_form_of_cyanocobalamin_names_the_eye_disease_it_must_not_meet():
    for r in TABLES.regimens.values():
        told = " ".join(TABLES.regimen_cautions[c].text for c in r.cautions)
        assert ("Leber" in told) == (r.chemical_form == "cyanocobalamin"), r.regimen
        assert "allergy" in told or r.form == "fortified-food", r.regimen


#: Test, unit, result, the laboratory's own range, and what is called for.
RESULTS = [
    ("total-b12", "pmol/L", 400.0, 410.0, None, care_words.NEXT_ACT),
    ("total-b12", "pmol/L", 400.0, None, 390.0, care_words.NEXT_OUTSIDE),
    ("total-b12", "pmol/L", 400.0, 150.0, 700.0, care_words.NEXT_NONE),
    ("active-b12", "pmol/L", 90.0, 100.0, None, care_words.NEXT_ACT),
    ("mma", "µmol/L", 0.20, None, 0.19, care_words.NEXT_ACT),
    ("homocysteine", "µmol/L", 12.0, None, 11.0, care_words.NEXT_ACT),
]


@pytest.mark.parametrize(("test", "unit", "value", "low", "high", "step"), RESULTS)
def test_the_laboratorys_own_range_comes_first(test, unit, value, low, high, step):
    """Outside it on the side of a lack: an appointment, whatever the published bands say, and for a child, who has none."""
    chosen = next(u for u in units(CARE.tests, test) if u.unit == unit)
    result = Result(value, chosen, low, high)
    found = [s.found.band for s in bands(CARE.tests, result)]
    assert care_words.next_step(found, result) == step
    assert care_words.next_step((), result) == (step if step != care_words.NEXT_NONE else "")
