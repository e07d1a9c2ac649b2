"""The search over the embedded table and, where there is one, the local USDA store; one a process."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import streamlit as st

from dashboard.foods.search import Finder
from dashboard.foods.usda.store import store_path
from dashboard.tables.foods import Exclusion
from dashboard.ui.shell import tables

#: What can be told of a USDA food from its name and group. Gluten, nuts or soya cannot.
TOLD_OF_USDA_FOODS: Final = frozenset({"milk", "eggs", "fish", "crustaceans", "molluscs"})


def finder(leave_out: Iterable[Exclusion] = ()) -> Finder:
    """The search. A store that was imported anew is found by its time.

    Somebody who leaves out what USDA's releases do not tell of a food is offered the app's own table only.
    """
    known = all(e.exclusion in TOLD_OF_USDA_FOODS for e in leave_out)
    return _finder(_imported_at_ns() if known else None)


def _imported_at_ns() -> int | None:
    try:
        return store_path().stat().st_mtime_ns
    except OSError:
        return None


@st.cache_resource(show_spinner=False, max_entries=2)
def _finder(imported_at_ns: int | None) -> Finder:
    return Finder(tables(), store_path() if imported_at_ns else None)
