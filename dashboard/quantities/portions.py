"""How many grams an amount of a food is: by weight, by volume, or by a measure that the food's own list knows."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Final

from dashboard.quantities.numerals import SPELT
from dashboard.quantities.reading import Quantity, Question, Refusal, read, tidy
from dashboard.tables.foods import Food
from dashboard.tables.units import Units, folded

#: A food whose cup weighs within this much of water's counts 1 g a ml, as labels of drinks do. A choice, see data/README.md, units.
LIKE_WATER: Final = 0.1
#: Two weights this near each other are one, written more or less exactly.
SAME_WEIGHT: Final = 0.1


def read_grams(text: str, food: Food | None, units: Units, *, bare: str = "", decimal: str = "") -> Quantity | Question | Refusal:
    """Reads an amount of a food. ``value`` of the answer is in grams.

    Parameters
    ----------
    food
        What the amount is of; None: weights only.
    bare
        The unit of a number without one ("g" in a field of grams); empty: such a number is refused with "no-unit".
    """
    found = read(text, units, decimal)
    if isinstance(found, Refusal):
        return found
    readings = found.readings if isinstance(found, Question) else (found,)
    weighed = [weight for reading in readings for weight in _weights(reading, food, units, bare)]
    good = tuple(dict.fromkeys(weight for weight in weighed if isinstance(weight, Quantity)))
    refused = [weight for weight in weighed if isinstance(weight, Refusal)]
    if refused and not good:
        return refused[0]
    if len(good) == 1 and not isinstance(found, Question):
        return good[0]
    return Question(found.code if isinstance(found, Question) else "range" if found.aside else "measure", good, text)


def _weights(found: Quantity, food: Food | None, units: Units, bare: str) -> list[Quantity | Refusal]:
    """Every weight one reading may mean, with what its bracket says of it. [g]"""
    plain = _plain_weights(replace(found, aside=""), food, units, bare if not found.aside else "")
    if not found.aside or any(_same(found, label) and folded(label.aside) == folded(found.aside) for label, _ in _measures(food, units)):
        return plain
    beside = read(found.aside, units)
    if not isinstance(beside, Quantity) or beside.rest or beside.aside or beside.unit is None or beside.unit.kind not in _WEIGHABLE:
        # "(half eaten)", "(x2)", "(raw)": it may make it another amount.
        return [Refusal("extra", found.text)]
    held = [weight for weight in plain if isinstance(weight, Quantity)]
    told = [weight for weight in _plain_weights(beside, food, units, "") if isinstance(weight, Quantity)]
    if found.unit is not None and found.unit.kind == "mass":
        # A weight is a weight, whatever measure is named beside it; but two weights are two amounts.
        return [*held] if beside.unit.kind != "mass" else _agreeing([*held, *told])
    if not told:
        return [Refusal("extra", found.text)]
    # "1 serving (30 g)": the bracket says what one weighs. Of "2 servings (30 g)" it may be one or both.
    each = told if found.value == 1 else [*told, *(replace(weight, value=tidy(found.value * weight.value)) for weight in told)]
    near = [weight for weight in each if any(_near(weight.value, one.value) for one in held)]
    return [replace(weight, text=found.text, aside=found.aside) for weight in (near if len(near) == 1 else each)]


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= SAME_WEIGHT * max(one, other)


def _agreeing(weights: list[Quantity]) -> list[Quantity | Refusal]:
    """The first of several weights where all the others say the same."""
    first = weights[0]
    return [first] if all(_near(first.value, one.value) for one in weights) else [*weights]


def _number_is_spelt(text: str, units: Units) -> bool:
    """Whether an amount says its number in words: "half" and "2 dozen" are of a food, and no grams."""
    said = (units.by_word.get(folded(word)) for word in SPELT.findall(text))
    return any(unit is not None and unit.kind == "number" for unit in said)


def _plain_weights(found: Quantity, food: Food | None, units: Units, bare: str) -> list[Quantity | Refusal]:
    """Every weight an amount without a bracket may mean. [g]"""
    gram = units["g"]

    def weight(grams: float) -> Quantity:
        return replace(found, value=tidy(grams), unit=gram)

    if found.bound:
        return [Refusal("bound", found.text)]
    unit = found.unit or (units[bare] if bare and not found.rest and not _number_is_spelt(found.text, units) else None)
    if unit is not None and unit.kind == "mass":
        return [weight(found.value * (unit.factor or 0.0))] if not found.rest else [Refusal("extra", found.text)]
    if unit is None and not found.rest:
        return [Refusal("no-unit", found.text)]
    if unit is not None and unit.kind not in ("volume", "measure", "count"):
        return [Refusal("other-unit", found.text, "g")]
    measures = _measures(food, units)
    same = [grams for label, grams in measures if _same(found, label)]
    if same:
        return [weight(found.value * grams) for grams in dict.fromkeys(same)]
    if unit is not None and unit.kind == "volume" and not found.rest:
        density = g_per_ml(food, units) if food else None
        if density is not None:
            return [weight(found.value * (unit.factor or 0.0) * density)]
    return [Refusal("no-measure", found.text)]


_WEIGHABLE: Final = ("mass", "volume", "measure")


@lru_cache(maxsize=4096)
def _read_label(label: str, units: Units) -> Quantity | None:
    found = read(label, units)
    return found if isinstance(found, Quantity) and found.value > 0 else None


def _measures(food: Food | None, units: Units) -> tuple[tuple[Quantity, float], ...]:
    """The food's household measures: what one is, and its weight. [g]"""
    if food is None:
        return ()
    read_labels = ((_read_label(portion.label, units), portion.grams) for portion in food.portions)
    return tuple((label, grams / label.value) for label, grams in read_labels if label)


def _same(found: Quantity, label: Quantity) -> bool:
    """Whether an amount is counted in a food's measure: "2 slices" in "1 slice", "3 eggs" in "1 egg"."""
    if label.unit is not None and label.unit.kind == "mass":
        return False
    if found.unit is not label.unit:
        return False
    wanted, held = _singular(found.rest), _singular(label.rest)
    if found.unit is None:
        return bool(wanted) and wanted == held
    return wanted in ("", held)


def _singular(words: str) -> str:
    """Words in the form in which an egg and two eggs are the same."""
    return " ".join(word.removesuffix("s") if len(word) > 3 and not word.endswith("ss") else word for word in folded(words).split())


def g_per_ml(food: Food, units: Units) -> float | None:
    """The weight of a millilitre of a food, from a measure of volume in its own list; None where it has none. [g/ml]

    A food about as heavy as water counts 1 g a ml.
    """
    for label, grams in _measures(food, units):
        if label.unit is not None and label.unit.kind == "volume" and label.unit.factor and not label.rest:
            density = grams / label.unit.factor
            return 1.0 if abs(density - 1) <= LIKE_WATER else density
    return None
