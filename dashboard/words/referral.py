"""What the summary for a clinician says, and the form in which it is asked for."""

from __future__ import annotations

from typing import Final

from dashboard.care.blood_tests import Result, SchemeBands
from dashboard.care.signs import RED
from dashboard.words import care

TITLE: Final = "Summary for a clinician"
HOLDS: Final = (
    "One page with your intake, your conditions and medicines, your supplements, and what you ask for. It also holds the signs and "
    "blood results that you add below. It carries no link and no QR code."
)
KEPT_NOWHERE: Final = (
    "What you tick or type here is for this print only. It goes into no link, no saved plan, no log and not to the server's disk, "
    "and it is gone when you leave the page."
)
OPEN: Final = "Add signs and blood results, and make the summary"
SIGNS: Final = "Signs you have noticed"
SIGNS_EXAMPLE: Final = "None chosen"
RESULTS: Final = "Blood results you have"
GET_PDF: Final = "Save the summary as PDF"
GET_HTML: Final = "Save the summary as a web page"
FILE_MARK: Final = "summary"

ASK_NOW: Final = "an assessment today of the signs listed here; they need prompt attention whatever the B12 status."
ASK_SIGNS: Final = "your view of the signs listed here, and whether a B12 blood test makes sense."
ASK_RESULTS: Final = "your view of the blood results listed here."

RESULT: Final = "{test}: {value} {unit}.{lab}{bands}"
LAB: Final = " Laboratory's own range {ends}: {where}."
WHERE: Final = {"below": "below", "above": "above", "within": "inside"}
BANDS: Final = " {scheme}: {band} ({edges})."


def asked(urgency: str, *, signs: bool, results: bool) -> str:
    """What is asked for, where signs or results speak first; empty where they do not."""
    if urgency in RED:
        return ASK_NOW
    return ASK_SIGNS if signs else ASK_RESULTS if results else ""


def result(r: Result, schemes: tuple[SchemeBands, ...]) -> str:
    """A blood result with its unit, the laboratory's range and the published bands; adults only have bands."""
    lab = LAB.format(ends=care.lab_ends(r), where=WHERE[r.against_lab]) if r.against_lab else ""
    bands = "".join(_band(s) for s in schemes)
    said = RESULT.format(test=care.TEST_LABELS[r.unit.test], value=care.value(r), unit=r.unit.unit, lab=lab, bands=bands)
    return said if schemes else f"{said} {care.BLOOD_ADULT}"


def _band(s: SchemeBands) -> str:
    where = care.row_text(care.BAND_WORDS[s.found.band], s.found)
    return BANDS.format(scheme=s.scheme, band=where, edges=care.edges(s.found))
