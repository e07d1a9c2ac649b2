"""``report PLAN --out FILE``: the printed page as PDF or HTML, or every food as CSV or a workbook, by the file's ending."""

from __future__ import annotations

import argparse
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Final

from dashboard.advice.advise import Advice, advise
from dashboard.command_line.error import CommandError
from dashboard.command_line.parser import add
from dashboard.command_line.plan_argument import read_plan
from dashboard.estimate.assess import assess
from dashboard.handout import exports
from dashboard.handout.content import Asked, page
from dashboard.handout.pdf import Paper, pdf
from dashboard.handout.web_page import html
from dashboard.tables.read import load_care_tables, load_tables
from dashboard.words import command_line as said

ENDINGS: Final = (".pdf", ".html", ".csv", ".xlsx")


def add_command(commands: Any) -> None:
    """Adds ``report`` to the command line."""
    parser = add(commands, "report", report, said.REPORT_ABOUT, json_answer=False)
    parser.add_argument("plan", metavar="PLAN", help=said.PLAN_HELP)
    parser.add_argument("--out", required=True, metavar="FILE", help=said.REPORT_OUT_HELP)
    parser.add_argument("--code", default="", help=said.REPORT_CODE_HELP)
    parser.add_argument("--paper", choices=[str(p) for p in Paper], default=str(Paper.A4), help=said.REPORT_PAPER_HELP)
    parser.add_argument("--with-conditions", action="store_true", help=said.REPORT_CONDITIONS_HELP)
    parser.add_argument("--with-foods", action="store_true", help=said.REPORT_FOODS_HELP)
    parser.add_argument("--locale", choices=[str(x) for x in exports.Locale], default=str(exports.Locale.ENGLISH), help=said.LOCALE_HELP)


def report(args: argparse.Namespace) -> None:
    """The printed page of a plan as PDF or HTML, or its foods for a spreadsheet."""
    out = Path(args.out)
    if out.suffix not in ENDINGS:
        raise CommandError(said.REPORT_ENDING.format(endings=", ".join(ENDINGS), given=out.suffix))
    tables, plan = load_tables(), read_plan(args.plan)
    advice = advise(assess(plan, tables), tables)
    write_whole(out, _content(args, out.suffix, advice))


def _content(args: argparse.Namespace, ending: str, advice: Advice) -> bytes:
    tables = load_tables()
    a = advice.assessment
    if ending in (".csv", ".xlsx"):
        rows = exports.items(a, code=args.code, on=date.today())
        if ending == ".csv":
            return exports.to_csv(rows, exports.ITEMS, exports.Locale(args.locale))
        return exports.to_xlsx({said.ITEMS_SHEET: (exports.ITEMS, rows)})
    kept = a.plan.baseline
    before = advise(assess(kept, tables), tables) if kept else None
    asked = Asked(code=args.code, with_conditions=args.with_conditions)
    made = page(advice, asked, tables, load_care_tables(), before)
    paper = Paper(args.paper)
    return pdf(made, paper=paper, with_foods=args.with_foods) if ending == ".pdf" else html(made, paper=paper, with_foods=args.with_foods)


def write_whole(out: Path, content: bytes) -> None:
    """Writes a file whole or not at all: beside its place first, then moved there.

    Raises
    ------
    CommandError
        When the disk is full or the folder cannot be written.
    """
    part = out.with_name(f".{out.name}.part")
    try:
        part.write_bytes(content)
        part.replace(out)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise CommandError(said.NOT_WRITTEN.format(file=out, reason=error.strerror or error)) from error
