"""A lock between programs on one machine."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


@contextmanager
def one_at_a_time(lock: Path, running: Exception) -> Iterator[None]:
    """Holds a lock that the operating system gives back even when the process is killed.

    Raises
    ------
    Exception
        ``running``, when another program or thread holds it.
    sqlite3.Error
        When the lock's file cannot be written.
    """
    with closing(sqlite3.connect(lock, timeout=0, isolation_level=None)) as db:
        try:
            db.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_BUSY:
                raise
            raise running from error
        yield
