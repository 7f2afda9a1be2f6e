"""Reads a calendar's text, within bounds."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar

from bot.core.errors import CalendarRefused
from bot.core.ports import Shift

MAX_EVENTS: Final = 2_000
MAX_SHIFTS: Final = 1_000
MAX_LABEL: Final = 200
_RULES: Final = ("RRULE", "EXRULE")
_OFTEN: Final = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
_WITHIN_A_DAY: Final = ("BYSECOND", "BYMINUTE", "BYHOUR")
_MARGIN: Final = timedelta(days=2)
_DAY: Final = timedelta(days=1)


def occurrences(content: bytes, start: datetime, end: datetime, zone: str) -> list[Shift]:
    """The events of a calendar that touch the time between two instants, by their beginning.

    They are cut off at both ends. Whole days and times without a zone are those of `zone`. Raises
    CalendarRefused for what is no calendar, or too much of one.
    """
    calendar = _calendar(content)
    _refuse_too_much(calendar)
    try:
        events = recurring_ical_events.of(calendar).between(start - _MARGIN, end + _MARGIN)
        found = [_shift(each, ZoneInfo(zone)) for each in events if not _is_cancelled(each)]
    except Exception:  # noqa: BLE001 - whatever is wrong with it
        raise CalendarRefused("no-calendar") from None
    cut = [
        Shift(max(each.starts_at, start), min(each.ends_at, end), each.label)
        for each in found
        if each.starts_at < end and each.ends_at > start and each.starts_at < each.ends_at
    ]
    if len(cut) > MAX_SHIFTS:
        raise CalendarRefused("too-many")
    return sorted(cut, key=lambda each: (each.starts_at, each.ends_at, each.label))


def _calendar(content: bytes) -> Calendar:
    if not content.lstrip(b"\xef\xbb\xbf \r\n\t").upper().startswith(b"BEGIN:VCALENDAR"):
        raise CalendarRefused("no-calendar")
    try:
        found = Calendar.from_ical(content.decode("utf-8-sig", errors="replace"))
    except Exception:  # noqa: BLE001 - whatever is wrong with it
        raise CalendarRefused("no-calendar") from None
    if not isinstance(found, Calendar):
        raise CalendarRefused("no-calendar")
    return found


def _refuse_too_much(calendar: Calendar) -> None:
    if len(calendar.walk("VEVENT")) > MAX_EVENTS:
        raise CalendarRefused("too-many")
    for rule in _rules(calendar):
        frequency = {str(each).upper() for each in rule.get("FREQ", ())}
        intervals = [int(each) for each in rule.get("INTERVAL", [1])]
        if frequency & _OFTEN or any(rule.get(each) for each in _WITHIN_A_DAY):
            raise CalendarRefused("too-often")
        if min(intervals) < 1:
            raise CalendarRefused("no-calendar")


def _rules(calendar: Calendar) -> Iterator[Any]:
    """Every rule of every part, those of time zones, too."""
    for part in calendar.walk():
        for name in _RULES:
            given = part.get(name, [])
            yield from given if isinstance(given, list) else [given]


def _is_cancelled(event: Any) -> bool:
    return str(event.get("STATUS", "")).upper() == "CANCELLED"


def _shift(event: Any, zone: ZoneInfo) -> Shift:
    start = event["DTSTART"].dt
    end = event["DTEND"].dt if "DTEND" in event else start
    if not isinstance(start, datetime) and end <= start:
        end = start + _DAY
    label = " ".join(str(event.get("SUMMARY", "")).split())[:MAX_LABEL]
    return Shift(_instant(start, zone), _instant(end, zone), label)


def _instant(at: date, zone: ZoneInfo) -> datetime:
    whole = at if isinstance(at, datetime) else datetime.combine(at, time(0))
    return (whole if whole.tzinfo else whole.replace(tzinfo=zone)).astimezone(UTC)
