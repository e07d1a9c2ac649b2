"""Where a person shops decides what is offered, in which measures, and what is told of fortified food; a child gets a child's portion."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import product

import pytest

from dashboard.advice.advise import Advice, advise
from dashboard.advice.changes import changes
from dashboard.advice.food_edits import Edit, Kind
from dashboard.advice.suggest import Suggestion, suggest
from dashboard.estimate.assess import assess
from dashboard.plan import WEEKDAYS, Day, Diet, Item, Market, Person, Plan, add_item, link, plan_file
from dashboard.tables.read import load_tables
from dashboard.weeks.stand_ins import stand_ins
from dashboard.weeks.starter import starter_plan
from dashboard.words import offers as said
from dashboard.words import plan_faults

TABLES = load_tables()
ROWS = {(row.food_id, row.portion): row for row in TABLES.everyday_foods}
#: Rice and nothing else: no B12 at all.
RICE_DAYS = tuple(Day(name, ((), (Item("fndds:56205008", 150),), (), ())) for name in WEEKDAYS)
CHILD_AGES = (1, 2, 3, 4, 6, 8, 9, 11, 13, 14, 15, 17)


def low_meat_week() -> Plan:
    """Somebody in Europe who eats meat once a week: the vegetarian week with one chicken breast."""
    vegetarian = starter_plan(TABLES, Person(40, diet="vegetarian", reference_set="efsa-2015"))
    return add_item(Plan(Person(40, reference_set="efsa-2015"), vegetarian.days), 2, 2, Item("fndds:24122131", 120))


EIGHT = {
    "vegan, Berlin": starter_plan(TABLES, Person(34, diet="vegan", reference_set="dach-2018")),
    "vegan, US": starter_plan(TABLES, Person(34, diet="vegan")),
    "vegetarian, Pune": starter_plan(TABLES, Person(34, diet="vegetarian", reference_set="icmr-2020")),
    "vegetarian, London, 70, PPI": starter_plan(TABLES, Person(70, diet="vegetarian", reference_set="uk-1991", conditions=("ppi",))),
    "omnivore, 40, EFSA, low meat": low_meat_week(),
    "pregnant vegan": starter_plan(TABLES, Person(30, "pregnant", "vegan")),
    "vegan, 15": starter_plan(TABLES, Person(15, diet="vegan")),
    "vegetarian, 9": starter_plan(TABLES, Person(9, diet="vegetarian")),
}


@cache
def advised(plan: Plan) -> tuple[Advice, tuple[Suggestion, ...]]:
    advice = advise(assess(plan, TABLES), TABLES)
    return advice, suggest(advice, TABLES)


def edits(plan: Plan) -> list[Edit]:
    """Every change of food that is offered for a plan, as a suggestion or in a plan of change."""
    advice, suggestions = advised(plan)
    ways = [c.suggestion for c in changes(advice, TABLES) if c.suggestion]
    return [e for s in (*suggestions, *ways) for e in s.edits]


def people(market: Market) -> list[Plan]:
    """Plans of people of every diet, of several ages and conditions, who shop somewhere."""
    persons = [
        Person(age, diet=diet, excludes=excludes, conditions=conditions, reference_set="efsa-2015", shops_in=market)
        for diet, age, (excludes, conditions) in product(Diet, (2, 11, 34), (((), ()), (("milk",), ()), ((), ("ppi",))))
    ]
    plans = [starter_plan(TABLES, person) for person in persons]
    return plans + [Plan(person, RICE_DAYS) for person in persons if person.age_years == 34]


# Where somebody shops ----------------------------------------------------------------------------


def test_where_one_shops_goes_with_the_reference_set_until_it_is_said(tables):
    expected = {
        "iom-1998": Market.US,
        "uk-1991": Market.UK,
        "efsa-2015": Market.EUROPE,
        "dach-2018": Market.EUROPE,
        "nnr-2023": Market.EUROPE,
        "icmr-2020": Market.INDIA,
        "who-fao-2004": Market.ELSEWHERE,
        "nhmrc-2006": Market.ELSEWHERE,
        "japan-2025": Market.ELSEWHERE,
        "japan-2020": Market.ELSEWHERE,
    }
    assert set(expected) <= set(tables.reference_sets)
    for reference_set, market in expected.items():
        assert tables.market(Person(reference_set=reference_set)).market is market
        assert tables.market(Person(reference_set=reference_set, shops_in="india")).market is Market.INDIA
    assert tables.market(Person(reference_set="made-up")).market is Market.ELSEWHERE


def test_every_market_says_what_it_assumes(tables):
    assert list(tables.markets) == list(Market)
    for row in tables.markets.values():
        assert row.measures in ("cups", "metric")
        assert row.fortified in ("usual", "label-first", "few")
        assert "label" in row.label_note
        assert set(row.source_ids) <= set(tables.sources)
    for market in (Market.EUROPE, Market.ELSEWHERE, Market.INDIA):
        assert tables.markets[market].fortified != "usual", "fortification is not taken for granted there"


@pytest.mark.parametrize("shops_in", [None, *Market])
def test_it_travels_in_a_link_and_in_a_file(shops_in):
    plan = Plan(Person(34, shops_in=shops_in))
    assert link.decode(link.encode(plan)).plan == plan
    opened = plan_file.load(plan_file.dump(plan))
    assert (opened.plan, opened.problems) == (plan, ())


def test_a_link_with_a_place_nobody_knows_keeps_the_rest():
    code = link.encode(Plan(Person(61, "none", "vegan", reference_set="uk-1991", shops_in="uk")))
    opened = link.decode(code.replace("uk-1991_k", "uk-1991_zz"))
    assert opened.plan == Plan(Person(61, "none", "vegan", reference_set="uk-1991"))
    assert any("where the person shops" in plan_faults.sentence(problem) for problem in opened.problems)


# The eight people --------------------------------------------------------------------------------


def test_no_food_leads_for_more_than_two_of_the_eight():
    leads = {who: advised(plan)[1][0].lead.food.id for who, plan in EIGHT.items() if advised(plan)[1]}
    assert set(EIGHT) - set(leads) == {"vegetarian, 9"}, "whose plan meets its target"
    assert max(Counter(leads.values()).values()) <= 2, leads
    assert list(leads.values()).count("label:nutritional-yeast") == 0


def test_who_meets_the_target_is_told_so_and_offered_nothing():
    advice, suggestions = advised(EIGHT["vegetarian, 9"])
    assert suggestions == ()
    assert "meets-target" in advice.facts


def test_a_vegetarian_in_pune_is_offered_what_is_eaten_there():
    offered = {e.food.name for e in edits(EIGHT["vegetarian, Pune"])}
    everyday = {TABLES.foods[row.food_id].name for row in TABLES.everyday_foods if Market.INDIA in row.markets}
    assert offered
    assert offered <= everyday
    assert {"Milk, whole", "Paneer", "Yogurt (yoghurt), plain (dahi)"} <= offered
    assert {"Buttermilk (chaas)", "Milky tea (chai, tea latte)"} <= everyday
    assert not any(e.food.group == "eggs" for e in edits(EIGHT["vegetarian, Pune"])), "Indian vegetarians eat no eggs"


def test_a_londoner_of_70_on_a_ppi_is_offered_a_fortified_cereal():
    _, suggestions = advised(EIGHT["vegetarian, London, 70, PPI"])
    assert suggestions[0].lead.food.group == "breakfast-cereals"
    assert suggestions[0].fortified


AMERICAN = re.compile(r"\bcups?\b|\boz\b|\bChex\b|Rice Krispies|Cheerios|deli\b|half and half|string cheese", re.IGNORECASE)


@pytest.mark.parametrize("market", [Market.EUROPE, Market.UK, Market.INDIA, Market.ELSEWHERE])
def test_nothing_american_is_offered_outside_the_us(market):
    allowed_names = {"Crisped rice cereal (Rice Krispies type), fortified"} if market is Market.UK else set()
    for plan in people(market):
        a = advised(plan)[0].assessment
        for e in edits(plan):
            if e.food.name in allowed_names or e.food.group == "drinks":
                continue  # Rice Krispies are British too, and a cup of coffee is a cup anywhere
            assert not AMERICAN.search(e.food.name), e.food.name
            assert not AMERICAN.search(e.portion), f"{e.food.name}: {e.portion}"
            assert e.kind is not Kind.ADD or not AMERICAN.search(said.edit(e, a)), said.edit(e, a)


@pytest.mark.parametrize("market", Market)
def test_only_everyday_foods_of_the_place_are_brought_in(market):
    for plan in people(market):
        for e in edits(plan):
            if e.kind in (Kind.ADD, Kind.SWAP):
                assert any(market in row.markets for row in TABLES.everyday_foods if row.food_id == e.food.id), e.food.name


def test_no_fortified_food_is_offered_where_few_are_fortified():
    for plan in people(Market.INDIA):
        assert not any("fortified" in e.food.tags for e in edits(plan) if e.kind in (Kind.ADD, Kind.SWAP))
    advice, suggestions = advised(starter_plan(TABLES, Person(34, diet="vegan", shops_in="india")))
    assert suggestions == ()
    assert advice.first_regimens, "a supplement leads in place of food"


def test_yeast_flakes_and_meat_alternatives_are_not_taken_for_fortified_in_europe():
    for plan in people(Market.EUROPE):
        assert not any(e.food.group in ("sauces-condiments", "meat-alternatives") for e in edits(plan))


@pytest.mark.parametrize("market", Market)
def test_whoever_is_offered_a_fortified_food_is_told_about_its_label(market):
    for plan in people(market):
        advice, suggestions = advised(plan)
        for s in suggestions:
            assert (TABLES.markets[market].label_note in said.effect(s, advice)) is s.fortified


def test_what_takes_the_place_of_meat_is_not_taken_for_fortified_in_europe():
    for market in Market:
        plan = Plan(Person(34, diet="vegan", shops_in=market), TABLES.starter_week("omnivore-europe").days)
        fortified = {s.stand_in.name for s in stand_ins(plan, TABLES) if s.stand_in and "fortified" in s.stand_in.tags}
        if market is Market.INDIA:
            assert not fortified
        elif market is not Market.US:
            assert all("drink" in name or "yogurt" in name for name in fortified), fortified


# A vegan plan does not rest on one kind of food (A5) ---------------------------------------------


def rests_on(edit: Edit) -> str:
    rows = [row for row in TABLES.everyday_foods if row.food_id == edit.food.id]
    return (rows[0].rests_on if rows else "") or edit.food.id


@pytest.mark.parametrize("market", Market)
def test_a_vegan_plan_rests_on_more_than_one_label(market):
    """Half oats, half latte is one carton. Each kind of fortified food brings three quarters at most."""
    most = TABLES.parameters["offer_most_of_one_label"].value
    for plan in people(market):
        advice, suggestions = advised(plan)
        if plan.person.diet is not Diet.VEGAN or "reliable-source" in advice.facts:
            continue
        for s in suggestions:
            before = advice.assessment.usable.value
            alone: Counter[str] = Counter()
            for e in s.edits:
                alone[rests_on(e)] += assess(e.apply(plan), TABLES).usable.value - before
            assert len(alone) > 1, said.suggestion(s, advice.assessment)
            assert max(alone.values()) <= most * s.usable_gain_ug + 1e-9


def test_every_fortified_everyday_food_says_whose_label_decides():
    for row in TABLES.everyday_foods:
        assert bool(row.rests_on) is ("fortified" in TABLES.foods[row.food_id].tags), row.food_id
    for food_id in {row.food_id for row in TABLES.everyday_foods}:
        assert len({row.rests_on for row in TABLES.everyday_foods if row.food_id == food_id}) == 1


# Children ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("age", "market"), list(product(CHILD_AGES, Market)), ids=str)
def test_children_are_offered_a_childs_portion(age, market):
    group = TABLES.rules.age_group(age)
    for diet in Diet:
        for plan in (
            starter_plan(TABLES, Person(age, diet=diet, shops_in=market)),
            Plan(Person(age, diet=diet, shops_in=market), RICE_DAYS),
        ):
            for e in edits(plan):
                if e.portion:
                    assert e.portions in ROWS[e.food.id, e.portion].portions[group], f"{e.food.name} at {age}"
                if e.kind in (Kind.ADD, Kind.SWAP):
                    assert any(row.portions[group] for row in TABLES.everyday_foods if row.food_id == e.food.id), e.food.name


def test_the_younger_the_smaller():
    groups = ("adult", "child-14-17", "child-9-13", "child-4-8", "child-1-3")
    for row in TABLES.everyday_foods:
        largest = [max(row.portions[group], default=0) for group in groups]
        assert largest == sorted(largest, reverse=True), row.food_id
        assert all(n in (0.25, 0.5, 1, 2) for group in groups for n in row.portions[group])
    assert set(ROWS[next(iter(ROWS))].portions) == set(groups)


@pytest.mark.parametrize("diet", Diet)
def test_something_is_offered_to_a_child_who_eats_nothing_with_b12(diet):
    for age in (2, 6, 11, 15):
        for market in (Market.US, Market.UK):
            assert advised(Plan(Person(age, diet=diet, shops_in=market), RICE_DAYS))[1], (age, market)


def test_coffee_and_tea_are_not_offered_to_children():
    for row in TABLES.everyday_foods:
        if TABLES.foods[row.food_id].group == "drinks":
            assert not any(row.portions[group] for group in row.portions if group != "adult")


def test_a_baby_is_offered_nothing():
    for diet, market in product(Diet, Market):
        plan = starter_plan(TABLES, Person(0, diet=diet, shops_in=market))
        assert advised(plan)[1] == ()
        assert changes(advised(plan)[0], TABLES) == ()


def test_portions_are_portions_of_the_food():
    for row in TABLES.everyday_foods:
        food = TABLES.foods[row.food_id]
        assert row.portion in {p.label for p in food.portions}, f"{food.name}: {row.portion}"
        assert row.markets
        assert food.group in TABLES.suggestion_groups
    for swap in TABLES.swaps:
        assert swap.to_food in {row.food_id for row in TABLES.everyday_foods}
