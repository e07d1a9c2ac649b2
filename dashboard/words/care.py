"""What the pages on causes, signs and blood tests say, apart from the texts that belong to rows of data/.

:data:`SOURCES` names the source of every text here; a test walks it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from dashboard import words
from dashboard.care.blood_tests import Result, ResultError, SchemeBands
from dashboard.care.causes import Effect, Station
from dashboard.care.signs import Triage
from dashboard.estimate.assess import Assessment
from dashboard.tables.care import Question, TestCaution, TestRow
from dashboard.tables.cited import Cited
from dashboard.tables.science import Band, Condition
from dashboard.words.offers import supplement

CAUSES_TITLE: Final = "Why does B12 run low, how does it show, and how is it tested?"
CAUSES_INTRO: Final = "Tick what fits you. A tick counts on every page of the app, and the picture shows where it acts."
CAUSES_NONE: Final = "You have ticked nothing, so the estimate counts the path as clear."
PATH_TITLE: Final = "The path of B12"
PATH_CLEAR: Final = "clear"
PATH_NOTE: Final = (
    "A large dose of 500 µg or more has a side road: about 1 part in 100 seeps through the gut wall with no helper. "
    "A clinician decides whether that can be enough."
)
CHOICES_TITLE: Final = "What your ticks do"
ALL_TITLE: Final = "All causes, one by one"
STAGES_TITLE: Final = "Life stages"
STAGES_OTHER: Final = "Other life stages"
TREATMENT_TITLE: Final = "Treatment and follow-up"
TREATMENT_INTRO: Final = "What guidelines say, for you to talk over with a clinician. It is not a plan for you to follow on your own."
FORMS_LINK: Final = "Compare forms and doses by how much you can use"
QUESTIONS_TITLE: Final = "Questions to bring"
QUESTIONS_INTRO: Final = "Made from what you entered. Take what helps and leave the rest."
REMINDER_TITLE: Final = "A reminder for your check-up"
REMINDER_WHEN: Final = "Remind me in"
REMINDER_DETAIL: Final = "Write “vitamin B12” into the event (others who see your calendar can then read it)"
REMINDER_GET: Final = "Save the reminder (.ics)"
REMINDER_EVENT: Final = "Check-up"
REMINDER_EVENT_B12: Final = "Check-up: vitamin B12"
REMINDER_NOTE: Final = "A reminder you set yourself."
KIND_LABELS: Final = {"stomach": "Stomach", "bowel": "Bowel", "medicine": "Medicines", "other": "Other"}
KIND_RISKS: Final = "Diet, age and more"
EFFECT_LABELS: Final = {
    Effect.BLOCKED: "blocked",
    Effect.LOWERED: "held back",
    Effect.UNKNOWN: "may be held back",
    Effect.OUTSIDE: "does not work here",
}
EFFECT_DOES: Final = {
    Effect.BLOCKED: "Changes the estimate: nothing from food is counted.",
    Effect.LOWERED: "Changes the estimate: less from food is counted.",
    Effect.UNKNOWN: "A warning: nobody knows by how much, so no figure is made up.",
    Effect.OUTSIDE: "A warning: the estimate cannot show this harm.",
    Effect.UNCHANGED: "The estimate stays as it is.",
}
EFFECT_DOES_RANGE: Final = "The low and high figures show both ends: all of it is taken up, and only a trace is."
TOPIC_LABELS: Final = {
    "test": "Tests",
    "treatment": "Treatment",
    "prevention": "Keeping it up",
    "caution": "Take care",
    "follow-up": "Follow-up",
}
PROVISIONAL: Final = "(provisional: not yet checked in the guideline itself)"

SYMPTOMS_TITLE: Final = "Should I see somebody about this?"
SYMPTOMS_PRIVATE: Final = (
    "What you tick or type on this page stays on this page. The app works out the answer and keeps nothing: it does not go into "
    "the link, a file, the tab's memory or a log, and it is gone when you leave."
)
RED_TITLE: Final = "First: is one of these going on?"
RED_INTRO: Final = "Each of these needs help now or today, whatever the cause. Tick one to see where to go."
RED_SEE: Final = "Where to go"
SIGNS_TITLE: Final = "What do you notice?"
SIGNS_INTRO: Final = "Most of these have many causes; low B12 is only one."
GROUP_LABELS: Final = {"blood": "Blood", "nerves": "Nerves", "mind": "Mind", "mouth-gut": "Mouth and gut", "other": "Other"}
NO_SIGN: Final = "None of these"
RISKS_TITLE: Final = "What might make B12 run low?"
ANSWER_TITLE: Final = "Should I see somebody?"
ANSWER_PROMPT: Final = "Tick what fits, or “None of these”, and the answer stands here."
ANSWER_LIMITS: Final = "This is general advice. It does not tell what you have, and it cannot rule anything out."

BLOOD_TITLE: Final = "What does my blood test say?"
BLOOD_INTRO: Final = (
    "Type a result as it stands in your report. You see where it falls in published bands. "
    "Your lab's own range comes first, and your clinician reads the result with all else they know."
)
BLOOD_WHICH: Final = "Results I have"
BLOOD_NONE: Final = "Choose a test to begin."
UNIT_LABEL: Final = "Unit"
UNIT_CHOOSE: Final = "Choose"
UNIT_FIRST: Final = "Choose the unit that your report prints behind the number. The number alone can mean two different results."
LAB_LOW: Final = "Lab range from"
LAB_HIGH: Final = "Lab range to"
MISLEAD_TITLE: Final = "What can mislead"
FROM_ENTRIES: Final = "from your entries"
YOUR_LAB: Final = "Your lab"
LAB_STRIP: Final = "It is the strip under the bands."
TEST_LABELS: Final = {
    "total-b12": "Total B12",
    "active-b12": "Active B12 (holoTC)",
    "mma": "MMA",
    "homocysteine": "Homocysteine",
    "mcv": "MCV (red cell size)",
    "cb12": "All four together (cB12)",
}
BAND_SHORT: Final = {
    "low": "low",
    "unclear": "unclear",
    "not-low": "lack unlikely",
    "above": "above",
    "not-raised": "not raised",
    "edge": "",
    "raised": "raised",
    "not-large": "not large",
    "large": "large",
}
BAND_WORDS: Final = {
    "low": "in its low band",
    "unclear": "in its middle band, where it is not clear",
    "not-low": "in the band where it calls a lack of B12 unlikely",
    "above": "above the bands it gives",
    "not-raised": "not above its limit",
    "edge": "right at its limit",
    "raised": "above its limit",
    "not-large": "not above its limit",
    "large": "above its limit, so the red cells are large",
    "probable-lack": "in the lowest of five bands, called “probable lack”",
    "possible-lack": "in the second lowest of five bands, called “possible lack”",
    "low-index": "in the middle of five bands, called “low”",
    "adequate-index": "in the second highest of five bands, called “adequate”",
    "high-index": "in the highest of five bands, called “high”",
}
NEXT_ACT: Final = "Make an appointment in the next week or two to talk about this result. With nerve signs, do so within a few days."
NEXT_UNCLEAR: Final = "Ask your clinician whether a second test, such as MMA, would help."
NEXT_OUTSIDE: Final = "Ask your clinician what this result means: it lies outside your lab’s own range."
NEXT_NONE: Final = "This does not rule out a lack of B12. If you have signs, ask about them."
CB12_NOTE: Final = (
    "A research figure made of four tests (Fedosov 2015). The formula was not checked again in the paper, so it is provisional. "
    "It is no verdict on you."
)
BLOOD_ADULT: Final = (
    "The published bands are for adults. For anyone under 18 only the lab's own range is shown; ask the doctor who took the test."
)

BOUNDS: Final = {"": "", "less": "under ", "more": "over "}

_NEXT: Final = {
    "low": NEXT_ACT,
    "raised": NEXT_ACT,
    "large": NEXT_ACT,
    "unclear": NEXT_UNCLEAR,
    "edge": NEXT_UNCLEAR,
}


#: On which side of the laboratory's own range a result speaks for a lack of B12.
_LACK_LIES: Final = {"total-b12": "below", "active-b12": "below", "mma": "above", "homocysteine": "above", "mcv": "above"}


def months(count: int) -> str:
    """A number of months."""
    return words.plural(count, "month")


def helps(c: Condition) -> str:
    """What usually helps with a condition or medicine."""
    return f"**What usually helps:** {c.helps}"


def row_text(text: str, row: Cited) -> str:
    """A row's text, marked where it is still to be checked."""
    return f"{text} {PROVISIONAL}" if row.provisional else text


def short(c: Condition) -> str:
    """A condition's name where there is little room."""
    return c.label.partition(" (")[0]


def station(s: Station) -> str:
    """A step of the path and what stands in its way, in one phrase."""
    if s.effect is None:
        return f"{s.step.label}: {PATH_CLEAR}"
    return f"{s.step.label}: {EFFECT_LABELS[s.effect]} by {words.day_list([short(c) for c in s.conditions])}"


def path_alt(stations: Iterable[Station]) -> str:
    """Text alternative of the picture."""
    return "The path of B12 from the mouth to the cells. " + "; ".join(station(s) for s in stations) + "."


def changed(now: Assessment, without: Assessment) -> str:
    """What the ticks change in the estimate, everywhere."""
    known = now.conditions
    if not known:
        return CAUSES_NONE
    count = f"{words.plural(len(known), 'tick')} {'counts' if len(known) == 1 else 'count'} on every page."
    if now.usable == without.usable:
        return f"{count} The figure for usable B12 stays at {words.a_day(words.band_ug(now.usable))}; read the warnings below."
    return f"{count} Usable B12 is {words.a_day(words.band_ug(now.usable))}; without the ticks it would be {words.band_ug(without.usable)}."


def does(c: Condition, effect: Effect) -> str:
    """What the estimate does with a condition, in a few words."""
    both_ends = effect is Effect.UNKNOWN and (c.capacity_factor.low < 1 or c.release_factor.low < 1)
    return EFFECT_DOES_RANGE if both_ends else EFFECT_DOES[effect]


def question(q: Question, a: Assessment) -> str:
    """A question with the person's own entries in it."""
    medicines = [short(c) for c in a.conditions if c.kind == "medicine"]
    illnesses = [short(c) for c in a.conditions if c.kind in ("stomach", "bowel")]
    return q.text.format(
        intake=words.intake(a),
        target=f"{words.number(a.target.intake_ug)} µg" if a.target else "",
        usable=words.amount_ug(a.usable.value),
        diet=words.DIET_SHORT[a.plan.person.diet],
        supplements="; ".join(supplement(s) for s in a.plan.supplements),
        medicines=", ".join(medicines),
        illnesses="; ".join(illnesses),
    )


def counted(t: Triage) -> str:
    """What an answer rests on."""
    ticked = [f.label for f in t.red_flags] + list(t.symptoms)
    parts = [f"Signs: {'; '.join(ticked)}."] if ticked else []
    if t.risks:
        parts.append(f"What may make B12 run low: {'; '.join(r.label for r in t.risks)}.")
    return " ".join(parts)


# Blood tests -------------------------------------------------------------------------------------


def caution(c: TestCaution, chosen: Iterable[str], mine: bool) -> str:
    """What can mislead, and in which of the chosen tests."""
    named = words.day_list([TEST_LABELS[test] for test in chosen if test in c.tests])
    own = f", {FROM_ENTRIES}" if mine else ""
    return f"**{c.label}** ({named}{own}): {row_text(c.text, c)}"


def figure(amount: float) -> str:
    """A result or an edge, with three digits at most below 100."""
    return f"{amount:,.0f}" if abs(amount) >= 100 else f"{amount:.3g}"


def value(result: Result) -> str:
    """A result as the report prints it: "under 50" stays so."""
    return f"{BOUNDS[result.bound]}{figure(result.value)}"


def edges(row: TestRow) -> str:
    """A band's edges in words."""
    unit = "" if row.unit == "-" else f" {row.unit}"
    if row.low is None:
        return f"{'up to' if row.band.startswith('not-') else 'under'} {figure(row.high or 0)}{unit}"
    return f"over {figure(row.low)}{unit}" if row.high is None else f"{figure(row.low)} to {figure(row.high)}{unit}"


def placed(s: SchemeBands, result: Result) -> str:
    """Where a source puts a result."""
    return f"**{s.scheme}**: {value(result)} {result.unit.unit} is {BAND_WORDS[s.found.band]} ({edges(s.found)})."


def lab_ends(result: Result) -> str:
    """The laboratory's own range."""
    low, high = result.lab_low, result.lab_high
    if low is not None and high is not None:
        return f"{figure(low)} to {figure(high)}"
    return f"from {figure(low)}" if low is not None else f"up to {figure(high or 0)}"


def lab(result: Result) -> str:
    """Where the laboratory's own range puts a result."""
    where = {"below": "below", "above": "above", "within": "inside"}[result.against_lab]
    return f"**{YOUR_LAB}**: {value(result)} {result.unit.unit} is {where} the range you typed ({lab_ends(result)})."


def next_step(bands: Iterable[str], result: Result) -> str:
    """What to do about a result: the most careful of what its bands and the laboratory's own range call for."""
    called = {_NEXT.get(band, NEXT_NONE) for band in bands}
    if result.against_lab == _LACK_LIES[result.unit.test]:
        called.add(NEXT_ACT)
    elif result.against_lab in ("below", "above"):
        called.add(NEXT_OUTSIDE)
    return next((step for step in (NEXT_ACT, NEXT_UNCLEAR, NEXT_OUTSIDE, NEXT_NONE) if step in called), "")


def alt_bands(s: SchemeBands, result: Result) -> str:
    """Text alternative of one row of bands."""
    rows = ", ".join(f"{BAND_SHORT[r.band] or 'limit'} {edges(r)}" for r in s.rows)
    return f"{s.scheme}: {rows}. Result: {value(result)} {result.unit.unit}."


BOUND_UNCLEAR: Final = "This limit covers more than one band, so the result cannot be placed. Ask the laboratory for the figure itself."


def refused(error: ResultError) -> str:
    """Why a result was not taken."""
    unit = error.unit
    span = f"{figure(unit.low or 0)} and {figure(unit.high or 0)} {unit.unit}"
    return f"{TEST_LABELS[unit.test]}: this app reads values between {span}. Check the number, the unit and the lab range."


def combined(indicator: Band, low: TestRow, high: TestRow, middle: TestRow, spread: float) -> str:
    """The combined indicator with its uncertainty."""
    ends = "" if low is high else f" Its low end is {BAND_WORDS[low.band]}, its high end {BAND_WORDS[high.band]}."
    return (
        f"cB12 {indicator.value:.1f}: {BAND_WORDS[middle.band]}. It could lie anywhere from {indicator.low:.1f} to {indicator.high:.1f} "
        f"if each test is off by {100 * spread:.0f} parts in 100.{ends}"
    )


_APP: Final = "this-app"
_NICE: Final = "nice-ng239"
#: Sources of the texts above that state something; all others are labels, prompts and choices of this app.
_STATED: Final[Mapping[str, str]] = {
    "PATH_NOTE": "iom-1998 nih-ods-b12",
    "EFFECT_DOES": _APP,
    "SIGNS_INTRO": "nhs-b12",
    "BAND_WORDS": "bmj-2024-ng239 nwl-pathology fedosov-2015",
    "NEXT_ACT": f"{_NICE} {_APP}",
    "NEXT_UNCLEAR": "bmj-2024-ng239",
    "NEXT_OUTSIDE": _APP,
    "NEXT_NONE": "bmj-2024-ng239",
    "CB12_NOTE": "fedosov-2015",
    "BLOOD_ADULT": f"{_NICE} {_APP}",
    "combined": "fedosov-2015 this-app",
}
#: Text or function -> source ids, separated by spaces.
SOURCES: Final[Mapping[str, str]] = {
    name: _STATED.get(name, _APP)
    for name, value in list(globals().items())
    if not name.startswith("_") and (name.isupper() or getattr(value, "__module__", "") == __name__)
}
