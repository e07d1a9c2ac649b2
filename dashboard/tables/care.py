"""Records of the care tables: signs, risks, rules, blood tests, guidelines, questions. One class a table.

``when`` says for whom a row holds, in the language of :mod:`dashboard.tables.when`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.tables.cited import Cited
from dashboard.tables.when import When


@dataclass(frozen=True, slots=True)
class Symptom(Cited):
    """One row of symptoms.csv."""

    symptom: str
    group: str
    label: str


@dataclass(frozen=True, slots=True)
class RedFlag(Cited):
    """One row of red_flags.csv. ``urgency`` is now or today."""

    sign: str
    label: str
    text: str
    urgency: str
    see: str


@dataclass(frozen=True, slots=True)
class RiskFactor(Cited):
    """One row of risk_factors.csv. ``asked``: the reader can tick it; ``when``: the plan tells it."""

    risk: str
    kind: str
    asked: bool
    label: str
    when: When
    text: str


@dataclass(frozen=True, slots=True)
class TriageRule(Cited):
    """One row of triage_rules.csv. The first whose ``when`` holds gives the answer."""

    rule: str
    when: When
    urgency: str
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True)
class TestRow(Cited):
    """One row of blood_tests.csv: a unit a result may come in (``kind`` unit), or a published band (``kind`` band).

    low, high
        For a unit the values that can be typed, for a band its edges; None: open. [``unit``]
    per_base
        Only for a unit: how many of it make one of the test's first unit.
    """

    # The name reads like a test class; pytest is told that it is none.
    __test__ = False

    kind: str
    test: str
    scheme: str
    band: str
    low: float | None
    high: float | None
    per_base: float | None
    unit: str


@dataclass(frozen=True, slots=True)
class TestCaution(Cited):
    """One row of blood_test_cautions.csv: what can mislead, and in which tests."""

    __test__ = False

    caution: str
    label: str
    tests: tuple[str, ...]
    when: When
    text: str


@dataclass(frozen=True, slots=True)
class Guideline(Cited):
    """One row of guidelines.csv. ``months`` is set for a usual time to the next check. [months]"""

    guideline: str
    topic: str
    when: When
    text: str
    months: float | None


@dataclass(frozen=True, slots=True)
class Question(Cited):
    """One row of questions.csv. ``text`` may hold names in braces for the reader's own entries."""

    question: str
    when: When
    text: str


@dataclass(frozen=True, slots=True)
class LifeStageText(Cited):
    """One row of life_stages.csv: an age band or a life stage by its fact, what changes and whom to ask."""

    stage: str
    label: str
    text: str
    helps: str


@dataclass(frozen=True, slots=True)
class PathStep(Cited):
    """One row of absorption_path.csv: a step of B12 on its way from the mouth to the cells."""

    step: str
    label: str
    text: str


@dataclass(frozen=True)
class CareTables:
    """The care tables, read once."""

    symptoms: Mapping[str, Symptom]
    red_flags: Mapping[str, RedFlag]
    risks: Mapping[str, RiskFactor]
    rules: tuple[TriageRule, ...]
    tests: tuple[TestRow, ...]
    cautions: tuple[TestCaution, ...]
    guidelines: tuple[Guideline, ...]
    questions: tuple[Question, ...]
    life_stages: tuple[LifeStageText, ...]
    path: tuple[PathStep, ...]
