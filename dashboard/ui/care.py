"""The pages on causes, signs and blood tests: pictures, ticks and answers.

What is ticked or typed about signs and blood tests lives in plain widgets only. They are not bound to the address and
not kept across pages, so it is gone with the page. Nothing of it is logged.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from html import escape
from uuid import uuid4

import streamlit as st

from dashboard.advice.advise import Advice
from dashboard.care import blood_tests, reminder
from dashboard.care import causes as care
from dashboard.care.blood_tests import Result, ResultError, SchemeBands
from dashboard.care.causes import Effect, Station
from dashboard.care.find_condition import chosen
from dashboard.care.signs import Answers, Triage, implied, triage
from dashboard.estimate.assess import Assessment, assess
from dashboard.estimate.provenance import of_condition
from dashboard.pictures.palette import Palette
from dashboard.plan import edit_person
from dashboard.rules.facts import facts
from dashboard.tables.care import LifeStageText, RiskFactor
from dashboard.tables.cited import Cited
from dashboard.tables.read import load_care_tables
from dashboard.tables.science import Condition
from dashboard.tables.when import Facts
from dashboard.ui import colours, made_files, reveal, state, where_from
from dashboard.ui.number_field import number_field
from dashboard.ui.shell import tables
from dashboard.words import care as words

REMINDER_MONTHS = (1, 3, 6, 12)
#: On the day, at nine in the morning.
REMINDER_RINGS = timedelta(hours=9)


def known(a: Assessment) -> Facts:
    """What the plan says about the person, for the rules of the care tables."""
    return facts(a, tables())


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
    with left:
        st.write(words.CAUSES_INTRO)
        ticks(a)
    with right:
        st.subheader(words.PATH_TITLE, anchor=False)
        st.markdown(path_svg(stations), unsafe_allow_html=True)
        st.caption(words.PATH_NOTE)
    without = assess(edit_person(a.plan, conditions=()), tables()) if a.conditions else a
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
    steps = {s.step: s for s in load_care_tables().path}
    with st.expander(words.PATH_TITLE):
        for step in steps.values():
            st.markdown(f"- **{step.label}.** {step.text}")
    for kind, label in words.KIND_LABELS.items():
        with st.expander(label):
            for c in tables().conditions.values():
                if c.kind == kind:
                    st.markdown(f"- **{c.label}.** *{words.does(c, care.effect(c))}* {c.text} {c.helps}")
    with st.expander(words.KIND_RISKS):
        for r in load_care_tables().risks.values():
            if r.kind == "risk" and "any-medicine" not in r.when.words:
                st.markdown(f"- **{r.label}.** {r.text}")


def _stage(s: LifeStageText) -> None:
    st.markdown(f"**{s.label}.** {s.text} {s.helps}")


def life_stages(a: Assessment) -> None:
    """The life stages that apply, the others folded away."""
    st.subheader(words.STAGES_TITLE, anchor=False)
    stages = load_care_tables().life_stages
    mine = [s for s in stages if s.stage in known(a)]
    for s in mine:
        _stage(s)
    with st.expander(words.STAGES_OTHER):
        for s in stages:
            if s not in mine:
                _stage(s)


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
    st.page_link("pages/suggestions.py", label=words.FORMS_LINK)


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
    show_reminder(a)


# Signs -------------------------------------------------------------------------------------------


def show_answer(t: Triage) -> None:
    """Whether and how soon to see whom, as loud as it is urgent."""
    box = st.error if t.red else st.warning if t.rule.urgency in ("soon", "appointment") else st.info
    see = "".join(f"\n\n**{words.RED_SEE}:** {place}" for place in dict.fromkeys(f.see for f in t.red_flags))
    own = " ".join(dict.fromkeys(f.text for f in t.red_flags))
    icon = ":material/emergency:" if t.red else ":material/stethoscope:"
    box(f"### {t.rule.outcome}\n\n{own} {t.rule.reason}{see}\n\n{'' if t.red_flags else words.counted(t)}", icon=icon)


def _ticked(prefix: str, rows: dict[str, str]) -> frozenset[str]:
    return frozenset(name for name, label in rows.items() if st.checkbox(label, key=f"{prefix}-{name}"))


def _red_flags(plan_says: Facts) -> frozenset[str]:
    """The signs that cannot wait, each with its answer under its own tick."""
    found: frozenset[str] = frozenset()
    with st.container(border=True, gap="xsmall"):
        st.subheader(f":red[:material/emergency:] {words.RED_TITLE}", anchor=False)
        st.error(words.RED_INTRO)
        with st.grid(2, min_column_width=300):
            flags = list(load_care_tables().red_flags.values())
            half = (len(flags) + 1) // 2
            for part in (flags[:half], flags[half:]):
                with st.container(gap="xsmall"):
                    for flag in part:
                        if _ticked("red", {flag.sign: flag.label}):
                            found |= {flag.sign}
                            with reveal.revealed(flag.sign):
                                show_answer(triage(Answers(frozenset({flag.sign})), plan_says, load_care_tables()))
    return found


def _signs() -> tuple[frozenset[str], bool]:
    st.subheader(words.SIGNS_TITLE, anchor=False)
    st.caption(words.SIGNS_INTRO)
    found: frozenset[str] = frozenset()
    with st.grid(3, min_column_width=260):
        for group, label in words.GROUP_LABELS.items():
            with st.container(gap="xsmall"):
                st.markdown(f"**{label}**")
                found |= _ticked("sign", {s.symptom: s.label for s in load_care_tables().symptoms.values() if s.group == group})
    return found, st.checkbox(words.NO_SIGN, key="sign-none")


def _risks(from_plan: tuple[RiskFactor, ...]) -> frozenset[str]:
    st.subheader(words.RISKS_TITLE, anchor=False)
    for r in from_plan:
        st.markdown(f"- {r.label} *({words.FROM_ENTRIES})*")
    asked = [r for r in load_care_tables().risks.values() if r.asked and r not in from_plan]
    found: frozenset[str] = frozenset()
    half = (len(asked) + 1) // 2
    with st.grid(2, min_column_width=300):
        for part in (asked[:half], asked[half:]):
            with st.container(gap="xsmall"):
                found |= _ticked("risk", {r.risk: r.label for r in part})
    return found


def check(a: Assessment) -> None:
    """Signs and risks in, words out: whether and how soon to see whom."""
    care_tables, plan_says = load_care_tables(), known(a)
    st.subheader(words.SYMPTOMS_TITLE, anchor=False)
    red = _red_flags(plan_says)
    signs, none = _signs()
    risks = _risks(implied(care_tables.risks.values(), plan_says))
    t = triage(Answers(red, signs, risks), plan_says, care_tables)
    st.subheader(words.ANSWER_TITLE, anchor=False)
    if red or signs or risks or none:
        show_answer(t)
        where_from.of_rows({t.rule.outcome: t.rule, **{f.label: f for f in t.red_flags}}, key="answer")
        st.caption(words.ANSWER_LIMITS)
    else:
        st.write(words.ANSWER_PROMPT)


# Blood tests -------------------------------------------------------------------------------------

#: How far a picture reaches, as a multiple of its highest edge and of a value beyond that.
_BEYOND_EDGE, _BEYOND_VALUE = 1.5, 1.05
#: Narrower bands are drawn without a word in them. [% of the picture]
_ROOM_FOR_A_WORD = 14


def bands_svg(s: SchemeBands, result: Result) -> str:
    """One source's bands from 0 upwards with the result as a line, and the laboratory's own range as a strip below."""
    tint = colours.current()
    worst, between = dict.fromkeys(("low", "raised", "large"), tint.gap), dict.fromkeys(("unclear", "edge"), tint.natural)
    fills = {**worst, **between, "above": tint.before}
    last = max(edge for r in s.rows for edge in (r.low, r.high) if edge is not None)
    top = max(last * _BEYOND_EDGE, result.value * _BEYOND_VALUE)
    drawn = []
    for r in s.rows:
        left, right = 100 * (r.low or 0) / top, 100 * (top if r.high is None else r.high) / top
        drawn.append(
            f'<rect x="{left:.2f}%" y="6" width="{right - left:.2f}%" height="24" fill="{fills.get(r.band, tint.usable)}" '
            f'fill-opacity=".22" stroke="{tint.grid}"/>'
        )
        if right - left > _ROOM_FOR_A_WORD:
            middle = (left + right) / 2
            drawn.append(f'<text x="{middle:.2f}%" y="22" font-size="12" text-anchor="middle">{escape(words.BAND_SHORT[r.band])}</text>')
        if r.high is not None:
            anchor = "end" if r.band == "not-raised" and len(s.rows) > 2 else "start" if r.band == "edge" else "middle"
            drawn.append(f'<text x="{right:.2f}%" y="45" font-size="12" text-anchor="{anchor}">{words.figure(r.high)}</text>')
    if result.against_lab:
        left, right = 100 * (result.lab_low or 0) / top, min(100.0, 100 * (top if result.lab_high is None else result.lab_high) / top)
        drawn.append(f'<rect x="{left:.2f}%" y="30" width="{max(0.0, right - left):.2f}%" height="4" fill="{tint.supplement}"/>')
    at = 100 * result.value / top
    drawn.append(f'<line x1="{at:.2f}%" x2="{at:.2f}%" y1="0" y2="34" stroke="{tint.target}" stroke-width="4"/>')
    label = escape(words.alt_bands(s, result), quote=True)
    return f'<svg role="img" aria-label="{label}" width="100%" height="50" fill="{tint.text}">{"".join(drawn)}</svg>'


def result_fields(test: str, name: str = "blood") -> Result | None:
    """The inputs of one test, with keys of a name. A value that cannot be is told and not used."""
    care_tables = load_care_tables()
    choices = {u.unit: u for u in blood_tests.units(care_tables.tests, test)}
    st.markdown(f"**{words.TEST_LABELS[test]}**")
    with st.container(horizontal=True, vertical_alignment="top", gap="small"):
        # The unit is read first, since it says how the number is understood.
        place = st.container(width=190)
        unit = choices[st.selectbox(words.UNIT_LABEL, list(choices), key=f"{name}-{test}-unit", width=120)]
        with place:
            value = number_field(words.TEST_LABELS[test], unit.unit, f"{name}-{test}", bounds=True)
        low = number_field(words.LAB_LOW, unit.unit, f"{name}-{test}-low", width=160).value
        high = number_field(words.LAB_HIGH, unit.unit, f"{name}-{test}-high", width=160).value
    if value.value is None:
        return None
    try:
        result = Result(blood_tests.inside(value.value, value.bound), unit, low, high, value.bound)
    except ResultError as error:
        st.error(words.refused(error), icon=":material/error:")
        return None
    if not blood_tests.one_band(care_tables.tests, result, value.bound):
        st.error(words.BOUND_UNCLEAR, icon=":material/error:")
        return None
    return result


def _placed(result: Result, adult: bool) -> None:
    schemes = blood_tests.bands(load_care_tables().tests, result) if adult else ()
    if result.against_lab:
        st.markdown(f"{words.lab(result)} {words.LAB_STRIP if adult else ''}")
    if not adult:
        st.info(words.BLOOD_ADULT)
    for s in schemes:
        st.markdown(words.placed(s, result))
        st.markdown(bands_svg(s, result), unsafe_allow_html=True)
    if adult:
        st.markdown(f"→ {words.next_step((s.found.band for s in schemes), result.against_lab)}")
        where_from.of_rows({s.scheme: s.found for s in schemes}, key=f"blood-{result.unit.test}")


def _mislead(chosen: list[str], plan_says: Facts) -> None:
    if not chosen:
        return
    with st.container(border=True):
        st.markdown(f"**{words.MISLEAD_TITLE}**")
        for caution, mine in blood_tests.cautions(load_care_tables().cautions, chosen, plan_says):
            st.markdown(f"- {words.caution(caution, chosen, mine)}")


def _combined(results: dict[str, Result], a: Assessment) -> None:
    """The combined indicator of all four results, with its uncertainty and mark."""
    with st.container(border=True):
        st.markdown(f"**{words.TEST_LABELS[blood_tests.CB12]}**")
        four = [results[test].base for test in blood_tests.CB12_NEEDS]
        indicator = blood_tests.combined_indicator(*four, age_years=a.plan.person.age_years, parameters=tables().parameters)
        rows = [r for r in load_care_tables().tests if r.kind == "band" and r.test == blood_tests.CB12]
        low, middle, high = (blood_tests.find(x, rows) for x in (indicator.low, indicator.value, indicator.high))
        st.write(words.combined(indicator, low, high, middle, tables().parameters["cb12_result_spread"].value))
        st.caption(words.CB12_NOTE)


def blood(a: Assessment) -> None:
    """Results on the published bands, with what can mislead."""
    st.subheader(words.BLOOD_TITLE, anchor=False)
    st.write(words.BLOOD_INTRO)
    adult = not known(a) & {"infant", "child"}
    offered = [test for test in words.TEST_LABELS if test != blood_tests.CB12]
    picked = st.pills(words.BLOOD_WHICH, offered, selection_mode="multi", format_func=words.TEST_LABELS.__getitem__, key="blood")
    chosen = [test for test in offered if test in picked]
    if not chosen:
        st.write(words.BLOOD_NONE)
    results = {}
    for test in chosen:
        with st.container(border=True):
            result = result_fields(test)
            if result:
                results[test] = result
                _placed(result, adult)
    if adult and set(blood_tests.CB12_NEEDS) <= set(results):
        _combined(results, a)
        chosen = [*chosen, blood_tests.CB12]
    _mislead(chosen, known(a))


def symptom_sources() -> list[str]:
    """Sources of the page on signs and blood tests."""
    care_tables = load_care_tables()
    rows: list[Cited] = [*care_tables.symptoms.values(), *care_tables.red_flags.values(), *care_tables.risks.values()]
    rows += [*care_tables.rules, *care_tables.tests, *care_tables.cautions]
    return sorted({s for row in rows for s in row.source_ids})
