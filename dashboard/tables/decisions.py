"""What a row of advice_rules.csv may decide, and how: the closed vocabulary of its columns ``decides`` and ``value``."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Claim(StrEnum):
    """What an output may claim, when a row does not forbid it or tie it to an "if"."""

    CLOSES = "closes"
    COVERS = "covers"
    NOTHING_OPEN = "nothing-open"
    MEETS = "meets"
    STORES = "stores"


class FoodOffer(StrEnum):
    """Which changes of food may be offered; the strictest first."""

    NO = "no"
    ADDED_ONLY = "added-only"
    ANY = "any"


class RegimenOffer(StrEnum):
    """How supplement regimens may be shown: not at all, for information, the dose of the age only, or to choose from."""

    NO = "no"
    INFORMATION = "information"
    AGE_DOSE = "age-dose"
    CHOOSE = "choose"


class Who(StrEnum):
    """Who decides on a supplement; the mildest first."""

    SELF_CARE = "self-care"
    DISCUSS_FIRST = "discuss-first"
    CLINICIAN = "clinician"


class Lead(StrEnum):
    """What comes first for a person."""

    URGENT = "urgent"
    CLINICIAN = "clinician"
    TEST_FIRST = "test-first"
    TREATMENT = "treatment"
    ASK_FOR_TEST = "ask-for-test"
    DISCUSS = "discuss"
    RELIABLE_SOURCE = "reliable-source"
    ADDED_FIRST = "added-first"
    FOODS = "foods"


class SpokenVerdict(StrEnum):
    """The verdicts that may be spoken; each has its sentence in dashboard/words/verdict.py."""

    NOT_PLANNED = "not-planned"
    HELP_FIRST = "help-first"
    UPTAKE_DECIDES = "uptake-decides"
    TEAM_DECIDES = "team-decides"
    NOTHING_ENTERED = "nothing-entered"
    FOODS_LEFT_OUT = "foods-left-out"
    NOTHING_EATEN = "nothing-eaten"
    NOTHING_KNOWN = "nothing-known"
    NO_TARGET = "no-target"
    BELOW_TREATED = "below-treated"
    NO_DEPENDABLE_SOURCE = "no-dependable-source"
    UNCLEAR_UNKNOWN = "unclear-unknown"
    BELOW_TEST_FIRST = "below-test-first"
    BELOW_AI_USABLE_SHORT = "below-ai-usable-short"
    BELOW_AI_USABLE_MAY_BE_SHORT = "below-ai-usable-may-be-short"
    BELOW_AI_EXPECTING = "below-ai-expecting"
    BELOW_AI_UNRELIABLE = "below-ai-unreliable"
    BELOW_AI = "below-ai"
    UNCLEAR_DAYS = "unclear-days"
    UNCLEAR_INCOMPLETE = "unclear-incomplete"
    TOO_LOW = "too-low"
    MAY_BE_TOO_LOW = "may-be-too-low"
    MEETS_TEST_FIRST = "meets-test-first"
    MEETS_UNRELIABLE = "meets-unreliable"
    MEETS_FEW_DAYS = "meets-few-days"
    MEETS_USABLE_SHORT = "meets-usable-short"
    MEETS_USABLE_UNCLEAR = "meets-usable-unclear"
    MEETS_USABLE_MAY_BE_SHORT = "meets-usable-may-be-short"
    MEETS_TREATED = "meets-treated"
    MEETS_EXPECTING = "meets-expecting"
    MEETS = "meets"


#: The end of the band by which offers are judged, as a value of foods and regimens.
LOW_END: Final = "low-end"
NO: Final = "no"
IF: Final = "if"
#: What stores would do with no treatment may be told, where nothing else is said of them.
TELL: Final = "tell"

#: Decision -> the values it can have. A claim is forbidden or tied to an "if"; without a row it may be made.
DECIDES: Final[dict[str, frozenset[str]]] = {
    "plans": frozenset({NO}),
    "verdict": frozenset(SpokenVerdict),
    "leads": frozenset(Lead),
    "foods": frozenset({*FoodOffer, LOW_END}),
    "regimens": frozenset({*RegimenOffer, LOW_END}),
    "who": frozenset(Who),
    "untreated": frozenset({TELL}),
    **{str(claim): frozenset({NO, IF}) for claim in Claim},
}
#: What a row of flags.csv or conditions.csv calls for, gravest first.
LEVELS: Final = ("urgent", "clinician", "discuss", "info")
#: How grave the malabsorption of a condition is, in the haematologists' own grouping.
MALABSORPTION: Final = ("severe", "mild-to-moderate", "not-grouped")
