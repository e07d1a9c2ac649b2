"""The parts of a plan's code: numbers, foods, person, days, supplements and own foods as text, and back.

Letters, digits, hyphen and underscore only. Numbers are base 62; a food is a letter for its data set and measure (a capital where
the amount is in tenths of a gram), its code and its amount. What cannot be read raises an error that the reader of a whole code notes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from dashboard.plan import (
    DAY_NAMES,
    KEY,
    MEALS,
    SUPPLEMENT_FORMS,
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
from dashboard.plan.fault import Fault, fault

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
#: Whether a supplement is taken with food.
WITH_FOOD: Final = {True: "f", False: "e"}
MEAL_LETTERS: Final = {meal: meal[0] for meal in MEALS}


# Numbers -----------------------------------------------------------------------------------------


def digits(amount: int, width: int = 0) -> str:
    """A whole number in base 62, with zeros in front up to a width."""
    text = ""
    while amount:
        amount, rest = divmod(amount, len(DIGITS))
        text = DIGITS[rest] + text
    return text.rjust(width or 1, DIGITS[0])


def read_number(text: str) -> int:
    """The number in a text of base 62.

    Raises
    ------
    PlanError
        Where it is missing, too long, or holds another sign.
    """
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


def check_digits(body: str) -> str:
    """Three check digits: a changed body has others."""
    return digits(zlib.crc32(body.encode(errors="replace")) % len(DIGITS) ** 3, 3)


# Items -------------------------------------------------------------------------------------------


def encode_item(item: Item) -> str:
    """One food: letter (capital when the amount is in tenths of a gram), code, amount."""
    kind, _, code = item.food.partition(":")
    whole = item.grams == int(item.grams) and item.grams < len(DIGITS) ** GRAMS_WIDTH
    amount = digits(int(item.grams), GRAMS_WIDTH) if whole else digits(round(item.grams * 10), TENTHS_WIDTH)
    if kind in NAMED:
        letter, body = NAMED[kind], digits(len(code)) + code
    else:
        letter, width, pad = SETS[kind]
        # A leading zero would be lost in a number: its count goes in front where codes vary in length.
        body = digits(int(code), width) if pad else digits(len(code)) + digits(int(code), width)
    return (letter if whole else letter.upper()) + body + amount + (OFF if item.off else "")


def item_texts(text: str) -> Iterator[str]:
    """The items of a meal one by one, as they are written.

    Raises
    ------
    PlanError
        Where the next item does not begin with the letter of a data set, or is cut off.
    """
    at = 0
    while at < len(text):
        letter = text[at]
        kind, end = letter.lower(), at + 1
        if kind in NAMED_OF:
            end += 1 + read_number(text[end : end + 1])
        elif kind in SET_OF:
            _, width, pad = SET_OF[kind]
            end += width if pad else 1 + width
        else:
            raise PlanError("no-food-letter", given=letter)
        width = GRAMS_WIDTH if letter == kind else TENTHS_WIDTH
        end += width
        if end > len(text):
            raise PlanError("food-cut-off")
        if OFF in text[end - width : end]:
            raise PlanError("not-a-digit", given=OFF)
        end += len(OFF) if text.startswith(OFF, end) else 0
        yield text[at:end]
        at = end


def decode_item(text: str) -> Item:
    """One food from its text, as :func:`item_texts` gives it."""
    letter, rest, off = text[0], text[1:].removesuffix(OFF), text.endswith(OFF)
    kind = letter.lower()
    width = GRAMS_WIDTH if letter == kind else TENTHS_WIDTH
    body, amount = rest[:-width], rest[-width:]
    if kind in NAMED_OF:
        food = f"{NAMED_OF[kind]}:{body[1:]}"
    else:
        name, _, pad = SET_OF[kind]
        length, code = (pad, body) if pad else (read_number(body[0]), body[1:])
        food = f"{name}:{str(read_number(code)).zfill(length)}"
    return Item(food, read_number(amount) / (1 if letter == kind else 10), off)


def decode_items(text: str) -> Iterator[Item]:
    """The foods of a meal; those before a fault are given before it is raised."""
    return map(decode_item, item_texts(text))


# Parts -------------------------------------------------------------------------------------------


def encode_person(person: Person) -> str:
    """Who a plan is for."""
    stage, diet = STAGE_CODES[person.life_stage], DIET_CODES[person.diet]
    return "_".join((digits(person.age_years), stage, diet, person.reference_set, MARKET_CODES[person.shops_in]))


def decode_person(text: str) -> tuple[Person, bool]:
    """Who a plan is for, and whether the place where they shop is known; the rest is kept where it is not."""
    age, stage, diet, reference_set, *shops_in = text.split("_")
    stages = {code: member for member, code in STAGE_CODES.items()}
    diets = {code: member for member, code in DIET_CODES.items()}
    markets = {code: member for member, code in MARKET_CODES.items()}
    person = Person(read_number(age), stages[stage], diets[diet], reference_set=reference_set)
    try:
        return replace(person, shops_in=markets["_".join(shops_in)] if shops_in else None), True
    except KeyError:
        return person, False


def encode_keys(keys: Iterable[str]) -> str:
    """Words of a list: what is left out, conditions."""
    return "_".join(keys)


def decode_keys(text: str) -> tuple[str, ...]:
    """The words of a list."""
    keys = tuple(text.split("_")) if text else ()
    if any(not KEY.fullmatch(key) for key in keys):
        raise PlanError("word-unknown")
    return keys


def encode_day(day: Day) -> str:
    """A day: its name, its meals, and its marks."""
    meals = ("".join(map(encode_item, meal)) for meal in day.meals)
    joined = "".join(MEAL_LETTERS[name] for pair in day.joined for name in pair)
    missing = [LEFT_OUT + digits(day.lines_left_out)] if day.lines_left_out else []
    marks = [*([joined] if joined else []), *missing, *([NOTHING_EATEN] if day.nothing_eaten else [])]
    return "_".join((digits(DAY_NAMES.index(day.name)), *meals, *marks))


def decode_joined(text: str) -> tuple[tuple[str, str], ...]:
    """Which meals are eaten within four hours of each other."""
    names = {letter: meal for meal, letter in MEAL_LETTERS.items()}
    return tuple((names[text[n]], names[text[n + 1]]) for n in range(0, len(text), 2))


def decode_day(text: str) -> tuple[Day, Fault | None]:
    """A day and what was wrong with it; what stands before the fault in a meal is kept."""
    name, *meals = text.split("_")
    number = read_number(name)
    if number >= len(DAY_NAMES):
        raise PlanError("day-without-name")
    wrong = None if len(meals) >= len(MEALS) else fault("meal-missing")
    read = []
    for meal in meals[: len(MEALS)]:
        items: list[Item] = []
        try:
            items.extend(each(decode_items(meal), items))
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
            day = replace(day, lines_left_out=read_number(marks.pop().removeprefix(LEFT_OUT)))
        except PlanError:
            wrong = wrong or fault("left-out-unreadable")
    if nothing_eaten and day.has_foods:
        wrong = wrong or fault("nothing-eaten-but-foods")
    try:
        return replace(day, joined=decode_joined("".join(marks))), wrong
    except (PlanError, KeyError, IndexError):
        return day, wrong or fault("joined-unreadable")


def each(items: Iterator[Item], into: list[Item]) -> list[Item]:
    """Moves items over one by one, so that those before a fault are kept."""
    for item in items:
        into.append(item)
    return []


def tenths(amount: float) -> str:
    """An amount in tenths."""
    return digits(round(amount * 10))


def encode_supplement(s: Supplement) -> str:
    """A supplement: form, dose, how often, whether with food (a capital where the dose is in thousandths of a µg, not in tenths)."""
    tenths_will_do = s.dose_ug == round(s.dose_ug, 1)
    food = WITH_FOOD[s.with_food]
    return "-".join(
        (
            digits(SUPPLEMENT_FORMS.index(s.form)),
            tenths(s.dose_ug) if tenths_will_do else thousandths(s.dose_ug),
            digits(round(s.times_per_week * 10_000)),
            food if tenths_will_do else food.upper(),
        )
    )


def decode_supplement(text: str) -> Supplement:
    """A supplement from its text."""
    form, dose, times, food = text.split("-")
    if food.lower() not in WITH_FOOD.values():
        raise PlanError("supplement-cut-off")
    dose_ug = read_number(dose) / (10 if food.islower() else 1000)
    return Supplement(SUPPLEMENT_FORMS[read_number(form)], dose_ug, read_number(times) / 10_000, food.lower() == WITH_FOOD[True])


def label_text(label: str) -> str:
    """A label in the link's alphabet: letters and digits as they are, anything else as -code point-."""
    return "".join(c if c in VALUE else f"-{digits(ord(c))}-" for c in label)


def text_label(text: str) -> str:
    """A label from the link's alphabet."""
    parts = text.split("-")
    return "".join(part if n % 2 == 0 else chr(read_number(part)) for n, part in enumerate(parts))


def thousandths(amount: float | None) -> str:
    """An amount in thousandths; empty where unknown."""
    return "" if amount is None else digits(round(amount * 1000))


def encode_own(own: OwnFood) -> str:
    """A food from a label."""
    fields = (
        own.key,
        label_text(own.label),
        thousandths(own.b12_ug_per_100g),
        thousandths(own.added_ug_per_100g),
        tenths(own.serving_g),
        OWN_DIETS[own.diet],
    )
    return "_".join(fields)


def decode_own(text: str) -> OwnFood:
    """A food from a label, from its text."""
    key, label, b12, added, serving, diet = text.split("_")
    diets = {code: name for name, code in OWN_DIETS.items()}
    amounts = [read_number(a) / 1000 if a else None for a in (b12, added)]
    return OwnFood(key, text_label(label), amounts[0], amounts[1], read_number(serving) / 10, diets[diet])


def encode_content(plan: Plan) -> list[str]:
    """Days, supplements and own foods of a plan, each list with its length in front."""
    return [
        digits(len(plan.days)),
        *map(encode_day, plan.days),
        digits(len(plan.supplements)),
        *map(encode_supplement, plan.supplements),
        digits(len(plan.own_foods)),
        *map(encode_own, plan.own_foods),
        DISLIKES + "".join(encode_item(Item(food, 0)) for food in plan.dislikes),
    ]


def decode_dislikes(text: str) -> tuple[str, ...]:
    """Foods that are not to be suggested."""
    return tuple(item.food for item in decode_items(text.removeprefix(DISLIKES)))
