"""A plan as a link, versioned, saying what could not be read.

``?p=<code>`` with a code of letters, digits, hyphen, full stop and underscore only, so that nothing is
percent-encoded on its way through chats and mails. Fields are separated by full stops:

    1 . check . person . excludes . conditions . day . day ... . supplements . own foods . baseline

- every field is written, also when it has today's default value, so that a default may change later;
- how each part is written stands in link_parts.py;
- ``check`` tells a damaged link, whose readable part is still opened;
- conditions are ``x`` (not part of the link) unless the sharer chose to include them;
- version 2 writes the days as an example week and what was changed in it (link_weeks.py), where that is shorter.

A plan too long for a link stays in the browser tab; its address is ``t.`` and a name made from its code.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qs, quote

from dashboard.plan import Plan, PlanError
from dashboard.plan.fault import Fault, Part, fault
from dashboard.plan.link_parts import NOT_SHARED, SEPARATOR, check_digits, digits, encode_content, encode_keys, encode_person
from dashboard.plan.link_reader import CodeReader
from dashboard.plan.link_weeks import NO_WEEKS, KnownWeeks, in_full, shortened

VERSION: Final = 1
SHORT_VERSION: Final = 2
VERSIONS: Final = (VERSION, SHORT_VERSION)
PARAMETER: Final = "p"
#: A longer code is not opened; it is refused before any work is done.
LINK_MAX: Final = 20_000
#: What else a full link may hold: the address of the app, and parameters that are not ours.
REST_OF_LINK_MAX: Final = 2_000
#: No plan needs a longer code: two plans of 31 days with 160 foods each and all else that a plan can hold.
CODE_MAX: Final = 400_000
#: The address of a plan that is kept in a browser tab, because its code is too long for a link.
KEPT_IN_TAB: Final = re.compile(r"t\.[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link or a file gave: a plan where one could be read, and what could not be."""

    plan: Plan | None
    problems: tuple[Fault, ...] = ()
    conditions_shared: bool = True


def encode(plan: Plan, *, share_conditions: bool = False, weeks: KnownWeeks = NO_WEEKS) -> str:
    """The plan's code for a link. A baseline travels as a second plan after the first.

    ``weeks``: the example weeks that may be named instead of written out, where that is shorter.
    """
    whole = _encode_whole(plan, share_conditions)
    kept = _encode_whole(plan.baseline, share_conditions) if plan.baseline else None
    full = SEPARATOR.join((*whole, "b", *kept) if kept else (*whole, "e"))
    short = SEPARATOR.join((*shortened(whole, weeks), "b", *shortened(kept, weeks)) if kept else (*shortened(whole, weeks), "e"))
    version, body = (SHORT_VERSION, short) if len(short) < len(full) else (VERSION, full)
    # The check is made of the whole text: it also tells an example week that is not the one the link was written with.
    return SEPARATOR.join((digits(version), check_digits(full), body))


def _encode_whole(plan: Plan, share_conditions: bool) -> list[str]:
    conditions = encode_keys(plan.person.conditions) if share_conditions else NOT_SHARED
    return [encode_person(plan.person), encode_keys(plan.person.excludes), conditions, *encode_content(plan)]


def address_of(code: str) -> str:
    """What stands in the address for a plan's code: the code, or a name for it where no link could carry it."""
    return code if len(code) <= LINK_MAX else f"t.{hashlib.blake2b(code.encode(), digest_size=8).hexdigest()}"


def decode(code: str, longest: int = LINK_MAX, weeks: KnownWeeks = NO_WEEKS) -> Opened:
    """The plan in a link's code. Never raises: what cannot be read stands in ``problems``.

    ``weeks``: the example weeks that the link may name.
    """
    code = code.strip()
    if not code:
        return Opened(None, (fault("link-empty"),))
    if KEPT_IN_TAB.fullmatch(code):
        return Opened(None, (fault("link-kept-in-tab"),))
    if len(code) > longest:
        return Opened(None, (fault("link-too-long", most=longest),))
    version, _, rest = code.partition(SEPARATOR)
    check, _, body = rest.partition(SEPARATOR)
    if version not in (digits(VERSION), digits(SHORT_VERSION)):
        return Opened(None, (fault("link-version"),))
    if not body:
        return Opened(None, (fault("link-cut-off"),))
    fields, faults = body.split(SEPARATOR), list[Fault]()
    if version == digits(SHORT_VERSION):
        fields, faults = in_full(fields, weeks)
    reader = CodeReader(fields)
    try:
        plan = reader.plan()
        if reader.one(Part("baseline"), str, "e") == "b":
            plan = replace(plan, baseline=reader.plan())
    except PlanError as error:
        return Opened(None, (fault("link-unopened", why=error.fault),))
    if not reader.read_something:
        return Opened(None, (fault("link-damaged"),))
    problems = (*dict.fromkeys(faults), *reader.problems.told())
    # Without the week that was named nothing can be checked, which is told already.
    unchanged = check == check_digits(SEPARATOR.join(fields)) or fault("link-week-unknown") in faults
    return Opened(plan, problems if unchanged else (fault("link-changed"), *problems), reader.conditions_shared)


def to_url(plan: Plan, base: str = "", *, share_conditions: bool = False, weeks: KnownWeeks = NO_WEEKS) -> str:
    """A full link, or only ``?p=…`` without a base address."""
    return f"{base}?{PARAMETER}={quote(encode(plan, share_conditions=share_conditions, weeks=weeks))}"


def from_url(url: str, weeks: KnownWeeks = NO_WEEKS) -> Opened:
    """The plan in a full link, in ``?p=…`` or in the bare code."""
    if "?" not in url or len(url) > LINK_MAX + REST_OF_LINK_MAX:
        return decode(url, weeks=weeks)
    query = url.strip().partition("?")[2].partition("#")[0]
    return decode(next(iter(parse_qs(query).get(PARAMETER, [])), ""), weeks=weeks)
