"""What the clock brings about in the working agreement."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from bot.core.agreement import refusals
from bot.core.agreement.refusals import Refused
from bot.core.bot import Bot
from bot.core.checks import Checked
from bot.core.unit_of_work import UnitOfWork
from bot.features.agreement import messages, service

OFTEN: Final = timedelta(minutes=5)


def tell_of_refusals(bot: Bot) -> None:
    """Tells whoever set it that Slack does not let Baton do what they set."""
    with bot.reading() as (session, _):
        untold = refusals.every(session, untold=True)

    def tell(uow: UnitOfWork, refused: Refused) -> None:
        service.tell(bot.agreement, uow, refused)

    bot.each(((each.team_id, each) for each in untold), tell)


def look_over(bot: Bot) -> Iterable[Checked]:
    """A line for `baton doctor`: settings whose channels are closed to Baton."""
    with bot.reading() as (session, _):
        refused = refusals.every(session)
    if not refused:
        return [Checked(messages.ABOUT, messages.ALL_OPEN)]
    return [Checked(messages.ABOUT, messages.some_refused(refused), messages.OPEN_THEM)]
