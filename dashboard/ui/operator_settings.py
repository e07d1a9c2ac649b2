"""What whoever runs the app has set: an environment variable, or an entry of Streamlit's secrets file."""

from __future__ import annotations

import os
from typing import Final

import streamlit as st
from streamlit.errors import StreamlitAPIException

#: "yes": visitors may start the download of USDA's releases, which takes some of the machine's disk and time.
MAY_FETCH: Final = "B12_VISITORS_MAY_FETCH"
YES: Final = "yes"


def setting(name: str) -> str:
    """A setting; empty where there is none."""
    return (os.environ.get(name) or secret(name)).strip()


def secret(name: str) -> str:
    """An entry of the secrets file; empty where there is no such entry or file."""
    try:
        return str(st.secrets.get(name, ""))
    except (StreamlitAPIException, OSError):
        return ""
