"""What the clock does to digests."""

from typing import Final

from bot.core.bot import Bot
from bot.features.digest import service

BATCH: Final = 100


def send_due(bot: Bot) -> None:
    """Sends every digest whose morning has come."""
    with bot.reading() as (session, now):
        due = service.due(session, now, BATCH)
    for team_id, user_id, scheduled in due:
        with bot.begin(team_id, during="job") as uow:
            service.send(uow, user_id, scheduled, bot.digest_sources)
