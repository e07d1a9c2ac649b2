"""Why a look-up has no answer, as codes; the sentences stand in words/fdc.py."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """Why a look-up has no answer."""

    KEY_REFUSED = "key-refused"
    KEY_MISSING = "key-missing"
    OVER_LIMIT = "over-limit"
    BAD_REQUEST = "bad-request"
    NOT_FOUND = "not-found"
    SERVER = "server"
    NOT_JSON = "not-json"
    TRUNCATED = "truncated"
    TOO_LARGE = "too-large"
    HOLES = "holes"
    SLOW = "slow"
    OFFLINE = "offline"
    UNTRUSTED = "untrusted"
    STRANGE = "strange"


class FoodDataError(Exception):
    """A look-up that failed. It holds nothing of the request.

    Attributes
    ----------
    fault
        Which fault; a key of ``dashboard.words.fdc.FAULTS``.
    status
        The HTTP status, where there was an answer.
    wait_s
        How long USDA asks to wait, where it does. [s]
    """

    def __init__(self, fault: Fault, *, status: int | None = None, wait_s: float | None = None) -> None:
        super().__init__(str(fault))
        self.fault = fault
        self.status = status
        self.wait_s = wait_s
