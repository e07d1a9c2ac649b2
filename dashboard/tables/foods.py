"""Rows of the food tables: foods, what may be suggested, swaps and stand-ins. Units stand in the field names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dashboard.plan.plan import Diet, Market, OwnFood

#: A diet may eat foods of these classes. A food of an uncertain class is offered to omnivores only.
DIET_MAY_EAT: Final[Mapping[Diet, frozenset[str]]] = {
    Diet.VEGAN: frozenset({"vegan"}),
    Diet.VEGETARIAN: frozenset({"vegan", "vegetarian"}),
    Diet.OMNIVORE: frozenset({"vegan", "vegetarian", "omnivore", "uncertain"}),
}


@dataclass(frozen=True, slots=True)
class Portion:
    """A household measure and its weight."""

    label: str
    grams: float


@dataclass(frozen=True, slots=True)
class Food:
    """One food. ``b12_ug_per_100g`` None means the table has no value: unknown, never 0."""

    id: str
    name: str
    group: str
    diet: str
    b12_ug_per_100g: float | None
    added_ug_per_100g: float | None
    energy_kcal_per_100g: float | None
    protein_g_per_100g: float | None
    portions: tuple[Portion, ...]
    source_id: str
    locator: str
    fdc_id: int | None = None
    usda_description: str = ""
    contains: frozenset[str] = frozenset()
    allergens: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    b12_low_ug_per_100g: float | None = None
    b12_high_ug_per_100g: float | None = None
    derivation: str = ""
    note: str = ""

    def has(self, exclusion: Exclusion) -> bool:
        """Whether the food holds what a person leaves out."""
        held: frozenset[str] = getattr(self, exclusion.field)
        return exclusion.exclusion in held

    @property
    def counted(self) -> bool:
        """False for plant and fermented sources whose B12 must not be relied on: they count as none."""
        return "unreliable" not in self.tags


def food_from_label(own: OwnFood) -> Food:
    """The food a person wrote down from a label, in the shape of the table's foods."""
    return Food(
        id=own.id,
        name=own.label,
        group="own",
        diet=own.diet,
        b12_ug_per_100g=own.b12_ug_per_100g,
        added_ug_per_100g=own.added_ug_per_100g,
        energy_kcal_per_100g=None,
        protein_g_per_100g=None,
        portions=(Portion("1 serving", own.serving_g),),
        source_id="label",
        locator="typed from the label",
        tags=frozenset({"fortified"}) if own.added_ug_per_100g else frozenset(),
    )


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One row of exclusions.csv: something a person may leave out, and the field of a food that tells."""

    exclusion: str
    label: str
    field: str


@dataclass(frozen=True, slots=True)
class SuggestionGroup:
    """One row of suggestion_groups.csv: a food group that may be suggested, at which meals, and beside what not.

    ``burden``: added for a group that few people eat often.
    ``spread`` says what may be done with a food of the group that is in the plan: split, move or no.
    ``known_by`` says what makes a food of the group familiar: another of its group, or only the food itself.
    """

    group: str
    family: str
    meals: tuple[str, ...]
    times_per_week: float
    burden: float
    not_beside: frozenset[str]
    spread: str
    known_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class EverydayFood:
    """One row of everyday_foods.csv: a food that may be offered, where, to whom, and how much of it.

    diets
        The diets for which it is an everyday food there; a diet's own rules come on top.
    rests_on
        The kind of fortified food whose label decides; empty: it holds B12 of its own.
    portions
        Age group -> how many of the portion may be added at a meal; none: not offered at that age.
    """

    food_id: str
    portion: str
    markets: frozenset[Market]
    diets: frozenset[Diet]
    rests_on: str
    portions: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Swap:
    """One row of swaps.csv: a food and what may stand in its place. An empty portion: the same weight."""

    from_food: str
    to_food: str
    portion: str
    reason: str


@dataclass(frozen=True, slots=True)
class QuickSlot:
    """One row of quick_check.csv: a question, its food and serving, and how often people of each diet usually eat it."""

    slot: str
    label: str
    food_id: str
    grams: float
    portion: str
    meals: tuple[str, ...]
    usual: Mapping[Diet, str]


@dataclass(frozen=True, slots=True)
class Frequency:
    """One row of frequencies.csv: an answer of the quick check."""

    frequency: str
    label: str
    times_per_week: float


@dataclass(frozen=True, slots=True)
class StandInRow:
    """One row of stand_ins.csv: what takes the place of a food group for a diet where one shops, and how much of it. [g per g]"""

    food_id: str
    factor: float
    reason: str
