"""A meal in one line of words, "2 eggs boiled, toast with butter, latte": its foods, each with an amount to confirm."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.foods.lexicon import stems, words
from dashboard.plan import GRAMS_DECIMALS, GRAMS_MAX, ITEMS_PER_MEAL_MAX, holds
from dashboard.quantities import Quantity, Question, Refusal, read
from dashboard.quantities.portions import read_grams
from dashboard.tables.foods import Food
from dashboard.tables.units import Units

TEXT_MAX: Final = 400
FOODS_MAX: Final = ITEMS_PER_MEAL_MAX
CANDIDATES: Final = 3
#: The least amount of a food that a plan holds. [g]
GRAMS_MIN: Final = 0.1
#: Between foods: a comma that is no decimal mark, a semicolon, a plus, a new line, a stroke before a number ("milk/2 eggs").
_PARTS: Final = re.compile(r"[;+\n]|,(?!\d)|(?<=[^\W\d]),|(?<=\)),|(?<=[^\W\d])\s*/\s*(?=\d)")
#: What stands before the foods of a list: "- 2 eggs", "1) 2 eggs".
_BULLET: Final = re.compile(r"^(?:[-–—*•▪◦·]\s+|\d{1,2}\)\s+)")
#: A number that is no part of a name, as "12" of B12, "5-grain" and 2 % are.
_NUMBER: Final = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?(?![\w.,-]|\s?%)")
#: Between two foods, unless the two together are one ("fish and chips", "pasta with tomato sauce").
_JOINED: Final = re.compile(r"\s+(?:and|with|plus|und|mit|et|avec|aux?|y|con|&)\s+", re.IGNORECASE)
#: What somebody did not eat: "coffee without milk", "oat drink, not fortified", "no eggs".
_WITHOUT: Final = re.compile(r"\b(?:(?:without|not|ohne|sans|sin)\s+(?P<all>.*)|(?:no|kein[ense]?)\s+(?P<one>\S+))", re.IGNORECASE)
_OF: Final = re.compile(r"^(?:of|de|d'|von|du|del)\s+", re.IGNORECASE)
#: An amount behind the food: "salmon 150 g", "toast x 2".
_BEHIND: Final = re.compile(r"^(?P<food>\D*?[^\W\d]\D*?)[\s:=]+(?:[x×]\s*(?P<times>\d+)|(?P<amount>\d.*))$", re.IGNORECASE)
#: Kinds of units that weigh or count a food. A percentage is a kind of milk or cheese.
_OF_FOOD: Final = ("mass", "volume", "measure", "count")

Find = Callable[[str], Sequence[Food]]


@dataclass(frozen=True, slots=True)
class Weighed:
    """How much of one food some words may mean.

    grams
        Every weight they may mean; none where they cannot be weighed. [g]
    measured
        Whether a weight or a measure of the food was typed. Otherwise it is one usual portion, or so many of them.
    unclear
        Why there is not exactly one weight: a question or a refusal.
    """

    grams: tuple[float, ...]
    measured: bool
    unclear: Question | Refusal | None = None


@dataclass(frozen=True, slots=True)
class TypedFood:
    """One food of a line of words.

    part
        Which part of the line it stood in, from 0: toast and butter of "toast with butter" share one.
    text
        The words for it, with its amount, as they were typed.
    foods
        The best matches, best first; empty when there is none.
    amount_typed
        Whether an amount stands beside the food's name.
    weighed
        How much the words come to, of the first match.
    """

    part: int
    text: str
    foods: tuple[Food, ...]
    amount_typed: bool
    weighed: Weighed

    @property
    def grams(self) -> float | None:
        """The amount of the first match. None: it has to be said, or there is no food. [g]"""
        return self.weighed.grams[0] if self.weighed.grams and self.weighed.unclear is None else None

    @property
    def measured(self) -> bool:
        """Whether the amount was typed. Otherwise it is a guess to be confirmed."""
        return self.weighed.measured


def read_meal(text: str, find: Find, units: Units) -> tuple[TypedFood, ...]:
    """The foods of a line of words, in its order. Nothing is taken over: each is to be confirmed.

    No words are lost: what stands behind the first :data:`FOODS_MAX` foods is not looked for and has no food.

    Parameters
    ----------
    find
        Search: words -> foods, best first.
    """
    parts = [part for said in _PARTS.split(text[:TEXT_MAX]) if (part := _BULLET.sub("", said.strip()))]
    read_foods: list[TypedFood] = []
    for n, part in enumerate(parts):
        if len(read_foods) < FOODS_MAX:
            read_foods += [_food(n, said, one, find, units) for said, one in _foods_of(part, find, units)]
        else:
            read_foods.append(TypedFood(n, part, (), False, Weighed((), False)))
    return tuple(read_foods)


def weigh(text: str, food: Food, units: Units) -> Weighed:
    """How much of a food the words for it come to: "2 eggs boiled", "salmon 150 g"; one usual portion where they do not say."""
    found, name = _amount_and_name(text, units)
    if not isinstance(found, Refusal) and _NUMBER.search(name):
        # "eggs 2", "eggs 2 milk": nobody knows what the other number counts.
        return Weighed((), False, Refusal("two-numbers" if found else "no-unit", text))
    usual = food.portions[0].grams if food.portions else None
    if found is None:
        return Weighed((usual,), False) if usual is not None else Weighed((), False, Refusal("no-unit", text))
    if isinstance(found, Refusal):
        return Weighed((), False, found)
    readings = found.readings if isinstance(found, Question) else (found,)
    weighed = [_weigh(reading, food, units, usual) for reading in readings]
    grams = tuple(dict.fromkeys(_as_held(g) for one in weighed for g in one.grams if GRAMS_MIN <= round(g, 1) <= GRAMS_MAX))
    if not grams:
        outside = [g for one in weighed for g in one.grams]
        code = "too-large" if any(g > GRAMS_MAX for g in outside) else "too-small"
        why = Refusal(code, text, "g", GRAMS_MIN, GRAMS_MAX) if outside else weighed[0].unclear
        return Weighed((), weighed[0].measured, why)
    measured = all(one.measured for one in weighed)
    unclear = next((one.unclear for one in weighed if one.unclear), found if isinstance(found, Question) else None)
    if len(grams) == 1 and len(readings) == 1:
        unclear = None
    return Weighed(grams, measured, unclear)


def _as_held(grams: float) -> float:
    """A weight as a plan holds it; 0.25 g, which it would hold as another, stays what it is and is refused there. [g]"""
    return round(grams, GRAMS_DECIMALS) if holds(grams, GRAMS_DECIMALS) else grams


def _weigh(found: Quantity, food: Food, units: Units, usual: float | None) -> Weighed:
    if found.bound:
        return Weighed((), False, Refusal("bound", found.text))
    refused: Refusal | None = None
    if found.aside and not _weighable(found.aside, units):
        return Weighed((), True, Refusal("extra", found.text))
    for amount in _ways_to_say(found):
        weighed = read_grams(amount, food, units)
        if isinstance(weighed, Quantity):
            return Weighed((weighed.value,), True)
        if isinstance(weighed, Question):
            return Weighed(tuple(reading.value for reading in weighed.readings), True, weighed)
        refused = refused or weighed
    if found.unit is None and usual is not None and not found.aside:
        return Weighed((found.value * usual,), False)
    return Weighed((), True, Refusal(refused.code if refused else "no-unit", found.text, "g"))


def _foods_of(part: str, find: Find, units: Units) -> Iterator[tuple[str, Food | None]]:
    """A part as one food, or as the two that are joined in it; with the food whose name joins them."""
    pieces = _JOINED.split(part)
    one = _joined_food(_amount_and_name(part, units)[1], find) if len(pieces) > 1 else None
    if len(pieces) == 1 or one or not all(_amount_and_name(piece, units)[1] for piece in pieces[:-1]):
        # "1 and 1/2 cups of milk", "a cup and a half of milk": the first piece names no food.
        yield part, one
    else:
        yield from ((piece, None) for piece in pieces if piece)


def _joined_food(text: str, find: Find) -> Food | None:
    """The food whose own name joins these words: "coffee with milk" is one food, "toast with butter" is two.

    A name that merely holds them all is another food: bread and butter is no peanut butter sandwich.
    """
    wanted = set(stems(words(_JOINED.sub(" ", text))))
    bearing = [food for food in find(text)[:CANDIDATES] if wanted <= set(stems(words(food.name)))]
    joining = [food for food in bearing if _JOINED.search(food.name)]
    short = [food for food in bearing if len(words(food.name.partition(",")[0])) <= len(wanted)]
    return next(iter([*joining, *short]), None)


def _amount_and_name(text: str, units: Units) -> tuple[Quantity | Question | Refusal | None, str]:
    """The amount in the words for a food and the food's name. No amount: None. No name: empty. Two per cent of milk is a name."""
    behind = _BEHIND.match(text)
    if behind:
        amount = read(behind["amount"] or behind["times"], units)
        first = amount.readings[0] if isinstance(amount, Question) else amount
        if isinstance(first, Quantity) and not first.rest and (behind["times"] or (first.unit and first.unit.kind in _OF_FOOD)):
            return amount, behind["food"].strip(" ,:")
    found = read(text, units)
    if isinstance(found, Refusal):
        return (None if found.code == "no-number" else found), text
    first = found.readings[0] if isinstance(found, Question) else found
    if first.unit is not None and first.unit.kind not in _OF_FOOD:
        return None, text
    size = f"{first.unit.unit} " if first.unit and first.unit.unit in ("small", "medium", "large") else ""
    told = f" {first.aside}" if first.aside and not _weighable(first.aside, units) else ""
    name = _OF.sub("", f"{size if first.rest else ''}{first.rest}{told}")
    unit, beyond = units.leading(name)
    return found, "" if unit and not beyond else name


def _weighable(aside: str, units: Units) -> bool:
    """Whether a bracket holds an amount, "(30 g)", and no words about the food, "(only the whites)"."""
    found = read(aside, units)
    return isinstance(found, Quantity) and found.unit is not None and not found.rest


def _eaten(name: str, find: Find) -> Sequence[Food]:
    """The foods of a name, best first, and none that is what the words say was not eaten."""
    left_out = _WITHOUT.search(name)
    if not name:
        return ()
    rest = f"{name[: left_out.start()]} {name[left_out.end() :]}" if left_out else name
    if not any(sign.isalpha() for sign in rest):
        return ()
    if not left_out:
        return find(name)
    not_eaten = set(stems(words(left_out["all"] or left_out["one"])))
    found = dict.fromkeys((*find(name), *find(rest)))
    return [food for food in found if not not_eaten & set(stems(words(_WITHOUT.sub(" ", food.name))))]


def _food(part: int, text: str, one: Food | None, find: Find, units: Units) -> TypedFood:
    amount, name = _amount_and_name(text, units)
    found = _eaten(name, find)
    foods = (*((one,) if one else ()), *(food for food in found[:CANDIDATES] if food is not one))
    weighed = weigh(text, foods[0], units) if foods else Weighed((), False)
    return TypedFood(part, text, foods, amount is not None, weighed)


def _ways_to_say(found: Quantity) -> Iterator[str]:
    """An amount without the food's name: with its unit, or with each word behind it as the measure (2 eggs)."""
    aside = f" ({found.aside})" if found.aside else ""
    if found.unit is not None:
        yield f"{found.value:g} {found.unit.unit}{aside}"
        yield f"{found.value:g} {found.unit.unit} {found.rest}{aside}"
        return
    for word in found.rest.split():
        yield f"{found.value:g} {word}{aside}"
