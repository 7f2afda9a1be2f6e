"""What is settled in threads, offered to be logged and listed where nobody did."""

from bot.core.bot import Bot
from bot.core.digests import DigestSection, Part, Reader
from bot.core.events import ButtonPressed, MessageEdited, MessagePosted
from bot.core.replies import Answer, Replace, Reply
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Sifted
from bot.features.decisions.messages import digest
from bot.features.decisions.messages import offers as messages
from bot.features.decisions.service import offers


def watch_thread(event: MessagePosted | MessageEdited, uow: UnitOfWork) -> None:
    """A message may settle something."""
    offers.watch(event, uow)


def refuse(event: ButtonPressed, uow: UnitOfWork) -> Reply | None:
    """Not a decision."""
    channel_id, _, root_ts = event.value.partition("|")
    is_noted = offers.refuse(uow, (channel_id, root_ts), event.user_id)
    return None if is_noted else Answer(messages.not_asked())


class Choosing:
    """Buttons that change somebody's own setting."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def stop(self, event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """Don't offer again."""
        self._want(uow, event.user_id, on=False)
        return Answer(messages.stopped())

    def again(self, event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """Offer them again."""
        self._want(uow, event.user_id, on=True)
        return Replace(messages.again())

    def _want(self, uow: UnitOfWork, user_id: str, *, on: bool) -> None:
        self._bot.change_settings(uow, [offers.wanting(user_id, on=on)], by=user_id)


def unrecorded_in_digest(uow: UnitOfWork, reader: Reader) -> DigestSection | None:
    """Once a week: what was settled in somebody's threads and is not recorded."""
    found = offers.unrecorded_for(uow, reader)
    if found is None:
        return None
    lines = tuple(
        digest.unrecorded_line(each.channel_id, each.decided_ts, each.settled)
        for each in found.seen
    )
    return digest.section(Part.LEFT_OVER, digest.UNRECORDED, Sifted(lines, found.held_back))
