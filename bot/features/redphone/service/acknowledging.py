"""Who is on a page, and whether they still are."""

from datetime import timedelta
from uuid import UUID

from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import PageRow
from bot.features.redphone.queries import pages as queries
from bot.features.redphone.rules.acknowledging import Taken


def acknowledge(uow: UnitOfWork, page_id: UUID, user_id: str, *, through: str) -> Taken:
    """Somebody is on it. `through`: button or link.

    Nothing else is begun from then on.
    """
    is_first = bool(through) and queries.acknowledge(uow, page_id)
    page = queries.page(uow, page_id)
    by = page.acknowledged_by if page is not None else ""
    return Taken(is_first, by or user_id, uow.now)


def look(uow: UnitOfWork, page: PageRow) -> None:
    """Its time is up: whoever is on it is asked, and without an answer it is paged on."""


def update(uow: UnitOfWork, page_id: UUID, user_id: str, words: str) -> str:
    """A responder tells how it goes; returns in one sentence why it had no effect, else empty."""
    return ""


def resolve(uow: UnitOfWork, page_id: UUID, user_id: str, words: str) -> str:
    """A responder says what it was; returns in one sentence why it had no effect, else empty."""
    return ""


def join(uow: UnitOfWork, page_id: UUID, user_id: str) -> str:
    """Somebody helps; returns in one sentence why it had no effect, else empty."""
    return ""


def snooze(uow: UnitOfWork, page_id: UUID, user_id: str, lasts: timedelta) -> str:
    """Whoever is on it wants to be asked later; returns why it had no effect, else empty."""
    return ""
