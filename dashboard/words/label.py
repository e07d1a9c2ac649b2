"""What is said about a food written down from its label."""

from __future__ import annotations

from typing import Final

from dashboard.words import DIET_CLASS_LABELS, amount_ug, number, percent

TITLE: Final = "Add a food from its label"
INTRO: Final = "Type what the pack says. The food stays in your plan, its link and its file."
NAME: Final = "Name of the food"
NAME_HINT: Final = "Oat drink, my brand"
SERVING: Final = "Serving size"
UNIT: Final = "in"
BASIS: Final = "How the label gives B12"
AMOUNT: Final = "Amount"
PER: Final = "For"
DIET: Final = "The food is"
DIET_HELP: Final = "Vegan: nothing from animals. Vegetarian: milk, egg or honey only. If you cannot tell, leave it as not certain."
FORTIFIED: Final = "Is B12 in the ingredient list?"
FORTIFIED_HELP: Final = "Look for vitamin B12, cobalamin, cyanocobalamin or methylcobalamin among the ingredients."
#: What is answered -> its label.
FORTIFIED_ANSWERS: Final = {"yes": "Yes, it is added", "no": "No", "unknown": "I cannot tell"}
SAY_FORTIFIED: Final = (
    "Say whether B12 is in the ingredient list: added B12 is taken up in another way than B12 that is in the food itself."
)
EVERY_DAY: Final = "On every day of the plan ({days} days)"

BASES: Final = {
    "ug": "µg (mcg)",
    "us-dv": "% Daily Value, US label now",
    "us-dv-1-to-3": "% Daily Value, US food for children of 1 to 3 years",
    "us-dv-infants": "% Daily Value, US food for babies under 1 year",
    "us-dv-before-2016": "% Daily Value, older US label",
    "eu-nrv": "% NRV or % RI, EU or UK label",
    "not-printed": "B12 is not on the label",
}
PER_LABELS: Final = {"serving": "one serving", "100": "100 g or 100 ml"}
DIETS: Final = {**DIET_CLASS_LABELS, "omnivore": "with meat or fish", "uncertain": "not certain"}

#: What foods of a record are called that lost their names for want of room in the plan.
POOLED_FOODS: Final = {"none": "Other foods of the record, no B12", "unknown": "Other foods of the record, no B12 value"}

ML_AS_G: Final = "1 ml is counted as 1 g."
ALL_ADDED: Final = "A label does not say how much of its B12 was added. Here all of it is counted as added."
PLANT_WITH_B12: Final = "Plants bring no B12 of their own, so it is most likely added: check the list of ingredients."
UNKNOWN: Final = "This food has no B12 value. It counts as unknown, not as zero."


def older_label(new_ug: float, old_ug: float) -> str:
    """How an older US label differs."""
    return (
        f"{percent(100)} of the US Daily Value is {number(new_ug)} µg now. On older labels it was {number(old_ug)} µg. "
        "A label printed since 2021 uses the one of now; older ones may use either."
    )


def preview(serving_ug: float | None, serving: float, unit: str) -> str:
    """What one serving brings, before the food is added."""
    amount = f"{serving:g} {unit}"
    if serving_ug is None:
        return f"One serving ({amount}): no B12 value."
    # As fine as a label prints it, so that a reader sees the figure just typed.
    said = f"{serving_ug:.2f} µg" if 0.01 <= serving_ug < 10 else amount_ug(serving_ug)
    return f"One serving ({amount}): {said} B12."


ADD: Final = "Add one serving to {meal}"
ADD_EVERY_DAY: Final = "Add one serving to {meal} on {days} days"
ADDED: Final = "{name} was added to {meal}."
ADDED_EVERY_DAY: Final = "{name} was added to {meal} on {days} days."


def add(meal: str, days: int = 1) -> str:
    """The button's text."""
    return (ADD if days == 1 else ADD_EVERY_DAY).format(meal=meal, days=days)


def added(name: str, meal: str, days: int = 1) -> str:
    """The food is in the plan."""
    return (ADDED if days == 1 else ADDED_EVERY_DAY).format(name=name, meal=meal, days=days)
