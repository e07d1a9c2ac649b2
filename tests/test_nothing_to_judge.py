"""What nobody said is not none: where every food is left out, unknown or not entered, nothing is called low, short or enough."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import pytest
from conftest import advised, one_meal_days, opened, own

from dashboard.advice.advise import Advice, Claim
from dashboard.advice.suggest import suggest
from dashboard.command_line import json_answers, text_answers
from dashboard.estimate.assess import assess
from dashboard.handout.content import Asked, page
from dashboard.plan import Day, Diet, Item, LifeStage, OwnFood, Person, Plan, Supplement
from dashboard.tables.read import load_care_tables, load_tables
from dashboard.ui import colours, headline
from dashboard.words import offers, outlook, quiet_line, shortfall, verdict

TABLES, CARE = load_tables(), load_care_tables()
NO_VALUE = OwnFood("no-value", "No value", None)
MILK = Item("fndds:11112110", 244)
KINDS = ("not entered", "left out", "left out or not entered", "no value", "nothing eaten")
#: Words of a judgement, of either kind.
JUDGED = re.compile(
    r"too low|too little|short of|likely enough|\bmeets\b|usable: none|\bno B12\b(?! value)|is missing|below the", re.IGNORECASE
)


def day(number: int, *items: Item) -> Day:
    return Day(f"Day {number}", (items, (), (), ()))


def plan_of(kind: str, person: Person) -> Plan:
    """Three days of which nothing is known that could be judged."""
    away = replace(MILK, off=True)
    days = {
        "not entered": (day(1), day(2), day(3)),
        "left out": (day(1, away), day(2, away), day(3, away)),
        "left out or not entered": (day(1, away), day(2), day(3)),
        "nothing eaten": tuple(Day(f"Day {n}", nothing_eaten=True) for n in (1, 2, 3)),
        "no value": tuple(day(n, Item(NO_VALUE.id, 100), replace(MILK, off=True)) for n in (1, 2, 3)),
    }
    return Plan(person, days[kind], (), (NO_VALUE,))


def people() -> list[Person]:
    return [
        Person(age, stage, diet, (), conditions, chosen)
        for age, stage in ((3, "none"), (34, "none"), (34, "pregnant"), (34, "breastfeeding"), (70, "none"))
        for diet in Diet
        for conditions in ((), ("ppi",), ("coeliac",))
        for chosen in ("iom-1998", "efsa-2015")
    ]


def told(advice: Advice) -> list[str]:
    """What is said of the figures on screen, as text and on paper."""
    printed = page(advice, Asked(with_conditions=True), TABLES, CARE)
    return [
        *verdict.lines(advice),
        quiet_line.quiet_line(advice),
        shortfall.shortfall(advice),
        offers.nothing_to_suggest(advice),
        *([outlook.not_modelled(advice)] if outlook.not_modelled(advice) else []),
        text_answers.headline(advice),
        *printed.verdict[: len(verdict.lines(advice))],
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_judged_where_nothing_is_known(kind):
    for person in people():
        advice = advised(plan_of(kind, person), TABLES)
        a = advice.assessment
        assert a.nothing_to_judge
        assert not advice.facts & {"below-target", "meets-target", "below-average", "usable-below", "usable-short", "below-half-of-ai"}
        assert [said for said in told(advice) if JUDGED.search(said)] == [], person
        assert not any(advice.claim(claim).may for claim in (Claim.MEETS, Claim.NOTHING_OPEN, Claim.STORES))
        answer = json_answers.assessment(advice)
        assert answer["verdict"] == answer["usable_verdict"] == "no-conclusion"
        assert answer["shortfall_ug"] is answer["usable_shortfall_ug"] is answer["share_of_target"] is None
        assert not [d for d in answer["by_day"] if d["shortfall_ug"] is not None]
        assert suggest(advice, TABLES) == ()
        assert page(advice, Asked(with_conditions=True), TABLES, CARE).both is None


def test_what_holds_for_the_person_is_told_as_before():
    """Whom to ask, what leads and which supplements are offered do not hang on a figure that nobody knows."""
    for person, kind in product(people(), KINDS):
        unknown, bare = (advised(plan, TABLES) for plan in (plan_of(kind, person), Plan(person)))
        assert [rule.rule for rule in unknown.leads] == [rule.rule for rule in bare.leads]
        assert (unknown.regimens, unknown.who) == (bare.regimens, bare.who)
        known = [flag.id for flag in unknown.flags if flag.id not in ("days-not-entered", "nothing-eaten")]
        assert known == [flag.id for flag in bare.flags if flag.id not in ("days-not-entered", "one-day")]


def test_a_day_left_out_is_left_out_of_the_mean():
    """Leaving out a whole day is not the same as fasting on it."""
    food = own("food", 3.0)
    days = one_meal_days({"lunch": [(food, 100.0)]}, 4)
    away = replace(days[0], meals=tuple(tuple(replace(item, off=True) for item in meal) for meal in days[0].meals))
    whole, less = (assess(Plan(Person(34), some, (), (food,)), TABLES) for some in (days[1:], (away, *days[1:])))
    fasted = assess(Plan(Person(34), (Day(days[0].name, nothing_eaten=True), *days[1:]), (), (food,)), TABLES)
    assert less.intake_ug == whole.intake_ug > fasted.intake_ug
    assert less.usable == whole.usable and less.verdict == whole.verdict
    assert "1 of 4 days is left out for now and not counted." in verdict.lines(advised(less.plan, TABLES))


def test_a_supplement_beside_unknown_foods_is_a_lower_bound():
    plan = replace(plan_of("no value", Person(34)), supplements=(Supplement("tablet", 1, 7),))
    advice = advised(plan, TABLES)
    assert not advice.assessment.nothing_to_judge
    assert "At most" in verdict.verdict(advice) and "No conclusion yet" in verdict.verdict(advice)


@pytest.mark.parametrize("chosen", sorted(TABLES.reference_sets))
def test_an_intake_that_is_known_in_part_is_not_called_less_than_half(chosen):
    half = own("half", 0.5)
    days = tuple(day(n, Item(half.id, 100), Item(NO_VALUE.id, 100)) for n in (1, 2, 3))
    advice = advised(Plan(Person(34, LifeStage.NONE, "omnivore", (), (), chosen), days, (), (half, NO_VALUE)), TABLES)
    assert not [line for line in verdict.lines(advice) if "less than half" in line]
    assert not [flag for flag in advice.flags if "less than half" in flag.text]
    assert "On 3 days it is not clear" in shortfall.shortfall(advice)


@pytest.mark.parametrize("kind", KINDS)
def test_no_bar_is_drawn_as_missing(kind):
    """The hollow part of the headline's bar, in the colour of what is short, stands for what is known to be missing."""
    missing = f'fill="none" stroke="{colours.current().gap}"'
    assert missing not in headline.bar(assess(plan_of(kind, Person(34)), TABLES))
    fasted_on_most = Plan(Person(34), (day(1, replace(MILK, grams=50)), *(Day(f"Day {n}", nothing_eaten=True) for n in (2, 3))))
    assert missing in headline.bar(assess(fasted_on_most, TABLES))


@pytest.mark.parametrize("kind", KINDS)
def test_the_pages_judge_nothing_either(kind):
    app = opened(plan_of(kind, Person(34)), "plan.py")
    said = [str(e.value) for e in app.markdown]
    for name in ("shortfall.py", "suggestions.py"):
        app.switch_page(f"pages/{name}").run()
        assert not app.exception
        said += [str(e.value) for e in (*app.markdown, *app.subheader)]
    judged = [line for line in said if re.search(r"too low|too little|likely enough|brings? none|no B12 a day", line, re.IGNORECASE)]
    assert judged == []
