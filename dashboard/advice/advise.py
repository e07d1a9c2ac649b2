"""advise(assessment, tables): the one place that decides what may be said, claimed and offered to a person.

Every decision is made by rows of advice_rules.csv and flags.csv, read by one evaluator, and carries the rows it came
from. Pages, command line, links and paper take it from here; :mod:`dashboard.words` only phrases it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeVar

from dashboard.estimate.adequacy import UsableVerdict, Verdict, below
from dashboard.estimate.assess import Assessment, assess
from dashboard.rules.facts import facts
from dashboard.tables.decisions import IF, LEVELS, LOW_END, NO, TELL, Claim, FoodOffer, Lead, RegimenOffer, SpokenVerdict, Who
from dashboard.tables.rules import AdviceRule
from dashboard.tables.science import Band
from dashboard.tables.tables import Tables
from dashboard.tables.weeks import MarketRow
from dashboard.tables.when import Facts

__all__ = ["Advice", "Claim", "Flag", "FoodOffer", "Lead", "Permission", "RegimenOffer", "SpokenVerdict", "Who", "advise"]


Offer = TypeVar("Offer", bound=StrEnum)
#: The spoken verdicts beside which a clinician says what is enough, and no figure of usable B12 is held against a need.
CLINICIAN_JUDGES: Final = (
    SpokenVerdict.UPTAKE_DECIDES,
    SpokenVerdict.TEAM_DECIDES,
    SpokenVerdict.BELOW_TREATED,
    SpokenVerdict.MEETS_TREATED,
)
#: Those beside which machines are told how the intake lies to EAR and RDA, below the target.
SPEAKS_LOW: Final = (SpokenVerdict.TOO_LOW, SpokenVerdict.MAY_BE_TOO_LOW, SpokenVerdict.BELOW_TEST_FIRST)


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether something may be claimed, and under which "if". ``rows`` are the rules it came from."""

    may: bool = True
    only_if: tuple[AdviceRule, ...] = ()
    rows: tuple[AdviceRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """Something to be told beside the figures."""

    id: str
    level: str
    text: str
    source_ids: tuple[str, ...]
    mark: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What may be said and offered to the person of an assessment.

    plans
        Whether the app plans for this person at all.
    verdict
        The rule whose value names the verdict that may be spoken.
    leads
        What comes first, the one that leads first of all.
    foods, regimens, who
        Which changes of food and which regimens may be offered, and who decides on a supplement.
    at_low_end
        Offers are judged at the low end of uptake.
    tells_untreated
        What stores would do with no treatment may be told, where nothing else is said of them.
    rules
        Every row of advice_rules.csv that holds, in the table's order.
    rests_on_supplement
        What is needed is reached with the supplements that are swallowed, and would not be without them.
    market
        Where the person shops, with what is told there beside a fortified food.
    """

    assessment: Assessment
    facts: Facts
    rules: tuple[AdviceRule, ...]
    plans: bool
    verdict: AdviceRule
    leads: tuple[AdviceRule, ...]
    foods: FoodOffer
    regimens: RegimenOffer
    at_low_end: bool
    who: Who
    tells_untreated: bool
    claims: Mapping[Claim, Permission]
    flags: tuple[Flag, ...]
    rests_on_supplement: bool
    market: MarketRow

    def claim(self, claim: Claim) -> Permission:
        """Whether something may be claimed, and under which "if"."""
        return self.claims[claim]

    def judged_ug(self, usable: Band) -> float:
        """The end of a band by which an offer is judged. [µg/day]"""
        return usable.low if self.at_low_end else usable.value

    @property
    def urgent(self) -> bool:
        """Whether an answer calls for medical help before any figure."""
        return "urgent" in self.facts

    @property
    def leading(self) -> AdviceRule | None:
        """What leads; None where nothing has to be said before the figures."""
        return self.leads[0] if self.leads else None

    @property
    def before_foods(self) -> AdviceRule | None:
        """What comes before any change of food, also where something is to be talked over first; None where such a change may lead.

        A test from time to time comes after what cannot wait for it.
        """
        first = [rule for rule in self.leads if rule.value not in (Lead.FOODS, Lead.ADDED_FIRST, Lead.DISCUSS)]
        return min(first, key=lambda rule: rule.value == Lead.ASK_FOR_TEST, default=None)

    @property
    def added_first(self) -> bool:
        """Whether added B12 comes before B12 bound in food."""
        return self.foods is FoodOffer.ADDED_ONLY or self._leads_with(Lead.ADDED_FIRST)

    @property
    def supplements_first(self) -> bool:
        """Whether regimens and fortified food are shown before single changes of food."""
        return self.added_first or self._leads_with(Lead.RELIABLE_SOURCE) or self._leads_with(Lead.TEST_FIRST)

    @property
    def little_comes_in(self) -> bool:
        """Whether the plan brings too little by what is known, or nothing that can be relied on."""
        return bool(self.facts & {"below-average", "below-half-of-ai", "usable-short"}) or self._leads_with(Lead.RELIABLE_SOURCE)

    @property
    def may_choose(self) -> bool:
        """Whether a person may put a regimen into the plan here."""
        return self.regimens in (RegimenOffer.AGE_DOSE, RegimenOffer.CHOOSE)

    @property
    def compares_doses(self) -> bool:
        """Whether other doses and frequencies than those of the regimens may be compared."""
        return self.regimens in (RegimenOffer.INFORMATION, RegimenOffer.CHOOSE)

    @property
    def first_regimens(self) -> tuple[str, ...]:
        """The regimens to show first: those of the first leading row that names any."""
        return next((rule.regimens for rule in self.leads if rule.regimens), ())

    def _leads_with(self, what: Lead) -> bool:
        return any(rule.value == what for rule in self.leads)

    @property
    def intake_verdict(self) -> Verdict:
        """Intake against the reference value, for machines: no conclusion where no verdict may be spoken."""
        a = self.assessment
        if a.verdict is Verdict.MEETS:
            return a.verdict if self.claim(Claim.MEETS).may else Verdict.NO_CONCLUSION
        return a.verdict if self.verdict.value in SPEAKS_LOW else Verdict.NO_CONCLUSION

    @property
    def judges_usable(self) -> bool:
        """Whether usable B12 may be held against the need at all: not where a clinician says what is enough, or help comes first."""
        return self.plans and not self.urgent and self.verdict.value not in CLINICIAN_JUDGES

    @property
    def usable_verdict(self) -> UsableVerdict:
        """Usable B12 against the need, for machines: no conclusion where nothing may be claimed."""
        may = self.judges_usable
        if self.assessment.usable_verdict is UsableVerdict.MEETS:
            may = may and self.claim(Claim.MEETS).may
        return self.assessment.usable_verdict if may else UsableVerdict.NO_CONCLUSION

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Every source that the rules and flags rest on."""
        rules = {s for rule in self.rules for s in rule.source_ids}
        return tuple(sorted(rules | {s for flag in self.flags for s in flag.source_ids}))


def advise(assessment: Assessment, tables: Tables) -> Advice:
    """What may be said, claimed and offered. Pure: the same assessment and tables give the same answer."""
    known = facts(assessment, tables)
    rules = tuple(rule for rule in tables.rules.advice if rule.when.holds(known))
    offers = {"foods": _values(rules, "foods"), "regimens": _values(rules, "regimens"), "who": _values(rules, "who")}
    return Advice(
        assessment=assessment,
        facts=known,
        rules=rules,
        plans=NO not in _values(rules, "plans"),
        verdict=next(rule for rule in rules if "verdict" in rule.decides),
        leads=tuple(_until_last(rule for rule in rules if "leads" in rule.decides)),
        foods=_strictest(FoodOffer, offers["foods"], FoodOffer.ANY),
        regimens=_strictest(RegimenOffer, offers["regimens"], RegimenOffer.CHOOSE),
        at_low_end=LOW_END in offers["foods"] | offers["regimens"],
        who=next((who for who in reversed(Who) if who in offers["who"]), Who.SELF_CARE),
        tells_untreated=TELL in _values(rules, "untreated"),
        claims={claim: _permission(rules, claim) for claim in Claim},
        flags=_flags(assessment, tables, known),
        rests_on_supplement=_rests_on_supplement(assessment, tables),
        market=tables.market(assessment.plan.person),
    )


def _rests_on_supplement(a: Assessment, tables: Tables) -> bool:
    """Whether intake and usable B12 reach what is needed, and one of them would not without the supplements that are swallowed."""
    if not a.swallowed_supplements or not _reached(a):
        return False
    without = replace(a.plan, supplements=tuple(s for s in a.plan.supplements if s.given))
    return not _reached(assess(without, tables, a))


def _reached(a: Assessment) -> bool:
    """Whether intake reaches the target and, where a need is known, usable B12 the need."""
    target = a.target
    if target is None or below(a.intake_ug, target.intake_ug):
        return False
    return target.need_ug is None or not below(a.usable.value, target.need_ug)


def _values(rules: Iterable[AdviceRule], decision: str) -> set[str]:
    """Every value that the rules give to a decision."""
    return {rule.value for rule in rules if decision in rule.decides}


def _strictest(kind: type[Offer], values: set[str], otherwise: Offer) -> Offer:
    """The strictest offer that a rule decides; the members of an offer stand strictest first."""
    return next((offer for offer in kind if offer in values), otherwise)


def _until_last(rules: Iterable[AdviceRule]) -> Iterable[AdviceRule]:
    for rule in rules:
        yield rule
        if rule.last:
            return


def _permission(rules: Iterable[AdviceRule], claim: Claim) -> Permission:
    about = tuple(rule for rule in rules if claim in rule.decides)
    refused = tuple(rule for rule in about if rule.value == NO)
    if refused:
        return Permission(may=False, rows=refused)
    return Permission(only_if=tuple(rule for rule in about if rule.value == IF), rows=about)


def _flags(a: Assessment, tables: Tables, known: Facts) -> tuple[Flag, ...]:
    """The notices to show, gravest first: those of the person's conditions, and the rows of flags.csv whose ``when`` holds."""
    # A warning that cannot wait says what to do, wherever it is shown.
    told = [
        Flag(c.condition, c.level, f"{c.text} {c.helps}" if c.level == "urgent" else c.text, c.source_ids, c.mark) for c in a.conditions
    ]
    told += [Flag(row.flag, row.level, row.text, row.source_ids, row.mark) for row in tables.rules.flags if row.when.holds(known)]
    return tuple(sorted(told, key=lambda flag: LEVELS.index(flag.level)))
