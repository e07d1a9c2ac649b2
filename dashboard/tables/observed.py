"""Rows of the tables that the estimate is held against, and of what its low and high do and do not cover."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.tables.care import Cited


@dataclass(frozen=True, slots=True)
class Uncertainty(Cited):
    """One row of uncertainty.csv: something that makes the figure uncertain.

    ``covered``: the low and high of the estimate hold it; ``when``: always, or what a plan must have for it to matter.
    ``phrase`` names it in the one sentence beside the figure (``in_sentence``), ``text`` explains it.
    """

    matter: str
    covered: bool
    when: str
    in_sentence: bool
    phrase: str
    text: str


@dataclass(frozen=True, slots=True)
class Observed:
    """All tables of what others measured."""

    uncertainty: tuple[Uncertainty, ...]
