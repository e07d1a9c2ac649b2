"""Answers of USDA, kept for a while: in a file that only this user can read, or in Redis where several copies of the app share them.

What was typed is not kept: a question is known by its digest. An answer past its time is deleted, and its bytes are overwritten.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Protocol

FILE: Final = "fdc.sqlite"
FILE_MAX_BYTES: Final = 50_000_000
WAIT_FOR_LOCK_S: Final = 1.0
REDIS_CONNECT_S: Final = 1.0
REDIS_ANSWER_S: Final = 2.0

SCHEMA: Final = "CREATE TABLE IF NOT EXISTS answer(question TEXT PRIMARY KEY, asked_at REAL, body TEXT) WITHOUT ROWID"
#: What is deleted is overwritten, nothing of it stays in a journal, and its room is given back.
SETTINGS: Final = ("PRAGMA auto_vacuum = FULL", "PRAGMA secure_delete = ON", "PRAGMA journal_mode = MEMORY")


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer and when it was given."""

    body: dict[str, Any]
    asked_at: datetime

    def age(self) -> timedelta:
        """How old it is. An answer of the future, from a clock that was wrong, is as old as can be."""
        age = datetime.now(UTC) - self.asked_at
        return age if age >= timedelta(0) else timedelta.max


class Keeper(Protocol):
    """A place for answers. Nothing here raises: what cannot be kept is asked for again."""

    def get(self, question: str) -> Kept | None:
        """The answer to a question, where it is kept."""

    def put(self, question: str, body: dict[str, Any]) -> None:
        """Keeps an answer."""


def digest(*question: object) -> str:
    """A question as it is known here; it cannot be read back."""
    return hashlib.sha256(json.dumps(question, sort_keys=True, default=str).encode()).hexdigest()


def _body(text: object) -> dict[str, Any] | None:
    try:
        body = json.loads(str(text))
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


class InNoPlace:
    """Where nothing can be kept."""

    def get(self, question: str) -> Kept | None:
        """None, always."""
        del question
        return None

    def put(self, question: str, body: dict[str, Any]) -> None:
        """Does nothing."""


class InFile:
    """Answers in SQLite. A file that is not a database is replaced."""

    def __init__(self, folder: Path, kept_for: timedelta) -> None:
        self.path = folder / FILE
        self._kept_for = kept_for
        with suppress(OSError, sqlite3.Error):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._sweep()

    def get(self, question: str) -> Kept | None:
        """The answer to a question, where it is kept."""
        with suppress(OSError, sqlite3.Error, ValueError, OverflowError), self._opened() as db:
            row = db.execute("SELECT asked_at, body FROM answer WHERE question = ?", (question,)).fetchone()
            if row and (body := _body(row[1])) is not None:
                return Kept(body, datetime.fromtimestamp(float(row[0]), UTC))
        return None

    def put(self, question: str, body: dict[str, Any]) -> None:
        """Keeps an answer, and deletes those past their time; beyond 50 MB the oldest."""
        with suppress(OSError, sqlite3.Error), self._opened() as db:
            now = datetime.now(UTC).timestamp()
            db.execute("INSERT OR REPLACE INTO answer VALUES(?, ?, ?)", (question, now, json.dumps(body)))
        self._sweep()

    def _sweep(self) -> None:
        with suppress(OSError, sqlite3.Error), self._opened() as db:
            now = datetime.now(UTC)
            past, future = (now - self._kept_for).timestamp(), (now + timedelta(days=1)).timestamp()
            db.execute("DELETE FROM answer WHERE asked_at NOT BETWEEN ? AND ?", (past, future))
            while self._bytes(db) > FILE_MAX_BYTES:
                half = "(SELECT asked_at FROM answer ORDER BY asked_at LIMIT 1 OFFSET (SELECT count(*) / 2 FROM answer))"
                if not db.execute(f"DELETE FROM answer WHERE asked_at <= {half}").rowcount:
                    break

    @staticmethod
    def _bytes(db: sqlite3.Connection) -> int:
        size: int = db.execute("SELECT coalesce(sum(length(body)), 0) FROM answer").fetchone()[0]
        return size

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """The file, made readable for this user only before anything is in it."""
        with suppress(FileExistsError):
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        if self.path.stat().st_mode & 0o077:
            self.path.chmod(0o600)
        with closing(sqlite3.connect(self.path, timeout=WAIT_FOR_LOCK_S)) as db:
            try:
                for setting in SETTINGS:
                    db.execute(setting)
                db.execute(SCHEMA)
                with db:
                    yield db
            except sqlite3.OperationalError:  # busy, full, read-only
                raise
            except sqlite3.DatabaseError:  # damaged, or no database
                self.path.unlink(missing_ok=True)
                raise


class InRedis:
    """Answers in Redis, which deletes them by itself when their time is over."""

    def __init__(self, url: str, kept_for: timedelta) -> None:
        import redis  # takes long to load, and most copies of the app have none

        self._faults = (redis.RedisError, OSError)
        self._kept_for = kept_for
        self._redis = redis.Redis.from_url(url, socket_connect_timeout=REDIS_CONNECT_S, socket_timeout=REDIS_ANSWER_S)

    def get(self, question: str) -> Kept | None:
        """The answer to a question, where it is kept."""
        with suppress(*self._faults, ValueError, OverflowError, TypeError):
            found = self._redis.get(f"fdc:{question}")
            if isinstance(found, bytes) and (kept := _body(found.decode())) and isinstance(kept.get("body"), dict):
                return Kept(kept["body"], datetime.fromtimestamp(float(kept["asked_at"]), UTC))
        return None

    def put(self, question: str, body: dict[str, Any]) -> None:
        """Keeps an answer."""
        with suppress(*self._faults):
            kept = json.dumps({"asked_at": datetime.now(UTC).timestamp(), "body": body})
            self._redis.set(f"fdc:{question}", kept, ex=int(self._kept_for.total_seconds()))


def keeper(folder: Path | None, redis_url: str, kept_for: timedelta) -> Keeper:
    """Where answers are kept: Redis where there is an address of one, else a folder, else the user's cache folder."""
    if redis_url:
        try:
            return InRedis(redis_url, kept_for)
        except ValueError:  # no address
            return InNoPlace()
    return InFile(folder or _cache_folder(), kept_for)


def _cache_folder() -> Path:
    chosen = os.environ.get("XDG_CACHE_HOME", "").strip()
    return (Path(chosen) if chosen else Path.home() / ".cache") / "b12-planner"
