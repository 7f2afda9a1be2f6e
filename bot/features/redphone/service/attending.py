"""Sees to pages whose time has come."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.queries import pages as queries
from bot.features.redphone.queries import steps
from bot.features.redphone.rules.states import State
from bot.features.redphone.service import acknowledging, escalating


def due(session: Session, now: datetime) -> list[tuple[str, UUID]]:
    """(team, page) of those that somebody has to look at by now, in any workspace."""
    return steps.due(session, now)


def look(uow: UnitOfWork, page_id: UUID) -> bool:
    """Goes on with a page that is due; returns whether there was anything to do.

    A page that somebody else moves at the moment is left to them, or to the next look: processes
    that waited for one another would all see to the same page, and to one after the other.
    """
    page = queries.page_if_free(uow, page_id)
    if page is None:
        return False
    if page.state == State.OPEN:
        return escalating.advance(uow, page_id)
    steps.close(uow, page_id)
    if page.next_at is None or page.next_at > uow.now:
        return False
    if page.state == State.ACKNOWLEDGED:
        acknowledging.look(uow, page)
    else:
        queries.set(uow, page_id, next_at=None)
    return True
