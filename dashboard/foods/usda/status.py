"""What is imported, in the shape of ``usda status --json``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from dashboard.foods.usda.store import ReleaseRow, open_store


def imported(path: Path | None = None) -> list[ReleaseRow]:
    """The imported releases; none when nothing was imported. Raises StoreError when the file cannot be used."""
    store = open_store(path)
    return store.releases() if store else []


def as_json(releases: list[ReleaseRow]) -> dict[str, Any]:
    """The answer of ``usda status --json``. ``with_b12`` counts zeros too; ``in_use`` leaves out what a newer release has."""
    return {"releases": [asdict(release) for release in releases]}
