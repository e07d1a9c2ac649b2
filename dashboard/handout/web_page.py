"""The printed page as one self-contained HTML file: no script, no request, everything escaped."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from dashboard.handout.content import Page
from dashboard.handout.pdf import Paper, fields
from dashboard.words import DISCLAIMER

TEMPLATE: Final = "page.html"
PAPER_NAMES: Final = {Paper.A4: "A4", Paper.LETTER: "letter"}
_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=select_autoescape(["html"]), undefined=StrictUndefined
)


def html(page: Page, *, paper: Paper = Paper.A4, with_foods: bool = False) -> bytes:
    """The page as an HTML file in UTF-8."""
    data = fields(page, with_foods=with_foods) | {"paper": PAPER_NAMES[paper], "disclaimer": DISCLAIMER}
    return _TEMPLATES.get_template(TEMPLATE).render(data).encode("utf-8")
