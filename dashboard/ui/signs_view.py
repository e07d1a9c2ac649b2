"""The tab on signs: ticks in, whether and how soon to see whom out.

What is ticked lives in plain widgets only. They are not bound to the address and not kept across pages, so it is gone with the
page. Nothing of it is logged.
"""

from __future__ import annotations

import streamlit as st

from dashboard.care.signs import Answers, Triage, implied, triage
from dashboard.estimate.assess import Assessment
from dashboard.rules.facts import facts
from dashboard.tables.care import RiskFactor
from dashboard.tables.cited import Cited
from dashboard.tables.read import load_care_tables
from dashboard.tables.when import Facts
from dashboard.ui import reveal, where_from
from dashboard.ui.shell import tables
from dashboard.words import care as words


def known(a: Assessment) -> Facts:
    """What the plan says about the person, for the rules of the care tables."""
    return facts(a, tables())


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


def symptom_sources() -> list[str]:
    """Sources of the page on signs and blood tests."""
    care_tables = load_care_tables()
    rows: list[Cited] = [*care_tables.symptoms.values(), *care_tables.red_flags.values(), *care_tables.risks.values()]
    rows += [*care_tables.rules, *care_tables.tests, *care_tables.cautions]
    return sorted({s for row in rows for s in row.source_ids})
