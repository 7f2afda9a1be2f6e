"""Reads the stored thread that a decision was made in, as its reader may be shown it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial

from bot.core import attention, groups, message_store, people
from bot.core.events import instant_of
from bot.core.message_store import StoredMessage
from bot.core.people import UNKNOWN_TIME
from bot.core.render import groups_in, mentions_in, plain
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.rules.registry import Place
from bot.features.decisions.rules.threads import Spoken

FIRST, LAST = 50, 350
"""Of a longer thread so many messages of its beginning and of its end are read."""


@dataclass(frozen=True, slots=True)
class Picked:
    """The message that somebody picked; its author and text as Slack told, if it did."""

    place: Place
    author_id: str = ""
    text: str = ""


def read(uow: UnitOfWork, picked: Picked, reader_id: str) -> list[Spoken]:
    """What was said in a thread, the oldest message first, with the one that was picked."""
    messages = _messages(uow, picked)
    texts = [each.text for each in messages]
    called = _names(uow, texts, [each.user_id for each in messages])
    reader = people.find(uow.session, uow.team_id, reader_id)
    local = (reader.working_time if reader else UNKNOWN_TIME).local
    is_off = cache(partial(attention.is_off, uow))
    return [
        Spoken(
            each.ts,
            each.user_id,
            called.get(each.user_id, "somebody"),
            each.text,
            plain(each.text, called),
            local(each.at).date(),
            is_quotable=not is_off(each.user_id),
        )
        for each in messages
    ]


def with_root(uow: UnitOfWork, place: Place) -> Place:
    """A place with the thread that its message stands in, where that is known."""
    found = message_store.find(uow.session, uow.team_id, place.channel_id, place.message_ts)
    return place if found is None else replace(place, root_ts=found.thread_root)


def stored(uow: UnitOfWork, place: Place) -> list[StoredMessage]:
    """What is stored of a thread, the oldest message first; only where there is a text."""
    where = (uow.session, uow.team_id, place.channel_id)
    root = message_store.find(*where, place.root_ts)
    replies = message_store.replies(*where, place.root_ts)
    known = [each for each in (*([root] if root else ()), *replies) if each.text]
    return known if len(known) <= FIRST + LAST else [*known[:FIRST], *known[-LAST:]]


def _messages(uow: UnitOfWork, picked: Picked) -> list[StoredMessage]:
    known = stored(uow, picked.place)
    place = picked.place
    if not picked.text or any(each.ts == place.message_ts for each in known):
        return known
    at = instant_of(place.message_ts)
    own = StoredMessage(
        place.channel_id, place.message_ts, picked.author_id, picked.text, place.root_ts, at
    )
    return sorted([*known, own], key=lambda each: each.at)


def _names(uow: UnitOfWork, texts: Iterable[str], authors: Iterable[str]) -> Mapping[str, str]:
    """What everybody is called who wrote in it or is mentioned, looked up at once."""
    together = " ".join(texts)
    mentioned = {*mentions_in(together), *authors}
    found = dict(people.names(uow.session, uow.team_id, mentioned))
    return found | dict(groups.names(uow.session, uow.team_id, groups_in(together)))
