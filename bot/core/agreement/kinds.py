"""The kinds of value a setting can have: how each is read, stored and said.

`read` takes what people type and what stands in a file or the database; it raises Unreadable with
one sentence. `plain` is the value as data that `read` takes again; `words` is what people read.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Generic, TypeVar
from zoneinfo import ZoneInfo

from bot.core.holiday_calendar import Region, read_region, region_name
from bot.core.patterns import regex
from bot.core.render import shorten
from bot.core.week import Unreadable, Week, read_clock, read_week, write_week
from bot.core.working_time import zone_called

T = TypeVar("T")
Plain = bool | int | str | list[str]
LONGEST_WEEK = 1_000
LONGEST_CHANNEL_NAME: Final = 80
_CHANNEL_TOKEN: Final = regex(r"<#\w+\|([^<>|]*)>")


class Kind(ABC, Generic[T]):
    """One kind of value. `options` are those to choose from, if there are only so many."""

    @property
    def options(self) -> Mapping[str, str]:
        """What can be chosen: stored text → words. Empty: anything that can be read."""
        return {}

    @property
    def is_long(self) -> bool:
        """Whether people need several lines to write it."""
        return False

    @property
    def holds_several(self) -> bool:
        """Whether more than one of the options may be chosen."""
        return False

    @abstractmethod
    def read(self, given: object) -> T:
        """The value; raises Unreadable."""

    @abstractmethod
    def plain(self, value: T) -> Plain:
        """The value as plain data."""

    def typed(self, value: T) -> str:
        """The value as people would type it."""
        return str(self.plain(value))

    def words(self, value: T) -> str:
        """The value as people read it."""
        return self.typed(value)


@dataclass(frozen=True)
class Switch(Kind[bool]):
    """On or off."""

    @property
    def options(self) -> Mapping[str, str]:
        """On and off."""
        return {"on": "On", "off": "Off"}

    def read(self, given: object) -> bool:
        """Takes on and off, yes and no, true and false."""
        if isinstance(given, bool):
            return given
        word = str(given).strip().lower()
        if word in {"on", "yes", "true"}:
            return True
        if word in {"off", "no", "false"}:
            return False
        raise Unreadable("Write on or off.")

    def plain(self, value: bool) -> Plain:  # noqa: FBT001 - the value itself
        """A boolean."""
        return value

    def typed(self, value: bool) -> str:  # noqa: FBT001
        """On or off."""
        return "on" if value else "off"


@dataclass(frozen=True)
class Choice(Kind[str]):
    """One of a few words."""

    of: tuple[tuple[str, str], ...]

    @property
    def options(self) -> Mapping[str, str]:
        """The words, and what they mean."""
        return dict(self.of)

    def read(self, given: object) -> str:
        """Takes one of the words; a file may hold `on` and `off` as booleans."""
        word = {True: "on", False: "off"}.get(given, given) if isinstance(given, bool) else given
        word = str(word).strip().lower()
        if word not in self.options:
            raise Unreadable(f"Write one of: {', '.join(self.options)}.")
        return word

    def plain(self, value: str) -> Plain:
        """The word."""
        return value

    def words(self, value: str) -> str:
        """What the word means."""
        return self.options[value]


@dataclass(frozen=True)
class Several(Kind[tuple[str, ...]]):
    """Any of a few words, in the order in which they are offered."""

    of: tuple[tuple[str, str], ...]

    @property
    def options(self) -> Mapping[str, str]:
        """The words, and what they mean."""
        return dict(self.of)

    @property
    def holds_several(self) -> bool:
        """Several, all or none."""
        return True

    def read(self, given: object) -> tuple[str, ...]:
        """Takes words between commas, `all`, `none`, or a list."""
        parts = given if isinstance(given, Sequence) and not isinstance(given, str) else None
        words = [str(part) for part in parts] if parts is not None else str(given).split(",")
        chosen = {word.strip().lower() for word in words} - {"", "none"}
        chosen = set(self.options) if chosen == {"all"} else chosen
        unknown = sorted(chosen - set(self.options))
        if unknown:
            raise Unreadable(f"There is no “{unknown[0]}”; there are {', '.join(self.options)}.")
        return tuple(word for word in self.options if word in chosen)

    def plain(self, value: tuple[str, ...]) -> Plain:
        """A list; an empty one is written `none`, so that it is not taken for nothing said."""
        return list(value) or "none"

    def typed(self, value: tuple[str, ...]) -> str:
        """Between commas."""
        return ", ".join(value) or "none"

    def words(self, value: tuple[str, ...]) -> str:
        """What the words mean, or which are left out."""
        left_out = [name for word, name in self.of if word not in value]
        if not value or not left_out:
            return "none" if left_out else "all"
        if len(left_out) < len(value):
            return f"all but {'; '.join(left_out)}"
        return "; ".join(self.options[word] for word in value)


@dataclass(frozen=True)
class Number(Kind[int]):
    """A whole number within limits; `unit` is the plural of what it counts."""

    least: int
    most: int
    unit: str = ""

    def read(self, given: object) -> int:
        """Takes digits."""
        word = str(given).strip()
        if isinstance(given, bool) or not (word.isascii() and word.isdecimal()):
            raise Unreadable(f"Write a whole number from {self.least} to {self.most}.")
        if len(word) > len(str(self.most)) + 3 or not self.least <= int(word) <= self.most:
            raise Unreadable(f"It can be from {self.least} to {self.most}.")
        return int(word)

    def plain(self, value: int) -> Plain:
        """The number."""
        return value

    def words(self, value: int) -> str:
        """The number with its unit."""
        unit = self.unit.removesuffix("s") if value == 1 else self.unit
        return f"{value} {unit}".strip()


@dataclass(frozen=True)
class Dollars(Kind[Decimal]):
    """An amount of US dollars, to the cent."""

    most: Decimal

    def read(self, given: object) -> Decimal:
        """Takes `5`, `5.50` and `$5`."""
        try:
            amount = Decimal(str(given).strip().removeprefix("$"))
        except InvalidOperation:
            raise Unreadable("Write an amount of dollars, like 5 or 2.50.") from None
        if isinstance(given, bool) or not amount.is_finite():
            raise Unreadable("Write an amount of dollars, like 5 or 2.50.")
        if not 0 <= amount <= self.most or amount != round(amount, 2):
            raise Unreadable(f"It can be from 0 to {self.most} dollars, to the cent.")
        return amount

    def plain(self, value: Decimal) -> Plain:
        """The amount as text, so that no cent is lost."""
        return f"{value:f}"

    def words(self, value: Decimal) -> str:
        """The amount with its sign."""
        return f"${value:.2f}"


@dataclass(frozen=True)
class ClockTime(Kind[time]):
    """A time of day."""

    def read(self, given: object) -> time:
        """Takes `09:00`, `9` and `9 am`; a file may hold 09:00 as minutes (of YAML 1.1)."""
        return read_clock(str(given))

    def plain(self, value: time) -> Plain:
        """As `09:00`."""
        return f"{value:%H:%M}"


@dataclass(frozen=True)
class Zone(Kind[ZoneInfo]):
    """A time zone."""

    def read(self, given: object) -> ZoneInfo:
        """Takes the name that the zone has everywhere, however it is spelt: `europe/berlin`."""
        name = str(given).strip()
        zone = zone_called(name)
        if zone is None:
            raise Unreadable(
                f"I know no time zone “{shorten(name, 40)}”; write it like Europe/Berlin."
            )
        return zone

    def plain(self, value: ZoneInfo) -> Plain:
        """Its name."""
        return value.key


@dataclass(frozen=True)
class Hours(Kind[Week]):
    """Stretches of a week; `needed`: there must be some."""

    needed: bool = False

    def read(self, given: object) -> Week:
        """Takes `Mon-Fri 09:00-12:00, 13:00-17:00`, and `none`."""
        text = str(given).strip()
        if len(text) > LONGEST_WEEK:
            raise Unreadable("That is too long. Write it shorter, please.")
        week = read_week("" if text.lower() in {"none", "off", "no"} else text)
        if self.needed and not any(week):
            raise Unreadable("There must be some time in it, like Mon-Fri 09:00-17:00.")
        return week

    def plain(self, value: Week) -> Plain:
        """As people write it."""
        return write_week(value) or "none"


@dataclass(frozen=True)
class Country(Kind[Region | None]):
    """A country, perhaps one of its regions, whose public holidays are free."""

    def read(self, given: object) -> Region | None:
        """Takes `DE`, `DE-BY`, `none`, and `zone` for the country of the time zone."""
        return read_region(str(given))

    def plain(self, value: Region | None) -> Plain:
        """As people write it."""
        return str(value) if value else "zone"

    def words(self, value: Region | None) -> str:
        """The country's name."""
        return region_name(value) if value else "that of the time zone"


@dataclass(frozen=True)
class Lines(Kind[tuple[str, ...]]):
    """Some short texts, one on each line."""

    most: int
    length: int

    @property
    def is_long(self) -> bool:
        """They need several lines."""
        return True

    def read(self, given: object) -> tuple[str, ...]:
        """Takes lines of text, or a list."""
        parts = given if isinstance(given, Sequence) and not isinstance(given, str) else None
        lines = [str(line) for line in parts] if parts is not None else str(given).splitlines()
        found = tuple(line.strip() for line in lines if line.strip())
        if len(found) > self.most:
            raise Unreadable(f"There can be {self.most} lines at most.")
        if any(len(line) > self.length for line in found):
            raise Unreadable(f"A line can have {self.length} characters at most.")
        return found

    def plain(self, value: tuple[str, ...]) -> Plain:
        """A list."""
        return list(value)

    def typed(self, value: tuple[str, ...]) -> str:
        """One on each line."""
        return "\n".join(value)

    def words(self, value: tuple[str, ...]) -> str:
        """In one sentence."""
        return "; ".join(value) or "none"


@dataclass(frozen=True)
class ChannelName(Kind[str]):
    """The name of a channel, without #; empty: none."""

    def read(self, given: object) -> str:
        """Takes `#incidents`, `incidents`, what Slack makes of it in a command, and `off`."""
        word = str(given).strip()
        named = _CHANNEL_TOKEN.fullmatch(word)
        name = (named[1] if named else word).removeprefix("#").strip().lower()
        if given is False or name in {"", "off", "none"}:
            return ""
        if len(name) > LONGEST_CHANNEL_NAME or re.search(r"[\s<>|#@,.:;]", name):
            raise Unreadable("Write the name of one channel, like #incidents, or off.")
        return name

    def plain(self, value: str) -> Plain:
        """The name, or off."""
        return value or "off"

    def words(self, value: str) -> str:
        """As people know it."""
        return f"#{value}" if value else "none"


def readable(setting: Any, said: Any, words: Callable[[Any], str] | None = None) -> str:
    """What is stored as people type it, or read it; what cannot be read any more as it is."""
    try:
        return (words or setting.kind.typed)(setting.kind.read(said))
    except Unreadable:
        return str(said)
