"""Keeps the project's own tables in memory once they are read."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from threading import Lock
from typing import Protocol, TypeVar

from dashboard.tables.manifest import DATA

Loaded = TypeVar("Loaded", covariant=True)


class Load(Protocol[Loaded]):
    """Reads tables of a data folder, by default the project's own."""

    def __call__(self, folder: Path = DATA) -> Loaded:
        """The tables of a folder."""


def read_once(read: Callable[[Path], Loaded]) -> Load[Loaded]:
    """The same reading, with the tables of ``data/`` read once per process; those of any other folder are read each time.

    Everybody who asks for the tables of ``data/`` gets the same object, from whichever thread and however many other folders
    were read in between.
    """
    lock = Lock()
    own: list[Loaded] = []

    @wraps(read)
    def load(folder: Path = DATA) -> Loaded:
        if folder != DATA:
            return read(folder)
        with lock:
            if not own:
                own.append(read(DATA))
            return own[0]

    return load
