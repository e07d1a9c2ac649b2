"""What is said where a person names conditions and medicines."""

from __future__ import annotations

from typing import Final

from dashboard.care.find_condition import Match

CONDITIONS: Final = "Conditions and medicines that affect B12"
FIND: Final = "Find another, by any name"
FIND_EXAMPLE: Final = "Nexium, weight-loss operation …"
FOUND_NOTHING: Final = (
    "Nothing here goes by that name, which does not mean that it leaves B12 alone. "
    "Look through the list under “Causes, signs and tests”. If it is not there, add it as “not in this list”, "
    "and ask a doctor or pharmacist whether it touches B12."
)


def found(match: Match) -> str:
    """A condition or medicine that was found, with the word that led to it."""
    label = match.condition.label
    return label if match.name == label else f"{match.name}: {label}"
