"""What was worked out for this session's plans: kept here for a few of them, and nowhere else.

Plans hold conditions, so no answer about a plan may stay in a cache that all visitors share.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

import streamlit as st

from dashboard.advice.advise import Advice, advise
from dashboard.advice.regimens import RegimenEffect, compare
from dashboard.advice.suggest import Suggestion, suggest
from dashboard.estimate.assess import Assessment, assess
from dashboard.plan import Plan
from dashboard.ui.shell import tables

KEPT: Final = "_estimates"
ASSESSMENT: Final = "assessment"
#: The plan, its baseline, and those of the last edits and of the page on screen.
PLANS_MAX: Final = 4

T = TypeVar("T")


def kept(what: str, plan: Plan, make: Callable[[], T], more: Any = None) -> T:
    """What ``make`` answers about a plan, found again as long as the plan is one of the last few of this session.

    ``more`` is whatever else the answer depends on.
    """
    answers: dict[str, list[tuple[Plan, Any, Any]]] = st.session_state.setdefault(KEPT, {})
    of_this_kind = answers.setdefault(what, [])
    for place, (known, asked, answer) in enumerate(of_this_kind):
        if asked == more and (known is plan or known == plan):
            of_this_kind.append(of_this_kind.pop(place))
            found: T = answer
            return found
    made = make()
    of_this_kind.append((plan, more, made))
    del of_this_kind[:-PLANS_MAX]
    return made


def last(what: str) -> Any:
    """The answer of this kind that was asked for last in this session; None where there is none."""
    answers: dict[str, list[tuple[Plan, Any, Any]]] = st.session_state.get(KEPT, {})
    return answers[what][-1][2] if answers.get(what) else None


def assessment(plan: Plan) -> Assessment:
    """The assessment of a plan. Most plans differ from the one before in one meal, and only that is worked out anew."""
    return kept(ASSESSMENT, plan, lambda: assess(plan, tables(), last(ASSESSMENT)))


def advice(plan: Plan) -> Advice:
    """What may be said and offered to whoever follows a plan."""
    return kept("advice", plan, lambda: advise(assessment(plan), tables()))


def suggestions(plan: Plan, limit: int) -> tuple[Suggestion, ...]:
    """Foods that would close a plan's shortfall, the best first."""
    return kept("suggestions", plan, lambda: suggest(advice(plan), tables(), limit), limit)


def regimens(plan: Plan) -> tuple[RegimenEffect, ...]:
    """Every supplement regimen, for the person of a plan."""
    return kept("regimens", plan, lambda: compare(advice(plan), tables()))
