""" "About me": who the plan is for, as one line on every page that opens to be changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import words
from dashboard.care.find_condition import asked_about, chosen, common_first, find, goes_by, offered
from dashboard.estimate.assess import Assessment
from dashboard.plan import AGE_MAX_YEARS, Diet, LifeStage, Person, edit_person
from dashboard.quantities import Quantity, read_in
from dashboard.ui import estimates, plan_field, state, whose
from dashboard.ui.as_text import as_text
from dashboard.ui.number_field import number_field
from dashboard.ui.shell import tables
from dashboard.words import about_me as said_of
from dashboard.words import conditions as said


def _changed(field: str) -> None:
    value: Any = st.session_state[_key(field)]
    if value is None:  # a segmented control that was clicked off keeps its value
        return
    state.change_person(**{field: tuple(value) if isinstance(value, list) else value})


def _key(field: str) -> str:
    return plan_field.key(f"me_{field}")


def _follows(field: str, value: Any) -> str:
    return plan_field.follows(f"me_{field}", value)


#: Whether "About me" is open. While it is closed nothing of it is drawn, which every edit would pay for.
OPEN: Final = "about_me"


#: What stands above it on the page of this run; whether that page has it; and the page it was last drawn on.
_ABOVE: Final = "_above_about_me"
_WANTED: Final = "_about_me_wanted"
_PAGE: Final = "_about_me_page"


class _Summary(str):
    """A label that may change while what it opens stays as it is.

    For Streamlit a folded part with another label is another part: each change of "About me" closed it, with the focus inside. Which
    part it is comes from ``str`` of the label, which is the same for all of these; on screen stands the text itself.
    """

    __slots__ = ()

    def __str__(self) -> str:
        return OPEN


@contextmanager
def on_page(page: str) -> Iterator[None]:
    """Makes room for "About me" on the page that runs inside, and draws it there. ``page``: of this run, as the address names it.

    The entry has to make its place and to draw it. When Back is pressed, the browser sends only the fields that the entry drew:
    an age that was changed just before would be lost where both reach the server at once.
    """
    st.session_state[_ABOVE], st.session_state[_WANTED] = st.container(key="page_top"), False
    place = st.container(key="about_me_place")
    place.empty()  # a place with nothing in it would take no room
    yield
    if st.session_state[_WANTED]:
        if st.session_state.get(_PAGE, page) != page:
            st.session_state[OPEN] = False  # another page begins with its answer, not with these fields
        st.session_state[_PAGE] = page
        with place:
            _chip()


def above(*, has_about_me: bool = True) -> DeltaGenerator:
    """Where a page draws its title and its figure, which stays in view. "About me" stands below, where the page has it."""
    st.session_state[_WANTED] = has_about_me
    place: DeltaGenerator = st.session_state[_ABOVE]
    return place


def _chip() -> None:
    """Who the plan is for, in a few words; opens what can be changed."""
    person = state.plan().person
    whose.shown()
    summary = _Summary(as_text(said_of.summary(person, tables())))
    with st.expander(summary, icon=":material/person:", key=OPEN, on_change="rerun") as opened:
        if opened.open:
            fields(person)


def fields(person: Person) -> None:
    """Diet, age, life stage, what is left out, conditions and medicines, reference set."""
    known = tables()
    with st.grid(3, min_column_width=250):
        st.radio(
            said_of.EATS_FIELD,
            list(Diet),
            list(Diet).index(person.diet),
            key=_follows("diet", person.diet),
            format_func=words.DIET_LABELS.__getitem__,
            on_change=_changed,
            args=("diet",),
        )
        _age(person.age_years)
        st.selectbox(
            said_of.LIFE_STAGE_FIELD,
            list(LifeStage),
            list(LifeStage).index(person.life_stage),
            key=_follows("life_stage", person.life_stage),
            format_func=words.LIFE_STAGE_LABELS.__getitem__,
            on_change=_changed,
            args=("life_stage",),
        )
        st.multiselect(
            said_of.LEAVES_OUT_FIELD,
            [*known.exclusions, *(e for e in person.excludes if e not in known.exclusions)],
            list(person.excludes),
            key=_follows("excludes", list(person.excludes)),
            format_func=lambda e: known.exclusions[e].label if e in known.exclusions else e,
            on_change=_changed,
            args=("excludes",),
            placeholder=said_of.NOTHING,
        )
        sets, market = known.sets_offered(), known.market(person).market
        if person.reference_set not in sets:
            sets.append(person.reference_set)
        st.selectbox(
            said_of.COMPARE_FIELD,
            sets,
            sets.index(person.reference_set),
            key=_follows("reference_set", person.reference_set),
            format_func=lambda s: known.reference_sets[s].label if s in known.reference_sets else s,
            on_change=_changed,
            args=("reference_set",),
        )
        st.selectbox(
            words.SHOPS_IN,
            list(known.markets),
            list(known.markets).index(market),
            key=_follows("shops_in", market),
            format_func=lambda m: known.markets[m].label,
            on_change=_changed,
            args=("shops_in",),
            help=words.SHOPS_IN_HELP,
        )
    _conditions(person.conditions)


AGE_TYPED: Final = "_age_typed"


def _age(years: int) -> None:
    """The age in whole years. What cannot be an age is told and stays in the field; the plan keeps the last one that could."""
    typed, then = st.session_state.get(AGE_TYPED, ("", None))
    stands = typed if then == years else str(years)
    number_field(
        words.AGE_LABEL,
        "years",
        _follows("age_years", stands),
        value=stands,
        high=AGE_MAX_YEARS,
        whole=True,
        on_change=_age_changed,
    )
    if then == years:
        st.caption(f":red[{said_of.AGE_STAYS.format(years=years)}]")


def _age_changed() -> None:
    typed = str(st.session_state[_key("age_years")])
    found = read_in(typed, tables().units, "years", 0, AGE_MAX_YEARS, whole=True)
    if isinstance(found, Quantity) and not found.bound:
        st.session_state.pop(AGE_TYPED, None)
        state.change_person(age_years=int(found.value))
    else:
        st.session_state[AGE_TYPED] = (typed, state.plan().person.age_years)


def effect(a: Assessment) -> None:
    """What the conditions and medicines of the person do, where they were just named: each in words, and all of them in figures."""
    if not a.conditions:
        return
    without = estimates.assessment(edit_person(a.plan, conditions=()))
    said = [f"**{as_text(said_of.condition(c.condition, tables()))}.** {as_text(c.text)}" for c in a.conditions]
    st.info("\n\n".join((*said, as_text(said_of.effect(a, without)))), icon=":material/sync_alt:")


FIND: Final = "find_condition"
#: So many of those that many people have are offered without a search.
COMMON_MAX: Final = 6


def _conditions(held: tuple[str, ...]) -> None:
    """Conditions and medicines: found by plain words or chosen from the list, with what is asked about them."""
    known, named = tables(), [c for c in held if c not in tables().rules.details]
    common = [c.condition for c in common_first(known)][:COMMON_MAX]
    st.pills(
        said.CONDITIONS,
        [*common, *(c for c in named if c not in common)],
        selection_mode="multi",
        wrap=True,
        default=named,
        key=_follows("conditions", named),
        format_func=lambda c: as_text(known.condition_label(c)),
        on_change=_conditions_changed,
        help=words.CONDITIONS_PRIVATE,
    )
    typed = st.text_input(said.FIND, key=FIND, placeholder=said.FIND_EXAMPLE, on_change=_found_by_name) or ""
    found = find(typed, known) if typed.strip() else ()
    if typed.strip() and not found:
        st.caption(said.FOUND_NOTHING)
    for match in offered(found, held, known) if typed.strip() else ():
        st.button(
            as_text(said.found(match)),
            key=f"found-{match.condition.condition}",
            icon=":material/add:",
            type="tertiary",
            on_click=_add_condition,
            args=(match.condition.condition,),
        )
    effect(state.assessment())
    for detail in asked_about(held, known):
        answered = detail.detail in held
        st.checkbox(detail.question, answered, key=_follows(detail.detail, answered), on_change=_answer, args=(detail.detail,))
    if held:
        st.checkbox(
            said_of.IN_LINK,
            state.shares_conditions(),
            key=_follows("share", state.shares_conditions()),
            on_change=lambda: state.share_conditions(st.session_state[_key("share")]),
            help=words.CONDITIONS_PRIVATE,
        )


def _conditions_changed() -> None:
    state.change_person(conditions=chosen(st.session_state[_key("conditions")], state.plan().person.conditions, tables()))


def _found_by_name() -> None:
    """A name that only one condition or medicine goes by adds it at once; any other word shows what it leads to."""
    match = goes_by(st.session_state[FIND], tables())
    if match and match.condition not in state.plan().person.conditions:
        _add_condition(match.condition)


def _add_condition(condition: str) -> None:
    st.session_state[FIND] = ""
    held = state.plan().person.conditions
    state.change_person(conditions=chosen([*held, condition], held, tables()))


def _answer(detail: str) -> None:
    held = set(state.plan().person.conditions) ^ {detail}
    state.change_person(conditions=chosen(held, held, tables()))
