"""What is said about B12 on its way from swallowed to usable."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dashboard.estimate.assess import Assessment
from dashboard.estimate.held_back import MealFlow
from dashboard.words import MEAL_LABELS, amount_ug, band_ug, day_list

SWALLOWED: Final = "{amount} swallowed"
USABLE: Final = "{band} usable"
#: Why a part is held back, in the order in which it leaves the stream.
REASONS: Final = {
    "passes": "{amount} passes through: even of a small amount nobody takes up all",
    "limit": "{amount} is more than one meal can deliver",
    "conditions": "{amount} is held back by what you named: {held_by}",
}
CONDITIONS_UNNAMED: Final = "your conditions and medicines"
ONE: Final = "{meal} gives most of what you can use: {band} a day"
ONLY: Final = "Only {meal} brings B12 you can use: {band} a day"
NOT_SURE: Final = "It is not sure that any meal brings B12 you can use"
NOTHING: Final = "No meal brings B12 you can use"
BRING_NONE: Final = "{meals} {verb} none."
ALT: Final = "From swallowed to usable by meal: {meals}."
ALT_MEAL: Final = "{meal} {swallowed} swallowed, {usable} usable{held}"
ALT_HELD: Final = " ({parts})"
#: A part smaller than this is not named: it would be read as 0.0. [µg/day]
NAMED_FROM_UG: Final = 0.005


def held_by(a: Assessment) -> str:
    """The conditions and medicines whose effect on uptake is counted, as the person knows them."""
    return ", ".join(c.label for c in a.conditions if c.capacity_factor.value < 1 or c.release_factor.value < 1) or CONDITIONS_UNNAMED


def held(f: MealFlow, by: str) -> list[tuple[str, str]]:
    """Each reason that holds anything back, with the sentence that says so."""
    return [(reason, REASONS[reason].format(amount=amount_ug(ug), held_by=by)) for reason, ug in f.held_back if ug >= NAMED_FROM_UG]


def title(flows: Sequence[MealFlow]) -> str:
    """The answer over the picture: which meal gives most of what is usable."""
    bring = [f for f in flows if f.usable.value >= NAMED_FROM_UG]
    may_bring = [f for f in flows if f.usable.high >= NAMED_FROM_UG]
    if not bring:
        return NOT_SURE if may_bring else NOTHING
    best = max(bring, key=lambda f: f.usable.value)
    form = ONLY if len(may_bring) == 1 else ONE
    return form.format(meal=best.name if form is ONLY else MEAL_LABELS[best.name], band=band_ug(best.usable))


def bring_none(flows: Sequence[MealFlow]) -> str:
    """The meals that bring none, in place of empty streams; empty where each brings some."""
    bare = [f.name for f in flows if f.swallowed_ug <= 0]
    if not bare:
        return ""
    said = day_list(bare)
    return BRING_NONE.format(meals=f"{said[0].upper()}{said[1:]}", verb="brings" if len(bare) == 1 else "bring")


def alt(flows: Sequence[MealFlow], by: str) -> str:
    """Text alternative of the streams."""
    return ALT.format(meals="; ".join(_alt_meal(f, by) for f in flows))


def _alt_meal(f: MealFlow, by: str) -> str:
    parts = "; ".join(line for _, line in held(f, by))
    return ALT_MEAL.format(
        meal=MEAL_LABELS[f.name],
        swallowed=amount_ug(f.swallowed_ug),
        usable=band_ug(f.usable),
        held=ALT_HELD.format(parts=parts) if parts else "",
    )
