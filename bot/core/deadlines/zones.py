"""Whose clock somebody means who writes a time with a zone."""

from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.patterns import regex
from bot.core.working_time import WorkingTime, zone_named

# People write CET and EST all year round: what the place's clock shows then is meant.
_PLACES: Final = {
    "Etc/UTC": "utc gmt z",
    "Europe/Lisbon": "wet west",
    "Europe/London": "bst",
    "Europe/Berlin": "cet cest",
    "Europe/Athens": "eet eest",
    "Europe/Moscow": "msk",
    "Africa/Johannesburg": "sast",
    "Asia/Karachi": "pkt",
    "Asia/Kolkata": "ist",
    "Asia/Singapore": "sgt",
    "Asia/Hong_Kong": "hkt",
    "Asia/Tokyo": "jst",
    "Asia/Seoul": "kst",
    "Australia/Perth": "awst",
    "Australia/Adelaide": "acst acdt",
    "Australia/Sydney": "aest aedt aet",
    "Pacific/Auckland": "nzst nzdt nzt",
    "America/New_York": "et est edt",
    "America/Chicago": "ct cst cdt",
    "America/Denver": "mt mst mdt",
    "America/Los_Angeles": "pt pst pdt",
    "America/Sao_Paulo": "brt",
    "Pacific/Honolulu": "hst",
}
# How people call places and zones whose names in the zone database are others, or are words, too.
_NAMES: Final = {
    "America/Los_Angeles": (
        "pacific",
        "sf",
        "san francisco",
        "los angeles",
        "seattle",
        "california",
        "west coast",
    ),
    "America/Denver": ("mountain", "denver"),
    "America/Chicago": ("central", "chicago"),
    "America/New_York": ("eastern", "new york", "nyc", "boston", "east coast"),
    "America/Toronto": ("toronto",),
    "America/Sao_Paulo": ("sao paulo", "s\u00e3o paulo"),
    "Europe/London": ("london", "uk"),
    "Europe/Dublin": ("dublin",),
    "Europe/Lisbon": ("lisbon",),
    "Europe/Madrid": ("madrid", "barcelona"),
    "Europe/Paris": ("paris",),
    "Europe/Berlin": ("berlin", "munich", "hamburg", "germany"),
    "Europe/Amsterdam": ("amsterdam",),
    "Europe/Zurich": ("zurich",),
    "Europe/Vienna": ("vienna",),
    "Europe/Stockholm": ("stockholm",),
    "Europe/Warsaw": ("warsaw",),
    "Europe/Athens": ("athens",),
    "Europe/Istanbul": ("istanbul",),
    "Africa/Cairo": ("cairo",),
    "Africa/Lagos": ("lagos",),
    "Africa/Nairobi": ("nairobi",),
    "Asia/Dubai": ("dubai",),
    "Asia/Kolkata": ("kolkata", "mumbai", "delhi", "bangalore", "bengaluru", "india"),
    "Asia/Singapore": ("singapore",),
    "Asia/Hong_Kong": ("hong kong",),
    "Asia/Shanghai": ("shanghai", "beijing"),
    "Asia/Tokyo": ("tokyo", "japan"),
    "Asia/Seoul": ("seoul",),
    "Australia/Sydney": ("sydney",),
    "Australia/Melbourne": ("melbourne",),
    "Pacific/Auckland": ("auckland",),
}
PLACES: Final = {name: place for place, names in _NAMES.items() for name in names}
ABBREVIATIONS: Final = {word: place for place, words in _PLACES.items() for word in words.split()}
_PARTS_OF_HOURS: Final = {
    "+3:30": "Asia/Tehran",
    "+4:30": "Asia/Kabul",
    "+5:30": "Asia/Kolkata",
    "+5:45": "Asia/Kathmandu",
    "+6:30": "Asia/Yangon",
    "+9:30": "Australia/Darwin",
}
_AREAS: Final = ("Europe", "America", "Asia", "Australia", "Africa", "Pacific", "Atlantic")
_OFFSET: Final = regex(r"(?:utc|gmt) ?([+-])0?([0-9]{1,2})(?::?([0-5][0-9]))?")
_CITY: Final = regex(r"([a-z]+(?: [a-z]+)?) time")


def whose_clock(
    zone: str, *, author: WorkingTime, reader: WorkingTime | None
) -> WorkingTime | None:
    """Whose working time the words of a zone mean (`cet`, `utc+2`, `berlin time`, `your time`).

    Another place's clock goes with the author's hours. None if nobody can know.
    """
    if zone in {"", "my time"}:
        return author
    if zone == "your time":
        return reader
    place = _own(zone, author, reader) or _zone(zone)
    return replace(author, zone=place) if place else None


def _own(zone: str, *people: WorkingTime | None) -> ZoneInfo | None:
    """An abbreviation that means several places (IST, CST) means the one where somebody is."""
    for person in people:
        if person is None:
            continue
        for month in (1, 7):
            day = datetime(2026, month, 1, tzinfo=person.zone)
            if (day.tzname() or "").lower() == zone:
                return person.zone
    return None


@lru_cache(maxsize=256)
def _zone(zone: str) -> ZoneInfo | None:
    if zone in ABBREVIATIONS:
        return zone_named(ABBREVIATIONS[zone])
    if zone.removesuffix(" time") in PLACES:
        return zone_named(PLACES[zone.removesuffix(" time")])
    offset = _OFFSET.fullmatch(zone)
    if offset is not None:
        sign, hours, minutes = offset.groups()
        if int(minutes or 0):
            return zone_named(_PARTS_OF_HOURS.get(f"{sign}{hours}:{minutes}", ""))
        return zone_named(f"Etc/GMT{'-' if sign == '+' else '+'}{int(hours)}")  # turned round there
    city = _CITY.fullmatch(zone)
    if city is None:
        return None
    name = city[1].title().replace(" ", "_")
    return next(filter(None, (zone_named(f"{area}/{name}") for area in _AREAS)), None)
