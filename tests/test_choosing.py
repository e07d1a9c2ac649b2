"""What comes first by cause: the choosing rule, row by row."""

from __future__ import annotations

import pytest
from conftest import one_meal_days, own

from dashboard.advice.choosing import choose
from dashboard.estimate.assess import assess
from dashboard.plan import Person, Plan, Supplement

NATURAL, ADDED = own("natural", 1.0, 0.0, "vegan"), own("added", 1.0, 1.0, "vegan")
ROWS = [
    (Person(34, conditions=("pernicious-anaemia",)), ["clinician"]),  # 1: no intrinsic factor
    (Person(34, conditions=("total-gastrectomy", "ppi")), ["clinician"]),
    (Person(60, diet="vegan", conditions=("ileal-resection-long",)), ["clinician"]),
    (Person(34, conditions=("nitrous-oxide",)), ["clinician"]),  # 1: red flag
    (Person(0), ["clinician"]),
    (Person(34, conditions=("metformin",)), ["discuss", "foods"]),  # 2: flagged
    (Person(34, conditions=("coeliac",)), ["discuss", "foods"]),
    (Person(30, "pregnant"), ["discuss", "foods"]),
    (Person(12), ["discuss", "foods"]),
    (Person(51), ["crystalline"]),  # 3: 51 and over
    (Person(50), ["foods"]),
    (Person(34, conditions=("ppi",)), ["discuss", "crystalline"]),  # 3: release blocked
    (Person(34, conditions=("atrophic-gastritis",)), ["discuss", "crystalline"]),
    (Person(34, diet="vegan"), ["plans"]),  # 4: vegan, nothing added
    (Person(60, diet="vegan"), ["crystalline", "plans"]),
    (Person(34, diet="vegan", conditions=("metformin",)), ["discuss", "plans"]),
    (Person(34, diet="vegetarian"), ["foods"]),  # 5
    (Person(34), ["foods"]),
]


@pytest.mark.parametrize(
    ("person", "leads"), ROWS, ids=[f"{p.age_years} {p.life_stage} {p.diet} {'+'.join(p.conditions)}" for p, _ in ROWS]
)
def test_the_rule_row_by_row(tables, person, leads):
    plan = Plan(person, one_meal_days({"lunch": [(NATURAL, 100)]}, 7), (), (NATURAL,))
    assert [r.leads_to for r in choose(assess(plan, tables), tables).rules] == leads


def test_a_vegan_with_a_source_of_added_b12_has_foods_first(tables):
    fed = Plan(Person(34, diet="vegan"), one_meal_days({"lunch": [(ADDED, 100)]}, 7), (), (ADDED,))
    assert choose(assess(fed, tables), tables).rules[0].leads_to == "foods"
    dosed = Plan(Person(34, diet="vegan"), one_meal_days({}, 7), (Supplement(),))
    assert choose(assess(dosed, tables), tables).rules[0].leads_to == "foods"


def test_every_rule_is_reached_and_names_known_regimens(tables):
    reached = {lead for _, leads in ROWS for lead in leads}
    assert reached == {rule.leads_to for rule in tables.choosing_rules}
    for rule in tables.choosing_rules:
        assert set(rule.regimens) <= set(tables.regimens), rule.rule


def test_no_self_care_where_a_clinician_comes_first(tables):
    plan = Plan(Person(34, conditions=("nitrous-oxide",)), one_meal_days({}, 7))
    choice = choose(assess(plan, tables), tables)
    assert choice.needs_clinician
    assert choice.regimens == ()
