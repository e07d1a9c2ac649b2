"""Plans of change do what they say and keep the week as it was; equivalents and one dose follow the published figures."""

from __future__ import annotations

import pytest
from conftest import advised
from hypothesis import given
from hypothesis import strategies as st

from dashboard.advice import regimens
from dashboard.advice.changes import Way, changes
from dashboard.estimate import equivalents
from dashboard.estimate.absorption import Levers
from dashboard.estimate.assess import assess
from dashboard.plan import Day, Item, LifeStage, Person, Plan, Supplement
from dashboard.tables.read import load_tables
from dashboard.tables.science import Band

TABLES = load_tables()
HEALTHY = Levers()
NO_FACTOR = Levers(Band(0, 0, 0), Band(0, 0, 0))


def found(week: str, person: Person):
    return advised(Plan(person, TABLES.starter_week(week).days), TABLES)


PEOPLE = [
    ("vegan-unfortified", Person(34, diet="vegan")),
    ("vegan-typical", Person(34, diet="vegan", reference_set="efsa-2015")),
    ("vegetarian", Person(30, "breastfeeding", "vegetarian")),
    ("vegetarian", Person(70, diet="vegetarian", conditions=("ppi",))),
    ("omnivore", Person(34, reference_set="efsa-2015", conditions=("atrophic-gastritis",))),
]


@pytest.mark.parametrize(("week", "person"), PEOPLE, ids=[f"{w} {p.age_years} {p.life_stage}" for w, p in PEOPLE])
def test_each_way_is_what_it_says_and_keeps_the_week_before(week, person):
    advice = found(week, person)
    before = advice.assessment
    ways = {c.way: c for c in changes(advice, TABLES)}
    assert list(ways) == list(Way)
    for c in ways.values():
        if c.after is None:
            assert c.suggestion is None
            assert c.regimen is None
            continue
        proposal = c.apply(before.plan)
        assert proposal.baseline == before.plan
        after = assess(proposal, TABLES)
        assert (after.intake_ug, after.usable) == (c.after.intake_ug, c.after.usable)
        assert after.usable.value > before.usable.value
    if ways[Way.FOOD].suggestion:
        assert not any("fortified" in f.tags for f in ways[Way.FOOD].suggestion.foods)
    if ways[Way.FORTIFIED].suggestion or person.diet == "vegan":
        assert all("fortified" in f.tags for f in ways[Way.FORTIFIED].suggestion.foods)
    if person.life_stage is LifeStage.NONE:
        assert ways[Way.TABLET].regimen.regimen.form == "tablet"
        assert ways[Way.TABLET].after.usable_shortfall_ug < 0.05
    else:
        assert ways[Way.TABLET].regimen is None, "a dose in pregnancy or while breastfeeding is the clinician's to set"
    if ways[Way.FORTIFIED].after and ways[Way.FORTIFIED].after.usable_shortfall_ug == 0 and ways[Way.FORTIFIED].after.shortfall_ug == 0:
        assert ways[Way.LEAST].occasions_changed <= ways[Way.FORTIFIED].occasions_changed


def test_a_strict_vegan_has_no_way_by_natural_food():
    ways = {c.way: c for c in changes(found("vegan-unfortified", Person(34, diet="vegan")), TABLES)}
    assert ways[Way.FOOD].after is None
    assert ways[Way.TABLET].regimen.regimen.regimen == "tablet-10-daily"  # 1.35 of 1.2 needed (published regimens)


@pytest.mark.parametrize("condition", ["pernicious-anaemia", "nitrous-oxide"])
def test_no_way_is_offered_where_a_clinician_comes_first(condition):
    assert changes(found("vegan-unfortified", Person(34, diet="vegan", conditions=(condition,))), TABLES) == ()


def test_no_way_is_offered_when_nothing_is_short():
    assert changes(found("omnivore", Person(34)), TABLES) == ()


# Equivalents -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dose", "times", "usable"),
    [(1, 21, 1.77), (10, 7, 1.35), (2000, 1, 3.6), (2500, 1, 4.5), (1000, 2, 3.8), (50, 7, 1.85)],  # published absorption and regimens
)
def test_usable_of_the_published_regimens(dose, times, usable):
    assert equivalents.usable_at_frequency(dose, times, TABLES, HEALTHY).value == pytest.approx(usable, rel=0.02)


@given(st.floats(0.1, 30), st.sampled_from([HEALTHY, NO_FACTOR]), st.booleans())
def test_doses_that_come_to_the_same_do(usable, levers, with_food):
    for e in equivalents.equivalent_doses(usable, TABLES, levers, with_food=with_food):
        assert equivalents.usable_at_frequency(e.dose_ug or 20000, e.times_per_week, TABLES, levers, with_food=with_food) == e.usable
        if e.dose_ug is None:
            assert e.usable.value < usable
        elif e.dose_ug > 1:
            assert e.usable.value == pytest.approx(usable, rel=0.06)  # two figures: 1.05 is said as 1.1


def test_ten_daily_is_about_seven_hundred_weekly():
    """10 ug a day gives 1.35; a week of it is 9.45 = 1.25 + 0.012 D, so D is 683 (published absorption)."""
    same = {e.times_per_week: e.dose_ug for e in equivalents.equivalent_doses(1.35, TABLES, HEALTHY)}
    assert same[7] == 10
    assert same[1] == 680
    assert same[21] == pytest.approx(0.7, abs=0.05)  # 0.45 each from 0.7 ug


def test_the_less_often_the_larger_the_dose():
    doses = [e.dose_ug for e in equivalents.equivalent_doses(1.2, TABLES, HEALTHY)]
    assert doses == sorted(doses)


@pytest.mark.parametrize(("amount", "said"), [(0.04, 0.1), (0.74, 0.7), (1.23, 1.2), (10.4, 10), (123, 120), (1990, 2000), (0, 0)])
def test_two_figures(amount, said):
    assert equivalents.two_figures(amount) == pytest.approx(said)


def test_one_dose_runs_from_a_tenth_to_five_thousand():
    rows = equivalents.curve(TABLES, HEALTHY)
    assert (rows[0].dose_ug, rows[-1].dose_ug) == (pytest.approx(0.1), pytest.approx(5000))
    absorbed = [r.usable.value for r in rows]
    assert absorbed == sorted(absorbed)
    assert [r.percent for r in rows] == sorted((r.percent for r in rows), reverse=True)
    assert rows[-1].usable.value == pytest.approx(61.25, abs=0.01)  # 1.25 + 0.012 x 5000


def test_without_intrinsic_factor_only_the_passive_part():
    for r in equivalents.curve(TABLES, NO_FACTOR):
        assert r.usable.value == pytest.approx(0.012 * r.dose_ug)


def test_the_plans_occasions_and_doses_are_marked():
    milk = "fndds:11320100"  # soya drink, 0.39 ug per 100 g, all added
    day = Day("Monday", ((Item(milk, 100),), (), (Item(milk, 200),), ()), (("breakfast", "lunch"),))
    marked = equivalents.occasions(assess(Plan(Person(34, diet="vegan"), (day,), (Supplement("tablet", 50, 1),)), TABLES), TABLES)
    assert [round(e.swallowed_ug, 2) for e in marked] == [0.39, 0.78, 50]
    assert marked[2].supplement == Supplement("tablet", 50, 1)
    assert marked[2].usable.value == pytest.approx(1.50, abs=0.01)  # 50 ug with food (published absorption)


def test_with_food_less_of_a_large_dose_gets_in():
    a = found("vegan-unfortified", Person(34, diet="vegan"))
    apart, with_food = ({e.regimen.regimen: e for e in regimens.compare(a, TABLES, w)} for w in (False, True))
    assert apart["tablet-1000-daily"].usable.value == pytest.approx(13.25, abs=0.01)
    assert with_food["tablet-1000-daily"].usable.value == pytest.approx(6.25, abs=0.01)
    assert apart["injection-hydroxocobalamin-1000"].usable == with_food["injection-hydroxocobalamin-1000"].usable
    assert apart["tablet-10-daily"].doses_per_year == 364
