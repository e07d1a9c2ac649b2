"""Where a rule speaks of "more than", "at least" or "below", the very figure it names falls on the side that the word says."""

from __future__ import annotations

import pytest
from conftest import advised, one_meal_days, own
from hypothesis import given
from hypothesis import strategies as st

from dashboard.care.blood_tests import find
from dashboard.plan import Person, Plan, Supplement
from dashboard.tables.read import load_care_tables, load_tables
from dashboard.words import verdict

TABLES, CARE = load_tables(), load_care_tables()
CHILD_DOSES = {1: 10, 3: 10, 4: 15, 8: 15, 9: 20, 13: 20, 14: 25, 17: 25}


def takes(age: int, *supplements: Supplement) -> frozenset[str]:
    return advised(Plan(Person(age, diet="vegan"), one_meal_days({}, 3), supplements), TABLES).facts


@pytest.mark.parametrize(("age", "dose"), CHILD_DOSES.items())
def test_a_child_on_the_dose_of_the_age_is_not_said_to_be_above_it(age, dose):
    """The doses of rule A12: exactly the dose is not above it, a little more or a rarer large dose is."""
    assert "above-dose-of-age" not in takes(age, Supplement("tablet", dose, 7))
    assert "above-dose-of-age" not in takes(age, Supplement("tablet", dose / 2, 14))
    assert "above-dose-of-age" in takes(age, Supplement("tablet", dose + 0.1, 7))
    assert "above-dose-of-age" in takes(age, Supplement("tablet", dose, 8))
    assert "above-dose-of-age" in takes(age, Supplement("tablet", dose, 7), Supplement("spray", 1, 7))
    assert "above-dose-of-age" in takes(age, Supplement("tablet", 2 * dose, 1))


def test_nobody_grown_up_is_above_a_dose_of_the_age():
    assert "above-dose-of-age" not in takes(18, Supplement("tablet", 2000, 7))
    assert "above-dose-of-age" not in takes(0, Supplement("tablet", 2000, 7))
    assert "above-dose-of-age" not in takes(8, Supplement("injection", 1000, 1))


def test_more_than_every_dose_that_is_named_is_asked_about():
    """A slip of the unit or of how often stays in no plan unseen; the largest doses that are named are no slip."""
    for grown in (Supplement("tablet", 2500, 1), Supplement("tablet", 2000, 7), Supplement("injection", 20000, 1)):
        assert "above-every-dose" not in takes(34, grown)
    for slip in (Supplement("tablet", 20000, 0.1), Supplement("spray", 1000, 70), Supplement("sublingual", 2500.1, 1)):
        assert "above-every-dose" in takes(34, slip)


def test_the_child_is_told_so_only_above_the_dose():
    def flags(dose: float) -> set[str]:
        return {f.id for f in advised(Plan(Person(6), one_meal_days({}, 3), (Supplement("tablet", dose, 7),)), TABLES).flags}

    assert "child-high-dose" not in flags(15) and "child-high-dose" in flags(16)
    assert "under-18" in flags(15)


@pytest.mark.parametrize(
    ("supplement", "reliable"),
    [
        (Supplement("tablet", 10, 7), True),
        (Supplement("tablet", 9.9, 7), False),
        (Supplement("tablet", 2000, 1), True),
        (Supplement("tablet", 1999, 1), False),
        (Supplement("tablet", 3.3333, 21), False),
        (Supplement("tablet", 2.5, 28), True),
    ],
)
def test_at_least_so_much_of_a_supplement_is_reliable(supplement, reliable):
    assert ("reliable-source" in takes(34, supplement)) is reliable


@given(st.lists(st.integers(1, 29), min_size=1, max_size=5, unique=True))
def test_three_micrograms_of_many_foods_are_at_least_three(cuts):
    """Whatever parts 3 µg are eaten in: a sum of decimals that misses it by its last digit does not miss it."""
    ends = [0, *sorted(cuts), 30]
    parts = [own(f"part-{n}", (b - a) / 10, (b - a) / 10, "vegan") for n, (a, b) in enumerate(zip(ends, ends[1:], strict=False))]
    half = own("half", 1.5, 1.5, "vegan")
    for meals in ({"breakfast": parts, "lunch": [own("least", 0.5, 0.5, "vegan")]}, {"breakfast": [half], "dinner": [half]}):
        foods = {f.id: f for foods in meals.values() for f in foods}
        days = one_meal_days({meal: [(f, 100.0) for f in eaten] for meal, eaten in meals.items()}, 3)
        assert "reliable-source" in advised(Plan(Person(34, diet="vegan"), days, (), tuple(foods.values())), TABLES).facts


@pytest.mark.parametrize(("ug", "less"), [(1.9, True), (1.96, False), (2.0, False), (2.1, False)])
def test_less_than_half_of_an_ai_is_less_as_it_is_said(ug, less):
    """2.0 of 4.0 is half; what is said as 2.0 is not called less than half."""
    food = own("food", ug)
    plan = Plan(Person(34, reference_set="efsa-2015"), one_meal_days({"lunch": [(food, 100.0)]}, 3), (), (food,))
    advice = advised(plan, TABLES)
    assert ("below-half-of-ai" in advice.facts) is less
    assert ("less than half" in verdict.verdict(advice)) is less


def test_fewer_than_three_days_are_few():
    food = own("food", 5.0)
    for days, few in ((1, True), (2, True), (3, False)):
        assert ("few-days" in advised(Plan(Person(34), one_meal_days({"lunch": [(food, 100.0)]}, days), (), (food,)), TABLES).facts) is few


@pytest.mark.parametrize(("age", "band"), [(50, ""), (51, "age-51"), (64, ""), (65, "age-65"), (74, "age-65"), (75, "age-75")])
def test_from_an_age_on_means_that_age_too(age, band):
    facts = takes(age)
    assert facts & {"age-65", "age-75"} == ({band} if band in ("age-65", "age-75") else set())
    assert ("age-51" in facts) is (age >= 51)


def test_a_blood_value_on_the_edge_is_in_the_band_whose_words_hold_it():
    """NICE: below 180, 180 to 350, above 350; active B12 below 25, 25 to 70, above 70."""
    rows = [r for r in CARE.tests if r.kind == "band" and r.scheme == "NICE"]
    for test, unit, low, high in (("total-b12", "ng/L", 180, 350), ("total-b12", "pmol/L", 133, 258), ("active-b12", "pmol/L", 25, 70)):
        bands = [r for r in rows if r.test == test and r.unit == unit]
        found = [find(value, bands).band for value in (low - 0.1, low, high, high + 0.1)]
        assert found == ["low", "unclear", "unclear", "not-low"]
