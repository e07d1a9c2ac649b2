"""A text that somebody typed, or that a file holds, as an amount: read, asked about, or refused."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import floor, prod
from typing import Final

from dashboard.quantities.numerals import SPELT, number_or_times, numeral, plain_digits
from dashboard.tables.units import Unit, Units

TEXT_MAX: Final = 200
#: Number words that may stand beside another number word: half a dozen.
_MULTIPLES: Final = (0.25, 0.5, 1.0, 12.0)
_TIMES: Final = re.compile(r"(?:[xX×*·]|mal\b|times\b) ?(?=[0-9.,])")
_RANGE: Final = re.compile(r"(?:-|/|to\b|or\b|bis\b|oder\b|à\b|a\b|ou\b|o\b) ?(?=[0-9])")
#: Between two numbers these may also mean "of … each": "2 à 100 g".
_EACH: Final = ("à", "a")
_AND: Final = re.compile(r"(?:and|und|et|y|&|\+)\s", re.IGNORECASE)
_ASIDE: Final = re.compile(r"\(([^()]*)\)")
_MIXED_BY_HYPHEN: Final = re.compile(r"\d+ ?- ?([1-9]) ?/ ?(\d+)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount that can mean one thing only.

    ``value`` counts ``unit`` (None: no unit of units.csv was written). ``rest`` is what was written after it ("boiled
    eggs"), ``aside`` what stood in brackets. ``count`` is 3 for "3 x 25", whose ``value`` is 75. ``bound``: "less" for
    "<0,5", "more" for ">2000", else empty.
    """

    value: float
    unit: Unit | None
    text: str
    rest: str = ""
    aside: str = ""
    count: float = 1.0
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """An amount that can mean several things; ``readings`` are all of them, for the reader to choose.

    ``code``: thousands ("1,000" is one or one thousand), range ("2-3"), measure (the food has several that fit).
    """

    code: str
    readings: tuple[Quantity, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A text that is no amount, and why.

    ``code``: empty, long, no-number, negative, malformed (follows no custom of writing numbers), two-numbers,
    extra (words after the amount), bound ("<" where an amount is needed), several ("3 x" where one dose is needed), whole, no-unit,
    unknown-unit, other-unit,
    no-measure (the food has no such measure), too-small, too-large. ``unit``, ``low`` and ``high`` are those of the field.
    """

    code: str
    text: str
    unit: str = ""
    low: float | None = None
    high: float | None = None


def tidy(value: float) -> float:
    """A number without the noise of binary arithmetic: 0.38 mg is 380 µg, not 380.00000000000006."""
    return float(f"{value:.12g}")


def read(text: str, units: Units, decimal: str = "") -> Quantity | Question | Refusal:
    """Reads an amount as people write it: "2,4", "1 000", "½", "1 1/2", "3 x 25", "2 cups", "<0,5", "15 %".

    Parameters
    ----------
    decimal
        "," or "." where the writer's decimal mark is known, so that "1,000" needs no question.
    """
    if len(text) > TEXT_MAX:
        return Refusal("long", text[:TEXT_MAX])
    left = plain_digits(text)
    if not left:
        return Refusal("empty", text)
    bound = ""
    for _ in range(2):
        word, after = _leading_word(left, units)
        if word and word.kind in ("about", "bound"):
            bound, left = (word.unit if word.kind == "bound" else bound), after
    if re.match(r"- ?[0-9.,]", left):
        return Refusal("negative", text)
    return _counted(left.removeprefix("+ ").removeprefix("+"), text, bound, units, decimal)


def _leading_word(left: str, units: Units) -> tuple[Unit | None, str]:
    """The unit that a text begins with; signs like "<" and "~" need no space after them."""
    for size in (2, 1):
        sign = left[:size]
        if len(sign) == size and not any(c.isalnum() or c.isspace() for c in sign) and sign in units.by_word:
            return units.by_word[sign], left[size:].lstrip()
    return units.leading(left)


def _counted(left: str, text: str, bound: str, units: Units, decimal: str) -> Quantity | Question | Refusal:
    """An amount that starts with its number, in figures or as a word."""
    if either := number_or_times(left):
        number, (times, counted), rest = either
        made = [_with_unit(number, rest, text, bound, units), _with_unit(times * counted, rest, text, bound, units, count=times)]
        return _one_of("thousands", made, text)
    values, rest = numeral(left, decimal)
    if not values and left[:1].isdigit():
        return Refusal("malformed", text)
    if not values:
        values, rest = _in_words(left, units)
    if not values:
        return Refusal("no-number", text)
    rest = rest.strip()
    if found := _TIMES.match(rest):
        each, rest = numeral(rest[found.end() :], decimal)
        if not each:
            return Refusal("malformed", text)
        made = [_with_unit(tidy(n * one), rest, text, bound, units, count=n) for n in values for one in each]
        return _one_of("thousands", made, text)
    if found := _RANGE.match(rest):
        upper, after = numeral(rest[found.end() :], decimal)
        if not upper or rest.startswith("/"):
            return Refusal("malformed", text)
        mixed = _MIXED_BY_HYPHEN.match(left)
        # "2-1/2 cups" is two and a half in American recipes.
        both = [whole + part for whole in values for part in upper if part < 1] if mixed else []
        made = [_with_unit(value, after, text, bound, units) for value in (*both, *values, *upper)]
        if found[0].strip() in _EACH:
            made += [_with_unit(tidy(n * one), after, text, bound, units, count=n) for n in values for one in upper]
        return _one_of("range", made, text)
    if _AND.match(rest) and (numeral(plain_digits(rest.partition(" ")[2]))[0] or _in_words(rest.partition(" ")[2], units)[0]):
        return Refusal("two-numbers", text)
    return _one_of("thousands", [_with_unit(value, rest, text, bound, units) for value in values], text)


def _in_words(left: str, units: Units) -> tuple[tuple[float, ...], str]:
    """The number that words say, "half a" or "two dozen", and the rest of the text."""
    said: list[float] = []
    while True:
        unit, after = units.leading(left)
        if unit is None or unit.kind != "number" or unit.factor is None:
            break
        said.append(unit.factor)
        left = after
    if not said or sum(factor not in _MULTIPLES for factor in said) > 1:
        return (), left
    return (prod(said),), left


def _with_unit(value: float, rest: str, text: str, bound: str, units: Units, count: float = 1.0) -> Quantity | Refusal:
    """The amount with its unit and what stands behind it."""
    rest = rest.strip()
    if rest[:1].isdigit():
        return Refusal("two-numbers", text)
    more, after = _in_words(rest, units)
    word, _ = units.leading(rest)
    if word and word.kind == "number" and word.factor not in _MULTIPLES:
        # "1 seven up", "5 five": behind a numeral such a word multiplies nothing, it is part of a name.
        return Quantity(value, None, text, rest, "", count, bound)
    if more:
        value, rest = tidy(value * more[0]), after
    unit, rest = units.leading(rest)
    if unit and unit.kind not in ("number", "about", "bound"):
        rest = rest.strip()
    elif unit:
        return Refusal("malformed", text)
    if unit and _AND.match(rest) and (numeral(rest.partition(" ")[2])[0] or _in_words(rest.partition(" ")[2], units)[0]):
        return Refusal("two-numbers", text)
    aside = " ".join(_ASIDE.findall(rest)).strip()
    rest = " ".join(_ASIDE.sub(" ", rest).split()).strip(" ,;:.")
    if rest and not SPELT.match(rest):
        return Refusal("malformed", text)
    return Quantity(value, unit, text, rest, aside, count, bound)


def _one_of(code: str, made: list[Quantity | Refusal], text: str) -> Quantity | Question | Refusal:
    refused = next((reading for reading in made if isinstance(reading, Refusal)), None)
    if refused:
        return refused
    readings = tuple(dict.fromkeys(reading for reading in made if isinstance(reading, Quantity)))
    return readings[0] if len(readings) == 1 else Question(code, readings, text)


def read_in(
    text: str,
    units: Units,
    unit: str,
    low: float = 0.0,
    high: float = float("inf"),
    *,
    decimal: str = "",
    bounds: bool = False,
    several: bool = True,
    whole: bool = False,
) -> Quantity | Question | Refusal:
    """Reads what was typed into a field that holds one unit. ``value`` of the answer is in that unit.

    Parameters
    ----------
    unit
        The field's unit as units.csv names it (µg, g, pmol/L, %); empty for a bare number (times a week, years). A number without a
        unit is taken in it, one with another unit of the same kind is converted.
    low, high
        Limits of what can be typed, in the field's unit. A question keeps all its readings: one beyond the limits
        must not make the other one look certain.
    bounds
        Whether "<0,5" is an answer, as on a laboratory's report. Elsewhere it is refused.
    several
        Whether "3 x 25" is an answer. It is not for one dose: three small doses are not one large one.
    whole
        Whether only whole numbers are answers. Of an amount in another unit the full ones count: a child of 18 months is 1 year old.
    """
    field = units[unit] if unit else None
    found = read(text, units, decimal)
    if isinstance(found, Refusal):
        return replace(found, unit=unit, low=low, high=high)
    if isinstance(found, Question):
        fitted = [_fitted(reading, field, low, high, bounds, several, whole) for reading in found.readings]
        fine = [reading for reading in fitted if isinstance(reading, Quantity)]
        if not fine:
            return next(reading for reading in fitted if isinstance(reading, Refusal))
        return replace(found, readings=tuple(fine))
    return _fitted(found, field, low, high, bounds, several, whole)


def _fitted(found: Quantity, field: Unit | None, low: float, high: float, bounds: bool, several: bool, whole: bool) -> Quantity | Refusal:
    def refused(code: str) -> Refusal:
        return Refusal(code, found.text, field.unit if field else "", low, high)

    if found.rest or found.aside:
        return refused("unknown-unit" if found.unit is None else "extra")
    if found.bound and not bounds:
        return refused("bound")
    if found.count != 1 and not several:
        return refused("several")
    value = found.value
    if found.unit is not None and found.unit is not field:
        if field is None or found.unit.kind != field.kind or not found.unit.factor or not field.factor:
            return refused("other-unit")
        value = tidy(value * found.unit.factor / field.factor)
        value = float(floor(value)) if whole else value
    if whole and value != int(value):
        return refused("whole")
    if not low <= value <= high:
        return refused("too-small" if value < low else "too-large")
    return replace(found, value=value, unit=field)
