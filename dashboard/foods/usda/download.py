"""Fetches USDA's releases from USDA: resumable, checked for size and, where it is known, for checksum."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import requests

from dashboard.foods.usda.archive import ReleaseError
from dashboard.foods.usda.one_at_a_time import one_at_a_time
from dashboard.foods.usda.store import store_path
from dashboard.tables.read import read_rows

CONNECT_SECONDS: Final = 10
READ_SECONDS: Final = 60
ATTEMPTS: Final = 5
WAIT_SECONDS: Final = 2.0
#: The longest wait that a server may ask for.
WAIT_MAX_SECONDS: Final = 60.0
#: What is lost at most when the line breaks.
CHUNK: Final = 2**15
LARGEST: Final = 2 * 2**30
LENGTH_DIGITS_MAX: Final = 15
BUSY: Final = frozenset({429, 500, 502, 503, 504})

#: Told the bytes that are here, and of how many; None when the server does not say.
Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Download:
    """One row of usda_releases.csv. ``size_bytes`` None and ``sha256`` empty: not known."""

    name: str
    release: str
    url: str
    size_bytes: int | None
    sha256: str
    default: bool
    note: str

    @property
    def file(self) -> str:
        """Name of the file."""
        return self.url.rpartition("/")[2]

    @property
    def ceiling_bytes(self) -> int:
        """More than this is never written: its size where that is known, else far more than USDA's largest release has."""
        return LARGEST if self.size_bytes is None else self.size_bytes


@lru_cache(maxsize=1)
def downloads() -> Mapping[str, Download]:
    """The releases that can be fetched, by name."""
    return {
        row["name"]: Download(
            row["name"],
            row["release"],
            row["url"],
            int(row["bytes"]) if row["bytes"] else None,
            row["sha256"],
            row["default"] == "yes",
            row["note"],
        )
        for row in read_rows("usda_releases")
    }


def download_folder() -> Path:
    """Where fetched zips lie: beside the local file."""
    return store_path().parent / "usda-downloads"


def fetch(wanted: Download, folder: Path | None = None, *, progress: Progress | None = None, wait_seconds: float = WAIT_SECONDS) -> Path:
    """The zip of a release, fetched unless it is here. What was fetched before a break is not fetched again.

    Raises
    ------
    ReleaseError
        When it cannot be had, or is not what it should be; a broken-off part stays for the next time.
    """
    folder = folder or download_folder()
    whole, part = folder / wanted.file, folder / f"{wanted.file}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if whole.exists():
            return whole
        with one_at_a_time(folder / f"{wanted.file}.lock", ReleaseError("fetch-running", file=wanted.file)):
            return _fetched(wanted, whole, part, progress or _untold, wait_seconds)
    except requests.RequestException as error:  # is an OSError too
        raise ReleaseError("not-fetched", file=wanted.file, reason=_reason(error)) from error
    except (OSError, sqlite3.Error) as error:
        raise ReleaseError("store-unwritable", file=wanted.file, reason=getattr(error, "strerror", None) or str(error)) from error


def _fetched(wanted: Download, whole: Path, part: Path, tell: Progress, wait_seconds: float) -> Path:
    if whole.exists():  # fetched by another meanwhile
        return whole
    failures = 0
    while failures < ATTEMPTS:
        before = _size(part)
        wait = wait_seconds
        try:
            busy = _fetch_more(wanted, part, tell)
            if busy is None:
                _check(wanted, part)
                part.replace(whole)
                return whole
            reason, wait = "busy", max(wait, min(busy, WAIT_MAX_SECONDS))
        except requests.RequestException as error:
            reason = _reason(error)
        # A line that breaks often, but brings more each time, is not given up.
        failures = 0 if _size(part) > before else failures + 1
        time.sleep(wait)
    raise ReleaseError("not-fetched", file=wanted.file, reason=reason)


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _untold(*_: object) -> None:
    """Progress that nobody asked for."""


def _reason(error: requests.RequestException) -> str:
    if isinstance(error, requests.Timeout):
        return "no-answer"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "broken-off"
    return "no-connection"


def _fetch_more(wanted: Download, part: Path, tell: Progress) -> float | None:
    """Adds to the part what is missing. None when it is complete; seconds to wait when the server is busy."""
    tag = part.with_name(f"{part.name}-tag")
    here = _size(part) if tag.exists() else 0
    # If-Range: a file that USDA has changed since is sent from the start.
    headers = {"Range": f"bytes={here}-", "If-Range": tag.read_text(encoding="utf-8")} if here else {}
    headers["Accept-Encoding"] = "identity"
    with requests.get(wanted.url, headers=headers, stream=True, timeout=(CONNECT_SECONDS, READ_SECONDS)) as answer:
        if answer.status_code in BUSY:
            asked = answer.headers.get("Retry-After", "")
            return float(asked) if asked.isdecimal() else 0.0
        if answer.status_code == requests.codes.requested_range_not_satisfiable:
            return None
        if answer.status_code not in (requests.codes.ok, requests.codes.partial_content):
            raise ReleaseError("not-there", file=wanted.file, status=answer.status_code)
        resumed = answer.status_code == requests.codes.partial_content
        here = here if resumed else 0
        length = answer.headers.get("Content-Length", "")
        announced = int(length) if length.isascii() and length.isdecimal() and len(length) <= LENGTH_DIGITS_MAX else None
        total = wanted.size_bytes if announced is None else here + announced
        if (total or 0) > wanted.ceiling_bytes:
            raise ReleaseError("fetch-large", file=wanted.file, ceiling=wanted.ceiling_bytes)
        _remember(tag, answer)
        with part.open("ab" if resumed else "wb") as file:
            for chunk in answer.iter_content(CHUNK):
                here += len(chunk)
                if here > wanted.ceiling_bytes:
                    break
                file.write(chunk)
                tell(here, total)
        if here > wanted.ceiling_bytes:
            part.unlink()
            tag.unlink(missing_ok=True)
            raise ReleaseError("fetch-large", file=wanted.file, ceiling=wanted.ceiling_bytes)
        if total is not None and here < total:
            raise requests.exceptions.ChunkedEncodingError("fewer bytes than announced")
    return None


def _remember(tag: Path, answer: requests.Response) -> None:
    """Keeps what names this version of the file; without it a broken-off part cannot be continued."""
    version = answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""
    if version and not version.startswith("W/"):
        tag.write_text(version, encoding="utf-8")
    else:
        tag.unlink(missing_ok=True)


def _check(wanted: Download, part: Path) -> None:
    """Size and checksum, where they are known; a file that fails is thrown away."""
    size = part.stat().st_size
    fault: ReleaseError | None = None
    if wanted.size_bytes is not None and size != wanted.size_bytes:
        fault = ReleaseError("wrong-size", file=wanted.file, size=size, expected=wanted.size_bytes)
    elif wanted.sha256:
        with part.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != wanted.sha256:
                fault = ReleaseError("wrong-checksum", file=wanted.file)
    part.with_name(f"{part.name}-tag").unlink(missing_ok=True)
    if fault:
        part.unlink()
        raise fault
