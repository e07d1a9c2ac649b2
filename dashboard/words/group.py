"""What is said of a group: how it is read, its share below the average requirement, and how far that holds."""

from __future__ import annotations

from typing import Any, Final

from dashboard.words import percent

PEOPLE_SHEET: Final = "people"
BAD: Final = "{file}: {reason}"

TITLE: Final = "Many people at once"
INTRO: Final = (
    "Drop plan files, or a food record of many people. You see where the group stands and save one row a person. "
    "The files are read in memory and kept nowhere."
)
OPEN: Final = "Read a group"
FILES: Final = "Plan files, food records (CSV or Excel), or the items and supplements of one ASA24 study"
TOO_MANY: Final = "These files hold {people} people, and this page works out {most} at once. Use the command line for more."
NOBODY: Final = "No plan could be read from these files."
WORKING: Final = "{done} of {people} people"
PROBLEMS: Final = "Not read: {count}"
RESULTS_MARK: Final = "group"
GET: Final = {"csv": "CSV", "xlsx": "Excel (.xlsx)", "parquet": "Parquet"}
HISTOGRAM_TITLE: Final = "How much of their own target people take in"
HISTOGRAM_X: Final = "Intake, % of the person's own target"
HISTOGRAM_Y: Final = "People"
HISTOGRAM_LINE: Final = "target"
HISTOGRAM_ALT: Final = "People by their intake as a share of their own target: {bins}."
HISTOGRAM_BIN: Final = "{count} at {bin}\u00a0%"
BIN: Final = "{low} to {high}"
BIN_LAST: Final = "{low} and more"
BIN_COLUMNS: Final = ("% of the own target", "People")

BELOW: Final = "{below} of {counted} people ({percent}) have a recorded intake below the average requirement (EAR)."
UNCERTAIN: Final = "Of those below, {count} have foods without a B12 value or lines that were not understood, so they may take in more."
LEFT_OUT: Final = (
    "Not counted: {count}, who are under 1 year, have nothing entered, ate nothing on any day entered, or are compared with a value "
    "that has no EAR."
)
NOBODY_COUNTED: Final = "Nobody of this group can be compared with an average requirement."
VALIDITY: Final = (
    "This is the EAR cut-point (IOM 2000): it is for groups, never for one person, and it needs usual intakes. B12 swings more from day "
    "to day than the methods of IOM 2000 allow, so a few recorded days make the spread too wide, and the share can be too high or too low. "
    "It counts what is swallowed, not what is taken up: people with a condition that lowers uptake may lack B12 above the EAR too."
)


def share_below(found: Any) -> list[str]:
    """What may be said of a group, from its :class:`dashboard.group.results.Prevalence`."""
    if found.share is None:
        return [NOBODY_COUNTED]
    said = [BELOW.format(below=found.below, counted=found.counted, percent=percent(100 * found.share))]
    if found.below_uncertain:
        said.append(UNCERTAIN.format(count=found.below_uncertain))
    if found.people > found.counted:
        said.append(LEFT_OUT.format(count=found.people - found.counted))
    return [*said, VALIDITY]
