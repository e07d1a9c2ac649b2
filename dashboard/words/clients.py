"""What is said about whose plan is on screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

TITLE: Final = "Whose plan is this?"
INTRO: Final = (
    "Give it initials or a number if you keep several. The code names the saved file and the printed page; it is never part of a link. "
    "All plans stay in this browser tab: save those you want to keep."
)
CODE: Final = "Code (at most {most} characters)"
PEOPLE: Final = "Person on screen"
NEW: Final = "New person"
CLOSE: Final = "Close this person"
CLOSE_SURE: Final = "Unsaved changes of this person are lost."
CLOSE_GO: Final = "Close without saving"
OPEN_FILES: Final = "Open saved plans (several at once)"
FULL: Final = "There are {most} people open, as many as this app holds. Close some first."
SAVE: Final = "Save as a file"


def name(code: str, place: int) -> str:
    """What a person of the list is called: their code, or their place."""
    return code or f"Person {place + 1}"


def opened(names: Iterable[str]) -> str:
    """That saved plans are open."""
    every = list(names)
    if len(every) == 1:
        return f"The file is open as {every[0]}. Nothing of the plan before is in it."
    return f"{len(every)} files are open: {', '.join(every)}. Switch between them under “{PEOPLE}”."
