"""How long the diet classes of every food of the releases take. Run: python -m bench.bench_diet (needs ../shared/usda)."""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from test_diet import RELEASES, classify, release  # noqa: E402

foods = [food for name in RELEASES for food in release(name)]
classify(foods[0])
started = time.perf_counter()
for food in foods:
    classify(food)
seconds = time.perf_counter() - started
print(f"{len(foods)} foods in {seconds:.2f} s, {1e6 * seconds / len(foods):.0f} microseconds each")
