"""What a source of talk that is over gives, piece by piece, and how its rows are read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias

from bot.core.errors import RowUnfit
from bot.core.evals import Said
from bot.core.events import ChannelKind, instant_of
from bot.core.message_store import StoredMessage
from bot.core.patterns import regex
from bot.core.replays import Place
from bot.slack.inbound import HUMAN_SUBTYPES, SYSTEM_USERS

FAR_AWAY: Final = 10**11  # seconds since 1970 that a date can hold
_TS: Final = regex(r"\d{1,11}\.\d{1,6}", re.ASCII)
_DIRECT: Final = regex(r"D[A-Z0-9]{8,}")


class Why(StrEnum):
    """Why a message is left alone."""

    APPS = "apps"  # an app's, or Slack's own
    GUESTS = "guests"  # of a guest, or of somebody from elsewhere
    DIRECT = "direct"  # the coach is not there
    SHARED = "shared"  # people of another organisation read it


@dataclass(frozen=True, slots=True)
class Heard:
    """The next message of a conversation; a guest's stands beside those of others."""

    place: Place
    message: StoredMessage
    is_looked_at: bool = True


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A message at which nobody looks."""

    why: Why


@dataclass(frozen=True, slots=True)
class Bad:
    """Something that cannot be read; `where` is a line or a file."""

    where: str
    problem: str


@dataclass(frozen=True, slots=True)
class Over:
    """A conversation is over."""

    channel_id: str


Piece: TypeAlias = Heard | LeftAlone | Bad | Over
Pieces: TypeAlias = Iterator[Piece]


def is_of_a_person(row: Mapping[str, Any]) -> bool:
    """Whether somebody wrote this, rather than an app or Slack."""
    if row.get("type", "message") != "message" or row.get("hidden") or row.get("bot_id"):
        return False
    subtype, user = str(row.get("subtype") or ""), str(row.get("user"))
    return subtype in HUMAN_SUBTYPES and user not in SYSTEM_USERS


def message_of(channel_id: str, row: Mapping[str, Any]) -> StoredMessage:
    """The message in a row. Raises RowUnfit."""
    ts, thread_ts = _ts(row, "ts"), _ts(row, "thread_ts")
    user_id, text = row.get("user"), row.get("text")
    if ts is None:
        raise RowUnfit('it has no "ts"')
    if not isinstance(user_id, str) or not user_id:
        raise RowUnfit('it has no "user"')
    if not isinstance(text, str):
        raise RowUnfit('it has no "text"')
    return StoredMessage(channel_id, ts, user_id, text, thread_ts, at=instant_of(ts))


def place_called(name: str) -> Place:
    """The place that a row names, by its name or its id."""
    plain = name.removeprefix("#")
    if _DIRECT.fullmatch(plain):
        return Place(name, "a direct message", ChannelKind.DIRECT)
    if plain.startswith("mpdm-"):
        return group_message(name)
    return Place(name, plain)


def group_message(ident: str) -> Place:
    """A direct message of several; its own name would tell theirs."""
    return Place(ident, "a group message", ChannelKind.GROUP_DIRECT)


def _ts(row: Mapping[str, Any], name: str) -> str | None:
    """When something was written, as Slack's ids tell it; other forms are brought to that."""
    given = row.get(name)
    if given is None or given == "":
        return None
    if isinstance(given, str) and _TS.fullmatch(given):
        return given
    seconds = None if isinstance(given, bool) else Said(text="", ts=given).seconds
    if seconds is None or not 0 <= seconds < FAR_AWAY:
        raise RowUnfit(f'its "{name}" is no time')
    return f"{seconds:.6f}"
