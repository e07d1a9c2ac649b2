"""Visitors of one process take longer turns once the app has begun."""

from __future__ import annotations

import sys

from conftest import opened

from dashboard.plan import Plan
from dashboard.ui import shell, turns


def test_the_first_page_makes_the_turns_longer():
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.005)
    shell.tables.clear()
    try:
        assert not opened(Plan(), "foods.py").exception
        assert sys.getswitchinterval() == turns.TURN_SECONDS
    finally:
        sys.setswitchinterval(before)
