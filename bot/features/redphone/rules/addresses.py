"""People's own addresses: how they are written, shown, and confirmed by a code."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.core.addresses import EMAIL, PHONE
from bot.core.patterns import regex
from bot.features.redphone.rules.policies import Way

KINDS: Final = (EMAIL, PHONE)
WAYS: Final[Mapping[str, Sequence[Way]]] = {EMAIL: (Way.EMAIL,), PHONE: (Way.SMS, Way.VOICE)}
"""Which pagers reach an address of which kind, the usual one first."""

CODE_DIGITS: Final = 6
CODE_LASTS: Final = timedelta(minutes=15)
MOST_TRIES: Final = 5
MOST_SENT: Final = 3
AN_HOUR: Final = timedelta(hours=1)

LONGEST_EMAIL: Final = 254
_LOCAL: Final = regex(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL: Final = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN: Final = regex(rf"({_LABEL}\.)+(?!\d+$){_LABEL}")
_LONGEST_LOCAL: Final = 64
_PHONE: Final = regex(r"\+[1-9]\d{7,14}")
_TRUNK: Final = regex(r"\(\s*0\s*\)")
_BETWEEN: Final = regex(r"[\s().\-/\u2010-\u2015\u2212]+")
_SHOWN: Final = 2
_HIDDEN: Final = "•••"


class Wrong(StrEnum):
    """What is wrong with an address that somebody typed."""

    NO_EMAIL = "no_email"
    NO_COUNTRY = "no_country"
    NO_NUMBER = "no_number"


class Verdict(StrEnum):
    """What a code that somebody typed is."""

    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"  # too old, tried too often, or there is none
    NOTHING = "nothing"  # there is nothing to confirm


@dataclass(frozen=True, slots=True)
class Code:
    """What is known of the code that was sent: when, how often one was tried."""

    sent_at: datetime | None
    tries: int


@dataclass(frozen=True, slots=True)
class Sent:
    """How much was sent to somebody's address within the hour that began at `since`."""

    since: datetime | None
    count: int


@dataclass(frozen=True, slots=True)
class Shown:
    """An address of one kind as its owner sees it: both masked, empty where there is none.

    `wanted` waits for its code, which can be typed if `has_code`. `ways` reach it.
    """

    kind: str
    address: str
    wanted: str
    has_code: bool
    ways: Sequence[Way]


def ways_of(kind: str, pagers: Sequence[str]) -> tuple[Way, ...]:
    """Which of the pagers that are set up reach addresses of a kind, the usual one first."""
    return tuple(way for way in WAYS[kind] if way in pagers)


def normalised(kind: str, text: str) -> str | Wrong:
    """An address as it is kept, or what is wrong with it."""
    seen = unicodedata.normalize("NFKC", text)
    visible = "".join(each for each in seen if unicodedata.category(each) not in {"Cf", "Cc"})
    return _email(visible.strip()) if kind == EMAIL else _phone(visible.strip())


def masked(kind: str, address: str) -> str:
    """Enough of an address for its owner to know it by."""
    if kind == PHONE:
        return f"{address[: _SHOWN + 1]} {_HIDDEN} {address[-_SHOWN:]}"
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}{_HIDDEN}@{domain}"


def next_free(sent: Sent, now: datetime) -> datetime | None:
    """From when on something may be sent again; None: at once."""
    if sent.since is None or now >= sent.since + AN_HOUR or sent.count < MOST_SENT:
        return None
    return sent.since + AN_HOUR


def sent_once_more(sent: Sent, now: datetime) -> Sent:
    """The same after one more."""
    if sent.since is None or now >= sent.since + AN_HOUR:
        return Sent(now, 1)
    return Sent(sent.since, sent.count + 1)


def is_good(code: Code, now: datetime) -> bool:
    """Whether a code may still be typed."""
    return code.sent_at is not None and now < code.sent_at + CODE_LASTS and code.tries < MOST_TRIES


def digits(text: str) -> str:
    """The code in what somebody typed: they may part it, or type full-width digits."""
    return "".join(each for each in unicodedata.normalize("NFKC", text) if each in "0123456789")


def spelled(code: str, way: Way) -> str:
    """A code as it is read, or as it is listened to."""
    half = CODE_DIGITS // 2
    return ", ".join(code) if way is Way.VOICE else f"{code[:half]} {code[half:]}"


def _email(text: str) -> str | Wrong:
    local, _, domain = text.removeprefix("mailto:").rpartition("@")
    try:
        plain = domain.lower().encode("idna").decode() if domain else ""
    except UnicodeError:
        return Wrong.NO_EMAIL
    is_email = _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(plain)
    if not is_email or len(local) > _LONGEST_LOCAL or len(local) + len(plain) >= LONGEST_EMAIL:
        return Wrong.NO_EMAIL
    return f"{local}@{plain}"


def _phone(text: str) -> str | Wrong:
    """The number in E.164: a plus, the country's code, at most 15 digits."""
    number = _BETWEEN.sub("", _TRUNK.sub("", text.removeprefix("tel:")))
    if number.startswith("00"):
        number = f"+{number[2:]}"
    if number.isdecimal() and number.isascii():
        return Wrong.NO_COUNTRY
    return number if number.isascii() and _PHONE.fullmatch(number) else Wrong.NO_NUMBER
