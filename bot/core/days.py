"""What somebody did on a day, as the features know it: the material of what they hand over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork


class DayKind(StrEnum):
    """How far something is."""

    DONE = "done"
    IN_PROGRESS = "in progress"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class DayItem:
    """One thing that somebody did, has begun or waits for; `what` is plain text, in their words.

    `source` tells it from others, e.g. `ask:<id>` or `link:<address>`; `links` lead to where it
    stands, in `channel_id` (empty: nobody but them was told). Who shows it checks who may see that.
    `by` is who they wait for. `about` are the (channel, ts) of the messages that it tells of.
    """

    kind: DayKind
    what: str
    source: str
    at: datetime
    links: tuple[str, ...] = ()
    channel_id: str = ""
    by: str = ""
    about: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Day:
    """Whose day it is, and the stretch of time that is looked back on."""

    person: Person
    since: datetime
    until: datetime


DaySource: TypeAlias = Callable[[UnitOfWork, Day], Sequence[DayItem]]
