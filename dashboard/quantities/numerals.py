"""Numerals as they are written in different countries: which number, or which two, a text may mean.

No locale is asked for, since nobody knows which one a person types in: a numeral that reads the same under every
custom is a number, one that does not is two numbers, and whoever asked has to find out which.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: Decimal marks and signs between thousands. The Arabic ones mean one thing only.
ARABIC_DECIMAL: Final = "\u066b"
ARABIC_GROUP: Final = "\u066c"
#: A decimal point in British print, "times" elsewhere.
MIDDLE_DOT: Final = "\u00b7"
#: A word of letters alone, of any script.
SPELT: Final = re.compile(r"[^\W\d_]+")
_APOSTROPHES: Final = "'\u2019\u02bc\u00b4`"
#: Parts in which amounts are cut. Any other fraction is a date or a ratio, not an amount.
DENOMINATORS: Final = (2, 3, 4, 5, 6, 8, 10, 12, 16)

#: Other forms of a sign: three minus signs and dashes, the fraction slash, Arabic percent, wide comma and full stop, middle dots.
_SAME_AS: Final = {
    **dict.fromkeys("\u2212\u2013\u2014", "-"),
    **dict.fromkeys("\u22c5\u2219\u30fb", MIDDLE_DOT),
    "\u2044": "/",
    "\u066a": "%",
    "\uff0c": ",",
    "\uff0e": ".",
}

_DIGITS = r"[0-9]+"
_CHUNK: Final = re.compile(
    rf"[0-9](?:[0-9]|[.,'{ARABIC_DECIMAL}{ARABIC_GROUP}](?=[0-9])| (?=[0-9]{{3}}(?![0-9])))*|[.,{ARABIC_DECIMAL}][0-9]+"
)
_POWER: Final = re.compile(r"[eE][+-]?[0-9]{1,2}(?![0-9a-zA-Z])")
_DOTTED: Final = re.compile(rf"({_DIGITS}){MIDDLE_DOT}({_DIGITS})(?![0-9.,{MIDDLE_DOT}])")
#: Thousands set apart by a space, or how many of something: "2 200 ml". "2 000" is one number, since nobody eats two of 000.
_APART: Final = re.compile(rf"([1-9][0-9]?) ([1-9][0-9]{{2}})(?![0-9.,'{MIDDLE_DOT}{ARABIC_DECIMAL}{ARABIC_GROUP}/]| [0-9])")
_FRACTION: Final = re.compile(rf"({_DIGITS}) ?/ ?({_DIGITS})(?![0-9/])")
_MIXED: Final = re.compile(rf"({_DIGITS}) +({_DIGITS}) ?/ ?({_DIGITS})(?![0-9/])")
_WESTERN: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
_INDIAN: Final = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})*,[0-9]{3}")


def plain_digits(text: str) -> str:
    """A text with digits of every script as 0 to 9, fractions as a/b, and one kind of space, apostrophe and minus."""
    out = []
    for sign in text:
        category = unicodedata.category(sign)
        if category == "Nd":
            out.append(str(unicodedata.decimal(sign)))
        elif category == "No" and "<fraction>" in unicodedata.decomposition(sign):
            out.append(" " + unicodedata.normalize("NFKC", sign).replace("\u2044", "/"))
        elif sign in _APOSTROPHES:
            out.append("'")
        elif category == "Zs" or sign.isspace():
            out.append(" ")
        elif category != "Cf":  # marks of writing direction, which nobody sees
            out.append(_SAME_AS.get(sign, sign))
    return " ".join("".join(out).split())


def numeral(text: str, decimal: str = "") -> tuple[tuple[float, ...], str]:
    """The numbers that a text may begin with, and the rest of the text.

    Parameters
    ----------
    text
        As :func:`plain_digits` leaves it.
    decimal
        "," or "." where the writer's decimal mark is known (from the other lines of a file); else empty.

    Returns
    -------
    No number: the text begins with none, or with one that follows no custom. Two: both are possible.
    """
    if found := _MIXED.match(text):
        whole, part, parts = (float(group) for group in found.groups())
        return ((whole + part / parts,) if 0 < part < parts and parts in DENOMINATORS else ()), text[found.end() :]
    if found := _FRACTION.match(text):
        return _of_fraction(found[1], int(found[2])), text[found.end() :]
    found = _CHUNK.match(text)
    if not found:
        return (), text
    chunk, end = found[0], found.end()
    power = _POWER.match(text, end)
    if power:
        end = power.end()
    # A mark at the end, as while typing "5," or in "5. egg": it changes nothing. Before another digit it does.
    if text[end : end + 1] in (".", ",") and not text[end + 1 : end + 2].isdigit():
        end += 1
    read = _values(chunk, decimal)
    if power:
        read = tuple(value * 10 ** float(power[0][1:]) for value in read[:1]) if len(read) == 1 else ()
    return read, text[end:]


def number_or_times(text: str) -> tuple[float, tuple[float, float], str] | None:
    """What a text may mean that begins like "2·5" or "2 200": one number (2.5, 2200) or so many times another (2 of 5, 2 of 200).

    Returns
    -------
    The number, the count with what is counted, and the rest of the text. None: the text begins in neither way.
    """
    for written, mark in ((_DOTTED, "."), (_APART, "")):
        if found := written.match(text):
            return float(f"{found[1]}{mark}{found[2]}"), (float(found[1]), float(found[2])), text[found.end() :]
    return None


def _of_fraction(part: str, parts: int) -> tuple[float, ...]:
    """The numbers that "3/2" may mean. "11/2" is five and a half, or one and a half whose space was lost."""
    if parts not in DENOMINATORS or (int(part) > parts and int(part) % parts == 0):
        return ()
    value = int(part) / parts
    whole, over = part[:1], int(part[1:] or 0)
    return (value, int(whole) + over / parts) if int(whole) and 0 < over < parts else (value,)


def _values(chunk: str, decimal: str) -> tuple[float, ...]:
    """The numbers one run of digits and marks may mean."""
    # Thousands set apart by spaces get the apostrophe, which nothing else uses.
    chunk = chunk.replace(" ", "'")
    if ARABIC_DECIMAL in chunk or ARABIC_GROUP in chunk:
        return _grouped(chunk, ARABIC_GROUP, ARABIC_DECIMAL)
    marks = [sign for sign in chunk if sign in ",."]
    if "'" in chunk:
        return _grouped(chunk, "'", marks[0] if marks else "") if len(marks) < 2 else ()
    if not marks:
        return (float(chunk),)
    last = marks[-1]
    other = "." if last == "," else ","
    if other in marks:
        return _grouped(chunk, other, last)
    if len(marks) > 1:
        return _grouped(chunk, last, "")
    before, after = chunk.split(last)
    as_decimal = float(f"{before or 0}.{after}")
    if len(after) != 3 or not 1 <= len(before) <= 3 or before.startswith("0") or decimal == last:
        return (as_decimal,)
    as_thousands = float(before + after)
    return (as_thousands,) if decimal == other else (as_decimal, as_thousands)


def _grouped(chunk: str, group: str, decimal: str) -> tuple[float, ...]:
    """The number of a chunk whose two marks are known, if its thousands are set as somebody sets them."""
    whole, _, part = chunk.partition(decimal) if decimal else (chunk, "", "")
    if (decimal and decimal in part) or group in part:
        return ()
    tidy = whole.replace(group, ",")
    # India sets a comma after every two digits above the thousands.
    indian = group == "," and _INDIAN.fullmatch(tidy)
    if "," in tidy and not (_WESTERN.fullmatch(tidy) or indian):
        return ()
    if tidy.startswith("0") and "," in tidy:
        return ()
    return (float(f"{tidy.replace(',', '') or 0}.{part or 0}"),)
