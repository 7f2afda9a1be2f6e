"""Draws App Homes and explains."""

from collections.abc import Sequence

from bot.core import people
from bot.core.attention import Urgency, reach
from bot.core.blocks import Message
from bot.core.bot import HomeSource
from bot.core.events import MessagePosted
from bot.core.unit_of_work import UnitOfWork
from bot.features.home import messages, rules


def show(uow: UnitOfWork, user_id: str, sources: Sequence[HomeSource]) -> None:
    """Puts somebody's current board on their App Home."""
    person = people.find(uow.session, uow.team_id, user_id)
    if person is not None and person.is_member:
        parts = [source(uow, person) for source in sources]
        uow.outbox.publish_home(user_id, messages.home(person, parts))
    elif person is not None:
        uow.outbox.publish_home(user_id, messages.no_home())


def answer(uow: UnitOfWork, event: MessagePosted, message: Message) -> None:
    """Answers somebody who wrote to Baton directly, once."""
    person = people.find(uow.session, uow.team_id, event.user_id)
    if person is not None and rules.is_fresh(event, uow.now):
        reach(
            uow, f"home:help:{event.channel_id}:{event.ts}", person, message, urgency=Urgency.REPLY
        )
