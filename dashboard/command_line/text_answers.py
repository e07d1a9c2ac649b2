"""The lines that the command line prints for people: the sentences of the pages, one a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dashboard.advice.advise import Advice, RegimenOffer
from dashboard.advice.changes import Change, changes
from dashboard.advice.regimens import RegimenEffect, compare
from dashboard.advice.suggest import Suggestion, suggest
from dashboard.tables.tables import Tables
from dashboard.words import band_ug, day_intake, notices
from dashboard.words import command_line as said
from dashboard.words.offers import effect, no_plans, nothing_to_suggest, regimen, stays_open, suggestion
from dashboard.words.suggestions import WAY_LABELS, change, change_effect
from dashboard.words.verdict import headline


def head(advice: Advice) -> Iterator[str]:
    """What cannot wait, then the figures with their verdict."""
    yield from (notice.text for notice in notices.urgent(advice))
    yield headline(advice)


def assessment(advice: Advice) -> Iterator[str]:
    """The answer of ``assess``."""
    yield from head(advice)
    for day in advice.assessment.days:
        line = said.DAY_LINE if day.entered and not day.usable_unknown else said.DAY_NOT_ENTERED
        yield line.format(name=day.name, intake=day_intake(day), usable=band_ug(day.usable))
    yield from (rule.text for rule in advice.leads)
    yield from (f"- {notice.text}" for notice in notices.beside(advice))


def suggestions(advice: Advice, tables: Tables) -> Iterator[str]:
    """The answer of ``suggest``."""
    yield from head(advice)
    yield from (rule.text for rule in advice.leads)
    yield from foods(suggest(advice, tables), advice)
    yield from ways(changes(advice, tables), advice)
    yield from forms(compare(advice, tables), advice)


def foods(found: Iterable[Suggestion], advice: Advice) -> Iterator[str]:
    """The changes of food, or why there are none."""
    lines = [f"- {suggestion(s, advice.assessment)}: {effect(s, advice)} {stays_open(s, advice)}".rstrip() for s in found]
    yield from lines or [nothing_to_suggest(advice)]


def ways(found: Iterable[Change], advice: Advice) -> Iterator[str]:
    """The plans of change."""
    yield from (f"{WAY_LABELS[c.way]}:\n{change(c, advice)}\n{change_effect(c, advice)}".strip() for c in found)


def forms(compared: Iterable[RegimenEffect], advice: Advice) -> Iterator[str]:
    """The supplement forms with how they are meant, or why none is shown."""
    lines = [f"- {e.regimen.label}: {regimen(e, advice)}" for e in compared]
    meant = no_plans(advice) if advice.plans and (not lines or advice.regimens is not RegimenOffer.CHOOSE) else ""
    yield from ([meant] if meant else [])
    yield from lines
