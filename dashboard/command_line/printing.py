"""What several commands print in the same way."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from dashboard.estimate.provenance import Step
from dashboard.words.provenance import rests_on


def print_json(answer: Any) -> None:
    """An answer for machines."""
    print(json.dumps(answer, indent=1, ensure_ascii=False))


def print_rests_on(steps: Iterable[Step]) -> None:
    """What of the answer is a choice or unchecked, under it."""
    for line in rests_on(steps):
        print(line)
