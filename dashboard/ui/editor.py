"""The plan's editor: days, meals, foods, amounts, supplements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import streamlit as st

from dashboard import plan as edits
from dashboard import words
from dashboard.estimate.assess import Assessment
from dashboard.estimate.intake import Eaten, foods_of
from dashboard.foods.search import search
from dashboard.plan import DOSE_MAX_UG, GRAMS_MAX, MEALS, TIMES_PER_WEEK_MAX, Item, Place, Plan, PlanError, Supplement, link
from dashboard.tables.foods import DIET_MAY_EAT, Food
from dashboard.ui import browser, state
from dashboard.ui.as_text import as_text, bold
from dashboard.ui.shell import tables
from dashboard.weeks.stand_ins import StandIn, stand_ins
from dashboard.words import offers
from dashboard.words import quick_check as said

MATCHES: Final = 8
GRAMS: Final = "grams"
ADDED: Final = "_foods_added"
ADDED_LAST: Final = "_food_added_last"
MISFITS_OPEN_MAX: Final = 4


def day_shown(a: Assessment) -> int:
    """The day tabs; answers the number of the day to show."""
    days = a.plan.days
    if len(days) == 1:
        st.subheader(days[0].name, anchor=False)
        return 0
    if st.session_state.get("day") not in range(len(days)):
        st.session_state["day"] = 0
    chosen = st.segmented_control(
        "Day, with its B12 in µg",
        range(len(days)),
        key="day",
        required=True,
        persist_state="session",
        format_func=lambda d: f"{words.short_day(days[d].name)} · {words.amount_ug(a.days[d].intake_ug).removesuffix(' µg')}",
        wrap=True,
    )
    return chosen or 0


def toolbar(a: Assessment, day: int) -> None:
    """Undo and link at hand; the rest of what can be done with a whole plan behind one button."""
    plan = a.plan
    with st.container(horizontal=True, gap="small", key="toolbar"):
        st.button("Undo", key="undo", icon=":material/undo:", disabled=not state.can_undo(), on_click=state.undo)
        st.button("Redo", key="redo", icon=":material/redo:", disabled=not state.can_redo(), on_click=state.redo)
        if state.fits_link():
            browser.copy_link(f"?{link.PARAMETER}={state.code()}")
        with st.popover("Day and plan", icon=":material/tune:", key=f"options-{state.edits_made()}"):
            if len(plan.days) > 1:
                _copy_to(plan, day, None)
            _baseline(plan)
            st.button("Load the example week", on_click=state.load_starter, help="Replaces all days; undo brings them back")
            if plan.person.diet is edits.Diet.VEGAN:
                st.button("Load the example week without fortified food", on_click=state.load_starter, args=(True,))


def _baseline(plan: Plan) -> None:
    """The plan kept to compare with: keep, go back to it, or forget it."""
    if plan.baseline is None:
        st.button(
            "Keep as baseline",
            on_click=state.edit,
            args=(edits.keep_baseline,),
            help="Keeps this plan to compare with: every page then shows before and after",
        )
        return
    st.button(
        "Restore the baseline",
        disabled=plan == edits.restore_baseline(plan),
        on_click=state.edit,
        args=(edits.restore_baseline,),
        help="Makes the plan what it was when you kept it; undo brings the changes back",
    )
    st.button("Keep this plan as baseline instead", on_click=state.edit, args=(edits.keep_baseline,))
    st.button("Drop the baseline", on_click=state.edit, args=(edits.drop_baseline,), help="The plan stays; it is no longer compared")


def _copy_to(plan: Plan, day: int, meal: int | None) -> None:
    others = [d for d in range(len(plan.days)) if d != day]
    key = f"copy-{day}-{meal}"
    what = "this day" if meal is None else MEALS[meal]
    st.pills(f"Copy {what} to", others, selection_mode="multi", key=key, format_func=lambda d: plan.days[d].name)
    st.button(
        "Copy",
        key=f"{key}-go",
        on_click=_copy_now,
        args=(day, meal, key),
        help="Writes over what is there; undo brings it back",
    )


def _copy_now(day: int, meal: int | None, key: str) -> None:
    targets = st.session_state.get(key) or []
    st.session_state[key] = []
    if meal is None:
        state.edit(edits.copy_day, day, targets)
    else:
        state.edit(edits.copy_meal, day, meal, targets)


@st.fragment
def add_food(day: int) -> None:
    """Search and add: the matches come while typing."""
    plan = state.plan()
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            # The meal stands first, so that the matches follow the field for the Tab key.
            meal = st.segmented_control(
                "Add to",
                range(len(MEALS)),
                key="add_to",
                default=1,
                required=True,
                format_func=lambda m: words.MEAL_LABELS[MEALS[m]],
                persist_state="session",
            )
            query = st.text_input(
                "Add a food",
                type="search",
                live="200ms",
                key="query",
                placeholder="Type two letters: soya drink, egg, lentils …",
            )
        browser.focus("query", st.session_state.get(ADDED, 0))
        if not query or len(query.strip()) < 2:
            edit, said = st.session_state.get(ADDED_LAST, (None, ""))
            if edit == state.edits_made():
                st.caption(as_text(said))
            _often(plan, day, meal or 0)
            return
        leave_out = tables().left_out(plan.person)
        found = search(foods_of(plan, tables()), query, diet=plan.person.diet, leave_out=leave_out, limit=MATCHES)
        if not found:
            st.markdown(as_text(_nothing_found(query, plan)))
        with st.container(gap=None):
            for food in found:
                _add_button(food, day, meal or 0, f"add-{food.id}")


def _add_button(food: Food, day: int, meal: int, key: str) -> None:
    weight = food.portions[0].grams if food.portions else 100.0
    st.button(
        as_text(f"{food.name} — {words.portion(food, weight)}, {words.food_b12(food, weight)}"),
        key=key,
        icon=":material/add:",
        type="tertiary",
        help=as_text(food.note) or None,
        on_click=_add,
        args=(day, meal, food, weight),
    )


def _add(day: int, meal: int, food: Food, weight: float) -> None:
    """Adds a food, says so, and makes the field ready for the next one."""
    now = st.session_state
    now["query"] = ""
    now[ADDED] = now.get(ADDED, 0) + 1
    now[ADDED_LAST] = (state.edits_made() + 1, words.added(food, weight, MEALS[meal]))
    state.edit_in_fragment(edits.add_item, day, meal, Item(food.id, weight))


def _often(plan: Plan, day: int, meal: int) -> None:
    """The foods this plan uses most, one click away."""
    foods = foods_of(plan, tables())
    here = {item.food for item in plan.days[day].meals[meal]}
    counts = Counter(item.food for _, item in plan.items() if item.food in foods and item.food not in here)
    if counts:
        with st.popover("Often in this plan", icon=":material/history:", type="tertiary"):
            for food_id, _ in counts.most_common(MATCHES):
                _add_button(foods[food_id], day, meal, f"often-{food_id}")


def _nothing_found(query: str, plan: Plan) -> str:
    elsewhere = search(tables().foods, query, limit=1)
    if elsewhere:
        kind = words.DIET_CLASS_LABELS[elsewhere[0].diet]
        diet = words.DIET_SHORT[plan.person.diet]
        return f"Nothing that fits “{diet}” and what you leave out. There is {elsewhere[0].name} ({kind})."
    return "No food of that name. Try fewer letters or another word."


def misfits(plan: Plan) -> None:
    """Foods that do not fit the diet or what is left out: a stand-in for each, applied on request."""
    found = stand_ins(plan, tables())
    if not found:
        return
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(bold(said.misfits(plan, len(found))), width="stretch")
            st.button("Do all of these", type="primary", on_click=state.edit, args=(partial(_apply_all, found),))
        # A long list would push the meals out of reach.
        with st.expander("One by one", expanded=len(found) <= MISFITS_OPEN_MAX):
            for n, s in enumerate(found):
                with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
                    st.markdown(as_text(said.stand_in(s)), width="stretch")
                    st.button("Swap" if s.stand_in else "Take out", key=f"swap-{n}", on_click=state.edit, args=(s.apply,))


def _apply_all(found: Sequence[StandIn], plan: Plan) -> Plan:
    """All stand-ins, those with a food first: a food taken out moves the places behind it."""
    for s in found:
        if s.stand_in:
            plan = s.apply(plan)
    places = sorted((place for s in found if not s.stand_in for place in s.places), reverse=True)
    for place in places:
        plan = edits.remove_item(plan, place)
    return plan


def meals(a: Assessment, day: int) -> None:
    """The four meals of a day with their foods; those left out for now stay in their place."""
    eaten = {e.place: e for e in a.eaten}
    for m, meal in enumerate(a.days[day].meals):
        with st.container(border=True, gap="xsmall"):
            with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
                st.markdown(f"#### {words.meal_heading(meal)}", width="stretch", anchors=False)
                with st.popover("Meal", icon=":material/tune:", type="tertiary"):
                    _meal_options(a.plan, day, m)
            items = a.plan.days[day].meals[m]
            together = _joined(a.plan, day, m)
            if together:
                st.caption(words.joined([MEALS[other] for other in together]))
            if not items:
                st.caption("Nothing here yet.")
            for n, item in enumerate(items):
                place = Place(day, m, n)
                if place in eaten:
                    _row(a.plan, eaten[place])
                else:
                    _row_left_out(a.plan, place, item)


def _meal_options(plan: Plan, day: int, meal: int) -> None:
    others = [m for m in range(len(MEALS)) if m != meal]
    key = f"joined-{day}-{meal}"
    now = _joined(plan, day, meal)
    st.session_state[key] = now
    st.pills(
        "Eaten within 4 hours of",
        others,
        selection_mode="multi",
        key=key,
        format_func=lambda m: words.MEAL_LABELS[MEALS[m]],
        on_change=_join,
        args=(day, meal, key, now),
        help="Meals this close share what the body can take up",
    )
    if len(plan.days) > 1:
        _copy_to(plan, day, meal)


def _joined(plan: Plan, day: int, meal: int) -> list[int]:
    """The meals of a day that count as one occasion with a meal."""
    return [m for group in plan.days[day].occasions() if meal in group for m in group if m != meal]


def _join(day: int, meal: int, key: str, before: list[int]) -> None:
    changed = set(before) ^ set(st.session_state.get(key) or [])
    for other in changed:
        state.edit(edits.join_meals, day, MEALS[meal], MEALS[other])


def _row_left_out(plan: Plan, place: Place, item: Item) -> None:
    food = foods_of(plan, tables()).get(item.food)
    key = f"{place.day}-{place.meal}-{place.index}-{item.food}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"row-{key}"):
        name = as_text(food.name if food else item.food)
        st.markdown(f"~~{name}~~ :gray-badge[left out for now]", width="stretch")
        st.button("Put back", key=f"back-{key}", type="tertiary", on_click=state.edit, args=(edits.switch_item, place))


def _row(plan: Plan, eaten: Eaten) -> None:
    place, food = eaten.place, eaten.food
    key = f"{place.day}-{place.meal}-{place.index}-{eaten.food_id}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"row-{key}"):
        st.markdown(_name(plan, eaten), width="stretch")
        with st.popover(as_text(words.portion(food, eaten.grams)), type="tertiary"):
            _amount(eaten, key)
        st.markdown(words.food_b12(food, eaten.grams) if food else "no value", width=100, text_alignment="right")
        st.menu_button(
            "More",
            list(_moves(place)),
            key=f"move-{key}",
            type="tertiary",
            icon=":material/more_vert:",
            on_click=_move,
            args=(place, f"move-{key}"),
        )


def _name(plan: Plan, eaten: Eaten) -> str:
    """The food's name, with what has to be said of it."""
    food = eaten.food
    if food is None:
        return f"{as_text(eaten.name)} :orange-badge[not in the table]"
    badges = ""
    if food.diet not in DIET_MAY_EAT[plan.person.diet]:
        badges += f" :red-badge[{words.DIET_CLASS_LABELS[food.diet]}]"
    left_out = [e.label for e in tables().left_out(plan.person) if food.has(e)]
    if left_out:
        badges += f" :red-badge[left out: {left_out[0]}]"
    return f"{as_text(food.name)}{badges}"


def _measures(food: Food | None) -> dict[str, float]:
    """Household measures by label, and grams."""
    return {**{p.label: p.grams for p in (food.portions if food else ())}, GRAMS: 1.0}


def _amount(eaten: Eaten, key: str) -> None:
    measures = _measures(eaten.food)
    best = words.best_measure(eaten.food, eaten.grams)
    fits = best[0].label if best else GRAMS
    measure = st.selectbox(
        "Measure",
        list(measures),
        key=f"measure-{key}",
        index=list(measures).index(fits),
        format_func=lambda m: m if m == GRAMS else f"{m} ({words.grams(measures[m])})",
    )
    size = measures[measure]
    field = f"count-{key}-{measure}"
    count = round(eaten.grams / size, 2)
    st.session_state[field] = count
    st.number_input(
        "How many" if measure != GRAMS else "Grams",
        min_value=0.0,
        max_value=GRAMS_MAX / size,
        step=0.5 if measure != GRAMS else 10.0,
        format="%g",
        key=field,
        on_change=_set_amount,
        args=(eaten.place, field, size),
    )
    food = eaten.food
    if food and food.usda_description:
        st.caption(as_text(f"USDA: {food.usda_description} ({food.id}). {food.note}"))
    elif food and food.note:
        st.caption(as_text(food.note))


def _set_amount(place: Place, field: str, size: float) -> None:
    count = st.session_state[field]
    if count is not None:
        state.edit(edits.set_grams if count else lambda plan, where, _: edits.remove_item(plan, where), place, count * size)


def _moves(place: Place) -> dict[str, Callable[[Plan], Plan]]:
    """What can be done with a food, by the words of the menu."""
    moves: dict[str, Callable[[Plan], Plan]] = {
        f"Move to {meal}": partial(edits.move_item, place=place, day=place.day, meal=m) for m, meal in enumerate(MEALS) if m != place.meal
    }
    moves["Leave out for now"] = partial(edits.switch_item, place=place)
    moves["Remove"] = partial(edits.remove_item, place=place)
    return moves


def _move(place: Place, key: str) -> None:
    chosen = st.session_state.get(key)
    if chosen:
        state.edit(_moves(place)[chosen])


def supplements(a: Assessment) -> None:
    """What the person takes, and a form to add one."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"#### Supplements · {words.amount_ug(a.supplement_ug)} a day", anchors=False)
        for n, s in enumerate(a.plan.supplements):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(offers.supplement(s), width="stretch")
                st.button(
                    "Remove",
                    key=f"supplement-{n}",
                    type="tertiary",
                    icon=":material/close:",
                    on_click=state.edit,
                    args=(edits.remove_supplement, n),
                )
        with st.popover("Add a supplement", icon=":material/medication:", key=f"new-supplement-{len(a.plan.supplements)}"):
            usual = {e.regimen.label: e.supplement for e in state.regimens() if e.supplement}
            st.selectbox(
                "A usual one, or your own below",
                list(usual),
                index=None,
                key="new_usual",
                placeholder="Choose",
                on_change=_fill,
                args=(usual,),
            )
            st.selectbox("Form", list(edits.SUPPLEMENT_FORMS), key="new_form", format_func=words.FORM_LABELS.__getitem__)
            st.number_input("Dose in µg (mcg)", 0.0, DOSE_MAX_UG, 10.0, step=5.0, key="new_dose", format="%g")
            st.number_input("Times a week", 0.0, TIMES_PER_WEEK_MAX, 7.0, step=1.0, key="new_times", format="%g")
            st.checkbox("With a meal", value=True, key="new_with_food")
            st.button("Add to the plan", type="primary", on_click=_add_supplement)


def _fill(usual: dict[str, Supplement]) -> None:
    """Fills the form with a usual regimen, to be added as it is or changed first."""
    now = st.session_state
    chosen = usual.get(now["new_usual"])
    if chosen:
        now["new_form"], now["new_dose"], now["new_times"] = chosen.form, chosen.dose_ug, chosen.times_per_week
        now["new_with_food"] = chosen.with_food


def _add_supplement() -> None:
    now = st.session_state
    try:
        supplement = Supplement(now["new_form"], now["new_dose"], now["new_times"], now["new_with_food"])
    except PlanError as error:
        state.tell(str(error))
        return
    state.edit(edits.add_supplement, supplement)
