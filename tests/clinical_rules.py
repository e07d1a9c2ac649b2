"""The rules of advice A1 to A25 as properties of what a person is told, and the people they are held for.

Pure: it knows no room of the app but the plan. What is told comes as sentences (screen and text of the command line) and as the
answer for machines, so the same properties can be held against any version of the app.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import combinations, islice, product
from math import prod
from typing import Any, Final

from dashboard.plan import Day, Item, OwnFood, Person, Plan, Supplement

# The people ----------------------------------------------------------------------------------------

CONDITIONS: Final = (
    *("pernicious-anaemia", "total-gastrectomy", "partial-gastrectomy", "gastric-bypass", "sleeve-gastrectomy"),
    *("one-anastomosis-bypass", "duodenal-switch", "sadi", "atrophic-gastritis", "ileal-resection-short"),
    *("ileal-resection-medium", "ileal-resection-long", "abdominal-radiotherapy", "crohns", "coeliac", "ppi", "h2-blocker"),
    *("metformin", "colchicine", "topiramate", "pregabalin", "primidone", "phenobarbital", "alcohol", "nitrous-oxide"),
    *("h-pylori", "fish-tapeworm", "sibo", "pancreatic-insufficiency", "hiv-diarrhoea", "neomycin"),
    *("cholestyramine", "slow-release-potassium", "lebers-eye-disease", "not-in-list"),
)
NOBODY_KNOWS: Final = "an-illness-nobody-knows"
#: Age and life stage.
STAGES: Final = (
    *((age, "none") for age in (0, 1, 3, 6, 11, 15, 34, 55, 80)),
    *((age, stage) for age in (15, 34) for stage in ("pregnant", "breastfeeding")),
)
DIETS: Final = ("vegan", "vegetarian", "omnivore")
INTAKES_UG: Final = (0.0, 0.06, 0.3, 0.56, 1.2, 2.4, 4.0, 10.0)
SUPPLEMENTS: Final = {
    "none": (),
    "10 daily": (Supplement("tablet", 10, 7, False),),
    "2000 weekly": (Supplement("tablet", 2000, 1, False),),
    "injection": (Supplement("injection", 1000, 0.0769, False),),
}
SETS: Final = ("iom-1998", "efsa-2015", "uk-1991", "icmr-2020")
#: Steps through the products; prime to the number of values of every factor, so that each meets each.
STEP_OF_FEW: Final = 11
STEP_OF_PAIRS: Final = 641


@dataclass(frozen=True, slots=True)
class Who:
    """One person of the matrix with a plan."""

    diet: str
    age: int
    stage: str
    conditions: tuple[str, ...]
    intake_ug: float
    supplement: str
    reference_set: str
    days: int = 3

    @property
    def added(self) -> bool:
        """Whether the food's B12 is added: a plant has none of its own."""
        return self.diet == "vegan"

    def plan(self) -> Plan:
        """The intake in two meals a day. A day with nothing in it still holds a food without B12."""
        half = self.intake_ug / 2
        food = OwnFood("half", "Half of the intake", half, half if self.added else 0.0, 100, "vegan" if self.added else self.diet)
        meal = (Item(food.id, 100.0),)
        days = tuple(Day(f"Day {n}", (meal, (), meal, ())) for n in range(1, self.days + 1))
        person = Person(self.age, self.stage, self.diet, (), self.conditions, self.reference_set)
        return Plan(person, days, SUPPLEMENTS[self.supplement], (food,))

    def __str__(self) -> str:
        said = f"{self.diet} {self.age} {self.stage} {'+'.join(self.conditions) or 'no condition'} {self.intake_ug} µg"
        return f"{said} {self.supplement} {self.reference_set} {self.days} days"


def _every(step: int, *factors: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Each ``step``-th of a product, from the first on."""
    assert all(step % len(f) and len(f) % step for f in factors if len(f) > 1), "a step that a factor divides skips values"
    return islice(product(*factors), 0, None, step)


def people() -> Iterator[Who]:
    """A systematic sample: no condition, each one and one that nobody knows; then pairs. Every ninth has one day only."""
    few: tuple[tuple[str, ...], ...] = ((), *((c,) for c in CONDITIONS), (NOBODY_KNOWS,))
    pairs = tuple(combinations(CONDITIONS, 2))
    for conditions, step in ((few, STEP_OF_FEW), (pairs, STEP_OF_PAIRS)):
        chosen = _every(step, DIETS, STAGES, conditions, INTAKES_UG, tuple(SUPPLEMENTS), SETS)
        for n, (diet, (age, stage), named, ug, supplement, reference_set) in enumerate(chosen):
            yield Who(diet, age, stage, named, ug, supplement, reference_set, 1 if n % 9 == 0 else 3)


def size() -> int:
    """How many people the whole product holds."""
    return prod(map(len, (DIETS, STAGES, INTAKES_UG, SUPPLEMENTS, SETS))) * (2 + len(CONDITIONS) + len(list(combinations(CONDITIONS, 2))))


# What is told --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Offer:
    """A change of food that is offered, with the effect of doing it. [µg/day]"""

    edits: int
    intake_ug: float
    usable_ug: float
    added_ug: float


@dataclass(frozen=True)
class Told:
    """Everything that one person is told.

    Attributes
    ----------
    screen, text
        Sentences of all pages, and of the command line.
    leads
        What comes first, the first one first.
    assess, outlook
        Answers for machines.
    regimens
        Rows of the answer for machines.
    offers, foods, ways
        Changes of food with what doing them brings, and the answers for machines on them and on the plans of change; None and
        nothing where they were not asked for.
    low_ug, value_ug, need_ug, target_ug
        Usable B12, the need in absorbed terms and the target. [µg/day]
    scenario_ug
        Usable B12 if little were freed from food, for those to whom that is shown. [µg/day]
    """

    who: Who
    screen: tuple[str, ...]
    text: tuple[str, ...]
    leads: tuple[str, ...]
    assess: dict[str, Any]
    outlook: dict[str, Any]
    regimens: tuple[dict[str, Any], ...]
    offers: tuple[Offer, ...] | None
    foods: tuple[dict[str, Any], ...] | None
    ways: tuple[dict[str, Any], ...]
    low_ug: float
    value_ug: float
    need_ug: float | None
    target_ug: float | None
    intake_ug: float
    scenario_ug: float | None
    surfaces: dict[str, tuple[str, ...]] = field(init=False)
    joined: dict[str, str] = field(init=False)
    claims: dict[str, dict[str, list[str]]] = field(init=False)

    def __post_init__(self) -> None:
        surfaces = {"screen": self.screen, "text": self.text}
        object.__setattr__(self, "surfaces", surfaces)
        object.__setattr__(self, "joined", {name: "\n".join(said) for name, said in surfaces.items()})
        object.__setattr__(self, "claims", {name: self._claims(name) for name in surfaces})

    def _claims(self, name: str) -> dict[str, list[str]]:
        """The sentences of a surface by the claim that they make."""
        said = self.joined[name]
        return {
            claim: [s for s in self.surfaces[name] if pattern.search(s)] if pattern.search(said) else []
            for claim, pattern in SPOKEN.items()
        }

    @property
    def flags(self) -> set[str]:
        """Ids of the flags, for machines."""
        return {flag["id"] for flag in self.assess["flags"]}

    def says(self, pattern: str) -> list[str]:
        """The surfaces on which no sentence holds a pattern."""
        return [name for name, said in self.joined.items() if not re.search(pattern, said, re.IGNORECASE)]


#: A claim -> how it is spoken.
SPOKEN: Final = {
    "closes": re.compile(r"brings the (plan|intake) up to the target|closes (it|the gap in intake)\b"),
    "covers": re.compile(r"(Enough|Covers the need): (yes|likely)"),
    "nothing-open": re.compile(r"Nothing (is|seems to be) missing|Nothing stays open|Nothing to close"),
    "meets": re.compile(r"\blikely enough|need not be too little|(?<!may )meets the target", re.IGNORECASE),
    "stores": re.compile(r"stores (stay above|may come down|come down|would reach)|keep stores full"),
}


def for_machines(told: Told, claim: str) -> bool:
    """Whether the answer for machines makes a claim."""
    a, foods = told.assess, told.foods or ()
    left = [(f["open_ug"], f["usable_open_ug"]) for f in foods]
    left += [(c["after"]["shortfall_ug"], c["after"]["usable_shortfall_ug"]) for c in told.ways if c["after"]]
    if claim == "closes":
        return any((f["closes_share"] or 0) >= 0.995 and not f["closes_if"] for f in foods)
    if claim == "covers":
        return any(r["covers_need_alone"] or r["covers_with_diet"] for r in told.regimens)
    if claim == "nothing-open":
        return any(None not in pair and max(pair) < 0.05 for pair in left)
    if claim == "meets":
        return a["usable_verdict"] == "meets" or (a.get("advice", {}).get("verdict", {}).get("id") == "meets")
    return bool(told.outlook.get("years"))


CLAIMS: Final = tuple(SPOKEN)

# Whom a rule is for --------------------------------------------------------------------------------

SURGERY: Final = frozenset({"gastric-bypass", "sleeve-gastrectomy", "one-anastomosis-bypass", "duodenal-switch", "sadi"})
NO_FACTOR: Final = frozenset({"pernicious-anaemia", "total-gastrectomy", "ileal-resection-long"})
SEVERE: Final = SURGERY | NO_FACTOR | {"partial-gastrectomy", "ileal-resection-medium"}
TEST_FIRST: Final = frozenset(
    {
        "partial-gastrectomy",
        "ileal-resection-medium",
        "atrophic-gastritis",
        "coeliac",
        "pancreatic-insufficiency",
        "sibo",
        NOBODY_KNOWS,
        "not-in-list",
    }
)
ADDED_FIRST: Final = frozenset({"ppi", "h2-blocker", "metformin", "atrophic-gastritis"})
#: Named in NICE's list or in a trial, with no figure for uptake: a flag, never a factor.
UNKNOWN_EFFECT: Final = {
    "metformin": "Metformin",
    "h2-blocker": "H2 blocker",
    "crohns": "Crohn",
    "colchicine": "Colchicine",
    "topiramate": "Topiramate",
    "pregabalin": "Pregabalin",
    "primidone": "Primidone",
    "phenobarbital": "Phenobarbital",
    "h-pylori": "Helicobacter",
    "fish-tapeworm": "tapeworm",
    "alcohol": "drink",
    "abdominal-radiotherapy": "Radiotherapy",
    "hiv-diarrhoea": "HIV",
    "neomycin": "Neomycin",
    "cholestyramine": "Cholestyramine",
    "slow-release-potassium": "Slow-release potassium",
}
URGENT: Final = "nitrous-oxide"
LEBER: Final = "lebers-eye-disease"
NOT_KNOWN: Final = frozenset({NOBODY_KNOWS, "not-in-list"})
AI_SETS: Final = frozenset({"efsa-2015"})
CHILD_DOSES_UG: Final = ((1, 3, 10), (4, 8, 15), (9, 13, 20), (14, 17, 25))


def infant(w: Who) -> bool:
    return w.age < 1


def child(w: Who) -> bool:
    return 1 <= w.age < 18


def expecting(w: Who) -> bool:
    return w.stage != "none"


def has(w: Who, named: frozenset[str] | str) -> bool:
    return bool({named} & set(w.conditions)) if isinstance(named, str) else bool(named & set(w.conditions))


def severe(w: Who) -> bool:
    return has(w, SEVERE)


def urgent(w: Who) -> bool:
    return has(w, URGENT)


def plain(w: Who) -> bool:
    """Nobody and nothing else comes first."""
    return not (infant(w) or severe(w) or urgent(w))


def reliable(told: Told) -> bool:
    """A supply that vegan guidance names, or an injection that reaches the need."""
    w = told.who
    if w.supplement in ("10 daily", "2000 weekly"):
        return True
    if w.supplement == "injection":
        return told.need_ug is not None
    return w.added and w.intake_ug >= max(3.0, told.target_ug or 0.0)


def below_target(told: Told) -> bool:
    return told.target_ug is not None and round(told.intake_ug, 1) < round(told.target_ug, 1)


# The properties ------------------------------------------------------------------------------------

Property = Callable[[Told], Iterator[str]]
PROPERTIES: Final[list[tuple[str, Property]]] = []


def rule(name: str) -> Callable[[Property], Property]:
    """Enters a property under the rule it holds. Its docstring says it in words; it yields what is wrong."""

    def entered(prop: Property) -> Property:
        PROPERTIES.append((name, prop))
        return prop

    return entered


def no_claim(told: Told, *claims: str) -> Iterator[str]:
    for claim in claims:
        for name, said in told.claims.items():
            yield from (f"{name} claims {claim}: {s}" for s in said[claim][:1])
        if for_machines(told, claim):
            yield f"machines are told {claim}"


def no_choice(told: Told) -> Iterator[str]:
    if told.foods:
        yield "a change of food is offered"
    if any(r.get("to_choose", r["advice"] != "clinician") for r in told.regimens):
        yield "a regimen may be chosen"


@rule("A1")
def surgery_leaves_it_to_the_team(told: Told) -> Iterator[str]:
    """After weight-loss surgery the team's plan stands first; nothing is claimed and nothing is to be chosen."""
    if not has(told.who, SURGERY) or infant(told.who):
        return
    yield from no_claim(told, *CLAIMS)
    yield from no_choice(told)
    if not urgent(told.who) and not (told.leads and re.search("surgical team|Treatment for life", told.leads[0])):
        yield "the surgical team does not lead"


@rule("A2")
def a_test_comes_first_and_every_claim_has_its_if(told: Told) -> Iterator[str]:
    """Where uptake may be about none a test and a clinician lead, no claim goes without its "if", and the low end decides."""
    w = told.who
    if not has(w, TEST_FIRST) or infant(w):
        return
    if not urgent(w) and not any(re.search(r"\btest\b|clinician|Treatment for life|surgical team", lead) for lead in told.leads[:2]):
        yield "neither a test nor a clinician leads"
    for claim in ("closes", "covers", "nothing-open", "meets"):
        for name, said in told.claims.items():
            yield from (f"{name} claims {claim} without its if: {s}" for s in said[claim] if "if you take up B12" not in s)
    yield from no_claim(told, "stores")
    for r in told.regimens:
        if (r["covers_need_alone"]) and told.need_ug is not None and r["usable_ug"]["low"] + 0.05 < told.need_ug:
            yield f"{r['id']} covers the need at the middle, not at the low end"


@rule("A3")
def what_is_offered_brings_usable_b12(told: Told) -> Iterator[str]:
    """A change of food brings at least 0.05 µg of usable B12; where nothing may be released from food, added B12."""
    for offer in told.offers or ():
        if offer.usable_ug < 0.05 - 1e-9:
            yield f"{offer.usable_ug:.3f} µg usable"
        if has(told.who, "atrophic-gastritis") and offer.added_ug <= 0:
            yield "no added B12 where food may release none"


@rule("A4")
def where_added_comes_first_it_is_a_filter(told: Told) -> Iterator[str]:
    """From 51 years, with an acid reducer, metformin or atrophic gastritis: half of what is offered is crystalline."""
    if told.who.age >= 51 or has(told.who, ADDED_FIRST):
        for offer in told.offers or ():
            if offer.added_ug < 0.5 * offer.intake_ug - 1e-9:
                yield f"{offer.added_ug:.2f} of {offer.intake_ug:.2f} µg added"


@rule("A5")
def a_vegan_without_a_source_reads_that_first(told: Told) -> Iterator[str]:
    """Reliable source leads and is flagged whatever the crumbs; no single brand-dependent food; nothing is called done."""
    w = told.who
    if w.diet != "vegan" or infant(w) or reliable(told) or told.target_ug is None:
        return
    if not {"no-reliable-source", "vegan-no-source"} & told.flags:
        yield "no flag"
    if plain(w):
        if not any("reliable source" in lead for lead in told.leads):
            yield "it does not lead"
        yield from (f"{name} does not say it" for name in told.says("reliable source"))
    yield from no_claim(told, "nothing-open")
    if any(offer.edits < 2 for offer in told.offers or ()):
        yield "one food alone"
    yield from (f"{name} leads with a food" for name, said in told.joined.items() if "Best next step" in said)


@rule("A6")
def vegetarians_run_low_too(told: Told) -> Iterator[str]:
    """A vegetarian below the target, expecting or under 18 reads that vegetarians run low."""
    w = told.who
    if w.diet == "vegetarian" and not infant(w) and (below_target(told) or expecting(w) or child(w)):
        yield from (f"{name} does not say it" for name in told.says("vegetarians run low"))


@rule("A7")
def an_ai_is_no_requirement(told: Told) -> Iterator[str]:
    """Below an AI nothing is concluded; the need is IOM's; below half without a source the word is no dependable source."""
    w = told.who
    if w.reference_set not in AI_SETS or told.target_ug is None or infant(w):
        return
    if told.assess["verdict"] in ("below-ear", "between-ear-and-rda"):
        yield "machines are told too low"
    for name, said in told.surfaces.items():
        yield from (f"{name}: {s}" for s in said if re.search("likely too low|may be too low", s))
    if told.need_ug is not None and told.need_ug > 1.45:
        yield f"a need of {told.need_ug} µg is not IOM's"
    low = below_target(told) and told.intake_ug < told.target_ug / 2 and not reliable(told)
    if low and plain(w) and w.supplement == "none":
        yield from (f"{name} does not say that no source can be depended on" for name in told.says("no dependable source"))
        if expecting(w) and not re.search("midwife", told.leads[0] if told.leads else ""):
            yield "no clinician leads in pregnancy or while breastfeeding"


@rule("A9")
def stores_stay_above_only_at_the_low_end(told: Told) -> Iterator[str]:
    """Nothing on stores for the young, the expecting and where uptake may be none; "stay above" only if the low end does."""
    w = told.who
    if child(w) or infant(w) or expecting(w) or has(w, SURGERY | TEST_FIRST) or urgent(w):
        yield from no_claim(told, "stores")
    until = told.outlook.get("years_to_signs") or {}
    if until and until["low"] is not None:
        for name, said in told.surfaces.items():
            yield from (f"{name}: {s}" for s in said if re.search(r"On your plan.*stores stay above", s))
            # A warning is never weakened by its "if": what does not hold makes it sooner.
            yield from (f"{name}: {s}" for s in said if re.search(r"On your plan.*may (come down|reach).*, if (?!.*sooner)", s))


@rule("A10")
def a_regimen_stands_in_place_of_what_is_taken(told: Told) -> Iterator[str]:
    """Where something is swallowed, each regimen that may be chosen says in place of what it stands."""
    if told.who.supplement in ("10 daily", "2000 weekly") and told.regimens and not all(r.get("instead_of") for r in told.regimens):
        yield "nothing is said of what is taken"


@rule("A11")
def what_is_given_is_not_swallowed(told: Told) -> Iterator[str]:
    """An injection is no part of the intake: a figure of its own, in words and for machines; a clinician says what is enough."""
    w = told.who
    if w.supplement != "injection":
        return
    if abs(told.intake_ug - w.intake_ug) > 0.01:
        yield f"{told.intake_ug} µg of intake from {w.intake_ug} µg of food"
    if not told.assess.get("given_ug"):
        yield "machines are told nothing of it"
    yield from (f"{name} does not say it" for name in told.says("no part of the intake"))
    if plain(w) and any("Start with food" in lead for lead in told.leads):
        yield "somebody who is treated is sent to food first"
    if plain(w) and not has(w, TEST_FIRST) and told.target_ug is not None:
        yield from no_claim(told, "nothing-open")
        for name, said in told.claims.items():
            yield from (f"{name}: {s}" for s in said["meets"] if "The intake meets" in s)


@rule("A12")
def a_child_gets_the_dose_of_its_age(told: Told) -> Iterator[str]:
    """Under 18 only the dose of the age, and ask first: nothing weekly, no 1000 µg, no injection to choose."""
    w = told.who
    if not child(w):
        return
    dose = next(ug for low, high, ug in CHILD_DOSES_UG if low <= w.age <= high)
    for r in told.regimens:
        if not severe(w) and (r["dose_ug"], r["times_per_week"]) != (dose, 7):
            yield f"{r['id']} is shown to a child of {w.age}"
        if r["advice"] == "self-care":
            yield f"{r['id']} without asking first"
    for name, said in told.surfaces.items():
        found = [s for s in said if re.search(r"\b[12],?[05]00 µg (once|twice|a week|every)|2,?000 µg a week", s)]
        yield from (f"{name}: {s}" for s in found[:1] if not severe(w))


@rule("A13")
def a_baby_gets_no_plan(told: Told) -> Iterator[str]:
    """Under 1 year: no verdict, dose, regimen or stores in any answer; whom to ask."""
    w = told.who
    if not infant(w):
        return
    yield from no_claim(told, *CLAIMS)
    yield from no_choice(told)
    if told.regimens:
        yield f"{len(told.regimens)} regimens for machines"
    if told.assess["verdict"] != "no-conclusion" or told.assess["usable_verdict"] != "no-conclusion":
        yield "a verdict for machines"
    if told.assess["shortfall_ug"] is not None:
        yield "a shortfall for machines"
    yield from (f"{name} does not say whom to ask" for name in told.says("midwife, health visitor, doctor or dietitian|medical help"))


@rule("A2")
def what_nobody_knows_gets_no_dose_to_choose(told: Told) -> Iterator[str]:
    """A condition without a row, or one whose form of B12 matters: no dose is called enough, named by a lead or offered to choose."""
    w = told.who
    if not has(w, NOT_KNOWN | {LEBER}) or infant(w):
        return
    yield from no_claim(told, "covers")
    yield from (f"{r['id']} may be chosen" for r in told.regimens if r["advice"] != "clinician")
    yield from (f"a lead names a dose: {lead}" for lead in told.leads if re.search(r"of \d+ µg", lead))
    if has(w, LEBER):
        yield from (f"{r['id']} is shown" for r in told.regimens)
        yield from ("fortified food is offered" for _ in told.offers or ())
        for said in told.claims.values():
            yield from (f"no word of the form: {s}" for s in said["meets"] if not re.search("cyanocobalamin|the same holds", s))
        yield from (f"fortified food first: {lead}" for lead in told.leads if re.search("(need not wait|added B12 first)", lead))


@rule("A14")
def a_dose_that_a_midwife_sets_is_not_called_enough(told: Told) -> Iterator[str]:
    """Whatever the diet: a dose shown for information only in pregnancy or while breastfeeding has no "Enough: yes" beside it."""
    if expecting(told.who):
        yield from no_claim(told, "covers")
        yield from (f"{r['id']} is left to the reader" for r in told.regimens if r["advice"] != "clinician")


@rule("A14")
def expecting_on_plants_means_a_clinician_first(told: Told) -> Iterator[str]:
    """Pregnant or breastfeeding on a vegan or vegetarian diet: clinician first, tests named, no dose, nothing called done."""
    w = told.who
    if not expecting(w) or w.diet == "omnivore":
        return
    if told.regimens:
        yield "regimens are shown"
    yield from no_claim(told, "closes", "covers", "nothing-open", "stores")
    if plain(w):
        if not told.leads or not re.search("midwife, doctor or dietitian first", told.leads[0]):
            yield "no clinician leads"
        # With Leber's eye disease nobody but the doctor says whether the form that is taken may stay.
        for words in ("active B12", "baby", *(() if has(w, LEBER) else ("keep taking what you take",))):
            yield from (f"{name} does not say {words}" for name in told.says(words))
    for name, said in told.surfaces.items():
        found = [s for s in said if re.search(r"\d µg (every day|daily|a week|once a week)|tablet of \d", s) and "Intake from" not in s]
        yield from (f"{name} names a dose: {s}" for s in found[:1])


@rule("A15")
def without_a_condition_a_good_word_says_so(told: Told) -> Iterator[str]:
    """Who names no condition reads that a good word, on the plan or on a supplement, holds for somebody whom none affects."""
    if told.who.conditions or infant(told.who):
        return
    for name, said in told.claims.items():
        found = [
            s for s in (*said["meets"], *said["covers"]) if not re.search("no condition or medicine|the same holds|without a condition", s)
        ]
        yield from (f"{name}: {s}" for s in found[:1])


@rule("A16")
def one_day_says_so(told: Told) -> Iterator[str]:
    """A record of one day says that it is one, and gets no good word."""
    w = told.who
    if w.days != 1 or infant(w):
        return
    yield from (f"{name} does not say it" for name in told.says("one day|the 1 day entered|Fewer than three days|a few more days"))
    yield from no_claim(told, "nothing-open")
    for name, said in told.claims.items():
        yield from (f"{name}: {s}" for s in said["meets"] if "The intake meets" in s)


@rule("A21")
def a_good_word_carries_its_if(told: Told) -> Iterator[str]:
    """No "likely enough" and no "nothing missing" without the caveat that could turn it, two clauses at most."""
    w = told.who
    if infant(w):
        return
    older = told.scenario_ug is not None and told.need_ug is not None and told.scenario_ug < told.need_ug - 0.05
    named = [label for c, label in UNKNOWN_EFFECT.items() if c in w.conditions]
    for name, said in told.claims.items():
        good = [*said["meets"], *said["nothing-open"]]
        for s in good:
            if not re.search(r"\bif\b", s):
                yield f"{name}: {s}"
            if len(re.findall(r"\bif\b", s.split("seems to be missing")[-1])) > 2:
                yield f"{name} has too many ifs: {s}"
        for s in good:
            if has(w, TEST_FIRST) or "the same holds" in s:
                continue
            if not all(label.casefold() in s.casefold() for label in named):
                yield f"{name} leaves out {named}: {s}"
            if older and "older people" not in s:
                yield f"{name} leaves out the older people: {s}"


@rule("A23")
def metformin_asks_for_a_test(told: Told) -> Iterator[str]:
    """With metformin from 65 years a test from time to time is asked for; do not stop it."""
    w = told.who
    if not has(w, "metformin") or infant(w):
        return
    yield from (f"{name} does not say to keep it" for name in told.says("Do not stop|Do not stop or change a medicine"))
    if w.age >= 65:
        yield from (f"{name} does not ask for a test" for name in told.says("B12 test from time to time"))


@rule("A24")
def the_severe_group_gets_no_plan_as_the_answer(told: Told) -> Iterator[str]:
    """Severe malabsorption: no food and no self-chosen plan is offered, nothing is called enough."""
    if severe(told.who) and not infant(told.who):
        yield from no_claim(told, "closes", "covers", "nothing-open", "meets")
        yield from no_choice(told)


@rule("A25")
def a_test_in_pregnancy_is_active_b12(told: Told) -> Iterator[str]:
    """In pregnancy active B12 is named: total B12 falls without a lack."""
    if told.who.stage == "pregnant" and "active B12" not in told.joined["screen"]:
        yield "the screen does not name active B12"


@rule("same")
def screen_text_and_machines_claim_the_same(told: Told) -> Iterator[str]:
    """What the screen claims the text and the answer for machines claim too."""
    for claim in CLAIMS:
        made = {name: bool(said[claim]) for name, said in told.claims.items()}
        machines = for_machines(told, claim)
        if claim in ("closes", "nothing-open") and told.foods is None:
            continue
        if claim == "nothing-open":  # also said where nothing is missing to begin with
            machines = machines or bool(made["text"] and not told.foods)
        if len({*made.values(), machines}) > 1:
            yield f"{claim}: {made}, machines {machines}"


def faults(told: Told) -> Iterator[tuple[str, str]]:
    """Every rule that a person's answers break, with what is wrong."""
    for name, prop in PROPERTIES:
        yield from ((name, wrong) for wrong in prop(told))
