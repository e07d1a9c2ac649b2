"""The rows of the data tables, as the model reads them. Units stand in the field names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dashboard.plan import Day, Diet, OwnFood, Person

#: A diet may eat foods of these classes. A food of an uncertain class is offered to omnivores only.
DIET_MAY_EAT: Final[Mapping[Diet, frozenset[str]]] = {
    Diet.VEGAN: frozenset({"vegan"}),
    Diet.VEGETARIAN: frozenset({"vegan", "vegetarian"}),
    Diet.OMNIVORE: frozenset({"vegan", "vegetarian", "omnivore", "uncertain"}),
}


@dataclass(frozen=True, slots=True)
class Source:
    """One row of sources.csv."""

    source_id: str
    title: str
    producer: str
    citation: str
    year: str
    doi: str
    url: str
    date_accessed: str
    licence: str
    note: str


@dataclass(frozen=True, slots=True)
class ReferenceSet:
    """One row of reference_sets.csv: whose reference values, and which of their kinds is the target."""

    reference_set: str
    label: str
    region: str
    target_kinds: tuple[str, ...]
    average_kind: str
    absorption_assumed: float
    absorption_parameter: str
    source_id: str
    locator: str
    mark: str
    note: str


@dataclass(frozen=True, slots=True)
class Reference:
    """One row of reference_intakes.csv. ``age_below_years`` None: no upper end. [µg/day]"""

    reference_set: str
    kind: str
    life_stage: str
    age_from_years: float
    age_below_years: float | None
    value_ug: float
    unit: str
    source_id: str
    locator: str
    mark: str
    note: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """One row of model_parameters.csv. Where no range is given, low and high equal the value."""

    name: str
    value: float
    low: float
    high: float
    unit: str
    source_id: str
    locator: str
    mark: str
    note: str


@dataclass(frozen=True, slots=True)
class Band:
    """A figure with the low and high it is always spoken with."""

    low: float
    value: float
    high: float

    def __add__(self, other: Band) -> Band:
        return Band(self.low + other.low, self.value + other.value, self.high + other.high)

    def __mul__(self, factor: float) -> Band:
        return Band(self.low * factor, self.value * factor, self.high * factor)


ZERO: Final = Band(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Condition:
    """One row of conditions.csv: the levers of a condition or medicine, or only a flag."""

    condition: str
    label: str
    kind: str
    step: str
    capacity_factor: Band
    release_factor: Band
    loss_per_day: Band
    unknown_effect: bool
    level: str
    text: str
    helps: str
    evidence: str
    source_ids: tuple[str, ...]
    locator: str
    mark: str


@dataclass(frozen=True, slots=True)
class Regimen:
    """One row of regimens.csv: form, dose and frequency, with who it is for."""

    regimen: str
    form: str
    label: str
    route: str
    chemical_form: str
    dose_ug: float
    times_per_week: float
    with_food: bool
    kept: Band | None
    advice: str
    prescription: bool
    for_diets: frozenset[str]
    for_whom: str
    cautions: str
    evidence: str
    source_ids: tuple[str, ...]
    locator: str
    mark: str


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

    ``spread`` says what may be done with a food of the group that is in the plan: split, move or no.
    ``known_by`` says what makes a food of the group familiar: another of its group, or only the food itself.
    """

    group: str
    family: str
    meals: tuple[str, ...]
    times_per_week: float
    not_beside: frozenset[str]
    spread: str
    known_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class EverydayFood:
    """One row of everyday_foods.csv: a food that may be added, in which household portion and how much of it."""

    food_id: str
    portion: str
    least_portions: float
    most_portions: float
    from_age_years: float


@dataclass(frozen=True, slots=True)
class Swap:
    """One row of swaps.csv: a food and what may stand in its place. An empty portion: the same weight."""

    from_food: str
    to_food: str
    portion: str
    from_age_years: float
    reason: str


@dataclass(frozen=True, slots=True)
class ChoosingRule:
    """One row of choosing_rules.csv: what a person's situation puts first. ``last``: later rules do not add to it."""

    rule: str
    when: tuple[str, ...]
    leads_to: str
    regimens: tuple[str, ...]
    text: str
    last: bool


@dataclass(frozen=True, slots=True)
class FlagText:
    """One row of flags.csv: something to be told beside the figures."""

    flag: str
    level: str
    text: str
    source_id: str
    locator: str
    mark: str


@dataclass(frozen=True, slots=True)
class QuickSlot:
    """One row of quick_check.csv: a question, its food and serving, and how often each diet usually eats it."""

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
    """One row of stand_ins.csv: what takes the place of a food group for a diet, and how much of it. [g per g]"""

    group: str
    diet: str
    food_id: str
    factor: float
    reason: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One row of outlook_limits.csv: a sentence for the reader and what it rests on."""

    text: str
    source_id: str
    locator: str
    mark: str


@dataclass(frozen=True)
class Tables:
    """All tables of data/, read once."""

    sources: Mapping[str, Source]
    reference_sets: Mapping[str, ReferenceSet]
    references: tuple[Reference, ...]
    parameters: Mapping[str, Parameter]
    conditions: Mapping[str, Condition]
    regimens: Mapping[str, Regimen]
    foods: Mapping[str, Food]
    patterns: Mapping[str, tuple[Diet, tuple[Day, ...]]]
    exclusions: Mapping[str, Exclusion]
    suggestion_groups: Mapping[str, SuggestionGroup]
    everyday_foods: tuple[EverydayFood, ...]
    swaps: tuple[Swap, ...]
    choosing_rules: tuple[ChoosingRule, ...]
    flags: Mapping[str, FlagText]
    quick_slots: tuple[QuickSlot, ...]
    frequencies: Mapping[str, Frequency]
    stand_ins: Mapping[tuple[str, str], StandInRow]
    outlook_limits: Mapping[str, Statement]

    def left_out(self, person: Person) -> tuple[Exclusion, ...]:
        """What a person leaves out, as far as the tables know it."""
        return tuple(self.exclusions[e] for e in person.excludes if e in self.exclusions)
