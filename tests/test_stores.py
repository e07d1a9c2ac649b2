"""Body stores: the printed tables, what holds for any person, and a numerical integration that knows no formula."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest
from conftest import advised, csv_rows, one_meal_days, own
from hypothesis import given
from hypothesis import strategies as st
from test_cases import cases, check

from dashboard.__main__ import main
from dashboard.advice.outlook import Span, StoresClaim, outlook, stores_claim
from dashboard.advice.regimens import compare
from dashboard.estimate.assess import assess
from dashboard.estimate.stores import (
    DAYS_PER_YEAR,
    YEARS_MAX,
    Phase,
    Uptake,
    curve,
    days_to_pool,
    events,
    half_life_days,
    injected,
    loss_of,
    plan_uptake,
    pool_ug,
    starting_pool_ug,
    steady_pool_ug,
)
from dashboard.plan import Person, Plan, Supplement
from dashboard.plan.plan_file import dump
from dashboard.tables.read import load_tables
from dashboard.tables.science import Band
from dashboard.weeks.starter import starter_plan
from dashboard.words import outlook as outlook_words

TABLES = load_tables()
#: Room for binary rounding of pools of thousands of ug.
HAIR = 1e-6
FULL = 4000.0
ENDS = ("low", "value", "high")


def ends(band: Band) -> tuple[float, float, float]:
    return band.low, band.value, band.high


# Printed tables ----------------------------------------------------------------------------------


def found(i: dict) -> float | None:
    if i["what"] == "steady":
        return steady_pool_ug(i["uptake_ug"], loss_per_day=i["loss"])
    if i["what"] == "half_life":
        return half_life_days(i["loss"])
    start = steady_pool_ug(i["former_ug"], loss_per_day=i["loss"]) if "former_ug" in i else i["start_ug"]
    flow = {"start_ug": start, "uptake_ug_per_day": i["uptake_ug"], "loss_per_day": i["loss"]}
    if i["what"] in ("pool", "change_percent"):
        pool = pool_ug(i["days"], **flow)
        return pool if i["what"] == "pool" else 100 * (pool - start) / start
    days = days_to_pool(i["level_ug"], **flow)
    return days / 365.25 if i["what"] == "years" else days


@pytest.mark.parametrize("case", cases("stores"))
def test_stores(case):
    check(found(case["input"]), case)


@pytest.mark.parametrize("uptake_ug", [0.3, 0.31, 0.5, 3.0])
def test_with_some_absorption_signs_never_come(uptake_ug):
    """published stores: A of 0.3 or more at a loss of 0.001 holds the pool at 300 or above."""
    assert days_to_pool(300, start_ug=2500, uptake_ug_per_day=uptake_ug, loss_per_day=0.001) is None


def test_the_printed_refill_by_injection_lies_in_the_band_of_what_is_kept():
    """94 days with 0.70 to 0.75 of 1 mg kept every 90 days: ln(7478 / 6778) and ln(8033 / 7333) over 0.001 are 98 and 91."""
    slow, fast = (days_to_pool(1000, start_ug=300, uptake_ug_per_day=kept * 1000 / 90, loss_per_day=0.001) for kept in (0.70, 0.75))
    assert (slow, fast) == pytest.approx((98.3, 91.2), abs=0.05)
    assert fast < 94 < slow


# The tables the model reads ----------------------------------------------------------------------


def test_conditions_lose_what_the_parameters_say(tables):
    p, c = tables.parameters, tables.conditions
    for condition in ("pernicious-anaemia", "total-gastrectomy", "ileal-resection-long"):
        assert set(ends(c[condition].loss_per_day)) == {p["loss_per_day_no_intrinsic_factor"].value} == {0.002}
    assert set(ends(c["atrophic-gastritis"].loss_per_day)) == {p["loss_per_day_atrophic_gastritis"].value} == {0.0015}
    assert ends(c["gastric-bypass"].loss_per_day) == (0.001, 0.0015, 0.002)


def test_injections_keep_what_the_parameters_say(tables):
    for regimen, name in (
        ("injection-hydroxocobalamin-1000", "kept_hydroxocobalamin_1mg"),
        ("injection-cyanocobalamin-1000", "kept_cyanocobalamin_1mg"),
    ):
        row = tables.parameters[name]
        assert ends(tables.regimens[regimen].kept) == (row.low, row.value, row.high)


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ((), (0.001, 0.001, 0.002)),
        (("metformin",), (0.001, 0.001, 0.002)),
        (("atrophic-gastritis",), (0.0015, 0.0015, 0.002)),
        (("gastric-bypass",), (0.001, 0.0015, 0.002)),
        (("pernicious-anaemia", "ppi"), (0.002, 0.002, 0.002)),
    ],
)
def test_loss_is_the_largest_of_each_end(tables, conditions, expected):
    assert ends(loss_of(tables, (tables.conditions[c] for c in conditions))) == expected


def test_the_starting_pool(tables):
    assert ends(starting_pool_ug(tables)) == (1000, 2500, 4000)
    assert ends(starting_pool_ug(tables, Band(2.0, 2.5, 3.0))) == (1000, 2500, 3000)  # 2.0 / 0.002, 2.5 / 0.001, 3.0 / 0.001
    assert ends(starting_pool_ug(tables, Band(0.1, 0.2, 0.3))) == (500, 500, 500)  # held to the floor
    assert ends(starting_pool_ug(tables, Band(6.0, 9.0, 12.0))) == (3000, 4000, 4000)  # held to full


# What holds for anybody --------------------------------------------------------------------------

losses = st.floats(0.0005, 0.005)
pools = st.floats(0, FULL)
uptakes = st.one_of(st.just(0.0), st.floats(0.01, 30))
spans = st.floats(0, 7305)


def bands(values) -> st.SearchStrategy[Band]:
    return st.tuples(values, values, values).map(lambda three: Band(*sorted(three)))


trains = st.lists(st.tuples(st.floats(28, 200), bands(st.floats(1, 900))), max_size=2, unique_by=lambda t: t[0]).map(tuple)
intakes = st.builds(Uptake, bands(uptakes), trains)


@st.composite
def phases(draw) -> list[Phase]:
    first = draw(st.floats(-2000, 0))
    later = sorted(draw(st.lists(st.floats(1, 2000), max_size=2, unique=True)))
    return [Phase(day, draw(intakes)) for day in (first, *later)]


@given(pools, uptakes, losses, spans)
def test_a_pool_is_never_negative_and_moves_towards_its_steady_state(start, uptake, loss, days):
    pool = pool_ug(days, start_ug=start, uptake_ug_per_day=uptake, loss_per_day=loss)
    steady = uptake / loss
    assert pool >= 0
    assert min(start, steady) - HAIR <= pool <= max(start, steady) + HAIR


@given(pools, uptakes, losses, st.floats(1, 3000))
def test_change_is_uptake_less_loss(start, uptake, loss, days):
    """Over any stretch: P(t) - P(0) = A t - k times the area under P, the area by Simpson's rule."""
    n = 200
    curve_ug = [pool_ug(days * i / n, start_ug=start, uptake_ug_per_day=uptake, loss_per_day=loss) for i in range(n + 1)]
    area = days / n / 3 * (curve_ug[0] + curve_ug[-1] + 4 * sum(curve_ug[1:-1:2]) + 2 * sum(curve_ug[2:-1:2]))
    assert abs((curve_ug[-1] - start) - (uptake * days - loss * area)) < 1e-3


@given(pools, losses, spans)
def test_without_intake_it_only_decays(start, loss, days):
    pool = pool_ug(days, start_ug=start, uptake_ug_per_day=0.0, loss_per_day=loss)
    assert pool == pytest.approx(start * math.exp(-loss * days), abs=HAIR)
    half = pool_ug(half_life_days(loss), start_ug=start, uptake_ug_per_day=0.0, loss_per_day=loss)
    assert half == pytest.approx(start / 2, abs=HAIR)


@given(pools, uptakes, losses, st.floats(1, FULL))
def test_the_time_to_a_level_is_when_the_pool_is_there(start, uptake, loss, level):
    days = days_to_pool(level, start_ug=start, uptake_ug_per_day=uptake, loss_per_day=loss)
    steady = uptake / loss
    if days is None:
        assert not min(start, steady) + HAIR < level < max(start, steady) - HAIR
    else:
        assert days >= 0
        assert pool_ug(days, start_ug=start, uptake_ug_per_day=uptake, loss_per_day=loss) == pytest.approx(level, abs=1e-5)


@given(phases(), pools, losses)
def test_every_curve_stays_between_empty_and_full(plan, start, loss):
    line = one_curve(plan, "value", start, loss)
    for day in range(0, 3000, 50):
        assert 0 <= line.before(day) <= FULL
        assert 0 <= line.after(day) <= FULL
        assert line.after(day) >= line.before(day) - HAIR


def one_curve(plan, end, start, loss):
    return curve(events(plan, 3000.0), end, start=Band(start, start, start), loss=Band(loss, loss, loss), full_ug=FULL)


@given(phases(), bands(pools), bands(losses), st.tuples(*[st.floats(0, 1)] * 4))
def test_low_and_high_hold_every_combination(plan, start, loss, at):
    """Any start, loss, uptake and kept share inside their ranges gives a curve between the low and the high one."""

    def inside(band: Band, share: float) -> float:
        return band.low + share * (band.high - band.low)

    def picked(u: Uptake) -> Uptake:
        steady, kept = inside(u.steady, at[2]), [(every, inside(b, at[3])) for every, b in u.injections]
        return Uptake(Band(steady, steady, steady), tuple((every, Band(k, k, k)) for every, k in kept))

    some = one_curve([replace(p, uptake=picked(p.uptake)) for p in plan], "value", inside(start, at[0]), inside(loss, at[1]))
    changes = events(plan, 3000.0)
    low, high = (curve(changes, end, start=start, loss=loss, full_ug=FULL) for end in ("low", "high"))
    for day in range(0, 3000, 75):
        assert low.after(day) - HAIR <= some.after(day) <= high.after(day) + HAIR
    soonest, then, latest = (math.inf if d is None else d for d in (c.first_at(300.0) for c in (low, some, high)))
    assert soonest <= then + HAIR
    assert then <= latest + HAIR


@given(phases(), pools, losses)
def test_the_curve_is_that_of_a_fine_numerical_integration(plan, start, loss):
    """Steps of at most a day by the classical Runge-Kutta rule, doses added on their days, held to full."""
    pool = min(start, FULL)
    changes = {}
    for n, phase in enumerate(plan):
        until = plan[n + 1].from_day if n + 1 < len(plan) else 600.0
        changes.setdefault(phase.from_day, 0.0)
        for every, kept in phase.uptake.injections:
            began = next(plan[m].from_day for m in range(n + 1) if all(every in dict(p.uptake.injections) for p in plan[m : n + 1]))
            dose = 0
            while began + dose * every < until:
                if began + dose * every >= phase.from_day - 1e-9:
                    changes[began + dose * every] = changes.get(began + dose * every, 0.0) + kept.value
                dose += 1
    days = sorted(d for d in changes if d < 600.0)
    for here, following in zip(days, [*days[1:], 600.0], strict=True):
        pool = min(pool + changes[here], FULL)
        uptake = next(p for p in reversed(plan) if p.from_day <= here).uptake.steady.value
        steps = max(1, math.ceil(following - here))
        h = (following - here) / steps
        for _ in range(steps):
            a = uptake - loss * pool
            b = uptake - loss * (pool + h / 2 * a)
            c = uptake - loss * (pool + h / 2 * b)
            d = uptake - loss * (pool + h * c)
            pool = min(pool + h / 6 * (a + 2 * b + 2 * c + d), FULL)
    assert one_curve(plan, "value", start, loss).before(600.0) == pytest.approx(pool, abs=1e-3) or 600.0 in changes


@given(phases(), pools, losses, st.floats(50, 1500))
def test_the_first_day_at_a_level_is_the_first(plan, start, loss, level):
    line = one_curve(plan, "value", start, loss)
    first = line.first_at(level)
    for day in range(0, 3000, 25):
        if first is None or day < first - HAIR:
            assert line.after(day) > level - HAIR
    if first is not None:
        assert first >= 0
        assert line.after(first) <= level + HAIR


# Injections, changes of diet, full stores --------------------------------------------------------


def test_an_injection_is_a_pulse_of_what_is_kept():
    """1000 ug, 0.725 kept, every 91 days from 300 ug at 0.001 a day: 1025, then 1025 e^-0.091 = 935.8, then 1660.8."""
    train = Uptake(Band(0, 0, 0), ((91.0, Band(700, 725, 750)),))
    line = one_curve([Phase(0.0, train)], "value", 300.0, 0.001)
    assert (line.before(0), line.after(0)) == (300, 1025)
    assert (line.before(91), line.after(91)) == pytest.approx((935.8, 1660.8), abs=0.05)


def test_injections_that_go_on_keep_their_days():
    train = ((100.0, Band(500, 500, 500)),)
    first, second = Uptake(Band(1, 1, 1), train), Uptake(Band(2, 2, 2), train)
    assert [day for day, (_, kept) in events([Phase(-50.0, first), Phase(10.0, second)], 300.0).items() if kept.value] == [
        -50,
        50,
        150,
        250,
    ]


def test_frequent_injections_are_spread_out(tables):
    kept = Band(0.2, 0.25, 0.3)
    assert injected(1000, 1, kept, tables) == Uptake(kept * (1000 / 7))
    monthly = injected(1000, 0.2308, kept, tables)
    assert monthly.injections[0][0] == pytest.approx(30.33, abs=0.005)
    assert ends(monthly.injections[0][1]) == pytest.approx((200, 250, 300))
    assert ends(monthly.mean) == pytest.approx((6.59, 8.24, 9.89), abs=0.005)  # 200, 250, 300 / 30.33
    assert injected(1000, 0, kept, tables).mean == Band(0, 0, 0)


def test_a_plans_injection_is_taken_out_of_its_usable_b12(tables):
    food = own("food", 1.0, 0.0)
    days = one_meal_days({"lunch": [(food, 100.0)]}, 7)
    tablet, needle = Supplement("tablet", 10, 7, False), Supplement("injection", 1000, 0.0769, False)
    both = assess(Plan(Person(34), days, (tablet, needle), (food,)), tables)
    without = assess(Plan(Person(34), days, (tablet,), (food,)), tables)
    found_uptake = plan_uptake(both, tables)
    assert found_uptake.steady == without.usable
    assert [every for every, _ in found_uptake.injections] == pytest.approx([91.03], abs=0.005)
    assert ends(found_uptake.mean) == pytest.approx(ends(both.usable), abs=1e-9)


def vegan(ug: float, **kwargs) -> Plan:
    """A plan whose food brings so many ug absorbed: S(x) turned round by hand for one meal a day."""
    load = ug * 2.5 / math.sqrt(2.5**2 - ug**2) if ug else 0.0
    food = own("food", 2 * load, 0.0)
    return Plan(Person(34, diet="vegan", **kwargs), one_meal_days({"lunch": [(food, 100.0)]}, 7), own_foods=(food,))


def test_an_outlook_without_intake(tables):
    """published checks, check 5: 2.5 mg last 5.8 years at 0.001; 2.9 at 0.002."""
    o = outlook(assess(vegan(0), tables), tables, 10, 2500)
    plan = o.path("plan")
    assert plan.years_to_signs == Span(pytest.approx(2.9, abs=0.05), pytest.approx(5.8, abs=0.05), pytest.approx(5.8, abs=0.05))
    assert ends(plan.at(0)) == (2500, 2500, 2500)
    assert plan.at(10).value == pytest.approx(2500 * math.exp(-3.6525), abs=0.05)
    assert [p.id for p in o.paths] == ["plan", "nothing"]
    assert o.path("nothing").value_ug == plan.value_ug


def test_pernicious_anaemia_loses_twice_as_fast(tables):
    a = assess(vegan(0.5, conditions=("pernicious-anaemia",)), tables)
    years = outlook(a, tables, 10, 2500).path("plan").years_to_signs
    assert (years.low, years.value, years.high) == pytest.approx((2.9, 2.9, 2.9), abs=0.05)


def test_a_change_of_diet_at_a_date(tables):
    """2500 ug, one year on nothing to 1735, then 1 ug a day for one year: 1000 + 735 e^-0.36525 = 1510."""
    before, after = assess(vegan(0), tables), assess(vegan(1.0), tables)
    o = outlook(after, tables, 5, 2500, baseline=before, change_years=1)
    assert o.path("plan").at(1).value == pytest.approx(2500 * math.exp(-0.36525), abs=0.05)
    assert o.path("plan").at(2).value == pytest.approx(1510.2, abs=0.5)  # the food's grams are whole tenths
    assert o.path("baseline").at(2).value == pytest.approx(2500 * math.exp(-0.7305), abs=0.05)


def test_a_diet_that_began_in_the_past(tables):
    """Two years of nothing before today: 2500 e^-0.7305 = 1204 is left, and it lasts 5.8 - 2 years."""
    o = outlook(assess(vegan(0), tables), tables, 10, 2500, since_years=2)
    assert o.today_ug.value == pytest.approx(1204.2, abs=0.05)
    assert o.path("plan").at(0).value == pytest.approx(1204.2, abs=0.05)
    assert o.path("plan").years_to_signs.value == pytest.approx(3.8, abs=0.05)


def test_stores_that_are_low_already_say_now(tables):
    assert outlook(assess(vegan(0), tables), tables, 5, 250).path("plan").years_to_signs == Span(0, 0, 0)


def test_a_pool_stays_at_full(tables):
    plan = Plan(Person(34), one_meal_days({}), (Supplement("tablet", 1000, 7, False),))
    path = outlook(assess(plan, tables), tables, 5, 9000).path("plan")
    assert set(path.value_ug) == set(path.high_ug) == {4000}
    assert path.steady_ug.value == 4000


def test_every_regimen_has_its_path(tables):
    advice = advised(vegan(0), tables)
    effects = compare(advice, tables)
    o = outlook(advice.assessment, tables, 10, regimens=effects)
    assert [p.id for p in o.paths] == ["plan", *(r for r in tables.regimens if "-age-" not in r), "nothing"]
    # a tablet of 10 ug a day: 1.35 ug absorbed, 1000 + 350 is where 1347.5 leads; 300 to 1000 takes ln(1047.5 / 347.5) / 0.001
    tablet = o.path("tablet-10-daily")
    assert tablet.mean_uptake.value == pytest.approx(1.3475, abs=0.0005)
    assert tablet.steady_ug.value == pytest.approx(1347.5, abs=0.5)
    assert tablet.days_to_replete.value == pytest.approx(1103, abs=1)
    assert tablet.years_to_signs.value is None
    # hydroxocobalamin 0.725 of 1 mg every 91.03 days: 7.964 a day; ln(7664 / 6964) / 0.001
    needle = o.path("injection-hydroxocobalamin-1000")
    assert needle.days_to_replete.value == pytest.approx(95.8, abs=0.1)
    assert ends(needle.at(0)) == pytest.approx((1700, 3225, 4000))  # the first dose is given today
    assert (needle.low_ug[0], needle.value_ug[0], needle.high_ug[0]) == (1000, 2500, 4000)


@given(
    st.integers(1, YEARS_MAX),
    st.floats(0, 20),
    st.floats(0, 20),
    st.sampled_from([(), ("ppi",), ("gastric-bypass",), ("total-gastrectomy",)]),
    st.booleans(),
)
def test_every_outlook_is_in_order(years, since, change, conditions, needle):
    supplements = (Supplement("injection", 1000, 0.0769),) if needle else ()
    advice = advised(replace(vegan(0.6, conditions=conditions), supplements=supplements), TABLES)
    a = advice.assessment
    b = assess(vegan(1.5, conditions=conditions), TABLES)
    o = outlook(a, TABLES, years, since_years=since, change_years=change, baseline=b, regimens=compare(advice, TABLES)[-2:])
    for p in o.paths:
        assert len(p.years) == len(p.low_ug) == len(p.value_ug) == len(p.high_ug)
        assert list(p.years) == sorted(p.years)
        assert (p.years[0], p.years[-1]) == (0, years)
        for low, value, high in zip(p.low_ug, p.value_ug, p.high_ug, strict=True):
            assert 0 <= low <= value + HAIR <= high + 2 * HAIR <= FULL + 3 * HAIR
        times = [math.inf if t is None else t for t in (p.years_to_signs.low, p.years_to_signs.value, p.years_to_signs.high)]
        assert times == sorted(times)
    assert ends(o.path("baseline").at(0)) == pytest.approx(ends(o.today_ug))


def test_years_and_days_agree():
    assert DAYS_PER_YEAR == 365.25


# The command line --------------------------------------------------------------------------------


def written(tmp_path, plan: Plan) -> str:
    path = tmp_path / "plan.json"
    path.write_text(dump(plan), encoding="utf-8")
    return str(path)


def test_the_command_answers_in_json(tmp_path, capsys):
    assert main(["outlook", written(tmp_path, vegan(0)), "--years", "3", "--start-ug", "2500", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["years"][0] == 0
    assert answer["years"][-1] == 3
    assert len(answer["years"]) == 37 == len(answer["low_ug"]) == len(answer["value_ug"]) == len(answer["high_ug"])
    assert answer["value_ug"][12] == pytest.approx(1735.1, abs=0.05)  # 2500 e^-0.36525
    assert answer["years_to_signs"] == {"low": 2.9025, "value": 5.805, "high": 5.805}  # ln(2500 / 300) / 0.73050 and / 0.36525
    assert {o["id"] for o in answer["others"]} >= {"nothing", "tablet-10-daily"}
    assert {row["source_id"] for row in csv_rows("sources")} >= set(answer["sources"])


def test_the_command_answers_in_words(tmp_path, capsys):
    assert main(["outlook", written(tmp_path, vegan(0)), "--start-ug", "2500"]) == 0
    said = capsys.readouterr().out
    assert "in about 5.8 years (between 2.9 and 5.8 years)" in said
    assert "after 10 years  about 65 µg" in said
    assert "Only a blood test" in said


@pytest.mark.parametrize(
    "wrong", [["--years", "0"], ["--years", "21"], ["--start-ug", "-1"], ["--start-ug", "nan"], ["--start-ug", "inf"], ["--years", "x"]]
)
def test_a_wrong_number_is_one_sentence(tmp_path, capsys, wrong):
    assert main(["outlook", written(tmp_path, vegan(0)), *wrong]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1


@pytest.mark.parametrize("person", [Person(0), Person(8), Person(17), Person(30, "pregnant"), Person(30, "breastfeeding")])
def test_the_command_says_whom_it_does_not_model(tmp_path, capsys, person):
    """A9, A13: no figure at all for them, in words and for machines."""
    where = written(tmp_path, Plan(person))
    assert main(["outlook", where, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert "does not estimate" in answer["answer"]
    assert (answer["years"], answer["value_ug"], answer["others"], answer["years_to_signs"], answer["claim"]) == ([], [], [], None, None)
    assert main(["outlook", where]) == 0
    assert "does not estimate" in capsys.readouterr().out


def test_close_in_the_middle_and_there_at_the_low_end_are_both_said(tables):
    """A typical vegan week leads to 314 (120 to 414) ug against a line of 300: rule A9 has a word for each."""
    advice = advised(starter_plan(tables, Person(34, diet="vegan")), tables)
    o = outlook(advice.assessment, tables, 10)
    assert stores_claim(o.paths[0], o, advice, tables) is StoresClaim.CLOSE_AND_MAY_COME_DOWN
    (said, *_) = outlook_words.lines(o, advice, tables)
    assert said.startswith(
        "On your plan, we estimate that stores come down close to the level at which signs can begin, and they may reach it"
    )
    assert said.endswith("otherwise it may be sooner.")
