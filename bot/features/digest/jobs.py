"""What the clock does to digests."""

from typing import Final

from bot.core.bot import Bot
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest import service
from bot.features.digest.rules import Due

BATCH: Final = 100


def send_due(bot: Bot) -> None:
    """Sends every digest whose morning has come."""

    def send(uow: UnitOfWork, due: Due) -> None:
        service.send(uow, due, bot.digest_sources)

    with bot.reading() as (session, now):
        due = service.due(session, now, BATCH)
    bot.each(due, send)
