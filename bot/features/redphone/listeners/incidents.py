"""The channel of a page's own."""

from bot.core.events import ButtonPressed, ChannelMade, MessageNotSent
from bot.core.ids import known_id
from bot.core.replies import Answer, Reply
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import incidents as messages
from bot.features.redphone.rules import incidents as rules
from bot.features.redphone.service import cards, incidents


def is_ours(event: ChannelMade | MessageNotSent) -> bool:
    """Whether it is about such a channel."""
    return rules.made_for(event.key) is not None or rules.invited_to(event.key) is not None


def made(event: ChannelMade, uow: UnitOfWork) -> None:
    """It is there."""
    page_id = rules.made_for(event.key)
    if page_id is not None:
        cards.enter(uow, page_id, event.channel_id)


def not_made(event: MessageNotSent, uow: UnitOfWork) -> None:
    """Slack did not make it, or let nobody in."""
    incidents.not_settled(uow, event.key)


def archive(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody puts it away."""
    page_id = known_id(event.value)
    why_not = incidents.archive(uow, page_id, event.user_id) if page_id else ""
    return Answer(messages.said(why_not) if why_not else messages.archived())
