"""Who a plan is for, in a few words."""

from __future__ import annotations

from typing import Final

from dashboard.estimate.assess import Assessment
from dashboard.plan import LifeStage, Person
from dashboard.tables.tables import Tables
from dashboard.words import DIET_EATS, LIFE_STAGE_LABELS, a_day, band_ug, plural

ABOUT_ME: Final = "About me: {known}"
EATS_FIELD: Final = "I eat"
LIFE_STAGE_FIELD: Final = "Pregnant or breastfeeding"
LEAVES_OUT_FIELD: Final = "I leave out"
NOTHING: Final = "Nothing"
COMPARE_FIELD: Final = "Compare with"
IN_LINK: Final = "Include them in the link"
#: What many people call it, where the label of the table is long.
SHORT: Final = {"ppi": "PPI", "h2-blocker": "H2 blocker", "pernicious-anaemia": "pernicious anaemia"}
NAMED_MAX: Final = 3
AGE_STAYS: Final = "The age stays {years} until you type a whole number of years here."

CHANGES: Final = "With this, usable B12 is {now}; without it, {without}."
STAYS: Final = "The figure for usable B12 stays at {now}."


def effect(now: Assessment, without: Assessment) -> str:
    """What the conditions and medicines do to the figure."""
    form = STAYS if now.usable == without.usable else CHANGES
    return form.format(now=a_day(band_ug(now.usable)), without=band_ug(without.usable))


def condition(name: str, tables: Tables) -> str:
    """A condition or medicine where there is little room."""
    return SHORT.get(name) or tables.condition_label(name).partition(" (")[0]


def summary(person: Person, tables: Tables) -> str:
    """Who the plan is for: "About me: 34, vegan, PPI, US and Canada"."""
    known = tables.reference_sets.get(person.reference_set)
    return ABOUT_ME.format(known=", ".join((*about(person, tables), known.region if known else person.reference_set)))


def about(person: Person, tables: Tables) -> list[str]:
    """A person in a few words, part by part: "34", "vegan", "PPI"."""
    said = [f"{person.age_years}", DIET_EATS[person.diet]]
    if person.life_stage is not LifeStage.NONE:
        said.append(LIFE_STAGE_LABELS[person.life_stage].lower())
    if person.excludes:
        left_out = [tables.exclusions[e].label.lower() if e in tables.exclusions else e for e in person.excludes]
        said.append(f"no {' or '.join(left_out)}")
    named = [c for c in person.conditions if c not in tables.rules.details]
    said += [condition(c, tables) for c in named[:NAMED_MAX]]
    if len(named) > NAMED_MAX:
        said.append(f"{plural(len(named) - NAMED_MAX, 'more condition')}")
    return said
