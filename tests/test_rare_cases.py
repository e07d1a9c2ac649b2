"""What hardly ever happens to a plan or in the estimate has one outcome too: said, refused or left as it was."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from conftest import advised, csv_rows, own

from dashboard.advice.food_edits import Edit, Kind
from dashboard.advice.offers import _Amount, _swapped
from dashboard.advice.outlook import StoresClaim, outlook, shown_paths, stores_claim
from dashboard.advice.regimens import compare
from dashboard.advice.suggest import Suggestion
from dashboard.advice.week_loads import Week, food_load
from dashboard.estimate.absorption import Occasion, dose_ug, levers
from dashboard.estimate.adequacy import UsableVerdict, Verdict, below, usable_verdict
from dashboard.estimate.assess import assess
from dashboard.estimate.doses import doses, kept_of_given, kept_share, mean_swallowed_ug, supplement_usable
from dashboard.estimate.equivalents import occasions
from dashboard.estimate.fit import FITTED, fit
from dashboard.estimate.measures import MeasureError, measure
from dashboard.estimate.provenance import of_target
from dashboard.estimate.reference import target
from dashboard.estimate.sensitivity import swings
from dashboard.plan import MEALS, Day, Item, Person, Plan, PlanError, Supplement, keep_baseline, left_out_added, restore_baseline
from dashboard.plan.differences import Changed, differences
from dashboard.plan.fault import fault
from dashboard.plan.link import LINK_MAX, address_of, decode, encode
from dashboard.plan.link_parts import decode_day, encode_day
from dashboard.plan.plan import joined_pairs
from dashboard.plan.plan_file import dump, load
from dashboard.plan.problems import TOLD_MAX, Problems
from dashboard.tables.decisions import Claim, Lead
from dashboard.tables.foods import Swap
from dashboard.tables.read_observed import load_observed
from dashboard.tables.science import Band

RICH, POOR, PLAIN = own("rich", 5.0, 5.0, "vegan"), own("poor", 0.2, 0.0), own("plain", None)
INJECTION = Supplement("injection", 1000, 0.0769)


def week(food, grams=100.0, **person) -> Plan:
    """Three days with one food at breakfast, lunch and dinner."""
    meals = ((Item(food.id, grams),), (Item(food.id, grams),), (Item(food.id, grams),), ())
    return Plan(Person(34, **person), tuple(Day(f"Day {n}", meals) for n in (1, 2, 3)), (), (food,))


# Advice ------------------------------------------------------------------------------------------


def test_machines_are_told_enough_only_where_it_may_be_claimed(tables):
    assert advised(week(RICH), tables).intake_verdict is Verdict.MEETS
    assert advised(week(RICH), tables).usable_verdict is UsableVerdict.MEETS
    operated = advised(week(RICH, conditions=("total-gastrectomy",)), tables)
    assert operated.assessment.verdict is Verdict.MEETS
    assert operated.intake_verdict is Verdict.NO_CONCLUSION
    assert operated.usable_verdict is not UsableVerdict.MEETS


def test_machines_are_told_a_shortfall_of_usable_as_it_is(tables):
    short = advised(week(POOR), tables)
    assert short.assessment.usable_verdict is not UsableVerdict.MEETS
    assert short.usable_verdict is short.assessment.usable_verdict
    assert short.intake_verdict is short.assessment.verdict is Verdict.BELOW_EAR
    urgent = advised(week(POOR, conditions=("nitrous-oxide",)), tables)
    assert urgent.urgent and urgent.plans and urgent.usable_verdict is UsableVerdict.NO_CONCLUSION
    assert advised(week(POOR, conditions=("total-gastrectomy",)), tables).intake_verdict is Verdict.NO_CONCLUSION


@pytest.mark.parametrize(("condition", "judged"), [((), 2.0), (("ppi",), 2.0), (("atrophic-gastritis",), 1.0), (("coeliac",), 1.0)])
def test_where_uptake_may_be_about_none_offers_are_judged_at_the_low_end(tables, condition, judged):
    """Rule A2; everybody else is judged at the middle."""
    assert advised(week(POOR, conditions=condition), tables).judged_ug(Band(1.0, 2.0, 3.0)) == judged


@pytest.mark.parametrize(
    ("person", "added_first", "supplements_first", "may_choose"),
    [
        ({}, False, False, True),
        ({"conditions": ("ppi",)}, True, True, True),
        ({"diet": "vegan"}, False, True, True),
        ({"conditions": ("coeliac",)}, True, True, True),
        ({"age_years": 8}, False, False, True),
        ({"conditions": ("gastric-bypass",)}, False, False, False),
        ({"age_years": 0}, False, False, False),
    ],
)
def test_what_stands_first_and_who_may_choose_a_regimen(tables, person, added_first, supplements_first, may_choose):
    plan = week(POOR)
    advice = advised(replace(plan, person=replace(plan.person, **person)), tables)
    assert (advice.added_first, advice.supplements_first, advice.may_choose) == (added_first, supplements_first, may_choose)


def test_where_no_rule_leads_nothing_stands_first(tables):
    advice = advised(week(RICH), tables)
    assert (advice.leads, advice.leading, advice.added_first, advice.supplements_first) == ((), None, False, False)


def test_the_first_of_the_rules_that_lead_is_the_one_that_leads(tables):
    assert advised(week(POOR), tables).leading.value == Lead.FOODS
    with_ppi = advised(week(POOR, conditions=("ppi",)), tables)
    assert with_ppi.leading is with_ppi.leads[0]


def test_usable_b12_that_meets_the_need_is_no_conclusion_where_the_claim_may_not_be_made(tables):
    """After a gastric bypass intake and the estimate meet target and need, and still nobody may say that it is enough."""
    bypass = advised(week(RICH, conditions=("gastric-bypass",)), tables)
    assert bypass.plans
    assert bypass.assessment.usable_verdict is UsableVerdict.MEETS
    assert not bypass.claim(Claim.MEETS).may
    assert bypass.usable_verdict is UsableVerdict.NO_CONCLUSION


def test_only_the_notice_of_an_urgent_condition_says_what_helps_at_once(tables):
    named = {c.condition: c for c in tables.conditions.values() if c.condition in ("nitrous-oxide", "metformin")}
    flags = {flag.id: flag.text for flag in advised(week(POOR, conditions=tuple(named)), tables).flags}
    for condition, row in named.items():
        assert flags[condition] == (f"{row.text} {row.helps}" if row.level == "urgent" else row.text)


@pytest.mark.parametrize(
    ("age", "condition", "compared"), [(34, (), True), (34, ("gastric-bypass",), True), (8, (), False), (0, (), False)]
)
def test_other_doses_are_compared_for_adults_only(tables, age, condition, compared):
    """Rules A12 and A13: a child is shown the dose of its age, a baby none."""
    plan = week(POOR, conditions=condition)
    assert advised(replace(plan, person=replace(plan.person, age_years=age)), tables).compares_doses is compared


@pytest.mark.parametrize("kind", [Kind.SWAP, Kind.SPLIT, Kind.MOVE])
def test_an_edit_of_a_food_that_is_gone_leaves_the_plan_as_it_is(tables, kind):
    milk, egg = tables.foods["fndds:11112110"], tables.foods["fndds:31103010"]
    edit = Edit(kind, egg, "eggs", 1, (0,), "", replaces=milk if kind is Kind.SWAP else None, from_meal=0)
    plan = week(RICH)
    assert edit.apply(plan) == plan


def test_an_edit_that_says_not_from_where_leaves_the_plan_as_it_is(tables):
    plan = week(RICH)
    food = replace(tables.foods["fndds:31103010"], id=RICH.id)
    assert Edit(Kind.MOVE, food, "eggs", 1, (0,), "").apply(plan) == plan


@pytest.mark.parametrize(
    ("plan", "start_ug", "claim"),
    [
        (week(RICH, conditions=("total-gastrectomy",)), None, StoresClaim.NOT_CLAIMED),
        (week(POOR), 100.0, StoresClaim.NEAR_NOW),
        (week(POOR), None, StoresClaim.COMES_DOWN),
        (week(RICH, conditions=("ppi",)), None, StoresClaim.STAYS_ABOVE),
        (week(RICH), None, StoresClaim.STAYS_ABOVE),
    ],
)
def test_stores_are_claimed_to_stay_only_where_the_low_end_does(tables, plan, start_ug, claim):
    found = outlook(assess(plan, tables), tables, 20, start_ug)
    shown = {path.id for path in shown_paths(found, advised(plan, tables))}
    assert shown == ({"nothing"} if claim is StoresClaim.NOT_CLAIMED else {path.id for path in found.paths})
    assert stores_claim(found.paths[0], found, advised(plan, tables), tables) is claim


def test_only_what_a_clinician_gives_is_shown_beside_no_treatment(tables):
    """Without intrinsic factor a tablet is not shown as a way of going on; an injection is."""
    plan = week(RICH, conditions=("pernicious-anaemia",))
    a, advice = assess(plan, tables), advised(plan, tables)
    found = outlook(a, tables, 10, regimens=compare(advice, tables))
    ways = shown_paths(found, advice)
    assert advice.tells_untreated and {path.id for path in ways} < {path.id for path in found.paths}
    assert all(path.id == "nothing" or path.effect.regimen.route in ("intramuscular", "nasal") for path in ways)


def test_a_baby_is_shown_no_way_of_its_stores(tables):
    plan = replace(week(POOR), person=Person(0))
    found = outlook(assess(plan, tables), tables, 10)
    assert shown_paths(found, advised(plan, tables)) == ()


# Estimate ----------------------------------------------------------------------------------------


def test_an_injection_brings_what_is_kept_of_it_and_is_no_occasion(tables):
    person = levers([])
    assert supplement_usable(INJECTION, tables, person) == kept_of_given([INJECTION], tables)
    assert supplement_usable(INJECTION, tables, person).value > 0
    plan = replace(week(RICH), supplements=(INJECTION, Supplement("tablet", 10, 7)))
    assert [e.supplement.form for e in occasions(assess(plan, tables), tables) if e.supplement] == ["tablet"]


def test_what_is_swallowed_together_is_one_occasion_with_all_of_it():
    meat, egg_and_cereal = (
        Occasion({"food_fraction": 2.0}, 0.5, with_food=True),
        Occasion({"food_fraction": 1.0, "egg_fraction": 0.4}, 0.25),
    )
    together = meat + egg_and_cereal
    assert together.natural_by_fraction == {"food_fraction": 3.0, "egg_fraction": 0.4}
    assert egg_and_cereal + meat == together
    assert (together.crystalline_ug, together.swallowed_ug) == (0.75, pytest.approx(4.15))
    tablet = Occasion({}, 10.0, with_food=False)
    assert (tablet + meat).with_food and (meat + tablet).with_food
    assert not (tablet + tablet).with_food


def test_without_a_target_there_is_nothing_to_name_for_it():
    assert of_target(None) == ()


@pytest.mark.parametrize(
    ("amount", "target_ug", "is_below"),
    [(2.36, 2.4, False), (2.34, 2.4, True), (0.446, 0.45, False), (0.444, 0.45, True), (1.246, 1.25, False), (1.2, 1.25, True)],
)
def test_an_amount_is_below_a_target_by_more_than_the_targets_own_rounding(amount, target_ug, is_below):
    assert below(amount, target_ug) is is_below


def test_enough_is_said_of_somebody_with_intrinsic_factor_only():
    plenty = Band(2.0, 3.0, 4.0)
    assert usable_verdict(plenty, 1.2, unknown=0) is UsableVerdict.MEETS
    assert usable_verdict(plenty, 1.2, unknown=0, intrinsic_factor=False) is UsableVerdict.NO_CONCLUSION


def test_half_the_average_requirement_has_to_be_absorbed_on_average(tables):
    us = target(tables, Person(34))
    assert us is not None
    assert us.need_average_ug == pytest.approx(1.0)  # IOM 1998: 1.0 µg of an average requirement of 2.0
    assert replace(us, need=None).need_average_ug is None


# Plans, links and files --------------------------------------------------------------------------


def test_a_fault_prints_its_code_and_values():
    assert str(PlanError("meal-full", most=40)) == "meal-full {'most': 40}"


def test_a_meal_is_found_by_its_name():
    day = Day("Monday", ((), (Item("own:a", 5),), (), ()))
    assert [day.meal(name) for name in MEALS] == [(), (Item("own:a", 5),), (), ()]


def test_meals_joined_in_a_ring_are_one_occasion():
    ring = (("breakfast", "lunch"), ("lunch", "dinner"), ("breakfast", "dinner"))
    assert Day("Monday", joined=ring).occasions() == ((0, 1, 2), (3,))


@pytest.mark.parametrize("pairs", ["breakfast", 5])
def test_joined_meals_are_a_list(pairs):
    with pytest.raises(PlanError, match="joined-no-list"):
        joined_pairs(pairs)


def test_a_plan_holds_so_many_supplements_only():
    with pytest.raises(PlanError, match="supplements-full"):
        replace(week(RICH), supplements=(Supplement("tablet", 10, 7),) * 1000)


def test_a_meal_and_the_list_of_dislikes_hold_so_many_foods_only():
    with pytest.raises(PlanError, match="meal-full"):
        Day("Monday", ((Item(RICH.id, 1),) * 1000, (), (), ()))
    with pytest.raises(PlanError, match="dislikes-full"):
        replace(week(RICH), dislikes=("fndds:11112110",) * 1000)


def test_a_kept_plan_comes_back_and_is_still_there_to_compare_with():
    before = week(RICH)
    changed = replace(keep_baseline(before), person=Person(60))
    assert restore_baseline(changed) == keep_baseline(before)
    with pytest.raises(PlanError, match="no-baseline"):
        restore_baseline(before)


def test_lines_left_out_of_a_record_can_be_settled():
    plan = week(RICH)
    incomplete = replace(plan, days=tuple(replace(day, lines_left_out=2) for day in plan.days))
    assert left_out_added(incomplete) == plan


def test_no_more_problems_are_told_than_anybody_reads():
    problems = Problems()
    for number in range(TOLD_MAX):
        problems.append(fault("more-problems", count=number))
        problems.append(fault("more-problems", count=number))
    assert problems.full
    problems.append(fault("more-problems", count=-1))
    problems.count()
    assert problems.told()[-1] == fault("more-problems", count=2)
    assert len(problems.told()) == TOLD_MAX + 1


def test_a_plan_too_long_for_a_link_has_a_name_in_the_address():
    code = encode(week(RICH))
    assert address_of(code) == code
    kept = address_of("1." * LINK_MAX)
    assert kept.startswith("t.") and len(kept) < 30
    assert [problem.code for problem in decode(kept).problems] == ["link-kept-in-tab"]


@pytest.mark.parametrize(
    ("code", "told"),
    [("", "link-empty"), ("1." + "a" * LINK_MAX, "link-too-long"), ("zz.a.b", "link-version"), ("1.abc", "link-cut-off")],
)
def test_what_is_no_link_of_ours_is_told_by_its_fault(code, told):
    opened = decode(code)
    assert opened.plan is None
    assert [problem.code for problem in opened.problems] == [told]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"version": 1, "days": ' + "[" * 100_000 + "]" * 100_000 + "}", "file-too-many-parts"),
        ('{"version": 1, "days": [', "file-not-json"),
        ("[]", "file-without-days"),
    ],
)
def test_what_is_no_plan_file_is_told_by_its_fault(text, told):
    opened = load(text)
    assert opened.plan is None
    assert [problem.code for problem in opened.problems] == [told]


def row_of_a_file(**changes) -> str:
    """A plan file of one food, with changes to the row of the food."""
    data = json.loads(dump(week(RICH)))
    data["days"][0]["meals"]["breakfast"] = [{"food": "fndds:11112110", "grams": 100.0} | changes]
    return json.dumps(data)


@pytest.mark.parametrize("changes", [{"grams": "much"}, {"grams": ["1"] * 3}, {"food": None}, {"food": "a" * 1000}])
def test_a_row_that_cannot_be_read_is_left_out_and_told(changes):
    opened = load(row_of_a_file(**changes))
    assert opened.plan is not None
    assert opened.plan.days[0].meals[0] == ()
    assert [problem.code for problem in opened.problems] == ["left-out"]


def test_a_row_that_is_no_object_is_told():
    data = json.loads(dump(week(RICH)))
    data["days"][0]["meals"]["breakfast"] = ["egg"]
    assert [problem.code for problem in load(json.dumps(data)).problems] == ["not-our-form"]


def test_a_field_of_the_person_that_is_too_long_is_left_at_its_default():
    data = json.loads(dump(week(RICH)))
    for key, value in (("excludes", ["soy"] * 1000), ("excludes", [["soy"]]), ("reference_set", {"iom": 1998})):
        opened = load(json.dumps(data | {"person": data["person"] | {key: value}}))
        assert opened.plan is not None and getattr(opened.plan.person, key) == getattr(Person(), key)
        assert [problem.code for problem in opened.problems] == ["person-field-left-out"]


def test_of_many_wrong_rows_the_first_are_told_and_the_rest_counted():
    data = json.loads(dump(week(RICH)))
    wrong = [{"food": "fndds:11112110", "grams": "much", "more": n} for n in range(TOLD_MAX + 15)]
    data["days"][0]["meals"]["breakfast"] = [*wrong, {"food": "fndds:11112110", "grams": 50.0, "more": 1}, {"food": "x"}, "egg"]
    opened = load(json.dumps(data))
    assert opened.plan is not None
    assert [item.grams for item in opened.plan.days[0].meals[0]] == [50.0]
    assert len(opened.problems) == TOLD_MAX + 1
    assert opened.problems[-1].code == "more-problems"


def test_a_day_of_a_link_says_which_of_its_marks_cannot_be_read():
    day, wrong = decode_day(encode_day(replace(week(RICH).days[0], lines_left_out=3)))
    assert (day.lines_left_out, wrong) == (3, None)
    cut = encode_day(replace(week(RICH).days[0], lines_left_out=3))[:-1] + "~"
    day, wrong = decode_day(cut)
    assert day.lines_left_out == 0 and wrong == fault("left-out-unreadable")


def test_what_changed_between_two_plans_is_added_removed_more_or_less():
    before = week(RICH)
    after = replace(
        before,
        days=(
            replace(before.days[0], meals=((Item(RICH.id, 150),), (Item(RICH.id, 50),), (), (Item(RICH.id, 10),))),
            *before.days[1:],
            Day("Day 4", ((Item(RICH.id, 20),), (), (), ())),
        ),
        supplements=(Supplement("tablet", 10, 7),),
    )
    found = differences(before, after)
    assert {(c.changed, c.meal, c.days, c.grams) for c in found.foods} == {
        (Changed.MORE, 0, (0,), 150),
        (Changed.LESS, 1, (0,), 50),
        (Changed.REMOVED, 2, (0,), 100),
        (Changed.ADDED, 3, (0,), 10),
        (Changed.ADDED, 0, (3,), 20),
    }
    assert (found.supplements_added, found.supplements_removed) == (after.supplements, ())
    assert differences(after, before).supplements_removed == after.supplements


# What others measured ----------------------------------------------------------------------------


def test_a_measure_that_has_no_answer_is_refused(tables):
    unknown = next(food for food in tables.foods.values() if food.b12_ug_per_100g is None)
    with pytest.raises(MeasureError, match="measure-without-value"):
        measure(f"counted food={unknown.id} grams=100", tables)
    with pytest.raises(MeasureError, match="measure-without-need"):
        measure("need age=0", tables)


def test_a_food_without_a_value_has_no_figure_that_could_move(tables):
    unknown = next(food for food in tables.foods.values() if food.b12_ug_per_100g is None)
    plan = Plan(days=(Day("Day 1", ((Item(unknown.id, 100),), (), (), ())),))
    moved = {swing.variation.kind for swing in swings(plan, tables, load_observed().variations)}
    assert not moved & {"natural-values", "added-values"}


def test_a_fit_takes_a_shorter_step_where_the_whole_one_would_overshoot(tables):
    """From a start far off the whole Gauss-Newton step makes the fit worse; it still ends at the same curve."""
    pairs = [(dose, dose_ug(dose, tables).value) for dose in (0.5, 1, 2, 5, 10, 50, 250, 1000)]
    near = {name: tables.parameters[name] for name in FITTED}
    far = {name: replace(row, value=row.value * factor) for (name, row), factor in zip(near.items(), (1.5, 0.2, 10), strict=True)}
    for start in (near, far):
        found = fit(pairs, start)
        for dose, absorbed in pairs:
            assert found(dose) == pytest.approx(absorbed, rel=0.01)


def test_what_a_suggestion_rests_on_and_draws_on_is_named(tables):
    cereal, drink = tables.foods["fndds:57207000"], tables.foods["fndds:11320100"]
    edits = (
        Edit(Kind.ADD, cereal, "cereals", 0, (0,), "It needs no cooking."),
        Edit(Kind.ADD, drink, "plant drinks", 3, (0,), "It needs no cooking."),
    )
    found = Suggestion(edits)
    assert found.families == {"cereals", "plant drinks"}
    assert found.reason == "It needs no cooking."
    assert found.lead is edits[0] and found.fortified


def test_a_swap_whose_portion_is_not_eaten_at_this_age_is_not_offered(tables):
    plan = week(RICH)
    row = replace(tables.everyday_foods[0], portion="1 bucket")
    new = tables.foods[row.food_id]
    swap = Swap(RICH.id, new.id, "1 jug", "It is more.")
    amounts = [_Amount(row, new, 1.0, 100.0, food_load(new, 100.0, tables))]
    assert list(_swapped(Week(assess(plan, tables), tables), swap, new, amounts)) == []


def test_a_meal_has_the_name_of_its_place_and_a_day_all_its_meals(tables):
    assert [meal.name for meal in assess(week(RICH), tables).days[0].meals] == list(MEALS)
    with pytest.raises(PlanError, match="meals-count"):
        Day("Monday", ((), ()))
    with pytest.raises(PlanError, match="own-foods-full"):
        replace(week(RICH), own_foods=(RICH, RICH))


def test_what_is_given_is_not_swallowed():
    assert mean_swallowed_ug(INJECTION) == 0
    assert mean_swallowed_ug(Supplement("tablet", 35, 2)) == 10


def test_more_doses_a_day_than_meals_are_taken_several_at_once():
    """Eight a day are two at each of four times; six are one and a half."""
    for a_day, at_once in ((8, 10.0), (6, 7.5)):
        found = doses([Supplement("tablet", 5, 7 * a_day)])
        assert [(dose.ug, dose.days_share, dose.mean_ug) for dose in found] == [(at_once, 1.0, at_once)] * len(MEALS)
    (weekly,) = doses([Supplement("tablet", 5, 1)])
    assert weekly.mean_ug == pytest.approx(5 / 7)


@pytest.mark.parametrize("form", ["injection", "nasal"])
def test_the_share_kept_of_a_form_spans_its_regimens(tables, form):
    """From the least low to the most high, and the most careful middle."""
    rows = [row for row in csv_rows("regimens") if row["form"] == form and row["kept_value"]]
    low, value, high = ([float(row[f"kept_{end}"]) for row in rows] for end in ("low", "value", "high"))
    assert kept_share(tables, form) == Band(min(low), min(value), max(high))
    assert kept_share(tables, "tablet") == Band(0.0, 0.0, 0.0)


def test_a_fit_that_never_settles_ends_after_so_many_steps(tables, monkeypatch):
    pairs = [(dose, dose_ug(dose, tables).value) for dose in (0.5, 1, 2, 5, 10, 50, 250, 1000)]
    factors = (1.5, 0.2, 10)
    rows = [tables.parameters[name] for name in FITTED]
    start = {row.name: replace(row, value=row.value * factor) for row, factor in zip(rows, factors, strict=True)}
    ends = []
    for steps in (1, 3, 100):
        monkeypatch.setattr("dashboard.estimate.fit.STEPS_MAX", steps)
        ends.append(fit(pairs, start).ln_sd)
    assert ends[0] > ends[1] > ends[2]


def test_the_same_amount_is_no_change():
    assert differences(week(RICH), week(RICH)).foods == ()
    pausing = replace(week(RICH), days=(Day("Day 1", ((Item(RICH.id, 100, off=True),), (), (), ())),))
    assert differences(pausing, replace(pausing, days=(Day("Day 1"),))).foods == ()


def test_whatever_goes_wrong_in_a_file_or_link_is_told(monkeypatch):
    """A net under what is checked before: a plan that cannot be is told, never raised."""

    def refused(*_) -> Plan:
        raise PlanError("days-count", most=1, given=2)

    monkeypatch.setattr("dashboard.plan.plan_file._plan_from", refused)
    monkeypatch.setattr("dashboard.plan.link_reader.CodeReader.plan", refused)
    assert [problem.code for problem in load(dump(week(RICH))).problems] == ["file-unopened"]
    assert [problem.code for problem in decode(encode(week(RICH))).problems] == ["link-unopened"]
