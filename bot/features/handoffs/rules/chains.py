"""What somebody types about chains, and the way of a baton through them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from bot.core.patterns import regex
from bot.core.people import Person
from bot.core.render import groups_in, mentions_in, plain
from bot.features.handoffs.rules.relay import Next
from bot.features.handoffs.rules.shown import BatonShown

MOST: Final = 20
"""So many people can be in a chain."""
NAME_LENGTH: Final = 80
_MENTION: Final = regex(r"<@[UW]\w+(?:\|[^<>]*)?>")
_BETWEEN: Final = regex(r"(?:[\s,;>→-]|\bthen\b|\band\b)*", re.IGNORECASE)
_OFF: Final = regex(r"(?:^|\s)off$", re.IGNORECASE)
_HELP: Final = frozenset({"help", "?"})


class Verb(StrEnum):
    """What somebody wants of a chain."""

    SHOW = "show"
    SET = "set"
    END = "end"
    HELP = "help"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Request:
    """What was typed: of which project's chain, if any, and the people of it in order."""

    verb: Verb
    name: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """With whom a baton was from an instant on, and until when; None: it still is."""

    holder_id: str
    since: datetime
    until: datetime | None = None

    def rested(self, now: datetime) -> timedelta:
        """How long it was there, or is by now."""
        return (self.until or now) - self.since


@dataclass(frozen=True, slots=True)
class ChainShown:
    """A chain, for a reader: whoever gets what they hand over now, if there is anybody.

    `version` tells one state of it from another.
    """

    id: UUID
    name: str
    people: tuple[str, ...]
    version: str
    next: Next | None = None


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """An open baton, and where it has been since it was made."""

    baton: BatonShown
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks at the chains of a channel, and when."""

    reader: Person
    channel_id: str
    now: datetime


@dataclass(frozen=True, slots=True)
class View:
    """What a channel's chains and open batons look like to a reader."""

    chains: tuple[ChainShown, ...]
    batons: tuple[OnItsWay, ...]
    more: int = 0


def parse(text: str) -> Request:
    """Reads what stands behind `/handoff chain`, as Slack gives it; raises nothing.

    What is neither a name nor a row of people is unclear: a user group, too, since a baton goes
    to somebody, not to all of them.
    """
    head, *between = _MENTION.split(text)
    name = " ".join(plain(head).rstrip(":,>→ -").split())
    if name.lower() in _HELP:
        return Request(Verb.HELP)
    if len(name) > NAME_LENGTH or groups_in(text):
        return Request(Verb.UNCLEAR)
    if between:
        is_clear = all(_BETWEEN.fullmatch(plain(each)) for each in between)
        people = mentions_in(text)
        fits = is_clear and len(people) <= MOST and not _OFF.search(name)
        return Request(Verb.SET, name, people) if fits else Request(Verb.UNCLEAR)
    if _OFF.search(name):
        return Request(Verb.END, _OFF.sub("", name).strip())
    return Request(Verb.SHOW, name)


def way(steps: Iterable[tuple[str, datetime]], closed_at: datetime | None = None) -> list[Stage]:
    """The stages of a baton, from who had it from when on, in order; nobody's are left out."""
    stages: list[Stage] = []
    for holder_id, at in steps:
        if stages and stages[-1].holder_id == holder_id:
            continue
        if stages:
            stages[-1] = Stage(stages[-1].holder_id, stages[-1].since, at)
        stages.append(Stage(holder_id, at, closed_at))
    return [each for each in stages if each.holder_id]


def written(people: Sequence[str]) -> str:
    """The people of a chain as the reference of a button."""
    return ",".join(people)


def unwritten(people: str) -> tuple[str, ...]:
    """The people that a reference names."""
    return tuple(each for each in people.split(",") if each)
