"""The words that the tables of rules may use, and the check of every row against them when the tables are read.

A misspelt word would make a rule that never holds, so it stops the start with table, row and word named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set

from dashboard.tables.care import CareTables
from dashboard.tables.decisions import DECIDES, IF, LEVELS, MALABSORPTION, Claim
from dashboard.tables.fault import TableError
from dashboard.tables.rules import THEN, AdviceRule
from dashboard.tables.tables import Tables
from dashboard.tables.when import When


def vocabulary(tables: Tables) -> frozenset[str]:
    """Every word a ``when`` may use: facts.csv, age bands, conditions and medicines, and their details."""
    rules = tables.rules
    return frozenset({*rules.facts, *rules.age_bands, *tables.conditions, *rules.details})


def check_rules(tables: Tables) -> None:
    """Raises :class:`TableError` naming table, row and word when a row of the rule tables uses a word that is not explained."""
    rules, known = tables.rules, vocabulary(tables)
    _check_whens("advice_rules", ((r.rule, r.when) for r in rules.advice), known)
    _check_whens("flags", ((r.flag, r.when) for r in rules.flags), known)
    _check_whens("regimens", ((r.regimen, r.when) for r in tables.regimens.values()), known)
    _check_whens("regimen_cautions", ((c.caution, c.when) for c in tables.regimen_cautions.values()), known)
    for regimen in tables.regimens.values():
        _check_among("regimens", regimen.regimen, regimen.cautions, tables.regimen_cautions)
    for condition in tables.conditions.values():
        _check_among("conditions", condition.condition, [condition.level], LEVELS)
        _check_among("conditions", condition.condition, [condition.malabsorption], MALABSORPTION)
        _check_among("conditions", condition.condition, condition.not_offered, tables.exclusions)
    for flag in rules.flags:
        _check_among("flags", flag.flag, [flag.level], LEVELS)
    for detail in rules.details.values():
        _check_conditions("condition_details", detail.detail, detail.conditions, tables)
    for name in rules.names:
        _check_conditions("condition_names", name.name, [name.condition], tables)
    for rule in rules.advice:
        _check_decision(rule, tables)


def check_care(care: CareTables, tables: Tables) -> None:
    """The same for the tables of signs, risks, guidelines and questions; a risk factor is a word of its own there."""
    known = {*vocabulary(tables), *care.risks}
    _check_whens("triage_rules", ((r.rule, r.when) for r in care.rules), known)
    _check_whens("risk_factors", ((r.risk, r.when) for r in care.risks.values()), known)
    _check_whens("guidelines", ((r.guideline, r.when) for r in care.guidelines), known)
    _check_whens("questions", ((r.question, r.when) for r in care.questions), known)
    _check_whens("blood_test_cautions", ((r.caution, r.when) for r in care.cautions), known)


def _check_whens(table: str, rows: Iterable[tuple[str, When]], known: Set[str]) -> None:
    for row, when in rows:
        if strange := sorted(when.words - known):
            raise TableError("unknown-word", table=table, row=row, word=strange[0])


def _check_conditions(table: str, row: str, named: Iterable[str], tables: Tables) -> None:
    if strange := sorted(set(named) - set(tables.conditions)):
        raise TableError("unknown-condition", table=table, row=row, word=strange[0])


def _check_among(table: str, row: str, words: Iterable[str], known: Collection[str]) -> None:
    if strange := sorted(set(words) - set(known)):
        raise TableError("word-not-allowed", table=table, row=row, word=strange[0], known=sorted(known))


def _check_decision(rule: AdviceRule, tables: Tables) -> None:
    """What a row decides, its value, its regimens, and a text where a reader is told something by it."""
    _check_among("advice_rules", rule.rule, rule.decides, DECIDES)
    _check_among("advice_rules", rule.rule, [rule.then], THEN)
    _check_among("advice_rules", rule.rule, rule.regimens, tables.regimens)
    for decision in rule.decides:
        _check_among("advice_rules", rule.rule, [rule.value], DECIDES[decision])
    told = "leads" in rule.decides or (rule.value == IF and not {*Claim}.isdisjoint(rule.decides))
    if not rule.decides or (told and not rule.text):
        raise TableError("rule-without", table="advice_rules", row=rule.rule, missing="text" if rule.decides else "decides")
