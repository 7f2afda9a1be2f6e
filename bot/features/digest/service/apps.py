"""What other apps post: kept for the digest, and for nothing else."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.core import attention, erasures, message_store, people, revisions
from bot.core.digests import Line
from bot.core.events import AppPosted, instant_of
from bot.core.quotations import NOT_KEPT, Place
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.messages import apps as messages
from bot.features.digest.queries import apps as queries
from bot.features.digest.queries import reviews as review_queries
from bot.features.digest.rules import apps as rules
from bot.features.digest.rules import reviews
from bot.features.digest.rules.apps import AppMessage
from bot.features.digest.rules.reviews import Told
from bot.features.digest.service.reviews import show_anew


@dataclass(frozen=True, slots=True)
class AppTalk:
    """What apps posted in a channel, as lines; `count` messages in all, some of them quoted.

    `about` are those that are quoted.
    """

    lines: list[Line] = field(default_factory=list)
    count: int = 0
    about: frozenset[Place] = frozenset()


def note(uow: UnitOfWork, event: AppPosted) -> None:
    """An app posted, or changed what it posted."""
    at = instant_of(event.ts)
    if erasures.covers(uow.session, uow.team_id, event.account_id, at):
        return
    days = uow.setting(message_store.RETENTION)
    is_kept = rules.may_keep(at, uow.now, days) and not attention.is_off(uow, event.account_id)
    message = AppMessage(
        event.channel_id,
        event.ts,
        at,
        event.app,
        event.account_id,
        event.text if is_kept else "",
        event.thread_ts,
    )
    if queries.keep(uow, message, event.revision):
        _tell(
            uow,
            (event.channel_id, event.ts),
            _told(event, at) if reviews.is_github(event.app) else [],
        )
        if event.revision:
            place = (message.channel_id, message.ts)
            revisions.replace(uow, [place], _words(uow, message) if message.text else NOT_KEPT)


def forget(uow: UnitOfWork, channel_id: str, ts: str) -> None:
    """A message was deleted, perhaps an app's, perhaps before it arrives here."""
    queries.mark_gone(uow, channel_id, ts)
    _tell(uow, (channel_id, ts), [])


def forget_words_of(uow: UnitOfWork, user_id: str) -> None:
    """What apps posted on somebody's behalf is not kept, if they are left alone."""
    if attention.is_off(uow, user_id):
        theirs = queries.posted_for(uow, user_id)
        revisions.replace(uow, [(each.channel_id, each.ts) for each in theirs], NOT_KEPT)
        queries.empty_of(uow, user_id)


def lines(
    uow: UnitOfWork,
    channel_id: str,
    since: datetime,
    until: datetime,
    told: Collection[Place] = frozenset(),
) -> AppTalk:
    """What apps posted in a channel from `since` (included) to `until` (not).

    Who reads it has to be checked. Left out is what is `told` of elsewhere.
    """
    posted = [
        each
        for each in queries.between(uow, channel_id, since, until)
        if (each.channel_id, each.ts) not in told and not attention.is_off(uow, each.account_id)
    ]
    by_app = rules.by_app(posted)
    found: list[Line] = []
    for each in by_app:
        found += [
            messages.quoted(each.app, _permalink(uow, message), _words(uow, message))
            for message in each.shown
        ]
        if each.rest:
            newest = _permalink(uow, each.rest[-1])
            is_more = bool(each.shown)
            found.append(messages.rest(each.app, newest, len(each.rest), is_more=is_more))
    quoted = frozenset((one.channel_id, one.ts) for each in by_app for one in each.shown)
    return AppTalk(found, len(posted), quoted)


def _tell(uow: UnitOfWork, place: Place, told: Sequence[Told]) -> None:
    """Keeps what a message says of reviews, instead of what it said before."""
    before = review_queries.urls_in(uow, *place)
    review_queries.replace(uow, *place, told)
    show_anew(uow, before | {each.url for each in told})


def _told(event: AppPosted, posted_at: datetime) -> list[Told]:
    """What a message says of reviews: it asked when it was posted, and settles when it changed."""
    changed_at = instant_of(event.revision) if event.revision else posted_at
    return [
        Told(
            fact.url,
            fact.login,
            event.channel_id,
            event.ts,
            posted_at if fact.is_asked else None,
            changed_at if fact.is_settled else None,
        )
        for fact in reviews.facts_in(event.text)
    ]


def _words(uow: UnitOfWork, message: AppMessage) -> str:
    return people.readable(uow.session, uow.team_id, message.text)


def _permalink(uow: UnitOfWork, message: AppMessage) -> str:
    return uow.workspace.permalink(message.channel_id, message.ts, message.thread_ts)
