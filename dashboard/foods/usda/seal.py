"""A checksum inside the file of imported foods: damage is told, and no figure of a damaged page is shown.

SQLite finds most damage of its own tables, not a changed digit in a cell. The header of its files has four bytes that it leaves to
programs (the application id); they hold the checksum of all the rest, so that file and checksum are replaced together.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Final

#: Where the application id stands in the file.
PLACE: Final = slice(68, 72)
PIECE: Final = 2**20
#: A larger file holds branded foods too; reading all of it takes longer than a reader waits.
CHECKED_MAX_BYTES: Final = 100_000_000


def _checksum(path: Path) -> bytes:
    """CRC-32 of a file, its own place counted as zeros; never zero itself."""
    crc = 0
    with path.open("rb") as file:
        first = bytearray(file.read(PIECE))
        first[PLACE] = bytes(4)
        crc = zlib.crc32(first)
        while piece := file.read(PIECE):
            crc = zlib.crc32(piece, crc)
    return (crc or 1).to_bytes(4, "big")


def seal(path: Path) -> None:
    """Writes the checksum of a finished file into it."""
    checksum = _checksum(path)
    with path.open("r+b") as file:
        file.seek(PLACE.start)
        file.write(checksum)


def broken(path: Path) -> bool:
    """Whether a file has a seal that does not fit it. A file without one, or too large to read now, is not called broken.

    Raises
    ------
    OSError
        When it cannot be read.
    """
    if path.stat().st_size > CHECKED_MAX_BYTES:
        return False
    with path.open("rb") as file:
        written = file.read(PLACE.stop)[PLACE]
    return written not in (b"", bytes(4)) and written != _checksum(path)
