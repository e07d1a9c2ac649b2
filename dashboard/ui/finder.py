"""The search over the embedded table and, where there is one, the local USDA store; one a process."""

from __future__ import annotations

import streamlit as st

from dashboard.foods.search import Finder
from dashboard.ui.shell import tables


@st.cache_resource(show_spinner=False, max_entries=1)
def finder() -> Finder:
    """The search. Cleared after an import, so that the new foods are found."""
    return Finder(tables())
