"""A check-up reminder as a calendar file (RFC 5545). Pure: dates and texts in, bytes out."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

PRODUCT = "-//Vitamin B12 planner//EN"


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or the last day of that month where it is shorter."""
    first = day.replace(day=1)
    for _ in range(months):
        first += timedelta(days=monthrange(first.year, first.month)[1])
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


def reminder(day: date, title: str, note: str, *, key: str, made: datetime, alarm: timedelta) -> bytes:
    """A calendar file with one event that lasts all day and rings once.

    Parameters
    ----------
    day
        When the event is.
    title, note
        What it says; nothing else about the person is in it.
    key
        Unique name of the event, so that a calendar does not add it twice.
    made
        Time of writing, in UTC.
    alarm
        When to ring, from the start of the day.
    """
    event = Event()
    event.add("uid", key)
    event.add("dtstamp", made)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", title)
    event.add("description", note)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    ring = Alarm()
    ring.add("action", "DISPLAY")
    ring.add("description", title)
    ring.add("trigger", alarm)
    event.add_component(ring)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
