"""Whose plan it is: the code, the people of this tab, new ones and saved files."""

from __future__ import annotations

import streamlit as st

from dashboard.plan import plan_file
from dashboard.ui import clients, state
from dashboard.ui.as_text import as_text
from dashboard.ui.clients import CLIENTS_MAX, CODE_MAX, Client
from dashboard.words import clients as said
from dashboard.words import plan_faults
from dashboard.words import take_along as words


def label(at: int) -> str:
    """What a person of the list is called."""
    return said.name(clients.clients().people[at].code, at)


def switcher(key: str) -> None:
    """Where several people are open: whose plan is on screen, and a choice of another."""
    held = clients.clients()
    if len(held.people) > 1:
        names = [label(at) for at in range(len(held.people))]
        st.session_state[key] = held.at
        st.selectbox(said.PEOPLE, range(len(names)), key=key, format_func=names.__getitem__, on_change=_switched, args=(key,))


def _switched(key: str) -> None:
    clients.switch(st.session_state[key])


def section() -> None:
    """The code of the person on screen, the other people, and ways to begin another."""
    held = clients.clients()
    st.write(said.INTRO)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = f"client_code-{clients.rounds()}"
        st.session_state[key] = clients.code()
        st.text_input(said.CODE.format(most=CODE_MAX), key=key, max_chars=CODE_MAX, on_change=_coded, args=(key,), width=220)
        switcher("client_here")
        st.button(said.NEW, key="new_person", icon=":material/person_add:", on_click=clients.new_person, disabled=_full())
        if len(held.people) > 1:
            with st.popover(said.CLOSE, key=f"close_person-{clients.rounds()}"):
                st.write(said.CLOSE_SURE)
                st.button(said.CLOSE_GO, key="close_person_go", on_click=clients.close)
    if _full():
        st.info(said.FULL.format(most=CLIENTS_MAX))


def _full() -> bool:
    return len(clients.clients().people) >= CLIENTS_MAX


def _coded(key: str) -> None:
    clients.set_code(st.session_state[key])


def open_files() -> None:
    """Opens saved plans, each as a person of their own; what could not be read is told and the plan on screen is kept."""
    key = f"plan_file-{clients.rounds()}"
    st.file_uploader(said.OPEN_FILES, type="json", key=key, accept_multiple_files=True, on_change=_opened, args=(key,), max_upload_size=2)


def _opened(key: str) -> None:
    files = st.session_state.get(key) or []
    found, problems = [], []
    for file in files:
        opened = plan_file.load(file.getvalue())
        before = f"{file.name}: " if len(files) > 1 else ""
        problems += [f"{before}{problem}" for problem in plan_faults.sentences(opened.problems)]
        if opened.plan is not None:
            found.append(Client(clients.code_of_file(file.name), opened.plan))
    if found:
        first = len(clients.clients().people)
        clients.add(found)
        names = [said.name(client.code, first + n) for n, client in enumerate(found)]
        state.tell(*problems, done=said.opened(names))
    elif files:
        state.tell(*problems, words.PLAN_KEPT)


def shown() -> None:
    """In the sidebar: whose plan is on screen, where somebody has said so."""
    held = clients.clients()
    if len(held.people) > 1:
        switcher("client_aside")
    elif held.people[held.at].code:
        st.caption(as_text(label(held.at)))
