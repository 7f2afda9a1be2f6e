"""What people mean by what they type behind `/digest`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from bot.core.agreement.kinds import Plain
from bot.core.agreement.setting import Setting
from bot.core.patterns import regex
from bot.core.week import MIDNIGHT, Unreadable, read_clock
from bot.features.digest.rules.settings import AT, RHYTHM, WANTED, Rhythm


class Question(StrEnum):
    """What somebody wants to be told."""

    WHEN = ""
    NOW = "now"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class SetTo:
    """A setting of one's own that shall say something else; None: what holds for everybody."""

    setting: Setting[Any]
    value: Plain | None

    @property
    def name(self) -> str:
        """It in one word, which `named` reads again."""
        value = "" if self.value is None else self.setting.kind.typed(self._read)
        return f"{self.setting.key}={value}"

    @property
    def _read(self) -> Any:
        return self.setting.kind.read(self.value)


ON: Final = SetTo(WANTED, value=True)
OFF: Final = SetTo(WANTED, value=False)
DAILY: Final = SetTo(RHYTHM, Rhythm.DAILY.value)
WEEKLY: Final = SetTo(RHYTHM, Rhythm.WEEKLY.value)

_WORDS: Final[Mapping[str, SetTo]] = {"on": ON, "off": OFF, "daily": DAILY, "weekly": WEEKLY}
_SETTINGS: Final = {each.key: each for each in (AT, RHYTHM, WANTED)}
_DIGITS: Final = regex(r"(\d{1,2})(\d{2})\s*((?:am|pm)?)", re.ASCII)
_CLOCKLIKE: Final = regex(r"\d")


def read(text: str) -> Question | SetTo:
    """Reads `now`, `weekly`, `off`, `8:30`, `8am`, `at 0830` and the like. Raises Unreadable."""
    words = " ".join(text.lower().split()).rstrip(".!")
    if words in set(Question):
        return Question(words)
    if words in _WORDS:
        return _WORDS[words]
    _refuse_several(words.split())
    clock = words.removeprefix("at ")
    if not _CLOCKLIKE.match(clock):
        raise Unreadable(
            f"“{text.strip()}” means nothing to me here; write now, a time like 08:30, weekly, "
            "daily, off, on, channel or help."
        )
    digits = _DIGITS.fullmatch(clock)
    at = read_clock(f"{digits[1]}:{digits[2]}{digits[3]}" if digits else clock)
    if at == MIDNIGHT and clock.startswith("24"):
        raise Unreadable("There is no 24:00 on the clock; the day begins at 00:00.")
    return SetTo(AT, AT.kind.plain(at))


def _refuse_several(words: Sequence[str]) -> None:
    """Raises Unreadable where a word that stands alone has others beside it."""
    behind = [each for each in words[1:] if each != "on"]  # as in "on Friday"
    known = [each for each in [*words[:1], *behind] if each in _WORDS or _CLOCKLIKE.match(each)]
    if not any(each in _WORDS for each in known):
        return
    if len(known) > 1:
        raise Unreadable(f"I read one thing at a time: first {known[0]}, then {known[1]}.")
    if known == ["weekly"]:
        raise Unreadable(
            "The digest of a week comes on your first working day of that week, and on no other "
            "day; write just weekly."
        )


def named(name: str) -> SetTo | None:
    """What `SetTo.name` stands for, or None if it stands for nothing any more."""
    key, _, value = name.partition("=")
    setting: Setting[Any] | None = _SETTINGS.get(key)
    if setting is None:
        return None
    try:
        return SetTo(setting, setting.kind.plain(setting.kind.read(value)) if value else None)
    except Unreadable:
        return None
