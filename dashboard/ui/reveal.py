"""A place whose content is scrolled into view when it first appears: an answer under what was ticked, also on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

_element = st.components.v2.component("b12_reveal", js=(Path(__file__).parent / "elements" / "reveal.js").read_text(encoding="utf-8"))


@contextmanager
def revealed(key: str) -> Iterator[None]:
    """What is drawn inside comes into view once. ``key``: unlike that of any other on the page; empty: it stays where it is."""
    if not key:
        yield
        return
    with st.container(key=f"reveal-{key}", gap=None):
        yield
        _element(key=f"reveal-{key}-element", height=1)
