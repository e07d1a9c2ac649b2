"""The text of a plan file as JSON: what it may hold is bounded before it is read, and each key stands once."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Final

from dashboard.plan.fault import PlanError, quoted

#: Longer input is not a plan; it is refused before any work is done.
FILE_MAX: Final = 1_200_000
#: Twice what the largest plan with a baseline has: one part for each food, meal and day.
PARTS_MAX: Final = 25_000


def read_json(text: str | bytes) -> Any:
    """What the text of a file holds.

    Raises
    ------
    PlanError
        It is larger than any plan, no JSON, or gives a key twice.
    """
    if len(text) > FILE_MAX:
        raise PlanError("file-too-large", most_megabytes=FILE_MAX / 1_000_000)
    if _parts(text) > PARTS_MAX:
        raise PlanError("file-too-many-parts")
    try:
        return json.loads(text, object_pairs_hook=_each_key_once)
    except PlanError:
        raise
    except (ValueError, RecursionError):
        raise PlanError("file-not-json") from None


def _parts(text: str | bytes) -> int:
    """How many lists and objects a JSON text can have at most."""
    return sum(text.count(mark) for mark in ("{", "[")) if isinstance(text, str) else sum(text.count(mark) for mark in (b"{", b"["))


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of a JSON text. Raises :class:`PlanError` where a key stands in it twice: nobody knows which of the two counts."""
    made = dict(pairs)
    if len(made) < len(pairs):
        given = Counter(key for key, _ in pairs)
        raise PlanError("file-key-twice", key=quoted(given.most_common(1)[0][0]))
    return made
