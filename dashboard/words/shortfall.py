"""The sentences of the page "Where does it fall short?"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dashboard.advice.advise import Advice
from dashboard.estimate.adequacy import below
from dashboard.estimate.assess import Assessment
from dashboard.estimate.day_sums import DaySum, MealSum
from dashboard.estimate.reference import Target
from dashboard.plan import MEALS
from dashboard.words import amount_ug, day_intake, day_list, number, percent, plural, target_kind
from dashboard.words.verdict import NOTHING_TO_JUDGE, verdict

SHORTFALL_TITLE: Final = "Where does it fall short?"
ALL_SHORT: Final = "All {days} days are below the target."
SOME_SHORT: Final = "{short} of {days} days {are} below the target."
BRING_NONE: Final = "{days} {bring} none"
BRING_LEAST: Final = "{days} {bring} least ({amounts})"
NONE_SHORT: Final = "No recorded day is below the {kind} of {target} µg."
SHORT_IN_UPTAKE: Final = "What may fall short is how much of it your body takes up: see the meals below."
UNCLEAR: Final = "On {days} it is not clear: not all that was eaten is known."
EMPTIEST: Final = "{days}, and {meal} is the emptiest meal ({amount} on average)."
EMPTY_MEALS: Final = "{days}, and {meals} {bring} none."
#: More days than this are counted, not named.
NAMED_MAX: Final = 3


def _short(a: Assessment, target: Target) -> list[DaySum]:
    """The days that were entered and lie below the target, as far as is known."""
    return [d for d in a.days if d.entered and below(d.intake_ug, target.intake_ug)]


#: Verdicts beside which no day is held against a target: what they say stands in its place.
_NOT_BY_DAY: Final = ("not-planned", "help-first", "uptake-decides", "team-decides", *NOTHING_TO_JUDGE, "no-target")


def held_against_target(advice: Advice) -> bool:
    """Whether the days may be held against the target: not where something else than intake decides."""
    return advice.assessment.target is not None and advice.verdict.value not in _NOT_BY_DAY


def shortfall(advice: Advice) -> str:
    """The days and the meal that matter, in one sentence; where intake does not decide, what does."""
    a = advice.assessment
    if a.target is None or not held_against_target(advice):
        return verdict(advice)
    short = _short(a, a.target)
    unclear = sum(d.at_least for d in short)
    if not short:
        said = NONE_SHORT.format(kind=target_kind(a.target), target=number(a.target.intake_ug))
        return f"{said} {SHORT_IN_UPTAKE}" if "usable-below" in advice.facts else said
    if not a.intake_ug and not unclear:
        return EVERY_DAY
    count = _how_many(len(short) - unclear, a.days_entered)
    not_clear = UNCLEAR.format(days=plural(unclear, "day")) if unclear else ""
    return " ".join(filter(None, (count, _where([d for d in short if d.intake_ug or not d.at_least], a), not_clear)))


def _where(short: Sequence[DaySum], a: Assessment) -> str:
    """Which days and which meal bring least; empty where nothing is known of any."""
    if not short:
        return ""
    days = _lowest(short)
    empty = [MEALS[m.meal] for m in a.meals[:3] if not m.intake.unknown and not _total_ug(m)]
    if empty:
        return EMPTY_MEALS.format(days=days, meals=day_list(empty), bring="brings" if len(empty) == 1 else "bring")
    emptiest = min(a.meals[:3], key=_total_ug)
    if emptiest.intake.unknown:  # what it brings may be more than what the others bring
        return f"{days}."
    return EMPTIEST.format(days=days, meal=MEALS[emptiest.meal], amount=amount_ug(_total_ug(emptiest)))


def _total_ug(m: MealSum) -> float:
    """What a meal brings on average, supplements included. [µg]"""
    return m.intake.total_ug + m.supplement_ug


def _how_many(short: int, entered: int) -> str:
    """How many of the days are below the target; nothing where there is one day, or none that is known to be."""
    if entered == 1 or not short:
        return ""
    return (
        ALL_SHORT.format(days=entered)
        if short == entered
        else SOME_SHORT.format(short=short, days=entered, are="is" if short == 1 else "are")
    )


def _lowest(short: Sequence[DaySum]) -> str:
    """Which days bring least: those that bring none, or the two lowest."""
    none = [d.name for d in short if not d.intake_ug]
    if none:
        named = day_list(none) if len(none) <= NAMED_MAX else plural(len(none), "day")
        return BRING_NONE.format(days=named, bring="brings" if len(none) == 1 else "bring")
    lowest = sorted(short, key=lambda d: d.intake_ug)[:2]
    amounts = day_list([day_intake(d) for d in lowest])
    return BRING_LEAST.format(days=day_list([d.name for d in lowest]), bring="brings" if len(lowest) == 1 else "bring", amounts=amounts)


UPTAKE: Final = "Of {swallowed} swallowed a day about {usable} ({percent}) is usable. {why}"
UPTAKE_TRACE: Final = "Of {swallowed} swallowed a day hardly any ({usable}) is usable. {why}"
UPTAKE_ZERO: Final = "Of {swallowed} swallowed a day none is usable by this estimate. {why}"
#: Less than this is said as a trace. A choice of wording.
TRACE_BELOW_UG: Final = 0.005
UPTAKE_NONE: Final = "Nothing counted is swallowed, so nothing can be taken up."
UPTAKE_UNKNOWN: Final = "What is swallowed is not known, so what is taken up of it is not known either."
WHY_BELOW: Final = "What holds the rest back stands under each meal."
WHY_NO_FACTOR: Final = "Without intrinsic factor only a trace of a large dose gets through."
NOT_IN_PICTURE: Final = "How much is held back by what you named ({named}) is not known, so it is not in the picture."


def uptake(a: Assessment) -> str:
    """How much of what is swallowed becomes usable, and what is not known of it."""
    if not a.intake_ug:
        return f"{UPTAKE_UNKNOWN if a.usable_unknown else UPTAKE_NONE} {_kept(a)}".rstrip()
    usable_ug = a.usable_swallowed.value
    form = UPTAKE if usable_ug >= TRACE_BELOW_UG else UPTAKE_TRACE if usable_ug else UPTAKE_ZERO
    said = form.format(
        swallowed=amount_ug(a.intake_ug),
        usable=amount_ug(a.usable_swallowed.value),
        percent=percent(100 * a.usable_swallowed.value / a.intake_ug),
        why=WHY_NO_FACTOR if a.levers.no_intrinsic_factor else WHY_BELOW,
    )
    unknown = [c.label for c in a.conditions if c.unknown_effect and c.release_factor.value == c.capacity_factor.value == 1]
    not_known = NOT_IN_PICTURE.format(named="; ".join(unknown)) if unknown else ""
    return " ".join(filter(None, (said, not_known, _kept(a))))


def _kept(a: Assessment) -> str:
    """What stays of what is given; empty where nothing is."""
    if not a.given_ug:
        return ""
    kept = amount_ug(a.usable_given.value)
    return f"Of {amount_ug(a.given_ug)} given a day by injection or nasal spray about {kept} stays in the body; the rest leaves it again."


def foods(a: Assessment) -> str:
    """What is not counted of the foods, and which have no value; empty where all is counted."""
    said = ""
    if a.intake.uncounted_ug:
        named = [f.name for f in a.foods if f.uncounted_ug]
        said += f" Not counted, because it cannot be relied on: {day_list(named)}."
    if a.intake.unknown:
        said += f" No value: {day_list([f.name for f in a.foods if f.total_ug is None])}."
    return said.strip()


#: What each fill in a picture stands for.
FILLS: Final = {
    "natural": "natural",
    "added": "added to food",
    "supplement": "supplement",
    "given": "given (injection, nasal spray): not part of intake",
    "missing": "missing to the target",
    "before": "the plan you kept",
}
A_DAY: Final = "B12 swallowed a day, in µg"
MOST: Final = "Most comes from {name}: {amount} of {whole} a day"
#: Where no day brings any.
EVERY_DAY: Final = "On every day: none of the foods and supplements of this plan brings B12 that can be counted."
NONE_BRINGS: Final = "Nothing in this plan brings B12 that can be counted"


def whose_line(target: Target) -> str:
    """What the line in a picture is: 'RDA 2.4 µg'."""
    return f"{target_kind(target)} {number(target.intake_ug)} µg"


def foods_title(a: Assessment, name: str, ug: float) -> str:
    """The answer over the picture of foods and supplements: what brings most. [µg/day]"""
    return MOST.format(name=name, amount=amount_ug(ug), whole=amount_ug(a.intake_ug)) if ug else NONE_BRINGS


def alt_days(a: Assessment) -> str:
    """Text alternative of the chart by day."""
    target = f", target {number(a.target.intake_ug)} µg" if a.target else ""
    return f"Intake by day{target}: " + ", ".join(f"{d.name} {day_intake(d)}" for d in a.days)


def alt_foods(rows: Sequence[tuple[str, float]]) -> str:
    """Text alternative of the picture of foods and supplements. ``rows``: name and amount, largest first. [µg/day]"""
    return "What brings most: " + ", ".join(f"{name} {amount_ug(ug)} a day" for name, ug in rows)
