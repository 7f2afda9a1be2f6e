"""Statements that count pages."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import PageRow


class Paged(NamedTuple):
    """When somebody paged."""

    caller_id: str
    at: datetime
    is_drill: bool


def hold(uow: UnitOfWork) -> None:
    """Has the pages of a workspace counted one after the other; SQLite has one writer anyway."""
    if uow.session.get_bind().dialect.name == "postgresql":
        place = func.hashtextextended(f"redphone:{uow.team_id}", 0)
        uow.session.execute(select(func.pg_advisory_xact_lock(place)))


def paged(uow: UnitOfWork, since: datetime) -> Sequence[Paged]:
    """Every page of the workspace since then."""
    rows = select(PageRow.caller_id, PageRow.paged_at, PageRow.is_drill).where(
        PageRow.team_id == uow.team_id, PageRow.paged_at > since
    )
    return [Paged(*row) for row in uow.session.execute(rows)]
