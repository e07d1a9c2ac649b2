"""Which uncertainties the low and high of an estimate cover for a person, and which they do not."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.estimate.assess import Assessment
from dashboard.tables.observed import Uncertainty
from dashboard.tables.science import Band

#: What ``when`` of uncertainty.csv may say.
WHEN = ("always", "food", "natural", "added", "fortified", "levers", "unknown-effect")


def facts(a: Assessment) -> frozenset[str]:
    """Which words of ``when`` hold for a plan."""

    def open_range(lever: Band) -> bool:
        return lever.low < lever.high

    holds = {
        "always": True,
        "food": bool(a.eaten),
        "natural": a.natural_ug > 0,
        "added": a.added_ug + a.supplement_ug > 0,
        "fortified": a.added_ug > 0,
        "levers": open_range(a.levers.capacity) or open_range(a.levers.release),
        "unknown-effect": any(c.unknown_effect for c in a.conditions),
    }
    return frozenset(word for word in WHEN if holds[word])


def applicable(rows: Iterable[Uncertainty], a: Assessment) -> tuple[Uncertainty, ...]:
    """The rows that matter for a plan, in the order of the table; none where nothing is taken up."""
    if a.usable.high == 0:
        return ()
    true = facts(a)
    return tuple(row for row in rows if row.when in true)
