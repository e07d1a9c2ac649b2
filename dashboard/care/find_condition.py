"""Finding one's condition or medicine by plain words, generic and trade names; and what is asked about those that were named."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from dashboard.tables.rules import ConditionDetail
from dashboard.tables.science import Condition
from dashboard.tables.tables import Tables

FOUND_MAX = 5
#: From so many letters on one typing error is forgiven, from twice as many two.
LETTERS_PER_ERROR = 5
#: What a newcomer is asked about by name, and the operations among which they then choose.
TOLD_FIRST = ("ppi", "h2-blocker", "metformin", "pernicious-anaemia")
#: The row that stands for whatever no row is for: it is named too, so that no answer says that nothing touches uptake.
NOT_IN_LIST = "not-in-list"
OPERATIONS = (
    "gastric-bypass",
    "sleeve-gastrectomy",
    "one-anastomosis-bypass",
    "duodenal-switch",
    "sadi",
    "partial-gastrectomy",
    "total-gastrectomy",
    "ileal-resection-short",
    "ileal-resection-medium",
    "ileal-resection-long",
)


@dataclass(frozen=True, slots=True)
class Match:
    """A condition or medicine and the word of the table that led to it."""

    condition: Condition
    name: str


def common_first(tables: Tables) -> list[Condition]:
    """All conditions and medicines, the most common first."""
    rows = list(tables.conditions.values())
    return sorted(rows, key=lambda c: (c.common_rank is None, c.common_rank or 0, rows.index(c)))


def find(query: str, tables: Tables, limit: int = FOUND_MAX) -> tuple[Match, ...]:
    """The conditions and medicines that a word leads to, the best first; the common ones first where nothing is typed.

    A name that begins with the word comes before one that has it further on, and that before one that is spelt nearly so;
    among equals the common ones come first. Nothing is found for a word that leads nowhere.
    """
    order = common_first(tables)
    wanted = _plain(query)
    if not wanted:
        return tuple(Match(c, c.label) for c in order[:limit])
    names = [(c.label, c) for c in order] + [(n.name, tables.conditions[n.condition]) for n in tables.rules.names]
    best: dict[str, tuple[int, int, Match]] = {}
    for name, condition in names:
        distance = _distance(wanted, _plain(name))
        if distance is not None:
            rank = (distance, order.index(condition), Match(condition, name))
            held = best.get(condition.condition)
            best[condition.condition] = rank if held is None or rank[:2] < held[:2] else held
    return tuple(match for _, _, match in sorted(best.values(), key=lambda rank: rank[:2])[:limit])


def offered(found: Iterable[Match], held: Iterable[str], tables: Tables) -> tuple[Match, ...]:
    """What a person does not have yet of what a word was found to lead to; where it leads nowhere, the row for what is not in the list."""
    unlisted = tables.conditions[NOT_IN_LIST]
    return tuple(match for match in tuple(found) or (Match(unlisted, unlisted.label),) if match.condition.condition not in held)


def goes_by(name: str, tables: Tables) -> Condition | None:
    """The condition or medicine that alone goes by exactly this name; None where none does, or several."""
    wanted = _plain(name)
    those = {n.condition for n in tables.rules.names if _plain(n.name) == wanted}
    those |= {c.condition for c in tables.conditions.values() if _plain(c.label) == wanted}
    return tables.conditions[those.pop()] if len(those) == 1 else None


def _plain(text: str) -> str:
    """Lower case, without accents and signs: 'Säureblocker (PPI)' is 'saureblocker ppi'."""
    letters = (c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", "".join(letters)))


def _distance(wanted: str, name: str) -> int | None:
    """How far a name is from what was typed: 0 begins with it, 1 a word of it does, more for each typing error; None: too far."""
    if name.startswith(wanted):
        return 0
    if f" {wanted}" in name:
        return 1
    forgiven = len(wanted) // LETTERS_PER_ERROR
    starts = [name, *(name[m.end() :] for m in re.finditer(" ", name))]
    errors = min(OSA.distance(wanted, start[: len(wanted)], score_cutoff=forgiven) for start in starts)
    return 1 + errors if errors <= forgiven else None


def asked_about(conditions: Iterable[str], tables: Tables) -> tuple[ConditionDetail, ...]:
    """The questions about conditions and medicines that were named."""
    named = set(conditions)
    return tuple(detail for detail in tables.rules.details.values() if named & set(detail.conditions))


def chosen(conditions: Iterable[str], answered: Iterable[str], tables: Tables) -> tuple[str, ...]:
    """Conditions with the answers about them that still have their question: an answer goes with its condition."""
    named = tuple(dict.fromkeys(c for c in conditions if c not in tables.rules.details))
    asked = {detail.detail for detail in asked_about(named, tables)}
    return (*named, *(answer for answer in answered if answer in asked))
