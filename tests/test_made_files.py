"""A file that is made when its button is pressed is there when the browser fetches it, however busy the server is."""

from __future__ import annotations

import asyncio
import urllib.request

from browsing import Server, in_own_loop

from bench.stream import Client
from dashboard.words import handout as said

RUNS_OF_OTHERS = 4


async def fetched(server: Server) -> tuple[int, bytes]:
    mine, other = Client(server.port, "take_along"), Client(server.port)
    await mine.open()
    await other.open()
    address = await mine.file(said.GET_HTML)
    for _ in range(RUNS_OF_OTHERS):
        await other.rerun()
    answer = await asyncio.to_thread(urllib.request.urlopen, server.url + address, timeout=30)
    body = answer.read()
    await mine.close()
    await other.close()
    return answer.status, body


def test_what_others_do_does_not_take_a_made_file_away():
    """Streamlit alone forgets it after two runs of anybody."""
    server = Server()
    try:
        status, body = in_own_loop(fetched(server))
    finally:
        server.stop()
    assert (status, body.lstrip()[:15].lower()) == (200, b"<!doctype html>")
