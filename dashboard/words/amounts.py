"""How amounts are said: numbers, micrograms, household measures, counts, names in a row. Every other text uses these."""

from __future__ import annotations

import re
from typing import Final

from dashboard.estimate.reference import Need, Target
from dashboard.tables.foods import Food, Portion
from dashboard.tables.science import Band


def number(amount: float) -> str:
    """An amount with as many decimals as it deserves: 0.05, 0.9, 13.3, 1,000."""
    if abs(amount) >= 100:
        return f"{amount:,.0f}"
    if abs(amount) < 0.005:
        return "0"
    if abs(amount) < 0.095:
        return f"{amount:.2f}"
    return f"{amount:.1f}".removesuffix(".0") if abs(amount) >= 10 else f"{amount:.1f}"


#: Keeps what stands on both sides on one line.
NO_BREAK: Final = "\u00a0"
_SPACES: Final = re.compile(rf"[^\S{NO_BREAK}]+")
_BEFORE_SIGN: Final = re.compile(r"(?<=\d) (?=%)")


def percent(amount: float, decimals: int = 0) -> str:
    """An amount of a hundred, never parted from its sign: '44 %'."""
    return f"{amount:.{decimals}f}{NO_BREAK}%"


def one_line(text: str) -> str:
    """A text on one line, in which a number and its percent sign stay together."""
    return _BEFORE_SIGN.sub(NO_BREAK, _SPACES.sub(" ", text).strip())


#: Where nobody knows a figure. It is never said as zero.
NO_VALUE: Final = "no value"
#: What a published target is called, where its short name in the tables is no word of its own.
KINDS: Final = {"estimate": "estimated value"}


def target_kind(target: Target | Need) -> str:
    """What a published value is: RDA, AI, estimated value."""
    return KINDS.get(target.kind, target.kind)


def amount_ug(amount: float | None) -> str:
    """An amount in µg as it is said: 'none' for 0, 'no value' for unknown."""
    if amount is None:
        return NO_VALUE
    if amount == 0:
        return "none"
    if abs(amount) < 0.005:
        return "under 0.01 µg"
    return f"{number(amount)} µg"


def dose_ug(amount: float) -> str:
    """A dose as the plan holds it, with all its decimals: '0.25 µg', '1,000 µg'. What somebody has typed is said back as it was."""
    return f"{amount:,.8g} µg" if amount else amount_ug(amount)


def band_ug(band: Band) -> str:
    """A figure with its band: '0.9 µg (0.7 to 1.1)'."""
    if band.high < 0.005:
        return amount_ug(band.high)
    return f"{amount_ug(band.value)} ({number(band.low)} to {number(band.high)})"


def a_day(said: str) -> str:
    """An amount of each day: '0.9 µg a day'. That there is none is said as it is."""
    return said if said == amount_ug(0) else f"{said} a day"


def grams(amount: float) -> str:
    """A weight."""
    return f"{amount:,.0f} g" if amount >= 10 else f"{amount:g} g"


_FRACTIONS: Final = {0.25: "¼", 0.33: "⅓", 0.5: "½", 0.67: "⅔", 0.75: "¾"}


def times(count: float) -> str:
    """How many of a measure: ½, 1, 1½, 2.3."""
    whole, rest = divmod(round(count, 2), 1)
    fraction = next((sign for part, sign in _FRACTIONS.items() if abs(rest - part) < 0.011), None)
    if rest < 0.005:
        return f"{whole:.0f}"
    if fraction:
        return f"{whole:.0f}{fraction}" if whole else fraction
    return f"{count:.1f}"


_MEASURE: Final = re.compile(r"(\d+) (.+)")
_HOW_MANY_MAX: Final = 8
_PART_COSTS: Final = 1.5


def best_measure(food: Food | None, weight_g: float) -> tuple[Portion, float] | None:
    """The household measure that says a weight most simply, and how many of it: few before many, whole before parts."""
    found: list[tuple[float, int, Portion, float]] = []
    for measure in food.portions if food else ():
        quarters = round(4 * weight_g / measure.grams)
        number_in_label = _MEASURE.match(measure.label)
        said = quarters / 4 * (int(number_in_label[1]) if number_in_label else 1)
        if quarters and abs(4 * weight_g / measure.grams - quarters) < 0.06 and said <= _HOW_MANY_MAX:
            found.append((said + (_PART_COSTS if quarters % 4 else 0), len(found), measure, quarters / 4))
    return min(found)[2:] if found else None


def portion(food: Food | None, weight_g: float) -> str:
    """An amount as a person says it: in the household measure that fits best, with its weight."""
    best = best_measure(food, weight_g)
    if best is None:
        return grams(weight_g)
    measure, count = best
    said = measured(count, measure.label)
    return said if said == grams(weight_g) else f"{said} ({grams(weight_g)})"


COUNTABLE: Final = frozenset(
    [
        "bar",
        "biscuit",
        "bottle",
        "bowl",
        "can",
        "cookie",
        "cracker",
        "cup",
        "egg",
        "fillet",
        "glass",
        "item",
        "jar",
        "mug",
        "nugget",
        "ounce",
        "package",
        "piece",
        "pot",
        "roll",
        "scoop",
        "slice",
        "tablespoon",
        "teaspoon",
        "wedge",
    ]
)


_WEIGHTS: Final = frozenset({"g", "ml", "oz"})


def measured(count: float, label: str) -> str:
    """So many of a household measure: '½ cup', '1 slice', '3 slices'. What a label says in brackets is left out."""
    plain = label.partition(" (")[0]
    match = _MEASURE.fullmatch(plain)
    if count == 1 or match is None:
        return plain if count == 1 else f"{times(count)} × {plain}"
    total, unit = count * int(match[1]), match[2]
    last = unit.rpartition(" ")[2]
    if unit in _WEIGHTS:
        return f"{total:g} {unit}"
    if total <= 1 and last[:-1] in COUNTABLE:
        return f"{times(total)} {unit[:-1]}"
    if total <= 1 or last.endswith("s"):
        return f"{times(total)} {unit}"
    return f"{times(total)} {unit}s" if last in COUNTABLE else f"{times(total)} × {unit}"


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def day_list(days: list[str]) -> str:
    """Names in a row: 'Monday, Tuesday and Friday'."""
    return days[0] if len(days) == 1 else f"{', '.join(days[:-1])} and {days[-1]}"
