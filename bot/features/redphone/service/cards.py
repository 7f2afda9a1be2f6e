"""The card of a page: one message for all, which always shows where the page stands."""

from bot.core import channels
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import PageRow
from bot.features.redphone.rules import cards as rules


def place(uow: UnitOfWork, typed_in: str) -> str:
    """The channel in which the card of a new page stands; empty: nowhere.

    `typed_in` is where somebody typed /redphone; empty: it was no conversation.
    """
    named = channels.called(uow.session, uow.team_id, uow.setting(rules.CHANNEL))
    if named is not None:
        return named.channel_id
    typed = channels.find(uow.session, uow.team_id, typed_in)
    return typed.channel_id if typed is not None and typed.is_member else ""


def post(uow: UnitOfWork, page: PageRow) -> str:
    """Queues the card, once; returns its key in the outbox, empty: it has no channel."""
    raise NotImplementedError


def draw(uow: UnitOfWork, page: PageRow) -> None:
    """Has the card show what the page stands at now."""
    raise NotImplementedError
