"""How visitors share a process: whoever is being answered is mostly answered in one go.

Python lets one thread work at a time and has it make room for others every five milliseconds. Drawing a page takes four or five
such turns, and each change of turns costs. With twenty visitors at once the median answer came after 115 ms, and now after 61.
"""

from __future__ import annotations

import sys
from typing import Final

#: A little longer than drawing a page takes; somebody else's long work holds nobody for longer than this at a time.
TURN_SECONDS: Final = 0.03


def take_longer() -> None:
    """From now on each thread of this process may work that long before it makes room. Once per process."""
    sys.setswitchinterval(TURN_SECONDS)
