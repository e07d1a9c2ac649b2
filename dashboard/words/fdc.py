"""What is said about foods looked up online in USDA's FoodData Central."""

from __future__ import annotations

from datetime import date
from typing import Final

from dashboard.words import amount_ug, number, percent, plural

TITLE: Final = "Search USDA's branded foods online"
INTRO: Final = (
    "Off until you press the button. Then the words you type go to the US Department of Agriculture, and nothing else: "
    "not your plan, and nothing about you. The rest of this app works without it."
)
QUERY: Final = "Brand and food"
QUERY_HINT: Final = "oat drink, bran flakes, a brand name …"
KEY: Final = "Your USDA key (optional)"
KEY_HELP: Final = "It is used for this visit only. It is not stored, and it is not part of the link or the file."
KEY_FREE: Final = "You can get a key of your own, free of charge, at https://fdc.nal.usda.gov/api-key-signup"
KEY_SERVER: Final = "This server has a key of its own."
#: Limits as USDA's gateway documents them (api.data.gov, "DEMO_KEY rate limits").
DEMO_LIMITS: Final = (
    "Without a key of your own the shared demo key is used: 30 requests an hour and 50 a day, "
    "for everybody who reaches USDA from the same network address."
)
SEARCH: Final = "Search online"
SEARCHING: Final = "Asking USDA …"
LOOK: Final = "Look and add"
DIET: Final = "The food is"
NONE_FOUND: Final = "USDA has no branded food of that name. Try fewer words, or add the food from its label."
NO_INGREDIENTS: Final = "USDA gives no list of ingredients."
DIET_UNKNOWN: Final = "USDA does not say which diet a branded food fits. Read the ingredients and choose."

DAY_S: Final = 86_400.0
_LOCAL: Final = "You can go on with the foods of this app, or add the food from its label."
FAULTS: Final = {
    "key-refused": f"USDA does not accept this key. Check it for a typing error, or leave the field empty. {_LOCAL}",
    "key-missing": f"USDA was asked without a key and did not answer. {_LOCAL}",
    "over-limit": f"The number of searches that this key may make is used up for now. {_LOCAL}",
    "bad-request": f"USDA did not understand this search. Try other words. {_LOCAL}",
    "not-found": f"USDA no longer has this food. {_LOCAL}",
    "server": f"USDA's service has a fault at the moment. {_LOCAL}",
    "not-json": f"USDA's service answered with a web page in place of data. It may be closed for repair. {_LOCAL}",
    "truncated": f"USDA's answer broke off in the middle. Try again in a minute. {_LOCAL}",
    "too-large": f"USDA's answer was larger than a list of foods can be, so it was not read. {_LOCAL}",
    "holes": f"USDA's answer had no figures that can be used. {_LOCAL}",
    "slow": f"USDA's service took too long to answer. Try again in a minute. {_LOCAL}",
    "offline": f"USDA's service cannot be reached from here. {_LOCAL}",
    "untrusted": f"The connection to USDA's service is not safe, so nothing was asked. {_LOCAL}",
    "strange": f"USDA's service answered in a way this app does not know. {_LOCAL}",
}


def fault(code: str, wait_s: float | None = None) -> str:
    """One plain sentence or two for a look-up that failed, with how long to wait where USDA says so."""
    if wait_s is None:
        return FAULTS[code]
    if wait_s >= DAY_S:
        return f"{FAULTS[code]} USDA asks to wait a day or longer before the next try."
    minutes = max(1, round(wait_s / 60))
    return f"{FAULTS[code]} USDA asks to wait {plural(minutes, 'minute')} before the next try."


DERIVATION_PERCENT: Final = "calculated from %DV"


def percent_dv(
    era: str, value_ug: float, low_ug: float | None, high_ug: float | None, new_ug: float, old_ug: float, unused_ug: float | None
) -> str:
    """The trap of a figure that was worked out from the label's % of the Daily Value. [µg per 100 g]

    ``era`` says which Daily Value the label used: new, old or uncertain. ``unused_ug`` is USDA's own figure
    where it was worked out with the other one.
    """
    trap = (
        "USDA worked this figure out from the label's % of the Daily Value. "
        f"{percent(100)} was {number(old_ug)} µg on older US labels and is {number(new_ug)} µg now."
    )
    if low_ug is not None and high_ug is not None:
        return (
            f"{trap} It is uncertain which one this label used: between {amount_ug(low_ug)} and {amount_ug(high_ug)} per 100 g. "
            f"In a plan it counts as USDA gives it, {amount_ug(value_ug)}. Check the pack; "
            "if it says otherwise, add the food from its label."
        )
    which = "of now" if era == "new" else "of older labels"
    dated = f"By its date this label uses the one {which}."
    if unused_ug is not None:
        return f"{trap} {dated} USDA's own figure ({amount_ug(unused_ug)} per 100 g) was worked out with the other one and is not used."
    return f"{trap} {dated} Check the pack."


ML_AS_G: Final = "Figures are per 100 ml; 1 ml is counted as 1 g."
BAD_UNIT: Final = "USDA gives the B12 of this food in a unit this app does not know, so it is not used."
ADDED_ABOVE_TOTAL: Final = "USDA gives more added B12 than B12 in all. That is an error there; the added part is not used."
FORTIFIED: Final = "Its ingredients name B12, so all of it is counted as added."


def locator(fdc_id: int, data_type: str) -> str:
    """Where the figure stands in FoodData Central."""
    return f"fdc_id {fdc_id}{f' ({data_type})' if data_type else ''}, nutrient number 418"


def as_of(day: date, cached: bool) -> str:
    """From when an answer is."""
    said = f"Data as of {day.day} {day:%B %Y}"
    return f"{said}, kept from an earlier search." if cached else f"{said}."


def found(hits: int, shown: int) -> str:
    """How many foods USDA has, and how many are shown."""
    if hits <= shown:
        return plural(hits, "food")
    return f"{plural(hits, 'food')}; the first {shown} are shown. More words narrow it down."


def left_out(count: int) -> str:
    """Hits that could not be read."""
    return f"{plural(count, 'more hit')} could not be read and {'is' if count == 1 else 'are'} left out."


def remaining(left: int, limit: int | None) -> str:
    """What is left of the key's limit."""
    return f"{plural(left, 'request')}{f' of {limit:,}' if limit else ''} left for this key at the moment."


def serving_b12(per_100g: float | None, low: float | None, high: float | None, serving_g: float) -> str:
    """B12 of one serving, with both ends where it is uncertain."""
    if per_100g is None:
        return "no B12 value"
    said = f"{amount_ug(per_100g * serving_g / 100)} B12"
    if low is not None and high is not None and low < high:
        said += f" ({number(low * serving_g / 100)} to {number(high * serving_g / 100)})"
    return said


def branded(name: str, serving: str, weight_g: float, b12: str) -> str:
    """One branded food in the list: its serving and the B12 in it. Name and serving are escaped already."""
    return f"{name} — {serving}, {weight_g:g} g: **{b12}**"


def added(name: str) -> str:
    """The food is in the plan, and stays there."""
    return f"{name} was added. Its figures now belong to your plan, so it stays there when you are offline."


def source(locator: str, derivation: str) -> str:
    """Where a figure stands, and how USDA says it came about."""
    return f"USDA FoodData Central, {locator}{f': {derivation[0].lower()}{derivation[1:]}' if derivation else ''}."
