"""No sentence that a person reads takes back another one, on screen, on paper or on the command line."""

from __future__ import annotations

import re

import clinical_rules as rules
import pytest
from conftest import advised, one_meal_days, opened, own
from hypothesis import given
from hypothesis import strategies as st

from dashboard.advice.advise import Advice, Claim, RegimenOffer, Who
from dashboard.advice.outlook import Span, outlook
from dashboard.advice.regimens import compare
from dashboard.advice.suggest import suggest
from dashboard.care import causes
from dashboard.care.signs import Answers, triage
from dashboard.command_line import json_answers, text_answers
from dashboard.handout.content import Asked, page
from dashboard.plan import Diet, LifeStage, Person, Plan, Supplement
from dashboard.tables.read import load_care_tables, load_tables
from dashboard.words import care as care_words
from dashboard.words import notices, offers, verdict
from dashboard.words import outlook as stores

TABLES, CARE = load_tables(), load_care_tables()
NEEDLE = Supplement("injection", 1000, 0.0769)
SURGERY = sorted(rules.SURGERY)


def eats(person: Person, ug: float = 5.0, *supplements: Supplement, added: bool = False) -> Plan:
    """So much B12 of food a day, in two meals, for a week."""
    half = own("half", ug / 2, ug / 2 if added else 0.0, person.diet)
    return Plan(person, one_meal_days({"breakfast": [(half, 100.0)], "dinner": [(half, 100.0)]}, 7), supplements, (half,))


def everybody() -> list[Advice]:
    """Every diet and stage with each condition and each kind of supplement, below the target and above it."""
    named = ((), ("crohns",), ("ppi",), ("metformin",), ("coeliac",), ("gastric-bypass",), ("pernicious-anaemia",), ("nitrous-oxide",))
    return [
        advised(eats(Person(age, stage, diet, (), conditions), ug, *supplements, added=True), TABLES)
        for age, stage in ((3, "none"), (16, "pregnant"), (34, "none"), (34, "breastfeeding"), (80, "none"))
        for diet in Diet
        for conditions in named
        for supplements in ((), (Supplement("tablet", 1000, 1),), (NEEDLE,))
        for ug in (1.0, 2.9, 8.0)
    ]


@pytest.fixture(scope="module")
def people() -> list[Advice]:
    return everybody()


def test_likely_enough_is_not_said_where_the_next_line_cannot_say(people):
    """The verdict's "likely enough" and "whether that is enough, this app cannot say" never stand on one page."""
    for advice in people:
        if not advice.claim(Claim.NOTHING_OPEN).may:
            assert not advice.claim(Claim.MEETS).may, sorted(advice.facts)
            assert "likely enough" not in " ".join(verdict.lines(advice)), sorted(advice.facts)


def test_only_the_strictest_word_on_doses_is_told(people):
    """'No dose is shown' never stands beside 'the dose of the age is shown' or 'forms are shown for information'."""
    for advice in people:
        told = offers.no_plans(advice)
        assert not ("No dose is shown" in told and re.search(r"(is|are) shown for information|Only the dose", told)), sorted(advice.facts)
        shown = bool(compare(advice, TABLES))
        assert shown == (advice.regimens is not RegimenOffer.NO), sorted(advice.facts)
        assert ("No dose is shown" in told) == (advice.regimens is RegimenOffer.NO), sorted(advice.facts)
        if "No dose is shown" in told:
            beside = [n.text for n in notices.notices(advice)]
            assert not [text for text in beside if re.search(r"\d µg of B12 a day by mouth", text)], sorted(advice.facts)


def test_nobody_is_sent_to_ask_whom_nothing_tells_to_ask(people):
    for advice in people:
        if advice.who is Who.SELF_CARE and advice.regimens is RegimenOffer.CHOOSE:
            assert offers.no_plans(advice) == ""


def test_forms_that_may_not_be_chosen_say_so_on_the_command_line_too(people):
    for advice in people:
        forms = compare(advice, TABLES)
        lines = list(text_answers.forms(forms, advice))
        assert (lines[0] == offers.no_plans(advice)) == (advice.regimens is not RegimenOffer.CHOOSE), sorted(advice.facts)
        assert len(lines) >= len(forms)


def test_beside_an_injection_no_form_is_called_enough(people):
    """Whoever arranged the treatment says what is enough, so no tablet is called enough in its place and none is chosen unasked."""
    for advice in people:
        if "given" in advice.facts:
            assert advice.who is not Who.SELF_CARE
            for effect in compare(advice, TABLES):
                assert "Enough: a clinician decides" in offers.regimen(effect, advice)


@pytest.mark.parametrize("condition", sorted(TABLES.conditions))
@pytest.mark.parametrize("stage", LifeStage)
def test_where_a_test_comes_first_the_signs_page_asks_for_one_too(condition, stage):
    """Without a sign: who reads everywhere that a blood test comes first is not told to wait for the next visit."""
    for diet in Diet:
        advice = advised(eats(Person(34, stage, diet, (), (condition,)), 5.0), TABLES)
        rule = triage(Answers(), advice.facts, CARE).rule
        leads = [lead.text for lead in advice.leads]
        if any(lead.startswith("A blood test and a clinician come first") for lead in leads):
            assert rule.urgency == "appointment" and re.search("B12", rule.outcome), (condition, rule.rule)
        if any(lead.startswith("Ask for a B12 test from time to time") for lead in leads):
            assert "test" in f"{rule.outcome} {rule.reason}" or rule.urgency == "appointment"


@pytest.mark.parametrize("given", [NEEDLE, Supplement("nasal", 500, 1)], ids=["injection", "nasal spray"])
@pytest.mark.parametrize("diet", Diet)
@pytest.mark.parametrize("conditions", [(), ("metformin",), ("ppi",), ("coeliac",)], ids=str)
def test_beside_a_treatment_no_food_is_the_next_step(given, diet, conditions):
    """It may be given because food is not taken up: what is said first is the treatment, and no food closes what is missing."""
    for ug in (0.3, 1.0, 2.3):
        advice = advised(eats(Person(34, diet=diet, conditions=conditions), ug, given), TABLES)
        foods = suggest(advice, TABLES)
        best = next(iter(foods), None)
        for step in (offers.next_step(best, advice), offers.step_in_card(best, advice)):
            assert "Best next step" not in step and re.search("treatment|test", step), sorted(advice.facts)
        assert any("no change of food can take its place" in rule.text for rule in advice.leads)
        assert "up to the target" not in " ".join(offers.effect(s, advice) for s in foods)
        assert diet is not Diet.VEGAN or not [s for s in foods if len(s.edits) == 1 and s.fortified]


def test_only_weight_loss_surgery_is_told_of_a_supplement_for_life():
    """Part of the stomach or 20 to 60 cm of ileum: a test says whether a supplement is needed, nobody has decided one for life."""
    for condition in ("partial-gastrectomy", "ileal-resection-medium"):
        advice = advised(eats(Person(50, conditions=(condition,))), TABLES)
        told = [*verdict.lines(advice), *(rule.text for rule in advice.leads), *(n.text for n in notices.notices(advice))]
        assert not [line for line in told if "for life" in line]


@pytest.mark.parametrize("condition", SURGERY)
def test_after_weight_loss_surgery_the_yearly_test_is_not_put_in_question(condition):
    """The blood test every year is for life, so nobody is to ask whether one is still needed or whether to wait with B12 for it."""
    advice = advised(eats(Person(45, conditions=(condition,))), TABLES)
    asked = " ".join(q.text for q in causes.rows_for(CARE.questions, advice.facts))
    told = " ".join(g.text for g in causes.rows_for(CARE.guidelines, advice.facts))
    assert "still need a blood test" not in asked and "before I start a supplement" not in asked
    assert "who orders my blood test every year" in asked
    assert "before you start a supplement" not in told
    assert "blood test every year" in triage(Answers(), advice.facts, CARE).rule.outcome


@pytest.mark.parametrize("condition", sorted(rules.SEVERE | rules.TEST_FIRST))
def test_where_a_test_or_a_team_comes_first_no_general_advice_stands_beside_it(condition):
    """What holds for most people of an age or a diet is not told to those for whom food and tablets may do nothing."""
    advice = advised(eats(Person(76, diet="vegan", conditions=(condition,))), TABLES)
    asked = " ".join(q.text for q in causes.rows_for(CARE.questions, advice.facts))
    assert "still need a blood test" not in asked
    if condition in rules.SEVERE:
        told = [*(g.text for g in causes.rows_for(CARE.guidelines, advice.facts)), *(n.text for n in notices.notices(advice))]
        assert not [
            line for line in told if "it is advised to get most B12 from" in line or "NICE speaks of tablets for most people" in line
        ]


@pytest.mark.parametrize(
    "plan",
    [
        eats(Person(34), 1.0),
        eats(Person(34, diet="vegan"), 0.0, Supplement("tablet", 1000, 1)),
        eats(Person(34, conditions=(rules.NOBODY_KNOWS,))),
    ],
    ids=["little B12", "a small weekly dose", "unknown condition"],
)
def test_signs_are_not_said_to_stand_alone_beside_a_plan_that_warns(plan):
    rule = triage(Answers(symptoms=frozenset({"tiredness"})), advised(plan, TABLES).facts, CARE).rule
    assert "Nothing else you told the app points to B12" not in rule.reason


def test_nobody_who_is_injected_is_told_to_test_before_a_supplement():
    advice = advised(eats(Person(45), 5.0, NEEDLE), TABLES)
    told = [*causes.rows_for(CARE.questions, advice.facts), *causes.rows_for(CARE.guidelines, advice.facts)]
    assert not [row for row in told if "start a supplement" in row.text]


@pytest.mark.parametrize("condition", [c for c in TABLES.conditions if TABLES.conditions[c].level != "info"])
@pytest.mark.parametrize("diet", ["vegan", "omnivore"])
def test_a_page_without_conditions_asks_nothing_that_they_would_change(condition, diet):
    """What stands on it would stand there too if the reader knew them; and it gives no usable figure."""
    advice = advised(eats(Person(55, diet=diet, conditions=(condition,)), 1.0), TABLES)
    hidden = page(advice, Asked(with_conditions=False), TABLES, CARE)
    questions = {care_words.question(q, advice.assessment) for q in causes.rows_for(CARE.questions, advice.facts)}
    checks = {care_words.row_text(g.text, g) for g in causes.rows_for(CARE.guidelines, advice.facts)}
    assert hidden.questions and set(hidden.questions) <= questions
    assert hidden.checks and set(hidden.checks) <= checks
    assert not [line for line in hidden.questions if "usable" in line]


def test_a_weekly_tablet_is_not_called_a_little_fortified_food():
    advice = advised(eats(Person(34, diet="vegan"), 0.0, Supplement("tablet", 1000, 1)), TABLES)
    told = next(flag.text for flag in advice.flags if flag.id == "no-reliable-source")
    assert "this plan has none" not in told and "supplement" in told


@pytest.mark.parametrize("reference_set", sorted(TABLES.reference_sets))
def test_a_vegan_who_does_what_is_shown_first_has_a_reliable_source(reference_set):
    """Whoever follows a plan that leads is not told afterwards that it was too little."""
    advice = advised(eats(Person(34, diet="vegan", reference_set=reference_set), 0.0), TABLES)
    assert advice.first_regimens
    for name in advice.first_regimens:
        r = TABLES.regimens[name]
        a_day = r.dose_ug * r.times_per_week / 7
        after = (
            eats(advice.assessment.plan.person, a_day, added=True)
            if r.form == "fortified-food"
            else eats(advice.assessment.plan.person, 0.0, Supplement(r.form, r.dose_ug, r.times_per_week))
        )
        assert "reliable-source" in advised(after, TABLES).facts, name


def test_stores_of_a_vegan_without_a_reliable_source_rest_on_it():
    """'Stay above' beside 'needs a reliable source' says what it rests on."""
    advice = advised(eats(Person(34, diet="vegan"), 2.9, added=True), TABLES)
    said = stores.answer(outlook(advice.assessment, TABLES, 10), advice, TABLES)
    assert "is there every week" in said


def test_stores_of_somebody_injected_rest_on_the_injections():
    advice = advised(eats(Person(34), 1.0, NEEDLE), TABLES)
    assert "your injection or nasal spray goes on" in stores.answer(outlook(advice.assessment, TABLES, 10), advice, TABLES)


def test_where_a_lead_goes_on_below_a_notice_it_can_be_read_alone():
    """The card leaves the first sentence out where a notice has said it, so the next must not point back to it."""
    for rule in TABLES.rules.advice:
        first, _, rest = rule.text.partition(". ")
        if "leads" in rule.decides and any(flag.text.startswith(first) for flag in TABLES.rules.flags):
            assert not re.search(r"^(That|It|This|They)\b|\b(that is|such a)\b", rest), rule.rule


@given(st.lists(st.none() | st.floats(0, 200), min_size=3, max_size=3))
def test_no_time_is_called_never(ends):
    """An estimate does not know what never happens; an open end is told as what it is."""
    low, value, high = sorted(ends, key=lambda end: (end is None, end))
    said = f"{stores.span(Span(low, value, high))} {stores.days(Span(low, value, high))} {stores.years(value)}"
    assert not re.search(r"\bnever\b", said)
    assert "to not" not in said and not said.startswith("not by this estimate (")


@pytest.mark.parametrize("life_stage", LifeStage)
def test_what_nobody_entered_is_not_none(life_stage):
    """No food entered: nothing is said of what is usable, day by day or in all, as if it were none."""
    advice = advised(Plan(Person(30, life_stage, "vegan")), TABLES)
    told = [*verdict.lines(advice), *text_answers.assessment(advice)]
    assert not [line for line in told if re.search(r"usable:? none", line, re.IGNORECASE)]


@pytest.mark.parametrize("plan", [Plan(Person(30)), eats(Person(8, reference_set="japan-2025"))], ids=["nothing entered", "no target"])
def test_machines_are_told_no_shortfall_of_nought_where_none_is_known(plan):
    answer = json_answers.assessment(advised(plan, TABLES))
    assert answer["shortfall_ug"] is None and not [day for day in answer["by_day"] if day["shortfall_ug"] is not None]


def test_the_page_of_days_says_nothing_of_meals_that_nobody_entered():
    app = opened(Plan(Person(30)), "shortfall.py")
    said = " ".join(str(e.value) for e in (*app.markdown, *app.subheader))
    assert "No food has been entered yet" in said
    assert "No meal brings" not in said and "Nothing in this plan brings" not in said


def test_a_scenario_that_changes_nothing_is_not_told():
    """Where all B12 is added, 'if you take up little of the B12 bound in food' is the same figure, and reads as a warning."""
    added = advised(eats(Person(74, diet="vegan"), 0.0, Supplement("tablet", 10, 7)), TABLES)
    bound = advised(eats(Person(74)), TABLES)
    for advice, told in ((added, False), (bound, True)):
        assert advice.assessment.scenarios
        assert any("one of the 10 to 30" in n.text for n in notices.notices(advice)) is told


def test_an_ai_is_not_called_surely_enough():
    """An AI is an assumption about groups, and a medicine may lower uptake."""
    advice = advised(eats(Person(33, conditions=("metformin",), reference_set="efsa-2015"), 3.0), TABLES)
    assert "need not be too little" in verdict.verdict(advice) and "surely" not in verdict.verdict(advice)
