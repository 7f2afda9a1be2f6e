"""Public holidays: which country a time zone lies in, and which days are free there.

Countries of zones come from tzdata's `zone.tab` (the first country that lists a zone), the days
from the `holidays` package.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from bot.core.patterns import regex
from bot.core.week import Unreadable

_CODE: Final = regex(r"([A-Za-z]{2})(?:[-/ ]([A-Za-z0-9]{1,8}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Region:
    """A country (ISO 3166-1) and perhaps a part of it (ISO 3166-2); an empty country has none."""

    country: str
    part: str = ""

    def __str__(self) -> str:
        return f"{self.country}-{self.part}" if self.part else self.country or "none"


NOWHERE: Final = Region("")


@cache
def countries_of_zones() -> Mapping[str, str]:
    """The country of each zone that tzdata knows, its other names included."""
    folder = files("tzdata") / "zoneinfo"
    countries: dict[str, str] = {}
    for line in (folder / "zone.tab").read_text().splitlines():
        if not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            countries[zone] = country
    links = re.findall(r"^L (\S+) (\S+)$", (folder / "tzdata.zi").read_text(), re.MULTILINE)
    for target, name in links:
        if target in countries:
            countries.setdefault(name, countries[target])
    return countries


def region_of_zone(zone: str) -> Region:
    """The country whose holidays somebody in this zone has, as far as the zone tells."""
    country = countries_of_zones().get(zone, "")
    return Region(country) if country in _parts() else NOWHERE


def read_region(text: str) -> Region | None:
    """Reads `DE`, `DE-BY`, `none`; `zone` (None) is the country of the time zone.

    Raises Unreadable.
    """
    word = text.strip()
    if word.lower() in {"zone", ""}:
        return None
    if word.lower() in {"none", "off"}:
        return NOWHERE
    found = _CODE.fullmatch(word)
    country, part = (found[1].upper(), (found[2] or "").upper()) if found else ("", "")
    if country not in _parts():
        raise Unreadable(f"I know no holidays of “{word}”; write a country's two letters, like DE.")
    if part and part not in _parts()[country]:
        known = ", ".join(_parts()[country][:20]) or "none"
        raise Unreadable(f"I know no part “{part}” of {country}; I know: {known}.")
    return Region(country, part)


def region_name(region: Region) -> str:
    """The country's name and the part's letters."""
    if not region.country:
        return "no public holidays"
    name = _names().get(region.country, region.country)
    return f"{name} ({region.part})" if region.part else name


@dataclass(frozen=True, slots=True)
class Holidays:
    """The public holidays of a region, of any year; `day in holidays`."""

    region: Region

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in _holidays(self.region, day.year)


@cache
def _holidays(region: Region, year: int) -> frozenset[date]:
    if not region.country:
        return frozenset()
    from holidays import country_holidays  # noqa: PLC0415 - only who has holidays waits for it

    return frozenset(country_holidays(region.country, subdiv=region.part or None, years=year))


@cache
def _parts() -> Mapping[str, tuple[str, ...]]:
    from holidays import list_supported_countries  # noqa: PLC0415

    found = list_supported_countries(include_aliases=False)
    return {code: tuple(map(str, parts)) for code, parts in found.items() if len(code) == 2}  # noqa: PLR2004


@cache
def _names() -> Mapping[str, str]:
    table = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text()
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    return {row[0]: row[1] for row in rows}
