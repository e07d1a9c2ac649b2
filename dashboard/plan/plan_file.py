"""A plan as a file: JSON with the keys of :func:`to_json`, versioned, saying what could not be read; unknown keys are reported."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

from dashboard.plan import (
    DAY_NAMES,
    DAYS_MAX,
    ITEMS_PER_MEAL_MAX,
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
from dashboard.plan.problems import Problems

VERSION: Final = 1
#: Longer input is not a plan; it is refused before any work is done.
FILE_MAX: Final = 1_200_000

PERSON_KEYS: Final = ("age_years", "life_stage", "diet", "excludes", "conditions", "reference_set", "shops_in")
#: Keys of a person that older files do not have.
PERSON_OPTIONAL: Final = frozenset({"shops_in"})
PLAN_KEYS: Final = ("version", "person", "days", "supplements", "own_foods", "dislikes", "baseline")
DAY_KEYS: Final = frozenset({"name", "meals", "joined", "nothing_eaten"})
#: Twice what the largest plan with a baseline has: one part for each food, meal and day.
PARTS_MAX: Final = 25_000
#: Entries of a list of words, and of joined meals, and characters of a text: far more than a plan has.
KEYS_MAX: Final = 100
PAIRS_MAX: Final = 20
TEXT_MAX: Final = 400
STRANGE_KEYS_TOLD: Final = 10
QUOTED_MAX: Final = 40


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
            **({"shops_in": str(person.shops_in)} if person.shops_in else {}),
        },
        "days": [
            {
                "name": day.name,
                "meals": {name: [_item_to_json(i) for i in meal] for name, meal in zip(MEALS, day.meals, strict=True)},
                **({"joined": [list(pair) for pair in day.joined]} if day.joined else {}),
                **({"nothing_eaten": True} if day.nothing_eaten else {}),
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
    """The plan in a file's text. Never raises: what cannot be read stands in ``problems``, the first few and the number of the rest.

    What a file may make this do is bounded before it is read: its size, its parts, and each list in it.
    """
    if len(text) > FILE_MAX:
        return Opened(None, (f"The file is larger than {FILE_MAX / 1_000_000:g} MB, so it is not a plan and was not opened.",))
    if _parts(text) > PARTS_MAX:
        return Opened(None, ("The file has more parts than any plan, so it is not a plan and was not opened.",))
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return Opened(None, ("The file is not a plan: it is not JSON. Choose a file that this app has saved.",))
    if not isinstance(data, dict) or "days" not in data:
        return Opened(None, ("The file is not a plan: it has no days in it. Choose a file that this app has saved.",))
    version = data.get("version")
    if version != VERSION or isinstance(version, bool):
        return Opened(None, (f"The file has version {_quoted(version)}; this app reads version {VERSION}.",))
    problems = Problems()
    try:
        plan = _plan_from(data, problems)
    except (PlanError, RecursionError) as error:
        return Opened(None, (f"The file could not be opened: {plain(error)}.",))
    return Opened(plan, problems.told())


def _parts(text: str | bytes) -> int:
    """How many lists and objects a JSON text can have at most."""
    return sum(text.count(mark) for mark in ("{", "[")) if isinstance(text, str) else sum(text.count(mark) for mark in (b"{", b"["))


def _quoted(value: object) -> str:
    """A value of the file in a few characters, whatever it is."""
    return str(value)[:QUOTED_MAX] if isinstance(value, str | int | float | None) else "of another kind"


def _plain(value: object) -> bool:
    """Whether a value is short and no list: what the fields of a plan may hold."""
    return value is None or isinstance(value, int | float) or (isinstance(value, str) and len(value) <= TEXT_MAX)


def _known(data: Mapping[str, Any], keys: frozenset[str], where: str, problems: Problems) -> None:
    if data.keys() <= keys:
        return
    strange = (key for key in data if key not in keys)
    extra = sorted(str(key)[:QUOTED_MAX] for key in islice(strange, STRANGE_KEYS_TOLD))
    problems.append(f"Not known to this app and left out of {where}: {', '.join(extra)}.")


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one kind of row in a file is read: what it becomes, its keys, and how many a list may have."""

    make: Callable[..., Any]
    keys: tuple[str, ...]
    most: int
    optional: frozenset[str] = frozenset()

    @property
    def known(self) -> frozenset[str]:
        return frozenset(self.keys)


ITEMS: Final = _Kind(Item, ("food", "grams", "off"), ITEMS_PER_MEAL_MAX, frozenset({"off"}))
SUPPLEMENTS: Final = _Kind(Supplement, ("form", "dose_ug", "times_per_week", "with_food"), SUPPLEMENTS_MAX)
OWN_FOODS: Final = _Kind(OwnFood, ("key", "label", "b12_ug_per_100g", "added_ug_per_100g", "serving_g", "diet"), OWN_FOODS_MAX)


def _built(kind: _Kind, rows: Any, where: str, problems: Problems) -> tuple[Any, ...]:
    """The rows of a list that can be read; what cannot is told."""
    if not isinstance(rows, list):
        problems.append(f"Left out, because it is not a list: {where}.")
        return ()
    if len(rows) > kind.most:
        problems.append(f"Only the first {kind.most} of {len(rows):,} were read: {where}.")
    keys, needed = kind.known, frozenset(kind.keys) - kind.optional
    made = []
    for number, row in enumerate(rows[: kind.most], 1):
        # What this app writes, and what nobody will read the words of any more, takes the short way: a hostile file has 10,000 rows.
        if isinstance(row, dict) and needed <= row.keys() and (problems.full or row.keys() <= keys):
            as_written = row.keys() <= keys
            try:
                made.append(kind.make(**row) if as_written else kind.make(**{key: row[key] for key in kind.keys if key in row}))
                if as_written:
                    continue
            except (PlanError, TypeError, ValueError, OverflowError):
                pass  # told or counted below
            if problems.full:
                problems.count()
                continue
        one = _mended(kind, row, f"{where} {number}", problems)
        if one is not None:
            made.append(one)
    return tuple(made)


def _mended(kind: _Kind, data: Any, where: str, problems: Problems) -> Any:
    """An object from a row that is not as this app writes it, or None; with what was wrong."""
    if not isinstance(data, dict):
        problems.append(f"Left out, because it is not in the form this app writes: {where}.")
        return None
    given = {key: data[key] for key in kind.keys if key in data}
    silent = problems.full  # nobody will read the words of another one
    if silent:
        problems.count()
    else:
        _known(data, kind.known, where, problems)
        missing = [key for key in kind.keys if key not in data and key not in kind.optional]
        if missing:
            problems.append(f"Not given for {where}, so the usual was assumed or it was left out: {', '.join(missing)}.")
    try:
        if not all(map(_plain, given.values())):
            raise TypeError
        return kind.make(**given)
    except (PlanError, TypeError, ValueError, OverflowError) as error:
        if not silent:
            problems.append(f"Left out, {where}: {plain(error)}.")
        return None


def _day_from(row: Any, number: int, problems: Problems) -> Day | None:
    if not isinstance(row, dict) or not isinstance(row.get("meals"), dict):
        problems.append(f"Left out, because it is not in the form this app writes: day {number}.")
        return None
    _known(row, DAY_KEYS, f"day {number}", problems)
    _known(row["meals"], frozenset(MEALS), f"the meals of day {number}", problems)
    name = row.get("name")
    if name not in DAY_NAMES:
        problems.append(f"Day {number} has a name this app does not keep; it is now called Day {min(number, DAYS_MAX)}.")
        name = f"Day {min(number, DAYS_MAX)}"
    day = Day(name, tuple(_built(ITEMS, row["meals"].get(meal, []), f"{name}, {meal}, food", problems) for meal in MEALS))
    joined = row.get("joined", [])
    try:
        if not isinstance(joined, list) or len(joined) > PAIRS_MAX:
            raise TypeError
        day = replace(day, joined=tuple(joined))
    except (PlanError, TypeError) as error:
        problems.append(f"Left out, joined meals of {name}: {plain(error)}.")
    marked = row.get("nothing_eaten", False)
    if marked and day.has_foods:
        problems.append(f"Left out, that nothing was eaten on {name}: it holds foods.")
    try:
        return replace(day, nothing_eaten=marked)
    except PlanError as error:
        problems.append(f"Left out, {name}: {plain(error)}.")
        return day


def _person_from(data: Any, problems: Problems) -> Person:
    """The person of a file; a field that cannot be is left at its default and told."""
    if not isinstance(data, dict):
        problems.append("Who the plan is for could not be read; the app's defaults are shown.")
        return Person()
    _known(data, frozenset(PERSON_KEYS), "the person", problems)
    person = Person()
    for key in PERSON_KEYS:
        if key not in data and key in PERSON_OPTIONAL:
            continue
        if key not in data:
            problems.append(f"The file does not give {key}; {getattr(person, key) or 'none'} is assumed.")
            continue
        value = data[key]
        try:
            if isinstance(value, list):
                if len(value) > KEYS_MAX or not all(map(_plain, value)):
                    raise TypeError
                value = tuple(value)
            elif not _plain(value):
                raise TypeError
            person = replace(person, **{key: value})
        except (PlanError, TypeError) as error:
            problems.append(f"Left out, {key} of the person: {plain(error)}.")
    return person


def _plan_from(data: Mapping[str, Any], problems: Problems) -> Plan:
    _known(data, frozenset(PLAN_KEYS), "the plan", problems)
    rows = data["days"]
    if not isinstance(rows, list):
        problems.append("The days could not be read and were left out.")
        rows = []
    if len(rows) > DAYS_MAX:
        problems.append(f"Only the first {DAYS_MAX} of {len(rows):,} days were read.")
    days = [day for n, row in enumerate(rows[:DAYS_MAX], 1) if (day := _day_from(row, n, problems))]
    baseline = data.get("baseline")
    if isinstance(baseline, dict) and "days" in baseline:
        baseline = replace(_plan_from({**baseline, "baseline": None}, problems), baseline=None)
    elif baseline is not None:
        problems.append("The baseline could not be read and was left out.")
        baseline = None
    own = {o.key: o for o in _built(OWN_FOODS, data.get("own_foods", []), "food of your own", problems)}
    plan = Plan(
        _person_from(data.get("person"), problems),
        tuple(days) or (Day(),),
        _built(SUPPLEMENTS, data.get("supplements", []), "supplement", problems),
        tuple(own.values()),
        baseline=baseline,
    )
    dislikes = data.get("dislikes", [])
    try:
        if not isinstance(dislikes, list):
            raise TypeError
        return replace(plan, dislikes=tuple(dislikes))
    except (PlanError, TypeError) as error:
        problems.append(f"Left out, disliked foods: {plain(error)}.")
        return plan
