"""Twenty thousand people through screen, text and machines: each of the rules A1 to A25 as a property of what they are told."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from html import unescape
from itertools import product

import clinical_rules as rules
import pytest
from clinical_rules import Offer, Told, Who
from conftest import advised, one_meal_days
from streamlit.testing.v1 import AppTest

from dashboard.advice.advise import Advice, FoodOffer
from dashboard.advice.changes import Change, changes
from dashboard.advice.outlook import Outlook, outlook
from dashboard.advice.regimens import RegimenEffect, compare
from dashboard.advice.suggest import Suggestion, suggest
from dashboard.care.causes import rows_for
from dashboard.care.signs import Answers, triage
from dashboard.command_line import json_answers, text_answers
from dashboard.estimate.assess import assess
from dashboard.handout import content
from dashboard.plan import Day, Item, Person, Plan, Supplement
from dashboard.tables.read import load_care_tables, load_tables
from dashboard.ui.as_text import JOINER
from dashboard.words import at_a_glance, notices, offers, quiet_line, shortfall, verdict
from dashboard.words import outlook as stores
from dashboard.words import suggestions as said
from tests.test_pages import opened

TABLES, CARE = load_tables(), load_care_tables()
#: Changes of food are searched for each so many; everything else is asked of everybody.
FOODS_EVERY = 60
AHEAD_YEARS = 1


def pages(
    advice: Advice, o: Outlook, forms: tuple[RegimenEffect, ...], foods: tuple[Suggestion, ...] | None, ways: tuple[Change, ...]
) -> list[str]:
    """The sentences of the pages, from the functions that the pages call."""
    told = [n.text for n in notices.notices(advice)]
    told += [quiet_line.quiet_line(advice), *verdict.lines(advice), shortfall.shortfall(advice), shortfall.uptake(advice.assessment)]
    told += [rule.text for rule in advice.leads]
    if foods is not None:
        told.append(offers.next_step(next(iter(foods), None), advice))
        cards = [at_a_glance.of_food(s, advice, said.card(s, advice.assessment)) for s in foods]
        told += at_a_glance.food_cautions(foods, advice)
        told += [sentence for card in cards for sentence in card.sentences] or [offers.nothing_to_suggest(advice)]
    for c in ways:
        told += [said.change(c, advice), said.change_effect(c, advice), said.change_advice(c)]
    if advice.foods is not FoodOffer.NO:
        first = [e for e in forms if e.regimen.regimen in advice.first_regimens and e.advice != "clinician"] if advice.may_choose else []
        told += [sentence for e in first for sentence in at_a_glance.of_regimen(e, advice).sentences] or [offers.no_plans(advice)]
        told += at_a_glance.cautions(first)
    if forms:
        told.append(said.forms_intro(advice))
        told += [offers.regimen(e, advice) for e in forms]
    told += stores.head(o, advice, TABLES) if not stores.not_modelled(advice) else [stores.not_modelled(advice)]
    told += [row.text for row in rows_for(CARE.guidelines, advice.facts)]
    return [sentence for sentence in told if sentence]


def verdict_and_step(foods: tuple[Suggestion, ...], advice: Advice) -> str:
    """The first line of the Plan page's card with the step that points at it, as one text: the "if" of one holds for both."""
    return f"{verdict.verdict(advice)} {step_in_card(foods, advice)}"


def step_in_card(foods: tuple[Suggestion, ...], advice: Advice) -> str:
    """The step at the end of that card."""
    return offers.step_in_card(next(iter(foods), None), advice)


def lines(
    advice: Advice, o: Outlook, forms: tuple[RegimenEffect, ...], foods: tuple[Suggestion, ...] | None, ways: tuple[Change, ...]
) -> list[str]:
    """What the command line prints."""
    told = [*text_answers.assessment(advice), *text_answers.forms(forms, advice), *stores.lines(o, advice, TABLES)]
    if foods is not None:
        told += [*text_answers.foods(foods, advice), *text_answers.ways(ways, advice)]
    return [line for text in told for line in text.splitlines()]


def offer(s: Suggestion, advice: Advice) -> Offer:
    """What doing a suggestion brings."""
    before = advice.assessment
    after = assess(s.apply(before.plan), TABLES)
    return Offer(
        len(s.edits), after.intake_ug - before.intake_ug, after.usable.value - before.usable.value, after.added_ug - before.added_ug
    )


def tell(who: Who, *, foods_too: bool = False) -> Told:
    """Everything that somebody is told."""
    advice = advised(who.plan(), TABLES)
    a = advice.assessment
    forms = compare(advice, TABLES)
    foods = suggest(advice, TABLES) if foods_too else None
    ways = changes(advice, TABLES) if foods_too else ()
    o = outlook(a, TABLES, AHEAD_YEARS, regimens=forms if foods_too else ())
    return Told(
        who=who,
        screen=(*pages(advice, o, forms, foods, ways), *([] if foods is None else [verdict_and_step(foods, advice)])),
        text=tuple(lines(advice, o, forms, foods, ways)),
        leads=tuple(rule.text for rule in advice.leads),
        assess=json_answers.assessment(advice),
        outlook=json_answers.outlook(o, advice, TABLES),
        regimens=tuple(json_answers.regimen(e, advice) for e in forms),
        offers=None if foods is None else tuple(offer(s, advice) for s in foods),
        foods=None if foods is None else tuple(json_answers.suggestion(s, advice) for s in foods),
        ways=tuple(json_answers.change(c, advice) for c in ways),
        low_ug=a.usable.low,
        value_ug=a.usable.value,
        need_ug=a.need_ug,
        target_ug=a.target.intake_ug if a.target else None,
        intake_ug=a.intake_ug,
        scenario_ug=min((s.usable.value for s in a.scenarios), default=None),
    )


def few(step: int) -> list[Who]:
    """A smaller systematic sample of the same people."""
    return list(rules.people())[::step]


@cache
def found() -> dict[str, list[tuple[Who, str]]]:
    """Rule -> whom it fails, with what is wrong."""
    wrong: dict[str, list[tuple[Who, str]]] = {}
    for n, who in enumerate(rules.people()):
        for rule, what in rules.faults(tell(who, foods_too=n % FOODS_EVERY == 0)):
            wrong.setdefault(rule, []).append((who, what))
    return wrong


def test_the_matrix_is_large_and_meets_every_value():
    everybody = list(rules.people())
    assert len(everybody) >= 20_000
    assert {c for who in everybody for c in who.conditions} == {*TABLES.conditions, rules.NOBODY_KNOWS}
    met = Counter((who.age, who.stage, who.diet) for who in everybody)
    assert len(met) == len(rules.STAGES) * len(rules.DIETS)
    for values in ("intake_ug", "supplement", "reference_set"):
        by_person = {(getattr(who, values), who.age, who.stage, who.diet) for who in everybody}
        assert len(by_person) == len(met) * len({getattr(who, values) for who in everybody})


@pytest.mark.parametrize("rule", sorted({name for name, _ in rules.PROPERTIES}))
def test_each_rule_holds_for_everybody(rule):
    assert [f"{who}: {what}" for who, what in found().get(rule, [])[:20]] == []


# What needs more than one person, or more than what is told ---------------------------------------


def test_uptake_does_not_change_with_the_country_one_compares_with():
    """A8: physiology is the same for every reference set."""
    for who in few(97):
        bands = {assess(replace(who, reference_set=other).plan(), TABLES).usable for other in rules.SETS}
        assert len(bands) == 1, who


def test_doses_taken_at_once_are_one_dose():
    """A10: twelve tablets of 10 µg at one time are one of 120, and two supplements never multiply the capacity."""
    plan = Plan(Person(34, diet="vegan"), one_meal_days({}, 3))
    twelve = assess(replace(plan, supplements=(Supplement("tablet", 10, 7, False),) * 12), TABLES)
    one = assess(replace(plan, supplements=(Supplement("tablet", 120, 7, False),)), TABLES)
    assert twelve.usable.value == pytest.approx(one.usable.value)


def test_a_record_of_little_energy_is_said_to_look_incomplete():
    """A17, in every answer: an apple a day, of which no adult lives."""
    apple = next(f for f in TABLES.foods.values() if f.name.startswith("Apple") and f.energy_kcal_per_100g)
    days = tuple(Day(f"Day {n}", ((Item(apple.id, 150.0),), (), (), ())) for n in range(1, 8))
    for diet, conditions in product(rules.DIETS, ((), ("ppi",), ("coeliac",))):
        advice = advised(Plan(Person(40, diet=diet, conditions=conditions), days), TABLES)
        assert any("looks incomplete" in n.text for n in notices.notices(advice))
        assert any("looks incomplete" in line for line in text_answers.assessment(advice))
        answer = json_answers.assessment(advice)
        assert answer["looks_incomplete"] and "looks-incomplete" in {flag["id"] for flag in answer["flags"]}


SIGNS = {"tiredness": frozenset({"tiredness"}), "nerves": frozenset({"tingling"}), "none": frozenset[str]()}


@pytest.mark.parametrize("signs", SIGNS)
def test_what_is_today_in_pregnancy(signs):
    """A18: nerve signs, and any sign with a vegan diet or a condition, are for today; tiredness alone is not."""
    for diet, conditions in product(rules.DIETS, ((), *((c,) for c in rules.CONDITIONS), (rules.NOBODY_KNOWS,))):
        facts = advised(Who(diet, 30, "pregnant", conditions, 2.4, "none", "iom-1998").plan(), TABLES).facts
        urgency = triage(Answers(symptoms=SIGNS[signs]), facts, CARE).rule.urgency
        today = signs == "nerves" or (signs == "tiredness" and (diet == "vegan" or conditions))
        assert (urgency == "today") == bool(today), (diet, conditions)


def test_pernicious_anaemia_is_asked_for_by_all_its_names():
    """A20: once, with autoimmune gastritis and antibodies; another cause of a thin lining keeps its own row."""
    label = TABLES.conditions["pernicious-anaemia"].label
    assert all(name in label for name in ("Pernicious anaemia", "autoimmune gastritis", "antibodies to intrinsic factor"))
    assert "another cause" in TABLES.conditions["atrophic-gastritis"].label
    assert "blood test for antibodies can tell" in TABLES.conditions["atrophic-gastritis"].text


def test_more_metformin_longer_or_with_an_acid_reducer_asks_for_a_test():
    """A23: each detail by itself, and 65 years."""
    for age, details in ((55, ()), (64, ()), (55, ("metformin-over-1500-mg",)), (55, ("metformin-over-4-years",)), (65, ()), (80, ())):
        told = tell(Who("omnivore", age, "none", ("metformin", *details), 4.0, "none", "iom-1998"))
        assert (not told.says("B12 test from time to time")) == bool(details or age >= 65)
    with_ppi = ("metformin", "ppi", "acid-reducer-over-a-year")
    assert not tell(Who("omnivore", 55, "none", with_ppi, 4.0, "none", "iom-1998")).says("B12 test from time to time")


def test_paper_claims_no_more_than_the_screen():
    for who in few(200):
        told = tell(who)
        printed = content.page(advised(who.plan(), TABLES), content.Asked(with_conditions=True), TABLES, CARE)
        said_there = (*printed.verdict, *printed.warnings, *printed.checks, *printed.questions, *printed.changes)
        for claim, pattern in rules.SPOKEN.items():
            claimed = [s for s in said_there if pattern.search(s)]
            assert not claimed or told.claims["screen"][claim], (who, claimed)


# On the pages themselves ---------------------------------------------------------------------------

SHOWN = (
    Who("vegan", 34, "none", (), 0.56, "none", "iom-1998"),
    Who("vegan", 34, "pregnant", (), 0.06, "none", "uk-1991"),
    Who("omnivore", 45, "none", ("gastric-bypass",), 4.0, "none", "iom-1998"),
    Who("vegetarian", 70, "none", ("atrophic-gastritis",), 1.2, "none", "iom-1998"),
    Who("omnivore", 67, "none", ("metformin", "metformin-over-4-years"), 4.0, "10 daily", "efsa-2015"),
    Who("vegan", 11, "none", (), 0.3, "none", "efsa-2015"),
    Who("vegan", 0, "none", (), 0.3, "none", "iom-1998"),
    Who("omnivore", 25, "none", ("nitrous-oxide",), 2.4, "injection", "icmr-2020"),
    Who("omnivore", 34, "none", (rules.NOBODY_KNOWS,), 10.0, "none", "iom-1998"),
)


@pytest.mark.parametrize("who", SHOWN, ids=str)
def test_the_pages_show_these_sentences_and_claim_nothing_else(who):
    advice = advised(who.plan(), TABLES)
    forms, foods, ways = compare(advice, TABLES), suggest(advice, TABLES), changes(advice, TABLES)
    o = outlook(advice.assessment, TABLES, 10, regimens=forms)
    wanted = [*pages(advice, o, forms, foods, ways), step_in_card(foods, advice)]
    app = opened(who.plan(), "suggestions.py")
    app.session_state["ways"] = True  # what is folded is worked out once it is opened
    shown = on_page(app.run())
    for page in ("outlook.py", "shortfall.py", "plan.py"):
        app.switch_page(f"pages/{page}").run()
        shown += on_page(app)
    everything = "\n".join(shown)
    in_table = {offers.regimen(e, advice) for e in forms}  # the comparison of forms is a picture with a table
    of_other_pages = in_table | {row.text for row in CARE.guidelines}
    here = [unmarked(line) for sentence in wanted if sentence not in of_other_pages for line in sentence.splitlines()]
    assert [line for line in here if line not in everything] == []
    for claim, pattern in rules.SPOKEN.items():
        made = [unmarked(line) for sentence in wanted for line in sentence.splitlines() if pattern.search(line)]
        assert [s for s in shown if pattern.search(s) and not any(line in s for line in made)] == [], claim


def unmarked(text: str) -> str:
    """A text without the marks that make it bold or keep it from being formatting."""
    return " ".join(re.sub(rf"\*\*|\\(?=\W)|{JOINER}", "", text).split())


def on_page(app: AppTest) -> list[str]:
    """What a page shows, element by element."""
    assert not app.exception, app.exception
    kinds = (app.markdown, app.caption, app.info, app.warning, app.error, app.success)
    drawn = [
        unescape(text) for element in app.get("html") for text in re.split(r"<style.*?</style>|<[^>]*>", element.proto.body, flags=re.S)
    ]
    said = [value for kind in kinds for element in kind if not (value := str(element.value)).startswith("<style>")]
    return [unmarked(unescape(text)) for text in said] + [unmarked(text) for text in drawn if text.strip()]
