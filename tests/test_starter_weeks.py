"""The example weeks: for whom each is, that they are kept for good, and that a child's is a child's."""

from __future__ import annotations

import zlib
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from conftest import csv_rows

from dashboard import words
from dashboard.estimate.assess import assess
from dashboard.plan import MEALS, WEEKDAYS, Day, Diet, Item, Market, Person, Plan, edit_person, set_grams
from dashboard.plan.plan import Place
from dashboard.tables.foods import DIET_MAY_EAT
from dashboard.tables.read import load_tables
from dashboard.tables.weeks import StarterWeek
from dashboard.weeks.starter import energy_need_kcal, follow, is_starter, starter_plan, starter_week

TABLES = load_tables()
SHIPPED = Path(__file__).parent / "starter_weeks.txt"
WITH_FOOD = [w for w in TABLES.starter_weeks if w.age_group != "infant"]
ADULT = [w for w in WITH_FOOD if w.age_group == "adult"]
CHILD = [w for w in WITH_FOOD if w.age_group != "adult"]
UNDER_5 = [w for w in CHILD if w.age_group in ("child-1-3", "child-4-8")]
AGES = (0, 1, 3, 4, 8, 9, 13, 14, 17, 18, 34, 80)

#: A day's energy lies within this share of what the age needs. The needs themselves are rounded to 200 kcal.
ENERGY_TOLERANCE = 0.10
ADULT_KCAL = (1800, 2200)
#: NHS and HSE: not for children of any age, and not under 5 years.
NOT_FOR_CHILDREN = {"alcohol", "energy-drink", "medical", "high-mercury", "organ-meat", "raw"}
CAFFEINE = ("coffee", "latte", "cappuccino", "espresso", "tea,", "cola")
CHOKING = {"Carrots, raw", "Grapes, raw", "Trail mix, nuts and dried fruit", "Alpen muesli", "Popcorn, air-popped, plain", "Olives, black"}
NUTS_THAT_ARE_NO_PIECES = {"Sesame seeds", "Coconut, dried (desiccated, flaked)"}


def ids(weeks: list[StarterWeek]) -> list[str]:
    return [f"{w.week} {w.version}" for w in weeks]


def items(week: StarterWeek) -> list[Item]:
    return [item for day in week.days for meal in day.meals for item in meal]


def kcal(day: Day) -> float:
    return sum((TABLES.foods[i.food].energy_kcal_per_100g or 0) * i.grams / 100 for meal in day.meals for i in meal)


def mean_ug(week: StarterWeek) -> float:
    """B12 a day by hand; sources that do not count are left out. [µg/day]"""
    counted = [(TABLES.foods[i.food], i.grams) for i in items(week) if TABLES.foods[i.food].counted]
    return sum((food.b12_ug_per_100g or 0) * grams / 100 for food, grams in counted) / len(week.days)


# Kept for good -----------------------------------------------------------------------------------


def fingerprint(week: StarterWeek) -> str:
    """A week's content in eight digits."""
    said = ";".join(f"{d.name}:{'|'.join(' '.join(f'{i.food}={i.grams:g}' for i in meal) for meal in d.meals)}" for d in week.days)
    return f"{zlib.crc32(said.encode()):08x}"


def test_every_week_ever_shipped_is_still_there_as_it_was():
    """A link may name a week and its version. A changed week is a new version; the old rows stay."""
    there = {f"{w.week} {w.version}": fingerprint(w) for w in TABLES.starter_weeks}
    shipped = dict(line.rsplit(" ", 1) for line in SHIPPED.read_text().splitlines() if not line.startswith("#"))
    assert there == shipped, "add the lines of new weeks to tests/starter_weeks.txt; never change a line"


def test_a_week_and_its_version_are_named_once():
    named = [(w.week, w.version) for w in TABLES.starter_weeks]
    assert len(set(named)) == len(named)
    assert {(r["week"], int(r["version"])) for r in csv_rows("starter_days")} == set(named)


# What stands in them -----------------------------------------------------------------------------


@pytest.mark.parametrize("week", WITH_FOOD, ids=ids(WITH_FOOD))
def test_a_week_has_seven_days_with_three_meals(week):
    assert tuple(day.name for day in week.days) == WEEKDAYS
    for day in week.days:
        assert all(day.meals[MEALS.index(meal)] for meal in ("breakfast", "lunch", "dinner")), day.name
        for meal in day.meals:
            assert len({i.food for i in meal}) == len(meal), "a food stands once in a meal"


@pytest.mark.parametrize("week", WITH_FOOD, ids=ids(WITH_FOOD))
def test_every_food_exists_fits_the_diet_and_has_its_figures(week):
    for item in items(week):
        food = TABLES.foods[item.food]
        assert all(food.diet in DIET_MAY_EAT[diet] for diet in week.diets), food.name
        assert food.diet != "uncertain", food.name
        assert food.b12_ug_per_100g is not None, food.name
        assert food.energy_kcal_per_100g is not None, food.name
        assert item.grams > 0


@pytest.mark.parametrize("week", ADULT, ids=ids(ADULT))
def test_every_day_has_an_adults_energy(week):
    assert {d.name: round(kcal(d)) for d in week.days if not ADULT_KCAL[0] <= kcal(d) <= ADULT_KCAL[1]} == {}


@pytest.mark.parametrize("week", CHILD, ids=ids(CHILD))
def test_every_day_has_the_energy_that_the_age_needs(week):
    need = energy_need_kcal(TABLES, week.age_group)
    assert need is not None
    assert {d.name: round(kcal(d)) for d in week.days if abs(kcal(d) / need - 1) > ENERGY_TOLERANCE} == {}


def test_the_energy_needs_of_the_age_groups():
    """By hand from the rows: boys and girls, moderately active, every age of the group alike."""
    assert energy_need_kcal(TABLES, "child-1-3") == pytest.approx((900 + 1000 + (1400 + 1200) / 2) / 3)
    assert energy_need_kcal(TABLES, "child-4-8") == pytest.approx((1400 + 1400 + 1500 + 1600 + 1600) / 5)
    assert energy_need_kcal(TABLES, "child-9-13") == pytest.approx((1700 + 1800 + 1900 + 2100 + 2100) / 5)
    assert energy_need_kcal(TABLES, "child-14-17") == pytest.approx((2200 + 2300 + 2400 + 2400) / 4)
    assert energy_need_kcal(TABLES, "adult") is None
    assert [n.age_years for n in TABLES.energy_needs] == list(range(1, 18))


def said(item: Item) -> str:
    return words.portion(TABLES.foods[item.food], item.grams)


@pytest.mark.parametrize("week", WITH_FOOD, ids=ids(WITH_FOOD))
def test_every_amount_is_one_a_kitchen_knows(week):
    """Some quarters of a household measure, or a round weight where food is weighed; half an egg, never 0.37 of one."""
    for item in items(week):
        food = TABLES.foods[item.food]
        measure = words.best_measure(food, item.grams)
        if measure is None:
            assert item.grams % 5 == 0, f"{food.name} {item.grams} g"
            assert "us" not in week.markets, f"{food.name} {item.grams} g is not in a household measure"
        elif food.group == "eggs" and "egg" in measure[0].label:
            assert measure[1] * 2 == int(measure[1] * 2), f"{food.name} {said(item)}"


@pytest.mark.parametrize("week", [w for w in WITH_FOOD if Market.US not in w.markets], ids=lambda w: w.week)
def test_where_food_is_weighed_nothing_is_said_in_cups_or_ounces(week):
    assert all(TABLES.markets[m].measures == "metric" for m in week.markets)
    for item in items(week):
        if TABLES.foods[item.food].group != "drinks":  # a cup of tea is a cup everywhere
            assert " cup" not in said(item).replace(" cupcake", ""), f"{TABLES.foods[item.food].name} {said(item)}"
            assert " oz" not in said(item), f"{TABLES.foods[item.food].name} {said(item)}"


@pytest.mark.parametrize("week", CHILD, ids=ids(CHILD))
def test_nothing_in_a_childs_week_is_for_adults_only(week):
    for item in items(week):
        food = TABLES.foods[item.food]
        assert not food.tags & NOT_FOR_CHILDREN, food.name
        assert not (food.group == "drinks" and food.name.casefold().startswith(CAFFEINE)), food.name


def test_what_children_are_kept_from_is_in_the_food_table():
    """Guards the tests around it: a renamed food would slip through them."""
    names = {f.name for f in TABLES.foods.values()}
    assert names >= CHOKING | NUTS_THAT_ARE_NO_PIECES
    assert {tag for f in TABLES.foods.values() for tag in f.tags} >= NOT_FOR_CHILDREN
    drinks = [f.name.casefold() for f in TABLES.foods.values() if f.group == "drinks"]
    assert all(any(name.startswith(word) for name in drinks) for word in CAFFEINE)


@pytest.mark.parametrize("week", UNDER_5, ids=ids(UNDER_5))
def test_nothing_that_a_child_under_five_may_choke_on(week):
    names = {TABLES.foods[i.food].name for i in items(week)}
    nuts = {TABLES.foods[i.food].name for i in items(week) if TABLES.foods[i.food].group == "nuts-seeds"}
    assert not names & CHOKING
    assert not nuts - NUTS_THAT_ARE_NO_PIECES


@pytest.mark.parametrize("week", [w for w in CHILD if w.age_group == "child-1-3"], ids=lambda w: w.week)
def test_milk_and_yogurt_of_the_youngest_are_whole(week):
    """NHS: whole milk until two years."""
    for item in items(week):
        food = TABLES.foods[item.food]
        if food.group in ("milk", "yogurt") and "fruit" not in food.name and "Buttermilk" not in food.name:
            assert not any(word in food.name for word in ("low fat", "fat free", "semi-skimmed", "skimmed")), food.name


# How much B12 they bring -------------------------------------------------------------------------


def test_a_vegan_week_without_fortified_food_brings_what_was_published(tables):
    for week in ADULT:
        if not week.fortified:
            assert 0 <= mean_ug(week) <= tables.parameters["published_intake_vegan_max"].value
            assert assess(Plan(days=week.days), tables).added_ug == 0


@pytest.mark.parametrize("diet", [Diet.VEGETARIAN, Diet.OMNIVORE])
@pytest.mark.parametrize("market", [m for m in Market if m is not Market.INDIA])
def test_a_week_brings_what_was_published(tables, diet, market):
    published = tables.parameters[f"published_intake_{diet}"]
    assert published.low <= mean_ug(starter_week(tables, Person(34, diet=diet, shops_in=market))) <= published.high


def test_a_week_in_india_brings_less_than_one_elsewhere(tables):
    """Less milk and meat, and nothing fortified: published intakes of Indian vegetarians lie below those of Western ones."""
    for diet in Diet:
        indian, other = (mean_ug(starter_week(tables, Person(34, diet=diet, shops_in=m))) for m in (Market.INDIA, Market.UK))
        assert indian < other
    vegetarian = mean_ug(starter_week(tables, Person(34, diet="vegetarian", shops_in="india")))
    assert 0.5 < vegetarian < tables.parameters["published_intake_vegetarian"].value


def test_a_vegan_week_with_fortified_food_is_no_reliable_source(tables):
    """Somebody who opens the app must not be told that the example is enough."""
    for week in ADULT:
        if week.diets == {Diet.VEGAN}:
            assert mean_ug(week) < tables.parameters["reliable_added_ug"].value / 2


@pytest.mark.parametrize("week", CHILD, ids=ids(CHILD))
def test_a_childs_b12_goes_with_its_food(week):
    """About as much B12 for each kcal as in the adult week it was made from."""
    adult = TABLES.starter_week(week.week.removesuffix(f"-{week.age_group}"))
    if mean_ug(adult) == 0:
        assert mean_ug(week) == 0
        return
    per_kcal = [mean_ug(w) / sum(map(kcal, w.days)) for w in (week, adult)]
    assert 0.65 <= per_kcal[0] / per_kcal[1] <= 1.6


# Who gets which ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("diet", "market", "age"), list(product(Diet, Market, AGES)), ids=str)
def test_everybody_gets_a_week_of_their_own(tables, diet, market, age):
    person = Person(age, diet=diet, shops_in=market)
    for unfortified in (False, True):
        week = starter_week(tables, person, unfortified=unfortified)
        assert diet in week.diets
        assert market in week.markets
        assert week.age_group == tables.rules.age_group(age)
        assert is_starter(tables, starter_plan(tables, person, unfortified=unfortified))


def test_the_age_groups(tables):
    bounds = {0: "infant", 1: "child-1-3", 3: "child-1-3", 4: "child-4-8", 8: "child-4-8", 9: "child-9-13", 13: "child-9-13"}
    for age, group in (bounds | {14: "child-14-17", 17: "child-14-17", 18: "adult", 120: "adult"}).items():
        assert tables.rules.age_group(age) == group


def test_a_baby_gets_no_week(tables):
    plan = starter_plan(tables, Person(0))
    assert list(plan.items()) == []
    assert [d.name for d in plan.days] == list(WEEKDAYS)


# Following the person ----------------------------------------------------------------------------


def changed(tables, plan: Plan, **person: object) -> Plan:
    return follow(tables, plan, edit_person(plan, **person))


@pytest.mark.parametrize("change", [{"age_years": 6}, {"diet": "vegetarian"}, {"shops_in": "india"}, {"reference_set": "uk-1991"}])
def test_an_untouched_week_follows_age_diet_and_place(tables, change):
    before = starter_plan(tables, Person(34))
    after = changed(tables, before, **change)
    assert after.days == starter_plan(tables, after.person).days
    assert after.days != before.days


def test_a_touched_week_stays(tables):
    touched = set_grams(starter_plan(tables, Person(34)), Place(0, 0, 0), 31)
    assert changed(tables, touched, age_years=6).days == touched.days


def test_a_week_without_fortified_food_stays_without(tables):
    before = starter_plan(tables, Person(34, diet="vegan"), unfortified=True)
    after = changed(tables, before, age_years=15)
    assert after.days == starter_plan(tables, after.person, unfortified=True).days
    assert assess(after, tables).added_ug == 0


def test_what_does_not_change_the_week_leaves_it_alone(tables):
    """A link from before weeks went by age shows the adult week for a child; a change of life stage does not swap it."""
    old = Plan(Person(15), tables.starter_week("omnivore").days)
    assert is_starter(tables, old)
    assert changed(tables, old, excludes=("soy",)).days == old.days
    assert changed(tables, old, age_years=34).days == old.days
    assert changed(tables, old, age_years=10).days == starter_plan(tables, Person(10)).days


def test_a_week_comes_and_goes_with_a_baby(tables):
    adult = starter_plan(tables, Person(34))
    baby = changed(tables, adult, age_years=0)
    assert list(baby.items()) == []
    assert changed(tables, baby, age_years=1).days == starter_plan(tables, Person(1)).days


def test_a_week_that_somebody_has_emptied_stays_empty(tables):
    emptied = replace(starter_plan(tables, Person(34)), days=tuple(Day(name) for name in WEEKDAYS))
    assert not is_starter(tables, emptied)
    assert changed(tables, emptied, age_years=6).days == emptied.days
