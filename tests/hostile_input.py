"""Makes input nobody meant: sound input with pieces changed, cut, doubled, blown up or replaced by what has broken programs before."""

from __future__ import annotations

import json
import os
import random
import time
import tracemalloc
from collections.abc import Callable
from typing import Any, Final

SECONDS_MAX = 0.05
BYTES_MAX = 50_000_000
#: Of the full number, which this variable asks for, the suite tries a part.
SHARE = 1.0 if os.environ.get("B12_EVERY_HOSTILE_INPUT") else 0.05

NASTY = (
    "",
    "0",
    "-1",
    "-0.0",
    "1e309",
    "NaN",
    "Infinity",
    "9" * 400,
    "1" * 5_000,
    "null",
    "true",
    "\u0000",
    "\ufeff",
    "\ud800",
    "\u202e",
    "é" * 300,
    "ﬀ" * 100,
    "a\u0301" * 100,
    "\r\n",
    '"',
    "'",
    ";",
    ",",
    "\t",
    "{}",
    "[]",
    "{" * 500,
    "[" * 500,
    "\\u0000",
    "=HYPERLINK(1)",
    "../../etc/passwd",
    "%00",
    "<script>",
    "![x](https://hostile.example)",
)


def mutated(sound: str, draw: random.Random, largest: int) -> str:
    """One to four changes of a sound text; now and then a piece is repeated until the text is as long as is allowed."""
    text = sound
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(text) + 1)
        end = min(len(text), at + draw.choice((1, 1, 3, 20, 200, 2_000)))
        match draw.randrange(6):
            case 0:
                text = text[:at] + draw.choice(NASTY) + text[at:]
            case 1:
                text = text[:at] + draw.choice(NASTY) + text[end:]
            case 2:
                text = text[:at] + text[end:]
            case 3:
                text = text[:end] + text[at:end] + text[end:]
            case 4:
                text = text[:at] + chr(draw.randrange(0x250)) + text[end:]
            case _:
                piece = text[at:end]
                if piece and draw.random() < 0.2:
                    text = text[:at] + piece * ((largest - len(text)) // len(piece)) + text[end:]
    return text[: largest + 1]


def _fixed_work() -> float:
    """CPU time of work that is always the same. [s]"""
    started = time.process_time()
    json.loads(_FIXED)
    sum(n * n for n in range(20_000))
    return time.process_time() - started


_FIXED: Final = json.dumps([{"food": f"x{n}", "grams": n / 7, "note": ["a", None, True]} for n in range(2_000)])
#: What that work takes on the machine of the figures when nothing else runs on it. [s]
FIXED_WORK_SECONDS: Final = 0.0027


def spent(read: Callable[[Any], Any], given: Any) -> float:
    """CPU time of reading something, on the machine of the figures when it is quiet. [s]

    Work that is always the same is timed beside it: a core that is shared, or another machine, is slower at both. A slow reading is
    done again, because garbage may have been collected meanwhile.
    """
    times: list[float] = []
    while not times or (times[-1] > SECONDS_MAX / 2 and len(times) < 8):
        slower = _fixed_work() / FIXED_WORK_SECONDS
        started = time.process_time()
        read(given)
        took = time.process_time() - started
        slower = max(slower, _fixed_work() / FIXED_WORK_SECONDS)
        times.append(took / max(slower, 1.0))
    return min(times)


def held(read: Callable[[Any], Any], given: Any) -> int:
    """The most memory held while reading something. [bytes]"""
    tracemalloc.start()
    try:
        read(given)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def tried(read: Callable[[Any], Any], inputs: list[Any]) -> None:
    """Reads each input: none may raise, take over 50 ms or hold over 50 MB."""
    for given in inputs:
        took = spent(read, given)
        assert took < SECONDS_MAX, f"{took:.3f} s for {str(given)[:300]!r} ({len(str(given)):,} characters)"
        if len(str(given)) > 20_000 or took > SECONDS_MAX / 5:
            assert held(read, given) < BYTES_MAX
