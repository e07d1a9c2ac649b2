"""Food records kept elsewhere become a plan: a plain CSV, or the items file of ASA24.

A line is taken over only when it names a food beyond doubt; every other line is listed with the foods it
may mean, for the reader to choose. Nothing is guessed.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dashboard.plan import DAY_NAMES, DAYS_MAX, MEALS, Day, Item, OwnFood, Plan, PlanError
from dashboard.tables.foods import Food

ROWS_MAX: Final = 3000
SIZE_MAX: Final = 2_000_000
CANDIDATES: Final = 5
PLAIN: Final = ("day", "meal", "food", "amount", "unit")
ASA24: Final = ("foodcode", "foodamt")
#: Weights and volumes; a millilitre is taken as a gram, which is right for drinks to a few per cent.
GRAMS_PER: Final[Mapping[str, float]] = {"g": 1, "gram": 1, "grams": 1, "kg": 1000, "ml": 1, "l": 1000, "oz": 28.35, "lb": 453.6}
#: Occasions of ASA24 by number, to our meals; everything else is a snack.
ASA24_MEALS: Final = {"1": "breakfast", "2": "breakfast", "3": "lunch", "4": "dinner", "5": "dinner"}

Find = Callable[[str], Sequence[Food]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a record. ``item`` None: the food or its amount has to be chosen among ``candidates``."""

    number: int
    day: str
    meal: str
    text: str
    amount: str
    item: Item | None = None
    own: OwnFood | None = None
    candidates: tuple[str, ...] = ()
    grams: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What a file gave: lines taken over, lines to choose, and what could not be read."""

    lines: tuple[Line, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def taken(self) -> tuple[Line, ...]:
        """Lines whose food and amount are beyond doubt."""
        return tuple(line for line in self.lines if line.item)

    @property
    def open(self) -> tuple[Line, ...]:
        """Lines that need a choice."""
        return tuple(line for line in self.lines if not line.item)


def read(data: bytes, foods: Mapping[str, Food], find: Find) -> Record:
    """Reads a record. Never raises: what cannot be read stands in ``problems``.

    Parameters
    ----------
    foods
        The food table.
    find
        Search: text -> foods, best first. Used only to offer choices.
    """
    if len(data) > SIZE_MAX:
        return Record(problems=(f"The file is larger than {SIZE_MAX // 1_000_000} MB, so it was not opened.",))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Record(problems=("The file is not text in UTF-8. Save it as “CSV UTF-8” and try again.",))
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
    except csv.Error:
        return Record(problems=("The file is not a CSV table.",))
    columns = {str(name).strip().casefold() for name in (rows[0] if rows else {})}
    problems: list[str] = []
    if len(rows) > ROWS_MAX:
        problems.append(f"Only the first {ROWS_MAX} of {len(rows)} lines were read.")
    tidy = [{str(k).strip().casefold(): _cell(v) for k, v in row.items()} for row in rows[:ROWS_MAX]]
    if set(ASA24) <= columns:
        lines = [_asa24(n, row, foods) for n, row in enumerate(tidy, 2)]
    elif set(PLAIN) <= columns:
        lines = [_plain(n, row, foods, find) for n, row in enumerate(tidy, 2)]
    else:
        return Record(problems=(f"The file needs the columns {', '.join(PLAIN)}, or it has to be an ASA24 items file.",))
    return Record(tuple(line for line in lines if line.text), tuple(problems))


def _cell(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _number(text: str) -> float | None:
    plain = text.replace(",", ".").replace("½", ".5").replace("¼", ".25").replace("¾", ".75").strip()
    fraction = re.fullmatch(r"(\d+) */ *(\d+)", plain)
    try:
        return float(fraction[1]) / float(fraction[2]) if fraction else float(plain)
    except (ValueError, ZeroDivisionError):
        return None


def _day(text: str) -> str:
    """The day's name as the app keeps it: a weekday, or Day 1, Day 2 …; other names stay as they are."""
    for name in DAY_NAMES:
        if text.casefold() in (name.casefold(), name[:3].casefold()):
            return name
    number = re.search(r"\d+", text)
    if number and len(text) <= len("Day 31") and 1 <= int(number[0]) <= DAYS_MAX:
        return f"Day {int(number[0])}"
    return text


def _meal(text: str) -> str:
    plain = text.casefold()
    if plain in ("supper", "evening meal", "tea"):
        return "dinner"
    return next((meal for meal in MEALS if plain.startswith(meal) or plain + "s" == meal), "snack" if "snack" in plain else plain)


def _grams(amount: str, unit: str, food: Food | None) -> float | None:
    """An amount in grams: a weight, or a household measure that the food's own list knows."""
    count = _number(amount)
    if count is None:
        return None
    plain = unit.casefold().rstrip(".")
    if plain in GRAMS_PER:
        return count * GRAMS_PER[plain]
    for portion in food.portions if food else ():
        label = portion.label.casefold().partition(" (")[0]
        if label in (f"1 {plain}", f"1 {plain.removesuffix('s')}", plain):
            return count * portion.grams
    return None


def _plain(number: int, row: Mapping[str, str], foods: Mapping[str, Food], find: Find) -> Line:
    line = Line(number, _day(row["day"]), _meal(row["meal"]), row["food"], f"{row['amount']} {row['unit']}".strip())
    if not line.text:
        return line
    food = foods.get(line.text) or _same_name(line.text, foods)
    grams = _grams(row["amount"], row["unit"], food)
    if line.meal not in MEALS:
        return replace(
            line,
            meal="snack",
            candidates=_offer(line.text, food, find),
            grams=grams,
            reason=f"“{row['meal'][:40]}” is not one of the four meals",
        )
    if food is None:
        return replace(line, candidates=_offer(line.text, None, find), grams=grams, reason="no food of exactly this name")
    if grams is None:
        return replace(line, candidates=(food.id,), reason=f"“{line.amount[:40]}” is not a weight or a measure of this food")
    return _taken(line, food.id, grams)


def _same_name(text: str, foods: Mapping[str, Food]) -> Food | None:
    wanted = text.casefold()
    same = [f for f in foods.values() if wanted in (f.name.casefold(), f.usda_description.casefold())]
    return same[0] if len(same) == 1 else None


def _offer(text: str, food: Food | None, find: Find) -> tuple[str, ...]:
    return (food.id,) if food else tuple(f.id for f in find(text)[:CANDIDATES])


def _taken(line: Line, food_id: str, grams: float, own: OwnFood | None = None) -> Line:
    try:
        return replace(line, item=Item(food_id, grams), own=own)
    except PlanError as error:
        return replace(line, candidates=(food_id,), reason=str(error).rstrip("."))


def _asa24(number: int, row: Mapping[str, str], foods: Mapping[str, Food]) -> Line:
    """A line of an ASA24 items file: FoodCode is an FNDDS code, FoodAmt grams, VB12 µg in that amount."""
    day = row.get("recorddayno") or row.get("recallno") or "1"
    meal = ASA24_MEALS.get(row.get("occ_name", ""), "snack")
    text = row.get("food_description") or f"FNDDS food {row['foodcode']}"
    line = Line(number, _day(f"Day {day}"), meal, text, f"{row['foodamt']} g")
    grams, code = _number(row["foodamt"]), row["foodcode"].partition(".")[0]
    if grams is None or not re.fullmatch(r"\d{8}", code):
        return replace(line, reason="no food code or no amount that can be read")
    if f"fndds:{code}" in foods:
        return _taken(line, f"fndds:{code}", grams)
    b12 = _number(row.get("vb12", ""))
    added = _number(row.get("add_vb12", ""))
    per_100g = None if b12 is None or not grams else 100 * b12 / grams
    try:
        share = None if per_100g is None or added is None or not grams else min(100 * added / grams, per_100g)
        own = OwnFood(f"fndds-{code}", text, per_100g, share)
    except PlanError as error:
        return replace(line, reason=str(error).rstrip("."))
    return _taken(line, own.id, grams, own)


def choose(line: Line, food: Food, grams: float) -> Line:
    """An open line with the food and amount that the reader has chosen."""
    return _taken(line, food.id, grams)


def to_plan(plan: Plan, lines: Sequence[Line]) -> Plan:
    """The plan with its days replaced by those of a record's lines that are taken.

    Raises
    ------
    PlanError
        When no line is taken, or the record has more days than a plan.
    """
    days: dict[str, list[list[Item]]] = {}
    own = {food.key: food for food in plan.own_foods}
    for line in lines:
        if line.item is None:
            continue
        meals = days.setdefault(line.day, [[] for _ in MEALS])
        meals[MEALS.index(line.meal)].append(line.item)
        if line.own:
            own[line.own.key] = line.own
    if not days:
        raise PlanError("No line of the record could be taken over.")
    if len(days) > DAYS_MAX:
        raise PlanError(f"The record has {len(days)} days; a plan holds {DAYS_MAX} at most.")
    made = [
        Day(name if name in DAY_NAMES else f"Day {n}", tuple(tuple(meal) for meal in meals))
        for n, (name, meals) in enumerate(days.items(), 1)
    ]
    return replace(plan, days=tuple(made), own_foods=tuple(own.values()))
