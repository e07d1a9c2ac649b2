"""Answers of ``foods diet``: the diet class of foods by id, from the table of this app and from imported USDA releases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.foods.diet import classify
from dashboard.foods.diet_rules import UNCERTAIN, UsdaFood, reason_by_hand
from dashboard.foods.usda.store import Store
from dashboard.tables.foods import Food
from dashboard.words.command_line import contains

FDC_ID_DIGITS_MAX: Final = 15


class UnknownFoodError(LookupError):
    """No food has the id, which is the argument."""


@dataclass(frozen=True, slots=True)
class DietAnswer:
    """One food of the answer; its fields are the keys of the JSON."""

    id: str
    fdc_id: int | None
    diet: str
    reason: str


def diet_answers(ids: Sequence[str], foods: Mapping[str, Food], store: Store | None = None) -> list[DietAnswer]:
    """The diet class of each food, in the order asked for.

    Parameters
    ----------
    ids
        Food ids, or bare fdc_ids (also written ``fdc:<fdc_id>``).
    foods
        The foods of this app by id; they come first, because their classes were set by hand.
    store
        The imported releases, where there are any.

    Raises
    ------
    UnknownFoodError
        When neither has a food of that id.
    """
    by_fdc_id = {food.fdc_id: food for food in foods.values() if food.fdc_id}
    answers = []
    for id_ in ids:
        number = id_.removeprefix("fdc:")
        fdc_id = int(number) if number.isascii() and number.isdigit() and len(number) <= FDC_ID_DIGITS_MAX else None
        ours = foods.get(id_) or (by_fdc_id.get(fdc_id) if fdc_id else None)
        imported = None if ours or store is None else (store.food(id_) or (store.by_fdc_id(fdc_id) if fdc_id else None))
        if ours:
            answers.append(DietAnswer(ours.id, ours.fdc_id, ours.diet, _reason(ours)))
        elif imported and store:
            answers.append(DietAnswer(imported.id, imported.fdc_id, imported.diet, store.diet_reason(imported.id)))
        else:
            raise UnknownFoodError(id_)
    return answers


def _reason(food: Food) -> str:
    """Why a food of the table has its class: its own note, what it contains, or what the rules say where they agree."""
    if food.contains and food.diet != UNCERTAIN:
        said = contains(food.contains)
    else:
        data_set, _, code = food.id.partition(":")
        ruled = classify(UsdaFood(data_set, food.usda_description or food.name, "", code))
        said = ruled.reason if ruled.diet == food.diet and data_set == "fndds" else ""
    note = food.note.rstrip(".")
    if not said and (food.diet != UNCERTAIN or not note):
        said = reason_by_hand(food.diet)
    return "; ".join(part for part in (said, note) if part)
