"""A local stand-in for FoodData Central: serves what a test tells it to, and remembers what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PREFIX = "/fdc/v1"


@dataclass
class Reply:
    """One answer. ``missing`` bytes are promised in Content-Length and never sent; ``pause_s`` comes before the body."""

    body: bytes | dict[str, Any] | list[Any] = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait_s: float = 0.0
    pause_s: float = 0.0
    missing: int = 0

    @property
    def payload(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: Any
    at_s: float


class Usda:
    """Answers in the order given; the last answer is given again. ``by_path`` comes before them."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.replies: deque[Reply] = deque()
        self.by_path: dict[str, Reply] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}{PREFIX}"

    def answers(self, *replies: Reply) -> None:
        self.replies = deque(replies)

    def next(self, path: str) -> Reply:
        for end, reply in self.by_path.items():
            if end in path:
                return reply
        return self.replies.popleft() if len(self.replies) > 1 else self.replies[0]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(usda) -> type[BaseHTTPRequestHandler]:  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.answer()

            def do_GET(self) -> None:
                self.answer()

            def answer(self) -> None:
                at_s = time.monotonic()
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                usda.asked.append(Asked(self.command, self.path, dict(self.headers), json.loads(body) if body else None, at_s))
                reply = usda.next(self.path)
                time.sleep(reply.wait_s)
                payload = reply.payload
                try:
                    self.send_response(reply.status)
                    self.send_header("Content-Length", str(len(payload) + reply.missing))
                    for name, value in ({"Content-Type": "application/json"} | reply.headers).items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.flush()
                    time.sleep(reply.pause_s)
                    self.wfile.write(payload)
                except OSError:
                    pass  # the client has given up, as the test wants

            def log_message(self, *args: Any) -> None:
                pass

        return Handler


@contextmanager
def serving() -> Iterator[Usda]:
    usda = Usda()
    try:
        yield usda
    finally:
        usda.close()


# Answers made by hand, in the shapes that USDA documents -----------------------------------------


def hit(fdc_id: int = 100, **changes: Any) -> dict[str, Any]:
    """A branded food as a search gives it: 0.38 µg per 100 ml, 240 ml a serving, measured by its maker."""
    return {
        "fdcId": fdc_id,
        "description": "OAT DRINK",
        "dataType": "Branded",
        "gtinUpc": "094395000172",
        "publishedDate": "2023-04-20",
        "brandOwner": "Plain Oats, Inc.",
        "brandName": "PLAIN OATS",
        "ingredients": "WATER, OATS, VITAMIN B12 (CYANOCOBALAMIN).",
        "servingSizeUnit": "MLT",
        "servingSize": 240.0,
        "householdServingFullText": "1 CUP",
        "foodNutrients": [
            flat(1003, "203", "G", 1.25),
            flat(1008, "208", "KCAL", 50),
            flat(1178, "418", "UG", 0.38),
        ],
    } | changes


def flat(nutrient_id: int, number: str, unit: str, value: float, code: str = "LCCS", **more: Any) -> dict[str, Any]:
    """A nutrient of a search hit."""
    return {
        "nutrientId": nutrient_id,
        "nutrientName": "as printed",
        "nutrientNumber": number,
        "unitName": unit,
        "derivationCode": code,
        "derivationDescription": "Calculated from value per serving size measure",
        "value": value,
    } | more


def nested(nutrient_id: int, number: str, unit: str, amount: float, code: str = "LCCS", **more: Any) -> dict[str, Any]:
    """A nutrient of a full detail."""
    return {
        "type": "FoodNutrient",
        "id": 9_000_000 + nutrient_id,
        "nutrient": {"id": nutrient_id, "number": number, "name": "as printed", "unitName": unit},
        "foodNutrientDerivation": {"code": code, "description": "Calculated from value per serving size measure"},
        "amount": amount,
    } | more


def page(*foods: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A page of search hits."""
    return {"totalHits": len(foods), "currentPage": 1, "totalPages": 1, "foods": list(foods)} | changes


def gateway(code: str, message: str = "A message of the gateway.") -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}


def backend(status: int, error: str) -> dict[str, Any]:
    return {"timestamp": "2026-07-03T10:00:00.000+00:00", "status": status, "error": error, "path": "/v1/foods/search"}


HTML = b"<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>502</h1></body></html>"
