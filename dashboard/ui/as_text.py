"""One escape for whatever comes from a file, a link, a label or USDA: the screen shows it and takes none of it for formatting.

Streamlit reads the text of nearly everything (messages, captions, labels of buttons, cells of ``st.table``) as Markdown, and adds
addresses that become links by themselves, icons, colours and formulas. Not so the choices of a select box and ``st.dataframe``: what goes
there must stay as it is.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from dashboard.words import one_line

#: Joins what stands on both sides, and is not seen. It parts what would be read together: an address, an icon's name.
JOINER: Final = "\u2060"
#: What opens emphasis, code, a link, a formula, a table or HTML, wherever it stands; an underscore that is not inside
#: a word; and an entity (``&amp;``).
MARKS: Final = re.compile(r"[\\`*~\[\]<>$|]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
#: What makes a heading, a list or a rule at the beginning of a line.
AT_START: Final = re.compile(r"^(?:[-+#](?=[-+#\s]|$)|=|\d+(?=[.)](?:\s|$)))")
#: Where Streamlit or its Markdown finds addresses, icons, emoji, colours and arrows even in escaped text.
PARTED: Final = re.compile(r"(?<=:)(?=[^\s\d]|[\w+-]+:)|(?<=\bwww)(?=\.)|(?=@)|(?<=[-<>~])(?=\\?[-=>])", re.IGNORECASE)
#: Characters that turn the writing direction of what follows.
TURNS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def as_text(text: str) -> str:
    """A text as the source of what the screen shows: one line, in which nothing is formatting.

    Sentences of our own may pass through it too; they look the same before and after.
    """
    line = one_line("".join(c for c in text if (c.isspace() or unicodedata.category(c) != "Cc") and c not in TURNS))
    parted = PARTED.sub(JOINER, line)
    escaped = MARKS.sub(r"\\\g<0>", parted)
    return AT_START.sub(lambda found: f"\\{found[0]}" if not found[0].isdigit() else f"{found[0]}\\", escaped)


def bold(text: str) -> str:
    """A text in bold, with nothing else in it taken for formatting."""
    return f"**{as_text(text)}**"
