"""The command ``validate``: the estimate held against published observations, row by row."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from dashboard.command_line.parser import add
from dashboard.estimate.validation import Comparison, compare, counts, true_of
from dashboard.tables.read import load_tables
from dashboard.tables.read_observed import load_observed
from dashboard.tables.science import Band
from dashboard.words import validation as said
from dashboard.words.command_line import VALIDATE_ABOUT

DECIMALS = 4
#: Exit status when a claim of the tables is no longer true.
BROKEN = 1


def _band(b: Band) -> dict[str, float]:
    return {"low": round(b.low, DECIMALS), "value": round(b.value, DECIMALS), "high": round(b.high, DECIMALS)}


def answer(c: Comparison) -> dict[str, Any]:
    """One comparison for machines."""
    return {
        "id": c.id,
        "part": c.part,
        "dose_ug": c.dose_ug,
        "role": c.role or None,
        "groups": list(c.groups),
        "observed": [round(value, DECIMALS) for value in c.observed],
        "observed_range": c.observed_range and [round(end, DECIMALS) for end in c.observed_range],
        "unit": c.unit,
        "estimated": [_band(b) for b in c.estimated],
        "estimate_unit": c.estimate_unit,
        "compared": c.compared,
        "rule": c.rule or None,
        "tolerance": c.tolerance,
        "outcome": str(c.outcome),
        "claim": c.claim,
        "why": c.why,
        "sources": list(c.source.source_ids),
        "locator": c.source.locator,
        "mark": c.source.mark,
    }


def validate(args: argparse.Namespace) -> None:
    """The estimate against published observations: what agrees, what does not, and by which rule.

    Ends with status 1, after the table, when a claim of data/ is no longer true.
    """
    tables, observed = load_tables(), load_observed()
    rows = compare(observed, tables)
    if args.json:
        print(json.dumps([answer(c) for c in rows], indent=1, ensure_ascii=False))
    else:
        for part, heading in said.PARTS.items():
            print(f"\n{heading}\n")
            print("\n\n".join(said.row(c, tables.sources) for c in rows if c.part == part))
        for title, good in ((said.GOOD, True), (said.BAD, False)):
            print(f"\n{title}")
            for finding in observed.findings:
                if finding.good is good:
                    print(f"- {said.finding(finding, counts(rows, finding.counts) if finding.counts else None)}")
        print(f"\n{said.tally(rows)}")
    broken, untrue = [c for c in rows if not c.held], [f for f in observed.findings if not true_of(f, rows)]
    if broken:
        print(said.broken(broken), file=sys.stderr)
    if untrue:
        print(said.broken_findings(untrue), file=sys.stderr)
    if broken or untrue:
        raise SystemExit(BROKEN)


def add_command(commands: Any) -> None:
    """Adds ``validate`` to the command line."""
    add(commands, "validate", validate, VALIDATE_ABOUT)
