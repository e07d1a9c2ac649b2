"""What to look to first, by cause: the rules of choosing_rules.csv, read from the top."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.estimate.assess import Assessment
from dashboard.plan import Diet, LifeStage
from dashboard.tables.rules import ChoosingRule
from dashboard.tables.tables import Tables


@dataclass(frozen=True, slots=True)
class Choice:
    """The rules that hold for a person, the one that leads first."""

    rules: tuple[ChoosingRule, ...]

    def _leads_to(self, what: str) -> bool:
        return any(rule.leads_to == what for rule in self.rules)

    @property
    def needs_clinician(self) -> bool:
        """Nothing a person may choose alone may be called enough."""
        return self._leads_to("clinician")

    @property
    def discuss_first(self) -> bool:
        """Whatever is shown is to be talked over first."""
        return self._leads_to("discuss")

    @property
    def crystalline_first(self) -> bool:
        """Added B12 comes before B12 bound in food."""
        return self._leads_to("crystalline")

    @property
    def plans_first(self) -> bool:
        """A supplement or a fortified food comes before single changes of food."""
        return self.crystalline_first or self._leads_to("plans")

    @property
    def regimens(self) -> tuple[str, ...]:
        """The regimens to show first: those of the first rule that names any."""
        return next((rule.regimens for rule in self.rules if rule.regimens), ())


def situations(assessment: Assessment) -> Iterator[str]:
    """The words of the column ``when`` that are true of a person."""
    person, flags = assessment.plan.person, {flag.id: flag.level for flag in assessment.flags}
    if "urgent" in flags.values():
        yield "red-flag"
    if assessment.levers.no_intrinsic_factor:
        yield "no-intrinsic-factor"
    if person.age_years < 1:
        yield "infant"
    # A vegan week without a source is what the fourth rule is for; by itself it is no condition.
    levels = {level for flag, level in flags.items() if flag != "vegan-no-source"}
    if levels & {"discuss", "clinician"} or person.life_stage is not LifeStage.NONE or person.age_years < 18:
        yield "flagged-condition"
    first = {
        "older": "older-adult" in flags,
        "food-release-blocked": assessment.levers.release.value < 1,
        "vegan-no-added": person.diet is Diet.VEGAN and not assessment.added_ug and not assessment.supplement_ug,
    }
    yield from (situation for situation, true in first.items() if true)
    if not any(first.values()):
        yield "otherwise"


def choose(assessment: Assessment, tables: Tables) -> Choice:
    """The rules that hold, in order; a rule marked as the last one ends the list."""
    true = set(situations(assessment))
    held: list[ChoosingRule] = []
    for rule in tables.choosing_rules:
        if true & set(rule.when):
            held.append(rule)
            if rule.last:
                break
    return Choice(tuple(held))
