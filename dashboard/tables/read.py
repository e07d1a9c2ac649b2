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
from dashboard.tables.science import Condition, Parameter, Reference, ReferenceSet, Regimen, RegimenCaution, Source, Statement
from dashboard.tables.tables import Tables
from dashboard.tables.units import Unit, Units
from dashboard.tables.vocabulary import check_care, check_rules
from dashboard.tables.weeks import EnergyNeed, MarketRow, StarterWeek

DATA: Final = manifest.DATA

#: Age groups that have portions of their own in everyday_foods.csv; a baby has none.
EATING_GROUPS: Final = (*YOUNG_GROUPS[1:], ADULT)

Row = dict[str, str]


def read_rows(name: str, folder: Path = DATA) -> Iterator[Row]:
    """The rows of one table as text, whitespace trimmed.

    Raises :class:`TableError` when it is not what the manifest says, and for a row with more or fewer cells than the header:
    a comma outside of quotes moves every cell after it into another column.
    """
    rows = csv.DictReader(io.StringIO(manifest.checked_text(name, folder), newline=""))
    for row in rows:
        if None in row or None in row.values():
            raise TableError("row-uneven", table=name, line=rows.line_num)
        yield {key: value.strip() for key, value in row.items()}


@contextmanager
def naming_tables(tables: str) -> Iterator[None]:
    """A cell that cannot be read, as a :class:`TableError`. ``tables``: which tables are being read: a key of
    ``dashboard.words.data_faults.TABLES``."""
    try:
        yield
    except TableError:
        raise
    except (KeyError, ValueError) as error:
        raise TableError("cell-unreadable", tables=tables, reason=str(error)) from error


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


def _parameters(folder: Path) -> Iterator[Row]:
    """Rows of model_parameters.csv; where no range is given, low and high are the value."""
    for row in read_rows("model_parameters", folder):
        yield row | {end: row[end] or row["value"] for end in ("low", "high")}


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
        slot=row["slot"],
        label=row["label"],
        food_id=row["food_id"],
        grams=float(row["grams"]),
        portion=row["portion"],
        meals=tuple(row["meals"].split()),
        usual={diet: row[str(diet)] or "never" for diet in Diet},
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
            link_code=row["link_code"],
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
    with naming_tables("model"):
        tables = Tables(
            sources={s.source_id: s for s in _records(Source, "sources", folder)},
            reference_sets={r.reference_set: r for r in _records(ReferenceSet, "reference_sets", folder)},
            references=_records(Reference, "reference_intakes", folder, value_ug="value"),
            parameters={p.name: p for p in records(Parameter, _parameters(folder))},
            conditions={
                c.condition: c for c in _records(Condition, "conditions", folder, capacity_factor="g", release_factor="r", loss_per_day="k")
            },
            regimens={r.regimen: r for r in _records(Regimen, "regimens", folder)},
            regimen_cautions={c.caution: c for c in _records(RegimenCaution, "regimen_cautions", folder)},
            foods={r["id"]: _food(r) for r in read_rows("foods", folder)},
            markets={m.market: m for m in _records(MarketRow, "markets", folder)},
            energy_needs=_records(EnergyNeed, "energy_needs", folder),
            starter_weeks=_starter_weeks(folder),
            exclusions={e.exclusion: e for e in _records(Exclusion, "exclusions", folder)},
            suggestion_groups={g.group: g for g in _records(SuggestionGroup, "suggestion_groups", folder)},
            everyday_foods=tuple(_everyday_food(r) for r in read_rows("everyday_foods", folder)),
            swaps=_records(Swap, "swaps", folder),
            quick_slots=tuple(_quick_slot(r) for r in read_rows("quick_check", folder)),
            frequencies={f.frequency: f for f in _records(Frequency, "frequencies", folder)},
            stand_ins={
                (r["group"], Diet(r["diet"]), Market(market)): StandInRow(r["food_id"], float(r["factor"]), r["reason"])
                for r in read_rows("stand_ins", folder)
                for market in r["markets"].split()
            },
            rules=_rule_tables(folder),
            units=Units.of(_records(Unit, "units", folder)),
            outlook_limits={s.limit: s for s in _records(Statement, "outlook_limits", folder)},
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
    with naming_tables("care"):
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
