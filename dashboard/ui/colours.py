"""The palette of the theme on screen."""

from __future__ import annotations

import streamlit as st

from dashboard.pictures.palette import DARK, LIGHT, Palette


def current() -> Palette:
    """The palette of the theme on screen."""
    return DARK if st.context.theme.type == "dark" else LIGHT
