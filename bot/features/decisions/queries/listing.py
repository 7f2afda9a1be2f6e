"""Decisions in lists, the newest first."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.models import DecisionRow, DecisionTagRow
from bot.features.decisions.rules.listing import Wanted
from bot.features.decisions.rules.registry import Status


class Found(NamedTuple):
    """A decision and where it was made."""

    number: int
    channel_id: str


def numbers(
    uow: UnitOfWork, wanted: Wanted, *, besides: Collection[str], limit: int
) -> Sequence[Found]:
    """The next decisions of a list, without those of some channels."""
    rows = narrowed(uow.team_id, wanted).limit(limit)
    if besides:
        rows = rows.where(DecisionRow.channel_id.not_in(sorted(besides)))
    return [Found(row[0], row[1]) for row in uow.session.execute(rows)]


def narrowed(team_id: str, wanted: Wanted) -> Select[int, str]:
    """The statement behind a list; tags first, since few decisions bear one."""
    rows = select(DecisionRow.number, DecisionRow.channel_id).where(DecisionRow.team_id == team_id)
    leading = DecisionRow.number
    for place, tag in enumerate(wanted.tags):
        bears = aliased(DecisionTagRow, name=f"tag_{place}")
        same = (bears.team_id == team_id) & (bears.tag == tag)
        rows = rows.join(bears, same & (bears.number == DecisionRow.number))
        leading = bears.number if not place else leading
    if wanted.channel_id:
        rows = rows.where(DecisionRow.channel_id == wanted.channel_id)
    if wanted.owner_id:
        rows = rows.where(DecisionRow.owner_id == wanted.owner_id)
    if wanted.status:
        rows = rows.where(DecisionRow.status == wanted.status)
    if wanted.before is not None:
        rows = rows.where(leading < wanted.before)
    return rows.order_by(leading.desc())


def rows_of(uow: UnitOfWork, wanted: Sequence[int]) -> Sequence[DecisionRow]:
    """The decisions with these numbers, in this order."""
    found = select(DecisionRow).where(
        DecisionRow.team_id == uow.team_id, DecisionRow.number.in_(wanted)
    )
    by_number = {row.number: row for row in uow.session.scalars(found)}
    return [by_number[number] for number in wanted if number in by_number]


def to_review(uow: UnitOfWork, owner_id: str, *, until: date) -> Sequence[DecisionRow]:
    """The decisions of an owner that are to be looked at again by that day, the soonest first."""
    rows = select(DecisionRow).where(
        DecisionRow.team_id == uow.team_id,
        DecisionRow.owner_id == owner_id,
        DecisionRow.status == Status.ACCEPTED,
        DecisionRow.review_on <= until,
    )
    return uow.session.scalars(rows.order_by(DecisionRow.review_on, DecisionRow.number)).all()


def decided_since(
    uow: UnitOfWork, since: datetime, *, limit: int, channel_id: str = ""
) -> Sequence[DecisionRow]:
    """What was decided since then, the newest first; it may be superseded by now.

    In one channel, if that is given.
    """
    rows = select(DecisionRow).where(
        DecisionRow.team_id == uow.team_id,
        DecisionRow.decided_at >= since,
        DecisionRow.status.not_in([Status.PROPOSED, Status.REJECTED]),
    )
    if channel_id:
        rows = rows.where(DecisionRow.channel_id == channel_id)
    return uow.session.scalars(rows.order_by(DecisionRow.number.desc()).limit(limit)).all()
