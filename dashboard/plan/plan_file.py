"""A plan as a file: JSON with the keys of :func:`to_json`, versioned, saying what could not be read; unknown keys are reported."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from dashboard.plan import (
    DAY_NAMES,
    DAYS_MAX,
    MEALS,
    OWN_FOODS_MAX,
    SUPPLEMENTS_MAX,
    Day,
    Item,
    OwnFood,
    Person,
    Plan,
    PlanError,
    Supplement,
)
from dashboard.plan.link import Opened, plain

VERSION: Final = 1
#: Longer input is not a plan; it is refused before any work is done.
FILE_MAX: Final = 2_000_000

PERSON_KEYS: Final = ("age_years", "life_stage", "diet", "excludes", "conditions", "reference_set")
PLAN_KEYS: Final = ("version", "person", "days", "supplements", "own_foods", "dislikes", "baseline")
ITEM_KEYS: Final = ("food", "grams", "off")
OPTIONAL: Final = frozenset({"off"})
SUPPLEMENT_KEYS: Final = ("form", "dose_ug", "times_per_week", "with_food")
OWN_KEYS: Final = ("key", "label", "b12_ug_per_100g", "added_ug_per_100g", "serving_g", "diet")


def _item_to_json(item: Item) -> dict[str, Any]:
    return {"food": item.food, "grams": item.grams, **({"off": True} if item.off else {})}


def to_json(plan: Plan) -> dict[str, Any]:
    """The plan as the dictionary that a plan file holds (version 1)."""
    person = plan.person
    return {
        "version": VERSION,
        "person": {
            "age_years": person.age_years,
            "life_stage": str(person.life_stage),
            "diet": str(person.diet),
            "excludes": list(person.excludes),
            "conditions": list(person.conditions),
            "reference_set": person.reference_set,
        },
        "days": [
            {
                "name": day.name,
                "meals": {name: [_item_to_json(i) for i in meal] for name, meal in zip(MEALS, day.meals, strict=True)},
                **({"joined": [list(pair) for pair in day.joined]} if day.joined else {}),
            }
            for day in plan.days
        ],
        "supplements": [
            {"form": s.form, "dose_ug": s.dose_ug, "times_per_week": s.times_per_week, "with_food": s.with_food} for s in plan.supplements
        ],
        "own_foods": [
            {
                "key": o.key,
                "label": o.label,
                "b12_ug_per_100g": o.b12_ug_per_100g,
                "added_ug_per_100g": o.added_ug_per_100g,
                "serving_g": o.serving_g,
                "diet": o.diet,
            }
            for o in plan.own_foods
        ],
        **({"dislikes": list(plan.dislikes)} if plan.dislikes else {}),
        "baseline": to_json(plan.baseline) if plan.baseline else None,
    }


def dump(plan: Plan) -> str:
    """The plan as the text of a plan file."""
    return json.dumps(to_json(plan), indent=1, ensure_ascii=False) + "\n"


def load(text: str | bytes) -> Opened:
    """The plan in a file's text. Never raises: what cannot be read stands in ``problems``."""
    if len(text) > FILE_MAX:
        return Opened(None, (f"The file is larger than {FILE_MAX // 1_000_000} MB, so it is not a plan and was not opened.",))
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return Opened(None, ("The file is not a plan: it is not JSON. Choose a file that this app has saved.",))
    if not isinstance(data, dict) or "days" not in data:
        return Opened(None, ("The file is not a plan: it has no days in it. Choose a file that this app has saved.",))
    version = data.get("version")
    if version != VERSION:
        return Opened(None, (f"The file has version {str(version)[:20]}; this app reads version {VERSION}.",))
    problems: list[str] = []
    try:
        plan = _plan_from(data, problems)
    except (PlanError, RecursionError) as error:
        return Opened(None, (f"The file could not be opened: {plain(error)}.",))
    return Opened(plan, tuple(dict.fromkeys(problems)))


def _known(data: Mapping[str, Any], keys: Iterable[str], where: str, problems: list[str]) -> None:
    extra = sorted(str(key)[:40] for key in set(data) - set(keys))
    if extra:
        problems.append(f"Not known to this app and left out of {where}: {', '.join(extra[:10])}.")


def _build(make: Callable[..., Any], data: Any, keys: tuple[str, ...], where: str, problems: list[str]) -> Any:
    """An object from a file's dictionary, or None with the reason noted. Keys of :data:`OPTIONAL` may be left out."""
    if not isinstance(data, dict):
        problems.append(f"Left out, because it is not in the form this app writes: {where}.")
        return None
    _known(data, keys, where, problems)
    missing = [key for key in keys if key not in data and key not in OPTIONAL]
    if missing:
        problems.append(f"Not given for {where}, so the usual was assumed or it was left out: {', '.join(missing)}.")
    try:
        return make(**{key: data[key] for key in keys if key in data})
    except (PlanError, TypeError, ValueError, OverflowError) as error:
        problems.append(f"Left out, {where}: {plain(error)}.")
        return None


def _built(make: Callable[..., Any], rows: Any, keys: tuple[str, ...], where: str, problems: list[str]) -> tuple[Any, ...]:
    if not isinstance(rows, list):
        problems.append(f"Left out, because it is not a list: {where}.")
        return ()
    made = (_build(make, row, keys, f"{where} {n}", problems) for n, row in enumerate(rows, 1))
    return tuple(one for one in made if one is not None)


def _day_from(row: Any, number: int, problems: list[str]) -> Day | None:
    if not isinstance(row, dict) or not isinstance(row.get("meals"), dict):
        problems.append(f"Left out, because it is not in the form this app writes: day {number}.")
        return None
    _known(row, ("name", "meals", "joined"), f"day {number}", problems)
    _known(row["meals"], MEALS, f"the meals of day {number}", problems)
    name = row.get("name")
    if name not in DAY_NAMES:
        problems.append(f"Day {number} has a name this app does not keep; it is now called Day {min(number, DAYS_MAX)}.")
        name = f"Day {min(number, DAYS_MAX)}"
    meals = tuple(_built(Item, row["meals"].get(meal, []), ITEM_KEYS, f"{name}, {meal}, food", problems) for meal in MEALS)
    try:
        day = Day(name, meals)
    except PlanError as error:
        problems.append(f"Left out, {name}: {plain(error)}.")
        return None
    try:
        return replace(day, joined=row.get("joined", ()))
    except (PlanError, TypeError) as error:
        problems.append(f"Left out, joined meals of {name}: {plain(error)}.")
        return day


def _person_from(data: Any, problems: list[str]) -> Person:
    """The person of a file; a field that cannot be is left at its default and told."""
    if not isinstance(data, dict):
        problems.append("Who the plan is for could not be read; the app's defaults are shown.")
        return Person()
    _known(data, PERSON_KEYS, "the person", problems)
    person = Person()
    for key in PERSON_KEYS:
        if key not in data:
            problems.append(f"The file does not give {key}; {getattr(person, key) or 'none'} is assumed.")
            continue
        value = tuple(data[key]) if isinstance(data[key], list) else data[key]
        try:
            person = replace(person, **{key: value})  # type: ignore[arg-type]
        except (PlanError, TypeError) as error:
            problems.append(f"Left out, {key} of the person: {plain(error)}.")
    return person


def _plan_from(data: Mapping[str, Any], problems: list[str]) -> Plan:
    _known(data, PLAN_KEYS, "the plan", problems)
    rows = data["days"]
    if not isinstance(rows, list):
        problems.append("The days could not be read and were left out.")
        rows = []
    if len(rows) > DAYS_MAX:
        problems.append(f"Only the first {DAYS_MAX} of {len(rows)} days were read.")
    days = [day for n, row in enumerate(rows[:DAYS_MAX], 1) if (day := _day_from(row, n, problems))]
    baseline = data.get("baseline")
    if isinstance(baseline, dict) and "days" in baseline:
        baseline = replace(_plan_from({**baseline, "baseline": None}, problems), baseline=None)
    elif baseline is not None:
        problems.append("The baseline could not be read and was left out.")
        baseline = None
    own = {o.key: o for o in _built(OwnFood, data.get("own_foods", []), OWN_KEYS, "food of your own", problems)}
    supplements = _built(Supplement, data.get("supplements", []), SUPPLEMENT_KEYS, "supplement", problems)
    plan = Plan(
        _person_from(data.get("person"), problems),
        tuple(days) or (Day(),),
        supplements[:SUPPLEMENTS_MAX],
        tuple(own.values())[:OWN_FOODS_MAX],
        baseline=baseline,
    )
    try:
        return replace(plan, dislikes=data.get("dislikes", ()))
    except (PlanError, TypeError) as error:
        problems.append(f"Left out, disliked foods: {plain(error)}.")
        return plan
