"""How the source of a figure is told: what it is, where it stands, how well that was seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from dashboard.estimate.provenance import Step, doubtful
from dashboard.tables.science import Source
from dashboard.words import MARK_LABELS, plural
from dashboard.words.amounts import NO_BREAK
from dashboard.words.sources import cite

WHERE_FROM: Final = "Where is this from?"
FOODS_FROM: Final = "Where are these food figures from?"
RULES_FROM: Final = "Where is this rule from?"
TARGET: Final = "Target"
NEED: Final = "Need in absorbed terms"
USABLE: Final = "Usable B12"
INTAKE: Final = "Intake, food by food"
STORES: Final = "Body stores"
NOTICES: Final = "Verdict and notices"
USDA_RECORD: Final = "USDA's record"
PAPER: Final = "The publication"
FROM_A_LABEL: Final = "Typed in from a label by whoever made this plan."
#: What a reader calls the figures of the model, by their name in model_parameters.csv.
PARAMETERS: Final = {
    "if_fraction": "Share of a small dose of added B12 that is taken up",
    "if_capacity_ug": "Most that one dose of added B12 can deliver by the body's own carrier",
    "passive_fraction": "Share of a dose taken with water that is taken up without the carrier",
    "passive_fraction_with_food": "Share of a dose taken with food that is taken up without the carrier",
    "residual_ln_sd": "How far measured doses lie from the curve",
    "food_fraction": "Share of the B12 in food that is taken up",
    "egg_fraction": "Share of the B12 in eggs that is taken up",
    "food_capacity_ug": "Most that the B12 in one meal's food can deliver",
    "need_fraction": "Share that turns a reference value into absorbed terms",
    "occasion_hours": "Hours after which a meal counts on its own",
    "days_for_verdict": "Days entered before a good word is given",
    "loss_per_day": "Share of the body's store that is lost a day",
    "pool_start_ug": "Store to start from where nobody measured it",
    "pool_at_signs_ug": "Store at which signs can begin",
    "pool_full_ug": "Store that is called full",
}
#: Mark -> what stands above the rows that have it.
RESTS_ON: Final = {
    "choice": "Choices of this app that these figures rest on, none of them a finding:",
    "unsure": "Not checked against the original, so provisional:",
}
_CITATION_MAX: Final = 80
_DOUBTS: Final = {"choice": ("choice of ours", "choices of ours"), "unsure": ("figure not checked", "figures not checked")}
_KINDS: Final = {
    "regimen": "Supplement form",
    "flag": "Notice",
    "rule": "Rule of advice",
    "limit": "Limit of the outlook",
    "need": "Need, half of",
    "need-set": "Whose need is taken for",
}


def _first_sentence(text: str) -> str:
    head, dot, _ = text.partition(". ")
    return f"{head}{dot.strip()}"


def what(step: Step) -> str:
    """What a step is, with its figure."""
    name = _first_sentence(PARAMETERS.get(step.key, step.name or step.key) if step.kind == "parameter" else step.name or step.key)
    if step.kind in _KINDS:
        name = f"{_KINDS[step.kind]}: {name}"
    if step.kind == "food" and step.figure is None:
        return f"{name}: no value"
    return name if step.figure is None else f"{name}: {figure(step.figure, step.unit)}"


def figure(amount: float, unit: str) -> str:
    """A figure as it is said: shares in percent."""
    if unit.startswith("fraction"):
        return f"{100 * amount:g}{NO_BREAK}%{unit.removeprefix('fraction')}"
    return f"{amount:g} {unit}"


def where(step: Step, sources: Mapping[str, Source]) -> str:
    """The sources of a step and the place in them."""
    named = [_short(sources[s]) for s in step.source_ids if s in sources]
    if not named:
        return FROM_A_LABEL
    return f"{'; '.join(named)}: {step.locator}."


def _short(source: Source) -> str:
    """A data set by its title; a work by its citation, or by who made it and when where that is long. In full it stands under Sources."""
    if source.licence:
        return source.title
    cited = cite(source).rstrip(".")
    return cited if len(cited) <= _CITATION_MAX else ", ".join(part for part in (source.producer, source.year) if part)


def how(step: Step) -> str:
    """How the source came to the figure; empty where it does not say."""
    if not step.how:
        return ""
    return f"How the figure was found: {step.how}." if step.kind == "food" else step.how


def mark(step: Step) -> str:
    """How well the figure was seen; empty for USDA's own figures."""
    said = MARK_LABELS.get(step.mark, step.mark)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def links(step: Step, sources: Mapping[str, Source]) -> list[tuple[str, str]]:
    """Addresses that lead to a step's record or publication: (words, address)."""
    if step.page:
        return [(USDA_RECORD, step.page)]
    found = [sources[s] for s in step.source_ids if s in sources]
    addresses = [f"https://doi.org/{source.doi}" if source.doi else source.url for source in found]
    return [(PAPER, address) for address in addresses if address]


def with_doubts(label: str, steps: Iterable[Step]) -> str:
    """The words of a button that leads to sources, with how much behind it is a choice or unchecked: '… · 4 choices of ours'."""
    marks = [step.mark for step in doubtful(steps)]
    counted = [plural(count, *_DOUBTS[mark]) for mark in _DOUBTS if (count := marks.count(mark))]
    return f"{label} · {', '.join(counted)}" if counted else label


def rests_on(steps: Iterable[Step]) -> list[str]:
    """The unchecked figures and the choices among some steps, a line each under their heading; nothing where there are none."""
    rows = doubtful(steps)
    lines = []
    for kind, heading in RESTS_ON.items():
        found = [row for row in rows if row.mark == kind]
        lines += [heading, *(f"- {what(row)} ({row.locator})" for row in found)] if found else []
    return lines
