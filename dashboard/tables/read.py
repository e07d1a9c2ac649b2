"""Reads data/: the only place that knows the files' names and columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from dashboard.plan import MEALS, Day, Diet, Item, Market
from dashboard.tables import manifest
from dashboard.tables.care import (
    CareTables,
    Guideline,
    LifeStageText,
    PathStep,
    Question,
    RedFlag,
    RiskFactor,
    Symptom,
    TestCaution,
    TestRow,
    TriageRule,
)
from dashboard.tables.columns import optional, records
from dashboard.tables.fault import TableError
from dashboard.tables.foods import EverydayFood, Exclusion, Food, Frequency, Portion, QuickSlot, StandInRow, SuggestionGroup, Swap
from dashboard.tables.kept import read_once
from dashboard.tables.rules import ADULT, YOUNG_GROUPS, AdviceRule, AgeBand, ConditionDetail, ConditionName, Fact, FlagRow, RuleTables
from dashboard.tables.science import Band, Condition, Parameter, Reference, ReferenceSet, Regimen, Source, Statement
from dashboard.tables.tables import Tables
from dashboard.tables.units import Unit, Units
from dashboard.tables.vocabulary import check_care, check_rules
from dashboard.tables.weeks import EnergyNeed, MarketRow, StarterWeek
from dashboard.tables.when import When

DATA: Final = manifest.DATA

#: Age groups that have portions of their own in everyday_foods.csv; a baby has none.
EATING_GROUPS: Final = (*YOUNG_GROUPS[1:], ADULT)

Row = dict[str, str]


def read_rows(name: str, folder: Path = DATA) -> Iterator[Row]:
    """The rows of one table as text, whitespace trimmed. Raises :class:`TableError` when it is not what the manifest says."""
    for row in csv.DictReader(io.StringIO(manifest.sound_text(name, folder), newline="")):
        yield {key: (value or "").strip() for key, value in row.items() if key}


@contextmanager
def cells_of(tables: str) -> Iterator[None]:
    """A cell that cannot be read, as a :class:`TableError`. ``tables``: which tables are being read: a key of
    ``dashboard.words.data_faults.TABLES``."""
    try:
        yield
    except TableError:
        raise
    except (KeyError, ValueError) as error:
        raise TableError("cell-unreadable", tables=tables, reason=str(error)) from error


def _band(row: Row, name: str) -> Band:
    return Band(*(float(row[f"{name}_{end}"]) for end in ("low", "value", "high")))


def _food(row: Row) -> Food:
    portions = (portion.rpartition("=") for portion in row["portions"].split(";") if portion)
    return Food(
        id=row["id"],
        name=row["name"],
        group=row["group"],
        diet=row["diet"],
        b12_ug_per_100g=optional(row["b12_ug_per_100g"]),
        added_ug_per_100g=optional(row["added_ug_per_100g"]),
        energy_kcal_per_100g=optional(row["energy_kcal_per_100g"]),
        protein_g_per_100g=optional(row["protein_g_per_100g"]),
        portions=tuple(Portion(label, float(grams)) for label, _, grams in portions),
        source_id=row["source_id"],
        locator=row["locator"],
        fdc_id=int(row["fdc_id"]) if row["fdc_id"] else None,
        usda_description=row["usda_description"],
        contains=frozenset(row["contains"].split()),
        allergens=frozenset(row["allergens"].split()),
        tags=frozenset(row["tags"].split()),
        b12_low_ug_per_100g=optional(row["b12_low_ug_per_100g"]),
        b12_high_ug_per_100g=optional(row["b12_high_ug_per_100g"]),
        derivation=row["derivation"],
        note=row["note"],
    )


def _parameter(row: Row) -> Parameter:
    value = float(row["value"])
    low, high = (optional(row[end]) for end in ("low", "high"))
    return Parameter(
        row["name"],
        value,
        value if low is None else low,
        value if high is None else high,
        row["unit"],
        row["source_id"],
        row["locator"],
        row["mark"],
        row["note"],
    )


def _reference(row: Row) -> Reference:
    return Reference(
        row["reference_set"],
        row["kind"],
        row["life_stage"],
        float(row["age_from_years"]),
        optional(row["age_below_years"]),
        float(row["value"]),
        row["unit"],
        row["source_id"],
        row["locator"],
        row["mark"],
        row["note"],
    )


def _reference_set(row: Row) -> ReferenceSet:
    return ReferenceSet(
        row["reference_set"],
        row["label"],
        row["region"],
        tuple(row["target_kinds"].split()),
        row["average_kind"],
        row["need_set"],
        row["market"],
        row["superseded_by"],
        row["source_id"],
        row["locator"],
        row["mark"],
        row["note"],
    )


def _condition(row: Row) -> Condition:
    return Condition(
        row["condition"],
        row["label"],
        row["kind"],
        row["step"],
        _band(row, "g"),
        _band(row, "r"),
        _band(row, "k"),
        row["unknown_effect"] == "yes",
        row["malabsorption"],
        row["test_first"] == "yes",
        optional(row["common_rank"]),
        row["level"],
        row["text"],
        row["helps"],
        row["evidence"],
        tuple(row["source_id"].split()),
        row["locator"],
        row["mark"],
    )


def _regimen(row: Row) -> Regimen:
    return Regimen(
        row["regimen"],
        row["form"],
        row["label"],
        row["route"],
        row["chemical_form"],
        float(row["dose_ug"]),
        float(row["times_per_week"]),
        row["with_food"] == "yes",
        _band(row, "kept") if row["kept_value"] else None,
        row["advice"],
        row["prescription"] == "yes",
        When.parse(row["when"]),
        row["for_whom"],
        row["cautions"],
        row["evidence"],
        tuple(row["source_id"].split()),
        row["locator"],
        row["mark"],
    )


def _suggestion_group(row: Row) -> SuggestionGroup:
    return SuggestionGroup(
        row["group"],
        row["family"],
        tuple(row["meals"].split()),
        float(row["times_per_week"]),
        float(row["burden"]),
        frozenset(row["not_beside"].split()),
        row["spread"],
        row["known_by"],
        row["reason"],
    )


def _everyday_food(row: Row) -> EverydayFood:
    return EverydayFood(
        food_id=row["food_id"],
        portion=row["portion"],
        markets=frozenset(map(Market, row["markets"].split())),
        diets=frozenset(map(Diet, row["diets"].split())) or frozenset(Diet),
        rests_on=row["rests_on"],
        portions={group: tuple(map(float, row[group.replace("-", "_")].split())) for group in EATING_GROUPS},
    )


Record = TypeVar("Record")


def _records(record: type[Record], name: str, folder: Path, **columns: str) -> tuple[Record, ...]:
    return records(record, read_rows(name, folder), **columns)


def _rule_tables(folder: Path) -> RuleTables:
    return RuleTables(
        facts={f.fact: f for f in _records(Fact, "facts", folder)},
        age_bands={b.band: b for b in _records(AgeBand, "age_bands", folder)},
        advice=_records(AdviceRule, "advice_rules", folder),
        flags=_records(FlagRow, "flags", folder),
        details={d.detail: d for d in _records(ConditionDetail, "condition_details", folder)},
        names=_records(ConditionName, "condition_names", folder),
    )


def _quick_slot(row: Row) -> QuickSlot:
    return QuickSlot(
        row["slot"],
        row["label"],
        row["food_id"],
        float(row["grams"]),
        row["portion"],
        tuple(row["meals"].split()),
        {diet: row[str(diet)] or "never" for diet in Diet},
    )


def _starter_weeks(folder: Path) -> tuple[StarterWeek, ...]:
    days: dict[tuple[str, str], list[Day]] = {}
    for row in read_rows("starter_days", folder):
        meals = tuple(tuple(map(_eaten, row[meal].split())) for meal in MEALS)
        days.setdefault((row["week"], row["version"]), []).append(Day(row["day"], meals))
    return tuple(
        StarterWeek(
            week=row["week"],
            version=int(row["version"]),
            diets=frozenset(map(Diet, row["diets"].split())),
            markets=frozenset(map(Market, row["markets"].split())),
            fortified=row["fortified"] == "yes",
            age_group=row["age_group"],
            days=tuple(days[row["week"], row["version"]]),
        )
        for row in read_rows("starter_weeks", folder)
    )


@cache
def _eaten(text: str) -> Item:
    """An item of starter_days.csv: food and grams. Many days share one."""
    food, _, grams = text.rpartition("=")
    return Item(food, float(grams))


@read_once
def load_tables(folder: Path) -> Tables:
    """All tables of a data folder, read once per process. Those that are read later are checked here too.

    Raises
    ------
    TableError
        When a table is not what the manifest says, or a cell cannot be read.
    """
    manifest.check(folder)
    with cells_of("model"):
        tables = Tables(
            sources={r["source_id"]: Source(**{k: r[k] for k in Source.__slots__}) for r in read_rows("sources", folder)},
            reference_sets={r["reference_set"]: _reference_set(r) for r in read_rows("reference_sets", folder)},
            references=tuple(_reference(r) for r in read_rows("reference_intakes", folder)),
            parameters={r["name"]: _parameter(r) for r in read_rows("model_parameters", folder)},
            conditions={r["condition"]: _condition(r) for r in read_rows("conditions", folder)},
            regimens={r["regimen"]: _regimen(r) for r in read_rows("regimens", folder)},
            foods={r["id"]: _food(r) for r in read_rows("foods", folder)},
            markets={m.market: m for m in _records(MarketRow, "markets", folder)},
            energy_needs=_records(EnergyNeed, "energy_needs", folder),
            starter_weeks=_starter_weeks(folder),
            exclusions={r["exclusion"]: Exclusion(r["exclusion"], r["label"], r["field"]) for r in read_rows("exclusions", folder)},
            suggestion_groups={r["group"]: _suggestion_group(r) for r in read_rows("suggestion_groups", folder)},
            everyday_foods=tuple(_everyday_food(r) for r in read_rows("everyday_foods", folder)),
            swaps=_records(Swap, "swaps", folder),
            quick_slots=tuple(_quick_slot(r) for r in read_rows("quick_check", folder)),
            frequencies={
                r["frequency"]: Frequency(r["frequency"], r["label"], float(r["times_per_week"])) for r in read_rows("frequencies", folder)
            },
            stand_ins={
                (r["group"], Diet(r["diet"]), Market(market)): StandInRow(r["food_id"], float(r["factor"]), r["reason"])
                for r in read_rows("stand_ins", folder)
                for market in r["markets"].split()
            },
            rules=_rule_tables(folder),
            units=Units.of(
                Unit(r["unit"], r["kind"], optional(r["factor"]), tuple(r["words"].split(";"))) for r in read_rows("units", folder)
            ),
            outlook_limits={r["limit"]: Statement(**{k: r[k] for k in Statement.__slots__}) for r in read_rows("outlook_limits", folder)},
        )
        check_rules(tables)
    return tables


@read_once
def load_care_tables(folder: Path) -> CareTables:
    """The tables of causes, signs, blood tests, guidelines and questions, read once per process.

    Raises
    ------
    TableError
        When a file is missing or a cell cannot be read.
    """
    with cells_of("care"):
        care = CareTables(
            symptoms={s.symptom: s for s in _records(Symptom, "symptoms", folder)},
            red_flags={f.sign: f for f in _records(RedFlag, "red_flags", folder)},
            risks={r.risk: r for r in _records(RiskFactor, "risk_factors", folder)},
            rules=_records(TriageRule, "triage_rules", folder),
            tests=_records(TestRow, "blood_tests", folder, band="class"),
            cautions=_records(TestCaution, "blood_test_cautions", folder),
            guidelines=_records(Guideline, "guidelines", folder),
            questions=_records(Question, "questions", folder),
            life_stages=_records(LifeStageText, "life_stages", folder),
            path=_records(PathStep, "absorption_path", folder),
        )
        check_care(care, load_tables(folder))
    return care
