"""What stands on the printed page: plain text and pictures, taken from one Advice. PDF and HTML only lay it out."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import segno

from dashboard import words
from dashboard.advice.advise import Advice, advise
from dashboard.care import causes
from dashboard.estimate.assess import Assessment, assess
from dashboard.estimate.held_back import flows
from dashboard.estimate.intake import foods_of
from dashboard.pictures import meal_flow, sources_of_b12, week
from dashboard.pictures.palette import LIGHT
from dashboard.plan import edit_person
from dashboard.plan.differences import differences
from dashboard.tables.care import CareTables
from dashboard.tables.tables import Tables
from dashboard.words import care as care_words
from dashboard.words import handout as said
from dashboard.words import meal_flow as flow_words
from dashboard.words import referral, shortfall, verdict
from dashboard.words import week as week_words

CHANGES_MAX = 5
QUESTIONS_MAX = 4
CHECKS_MAX = 3
#: A phone reads printed squares of this size, with this many empty ones around the code.
QR_SQUARE_MM = 0.36
QR_BORDER = 4
QR_MIN_MM = 22.0
#: A wider code would push the page's content off the page.
QR_MAX_MM = 52.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as SVG with its text alternative."""

    svg: str
    alt: str


@dataclass(frozen=True, slots=True)
class Table:
    """A small table of text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person asks of this print. Typed for it alone, never stored.

    code
        Initials or a number; may be empty.
    with_conditions
        Whether conditions and medicines stand on the page.
    signs, results
        For the referral only: what was ticked and typed, already in words.
    urgency
        How soon the ticked signs call for somebody, as triage_rules.csv has it.
    """

    code: str = ""
    on: date = field(default_factory=date.today)
    with_conditions: bool = False
    link: str = ""
    referral: bool = False
    signs: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    urgency: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the printed page, in reading order."""

    title: str
    code_line: str
    doctor: tuple[str, ...]
    person: str
    verdict: tuple[str, ...]
    warnings: tuple[str, ...]
    both: Picture | None
    week: Picture | None
    before_after: Table | None
    changes: tuple[str, ...]
    regimen: tuple[str, ...]
    checks: tuple[str, ...]
    red_flags: tuple[str, ...]
    questions: tuple[str, ...]
    signs: tuple[str, ...]
    results: tuple[str, ...]
    qr: Picture | None
    qr_mm: float
    link_note: str
    sources: str
    foods: Table


def page(advice: Advice, asked: Asked, tables: Tables, care: CareTables, before: Advice | None = None) -> Page:
    """The printed page for a plan; with ``before`` (the advice on the kept plan) also what changed.

    The referral is for a clinician's eyes: what is asked, signs and results in place of questions and red flags.

    Every claim comes from the advice. Where conditions are named but left off the page, no verdict, usable figure or
    warning stands on it, and no question or check that depends on conditions: without them they would reassure, mislead or
    give them away.
    """
    hidden = bool(advice.assessment.plan.person.conditions) and not asked.with_conditions
    if hidden:
        bare = edit_person(advice.assessment.plan, conditions=())
        advice = advise(assess(bare, tables), tables)
    a = advice.assessment
    set_row = tables.reference_sets.get(a.plan.person.reference_set)
    hides = _rests_on_conditions(tables) if hidden else frozenset()
    guidelines = sorted(
        (g for g in causes.rows_for(care.guidelines, advice.facts) if g.topic in ("test", "follow-up") and g.when.words.isdisjoint(hides)),
        key=lambda g: (not g.when.meant_for(advice.facts), not g.when.terms, g.topic != "follow-up"),
    )
    questions = [q for q in causes.rows_for(care.questions, advice.facts) if q.when.words.isdisjoint(hides)]
    drawn = pictures(advice, hidden=hidden)
    day, code = f"{asked.on:%d %B %Y}", _qr(asked.link)
    return Page(
        title=said.REFERRAL_TITLE if asked.referral else said.TITLE,
        code_line=said.CODE_LINE.format(code=asked.code, date=day) if asked.code else day,
        doctor=tuple(said.doctor_lines(advice, hidden=hidden, asked=_asked(asked))),
        person=said.person(a, set_row.label if set_row else a.plan.person.reference_set),
        verdict=_verdict(advice, hidden=hidden),
        warnings=() if hidden or not advice.plans else tuple(f.text for f in advice.flags if f.level in ("urgent", "clinician")),
        both=drawn.get(said.BOTH_PICTURE),
        week=drawn.get(said.WEEK_PICTURE),
        before_after=_before_after(before, advice, hidden=hidden) if before and advice.plans else None,
        changes=_changes(advice, tables),
        regimen=tuple(said.regimen(a.plan.supplements)),
        checks=tuple(care_words.row_text(g.text, g) for g in guidelines[:CHECKS_MAX]),
        red_flags=() if asked.referral else tuple(flag.label for flag in care.red_flags.values()),
        questions=() if asked.referral else tuple(care_words.question(q, a) for q in questions[:QUESTIONS_MAX]),
        signs=asked.signs if asked.referral else (),
        results=asked.results if asked.referral else (),
        qr=code[0] if code else None,
        qr_mm=code[1] if code else 0.0,
        link_note=_link_note(asked, readable=code is not None),
        sources=_sources(advice, tables),
        foods=_foods(advice),
    )


def _rests_on_conditions(tables: Tables) -> frozenset[str]:
    """The facts that cannot be told while conditions and medicines are left off the page."""
    told = {fact.fact for fact in tables.rules.facts.values() if fact.about in ("conditions", "uptake")}
    return frozenset({*told, *tables.conditions, *tables.rules.details})


def pictures(advice: Advice, *, hidden: bool) -> dict[str, Picture]:
    """The pictures of the page by name: the week, and what is swallowed against what is usable. None for whom the app does not plan.

    ``hidden``: conditions are left out, and with them what is usable.
    """
    a = advice.assessment
    if not advice.plans or a.nothing_to_judge:
        return {}
    return {said.WEEK_PICTURE: Picture(week.bars(a, LIGHT), week_words.alt(a)), said.BOTH_PICTURE: _both(a, with_usable=not hidden)}


def files(advice: Advice, tables: Tables, before: Assessment | None, *, hidden: bool) -> dict[str, Picture]:
    """Every picture that answers where a plan falls short, by name, each a file of its own; none for whom the app does not plan.

    ``before``: the kept plan, marked beside the days. ``hidden``: conditions are left out, and with them all that rests on them.
    """
    if hidden:
        advice = advise(assess(edit_person(advice.assessment.plan, conditions=()), tables), tables)
    a = advice.assessment
    shown = pictures(advice, hidden=hidden)
    if not shown:
        return {}
    compared = shortfall.held_against_target(advice)
    days = Picture(
        week.bars(a, LIGHT, most=len(a.days), before=before, compared=compared, keyed=True),
        week_words.alt(a, len(a.days), compared=compared),
    )
    found = {said.WEEK_PICTURE: days, said.BOTH_PICTURE: shown[said.BOTH_PICTURE]}
    if not hidden and a.intake_ug:
        streams, by = flows(a, tables), flow_words.held_by(a)
        found[said.MEALS_PICTURE] = Picture(meal_flow.as_svg(streams, by, LIGHT), flow_words.alt(streams, by))
    if rows := sources_of_b12.bringers(a)[: sources_of_b12.SHOWN]:
        found[said.FOODS_PICTURE] = Picture(sources_of_b12.as_svg(a, LIGHT), shortfall.alt_foods([row[:2] for row in rows]))
    return found


def _verdict(advice: Advice, *, hidden: bool) -> tuple[str, ...]:
    if hidden:
        return (said.NO_VERDICT,)
    lead = tuple(r.text for r in advice.leads[:1])
    if not advice.plans:
        return (verdict.verdict(advice), *lead)
    return (*verdict.lines(advice), *lead)


def _both(a: Assessment, *, with_usable: bool) -> Picture:
    return Picture(
        week.swallowed_and_usable(a, LIGHT, with_usable=with_usable), week_words.alt_swallowed_and_usable(a, with_usable=with_usable)
    )


def _before_after(before: Advice, after: Advice, *, hidden: bool) -> Table:
    one, two = before.assessment, after.assessment
    rows = [(said.ROW_INTAKE, words.intake(one), words.intake(two))]
    if not hidden:
        rows.append((said.ROW_USABLE, words.usable(one), words.usable(two)))
    return Table(("", said.BEFORE, said.AFTER), tuple(rows))


def _changes(advice: Advice, tables: Tables) -> tuple[str, ...]:
    """At most five agreed changes, those on most days first; supplements before foods."""
    plan = advice.assessment.plan
    if plan.baseline is None:
        return (said.CHANGES_NONE,)
    found, foods = differences(plan.baseline, plan), foods_of(plan, tables)
    lines = said.supplement_changes(found) + [said.food_change(c, foods.get(c.food), advice.assessment) for c in found.foods]
    if not lines:
        return (said.CHANGES_NONE,)
    more = [said.CHANGES_MORE.format(count=len(lines) - CHANGES_MAX)] if len(lines) > CHANGES_MAX else []
    return (*lines[:CHANGES_MAX], *more)


def _asked(asked: Asked) -> str:
    """What the referral asks where signs or results speak first."""
    if not asked.referral:
        return ""
    return referral.asked(asked.urgency, signs=bool(asked.signs), results=bool(asked.results))


def _qr(link: str) -> tuple[Picture, float] | None:
    """The QR code of a link and its width on paper [mm]; None where its squares would be too small for a phone."""
    if not link:
        return None
    try:
        code = segno.make(link, error="l", micro=False)
    except segno.DataOverflowError:
        return None
    width_mm = code.symbol_size(border=QR_BORDER)[0] * QR_SQUARE_MM
    if width_mm > QR_MAX_MM:
        return None
    out = io.BytesIO()
    code.save(out, kind="svg", scale=3, border=QR_BORDER, light="#ffffff")
    return Picture(out.getvalue().decode("utf-8"), said.LINK_TITLE), max(width_mm, QR_MIN_MM)


def _link_note(asked: Asked, *, readable: bool) -> str:
    """What the code leaves out; nothing where no code was asked for."""
    if not asked.link:
        return ""
    if not readable:
        return said.LINK_TOO_LONG
    return said.LINK_LEAVES_OUT.format(conditions="" if asked.with_conditions else said.LINK_NO_CONDITIONS)


def _sources(advice: Advice, tables: Tables) -> str:
    target = advice.assessment.target
    ids: Iterable[str] = dict.fromkeys([*([target.source_id] if target else []), *advice.source_ids])
    cited = [tables.sources[s].citation for s in ids if s in tables.sources and s != "this-app"]
    return said.SOURCES.format(sources=" · ".join(c.rstrip(".") for c in cited[:8]))


def _foods(advice: Advice) -> Table:
    """The full food list of the second page."""
    a = advice.assessment
    rows: Sequence[tuple[str, ...]] = [
        (f.name, words.grams(round(f.grams, 1)), words.amount_ug(f.total_ug), words.amount_ug(f.added_ug) if f.added_ug else "", f.food_id)
        for f in a.foods
    ]
    return Table(said.FOOD_COLUMNS, tuple(rows))
