"""What sixty people come to, one line each: the figures a reader sees, rounded, so that a difference shows what moved.

    python tests/fingerprint.py            says what moved since tests/fingerprint.json was written
    python tests/fingerprint.py --write    writes it anew; refused while something moved and RESULT_VERSION was not raised

Their meals stand here and not in the starter weeks, so that a new example week moves nothing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from dashboard.estimate import RESULT_VERSION
from dashboard.estimate.assess import assess
from dashboard.estimate.stores import DAYS_PER_YEAR, ENDS, Phase, curve, events, loss_of, plan_uptake, starting_pool_ug
from dashboard.plan import Day, Item, OwnFood, Person, Plan, Supplement
from dashboard.tables.read import load_tables
from dashboard.tables.science import Band
from dashboard.tables.tables import Tables

FILE: Final = Path(__file__).parent / "fingerprint.json"
#: A thousandth of a microgram: finer than anything that is said.
DECIMALS: Final = 3
STORES_AFTER_YEARS: Final = 10

BRAN, SOY, BARE_SOY = Item("fndds:57207000", 50), Item("fndds:11320100", 122), Item("sr:16120", 243)
MILK, YOGURT, CHEDDAR, EGG = (
    Item("fndds:11112110", 122),
    Item("fndds:11432000", 170),
    Item("fndds:14104100", 42),
    Item("fndds:31103010", 50),
)
BREAD, HUMMUS, BEANS, RICE = (
    Item("fndds:51300110", 72),
    Item("fndds:41205070", 60),
    Item("fndds:41106080", 180),
    Item("fndds:56205008", 237),
)
CHILLI, NUTS, APPLE = Item("fndds:41221020", 382.5), Item("fndds:42101000", 28.4), Item("fndds:63101000", 200)
SALMON, BOLOGNESE, TUNA, POTATOES = (
    Item("fndds:26137120", 140),
    Item("fndds:58146322", 500),
    Item("fndds:27550720", 180),
    Item("fndds:71103010", 240),
)
TEMPEH, YEAST = Item("sr:16114", 100), Item("label:nutritional-yeast", 5)

#: Breakfast, lunch, dinner and snack of three days.
MENUS: Final = {
    "vegan": (
        ((BRAN, SOY), (BREAD, HUMMUS, APPLE), (BEANS, RICE), (NUTS,)),
        ((BRAN,), (CHILLI, BREAD), (BEANS, RICE, YEAST), (APPLE, SOY)),
        ((BREAD, NUTS), (CHILLI, RICE), (TEMPEH, RICE), (SOY,)),
    ),
    "bare vegan": (
        ((BREAD, NUTS, BARE_SOY), (HUMMUS, BREAD, APPLE), (BEANS, RICE), (NUTS,)),
        ((BREAD, APPLE), (CHILLI, BREAD), (TEMPEH, RICE), (BARE_SOY,)),
        ((BREAD, NUTS), (CHILLI, RICE), (BEANS, RICE), (APPLE,)),
    ),
    "vegetarian": (
        ((BREAD, EGG), (BREAD, CHEDDAR, APPLE), (CHILLI, RICE), (MILK,)),
        ((BRAN, MILK), (BREAD, HUMMUS), (BEANS, RICE), (YOGURT,)),
        ((YOGURT, NUTS), (POTATOES, CHEDDAR), (CHILLI, RICE), (APPLE,)),
    ),
    "omnivore": (
        ((BRAN, MILK), (BREAD, EGG, APPLE), (BOLOGNESE,), (YOGURT,)),
        ((BREAD, CHEDDAR), (TUNA,), (SALMON, POTATOES), (NUTS,)),
        ((YOGURT, NUTS), (BREAD, HUMMUS), (CHILLI, RICE, MILK), (EGG,)),
    ),
}
NO_VALUE: Final = OwnFood("no-value", "No value", None)


def days(menu: str, *, joined: bool = False) -> tuple[Day, ...]:
    together = (("breakfast", "lunch"), ("dinner", "snack")) if joined else ()
    return tuple(Day(f"Day {n}", meals, together) for n, meals in enumerate(MENUS[menu], 1))


def eats(menu: str, *takes: Supplement, **person: Any) -> Plan:
    """Somebody with a menu, supplements and whatever else is told of them."""
    return Plan(Person(diet=menu.removeprefix("bare "), **person), days(menu), takes)


def _by_age() -> Iterator[tuple[str, Plan]]:
    ages = {
        "omnivore": (0, 1, 3, 6, 11, 15, 34, 51, 65, 80),
        "vegetarian": (2, 9, 34, 70),
        "vegan": (2, 8, 16, 34, 55, 75),
        "bare vegan": (16, 34, 80),
    }
    for menu, years in ages.items():
        yield from ((f"{menu}, {age}", eats(menu, age_years=age)) for age in years)


def _by_life_stage() -> Iterator[tuple[str, Plan]]:
    for stage in ("pregnant", "breastfeeding"):
        for menu in ("vegan", "vegetarian", "omnivore"):
            yield f"{menu}, 30, {stage}", eats(menu, age_years=30, life_stage=stage)
    yield "omnivore, 52, pregnant, EFSA", eats("omnivore", age_years=52, life_stage="pregnant", reference_set="efsa-2015")


def _by_condition() -> Iterator[tuple[str, Plan]]:
    for condition in ("pernicious-anaemia", "partial-gastrectomy", "gastric-bypass", "atrophic-gastritis", "ileal-resection-medium", "ppi"):
        yield f"omnivore, 45, {condition}", eats("omnivore", age_years=45, conditions=(condition,))
    yield "vegetarian, 67, ppi and metformin", eats("vegetarian", age_years=67, conditions=("metformin", "ppi"))
    taking = Supplement("tablet", 1000, 7, False)
    yield "omnivore, 60, pernicious-anaemia, 1000 daily", eats("omnivore", taking, age_years=60, conditions=("pernicious-anaemia",))


def _by_supplement() -> Iterator[tuple[str, Plan]]:
    taken = {
        "10 daily with food": (Supplement("tablet", 10, 7, True),),
        "10 daily apart from food": (Supplement("tablet", 10, 7, False),),
        "two different 10 daily apart from food": (Supplement("tablet", 10, 7, False), Supplement("spray", 10, 7, False)),
        "5 three times a day": (Supplement("chewable", 5, 21, True),),
        "2000 weekly": (Supplement("tablet", 2000, 1, False),),
        "10 daily and 1000 twice weekly": (Supplement("tablet", 10, 7, False), Supplement("sublingual", 1000, 2, False)),
        "an injection every three months": (Supplement("injection", 1000, 1 / 13),),
        "nasal spray weekly": (Supplement("nasal", 500, 1),),
    }
    for said, takes in taken.items():
        yield f"bare vegan, 34, {said}", eats("bare vegan", *takes, age_years=34)


def _by_reference_set() -> Iterator[tuple[str, Plan]]:
    for chosen in ("efsa-2015", "uk-1991", "dach-2018", "nnr-2023", "who-fao-2004", "nhmrc-2006", "icmr-2020", "japan-2025", "japan-2020"):
        yield f"vegetarian, 40, {chosen}", eats("vegetarian", age_years=40, reference_set=chosen)


def _by_days() -> Iterator[tuple[str, Plan]]:
    whole, person = days("omnivore"), Person(40)
    yield "nothing entered", Plan(person)
    yield "a supplement and nothing entered", Plan(person, supplements=(Supplement("tablet", 10, 7, True),))
    yield "one day", Plan(person, whole[:1])
    yield "three days of five entered", Plan(person, (*whole, Day("Day 4"), Day("Day 5")))
    yield "three days and one without food", Plan(person, (*whole, Day("Day 4", nothing_eaten=True)))
    yield "meals within four hours of each other", Plan(person, days("omnivore", joined=True))
    yield (
        "a food without a value",
        Plan(person, (Day("Day 1", (*whole[0].meals[:3], (Item(NO_VALUE.id, 100),))), *whole[1:]), own_foods=(NO_VALUE,)),
    )
    left_out = Day("Day 4", tuple(tuple(replace(item, off=True) for item in meal) for meal in whole[0].meals))
    yield "three days and one left out for now", Plan(person, (*whole, left_out))
    yield "every food left out for now", Plan(person, (left_out,))
    bare = tuple(Day(f"Day {n}", ((Item(NO_VALUE.id, 100),), (), (), ())) for n in (1, 2, 3))
    yield "no food with a value", Plan(person, bare, own_foods=(NO_VALUE,))
    yield "too little energy", Plan(person, tuple(Day(f"Day {n}", ((EGG,), (), (APPLE,), ())) for n in (1, 2, 3)))


def people() -> dict[str, Plan]:
    """Everybody, by what they are called."""
    return dict([*_by_age(), *_by_life_stage(), *_by_condition(), *_by_supplement(), *_by_reference_set(), *_by_days()])


def _round(amount: float | None) -> float | None:
    return None if amount is None else round(amount, DECIMALS)


def _ends(band: Band) -> list[float | None]:
    return [_round(getattr(band, end)) for end in ENDS]


def figures(plan: Plan, tables: Tables) -> dict[str, Any]:
    """What somebody comes to. [µg a day; stores in µg]"""
    a = assess(plan, tables)
    until = STORES_AFTER_YEARS * DAYS_PER_YEAR
    changes = events([Phase(0.0, plan_uptake(a, tables))], until)
    start, loss, full = starting_pool_ug(tables), loss_of(tables, a.conditions), tables.parameters["pool_full_ug"].value
    stores = [curve(changes, end, start=start, loss=loss, full_ug=full).after(until) for end in ENDS]
    return {
        "target": _round(a.target.intake_ug) if a.target else None,
        "need": _round(a.need_ug),
        "need_average": _round(a.target.need_average_ug) if a.target else None,
        "intake": _round(a.intake_ug),
        "natural": _round(a.natural_ug),
        "added": _round(a.added_ug),
        "supplement": _round(a.supplement_ug),
        "given": _round(a.given_ug),
        "usable": _ends(a.usable),
        "usable_given": _ends(a.usable_given),
        "shortfall": _round(a.shortfall_ug),
        "usable_shortfall": _round(a.usable_shortfall_ug),
        "verdict": str(a.verdict),
        "usable_verdict": str(a.usable_verdict),
        "scenarios": {s.id: _ends(s.usable) for s in a.scenarios},
        "days_entered": a.days_entered,
        "unknown": a.intake.unknown,
        "energy_kcal": round(a.intake.energy_kcal),
        "looks_incomplete": a.looks_incomplete,
        f"stores_after_{STORES_AFTER_YEARS}_years": [round(ug, 1) for ug in stores],
    }


def found(tables: Tables) -> dict[str, dict[str, Any]]:
    """What everybody comes to today."""
    return {name: figures(plan, tables) for name, plan in people().items()}


def stored() -> tuple[int, dict[str, dict[str, Any]]]:
    """The result version that was written, and what everybody came to then."""
    held = json.loads(FILE.read_text(encoding="utf-8"))
    return held["result_version"], held["people"]


def moved(before: Mapping[str, Mapping[str, Any]], now: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Every figure that is another than it was, in words."""
    said = [f"{name}: no longer among the people" for name in before if name not in now]
    for name, figures_now in now.items():
        if name not in before:
            said.append(f"{name}: new")
            continue
        said += [
            f"{name}: {key} {before[name].get(key)} -> {value}" for key, value in figures_now.items() if before[name].get(key) != value
        ]
        said += [f"{name}: {key} gone" for key in before[name] if key not in figures_now]
    return said


def refusal(changes: list[str], written: int, version: int) -> str:
    """Why the file may not be written anew; empty where it may."""
    if changes and version <= written:
        return f"Results moved: raise RESULT_VERSION in dashboard/estimate/ above {written} first, and say why in the README under Changes."
    return ""


def text(version: int, now: Mapping[str, Mapping[str, Any]]) -> str:
    """The file, one person a line."""
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(who)}" for name, who in now.items())
    return f'{{"result_version": {version},\n "people": {{\n{lines}\n }}\n}}\n'


def main(arguments: list[str]) -> int:
    """Says what moved; writes the file anew where that is asked for and allowed."""
    now = found(load_tables())
    written, before = stored() if FILE.is_file() else (0, {})
    changes = moved(before, now)
    print("\n".join(changes) or "Nothing moved.")
    if "--write" not in arguments:
        return 0
    if reason := refusal(changes, written, RESULT_VERSION):
        print(reason, file=sys.stderr)
        return 2
    FILE.write_text(text(RESULT_VERSION, now), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
