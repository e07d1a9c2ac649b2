"""What a product's own list of ingredients says of its B12: where it names the vitamin, all of the B12 on the label was added."""

from __future__ import annotations

import re
from typing import Final

#: Cyanocobalamin, methylcobalamin …, or "vitamin B12" however it is parted.
_NAMED: Final = re.compile(r"cobalamin|vitamin\s+b[\s-]?12\b", re.IGNORECASE)


def names_b12(ingredients: str) -> bool:
    """Whether a list of ingredients names vitamin B12."""
    return bool(_NAMED.search(ingredients))


def added_part(total_ug: float | None, added_ug: float | None, ingredients: str) -> float | None:
    """The added part of a product's B12. [µg, as the total is given]

    All of it where the ingredients name it and the source gives no part of its own; a label prints one figure only.
    """
    if added_ug or total_ug is None or not names_b12(ingredients):
        return added_ug
    return total_ug
