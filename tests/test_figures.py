"""Foods compared by portion, per 100 g and per 100 kcal; foods carried in a plan with their figures."""

from __future__ import annotations

import pytest

from dashboard.foods.figures import carried, everyday, figures, fitting
from dashboard.plan import Diet
from dashboard.tables.foods import DIET_MAY_EAT


def test_cheddar_in_three_ways(tables):
    """FNDDS 14104100: 1.06 ug and 408 kcal per 100 g, a slice of 21 g: 0.2226 ug, and 0.26 ug per 100 kcal."""
    found = figures(tables.foods["fndds:14104100"])
    assert found.per_100g_ug == 1.06
    assert found.per_portion_ug == pytest.approx(1.06 * 0.21, abs=1e-9)
    assert found.per_100kcal_ug == pytest.approx(0.26, abs=0.005)
    assert found.added_share == 0


def test_unknown_stays_unknown(tables):
    unknown = next(f for f in tables.foods.values() if f.b12_ug_per_100g is None)
    found = figures(unknown)
    assert (found.per_portion_ug, found.per_100g_ug, found.per_100kcal_ug) == (None, None, None)


@pytest.mark.parametrize("diet", Diet)
@pytest.mark.parametrize("fortified", [True, False, None])
def test_filters_hold(tables, diet, fortified):
    soy = tables.exclusions["soy"]
    rows = fitting(tables.foods.values(), diet=diet, leave_out=[soy], fortified=fortified)
    assert rows
    for row in rows:
        assert row.food.diet in DIET_MAY_EAT[diet]
        assert "soy" not in row.food.allergens
        assert fortified is None or ("fortified" in row.food.tags) is fortified
    everyday_rows = [
        r.per_portion_ug
        for r in rows
        if r.per_portion_ug is not None and not r.food.tags & {"energy-drink", "alcohol", "infant", "medical"}
    ]
    assert everyday_rows == sorted(everyday_rows, reverse=True)


@pytest.mark.parametrize("diet", Diet)
def test_the_everyday_foods_of_a_diet(tables, diet):
    rows = everyday(tables, diet)
    assert rows
    assert all(r.per_portion_ug > 0 and r.food.diet in DIET_MAY_EAT[diet] for r in rows)


def test_a_carried_food_keeps_its_figures(tables):
    egg = tables.foods["fndds:31103010"]
    own = carried(egg)
    assert (own.label, own.b12_ug_per_100g, own.added_ug_per_100g, own.serving_g, own.diet) == (egg.name, 0.82, 0.0, 50.0, "vegetarian")
    assert own.id == "own:fndds-31103010"
