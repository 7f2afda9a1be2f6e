"""Who cannot go on without whom: what is typed about it, and when two of them are the same."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from bot.core.patterns import regex

_WHO: Final = r"<@(\w+)(?:\|[^>]*)?>"
_PERSON: Final = regex(_WHO)
_LEADING: Final = regex(rf"\s*(?:by\s+)?{_WHO}(?:[\s,:;&]*(?:and\s+)?{_WHO})*", re.IGNORECASE)
_BETWEEN: Final = regex(r"[\s,:;\u2013\u2014-]+")


class Ended(StrEnum):
    """How the ask of a blocker ended, if it did without an answer."""

    NOT = ""
    DECLINED = "declined"
    UNANSWERED = "unanswered"
    TAKEN_BACK = "taken back"  # nobody is asked any more
    GONE = "gone"  # whoever was asked has no active account any more


_WITHDRAWN: Final = "withdrawn"
_ENDED: Final = {"declined": Ended.DECLINED, _WITHDRAWN: Ended.TAKEN_BACK}


class WhyNot(StrEnum):
    """Why nobody could be asked about a blocker."""

    NOT_A_MEMBER = "not a member"
    OFF = "off"
    CANNOT_SEE = "cannot see"
    PAUSED = "paused"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody typed behind `/handoff blocked`; `what` is Slack's text."""

    people: tuple[str, ...]
    what: str


@dataclass(frozen=True, slots=True)
class BlockerSeen:
    """A blocker as one reader sees it.

    Who it is about by id; what for as plain text; times as the reader writes them. `due` is empty
    where nobody is asked any more, or was, and `address` leads to where it was asked. `is_asked`:
    somebody was.
    """

    id: str
    blocked_id: str
    blocker_id: str
    what: str
    since: str
    channel_id: str
    address: str
    is_asked: bool
    due: str = ""
    is_overdue: bool = False
    ended: Ended = Ended.NOT


def parse(text: str) -> Request:
    """Reads who blocks somebody, one person or several, and what with."""
    whom = _LEADING.match(text)
    if whom is None:
        return Request((), text.strip())
    people = tuple(dict.fromkeys(_PERSON.findall(whom[0])))
    rest = text[whom.end() :]
    lead = _BETWEEN.match(rest)
    return Request(people, rest[lead.end() if lead else 0 :].strip())


def same(blocked_id: str, blocker_id: str, what: str) -> str:
    """Equal for what says the same of the same two people, however it is spaced or cased."""
    words = " ".join(what.casefold().split())
    said = f"{blocked_id}\n{blocker_id}\n{words}"
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def is_given_up(state: str, by: str, blocked_id: str) -> bool:
    """Whether somebody took back what they asked for themself: they do not wait for it any more."""
    return state == _WITHDRAWN and by == blocked_id


def how_ended(state: str) -> Ended:
    """How an ask ended that nobody answered, by the state that it is in."""
    return _ENDED.get(state, Ended.UNANSWERED)


def hears_from_ask(blocked_id: str, asker_id: str) -> bool:
    """Whether somebody is told by their own ask what becomes of what blocks them."""
    return bool(asker_id) and asker_id == blocked_id


def key_of(blocker_id: UUID, fact: str, at: datetime) -> str:
    """The name of something that happened to a blocker at an instant."""
    return f"handoffs:blocker:{blocker_id}:{fact}:{int(at.timestamp())}"
