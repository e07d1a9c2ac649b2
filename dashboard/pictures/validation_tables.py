"""The numbers behind the page "How good is this estimate?", as tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from dashboard.estimate.reference import Target
from dashboard.estimate.sensitivity import Swing
from dashboard.estimate.validation import Comparison
from dashboard.tables.observed import ReferenceBasis
from dashboard.tables.science import Source
from dashboard.words import MARK_LABELS, amount_ug
from dashboard.words import validation as said
from dashboard.words.sources import cite


def comparisons(rows: Iterable[Comparison], sources: Mapping[str, Source]) -> pd.DataFrame:
    """One row an observation: what was seen, what we say, by which rule, and where it is from."""
    return pd.DataFrame(
        {
            "Outcome": said.OUTCOMES[c.outcome],
            "Study": said.study(c),
            "Who or what": said.subject(c),
            "Seen": said.seen(c),
            "Compared on": c.compared,
            "Estimate": said.estimated(c),
            "Rule": said.rule(c),
            "Why": c.why,
            "Part in the model": said.ROLES.get(c.role, ""),
            "Source": "; ".join(cite(sources[s]) for s in c.source.source_ids if s in sources),
            "Place": c.source.locator,
            "How well it was seen": MARK_LABELS[c.source.mark],
        }
        for c in rows
    )


def sets(targets: Mapping[str, Target], bases: Mapping[str, ReferenceBasis]) -> pd.DataFrame:
    """One row a reference set, for this person. [µg/day]"""
    return pd.DataFrame(
        {
            "Set": t.label,
            "Kind": t.kind,
            "Target µg": t.intake_ug,
            "Average requirement µg": t.average_ug,
            "Need in absorbed terms": said.need_of(t),
            "What it rests on": bases[key].text,
            "How well that was seen": MARK_LABELS[bases[key].mark],
            "How well the value was seen": MARK_LABELS[t.mark],
        }
        for key, t in targets.items()
    )


def swings(found: Sequence[Swing]) -> pd.DataFrame:
    """One row a thing that is changed alone: usable B12 at its low and high. [µg/day]"""
    return pd.DataFrame(
        {
            "What is changed": s.variation.label,
            "How": s.variation.text,
            "Usable at its low": amount_ug(s.low_ug),
            "As it is": amount_ug(s.base_ug),
            "Usable at its high": amount_ug(s.high_ug),
            "How well the range was seen": MARK_LABELS[s.variation.mark],
        }
        for s in found
    )
