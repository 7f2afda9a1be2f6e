"""Days and times as people write them where they are: order, names, clock.

Babel is imported at the first use: it takes 20 ms, and 6 ms more for each new locale.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.core.patterns import regex

if TYPE_CHECKING:
    from babel import Locale
    from babel.dates import DateTimePattern

FALLBACK: Final = "en-GB"
"""How it is written for those whose locale nobody knows."""
_SHAPE: Final = regex(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_SLACKS_OWN: Final = {"es-la": "es-419"}
_LONG_DAYS: Final = ("MMMMEEEEd", "MMMMEd", "MMMEd")
_WEEKDAY: Final = regex(r"[Ec]+")
_MONTH: Final = regex(r"(?:M{3,}|L{3,})")
_THIN_BLANKS: Final = str.maketrans("\u202f\u00a0", "  ")


def day(at: date, locale: str) -> str:
    """A day in words, e.g. `Tuesday 6 October`; a datetime is taken as it stands, in its zone."""
    return _formatted(at, locale, _long_day)


def moment(at: datetime, locale: str, now: datetime | None = None) -> str:
    """A local time with its day, short, e.g. `Tue 6 Oct, 09:00`.

    With its year if that is another one than that of `now`.
    """
    is_far = now is not None and now.year != at.year
    return _formatted(at, locale, _far_moment if is_far else _near_moment)


@lru_cache
def calendar_names(language: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """What days and months are called: full names and short ones, each with what it means.

    Names are folded; a weekday means `d0` (Monday) to `d6`, a month `m1` to `m12`.
    """
    locale = _known(language)
    wide, short = (
        {
            str(name).casefold().strip("."): f"{kind}{number}"
            for kind, names in (("d", locale.days), ("m", locale.months))
            for context in ("format", "stand-alone")
            for number, name in names[context][width].items()
        }
        for width in ("wide", "abbreviated")
    )
    return wide, short


def clock(at: datetime | time, locale: str) -> str:
    """What the clock shows, e.g. `09:00`."""
    return _formatted(at, locale, _clock)


def _formatted(at: date | time, locale: str, pattern: "Callable[[Locale], str]") -> str:
    compiled, known = _compiled(locale, pattern)
    # without its zone, or Babel would tell it in UTC
    local = at.replace(tzinfo=None) if isinstance(at, datetime | time) else at
    return compiled.apply(local, known).translate(_THIN_BLANKS)


@lru_cache(maxsize=256)
def _compiled(locale: str, pattern: "Callable[[Locale], str]") -> "tuple[DateTimePattern, Locale]":
    from babel.dates import parse_pattern  # noqa: PLC0415 - see above

    known = _known(locale)
    return parse_pattern(pattern(known)), known


def _known(locale: str) -> "Locale":
    """Babel's locale for Slack's; of one it does not know the language, else the fallback."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    name = _SLACKS_OWN.get(locale.casefold().replace("_", "-"), locale).replace("_", "-")
    for each in (name, name.partition("-")[0]):
        if _SHAPE.fullmatch(each):
            try:
                return Locale.parse(each, sep="-")
            except (UnknownLocaleError, ValueError):
                continue
    return Locale.parse(FALLBACK, sep="-")


def _long_day(locale: "Locale") -> str:
    """The nearest pattern of the locale's, with all names spelled out, as CLDR prescribes."""
    skeletons = locale.datetime_skeletons
    nearest = next(skeletons[each] for each in _LONG_DAYS if each in skeletons)
    pattern = _WEEKDAY.sub(lambda found: found[0][0] * 4, str(nearest.pattern))
    return _MONTH.sub(lambda found: found[0][0] * 4, pattern)


def _short_day(locale: "Locale") -> str:
    return str(locale.datetime_skeletons["MMMEd"].pattern)


def _clock(locale: "Locale") -> str:
    return str(locale.time_formats["short"].pattern)


def _near_moment(locale: "Locale") -> str:
    return _joined(locale, _short_day(locale))


def _far_moment(locale: "Locale") -> str:
    return _joined(locale, str(locale.datetime_skeletons["yMMMEd"].pattern))


def _joined(locale: "Locale", day: str) -> str:
    return str(locale.datetime_formats["medium"]).format(_clock(locale), day)
