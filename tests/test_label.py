"""Foods from a label: worked examples by hand, what cannot be, and the plan they end up in."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.estimate.intake import eaten_in, foods_of
from dashboard.foods import label as labels
from dashboard.foods.label import Basis, Label, Per
from dashboard.plan import HELD_WITHIN, OWN_FOODS_MAX, OWN_KEY, Item, OwnFood, Plan, PlanError, add_item, link, plan_file
from dashboard.words import label as said
from dashboard.words import plan_faults

# What 100 % means, typed in from 21 CFR 101.9(c)(8)(iv) now and before 2016, and Regulation (EU) 1169/2011, Annex XIII.
US_NOW_UG, US_OLDER_UG, EU_UG = 2.4, 6.0, 2.5
US_TODDLER_UG, US_INFANT_UG = 0.9, 0.5


def test_the_table_says_what_the_rules_say():
    full = labels.label_values().full_ug
    assert full == {
        "us-dv": US_NOW_UG,
        "us-dv-1-to-3": US_TODDLER_UG,
        "us-dv-infants": US_INFANT_UG,
        "us-dv-before-2016": US_OLDER_UG,
        "eu-nrv": EU_UG,
    }


@pytest.mark.parametrize(
    ("label", "serving_ug"),
    [
        # A drink of 250 ml that prints 0.95 µg a glass.
        (Label("Oat drink", 250, "ml", 0.95), 0.95),
        # 0.38 µg per 100 ml, a glass of 250 ml: 0.38 * 2.5
        (Label("Oat drink", 250, "ml", 0.38, Basis.UG, Per.HUNDRED), 0.95),
        # 25 % of 2.4 µg now, of 6 µg on an old label: data/label_values.csv says 0.6 and 1.5 µg
        (Label("Flakes", 30, "g", 25, Basis.US_DV), 0.6),
        (Label("Flakes", 30, "g", 25, Basis.US_DV_OLD), 1.5),
        # 40 % of 0.9 µg on food for toddlers, of 0.5 µg on food for babies: not of 2.4 µg
        (Label("Pouch", 100, "g", 40, Basis.US_DV_1_TO_3), 0.36),
        (Label("Puree", 100, "g", 40, Basis.US_DV_INFANTS), 0.2),
        # 15 % NRV of 2.5 µg per 100 ml is 0.375 µg; a glass of 200 ml brings 0.75 µg
        (Label("Soya drink", 200, "ml", 15, Basis.EU_NRV, Per.HUNDRED), 0.75),
        # 40 % NRV a serving
        (Label("Spread", 10, "g", 40, Basis.EU_NRV), 1.0),
        (Label("Water", 330, "ml", 0), 0.0),
    ],
    ids=["ug-serving", "ug-100", "us-now", "us-older", "us-toddlers", "us-babies", "eu-100", "eu-serving", "zero"],
)
def test_a_serving_brings_what_the_label_says(label, serving_ug):
    food = labels.own_food(label)
    # The plan keeps µg per 100 g to three decimals.
    assert labels.serving_ug(food) == pytest.approx(serving_ug, abs=0.0005 * food.serving_g / 100 + 1e-9)


def test_a_label_without_b12_is_unknown_and_not_zero():
    food = labels.own_food(Label("Bun", 60, basis=Basis.NOT_PRINTED, fortified=True))
    assert (food.b12_ug_per_100g, food.added_ug_per_100g) == (None, None)
    assert labels.serving_ug(food) is None
    plan = labels.add_to_plan(Plan(), food, 0, 0)
    assert said.preview(None, 60, "g") == "One serving (60 g): no B12 value."
    assert labels.cautions(Label("Bun", 60), food) == (said.UNKNOWN,)
    assert len(plan.own_foods) == 1


def test_b12_of_a_fortified_food_is_added_and_of_another_natural(tables):
    fortified = labels.own_food(Label("Drink", 200, "ml", 1.0, diet="vegan", fortified=True))
    natural = labels.own_food(Label("Pie", 200, "g", 1.0, diet="omnivore"))
    plan = labels.add_to_plan(labels.add_to_plan(Plan(), fortified, 0, 0), natural, 0, 1)
    drink, pie = (e for meal in eaten_in(plan, tables).values() for e in meal)
    assert (drink.total_ug, drink.added_ug, drink.natural_ug) == pytest.approx((1.0, 1.0, 0.0))
    assert (pie.total_ug, pie.added_ug, pie.natural_ug) == pytest.approx((1.0, 0.0, 1.0))


@pytest.mark.parametrize(
    ("label", "code"),
    [
        (Label("", 30, "g", 1), "label-no-name"),
        (Label("   ", 30, "g", 1), "label-no-name"),
        (Label("Pie", None, "g", 1), "label-no-serving"),
        (Label("Pie", 0, "g", 1), "label-no-serving"),
        (Label("Pie", 0.04, "g", 1), "serving-too-fine"),
        (Label("Pie", 0.25, "g", 1), "serving-too-fine"),
        (Label("Pie", 400, "g", 0.001), "b12-too-fine"),
        (Label("Pie", -3, "g", 1), "label-no-serving"),
        (Label("Pie", math.nan, "g", 1), "label-no-serving"),
        (Label("Pie", 5001, "g", 1), "label-no-serving"),
        (Label("Pie", 30, "oz", 1), "label-no-unit"),
        (Label("Pie", 30, "g", None), "label-no-amount"),
        (Label("Pie", 30, "g", math.inf), "label-no-amount"),
        (Label("Pie", 30, "g", -1), "label-negative"),
        # 1,000 µg in a tablet of 0.5 g would be 200,000 µg per 100 g
        (Label("Tablet", 0.5, "g", 1000), "label-too-much"),
    ],
    ids=lambda value: None,
)
def test_what_cannot_be_is_told(label, code):
    with pytest.raises(PlanError) as told:
        labels.own_food(label)
    assert told.value.fault.code == code
    assert plan_faults.sentence(told.value).endswith(".")


def test_an_unknown_diet_is_refused():
    with pytest.raises(PlanError) as told:
        labels.own_food(Label("Pie", 30, "g", 1, diet="carnivore"))
    assert "diet" in plan_faults.sentence(told.value)


def test_a_name_is_cleaned_and_has_no_markup():
    food = labels.own_food(Label(" <b>Soya</b>\n\u202e [drink](x) `y` ", 30, "g", 1))
    assert not set(food.label) & set("<>`[]|\\\n\u202e")
    assert "Soya" in food.label


@pytest.mark.parametrize(
    ("name", "taken", "key"),
    [
        ("Oat Drink, Barista!", (), "oat-drink-barista"),
        ("Crème brûlée", (), "creme-brulee"),
        ("豆乳", (), "food"),
        ("豆乳", ("food",), "food-2"),
        ("Oat drink", ("oat-drink", "oat-drink-2"), "oat-drink-3"),
        ("A very long name of a food indeed", (), "a-very-long-name-of-a-fo"),
        ("A very long name of a food indeed", ("a-very-long-name-of-a-fo",), "a-very-long-name-of-a-2"),
    ],
    ids=range(7),
)
def test_a_key_is_made_from_the_name(name, taken, key):
    assert labels.key_for(name, taken) == key


@given(st.text(max_size=80), st.lists(st.text(max_size=30), max_size=30))
def test_keys_are_well_formed_and_new(name, names):
    taken: set[str] = set()
    for other in [*names, name, name]:
        key = labels.key_for(other, taken)
        assert OWN_KEY.fullmatch(key)
        assert key not in taken
        taken.add(key)


@given(
    st.floats(0.1, 5000),
    st.sampled_from(labels.SERVING_UNITS),
    st.floats(0, 5000),
    st.sampled_from(Basis),
    st.sampled_from(Per),
    st.sampled_from(["vegan", "vegetarian", "omnivore", "uncertain"]),
    st.sampled_from([True, False, None]),
)
def test_any_label_makes_a_sound_food_or_a_sentence(serving, unit, amount, basis, per, diet, fortified):
    try:
        food = labels.own_food(Label("Food", serving, unit, amount, basis, per, diet, fortified))
    except PlanError as told:
        assert told.fault.code in ("label-too-much", "serving-too-fine", "b12-too-fine")
        return
    assert abs(food.serving_g - serving) <= HELD_WITHIN * serving
    if basis is Basis.UG:
        typed_ug = amount * (food.serving_g / 100 if per is Per.HUNDRED else 1)
        assert labels.serving_ug(food) == pytest.approx(typed_ug, rel=HELD_WITHIN)
    if basis is Basis.NOT_PRINTED:
        assert food.b12_ug_per_100g is None
    else:
        assert food.added_ug_per_100g == (None if fortified is None else food.b12_ug_per_100g if fortified else 0.0)


def test_a_food_from_a_label_travels_in_the_link_and_the_file():
    food = labels.own_food(Label("Oat drink, my brand", 250, "ml", 0.95, diet="vegan", fortified=True))
    plan = labels.add_to_plan(Plan(), food, 0, 2)
    for opened in (link.decode(link.encode(plan)), plan_file.load(plan_file.dump(plan).encode())):
        assert opened.plan is not None
        assert opened.plan.own_foods == plan.own_foods
        assert opened.plan.days[0].meal("dinner") == (Item("own:oat-drink-my-brand", 250),)


def test_the_same_food_twice_is_one_food_and_another_of_its_name_a_second(tables):
    first = labels.own_food(Label("Oat drink", 250, "ml", 0.95))
    other = labels.own_food(Label("Oat drink", 250, "ml", 0.5))
    plan = labels.add_to_plan(Plan(), first, 0, 0)
    plan = labels.add_to_plan(plan, first, 0, 0)
    plan = labels.add_to_plan(plan, other, 0, 1)
    assert [own.key for own in plan.own_foods] == ["oat-drink", "oat-drink-2"]
    assert plan.days[0].meal("breakfast") == (Item("own:oat-drink", 500),)
    assert plan.days[0].meal("lunch") == (Item("own:oat-drink-2", 250),)
    assert {"own:oat-drink", "own:oat-drink-2"} <= set(foods_of(plan, tables))


def test_a_food_of_the_same_key_is_written_over_where_that_is_wanted():
    old, new = OwnFood("fdc-1", "Drink", 1.0), OwnFood("fdc-1", "Drink", 2.0)
    plan = labels.add_to_plan(Plan(), old, 0, 0, same_key=True)
    plan = labels.add_to_plan(plan, new, 0, 1, 50, same_key=True)
    assert plan.own_foods == (new,)
    assert plan.days[0].meal("lunch") == (Item("own:fdc-1", 50),)


def test_a_full_plan_says_so():
    plan = Plan(own_foods=tuple(OwnFood(f"food-{n}", f"Food {n}", 1.0) for n in range(OWN_FOODS_MAX)))
    with pytest.raises(PlanError) as told:
        labels.add_to_plan(plan, labels.own_food(Label("One more", 30, "g", 1)), 0, 0)
    assert told.value.fault.code == "label-plan-full"
    # A food the plan has already can still be eaten again.
    again = labels.add_to_plan(plan, plan.own_foods[3], 0, 0)
    assert again == add_item(plan, 0, 0, Item("own:food-3", 100))


def test_cautions_fit_the_food():
    def told(label: Label) -> tuple[str, ...]:
        return labels.cautions(label, labels.own_food(label))

    assert told(Label("Drink", 200, "ml", 1, diet="vegan")) == (said.PLANT_WITH_B12, said.ML_AS_G)
    assert told(Label("Drink", 200, "ml", 1, diet="vegan", fortified=True)) == (said.ML_AS_G,)
    assert told(Label("Flakes", 30, "g", 1, diet="vegetarian", fortified=True)) == (said.ALL_ADDED,)
    assert told(Label("Egg", 50, "g", 0.5, diet="vegetarian")) == ()


def test_older_labels_are_explained_with_both_figures():
    sentence = said.older_label(US_NOW_UG, US_OLDER_UG)
    assert "2.4 µg now" in sentence
    assert "6.0 µg" in sentence
