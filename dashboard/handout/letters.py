"""Which letters the printed page can show: those of the fonts that travel with the app. No font of the machine is asked for.

A letter that no font has would be an empty box on paper, so a name in another script is replaced by words that say so.
"""

from __future__ import annotations

import re
import unicodedata
from importlib.resources import files
from typing import Any, Final

from dashboard.words.amounts import NO_BREAK
from dashboard.words.handout import OTHER_SCRIPT

#: Typst carries Libertinus Serif, New Computer Modern and DejaVu Sans Mono; these packages carry Noto fonts for further scripts.
PACKAGES: Final = ("justmytype_intl_south_asia", "justmytype_intl_rtl")
#: The scripts of those fonts; page.typ names the fonts themselves.
SCRIPTS: Final = frozenset(["LATIN", "GREEK", "CYRILLIC", "DEVANAGARI", "BENGALI", "TAMIL", "TELUGU", "ARABIC", "HEBREW"])
#: Letters up to here are Western European: every text font has them, and all sentences of the app are written in them.
LAST_WESTERN: Final = 0xFF
#: Signs beside the letters: punctuation, currency, numbers in one character, arrows, lines, mathematics.
SIGNS: Final = re.compile("[\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2070-\u218b\u2190-\u2193\u2506\u2212\u2248\u2260\u2264\u2265]")
#: In a picture's own text nothing is replaced: it is markup.
PICTURE: Final = "svg"


def folders() -> list[str]:
    """Where the fonts are."""
    return [str(files(package) / "fonts") for package in PACKAGES]


def _shown(c: str, *, western: bool) -> bool:
    if ord(c) <= LAST_WESTERN or SIGNS.match(c):
        return c.isprintable() or c == NO_BREAK
    if western:
        return False
    return unicodedata.category(c)[0] in "LMN" and unicodedata.name(c, "").partition(" ")[0] in SCRIPTS


def printable(text: str, *, western: bool = False) -> str:
    """A text as the paper can show it. ``western``: in Western European letters only.

    Pictograms are left out; a word in letters that cannot be shown is replaced by a note, once for neighbouring words.
    """
    composed = unicodedata.normalize("NFC", text)
    if all(_shown(c, western=western) or c == "\n" for c in composed):
        return composed
    said: list[str] = []
    for word in composed.split():
        kept = "".join(c for c in word if _shown(c, western=western))
        lost = any(unicodedata.category(c)[0] in "LN" and not _shown(c, western=western) for c in word)
        part = OTHER_SCRIPT if lost else kept
        if part and not (part == OTHER_SCRIPT and said[-1:] == [OTHER_SCRIPT]):
            said.append(part)
    return " ".join(said) or OTHER_SCRIPT


def all_printable(data: Any, *, western: bool = False) -> Any:
    """The same for every text of a template's data."""
    if isinstance(data, str):
        return printable(data, western=western)
    if isinstance(data, dict):
        return {key: value if key == PICTURE else all_printable(value, western=western) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [all_printable(part, western=western) for part in data]
    return data
