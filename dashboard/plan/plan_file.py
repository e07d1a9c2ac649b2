"""A plan as a file: JSON with the keys of :func:`to_json`, versioned, saying what could not be read; unknown keys are reported."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

from dashboard.plan import (
    AGE_MAX_YEARS,
    DAY_NAMES,
    DAYS_MAX,
    HELD_WITHIN,
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
from dashboard.plan.fault import Fault, Part, fault, quoted
from dashboard.plan.file_text import read_json
from dashboard.plan.link import Opened
from dashboard.plan.link_reader import by_key, reason
from dashboard.plan.problems import Problems

VERSION: Final = 1

PERSON_KEYS: Final = ("age_years", "life_stage", "diet", "excludes", "conditions", "reference_set", "shops_in")
#: Keys of a person that older files do not have.
PERSON_OPTIONAL: Final = frozenset({"shops_in"})
PLAN_KEYS: Final = ("version", "person", "days", "supplements", "own_foods", "dislikes", "baseline")
DAY_KEYS: Final = frozenset({"name", "meals", "joined", "nothing_eaten", "lines_left_out"})
#: Entries of a list of words, and of joined meals, and characters of a text: far more than a plan has.
KEYS_MAX: Final = 100
PAIRS_MAX: Final = 20
TEXT_MAX: Final = 400
STRANGE_KEYS_TOLD: Final = 10


def _item_to_json(item: Item) -> dict[str, Any]:
    return {"food": item.food, "grams": item.grams, **({"off": True} if item.off else {})}


def to_json(plan: Plan, *, conditions: bool = True) -> dict[str, Any]:
    """The plan as the dictionary that a plan file holds (version 1). ``conditions``: whether it holds conditions and medicines."""
    person = plan.person
    return {
        "version": VERSION,
        "person": {
            "age_years": person.age_years,
            "life_stage": str(person.life_stage),
            "diet": str(person.diet),
            "excludes": list(person.excludes),
            **({"conditions": list(person.conditions)} if conditions else {}),
            "reference_set": person.reference_set,
            **({"shops_in": str(person.shops_in)} if person.shops_in else {}),
        },
        "days": [
            {
                "name": day.name,
                "meals": {name: [_item_to_json(i) for i in meal] for name, meal in zip(MEALS, day.meals, strict=True)},
                **({"joined": [list(pair) for pair in day.joined]} if day.joined else {}),
                **({"nothing_eaten": True} if day.nothing_eaten else {}),
                **({"lines_left_out": day.lines_left_out} if day.lines_left_out else {}),
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
        "baseline": to_json(plan.baseline, conditions=conditions) if plan.baseline else None,
    }


def dump(plan: Plan, *, conditions: bool = True) -> str:
    """The plan as the text of a plan file, with or without conditions and medicines."""
    return json.dumps(to_json(plan, conditions=conditions), indent=1, ensure_ascii=False) + "\n"


def load(text: str | bytes) -> Opened:
    """The plan in a file's text. Never raises: what cannot be read stands in ``problems``, the first few and the number of the rest.

    What a file may make this do is bounded before it is read: its size, its parts, and each list in it.
    """
    try:
        data = read_json(text)
    except PlanError as error:
        return Opened(None, (error.fault,))
    if not isinstance(data, dict) or "days" not in data:
        return Opened(None, (fault("file-without-days"),))
    if not _is_ours(data):
        return Opened(None, (_other_version(data.get("version")),))
    problems = Problems()
    try:
        plan = _plan_from(data, problems)
    except (PlanError, RecursionError) as error:
        return Opened(None, (fault("file-unopened", why=reason(error)),))
    return Opened(plan, problems.told())


def _is_ours(data: Mapping[str, Any]) -> bool:
    """Whether a plan in a file has the version that is read here."""
    return data.get("version") == VERSION and not isinstance(data["version"], bool)


def _other_version(version: object) -> Fault:
    """The fault of a file with another version. The version is quoted unless it is a list or an object."""
    if isinstance(version, str | int | float | None):
        return fault("file-version", given=quoted(version), known=VERSION)
    return fault("file-version-of-another-kind", known=VERSION)


def _plain(value: object) -> bool:
    """Whether a value is a number, a short text or null, as the fields of a plan are: no list, no object."""
    return value is None or isinstance(value, int | float) or (isinstance(value, str) and len(value) <= TEXT_MAX)


def _known(data: Mapping[str, Any], keys: frozenset[str], part: Part, problems: Problems) -> None:
    if data.keys() <= keys:
        return
    strange = (key for key in data if key not in keys)
    extra = tuple(sorted(quoted(key) for key in islice(strange, STRANGE_KEYS_TOLD)))
    problems.append(fault("keys-unknown", part=part, keys=extra))


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one kind of row in a file is read: what it becomes, its keys, and how many a list may have.

    ``assumed``: keys that a row may lack and is told to lack; what they stand for then is the careful answer. Without another
    key the row is left out: a dose that nobody gave is never the usual one. ``amounts``: keys whose amounts a plan may hold less
    finely than the file gives them, which is told.
    """

    make: Callable[..., Any]
    keys: tuple[str, ...]
    most: int
    optional: frozenset[str] = frozenset()
    assumed: frozenset[str] = frozenset()
    amounts: tuple[str, ...] = ()

    @property
    def known(self) -> frozenset[str]:
        return frozenset(self.keys)


ITEMS: Final = _Kind(Item, ("food", "grams", "off"), ITEMS_PER_MEAL_MAX, frozenset({"off"}), amounts=("grams",))
SUPPLEMENTS: Final = _Kind(
    Supplement, ("form", "dose_ug", "times_per_week", "with_food"), SUPPLEMENTS_MAX, assumed=frozenset({"with_food"})
)
OWN_FOODS: Final = _Kind(
    OwnFood,
    ("key", "label", "b12_ug_per_100g", "added_ug_per_100g", "serving_g", "diet"),
    OWN_FOODS_MAX,
    assumed=frozenset({"added_ug_per_100g", "serving_g", "diet"}),
    amounts=("b12_ug_per_100g", "added_ug_per_100g", "serving_g"),
)


def _built(kind: _Kind, rows: Any, part: Part, problems: Problems) -> tuple[Any, ...]:
    """The rows of a list that can be read; what cannot is told."""
    if not isinstance(rows, list):
        problems.append(fault("not-a-list", part=replace(part, kind=f"{part.kind}s")))
        return ()
    if len(rows) > kind.most:
        problems.append(fault("only-the-first", part=replace(part, kind=f"{part.kind}s"), most=kind.most, given=len(rows)))
    keys, needed = kind.known, frozenset(kind.keys) - kind.optional
    made = []
    for number, row in enumerate(rows[: kind.most], 1):
        # What this app writes, and what nobody will read the words of any more, takes the short way: a hostile file has 10,000 rows.
        if isinstance(row, dict) and needed <= row.keys() and (problems.full or row.keys() <= keys):
            as_written = row.keys() <= keys
            try:
                made.append(kind.make(**row) if as_written else kind.make(**{key: row[key] for key in kind.keys if key in row}))
                _rounded(kind, row, made[-1], part, number, problems)
                if as_written:
                    continue
            except (PlanError, TypeError, ValueError, OverflowError):
                pass  # told or counted below
            if problems.full:
                problems.count()
                continue
        one = _mended(kind, row, part, number, problems)
        if one is not None:
            made.append(one)
    return tuple(made)


def _rounded(kind: _Kind, given: Mapping[str, Any], one: Any, part: Part, number: int, problems: Problems) -> None:
    """Tells where a plan holds an amount less finely than the file gives it, so that it is another amount."""
    for key in kind.amounts:
        amount, held = given.get(key), getattr(one, key)
        if held != amount and amount and abs(held - amount) > HELD_WITHIN * amount:
            problems.append(fault("held-less-finely", part=replace(part, number=number), key=key, given=float(amount), held=held))


def _mended(kind: _Kind, data: Any, among: Part, number: int, problems: Problems) -> Any:
    """An object from a row that is not as this app writes it, or None; with what was wrong."""
    part = replace(among, number=number)
    if not isinstance(data, dict):
        problems.append(fault("not-our-form", part=part))
        return None
    given = {key: data[key] for key in kind.keys if key in data}
    missing = [key for key in kind.keys if key not in data and key not in kind.optional]
    silent = problems.full  # nobody will read the words of another one
    if silent:
        problems.count()
    else:
        _known(data, kind.known, part, problems)
        if missing:
            problems.append(fault("keys-missing", part=part, keys=tuple(missing)))
    try:
        if not (kind.assumed.issuperset(missing) and all(map(_plain, given.values()))):
            raise TypeError
        one = kind.make(**given)
        _rounded(kind, given, one, among, number, problems)
        return one
    except (PlanError, TypeError, ValueError, OverflowError) as error:
        if not silent:
            problems.append(fault("left-out", part=part, why=reason(error)))
        return None


def _day_from(row: Any, number: int, problems: Problems) -> Day | None:
    if not isinstance(row, dict) or not isinstance(row.get("meals"), dict):
        problems.append(fault("not-our-form", part=Part("day", number)))
        return None
    _known(row, DAY_KEYS, Part("day", number), problems)
    _known(row["meals"], frozenset(MEALS), Part("meals", number), problems)
    name = row.get("name")
    if name not in DAY_NAMES:
        name = f"Day {min(number, DAYS_MAX)}"
        problems.append(fault("day-renamed", number=number, name=name))
    day = Day(name, tuple(_built(ITEMS, row["meals"].get(meal, []), Part("food", day=name, meal=meal), problems) for meal in MEALS))
    joined = row.get("joined", [])
    try:
        if not isinstance(joined, list) or len(joined) > PAIRS_MAX:
            raise TypeError
        day = replace(day, joined=tuple(joined))
    except (PlanError, TypeError) as error:
        problems.append(fault("left-out", part=Part("joined", day=name), why=reason(error)))
    try:
        day = replace(day, lines_left_out=row.get("lines_left_out", 0))
    except PlanError as error:
        problems.append(fault("left-out", part=Part("left-out-lines", day=name), why=reason(error)))
    marked = row.get("nothing_eaten", False)
    if marked and day.has_foods:
        problems.append(fault("nothing-eaten-left-out", day=name))
    try:
        return replace(day, nothing_eaten=marked)
    except PlanError as error:
        problems.append(fault("left-out", part=Part("named-day", day=name), why=error.fault))
        return day


def _person_from(data: Any, problems: Problems) -> Person:
    """The person of a file; a field that cannot be is left at its default and told."""
    if not isinstance(data, dict):
        problems.append(fault("person-unreadable"))
        return Person()
    _known(data, frozenset(PERSON_KEYS), Part("the-person"), problems)
    person = Person()
    for key in PERSON_KEYS:
        if key not in data and key == "conditions":
            problems.append(fault("conditions-not-in-file"))
            continue
        if key not in data and key in PERSON_OPTIONAL:
            continue
        if key not in data:
            problems.append(fault("field-assumed", key=key, assumed=getattr(person, key) or None))
            continue
        value = data[key]
        if key == "age_years" and type(value) is float and 0 <= value <= AGE_MAX_YEARS and value != int(value):
            problems.append(fault("age-in-full-years", given=value, years=int(value)))
            value = int(value)
        try:
            if isinstance(value, list):
                if len(value) > KEYS_MAX or not all(map(_plain, value)):
                    raise TypeError
                value = tuple(value)
            elif not _plain(value):
                raise TypeError
            person = replace(person, **{key: value})
        except (PlanError, TypeError) as error:
            if key == "shops_in":
                problems.append(fault("shops-in-assumed", why=reason(error)))
                continue
            problems.append(fault("person-field-left-out", key=key, why=reason(error), assumed=getattr(person, key) or None))
    return person


def _baseline_from(data: Any, problems: Problems) -> Plan | None:
    """The plan that a file keeps to compare with. Like the file itself it is opened in the version that is known, and in no other."""
    if not isinstance(data, dict) or "days" not in data:
        problems.append(fault("baseline-unreadable"))
        return None
    if not _is_ours(data):
        problems.append(fault("baseline-version", known=VERSION))
        return None
    if data.get("baseline") is not None:
        problems.append(fault("baseline-of-baseline"))
    return _plan_from({**data, "baseline": None}, problems)


def _plan_from(data: Mapping[str, Any], problems: Problems) -> Plan:
    _known(data, frozenset(PLAN_KEYS), Part("the-plan"), problems)
    rows = data["days"]
    if not isinstance(rows, list):
        problems.append(fault("days-unreadable"))
        rows = []
    if len(rows) > DAYS_MAX:
        problems.append(fault("only-the-first-days", most=DAYS_MAX, given=len(rows)))
    days = [day for n, row in enumerate(rows[:DAYS_MAX], 1) if (day := _day_from(row, n, problems))]
    if "supplements" not in data:
        problems.append(fault("no-word-on-supplements"))
    plan = Plan(
        _person_from(data.get("person"), problems),
        tuple(days) or (Day(),),
        _built(SUPPLEMENTS, data.get("supplements", []), Part("supplement"), problems),
        by_key(_built(OWN_FOODS, data.get("own_foods", []), Part("own-food"), problems), problems),
        baseline=None if data.get("baseline") is None else _baseline_from(data["baseline"], problems),
    )
    dislikes = data.get("dislikes", [])
    try:
        if not isinstance(dislikes, list):
            raise TypeError
        return replace(plan, dislikes=tuple(dislikes))
    except (PlanError, TypeError) as error:
        problems.append(fault("left-out", part=Part("dislikes"), why=reason(error)))
        return plan
