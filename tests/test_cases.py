"""Worked examples: published tables and figures worked by hand, one TOML file a subject (tests/cases)."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import advised, csv_rows, one_meal_days, own

from dashboard.advice import regimens
from dashboard.estimate import reference
from dashboard.estimate.absorption import Levers, Occasion, dose_ug, levers, occasion_ug
from dashboard.estimate.assess import assess
from dashboard.estimate.doses import supplement_usable
from dashboard.estimate.instead import usable_instead
from dashboard.plan import Day, Item, Person, Plan, Supplement

CASES = Path(__file__).parent / "cases"


def cases(file: str) -> list:
    text = (CASES / f"{file}.toml").read_text(encoding="utf-8")
    return [pytest.param(case, id=case["name"]) for case in tomllib.loads(text)["case"]]


def check(found: float, case: dict) -> None:
    # The hair on top is binary rounding of the decimal figures, not a wider tolerance.
    assert abs(found - case["expected"]) <= case["tolerance"] + 1e-12, f"{found} against {case['expected']}"


def levers_of(tables, conditions: list[str]) -> Levers:
    return levers(tables.conditions[c] for c in conditions)


@pytest.mark.parametrize("file", sorted(p.stem for p in CASES.glob("*.toml")))
def test_every_case_is_complete(file):
    sources = {row["source_id"] for row in csv_rows("sources")}
    names = []
    for case in tomllib.loads((CASES / f"{file}.toml").read_text(encoding="utf-8"))["case"]:
        assert set(case) == {"name", "source_id", "input", "expected", "tolerance"}
        assert case["source_id"] in sources, case["name"]
        assert case["tolerance"] >= 0
        assert case["name"].isascii()
        names.append(case["name"])
    assert len(names) == len(set(names))


@pytest.mark.parametrize("case", cases("reference_values"))
def test_reference_values(tables, case):
    i = case["input"]
    rows = [r for r in reference.rows(tables, i["set"], i["age"], i["stage"]) if r.kind == i["kind"]]
    assert len(rows) == 1
    check(rows[0].value_ug, case)


@pytest.mark.parametrize("case", cases("crystalline_doses"))
def test_crystalline_doses(tables, case):
    i = case["input"]
    person = levers_of(tables, i["conditions"])
    check(dose_ug(i["dose_ug"], tables, with_food=i["with_food"], levers=person).value, case)


@pytest.mark.parametrize("case", cases("fit_residuals"))
def test_fit_residuals(tables, case):
    i = case["input"]
    fitted = dose_ug(i["dose_ug"], tables).value
    check(fitted, case)
    assert abs(100 * (i["observed_ug"] - fitted) / fitted - i["residual_percent"]) <= 0.5
    observed = [float(r["absorbed_ug"]) for r in csv_rows("absorption_observations") if float(r["dose_ug"]) == i["dose_ug"]]
    assert i["observed_ug"] in observed


@pytest.mark.parametrize("case", cases("food_bound"))
def test_food_bound(tables, case):
    i = case["input"]
    check(dose_ug(i["dose_ug"], tables, crystalline=False, fraction=i["fraction"]).value, case)


@pytest.mark.parametrize("case", cases("mixed_meals"))
def test_mixed_meals(tables, case):
    i = case["input"]
    occasion = Occasion({"food_fraction": i["natural_ug"], "egg_fraction": i["egg_ug"]}, i["added_ug"], with_food=True)
    check(occasion_ug(occasion, tables).value, case)


@pytest.mark.parametrize("case", cases("levers"))
def test_levers(tables, case):
    i = case["input"]
    occasion = Occasion({"food_fraction": i["natural_ug"]}, i["added_ug"], with_food=True)
    check(occasion_ug(occasion, tables, levers_of(tables, i["conditions"])).value, case)


@pytest.mark.parametrize("case", cases("levers"))
def test_levers_in_a_whole_plan(tables, case):
    """The same meals through assess: natural and added B12 of own foods, one breakfast a day."""
    i = case["input"]
    meal = [(own("natural", i["natural_ug"], 0.0), 100.0), (own("added", i["added_ug"], i["added_ug"]), 100.0)]
    person = Person(34, conditions=tuple(i["conditions"]))
    plan = Plan(person, one_meal_days({"breakfast": meal}, 3), own_foods=tuple(food for food, _ in meal))
    check(assess(plan, tables).usable.value, case)


@pytest.mark.parametrize("case", cases("shortfalls"))
def test_shortfalls(tables, case):
    i = case["input"]
    food = own("food", i["intake_ug"])
    person = Person(i["age"], i["stage"], reference_set=i["set"])
    plan = Plan(person, one_meal_days({"lunch": [(food, 100.0)]}, i["days"]), own_foods=(food,))
    found = assess(plan, tables)
    check(found.shortfall_ug, case)
    assert found.intake_ug == pytest.approx(i["intake_ug"], abs=1e-9)
    assert found.verdict == i["verdict"]
    assert [d.shortfall_ug for d in found.days] == pytest.approx([case["expected"]] * i["days"], abs=1e-9)


@pytest.mark.parametrize("case", cases("regimens"))
def test_regimens(tables, case):
    i = case["input"]
    supplement = Supplement("tablet", i["dose_ug"], i["times_per_week"], i["with_food"])
    check(supplement_usable(supplement, tables, levers_of(tables, i["conditions"])).value, case)


@pytest.mark.parametrize(
    ("regimen", "expected"),
    [
        ("tablet-10-daily", 1.35),
        ("tablet-25-daily", 1.55),
        ("tablet-50-daily", 1.85),
        ("tablet-100-daily", 2.45),
    ],
)
def test_regimens_of_the_table_give_the_published_uptake(tables, regimen, expected):
    """The table's own rows through the comparison a person sees; fasting, as they were tested (published regimens)."""
    compared = {e.regimen.regimen: e for e in regimens.compare(advised(Plan(Person(34, diet="vegan")), tables), tables)}
    assert compared[regimen].usable.value == pytest.approx(expected, abs=0.005)


def test_injections_give_the_published_averages(tables):
    """published regimens: hydroxocobalamin 8-12 ug a day between 3 and 2 months; cyanocobalamin monthly about 7-10."""
    compared = {e.regimen.regimen: e for e in regimens.compare(advised(Plan(Person(34, diet="vegan")), tables), tables)}
    # 1000 x 0.725 / 91 days = 7.97: the longest usual interval, so the low end of 8-12
    assert compared["injection-hydroxocobalamin-1000"].usable.value == pytest.approx(8, abs=0.5)
    monthly = compared["injection-cyanocobalamin-1000"].usable
    assert (monthly.low, monthly.high) == pytest.approx((7, 10), abs=0.5)


# Single examples that need more than one number --------------------------------------------------


def test_a_ppi_leaves_a_tablet_exactly_as_it_is(tables):
    for dose in (1, 10, 50, 1000):
        for with_food in (True, False):
            tablet = Supplement("tablet", dose, 7, with_food)
            usual = supplement_usable(tablet, tables, Levers())
            assert supplement_usable(tablet, tables, levers_of(tables, ["ppi"])) == usual


def test_pernicious_anaemia_takes_nothing_from_any_food(tables):
    food = own("liver", 80.0, 0.0)
    for condition in ("pernicious-anaemia", "total-gastrectomy", "ileal-resection-long"):
        plan = Plan(Person(34, conditions=(condition,)), one_meal_days({"dinner": [(food, 200.0)]}, 7), own_foods=(food,))
        found = assess(plan, tables)
        assert found.intake_ug == pytest.approx(160)
        assert (found.usable.low, found.usable.value, found.usable.high) == (0, 0, 0)


def test_somebody_at_the_rda_by_ordinary_meals_is_not_told_off(tables):
    """Rule 1 of the house: 0.8 ug of food B12 at each of three meals is the RDA of 2.4."""
    food = own("food", 0.8, 0.0)
    plan = Plan(Person(34), one_meal_days({m: [(food, 100.0)] for m in ("breakfast", "lunch", "dinner")}, 7), own_foods=(food,))
    found = assess(plan, tables)
    assert found.verdict == "meets"
    assert found.usable_verdict == "meets"  # 3 x 0.4 x 2.5 / sqrt(0.16 + 6.25) = 1.18, published figures have one decimal


def test_the_usable_band_is_one_spread_either_way(tables):
    """2.4 ug of eggs, one fraction: 0.72 x 2.5 / sqrt(0.5184 + 6.25) = 0.692, x exp(-0.27) = 0.528, x exp(0.27) = 0.906."""
    band = dose_ug(2.4, tables, crystalline=False, fraction="egg_fraction")
    assert (band.low, band.value, band.high) == pytest.approx((0.528, 0.692, 0.906), abs=0.0005)


def test_the_low_end_of_food_takes_the_low_fraction(tables):
    """2.4 ug in one meal: 1.2 x 2.5 / sqrt(1.44 + 6.25) = 1.082, x exp(0.27) = 1.417.

    The low end begins with 0.4 x 2.4: 0.96 x 2.5 / sqrt(0.9216 + 6.25) = 0.896, x exp(-0.27) = 0.684.
    """
    band = dose_ug(2.4, tables, crystalline=False)
    assert (band.low, band.value, band.high) == pytest.approx((0.684, 1.082, 1.417), abs=0.0005)


def test_the_band_of_a_large_dose_spans_passive_uptake(tables):
    """1000 ug with food: 1.25 x 0.763 + 5 = 5.954, 1.25 + 5 = 6.250, 1.25 x 1.310 + 12 = 13.637."""
    band = dose_ug(1000, tables, with_food=True)
    assert (band.low, band.value, band.high) == pytest.approx((5.954, 6.250, 13.637), abs=0.0005)


def test_usable_is_short_only_when_the_high_end_is_below_the_target(tables):
    """Need 1.2 in absorbed terms; one meal of 1 ug absorbs 0.490 (to 0.642), of 2.4 ug 1.082 (to 1.417)."""
    for b12, verdict in ((1.0, "short"), (2.4, "may-be-short"), (5.0, "meets")):
        food = own("food", b12, 0.0)
        plan = Plan(Person(34), one_meal_days({"lunch": [(food, 100.0)]}, 7), own_foods=(food,))
        assert assess(plan, tables).usable_verdict == verdict, b12


def test_three_small_doses_beat_one_of_the_same_total(tables):
    """published regimens: 3 x 1 ug a day gives 1.77 fasting, one dose of 3 ug gives 1.09."""
    three = supplement_usable(Supplement("tablet", 1, 21, False), tables, Levers()).value
    one = supplement_usable(Supplement("tablet", 3, 7, False), tables, Levers()).value
    assert three == pytest.approx(1.77, abs=0.005)
    assert one == pytest.approx(1.09, abs=0.005)


@pytest.mark.parametrize(("first", "second"), [(10, 10), (5, 15), (1, 1), (2, 1000)])
def test_two_tablets_at_one_breakfast_are_one_occasion(tables, first, second):
    """Within four hours doses are added up before the curve (published absorption): two tablets are one of their sum."""
    two = Plan(Person(34), supplements=(Supplement("tablet", first, 7, True), Supplement("tablet", second, 7, True)))
    one = Plan(Person(34), supplements=(Supplement("tablet", first + second, 7, True),))
    assert assess(two, tables).usable.value == pytest.approx(assess(one, tables).usable.value, abs=1e-9)


def test_twelve_tablets_apart_from_food_are_one_of_their_sum(tables):
    """120 ug at once: 0.65 x 120 = 78, 78 x 1.25 / sqrt(78^2 + 1.25^2) = 1.2498, and 1.44 passively."""
    twelve = Plan(Person(34), supplements=(Supplement("tablet", 10, 7, False),) * 12)
    one = Plan(Person(34), supplements=(Supplement("tablet", 120, 7, False),))
    assert assess(twelve, tables).usable.value == pytest.approx(2.6898, abs=0.0005)
    assert assess(one, tables).usable.value == pytest.approx(2.6898, abs=0.0005)


def test_two_tablets_a_day_stand_apart_and_a_third_of_another_kind_joins_the_first(tables):
    """5 ug twice a day and 10 ug once: 15 ug at one time and 5 ug at the other (published absorption: 5 ug gives 1.23).

    15 ug: 9.75 x 1.25 / sqrt(9.75^2 + 1.25^2) = 1.2399, and 0.18. 5 ug: 3.25 x 1.25 / sqrt(3.25^2 + 1.25^2) = 1.1667, and 0.06.
    """
    both = (Supplement("tablet", 5, 14, False), Supplement("chewable", 10, 7, False))
    found = assess(Plan(Person(34), supplements=both), tables)
    assert found.usable.value == pytest.approx(1.2399 + 0.18 + 1.1667 + 0.06, abs=0.0005)


def test_a_weekly_tablet_is_taken_on_a_day_of_the_daily_one(tables):
    """10 ug daily and 2000 ug weekly apart from food: one day in seven 2010 ug at once, on six 10 ug.

    2010 ug: 1.25 and 24.12; 10 ug: 6.5 x 1.25 / sqrt(6.5^2 + 1.25^2) = 1.2275, and 0.12.
    """
    both = (Supplement("tablet", 2000, 1, False), Supplement("tablet", 10, 7, False))
    found = assess(Plan(Person(34), supplements=both), tables)
    assert found.usable.value == pytest.approx((1.25 + 24.12) / 7 + 1.3475 * 6 / 7, abs=0.0005)


def test_instead_of_what_is_taken(tables):
    """50 ug in place of 10 ug daily gives what 50 ug give (published: 1.85), and not 1.85 on top of 1.35."""
    taking = Plan(Person(34), supplements=(Supplement("tablet", 10, 7, False), Supplement("injection", 1000, 1 / 13)))
    found = assess(taking, tables)
    tablet = usable_instead(found, Supplement("tablet", 50, 7, False), tables)
    assert tablet.value == pytest.approx(1.85 + found.usable_given.value, abs=0.005)
    needle = usable_instead(found, Supplement("injection", 1000, 1 / 13), tables)
    assert needle.value == pytest.approx(found.usable_given.value, abs=1e-9)


def test_an_injection_is_given_and_not_swallowed(tables):
    """1000 ug in 13 weeks is 10.99 ug a day given, of which about 0.725 of hydroxocobalamin or 0.25 of cyanocobalamin stays."""
    food = own("food", 1.0, 0.0)
    days = one_meal_days({"lunch": [(food, 100.0)]}, 7)
    found = assess(Plan(Person(34), days, (Supplement("injection", 1000, 1 / 13),), (food,)), tables)
    assert (found.intake_ug, found.supplement_ug) == (pytest.approx(1.0), 0)
    assert found.given_ug == pytest.approx(1000 / 91, abs=0.01)
    assert found.share_of_target == pytest.approx(1 / 2.4)
    assert found.verdict == "below-ear"
    assert found.usable_swallowed.value == pytest.approx(0.490, abs=0.0005)
    assert found.usable.value == pytest.approx(found.usable_swallowed.value + found.usable_given.value)
    assert [d.given_ug for d in found.days] == pytest.approx([found.given_ug] * 7)


def test_a_mean_is_over_the_days_entered(tables):
    """2 ug on two days, nothing eaten on a third, four not entered: 4 ug over three days, not over seven."""
    food = own("food", 2.0, 0.0)
    fed = one_meal_days({"lunch": [(food, 100.0)]}, 2)
    fasted = Day("Day 3", nothing_eaten=True)
    empty = tuple(Day(f"Day {n}") for n in range(4, 8))
    found = assess(Plan(Person(34), (*fed, fasted, *empty), own_foods=(food,)), tables)
    assert (found.days_entered, found.few_days) == (3, False)
    assert found.intake_ug == pytest.approx(4 / 3)
    assert found.foods[0].total_ug == pytest.approx(4 / 3)
    assert found.verdict == "below-ear"
    assert [d.entered for d in found.days] == [True] * 3 + [False] * 4
    two = assess(Plan(Person(34), (*fed, *empty), own_foods=(food,)), tables)
    assert (two.days_entered, two.few_days, two.verdict) == (2, True, "no-conclusion")


@pytest.mark.parametrize(
    ("age", "kcal", "fasts", "looks_incomplete"),
    [
        (34, 999, 0, True),
        (34, 1000, 0, False),
        (34, 1500, 5, False),  # days on which nothing was eaten are no sign that something was left out
        (18, 999, 0, True),
        (17, 600, 0, False),
        (34, None, 0, False),  # where the energy of a food is not known nothing can be said
    ],
)
def test_an_adults_record_with_too_little_energy_looks_incomplete(tables, age, kcal, fasts, looks_incomplete):
    bread = replace(tables.foods["fndds:51301600"], energy_kcal_per_100g=kcal)
    known = replace(tables, foods={bread.id: bread})
    days = [Day(f"Day {n}", ((Item(bread.id, 100),), (), (), ())) for n in (1, 2)]
    days += [Day(f"Day {n}", nothing_eaten=True) for n in range(3, 3 + fasts)]
    assert assess(Plan(Person(age), tuple(days)), known).looks_incomplete is looks_incomplete


def test_a_tablet_with_breakfast_shares_the_meals_capacity(tables):
    """10 ug beside a meal with 3 ug natural B12: x_c 6.5, x_f 1.5 give S(7.25) + S(0.75) + 0.05 in all.

    S(7.25) = 9.0625 / 7.3570 = 1.2318, S(0.75) = 0.6431, so 1.925, less than 1.286 for the meal and 1.278 for
    the tablet apart.
    """
    food = own("food", 3.0, 0.0)
    days = one_meal_days({"breakfast": [(food, 100.0)]}, 7)
    together = Plan(Person(34), days, (Supplement("tablet", 10, 7, True),), (food,))
    assert assess(together, tables).usable.value == pytest.approx(1.925, abs=0.0005)
    # apart from food: the meal's 1.5 x 2.5 / sqrt(2.25 + 6.25) = 1.286 and the tablet's 1.35 (1.3475)
    apart = Plan(Person(34), days, (Supplement("tablet", 10, 7, False),), (food,))
    assert assess(apart, tables).usable.value == pytest.approx(1.2862 + 1.3475, abs=0.0005)


@pytest.mark.parametrize(
    ("reference_set", "age", "stage", "printed"),
    [
        ("iom-1998", 34, "none", 1.2),  # 2.4 / 2
        ("iom-1998", 30, "pregnant", 1.3),  # 2.6 / 2
        ("efsa-2015", 34, "none", 1.2),  # an AI: IOM's 2.4 / 2
        ("efsa-2015", 5, "none", 0.6),  # IOM's 1.2 / 2
        ("dach-2018", 30, "breastfeeding", 1.4),  # an estimate: IOM's 2.8 / 2
        ("nnr-2023", 12, "none", 0.9),  # an AI: IOM's 1.8 / 2
        ("japan-2025", 40, "none", 1.2),  # an AI: IOM's 2.4 / 2
        ("uk-1991", 30, "breastfeeding", 1.0),  # its own RNI 2.0 / 2
        ("icmr-2020", 40, "none", 1.1),  # its own RDA 2.2 / 2
    ],
)
def test_usable_that_rounds_to_the_need_is_not_short(tables, reference_set, age, stage, printed):
    """A need of one decimal is met by what rounds to it, whichever set it comes from (as for 1.16 of 1.2)."""
    person = Person(age, stage, reference_set=reference_set)
    target = reference.target(tables, person)
    assert target.need_ug == pytest.approx(printed, abs=1e-9)
    # Four equal meals whose uptake sums to 0.03 below the target: x = y C / sqrt(C^2 - y^2) turned round by hand.
    each = (printed - 0.03) / 4
    load = each * 2.5 / (2.5**2 - each**2) ** 0.5
    food = own("food", 1.0, 0.0)
    grams = round(100 * load / 0.5, 1)
    meals = {m: [(food, grams)] for m in ("breakfast", "lunch", "dinner", "snack")}
    found = assess(Plan(person, one_meal_days(meals, 7), own_foods=(food,)), tables)
    assert found.usable.value == pytest.approx(printed - 0.03, abs=0.002)
    assert found.usable_verdict == "meets"


def test_unknown_is_never_zero(tables):
    """Half known, half unknown: the sum holds the known part, nothing is concluded, and the total reads at least."""
    known, unknown = own("known", 1.0), own("unknown", None)
    plan = Plan(Person(34), one_meal_days({"lunch": [(known, 100.0), (unknown, 100.0)]}, 7), own_foods=(known, unknown))
    found = assess(plan, tables)
    assert found.intake_ug == pytest.approx(1.0)
    assert found.at_least
    assert (found.intake.foods, found.intake.unknown) == (14, 7)
    assert found.verdict == "no-conclusion"
    assert found.usable_verdict == "no-conclusion"
    assert {f.food_id: f.total_ug for f in found.foods} == {known.id: pytest.approx(1.0), unknown.id: None}


def test_older_people_are_shown_the_other_case(tables):
    """From 51 nobody's uptake is lowered; the figure for those who cannot free food B12 stands beside it."""
    food = own("food", 2.4, 0.0)
    days = one_meal_days({"lunch": [(food, 100.0)]}, 7)
    younger, older = (advised(Plan(Person(age), days, own_foods=(food,)), tables) for age in (50, 51))
    young, old = younger.assessment, older.assessment
    assert young.usable == old.usable
    assert young.scenarios == ()
    assert [s.usable.value for s in old.scenarios] == [0.0]
    assert "older-adult" in {f.id for f in older.flags}
    assert "older-adult" not in {f.id for f in younger.flags}


def test_older_people_without_intrinsic_factor_are_not_pointed_to_fortified_food(tables):
    person = Person(60, conditions=("pernicious-anaemia",))
    advice = advised(Plan(person, tables.starter_week("omnivore").days), tables)
    assert "older-adult" not in {f.id for f in advice.flags}
    assert advice.assessment.scenarios == ()


@pytest.mark.parametrize("condition", ["pernicious-anaemia", "total-gastrectomy", "ileal-resection-long"])
def test_without_intrinsic_factor_no_amount_is_called_enough(tables, condition):
    """1000 ug a day gives 12 ug of 1.2: the health rules forbid to call a tablet enough here."""
    plan = Plan(Person(60, conditions=(condition,)), supplements=(Supplement("tablet", 1000, 7, False),))
    found = assess(plan, tables)
    assert found.usable.value == pytest.approx(12, abs=0.05)
    assert found.usable_verdict == "no-conclusion"
