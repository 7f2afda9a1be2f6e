"""Workspaces in which Baton is installed, for tests that have no Slack."""

from bot.core import workspaces
from bot.core.bot import Bot
from bot.core.workspaces import Workspace


def installed(bot: Bot, *team_ids: str) -> Bot:
    """The bot, installed in these workspaces."""
    with bot.database.transaction() as session:
        for team_id in team_ids or ("T1",):
            place = Workspace(team_id, team_id, "https://x.slack.com/", "B1", "UBOT", frozenset())
            workspaces.save(session, place, now=bot.clock.now())
    return bot
