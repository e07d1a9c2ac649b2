"""The sentences of the page "Where does it fall short?"."""

from __future__ import annotations

from typing import Final

from dashboard.advice.advise import Advice
from dashboard.estimate.adequacy import below
from dashboard.estimate.assess import Assessment
from dashboard.estimate.day_sums import DaySum
from dashboard.estimate.reference import Target
from dashboard.plan import MEALS
from dashboard.words import MEAL_LABELS, amount_ug, day_intake, day_list, number
from dashboard.words.verdict import VERDICTS

SHORTFALL_TITLE: Final = "Where does it fall short?"


def lowest_days(a: Assessment) -> list[DaySum]:
    """The two days with the lowest intake among those below the target."""
    if a.target is None:
        return []
    return sorted(_short(a, a.target), key=lambda d: d.intake_ug)[:2]


def _short(a: Assessment, target: Target) -> list[DaySum]:
    """The days that were entered and lie below the target."""
    return [d for d in a.days if d.entered and below(d.intake_ug, target.intake_ug)]


#: Verdicts beside which no day is held against a target: what they say stands in its place.
_NOT_BY_DAY: Final = ("not-planned", "help-first", "uptake-decides", "team-decides", "nothing-entered", "no-target")


def shortfall(advice: Advice) -> str:
    """The days and the meal that matter, in one sentence; where intake does not decide, what does."""
    a = advice.assessment
    if a.target is None or advice.verdict.value in _NOT_BY_DAY:
        return VERDICTS[advice.verdict.value]
    short = _short(a, a.target)
    if not short:
        return f"No recorded day is below the {a.target.kind} of {number(a.target.intake_ug)} µg."
    lowest = lowest_days(a)
    emptiest = min(a.meals[:3], key=lambda m: m.intake.total_ug + m.supplement_ug)
    days = day_list([d.name for d in lowest])
    count = ""
    if a.days_entered > 1:
        some = f"{len(short)} of {a.days_entered} days {'is' if len(short) == 1 else 'are'}"
        count = f"{f'All {a.days_entered} days are' if len(short) == a.days_entered else some} below the target. "
    verb = "brings" if len(lowest) == 1 else "bring"
    return (
        f"{count}{days} {verb} least ({day_list([amount_ug(d.intake_ug) for d in lowest])}), "
        f"and {MEALS[emptiest.meal]} is the emptiest meal ({amount_ug(emptiest.intake.total_ug + emptiest.supplement_ug)} on average)."
    )


def uptake(a: Assessment) -> str:
    """How much of what is swallowed becomes usable, and why not more."""
    if not a.intake_ug:
        nothing = "Nothing counted is swallowed, so nothing can be taken up." if a.days_entered else VERDICTS["nothing-entered"]
        return f"{nothing} {_kept(a)}".rstrip()
    share = 100 * a.usable_swallowed.value / a.intake_ug
    reasons = ["each meal has a limit to how much it can deliver"]
    if a.levers.no_intrinsic_factor:
        reasons = ["without intrinsic factor only a trace of a large crystalline dose gets through"]
    elif a.levers.release.value < 1 and a.natural_ug:
        reasons.append("your choices under conditions and medicines lower what is freed from food")
    usable_ug = f"{amount_ug(a.usable_swallowed.value)} ({share:.0f} %)"
    said = f"Of {amount_ug(a.intake_ug)} swallowed a day about {usable_ug} is usable, because {' and '.join(reasons)}."
    return f"{said} {_kept(a)}".rstrip()


def _kept(a: Assessment) -> str:
    """What stays of what is given; empty where nothing is."""
    if not a.given_ug:
        return ""
    kept = amount_ug(a.usable_given.value)
    return f"Of {amount_ug(a.given_ug)} given a day by injection or nasal spray about {kept} stays in the body; the rest leaves it again."


def foods(a: Assessment) -> str:
    """Which foods bring most, and what is not counted."""
    top = [f for f in a.foods if f.total_ug][:3]
    if not top:
        said = "No food of this plan brings B12 that can be counted."
    else:
        said = f"Most comes from {day_list([f'{f.name} ({amount_ug(f.total_ug)} a day)' for f in top])}."
    if a.intake.uncounted_ug:
        named = [f.name for f in a.foods if f.uncounted_ug]
        said += f" Not counted, because it cannot be relied on: {day_list(named)}."
    if a.intake.unknown:
        said += f" No value: {day_list([f.name for f in a.foods if f.total_ug is None])}."
    return said


def alt_days(a: Assessment) -> str:
    """Text alternative of the chart by day."""
    target = f", target {number(a.target.intake_ug)} µg" if a.target else ""
    return f"Intake by day{target}: " + ", ".join(f"{d.name} {day_intake(d)}" for d in a.days)


def off_scale(day: DaySum) -> str:
    """How far a bar goes on above the end of its axis."""
    return f"↑ {amount_ug(day.intake_ug)}"


def alt_meals(a: Assessment) -> str:
    """Text alternative of the chart by meal."""
    return "Swallowed and usable by meal: " + ", ".join(
        f"{MEAL_LABELS[m.name]} {amount_ug(m.intake.total_ug + m.supplement_ug)} swallowed, {amount_ug(m.usable.value)} usable"
        for m in a.meals
    )


def alt_foods(a: Assessment) -> str:
    """Text alternative of the chart by food."""
    return "Foods that bring most: " + ", ".join(f"{f.name} {amount_ug(f.total_ug)} a day" for f in a.foods if f.total_ug)[:400]
