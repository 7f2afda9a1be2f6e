"""Two people who have written back and forth for long may be better served by a talk."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from bot.core import channels, message_store, people
from bot.core.events import ChannelKind
from bot.core.message_store import StoredMessage
from bot.core.unit_of_work import UnitOfWork
from bot.features.coach import queries
from bot.features.coach.rules import settings
from bot.features.coach.rules.catalogue import Rule
from bot.features.coach.rules.norms import talks
from bot.features.coach.rules.review import review_talk
from bot.features.coach.rules.situation import Situation
from bot.features.coach.service import hinting, surroundings

LOOKS_BACK: Final = settings.REST
"""So far back the beginning of a talk is looked for: it is the same while the two go on."""
Thread = tuple[str, str]
"""The channel, and the thread; without one it is what was said outside of threads."""


def busy(session: Session, now: datetime) -> list[tuple[str, Thread]]:
    """(team, thread) of those in which enough was written lately to look at them."""
    found = queries.busy_threads(session, now - talks.WITHIN, talks.ALTERNATIONS)
    return [(team_id, (channel_id, root_ts)) for team_id, channel_id, root_ts in found]


def propose_to_talk(uow: UnitOfWork, thread: Thread) -> None:
    """Proposes a talk, with an agenda, to whoever of the two wrote last."""
    channel_id, _ = thread
    channel = channels.find(uow.session, uow.team_id, channel_id)
    if channel is None or surroundings.is_left_alone(uow, channel):
        return
    if uow.setting(settings.MODE, channel_id=channel_id) == settings.OFF:
        return
    kind = ChannelKind.PRIVATE if channel.is_private else ChannelKind.PUBLIC
    room = surroundings.room_of(uow, channel_id, kind)
    said = _said(uow, thread)
    finding = review_talk(said, room)
    if finding is None or uow.now - said[-1].at > settings.FRESH:
        return
    author = people.find(uow.session, uow.team_id, said[-1].user_id)
    if author is None or not hinting.wants_hints(uow, author):
        return
    if Rule.BACK_AND_FORTH in hinting.switched_off(uow, author, channel_id):
        return
    run = [each for each in said if each.ts >= finding.about]
    situation = Situation(said[-1], room, before=said[:-1])
    hinting.give(uow, author, finding, situation, agenda=talks.agenda(run))


def _said(uow: UnitOfWork, thread: Thread) -> Sequence[StoredMessage]:
    channel_id, root_ts = thread
    place = (uow.session, uow.team_id, channel_id)
    since = uow.now - LOOKS_BACK
    if root_ts:
        said = message_store.replies(*place, root_ts)
        return [each for each in said if each.at >= since]
    found = message_store.between(*place, since, uow.now + settings.LOOKS_AFTER)
    return [each for each in found if not each.is_reply]
