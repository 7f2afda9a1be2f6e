"""Has messages of ours say something else where the words of people in them changed."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Final

from bot.core import attention, message_store, outbox, people, quotations, unread
from bot.core.agreement.setting import Layer
from bot.core.events import MessageDeleted, MessageEdited, SettingChanged
from bot.core.quotations import DELETED, NOT_KEPT, Place
from bot.core.render import Mrkdwn
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import may_see

NEWEST: Final = timedelta(days=1)
"""What is older is read no more."""


def follow_edit(event: MessageEdited, uow: UnitOfWork) -> None:
    """Somebody's words are others now, and so they are wherever they are quoted."""
    place = (event.channel_id, event.ts)
    if not quotations.telling_of(uow.session, uow.team_id, place):
        return
    message = message_store.find(uow.session, uow.team_id, *place)
    if message is not None:
        words = people.readable(uow.session, uow.team_id, message.text)
        replace(uow, [place], words if message.is_kept else NOT_KEPT)


def follow_deletion(event: MessageDeleted, uow: UnitOfWork) -> None:
    """Somebody took their words back."""
    replace(uow, [(event.channel_id, event.ts)], DELETED)


def changes_off(event: SettingChanged) -> bool:
    """Whether somebody may have switched themselves off."""
    return event.key == attention.OFF.key and event.layer == Layer.PERSON


def follow_off(event: SettingChanged, uow: UnitOfWork) -> None:
    """Somebody wants to be left alone: what they wrote is neither kept nor quoted any more."""
    user_id = event.scope_id
    if not attention.is_off(uow, user_id):
        return
    written = message_store.written_by(uow.session, uow.team_id, user_id)
    replace(uow, [(row.channel_id, row.ts) for row in written], NOT_KEPT)
    message_store.empty(uow.session, uow.team_id, user_id)
    unread.forget_dead(uow.session, uow.team_id, user_id=user_id)


def replace(uow: UnitOfWork, places: Iterable[Place], words: str) -> None:
    """Puts other words in the place of what was said there, wherever we quote it."""
    for place, key in quotations.telling_of_any(uow.session, uow.team_id, places):
        change = partial(
            quotations.with_words,
            permalink=uow.workspace.permalink(*place),
            words=_for_reader(uow, key, place, words),
            quotes=quotations.is_about_one(uow.session, uow.team_id, key),
        )
        uow.outbox.rewrite(key, change)


def mark(uow: UnitOfWork, user_id: str, place: Place, said: Mrkdwn, *, is_over: bool) -> None:
    """Has the lines with a menu about a message, in what somebody got within a day, begin so.

    Empty: as they did. What `is_over` has no menu any more.
    """
    change = partial(
        quotations.with_mark, permalink=uow.workspace.permalink(*place), mark=said, is_over=is_over
    )
    for key in quotations.telling_of(uow.session, uow.team_id, place):
        row = outbox.find(uow.session, uow.team_id, key)
        if row is not None and row.recipient == user_id and row.queued_at > uow.now - NEWEST:
            uow.outbox.rewrite(key, change)


def _for_reader(uow: UnitOfWork, key: str, place: Place, words: str) -> str:
    """New words reach only somebody who may still read them there."""
    reader = uow.outbox.reader_of(key)
    is_news = words not in quotations.PLACEHOLDERS
    if reader and is_news and not may_see(uow, reader, place[0]):
        return NOT_KEPT
    return words
