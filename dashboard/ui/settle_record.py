"""Bringing in a food record: whose it is, what its meals are called, and one row for each line that is not clear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from dashboard.plan import MEALS, Person, Plan, left_out_added
from dashboard.quantities import Question, Refusal
from dashboard.quantities.portions import read_grams
from dashboard.tables.foods import Food
from dashboard.tables.record_words import load_record_words
from dashboard.tables.units import folded
from dashboard.ui import clients, state
from dashboard.ui.as_text import as_text
from dashboard.ui.finder import finder
from dashboard.ui.shell import tables
from dashboard.weeks.food_record.days import plan_names
from dashboard.weeks.food_record.faults import Fault, RecordError
from dashboard.weeks.food_record.lines import FROM_FILE, Line, Place
from dashboard.weeks.food_record.meals import offered_meal
from dashboard.weeks.food_record.reading import FoodRecord, PersonRecord, read_records
from dashboard.weeks.food_record.settle import BELIEVE, Answers, Choice, MadePlan, differing, make_plan, open_lines
from dashboard.words import MEAL_LABELS, take_along
from dashboard.words import food_record as said
from dashboard.words import quantities as amounts

HELD: Final = "_record"
FILE_TYPES: Final = ("csv", "tsv", "txt", "xlsx")
SIZE_MAX_MB: Final = 5
MATCHES: Final = 3
FOUND: Final = 6
ROWS: Final = 8
LEFT_OUT: Final = "out"


@dataclass(slots=True)
class Held:
    """A record while it is being settled. A new file makes a new one, so that nothing of the last file stays."""

    record: FoodRecord
    round: int
    at: int = 0
    meals: dict[str, dict[str, str]] = field(default_factory=dict)
    lines: dict[str, dict[Place, Choice]] = field(default_factory=dict)
    believe: dict[str, str] = field(default_factory=dict)
    imported: dict[str, Food] = field(default_factory=dict)

    def answers(self, person: PersonRecord) -> Answers:
        """All that was said of one person so far."""
        return Answers(self.meals.get(person.code, {}), self.lines.get(person.code, {}), self.believe.get(person.code, BELIEVE[0]))


def bring_record() -> None:
    """Reads a food record, takes over what is beyond doubt and asks for the rest."""
    st.write(said.INTRO)
    st.file_uploader(
        said.FILES,
        type=FILE_TYPES,
        key=(key := f"record_files-{clients.rounds()}"),
        accept_multiple_files=True,
        on_change=_read,
        args=(key,),
        max_upload_size=SIZE_MAX_MB,
    )
    held: Held | None = st.session_state.get(HELD)
    if held is None:
        return
    _notes(held.record.faults, open_at_first=not held.record.people)
    if held.record.people:
        _settle(held, _whose(held))


def reminder() -> None:
    """While the plan lacks lines of its record: says so, and lets the reader say that they are added."""
    missing = state.assessment().lines_left_out
    if missing:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.warning(said.reminder(missing), icon=":material/info:")
            st.button(said.ADDED_BY_HAND, key="left_out_added", on_click=state.edit, args=(left_out_added,))


def _read(key: str) -> None:
    files = st.session_state.get(key) or []
    last: Held | None = st.session_state.pop(HELD, None)
    if files:
        record = read_records([(file.name, file.getvalue()) for file in files], tables())
        st.session_state[HELD] = Held(record, (last.round if last else 0) + 1 + state.edits_made())


def _notes(faults: Sequence[Fault], *, open_at_first: bool) -> None:
    told = said.faults(faults)
    if open_at_first:
        for one in told:
            st.warning(as_text(one), icon=":material/info:")
    elif told:
        with st.expander(f"{said.NOTES} ({len(told)})", icon=":material/info:"):
            st.markdown("\n".join(f"- {as_text(one)}" for one in told))


def _whose(held: Held) -> PersonRecord:
    people = held.record.people
    if len(people) == 1:
        return people[0]
    at = st.selectbox(
        said.WHOSE, range(len(people)), key=f"record-{held.round}-person", format_func=lambda n: said.person_code(people[n].code)
    )
    return people[at or 0]


def _settle(held: Held, person: PersonRecord) -> None:
    _ask_meals(held, person)
    believe = _ask_believe(held, person)
    asked = [line for line in person.lines if not line.clear]
    if asked:
        st.subheader(said.OPEN_TITLE, anchor=False)
        st.write(said.OPEN_INTRO)
        _rows(held, person, asked)
    held.believe[person.code] = believe
    answers = held.answers(person)
    missing = len(open_lines(person, answers))
    taken = len(person.lines) - missing
    st.write(said.read_so_far(taken, missing))
    nothing = not taken and not person.supplements
    with st.container(horizontal=True):
        st.button(
            said.open_button(taken),
            type="primary",
            key=f"record-{held.round}-open",
            disabled=nothing,
            on_click=_open,
            args=(held, [person]),
        )
        if len(held.record.people) > 1:
            everybody = list(held.record.people)
            st.button(said.open_all(len(everybody)), key=f"record-{held.round}-all", on_click=_open, args=(held, everybody))
        with st.popover(said.INTO_PLAN, key=f"record-{held.round}-into", disabled=nothing):
            st.write(said.INTO_PLAN_ASKED)
            st.button(said.INTO_PLAN_GO, key=f"record-{held.round}-use", on_click=_use, args=(held, person))


def _ask_meals(held: Held, person: PersonRecord) -> None:
    """Asks once for each meal name that is none of the four; the likely answer is offered first."""
    names = person.meal_names()
    meals = held.meals.setdefault(person.code, {})
    if not names:
        return
    st.write(said.MEALS_ASKED)
    times = {folded(line.meal_name): line.time for line in person.lines}
    words = load_record_words()
    with st.container(horizontal=True):
        for n, name in enumerate(names):
            offered = offered_meal(name, times.get(folded(name), ""), words)
            chosen = st.selectbox(
                as_text(said.MEAL_OF.format(name=amounts.quoted(name) or said.MEAL_MISSING)),
                MEALS,
                index=MEALS.index(offered),
                key=f"record-{held.round}-{person.code}-meal-{n}",
                format_func=MEAL_LABELS.__getitem__,
                width=200,
            )
            meals[folded(name)] = chosen or offered


def _ask_believe(held: Held, person: PersonRecord) -> str:
    """Lists the lines whose B12 is not the table's, and asks once which to count."""
    foods = tables().foods
    lines = differing(person, foods)
    if not lines:
        return BELIEVE[0]
    st.subheader(said.BELIEVE_TITLE, anchor=False)
    with st.container(height=220 if len(lines) > ROWS else "content"):
        st.markdown("\n".join(f"- {as_text(said.differs(line, line.table_ug(foods) or 0.0))}" for line in lines))
    chosen = st.radio(
        said.BELIEVE_TITLE,
        BELIEVE,
        key=f"record-{held.round}-{person.code}-believe",
        format_func=said.BELIEVE.__getitem__,
        label_visibility="collapsed",
    )
    return chosen or BELIEVE[0]


def _rows(held: Held, person: PersonRecord, asked: Sequence[Line]) -> None:
    """The open lines, a few at a time, one row each."""
    held.at = min(held.at, (len(asked) - 1) // ROWS * ROWS)
    shown = asked[held.at : held.at + ROWS]
    choices = held.lines.setdefault(person.code, {})
    for line in shown:
        with st.container(border=True):
            choices[line.place] = _row(held, person, line, choices.get(line.place, Choice()))
    if len(asked) > ROWS:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(said.EARLIER, key="record-before", disabled=held.at == 0, on_click=_turn, args=(held, -ROWS))
            st.button(said.LATER, key="record-after", disabled=held.at + ROWS >= len(asked), on_click=_turn, args=(held, ROWS))
            st.write(said.shown_lines(held.at + 1, held.at + len(shown), len(asked)))


def _turn(held: Held, by: int) -> None:
    held.at = max(0, held.at + by)


def _row(held: Held, person: PersonRecord, line: Line, before: Choice) -> Choice:
    """One line: its food, its amount, its meal and day, from left to right as the Tab key goes."""
    key = _key(held, person, line)
    st.markdown(as_text(said.row(line)))
    left, right = st.columns([3, 2])
    with left:
        query = st.text_input(said.SEARCH, key=f"{key}-search", placeholder=amounts.quoted(line.text))
        food_id = _ask_food(held, line, key, query or "", before.food_id)
    with right, st.container(horizontal=True):
        grams = _ask_amount(line, _food(held, food_id or line.food_id), key, before)
        meal = st.selectbox(
            said.MEAL,
            MEALS,
            index=MEALS.index(before.meal or line.meal or held.meals[person.code].get(folded(line.meal_name), "snack")),
            key=f"{key}-meal",
            format_func=MEAL_LABELS.__getitem__,
            width=140,
        )
        names = plan_names(person.days)
        day = st.selectbox(
            said.DAY,
            range(len(names)),
            index=person.days.index(before.day or line.day),
            key=f"{key}-day",
            format_func=names.__getitem__,
            width=140,
        )
    if food_id == LEFT_OUT:
        return Choice(left_out=True)
    return Choice(food_id or "", grams, meal or "", person.days[day or 0])


def _key(held: Held, person: PersonRecord, line: Line) -> str:
    """What the fields of a line are called: no two lines of a record share one."""
    if not line.file:
        return f"record-{held.round}-{person.code}-{line.number}"
    return f"record-{held.round}-{person.code!r}-{line.file!r}-{line.number}"


def _food(held: Held, food_id: str) -> Food | None:
    return tables().foods.get(food_id) or held.imported.get(food_id)


def _ask_food(held: Held, line: Line, key: str, query: str, before: str) -> str:
    """The food of a line: the best matches of its words or of the reader's, the file's own figures, or none."""
    if line.food_id and not query:
        return line.food_id
    hits = finder().find(query or line.text, limit=FOUND if query else MATCHES) if (query or line.text) else []
    for hit in hits:
        if hit.food.id not in tables().foods:
            held.imported[hit.food.id] = hit.food
    found = [hit.food.id for hit in hits]
    if before and before not in (*found, LEFT_OUT, FROM_FILE):
        found.append(before)
    choices = [*found, *([FROM_FILE] if line.figures and line.read else []), LEFT_OUT]
    if query and not hits:
        st.caption(said.NO_MATCH)

    def label(choice: str) -> str:
        food = _food(held, choice)
        return as_text(food.name) if food else said.from_file(line) if choice == FROM_FILE else said.LEAVE_OUT

    index = choices.index(before) if before in choices else None
    chosen = st.radio(
        said.FOOD.format(line=said.line_name(line)),
        choices,
        index=index,
        key=f"{key}-food-{folded(query)}",
        format_func=label,
        label_visibility="collapsed",
    )
    return chosen or ""


def _ask_amount(line: Line, food: Food | None, key: str, before: Choice) -> float | None:
    """The amount as the file means it, in grams; the reader sees what was understood."""
    if line.grams is not None and before.grams is None:
        return line.grams
    typed = st.text_input(said.AMOUNT, value=line.amount, key=f"{key}-amount", width=160)
    # A number without a unit is grams where the reader typed it. In the file it may be two eggs.
    found = read_grams(typed or "", food, tables().units, bare="" if typed == line.amount else "g")
    if isinstance(found, Refusal):
        st.caption(as_text(f"{amounts.refused(found)} {said.listed_in(food) if food else ''}"))
        return None
    if isinstance(found, Question):
        grams = [reading.value for reading in found.readings]
        return st.pills(
            said.WHICH_AMOUNT.format(line=said.line_name(line)),
            grams,
            key=f"{key}-which-{folded(typed or '')}",
            format_func=lambda g: amounts.amount(g, "g"),
        )
    st.caption(amounts.understood(found))
    return found.value


def _made(base: Plan, held: Held, person: PersonRecord) -> tuple[MadePlan | None, list[str]]:
    """The plan of a person's record and what is to be told of it; None where no line is clear."""
    try:
        made = make_plan(base, person, held.answers(person), tables().foods, held.imported)
    except RecordError as error:
        return None, [said.fault(error.fault)]
    return made, said.faults(made.faults)


def _open(held: Held, people: Sequence[PersonRecord]) -> None:
    """Callback: each record is the plan of a person of their own, of whom nothing else is known yet."""
    found, told, missing, lines = [], [], 0, 0
    for person in people:
        made, problems = _made(Plan(Person()), held, person)
        before = f"{said.person_code(person.code)}: " if len(people) > 1 else ""
        told += [f"{before}{problem}" for problem in problems]
        if made:
            found.append(clients.Client(clients.tidy_code(person.code), made.plan))
            missing, lines = missing + made.lines_left_out, lines + len(person.lines) - made.lines_left_out
    if not found:
        state.tell(*told, take_along.PLAN_KEPT)
        return
    clients.add(found)
    state.tell(said.WHO_IS_IT, *told, done=said.done(lines, missing))


def _use(held: Held, person: PersonRecord) -> None:
    """Callback: the days of the plan on screen are replaced by those of the record; the person stays."""
    made, told = _made(state.plan(), held, person)
    if made is None:
        state.tell(*told, take_along.PLAN_KEPT)
        return
    state.commit(made.plan)
    st.session_state.pop(HELD, None)
    state.tell(*told, done=said.done(len(person.lines) - made.lines_left_out, made.lines_left_out))
