"""One question to a server and its answer, bounded in time and size whatever the server does.

The libraries below bound each wait for the next bytes, not the whole: a server that sends a byte now and then, or hangs while a name is
looked up, would hold a reader for hours. So each exchange runs in a thread of its own, and when its time is over its connection is cut.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from dashboard.foods.fdc.faults import Fault, FoodDataError

#: The largest answer that is read, unpacked. USDA's page of 20 branded foods has about 100 kB.
ANSWER_MAX_BYTES: Final = 1_000_000
PIECE: Final = 2**14
#: Exchanges under way at once, in all visits together. One that hangs in the system's look-up of a name cannot be cut.
AT_ONCE: Final = 16

_under_way = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said. ``headers`` are found in any case of letters; ``body`` is unpacked and whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class _Flight:
    """The connections of one exchange, so that it can be cut from outside."""

    handles: list[socket.socket] = field(default_factory=list)
    cut: bool = False

    def opened(self, connection: socket.socket) -> None:
        # A second handle: it still reaches the connection when TLS has taken over the first one.
        handle = connection.dup()
        self.handles.append(handle)
        if self.cut:
            _shut(handle)

    def end(self) -> None:
        self.cut = True
        for handle in self.handles:
            _shut(handle)

    def close(self) -> None:
        for handle in self.handles:
            handle.close()


def _shut(handle: socket.socket) -> None:
    with suppress(OSError):  # it has ended already
        handle.shutdown(socket.SHUT_RDWR)


class _Adapter(HTTPAdapter):
    """Connections of its own, each known to a flight."""

    def __init__(self, flight: _Flight) -> None:
        class Plain(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                made = super()._new_conn()
                flight.opened(made)
                return made

        class Secure(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                made = super()._new_conn()
                flight.opened(made)
                return made

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        self._pools = {"http": PlainPool, "https": SecurePool}
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        super().init_poolmanager(*args, **more)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **more: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **more)
        manager.pool_classes_by_scheme = self._pools
        return manager


def exchange(method: str, url: str, *, deadline: float, timeouts_s: tuple[float, float], **request: Any) -> Answer:
    """Asks once.

    Parameters
    ----------
    deadline
        When the answer has to be whole, by ``time.monotonic()``.
    timeouts_s
        How long to wait for a connection, and for the next bytes of an answer. [s]
    request
        ``headers``, ``params`` and ``json``, as ``requests`` takes them.

    Raises
    ------
    FoodDataError
        When there is no whole answer in time, or it is larger than :data:`ANSWER_MAX_BYTES`.
    """
    if not _under_way.acquire(timeout=max(0.0, deadline - time.monotonic())):
        raise FoodDataError(Fault.SLOW)
    flight, told = _Flight(), Future[Answer]()

    def ask() -> None:
        try:
            told.set_result(_once(flight, method, url, timeouts_s, request))
        except BaseException as error:  # handed to the one who waits
            told.set_exception(error)
        finally:
            flight.close()
            _under_way.release()

    threading.Thread(target=ask, daemon=True, name="fdc").start()
    try:
        return told.result(max(0.0, deadline - time.monotonic()))
    except requests.RequestException as error:
        raise _unreached(error) from None  # what requests says of a failure is not for a reader
    except TimeoutError:
        raise FoodDataError(Fault.SLOW) from None
    finally:
        if not told.done():
            flight.end()


def _once(flight: _Flight, method: str, url: str, timeouts_s: tuple[float, float], request: Mapping[str, Any]) -> Answer:
    with requests.Session() as session:
        for scheme in ("https://", "http://"):
            session.mount(scheme, _Adapter(flight))
        # No redirects: they would carry the key to another address.
        with session.request(method, url, timeout=timeouts_s, allow_redirects=False, stream=True, **request) as response:
            body = bytearray()
            for piece in response.iter_content(PIECE):
                body += piece
                if len(body) > ANSWER_MAX_BYTES:
                    raise FoodDataError(Fault.TOO_LARGE, status=response.status_code)
            return Answer(response.status_code, response.headers, bytes(body))


def _unreached(error: requests.RequestException) -> FoodDataError:
    if isinstance(error, requests.Timeout):
        return FoodDataError(Fault.SLOW)
    if isinstance(error, requests.exceptions.SSLError):
        return FoodDataError(Fault.UNTRUSTED)
    if isinstance(error, requests.exceptions.ChunkedEncodingError | requests.exceptions.ContentDecodingError):
        return FoodDataError(Fault.TRUNCATED)
    # A server that stops in the middle of the body also shows as a time-out while reading it.
    if "Read timed out" in str(error):
        return FoodDataError(Fault.SLOW)
    return FoodDataError(Fault.OFFLINE)
