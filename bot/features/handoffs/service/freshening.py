"""Keeps the buttons of cards good: those of a message can be pressed for some days only."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from bot.core.actions import FRESH_FOR
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.queries import batons as queries
from bot.features.handoffs.rules.batons import card_key
from bot.features.handoffs.service import cards

LONG_BEFORE: Final = timedelta(days=2)


def open_anywhere(session: Session) -> Sequence[tuple[str, UUID]]:
    """(team, baton) of the open batons of any workspace."""
    return queries.open_anywhere(session)


def freshen(uow: UnitOfWork, baton_id: UUID) -> None:
    """Draws the card of an open baton anew if nothing changed on it for long."""
    baton = queries.get(uow, baton_id, lock=True)
    drawn_at = uow.outbox.drawn_at(card_key(baton_id))
    if baton is None or baton.closed_at is not None or drawn_at is None:
        return
    cards.note_place(uow, baton)
    if drawn_at <= uow.now - FRESH_FOR + LONG_BEFORE:
        cards.redraw(uow, baton)
