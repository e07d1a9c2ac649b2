"""Foundation Foods as USDA ships them in JSON: one object, key FoundationFoods, a few megabytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, NamedTuple

from dashboard.foods.usda.archive import Archive, ReleaseError
from dashboard.foods.usda.releases import UNDETERMINED, check_nutrient, portion_label, tidy, wanted_nutrients

KEY: Final = "FoundationFoods"


class JsonFood(NamedTuple):
    """One food; ``amounts`` holds nutrient id, amount per 100 g and derivation, ``portions`` label and grams."""

    fdc_id: int
    code: str
    description: str
    category: str
    published: str
    amounts: list[tuple[int, float, str]]
    portions: list[tuple[int, str, float]]


def foods(archive: Archive) -> list[JsonFood]:
    """The current foods of the file.

    Raises
    ------
    ReleaseError
        When the zip holds no such file, or a figure cannot be read or has another unit.
    """
    content = None
    if len(archive.json_files) == 1:
        try:
            content = json.loads(archive.text(archive.json_files[0]))
        except (ValueError, RecursionError) as error:
            raise ReleaseError("json-damaged", zip=archive.name, file=archive.json_files[0]) from error
    if not isinstance(content, dict) or not isinstance(content.get(KEY), list):
        raise ReleaseError("json-other", zip=archive.name, key=KEY)
    try:
        return [_food(food, archive.name) for food in content[KEY] if food and not food.get("isHistoricalReference")]
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
        if isinstance(error, ReleaseError):
            raise
        raise ReleaseError("json-layout", zip=archive.name, reason=str(error)) from error


def _food(food: dict[str, Any], where: str) -> JsonFood:
    return JsonFood(
        fdc_id=int(food["fdcId"]),
        code=str(food.get("ndbNumber") or ""),
        description=tidy(food["description"]),
        category=tidy((food.get("foodCategory") or {}).get("description")),
        published=_iso(food.get("publicationDate") or ""),
        amounts=list(_amounts(food, where)),
        portions=list(_portions(food)),
    )


def _iso(date: str) -> str:
    """M/D/YYYY, as the file has it, in ISO order."""
    return datetime.strptime(date, "%m/%d/%Y").date().isoformat() if "/" in date else date


def _amounts(food: dict[str, Any], where: str) -> Iterator[tuple[int, float, str]]:
    wanted = {int(row["nutrient_id"]): row for row in wanted_nutrients()}
    for entry in food["foodNutrients"]:
        nutrient = entry["nutrient"]
        row = wanted.get(nutrient["id"])
        if row is None or entry.get("amount") is None:
            continue
        check_nutrient(row, nutrient["unitName"], str(nutrient["number"]), where)
        derivation = entry.get("foodNutrientDerivation") or {}
        said = tidy(f"{derivation.get('code') or ''} {derivation.get('description') or ''}")
        yield nutrient["id"], float(entry["amount"]), said


def _portions(food: dict[str, Any]) -> Iterator[tuple[int, str, float]]:
    for portion in food.get("foodPortions") or ():
        unit = (portion.get("measureUnit") or {}).get("name") or UNDETERMINED
        amount = portion.get("amount") or portion.get("value")
        label = portion_label(amount, unit, portion.get("portionDescription"), portion.get("modifier"))
        grams = portion.get("gramWeight") or 0
        if label and grams > 0:
            yield int(portion.get("sequenceNumber") or 0), label, float(grams)
