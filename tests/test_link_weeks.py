"""The short form of a link: an example week and what was changed in it. As safe and as faithful as the long one, and never longer."""

from __future__ import annotations

import random
import string
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_link import CPU_MAX_SECONDS, LINK_ALPHABET, SEED, UNRESERVED, mutated, plans, timed, without_conditions

from dashboard.plan import (
    Diet,
    Item,
    Person,
    Plan,
    Supplement,
    add_item,
    add_supplement,
    copy_day,
    join_meals,
    keep_baseline,
    link,
    mark_nothing_eaten,
    move_item,
    plan_file,
    remove_item,
    set_grams,
    swap_item,
    switch_item,
)
from dashboard.plan.link_parts import DIGITS, check_digits
from dashboard.tables.read import load_tables
from dashboard.words import plan_faults

TABLES = load_tables()
WEEKS = TABLES.link_weeks
CORPUS = Path(__file__).parent / "links_v2.txt"
FOODS = sorted(TABLES.foods)
UNTOUCHED_MAX, TEN_EDITS_MAX = 60, 250


def code_of(plan: Plan, *, share_conditions: bool = False) -> str:
    return link.encode(plan, share_conditions=share_conditions, weeks=WEEKS)


def edited(plan: Plan, draw: random.Random) -> Plan:
    """The plan after one edit of the kinds that the screen offers."""
    places = [place for place, _ in plan.items()]
    place = draw.choice(places)
    food = Item(draw.choice(FOODS), float(draw.randint(1, 400)))
    match draw.randrange(7):
        case 0:
            return set_grams(plan, place, draw.choice([draw.randint(1, 900), draw.randint(1, 9000) / 10]))
        case 1:
            return swap_item(plan, place, food)
        case 2:
            return add_item(plan, place.day, place.meal, food)
        case 3:
            return remove_item(plan, place)
        case 4:
            return switch_item(plan, place)
        case 5:
            return move_item(plan, place, draw.randrange(7), draw.randrange(4))
        case _:
            return add_supplement(plan, Supplement("tablet", draw.choice([10, 50, 1000]), 7, True)) if len(plan.supplements) < 3 else plan


def starter(week_at: int) -> Plan:
    week = TABLES.starter_weeks[week_at % len(TABLES.starter_weeks)]
    return Plan(Person(34, diet=week.diet), week.days)


# There and back ----------------------------------------------------------------------------------


@given(st.integers(0, 200), st.integers(0, 10**9), st.integers(0, 25), st.booleans(), st.booleans())
@settings(max_examples=150)
def test_an_edited_example_week_comes_back_as_it_was(week, seed, edits, kept, share):
    draw, plan = random.Random(seed), starter(week)
    plan = replace(plan, person=replace(plan.person, conditions=("ppi",)))
    if not any(plan.items()):
        edits = 0
    plan = keep_baseline(plan) if kept else plan
    for _ in range(edits):
        plan = edited(plan, draw)
    code = code_of(plan, share_conditions=share)
    opened = link.decode(code, weeks=WEEKS)
    assert opened.problems == ()
    assert opened.plan == (plan if share else without_conditions(plan))
    assert opened.conditions_shared is share
    assert len(code) <= len(link.encode(plan, share_conditions=share))
    assert set(code) <= UNRESERVED


@given(plans, st.booleans())
def test_any_plan_comes_back_and_is_never_longer_than_in_version_1(plan, share):
    code = code_of(plan, share_conditions=share)
    opened = link.decode(code, weeks=WEEKS)
    assert opened.problems == ()
    assert opened.plan == (plan if share else without_conditions(plan))
    assert len(code) <= len(link.encode(plan, share_conditions=share))


def test_marks_of_a_day_come_back():
    plan = join_meals(starter(1), 0, "breakfast", "lunch")
    plan = mark_nothing_eaten(replace(plan, days=(*plan.days[:-1], replace(plan.days[-1], meals=((), (), (), ())))), 6, True)
    code = code_of(plan)
    assert code.startswith("2.")
    assert link.decode(code, weeks=WEEKS) == link.Opened(plan, (), False)


def test_both_versions_open_alike():
    plan = starter(3)
    assert link.decode(code_of(plan), weeks=WEEKS).plan == link.decode(link.encode(plan), weeks=WEEKS).plan == plan


# Lengths -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("week", TABLES.starter_weeks, ids=lambda w: f"{w.week}-{w.version}")
def test_an_untouched_week_has_a_short_code(week):
    for diet in week.diets:
        for market in (None, *week.markets):
            plan = Plan(Person(34, diet=Diet(diet), reference_set="who-fao-2004", shops_in=market), week.days)
            code = code_of(plan)
            assert len(code) <= UNTOUCHED_MAX or week.age_group == "infant", code
            assert link.decode(code, weeks=WEEKS).plan == plan


def test_ten_edits_make_a_code_of_at_most_250_characters():
    longest = 0
    for seed in range(60):
        draw, plan = random.Random(seed), starter(1 + seed % 17)
        for _ in range(10):
            plan = edited(plan, draw)
        longest = max(longest, len(code_of(plan)))
    assert longest <= TEN_EDITS_MAX


def test_a_copied_day_is_written_out_only_where_that_is_shorter():
    plan = copy_day(starter(1), 0, [1, 2, 3, 4, 5, 6])
    assert len(code_of(plan)) <= len(link.encode(plan))
    assert link.decode(code_of(plan), weeks=WEEKS).plan == plan


# Codes of weeks ----------------------------------------------------------------------------------


def test_every_version_of_every_week_has_a_code_of_its_own():
    codes = [week.link_code for week in TABLES.starter_weeks]
    assert len(set(codes)) == len(codes)
    assert all(code and set(code) <= set(DIGITS) and len(code) <= 2 for code in codes)


def corpus() -> list:
    rows = [line.split("\t") for line in CORPUS.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return [pytest.param(whole, code, id=f"line {n}") for n, (whole, code) in enumerate(rows, 1)]


@pytest.mark.parametrize(("whole", "code"), corpus())
def test_links_of_version_2_keep_their_meaning(whole, code):
    """The same plan as the link of version 1 beside it, whose own meaning another corpus keeps."""
    opened = link.decode(code, weeks=WEEKS)
    assert opened.problems == ()
    assert opened == link.decode(whole)


def test_the_corpus_names_every_week_that_a_link_can_name():
    text = CORPUS.read_text(encoding="utf-8")
    assert [w.link_code for w in TABLES.starter_weeks if any(d.has_foods for d in w.days) and f"._{w.link_code}." not in text] == []


def test_a_week_that_is_not_known_is_told_and_the_rest_is_kept():
    plan = add_supplement(replace(starter(1), person=Person(61, diet="vegan")), Supplement("tablet", 10, 7, True))
    opened = link.decode(code_of(plan))
    assert plan_faults.sentences(opened.problems) == (plan_faults.FAULTS["link-week-unknown"],)
    assert (opened.plan.person, opened.plan.supplements) == (plan.person, plan.supplements)
    assert not any(opened.plan.items())


def test_a_week_whose_content_is_another_is_told():
    """Otherwise a link would change its meaning in silence."""
    from dashboard.plan.link_weeks import KnownWeeks

    other = KnownWeeks({week.link_code: TABLES.starter_weeks[4].days for week in TABLES.starter_weeks})
    opened = link.decode(code_of(starter(1)), weeks=other)
    assert opened.problems[0].code == "link-changed"


# Damage ------------------------------------------------------------------------------------------


def sample() -> str:
    draw, plan = random.Random(7), keep_baseline(replace(starter(2), person=Person(34, diet="vegan", conditions=("ppi",))))
    for _ in range(12):
        plan = edited(plan, draw)
    code = code_of(plan, share_conditions=True)
    assert code.startswith("2.") and code.count("._") == 2
    return code


def test_a_short_link_cut_at_any_place_is_told():
    code = sample()
    for at in range(len(code)):
        assert link.decode(code[:at], weeks=WEEKS).problems, f"cut at {at} and nothing said"


def test_changed_short_links_never_raise_or_hang_and_are_told():
    draw, code = random.Random(SEED), sample()
    slowest, silent = 0.0, 0
    for n in range(2_000):
        changed = mutated(code, draw, LINK_ALPHABET)
        opened, spent = timed(lambda text: link.decode(text, weeks=WEEKS), changed)
        slowest, silent = max(slowest, spent), silent + (changed.strip() != code and not opened.problems)
        if opened.plan is not None and n % 20 == 0:
            assert plan_file.load(plan_file.dump(opened.plan)).plan == opened.plan
    assert silent <= 1
    assert slowest < CPU_MAX_SECONDS


@given(st.text(string.ascii_letters + string.digits + "-._", max_size=400))
def test_any_short_body_is_answered(body):
    for text in (f"2.{check_digits(body)}.{body}", f"2.000.Y_n_v_iom-1998_n..x._1.{body}.0.0.u.e"):
        opened = link.decode(text, weeks=WEEKS)
        assert opened.plan is not None or opened.problems
        if opened.plan is not None:
            assert plan_file.load(plan_file.dump(opened.plan)).plan == opened.plan


@pytest.mark.parametrize(
    "body",
    [
        "Y_n_v_iom-1998..x" + "._1." * 4_000,
        "Y_n_v_iom-1998..x._1." + "0b00_" * 3_900,
        "Y_n_v_iom-1998..x._1." + "0b00" + "f00001" * 3_000,
        "._" * 9_000,
        "Y_n_v_iom-1998..x._zz.0b00",
        "Y_n_v_iom-1998..x._1.0q00_9b00_0bzz_0m-----_0_b_",
    ],
    ids=range(6),
)
def test_odd_short_bodies_are_answered_quickly(body):
    opened, spent = timed(lambda text: link.decode(text, weeks=WEEKS), f"2.000.{body}")
    assert opened.problems
    assert spent < CPU_MAX_SECONDS


def test_an_edit_is_written_into_the_address_quickly():
    import time

    plan = starter(1)
    for _ in range(10):
        plan = edited(plan, random.Random(1))
    started = time.process_time()
    for _ in range(20):
        code_of(plan)
    assert (time.process_time() - started) / 20 < CPU_MAX_SECONDS
