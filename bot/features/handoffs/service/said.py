"""What somebody's own messages tell of their day."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from bot.core import attention, channels, message_store, people
from bot.core.channels import Channel
from bot.core.days import Day, DayItem, DayKind
from bot.core.digests import ThreadKind, ThreadReading
from bot.core.message_store import StoredMessage
from bot.core.rooms import is_social
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.rules import said as rules
from bot.features.handoffs.rules.said import Thread


class Said:
    """A source of what people hand over; `readings` tell what threads came to."""

    def __init__(self, readings: Sequence[ThreadReading]) -> None:
        self._readings = readings

    def of_day(self, uow: UnitOfWork, day: Day) -> list[DayItem]:
        """Links to pull requests and issues, what is finished, and threads that are open."""
        found: list[DayItem] = []
        for own in by_channel(uow, day):
            found += [item for each in own for item in (*_links(uow, each), *_done(uow, each))]
            found += self._open(uow, threads(uow, own))
        return found

    def _open(self, uow: UnitOfWork, found: Sequence[Thread]) -> list[DayItem]:
        """Those of a channel's threads that wait for something."""
        if not found:
            return []
        kinds: list[ThreadKind | None] = [None] * len(found)
        for reading in self._readings:
            told = reading(uow, [each.said for each in found])
            kinds = [known or kind for known, kind in zip(kinds, told, strict=True)]
        return [
            _thread(uow, each)
            for each, kind in zip(found, kinds, strict=True)
            if rules.is_open(kind, each.said)
        ]


def by_channel(uow: UnitOfWork, day: Day) -> list[list[StoredMessage]]:
    """What somebody wrote that day in channels that are for work, by channel and age."""
    user_id = day.person.user_id
    shared = channels.shared_with(uow.session, uow.team_id, user_id)
    own: dict[str, list[StoredMessage]] = {each.channel_id: [] for each in shared if _works(each)}
    if attention.is_off(uow, user_id):
        return []
    for each in message_store.said_by(uow.session, uow.team_id, user_id, day.since, day.until):
        if each.channel_id in own and each.is_kept:
            own[each.channel_id].append(each)
    return [said for said in own.values() if said]


def threads(uow: UnitOfWork, own: Sequence[StoredMessage]) -> list[Thread]:
    """The threads of a channel in which somebody wrote, without what people wrote who are off."""
    roots: dict[str, list[StoredMessage]] = {}
    for each in own:
        roots.setdefault(each.thread_root, []).append(each)
    found = [Thread(_whole(uow, own[0].channel_id, ts), mine) for ts, mine in roots.items()]
    return [each for each in found if each.said]


def _works(channel: Channel) -> bool:
    return not is_social(channel.name)


def _whole(uow: UnitOfWork, channel_id: str, root_ts: str) -> list[StoredMessage]:
    place = (uow.session, uow.team_id, channel_id, root_ts)
    root = message_store.find(*place)
    last = message_store.replies(*place)[-rules.MOST_REPLIES :]
    said = [*([root] if root is not None else []), *last]
    return [each for each in said if each.is_kept and not attention.is_off(uow, each.user_id)]


def _links(uow: UnitOfWork, message: StoredMessage) -> Iterator[DayItem]:
    kind = DayKind.DONE if rules.says_done(message.text) else DayKind.IN_PROGRESS
    for each in rules.linked_in(message.text):
        yield DayItem(
            kind,
            rules.about(message.text, each, _readable(uow)),
            f"link:{each.url}",
            message.at,
            (each.url, permalink(uow, message)),
            message.channel_id,
            about=frozenset({(message.channel_id, message.ts)}),
        )


def _done(uow: UnitOfWork, message: StoredMessage) -> Iterator[DayItem]:
    what = rules.finished(message.text, _readable(uow))
    if what:
        yield DayItem(
            DayKind.DONE,
            what,
            f"message:{message.channel_id}|{message.ts}",
            message.at,
            (permalink(uow, message),),
            message.channel_id,
            about=frozenset({(message.channel_id, message.ts)}),
        )


def _thread(uow: UnitOfWork, thread: Thread) -> DayItem:
    first = thread.own[0]
    return DayItem(
        DayKind.IN_PROGRESS,
        people.readable(uow.session, uow.team_id, first.text),
        f"message:{first.channel_id}|{thread.root_ts}",
        thread.at,
        (permalink(uow, first),),
        first.channel_id,
        about=frozenset((each.channel_id, each.ts) for each in thread.said),
    )


def permalink(uow: UnitOfWork, message: StoredMessage) -> str:
    """Where a message stands."""
    return uow.workspace.permalink(message.channel_id, message.ts, message.thread_ts)


def _readable(uow: UnitOfWork) -> Callable[[str], str]:
    return partial(people.readable, uow.session, uow.team_id)
