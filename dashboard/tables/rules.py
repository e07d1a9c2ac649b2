"""Rows of the tables that say what may be told, claimed and offered, and to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dashboard.tables.cited import Cited
from dashboard.tables.when import When

STOP: Final = "stop"
#: What follows when a rule holds.
THEN: Final = ("go-on", STOP)


@dataclass(frozen=True, slots=True)
class AgeBand(Cited):
    """One row of age_bands.csv. Every age limit of the app stands here once. [years]"""

    band: str
    age_from_years: float
    age_below_years: float | None
    meaning: str

    def covers(self, age_years: float) -> bool:
        """Whether an age lies in the band: its lower end included, its upper end not. [years]"""
        return self.age_from_years <= age_years and (self.age_below_years is None or age_years < self.age_below_years)


#: Age bands that have portions and example weeks of their own; everybody else eats as an adult.
YOUNG_GROUPS: Final = ("infant", "child-1-3", "child-4-8", "child-9-13", "child-14-17")
INFANT: Final = YOUNG_GROUPS[0]
ADULT: Final = "adult"


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of facts.csv: a word that a ``when`` may use, and what it means."""

    fact: str
    about: str
    meaning: str


@dataclass(frozen=True, slots=True)
class AdviceRule(Cited):
    """One row of advice_rules.csv: for whom it holds and what it decides.

    answers
        The rules of the project's own list (A1 to A25) that the row answers.
    decides, value
        What is decided and how; the words are those of :mod:`dashboard.advice.advise`.
    regimens
        Ids of regimens.csv that are shown first.
    then
        ``stop``: later rules that decide what leads are passed over.
    """

    rule: str
    answers: tuple[str, ...]
    when: When
    decides: tuple[str, ...]
    value: str
    regimens: tuple[str, ...]
    text: str
    then: str

    @property
    def last(self) -> bool:
        """Whether nothing leads after it."""
        return self.then == STOP


@dataclass(frozen=True, slots=True)
class FlagRow(Cited):
    """One row of flags.csv: something to be told beside the figures, and to whom."""

    flag: str
    answers: tuple[str, ...]
    when: When
    level: str
    text: str


@dataclass(frozen=True, slots=True)
class ConditionDetail(Cited):
    """One row of condition_details.csv: a question about a condition or medicine that was named."""

    detail: str
    conditions: tuple[str, ...]
    question: str


@dataclass(frozen=True, slots=True)
class ConditionName:
    """One row of condition_names.csv: a word people use for a condition or medicine."""

    name: str
    condition: str


@dataclass(frozen=True)
class RuleTables:
    """The tables of rules, read once and checked against the vocabulary of facts."""

    facts: Mapping[str, Fact]
    age_bands: Mapping[str, AgeBand]
    advice: tuple[AdviceRule, ...]
    flags: tuple[FlagRow, ...]
    details: Mapping[str, ConditionDetail]
    names: tuple[ConditionName, ...]

    def age_group(self, age_years: float) -> str:
        """The age group whose portions and example week somebody eats."""
        return next((band for band in YOUNG_GROUPS if self.age_bands[band].covers(age_years)), ADULT)
