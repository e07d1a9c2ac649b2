"""A plan as a link, versioned, saying what could not be read.

``?p=<code>`` with a code of letters, digits, hyphen, full stop and underscore only, so that nothing is
percent-encoded on its way through chats and mails. Fields are separated by full stops:

    1 . check . person . excludes . conditions . day . day ... . supplements . own foods . baseline

- every field is written, also when it has today's default value, so that a default may change later;
- numbers are base 62; a food is a letter for its data set and measure, its code and its amount;
- ``check`` tells a damaged link, whose readable part is still opened;
- conditions are ``x`` (not part of the link) unless the sharer chose to include them.

A plan too long for a link stays in the browser tab; its address is ``t.`` and a name made from its code.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import parse_qs, quote

from dashboard.plan import (
    DAY_NAMES,
    DAYS_MAX,
    KEY,
    MEALS,
    OWN_FOODS_MAX,
    SUPPLEMENT_FORMS,
    SUPPLEMENTS_MAX,
    Day,
    Diet,
    Item,
    LifeStage,
    Market,
    OwnFood,
    Person,
    Plan,
    PlanError,
    Supplement,
)
from dashboard.plan.fault import Fault, Part, fault
from dashboard.plan.problems import Problems

VERSION: Final = 1
PARAMETER: Final = "p"
#: A longer code is not opened; it is refused before any work is done.
LINK_MAX: Final = 20_000
#: What else a full link may hold: the address of the app, and parameters that are not ours.
REST_OF_LINK_MAX: Final = 2_000
#: No plan needs a longer code: two plans of 31 days with 160 foods each and all else that a plan can hold.
CODE_MAX: Final = 400_000
#: The address of a plan that is kept in a browser tab, because its code is too long for a link.
KEPT_IN_TAB: Final = re.compile(r"t\.[0-9a-f]{16}")

DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
VALUE: Final = {digit: n for n, digit in enumerate(DIGITS)}
#: No number of a plan has more digits; reading a longer one takes more than its length.
DIGITS_MAX: Final = 20
SEPARATOR: Final = "."
NOT_SHARED: Final = "x"

# data set -> (letter, digits of the code in base 62, decimal digits the code is padded to)
SETS: Final[Mapping[str, tuple[str, int, int]]] = {
    "fndds": ("f", 5, 8),
    "sr": ("s", 4, 0),
    "foundation": ("n", 4, 0),
    "fdc": ("d", 6, 0),
    "gtin": ("g", 8, 0),
}
SET_OF: Final = {letter: (name, width, pad) for name, (letter, width, pad) in SETS.items()}
NAMED: Final = {"label": "l", "own": "o"}
NAMED_OF: Final = {letter: name for name, letter in NAMED.items()}
STAGE_CODES: Final = {LifeStage.NONE: "n", LifeStage.PREGNANT: "p", LifeStage.BREASTFEEDING: "b"}
DIET_CODES: Final = {Diet.VEGAN: "v", Diet.VEGETARIAN: "g", Diet.OMNIVORE: "o"}
#: Where a person shops, as the last part of who a plan is for; the first links were written without it.
MARKET_CODES: Final = {None: "n", Market.US: "u", Market.UK: "k", Market.EUROPE: "e", Market.INDIA: "i", Market.ELSEWHERE: "w"}
OWN_DIETS: Final = {"vegan": "v", "vegetarian": "g", "omnivore": "o", "uncertain": "u"}
GRAMS_WIDTH: Final = 2
TENTHS_WIDTH: Final = 3
OFF: Final = "-"
DISLIKES: Final = "u"
#: Stands last in a day on which nothing was eaten; no meal begins with it.
NOTHING_EATEN: Final = "n"
#: Stands before how many lines of a record a day lacks, behind the meals; no meal begins with it either.
LEFT_OUT: Final = "k"
MEAL_LETTERS: Final = {meal: meal[0] for meal in MEALS}


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link or a file gave: a plan where one could be read, and what could not be."""

    plan: Plan | None
    problems: tuple[Fault, ...] = ()
    conditions_shared: bool = True


# Numbers -----------------------------------------------------------------------------------------


def _digits(number: int, width: int = 0) -> str:
    text = ""
    while number:
        number, rest = divmod(number, len(DIGITS))
        text = DIGITS[rest] + text
    return text.rjust(width or 1, DIGITS[0])


def _number(text: str) -> int:
    if not text:
        raise PlanError("number-missing")
    if len(text) > DIGITS_MAX:
        raise PlanError("number-too-long")
    number = 0
    for digit in text:
        if digit not in VALUE:
            raise PlanError("not-a-digit", given=digit)
        number = number * len(DIGITS) + VALUE[digit]
    return number


def _check(body: str) -> str:
    return _digits(zlib.crc32(body.encode(errors="replace")) % len(DIGITS) ** 3, 3)


# Items -------------------------------------------------------------------------------------------


def _encode_item(item: Item) -> str:
    """One food: letter (capital when the amount is in tenths of a gram), code, amount."""
    kind, _, code = item.food.partition(":")
    whole = item.grams == int(item.grams) and item.grams < len(DIGITS) ** GRAMS_WIDTH
    amount = _digits(int(item.grams), GRAMS_WIDTH) if whole else _digits(round(item.grams * 10), TENTHS_WIDTH)
    if kind in NAMED:
        letter, body = NAMED[kind], _digits(len(code)) + code
    else:
        letter, width, pad = SETS[kind]
        # A leading zero would be lost in a number: its count goes in front where codes vary in length.
        body = _digits(int(code), width) if pad else _digits(len(code)) + _digits(int(code), width)
    return (letter if whole else letter.upper()) + body + amount + (OFF if item.off else "")


def _decode_items(text: str) -> Iterator[Item]:
    at = 0

    def take(count: int) -> str:
        nonlocal at
        part = text[at : at + count]
        if len(part) < count:
            raise PlanError("food-cut-off")
        at += count
        return part

    while at < len(text):
        letter = take(1)
        kind = letter.lower()
        if kind in NAMED_OF:
            food = f"{NAMED_OF[kind]}:{take(_number(take(1)))}"
        elif kind in SET_OF:
            name, width, pad = SET_OF[kind]
            length = pad or _number(take(1))
            food = f"{name}:{str(_number(take(width))).zfill(length)}"
        else:
            raise PlanError("no-food-letter", given=letter)
        grams = _number(take(GRAMS_WIDTH)) if letter == kind else _number(take(TENTHS_WIDTH)) / 10
        off = text.startswith(OFF, at)
        at += len(OFF) if off else 0
        yield Item(food, grams, off)


# Parts -------------------------------------------------------------------------------------------


def _encode_person(person: Person) -> str:
    stage, diet = STAGE_CODES[person.life_stage], DIET_CODES[person.diet]
    return "_".join((_digits(person.age_years), stage, diet, person.reference_set, MARKET_CODES[person.shops_in]))


def _decode_person(text: str) -> tuple[Person, bool]:
    """Who a plan is for, and whether the place where they shop is known; the rest is kept where it is not."""
    age, stage, diet, reference_set, *shops_in = text.split("_")
    stages = {code: member for member, code in STAGE_CODES.items()}
    diets = {code: member for member, code in DIET_CODES.items()}
    markets = {code: member for member, code in MARKET_CODES.items()}
    person = Person(_number(age), stages[stage], diets[diet], reference_set=reference_set)
    try:
        return replace(person, shops_in=markets["_".join(shops_in)] if shops_in else None), True
    except KeyError:
        return person, False


def _encode_keys(keys: Iterable[str]) -> str:
    return "_".join(keys)


def _decode_keys(text: str) -> tuple[str, ...]:
    keys = tuple(text.split("_")) if text else ()
    if any(not KEY.fullmatch(key) for key in keys):
        raise PlanError("word-unknown")
    return keys


def _encode_day(day: Day) -> str:
    meals = ("".join(map(_encode_item, meal)) for meal in day.meals)
    joined = "".join(MEAL_LETTERS[name] for pair in day.joined for name in pair)
    missing = [LEFT_OUT + _digits(day.lines_left_out)] if day.lines_left_out else []
    marks = [*([joined] if joined else []), *missing, *([NOTHING_EATEN] if day.nothing_eaten else [])]
    return "_".join((_digits(DAY_NAMES.index(day.name)), *meals, *marks))


def _decode_joined(text: str) -> tuple[tuple[str, str], ...]:
    names = {letter: meal for meal, letter in MEAL_LETTERS.items()}
    return tuple((names[text[n]], names[text[n + 1]]) for n in range(0, len(text), 2))


def _decode_day(text: str) -> tuple[Day, Fault | None]:
    """A day and what was wrong with it; what stands before the fault in a meal is kept."""
    name, *meals = text.split("_")
    number = _number(name)
    if number >= len(DAY_NAMES):
        raise PlanError("day-without-name")
    wrong = None if len(meals) >= len(MEALS) else fault("meal-missing")
    read = []
    for meal in meals[: len(MEALS)]:
        items: list[Item] = []
        try:
            items.extend(_each(_decode_items(meal), items))
        except PlanError as error:
            wrong = error.fault
        read.append(tuple(items))
    read += [()] * (len(MEALS) - len(read))
    marks = meals[len(MEALS) :]
    nothing_eaten = marks[-1:] == [NOTHING_EATEN]
    marks = marks[:-1] if nothing_eaten else marks
    day = Day(DAY_NAMES[number], tuple(read), nothing_eaten=nothing_eaten)
    if marks and marks[-1].startswith(LEFT_OUT):
        try:
            day = replace(day, lines_left_out=_number(marks.pop().removeprefix(LEFT_OUT)))
        except PlanError:
            wrong = wrong or fault("left-out-unreadable")
    if nothing_eaten and day.has_foods:
        wrong = wrong or fault("nothing-eaten-but-foods")
    try:
        return replace(day, joined=_decode_joined("".join(marks))), wrong
    except (PlanError, KeyError, IndexError):
        return day, wrong or fault("joined-unreadable")


def _each(items: Iterator[Item], into: list[Item]) -> list[Item]:
    """Moves items over one by one, so that those before a fault are kept."""
    for item in items:
        into.append(item)
    return []


def _tenths(amount: float) -> str:
    return _digits(round(amount * 10))


def _encode_supplement(s: Supplement) -> str:
    return "-".join(
        (
            _digits(SUPPLEMENT_FORMS.index(s.form)),
            _tenths(s.dose_ug),
            _digits(round(s.times_per_week * 10_000)),
            "f" if s.with_food else "e",
        )
    )


def _decode_supplement(text: str) -> Supplement:
    form, dose, times, food = text.split("-")
    if food not in ("f", "e"):
        raise PlanError("supplement-cut-off")
    return Supplement(SUPPLEMENT_FORMS[_number(form)], _number(dose) / 10, _number(times) / 10_000, food == "f")


def _text(label: str) -> str:
    """A label in the link's alphabet: letters and digits as they are, anything else as -code point-."""
    return "".join(c if c in VALUE else f"-{_digits(ord(c))}-" for c in label)


def _untext(text: str) -> str:
    parts = text.split("-")
    return "".join(part if n % 2 == 0 else chr(_number(part)) for n, part in enumerate(parts))


def _thousandths(amount: float | None) -> str:
    return "" if amount is None else _digits(round(amount * 1000))


def _encode_own(own: OwnFood) -> str:
    fields = (
        own.key,
        _text(own.label),
        _thousandths(own.b12_ug_per_100g),
        _thousandths(own.added_ug_per_100g),
        _tenths(own.serving_g),
        OWN_DIETS[own.diet],
    )
    return "_".join(fields)


def _decode_own(text: str) -> OwnFood:
    key, label, b12, added, serving, diet = text.split("_")
    diets = {code: name for name, code in OWN_DIETS.items()}
    amounts = [_number(a) / 1000 if a else None for a in (b12, added)]
    return OwnFood(key, _untext(label), amounts[0], amounts[1], _number(serving) / 10, diets[diet])


def _encode_content(plan: Plan) -> list[str]:
    """Days, supplements and own foods of a plan, each list with its length in front."""
    return [
        _digits(len(plan.days)),
        *map(_encode_day, plan.days),
        _digits(len(plan.supplements)),
        *map(_encode_supplement, plan.supplements),
        _digits(len(plan.own_foods)),
        *map(_encode_own, plan.own_foods),
        DISLIKES + "".join(_encode_item(Item(food, 0)) for food in plan.dislikes),
    ]


def encode(plan: Plan, *, share_conditions: bool = False) -> str:
    """The plan's code for a link. A baseline travels as a second plan after the first."""
    fields = _encode_whole(plan, share_conditions)
    fields += ["b", *_encode_whole(plan.baseline, share_conditions)] if plan.baseline else ["e"]
    body = SEPARATOR.join(fields)
    return SEPARATOR.join((_digits(VERSION), _check(body), body))


def _encode_whole(plan: Plan, share_conditions: bool) -> list[str]:
    conditions = _encode_keys(plan.person.conditions) if share_conditions else NOT_SHARED
    return [_encode_person(plan.person), _encode_keys(plan.person.excludes), conditions, *_encode_content(plan)]


class _Reader:
    """Reads a link field by field, keeps what it can and notes what it cannot."""

    def __init__(self, fields: list[str]) -> None:
        self.fields = fields
        self.at = 0
        self.problems = Problems()
        self.read_something = False
        self.conditions_shared = True

    def next(self) -> str | None:
        if self.at >= len(self.fields):
            return None
        self.at += 1
        return self.fields[self.at - 1]

    def one(self, part: Part, decode: Callable[[str], Any], default: Any) -> Any:
        field = self.next()
        if field is None:
            self.problems.append(fault("link-part-missing", part=part))
            return default
        try:
            return decode(field)
        except (PlanError, KeyError, ValueError, IndexError, OverflowError) as error:
            self.problems.append(fault("link-part-wrong", part=part, why=reason(error)))
            return default

    def many(self, kind: str, most: int, decode: Callable[[str], Any]) -> list[Any]:
        count = self.one(Part(f"number-of-{kind}s"), _number, 0)
        if count > most:
            self.problems.append(fault("link-too-many", part=Part(f"{kind}s"), most=most))
            count = most
        found = []
        for n in range(count):
            if self.at >= len(self.fields):
                self.problems.append(fault("link-ends", part=Part(kind, n + 1)))
                break
            one = self.one(Part(kind, n + 1), decode, None)
            if one is not None:
                found.append(one)
        return found

    def person(self, field: str) -> Person:
        person, known = _decode_person(field)
        if not known:
            self.problems.append(fault("shops-in-unknown"))
        return person

    def day(self, field: str) -> Day:
        day, wrong = _decode_day(field)
        if wrong:
            self.problems.append(fault("link-part-wrong", part=Part("part-of-day", day=day.name), why=wrong))
        return day

    def conditions(self, field: str) -> tuple[str, ...]:
        if field == NOT_SHARED:
            self.conditions_shared = False
            return ()
        return _decode_keys(field)

    def plan(self) -> Plan:
        nobody = Person()
        person = self.one(Part("person"), self.person, nobody)
        excludes = self.one(Part("excludes"), _decode_keys, ())
        conditions = self.one(Part("conditions"), self.conditions, ())
        days = self.many("day", DAYS_MAX, self.day)
        supplements = self.many("supplement", SUPPLEMENTS_MAX, _decode_supplement)
        own = {o.key: o for o in self.many("own-food", OWN_FOODS_MAX, _decode_own)}
        # The first links of this version were written without this field.
        marked = self.at < len(self.fields) and self.fields[self.at].startswith(DISLIKES)
        dislikes = self.one(Part("dislikes"), _decode_dislikes, ()) if marked else ()
        self.read_something = self.read_something or bool(days) or person is not nobody
        return Plan(
            replace(person, excludes=excludes, conditions=conditions),
            tuple(days) or (Day(),),
            tuple(supplements),
            tuple(own.values()),
            dislikes,
        )


def _decode_dislikes(text: str) -> tuple[str, ...]:
    return tuple(item.food for item in _decode_items(text.removeprefix(DISLIKES)))


def reason(error: Exception) -> Fault:
    """What was wrong; of an error of Python the reader is told only that the form is not this app's."""
    return error.fault if isinstance(error, PlanError) else fault("form-unknown")


def address_of(code: str) -> str:
    """What stands in the address for a plan's code: the code, or a name for it where no link could carry it."""
    return code if len(code) <= LINK_MAX else f"t.{hashlib.blake2b(code.encode(), digest_size=8).hexdigest()}"


def decode(code: str, longest: int = LINK_MAX) -> Opened:
    """The plan in a link's code. Never raises: what cannot be read stands in ``problems``."""
    code = code.strip()
    if not code:
        return Opened(None, (fault("link-empty"),))
    if KEPT_IN_TAB.fullmatch(code):
        return Opened(None, (fault("link-kept-in-tab"),))
    if len(code) > longest:
        return Opened(None, (fault("link-too-long", most=longest),))
    version, _, rest = code.partition(SEPARATOR)
    check, _, body = rest.partition(SEPARATOR)
    if version != _digits(VERSION):
        return Opened(None, (fault("link-version"),))
    if not body:
        return Opened(None, (fault("link-cut-off"),))
    reader = _Reader(body.split(SEPARATOR))
    try:
        plan = reader.plan()
        if reader.one(Part("baseline"), str, "e") == "b":
            plan = replace(plan, baseline=reader.plan())
    except PlanError as error:
        return Opened(None, (fault("link-unopened", why=error.fault),))
    if not reader.read_something:
        return Opened(None, (fault("link-damaged"),))
    problems = reader.problems.told()
    return Opened(plan, problems if check == _check(body) else (fault("link-changed"), *problems), reader.conditions_shared)


def to_url(plan: Plan, base: str = "", *, share_conditions: bool = False) -> str:
    """A full link, or only ``?p=…`` without a base address."""
    return f"{base}?{PARAMETER}={quote(encode(plan, share_conditions=share_conditions))}"


def from_url(url: str) -> Opened:
    """The plan in a full link, in ``?p=…`` or in the bare code."""
    if "?" not in url or len(url) > LINK_MAX + REST_OF_LINK_MAX:
        return decode(url)
    query = url.strip().partition("?")[2].partition("#")[0]
    return decode(next(iter(parse_qs(query).get(PARAMETER, [])), ""))
