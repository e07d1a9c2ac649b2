"""Product codes: one product, one id, however many zeros stand in front of its code."""

from __future__ import annotations

from typing import Final

#: Digits of a UPC-A, as printed under the bars of products sold in the United States.
UPC_DIGITS: Final = 12


def gtin_id(code: str | None) -> str | None:
    """``gtin:`` and the code, padded to twelve digits; None when it is no product code.

    USDA's files pad one product's code with a varying number of zeros.
    """
    digits = "".join((code or "").split()).replace("-", "")
    if not (digits.isascii() and digits.isdecimal()) or not digits.strip("0"):
        return None
    return f"gtin:{digits.lstrip('0').zfill(UPC_DIGITS)}"
