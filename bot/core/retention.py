"""Keeps what the house promises about people's data, whichever features there are."""

from datetime import timedelta
from typing import Final

from bot.core import message_store, records, revisions, workspaces
from bot.core.bot import Bot
from bot.core.events import MessageDeleted, MessageEdited, SettingChanged
from bot.core.keeping import Kept
from bot.core.unit_of_work import UnitOfWork

HOUR: Final = timedelta(hours=1)


def register(bot: Bot) -> None:
    """Says what the house itself keeps, and has texts go when their time is over.

    Called after the features: what they keep is erased first, while it is known who wrote it.
    """
    for kept in records.HOUSE:
        bot.keep(kept)
    bot.on(MessageEdited, revisions.follow_edit)
    bot.on(MessageDeleted, revisions.follow_deletion)
    bot.on(SettingChanged, revisions.follow_off, wants=revisions.changes_off)
    bot.every(HOUR, purge)


def purge(bot: Bot) -> None:
    """Deletes everywhere what is older than it may be."""
    with bot.reading() as (session, _):
        teams = [workspace.team_id for workspace in workspaces.every(session)]
    bot.each([(team_id, kept) for team_id in teams for kept in bot.kept if kept.purge], _purge)
    bot.database.sweep()


def _purge(uow: UnitOfWork, kept: Kept) -> None:
    purge_one(uow, kept)


def purge_one(uow: UnitOfWork, kept: Kept, days: int | None = None) -> int:
    """Deletes what is too old of one topic; `days` instead of what the workspace has set."""
    if kept.purge is None:
        return 0
    wanted = uow.setting(message_store.RETENTION) if days is None else days
    return kept.purge(uow, wanted)
