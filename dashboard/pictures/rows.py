"""A table of words that is read and not worked with: rows under headings, and on a phone a block for each row."""

from __future__ import annotations

import pandas as pd

from dashboard.pictures import html
from dashboard.words import one_line


def cell(value: object, missing: str) -> str:
    """What stands in a cell: a number as short as it can be said, a text on one line."""
    if value is None or (isinstance(value, float) and value != value):
        return missing
    return f"{value:.12g}" if isinstance(value, float) else one_line(str(value))


def table(frame: pd.DataFrame, alt: str, missing: str) -> str:
    """A table as HTML, with every text in it escaped. A cell that holds an address of the web is a link.

    Parameters
    ----------
    frame
        The first column says what the row is about: it heads the block of the row on a phone.
    alt
        What the table is called.
    missing
        What stands in a cell without a value.
    """
    names = [html.text(str(name)) for name in frame.columns]
    head = html.part("tr", *(html.part("th", name, role="columnheader", scope="col") for name in names), role="row")
    body = (_row(names, [cell(value, missing) for value in values]) for values in frame.itertuples(index=False))
    rows = html.part("table", html.part("thead", head, role="rowgroup"), html.part("tbody", *body, role="rowgroup"), role="table")
    return html.part("div", rows, kind="b12-rows", role="region", tabindex="0", aria_label=html.text(alt))


def _row(names: list[str], cells: list[str]) -> str:
    """A block on a phone is no row of a table to a browser, so its part is named. The heading of a cell goes with it."""
    (_, first), *rest = zip(names, cells, strict=True)
    head = html.part("th", _said(first), role="rowheader", scope="row")
    return html.part("tr", head, *(html.part("td", _said(said), role="cell", data_label=name) for name, said in rest), role="row")


def _said(said: str) -> str:
    text = html.text(said)
    return html.part("a", text, href=text) if said.startswith("https://") else html.part("span", text)
