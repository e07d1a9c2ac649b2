"""Causes, signs and blood tests: the rules row by row, the health rules for wording, and both pages."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from conftest import address_of, advised, csv_rows
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.care import blood_tests, reminder
from dashboard.care import causes as care
from dashboard.care.blood_tests import Result, ResultError
from dashboard.care.causes import Effect
from dashboard.care.signs import URGENCIES, Answers, implied, triage
from dashboard.estimate.assess import assess
from dashboard.plan import Diet, LifeStage, Person, Plan, Supplement, link
from dashboard.tables.read import load_care_tables, load_tables
from dashboard.ui import causes_view as ui
from dashboard.weeks.starter import starter_plan
from dashboard.words import care as words
from dashboard.words import sources
from tests.test_pages import opened, text

TABLES, CARE = load_tables(), load_care_tables()
NEW_TABLES = (
    "symptoms",
    "red_flags",
    "risk_factors",
    "triage_rules",
    "blood_tests",
    "blood_test_cautions",
    "guidelines",
    "questions",
    "life_stages",
    "absorption_path",
)

# Statements and their sources --------------------------------------------------------------------


def test_every_text_of_the_words_has_a_source():
    known = {row["source_id"] for row in csv_rows("sources")}
    said = {n for n, v in vars(words).items() if not n.startswith("_") and n.isupper() and n != "SOURCES"}
    said |= {n for n, v in vars(words).items() if callable(v) and getattr(v, "__module__", "") == words.__name__ and not n.startswith("_")}
    assert len(said) > 60
    assert said == set(words.SOURCES)
    for name, ids in words.SOURCES.items():
        assert ids.split() and set(ids.split()) <= known, name
    assert set(words._STATED) <= said


@pytest.mark.parametrize("table", NEW_TABLES)
def test_every_row_resolves_with_place_unit_and_mark(table):
    known = {row["source_id"] for row in csv_rows("sources")}
    rows = csv_rows(table)
    assert rows
    for row in rows:
        assert row["source_id"].split() and set(row["source_id"].split()) <= known
        assert row["locator"] and row["unit"]
        assert row["mark"] in {"read", "read-2nd", "known", "unsure", "calc", "choice"}


# What the plan tells -----------------------------------------------------------------------------


def known(person: Person, **changes) -> frozenset[str]:
    return advised(Plan(person, **changes), TABLES).facts


STAGES = {
    0: {"infant"},
    1: {"child"},
    17: {"child"},
    18: set(),
    50: set(),
    51: {"age-51"},
    65: {"age-51", "age-65"},
    74: {"age-51", "age-65"},
    75: {"age-51", "age-75"},
}


@pytest.mark.parametrize(("age", "expected"), STAGES.items())
def test_life_stages_by_age(age, expected):
    every = {row["stage"] for row in csv_rows("life_stages")}
    assert known(Person(age)) & every == expected


def test_life_stages_by_choice():
    assert "pregnant" in known(Person(30, LifeStage.PREGNANT))
    assert "breastfeeding" in known(Person(30, LifeStage.BREASTFEEDING))


def test_what_the_plan_tells():
    said = known(Person(34, diet=Diet.VEGAN, conditions=("ppi", "pernicious-anaemia")))
    assert {"vegan", "ppi", "any-medicine", "any-stomach", "any-condition", "no-intrinsic-factor", "no-days-entered"} <= said
    assert not said & {"supplement", "meets-target", "below-target", "omnivore"}
    plain = known(Person(34), supplements=(Supplement("tablet", 100, 7),))
    assert {"omnivore", "supplement", "meets-target"} <= plain
    assert not plain & {"any-condition", "no-intrinsic-factor"}


def test_the_flag_for_75_and_over():
    assert "oldest-adult" in {f.id for f in advised(Plan(Person(75)), TABLES).flags}
    assert "oldest-adult" not in {f.id for f in advised(Plan(Person(74)), TABLES).flags}


# Red flags and rules, a test a row ---------------------------------------------------------------

RED_FLAGS = {
    "sudden-weakness": "now",
    "bladder-bowel": "now",
    "sight": "now",
    "confusion": "now",
    "psychosis": "now",
    "self-harm": "now",
    "seizure": "now",
    "chest-pain": "now",
    "fainting": "now",
    "breathless-at-rest": "now",
    "baby": "now",
    "unsteady": "today",
    "worsening-numbness": "today",
}


def test_every_red_flag_has_a_test():
    assert set(RED_FLAGS) == set(CARE.red_flags)


@pytest.mark.parametrize(("sign", "urgency"), RED_FLAGS.items())
def test_a_red_flag_sends_for_help(sign, urgency):
    t = triage(Answers(red_flags=frozenset({sign})), frozenset({"omnivore"}), CARE)
    assert t.rule.urgency == urgency
    assert t.red
    assert t.red_flags[0].sign == sign and t.red_flags[0].see
    assert re.search("now" if urgency == "now" else "today", t.rule.outcome)


def ticks(red: str = "", signs: str = "", risks: str = "") -> Answers:
    return Answers(frozenset(red.split()), frozenset(signs.split()), frozenset(risks.split()))


#: rule -> what is ticked, what the plan says, and how soon.
RULES = {
    "emergency": (ticks("chest-pain", "tingling", "nitrous-oxide"), "pregnant", "now"),
    "nitrous-nerves": (ticks("", "tingling", "nitrous-oxide"), "omnivore", "today"),
    "red-flag-today": (ticks("unsteady"), "omnivore", "today"),
    "infant-symptom": (ticks("", "child-growth"), "infant", "today"),
    "pregnant-nerves": (ticks("", "tingling"), "pregnant omnivore", "today"),
    "pregnant-symptom-risk": (ticks("", "tiredness"), "pregnant vegan", "today"),
    "pregnant-symptom": (ticks("", "tiredness"), "pregnant omnivore", "soon"),
    "treated-nerves": (ticks("", "tingling"), "no-intrinsic-factor", "soon"),
    "given-nerves": (ticks("", "tingling"), "given", "soon"),
    "nerves-risk": (ticks("", "tingling", "family"), "omnivore", "soon"),
    "child-symptom": (ticks("", "tiredness"), "child", "soon"),
    "breastfeeding-symptom": (ticks("", "tiredness"), "breastfeeding", "soon"),
    "nothing-eaten": (ticks("", "tiredness"), "nothing-eaten", "soon"),
    "not-better": (ticks("", "tiredness", "not-better family"), "omnivore", "appointment"),
    "symptom-risk": (ticks("", "tiredness", "medicine"), "omnivore", "appointment"),
    "nerves": (ticks("", "vision"), "omnivore", "appointment"),
    "symptom": (ticks("", "tongue"), "omnivore", "if-it-lasts"),
    "infant": (ticks(), "infant", "appointment"),
    "life-stage-plants": (ticks(), "vegan breastfeeding supplement", "appointment"),
    "child-no-source": (ticks("", "", "family"), "child vegan", "appointment"),
    "no-source": (ticks("", "", "no-source-year"), "omnivore", "appointment"),
    "nitrous": (ticks("", "", "nitrous-oxide"), "omnivore", "appointment"),
    "treated": (ticks(), "no-intrinsic-factor any-condition", "next-visit"),
    "weight-surgery": (ticks(), "gastric-bypass any-condition", "next-visit"),
    "test-first": (ticks(), "coeliac test-first any-condition", "appointment"),
    "given": (ticks(), "coeliac test-first any-condition given", "next-visit"),
    "metformin-test": (ticks(), "metformin age-65 any-condition", "next-visit"),
    "condition": (ticks(), "crohns any-condition", "next-visit"),
    "dose-beyond": (ticks(), "child above-dose-of-age", "next-visit"),
    "risk": (ticks("", "", "family"), "omnivore", "next-visit"),
    "nothing": (ticks(), "omnivore", "none"),
}


def test_every_rule_has_a_test_and_the_last_always_holds():
    assert list(RULES) and set(RULES) == {r.rule for r in CARE.rules}
    assert len(CARE.rules) == len({r.rule for r in CARE.rules})
    assert CARE.rules[-1].when.terms == ()
    assert {r.urgency for r in CARE.rules} == set(URGENCIES)


@pytest.mark.parametrize("rule", RULES)
def test_each_rule(rule):
    answers, said, urgency = RULES[rule]
    t = triage(answers, frozenset(said.split()), CARE)
    assert (t.rule.rule, t.rule.urgency) == (rule, urgency)


RISKS_FROM_PLAN = {
    "plant-diet": Person(34, diet=Diet.VEGETARIAN),
    "age-65-74": Person(70),
    "age-75-up": Person(75),
    "surgery": Person(34, conditions=("gastric-bypass",)),
    "gut": Person(34, conditions=("coeliac",)),
    "medicine": Person(34, conditions=("metformin",)),
    "other-medicine": Person(34, conditions=("topiramate",)),
    "alcohol": Person(34, conditions=("alcohol",)),
    "nitrous-oxide": Person(34, conditions=("nitrous-oxide",)),
    "life-stage-diet": Person(30, LifeStage.PREGNANT, Diet.VEGAN),
    "condition-not-known": Person(34, conditions=("made-up-illness",)),
    "hiv": Person(34, conditions=("hiv-diarrhoea",)),
}
#: Told by the figures of a plan, not by the person: held by tests/test_one_voice.py.
RISKS_FROM_FIGURES = {"no-reliable-source", "little-in-plan", "treated"}


def test_every_risk_the_plan_tells_has_a_test():
    assert set(RISKS_FROM_PLAN) | RISKS_FROM_FIGURES == {r.risk for r in CARE.risks.values() if r.when.terms}
    assert all(r.asked or r.when.terms for r in CARE.risks.values())


@pytest.mark.parametrize(("risk", "person"), RISKS_FROM_PLAN.items())
def test_risks_the_plan_tells(risk, person):
    assert risk in {r.risk for r in implied(CARE.risks.values(), known(person))}
    assert not implied(CARE.risks.values(), known(Person(34)))


subset = lambda names: st.frozensets(st.sampled_from(sorted(names)), max_size=4)  # noqa: E731
answers = st.builds(Answers, subset(CARE.red_flags), subset(CARE.symptoms), subset(r.risk for r in CARE.risks.values() if r.asked))
situations = st.sampled_from(
    ["omnivore", "vegan", "infant", "child", "pregnant vegan", "breastfeeding", "no-intrinsic-factor any-condition"]
)


@given(answers, answers, situations)
def test_one_more_tick_is_never_less_urgent(some, more, said):
    both = Answers(some.red_flags | more.red_flags, some.symptoms | more.symptoms, some.risks | more.risks)
    plan_says = frozenset(said.split())
    before, after = (URGENCIES.index(triage(a, plan_says, CARE).rule.urgency) for a in (some, both))
    assert after <= before


@given(answers, situations)
def test_an_emergency_comes_before_everything(some, said):
    with_flag = Answers(some.red_flags | {"seizure"}, some.symptoms, some.risks)
    assert triage(with_flag, frozenset(said.split()), CARE).rule.rule == "emergency"


# Blood tests -------------------------------------------------------------------------------------


def unit(test: str, name: str):
    return next(u for u in blood_tests.units(CARE.tests, test) if u.unit == name)


@pytest.mark.parametrize(
    ("test", "name", "value", "expected"),
    [
        # NICE NG239: < 180 ng/L (133 pmol/L), 180-350 (133-258), > 350 (258)
        ("total-b12", "ng/L", 179, {"NICE": "low", "Other papers": "low", "US survey (NHANES)": "unclear"}),
        ("total-b12", "ng/L", 180, {"NICE": "unclear"}),
        ("total-b12", "pg/mL", 350, {"NICE": "unclear", "Other papers": "above"}),
        ("total-b12", "pg/mL", 351, {"NICE": "not-low"}),
        ("total-b12", "pg/mL", 199, {"Other papers": "low"}),
        ("total-b12", "pg/mL", 300, {"Other papers": "unclear"}),
        ("total-b12", "pmol/L", 132, {"NICE": "low", "Other papers": "low", "US survey (NHANES)": "unclear"}),
        ("total-b12", "pmol/L", 133, {"NICE": "unclear"}),
        ("total-b12", "pmol/L", 259, {"NICE": "not-low", "US survey (NHANES)": "unclear"}),
        ("total-b12", "pmol/L", 125, {"US survey (NHANES)": "low"}),
        ("total-b12", "pmol/L", 288, {"US survey (NHANES)": "not-low"}),
        ("active-b12", "pmol/L", 24, {"NICE": "low"}),
        ("active-b12", "pmol/L", 25, {"NICE": "unclear"}),
        ("active-b12", "pmol/L", 70, {"NICE": "unclear"}),
        ("active-b12", "pmol/L", 71, {"NICE": "not-low"}),
        ("mma", "µmol/L", 0.26, {"NIH ODS": "not-raised"}),
        ("mma", "µmol/L", 0.29, {"NIH ODS": "raised"}),
        ("mma", "nmol/L", 275, {"NIH ODS": "edge"}),
        ("mma", "nmol/L", 290, {"NIH ODS": "raised"}),
        ("homocysteine", "µmol/L", 15, {"NIH ODS": "not-raised"}),
        ("homocysteine", "µmol/L", 15.1, {"NIH ODS": "raised"}),
        ("mcv", "fL", 100, {"Usual cut-off": "not-large"}),
        ("mcv", "fL", 101, {"Usual cut-off": "large"}),
    ],
)
def test_results_fall_where_the_source_puts_them(test, name, value, expected):
    placed = {s.scheme: s.found.band for s in blood_tests.bands(CARE.tests, Result(value, unit(test, name)))}
    assert expected.items() <= placed.items()


@pytest.mark.parametrize(
    ("test", "name", "value", "base"),
    [
        ("total-b12", "pg/mL", 200, 147.6),  # 200 / 1.355
        ("total-b12", "ng/L", 1355, 1000),
        ("total-b12", "pmol/L", 221, 221),
        ("mma", "nmol/L", 270, 0.27),
    ],
)
def test_units_are_converted(test, name, value, base):
    assert Result(value, unit(test, name)).base == pytest.approx(base, rel=1e-3)


def test_bands_without_a_print_in_the_unit_are_converted():
    """126 and 287 pmol/L x 1.355 = 170.7 and 388.9 pg/mL."""
    rows = next(s for s in blood_tests.bands(CARE.tests, Result(200, unit("total-b12", "pg/mL"))) if "NHANES" in s.scheme).rows
    assert [r.high for r in rows[:2]] == pytest.approx([170.7, 388.9], abs=0.05)


@pytest.mark.parametrize("test", ["total-b12", "active-b12", "mma", "homocysteine", "mcv"])
def test_bands_leave_no_gap(test):
    for u in blood_tests.units(CARE.tests, test):
        for s in blood_tests.bands(CARE.tests, Result(u.low, u)):
            assert s.rows[0].low is None and s.rows[-1].high is None
            assert [r.high for r in s.rows[:-1]] == [r.low for r in s.rows[1:]]


@pytest.mark.parametrize("value", [-1, 0, 1e9, float("nan"), float("inf")])
def test_a_result_that_cannot_be_is_refused(value):
    with pytest.raises(ResultError):
        Result(value, unit("total-b12", "pmol/L"))


@pytest.mark.parametrize(("low", "high"), [(300, 200), (-5, None), (None, float("nan"))])
def test_a_lab_range_that_cannot_be_is_refused(low, high):
    with pytest.raises(ResultError):
        Result(250, unit("total-b12", "pmol/L"), low, high)


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [(150, 160, 600, "below"), (160, 160, 600, "within"), (601, 160, 600, "above"), (150, None, None, ""), (150, None, 600, "within")],
)
def test_the_laboratorys_own_range(value, low, high, expected):
    assert Result(value, unit("total-b12", "pmol/L"), low, high).against_lab == expected


@pytest.mark.parametrize(
    ("four", "age", "expected", "band"),
    [
        # the published tests, worked by hand: log10(70 x 350 / (0.18 x 9)) = 4.180; 3.79 / (1 + (30/230)^2.6) = 3.771
        ((70, 350, 0.18, 9), 30, 0.41, "adequate-index"),
        ((35, 150, 0.4, 15), 50, -0.78, "low-index"),
        ((15, 90, 1.0, 30), 50, -2.07, "possible-lack"),
    ],
)
def test_the_combined_indicator(four, age, expected, band):
    found = blood_tests.combined_indicator(*four, age_years=age, parameters=TABLES.parameters)
    assert found.value == pytest.approx(expected, abs=0.005)
    # Each of four results 10 % off the wrong way: log10(1.1^2 / 0.9^2) = 0.174
    assert found.high - found.value == pytest.approx(0.174, abs=0.001)
    assert found.value - found.low == pytest.approx(0.174, abs=0.001)
    rows = [r for r in CARE.tests if r.test == "cb12"]
    assert blood_tests.find(found.value, rows).band == band


def test_the_combined_indicators_parameters_are_provisional():
    assert {TABLES.parameters[f"cb12_age_{n}"].mark for n in ("ceiling", "scale_years", "power")} == {"unsure"}
    assert "provisional" in words.CB12_NOTE


CAUTIONS = {
    "supplement": ("total-b12", "supplement"),
    "kidney": ("mma", ""),
    "nitrous-oxide": ("total-b12", "nitrous-oxide"),
    "pregnancy": ("total-b12", "pregnant"),
    "pill": ("total-b12", ""),
    "liver": ("total-b12", "alcohol"),
    "myeloma-hiv": ("total-b12", "hiv"),
    "black-family-background": ("total-b12", ""),
    "other-vitamins": ("homocysteine", ""),
    "mcv-usual": ("mcv", ""),
    "one-test": ("active-b12", ""),
}


def test_every_caution_has_a_test():
    assert set(CAUTIONS) == {c.caution for c in CARE.cautions}


@pytest.mark.parametrize("caution", CAUTIONS)
def test_what_can_mislead(caution):
    test, fact = CAUTIONS[caution]
    shown = {c.caution: mine for c, mine in blood_tests.cautions(CARE.cautions, [test], frozenset({fact} if fact else ()))}
    assert shown[caution] is bool(fact)
    assert not any(mine for _, mine in blood_tests.cautions(CARE.cautions, [test], frozenset({"omnivore"})))


# Causes ------------------------------------------------------------------------------------------

EFFECTS = {
    "pernicious-anaemia": Effect.BLOCKED,
    "total-gastrectomy": Effect.BLOCKED,
    "ileal-resection-long": Effect.BLOCKED,
    "gastric-bypass": Effect.LOWERED,
    "one-anastomosis-bypass": Effect.LOWERED,
    "duodenal-switch": Effect.LOWERED,
    "sadi": Effect.LOWERED,
    "atrophic-gastritis": Effect.LOWERED,
    "ppi": Effect.LOWERED,
    "nitrous-oxide": Effect.OUTSIDE,
    "ileal-resection-short": Effect.UNCHANGED,
    "lebers-eye-disease": Effect.OUTSIDE,
}


@pytest.mark.parametrize("condition", TABLES.conditions)
def test_what_the_estimate_does_with_each_cause(condition):
    """All others are flags: told, and no factor made up (the table of conditions)."""
    assert care.effect(TABLES.conditions[condition]) is EFFECTS.get(condition, Effect.UNKNOWN)


@pytest.mark.parametrize("condition", TABLES.conditions)
def test_each_cause_is_marked_at_its_step(condition):
    chosen = TABLES.conditions[condition]
    marked = [s for s in care.path(CARE.path, [chosen]) if s.effect]
    if care.effect(chosen) is Effect.UNCHANGED or not chosen.step:
        assert marked == []
    else:
        assert [s.step.step for s in marked] == [chosen.step]
        assert words.short(chosen) in words.path_alt(care.path(CARE.path, [chosen]))


def said_to(person: Person) -> list[str]:
    return [g.guideline for g in care.rows_for(CARE.guidelines, known(person))]


def test_no_tablet_or_food_advice_without_intrinsic_factor():
    said = said_to(Person(34, diet=Diet.VEGAN, conditions=("pernicious-anaemia", "sibo")))
    assert "lifelong" in said
    assert not {"diet", "vegan-advice", "oral-malabsorption", "other-malabsorption", "older-advice"} & set(said)


def test_guidelines_follow_the_cause():
    assert {"medicine", "test-metformin"} <= set(said_to(Person(34, conditions=("metformin",))))
    assert "vegan-advice" in said_to(Person(34, diet=Diet.VEGAN))
    assert not {"vegan-advice", "medicine", "lifelong"} & set(said_to(Person(34)))


def test_a_baby_gets_no_plan():
    assert said_to(Person(0, diet=Diet.VEGAN)) == []
    assert [q.question for q in care.rows_for(CARE.questions, known(Person(0, diet=Diet.VEGAN)))] == ["infant"]


@pytest.mark.parametrize(
    ("person", "months"), [(Person(34), 3), (Person(30, LifeStage.PREGNANT), 1), (Person(30, LifeStage.BREASTFEEDING), 1)]
)
def test_when_a_check_is_usual(person, months):
    assert care.recheck_months(CARE.guidelines, known(person)) == months


def test_provisional_rows_are_said_to_be_so():
    for g in CARE.guidelines:
        assert (words.PROVISIONAL in words.row_text(g.text, g)) is (g.mark == "unsure")


# The calendar file -------------------------------------------------------------------------------


def event(title: str = "Check-up", note: str = "A note.") -> bytes:
    return reminder.reminder(
        date(2027, 2, 28), title, note, key="one@two", made=datetime(2026, 11, 22, 12, 30, tzinfo=UTC), alarm=timedelta(hours=9)
    )


def test_the_calendar_file_is_as_rfc_5545_asks():
    raw = event(note="Bring; questions, and a list\nof what you take. " + "µ" * 200)
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    lines = raw.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)  # octets, section 3.1
    for line in lines:
        line.decode("utf-8")  # no character is cut in two
    unfolded = raw.decode().replace("\r\n ", "")
    assert "DESCRIPTION:Bring\\; questions\\, and a list\\nof what you take. " + "µ" * 200 in unfolded
    for part in ("VERSION:2.0", "PRODID:", "UID:one@two", "DTSTAMP:20261122T123000Z", "BEGIN:VALARM", "TRIGGER:PT9H"):
        assert part in unfolded
    assert "DTSTART;VALUE=DATE:20270228" in unfolded and "DTEND;VALUE=DATE:20270301" in unfolded


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 22), 3, date(2027, 2, 22)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 1, 31), 12, date(2027, 1, 31)),
    ],
)
def test_months_later(day, months, expected):
    assert reminder.months_later(day, months) == expected


def test_the_event_names_b12_only_when_asked():
    assert "B12" not in ui.ics(3, detail=False).decode().replace("Vitamin B12 planner//EN", "")
    assert "SUMMARY:Check-up: vitamin B12" in ui.ics(3, detail=True).decode()


# Wording -----------------------------------------------------------------------------------------

#: the health rules, "must not". Each with a sentence it has to catch.
FORBIDDEN = {
    r"\bdeficien": "You are deficient.",
    r"\byou (may |might |could |probably |likely )*have (a |an )?(lack|low b12|pernicious|anaemia)": "You may have pernicious anaemia.",
    r"\byou (do not|don't) have (a |an |low|any )?(b12|lack|illness|disease)": "You do not have a lack of B12.",
    r"(?<!not )\bstop (it|them|taking|using|your)\b": "Stop taking metformin.",
    r"\b(reduce|lower|halve|change|skip|raise|increase) your (dose|medicine|metformin|ppi)\b": "Halve your dose.",
    r"\bcur(e|es|ed|ing)\b": "This cures it.",
    r"\bsafe (upper )?(limit|level|dose|amount)\b|\bharmless\b|\bupper limit\b": "This is a safe dose.",
    r"\bnormal\b": "Your level is normal.",
    r"\bdiagnos": "This is your diagnosis.",
    r"\bscore\b|\bprobability\b|\b\d+ ?% (risk|chance)": "Your score is 7.",
    r"\bguarantee|\bpromise\b": "We guarantee it.",
    r"\bmore energy\b|\blose weight\b|\bweight loss\b": "It gives you more energy.",
    r"\binject\w*[^.]*\d+ ?(µg|mg|mcg)|\binject yourself\b": "Inject 1 mg a month.",
    r"\bno need to\b|\byou need no\b|\bnothing to worry\b|\byou are fine\b": "No need to see a doctor.",
    r"\b(food|tablets?) (is|are|will be) enough\b": "Tablets are enough.",
    r"\bshould (see|have) seen\b|\byour own fault\b": "You should have seen a doctor.",
}


@pytest.mark.parametrize(("pattern", "sentence"), FORBIDDEN.items(), ids=FORBIDDEN.values())
def test_the_wording_rules_catch_what_they_are_for(pattern, sentence):
    assert re.search(pattern, sentence, re.IGNORECASE)


def forbidden_in(said: str) -> list[str]:
    return [f"{found.group(0)!r} in {said!r}" for p in FORBIDDEN if (found := re.search(p, said, re.IGNORECASE))]


SPOKEN = {
    "symptoms": ("label",),
    "red_flags": ("label", "text", "see"),
    "risk_factors": ("label", "text"),
    "triage_rules": ("outcome", "reason"),
    "blood_test_cautions": ("label", "text"),
    "guidelines": ("text",),
    "questions": ("text",),
    "life_stages": ("label", "text", "helps"),
    "absorption_path": ("label", "text"),
}


def of_the_table(table: str) -> list[str]:
    return [row[column] for row in csv_rows(table) for column in SPOKEN[table]]


def of_the_words() -> list[str]:
    constants = [v for n, v in vars(words).items() if n.isupper() and not n.startswith("_")]
    return [v for v in constants if isinstance(v, str)] + [
        str(x) for v in constants if isinstance(v, dict) and v is not words.SOURCES for x in v.values()
    ]


@pytest.mark.parametrize("table", SPOKEN)
def test_nothing_forbidden_stands_in_the_tables(table):
    assert [bad for said in of_the_table(table) for bad in forbidden_in(said)] == []


def test_nothing_forbidden_stands_in_the_words():
    assert len(of_the_words()) > 80
    assert [bad for said in of_the_words() for bad in forbidden_in(said)] == []


def test_texts_on_medicines_never_stop_one():
    for row in [*csv_rows("risk_factors"), *csv_rows("guidelines")]:
        if "any-medicine" in row["when"].split() or row.get("risk") == "other-medicine":
            assert re.search(r"Do not stop (it|them); ask your prescriber or pharmacist", row["text"]), row


def test_a_dose_for_everybody_names_a_professional():
    """Section 10: no dose without asking a professional for under-18s and in pregnancy; a row that leaves them out may."""
    for g in CARE.guidelines:
        about_a_medicine = {"folic-acid", "test-metformin-years"}
        if re.search(r"\d+ ?(µg|mg)", g.text) and g.guideline not in about_a_medicine and ("!child",) not in g.when.terms:
            assert re.search(r"clinician|professional", g.text), g.guideline


def test_an_answer_always_says_that_it_rules_nothing_out():
    assert "cannot rule anything out" in words.ANSWER_LIMITS
    assert "does not rule out" in words.NEXT_NONE
    assert "cannot rule anything out" in CARE.rules[-1].reason


# Reading ease ------------------------------------------------------------------------------------


def syllables(word: str) -> int:
    """Groups of vowels, a silent e at the end left out."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", plain))
    silent = plain.endswith("e") and not plain.endswith(("le", "ee")) or plain.endswith("es") and not plain.endswith(("ses", "ces"))
    return max(1, groups - (silent and groups > 1))


def grade(texts: list[str]) -> float:
    """Flesch-Kincaid grade: 0.39 words per sentence + 11.8 syllables per word - 15.59."""
    sentences = [s for said in texts for s in re.split(r"(?<=[.!?])\s+", said) if re.search(r"[A-Za-z]{2}", s)]
    found = [w for s in sentences for w in re.findall(r"[A-Za-z][A-Za-z'-]*", s)]
    return 0.39 * len(found) / len(sentences) + 11.8 * sum(map(syllables, found)) / len(found) - 15.59


@pytest.mark.parametrize(
    ("word", "count"), [("cat", 1), ("blood", 1), ("tablet", 2), ("vitamin", 3), ("injection", 3), ("make", 1), ("little", 2)]
)
def test_syllables(word, count):
    assert syllables(word) == count


def test_the_grade_of_known_texts():
    """Worked by hand: 6 words, 6 syllables, 1 sentence: 0.39 x 6 + 11.8 - 15.59 = -1.45."""
    assert grade(["The cat sat on the mat."]) == pytest.approx(-1.45, abs=0.01)
    hard = (
        "Gastrointestinal malabsorption necessitates individualised parenteral supplementation under continuous haematological supervision."
    )
    assert grade([hard]) > 15


@pytest.mark.parametrize("table", SPOKEN)
def test_patients_can_read_the_tables(table):
    assert grade(of_the_table(table)) <= 8


def test_patients_can_read_the_words_and_the_conditions():
    assert grade([s for s in of_the_words() if len(s.split()) > 4]) <= 8
    assert grade([row[c] for row in csv_rows("conditions") for c in ("text", "helps")]) <= 8


# The pages ---------------------------------------------------------------------------------------


def on_screen(app: AppTest) -> str:
    return "\n".join([text(app), *(c.label for c in app.checkbox), *(e.label for e in app.expander)])


CAUSE_PEOPLE = {
    "vegan": Person(34, diet=Diet.VEGAN),
    "no intrinsic factor, pregnant": Person(30, LifeStage.PREGNANT, Diet.VEGAN, conditions=("pernicious-anaemia", "nitrous-oxide")),
    "every condition": Person(80, conditions=tuple(TABLES.conditions)),
    "baby": Person(0, diet=Diet.VEGAN),
    "child": Person(8, diet=Diet.VEGETARIAN),
}


@pytest.mark.parametrize("person", CAUSE_PEOPLE.values(), ids=CAUSE_PEOPLE)
@pytest.mark.parametrize("page", ["causes.py", "causes.py"])
def test_nothing_forbidden_on_screen_and_easy_to_read(page, person):
    app = opened(starter_plan(TABLES, person), page)
    said = on_screen(app)
    # Titles of papers are the papers' own words; "your normal check-ups" speaks of appointments.
    papers = [sources.cite(source) for source in TABLES.sources.values()]
    own = [line for line in said.splitlines() if "<svg" not in line and not any(paper in line for paper in papers)]
    assert [bad for line in own for bad in forbidden_in(line.replace("your normal check-ups", ""))] == []
    assert "None" not in re.sub(r"None of these", "", said) and "{" not in re.sub(r"<.*?>", "", said)
    assert grade([line for line in own if len(line.split()) > 4]) <= 8


def test_ticking_a_cause_changes_the_estimate_everywhere():
    plan = starter_plan(TABLES, Person(34))
    app = opened(plan, "causes.py")
    before = assess(plan, TABLES)
    assert words.CAUSES_NONE in text(app)
    app.checkbox(key="cause-ppi").check().run()
    after = link.decode(link.encode(starter_plan(TABLES, Person(34, conditions=("ppi",))), share_conditions=True)).plan
    now = assess(after, TABLES)
    assert now.usable.value < before.usable.value
    assert words.changed(now, before) in text(app)
    assert "held back by Acid reducer: PPI" in text(app)  # the picture's text alternative
    app.switch_page("pages/shortfall.py").run()
    assert f"{now.usable.value:.1f} µg" in text(app) and f"{before.usable.value:.1f} µg (" not in text(app)
    app.switch_page("pages/causes.py").run()
    assert app.checkbox(key="cause-ppi").value is True
    app.checkbox(key="cause-ppi").uncheck().run()
    assert words.CAUSES_NONE in text(app)


def test_an_urgent_condition_is_told_first():
    app = opened(starter_plan(TABLES, Person(34, conditions=("nitrous-oxide",))), "causes.py")
    assert "same day" in app.error[0].value


def test_questions_carry_the_persons_own_entries():
    plan = Plan(Person(34, diet=Diet.VEGAN, conditions=("metformin",)), supplements=(Supplement("tablet", 10, 7),))
    app = opened(plan, "causes.py")
    said = text(app)
    assert "10 µg a day; the target is 2.4 µg of B12 a day" in said
    assert "My diet is vegan." in said
    assert "I use this: Metformin." in said
    assert "I take this: Tablet 10 µg daily, with food." in said


def test_the_reminder_is_offered_at_the_usual_time():
    assert opened(Plan(), "causes.py").radio(key="reminder-3").value == 3
    assert opened(Plan(Person(30, LifeStage.PREGNANT)), "causes.py").radio(key="reminder-1").value == 1


def test_a_red_flag_is_answered_at_once_and_first():
    app = opened(Plan(), "causes.py")
    assert "B12 against" not in text(app)
    app.checkbox(key="red-chest-pain").check().run()
    answers = [e.value for e in app.error if "###" in e.value]
    assert len(answers) == 2 and all("Get emergency help now." in a and "112, 911 or 999" in a for a in answers)


def test_signs_and_risks_give_words():
    app = opened(Plan(), "causes.py")
    assert words.ANSWER_PROMPT in text(app)
    app.checkbox(key="sign-tiredness").check().run()
    assert "See a doctor if it lasts two weeks" in "".join(e.value for e in app.info)
    app.checkbox(key="risk-family").check().run()
    assert "Make an appointment in the next week or two" in app.warning[-1].value
    app.checkbox(key="sign-tingling").check().run()
    assert "See a doctor within a few days" in app.warning[-1].value
    app.checkbox(key="risk-nitrous-oxide").check().run()
    assert "Get medical help today" in app.error[-1].value


def test_nothing_ticked_is_not_called_well():
    app = opened(Plan(), "causes.py")
    app.checkbox(key="sign-none").check().run()
    assert "cannot rule anything out" in "".join(e.value for e in app.info)


def typed(app: AppTest, **values: float) -> AppTest:
    app.button_group(key="blood").set_value([test.replace("_", "-") for test in values]).run()
    for test, value in values.items():
        name = test.replace("_", "-")
        app.selectbox(key=f"blood-{name}-unit").set_value(blood_tests.units(CARE.tests, name)[0].unit)
        app.text_input(key=f"blood-{name}").set_value(f"{value:g}")
    return app.run()


def test_a_blood_result_is_placed_and_never_judged():
    app = typed(opened(Plan(), "causes.py"), total_b12=160.0)
    said = text(app)
    assert "**NICE**: 160 pmol/L is in its middle band, where it is not clear (133 to 258 pmol/L)." in said
    assert words.NEXT_UNCLEAR in said
    assert "Black family background" in said
    app.text_input(key="blood-total-b12-low").set_value("170")
    app.text_input(key="blood-total-b12-high").set_value("700").run()
    assert "**Your lab**: 160 pmol/L is below the range you typed (170 to 700)" in text(app)
    # 170 of 331.5 (1.5 x 221, the top of that picture) is 51.28 %; the strip is cut off at its end.
    assert 'x="51.28%" y="30" width="48.72%"' in text(app)
    app.selectbox(key="blood-total-b12-unit").set_value("ng/L").run()
    assert "**NICE**: 160 ng/L is in its low band (under 180 ng/L)." in text(app)
    assert words.NEXT_ACT in text(app)


def test_a_result_that_cannot_be_is_told():
    app = typed(opened(Plan(), "causes.py"), homocysteine=5000.0)
    assert "reads values between 1 and 500 µmol/L" in app.error[-1].value
    assert "NIH ODS" not in text(app).split("What can mislead")[0].split("Homocysteine")[-1]


def test_all_four_give_the_combined_indicator_with_its_band():
    app = typed(opened(Plan(Person(50)), "causes.py"), active_b12=35.0, total_b12=150.0, mma=0.4, homocysteine=15.0)
    assert "cB12 -0.8" in text(app)  # -0.78, the published tests
    assert "from -1.0 to -0.6" in text(app)
    assert words.CB12_NOTE in text(app)


def test_a_child_sees_only_the_labs_range():
    app = typed(opened(Plan(Person(8)), "causes.py"), active_b12=35.0, total_b12=150.0, mma=0.4, homocysteine=15.0)
    said = text(app)
    assert words.BLOOD_ADULT in said
    assert "**NICE**" not in said and "cB12 -" not in said


def test_nothing_of_the_signs_page_leaves_it():
    app = opened(Plan(), "causes.py")
    before = (address_of(app), dict(app.query_params))
    app.checkbox(key="red-seizure").check()
    app.checkbox(key="sign-tingling").check()
    app.checkbox(key="risk-hiv").check()
    typed(app, total_b12=163.5)
    assert (address_of(app), dict(app.query_params)) == before
    plan_before = app.session_state["_plan"]
    assert plan_before.person.conditions == ()
    app.switch_page("pages/plan.py").run()
    held = dict(app.session_state._state._state.filtered_state)
    assert "_plan" in held
    assert not [k for k in held if str(k).startswith(("red-", "sign-", "risk-", "blood"))]
    assert "163.5" not in repr(held)
    app.switch_page("pages/causes.py").run()
    assert not any(c.value for c in app.checkbox if str(c.key).startswith(("red-", "sign-", "risk-")))
