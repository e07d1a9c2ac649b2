"""What the page on body stores says. An estimate throughout: it never says what a person has."""

from __future__ import annotations

from typing import Final

from dashboard.advice.advise import Advice, Claim
from dashboard.advice.outlook import Outlook, Path, Span, StoresClaim, shown_paths, stores_claim
from dashboard.estimate.assess import Assessment
from dashboard.estimate.stores import YEARS_MAX
from dashboard.tables.science import Band
from dashboard.tables.tables import Tables
from dashboard.words import plural, unknown
from dashboard.words.verdict import VERDICTS, ifs, verdict

TITLE: Final = "How long will my stores last?"
SIGNS: Final = "the level at which signs can begin"
BLOOD_TEST: Final = "This is an estimate, not a test result. Only a blood test can show how your own B12 stands: ask your doctor for one."
NOT_MODELLED_INFANT: Final = (
    "This page does not estimate the stores of a baby under 1 year: they are small and growth uses them up. "
    "Ask your midwife, health visitor, doctor or dietitian."
)
NOT_MODELLED_CHILD: Final = (
    "This page does not estimate stores for anyone under 18, because growth is not part of it. "
    "Ask a doctor or dietitian, and about a blood test."
)
NOT_MODELLED_PREGNANCY: Final = (
    "This page does not estimate stores in pregnancy or while breastfeeding, because the baby draws on them too. "
    "Ask your midwife, doctor or dietitian, and about a blood test."
)
URGENT: Final = (
    "How long stores last is not what matters first here: one of your answers calls for medical help, "
    "and this estimate cannot show the harm it can do."
)
NOT_MODELLED_UPTAKE: Final = (
    "This page makes no statement about your stores. With what you named it may be that your body takes up almost no B12, and nobody can "
    "tell without a blood test. Ask your clinician or surgical team for one."
)
NO_TREATMENT: Final = "With no treatment, stores would reach {signs} in about {span}, as far as we can estimate."
#: What may be said of the stores -> the sentence. ``years`` is the middle, ``low`` the earliest.
CLAIMS: Final = {
    StoresClaim.NEAR_NOW: "By this estimate your stores may be near or below {signs} today. This says nothing certain about you.",
    StoresClaim.COMES_DOWN: "On your plan, we estimate that stores come down to {signs} in about {years} ({tail}){ifs}.",
    StoresClaim.MAY_COME_DOWN: "On your plan, stores may come down to {signs}, earliest in about {low}{ifs}.",
    StoresClaim.CLOSE_AND_MAY_COME_DOWN: (
        "On your plan, we estimate that stores come down close to {signs}, and they may reach it, earliest in about {low}{ifs}."
    ),
    StoresClaim.STAYS_CLOSE: "On your plan, we estimate that stores come down close to {signs}{ifs}.",
    StoresClaim.STAYS_ABOVE: "On your plan, we estimate that stores stay above {signs}, even at the low end of the estimate{ifs}.",
}
CLAIM_IFS: Final = ", if {ifs}"
#: Where the sentence is a warning, what does not hold makes it worse.
CLAIM_IFS_OR_SOONER: Final = ", if {ifs}; otherwise it may be sooner"
#: Where the "if" was spoken in the answer above.
SAME_IF: Final = ", if the same holds"
CLAIMS_OTHER: Final = {
    StoresClaim.NEAR_NOW: "{name}: by this estimate stores may be near or below that level today.",
    StoresClaim.COMES_DOWN: "{name}: by this estimate stores come down to that level in {span}.",
    StoresClaim.MAY_COME_DOWN: "{name}: stores may come down to that level, earliest in about {low}.",
    StoresClaim.CLOSE_AND_MAY_COME_DOWN: (
        "{name}: by this estimate stores come down close to that level, and may reach it, earliest in about {low}."
    ),
    StoresClaim.STAYS_CLOSE: "{name}: by this estimate stores come down close to that level.",
    StoresClaim.STAYS_ABOVE: "{name}: by this estimate stores stay above that level, even at the low end{ifs}.",
}
FOR_INFORMATION: Final = "{name}: a clinician decides whether and how it is given. It is shown for information."
CHART_TITLE: Final = "What is left in store, year by year?"
FORMS_TITLE: Final = "What would each supplement form do to the stores?"
LIMITS_TITLE: Final = "What this estimate leaves out"
FORMS_INTRO: Final = (
    "Each form stands in place of any supplement that you take now. This is information, not advice to take one: "
    "a clinician decides on injections and nasal spray, "
    "and on any form where it says so."
)
FORMS_ALT: Final = "Supplement forms with what they add, years until the line, and days to refill low stores"
YEARS_LABEL: Final = "Years to look ahead"
BEFORE_LABEL: Final = "How did you eat before?"
SINCE_LABEL: Final = "Years since you began to eat as you do now"
SINCE_HELP: Final = "0 means that you change today. With a kept plan to compare, that is how you eat now."
COMPARE_LABEL: Final = "Compare with"
COMPARE_NONE: Final = "Nothing else"
CHANGE_LABEL: Final = "The change begins in (years)"
CHANGE_HELP: Final = "When the supplement, or the plan that you compare with the kept one, begins."
#: Former diets: id -> words. The ids are made in dashboard/ui/outlook_view.py.
BEFORE: Final = {
    "unknown": "I do not know (usual stores)",
    "omnivore": "Everything, with meat or fish",
    "vegetarian": "Vegetarian",
    "vegan": "Vegan, with fortified food",
    "vegan-unfortified": "Vegan, with no fortified food",
}
PATHS: Final = {"plan": "Your plan", "baseline": "The plan you kept", "nothing": "No B12 at all"}
WITH_REGIMEN: Final = "Your plan and: {regimen}"
WITH_REGIMEN_INSTEAD: Final = "Your plan, in place of what you take now: {regimen}"
BAND_NAME: Final = "{}: low to high"
SIGNS_LINE: Final = "Signs can begin: {} µg"
FULL_LINE: Final = "Stores full: {} µg"
AXIS_POOL: Final = "B12 in store, µg"
AXIS_YEARS: Final = "Years from today"
BANDS: Final = "The shaded area runs from the low to the high end of the estimate; the striped one belongs to what you compare with."
NOT_REACHED: Final = "not by this estimate"
REACHED_AT_LOW: Final = "only at the low end of the estimate: {low} at the soonest"
SOONEST: Final = "{low} at the soonest"
TAIL_OPEN: Final = "{low} at the soonest, and not at the high end of the estimate"
UNTIL_COLUMN: Final = "Until signs can begin"
CLINICIAN: Final = "a clinician decides"


# Times and amounts -------------------------------------------------------------------------------


def years(amount: float | None) -> str:
    """A time in years: '5.8 years', '7 months', 'now', 'not by this estimate'. It never says "never"."""
    if amount is None:
        return NOT_REACHED
    if amount == 0:
        return "now"
    if amount < 0.95:
        months = max(1, round(12 * amount))
        return f"{months} month{'' if months == 1 else 's'}"
    return f"{amount:.1f} years" if amount < 100 else "over 100 years"


def between(s: Span, joint: str) -> str:
    """The low and high of a time that is reached at both: '2.9 to 7.1 years', '7 months to 2.1 years'."""
    low, high = years(s.low), years(s.high)
    if low.endswith(" years") and high.endswith(" years"):
        low = low.removesuffix(" years")
    return f"{low}{joint}{high}"


def span(s: Span) -> str:
    """A time with its band: '5.8 years (2.9 to 7.1 years)'; that it does not come is only what we reckon."""
    if s.low is None:
        return NOT_REACHED
    if s.value is None:
        return REACHED_AT_LOW.format(low=years(s.low))
    if s.high is None:
        return f"{years(s.value)} ({_tail(s)})"
    return years(s.value) if s.low == s.high else f"{years(s.value)} ({between(s, ' to ')})"


def days(s: Span) -> str:
    """A time in days with its band: '96 days (92 to 101)', '2,100 days (900 at the soonest)', 'not by this estimate'."""
    if s.value is None or s.low is None:
        return NOT_REACHED
    band = SOONEST.format(low=f"{s.low:,.0f}") if s.high is None else f"{s.low:,.0f} to {s.high:,.0f}"
    return f"{s.value:,.0f} days ({band})"


def stored(amount: float) -> str:
    """A store in whole µg: an estimate of this kind has no decimals."""
    return f"{amount:,.0f}"


def pool(b: Band) -> str:
    """A store with its band: 'about 2,500 µg (1,000 to 4,000)'."""
    band = "" if b.low == b.high else f" ({stored(b.low)} to {stored(b.high)})"
    return f"about {stored(b.value)} µg{band}"


def name(path: Path) -> str:
    """What a path is called."""
    if path.effect is None:
        return PATHS[path.id]
    return (WITH_REGIMEN_INSTEAD if path.effect.instead_of else WITH_REGIMEN).format(regimen=path.effect.regimen.label)


_ENDS: Final = {"low": "low", "value": "estimate", "high": "high"}


def path_column(path: Path, end: str) -> str:
    """The heading over a path's low, estimate or high."""
    return f"{name(path)}, {_ENDS[end]} µg"


def legend_name(path: Path) -> str:
    """What a path is called where there is little room."""
    return f"+ {path.effect.regimen.label.replace(', ', ',<br>   ')}" if path.effect else PATHS[path.id]


# The answer --------------------------------------------------------------------------------------


def not_modelled(advice: Advice) -> str:
    """Why nothing is said of this person's stores; empty where something is."""
    if advice.claim(Claim.STORES).may or advice.tells_untreated:
        return ""
    for fact, said in (("infant", NOT_MODELLED_INFANT), ("child", NOT_MODELLED_CHILD), ("urgent", URGENT)):
        if fact in advice.facts:
            return said
    if advice.facts & {"pregnant", "breastfeeding"}:
        return NOT_MODELLED_PREGNANCY
    return verdict(advice) if advice.assessment.nothing_to_judge else NOT_MODELLED_UPTAKE


def answer(o: Outlook, advice: Advice, tables: Tables) -> str:
    """How long stores last on the plan, in one sentence, as far as it may be said."""
    if reason := not_modelled(advice):
        return reason
    plan, nothing = o.path("plan"), o.path("nothing")
    if plan is None or nothing is None:
        return ""
    claim = stores_claim(plan, o, advice, tables)
    if claim is StoresClaim.NOT_CLAIMED:
        said = NO_TREATMENT.format(signs=SIGNS, span=span(nothing.years_to_signs))
        return f"{said} {VERDICTS['uptake-decides']}"
    until, conditional = plan.years_to_signs, ifs(advice.claim(Claim.STORES), advice)
    form = CLAIM_IFS if claim is StoresClaim.STAYS_ABOVE else CLAIM_IFS_OR_SOONER
    return CLAIMS[claim].format(
        signs=SIGNS,
        years=years(until.value),
        tail=_tail(until),
        low=years(until.low),
        ifs=form.format(ifs=conditional) if conditional else "",
    )


def _tail(s: Span) -> str:
    return TAIL_OPEN.format(low=years(s.low)) if s.high is None else f"between {between(s, ' and ')}"


def today(o: Outlook) -> str:
    """What is in store today by this estimate."""
    return f"Stores today, by this estimate: {pool(o.today_ug)}. Signs can begin at about {stored(o.signs_ug)} µg."


def heading(o: Outlook, advice: Advice) -> str:
    """Where the plan leads in the end; empty where nothing may be said."""
    plan = o.path("plan")
    if plan is None or not advice.claim(Claim.STORES).may:
        return ""
    if plan.steady_ug.value == 0:
        return "With no B12 coming in, stores only run down."
    return f"In the long run, this plan leads to {pool(plan.steady_ug)} in store."


def head(o: Outlook, advice: Advice, tables: Tables) -> tuple[str, ...]:
    """What stands above the picture: the answer, the stores of today, where the plan leads, and what shows more."""
    said = (answer(o, advice, tables), today(o), heading(o, advice), at_least(advice.assessment), BLOOD_TEST)
    return tuple(sentence for sentence in said if sentence)


def at_least(a: Assessment) -> str:
    """What foods without a value do to the estimate; empty when all have one."""
    return f"{unknown(a)} They count as none here, so stores may last longer." if a.at_least else ""


def refill(path: Path, o: Outlook, usual_ug: float) -> str:
    """How long a way of going on takes to fill low stores up."""
    if path.effect is None or path.days_to_replete.value is None:
        return ""
    return (
        f"Stores that had fallen to {stored(o.signs_ug)} µg would take about {days(path.days_to_replete)} to get back to "
        f"{stored(usual_ug)} µg this way. Low stores need a clinician, who may choose a faster way."
    )


def compared(path: Path, o: Outlook, advice: Advice, tables: Tables) -> str:
    """What another way of going on does to the stores, as far as the app may say."""
    claim = stores_claim(path, o, advice, tables)
    if claim is StoresClaim.NOT_CLAIMED:
        form = FOR_INFORMATION if path.effect else CLAIMS_OTHER[StoresClaim.COMES_DOWN]
        return form.format(name=name(path), span=span(path.years_to_signs))
    same = SAME_IF if advice.claim(Claim.STORES).only_if else ""
    return CLAIMS_OTHER[claim].format(name=name(path), span=span(path.years_to_signs), low=years(path.years_to_signs.low), ifs=same)


def alt(o: Outlook, shown: list[Path]) -> str:
    """Text alternative of the chart."""
    paths = "; ".join(f"{name(p)}: {stored(p.at(0).value)} today, after {_many_years(o.years)} {pool(p.at(o.years))}" for p in shown)
    return f"Estimated B12 in store in µg. {paths}. Signs can begin at {stored(o.signs_ug)}."


def _many_years(count: int) -> str:
    return plural(count, "year")


def years_wrong(given: int) -> str:
    """A number of years that cannot be."""
    return f"Years must be between 1 and {YEARS_MAX}; {given} were given."


def start_wrong(given: float) -> str:
    """A starting pool that cannot be."""
    return f"The starting store must be a number of µg from 0 up; {given:g} was given."


def start_full(full_ug: float) -> str:
    """A starting pool above full stores."""
    return f"More than {stored(full_ug)} µg counts as full stores, so {stored(full_ug)} µg is used."


def lines(o: Outlook, advice: Advice, tables: Tables) -> list[str]:
    """The whole answer as text."""
    shown = shown_paths(o, advice)
    if not shown:
        return [answer(o, advice, tables)]
    first, *others = shown if advice.claim(Claim.STORES).may else reversed(shown)
    rows = [answer(o, advice, tables), today(o), heading(o, advice), at_least(advice.assessment), f"{name(first)}:"]
    rows += [f"  after {_many_years(y):<9} {pool(first.at(y))}" for y in range(1, o.years + 1)]
    rows += [compared(path, o, advice, tables) for path in others]
    return [row for row in [*rows, BLOOD_TEST] if row]
