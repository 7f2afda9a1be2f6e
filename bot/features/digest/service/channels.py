"""When digests of channels come, and sends them, each once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from bot.core import channels, people
from bot.core.agreement import reading
from bot.core.agreement.changing import Change
from bot.core.agreement.kinds import Plain
from bot.core.agreement.roles import may_change
from bot.core.agreement.setting import Setting, channel_scope
from bot.core.channels import Channel
from bot.core.digests import ChannelReader, DigestSources
from bot.core.unit_of_work import UnitOfWork
from bot.core.working_time import UNKNOWN_ZONE, zone_named
from bot.features.digest.messages.channel import Standing
from bot.features.digest.queries import channels as queries
from bot.features.digest.rules import channels as rules
from bot.features.digest.rules.channels import Due, Frequency, Rhythm
from bot.features.digest.rules.mornings import State
from bot.features.digest.service.channel_talk import compose


@dataclass(frozen=True, slots=True)
class Here:
    """A channel as somebody finds it who asks about its digest."""

    channel: Channel
    zone: ZoneInfo
    may_change: bool


def find(uow: UnitOfWork, channel_id: str, user_id: str) -> Here | None:
    """The channel with somebody in it; None: Baton is not there, or it is no channel."""
    channel = channels.find(uow.session, uow.team_id, channel_id)
    if channel is None or not channel.is_member:
        return None
    person = people.find(uow.session, uow.team_id, user_id)
    zone = zone_named(person.time_zone) if person else None
    may = person is not None and may_change(person, channel_scope(channel_id), channel)
    return Here(channel, zone or UNKNOWN_ZONE, may)


def rhythm_of(uow: UnitOfWork, channel_id: str) -> Rhythm:
    """How often and when a channel gets its digest."""
    return Rhythm(
        Frequency(uow.setting(rules.FREQUENCY, channel_id=channel_id)),
        uow.setting(rules.AT, channel_id=channel_id),
        uow.setting(rules.DAY, channel_id=channel_id),
        uow.setting(rules.ZONE, channel_id=channel_id),
    )


def standing(uow: UnitOfWork, here: Here) -> Standing:
    """What holds in a channel, and when its next digest comes."""
    channel_id = here.channel.channel_id
    rhythm, row = rhythm_of(uow, channel_id), queries.scheduled(uow, channel_id)
    next_at = row.next_at.astimezone(rhythm.zone) if row else None
    return Standing(channel_id, rhythm, next_at, here.may_change)


def changes_to(channel_id: str, wanted: Rhythm) -> list[Change]:
    """What changes in the agreement so that a channel's digest comes like that."""
    said: dict[Setting[Any], Plain] = {rules.FREQUENCY: wanted.frequency.value}
    if wanted.frequency is not Frequency.OFF:
        said |= {
            rules.AT: rules.AT.kind.plain(wanted.at),
            rules.DAY: wanted.day,
            rules.ZONE: rules.ZONE.kind.plain(wanted.zone),
        }
    scope = channel_scope(channel_id)
    return [Change(setting, scope, after) for setting, after in said.items()]


def version(uow: UnitOfWork, channel_id: str) -> int:
    """How often the settings of a channel were changed."""
    return reading.version(uow.session, uow.team_id, channel_scope(channel_id), lock=True)


def follow(uow: UnitOfWork, channel_id: str) -> None:
    """A channel's digest comes at other times from now on, or not any more."""
    rhythm = rhythm_of(uow, channel_id)
    last = queries.last_date(uow, channel_id)
    following = rules.next_slot(uow.now, rhythm, last=last)
    if following is None:
        queries.unschedule(uow, channel_id)
        return
    row = queries.scheduled(uow, channel_id)
    last_told = queries.last_told(uow, channel_id)
    first = rules.covers_at_first(following.at, rhythm, last_told)
    covers_from = row.covers_from if row else first
    queries.schedule(uow, channel_id, following.at, covers_from=covers_from)


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, Due]]:
    """(team, digest) of those that are due, in any workspace."""
    return queries.due(session, now, limit)


def send(uow: UnitOfWork, due: Due, sources: DigestSources) -> None:
    """Posts a channel's digest, once, and schedules the next.

    One that comes too late, or where nothing can be said, is left to the next to tell.
    """
    channel_id, rhythm = due.channel_id, rhythm_of(uow, due.channel_id)
    day = rules.date_of(due.scheduled, rhythm)
    following = rules.next_slot(uow.now, rhythm, last=day)
    if following is None:
        queries.unschedule(uow, channel_id)
        return
    if not queries.claim(uow, due, next_at=following.at):
        return
    channel = channels.find(uow.session, uow.team_id, channel_id)
    can_speak = channel is not None and channel.is_member and not uow.workspace.is_paused
    if channel is None or not can_speak or rules.is_folded(due.scheduled, uow.now):
        queries.record(uow, channel_id, day, State.FOLDED)
        return
    is_late = rules.is_late(due.scheduled, uow.now)
    digest = compose(uow, reader_of(uow, channel, rhythm), sources, rhythm.zone, is_late=is_late)
    if not queries.record(uow, channel_id, day, State.SENT if digest else State.EMPTY):
        return
    queries.told(uow, channel_id)
    if digest is not None:
        uow.outbox.post(rules.key_of(channel_id, day), channel_id, digest)


def reader_of(uow: UnitOfWork, channel: Channel, rhythm: Rhythm) -> ChannelReader:
    """A channel that reads about everything since its last digest."""
    row = queries.scheduled(uow, channel.channel_id)
    covers_from = row.covers_from if row else rules.covers_at_first(uow.now, rhythm, None)
    since = rules.tells_from(covers_from, uow.now)
    return ChannelReader(channel, since, is_weekly=rhythm.frequency is Frequency.WEEKLY)
