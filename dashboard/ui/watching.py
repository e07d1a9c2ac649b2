"""What the operator sees: one line of JSON for each event, on standard error, with nothing about a person in it.

No plan, link, key, name, amount or address of a visitor is written, by this app or by the libraries under it: of their messages only the
part that stands in their own code is kept, and of an exception its type and the places it passed, not what it says.
``B12_LOG_DETAILS=yes`` keeps the rest too, for developing.
"""

from __future__ import annotations

import json
import logging
import os
import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import streamlit as st

from dashboard import VERSION
from dashboard.estimate import RESULT_VERSION
from dashboard.foods.usda.status import imported
from dashboard.tables.fault import TableError
from dashboard.tables.manifest import summary

DETAILS: Final = "B12_LOG_DETAILS"
NAME: Final = "b12"
ROOT: Final = Path(__file__).resolve().parent.parent.parent
PLACES_MAX: Final = 12


class JsonLine(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line: time, level, where from, and the event with its values or the plain part of a message."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
        }
        values = getattr(record, "values", None)
        line |= values if isinstance(values, dict) else {"message": str(record.msg)}
        if record.exc_info:
            line |= _exception(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _exception(told: Any) -> dict[str, Any]:
    """The type of an exception and the last places it passed."""
    kind, _, places = told
    return {"exception": kind.__name__ if kind else "", "at": [_place(frame) for frame in traceback.extract_tb(places)[-PLACES_MAX:]]}


def _place(frame: traceback.FrameSummary) -> str:
    path = Path(frame.filename)
    shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else Path(*path.parts[-2:])
    return f"{shown}:{frame.lineno} {frame.name}"


class _JsonHandler(logging.StreamHandler[Any]):
    """Writes lines of JSON to whatever standard error is at the time."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLine())

    def emit(self, record: logging.LogRecord) -> None:
        """Writes one line."""
        self.stream = sys.stderr
        super().emit(record)


def begin() -> None:
    """Turns every log of the process into such lines, and writes the first one. Once a process, before any page is drawn."""
    handler = _JsonHandler()
    ours = logging.getLogger(NAME)
    ours.handlers, ours.propagate = [handler], False
    ours.setLevel(logging.INFO)
    if os.environ.get(DETAILS, "").strip().casefold() != "yes":
        _take_over(handler)
    event("started", **_state())


def _take_over(handler: logging.Handler) -> None:
    """Each logger writes through ours, with a handler of its own or without, and what later ones say is cut to its plain part too."""
    logging.getLogger().handlers = [handler]
    for logger in logging.Logger.manager.loggerDict.values():
        if isinstance(logger, logging.Logger) and logger.handlers:
            logger.handlers, logger.propagate = [handler], False
    made = logging.getLogRecordFactory()

    def plain(*args: Any, **named: Any) -> logging.LogRecord:
        record = made(*args, **named)
        # What is filled into a message, and what an exception says, may be what a visitor sent.
        record.msg, record.args = str(record.msg), None
        if record.exc_info:
            record.exc_text = json.dumps(_exception(record.exc_info))
        return record

    logging.setLogRecordFactory(plain)


def event(name: str, *, level: int = logging.INFO, **values: Any) -> None:
    """Writes an event. ``values``: codes and counts, never what somebody typed or sent."""
    logging.getLogger(NAME).log(level, name, extra={"values": {"event": name, **values}})


def fault(error: TableError) -> None:
    """Writes that a table or a data file cannot be used."""
    file = error.values.get("file")
    event("data-fault", level=logging.ERROR, code=error.code, file=Path(str(file)).name if file else None)


def _state() -> dict[str, Any]:
    """Versions, what tables there are, and whether USDA's own foods are on this machine."""
    tables, rows, checksum = summary()
    return {
        "version": VERSION,
        "results": RESULT_VERSION,
        "python": platform.python_version(),
        "streamlit": st.__version__,
        "tables": tables,
        "rows": rows,
        "tables_sha256": checksum,
        **_usda(),
    }


def _usda() -> dict[str, Any]:
    try:
        releases = imported()
    except TableError as error:
        return {"usda": error.code}
    if not releases:
        return {"usda": "none"}
    return {"usda": [release.name for release in releases], "usda_foods": sum(release.in_use for release in releases)}
