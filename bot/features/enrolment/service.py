"""Welcomes channels, and pauses Baton."""

from bot.core import channels, people
from bot.core.agreement.roles import may_change
from bot.core.agreement.setting import WORKSPACE
from bot.core.message_store import RETENTION
from bot.core.unit_of_work import UnitOfWork
from bot.features.enrolment import messages


def welcome(uow: UnitOfWork, channel_id: str) -> None:
    """Says once in a channel what Baton does there, unless it made the channel for something."""
    channel = channels.find(uow.session, uow.team_id, channel_id)
    if channel is not None and channel.creator_id == uow.workspace.bot_user_id:
        return
    kept_days = uow.setting(RETENTION)
    uow.outbox.post(f"enrolment:{channel_id}", channel_id, messages.welcome(channel_id, kept_days))


def may_pause(uow: UnitOfWork, user_id: str) -> bool:
    """Whether somebody may silence Baton for everybody."""
    person = people.find(uow.session, uow.team_id, user_id)
    return person is not None and may_change(person, WORKSPACE, None)
