"""What happened on a page, and the lines that tell it where everybody reads along."""

from uuid import UUID

from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.queries import timeline as queries
from bot.features.redphone.rules.states import EventKind
from bot.features.redphone.rules.timeline import Entry


def note(
    uow: UnitOfWork, page_id: UUID, kind: EventKind, user_id: str = "", text: str = ""
) -> None:
    """Notes what happened, and tells it under the card or in the incident channel if it matters."""
    queries.add(uow, page_id, kind, user_id, text)


def of(uow: UnitOfWork, page_id: UUID) -> list[Entry]:
    """What happened on a page, in order."""
    return [
        Entry(row.id, row.at, EventKind(row.kind), row.user_id, row.text)
        for row in queries.of(uow, page_id)
    ]
