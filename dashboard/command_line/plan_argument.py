"""The argument PLAN: a plan from a file, a link or standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from dashboard.command_line.error import CommandError
from dashboard.plan import Plan, link, plan_file
from dashboard.tables.read import load_tables
from dashboard.words import address, plan_faults
from dashboard.words import command_line as said


def read_plan(where: str) -> Plan:
    """A plan from a file, a link, or ``-`` for standard input; what was not read goes to stderr."""
    if where == "-":
        return plan_of(_from_text(_standard_input()))
    if where.startswith(("http://", "https://", "?")):
        return plan_of(link.from_url(where, load_tables().link_weeks))
    try:
        text = Path(where).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise CommandError(said.cannot_be_read(where, error)) from error
    return plan_of(_from_text(text))


def plan_of(opened: link.Opened) -> Plan:
    """The plan that was opened; what was not read goes to stderr. Raises :class:`CommandError` when there is none."""
    problems = plan_faults.sentences(opened.problems)
    if opened.plan is None:
        raise CommandError(" ".join(problems))
    for problem in (*problems, *address.not_known(opened.plan, load_tables())):
        print(problem, file=sys.stderr)
    return opened.plan


def _standard_input() -> str:
    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise CommandError(said.INPUT_NOT_TEXT) from error


def _from_text(text: str) -> link.Opened:
    start = text.lstrip()[:8]
    starts = ("http", "?", *(f"{version}." for version in link.VERSIONS))
    return link.from_url(text, load_tables().link_weeks) if start.startswith(starts) else plan_file.load(text)
