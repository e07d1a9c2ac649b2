"""The Foods page: find, compare, open one food, add it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from dashboard import plan as edits
from dashboard import words
from dashboard.advice.offers import NEVER_SUGGESTED
from dashboard.estimate.provenance import of_food
from dashboard.foods.figures import Figures, carried, everyday, figures, fitting
from dashboard.foods.label import add_to_plan
from dashboard.foods.search import Hit
from dashboard.pictures import sources_of_b12
from dashboard.plan import MEALS, Diet, Item
from dashboard.tables.foods import Exclusion, Food
from dashboard.ui import added, label_food, live_search, show, state, usda_panel, where_from
from dashboard.ui.as_text import as_text
from dashboard.ui.finder import finder
from dashboard.ui.shell import tables
from dashboard.words import data_faults, headings
from dashboard.words import food_facts as said
from dashboard.words.uncertainty import b12_with_brands

ROWS: Final = 200
#: The figure first and so narrow that it stands on a phone's screen together with the name, most of it where the phone is small. [px]
COLUMNS: Final = {
    headings.PER_PORTION: st.column_config.NumberColumn(width=80, format="%.2f"),
    headings.FOOD: st.column_config.TextColumn(width=235),
}
#: Day and meal stand side by side on a phone. [px]
WHERE_WIDTH: Final = 165
#: The search has a row of its own, so that what is typed is seen whole on a phone. [px]
SEARCH_WIDE: Final = 640
MATCHES: Final = 20
#: The room of the table on paper, beside the food that is open and the picture.
LINES: Final = 24
OPEN: Final = "food_open"
EVERY_DIET: Final = "any"
FORTIFIED: Final = "fortified"
#: The meal that foods are added to before another one is chosen.
MEAL_FIRST: Final = MEALS.index("lunch")


def _leave_out() -> tuple[Exclusion, ...]:
    return tables().left_out(state.plan().person)


def _not_offered() -> tuple[Exclusion, ...]:
    return tables().not_offered(state.plan().person)


def _diet() -> Diet | None:
    chosen: str = st.session_state["foods_diet"]
    return None if chosen == EVERY_DIET else Diet(chosen)


def picture(diet: Diet) -> None:
    """Where a diet's B12 can come from: a usual portion of its everyday B12 foods."""
    rows = [r for r in everyday(tables(), diet, _not_offered()) if not r.food.tags & NEVER_SUGGESTED]
    st.write(said.picture_note(rows))
    if rows:
        show.picture(sources_of_b12.portions(rows, said.picture_alt(rows)), _table(rows), said.picture_alt(rows))


def browse() -> None:
    """Search and filters, and the foods that fit, by B12 in a usual portion."""
    diets = [EVERY_DIET, *map(str, Diet)]
    query = st.text_input(said.FIND, type="search", live="200ms", key="foods_query", placeholder=said.FIND_HINT, width=SEARCH_WIDE) or ""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            said.DIET,
            diets,
            diets.index(str(state.plan().person.diet)),
            key="foods_diet",
            format_func=lambda d: said.ANY_DIET if d == EVERY_DIET else words.DIET_LABELS[Diet(d)],
        )
        groups = sorted({f.group for f in tables().foods.values()}, key=said.group)
        group = st.selectbox(said.GROUP, ["", *groups], key="foods_group", format_func=lambda g: said.group(g) if g else said.ALL_GROUPS)
        origin = st.selectbox(said.ORIGIN, list(said.ORIGINS), key="foods_origin", format_func=said.ORIGINS.__getitem__)
    fortified = origin == FORTIFIED if origin else None
    rows = _found(query.strip(), group, fortified)
    if fault := finder().fault:
        st.warning(as_text(f"{said.OWN_TABLE_ONLY} {data_faults.sentence(fault)}"), icon=":material/info:")
    if not rows:
        st.write(said.NOTHING)
        return
    shown = rows[:ROWS]
    chosen = show.table(
        _table(shown),
        said.foods_alt(len(shown)),
        lines=LINES,
        on_select="rerun",
        selection_mode="single-row",
        column_config=COLUMNS,
        key=f"foods_table-{query}-{group}-{fortified}-{_diet()}",
    )
    picked = chosen.selection.rows if hasattr(chosen, "selection") else []
    st.caption(said.choose_food(len(shown), len(rows)))
    options = [row.food.id for row in shown]
    names = {row.food.id: row.food.name for row in shown}
    held = options[picked[0]] if picked and picked[0] < len(options) else st.session_state.get(OPEN)
    # On every run: a browser that missed the run that told it would show, and send back, the first of the list.
    st.session_state[OPEN] = held if held in options else options[0]
    food_id = st.selectbox(said.OPEN, options, key=OPEN, format_func=names.__getitem__, label_visibility="collapsed")
    _open(next(row.food for row in shown if row.food.id == food_id))


def _found(query: str, group: str, fortified: bool | None) -> list[Figures]:
    """What is searched for in the order of the search; without a query the everyday foods by their portion, then all others."""
    if not query:
        usual = {row.food_id for row in tables().everyday_foods}
        found = fitting(tables().foods.values(), diet=_diet(), leave_out=_not_offered(), group=group, fortified=fortified)
        return sorted(found, key=lambda row: row.food.id not in usual)
    hits = finder(_leave_out()).find(query, diet=_diet(), leave_out=_leave_out(), limit=MATCHES)
    fit = {f.food.id for f in fitting((hit.food for hit in hits), group=group, fortified=fortified)}
    return [figures(hit.food) for hit in hits if hit.food.id in fit]


def _table(rows: Sequence[Figures]) -> pd.DataFrame:
    def cell(amount: float | None) -> float | None:
        return None if amount is None else round(amount, 2)

    return pd.DataFrame(
        {
            headings.PER_PORTION: cell(r.per_portion_ug),
            headings.FOOD: r.food.name,
            headings.PORTION: words.measured(1, r.portion.label),
            headings.PER_100G: cell(r.per_100g_ug),
            headings.PER_100KCAL: cell(r.per_100kcal_ug),
            headings.ADDED_SHARE: said.added_share(r),
            headings.COUNTED: said.counted(r.food),
            headings.DIET: words.DIET_CLASS_LABELS.get(r.food.diet, r.food.diet),
            headings.GROUP: said.group(r.food.group),
        }
        for r in rows
    )


def _others(food: Food) -> tuple[Food, ...]:
    """The same food in other releases."""
    hits: list[Hit] = finder().find(food.name, limit=MATCHES)
    return next((hit.others for hit in hits if hit.food.id == food.id), ())


def _open(food: Food) -> None:
    """One food: portions, natural and added, where USDA got the value, its other records, and Add."""
    with st.container(border=True):
        st.subheader(as_text(food.name), anchor=False)
        if food.usda_description:
            st.write(as_text(said.usda_name(food)))
        st.write(f"{said.origin(food).capitalize()}. {said.published_range(food)}")
        portions = food.portions or ()
        st.table(
            pd.DataFrame(
                {headings.PORTION: as_text(p.label), headings.WEIGHT: words.grams(p.grams), headings.B12: b12_with_brands(food, p.grams)}
                for p in portions
            ),
            hide_index=True,
            alt=said.portions_alt(food),
        )
        st.write(as_text(said.derivation(food)))
        where_from.chain({"": [of_food(food)]}, key=f"food-{food.id}")
        if food.note:
            st.write(as_text(food.note))
        st.write(as_text(said.made_of(food)))
        others = _others(food)
        if others:
            st.write(said.OTHER_RECORDS)
            st.markdown("\n".join(f"- {as_text(said.record(other))}" for other in others))
        _add(food)


def _add(food: Food) -> None:
    day, meal = where()
    measures = {p.label: p.grams for p in food.portions} or {"100 g": 100.0}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        label = st.selectbox(said.AMOUNT, list(measures), key=f"foods_amount-{food.id}")
        st.button(said.ADD_TO_PLAN, type="primary", key=f"foods_add-{food.id}", on_click=_put, args=(food, day, meal, measures[label]))


def _put(food: Food, day: int, meal: int, weight_g: float) -> None:
    if food.id in tables().foods:
        added.add(edits.add_item, day, meal, Item(food.id, weight_g))
    else:
        # The plan carries the figures, so that the link says the same where this release is not installed.
        added.add(add_to_plan, carried(food), day, meal, weight_g, same_key=True)


def where() -> tuple[int, int]:
    """The day and meal that foods are added to, chosen once for the page."""
    return st.session_state.get("foods_day", 0), st.session_state.get("foods_meal", MEAL_FIRST)


def choose_where() -> None:
    """Asks for the day and meal."""
    days = state.plan().days
    if st.session_state.get("foods_day") not in range(len(days)):
        st.session_state["foods_day"] = 0
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(said.ADD_TO_DAY, range(len(days)), key="foods_day", format_func=lambda d: days[d].name, width=WHERE_WIDTH)
        st.selectbox(
            said.ADD_TO_MEAL,
            range(len(MEALS)),
            MEAL_FIRST,
            key="foods_meal",
            format_func=lambda m: words.MEAL_LABELS[MEALS[m]],
            width=WHERE_WIDTH,
        )


def more_sources() -> None:
    """Foods from a label and branded foods online."""
    day, meal = where()
    label_food.panel(day, meal)
    live_search.panel(day, meal)
    usda_panel.panel()
