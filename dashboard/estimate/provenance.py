"""Where a figure comes from: the chain of rows behind it, down to the source and the place in the source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.estimate.assess import Assessment
from dashboard.estimate.day_sums import meal_occasion
from dashboard.estimate.reference import Target
from dashboard.tables.cited import Cited
from dashboard.tables.foods import Food
from dashboard.tables.science import Condition, Parameter, Reference, Regimen
from dashboard.tables.tables import Tables

#: USDA's page of a food, by its FoodData Central number.
USDA_PAGE: Final = "https://fdc.nal.usda.gov/food-details/{}/nutrients"
#: Marks of rows that a reader has to be told of wherever they act.
DOUBTFUL: Final = ("unsure", "choice")


@dataclass(frozen=True, slots=True)
class Step:
    """One row that a figure rests on.

    kind
        food, target, need, need-set, parameter, condition, regimen, flag, limit, or the name of another table's row.
    key
        Id of the row in its table; for a parameter its name.
    name
        What the row calls itself; empty where only its key names it.
    figure, unit
        The figure the row gives, where it gives one.
    mark
        How well the figure was seen; empty for figures that USDA publishes.
    page
        Address of the very record, where there is one.
    how
        How the source came to the figure, in the source's own words.
    """

    kind: str
    key: str
    name: str
    figure: float | None
    unit: str
    source_ids: tuple[str, ...]
    locator: str
    mark: str
    page: str = ""
    how: str = ""

    @property
    def doubtful(self) -> bool:
        """Whether the row is unchecked or a choice of this app."""
        return self.mark in DOUBTFUL


def doubtful(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The steps that are unchecked or a choice of this app, each once."""
    return tuple(dict.fromkeys(step for step in steps if step.doubtful))


def of_row(kind: str, key: str, row: Cited, name: str = "") -> Step:
    """Any row with source, locator and mark: a rule, a guideline, a flag."""
    return Step(kind, key, name, None, "", row.source_ids, row.locator, row.mark)


def of_food(food: Food) -> Step:
    """A food's B12: USDA's record, its release, and how USDA came to it."""
    return Step(
        kind="food",
        key=food.id,
        name=food.usda_description or food.name,
        figure=food.b12_ug_per_100g,
        unit="µg per 100 g",
        source_ids=(food.source_id,),
        locator=food.locator,
        mark="",
        page=USDA_PAGE.format(food.fdc_id) if food.fdc_id else "",
        how=food.derivation,
    )


def of_parameter(row: Parameter) -> Step:
    """A figure of the model: a fit, a published factor or a choice."""
    return Step("parameter", row.name, "", row.value, row.unit, row.source_ids, row.locator, row.mark, how=row.note)


def of_condition(row: Condition) -> Step:
    """What a condition or medicine does to uptake."""
    return Step("condition", row.condition, row.label, None, "", row.source_ids, row.locator, row.mark, how=row.evidence)


def of_regimen(row: Regimen) -> Step:
    """A supplement form with its dose."""
    return Step("regimen", row.regimen, row.label, row.dose_ug, "µg", row.source_ids, row.locator, row.mark, how=row.evidence)


def of_target(target: Target | None) -> tuple[Step, ...]:
    """The reference value a plan is held against."""
    if target is None:
        return ()
    name = f"{target.kind}, {target.label}"
    return (Step("target", target.reference_set, name, target.intake_ug, "µg/day", (target.source_id,), target.locator, target.mark),)


def of_need(target: Target | None, tables: Tables) -> tuple[Step, ...]:
    """The need in absorbed terms: the reference value it is half of, the half, and why that set."""
    if target is None or target.need is None:
        return ()
    need, chosen = target.need, tables.reference_sets[target.reference_set]
    return (
        Step("need", need.reference_set, f"{need.kind}, {need.label}", need.ug, "µg/day", (need.source_id,), need.locator, need.mark),
        of_parameter(tables.parameters["need_fraction"]),
        Step("need-set", chosen.reference_set, chosen.label, None, "", (chosen.source_id,), chosen.locator, chosen.mark),
    )


def of_intake(a: Assessment) -> tuple[Step, ...]:
    """The foods of a plan, each once, in the order of the B12 they bring."""
    foods = {e.food_id: e.food for e in a.eaten if e.food}
    return tuple(of_food(foods[row.food_id]) for row in a.foods if row.food_id in foods)


def of_usable(a: Assessment, tables: Tables) -> tuple[Step, ...]:
    """The figures of the absorption model that acted on a plan, then its conditions and forms that do not pass the gut."""
    steps = [of_parameter(tables.parameters[name]) for name in _acting(a)]
    steps += [of_condition(c) for c in a.conditions]
    given = {s.form for s in a.plan.supplements if s.given and s.dose_ug and s.times_per_week}
    steps += [of_regimen(r) for r in tables.regimens.values() if r.form in given and r.kept]
    return tuple(steps)


def _acting(a: Assessment) -> Sequence[str]:
    """Names of the parameters that the usable figure of a plan was made with."""
    by_factor = a.levers.capacity.high > 0
    occasion = meal_occasion(a.eaten)
    swallowed = a.swallowed_supplements
    names: list[str] = []
    if occasion.natural_by_fraction and by_factor and a.levers.release.high > 0:
        names += [*sorted(occasion.natural_by_fraction), "food_capacity_ug"]
    if occasion.crystalline_ug or swallowed:
        names += ["if_fraction", "if_capacity_ug"] if by_factor else []
        names += ["passive_fraction"]
    if occasion.crystalline_ug or any(s.with_food for s in swallowed):
        names += ["passive_fraction_with_food"]
    if names and by_factor:
        names += ["residual_ln_sd", "occasion_hours"]
    return names


def of_dose(tables: Tables, *, crystalline: bool, with_food: bool, conditions: Iterable[Condition] = ()) -> tuple[Step, ...]:
    """What the uptake of one dose alone rests on."""
    by_factor = ["if_fraction", "if_capacity_ug"] if crystalline else ["food_fraction", "food_capacity_ug"]
    passive = [("passive_fraction_with_food" if with_food else "passive_fraction")] if crystalline else []
    rows = list(conditions)
    return (*(of_parameter(tables.parameters[name]) for name in (*by_factor, *passive, "residual_ln_sd")), *map(of_condition, rows))


def of_reference_rows(rows: Iterable[Reference], tables: Tables) -> tuple[Step, ...]:
    """Reference values as they are listed: one step for each set and mark, at the place of its first row."""
    first: dict[tuple[str, str], Reference] = {}
    for row in rows:
        first.setdefault((row.reference_set, row.mark), row)
    return tuple(of_row("target", row.reference_set, row, tables.reference_sets[row.reference_set].label) for row in first.values())


def of_stores(a: Assessment, tables: Tables) -> tuple[Step, ...]:
    """What an outlook on body stores rests on besides the usable figure."""
    names = ("loss_per_day", "pool_start_ug", "pool_at_signs_ug", "pool_full_ug")
    limits = [of_row("limit", key, row, row.text) for key, row in tables.outlook_limits.items()]
    return (*(of_parameter(tables.parameters[name]) for name in names), *map(of_condition, a.conditions), *limits)


def of_assessment(a: Assessment, tables: Tables) -> tuple[Step, ...]:
    """Everything that the figures of a plan rest on."""
    return (*of_intake(a), *of_target(a.target), *of_need(a.target, tables), *of_usable(a, tables))
