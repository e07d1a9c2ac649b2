"""The numbers behind the page "How good is this estimate?", as tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from dashboard.estimate.reference import Target
from dashboard.estimate.sensitivity import Swing
from dashboard.estimate.validation import Comparison
from dashboard.tables.observed import ReferenceBasis
from dashboard.tables.science import Source
from dashboard.words import MARK_LABELS, amount_ug, headings
from dashboard.words import validation as said
from dashboard.words.sources import cite


def comparisons(rows: Iterable[Comparison], sources: Mapping[str, Source]) -> pd.DataFrame:
    """One row an observation: what was seen, what we say, by which rule, and where it is from."""
    return pd.DataFrame(
        {
            headings.OUTCOME: said.OUTCOMES[c.outcome],
            headings.STUDY: said.study(c),
            headings.WHO_OR_WHAT: said.subject(c),
            headings.SEEN: said.seen(c),
            headings.COMPARED_ON: c.compared,
            headings.ESTIMATE: said.estimated(c),
            headings.RULE: said.rule(c),
            headings.WHY: c.why,
            headings.PART_IN_THE_MODEL: said.ROLES.get(c.role, ""),
            headings.SOURCE: "; ".join(cite(sources[s]) for s in c.source.source_ids if s in sources),
            headings.PLACE: c.source.locator,
            headings.HOW_IT_WAS_SEEN: MARK_LABELS[c.source.mark],
        }
        for c in rows
    )


def sets(targets: Mapping[str, Target], bases: Mapping[str, ReferenceBasis]) -> pd.DataFrame:
    """One row a reference set, for this person. [µg/day]"""
    return pd.DataFrame(
        {
            headings.SET: t.label,
            headings.KIND: t.kind,
            headings.TARGET: t.intake_ug,
            headings.AVERAGE_REQUIREMENT: t.average_ug,
            headings.NEED: said.need_of(t),
            headings.RESTS_ON: bases[key].text,
            headings.HOW_THAT_WAS_SEEN: MARK_LABELS[bases[key].mark],
            headings.HOW_THE_VALUE_WAS_SEEN: MARK_LABELS[t.mark],
        }
        for key, t in targets.items()
    )


def swings(found: Sequence[Swing]) -> pd.DataFrame:
    """One row a thing that is changed alone: usable B12 at its low and high. [µg/day]"""
    return pd.DataFrame(
        {
            headings.CHANGED: s.variation.label,
            headings.HOW: s.variation.text,
            headings.AT_ITS_LOW: amount_ug(s.low_ug),
            headings.AS_IT_IS: amount_ug(s.base_ug),
            headings.AT_ITS_HIGH: amount_ug(s.high_ug),
            headings.HOW_THE_RANGE_WAS_SEEN: MARK_LABELS[s.variation.mark],
        }
        for s in found
    )
