"""Looks foods up in USDA's FoodData Central while they are wanted. Optional: no page needs it.

The key stands in the ``X-Api-Key`` header of a request and nowhere else: not in the address (which gets
logged), not in the cache, not in a message. Answers are kept on disk, or in Redis where several copies of
the app run, and serve when USDA cannot be reached.

Environment: ``FDC_API_KEY`` (a key of the server), ``FDC_API_URL`` (another address, for tests),
``FDC_CACHE_FOLDER`` (else the user's cache folder), ``FDC_CACHE_REDIS_URL`` (Redis in place of the folder).
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import requests
from requests.adapters import HTTPAdapter
from urllib3.connectionpool import ConnectionPool
from urllib3.exceptions import MaxRetryError, ResponseError
from urllib3.response import BaseHTTPResponse
from urllib3.util.retry import Retry

from dashboard.foods.fdc_food import NUMBERS, Fault, FoodDataError, Json, LiveFood, has_holes, to_food

BASE_URL: Final = "https://api.nal.usda.gov/fdc/v1"
DEMO_KEY: Final = "DEMO_KEY"
KEY_SHAPE: Final = re.compile(r"[A-Za-z0-9_-]{1,100}")
BRANDED: Final = "Branded"
PAGE_SIZE: Final = 20
QUERY_MAX: Final = 80

CONNECT_TIMEOUT_S: Final = 4.0
READ_TIMEOUT_S: Final = 12.0
RETRIES: Final = 2
BACKOFF_S: Final = 0.5
#: A longer Retry-After is not waited for: the reader is told instead.
WAIT_MAX_S: Final = 6.0
RETRY_ON: Final = (429, 500, 502, 503, 504)
FRESH_FOR: Final = timedelta(days=1)
KEPT_FOR: Final = timedelta(days=30)
CACHE_FILE: Final = "fdc.sqlite"

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


@dataclass(frozen=True, slots=True)
class Settings:
    """Where FoodData Central is and how patient to be. Seconds, but for the two spans of the cache."""

    base_url: str = BASE_URL
    cache_folder: Path | None = None
    redis_url: str = ""
    connect_timeout_s: float = CONNECT_TIMEOUT_S
    read_timeout_s: float = READ_TIMEOUT_S
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
    """The answer to a search. ``left_out`` counts hits that could not be read."""

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
    """Seconds that an answer asks to wait, whether it says so in seconds or as a date; None when it does not."""
    asked = headers.get("Retry-After", "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked)
    try:
        return max(0.0, (parsedate_to_datetime(asked) - now).total_seconds())
    except (TypeError, ValueError):
        return None


class PatientRetry(Retry):
    """Waits as long as Retry-After asks, up to ``retry_after_max``; where it asks for more there is no further try."""

    def get_retry_after(self, response: BaseHTTPResponse) -> float | None:
        """Seconds to wait; a header that cannot be read is no header."""
        return retry_after_s(response.headers, datetime.now(UTC))

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: ConnectionPool | None = None,
        _stacktrace: Any = None,
    ) -> PatientRetry:
        """One try fewer; none where the wait would be too long."""
        if response is not None and (self.get_retry_after(response) or 0.0) > self.retry_after_max:
            raise MaxRetryError(_pool, url or "", ResponseError(ResponseError.GENERIC_ERROR))  # type: ignore[arg-type]
        return super().increment(method, url, response, error, _pool, _stacktrace)


def _retry(settings: Settings) -> PatientRetry:
    # A refused or slow connection is not tried again: a person is waiting, and local foods are there.
    return PatientRetry(
        total=settings.retries,
        connect=0,
        read=False,
        other=0,
        redirect=0,
        status=settings.retries,
        status_forcelist=RETRY_ON,
        allowed_methods=frozenset({"GET", "POST"}),  # the POST is a search and changes nothing
        backoff_factor=settings.backoff_s,
        backoff_max=settings.wait_max_s,
        retry_after_max=settings.wait_max_s,  # type: ignore[arg-type]
        raise_on_status=False,
    )


def _worth_keeping(response: requests.Response) -> bool:
    """A 200 that is no whole JSON object is not kept."""
    if response.status_code != requests.codes.ok:
        return True  # whether such an answer is kept is decided by its status
    try:
        return isinstance(response.json(), dict)
    except ValueError:
        return False


def _keeping_session(settings: Settings) -> requests.Session:
    """A session that keeps answers, in Redis or in a file. Raises what the two raise when they cannot."""
    # Imported when a search is wanted: the caching library takes longer to load than the rest of this module.
    import redis
    import requests_cache
    from requests_cache.backends.redis import RedisCache
    from requests_cache.backends.sqlite import SQLiteCache

    # JSON, not pickle: whoever can write to the cache must not be able to run code here.
    backend: RedisCache | SQLiteCache
    if settings.redis_url:
        connection = redis.Redis.from_url(settings.redis_url, socket_connect_timeout=1, socket_timeout=2)
        backend = RedisCache("fdc", connection=connection, serializer="json")
    elif settings.cache_folder:
        backend = SQLiteCache(settings.cache_folder / CACHE_FILE, serializer="json")
    else:
        backend = SQLiteCache(Path("b12-planner") / CACHE_FILE, use_cache_dir=True, serializer="json")
    return requests_cache.CachedSession(
        backend=backend,
        allowable_methods=("GET", "POST"),
        allowable_codes=(200,),
        ignored_parameters=["X-Api-Key"],
        expire_after=settings.fresh_for,
        stale_if_error=int(settings.kept_for.total_seconds()),
        filter_fn=_worth_keeping,
    )


class Client:
    """Searches FoodData Central and looks foods up. Safe to share; it holds no key."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._plain = self._ready(requests.Session())
        self._kept = self._plain
        # A folder that cannot be written to, an address that is none: everything works, nothing is kept.
        with suppress(OSError, sqlite3.Error, ValueError):
            self._kept = self._ready(_keeping_session(settings))

    def _ready(self, session: requests.Session) -> requests.Session:
        for scheme in ("https://", "http://"):
            session.mount(scheme, HTTPAdapter(max_retries=_retry(self.settings)))
        session.headers["Accept"] = "application/json"
        return session

    def search(self, query: str, *, key: str = "", data_types: tuple[str, ...] = (BRANDED,), page: int = 1) -> Found:
        """Foods whose record holds the words of a query.

        Raises
        ------
        FoodDataError
            With one plain message, whatever went wrong.
        """
        wanted = " ".join(query.split())[:QUERY_MAX]
        if not wanted:  # USDA answers an empty search with all of its foods
            raise FoodDataError(Fault.BAD_REQUEST)
        body = {
            "query": wanted,
            "dataType": list(data_types),
            "pageSize": PAGE_SIZE,
            "pageNumber": page,
            "nutrients": [int(number) for number in NUMBERS],
        }
        answer, reading = self._ask("POST", "/foods/search", key, body=body)
        hits = answer.get("foods")
        if not isinstance(hits, list):
            raise FoodDataError(Fault.HOLES)
        foods = []
        for hit in hits:
            try:
                foods.append(to_food(hit if isinstance(hit, Mapping) else {}))
            except FoodDataError:
                continue
        if hits and not foods:
            raise FoodDataError(Fault.HOLES)
        total = answer.get("totalHits")
        return Found(tuple(foods), total if isinstance(total, int) else len(hits), len(hits) - len(foods), reading)

    def detail(self, fdc_id: int, *, key: str = "") -> Detail:
        """One food in full; in its abridged form where USDA has no full one, or one that names no nutrient.

        Raises
        ------
        FoodDataError
            With one plain message, whatever went wrong.
        """
        try:
            answer, reading = self._food(fdc_id, "full", key)
            if not has_holes(answer):
                return Detail(to_food(answer), reading)
        except FoodDataError as error:
            if error.fault is not Fault.NOT_FOUND:
                raise
        answer, reading = self._food(fdc_id, "abridged", key)
        if has_holes(answer):
            raise FoodDataError(Fault.HOLES)
        return Detail(to_food(answer), reading)

    def _food(self, fdc_id: int, form: str, key: str) -> tuple[Json, Reading]:
        return self._ask("GET", f"/food/{int(fdc_id)}", key, query={"format": form, "nutrients": ",".join(NUMBERS)})

    def _ask(
        self, method: str, path: str, key: str, *, query: Mapping[str, str] | None = None, body: Json | None = None
    ) -> tuple[Json, Reading]:
        headers = {"X-Api-Key": key_in_use(key)}
        try:
            response = self._send(method, path, headers=headers, params=query, json=body)
        except requests.RequestException as error:
            raise _unreached(error) from None  # what requests says of a failure is not for a reader
        return _read(response), _reading(response)

    def _send(self, method: str, path: str, **request: Any) -> requests.Response:
        s = self.settings
        # No redirects: they would carry the key to another address.
        request |= {"timeout": (s.connect_timeout_s, s.read_timeout_s), "allow_redirects": False}
        try:
            return self._kept.request(method, s.base_url + path, **request)
        except requests.RequestException:
            raise
        except Exception:  # the cache is full, locked, unreadable or away: ask without it
            return self._plain.request(method, s.base_url + path, **request)


def _unreached(error: requests.RequestException) -> FoodDataError:
    if isinstance(error, requests.Timeout):
        return FoodDataError(Fault.SLOW)
    if isinstance(error, requests.exceptions.ChunkedEncodingError | requests.exceptions.ContentDecodingError):
        return FoodDataError(Fault.TRUNCATED)
    # A server that stops in the middle of the body also shows as a time-out while reading it.
    if "Read timed out" in str(error):
        return FoodDataError(Fault.SLOW)
    return FoodDataError(Fault.OFFLINE)


def _read(response: requests.Response) -> Json:
    """The JSON object of an answer, or the fault it stands for."""
    answer = _json(response)
    refusal = answer.get("error") if isinstance(answer, Mapping) else None
    code = str(refusal.get("code", "")) if isinstance(refusal, Mapping) else ""
    status = response.status_code
    wait_s = retry_after_s(response.headers, datetime.now(UTC))
    if code in GATEWAY_FAULTS:
        raise FoodDataError(GATEWAY_FAULTS[code], status=status, wait_s=wait_s)
    if status >= requests.codes.server_error:
        raise FoodDataError(Fault.SERVER, status=status, wait_s=wait_s)
    if status != requests.codes.ok:
        raise FoodDataError(STATUS_FAULTS.get(status, Fault.STRANGE), status=status, wait_s=wait_s)
    if answer is None:
        whole_page = response.text.lstrip().startswith("<")
        raise FoodDataError(Fault.NOT_JSON if whole_page else Fault.TRUNCATED, status=status)
    if not isinstance(answer, Mapping) or refusal:
        raise FoodDataError(Fault.STRANGE, status=status)
    return answer


def _json(response: requests.Response) -> Any:
    try:
        return response.json()
    except ValueError:
        return None


def _reading(response: requests.Response) -> Reading:
    if getattr(response, "from_cache", False):
        return Reading(response.created_at.date(), True)  # type: ignore[attr-defined]
    limit, left = (_count(response.headers.get(name)) for name in ("X-RateLimit-Limit", "X-RateLimit-Remaining"))
    return Reading(datetime.now(UTC).date(), False, limit, left)


def _count(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() else None


@lru_cache(maxsize=4)
def _client(settings: Settings) -> Client:
    return Client(settings)


def client() -> Client:
    """The client of this process, as the environment sets it."""
    return _client(Settings.from_environment())
