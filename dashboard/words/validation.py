"""The sentences of the page "How good is this estimate?" and of the command ``validate``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from dashboard.estimate.reference import Target
from dashboard.estimate.sensitivity import Swing
from dashboard.estimate.validation import Comparison, Counts, Outcome
from dashboard.tables.observed import Finding, ReferenceBasis
from dashboard.tables.science import Band, Source
from dashboard.words import MARK_LABELS, a_day, amount_ug, need_ug, percent, plural, target_kind

TITLE: Final = "How good is this estimate?"
GOOD: Final = "What it is good at"
BAD: Final = "What it is bad at"
DISAGREEMENTS: Final = "Where it disagrees with what was seen"
DISAGREEMENTS_INTRO: Final = "Every observation that the estimate does not meet stands here, with the reason where one is known."
#: What a part of them is about, and how many there are.
DISAGREEMENTS_OF: Final = "{part} ({count})"
DOSE_TITLE: Final = "How much of one dose is absorbed, measured and estimated?"
DOSE_INTRO: Final = (
    "Each mark is one published measurement, with its spread where it was published. "
    "The line is our estimate, the shaded area its low and high. "
    "Filled marks helped to draw the line; hollow ones were held out, so they test it."
)
RATIO_TITLE: Final = "How far are single figures from what was seen?"
RATIO_INTRO: Final = (
    "On the line the two are the same. A filled circle agrees by the rule of its row, a cross does not. The bar is our low to high."
)
ORDER_TITLE: Final = "Does it put groups in the right order?"
ORDER_INTRO: Final = (
    "In each study the highest group counts as 100. Striped is what was seen, full is our estimate. "
    "Where the study counted people who are low, fewer is better, so the two should run against each other; the name says so."
)
SETS_TITLE: Final = "What do countries advise for you, and what does that rest on?"
SETS_NONE: Final = "No set has a value for this age."
SWINGS_TITLE: Final = "What moves your figure most?"
SWINGS_NONE: Final = "Nothing is taken up on this plan, so nothing moves the figure."
SWINGS_BABY: Final = "This app does not plan for babies under 1 year, so no estimate is taken apart here."
COVERED_TITLE: Final = "How sure is your figure?"
EVERY_TITLE: Final = "Every comparison, with its source"
EVERY_INTRO: Final = "What could not be compared stands here too, with the reason."
REPRODUCE_TITLE: Final = "Do it again"
REPRODUCE: Final = (
    "Nothing on this page is typed in but what others published: each estimate is worked out when the page opens. "
    "The same table comes from the command line, and a test fails when a claim of agreement stops being true:"
)
COMMAND: Final = "python -m dashboard validate"

OUTCOMES: Final = {Outcome.AGREES: "agrees", Outcome.DISAGREES: "disagrees", Outcome.NOT_COMPARED: "not compared"}
PARTS: Final = {
    "added": "One dose of added B12",
    "natural": "One meal with B12 bound in food",
    "uptake": "Uptake, other results",
    "people": "Diets and supplements",
    "intake": "What people eat",
    "stores": "Body stores and blood",
    "conditions": "Conditions and medicines",
    "foods": "Food values",
}
#: The parts in the order in which disagreements are told: people and blood before doses and meals.
PLAIN_ORDER: Final = ("people", "stores", "uptake", "conditions", "intake", "added", "natural", "foods")
PART_LABEL: Final = "Which comparisons"
ROLES: Final = {
    "fitted": "Used to draw the line",
    "guided": "In view when a figure was chosen",
    "left-out": "Held out: judged by the line without it",
    "not-used": "Held out",
}
RULES: Final = {
    "within": "What was seen lies between our low and our high.",
    "in-range": "Our estimate lies in the published range.",
    "near": "Our estimate is no further than {} from what was seen.",
    "rounds": "Our estimate is the published figure when rounded as it is.",
    "same-order": "The groups stand in the same order.",
    "opposite-order": "The groups stand in the opposite order: more B12, fewer who are low.",
    "alike": "Our estimates differ by no more than {}.",
    "reach": "Each estimate reaches the last one.",
    "at-most": "Our estimate is no higher than what was seen.",
    "": "Not compared.",
}
SHORT: Final = {
    "nih-ods-b12": "NIH ODS",
    "iom-1998": "IOM 1998",
    "efsa-2015": "EFSA 2015",
    "nhs-b12": "NHS",
    "pmc4993789": "Review, PMC4993789",
    "rbvd-2020": "RBVD 2020",
    "vechi-2021": "VeChi 2021",
    "carots-2022": "CAROTS 2022",
    "bailey-2013": "NHANES, Bailey 2013",
    "alles-2017": "NutriNet, Allès 2017",
    "rizzo-2013": "AHS-2, Rizzo 2013",
    "dinu-2019": "CARDIVEG, Dinu 2019",
    "brouwer-brolsma-2015": "B-PROOF, Brouwer 2015",
    "davey-2003": "EPIC-Oxford, Davey 2003",
    "gilsing-2010": "EPIC-Oxford, Gilsing 2010",
    "vegan-society": "Vegan Society",
    "del-bo-2019": "Del Bo' 2019",
    "de-jager-2010": "de Jager 2010",
    "this-app": "No single source",
    "eur-j-nutr-2017-1590": "Eur J Nutr 2017",
    "abcd-2016": "ABCD 2016",
}


def rule(c: Comparison) -> str:
    """The rule that a row is judged by."""
    return RULES[c.rule].format(percent(100 * c.tolerance))


def study(c: Comparison) -> str:
    """A short name of where an observation is from."""
    first = c.source.source_id.split()[0]
    return SHORT.get(first, first.replace("-", " ").title())


# Figures -----------------------------------------------------------------------------------------


def figure(amount: float) -> str:
    """A figure of any size with as many digits as it deserves."""
    if abs(amount) >= 100:
        return f"{amount:,.0f}"
    said = f"{amount:.2g}" if abs(amount) < 1 else f"{amount:.3g}" if abs(amount) < 10 else f"{amount:.1f}"
    return said.removesuffix(".0")


def band(b: Band) -> str:
    """An estimate with its low and high, where it has them."""
    return figure(b.value) if b.low == b.high else f"{figure(b.value)} ({figure(b.low)} to {figure(b.high)})"


def observed(c: Comparison) -> str:
    """What was seen, as figures."""
    if c.groups and c.observed:
        said = ", ".join(f"{group} {figure(value)}" for group, value in zip(c.groups, c.observed, strict=True))
        return f"{said} {c.unit}"
    span = f"{figure(c.observed_range[0])} to {figure(c.observed_range[1])}" if c.observed_range else ""
    if c.observed:
        return f"{figure(c.observed[0])}{f' ({span})' if span else ''} {c.unit}"
    return f"{span} {c.unit}".strip()


def estimated(c: Comparison) -> str:
    """What the model says, as figures; empty where nothing is compared."""
    if not c.estimated:
        return ""
    if c.rule == "reach":
        *reaching, line = c.estimated
        said = f"{', '.join(band(b) for b in reaching)} against {figure(line.value)}"
    elif len(c.groups) == len(c.estimated):
        said = ", ".join(f"{group} {band(b)}" for group, b in zip(c.groups, c.estimated, strict=True))
    else:
        said = ", ".join(band(b) for b in c.estimated)
    return f"{said} {c.estimate_unit}"


def subject(c: Comparison) -> str:
    """What a row is about: the dose or meal, or who was looked at."""
    if c.part == "added" and c.dose_ug is not None:
        return f"{figure(c.dose_ug)} µg, {c.who}"
    if c.part == "natural":
        return c.observed_text if c.dose_ug is None else f"{c.observed_text} ({figure(c.dose_ug)} µg)"
    return c.who


def seen(c: Comparison) -> str:
    """What was seen, in words."""
    return f"{observed(c)} absorbed." if c.part in ("added", "natural") else c.observed_text


_LEANS: Final = {-1: " Ours is lower.", 0: "", 1: " Ours is higher."}


def disagreement(c: Comparison) -> str:
    """A row that the estimate does not meet: who, what was seen, what we say, and why where it is known."""
    lean = _LEANS[c.lean] if c.single else ""
    asked = f" ({c.compared})" if c.compared else ""
    head = f"**{study(c)}**, {subject(c)}: {seen(c)}"
    return f"{head} **Estimate:** {estimated(c)}{asked}.{lean} {c.why}".rstrip()


def tally(comparisons: Sequence[Comparison]) -> str:
    """How many rows agree, disagree and could not be compared."""
    found = Counter(c.outcome for c in comparisons)
    own = sum(c.outcome is Outcome.AGREES and c.role in ("fitted", "guided") for c in comparisons)
    return (
        f"Of {plural(len(comparisons), 'published observation')} {found[Outcome.AGREES]} agree with the estimate, "
        f"{found[Outcome.DISAGREES]} disagree, and {found[Outcome.NOT_COMPARED]} could not be compared. "
        f"Of those that agree, {own} helped to make the estimate."
    )


def finding(f: Finding, found: Counts | None) -> str:
    """A sentence on what the estimate is good or bad at, with today's counts."""
    if found is None:
        return f.text
    return f.text.format(inside=found.inside, of=found.of, above=found.above, below=found.below)


# Pictures ----------------------------------------------------------------------------------------

OBSERVED: Final = "Seen"
ESTIMATED: Final = "Estimate"
ESTIMATED_BAND: Final = "Estimate, low to high"
LINE: Final = "Our estimate"
LINE_EGGS: Final = "Our estimate, eggs"
LINE_POOLED: Final = "Pooled line of 8 studies (Doets 2013)"
NO_FACTOR: Final = "without intrinsic factor"
DOSE_AXIS: Final = "B12 in the dose or meal, µg"
ABSORBED_AXIS: Final = "absorbed, µg"
RATIO_AXIS: Final = "seen, as a multiple of our estimate"
SETS_AXIS: Final = "µg a day"
SWINGS_AXIS: Final = "usable B12, µg a day"
TARGET_MARK: Final = "Target"
AVERAGE_MARK: Final = "Average requirement"
AT_LOW: Final = "At its low"
AT_HIGH: Final = "At its high"
FEWER_IS_BETTER: Final = "fewer is better"


def alt_doses(comparisons: Iterable[Comparison]) -> str:
    """Text alternative of the picture of doses."""
    rows = [c for c in comparisons if c.dose_ug is not None]
    inside = sum(c.outcome is Outcome.AGREES for c in rows)
    return f"Absorbed against dose: {inside} of {len(rows)} measurements lie between the low and high of the estimate. The table has each."


def alt_ratios(rows: Sequence[Comparison]) -> str:
    """Text alternative of the picture of single figures."""
    return "Seen as a multiple of the estimate: " + "; ".join(f"{study(c)} {OUTCOMES[c.outcome]}" for c in rows)


def alt_order(rows: Sequence[Comparison]) -> str:
    """Text alternative of the picture of groups."""
    return "Groups in order, seen and estimated: " + "; ".join(f"{study(c)} {OUTCOMES[c.outcome]}" for c in rows)


def order_name(c: Comparison) -> str:
    """The name of a study in the picture of groups."""
    note = f", {FEWER_IS_BETTER}" if c.rule == "opposite-order" else ""
    return f"{study(c)}, {c.topic}<br>{c.unit}{note} ({OUTCOMES[c.outcome]})"


def ratio_name(c: Comparison) -> str:
    """The name of a study in the picture of single figures."""
    return f"{study(c)}, {c.topic}"


def sets(mine: Target | None, count: int) -> str:
    """What the reference sets say for a person."""
    own = f" You compare with {mine.label}." if mine else ""
    return f"{plural(count, 'set')} of reference values have a target for you. They differ because they rest on different things.{own}"


def alt_sets(targets: Mapping[str, Target]) -> str:
    """Text alternative of the picture of reference sets."""
    return "Target by reference set: " + ", ".join(f"{t.label} {target_kind(t)} {figure(t.intake_ug)} µg" for t in targets.values())


def basis(target: Target, row: ReferenceBasis) -> str:
    """What a reference set's values rest on, and how well that was seen."""
    return f"**{target.label}**, {target_kind(target)} {figure(target.intake_ug)} µg: {row.text} ({MARK_LABELS[row.mark]})"


def alt_every(part: str, count: int) -> str:
    """Text alternative of the table of one part."""
    return f"{PARTS[part]}: {plural(count, 'comparison')} with rule, outcome, source and place"


def need_of(target: Target) -> str:
    """The need in absorbed terms that goes with a target, and whose it is where it is another's."""
    if target.need is None:
        return "none"
    return f"{need_ug(target.need.ug)}{f' ({target.need.label})' if target.need_is_ioms else ''}"


def swings(found: Sequence[Swing]) -> str:
    """What moves the figure most and least."""
    first, last = found[0], found[-1]
    most = f"{first.variation.label} moves it most: from {amount_ug(first.low_ug)} to {amount_ug(first.high_ug)} a day, all else as it is."
    least = "" if len(found) == 1 else f" {last.variation.label} moves it least."
    return f"Usable B12 is {a_day(amount_ug(first.base_ug))} on this plan. {most}{least}"


def need_mark(need: float) -> str:
    """What the dashed line in the picture is."""
    return f"need {need_ug(need)}"


def alt_swings(found: Sequence[Swing]) -> str:
    """Text alternative of the picture of what moves the figure."""
    return "Usable B12 a day when one thing changes: " + ", ".join(
        f"{s.variation.label} {amount_ug(s.low_ug)} to {amount_ug(s.high_ug)}" for s in found
    )


# The command line --------------------------------------------------------------------------------


def row(c: Comparison, sources: Mapping[str, Source]) -> str:
    """A comparison as lines of text."""
    lines = [f"{OUTCOMES[c.outcome]:<13}{study(c)}, {subject(c)} [{MARK_LABELS[c.source.mark]}]", f"{'':13}seen: {seen(c)}"]
    if c.estimated:
        asked = f" ({c.compared})" if c.compared else ""
        lines.append(f"{'':13}estimate: {estimated(c)}{asked}")
        lines.append(f"{'':13}rule: {rule(c)}")
    if c.why:
        lines.append(f"{'':13}{c.why}")
    named = "; ".join(sources[s].citation for s in c.source.source_ids if s in sources)
    return "\n".join([*lines, f"{'':13}{named} {c.source.locator}."])


def broken(rows: Sequence[Comparison]) -> str:
    """That claims of the tables are no longer true."""
    said = "; ".join(f"{c.id}: {c.claim} is claimed, {OUTCOMES[c.outcome]} is found" for c in rows)
    return f"{plural(len(rows), 'claim')} of data/ no longer true. {said}."


def broken_findings(rows: Sequence[Finding]) -> str:
    """That sentences of the page no longer follow."""
    return f"{plural(len(rows), 'sentence')} of data/validation_findings.csv no longer true: {', '.join(f.finding for f in rows)}."
