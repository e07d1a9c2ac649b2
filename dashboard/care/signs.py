"""Should I see somebody? Signs, risks and red flags in; words on whether, how soon and whom out.

Pure, and nothing is kept. The answer is a row of triage_rules.csv, never a score and never a name of a disease.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.tables.care import CareTables, RedFlag, RiskFactor, TriageRule
from dashboard.tables.when import Facts

#: Gravest first.
URGENCIES = ("now", "today", "soon", "appointment", "if-it-lasts", "next-visit", "none")
RED = ("now", "today")


@dataclass(frozen=True, slots=True)
class Answers:
    """What the reader ticked: ids of red_flags.csv, symptoms.csv and risk_factors.csv."""

    red_flags: frozenset[str] = frozenset()
    symptoms: frozenset[str] = frozenset()
    risks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Triage:
    """Whether and how soon to see whom, and what it rests on."""

    rule: TriageRule
    red_flags: tuple[RedFlag, ...]
    symptoms: tuple[str, ...]
    risks: tuple[RiskFactor, ...]

    @property
    def red(self) -> bool:
        """Whether help is needed the same day."""
        return self.rule.urgency in RED


def implied(risks: Iterable[RiskFactor], known: Facts) -> tuple[RiskFactor, ...]:
    """The risk factors that the plan itself tells."""
    return tuple(r for r in risks if r.when.terms and r.when.holds(known))


def triage(answers: Answers, known: Facts, tables: CareTables) -> Triage:
    """The first rule that holds for what was ticked and what the plan says. Unknown ids are passed over."""
    flags = tuple(f for sign, f in tables.red_flags.items() if sign in answers.red_flags)
    symptoms = [s for name, s in tables.symptoms.items() if name in answers.symptoms]
    from_plan = implied(tables.risks.values(), known)
    risks = tuple(r for name, r in tables.risks.items() if name in answers.risks or r in from_plan)
    said = set(known) | {f"red-flag-{f.urgency}" for f in flags} | {r.risk for r in risks}
    said |= {f"symptom-{s.group}" for s in symptoms}
    if symptoms:
        said.add("symptom")
    if any(r.kind == "risk" for r in risks):
        said.add("risk")
    rule = next(r for r in tables.rules if r.when.holds(said))
    return Triage(rule, flags, tuple(s.label for s in symptoms), risks)
