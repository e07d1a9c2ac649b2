"""The tab on causes and treatment: the path of B12 with what stands in the way, what helps, questions, a reminder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from html import escape
from uuid import uuid4

import streamlit as st

from dashboard.advice.advise import Advice
from dashboard.care import causes as care
from dashboard.care import reminder
from dashboard.care.causes import Effect, Station
from dashboard.care.find_condition import chosen
from dashboard.estimate.assess import Assessment, assess
from dashboard.estimate.provenance import of_condition
from dashboard.pictures.palette import Palette
from dashboard.plan import edit_person
from dashboard.tables.care import LifeStageText
from dashboard.tables.cited import Cited
from dashboard.tables.read import load_care_tables
from dashboard.tables.science import Condition
from dashboard.ui import colours, made_files, paper, shell, state, where_from
from dashboard.ui.shell import tables
from dashboard.ui.signs_view import known
from dashboard.words import care as words

REMINDER_MONTHS = (1, 3, 6, 12)
#: On the day, at nine in the morning.
REMINDER_RINGS = timedelta(hours=9)


# The path ----------------------------------------------------------------------------------------

#: Small pictures of the organs, in a box of 24 x 24 about the middle of a node.
_ORGANS = {
    "intake": '<path d="M-9 0C-4-7 4-7 9 0C4 6-4 6-9 0Z"/><path d="M-9 0H9"/>',
    "acid-release": '<path d="M-4-10V-4C-10 0-9 9-1 9C6 9 9 4 8-2C7-6 2-6 1-3"/>',
    "intrinsic-factor": '<circle cx="-4" cy="0" r="5"/><path d="M3-6A6 6 0 0 1 3 6"/>',
    "competition": '<path d="M-9-6H6A3 3 0 0 1 6 0H-6A3 3 0 0 0-6 6H9"/>',
    "ileum": '<path d="M-9-5H2C8-5 8 5 2 5H-9"/><path d="M4 0H11M8-3L11 0L8 3"/>',
    "in-the-body": '<circle r="9"/><circle r="3"/>',
}
_SIGNS = {Effect.BLOCKED: "✕", Effect.LOWERED: "↓", Effect.UNKNOWN: "?", Effect.OUTSIDE: "!"}


def _station(s: Station, y: int, tint: Palette) -> tuple[str, int]:
    """One step as SVG, and the height it takes. [px]"""
    grave = {None: tint.usable, Effect.BLOCKED: tint.gap, Effect.OUTSIDE: tint.gap}.get(s.effect, tint.natural)
    said = words.PATH_CLEAR if s.effect is None else f"{_SIGNS[s.effect]} {words.EFFECT_LABELS[s.effect]}"
    lines = [f"– {words.short(c)}" for c in s.conditions]
    text = [
        f'<text x="66" y="{y - 3}" font-weight="650" font-size="14">{escape(s.step.label)}</text>',
        f'<text x="66" y="{y + 14}" font-size="13" font-weight="{400 if s.effect is None else 650}" fill="{grave}">{escape(said)}</text>',
        *(f'<text x="66" y="{y + 31 + 16 * n}" font-size="13">{escape(line)}</text>' for n, line in enumerate(lines)),
    ]
    organ = (
        f'<circle cx="30" cy="{y}" r="19" fill="{tint.surface}" stroke="{grave}" stroke-width="2.5"/>'
        f'<g transform="translate(30 {y})" fill="none" stroke="{tint.text}" stroke-width="1.8">{_ORGANS[s.step.step]}</g>'
    )
    return organ + "".join(text), 56 + 16 * len(lines)


def path_svg(stations: Sequence[Station]) -> str:
    """The path of B12 from the mouth to the cells, with what stands in this person's way."""
    tint, y, nodes, pipes, flow = colours.current(), 26, "", "", True
    for s in stations:
        drawn, height = _station(s, y, tint)
        nodes += drawn
        flow = flow and s.effect is not Effect.BLOCKED
        if s is not stations[-1]:
            colour, dash = (tint.usable, "") if flow else (tint.before, ' stroke-dasharray="3 6"')
            pipes += f'<line x1="30" x2="30" y1="{y}" y2="{y + height}" stroke="{colour}" stroke-width="5"{dash}/>'
        y += height
    label = escape(words.path_alt(stations), quote=True)
    return (
        f'<svg role="img" aria-label="{label}" viewBox="0 0 360 {y - 16}" width="100%" style="max-width:440px" '
        f'fill="{tint.text}" font-family="inherit">{pipes}{nodes}</svg>'
    )


# Causes ------------------------------------------------------------------------------------------


def _toggle(condition: str) -> None:
    now = set(state.plan().person.conditions)
    state.change_person(conditions=chosen(now ^ {condition}, now, tables()))


def _tick(c: Condition, chosen: bool) -> None:
    key = f"cause-{c.condition}"
    if st.session_state.get(key) != chosen:
        st.session_state[key] = chosen
    st.checkbox(c.label, key=key, on_change=_toggle, args=(c.condition,))


def ticks(a: Assessment) -> None:
    """Every condition and medicine as a tick that changes the plan, by kind."""
    with st.grid(2, min_column_width=240):
        for kind, label in words.KIND_LABELS.items():
            with st.container(gap="xsmall"):
                st.markdown(f"**{label}**")
                for c in tables().conditions.values():
                    if c.kind == kind:
                        _tick(c, c.condition in a.plan.person.conditions)


def causes(a: Assessment) -> None:
    """Ticks beside the path, and what the ticks change."""
    stations = care.path(load_care_tables().path, a.conditions)
    left, right = st.columns([3, 2], gap="large")
    with left, st.container(key="ticks"):
        st.write(words.CAUSES_INTRO)
        ticks(a)
    with right:
        st.subheader(words.PATH_TITLE, anchor=False)
        st.markdown(path_svg(stations), unsafe_allow_html=True)
        st.caption(words.PATH_NOTE)
    without = assess(edit_person(a.plan, conditions=()), tables(), a) if a.conditions else a
    st.info(words.changed(a, without), icon=":material/sync_alt:")


def _card(c: Condition) -> None:
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.markdown(f"**{c.label}**")
        st.markdown(c.text)
        st.markdown(f"*{words.does(c, care.effect(c))}*")
        st.markdown(words.helps(c))
        where_from.chain({"": [of_condition(c)]}, key=f"condition-{c.condition}")


def choices(a: Assessment) -> None:
    """A card for each tick: what it does, what the estimate does with it, what usually helps."""
    if not a.conditions:
        return
    st.subheader(words.CHOICES_TITLE, anchor=False)
    with st.grid(2, min_column_width=320):
        for c in a.conditions:
            _card(c)


def every_cause() -> None:
    """All causes by kind, and the risks that are no condition, folded away."""
    st.subheader(words.ALL_TITLE, anchor=False)
    paper.folded([words.PATH_TITLE, *words.KIND_LABELS.values(), words.KIND_RISKS])
    steps = {s.step: s for s in load_care_tables().path}
    with st.expander(words.PATH_TITLE):
        _listed(f"**{step.label}.** {step.text}" for step in steps.values())
    for kind, label in words.KIND_LABELS.items():
        with st.expander(label):
            here = [c for c in tables().conditions.values() if c.kind == kind]
            _listed(f"**{c.label}.** *{words.does(c, care.effect(c))}* {c.text} {c.helps}" for c in here)
    with st.expander(words.KIND_RISKS):
        risks = [r for r in load_care_tables().risks.values() if r.kind == "risk" and "any-medicine" not in r.when.words]
        _listed(f"**{r.label}.** {r.text}" for r in risks)


def _listed(lines: Iterable[str]) -> None:
    """Lines as one list: the browser then keeps it as a whole."""
    st.markdown("\n".join(f"- {line}" for line in lines))


def _stage(s: LifeStageText) -> str:
    return f"**{s.label}.** {s.text} {s.helps}"


def life_stages(a: Assessment) -> None:
    """The life stages that apply, the others folded away."""
    st.subheader(words.STAGES_TITLE, anchor=False)
    stages = load_care_tables().life_stages
    mine = [s for s in stages if s.stage in known(a)]
    for s in mine:
        st.markdown(_stage(s))
    paper.folded([words.STAGES_OTHER])
    with st.expander(words.STAGES_OTHER):
        st.markdown("\n\n".join(map(_stage, (s for s in stages if s not in mine))))


def treatment(a: Assessment) -> None:
    """What guidelines say for this person, by topic, with what is provisional marked."""
    rows = care.rows_for(load_care_tables().guidelines, known(a))
    if not rows:
        return
    st.subheader(words.TREATMENT_TITLE, anchor=False)
    st.write(words.TREATMENT_INTRO)
    for topic, label in words.TOPIC_LABELS.items():
        here = [g for g in rows if g.topic == topic]
        if here:
            st.markdown(f"**{label}**\n" + "".join(f"\n- {words.row_text(g.text, g)}" for g in here))
    where_from.of_rows({g.text: g for g in rows}, key="guidelines")
    shell.page_link("suggestions", label=words.FORMS_LINK)


def questions(a: Assessment) -> tuple[str, ...]:
    """The questions to bring, with the person's own entries."""
    return tuple(words.question(q, a) for q in care.rows_for(load_care_tables().questions, known(a)))


def show_questions(a: Assessment) -> None:
    """The questions as a list."""
    st.subheader(words.QUESTIONS_TITLE, anchor=False)
    st.write(words.QUESTIONS_INTRO)
    st.markdown("\n".join(f"- {q}" for q in questions(a)))


def ics(months: int, detail: bool) -> bytes:
    """The calendar file of a check-up so many months from today."""
    title = words.REMINDER_EVENT_B12 if detail else words.REMINDER_EVENT
    day = reminder.months_later(date.today(), months)
    return reminder.reminder(day, title, words.REMINDER_NOTE, key=str(uuid4()), made=datetime.now(UTC), alarm=REMINDER_RINGS)


def show_reminder(a: Assessment) -> None:
    """When to be reminded, whether B12 is named, and the file."""
    st.subheader(words.REMINDER_TITLE, anchor=False)
    usual = care.recheck_months(load_care_tables().guidelines, known(a))
    # A key of its own for each usual time, so that a new life stage brings its own default.
    months = st.radio(
        words.REMINDER_WHEN,
        REMINDER_MONTHS,
        index=REMINDER_MONTHS.index(usual),
        format_func=words.months,
        horizontal=True,
        key=f"reminder-{usual}",
    )
    detail = st.checkbox(words.REMINDER_DETAIL, key="reminder-detail")
    made_files.button(words.REMINDER_GET, lambda: ics(months, detail), "check-up.ics", "text/calendar", key="reminder-get")


def cause_sources(a: Assessment) -> list[str]:
    """Sources of the causes page."""
    care_tables = load_care_tables()
    rows: list[Cited] = [*care_tables.path, *care_tables.risks.values(), *care_tables.life_stages]
    rows += care.rows_for(care_tables.guidelines, known(a))
    found = {s for row in rows for s in row.source_ids} | {s for c in tables().conditions.values() for s in c.source_ids}
    return sorted(found | {s for ids in words.SOURCES.values() for s in ids.split()})


def why(advice: Advice) -> None:
    """Causes and treatment: the ticks and what they do, life stages, guidelines, questions and a reminder."""
    a = advice.assessment
    where_from.of_plan(advice)
    causes(a)
    choices(a)
    every_cause()
    life_stages(a)
    treatment(a)
    show_questions(a)
    with st.container(key="reminder"):
        show_reminder(a)
