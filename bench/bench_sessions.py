"""Many sessions, each changing its plan once a second, beside as many on a page with one chart and our settings, in the same run.

    python -m bench.bench_sessions [--one 20 50] [--two 100] [--seconds 180]
    python -m bench.bench_sessions --coming-and-going 300

``--one``: against one process. ``--two``: against two behind nginx with the configuration of deploy/. The change is another amount
of the first food of a vegetarian week of 95 foods: every session has a plan of its own, and every change makes a plan never seen
before. Memory is that of the serving processes above what they hold with one session. The clients run on the same machine.

``--coming-and-going``: visits that open the plan, change it three times and leave, for so many seconds; memory is told every half minute.
A visit that ended is held for two minutes, so the first figures rise.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import http.client
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen

from bench.bench_pages import AGE, page_alone, plan_code
from bench.proxy import proxy
from bench.stream import ROOT, Client, processor_ms, server
from dashboard.plan import link
from dashboard.tables.read import load_tables

ONE_CHART = """
import plotly.graph_objects as go
import streamlit as st
st.title("One chart")
with st.sidebar:
    n = st.number_input("Age in years", 0, 10_000, 20, step=1)
bars = go.Bar(x=[(n * k) % 17 for k in range(20)], y=[f"food {k}" for k in range(20)], orientation="h")
st.plotly_chart(go.Figure(bars), key="chart", alt="One chart")
"""
EVERY_SECONDS = 1.0
OPENED_AT_ONCE = 4
CHANGES_OF_A_VISIT = 3


def memory_mb(processes: Sequence[Popen[bytes]]) -> float:
    """Resident memory of processes together (Linux)."""
    total = 0.0
    for process in processes:
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
        total += next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))
    return total


@contextlib.contextmanager
def served(folder: Path, port: int, copies: int) -> Iterator[list[Popen[bytes]]]:
    """One process at the port, or two behind nginx at the port."""
    with contextlib.ExitStack() as stack:
        if copies == 1:
            yield [stack.enter_context(server(folder, port))]
            return
        ports = [port + 1 + n for n in range(copies)]
        processes = [stack.enter_context(server(folder, each)) for each in ports]
        place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stack.enter_context(proxy(place, port, ports, place / "nginx.log"))
        yield processes


def cookie(port: int) -> dict[str, str]:
    """What the proxy keeps a visitor with one copy by; nothing where there is no proxy."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/")
    told = connection.getresponse().getheader("Set-Cookie") or ""
    connection.close()
    return {"Cookie": told.partition(";")[0]} if told.startswith("b12_copy=") else {}


@dataclass
class Visitor:
    """Somebody on the Plan page (``use``: the number of a plan) or on the page of one chart (None)."""

    port: int
    use: int | None
    took_ms: list[float] = field(default_factory=list)
    received: list[int] = field(default_factory=list)
    changes: int = 0

    async def open(self) -> None:
        headers = await asyncio.to_thread(cookie, self.port)
        query = "" if self.use is None else f"{link.PARAMETER}={plan_code(self.use)}"
        self.client = Client(self.port, query=query, headers=headers)
        await self.client.open()

    async def change(self) -> None:
        self.changes += 1
        if self.use is None:
            self.client.set(AGE, double_value=20.0 + self.changes)
        else:
            shown = link.decode(self.client.elements["b12_address"].data["code"], weeks=load_tables().link_weeks).plan
            if shown is None:
                raise RuntimeError("The address holds no plan.")
            place, item = next(iter(shown.items()))
            # Seven grams more, so that every text about the food is another one too.
            grams = 50 + (item.grams - 43 + 0.1 * (1 + self.use % 7)) % 400
            self.client.press_plan("grams", place=[place.day, place.meal, place.index], food=item.food, grams=round(grams, 1))
        seconds, size = await self.client.rerun()
        if self.client.errors:
            raise RuntimeError(self.client.errors[0])
        self.took_ms.append(1000 * seconds)
        self.received.append(size)

    async def stay(self, until: float) -> None:
        await asyncio.sleep(random.random() * EVERY_SECONDS)
        while time.monotonic() < until:
            began = time.monotonic()
            await self.change()
            await asyncio.sleep(max(0.0, EVERY_SECONDS - (time.monotonic() - began)))


@dataclass(frozen=True)
class Measured:
    """What a crowd met with."""

    a_second: float
    median_ms: float
    high_ms: float
    kilobytes: float
    processor_ms: float
    megabytes_a_session: float
    megabytes: float

    def beside(self, other: Measured) -> list[tuple[str, float, float]]:
        """What is compared: name, here, there."""
        return [
            ("median", self.median_ms, other.median_ms),
            ("95 %", self.high_ms, other.high_ms),
            ("processor time", self.processor_ms, other.processor_ms),
            ("kB", self.kilobytes, other.kilobytes),
        ]

    def __str__(self) -> str:
        return (
            f"{self.a_second:.1f} a second, median {self.median_ms:.0f} ms, 95 % {self.high_ms:.0f} ms, {self.kilobytes:.1f} kB and "
            f"{self.processor_ms:.1f} processor ms a change, {self.megabytes_a_session:.2f} MB a session, {self.megabytes:.0f} MB in all"
        )


async def crowd(port: int, uses: Sequence[int | None], seconds: float, processes: Sequence[Popen[bytes]]) -> Measured:
    first = Visitor(port, uses[0])
    await first.open()
    await first.change()
    before_mb = memory_mb(processes)
    visitors = [Visitor(port, use) for use in uses]
    gate = asyncio.Semaphore(OPENED_AT_ONCE)

    async def opened(visitor: Visitor) -> None:
        async with gate:
            await visitor.open()

    await asyncio.gather(*map(opened, visitors))
    used = sum(map(processor_ms, processes))
    await asyncio.gather(*(visitor.stay(time.monotonic() + seconds) for visitor in visitors))
    used = sum(map(processor_ms, processes)) - used
    megabytes = memory_mb(processes)
    for visitor in (first, *visitors):
        await visitor.client.close()
    took = sorted(ms for visitor in visitors for ms in visitor.took_ms)
    return Measured(
        a_second=len(took) / seconds,
        median_ms=statistics.median(took),
        high_ms=took[int(0.95 * len(took))],
        kilobytes=statistics.median(size for visitor in visitors for size in visitor.received) / 1000,
        processor_ms=used / len(took),
        megabytes_a_session=(megabytes - before_mb) / len(visitors),
        megabytes=megabytes,
    )


def compared(port: int, sessions: int, copies: int, seconds: float) -> None:
    """A crowd on the Plan page, and one on the page of one chart."""
    with served(ROOT, port, copies) as processes:
        ours = asyncio.run(crowd(port, [1000 + n for n in range(sessions)], seconds, processes))
    with page_alone(ONE_CHART) as folder, served(folder, port, copies) as processes:
        bare = asyncio.run(crowd(port, [None] * sessions, seconds, processes))
    where = "one process" if copies == 1 else f"{copies} behind nginx"
    print(f"{sessions} sessions, {where}; load of the machine {os.getloadavg()[0]:.1f}")
    print(f"  Plan page: {ours}")
    print(f"  one chart: {bare}")
    ratios = (f"{name} {mine / theirs:.2f}" for name, mine, theirs in ours.beside(bare))
    print(f"  ratio: {', '.join(ratios)}; one process makes at most {1000 / ours.processor_ms:.0f} changes a second", flush=True)


async def coming_and_going(port: int, seconds: float, processes: Sequence[Popen[bytes]]) -> None:
    """Visits of one change after another, four at a time."""
    until, done, began = time.monotonic() + seconds, 0, time.monotonic()

    async def visits() -> None:
        nonlocal done
        while time.monotonic() < until:
            visitor = Visitor(port, random.randrange(4_000))
            await visitor.open()
            for _ in range(CHANGES_OF_A_VISIT):
                await visitor.change()
            await visitor.client.close()
            done += 1
            await asyncio.sleep(EVERY_SECONDS)

    async def tell() -> None:
        while time.monotonic() < until:
            print(f"  {time.monotonic() - began:4.0f} s: {done} visits, {memory_mb(processes):.0f} MB", flush=True)
            await asyncio.sleep(30)

    await asyncio.gather(tell(), *(visits() for _ in range(OPENED_AT_ONCE)))
    print(f"  {time.monotonic() - began:4.0f} s: {done} visits, {memory_mb(processes):.0f} MB")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--port", type=int, default=8632)
    options.add_argument("--one", type=int, nargs="*", default=[20])
    options.add_argument("--two", type=int, nargs="*", default=[])
    options.add_argument("--seconds", type=float, default=30)
    options.add_argument("--coming-and-going", type=float, default=0)
    args = options.parse_args()
    if args.coming_and_going:
        print(f"coming and going; load of the machine {os.getloadavg()[0]:.1f}")
        with served(ROOT, args.port, 1) as processes:
            asyncio.run(coming_and_going(args.port, args.coming_and_going, processes))
        return
    for copies, crowds in ((1, args.one), (2, args.two)):
        for sessions in crowds:
            compared(args.port, sessions, copies, args.seconds)


if __name__ == "__main__":
    main()
