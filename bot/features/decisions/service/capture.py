"""Logging what was decided."""

from dataclasses import replace
from uuid import UUID

from bot.core import attention, channels, people
from bot.core.events import MessageShortcut
from bot.core.ids import known_id
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Sight, may_see, sight
from bot.features.decisions.queries import drafts
from bot.features.decisions.queries import registry as queries
from bot.features.decisions.rules.registry import Decision, Fields, Place
from bot.features.decisions.service import recording


def already_logged(uow: UnitOfWork, shortcut: MessageShortcut) -> Decision | None:
    """The decision that was logged from this message's thread before."""
    root_ts = shortcut.thread_ts or shortcut.message_ts
    row = queries.of_thread(uow, shortcut.channel_id, root_ts)
    return recording.decision(uow, row) if row else None


def start_draft(uow: UnitOfWork, shortcut: MessageShortcut) -> tuple[UUID, str]:
    """Notes what a form is about; returns its id and the message as people read it.

    Whoever wants to be left alone is not quoted.
    """
    author_id = shortcut.message_user_id
    if author_id and attention.is_off(uow, author_id):
        return drafts.add(uow, shortcut), ""
    said = people.readable(uow.session, uow.team_id, shortcut.text)
    return drafts.add(uow, shortcut), said


def log(uow: UnitOfWork, reference: str, user_id: str, fields: Fields) -> Decision | None:
    """Logs a decision once and posts its card; None if this is not the reader's form.

    Sending the same form again, or another form about the same thread, finds what was logged.
    """
    draft_id = known_id(reference)
    draft = drafts.get(uow, draft_id) if draft_id else None
    if (
        draft is None
        or draft.user_id != user_id
        or not can_be_found(uow, user_id, draft.channel_id)
    ):
        return None
    row = queries.of_thread(uow, draft.channel_id, draft.root_ts)
    if row is None:
        fields = replace(fields, owner_id=fields.owner_id or user_id)
        place = Place(draft.channel_id, draft.message_ts, draft.root_ts)
        recording.add(uow, fields, place, by=user_id, author_id=draft.author_id)
        row = queries.of_thread(uow, draft.channel_id, draft.root_ts)
    if row is None:
        raise AssertionError("a decision that was just logged is gone")
    if row.logged_by != user_id and not may_see(uow, user_id, row.channel_id):
        return None
    if is_member_of(uow, row.channel_id):
        recording.post_card(uow, row)
    return recording.decision(uow, row)


def can_be_found(uow: UnitOfWork, user_id: str, channel_id: str) -> bool:
    """Whether somebody will see again what they log; that it cannot be checked is no reason."""
    return sight(uow, user_id, channel_id) is not Sight.CLOSED


def is_member_of(uow: UnitOfWork, channel_id: str) -> bool:
    """Whether Baton is in a channel and can post there."""
    channel = channels.find(uow.session, uow.team_id, channel_id)
    return channel is not None and channel.is_member
