"""Keeps the buttons of proposals good: those of a message can be pressed for some days only."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy.orm import Session

from bot.core.actions import FRESH_FOR
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.queries import proposals, registry
from bot.features.decisions.rules.proposals import ProposalState
from bot.features.decisions.service import recording

LONG_BEFORE: Final = timedelta(days=2)


def open_anywhere(session: Session) -> Sequence[tuple[str, int]]:
    """(team, number) of the open proposals of any workspace."""
    return proposals.open_anywhere(session)


def freshen(uow: UnitOfWork, number: int) -> None:
    """Draws the card of a proposal anew if nothing changed on it for long."""
    drawn_at = uow.outbox.drawn_at(recording.card_key(number))
    if drawn_at is None or drawn_at > uow.now - FRESH_FOR + LONG_BEFORE:
        return
    row, proposal = registry.get(uow, number, lock=True), proposals.get(uow, number)
    if row is not None and proposal is not None and proposal.state == ProposalState.OPEN:
        recording.redraw(uow, row)
