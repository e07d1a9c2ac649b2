"""The headline: whole on the Plan page, one quiet line elsewhere, and the one best next step."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

import streamlit as st

from dashboard import words
from dashboard.advice.advise import Advice
from dashboard.estimate.assess import Assessment
from dashboard.pictures import week
from dashboard.ui import about_me, added, colours, shell, state, verdict_card
from dashboard.ui.as_text import bold
from dashboard.words import notices, offers, quiet_line
from dashboard.words import verdict as verdict_words

#: The bar ends at so many targets; one that goes on is marked.
TARGETS_SHOWN: Final = 4


def bar(a: Assessment, before: Assessment | None = None) -> str:
    """The intake as a bar against the target line, as SVG that scales to any width.

    Natural, added and supplement stand side by side in the bar; what is known to be missing to the target is hollow.
    The intake of the baseline, where one is kept, is a thin bar below.
    """
    if a.target is None:
        return ""
    tint = colours.current()
    most_ug = max(a.intake_ug, before.intake_ug if before else 0.0)
    top = max(a.target.intake_ug * 1.25, min(most_ug, a.target.intake_ug * TARGETS_SHOWN) * 1.05)
    amounts = {"natural": a.natural_ug, "added": a.added_ug, "supplement": a.supplement_ug}
    fills = week.fills(tint)
    rects, left = [], 0.0
    for name, amount in amounts.items():
        width = min(100 * amount / top, 100 - left)
        if width > 0:
            rects.append(
                f'<rect x="{left:.2f}%" y="4" width="{width:.2f}%" height="14" fill="{fills[name]}">'
                f"<title>{name} {words.amount_ug(amount)}</title></rect>"
            )
        left += width
    if most_ug > TARGETS_SHOWN * a.target.intake_ug:
        # The bar goes on: two slashes at its end say so.
        rects += [f'<line x1="{x}%" y1="22" x2="{x + 0.8}%" y2="0" stroke="{tint.surface}" stroke-width="4"/>' for x in (96, 97.5)]
    line = 100 * a.target.intake_ug / top
    if left < line and not a.nothing_to_judge:
        rects.append(
            f'<rect x="{left:.2f}%" y="4" width="{line - left:.2f}%" height="14" fill="none" stroke="{tint.gap}" stroke-dasharray="4 3"/>'
        )
    if a.nothing_to_judge and left == 0:
        # Nothing is known of the intake: the room for it is shown, so that the target does not stand alone.
        rects.append(f'<rect x="0" y="4" width="{line:.2f}%" height="14" fill="none" stroke="{tint.unknown}" stroke-dasharray="1.5 3"/>')
    height = 22
    if before:
        height = 30
        rects.append(f'<rect x="0" y="21" width="{min(100 * before.intake_ug / top, 100):.2f}%" height="6" fill="{tint.before}"/>')
    rects.append(f'<line x1="{line:.2f}%" x2="{line:.2f}%" y1="0" y2="{height}" stroke="{tint.target}" stroke-width="3"/>')
    label = verdict_words.bar_alt(a, before)
    return (
        f'<svg role="img" aria-label="{escape(label)}" width="100%" height="{height}"><defs>{week.defs(tint)}</defs>{"".join(rects)}</svg>'
    )


def _figure(advice: Advice) -> str:
    """The intake and what it is compared with."""
    compared = verdict_words.compared_with(advice)
    target = escape(verdict_words.beside_figure(compared))
    whose = escape(f" ({words.target_label(compared)})") if compared else ""
    intake = escape(words.intake(advice.assessment))
    return " ".join((intake, f'<span class="b12-target">{target}<span class="b12-wide">{whose}</span></span>'))


def figure_html(advice: Advice) -> str:
    """The figure and its bar, which stay in view; without a target where the app plans for nobody."""
    drawn = bar(advice.assessment, state.baseline()) if verdict_words.compared_with(advice) else ""
    return f'<div class="b12-figure">{_figure(advice)}</div>{drawn}'


def verdict_html(advice: Advice) -> str:
    """What the figure means, in words; for whom the app does not plan, only that, and what is not in the figure."""
    a = advice.assessment
    before = state.baseline()
    compared = before if advice.plans else None
    since = f'<div class="b12-line"><span class="b12-before">{escape(words.since(a, compared))}</span></div>' if compared else ""
    return verdict_card.html(advice, since)


def quiet_html(advice: Advice) -> str:
    """The figure and the verdict in one line."""
    said = f'<span class="b12-short">{escape(quiet_line.quiet_line(advice))}</span>'
    if not advice.plans:
        return f'<div class="b12-one-line">{said}</div>'
    return f'<div class="b12-one-line"><span class="b12-figure">{_figure(advice)}</span> · {said}</div>'


def quiet(title: str) -> Advice:
    """The title of a page and one line, which stays in view, on every page but Plan; answers the advice it shows."""
    with about_me.above():
        st.header(title, anchor=False)
        advice = state.advice()
        with st.container():
            warn(advice)
        with st.container(key="headline", gap="xsmall"):
            st.markdown(quiet_html(advice), unsafe_allow_html=True)
            added.said()
    return advice


def show(advice: Advice) -> None:
    """The whole headline, its figure in view."""
    with st.container():
        warn(advice)
    # Always there, so that what stands below keeps its place.
    with st.container(key="headline", gap="xsmall"):
        if advice.plans:
            st.markdown(figure_html(advice), unsafe_allow_html=True)
        added.said()
    with st.container(key="verdict", gap="xsmall"):
        st.markdown(verdict_html(advice), unsafe_allow_html=True)


def show_next_step(advice: Advice) -> None:
    """The one step that would help most. It takes longest to find, so a page may draw the rest before."""
    best = next(iter(state.suggestions(1)), None)
    said = offers.step_in_card(best, advice)
    if not said:
        return
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        st.markdown(bold(said), width="stretch")
        if advice.before_foods is not None and advice.plans:
            shell.page_link("suggestions", label=words.SUGGESTIONS_TITLE)
        elif best:
            st.button(
                offers.ADD_BEST,
                key="add_best",
                type="primary",
                on_click=added.add,
                args=(best.apply,),
                help=offers.ADD_BEST_HELP,
            )


def warn(advice: Advice) -> None:
    """What cannot wait stands above every figure."""
    for notice in notices.urgent(advice):
        st.error(notice.text, icon=":material/emergency:")


def flags(advice: Advice, *, with_card: bool = False) -> None:
    """What has to be told beside the figures, most urgent first; what cannot wait stands above them already.

    ``with_card``: the verdict's card stands on the page, and what it says is not said again.
    """
    told_beside(notices.below_card(advice) if with_card else notices.beside(advice))


def told_beside(told: Iterable[notices.Notice]) -> None:
    """Some notices, those that call for a clinician in a box of their own."""
    told = tuple(told)
    if grave := [notice.text for notice in told if notice.level == "clinician"]:
        st.warning("\n\n".join(grave), icon=":material/stethoscope:")
    if others := [notice.text for notice in told if notice.level != "clinician"]:
        st.info("\n\n".join(others), icon=":material/info:")
