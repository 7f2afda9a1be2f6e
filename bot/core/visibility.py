"""What a reader may see: asked by every list, search, digest and answer, at the time of showing.

Public channels are open to full members, private ones to those who are in them, and nothing to
guests, apps, external and deactivated people. What is known of a private channel is good for a
minute; after that Slack is asked, between two units of work (`Bot.perform`). What could not be
checked is not shown, and counted.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Generic, TypeVar

from bot.core import channels, people
from bot.core.channels import Knowledge
from bot.core.render import Mrkdwn, mrkdwn
from bot.core.unit_of_work import UnitOfWork

GOOD_FOR: Final = timedelta(seconds=60)
FEWEST: Final = 5
"""Figures about fewer people than this would tell of single ones."""

T = TypeVar("T")


class Sight(StrEnum):
    """Whether a reader may see what was said in a channel."""

    OPEN = "open"
    CLOSED = "closed"
    UNSURE = "unsure"  # they could when Slack was last asked, which is too long ago


@dataclass(frozen=True, slots=True)
class Sifted(Generic[T]):
    """What of a list a reader may see, and how much of it could not be checked just now."""

    seen: tuple[T, ...] = ()
    held_back: int = 0


def judge(known: Knowledge | None, *, is_full_member: bool, now: datetime) -> Sight:
    """Decides from what is known of a channel and of the reader's membership.

    Somebody who was not in a private channel when Slack was last asked is not asked about again:
    joining tells itself, and an answer that takes longer would tell that there is something.
    """
    if not is_full_member:
        return Sight.CLOSED
    if known is None or known.asked_at is None:
        return Sight.UNSURE
    is_fresh = abs(now - known.asked_at) <= GOOD_FOR
    if not known.is_private:
        return Sight.OPEN if is_fresh or known.has_baton else Sight.UNSURE
    if not known.has_reader:
        return Sight.CLOSED
    return Sight.OPEN if is_fresh else Sight.UNSURE


def sight(uow: UnitOfWork, reader_id: str, channel_id: str) -> Sight:
    """Whether a reader may see what was said in a channel; notes what Slack has to be asked."""
    reader = people.find(uow.session, uow.team_id, reader_id)
    known = channels.known(uow.session, uow.team_id, channel_id, reader_id)
    is_full_member = reader is not None and reader.is_member
    seen = judge(known, is_full_member=is_full_member, now=uow.now)
    if seen is Sight.UNSURE:
        uow.unsure.add(channel_id)
    return seen


def may_see(uow: UnitOfWork, reader_id: str, channel_id: str) -> bool:
    """Whether a reader may see what was said in a channel."""
    return sight(uow, reader_id, channel_id) is Sight.OPEN


def sift(
    uow: UnitOfWork,
    reader_id: str,
    items: Iterable[T],
    *,
    channel_of: Callable[[T], str],
    limit: int | None = None,
) -> Sifted[T]:
    """What of a list a reader may see, the first `limit` of it."""
    items = list(items)
    return look(uow, reader_id, map(channel_of, items)).sift(
        uow, items, channel_of=channel_of, limit=limit
    )


@dataclass(frozen=True, slots=True)
class Look:
    """What a reader may see of some channels, as looked up once within a unit of work."""

    sights: Mapping[str, Sight]
    were_open: frozenset[str]

    @property
    def closed(self) -> frozenset[str]:
        """The channels of which they may see nothing, so that no search needs to look there.

        What is found elsewhere still has to be sifted.
        """
        return frozenset(each for each, sight in self.sights.items() if sight is Sight.CLOSED)

    def sift(
        self,
        uow: UnitOfWork,
        items: Iterable[T],
        *,
        channel_of: Callable[[T], str],
        limit: int | None = None,
    ) -> Sifted[T]:
        """As `sift`, of things in these channels; of any other nothing is shown."""
        seen: list[T] = []
        held_back = 0
        for item in items:
            if len(seen) == limit:
                break
            channel_id = channel_of(item)
            match self.sights.get(channel_id, Sight.CLOSED):
                case Sight.OPEN:
                    seen.append(item)
                case Sight.UNSURE:
                    uow.unsure.add(channel_id)
                    held_back += channel_id in self.were_open
                case Sight.CLOSED:
                    pass
        return Sifted(tuple(seen), held_back)


def look(uow: UnitOfWork, reader_id: str, channel_ids: Iterable[str]) -> Look:
    """Looks up what a reader may see of these channels; only sifting notes what is to be asked."""
    ids = list(dict.fromkeys(channel_ids))
    told = channels.known_among(uow.session, uow.team_id, ids, reader_id)
    is_full_member, known = told is not None, told or {}
    return Look(
        {each: judge(known.get(each), is_full_member=is_full_member, now=uow.now) for each in ids},
        frozenset(each for each in ids if _was_open(known.get(each))),
    )


def sight_of_all(uow: UnitOfWork, reader_id: str, channel_ids: Iterable[str]) -> Sight:
    """Whether a reader may see every one of these channels."""
    found = {sight(uow, reader_id, channel_id) for channel_id in channel_ids}
    return next((each for each in (Sight.CLOSED, Sight.UNSURE) if each in found), Sight.OPEN)


def was_open(uow: UnitOfWork, reader_id: str, channel_id: str) -> bool:
    """Whether a reader could see a channel when Slack was last asked.

    Only they are told that something is held back: to others it would tell that there is something.
    """
    return _was_open(channels.known(uow.session, uow.team_id, channel_id, reader_id))


def held_back(count: int) -> Mrkdwn:
    """The small line about what could not be checked."""
    what = "1 line is" if count == 1 else f"{count} lines are"
    return mrkdwn(
        "{what} held back: I could not check just now that you may see {them}.",
        what=what,
        them="it" if count == 1 else "them",
    )


def may_count(people: Iterable[str]) -> bool:
    """Whether a figure about these people says nothing about one of them."""
    return len(set(people)) >= FEWEST


def figure(people: Iterable[str], number: T) -> T | None:
    """A figure about these people, or None where they are too few."""
    return number if may_count(people) else None


def _was_open(known: Knowledge | None) -> bool:
    return known is not None and (known.has_reader or not known.is_private)
