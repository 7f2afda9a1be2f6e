"""Gathers what is known around a message, for the rules."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core import channels, message_store, people
from bot.core.channels import Channel
from bot.core.events import ChannelKind
from bot.core.message_store import StoredMessage
from bot.core.prose import addressed_in
from bot.core.unit_of_work import UnitOfWork
from bot.features.coach.rules import rooms, settings
from bot.features.coach.rules.situation import Addressee, Room, Situation
from bot.features.coach.rules.surroundings import (
    BEFORE,
    MOST_BEFORE,
    MOST_READ,
    MOST_THREADS,
    addressee,
)


def around(uow: UnitOfWork, message: StoredMessage, kind: ChannelKind) -> Situation:
    """A message with what was said before and after it, where, and to whom."""
    root = _root(uow, message)
    recent = () if message.is_reply else _recent(uow, message)
    said = _thread(uow, message, root) if message.is_reply else _beside(message, recent)
    before = [each for each in said if each.at < message.at]
    return Situation(
        message,
        room_of(uow, message.channel_id, kind),
        before=before[-MOST_BEFORE:],
        after=[each for each in said if each.at > message.at],
        root=root,
        threads=_threads(uow, message, recent),
        addressees=addressees(uow, message, message.at),
        is_first=not before,
    )


def room_of(uow: UnitOfWork, channel_id: str, kind: ChannelKind) -> Room:
    """What kind of conversation a channel is, by its name unless its settings say so."""
    channel = channels.find(uow.session, uow.team_id, channel_id)
    room = rooms.room_of(channel.name if channel else "", kind)
    is_general = room.is_general or (channel is not None and channel.is_general)
    said = uow.setting(settings.SOCIAL, channel_id=channel_id)
    is_social = room.is_social if said == "auto" else said == "on"
    return Room(kind, is_social=is_social, is_general=is_general, is_for_help=room.is_for_help)


def is_left_alone(uow: UnitOfWork, channel: Channel | None) -> bool:
    """Whether people from elsewhere read a channel and nobody switched the coach on there."""
    if channel is None or not channel.is_shared:
        return False
    return not uow.setting(settings.SHARED, channel_id=channel.channel_id)


def addressees(uow: UnitOfWork, message: StoredMessage, at: datetime) -> Sequence[Addressee]:
    """Those whom a message mentions, and how late it is for them at an instant."""
    found = (people.find(uow.session, uow.team_id, each) for each in addressed_in(message.text))
    return [
        addressee(person.user_id, person.working_time, at)
        for person in found
        if person is not None and person.is_member and person.user_id != message.user_id
    ]


def _thread(
    uow: UnitOfWork, message: StoredMessage, root: StoredMessage | None
) -> Sequence[StoredMessage]:
    """The thread of a reply, without the reply."""
    place = (uow.session, uow.team_id, message.channel_id, message.thread_root)
    said = [*([root] if root else []), *message_store.replies(*place)]
    return [each for each in said if each.ts != message.ts]


def _beside(message: StoredMessage, recent: Sequence[StoredMessage]) -> Sequence[StoredMessage]:
    """What stands outside of threads, or under the message itself."""
    return [
        each
        for each in recent
        if each.ts != message.ts and (not each.is_reply or each.thread_root == message.ts)
    ]


def _recent(uow: UnitOfWork, message: StoredMessage) -> Sequence[StoredMessage]:
    """What was said in the channel around a message, with it; of very much what is nearest."""
    place, until = (uow.session, uow.team_id, message.channel_id), uow.now + timedelta(seconds=1)
    before = message_store.between(*place, message.at - BEFORE, message.at, newest=MOST_READ)
    return [*before, *message_store.between(*place, message.at, until, oldest=MOST_READ)]


def _root(uow: UnitOfWork, message: StoredMessage) -> StoredMessage | None:
    if not message.is_reply:
        return None
    return message_store.find(uow.session, uow.team_id, message.channel_id, message.thread_root)


def _threads(
    uow: UnitOfWork, message: StoredMessage, recent: Sequence[StoredMessage]
) -> Sequence[StoredMessage]:
    replies = (each for each in recent if each.is_reply and each.at < message.at)
    roots = dict.fromkeys(each.thread_root for each in replies)
    place = (uow.session, uow.team_id, message.channel_id)
    found = (message_store.find(*place, ts) for ts in list(roots)[-MOST_THREADS:])
    return [root for root in found if root is not None]
