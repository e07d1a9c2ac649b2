"""Many sessions on the Plan page, each changing its plan once a second, against as many on a bare page in the same run.

    python -m bench.bench_sessions [--sessions 1 20] [--seconds 15]

Every session has a plan of its own, and every click makes a plan that was not there before. Peak memory is the server's.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import time
from pathlib import Path

from bench.bench_pages import AGE, address, hello
from bench.stream import ROOT, Client, server


def memory_mb(process_id: int) -> float:
    """Resident memory of a process (Linux)."""
    status = Path(f"/proc/{process_id}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))


async def visit(client: Client, until: float, took: list[float]) -> None:
    await asyncio.sleep(random.random())
    age = 21
    while time.monotonic() < until:
        start = time.monotonic()
        client.set(AGE, double_value=float(age))
        took.append(1000 * (await client.rerun())[0])
        age = 21 + (age - 20) % 60
        await asyncio.sleep(max(0.0, 1 - (time.monotonic() - start)))


async def crowd(port: int, queries: list[str], seconds: float) -> list[float]:
    clients = [Client(port, query=query) for query in queries]
    for client in clients:
        await client.open()
    took: list[float] = []
    await asyncio.gather(*(visit(c, time.monotonic() + seconds, took) for c in clients))
    for client in clients:
        await client.close()
    return sorted(took)


def told(name: str, took: list[float], seconds: float, memory: float) -> None:
    high = took[int(0.95 * len(took))]
    print(
        f"{name}: {len(took) / seconds:.1f} a second, median {statistics.median(took):.0f} ms, 95 % {high:.0f} ms, {memory:.0f} MB",
        flush=True,
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--port", type=int, default=8632)
    options.add_argument("--sessions", type=int, nargs="+", default=[1, 20])
    options.add_argument("--seconds", type=float, default=15)
    args = options.parse_args()
    for sessions in args.sessions:
        queries = [address("plan", 1000 + n).partition("?")[2] for n in range(sessions)]
        with server(ROOT, args.port) as process:
            asyncio.run(crowd(args.port, queries[:1], 0.1))
            told(f"{sessions} on the plan", asyncio.run(crowd(args.port, queries, args.seconds)), args.seconds, memory_mb(process.pid))
        with hello() as folder, server(folder, args.port) as process:
            told(
                f"{sessions} on the bare page",
                asyncio.run(crowd(args.port, [""] * sessions, args.seconds)),
                args.seconds,
                memory_mb(process.pid),
            )


if __name__ == "__main__":
    main()
