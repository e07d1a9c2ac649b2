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
from dashboard.estimate.assess import assess
from dashboard.estimate.intake import foods_of
from dashboard.pictures import week
from dashboard.pictures.palette import LIGHT
from dashboard.plan import edit_person
from dashboard.plan.differences import differences
from dashboard.tables.care import CareTables
from dashboard.tables.tables import Tables
from dashboard.words import care as care_words
from dashboard.words import handout as said
from dashboard.words import verdict
from dashboard.words import week as week_words

CHANGES_MAX = 5
QUESTIONS_MAX = 4
CHECKS_MAX = 3


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
    """

    code: str = ""
    on: date = field(default_factory=date.today)
    with_conditions: bool = False
    link: str = ""
    referral: bool = False
    signs: tuple[str, ...] = ()
    results: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the printed page, in reading order."""

    title: str
    code_line: str
    doctor: tuple[str, ...]
    person: str
    verdict: tuple[str, ...]
    warnings: tuple[str, ...]
    both: Picture
    week: Picture
    before_after: Table | None
    changes: tuple[str, ...]
    regimen: tuple[str, ...]
    checks: tuple[str, ...]
    red_flags: tuple[str, ...]
    questions: tuple[str, ...]
    signs: tuple[str, ...]
    results: tuple[str, ...]
    qr: Picture | None
    link_note: str
    sources: str
    foods: Table


def page(advice: Advice, asked: Asked, tables: Tables, care: CareTables, before: Advice | None = None) -> Page:
    """The printed page for a plan; with ``before`` (the advice on the kept plan) also what changed.

    Every claim comes from the advice. Where conditions are named but left off the page, no verdict, usable figure or
    warning stands on it: they depend on the conditions, and without them they would reassure or give them away.
    """
    hidden = bool(advice.assessment.plan.person.conditions) and not asked.with_conditions
    if hidden:
        bare = edit_person(advice.assessment.plan, conditions=())
        advice = advise(assess(bare, tables), tables)
    a = advice.assessment
    set_row = tables.reference_sets.get(a.plan.person.reference_set)
    guidelines = sorted(
        (g for g in causes.rows_for(care.guidelines, advice.facts) if g.topic in ("test", "follow-up")),
        key=lambda g: (not g.when.terms, g.topic != "follow-up"),  # what is meant for this person first
    )
    day = f"{asked.on:%d %B %Y}"
    return Page(
        title=said.REFERRAL_TITLE if asked.referral else said.TITLE,
        code_line=said.CODE_LINE.format(code=asked.code, date=day) if asked.code else day,
        doctor=tuple(said.doctor_lines(advice, hidden=hidden)),
        person=said.person(a, set_row.label if set_row else a.plan.person.reference_set),
        verdict=(said.NO_VERDICT,) if hidden else (verdict.verdict(advice), verdict.usable(advice), *(r.text for r in advice.leads[:1])),
        warnings=() if hidden else tuple(flag.text for flag in advice.flags if flag.level in ("urgent", "clinician")),
        both=Picture(
            week.swallowed_and_usable(a, LIGHT, with_usable=not hidden), week_words.alt_swallowed_and_usable(a, with_usable=not hidden)
        ),
        week=Picture(week.bars(a, LIGHT), week_words.alt(a)),
        before_after=_before_after(before, advice, hidden=hidden) if before else None,
        changes=_changes(advice, tables),
        regimen=tuple(said.regimen(a.plan.supplements)),
        checks=tuple(care_words.row_text(g.text, g) for g in guidelines[:CHECKS_MAX]),
        red_flags=tuple(flag.label for flag in care.red_flags.values()),
        questions=tuple(care_words.question(q, a) for q in causes.rows_for(care.questions, advice.facts)[:QUESTIONS_MAX]),
        signs=asked.signs if asked.referral else (),
        results=asked.results if asked.referral else (),
        qr=_qr(asked.link),
        link_note=_link_note(asked),
        sources=_sources(advice, tables),
        foods=_foods(advice),
    )


def _before_after(before: Advice, after: Advice, *, hidden: bool) -> Table:
    one, two = before.assessment, after.assessment
    rows = [(said.ROW_INTAKE, words.intake(one), words.intake(two))]
    if not hidden:
        rows.append((said.ROW_USABLE, words.band_ug(one.usable), words.band_ug(two.usable)))
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


def _qr(link: str) -> Picture | None:
    if not link:
        return None
    try:
        code = segno.make(link, error="l", micro=False)
    except segno.DataOverflowError:
        return None
    out = io.BytesIO()
    code.save(out, kind="svg", scale=3, border=4, light="#ffffff")
    return Picture(out.getvalue().decode("utf-8"), said.LINK_TITLE)


def _link_note(asked: Asked) -> str:
    if asked.link and _qr(asked.link) is None:
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
        (f.name, words.grams(f.grams), words.amount_ug(f.total_ug), words.amount_ug(f.added_ug) if f.added_ug else "", f.food_id)
        for f in a.foods
    ]
    return Table(said.FOOD_COLUMNS, tuple(rows))
