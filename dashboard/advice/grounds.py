"""The rules of advice and the notices behind an answer, as steps to their sources."""

from __future__ import annotations

from dashboard.advice.advise import Advice
from dashboard.estimate.provenance import Step, of_parameter, of_row
from dashboard.tables.tables import Tables


def of_advice(advice: Advice, tables: Tables) -> tuple[Step, ...]:
    """Every rule that decided what is said and offered, how many days a verdict needs, and the notices shown."""
    told = {flag.id for flag in advice.flags}
    rules = [of_row("rule", rule.rule, rule, rule.text) for rule in advice.rules]
    flags = [of_row("flag", row.flag, row, row.text) for row in tables.rules.flags if row.flag in told]
    return (of_parameter(tables.parameters["days_for_verdict"]), *rules, *flags)
