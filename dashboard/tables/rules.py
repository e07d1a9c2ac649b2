"""Rows of the tables that say what may be told and offered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChoosingRule:
    """One row of choosing_rules.csv: what a person's situation puts first. ``last``: later rules do not add to it."""

    rule: str
    when: tuple[str, ...]
    leads_to: str
    regimens: tuple[str, ...]
    text: str
    last: bool


@dataclass(frozen=True, slots=True)
class FlagText:
    """One row of flags.csv: something to be told beside the figures."""

    flag: str
    level: str
    text: str
    source_id: str
    locator: str
    mark: str
