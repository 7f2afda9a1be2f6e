"""What the clock does to proposals, and what people are to be told of that."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from bot.core.db import insert_new
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.models import (
    ConcernRow,
    DecisionNoticeRow,
    DecisionRow,
    ProposalRow,
    ReviewerRow,
)
from bot.features.decisions.queries.proposals import ended_any
from bot.features.decisions.rules.proposals import ProposalState, Result


def to_look_at(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, int]]:
    """(team, number) of the proposals that have to be looked at, the longest due first."""
    due = select(ProposalRow.team_id, ProposalRow.number).where(ProposalRow.look_at <= now)
    return session.execute(due.order_by(ProposalRow.look_at).limit(limit)).all()


def to_tell(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, str]]:
    """(team, key) of what somebody is to be told by now, the longest due first."""
    due = select(DecisionNoticeRow.team_id, DecisionNoticeRow.key)
    due = due.where(DecisionNoticeRow.at <= now)
    return session.execute(due.order_by(DecisionNoticeRow.at).limit(limit)).all()


def open_numbers(uow: UnitOfWork, reviewer_id: str = "") -> Sequence[int]:
    """The open proposals that somebody reviews, or all of them, in order."""
    rows = select(ProposalRow.number).where(
        ProposalRow.team_id == uow.team_id, ProposalRow.state == ProposalState.OPEN
    )
    if reviewer_id:
        rows = rows.where(ProposalRow.number.in_(_reviewed_by(uow, reviewer_id)))
    return uow.session.scalars(rows.order_by(ProposalRow.number)).all()


def open_in(uow: UnitOfWork, channel_id: str) -> Sequence[int]:
    """The open proposals of a channel, in order."""
    same = (ProposalRow.team_id == DecisionRow.team_id) & (ProposalRow.number == DecisionRow.number)
    rows = (
        select(ProposalRow.number)
        .join(DecisionRow, same)
        .where(
            ProposalRow.team_id == uow.team_id,
            ProposalRow.state == ProposalState.OPEN,
            DecisionRow.channel_id == channel_id,
        )
    )
    return uow.session.scalars(rows.order_by(ProposalRow.number)).all()


def undecided_since(
    uow: UnitOfWork, user_id: str, since: datetime
) -> list[tuple[DecisionRow, ProposalRow]]:
    """What ended without a decision since then and that somebody proposed, reviewed or opposed."""
    if not ended_any(uow, since):
        return []
    same = (ProposalRow.team_id == DecisionRow.team_id) & (ProposalRow.number == DecisionRow.number)
    rows = (
        select(DecisionRow, ProposalRow)
        .join(ProposalRow, same)
        .where(
            ProposalRow.team_id == uow.team_id,
            ProposalRow.result == Result.NO_DECISION,
            ProposalRow.closed_at >= since,
            _concerns(uow, user_id),
        )
    )
    found = uow.session.execute(rows.order_by(DecisionRow.number))
    return [(decision, proposal) for decision, proposal in found]


def concerning(uow: UnitOfWork, user_id: str, numbers: Collection[int]) -> set[int]:
    """Which of these decisions were proposals that somebody proposed, reviewed or opposed."""
    rows = select(ProposalRow.number).where(
        ProposalRow.team_id == uow.team_id,
        ProposalRow.number.in_(sorted(numbers)),
        _concerns(uow, user_id),
    )
    return set(uow.session.scalars(rows))


def add_notices(uow: UnitOfWork, number: int, kind: str, keys: Mapping[str, str]) -> None:
    """Has people told something, each once; by the keys that name the fact, their ids."""
    rows = [
        {
            "team_id": uow.team_id,
            "key": key,
            "number": number,
            "kind": kind,
            "user_id": user_id,
            "at": uow.now,
        }
        for key, user_id in keys.items()
    ]
    insert_new(uow.session, DecisionNoticeRow, rows)


def notice(uow: UnitOfWork, key: str) -> DecisionNoticeRow | None:
    """What is to be told under this key; nobody else tells it meanwhile."""
    place = (uow.team_id, key)
    return uow.session.get(DecisionNoticeRow, place, with_for_update=True, populate_existing=True)


def drop_notice(uow: UnitOfWork, row: DecisionNoticeRow) -> None:
    """It is told, or need not be any more."""
    uow.session.delete(row)
    uow.session.flush()


def _concerns(uow: UnitOfWork, user_id: str) -> ColumnElement[bool]:
    """Whether somebody proposed, reviewed or opposed a proposal."""
    raised = select(ConcernRow.number).where(
        ConcernRow.team_id == uow.team_id, ConcernRow.raiser_id == user_id
    )
    is_theirs: ColumnElement[bool] = (
        (ProposalRow.proposer_id == user_id)
        | ProposalRow.number.in_(_reviewed_by(uow, user_id))
        | ProposalRow.number.in_(raised)
    )
    return is_theirs


def _reviewed_by(uow: UnitOfWork, user_id: str) -> Select[Any]:
    return select(ReviewerRow.number).where(
        ReviewerRow.team_id == uow.team_id, ReviewerRow.user_id == user_id
    )
