"""Many people at once: files in, the group's distribution and its share below the average requirement, one row a person to save."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import streamlit as st

from dashboard.group.people import read_people
from dashboard.group.results import answers, prevalence, written
from dashboard.handout.exports import Locale
from dashboard.pictures import group_chart
from dashboard.ui import clients, colours, made_files, show
from dashboard.ui.as_text import as_text
from dashboard.ui.shell import tables
from dashboard.words import group as said
from dashboard.words.handout import XLSX_TYPE

#: The page works them out one after another while the visitor waits; the command line takes any number on all cores.
PEOPLE_MAX: Final = 300
PROBLEMS_SHOWN: Final = 50
TYPES: Final = {"csv": "text/csv", "xlsx": XLSX_TYPE, "parquet": "application/octet-stream"}
KINDS: Final = ("json", "csv", "tsv", "txt", "xlsx")
WORKED_OUT: Final = "_group"


def section() -> None:
    """The files, and what they come to."""
    st.subheader(said.TITLE, anchor=False)
    st.write(said.INTRO)
    with st.expander(said.OPEN, icon=":material/groups:", on_change="rerun") as opened:
        if not opened.open:
            return
        key = f"group_files-{clients.rounds()}"
        files = st.file_uploader(said.FILES, type=list(KINDS), accept_multiple_files=True, key=key, max_upload_size=5)
        if files:
            of = tuple(file.file_id for file in files)
            held = st.session_state.get(WORKED_OUT)
            if held is None or held[0] != of:
                held = st.session_state[WORKED_OUT] = (of, *work_out([(file.name, file.getvalue()) for file in files]))
            answer(held[1], held[2])
        else:
            st.session_state.pop(WORKED_OUT, None)


def work_out(files: list[tuple[str, bytes]]) -> tuple[list[dict[str, Any]], list[str]]:
    """One row a person, and what could not be read. Nobody where the files hold too many."""
    people, problems = read_people(files, tables())
    if not people:
        return [], [*problems, said.NOBODY]
    if len(people) > PEOPLE_MAX:
        return [], [said.TOO_MANY.format(people=len(people), most=PEOPLE_MAX)]
    bar = st.progress(0.0)
    rows = []
    for n, row in enumerate(answers(people, processes=1), 1):
        rows.append(row)
        bar.progress(n / len(people), said.WORKING.format(done=n, people=len(people)))
    bar.empty()
    return rows, problems


def answer(rows: list[dict[str, Any]], problems: list[str]) -> None:
    """What may be said of the group, its picture, its rows, and what was not read."""
    for problem in problems[:PROBLEMS_SHOWN]:
        st.warning(as_text(problem), icon=":material/info:")
    if len(problems) > PROBLEMS_SHOWN:
        st.caption(said.PROBLEMS.format(count=len(problems)))
    if not rows:
        return
    for sentence in said.share_below(prevalence(rows)):
        st.write(sentence)
    found = group_chart.bands(r["intake_ug"] / r["target_ug"] for r in rows if r["target_ug"] and r["days"])
    st.markdown(f"**{said.HISTOGRAM_TITLE}**")
    bins = "; ".join(said.HISTOGRAM_BIN.format(count=count, bin=name) for name, count in found if count)
    show.chart(group_chart.histogram(found, colours.current()), said.HISTOGRAM_ALT.format(bins=bins), group_chart.numbers(found))
    with st.container(horizontal=True):
        for ending, label in said.GET.items():
            make = partial(written, rows, f".{ending}", Locale.ENGLISH)
            made_files.button(label, make, f"b12-{said.RESULTS_MARK}.{ending}", TYPES[ending], key=f"get_group_{ending}")
