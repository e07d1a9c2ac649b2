"""Where a figure comes from: the rows named are those that made it, and each leads to its source."""

from __future__ import annotations

import json
from dataclasses import replace
from html import unescape

import pytest
from conftest import csv_rows, one_meal_days, opened, own

from dashboard.__main__ import main
from dashboard.estimate import provenance, uncertainty
from dashboard.estimate.assess import assess
from dashboard.plan import Person, Plan, Supplement, plan_file
from dashboard.tables.read_observed import load_observed
from dashboard.tables.science import Band
from dashboard.ui import where_from
from dashboard.words import provenance as said
from dashboard.words import uncertainty as words

NATURAL, ADDED = own("natural", 1.0, 0.0), own("added", 1.0, 1.0)


def week(tables, pattern: str, **person) -> Plan:
    found = tables.starter_week(pattern)
    return Plan(Person(diet=found.diet, **person), found.days)


@pytest.fixture(scope="module")
def plans(tables) -> dict[str, Plan]:
    return {
        "nothing": Plan(),
        "natural only": Plan(days=one_meal_days({"lunch": [(NATURAL, 100)]}), own_foods=(NATURAL,)),
        "added only": Plan(days=one_meal_days({"lunch": [(ADDED, 100)]}), own_foods=(ADDED,)),
        "tablet apart from food": Plan(supplements=(Supplement("tablet", 10, 7, with_food=False),)),
        "tablet with food": Plan(supplements=(Supplement("tablet", 10, 7),)),
        "a tablet never taken": Plan(supplements=(Supplement("tablet", 10, 0),)),
        "injection": Plan(supplements=(Supplement("injection", 1000, 0.1),)),
        "vegan": week(tables, "vegan-typical"),
        "vegetarian": week(tables, "vegetarian"),
        "omnivore": week(tables, "omnivore"),
        "european": week(tables, "omnivore", reference_set="efsa-2015"),
        "no intrinsic factor": replace(week(tables, "vegetarian", conditions=("pernicious-anaemia",)), supplements=(Supplement(),)),
        "nothing released from food": week(tables, "omnivore", conditions=("total-gastrectomy",)),
        "acid reducer": week(tables, "omnivore", conditions=("ppi",)),
    }


def moves(before: Band, after: Band) -> bool:
    return any(abs(getattr(before, end) - getattr(after, end)) > 1e-9 for end in ("low", "value", "high"))


def changed(tables, name: str):
    """The tables with one figure of the model a hundredth larger."""
    row = tables.parameters[name]
    larger = replace(row, value=row.value * 1.01, low=row.low * 1.01, high=row.high * 1.01)
    return replace(tables, parameters={**tables.parameters, name: larger})


def test_the_figures_named_are_those_that_made_the_estimate(tables, plans):
    """A figure of the model is named for a plan if, and only if, the usable B12 changes with it."""
    for plan_name, plan in plans.items():
        a = assess(plan, tables)
        named = {step.key for step in provenance.of_usable(a, tables) if step.kind == "parameter"}
        acts = {name for name in tables.parameters if moves(a.usable, assess(plan, changed(tables, name)).usable)}
        # Four hours stand in the meals themselves, not in the arithmetic.
        assert named - {"occasion_hours"} == acts, plan_name


def test_every_step_leads_to_a_source_and_is_said_in_words(tables, plans):
    for plan in plans.values():
        for step in provenance.of_assessment(assess(plan, tables), tables):
            assert step.locator
            assert set(step.source_ids) <= set(tables.sources) or step.source_ids == ("label",)
            assert said.what(step)
            assert said.where(step, tables.sources)
            assert step.kind != "parameter" or step.key in said.PARAMETERS, f"{step.key} has no words of its own"


def test_a_food_leads_to_usdas_record_of_it(tables):
    """Five foods by their number at USDA, as the table of foods has it."""
    for row in csv_rows("foods")[::250]:
        step = provenance.of_food(tables.foods[row["id"]])
        assert step.page == f"https://fdc.nal.usda.gov/food-details/{row['fdc_id']}/nutrients"
        assert row["fdc_id"] in step.locator
        assert row["b12_ug_per_100g"] in said.what(step)
        assert row["usda_description"] in said.what(step)
        assert said.links(step, tables.sources) == [(said.USDA_RECORD, step.page)]


def test_a_food_without_a_value_says_so(tables):
    unknown = next(f for f in tables.foods.values() if f.b12_ug_per_100g is None)
    assert said.what(provenance.of_food(unknown)).endswith("no value")


def test_a_target_leads_to_its_page_and_its_mark(tables):
    target = assess(week(tables, "omnivore", reference_set="icmr-2020"), tables).target
    (step,) = provenance.of_target(target)
    assert (step.figure, step.locator, step.mark) == (target.intake_ug, target.locator, "unsure")
    assert "ICMR" in said.where(step, tables.sources)


def test_what_is_unsure_or_a_choice_is_named_once_under_its_heading(tables):
    a = assess(week(tables, "omnivore", reference_set="icmr-2020"), tables)
    lines = said.rests_on(provenance.of_assessment(a, tables))
    headings = list(said.RESTS_ON.values())
    choices = lines[lines.index(headings[0]) + 1 : lines.index(headings[1])]
    unsure = lines[lines.index(headings[1]) + 1 :]
    assert len(set(lines)) == len(lines)
    assert any(said.PARAMETERS["food_capacity_ug"] in line for line in choices)
    assert any("RDA, India" in line for line in unsure)


def test_a_button_says_how_much_behind_it_is_a_choice_or_unchecked(tables):
    a = assess(week(tables, "omnivore", reference_set="icmr-2020"), tables)
    steps = provenance.of_assessment(a, tables)
    choices, unsure = (sum(s.mark == mark for s in provenance.doubtful(steps)) for mark in ("choice", "unsure"))
    assert said.with_doubts(said.WHERE_FROM, steps) == f"{said.WHERE_FROM} · {choices} choices of ours, {unsure} figures not checked"
    assert said.with_doubts(said.WHERE_FROM, provenance.of_intake(a)) == said.WHERE_FROM


def test_nothing_doubtful_needs_no_footer(tables):
    assert said.rests_on([provenance.of_food(food) for food in tables.foods.values()]) == []


# What the low and high cover ----------------------------------------------------------------------


def sentence(plan: Plan, tables) -> str:
    return words.sentence(uncertainty.applicable(load_observed().uncertainty, assess(plan, tables)))


def test_every_when_is_known():
    assert {row.when for row in load_observed().uncertainty} <= set(uncertainty.WHEN)


def test_one_sentence_says_what_the_band_covers_and_what_it_does_not(tables, plans):
    said_of = {name: sentence(plan, tables) for name, plan in plans.items()}
    assert said_of["nothing"] == ""
    for name, text in said_of.items():
        if text:
            assert text.count(".") == 1, name
            assert "people differ" in text.partition("they do not cover")[2], name
    assert "brands" in said_of["vegan"]
    assert "brands" not in said_of["natural only"]
    assert "portions" not in said_of["tablet with food"]
    assert "large dose" in said_of["tablet with food"]
    assert "large dose" not in said_of["natural only"]
    assert "nobody has measured" in sentence(week(tables, "omnivore", conditions=("metformin",)), tables)


def test_a_label_range_is_said_where_it_is_known(tables):
    """NIH ODS: a quarter cup, 15 g, of fortified nutritional yeast has 8.3 to 24 ug."""
    yeast = tables.foods["label:nutritional-yeast"]
    assert words.label_range(yeast, 15) == "brands 8.3 to 24 µg"
    assert words.b12_with_brands(yeast, 15) == "8.3 µg added (brands 8.3 to 24 µg)"
    assert words.label_range(tables.foods["fndds:31103010"], 50) == ""
    assert words.b12_with_brands(tables.foods["fndds:31103010"], 50) == "0.4 µg"


# On the pages and the command line ----------------------------------------------------------------

#: Pages that show figures of a plan; the Plan page has a place of its own for them.
WITH_FIGURES = ("shortfall.py", "suggestions.py", "foods.py", "outlook.py", "causes.py", "take_along.py")


def behind_buttons(plan: Plan, page: str) -> str:
    """What stands behind the buttons of a page, as text."""
    return unescape("\n".join(element.proto.body for element in opened(plan, page).get("html")))


@pytest.mark.parametrize("page", WITH_FIGURES)
def test_five_figures_are_one_click_from_their_source(page, tables):
    """Target, need, two figures of the model and every food with B12: the button of the page holds the place of each."""
    plan = week(tables, "omnivore", age_years=34)
    behind, a = behind_buttons(plan, page), assess(plan, tables)
    assert a.target.locator in behind
    assert tables.reference_sets["iom-1998"].locator in behind
    for name in ("food_capacity_ug", "egg_fraction"):
        assert said.PARAMETERS[name] in behind
        assert tables.parameters[name].locator in behind
    for food in a.foods:
        assert provenance.of_food(tables.foods[food.food_id]).page in behind
    assert f"<strong>{said.mark(provenance.of_parameter(tables.parameters['egg_fraction']))}</strong>" in behind


def test_a_label_cannot_bring_markup_into_the_sources(tables):
    odd = replace(tables.foods["sr:1108"], id="own:x", usda_description='<img src=x onerror="alert(1)">', fdc_id=None, source_id="label")
    item = where_from._item(provenance.of_food(odd))
    assert "<img" not in item
    assert said.FROM_A_LABEL in item


def test_the_command_line_names_what_is_a_choice_or_unchecked(tables, tmp_path, capsys):
    path = tmp_path / "plan.json"
    path.write_text(plan_file.dump(week(tables, "omnivore", reference_set="icmr-2020")), encoding="utf-8")
    for command in (["assess", str(path)], ["outlook", str(path)], ["absorb", "--dose-ug", "2", "--kind", "food"]):
        assert main(command) == 0
        text = capsys.readouterr().out
        assert said.RESTS_ON["choice"] in text
        assert said.PARAMETERS["food_capacity_ug"] in text
        assert main([*command, "--json"]) == 0
        rows = json.loads(capsys.readouterr().out)["rests_on"]
        assert ("food_capacity_ug", "choice") in {(row["id"], row["mark"]) for row in rows}
    assert main(["reference", "--set", "icmr-2020"]) == 0
    assert said.RESTS_ON["unsure"] in capsys.readouterr().out
    assert main(["reference", "--set", "iom-1998"]) == 0
    assert said.RESTS_ON["unsure"] not in capsys.readouterr().out
