"""What holds for any dose, meal and plan."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache

import held_amounts
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard.advice.advise import advise
from dashboard.estimate.absorption import Levers, Occasion, dose_ug, levers, occasion_ug, saturating_ug
from dashboard.estimate.adequacy import below
from dashboard.estimate.assess import assess
from dashboard.estimate.instead import usable_instead
from dashboard.plan import Day, Diet, Item, LifeStage, OwnFood, Person, Place, Plan, Supplement, add_item, remove_item, switch_item
from dashboard.tables.read import load_tables
from dashboard.tables.science import Band

TABLES = load_tables()
#: Room for binary rounding of sums of doses up to 20,000 ug; not a tolerance of the model.
HAIR = 1e-9

doses = st.one_of(st.just(0.0), st.floats(1e-4, 50), st.floats(50, 20_000))
amounts = st.one_of(st.just(0.0), st.floats(1e-4, 15), st.floats(15, 300))
fractions = st.sampled_from(["food_fraction", "egg_fraction"])
conditions = st.lists(st.sampled_from(sorted(TABLES.conditions)), max_size=3, unique=True).map(tuple)


@st.composite
def people(draw) -> Levers:
    return levers(TABLES.conditions[c] for c in draw(conditions))


@st.composite
def occasions(draw) -> Occasion:
    natural = draw(st.dictionaries(fractions, amounts, max_size=3))
    return Occasion(natural, draw(doses), draw(st.booleans()))


def ends(band: Band) -> tuple[float, float, float]:
    return band.low, band.value, band.high


# One occasion ------------------------------------------------------------------------------------


@given(occasions(), people())
def test_absorbed_lies_between_nothing_and_what_was_swallowed(occasion, person):
    band = occasion_ug(occasion, TABLES, person)
    assert 0 <= band.low <= band.value + HAIR
    assert band.value <= band.high + HAIR
    assert band.high <= occasion.swallowed_ug + HAIR
    assert all(math.isfinite(end) for end in ends(band))


@given(occasions(), people(), doses, st.sampled_from(["crystalline", "food_fraction", "egg_fraction"]))
def test_more_of_either_part_never_gives_less(occasion, person, more, part):
    if part == "crystalline":
        larger = replace(occasion, crystalline_ug=occasion.crystalline_ug + more)
    else:
        natural = {**occasion.natural_by_fraction, part: occasion.natural_by_fraction.get(part, 0.0) + more}
        larger = replace(occasion, natural_by_fraction=natural)
    before, after = occasion_ug(occasion, TABLES, person), occasion_ug(larger, TABLES, person)
    for less, greater in zip(ends(before), ends(after), strict=True):
        assert greater >= less - HAIR


@given(occasions(), people())
def test_two_halves_apart_give_at_least_one_whole(occasion, person):
    natural = {name: ug / 2 for name, ug in occasion.natural_by_fraction.items()}
    half = Occasion(natural, occasion.crystalline_ug / 2, occasion.with_food)
    for whole, part in zip(ends(occasion_ug(occasion, TABLES, person)), ends(occasion_ug(half, TABLES, person)), strict=True):
        assert 2 * part >= whole - HAIR


@given(doses, st.booleans(), people())
def test_a_meal_without_food_b12_is_the_crystalline_curve(dose, with_food, person):
    """f, C and p written out: 0.65, 1.25 and 0.012 or 0.005."""
    mixed = occasion_ug(Occasion({"food_fraction": 0.0}, dose, with_food), TABLES, person).value
    alone = dose_ug(dose, TABLES, with_food=with_food, levers=person).value
    load, passive = 0.65 * dose, 0.005 if with_food else 0.012
    curve = person.capacity.value * load * 1.25 / math.hypot(load, 1.25) + passive * dose
    assert mixed == pytest.approx(curve, abs=HAIR, rel=1e-12)
    assert alone == pytest.approx(curve, abs=HAIR, rel=1e-12)


@given(amounts, fractions, people())
def test_a_meal_without_crystalline_b12_is_the_food_curve(natural, name, person):
    """f by name, C 2.5, no passive part."""
    fraction = {"food_fraction": 0.5, "egg_fraction": 0.3}[name]
    load = person.release.value * fraction * natural
    curve = person.capacity.value * load * 2.5 / math.hypot(load, 2.5)
    found = occasion_ug(Occasion({name: natural}), TABLES, person).value
    assert found == pytest.approx(curve, abs=HAIR, rel=1e-12)


@given(amounts, doses, st.booleans())
def test_one_meal_has_no_more_room_than_its_parts_have_apart(natural, dose, with_food):
    together = occasion_ug(Occasion({"food_fraction": natural}, dose, with_food), TABLES).value
    apart = occasion_ug(Occasion({"food_fraction": natural}), TABLES).value
    apart += occasion_ug(Occasion({}, dose, with_food), TABLES).value
    assert together <= apart + HAIR


@given(occasions(), people())
def test_a_condition_never_raises_uptake(occasion, person):
    for limited, healthy in zip(ends(occasion_ug(occasion, TABLES, person)), ends(occasion_ug(occasion, TABLES)), strict=True):
        assert limited <= healthy + HAIR


@given(st.floats(0, 1e6), st.floats(1e-3, 1e3))
def test_the_saturating_curve_stays_below_load_and_capacity(load, capacity):
    found = saturating_ug(load, capacity_ug=capacity)
    assert 0 <= found <= min(load, capacity) * (1 + 1e-12)


@given(conditions)
def test_levers_are_the_most_limiting_of_each(keys):
    found = levers(TABLES.conditions[c] for c in keys)
    for name in ("low", "value", "high"):
        assert getattr(found.capacity, name) == min([1.0, *(getattr(TABLES.conditions[c].capacity_factor, name) for c in keys)])
        assert getattr(found.release, name) == min([1.0, *(getattr(TABLES.conditions[c].release_factor, name) for c in keys)])
    assert levers(TABLES.conditions[c] for c in reversed(keys)) == found


# Plans -------------------------------------------------------------------------------------------


@cache
def food_ids() -> tuple[str, ...]:
    return tuple(sorted(TABLES.foods))


#: A known food, one without a value, one that no table knows.
OWN = (
    OwnFood("known", "Known", 3.21, 1.1, 50),
    OwnFood("natural", "Natural", 0.9, None, 50),
    OwnFood("novalue", "No value", None),
)
UNKNOWN = ("own:novalue", "gtin:00000000", "own:gone")

items = st.builds(
    Item,
    st.one_of(
        st.integers(0, 10**6).map(lambda n: food_ids()[n % len(food_ids())]),
        st.sampled_from([f.id for f in OWN]),
        st.sampled_from(UNKNOWN),
    ),
    held_amounts.grams(600),
)
meals = st.lists(items, max_size=3).map(tuple)
day_meals = st.one_of(st.tuples(meals, meals, meals, meals), st.just(((), (), (), ())))
days = st.lists(st.tuples(day_meals, st.booleans()), min_size=1, max_size=4).map(
    lambda rows: tuple(Day(f"Day {n}", row, nothing_eaten=nothing) for n, (row, nothing) in enumerate(rows, 1))
)
supplements = st.lists(
    st.builds(
        Supplement,
        st.sampled_from(["tablet", "chewable", "sublingual", "spray", "nasal", "injection"]),
        held_amounts.doses_ug(2500),
        held_amounts.times_per_week(35),
        st.booleans(),
    ),
    max_size=2,
).map(tuple)
persons = st.builds(
    Person,
    st.integers(0, 100),
    st.sampled_from(LifeStage),
    st.sampled_from(Diet),
    st.just(()),
    conditions,
    st.sampled_from(sorted(TABLES.reference_sets)),
)
plans = st.builds(Plan, persons, days, supplements, st.just(OWN))


@given(plans)
def test_the_parts_add_up_to_the_intake(plan):
    a = assess(plan, TABLES)
    assert a.natural_ug + a.added_ug + a.supplement_ug == pytest.approx(a.intake_ug, abs=HAIR)
    assert sum(f.total_ug or 0.0 for f in a.foods) + a.supplement_ug == pytest.approx(a.intake_ug, abs=HAIR)
    assert sum(m.intake.total_ug + m.supplement_ug for m in a.meals) == pytest.approx(a.intake_ug, abs=HAIR)
    assert min(a.natural_ug, a.added_ug, a.supplement_ug) >= 0


@given(plans)
def test_supplements_are_dose_times_frequency(plan):
    a = assess(plan, TABLES)
    swallowed = sum(s.dose_ug * s.times_per_week for s in plan.supplements if s.form not in ("injection", "nasal"))
    given = sum(s.dose_ug * s.times_per_week for s in plan.supplements if s.form in ("injection", "nasal"))
    assert a.supplement_ug == pytest.approx(swallowed / 7, abs=HAIR)
    assert a.given_ug == pytest.approx(given / 7, abs=HAIR)


@given(plans, st.sampled_from(["injection", "nasal"]), held_amounts.doses_ug(2500), held_amounts.times_per_week(35))
def test_what_is_given_is_no_part_of_what_is_swallowed(plan, form, dose, times):
    """Intake, its parts, its verdict and every meal stay as they are; only what is usable grows by what is kept."""
    before = assess(plan, TABLES)
    after = assess(replace(plan, supplements=(*plan.supplements, Supplement(form, dose, times))), TABLES)
    for name in ("intake_ug", "natural_ug", "added_ug", "supplement_ug", "share_of_target", "shortfall_ug", "verdict", "crystalline_share"):
        assert getattr(after, name) == getattr(before, name), name
    assert after.meals == before.meals
    assert after.usable_swallowed == before.usable_swallowed
    assert after.given_ug >= before.given_ug
    for less, greater in zip(ends(before.usable_given), ends(after.usable_given), strict=True):
        assert greater >= less - HAIR


@given(plans)
def test_the_mean_of_the_days_entered_is_the_whole(plan):
    a = assess(plan, TABLES)
    assert a.days_entered == sum(any(day.meals) or day.nothing_eaten for day in plan.days)
    counted = [d for d in a.days if d.entered] or a.days
    n = len(counted)
    assert sum(d.intake_ug for d in counted) / n == pytest.approx(a.intake_ug, abs=HAIR)
    for end in ("low", "value", "high"):
        mean = sum(getattr(d.usable, end) for d in counted) / n
        assert mean == pytest.approx(getattr(a.usable, end), abs=HAIR)
        meal = sum(getattr(m.usable, end) for m in a.meals)
        assert meal == pytest.approx(getattr(a.usable_swallowed, end), abs=1e-8)
        whole = getattr(a.usable_swallowed, end) + getattr(a.usable_given, end)
        assert whole == pytest.approx(getattr(a.usable, end), abs=1e-8)


@given(plans, st.integers(0, 4))
def test_days_that_nobody_entered_change_nothing(plan, count):
    """Put anywhere, they are not averaged with the others."""
    assume(assess(plan, TABLES).days_entered)
    more = replace(plan, days=(*(Day(f"Day {20 + n}") for n in range(count)), *plan.days))
    a, b = assess(plan, TABLES), assess(more, TABLES)
    assert (b.intake_ug, b.usable, b.intake, b.foods) == (a.intake_ug, a.usable, a.intake, a.foods)
    assert (b.shortfall_ug, b.usable_shortfall_ug, b.meals) == (a.shortfall_ug, a.usable_shortfall_ug, a.meals)
    assert (b.verdict, b.usable_verdict, b.days_entered, b.few_days) == (a.verdict, a.usable_verdict, a.days_entered, a.few_days)
    assert b.looks_incomplete == a.looks_incomplete
    assert [d.shortfall_ug for d in b.days[:count]] == [None] * count


@given(plans)
def test_where_no_day_was_entered_nothing_is_concluded(plan):
    a = assess(replace(plan, days=tuple(Day(d.name) for d in plan.days)), TABLES)
    assert (a.days_entered, a.verdict, a.looks_incomplete) == (0, "no-conclusion", False)
    assert (a.shortfall_ug, a.usable_shortfall_ug) == (0, 0)
    assert a.intake_ug == a.supplement_ug
    # Supplements that reach the need alone may be said to; what food could add is not known.
    assert a.usable_verdict in ("no-conclusion", "meets")
    if not plan.supplements:
        assert a.usable_verdict == "no-conclusion"
    assert all(d.shortfall_ug is None for d in a.days)


@given(plans)
def test_usable_is_a_band_between_nothing_and_intake(plan):
    a = assess(plan, TABLES)
    assert -HAIR <= a.usable.low <= a.usable.value + HAIR
    assert a.usable.value <= a.usable.high + HAIR
    assert a.usable_swallowed.high <= a.intake_ug + HAIR
    assert a.usable_given.high <= a.given_ug + HAIR


@given(plans)
def test_shortfalls_are_what_is_missing(plan):
    a = assess(plan, TABLES)
    # Foods without a value could bring any amount, and nobody's usual day is without food: where there is nothing else,
    # nothing is known to be missing.
    unknown = a.intake.unknown == a.intake.foods and not a.supplement_ug
    if a.target is None or not a.days_entered or unknown:
        assert (a.shortfall_ug, a.usable_shortfall_ug, a.share_of_target) == (0, 0, None)
    else:
        for shortfall, amount, wanted in (
            (a.shortfall_ug, a.intake_ug, a.target.intake_ug),
            (a.usable_shortfall_ug, a.usable.value, a.need_ug),
        ):
            short = wanted is not None and below(amount, wanted)
            assert shortfall == pytest.approx(wanted - amount if short else 0.0, abs=HAIR)
            assert (shortfall > 0) == short, "a shortfall is one exactly where the verdict calls the amount below"


@given(plans)
def test_at_least_holds_exactly_when_a_food_has_no_value(plan):
    a = assess(plan, TABLES)
    without = {i for i, f in TABLES.foods.items() if f.b12_ug_per_100g is None} | set(UNKNOWN)
    unknown = sum(item.food in without for _, item in plan.items())
    assert a.intake.unknown == unknown
    assert a.at_least == (unknown > 0)
    assert a.intake.foods == sum(1 for _ in plan.items())


@given(plans, st.sampled_from(UNKNOWN), st.integers(0, 3), st.floats(1, 500))
def test_a_food_without_a_value_never_changes_the_sum(plan, food, meal, grams):
    assume(plan.days[0].entered)
    before = assess(plan, TABLES)
    after = assess(add_item(plan, 0, meal, Item(food, grams)), TABLES)
    assert after.intake_ug == before.intake_ug
    assert after.usable == before.usable
    assert after.at_least


@given(plans, items, st.integers(0, 3))
def test_adding_a_food_never_lowers_anything(plan, item, meal):
    assume(item.grams > 0 and plan.days[0].entered)
    held = [i for i in plan.days[0].meals[meal] if i.food == item.food]
    assume(sum(i.grams for i in held) + item.grams <= 5000)
    before, after = assess(plan, TABLES), assess(add_item(plan, 0, meal, item), TABLES)
    assert after.intake_ug >= before.intake_ug - HAIR
    for less, greater in zip(ends(before.usable), ends(after.usable), strict=True):
        assert greater >= less - HAIR
    # Of foods without a value nothing is known to be missing; beside one that has a value it is.
    if before.nothing_to_judge:
        assert before.shortfall_ug == 0
    else:
        assert after.shortfall_ug <= before.shortfall_ug + HAIR


@given(plans, st.randoms(use_true_random=False))
def test_the_order_of_foods_and_days_changes_nothing(plan, shuffle):
    mixed = []
    for day in plan.days:
        rows = [list(meal) for meal in day.meals]
        for row in rows:
            shuffle.shuffle(row)
        mixed.append(Day(day.name, tuple(tuple(row) for row in rows), nothing_eaten=day.nothing_eaten))
    shuffle.shuffle(mixed)
    a, b = assess(plan, TABLES), assess(replace(plan, days=tuple(mixed)), TABLES)
    assert b.intake_ug == pytest.approx(a.intake_ug, abs=HAIR)
    assert ends(b.usable) == pytest.approx(ends(a.usable), abs=1e-8)
    assert (b.verdict, b.usable_verdict) == (a.verdict, a.usable_verdict)
    assert {f.food_id: f.times for f in a.foods} == {f.food_id: f.times for f in b.foods}
    assert [f.id for f in advise(a, TABLES).flags] == [f.id for f in advise(b, TABLES).flags]


@given(plans)
def test_the_same_plan_gives_the_same_answer(plan):
    assert assess(plan, TABLES) == assess(plan, TABLES)


@given(plans)
def test_a_baseline_changes_nothing(plan):
    kept = replace(plan, baseline=Plan(days=TABLES.starter_week("omnivore").days))
    a, b = assess(plan, TABLES), assess(kept, TABLES)
    assert (a.intake_ug, a.usable, a.verdict) == (b.intake_ug, b.usable, b.verdict)
    first, second = advise(a, TABLES), advise(b, TABLES)
    assert (first.flags, first.rules, first.claims) == (second.flags, second.rules, second.claims)


@given(plans, st.integers(0, 3), st.floats(1, 500))
def test_removing_what_was_added_leads_back(plan, meal, grams):
    assume(not plan.days[0].nothing_eaten)
    added = add_item(plan, 0, meal, Item("own:new-here", grams))
    assert remove_item(added, Place(0, meal, len(added.days[0].meals[meal]) - 1)) == plan


@given(plans, st.integers(0, 3))
def test_a_food_left_out_for_now_counts_like_a_food_removed(plan, meal):
    assume(sum(map(len, plan.days[0].meals)) > 1 and plan.days[0].meals[meal])
    place = Place(0, meal, 0)
    off, gone = assess(switch_item(plan, place), TABLES), assess(remove_item(plan, place), TABLES)
    assert off.intake_ug == pytest.approx(gone.intake_ug, abs=HAIR)
    assert ends(off.usable) == pytest.approx(ends(gone.usable), abs=1e-8)
    assert off.intake.unknown == gone.intake.unknown
    assert switch_item(switch_item(plan, place), place) == plan


@given(plans)
def test_joined_meals_are_one_occasion(plan):
    """Lunch and dinner within four hours give what all of their food gives at one lunch."""
    foods_only = replace(plan, supplements=(), days=plan.days[:1])
    day = foods_only.days[0]
    joined = replace(foods_only, days=(replace(day, joined=(("lunch", "dinner"),)),))
    breakfast, lunch, dinner, snack = day.meals
    at_once = replace(foods_only, days=(replace(day, meals=(breakfast, lunch + dinner, (), snack)),))
    a, b, apart = (assess(p, TABLES) for p in (joined, at_once, foods_only))
    assert ends(a.usable) == pytest.approx(ends(b.usable), abs=1e-8)
    assert a.intake_ug == pytest.approx(apart.intake_ug, abs=HAIR)
    assert a.usable.value <= apart.usable.value + HAIR


# Supplements -------------------------------------------------------------------------------------

#: A food beside them, so that doses with food share a meal that already brings some.
MILK = OwnFood("milk", "Milk", 0.5, 0.0, 250)
fed_days = st.sampled_from(
    [
        (Day("Monday", ((Item(MILK.id, 250),), (), (Item(MILK.id, 500),), ())),),
        (Day("Monday", ((Item(MILK.id, 250),), (), (), ()), joined=(("breakfast", "dinner"),)),),
        (Day("Monday", nothing_eaten=True),),
    ]
)
tenths = st.one_of(st.integers(0, 300), st.integers(0, 30_000))
often = st.one_of(st.integers(0, 35).map(float), held_amounts.times_per_week(35))
lines = st.lists(st.builds(Supplement, st.just("tablet"), tenths.map(lambda n: n / 10), often, st.booleans()), max_size=4).map(tuple)


def taking(days, person, *supplements) -> Band:
    return assess(Plan(Person(34, conditions=person), days, supplements, (MILK,)), TABLES).usable


@given(fed_days, conditions, lines, tenths, tenths, often, st.booleans())
def test_one_supplement_split_into_two_at_the_same_time_gives_the_same(days, person, others, first, second, times, with_food):
    two = [Supplement("tablet", n / 10, times, with_food) for n in (first, second)]
    one = Supplement("tablet", (first + second) / 10, times, with_food)
    assert ends(taking(days, person, *others, *two)) == pytest.approx(ends(taking(days, person, *others, one)), abs=1e-8)


@given(fed_days, conditions, lines, tenths, st.integers(0, 35), st.integers(0, 35), st.booleans())
def test_one_supplement_split_over_two_lines_never_gives_more(days, person, others, dose, first, second, with_food):
    """Taken seven times a week in two lines is not taken at fourteen times a week's distance."""
    two = [Supplement("tablet", dose / 10, n, with_food) for n in (first, second)]
    one = Supplement("tablet", dose / 10, first + second, with_food)
    for apart, whole in zip(ends(taking(days, person, *others, *two)), ends(taking(days, person, *others, one)), strict=True):
        assert apart <= whole + HAIR


@given(fed_days, conditions, lines, st.randoms(use_true_random=False))
def test_the_order_of_supplements_changes_nothing(days, person, supplements, shuffle):
    mixed = list(supplements)
    shuffle.shuffle(mixed)
    assert ends(taking(days, person, *mixed)) == pytest.approx(ends(taking(days, person, *supplements)), abs=1e-9)


@given(fed_days, conditions, lines, tenths, tenths, often, held_amounts.times_per_week(35), st.booleans())
def test_more_of_a_supplement_never_gives_less(days, person, others, dose, more, times, oftener, with_food):
    usual = taking(days, person, *others, Supplement("tablet", dose / 10, times, with_food))
    larger = taking(days, person, *others, Supplement("tablet", (dose + more) / 10, times, with_food))
    frequent = taking(days, person, *others, Supplement("tablet", dose / 10, times + oftener, with_food))
    for less, at_larger, at_frequent in zip(ends(usual), ends(larger), ends(frequent), strict=True):
        assert at_larger >= less - HAIR
        assert at_frequent >= less - HAIR


@given(fed_days, conditions, lines)
def test_supplements_never_multiply_the_capacity(days, person, supplements):
    """Taken apart from food, all of them together have the four times of a day, with C = 1.25 each, and the passive part."""
    apart = [replace(s, with_food=False) for s in supplements]
    added = taking(days, person, *apart).value - taking(days, person).value
    times = max((math.ceil(min(4.0, s.times_per_week / 7)) for s in apart), default=0)
    swallowed = sum(s.dose_ug * s.times_per_week / 7 for s in apart)
    assert added <= times * 1.25 + 0.012 * swallowed + HAIR


@given(
    fed_days,
    conditions,
    lines,
    st.builds(Supplement, st.sampled_from(["tablet", "spray", "injection"]), held_amounts.doses_ug(2500), often),
)
def test_a_regimen_instead_of_what_is_taken_stands_alone(days, person, supplements, regimen):
    """In place of what is swallowed; what is given stays, unless the regimen is given too."""
    needle = Supplement("injection", 1000, 0.0833)
    plan = Plan(Person(34, conditions=person), days, (*supplements, needle), (MILK,))
    found = usable_instead(assess(plan, TABLES), regimen, TABLES)
    stays = () if regimen.given else (needle,)
    assert ends(found) == pytest.approx(ends(taking(days, person, *stays, regimen)), abs=1e-9)


@given(plans)
def test_unreliable_sources_count_as_none(plan):
    a = assess(plan, TABLES)
    unreliable = {i for i, f in TABLES.foods.items() if "unreliable" in f.tags}
    assert all(f.total_ug == 0 and f.natural_ug == f.added_ug == 0 for f in a.foods if f.food_id in unreliable)
    assert all(f.uncounted_ug == 0 for f in a.foods if f.food_id not in unreliable)


def test_what_an_unreliable_food_is_said_to_hold_is_shown_apart():
    food = next(f for f in TABLES.foods.values() if "unreliable" in f.tags and f.b12_ug_per_100g)
    a = assess(Plan(days=(Day("Monday", ((Item(food.id, 50.0),), (), (), ())),)), TABLES)
    assert a.intake_ug == 0
    assert a.usable == Band(0, 0, 0)
    assert a.intake.uncounted_ug == pytest.approx(food.b12_ug_per_100g / 2)
