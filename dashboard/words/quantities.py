"""What is said about an amount that was typed or read: what was understood, what is asked, why it was refused."""

from __future__ import annotations

from typing import Final

from dashboard.quantities import Quantity, Question, Refusal

#: Figures of an amount that are shown back, so that a reader sees the very number that was read.
SHOWN_DIGITS: Final = 6
QUOTED_MAX: Final = 60
#: Units that are words and have a singular.
_AGES: Final = ("years", "months", "weeks", "days")

ASKED: Final = {
    "thousands": "“{text}” can be read in two ways. Which one is it?",
    "range": "“{text}” names two amounts. Which one is it?",
    "measure": "This food comes in several measures of that name. Which one is it?",
}
_REFUSED: Final = {
    "empty": "Type a number.",
    "long": "This is too long for an amount. Type a number and its unit.",
    "no-number": "“{text}” has no number in it. Type a number, such as 2.4 or 2,4.",
    "negative": "“{text}” is less than none. Type 0 or more.",
    "malformed": "“{text}” cannot be read as a number. Type it like 1000.5 or 1000,5.",
    "two-numbers": "“{text}” has more than one number in it. Type one.",
    "extra": "“{text}” has words behind the amount. Type only the number and its unit.",
    "bound": "“{text}” is a limit and not an amount. Type the amount, or leave it empty if you do not know it.",
    "several": "“{text}” is more than one dose. Type one dose here and how often you take it beside it.",
    "whole": "“{text}” is no whole number. Type one without a decimal mark.",
    "no-unit": "“{text}” has no unit. Say what it counts, such as 200 g or 2 slices.",
    "unknown-unit": "The unit of “{text}” is not known here. Type the number in {unit}.",
    "other-unit": "“{text}” is not an amount in {unit}. Type it in {unit}.",
    "no-measure": "“{text}” is not a weight or a measure this food is listed in. Type grams.",
    "too-small": "“{text}” is less than this can be. It must be at least {low}.",
    "too-large": "“{text}” is more than this can be. It must be at most {high}.",
}
_NO_UNIT: Final = {
    "unknown-unit": "“{text}” has a word beside the number. Type the number only.",
    "other-unit": "“{text}” has a unit that does not belong here. Type the number only.",
}


def figure(value: float) -> str:
    """A number as it was read, without thousands marks: 1000.5."""
    return f"{value:.{SHOWN_DIGITS}f}".rstrip("0").rstrip(".") if value >= 10**-SHOWN_DIGITS or value == 0 else f"{value:.3g}"


def amount(value: float, unit: str) -> str:
    """A number with its unit: 0.38 µg, 1 year."""
    return f"{figure(value)} {unit.removesuffix('s') if value == 1 and unit in _AGES else unit}".strip()


def understood(found: Quantity) -> str:
    """What was read, to be shown beside the field: 0.38 µg; 75 g (3 × 25)."""
    said = amount(found.value, found.unit.unit if found.unit else "")
    said = {"less": f"less than {said}", "more": f"more than {said}"}.get(found.bound, said)
    return said if found.count == 1 else f"{said} ({figure(found.count)} × {figure(found.value / found.count)})"


def asked(question: Question) -> str:
    """What is asked about an amount that can be read in several ways."""
    return ASKED[question.code].format(text=quoted(question.text))


def refused(refusal: Refusal) -> str:
    """Why a text was not taken, and what to type instead."""
    texts = _REFUSED if refusal.unit else {**_REFUSED, **_NO_UNIT}
    low, high = ("" if end is None else amount(end, refusal.unit) for end in (refusal.low, refusal.high))
    return texts[refusal.code].format(text=quoted(refusal.text), unit=refusal.unit, low=low, high=high)


def why_not(found: Question | Refusal) -> str:
    """Why an amount was not taken; where it can be read in several ways, all of them."""
    if isinstance(found, Refusal):
        return refused(found)
    return f"{asked(found)} {' / '.join(understood(reading) for reading in found.readings)}"


def quoted(text: str) -> str:
    """A text from a field or a file as it is quoted in a sentence: short, and what can be seen of it only."""
    return "".join(c for c in " ".join(text.split())[:QUOTED_MAX] if c.isprintable()).strip()
