"""Links, files and labels that nobody meant: an answer within 50 ms and 50 MB, with few words, and never an exception.

``.ci/run`` tries 20,000 of them, the suite a part.
"""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest
from conftest import ROOT
from hostile_input import BYTES_MAX, NASTY, SECONDS_MAX, SHARE, held, mutated, spent, tried
from test_link import sample_plan

from dashboard.foods import label as labels
from dashboard.foods.label import Basis, Label, Per
from dashboard.plan import ITEMS_PER_MEAL_MAX, Day, Item, OwnFood, Person, Plan, PlanError, file_text, link, plan_file
from dashboard.plan.link_parts import check_digits
from dashboard.plan.problems import TOLD_MAX
from dashboard.weeks.food_record.reading import read_record
from dashboard.words import plan_faults

LINKS, FILES, LABELS, RECORDS = (int(count * SHARE) for count in (7_000, 6_000, 3_000, 2_500))
SEED = 20261126


def opened(answer: link.Opened) -> None:
    assert answer.plan is not None or answer.problems
    assert len(answer.problems) <= TOLD_MAX + 2
    assert all(len(problem) < 1_000 for problem in plan_faults.sentences(answer.problems))


def test_links(tables):
    draw = random.Random(SEED)
    codes = [link.encode(plan, share_conditions=True) for plan in (sample_plan(), Plan(), replace(sample_plan(), baseline=Plan()))]
    given = [mutated(draw.choice(codes), draw, link.LINK_MAX) for _ in range(LINKS)]
    # With a right check, so that what is changed is read all the same.
    given += [f"1.{check_digits(body)}.{body}" for body in (text[6:] for text in given[: LINKS // 2])]
    tried(lambda text: opened(link.decode(text)), given)
    tried(lambda text: opened(link.from_url(f"https://b12.example/?p={text}")), given[: LINKS // 4])


def test_files():
    draw = random.Random(SEED)
    files = [plan_file.dump(plan) for plan in (sample_plan(), Plan(), replace(sample_plan(), baseline=Plan()))]
    tried(lambda text: opened(plan_file.load(text)), [mutated(draw.choice(files), draw, file_text.FILE_MAX) for _ in range(FILES)])


def typed(label: Label) -> None:
    """A label as it is typed: a food, or a sentence."""
    try:
        labels.own_food(label)
    except PlanError as error:
        assert 0 < len(plan_faults.sentence(error)) < 300


def test_labels():
    draw = random.Random(SEED)
    numbers = (None, 0.0, -1.0, 1e-300, 1e308, float("inf"), float("nan"), 0.05, 30.0, 5e3, 5001.0)

    def any_label() -> Label:
        return Label(
            mutated("Oat drink", draw, 100_000),
            draw.choice(numbers),
            draw.choice(("g", "ml", *NASTY[:3])),
            draw.choice(numbers),
            draw.choice(list(Basis)),
            draw.choice(list(Per)),
            draw.choice(("vegan", "uncertain", *NASTY[:3])),
            draw.random() < 0.5,
        )

    tried(typed, [any_label() for _ in range(LABELS)])


def test_records(tables):
    """Records of a few lines: what a line takes is bounded, however odd it is."""
    draw = random.Random(SEED)
    sound = [path.read_bytes() for path in sorted((ROOT / "tests" / "records").iterdir()) if path.suffix in (".csv", ".txt")]
    texts = [data.decode("utf-8", "replace") for data in sound if 0 < len(data) < 3_000]
    assert len(texts) > 10
    given = [mutated(draw.choice(texts), draw, 3_000).encode("utf-8", "surrogatepass") for _ in range(RECORDS)]
    tried(lambda data: read_record(data, tables), given)


# What was found by trying --------------------------------------------------------------------------

ITEM = {"food": "fndds:31103010", "grams": 50, "off": False}


def full_plan() -> Plan:
    """As much as a plan can hold, with a baseline as large."""
    meal = tuple(Item("gtin:12345678901234", 4999.9, True) for _ in range(ITEMS_PER_MEAL_MAX))
    own = tuple(OwnFood(f"own-food-of-mine-{n:03d}", "é" * 60, 99999.123, 9999.123, 4999.9) for n in range(40))
    plan = Plan(Person(), tuple(Day("Typical day", (meal,) * 4) for _ in range(31)), own_foods=own)
    return replace(plan, baseline=plan)


def with_meals(row: object) -> str:
    """The largest plan with another row in place of each food."""
    data = plan_file.to_json(full_plan())
    for plan in (data, data["baseline"]):
        for day in plan["days"]:
            day["meals"] = {meal: [row] * ITEMS_PER_MEAL_MAX for meal in day["meals"]}
    return json.dumps(data)


WIDE = {
    "the largest plan": plan_file.dump(full_plan()),
    "empty items": with_meals({}),
    "items that are no food": with_meals({"food": "x", "grams": 1}),
    "negative amounts": with_meals({"food": "sr:1", "grams": -1}),
    "a key too many": with_meals({**ITEM, "note": 1}),
    "35,000 empty items": json.dumps({"version": 1, "days": [{"name": "Monday", "meals": {"lunch": [{}] * 20_000}}]}),
    "290,000 empty items": json.dumps({"version": 1, "days": [{"name": "Monday", "meals": {"lunch": [{}] * 290_000}}]}),
    "75,000 keys": json.dumps({"version": 1, "days": [], **{f"key {n}": 1 for n in range(75_000)}}),
    "590,000 days": '{"version":1,"days":[' + "1," * 589_000 + "1]}",
    "230,000 short texts": '{"version":1,"days":[' + '"ab",' * 230_000 + "1]}",
    "a million lists": "[" * 1_000_000,
    "100,000 exclusions": json.dumps({"version": 1, "days": [], "person": {"excludes": ["abcdef"] * 110_000}}),
    "a label of a megabyte": json.dumps({"version": 1, "days": [], "own_foods": [{"key": "a", "label": "L" * 1_100_000}]}),
    "a whole own food with a label of a megabyte": json.dumps(
        {
            "version": 1,
            "days": [],
            "own_foods": [
                {"key": "a", "label": "L" * 1_100_000, "b12_ug_per_100g": 1, "added_ug_per_100g": 0, "serving_g": 1, "diet": "vegan"}
            ],
        }
    ),
    "a food of a megabyte": json.dumps(
        {"version": 1, "days": [{"name": "Monday", "meals": {"lunch": [{"food": "x" * 10**6, "grams": 1}]}}]}
    ),
    "a number of a megabyte": '{"days":1,"version":' + "9" * 1_100_000 + "}",
    "a version of a megabyte": json.dumps({"days": 1, "version": "9" * 1_100_000}),
    "a version that is a list": json.dumps({"days": 1, "version": [[1] * 300] * 300}),
}


@pytest.mark.parametrize("text", WIDE.values(), ids=WIDE)
def test_a_wide_file_is_answered_in_time_and_with_few_words(text):
    opened(plan_file.load(text))
    assert spent(plan_file.load, text) < SECONDS_MAX
    assert held(plan_file.load, text) < BYTES_MAX


def test_the_first_problems_are_told_and_the_rest_counted():
    answer = plan_file.load(with_meals({}))
    assert len(answer.problems) == TOLD_MAX + 1
    assert plan_faults.sentence(answer.problems[-1]) == "9,910 more like these were found."


def test_foods_that_can_be_read_are_kept_however_many_problems_there_are():
    """A key too many in each of 9,920 rows loses none of them."""
    answer = plan_file.load(with_meals({**ITEM, "note": 1}))
    assert sum(1 for _ in answer.plan.items()) == 31 * 4 * ITEMS_PER_MEAL_MAX
    assert plan_faults.sentence(answer.problems[-1]).endswith("more like these were found.")


def test_more_foods_than_a_meal_can_hold_are_told_and_the_first_kept():
    rows = [{**ITEM, "grams": n + 1} for n in range(60)]
    answer = plan_file.load(json.dumps({**plan_file.to_json(Plan()), "days": [{"name": "Monday", "meals": {"lunch": rows}}]}))
    assert [item.grams for item in answer.plan.days[0].meals[1]] == list(range(1, 41))
    assert any("Only the first 40 of 60" in problem for problem in plan_faults.sentences(answer.problems))


def test_what_the_app_saves_it_opens():
    plan = full_plan()
    answer = plan_file.load(plan_file.dump(plan))
    assert answer.plan == plan
    assert answer.problems == ()


@pytest.mark.parametrize("body", ["z" * 19_000, "1." * 9_000, "Y_n_v_iom-1998...3" + ".0____" * 3_000, "u" + "o0" * 9_000])
def test_a_long_link_is_answered_in_time(body):
    text = f"1.{check_digits(body)}.{body}"
    opened(link.decode(text))
    assert spent(link.decode, text) < SECONDS_MAX
