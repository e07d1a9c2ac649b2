"""The cards of "What would help?": each offer with the same five facts, and the cautions of all of them once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.advice.advise import Advice, Claim
from dashboard.advice.regimens import RegimenEffect
from dashboard.advice.suggest import Suggestion
from dashboard.estimate.assess import Assessment
from dashboard.words import MARK_LABELS, a_day, amount_ug, need_ug, number, offers, percent, plural
from dashboard.words.suggestions import OFTEN_LABELS

ENOUGH: Final = "Enough?"
USABLE: Final = "Usable"
OFTEN: Final = "How often"
SURE: Final = "How sure"
WHO: Final = "Who decides"

DECIDES: Final = {
    "self-care": "You can choose it yourself",
    "discuss-first": "You, after asking a doctor, pharmacist or dietitian",
    "clinician": "A doctor or other clinician",
}
NOT_SAID: Final = "This app cannot say"
PART: Final = "It brings {percent} of what is missing"
USABLE_OF_NEED: Final = "{usable}; you need {need}"
USABLE_MORE: Final = "{usable} more a day ({intake} more swallowed)"
USABLE_MORE_ONLY: Final = "{usable} more a day"
FROM_TO: Final = "Between {low} and {high} µg by the estimate"
FROM_TO_MARKED: Final = "Between {low} and {high} µg by the estimate; {mark}"
SURE_LABEL: Final = "It depends on the brand: check the label"
SURE_TABLE: Final = "An average of the food table"
EVERY_DAY: Final = "Every day"
SOME_DAYS: Final = "On {days} of the plan’s {all}"
ENERGY: Final = "{kcal:+.0f} kcal a day"
CAUTIONS_TITLE: Final = "Before you choose"
CAUTION_OF: Final = "{names}: {caution}"
#: Marks that stay visible where they act.
DOUBTFUL: Final = ("unsure", "choice")


@dataclass(frozen=True, slots=True)
class Card:
    """One offer: what it is, its five facts as (name, what is so), and what makes it easy or is to be known."""

    title: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """Everything it says."""
        return (*self.title, *(said for _, said in self.facts), *self.notes)


def of_regimen(e: RegimenEffect, advice: Advice) -> Card:
    """A regimen's card."""
    r, target = e.regimen, advice.assessment.target
    need = target.need_ug if target and advice.claim(Claim.COVERS).may else None
    usable = a_day(amount_ug(e.usable.value))
    ends = {"low": number(e.usable.low), "high": number(e.usable.high), "mark": MARK_LABELS[r.mark]}
    facts = (
        (ENOUGH, _sentence(offers.regimen_covers(e, advice))),
        (USABLE, usable if need is None else USABLE_OF_NEED.format(usable=usable, need=need_ug(need))),
        (OFTEN, _sentence(OFTEN_LABELS.get(r.times_per_week, r.label))),
        (SURE, (FROM_TO_MARKED if r.mark in DOUBTFUL else FROM_TO).format(**ends)),
        (WHO, DECIDES[e.advice]),
    )
    return Card((r.label,), facts)


def of_food(s: Suggestion, advice: Advice, title: Sequence[str]) -> Card:
    """A change of food's card. ``title``: its edits, a line each."""
    a = advice.assessment
    amounts = {"usable": amount_ug(s.usable_gain_ug), "intake": amount_ug(s.intake_gain_ug)}
    facts = (
        (ENOUGH, _enough(s, advice)),
        (USABLE, (USABLE_MORE if s.intake_gain_ug > 0 else USABLE_MORE_ONLY).format(**amounts)),
        (OFTEN, _days(s, a)),
        (SURE, SURE_LABEL if s.fortified else SURE_TABLE),
        (WHO, DECIDES["self-care"]),
    )
    easy = [_sentence(f"{part}.") for part in (s.reason, "" if s.energy_kcal is None else ENERGY.format(kcal=s.energy_kcal)) if part]
    return Card(tuple(title), facts, tuple(easy))


def _enough(s: Suggestion, advice: Advice) -> str:
    """What part of what is missing it brings, and what stays missing, as far as either may be claimed."""
    part = PART.format(percent=percent(100 * s.closes_share)) if s.closes_share < offers.WHOLE_FROM else ""
    left = offers.stays_open(s, advice)
    return ". ".join(filter(None, (part, left))).rstrip(".") or NOT_SAID


def _days(s: Suggestion, a: Assessment) -> str:
    days = {day for e in s.edits for day in e.days}
    return EVERY_DAY if len(days) == len(a.days) else SOME_DAYS.format(days=plural(len(days), "day"), all=len(a.days))


def cautions(effects: Iterable[RegimenEffect]) -> tuple[str, ...]:
    """Every caution of some regimens once: that of all of them plain, that of some with their names."""
    return _once({e.regimen.label: e.cautions for e in effects})


def food_cautions(shown: Iterable[Suggestion], advice: Advice) -> tuple[str, ...]:
    """What to know of the foods of some suggestions, each thing once and with their names."""
    found = list(shown)
    note = [advice.market.label_note] if any(s.fortified for s in found) and advice.market.label_note else []
    return (*note, *_once({food.name: [food.note] for s in found for food in s.foods}))


def _once(of: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Cautions by name -> each caution once: those of the same names together, those of all names without them."""
    names_of: dict[str, list[str]] = {}
    for name, told in of.items():
        for caution in filter(None, told):
            names_of.setdefault(caution, []).append(name)
    together: dict[tuple[str, ...], list[str]] = {}
    for caution, names in names_of.items():
        together.setdefault(tuple(names), []).append(caution)
    return tuple(
        " ".join(told) if len(names) == len(of) > 1 else CAUTION_OF.format(names="; ".join(names), caution=" ".join(told))
        for names, told in together.items()
    )


def _sentence(said: str) -> str:
    return f"{said[0].upper()}{said[1:]}" if said else said
