"""What may be said, claimed and offered: the rules of advice row by row, and the language they are written in."""

from __future__ import annotations

import csv
import re
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from conftest import DATA, ROOT, advised, csv_rows, one_meal_days, own
from hypothesis import given
from hypothesis import strategies as st

from dashboard.advice.advise import Claim, FoodOffer, Lead, RegimenOffer, Who
from dashboard.advice.regimens import compare
from dashboard.advice.suggest import suggest
from dashboard.plan import Day, Diet, Item, LifeStage, Person, Plan, Supplement
from dashboard.tables import manifest
from dashboard.tables.decisions import DECIDES
from dashboard.tables.fault import TableError
from dashboard.tables.read import load_care_tables, load_tables
from dashboard.tables.vocabulary import vocabulary
from dashboard.tables.when import When
from dashboard.words import data_faults

TABLES, CARE = load_tables(), load_care_tables()
DAILY, WEEKLY = Supplement("tablet", 10, 7, False), Supplement("tablet", 2000, 1, False)
NEEDLE = Supplement("injection", 1000, 0.0769, False)


def eats(person: Person, ug: float = 1.0, added_ug: float = 0.0, *, days: int = 7, supplements=(), unknown: bool = False) -> Plan:
    """A plan of so much B12 a day, in two meals. Its food has an energy of its own, so no record looks incomplete."""
    half = own("half", ug / 2, added_ug / 2, "vegan")
    strange = own("strange", None, None, "vegan")
    meals = {"breakfast": [(half, 100.0)], "dinner": [(half, 100.0)], "lunch": [(strange, 50.0)] if unknown else []}
    return Plan(person, one_meal_days(meals, days), tuple(supplements), (half, strange))


def at_once(person: Person, ug: float, *, unknown: bool = False) -> Plan:
    """So much B12 of food at one meal a day: 2.4 ug bring 1.08, less than the need of 1.2."""
    food, strange = own("food", ug, 0.0), own("strange", None)
    return Plan(person, one_meal_days({"lunch": [(food, 100.0), *([(strange, 50.0)] if unknown else [])]}, 7), (), (food, strange))


def few_kcal(person: Person) -> Plan:
    """A record that cannot be whole: one apple a day, for a week."""
    apple = next(f for f in TABLES.foods.values() if f.name.startswith("Apple") and f.energy_kcal_per_100g)
    return Plan(person, tuple(Day(f"Day {n}", ((Item(apple.id, 150.0),), (), (), ())) for n in range(1, 8)))


# The language ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "said", "expected"),
    [
        ("", "", True),
        ("a", "a b", True),
        ("a b", "a", False),
        ("a|c b", "c b", True),
        ("a|c b", "b", False),
        ("!a", "b", True),
        ("!a", "a b", False),
        ("!a|b c", "c", True),
        ("!a|b c", "a b c", True),
        ("!a|b c", "a c", False),
    ],
)
def test_a_row_holds_when_each_term_does(when, said, expected):
    assert When.parse(when).holds(frozenset(said.split())) is expected


@pytest.mark.parametrize("when", ["a||b", "|", "!", "a !"])
def test_an_empty_alternative_is_refused(when):
    with pytest.raises(TableError) as told:
        When.parse(when)
    assert "empty alternative" in data_faults.sentence(told.value)


def rows_with_when():
    rules = TABLES.rules
    yield from (r.when for r in (*rules.advice, *rules.flags, *TABLES.regimens.values(), *TABLES.regimen_cautions.values()))
    yield from (r.when for r in (*CARE.rules, *CARE.risks.values(), *CARE.guidelines, *CARE.questions, *CARE.cautions))


def test_every_word_of_the_language_is_explained_and_used():
    used = set().union(*(when.words for when in rows_with_when()))
    assert used <= vocabulary(TABLES) | set(CARE.risks)
    assert {*TABLES.rules.facts, *TABLES.rules.age_bands, *TABLES.rules.details} <= used
    words = [*TABLES.rules.facts, *TABLES.rules.age_bands, *TABLES.conditions, *TABLES.rules.details]
    assert len(words) == len(set(words)), "one word, one meaning"


def test_every_fact_that_is_found_is_explained():
    for plan in EXAMPLES.values():
        assert advised(plan, TABLES).facts <= vocabulary(TABLES)


# Every row has an example ------------------------------------------------------------------------

BYPASS = Person(45, conditions=("gastric-bypass",))
VEGAN, OMNIVORE = Person(34, diet="vegan"), Person(34)
EXPECTING = Person(30, "pregnant", "vegan")
#: Row of advice_rules.csv -> a plan for which it holds.
EXAMPLES = {
    "infant-no-plan": eats(Person(0)),
    "verdict-infant": eats(Person(0, diet="vegan"), 5),
    "verdict-urgent": eats(Person(34, conditions=("nitrous-oxide",)), 5),
    "verdict-no-intrinsic-factor": eats(Person(34, conditions=("total-gastrectomy",)), 5),
    "verdict-severe": eats(BYPASS, 5),
    "verdict-nothing-entered": Plan(OMNIVORE),
    "verdict-foods-left-out": Plan(OMNIVORE, (Day("Monday", ((Item("fndds:11112110", 244, off=True),), (), (), ())),)),
    "verdict-nothing-eaten": Plan(OMNIVORE, (Day("Monday", nothing_eaten=True),)),
    "verdict-nothing-known": Plan(OMNIVORE, (Day("Monday", ((Item("fndds:00000000", 100),), (), (), ())),)),
    "verdict-no-target": eats(Person(8, reference_set="japan-2020")),
    "verdict-below-treated": eats(OMNIVORE, 0.0, supplements=(Supplement("nasal", 1.0, 7),)),
    "verdict-no-dependable-source": eats(Person(34, reference_set="efsa-2015"), 1.0),
    "verdict-unknown-foods": eats(OMNIVORE, 1.0, unknown=True),
    "verdict-below-test-first": eats(Person(34, conditions=("coeliac",)), 2.2),
    "verdict-below-ai-short-in-uptake": eats(Person(34, reference_set="efsa-2015"), 0.0, supplements=(Supplement("tablet", 20, 1, False),)),
    "verdict-below-ai-maybe-short-in-uptake": at_once(Person(34, reference_set="efsa-2015"), 2.4),
    "verdict-below-ai-expecting": eats(Person(30, "pregnant", reference_set="efsa-2015"), 4.0),
    "verdict-below-ai-unreliable": eats(Person(34, diet="vegan", reference_set="efsa-2015"), 3.0, 3.0),
    "verdict-below-ai": eats(Person(34, reference_set="efsa-2015"), 3.0),
    "verdict-few-days": eats(OMNIVORE, 1.0, days=2),
    "verdict-incomplete": few_kcal(OMNIVORE),
    "verdict-too-low": eats(OMNIVORE, 1.0),
    "verdict-may-be-too-low": eats(OMNIVORE, 2.2),
    "verdict-test-first": eats(Person(34, conditions=("coeliac",)), 5),
    "verdict-unreliable": eats(VEGAN, 2.5, 2.5),
    "verdict-meets-few-days": eats(OMNIVORE, 6, 3, days=1),
    "verdict-short-in-uptake": eats(OMNIVORE, 0.0, supplements=(Supplement("tablet", 20, 1, False),)),
    "verdict-unclear-in-uptake": at_once(OMNIVORE, 2.4, unknown=True),
    "verdict-maybe-short-in-uptake": at_once(OMNIVORE, 2.4),
    "verdict-treated": eats(OMNIVORE, 5, supplements=(NEEDLE,)),
    "verdict-meets-no-need": eats(Person(52, "pregnant", reference_set="efsa-2015"), 9),
    "verdict-meets-expecting": eats(EXPECTING, 9, 9),
    "verdict-meets": eats(OMNIVORE, 6, 3),
    "lead-urgent": eats(Person(34, conditions=("nitrous-oxide",))),
    "lead-infant": eats(Person(0)),
    "lead-no-intrinsic-factor": eats(Person(34, conditions=("pernicious-anaemia",))),
    "lead-weight-surgery": eats(Person(34, conditions=("sadi",))),
    "lead-severe": eats(Person(34, conditions=("ileal-resection-medium",))),
    "lead-leber-expecting": eats(Person(30, "pregnant", conditions=("lebers-eye-disease",))),
    "lead-reliable-source-leber": eats(Person(34, diet="vegan", conditions=("lebers-eye-disease",))),
    "lead-leber": eats(Person(34, conditions=("lebers-eye-disease",))),
    "lead-expecting": eats(EXPECTING),
    "lead-expecting-low": eats(Person(30, "breastfeeding", reference_set="efsa-2015"), 1.0),
    "lead-test-first": eats(Person(34, conditions=("made-up-illness",))),
    "lead-metformin": eats(Person(55, conditions=("metformin", "metformin-over-4-years"))),
    "lead-treated": eats(OMNIVORE, 1.0, supplements=(Supplement("injection", 1000, 0.0833),)),
    "lead-discuss": eats(Person(34, conditions=("crohns",))),
    "lead-reliable-source": eats(VEGAN, 0.06, 0.06),
    "lead-reliable-source-ai": eats(Person(34, diet="vegan", reference_set="efsa-2015"), 0.06, 0.06),
    "lead-reliable-source-child": eats(Person(9, diet="vegan")),
    "lead-reliable-source-expecting": eats(EXPECTING),
    "lead-reliable-source-unknown": eats(Person(34, diet="vegan", conditions=("not-in-list",))),
    "lead-added-first": eats(Person(51)),
    "lead-foods": eats(OMNIVORE, 1.0),
    "no-food-offer": eats(BYPASS),
    "added-foods-only": eats(Person(34, conditions=("h2-blocker",))),
    "low-end": eats(Person(34, conditions=("pancreatic-insufficiency",))),
    "forms-for-information": eats(BYPASS),
    "no-forms-when-urgent": eats(Person(34, conditions=("nitrous-oxide",))),
    "no-dose-leber": eats(Person(34, conditions=("lebers-eye-disease",))),
    "no-dose-when-expecting": eats(EXPECTING),
    "forms-when-expecting": eats(Person(30, "pregnant")),
    "dose-of-the-age": eats(Person(9)),
    "clinician-decides": eats(BYPASS),
    "clinician-decides-expecting": eats(EXPECTING),
    "discuss-first": eats(Person(15)),
    "no-claim": eats(BYPASS, 9, 9),
    "no-claim-expecting": eats(EXPECTING, 9, 9),
    "no-enough-for-information": eats(Person(30, "pregnant")),
    "no-stores-claim": eats(Person(12)),
    "stores-untreated": eats(Person(60, conditions=("pernicious-anaemia",))),
    "no-claim-unreliable": eats(VEGAN, 0.06, 0.06),
    "no-claim-nothing-entered": Plan(VEGAN),
    "no-claim-no-need": eats(Person(52, "breastfeeding", reference_set="efsa-2015"), 9),
    "no-claim-few-days": eats(OMNIVORE, 6, 3, days=2),
    "no-claim-treated": eats(OMNIVORE, 5, supplements=(NEEDLE,)),
    "if-uptake-normal": eats(Person(34, conditions=("sibo",)), 6, 6),
    "if-unknown-effect": eats(Person(55, conditions=("metformin",)), 6, 6),
    "if-release": eats(Person(34, conditions=("ppi",)), 6, 6),
    "if-no-condition-covers": eats(VEGAN),
    "if-leber-older": eats(Person(67, conditions=("lebers-eye-disease",)), 5, 0.0),
    "if-leber": eats(Person(34, conditions=("lebers-eye-disease",)), 6, 6),
    "if-older": eats(Person(67), 5, 0.0),
    "if-low-end": eats(Person(34, conditions=("crohns",)), 2.9),
    "if-usual-uptake": eats(OMNIVORE, 2.9),
    "if-unreliable": eats(VEGAN, 2.9, 2.9),
    "if-few-days": eats(OMNIVORE, 6, 3, days=2),
    "if-treated": eats(OMNIVORE, 5, supplements=(NEEDLE,)),
    "if-no-condition": eats(OMNIVORE, 6, 3),
}
#: Somebody for whom nothing but the plainest rows hold.
PLAIN = eats(OMNIVORE, 8, 8)
PLAIN_ROWS = {"verdict-meets", "if-no-condition", "if-no-condition-covers"}


def holding(plan: Plan) -> set[str]:
    return {rule.rule for rule in advised(plan, TABLES).rules}


def test_every_rule_has_an_example():
    assert set(EXAMPLES) == {rule.rule for rule in TABLES.rules.advice}


@pytest.mark.parametrize("rule", EXAMPLES)
def test_each_rule_holds_for_its_example(rule):
    assert rule in holding(EXAMPLES[rule])


def test_nothing_more_holds_for_somebody_plain():
    assert holding(PLAIN) == PLAIN_ROWS


def test_the_verdict_of_each_verdict_row_is_spoken():
    for name, plan in EXAMPLES.items():
        if name.startswith("verdict-"):
            assert advised(plan, TABLES).verdict.rule == name


FLAGS = {
    "no-target": EXAMPLES["verdict-no-target"],
    "infant": eats(Person(0)),
    "under-18": eats(Person(8)),
    "pregnant": eats(Person(30, "pregnant")),
    "breastfeeding": eats(Person(30, "breastfeeding")),
    "plant-based-life-stage": eats(Person(30, "breastfeeding", "vegetarian")),
    "no-reliable-source": eats(VEGAN, 0.06, 0.06),
    "no-dependable-source": eats(Person(34, reference_set="efsa-2015"), 1.0),
    "vegetarians-run-low": eats(Person(34, diet="vegetarian")),
    "weight-surgery": eats(Person(34, conditions=("sleeve-gastrectomy",))),
    "specialist-team": eats(Person(34, conditions=("duodenal-switch",))),
    "older-adult": eats(Person(51)),
    "oldest-adult": eats(Person(75)),
    "life-stage-not-covered": eats(Person(55, "pregnant")),
    "unknown-condition": eats(Person(34, conditions=("made-up-illness",))),
    "medicines": eats(Person(34, conditions=("colchicine",))),
    "metformin-test": eats(Person(66, conditions=("metformin",))),
    "child-high-dose": eats(Person(8), supplements=(Supplement("tablet", 20, 7),)),
    "dose-beyond-all": eats(OMNIVORE, supplements=(Supplement("tablet", 20000, 7),)),
    "nothing-eaten": EXAMPLES["verdict-nothing-eaten"],
    "one-day": eats(OMNIVORE, days=1),
    "days-not-entered": replace(eats(OMNIVORE), days=(*eats(OMNIVORE).days, Day("Day 8"))),
    "looks-incomplete": few_kcal(OMNIVORE),
    "unsure-target": eats(Person(1, reference_set="icmr-2020")),
    "need-is-ioms": eats(Person(34, reference_set="efsa-2015")),
}


def test_every_flag_has_an_example_and_none_is_shown_to_somebody_plain():
    assert set(FLAGS) == {flag.flag for flag in TABLES.rules.flags}
    assert advised(PLAIN, TABLES).flags == ()


@pytest.mark.parametrize("flag", FLAGS)
def test_each_flag_is_told(flag):
    told = {f.id: f for f in advised(FLAGS[flag], TABLES).flags}
    assert told[flag].text
    order = [f.level for f in advised(FLAGS[flag], TABLES).flags]
    assert order == sorted(order, key=("urgent", "clinician", "discuss", "info").index), "gravest first"


# What leads, by cause ----------------------------------------------------------------------------

LEADS = [
    (Person(34, conditions=("pernicious-anaemia",)), ["clinician"]),
    (Person(34, conditions=("total-gastrectomy", "ppi")), ["clinician"]),
    (Person(60, diet="vegan", conditions=("ileal-resection-long",)), ["clinician"]),
    (Person(34, conditions=("nitrous-oxide",)), ["urgent"]),
    (Person(34, conditions=("nitrous-oxide", "pernicious-anaemia")), ["urgent"]),
    (Person(0), ["clinician"]),
    (Person(45, conditions=("gastric-bypass",)), ["clinician"]),
    (Person(45, diet="vegan", conditions=("sleeve-gastrectomy",)), ["clinician"]),
    (Person(45, conditions=("partial-gastrectomy",)), ["clinician"]),
    (Person(34, conditions=("metformin",)), ["discuss", "added-first"]),
    (Person(34, conditions=("coeliac",)), ["test-first"]),
    (Person(34, conditions=("made-up-illness",)), ["test-first"]),
    (Person(30, "pregnant"), ["discuss", "foods"]),
    (Person(30, "pregnant", "vegan"), ["clinician", "reliable-source"]),
    (Person(12), ["discuss", "foods"]),
    (Person(51), ["added-first"]),
    (Person(50), ["foods"]),
    (Person(34, conditions=("ppi",)), ["discuss", "added-first"]),
    (Person(34, conditions=("atrophic-gastritis",)), ["test-first", "added-first"]),
    (Person(34, diet="vegan"), ["reliable-source"]),
    (Person(60, diet="vegan"), ["reliable-source", "added-first"]),
    (Person(34, diet="vegan", conditions=("metformin",)), ["discuss", "reliable-source", "added-first"]),
    (Person(34, diet="vegetarian"), ["foods"]),
    (Person(34), ["foods"]),
]


@pytest.mark.parametrize(("person", "leads"), LEADS)
def test_what_leads_by_cause(person, leads):
    assert [rule.value for rule in advised(eats(person), TABLES).leads] == leads


@pytest.mark.parametrize("supplements", [(DAILY,), (WEEKLY,), (NEEDLE,), (Supplement("tablet", 5, 14, True),)], ids=str)
def test_a_vegan_who_takes_enough_is_not_sent_for_a_source(supplements):
    advice = advised(eats(VEGAN, 0.0, supplements=supplements), TABLES)
    assert Lead.RELIABLE_SOURCE not in [rule.value for rule in advice.leads]
    assert "no-reliable-source" not in {flag.id for flag in advice.flags}


@pytest.mark.parametrize(
    ("plan", "reliable"),
    [
        (eats(VEGAN, 3.0, 3.0), True),
        (eats(VEGAN, 2.9, 2.9), False),
        (eats(VEGAN, 3.0, 0.0), False),  # bound in food, whatever food that would be
        (eats(Person(34, diet="vegan", reference_set="efsa-2015"), 3.5, 3.5), False),  # below the AI of 4
        (eats(Person(34, diet="vegan", reference_set="efsa-2015"), 4.0, 4.0), True),
        (eats(VEGAN, 0.0, supplements=(Supplement("tablet", 9, 7),)), False),
        (eats(VEGAN, 0.0, supplements=(Supplement("tablet", 1000, 1),)), False),
        (eats(VEGAN, 0.0, supplements=(Supplement("tablet", 1000, 2),)), True),
    ],
)
def test_what_counts_as_a_reliable_source(plan, reliable):
    assert ("reliable-source" in advised(plan, TABLES).facts) is reliable


def test_one_meal_of_3_ug_is_no_reliable_source():
    rich = own("rich", 6.0, 6.0, "vegan")
    plan = Plan(VEGAN, one_meal_days({"lunch": [(rich, 100.0)]}, 7), (), (rich,))
    assert "reliable-source" not in advised(plan, TABLES).facts


# What may be claimed -----------------------------------------------------------------------------

NO = False
CLAIMS = [
    (PLAIN, {"closes": "if", "covers": "if", "nothing-open": "if", "meets": "if", "stores": "if"}),
    (eats(BYPASS, 9, 9), dict.fromkeys(Claim, NO)),
    (eats(Person(34, conditions=("pernicious-anaemia",)), 9, 9), dict.fromkeys(Claim, NO)),
    (eats(Person(34, conditions=("nitrous-oxide",)), 9, 9), dict.fromkeys(Claim, NO)),
    (eats(Person(0), 9, 9), dict.fromkeys(Claim, NO)),
    (eats(Person(34, conditions=("coeliac",)), 9, 9), {"closes": "if", "covers": "if", "nothing-open": "if", "meets": "if", "stores": NO}),
    (eats(Person(34, conditions=("metformin",)), 9, 9), dict.fromkeys(Claim, "if")),
    (eats(EXPECTING, 9, 9), {"closes": NO, "covers": NO, "nothing-open": NO, "meets": NO, "stores": NO}),
    (eats(Person(12), 9, 9), {"closes": "if", "covers": "if", "stores": NO}),
    (eats(VEGAN, 0.06, 0.06), {"closes": NO, "nothing-open": NO, "meets": NO, "covers": "if"}),
    (eats(OMNIVORE, 5, supplements=(NEEDLE,)), {"covers": NO, "nothing-open": NO, "meets": NO}),
    (Plan(OMNIVORE), {"nothing-open": NO, "meets": NO, "stores": NO}),
]


@pytest.mark.parametrize(("plan", "claims"), CLAIMS)
def test_what_may_be_claimed(plan, claims):
    advice = advised(plan, TABLES)
    for claim, wanted in claims.items():
        permission = advice.claim(Claim(claim))
        assert permission.may is (wanted is not NO), claim
        assert bool(permission.only_if) is (wanted == "if"), claim
        assert permission.rows, "every answer carries the rows it came from"


#: Any person at all, with any of several plans.
people = st.builds(
    Person,
    st.sampled_from([0, 1, 3, 8, 13, 17, 18, 34, 50, 51, 65, 75, 90]),
    st.sampled_from(LifeStage),
    st.sampled_from(Diet),
    st.just(()),
    st.lists(st.sampled_from([*TABLES.conditions, *TABLES.rules.details, "made-up-illness"]), max_size=3, unique=True).map(tuple),
    st.sampled_from([*TABLES.reference_sets, "mars-2050"]),
)
plans = st.builds(
    eats,
    people,
    st.sampled_from([0.0, 0.3, 1.2, 2.4, 10.0]),
    st.just(0.0),
    days=st.sampled_from([1, 2, 7]),
    supplements=st.lists(st.sampled_from([DAILY, WEEKLY, NEEDLE]), max_size=2).map(tuple),
    unknown=st.booleans(),
)


@given(plans)
def test_everybody_gets_one_answer_with_its_rows(plan):
    advice = advised(plan, TABLES)
    assert "verdict" in advice.verdict.decides
    assert set(advice.claims) == set(Claim)
    assert {rule.rule for p in advice.claims.values() for rule in p.rows} <= {rule.rule for rule in advice.rules}
    assert advised(plan, TABLES) == advice
    assert set(advice.source_ids) <= set(TABLES.sources)


@given(plans)
def test_a_graver_situation_never_permits_more(plan):
    """Naming one more severe condition opens no claim and no offer."""
    severe = replace(plan, person=replace(plan.person, conditions=(*plan.person.conditions, "gastric-bypass")))
    before, after = advised(plan, TABLES), advised(severe, TABLES)
    for claim in Claim:
        assert not after.claim(claim).may or before.claim(claim).may
    assert list(FoodOffer).index(after.foods) <= list(FoodOffer).index(before.foods)
    assert list(RegimenOffer).index(after.regimens) <= list(RegimenOffer).index(before.regimens)
    assert list(Who).index(after.who) >= list(Who).index(before.who)


@given(plans)
def test_what_is_not_permitted_is_not_offered(plan):
    advice = advised(plan, TABLES)
    if advice.foods is FoodOffer.NO:
        assert suggest(advice, TABLES) == ()
    effects = compare(advice, TABLES)
    if advice.regimens is RegimenOffer.NO:
        assert effects == ()
    if not advice.may_choose:
        assert not any(e.supplement for e in effects)


# A change of the data that is no sense stops the start -------------------------------------------


@cache
def header(table: str) -> tuple[str, ...]:
    return tuple(csv_rows(table)[0])


@pytest.fixture
def folder(tmp_path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data", ignore=lambda _, names: [n for n in names if not n.endswith(".csv")]))


def change(folder: Path, table: str, row: str, column: str, value: str) -> None:
    """One cell written anew, and the manifest with it, as somebody does who edits data/."""
    key = header(table)[0]
    rows = csv_rows(table)
    next(r for r in rows if r[key] == row)[column] = value
    with (folder / f"{table}.csv").open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, header(table), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    (folder / "manifest.csv").write_text(manifest.renewed_text(folder), encoding="utf-8")


BAD = [
    ("advice_rules", "lead-foods", "when", "vegn", "vegn"),
    ("advice_rules", "lead-foods", "decides", "leds", "leds"),
    ("advice_rules", "lead-foods", "value", "food", "food"),
    ("advice_rules", "lead-foods", "regimens", "tablet-11-daily", "tablet-11-daily"),
    ("advice_rules", "lead-foods", "then", "halt", "halt"),
    ("advice_rules", "lead-foods", "text", "", "text"),
    ("advice_rules", "lead-foods", "decides", "", "decides"),
    ("advice_rules", "no-claim", "value", "perhaps", "perhaps"),
    ("advice_rules", "if-older", "text", "", "text"),
    ("advice_rules", "verdict-meets", "value", "splendid", "splendid"),
    ("flags", "infant", "when", "baby", "baby"),
    ("flags", "infant", "level", "grave", "grave"),
    ("regimens", "tablet-10-daily", "when", "vegn", "vegn"),
    ("regimens", "tablet-10-daily", "cautions", "chek-label", "chek-label"),
    ("regimen_cautions", "expecting", "when", "pregnent", "pregnent"),
    ("conditions", "coeliac", "level", "grave", "grave"),
    ("conditions", "coeliac", "malabsorption", "bad", "bad"),
    ("condition_details", "acid-reducer-over-a-year", "conditions", "ppi h3-blocker", "h3-blocker"),
    ("condition_names", "omeprazole", "condition", "pppi", "pppi"),
    ("triage_rules", "emergency", "when", "red-flag-nw", "red-flag-nw"),
    ("risk_factors", "plant-diet", "when", "vegn", "vegn"),
    ("guidelines", "lifelong", "when", "pernicous", "pernicous"),
    ("questions", "infant", "when", "baby", "baby"),
    ("blood_test_cautions", "pregnancy", "when", "pregnent", "pregnent"),
]


@pytest.mark.parametrize(("table", "row", "column", "value", "named"), BAD)
def test_a_word_that_nobody_explains_stops_the_start_with_its_row_named(folder, table, row, column, value, named):
    change(folder, table, row, column, value)
    with pytest.raises(TableError) as error:
        load_tables(folder)
        load_care_tables(folder)
    sentence = data_faults.sentence(error.value)
    assert f"{table}.csv" in sentence
    assert row in sentence
    assert named in sentence
    assert "No figure is shown" in sentence


UNEVEN = {
    "a comma outside of quotes": lambda row: row.replace(",info,", ",info,a,"),
    "a cell more": lambda row: f"{row},one more",
    "a cell less": lambda row: row.rpartition(",")[0],
}


@pytest.mark.parametrize("uneven", UNEVEN.values(), ids=UNEVEN)
def test_a_row_that_is_not_as_wide_as_the_header_stops_the_start(folder, uneven):
    """A comma outside of quotes would move a warning into another column, unseen."""
    for table in DATA.glob("*.csv"):
        shutil.copy(table, folder / table.name)
    path = folder / "flags.csv"
    first, row, *rest = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join((first, uneven(row), *rest)) + "\n", encoding="utf-8")
    (folder / "manifest.csv").write_text(manifest.renewed_text(folder), encoding="utf-8")
    with pytest.raises(TableError) as error:
        load_tables(folder)
    assert "flags.csv, line 2" in data_faults.sentence(error.value)


def test_a_good_change_is_read(folder):
    change(folder, "advice_rules", "lead-foods", "text", "Food first. Then the rest.")
    assert {r.rule: r for r in load_tables(folder).rules.advice}["lead-foods"].text == "Food first. Then the rest."


# The table and its description -------------------------------------------------------------------


def test_every_rule_of_the_list_is_described_and_every_locator_leads_to_a_paragraph():
    rules = (ROOT / "docs" / "advice.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^- \*\*(A\d+)\.\*\*", rules, re.MULTILINE))
    assert described == {f"A{n}" for n in range(1, 26)}
    for table in ("advice_rules", "flags", "guidelines"):
        for row in csv_rows(table):
            assert set(row.get("answers", "").split()) <= described, row
            assert set(re.findall(r"rules of advice, (A\d+)", row["locator"])) <= described, row
    columns = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    assert set(DECIDES) <= set(re.findall(r"[a-z-]+", columns))


def test_every_source_of_a_row_has_its_own_place():
    for table in ("advice_rules", "flags", "condition_details", "age_bands"):
        for row in csv_rows(table):
            assert len(row["source_id"].split()) == len(row["locator"].split(";")) or len(row["source_id"].split()) == 1, row
