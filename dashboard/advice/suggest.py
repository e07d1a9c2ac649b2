"""The smallest realistic edits that close the shortfall.

A suggestion is one to three edits of the plan. The search over the candidate edits is exact: every edit,
every pair and every triple that can be done together is weighed. The effect shown is the difference of
two assessments, so applying a suggestion gives exactly the numbers it promised.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np
import numpy.typing as npt

from dashboard.advice.advise import Advice, FoodOffer
from dashboard.advice.food_edits import Edit, Kind
from dashboard.advice.offers import allowed, energy_kcal, is_known, is_of_other_diet, loads_of, possible
from dashboard.advice.week_loads import Week
from dashboard.estimate.assess import assess
from dashboard.estimate.uptake import LOADS, Array
from dashboard.plan import Plan
from dashboard.tables.foods import Food
from dashboard.tables.tables import Tables

__all__ = ["SUGGESTIONS_MAX", "Suggestion", "allowed", "needed", "suggest"]

SUGGESTIONS_MAX = 5
EDITS_MAX = 3
#: Edits among which the search is exact; where more are possible, those that do best alone.
CANDIDATES_MAX = 60


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One to three edits, the one that brings most first.

    intake_gain_ug, usable_gain_ug, energy_kcal
        Change of the plan's daily mean. [µg/day, µg/day, kcal/day]
    closes_share
        Share of the shortfall closed, 0 to 1; of the usable shortfall where the intake meets the target.
    open_ug, usable_open_ug
        What stays open. [µg/day]
    energy_kcal None: the table has no energy for a food.
    """

    edits: tuple[Edit, ...]
    intake_gain_ug: float = 0.0
    usable_gain_ug: float = 0.0
    closes_share: float = 0.0
    open_ug: float = 0.0
    usable_open_ug: float = 0.0
    energy_kcal: float | None = None
    cost: float = 0.0

    @property
    def lead(self) -> Edit:
        """The edit that brings most."""
        return self.edits[0]

    @property
    def foods(self) -> tuple[Food, ...]:
        """The foods that are added, put in another's place, split or moved."""
        return tuple(e.food for e in self.edits)

    @property
    def families(self) -> frozenset[str]:
        """The food groups it draws on."""
        return frozenset(e.family for e in self.edits)

    @property
    def reason(self) -> str:
        """Why it is easy to do."""
        return "; ".join(dict.fromkeys(e.reason for e in self.edits if e.reason))

    @property
    def fortified(self) -> bool:
        """Whether it rests on a fortified food, whose label decides."""
        return any("fortified" in food.tags for food in self.foods)

    def apply(self, plan: Plan) -> Plan:
        """The plan with the suggestion done."""
        for edit in self.edits:
            plan = edit.apply(plan)
        return plan


def needed(advice: Advice) -> bool:
    """Whether there is a shortfall that a person may close by food. Where nothing is known to judge by, nothing is known to be missing."""
    if advice.assessment.nothing_to_judge:
        return False
    return advice.foods is not FoodOffer.NO and bool(advice.facts & {"below-target", "usable-below"})


@dataclass(frozen=True)
class Pool:
    """Candidate edits as arrays, one row each. Gains in µg/day, energy in kcal/day.

    labels
        The kind of food each edit rests on, as a number.
    most_of_one_label
        The largest share of a suggestion's gain that may rest on one kind; 1: no limit.
    """

    edits: tuple[Edit, ...]
    intake_ug: Array
    usable_ug: Array
    energy_kcal: Array
    burden: Array
    occasions: npt.NDArray[np.bool_]
    labels: npt.NDArray[np.int_]
    gaps_ug: tuple[float, float]
    open_burden: float
    least_share: float
    most_kcal: float
    worse_burden: float
    most_of_one_label: float

    def __len__(self) -> int:
        return len(self.edits)

    def only(self, rows: Sequence[int]) -> Pool:
        """The pool with some of its edits."""
        at = list(rows)
        arrays = {name: getattr(self, name)[at] for name in ("intake_ug", "usable_ug", "energy_kcal", "burden", "occasions", "labels")}
        return replace(self, edits=tuple(self.edits[n] for n in at), **arrays)

    def cost(self, sets: npt.NDArray[np.int_]) -> Array:
        """Burden of sets of edits, and of what they leave open. ``sets``: (sets, edits in a set).

        Infinite where a set closes less than ``suggest_least_share``, adds more than ``suggest_most_kcal`` or rests on one label.
        """
        columns = sets.T

        def summed(of_edits: Array) -> Array:
            # Column by column, which for sets this small is far faster than along the rows, in the same order.
            return reduce(np.add, (of_edits[rows] for rows in columns))

        gains = (summed(self.intake_ug), summed(self.usable_ug))
        shares = [np.clip(gain / gap, 0, 1) for gain, gap in zip(gains, self.gaps_ug, strict=True) if gap > 0]
        closed = np.mean(shares, axis=0)
        cost = summed(self.burden) + self.open_burden * (1 - closed)
        refused = (closed < self.least_share) | (summed(self.energy_kcal) > self.most_kcal)
        if self.most_of_one_label < 1:
            refused |= self._rests_on_one(sets)
        return np.where(refused, np.inf, cost)

    def _rests_on_one(self, sets: npt.NDArray[np.int_]) -> npt.NDArray[np.bool_]:
        """Which sets of edits get more than the allowed share of their usable B12 from one kind of food."""
        gains, labels = self.usable_ug[sets], self.labels[sets]
        by_label = [np.where(labels == labels[:, [n]], gains, 0).sum(axis=1) for n in range(sets.shape[1])]
        rests: npt.NDArray[np.bool_] = np.max(by_label, axis=0) > self.most_of_one_label * gains.sum(axis=1)
        return rests

    def together(self) -> npt.NDArray[np.bool_]:
        """Which edits can be done together: of different food groups, on different occasions."""
        occasions = self.occasions.astype(np.float64)
        families = np.unique([e.family for e in self.edits], return_inverse=True)[1]
        apart: npt.NDArray[np.bool_] = (occasions @ occasions.T == 0) & (families[:, None] != families[None, :])
        return apart


def _burden(week: Week, edit: Edit, energy: float) -> float:
    """How much an edit asks of the person, in points: kind, portion, how often, energy, and how unfamiliar the food is."""
    p = week.tables.parameters
    kinds = {Kind.ADD: "suggest_add_burden", Kind.SWAP: "suggest_swap_burden"}
    burden = p[kinds.get(edit.kind, "suggest_spread_burden")].value
    burden += p["suggest_every_day_burden"].value * len(edit.days) / week.days
    burden += max(0.0, energy) / p["suggest_energy_per_burden_kcal"].value
    if edit.kind is Kind.ADD:
        burden += p["suggest_portion_burden"].value * (edit.portions - 1)
    if edit.food.id not in week.food_ids:
        burden += week.tables.suggestion_groups[edit.food.group].burden
        known = is_known(week, edit.food)
        burden += p["suggest_new_food_burden" if known else "suggest_new_group_burden"].value
        # Who drinks a plant drink already is no stranger to another one.
        burden += p["suggest_other_diet_burden"].value if not known and is_of_other_diet(week, edit.food) else 0.0
    return burden


def pool(week: Week, advice: Advice, keep: Callable[[Edit], bool] = lambda _: True) -> Pool:
    """Every edit that may be offered, with its gains."""
    assessment, p = week.assessment, week.tables.parameters
    edits = tuple(e for e in possible(week, added_first=advice.added_first) if keep(e))
    changed = np.zeros((len(edits), len(week.loads), LOADS))
    touched = np.zeros(changed.shape[:2], dtype=bool)
    parts = [(n, at, added) for n, edit in enumerate(edits) for at, added in loads_of(week, edit).items()]
    if parts:
        rows, occasions, added = zip(*parts, strict=True)
        changed[rows, occasions], touched[rows, occasions] = added, True
    energy = np.array([energy_kcal(week, e) or 0.0 for e in edits])
    found = Pool(
        edits=edits,
        intake_ug=changed[..., 2].sum(axis=1) / week.days,
        usable_ug=(week.delivers(week.loads + changed) - week.usable).sum(axis=1) / week.days,
        energy_kcal=energy,
        burden=np.array([_burden(week, e, kcal) for e, kcal in zip(edits, energy, strict=True)]),
        occasions=touched,
        labels=_label_numbers(week, edits),
        gaps_ug=(assessment.shortfall_ug, assessment.usable_shortfall_ug),
        open_burden=p["suggest_open_burden"].value,
        least_share=p["suggest_least_share"].value,
        most_kcal=p["suggest_most_kcal"].value,
        worse_burden=p["suggest_worse_burden"].value,
        most_of_one_label=p["offer_most_of_one_label"].value if _needs_a_source(advice) else 1.0,
    )
    added_ug = changed[..., 0].sum(axis=1) / week.days
    return found.only(np.flatnonzero(_helps(found, added_ug, week, advice)).tolist())


def _helps(found: Pool, added_ug: Array, week: Week, advice: Advice) -> npt.NDArray[np.bool_]:
    """Which edits bring usable B12 to this person (rules A3 and A4). ``added_ug``: crystalline B12 an edit adds. [µg/day]"""
    p, levers = week.tables.parameters, advice.assessment.levers
    helps: npt.NDArray[np.bool_] = found.usable_ug >= p["offer_least_usable_ug"].value
    if levers.release.low == 0 or levers.capacity.low == 0:
        helps &= added_ug > 0
    if advice.foods is FoodOffer.ADDED_ONLY:
        helps &= added_ug >= p["offer_added_share"].value * np.maximum(found.intake_ug, p["offer_least_usable_ug"].value)
    return helps


def _needs_a_source(advice: Advice) -> bool:
    """Whether a suggestion may not rest on one kind of food: a vegan without a reliable source that is swallowed (rule A5)."""
    return "vegan" in advice.facts and ("reliable-source" not in advice.facts or "given" in advice.facts)


def _label_numbers(week: Week, edits: Sequence[Edit]) -> npt.NDArray[np.int_]:
    """The kind of food each edit rests on, as a number: fortified foods that share a label share one, others stand for themselves."""
    rests_on = {row.food_id: row.rests_on for row in week.tables.everyday_foods}
    names = [rests_on.get(e.food.id) or (e.food.group if "fortified" in e.food.tags else e.food.id) for e in edits]
    numbers: npt.NDArray[np.int_] = np.unique(names, return_inverse=True)[1]
    return numbers


def candidates(found: Pool, most: int = CANDIDATES_MAX) -> Pool:
    """At most ``most`` edits: the best alone of every food group and kind first, then the second best, and so on."""
    if len(found) <= most:
        return found
    alone = np.argsort(_cost_alone(found), kind="stable")
    ranks: dict[tuple[str, Kind, int], int] = {}
    ranked = []
    for place, n in enumerate(alone):
        edit = found.edits[n]
        key = (edit.family, edit.kind, edit.meal)
        ranks[key] = ranks.get(key, 0) + 1
        ranked.append((ranks[key], place, int(n)))
    return found.only(sorted(n for _, _, n in sorted(ranked)[:most]))


def _cost_alone(found: Pool) -> Array:
    """Cost of each edit by itself, also of one that closes too little to be offered alone."""
    return replace(found, least_share=0.0, most_kcal=float("inf"), most_of_one_label=1.0).cost(np.arange(len(found))[:, None])


def combined(found: Pool) -> list[npt.NDArray[np.int_]]:
    """Every single edit, and every pair and triple that can be done together, as row numbers in rising order."""
    together = np.triu(found.together(), 1)
    sets = [np.arange(len(found))[:, None], np.argwhere(together)]
    if len(sets) < EDITS_MAX and len(sets[1]):
        first, second = sets[1].T
        pair, third = np.nonzero(together[first] & together[second])
        sets.append(np.column_stack([first[pair], second[pair], third]))
    return sets


def best(found: Pool, limit: int) -> list[tuple[tuple[Edit, ...], float]]:
    """The sets of edits of least cost, best first, no food group in two of them.

    Exact and deterministic: each is the least of all sets that are left; of equals the first in order.
    Ends before the first that costs ``suggest_worse_burden`` more than the best.
    """
    if not len(found):
        return []
    sets = combined(found)
    costs = [found.cost(s) for s in sets]
    families = [e.family for e in found.edits]
    chosen: list[tuple[tuple[Edit, ...], float]] = []
    while len(chosen) < limit:
        size = min(range(len(sets)), key=lambda n: (costs[n].min(initial=np.inf), n))
        least = float(costs[size].min(initial=np.inf))
        if not np.isfinite(least) or (chosen and least > chosen[0][1] + found.worse_burden):
            break
        rows = sets[size][int(np.flatnonzero(costs[size] <= least)[0])]
        chosen.append((tuple(found.edits[n] for n in rows), least))
        used = np.array([f in {families[n] for n in rows} for f in families])
        for some, cost in zip(sets, costs, strict=True):
            cost[used[some].any(axis=1)] = np.inf
    return chosen


def suggest(advice: Advice, tables: Tables, limit: int = SUGGESTIONS_MAX) -> tuple[Suggestion, ...]:
    """At most ``limit`` suggestions, best first, each from other food groups.

    Empty when nothing is short, or when food may not be offered.
    """
    if not needed(advice):
        return ()
    week = Week(advice.assessment, tables)
    return tuple(measure_effect(week, edits, cost) for edits, cost in best(candidates(pool(week, advice)), limit))


def measure_effect(week: Week, edits: Sequence[Edit], cost: float = 0.0) -> Suggestion:
    """Edits with the effect of really doing them, the one that brings most first."""
    assessment = week.assessment
    brings = {id(e): sum(float(added[2]) for added in loads_of(week, e).values()) for e in edits}
    draft = Suggestion(tuple(sorted(edits, key=lambda e: -brings[id(e)])), cost=cost)
    after = assess(draft.apply(assessment.plan), week.tables, assessment)
    known = all(energy_kcal(week, e) is not None for e in edits)
    closed = [(assessment.shortfall_ug, after.shortfall_ug), (assessment.usable_shortfall_ug, after.usable_shortfall_ug)]
    return replace(
        draft,
        intake_gain_ug=after.intake_ug - assessment.intake_ug,
        usable_gain_ug=after.usable.value - assessment.usable.value,
        closes_share=next((1 - left / gap for gap, left in closed if gap > 0), 0.0),
        open_ug=after.shortfall_ug,
        usable_open_ug=after.usable_shortfall_ug,
        energy_kcal=after.intake.energy_kcal - assessment.intake.energy_kcal if known else None,
    )
