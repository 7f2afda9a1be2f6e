"""From a message to a hint that its author alone sees, if one helps."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.core import attention, channels, introductions, message_store, people
from bot.core.attention import Route, Urgency
from bot.core.events import ChannelKind, MessagePosted
from bot.core.message_store import StoredMessage
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.coach import queries
from bot.features.coach.messages import hints, welcome
from bot.features.coach.models import LookRow
from bot.features.coach.queries import Place
from bot.features.coach.rules import settings
from bot.features.coach.rules.catalogue import Finding, Rule
from bot.features.coach.rules.settled import review_settled
from bot.features.coach.rules.situation import Situation
from bot.features.coach.service import surroundings

WELCOME = "coach"
"""What somebody meets in their first week instead of a first hint."""


def look_later(event: MessagePosted, uow: UnitOfWork) -> None:
    """A message may need a hint: its author has a while to complete it."""
    if uow.now - event.at > settings.FRESH or not _may_matter(uow, event):
        return
    queries.look_later(uow, event, event.at + settings.LOOKS_AFTER)


def meet(uow: UnitOfWork, user_id: str) -> None:
    """Baton begins to work for somebody: what they see of the coach first is a welcome."""
    queries.meet(uow, user_id)


def due(session: Session, now: datetime, limit: int) -> list[tuple[str, Place]]:
    """(team, message) of those to be looked at by now."""
    return queries.due(session, now, limit)


def look(uow: UnitOfWork, place: Place) -> None:
    """Its author had time: looks at a message as it stands now, once."""
    row = queries.take_look(uow, place)
    message = message_store.find(uow.session, uow.team_id, *place)
    if row is None or message is None or not message.is_kept:
        return
    if uow.now - message.at > settings.FRESH:
        return
    author = people.find(uow.session, uow.team_id, message.user_id)
    if author is None or not wants_hints(uow, author) or not _is_there(uow, row):
        return
    situation = surroundings.around(uow, message, ChannelKind(row.kind))
    found = review_settled(situation, without=switched_off(uow, author, message.channel_id))
    if found:
        give(uow, author, found[0], situation)


def give(
    uow: UnitOfWork,
    author: Person,
    finding: Finding,
    situation: Situation,
    agenda: Sequence[str] = (),
) -> None:
    """Gives a hint, or counts the one that would have been given."""
    message = situation.message
    channel_id, root_ts = message.channel_id, _situation_of(finding, message)
    mode = uow.setting(settings.MODE, channel_id=channel_id)
    is_on = mode == settings.ON
    if mode == settings.OFF or queries.was_hinted(uow, channel_id, root_ts, finding.rule):
        return
    if is_on and (not attention.may_hint(uow, author) or _welcomed(uow, author)):
        return
    place = (channel_id, message.ts)
    if not queries.record_hint(uow, place, root_ts, finding.rule, mode):
        return
    if not queries.claim_hint(uow, author.user_id, settings.REST, is_shown=is_on):
        queries.forget(uow, [place])
    elif is_on:
        _whisper(uow, author, finding, situation, agenda)


def _situation_of(finding: Finding, message: StoredMessage) -> str:
    """Where a kind of hint is given once: its thread, or where a talk outside of threads began."""
    is_talk = finding.rule is Rule.BACK_AND_FORTH and not message.is_reply
    return finding.about if is_talk else message.thread_root


def switched_off(uow: UnitOfWork, author: Person, channel_id: str) -> Collection[Rule]:
    """The rules of which an author is told nothing in a channel."""
    here = uow.setting(settings.RULES, channel_id=channel_id)
    theirs = uow.setting(settings.MY_RULES, user_id=author.user_id)
    away = queries.staying_away(uow, author.user_id)
    return {rule for rule in Rule if rule not in here or rule not in theirs or rule.value in away}


def wants_hints(uow: UnitOfWork, author: Person) -> bool:
    """Whether somebody is one of those whom the coach helps: a full member who did not say no."""
    wanted = uow.setting(settings.HINTS, user_id=author.user_id)
    return author.is_member and wanted and not attention.is_off(uow, author.user_id)


def _is_there(uow: UnitOfWork, row: LookRow) -> bool:
    """Whether Baton and the author are still where it was written, so that a hint can be seen."""
    if row.kind == ChannelKind.GROUP_DIRECT:
        return True  # whoever is in one stays in it
    place = (uow.session, uow.team_id, row.channel_id)
    channel = channels.find(*place)
    return channel is not None and channel.is_member and channels.has_member(*place, row.user_id)


def _may_matter(uow: UnitOfWork, event: MessagePosted) -> bool:
    if uow.setting(settings.MODE, channel_id=event.channel_id) == settings.OFF:
        return False
    channel = channels.find(uow.session, uow.team_id, event.channel_id)
    return not surroundings.is_left_alone(uow, channel)


def _welcomed(uow: UnitOfWork, author: Person) -> bool:
    """Whether somebody who is new gets a welcome instead of a hint.

    One that may not come now waits for nothing: they get the hint, and the welcome another time.
    """
    since = queries.since(uow, author.user_id)
    if since is None or uow.now - since > settings.FIRST_WEEK:
        return False
    if introductions.was_met(uow, author.user_id, WELCOME):
        return False
    key = f"coach:welcome:{author.user_id}"
    route = attention.reach(uow, key, author, welcome.welcome(), urgency=Urgency.ROUTINE)
    if route is Route.NOW:
        introductions.is_first(uow, author.user_id, WELCOME)
    return route is Route.NOW


def _whisper(
    uow: UnitOfWork,
    author: Person,
    finding: Finding,
    situation: Situation,
    agenda: Sequence[str],
) -> None:
    message = situation.message
    phrase = people.readable(uow.session, uow.team_id, finding.phrase)
    attention.whisper(
        uow,
        f"coach:{message.channel_id}:{message.ts}:{finding.rule}",
        author,
        hints.hint(finding, situation, phrase, agenda),
        channel_id=message.channel_id,
        drop_after=message.at + settings.FRESH,
        thread_ts=message.thread_ts if message.is_reply else None,
    )
