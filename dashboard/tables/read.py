"""Reads data/: the only place that knows the files' names and columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeVar

from dashboard.plan import MEALS, Day, Diet, Item
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
from dashboard.tables.rules import AdviceRule, AgeBand, ConditionDetail, ConditionName, Fact, FlagRow, RuleTables
from dashboard.tables.science import Band, Condition, Parameter, Reference, ReferenceSet, Regimen, Source, Statement
from dashboard.tables.tables import Tables
from dashboard.tables.units import Unit, Units
from dashboard.tables.vocabulary import check_care, check_rules
from dashboard.tables.when import When

DATA: Final = manifest.DATA

Row = dict[str, str]


def read_rows(name: str, folder: Path = DATA) -> Iterator[Row]:
    """The rows of one table as text, whitespace trimmed. Raises :class:`TableError` when it is not what the manifest says."""
    for row in csv.DictReader(io.StringIO(manifest.sound_text(name, folder), newline="")):
        yield {key: (value or "").strip() for key, value in row.items() if key}


@contextmanager
def cells_of(tables: str) -> Iterator[None]:
    """A cell that cannot be read, as a :class:`TableError`. ``tables``: which tables are being read, for the reader."""
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
        frozenset(row["not_beside"].split()),
        row["spread"],
        row["known_by"],
        row["reason"],
    )


def _everyday_food(row: Row) -> EverydayFood:
    return EverydayFood(
        row["food_id"], row["portion"], float(row["least_portions"]), float(row["most_portions"]), float(row["from_age_years"])
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


def _patterns(rows: Iterator[Row]) -> dict[str, tuple[Diet, tuple[Day, ...]]]:
    items: dict[str, dict[str, list[list[Item]]]] = {}
    diets: dict[str, Diet] = {}
    for row in rows:
        diets[row["pattern"]] = Diet(row["diet"])
        day = items.setdefault(row["pattern"], {}).setdefault(row["day"], [[] for _ in MEALS])
        day[MEALS.index(row["meal"])].append(Item(row["food_id"], float(row["grams"])))
    return {
        pattern: (
            diets[pattern],
            tuple(Day(name, tuple(tuple(meal) for meal in meals)) for name, meals in days.items()),
        )
        for pattern, days in items.items()
    }


@lru_cache(maxsize=2)
def load_tables(folder: Path = DATA) -> Tables:
    """All tables of a data folder, read once per process. Those that are read later are checked here too.

    Raises
    ------
    TableError
        When a table is not what the manifest says, or a cell cannot be read.
    """
    manifest.check(folder)
    with cells_of("model and foods"):
        tables = Tables(
            sources={r["source_id"]: Source(**{k: r[k] for k in Source.__slots__}) for r in read_rows("sources", folder)},
            reference_sets={r["reference_set"]: _reference_set(r) for r in read_rows("reference_sets", folder)},
            references=tuple(_reference(r) for r in read_rows("reference_intakes", folder)),
            parameters={r["name"]: _parameter(r) for r in read_rows("model_parameters", folder)},
            conditions={r["condition"]: _condition(r) for r in read_rows("conditions", folder)},
            regimens={r["regimen"]: _regimen(r) for r in read_rows("regimens", folder)},
            foods={r["id"]: _food(r) for r in read_rows("foods", folder)},
            patterns=_patterns(read_rows("diet_patterns", folder)),
            exclusions={r["exclusion"]: Exclusion(r["exclusion"], r["label"], r["field"]) for r in read_rows("exclusions", folder)},
            suggestion_groups={r["group"]: _suggestion_group(r) for r in read_rows("suggestion_groups", folder)},
            everyday_foods=tuple(_everyday_food(r) for r in read_rows("everyday_foods", folder)),
            swaps=tuple(
                Swap(r["from_food"], r["to_food"], r["portion"], float(r["from_age_years"]), r["reason"])
                for r in read_rows("swaps", folder)
            ),
            quick_slots=tuple(_quick_slot(r) for r in read_rows("quick_check", folder)),
            frequencies={
                r["frequency"]: Frequency(r["frequency"], r["label"], float(r["times_per_week"])) for r in read_rows("frequencies", folder)
            },
            stand_ins={
                (r["group"], r["diet"]): StandInRow(r["group"], r["diet"], r["food_id"], float(r["factor"]), r["reason"])
                for r in read_rows("stand_ins", folder)
            },
            rules=_rule_tables(folder),
            units=Units.of(
                Unit(r["unit"], r["kind"], optional(r["factor"]), tuple(r["words"].split(";"))) for r in read_rows("units", folder)
            ),
            outlook_limits={r["limit"]: Statement(**{k: r[k] for k in Statement.__slots__}) for r in read_rows("outlook_limits", folder)},
        )
        check_rules(tables)
    return tables


@lru_cache(maxsize=2)
def load_care_tables(folder: Path = DATA) -> CareTables:
    """The tables of causes, signs, blood tests, guidelines and questions, read once per process.

    Raises
    ------
    TableError
        When a file is missing or a cell cannot be read.
    """
    with cells_of("causes, signs and tests"):
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
