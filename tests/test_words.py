"""What the app says keeps to the health rules: it informs, it names no disease, it changes no medicine."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import import_module
from itertools import product
from pkgutil import iter_modules

import pytest
from conftest import advised, csv_rows, one_meal_days, own

from dashboard import words
from dashboard.advice import outlook as ways_on
from dashboard.advice import regimens
from dashboard.advice.advise import Advice, Claim
from dashboard.advice.changes import changes
from dashboard.advice.suggest import suggest
from dashboard.estimate import equivalents
from dashboard.estimate.assess import assess
from dashboard.estimate.held_back import flows
from dashboard.pictures import sources_of_b12
from dashboard.plan import DAY_NAMES, SUPPLEMENT_FORMS, Day, Diet, Item, LifeStage, OwnFood, Person, Plan, Supplement
from dashboard.tables.decisions import SpokenVerdict
from dashboard.tables.read import load_tables
from dashboard.tables.science import Band
from dashboard.weeks.food_record.faults import fault
from dashboard.words import food_record, meal_flow, notices, offers, outlook, verdict
from dashboard.words import shortfall as short
from dashboard.words import suggestions as shown

TABLES = load_tables()

#: the health rules, "must not". Each with a sentence it has to catch.
FORBIDDEN = {
    r"\byou are (likely |probably |severely )?deficient\b": "You are deficient.",
    r"\byou (may |might |could |probably |likely )?have (a |an )?(b12 )?(deficiency|pernicious|anaemia)": "You have pernicious anaemia.",
    r"\byou (do not|don't) have\b": "You do not have a deficiency.",
    r"(?<!not )\bstop (taking|using|your)\b": "Stop taking metformin.",
    r"\b(reduce|lower|halve|change|skip|raise|increase) your (dose|medicine|metformin|ppi)\b": "Reduce your dose.",
    r"\bcur(e|es|ed|ing)\b": "This cures it.",
    r"\bsafe (upper )?(limit|level|dose|amount)\b|\bupper limit is\b|\bcompletely safe\b|\bharmless\b": "The safe upper limit is 2000.",
    r"\bnormal\b(?! check-ups)": "Your level is normal.",  # "your normal check-ups" speaks of appointments
    r"\bdiagnos": "This is your diagnosis.",
    r"\bguarantee": "We guarantee it.",
    r"\b(boosts?|gives?( you)?( more)?) energy\b|\benergy boost\b": "Gives you energy.",
    r"\b(lose|losing) weight\b|\bweight loss\b": "Helps you lose weight.",
    r"\b(inject yourself|take an injection|inject \d)": "Inject 1000 a month.",
    r"\bno need to (see|ask|tell)\b|\byou need no (doctor|clinician)\b": "No need to see a doctor.",
    r"\bfood (is|will be) enough\b|\btablets (are|will be) enough\b": "Tablets are enough.",
    r"\bRDA is (unsafe|dangerous)\b|\btoxic\b|\boverdose\b": "That is an overdose.",
}


@pytest.mark.parametrize(("pattern", "sentence"), list(FORBIDDEN.items()), ids=list(FORBIDDEN.values()))
def test_the_rules_catch_what_they_are_for(pattern, sentence):
    assert re.search(pattern, sentence, re.IGNORECASE)


def forbidden_in(text: str) -> list[str]:
    return [f"{found.group(0)!r} in {text!r}" for p in FORBIDDEN if (found := re.search(p, text, re.IGNORECASE))]


# Plans of every kind -----------------------------------------------------------------------------

KNOWN, UNKNOWN = own("known", 1.0, 0.5), own("unknown", None)
EVERY_CONDITION = tuple(TABLES.conditions)


def full_day(name: str) -> Day:
    return Day(name, (tuple(Item(KNOWN.id, 5000) for _ in range(40)),) * 4)


EXTREME = {
    "nothing": Plan(),
    "nothing, vegan": Plan(Person(34, diet="vegan")),
    "seven empty days": Plan(Person(70, diet="vegetarian"), tuple(Day(d) for d in DAY_NAMES[1:8])),
    "a baby": Plan(Person(0, diet="vegan")),
    "a baby without a target": Plan(Person(0, reference_set="efsa-2015")),
    "no such reference set": Plan(Person(34, reference_set="mars-2050")),
    "a child without a target": Plan(Person(8, reference_set="japan-2020")),
    "only foods without a value": Plan(days=one_meal_days({"lunch": [(UNKNOWN, 50)]}, 7), own_foods=(UNKNOWN,)),
    "foods with and without a value": Plan(days=one_meal_days({"lunch": [(UNKNOWN, 50), (KNOWN, 100)]}, 7), own_foods=(UNKNOWN, KNOWN)),
    "more than the target, one without a value": Plan(
        days=one_meal_days({"lunch": [(UNKNOWN, 50), (KNOWN, 2000)]}, 7), own_foods=(UNKNOWN, KNOWN)
    ),
    "a food that is gone": Plan(days=(Day("Monday", ((Item("gtin:00000000", 10),), (), (), ())),)),
    "as full as a plan can be": Plan(
        Person(120), tuple(full_day(d) for d in DAY_NAMES[8:39]), (Supplement("tablet", 20000, 70),) * 12, (KNOWN,)
    ),
    "a trace": Plan(days=one_meal_days({"snack": [(own("trace", 0.001), 1)]}, 3), own_foods=(own("trace", 0.001),)),
    "nothing but a supplement never taken": Plan(supplements=(Supplement("tablet", 1000, 0),)),
    "a supplement of nothing": Plan(supplements=(Supplement("tablet", 0, 7),)),
    "every form": Plan(supplements=tuple(Supplement(f, 1000, n / 2, n % 2 == 0) for n, f in enumerate(SUPPLEMENT_FORMS, 1))),
    "every condition": Plan(Person(80, conditions=EVERY_CONDITION)),
    "an illness nobody knows": Plan(Person(80, conditions=("made-up-illness",))),
    "zero grams": Plan(days=one_meal_days({"lunch": [(KNOWN, 0)]}, 3), own_foods=(KNOWN,)),
    "pregnant at 80": Plan(Person(80, "pregnant", "vegan")),
    "markup in a label": Plan(
        days=one_meal_days({"lunch": [(OwnFood("x", "**Bold** _drink_ $x$", 3.0), 100)]}, 3),
        own_foods=(OwnFood("x", "**Bold** _drink_ $x$", 3.0),),
    ),
}
for week in ("vegan-typical", "vegan-unfortified", "vegetarian", "omnivore", "vegetarian-india"):
    of_week = TABLES.starter_week(week)
    for person_age, life_stage in ((8, LifeStage.NONE), (34, LifeStage.NONE), (30, LifeStage.PREGNANT), (70, LifeStage.NONE)):
        EXTREME[f"{week} {person_age} {life_stage}"] = Plan(Person(person_age, life_stage, of_week.diet), of_week.days)
for one in EVERY_CONDITION:
    EXTREME[f"omnivore with {one}"] = Plan(Person(55, conditions=(one,)), TABLES.starter_week("omnivore").days)
for one in TABLES.reference_sets:
    EXTREME[f"vegetarian by {one}"] = Plan(Person(40, diet="vegetarian", reference_set=one), TABLES.starter_week("vegetarian").days)


def sentences(advice: Advice) -> list[str]:
    """Everything that can be said about a plan."""
    a = advice.assessment
    said = [
        words.intake(a),
        words.unknown(a),
        verdict.verdict(advice),
        verdict.usable(advice),
        verdict.headline(advice),
        short.shortfall(advice),
        short.uptake(a),
        offers.nothing_to_suggest(advice),
        offers.forms(advice),
        short.foods(a),
        short.alt_days(a),
        short.alt_foods([row[:2] for row in sources_of_b12.bringers(a)]),
        meal_flow.title(flows(a, TABLES)),
        meal_flow.bring_none(flows(a, TABLES)),
        meal_flow.alt(flows(a, TABLES), meal_flow.held_by(a)),
        words.welcome(a.plan.person.diet),
    ]
    said += [notice.text for notice in notices.notices(advice)]
    said += [offers.next_step(None, advice), offers.no_plans(advice)]
    said += [offers.supplement(s) for s in a.plan.supplements]
    said += [verdict.clause(rule, advice) for claim in Claim for rule in advice.claim(claim).only_if]
    for s in suggest(advice, TABLES):
        said += [offers.suggestion(s, a), offers.effect(s, advice), offers.stays_open(s, advice), offers.gain(s), *shown.card(s, a)]
    for c in changes(advice, TABLES):
        said += [shown.change(c, advice), shown.change_effect(c, advice), shown.change_advice(c)]
    said += shown.first_of_all(advice).split("\n\n")
    person = equivalents.curve(TABLES, a.levers)
    said.append(shown.dose_response(person, person, a))
    for e in regimens.compare(advice, TABLES):
        said += [offers.regimen_covers(e, advice), offers.regimen(e, advice)]
    for eaten in a.eaten[:30]:
        said.append(words.portion(eaten.food, eaten.grams))
        if eaten.food:
            said.append(words.food_b12(eaten.food, eaten.grams))
    return said


@pytest.fixture(scope="module")
def spoken() -> dict[str, tuple[Advice, list[str]]]:
    every = {name: advised(plan, TABLES) for name, plan in EXTREME.items()}
    return {name: (advice, sentences(advice)) for name, advice in every.items()}


@pytest.mark.parametrize("name", EXTREME)
def test_nothing_forbidden_is_said(spoken, name):
    assert [bad for text in spoken[name][1] for bad in forbidden_in(text)] == []


@pytest.mark.parametrize("name", EXTREME)
def test_sentences_hold_no_leftovers(spoken, name):
    for text in spoken[name][1]:
        assert isinstance(text, str)
        assert not re.search(r"\bnan\b|\binf\b|\bNone\b|[{}]|\bBand\(|  | \.|\.\.|-0\.0|\bmcg\b", text.replace("\n", " ")), text


@pytest.mark.parametrize("name", EXTREME)
def test_every_amount_has_at_most_two_decimals(spoken, name):
    for text in spoken[name][1]:
        assert not re.search(r"\d\.\d{3,}", text), text


@pytest.mark.parametrize("name", EXTREME)
def test_nothing_is_said_as_0(spoken, name):
    """Nought is said as "none" or "no", never as "0 µg", "0.0 µg" or "none a day"."""
    for text in spoken[name][1]:
        assert not re.search(r"(?<![\d.,])0(\.0+)? µg|\bnone a day\b", text), text


@pytest.mark.parametrize("name", EXTREME)
def test_a_total_with_an_unknown_reads_at_least(spoken, name):
    advice, _ = spoken[name]
    a = advice.assessment
    said = words.intake(a)
    if a.at_least and a.intake_ug:
        assert said.startswith("at least ")
    else:
        assert "at least" not in said
    if a.at_least:
        assert str(a.intake.unknown) in verdict.headline(advice)
        assert "no B12 value" in verdict.headline(advice)


@pytest.mark.parametrize("name", EXTREME)
def test_without_intrinsic_factor_nothing_is_called_enough(spoken, name):
    advice, said = spoken[name]
    if advice.assessment.levers.no_intrinsic_factor:
        assert "clinician" in verdict.verdict(advice) or not advice.plans or advice.urgent
        for text in said:
            assert not re.search(r"\blikely enough\b|\bNothing (is|seems to be) missing\b|\bThe intake meets\b|\byes\b", text), text
        assert {offers.regimen_covers(e, advice) for e in regimens.compare(advice, TABLES)} <= {"a clinician decides"}
    elif advice.assessment.conditions == ():
        assert verdict.VERDICTS["uptake-decides"] not in said


@pytest.mark.parametrize("name", EXTREME)
def test_an_ai_is_not_read_as_a_requirement(spoken, name):
    """Below an AI nothing is concluded (published verdicts)."""
    advice, _ = spoken[name]
    target = advice.assessment.target
    if target and target.average_ug is None:
        assert not re.search(r"likely too low|may be too low", verdict.verdict(advice))


def test_the_unknown_food_is_said_to_have_no_value():
    a = advised(EXTREME["foods with and without a value"], TABLES).assessment
    assert "7 of 14 foods have no B12 value" in words.unknown(a)
    assert "no value" in short.foods(a).casefold()
    assert words.food_b12(next(e.food for e in a.eaten if e.total_ug is None), 100) == "no value"


def test_fixed_texts_keep_to_the_rules():
    modules = [words, *(import_module(f"{words.__name__}.{found.name}") for found in iter_modules(words.__path__))]
    held = [v for module in modules for k, v in vars(module).items() if k.isupper()]
    fixed = [v for v in held if isinstance(v, str)]
    fixed += [str(text) for table in held if isinstance(table, dict) for text in table.values()]
    assert len(fixed) > 200
    assert [bad for text in fixed for bad in forbidden_in(text)] == []


def test_the_disclaimer_says_what_it_must():
    for part in ("not medical advice", "doctor", "food tables", "Do not delay seeking care"):
        assert part in words.DISCLAIMER
    assert "Do not stop" in next(flag.text for flag in TABLES.rules.flags if flag.flag == "medicines")


# Texts of the tables -----------------------------------------------------------------------------

SPOKEN_COLUMNS = {
    "conditions": ("label", "text", "helps", "evidence"),
    "regimens": ("label", "for_whom", "evidence"),
    "regimen_cautions": ("text",),
    "flags": ("text",),
    "reference_sets": ("label", "note"),
    "reference_intakes": ("note",),
    "suggestion_groups": ("family", "reason"),
    "swaps": ("reason",),
    "advice_rules": ("text",),
    "age_bands": ("meaning",),
    "condition_details": ("question",),
    "exclusions": ("label",),
    "foods": ("note",),
    "model_parameters": ("note",),
}


@pytest.mark.parametrize(("table", "column"), [(t, c) for t, columns in SPOKEN_COLUMNS.items() for c in columns])
def test_nothing_forbidden_stands_in_the_tables(table, column):
    assert [bad for row in csv_rows(table) for bad in forbidden_in(row[column])] == []


def test_medicines_are_never_to_be_stopped():
    for row in csv_rows("conditions"):
        if row["kind"] == "medicine":
            assert "Do not stop it" in row["helps"], row["condition"]
            assert re.search(r"prescriber or pharmacist", row["helps"]), row["condition"]


def test_without_intrinsic_factor_the_texts_send_to_a_clinician():
    for row in csv_rows("conditions"):
        if row["g_high"] == "0":
            assert row["level"] in ("clinician", "urgent")
            assert "clinician" in row["helps"]
            assert "cannot take its place" in row["helps"]


def test_nitrous_oxide_is_urgent():
    row = next(r for r in csv_rows("conditions") if r["condition"] == "nitrous-oxide")
    assert row["level"] == "urgent"
    assert "same day" in row["helps"]


def test_young_pregnant_and_breastfeeding_are_sent_to_a_professional_first():
    """A row for adults is never shown to anybody under 18, who has rows of their own."""
    for row in csv_rows("regimens"):
        if row["when"].startswith("child-"):
            assert row["advice"] == "discuss-first"
            assert "child-asks-first" in row["cautions"].split(), row["regimen"]
            continue
        assert {"!child", "!infant"} <= set(row["when"].split()), row["regimen"]
        if row["route"] == "oral":
            assert {"expecting", "may-be-expecting"} <= set(row["cautions"].split()), row["regimen"]


def test_injections_are_for_information_only():
    text = {row["caution"]: row["text"] for row in csv_rows("regimen_cautions")}
    for row in csv_rows("regimens"):
        if row["form"] == "injection":
            assert "For information only" in " ".join(text[caution] for caution in row["cautions"].split())
            assert row["advice"] == "clinician"


# Amounts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (0, "none"),
        (0.0, "none"),
        (None, "no value"),
        (0.003, "under 0.01 µg"),
        (0.05, "0.05 µg"),
        (0.9, "0.9 µg"),
        (0.94, "0.9 µg"),
        (1.93, "1.9 µg"),
        (2.4, "2.4 µg"),
        (13.25, "13.2 µg"),
        (20.0, "20 µg"),
        (1000.0, "1,000 µg"),
        (20000.4, "20,000 µg"),
    ],
)
def test_amounts(amount, said):
    assert words.amount_ug(amount) == said


def test_a_band_of_nothing_is_none():
    assert words.band_ug(Band(0, 0, 0)) == "none"
    assert words.band_ug(Band(0.7, 0.9, 1.1)) == "0.9 µg (0.7 to 1.1)"


@pytest.mark.parametrize(
    ("supplement", "said"),
    [
        (Supplement("tablet", 10, 7, True), "Tablet 10 µg daily, with food"),
        (Supplement("tablet", 10, 14, False), "Tablet 10 µg twice a day, apart from food"),
        (Supplement("sublingual", 1000, 2, False), "Tablet under the tongue 1,000 µg 2 × a week, apart from food"),
        (Supplement("tablet", 10, 0, True), "Tablet 10 µg never, with food"),
    ],
)
def test_supplements(supplement, said):
    assert offers.supplement(supplement) == said


def test_an_injection_every_three_months_is_said_so():
    assert offers.supplement(Supplement("injection", 1000, 0.0769, False)) == "Injection 1,000 µg every 13 weeks"


@pytest.mark.parametrize(("diet", "stage"), list(product(Diet, LifeStage)))
def test_every_choice_has_a_label(diet, stage):
    assert words.DIET_LABELS[diet]
    assert words.DIET_SHORT[diet]
    assert words.LIFE_STAGE_LABELS[stage]


def test_every_word_of_the_tables_has_a_label():
    assert {r.form for r in TABLES.regimens.values()} | set(SUPPLEMENT_FORMS) <= set(words.FORM_LABELS)
    assert {r.advice for r in TABLES.regimens.values()} <= set(words.ADVICE_LABELS)
    assert {p.mark for p in TABLES.parameters.values()} | {r.mark for r in TABLES.references} <= set(words.MARK_LABELS)
    assert {f.diet for f in TABLES.foods.values()} <= set(words.DIET_CLASS_LABELS)


# What a verdict may say --------------------------------------------------------------------------

OMNIVORE_WEEK = TABLES.starter_week("omnivore").days
BARE_WEEK = TABLES.starter_week("vegan-unfortified").days
PRAISE = r"\bmeets\b|likely enough|Nothing (is|seems to be) missing"


def _advice(person: Person, days=OMNIVORE_WEEK, *supplements: Supplement) -> Advice:
    return advised(Plan(person, days, supplements), TABLES)


def _headline(person: Person, days=OMNIVORE_WEEK, *supplements: Supplement) -> str:
    return verdict.headline(_advice(person, days, *supplements))


def test_every_verdict_that_a_rule_may_name_has_its_sentence():
    assert set(verdict.VERDICTS) == set(SpokenVerdict)


@pytest.mark.parametrize("condition", ["pernicious-anaemia", "total-gastrectomy", "ileal-resection-long"])
def test_without_intrinsic_factor_a_large_tablet_is_not_said_to_meet_anything(condition):
    said = _headline(Person(45, conditions=(condition,)), OMNIVORE_WEEK, Supplement("tablet", 1000, 7))
    assert "a clinician, who decides what is enough" in said
    assert not re.search(PRAISE, said)


def test_what_calls_for_help_is_told_before_any_praise():
    advice = _advice(Person(25, conditions=("nitrous-oxide",)))
    said = verdict.headline(advice)
    assert verdict.VERDICTS["help-first"] in said
    assert not re.search(PRAISE, said)
    assert "Get medical help the same day" in advice.flags[0].text
    o = ways_on.outlook(advice.assessment, TABLES, 10)
    assert "medical help" in outlook.answer(o, advice, TABLES)
    assert "stay above" not in outlook.answer(o, advice, TABLES)


def test_no_verdict_on_a_baby():
    said = _headline(Person(0))
    assert verdict.VERDICTS["not-planned"] in said
    assert not re.search(r"meets|Meets|likely|short", said)


def test_a_condition_with_an_unknown_effect_stands_in_the_verdict_itself():
    said = verdict.verdict(_advice(Person(50, conditions=("metformin",))))
    assert "likely enough if your uptake is not lowered by what you named (Metformin)" in said


def test_below_an_ai_the_intake_gives_no_conclusion_and_the_need_is_said_as_ioms():
    eaten = own("three", 3.0)
    advice = advised(Plan(Person(50, reference_set="efsa-2015"), one_meal_days({"lunch": [(eaten, 100)]}, 7), (), (eaten,)), TABLES)
    said = verdict.headline(advice)
    assert "less than it need not be too little" in said
    assert "You need about 1.2 µg of that (the need behind the US values)" in said


def test_below_half_of_an_ai_a_vegan_reads_that_no_source_can_be_relied_on():
    said = _headline(Person(50, diet=Diet.VEGAN, reference_set="efsa-2015"), BARE_WEEK)
    assert "no dependable source of B12" in said


def test_a_regimen_covers_ioms_need_whatever_the_ai():
    advice = _advice(Person(34, diet=Diet.VEGAN, reference_set="efsa-2015"), BARE_WEEK)
    ten = next(e for e in regimens.compare(advice, TABLES) if e.regimen.regimen == "tablet-10-daily")
    assert "of 1.2 µg needed" in offers.regimen(ten, advice)
    assert ten.covers_need_alone
    said = words.need_said(advice.assessment)
    assert "1.2 µg a day: half the RDA, United States and Canada, IOM 1998" in said
    assert "The AI, European Union, EFSA 2015, rests on blood values" in said


def test_where_nobody_gives_a_need_none_is_said():
    advice = _advice(Person(52, LifeStage.PREGNANT, reference_set="efsa-2015"))
    assert advice.assessment.need_ug is None
    assert (words.need_said(advice.assessment), shown.need_line(advice)) == ("", "")
    assert "You need" not in verdict.usable(advice)
    assert all(e.covers_need_alone is None for e in regimens.compare(advice, TABLES))


def test_a_need_of_two_decimals_is_said_with_both():
    assert "You need about 0.45 µg of that" in verdict.usable(_advice(Person(2)))


def test_usable_on_one_day_gives_no_conclusion():
    said = verdict.verdict(_advice(Person(34), BARE_WEEK[:1]))
    assert "Fewer than three days say little" in said
    assert "likely too low" not in said


def test_what_meets_on_one_day_gets_no_good_word():
    fed = own("fed", 5.0, 5.0)
    plan = Plan(Person(34), one_meal_days({"lunch": [(fed, 100)], "dinner": [(fed, 100)]}), (), (fed,))
    said = verdict.verdict(advised(plan, TABLES))
    assert "meets the RDA of 2.4 µg on the 1 day entered" in said
    assert "likely enough" not in said


def test_a_large_weekly_dose_rests_on_the_supplement():
    advice = _advice(Person(34, diet=Diet.VEGAN), BARE_WEEK, Supplement("tablet", 2000, 1))
    assert "only in small part" in offers.forms(advice)
    assert offers.RESTS_ON_SUPPLEMENT in offers.nothing_to_suggest(advice)
    assert "Start with food" not in shown.first_of_all(advice)


def test_an_injection_is_left_to_the_clinician():
    advice = _advice(Person(34), OMNIVORE_WEEK, Supplement("injection", 1000, 0.0833))
    a = advice.assessment
    assert "your clinician decides what is enough" in verdict.verdict(advice)
    assert offers.KEEP_TREATMENT in offers.nothing_to_suggest(advice)
    assert f"Of {words.amount_ug(a.intake_ug)} swallowed a day" in short.uptake(a)
    assert "Of 11.9 µg given a day by injection or nasal spray about 3.0 µg stays in the body" in short.uptake(a)
    assert "no part of the intake: 11.9 µg a day" in verdict.headline(advice)
    assert words.intake(a) == words.intake(assess(replace(a.plan, supplements=()), TABLES))


def test_nothing_entered_is_no_verdict():
    advice = _advice(Person(34), (Day(),))
    a = advice.assessment
    for said in (verdict.verdict(advice), offers.nothing_to_suggest(advice), short.shortfall(advice)):
        assert said == verdict.VERDICTS["nothing-entered"]
    assert short.uptake(a) == short.UPTAKE_UNKNOWN
    assert words.intake(a) == "nothing entered yet"
    assert "not entered" in short.alt_days(a)
    assert verdict.usable(advice) == ""


def test_days_that_nobody_entered_are_said_to_be_left_out():
    advice = _advice(Person(34), (*OMNIVORE_WEEK[:5], Day("Saturday"), Day("Sunday")))
    assert "2 of 7 days are not entered and not counted." in verdict.headline(advice)
    assert "Saturday not entered" in short.alt_days(advice.assessment)
    assert words.days_left_out(assess(Plan(Person(34), OMNIVORE_WEEK), TABLES)) == ""


def test_a_band_of_next_to_nothing_is_said_so():
    assert words.band_ug(Band(0.0, 0.001, 0.004)) == "under 0.01 µg"
    assert words.band_ug(Band(0.001, 0.3, 0.5)) == "0.3 µg (0 to 0.5)"


def test_every_note_on_a_food_record_is_a_sentence_that_says_where():
    """What could not be read names its line or column, and no place for a value stays empty."""
    for code in food_record.FAULTS:
        values = dict.fromkeys(
            (
                "limit",
                "lines",
                "count",
                "cells",
                "headings",
                "total",
                "days",
                "kept",
                "lost",
                "why",
                "of",
                "people",
                "person",
                "last",
                "sheets",
                "more",
            ),
            "7",
        )
        said = food_record.fault(fault(code, 12, "Menge", "3", **values))
        assert "{" not in said
        assert said.strip() == said
        if "{line}" in food_record.FAULTS[code]:
            assert "12" in said
        if "{column}" in food_record.FAULTS[code]:
            assert "Menge" in said
