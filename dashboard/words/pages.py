"""What the pages are called, and the groups they stand in on a phone."""

from __future__ import annotations

from typing import Final

#: The page, as its file is named -> its name in the menu.
NAMES: Final = {
    "plan": "Plan",
    "shortfall": "Where it falls short",
    "suggestions": "What would help",
    "foods": "Foods",
    "outlook": "Years ahead",
    "causes": "Causes, signs and tests",
    "take_along": "Share and print",
    "sources": "Sources",
}
#: On a phone: a group -> its pages. A group of one page is a link.
GROUPS: Final = {
    "Plan": ("plan",),
    "Improve": ("shortfall", "suggestions", "foods"),
    "Learn": ("outlook", "causes", "sources"),
    "Share": ("take_along",),
}

CAUSES_TAB: Final = "Causes and treatment"
SIGNS_TAB: Final = "Signs"
TESTS_TAB: Final = "Blood tests"
FIGURES_TAB: Final = "Where the numbers come from"
GOOD_TAB: Final = "How good are they?"
