"""Installations without Slack: what it gives is made up, what is kept is real."""

from datetime import timedelta
from typing import Any

from bot.core import endings, installations, workspaces
from bot.core.bot import Bot
from bot.core.installations import Ending, Granted, InstallationRow
from bot.core.workspaces import Workspace

DAY = timedelta(days=1)
TOKEN = "xoxb-1111-canary"


def granted(team_id: str, text: str = TOKEN, **how: Any) -> Granted:
    """What Slack gives."""
    return Granted(team_id, text, "UBOT", frozenset({"chat:write"}), **how)


def install(bot: Bot, given: Granted, *serves: str) -> int:
    """An installation at work in its workspaces, as soon as nothing older is left there."""
    with bot.database.transaction() as session:
        keyring, now = bot.house.keyring, bot.clock.now()
        generation = installations.install(session, keyring, given, now=now)
        row = session.get_one(InstallationRow, (given.team_id, generation))
        for team_id in serves or (given.team_id,):
            place = Workspace(
                team_id,
                team_id,
                "https://x.slack.com/",
                "B1",
                "UBOT",
                frozenset(),
                installation=given.team_id,
                generation=generation,
            )
            workspaces.save(session, place, now=now)
        row.live_at = now
    return generation


def end(bot: Bot, team_id: str, *, delay: timedelta = DAY, generation: int | None = None) -> bool:
    """Somebody uninstalls it."""
    with bot.database.transaction() as session:
        now = bot.clock.now()
        return endings.end(
            session,
            team_id,
            Ending.UNINSTALLED,
            now=now,
            delay=delay,
            generation=generation,
        )
