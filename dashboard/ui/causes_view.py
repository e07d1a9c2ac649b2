"""The tab on causes and treatment: the path of B12 with what stands in the way, what helps, questions, a reminder."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import streamlit as st

from dashboard.advice.advise import Advice
from dashboard.care import causes as care
from dashboard.care import reminder
from dashboard.care.find_condition import chosen
from dashboard.estimate.assess import Assessment, assess
from dashboard.estimate.provenance import of_condition
from dashboard.pictures import path_of_b12
from dashboard.plan import edit_person
from dashboard.tables.care import LifeStageText
from dashboard.tables.cited import Cited
from dashboard.tables.read import load_care_tables
from dashboard.tables.science import Condition
from dashboard.ui import made_files, paper, plan_field, shell, state, where_from
from dashboard.ui.shell import tables
from dashboard.ui.signs_view import known
from dashboard.words import care as words

REMINDER_MONTHS = (1, 3, 6, 12)
#: On the day, at nine in the morning.
REMINDER_RINGS = timedelta(hours=9)


# Causes ------------------------------------------------------------------------------------------


def _ticked(condition: str, key: str) -> None:
    held = state.plan().person.conditions
    others = [c for c in held if c != condition]
    state.change_person(conditions=chosen([*others, condition] if st.session_state[key] else others, held, tables()))


def _tick(c: Condition, held: bool) -> None:
    key = plan_field.follows(f"cause-{c.condition}", held)
    st.checkbox(c.label, held, key=key, on_change=_ticked, args=(c.condition, key))


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
        st.markdown(path_of_b12.steps(stations), unsafe_allow_html=True)  # as Markdown: st.html takes SVG out
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
