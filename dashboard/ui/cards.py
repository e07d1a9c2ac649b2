"""What would help, as cards with the same five facts: the one recommendation first, the rest folded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from dashboard import plan as edits
from dashboard import words
from dashboard.advice import changes
from dashboard.advice.advise import Advice, RegimenOffer
from dashboard.advice.food_edits import Edit
from dashboard.advice.regimens import RegimenEffect
from dashboard.advice.suggest import Suggestion, needed
from dashboard.pictures import days, html
from dashboard.plan import Plan, Supplement
from dashboard.tables.care import Guideline
from dashboard.tables.read import load_care_tables
from dashboard.ui import added, estimates, forms_shown, paper, show, state, tables_shown
from dashboard.ui.as_text import as_text, bold
from dashboard.ui.shell import tables
from dashboard.words import at_a_glance, offers
from dashboard.words import suggestions as said

#: The regimens that were on offer when one of them was put into the plan.
HELD: Final = "_regimens_held"
#: The change of food that was put into the plan, with its card as it stood there.
HELD_FOOD: Final = "_food_held"
#: The folded parts that stood on the page, so that none of them goes from under the finger with what was added.
FOLDS: Final = "_folds_stood"
#: What a card offers.
Offered = Suggestion | RegimenEffect


def _changes(plan: Plan) -> tuple[changes.Change, ...]:
    return estimates.kept("changes", plan, lambda: changes.changes(estimates.advice(plan), tables()))


def leads(advice: Advice) -> None:
    """What comes first for this person."""
    st.markdown(said.first_of_all(advice))


def offered(advice: Advice) -> None:
    """The one recommendation, the same as on Plan; the rest folded: other ways, ways of change, forms and doses."""
    foods = state.suggestions()
    choices = _choices(advice)
    elsewhere = advice.before_foods is not None or bool(_held())
    first = choices if elsewhere else foods[:1]
    rest: tuple[Offered, ...] = foods if elsewhere else (*foods[1:], *choices)
    # In a place of its own, so that the cards keep theirs.
    with st.container():
        if not elsewhere and first:
            st.markdown(bold(offers.next_step(foods[0], advice)))
        _said_instead(advice, foods, choices)
    if first:
        _cards(first, advice)
        _cautions(first, advice)
    elif still := _held_food():
        _still(*still, advice)
    # Each in a place of its own: one that goes must not make those below anew.
    stood: tuple[str, ...] = st.session_state.get(FOLDS, ()) if added.just() else ()
    with st.container():
        if rest:
            alone = elsewhere and not first
            title = said.FOODS_ONLY_TITLE if alone else said.OTHERS_TITLE
            with st.expander(title.format(count=len(rest)), expanded=alone, key="fold-others"):
                if choices and not elsewhere and offers.nothing_missing(advice):
                    st.write(said.INSTEAD)
                _cards(rest, advice)
                _cautions(rest, advice)
        elif "others" in stood:
            _emptied(said.OTHERS_TITLE.format(count=0), "fold-others")
    with st.container():
        _disliked(advice)
        ways(advice)
        if "ways" in stood and not needed(advice):
            _emptied(said.CHANGES_TITLE, "ways")
    drawn = {"others": bool(rest), "ways": needed(advice)}
    st.session_state[FOLDS] = tuple(part for part, shown in drawn.items() if shown or part in stood)
    if advice.regimens is not RegimenOffer.NO:
        forms_shown.compared(advice)
    if advice.compares_doses:
        forms_shown.one_dose(advice)
        forms_shown.same(advice)
    paper.folded(
        [
            *([said.CHANGES_TITLE] if needed(advice) and not st.session_state.get("ways") else []),
            *([said.DOSE_TITLE] if advice.compares_doses and not st.session_state.get("one_dose") else []),
            *([said.EQUIVALENTS_TITLE] if advice.compares_doses else []),
        ]
    )


def _emptied(title: str, key: str) -> None:
    """A folded part in its place, with nothing left to show."""
    with st.expander(title, key=key):
        st.write(said.NOTHING_NOW)


def _choices(advice: Advice) -> tuple[RegimenEffect, ...]:
    """The few regimens that lead and that the person may choose among."""
    if not advice.may_choose:
        return ()
    first = _held() or advice.first_regimens
    return tuple(e for e in state.regimens() if e.regimen.regimen in first and e.advice != "clinician")


def _held() -> tuple[str, ...]:
    """Right after one of them was added: the regimens that stood there, so that it stays where it was pressed, as "In your plan"."""
    return st.session_state.get(HELD, ()) if added.just() else ()


def _held_food() -> tuple[Suggestion, at_a_glance.Card] | None:
    """Right after a change of food was added: it stays where it was pressed, as "In your plan", when no other takes its place."""
    held: tuple[Suggestion, at_a_glance.Card] | None = st.session_state.get(HELD_FOOD) if added.just() else None
    return held


def _take_food(s: Suggestion, card: at_a_glance.Card) -> None:
    """Callback: puts a change of food into the plan."""
    st.session_state.pop(HELD, None)
    st.session_state[HELD_FOOD] = (s, card)
    added.add(s.apply)


def _grid() -> Any:
    """Cards side by side, as many as fit."""
    return st.grid(3, min_column_width=300)


def _box() -> Any:
    """The frame of one card, as high as those beside it."""
    return st.container(border=True, height="stretch", vertical_alignment="distribute")


def _still(s: Suggestion, card: at_a_glance.Card, advice: Advice) -> None:
    """The card of a change of food that was added, with nothing left to press."""
    with _grid(), _box():
        _card(card)
        st.button(said.IN_PLAN, key="food-in-plan", icon=":material/check:", disabled=True)
    _cautions((s,), advice)


def _take(supplement: Supplement, beside: tuple[str, ...]) -> None:
    """Callback: puts a regimen into the plan, in place of another supplement."""
    st.session_state.pop(HELD_FOOD, None)
    st.session_state[HELD] = beside
    added.add(edits.take_instead, supplement)


def _said_instead(advice: Advice, foods: Sequence[Suggestion], choices: Sequence[RegimenEffect]) -> None:
    """Why there is no change of food, or no regimen to choose."""
    if not foods:
        st.write(offers.nothing_to_suggest(advice))
    if not choices and (told := offers.no_plans(advice)):
        st.write(told)


def _cards(shown: Sequence[Offered], advice: Advice) -> None:
    """Cards of equal height with the same five facts."""
    if not shown:
        return
    found = state.suggestions()
    beside = tuple(o.regimen.regimen for o in shown if isinstance(o, RegimenEffect))
    with _grid():
        for offer in shown:
            with _box():
                if isinstance(offer, RegimenEffect):
                    _card(at_a_glance.of_regimen(offer, advice))
                    _add_regimen(offer, advice, beside)
                else:
                    card = at_a_glance.of_food(offer, advice, said.card(offer, advice.assessment))
                    _card(card)
                    _add_food(found.index(offer), offer, card)


def _card(card: at_a_glance.Card) -> None:
    with st.container(gap="small"):
        st.markdown("  \n".join(map(bold, card.title)))
        st.html(html.facts(card.facts))
        if card.notes:
            st.caption(as_text(" ".join(card.notes)))


def _add_food(n: int, s: Suggestion, card: at_a_glance.Card) -> None:
    with st.container(horizontal=True):
        st.button(said.ADD, key=f"suggest-{n}", icon=":material/add:", on_click=_take_food, args=(s, card))
        st.button(
            said.NOT_FOR_ME,
            key=f"dislike-{n}",
            icon=":material/thumb_down:",
            type="tertiary",
            help=said.NOT_FOR_ME_HELP,
            on_click=state.edit,
            args=(_dislike, s.edits),
        )


def _add_regimen(e: RegimenEffect, advice: Advice, beside: tuple[str, ...]) -> None:
    if not e.supplement:
        st.caption(said.PICK_FOODS)
        return
    held = e.supplement in advice.assessment.plan.supplements
    st.button(
        said.IN_PLAN if held else said.ADD,
        key=f"regimen-{e.regimen.regimen}",
        icon=":material/check:" if held else ":material/add:",
        disabled=held,
        on_click=_take,
        args=(e.supplement, beside),
    )


def _cautions(shown: Sequence[Offered], advice: Advice) -> None:
    """What to mind with what is offered, each caution once."""
    foods = [s for s in shown if isinstance(s, Suggestion)]
    told = [*at_a_glance.cautions(e for e in shown if isinstance(e, RegimenEffect)), *at_a_glance.food_cautions(foods, advice)]
    if any(s.fortified for s in foods):
        told += [words.FORTIFIED_VARIES, _folic_acid().text]
    if told:
        st.markdown(f"**{at_a_glance.CAUTIONS_TITLE}**" + "".join(f"\n- {as_text(caution)}" for caution in told))


def _folic_acid() -> Guideline:
    """What fortified food can bring besides: much folic acid can hide low B12."""
    return next(row for row in load_care_tables().guidelines if row.guideline == "folic-acid")


def sources(advice: Advice) -> list[str]:
    """Sources of the page: foods and target, forms, and the caution on folic acid."""
    forms = {s for e in state.regimens() for s in e.regimen.source_ids}
    return sorted({*advice.assessment.source_ids, *advice.source_ids, *forms, *_folic_acid().source_ids})


def _dislike(plan: Plan, disliked: tuple[Edit, ...]) -> Plan:
    """The plan with the foods of a suggestion not to be offered again."""
    for food_id in {e.food.id for e in disliked} - set(plan.dislikes):
        plan = edits.dislike(plan, food_id)
    return plan


def _disliked(advice: Advice) -> None:
    """What is not offered any more, each with a way back."""
    if not advice.assessment.plan.dislikes:
        return
    st.caption(said.DISLIKED)
    with st.container(horizontal=True):
        for food_id in advice.assessment.plan.dislikes:
            food = tables().foods.get(food_id)
            st.button(
                as_text(food.name if food else food_id),
                key=f"offer-again-{food_id}",
                icon=":material/undo:",
                type="tertiary",
                help=said.OFFER_AGAIN,
                on_click=state.edit,
                args=(edits.dislike, food_id),
            )


def ways(advice: Advice) -> None:
    """The plans of change side by side, then the week before and after the one that is picked. Worked out once they are opened."""
    if not needed(advice):
        return
    with st.expander(said.CHANGES_TITLE, key="ways", on_change="rerun") as opened:
        if opened.open:
            _ways(_changes(advice.assessment.plan), advice)


def _ways(found: Sequence[changes.Change], advice: Advice) -> None:
    a = advice.assessment
    with st.grid(4, min_column_width=210):
        for c in found:
            with st.container(border=True, height="stretch"):
                _way(c, advice)
    done = {c.way: c for c in found if c.after}
    if not done:
        return
    key = st.segmented_control(said.BEFORE_AFTER, list(done), format_func=said.WAY_LABELS.__getitem__, key="way_shown")
    after = done[key].after if key else None
    if after:
        show.picture(days.towers(after, a), tables_shown.before_after(a, after), said.alt_before_after(a, after))


def _way(c: changes.Change, advice: Advice) -> None:
    st.markdown(f"**{said.WAY_LABELS[c.way]}**")
    st.markdown("  \n".join(map(as_text, said.change(c, advice).splitlines())))
    if c.after is None:
        return
    st.markdown(said.change_effect(c, advice))
    if caution := said.change_advice(c):
        st.caption(caution)
    st.button(
        said.PROPOSE, key=f"propose-{c.way}", icon=":material/compare_arrows:", help=said.PROPOSE_HELP, on_click=state.edit, args=(c.apply,)
    )
