"""The sentences of the quick check and of a change of diet: what no longer fits, and what takes its place."""

from __future__ import annotations

from typing import Final

from dashboard.plan import Plan
from dashboard.weeks.stand_ins import StandIn
from dashboard.words import DIET_SHORT, number, plural

QUICK_TITLE: Final = "How often do you have these?"
QUICK_INTRO: Final = (
    "Slide only what differs for you; it starts from what is common for your diet. "
    "How often you usually eat a food says more than one day written down."
)
QUICK_DONE: Final = "Your answers are now your week. Undo brings the old one back."
QUICK_SUPPLEMENT: Final = "A B12 supplement"
QUICK_NO_SUPPLEMENT: Final = "none"
QUICK_AS_IN_PLAN: Final = "as in my plan now"


def misfits(plan: Plan, foods_found: int) -> str:
    """How many foods of the plan do not fit."""
    verb = "does" if foods_found == 1 else "do"
    return f"{plural(foods_found, 'food')} of this plan {verb} not fit “{DIET_SHORT[plan.person.diet]}” or what you leave out."


def stand_in(s: StandIn) -> str:
    """What takes the place of a food that no longer fits, and what that changes."""
    times_said = plural(len(s.places), "time")
    if s.stand_in is None:
        return f"{s.food.name} ({times_said} in the plan): no stand-in in the table; it can be taken out."
    if s.change_ug is None:
        change = "a change that is not known"
    elif abs(s.change_ug) < 0.05:
        change = "hardly any change"
    else:
        change = f"{'+' if s.change_ug > 0 else '−'}{number(abs(s.change_ug))} µg a day"
    return f"{s.food.name} ({times_said} in the plan) → {s.stand_in.name}: {s.reason}, {change}."
