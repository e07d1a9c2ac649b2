"""Which days fall short: a tower a day against the target line, with what is missing drawn hollow."""

from __future__ import annotations

from typing import Final

from dashboard import words
from dashboard.estimate.assess import Assessment
from dashboard.estimate.day_sums import DaySum
from dashboard.pictures import html
from dashboard.words import plan_page, week
from dashboard.words import shortfall as said

#: The axis ends at so many targets when a day lies far above it, or the target line could not be read; such a tower is cut.
TARGETS_SHOWN: Final = 3
HEADROOM: Final = 1.12
#: With more days than this their names are numbers, and the towers roll sideways where there is no room.
MANY: Final = 10


def top_ug(a: Assessment) -> float:
    """The amount at the top of the towers: above the target and the highest day, but not so far that the target drowns. [µg/day]"""
    most = max((d.intake_ug for d in a.days if d.entered), default=0.0)
    if a.target is None:
        return (most or 1.0) * HEADROOM
    return max(a.target.intake_ug, min(most, TARGETS_SHOWN * a.target.intake_ug)) * HEADROOM


def towers(a: Assessment, before: Assessment | None = None, *, compared: bool = True) -> str:
    """Each day's intake by origin. A day not entered is hatched and has no tower.

    Parameters
    ----------
    before
        A baseline: the days of the same name are marked where they stood.
    compared
        Whether the days may be held against the target of the assessment.
    """
    target = a.target if compared else None
    top = max(top_ug(a), top_ug(before) if before else 0.0)
    stood = {d.name: d.intake_ug for d in before.days if d.entered} if before else {}
    drawn = "".join(_day(d, top, target.intake_ug if target else 0.0, stood.get(d.name), many=len(a.days) > MANY) for d in a.days)
    line = ""
    if target:
        at = html.percent(target.intake_ug / top)
        label = html.part("span", html.text(said.whose_line(target)))
        line = html.part("div", html.part("div", label, kind="target", style=f"bottom:{at}"), kind="lines")
    plot = html.part("div", html.part("div", drawn, kind="days"), line, kind="plot")
    many = " many" if len(a.days) > MANY else ""
    return html.picture(f"by-day{many}", said.alt_days(a), _key(a, before, compared=compared), plot)


def _fills(d: DaySum) -> list[tuple[str, float]]:
    return [
        ("natural", d.intake.natural_ug),
        ("added", d.intake.added_ug),
        ("supplement", d.supplement_ug if d.entered else 0.0),
    ]


def _day(d: DaySum, top: float, target_ug: float, stood_ug: float | None, *, many: bool) -> str:
    left, parts = 1.0, []
    for name, ug in [*_fills(d), ("missing", (d.shortfall_ug or 0.0) if target_ug else 0.0)]:
        share = min(left, ug / top)
        left -= share
        if share > 0:
            parts.append(html.part("i", kind=name, style=f"height:{html.percent(share)}"))
    stack = html.part("span", *parts, kind="stack")
    given = html.part("i", kind="given") if d.entered and d.given_ug else ""
    mark = "" if stood_ug is None else html.part("i", kind="stood", style=f"bottom:calc({html.percent(stood_ug / top)} - 2px)")
    cut = d.entered and d.intake_ug > top
    figure = week.ABOVE_SCALE.format(amount=words.number(d.intake_ug)) if cut else plan_page.day_figure(d)
    name = plan_page.day_number(d.name) if many else words.short_day(d.name)
    return html.part(
        "div",
        html.part("span", stack, mark, given, kind="tower"),
        html.part("span", html.text(figure), kind="figure"),
        html.part("span", html.text(name), kind="small quiet"),
        kind=f"day{' cut' if cut else ''}{'' if d.entered else ' not-entered'}",
    )


def _key(a: Assessment, before: Assessment | None, *, compared: bool) -> str:
    used = [name for n, name in enumerate(("natural", "added", "supplement")) if any(_fills(d)[n][1] for d in a.days)]
    names = [(name, said.FILLS[name]) for name in used]
    if compared and a.target:
        if any(d.shortfall_ug for d in a.days):
            names.append(("missing", said.FILLS["missing"]))
        names.append(("line", said.whose_line(a.target)))
    if any(d.entered and d.given_ug for d in a.days):
        names.append(("given", said.FILLS["given"]))
    if before:
        names.append(("before", said.FILLS["before"]))
    return html.key(*names)
