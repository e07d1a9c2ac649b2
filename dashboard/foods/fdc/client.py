"""Searches FoodData Central and looks foods up.

The key stands in the ``X-Api-Key`` header of a request and nowhere else: not in the address (which gets logged), not in what is kept,
not in a message. An answer is whole within ten seconds and under a megabyte, or there is none; kept answers serve meanwhile.

Environment: ``FDC_API_KEY`` (a key of the server), ``FDC_API_URL`` (another address, for tests),
``FDC_CACHE_FOLDER`` (else the user's cache folder), ``FDC_CACHE_REDIS_URL`` (Redis in place of the folder).
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Final

from dashboard.foods.fdc.exchange import Answer, exchange
from dashboard.foods.fdc.faults import Fault, FoodDataError
from dashboard.foods.fdc.food import LiveFood, to_food
from dashboard.foods.fdc.kept import Kept, digest, keeper
from dashboard.foods.fdc.nutrients import NUMBERS, Json, has_holes

BASE_URL: Final = "https://api.nal.usda.gov/fdc/v1"
DEMO_KEY: Final = "DEMO_KEY"
KEY_SHAPE: Final = re.compile(r"[A-Za-z0-9_-]{1,100}")
BRANDED: Final = "Branded"
PAGE_SIZE: Final = 20
QUERY_MAX: Final = 80
HITS_MAX: Final = 10**9
#: Of an answer that holds more than it was asked for.
HITS_READ_MAX: Final = 100

CONNECT_TIMEOUT_S: Final = 4.0
READ_TIMEOUT_S: Final = 8.0
#: For one search or look-up in all, with every try and wait in it.
WHOLE_TIMEOUT_S: Final = 10.0
RETRIES: Final = 2
BACKOFF_S: Final = 0.5
#: A longer Retry-After is not waited for: the reader is told instead.
WAIT_MAX_S: Final = 6.0
#: What a server may ask for at most; more is read as this.
RETRY_AFTER_MAX_S: Final = 86_400.0
RETRY_ON: Final = (429, 500, 502, 503, 504)
FRESH_FOR: Final = timedelta(days=1)
KEPT_FOR: Final = timedelta(days=30)

URL_VARIABLE: Final = "FDC_API_URL"
KEY_VARIABLE: Final = "FDC_API_KEY"
CACHE_FOLDER_VARIABLE: Final = "FDC_CACHE_FOLDER"
CACHE_REDIS_VARIABLE: Final = "FDC_CACHE_REDIS_URL"

#: Codes of the gateway's own refusals.
GATEWAY_FAULTS: Final = {
    "API_KEY_MISSING": Fault.KEY_MISSING,
    "API_KEY_INVALID": Fault.KEY_REFUSED,
    "API_KEY_DISABLED": Fault.KEY_REFUSED,
    "API_KEY_UNAUTHORIZED": Fault.KEY_REFUSED,
    "API_KEY_UNVERIFIED": Fault.KEY_REFUSED,
    "OVER_RATE_LIMIT": Fault.OVER_LIMIT,
}
STATUS_FAULTS: Final = {
    400: Fault.BAD_REQUEST,
    401: Fault.KEY_REFUSED,
    403: Fault.KEY_REFUSED,
    404: Fault.NOT_FOUND,
    429: Fault.OVER_LIMIT,
}
#: Faults that are the reader's to mend: an older answer would hide them.
NOT_PASSING: Final = frozenset({Fault.KEY_REFUSED, Fault.KEY_MISSING, Fault.BAD_REQUEST, Fault.NOT_FOUND})
OK: Final = 200
SERVER_ERROR: Final = 500


@dataclass(frozen=True, slots=True)
class Settings:
    """The address of FoodData Central, how long to wait for it [s], and how long answers are fresh and kept."""

    base_url: str = BASE_URL
    cache_folder: Path | None = None
    redis_url: str = ""
    connect_timeout_s: float = CONNECT_TIMEOUT_S
    read_timeout_s: float = READ_TIMEOUT_S
    whole_timeout_s: float = WHOLE_TIMEOUT_S
    retries: int = RETRIES
    backoff_s: float = BACKOFF_S
    wait_max_s: float = WAIT_MAX_S
    fresh_for: timedelta = FRESH_FOR
    kept_for: timedelta = KEPT_FOR

    @classmethod
    def from_environment(cls) -> Settings:
        """The address, and where answers are kept, from the environment; else USDA and the user's cache folder."""
        folder = os.environ.get(CACHE_FOLDER_VARIABLE)
        return cls(
            base_url=(os.environ.get(URL_VARIABLE) or BASE_URL).rstrip("/"),
            cache_folder=Path(folder) if folder else None,
            redis_url=os.environ.get(CACHE_REDIS_VARIABLE, ""),
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """From when an answer is, and what is left of the key's limit (None: not said, or not asked just now)."""

    as_of: date
    from_cache: bool
    limit: int | None = None
    remaining: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search, each food once. ``left_out`` counts hits that could not be read."""

    foods: tuple[LiveFood, ...]
    total_hits: int
    left_out: int
    reading: Reading


@dataclass(frozen=True, slots=True)
class Detail:
    """The answer to a look-up of one food."""

    found: LiveFood
    reading: Reading


def key_in_use(given: str = "") -> str:
    """The server's key, else the one given for this visit, else USDA's shared demo key.

    Raises
    ------
    FoodDataError
        When the key cannot be one (``Fault.KEY_REFUSED``); it is not sent, and not part of the message.
    """
    key = (os.environ.get(KEY_VARIABLE) or given or DEMO_KEY).strip()
    if not KEY_SHAPE.fullmatch(key):
        raise FoodDataError(Fault.KEY_REFUSED)
    return key


def has_server_key() -> bool:
    """Whether the environment holds a key."""
    return bool(os.environ.get(KEY_VARIABLE, "").strip())


def retry_after_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that an answer asks to wait, at most a day, whether it says so in seconds or as a date; None when it does not."""
    asked = headers.get("Retry-After", "").strip()
    if asked.isascii() and asked.isdigit():
        return min(float(asked), RETRY_AFTER_MAX_S)
    try:
        return min(max(0.0, (parsedate_to_datetime(asked) - now).total_seconds()), RETRY_AFTER_MAX_S)
    except (TypeError, ValueError, OverflowError, IndexError):
        return None


class Client:
    """Searches FoodData Central and looks foods up. Safe to share; it holds no key."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._kept = keeper(settings.cache_folder, settings.redis_url, settings.kept_for)

    def search(self, query: str, *, key: str = "", data_types: tuple[str, ...] = (BRANDED,), page: int = 1) -> Found:
        """Foods whose record holds the words of a query, each once and at most :data:`PAGE_SIZE`.

        Raises
        ------
        FoodDataError
            Whatever went wrong.
        """
        wanted = " ".join(query[: 10 * QUERY_MAX].split())[:QUERY_MAX]
        if not wanted:  # USDA answers an empty search with all of its foods
            raise FoodDataError(Fault.BAD_REQUEST)
        body = {
            "query": wanted,
            "dataType": list(data_types),
            "pageSize": PAGE_SIZE,
            "pageNumber": page,
            "nutrients": [int(number) for number in NUMBERS],
        }
        answer, reading = self._ask("POST", "/foods/search", key, self._deadline(), body=body)
        hits = answer.get("foods")
        if not isinstance(hits, list):
            raise FoodDataError(Fault.HOLES)
        foods, left_out = _each_once(hits)
        if hits and not foods:
            raise FoodDataError(Fault.HOLES)
        return Found(foods, _hits(answer.get("totalHits"), len(hits)), left_out, reading)

    def detail(self, fdc_id: int, *, key: str = "") -> Detail:
        """One food in full; in its abridged form where USDA has no full one, or one that names no nutrient.

        Raises
        ------
        FoodDataError
            Whatever went wrong.
        """
        deadline = self._deadline()
        try:
            answer, reading = self._food(fdc_id, "full", key, deadline)
            if not has_holes(answer):
                return Detail(to_food(answer), reading)
        except FoodDataError as error:
            if error.fault is not Fault.NOT_FOUND:
                raise
        answer, reading = self._food(fdc_id, "abridged", key, deadline)
        if has_holes(answer):
            raise FoodDataError(Fault.HOLES)
        return Detail(to_food(answer), reading)

    def _deadline(self) -> float:
        return time.monotonic() + self.settings.whole_timeout_s

    def _food(self, fdc_id: int, form: str, key: str, deadline: float) -> tuple[Json, Reading]:
        return self._ask("GET", f"/food/{int(fdc_id)}", key, deadline, query={"format": form, "nutrients": ",".join(NUMBERS)})

    def _ask(
        self, method: str, path: str, key: str, deadline: float, *, query: Mapping[str, str] | None = None, body: Json | None = None
    ) -> tuple[Json, Reading]:
        """A kept answer that is fresh, else USDA's own, else an older kept one."""
        headers = {"X-Api-Key": key_in_use(key), "Accept": "application/json"}
        question = digest(self.settings.base_url, method, path, query, body)
        kept = self._kept.get(question)
        if kept and kept.age() < self.settings.fresh_for:
            return kept.body, _reading_from_cache(kept)
        try:
            answer = self._patiently(method, path, deadline, headers=headers, params=query, json=body)
            told = _read(answer)
        except FoodDataError as error:
            if kept and error.fault not in NOT_PASSING:
                return kept.body, _reading_from_cache(kept)
            raise
        # What USDA repeats of the question is not kept.
        told = {name: value for name, value in told.items() if name != "foodSearchCriteria"}
        self._kept.put(question, told)
        limit, left = (_count(answer.headers.get(name)) for name in ("X-RateLimit-Limit", "X-RateLimit-Remaining"))
        return told, Reading(datetime.now(UTC).date(), False, limit, left)

    def _patiently(self, method: str, path: str, deadline: float, **request: Any) -> Answer:
        """The answer, after another try or two where the server is busy and asks for no longer wait than a reader has."""
        s, tries = self.settings, 0
        timeouts_s = (s.connect_timeout_s, s.read_timeout_s)
        while True:
            answer = exchange(method, s.base_url + path, deadline=deadline, timeouts_s=timeouts_s, **request)
            if answer.status not in RETRY_ON or tries == s.retries:
                return answer
            wait_s = retry_after_s(answer.headers, datetime.now(UTC)) or s.backoff_s * 2**tries
            if wait_s > s.wait_max_s or time.monotonic() + wait_s >= deadline:
                return answer
            time.sleep(wait_s)
            tries += 1


def _each_once(hits: Iterable[Any]) -> tuple[tuple[LiveFood, ...], int]:
    """The first foods of an answer, none twice, and how many hits could not be read."""
    foods: dict[int, LiveFood] = {}
    left_out = 0
    for hit in islice(hits, HITS_READ_MAX):
        if len(foods) == PAGE_SIZE:
            break
        try:
            found = to_food(hit if isinstance(hit, Mapping) else {})
            foods.setdefault(found.fdc_id, found)
        except FoodDataError:
            left_out += 1
    return tuple(foods.values()), left_out


def _hits(total: object, here: int) -> int:
    possible = isinstance(total, int) and not isinstance(total, bool) and here <= total < HITS_MAX
    return int(str(total)) if possible else here


def _read(answer: Answer) -> dict[str, Any]:
    """The JSON object of an answer, or the fault it stands for."""
    try:
        told = json.loads(answer.body)
    except (ValueError, RecursionError):
        told = None
    refusal = told.get("error") if isinstance(told, dict) else None
    code = str(refusal.get("code", ""))[:100] if isinstance(refusal, dict) else ""
    status, wait_s = answer.status, retry_after_s(answer.headers, datetime.now(UTC))
    if code in GATEWAY_FAULTS:
        raise FoodDataError(GATEWAY_FAULTS[code], status=status, wait_s=wait_s)
    if status >= SERVER_ERROR:
        raise FoodDataError(Fault.SERVER, status=status, wait_s=wait_s)
    if status != OK:
        raise FoodDataError(STATUS_FAULTS.get(status, Fault.STRANGE), status=status, wait_s=wait_s)
    if told is None:
        raise FoodDataError(Fault.NOT_JSON if answer.body.lstrip().startswith(b"<") else Fault.TRUNCATED, status=status)
    if not isinstance(told, dict) or refusal:
        raise FoodDataError(Fault.STRANGE, status=status)
    return told


def _reading_from_cache(kept: Kept) -> Reading:
    return Reading(kept.asked_at.date(), True)


def _count(text: str | None) -> int | None:
    return int(text) if text and len(text) < 10 and text.isascii() and text.isdigit() else None


@lru_cache(maxsize=4)
def _client(settings: Settings) -> Client:
    return Client(settings)


def client() -> Client:
    """The client of this process, as the environment sets it."""
    return _client(Settings.from_environment())
