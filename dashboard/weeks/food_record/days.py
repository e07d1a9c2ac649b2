"""The days of a record: texts of every usual kind become days in order, and two dates never become one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from babel import Locale

from dashboard.plan import DAYS_MAX, WEEKDAYS
from dashboard.quantities.numerals import plain_digits
from dashboard.tables.units import folded

#: Languages whose names of months and weekdays are known.
LANGUAGES: Final = ("en", "de", "fr", "es", "it", "nl", "pt", "hi")
DAY_WORDS: Final = ("day", "tag", "jour", "día", "dia", "dag", "giorno", "d")
TYPICAL: Final = "Typical day"
#: Excel keeps a day as a count of days from here. Counts from 1954 to 2064.
EXCEL_EPOCH: Final = date(1899, 12, 30)
_EXCEL: Final = range(20_000, 60_001)
_CENTURY: Final = 2000

_TIME: Final = re.compile(
    r"(?:(?<=\d)t|\b)\d{1,2}[:h]\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?\s?m\.?)?(?:\s*(?:z|utc|gmt|uhr|[+-]\d{2}:?\d{2}))?(?=\W|$)"
)
_YMD: Final = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})\.?")
_COMPACT: Final = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_PAIR: Final = re.compile(r"(\d{1,2})([-/. ])\s?(\d{1,2})(?:[-/. ]\s?(\d{4}|\d{2})?)?")
_D_MONTH: Final = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th|er|º)?[-/. ]*(?:de )?([^\W\d_.]+)\.?(?:[-/. ,]*(?:de |del )?(\d{4}|\d{2}))?")
_MONTH_D: Final = re.compile(r"([^\W\d_.]+)\.?[-/. ]*(\d{1,2})(?:st|nd|rd|th)?(?:[-/. ,]+(\d{4}|\d{2}))?")
_NUMBER: Final = re.compile(rf"(?:(?:{'|'.join(DAY_WORDS)})[ .:#-]*)?(\d{{1,3}})")


@dataclass(frozen=True, slots=True)
class _DayWords:
    """What one text says: ``dates`` it may mean by order of day and month, or a weekday (0 to 6), a number, or only a name."""

    text: str
    dmy: tuple[int, int, int] | None = None
    mdy: tuple[int, int, int] | None = None
    weekday: int | None = None
    number: int | None = None


@lru_cache(maxsize=1)
def _names() -> tuple[dict[str, int], dict[str, int]]:
    """Months (1 to 12) and weekdays (0: Monday) by their names, long and short. A name with two meanings is left out."""
    months: dict[str, int] = {}
    weekdays: dict[str, int] = {}
    unclear: set[str] = set()

    def learn(into: dict[str, int], name: str, number: int) -> None:
        word = folded(name).rstrip(".॰")
        if into.setdefault(word, number) != number:
            unclear.add(word)

    for language in LANGUAGES:
        locale = Locale(language)
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[form][width].items():
                    learn(months, name, number)
                    if width == "wide" and language != "hi":
                        learn(months, name[:3], number)
                for number, name in locale.days[form][width].items():
                    learn(weekdays, name, number)
    for word in unclear:
        months.pop(word, None)
        weekdays.pop(word, None)
    months |= {"sept": 9, "mrz": 3, "märz": 3, "maerz": 3}
    return months, weekdays


def _real(day: int, month: int, year: int) -> tuple[int, int, int] | None:
    """A date that exists as (year, month, day); year 0: none was given."""
    full = year + _CENTURY if 0 < year < 100 else year
    try:
        date(full or 2024, month, day)  # a leap year, so that 29 February without a year is a date
    except ValueError:
        return None
    return full, month, day


def _read_day_words(text: str) -> _DayWords:
    """What a text says of a day."""
    months, weekdays = _names()
    plain = folded(plain_digits(text))
    if _EXCEL.start <= (int(plain) if plain.isdecimal() and len(plain) == 5 else 0) < _EXCEL.stop:
        counted = EXCEL_EPOCH + timedelta(days=int(plain))
        from_excel = (counted.year, counted.month, counted.day)
        return _DayWords(plain, from_excel, from_excel)
    bare = re.sub(r"\s+", " ", _TIME.sub(" ", plain)).strip(" ,;")
    words = [word for word in re.split(r"[ ,]+", bare) if word]
    day_words = [word for word in words if word.rstrip(".") in weekdays]
    rest = " ".join(word for word in words if word not in day_words) if len(words) > 1 else bare
    if found := _YMD.fullmatch(rest) or _COMPACT.fullmatch(rest):
        year, month, day = (int(part) for part in found.groups())
        exact = _real(day, month, year)
        return _DayWords(plain, exact, exact)
    if found := _PAIR.fullmatch(rest):
        first, mark, second, year = int(found[1]), found[2], int(found[3]), int(found[4] or 0)
        return _DayWords(plain, _real(first, second, year), None if mark == "." else _real(second, first, year))
    for pattern, day_at, month_at in ((_D_MONTH, 1, 2), (_MONTH_D, 2, 1)):
        found = pattern.fullmatch(rest)
        if found and (named := months.get(found[month_at].rstrip("."))):
            exact = _real(int(found[day_at]), named, int(found[3] or 0))
            return _DayWords(plain, exact, exact)
    if found := _NUMBER.fullmatch(bare):
        return _DayWords(plain, number=int(found[1]))
    if len(words) == 1 and (weekday := weekdays.get(bare.rstrip("."))) is not None:
        return _DayWords(plain, weekday=weekday)
    return _DayWords(plain)


@dataclass(frozen=True, slots=True, order=True)
class DayKey:
    """Which day a text is: equal for two texts only when they cannot be two days. ``again`` tells a second Monday from the first."""

    kind: str
    parts: tuple[int, ...] = ()
    name: str = ""
    again: int = 0


@dataclass(frozen=True, slots=True)
class DayTexts:
    """The days of a column of texts: the key of each, and whether day and month came in a mixed order."""

    keys: dict[str, DayKey]
    mixed: bool = False


def read_days(texts: Iterable[str]) -> DayTexts:
    """The day of each text of one file. Whether 3/4 is 3 April or 4 March is taken from the other texts.

    No two texts that name different dates get one key: where the order of day and month cannot be found out,
    the numbers are kept as they are written.
    """
    said = {text: _read_day_words(text) for text in dict.fromkeys(texts)}
    dated = [one for one in said.values() if one.dmy or one.mdy]
    orders = [order for order in ("dmy", "mdy") if all(getattr(one, order) for one in dated)]
    if len(orders) == 2:
        # Either order gives dates. A record runs forward over days that lie close together.
        orders.sort(key=lambda order: _implausibility([getattr(one, order) for one in dated]))
    keys: dict[str, DayKey] = {}
    for text, one in said.items():
        if one.dmy or one.mdy:
            if orders:
                keys[text] = DayKey("date", getattr(one, orders[0]))
            else:
                exact = one.dmy if one.dmy == one.mdy else None
                keys[text] = DayKey("date", exact) if exact else DayKey("written", one.dmy or (), f"{one.mdy or ''}")
        elif one.number is not None:
            keys[text] = DayKey("number", (one.number,))
        elif one.weekday is not None:
            keys[text] = DayKey("weekday", (one.weekday,))
        else:
            keys[text] = DayKey("name", (), one.text)
    return DayTexts(keys, bool(dated) and not orders)


def _implausibility(dates: Sequence[tuple[int, int, int]]) -> tuple[bool, int]:
    """How implausible the dates are for a record: whether they run backwards, and over how many days. Year 0: no year was given."""
    days = [date(year or 2024, month, day).toordinal() for year, month, day in dates]
    return days != sorted(days), max(days, default=0) - min(days, default=0)


def in_order(keys: Iterable[DayKey]) -> list[DayKey]:
    """The days of one person in order: dates and numbers by value where all are of one kind, else as the file has them."""
    distinct = list(dict.fromkeys(keys))
    kinds = {key.kind for key in distinct}
    years = {key.parts[0] > 0 for key in distinct if key.kind == "date"}
    if kinds == {"number"} or (kinds == {"date"} and len(years) == 1):
        distinct.sort()
    return distinct


def plan_names(days: Sequence[DayKey]) -> list[str]:
    """The plan's name of each day, in order: weekdays and day numbers keep theirs, everything else is Day 1, Day 2 …"""
    if not days:
        return []
    if days == [DayKey("none")]:
        return [TYPICAL]
    kinds = {key.kind for key in days}
    if kinds == {"weekday"} and not any(key.again for key in days):
        return [WEEKDAYS[key.parts[0]] for key in days]
    if kinds == {"number"} and all(1 <= key.parts[0] <= DAYS_MAX for key in days):
        return [f"Day {key.parts[0]}" for key in days]
    return [f"Day {n}" for n in range(1, len(days) + 1)]
