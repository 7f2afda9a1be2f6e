"""Threads that seem to settle something, and what became of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, select, update
from sqlalchemy.orm import Session

from bot.core.db import affected, insert_new
from bot.core.message_store import MessageRow
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.models import DecisionOfferRow, DecisionRow
from bot.features.decisions.rules.offers import State

Place = tuple[str, str]
"""A thread: the channel, and the `ts` of its first message."""


def watch(uow: UnitOfWork, place: Place, at: datetime) -> bool:
    """Has a thread looked at then; False: it is watched, or was offered, already."""
    channel_id, root_ts = place
    row = {
        "team_id": uow.team_id,
        "channel_id": channel_id,
        "root_ts": root_ts,
        "decided_ts": "",
        "decider_id": "",
        "state": State.WATCHED,
        "found_at": uow.now,
        "look_at": at,
        "offered_at": None,
    }
    return insert_new(uow.session, DecisionOfferRow, [row]) == 1


def due(session: Session, now: datetime, limit: int) -> list[tuple[str, Place]]:
    """(team, thread) of those to be looked at by now, the oldest first."""
    rows = select(
        DecisionOfferRow.team_id, DecisionOfferRow.channel_id, DecisionOfferRow.root_ts
    ).where(DecisionOfferRow.look_at <= now)
    found = session.execute(rows.order_by(DecisionOfferRow.look_at).limit(limit))
    return [(team_id, (channel_id, root_ts)) for team_id, channel_id, root_ts in found]


def take(uow: UnitOfWork, place: Place) -> bool:
    """Takes on a thread that is due; False: somebody else did."""
    taken = _at(uow, place).where(
        DecisionOfferRow.state == State.WATCHED, DecisionOfferRow.look_at <= uow.now
    )
    return affected(uow.session, taken.values(look_at=None)) == 1


def look_again(uow: UnitOfWork, place: Place, at: datetime) -> None:
    """Has a thread that was taken on looked at again then."""
    uow.session.execute(_at(uow, place).values(look_at=at))


def finish(
    uow: UnitOfWork, place: Place, state: State, *, decided_ts: str, decider_id: str = ""
) -> None:
    """Notes what became of a thread that was taken on: to whom it was offered, if to anybody."""
    became = {"state": state, "decided_ts": decided_ts, "decider_id": decider_id}
    uow.session.execute(_at(uow, place).values(**became, offered_at=uow.now))


def drop(uow: UnitOfWork, place: Place) -> None:
    """Forgets a thread: nothing is settled in it, or it is recorded."""
    channel_id, root_ts = place
    uow.session.execute(
        delete(DecisionOfferRow).where(
            DecisionOfferRow.team_id == uow.team_id,
            DecisionOfferRow.channel_id == channel_id,
            DecisionOfferRow.root_ts == root_ts,
        )
    )


def refuse(uow: UnitOfWork, place: Place, user_id: str) -> bool:
    """Notes that whoever was asked says that it is no decision; False: they were not asked."""
    asked = _at(uow, place).where(
        DecisionOfferRow.decider_id == user_id,
        DecisionOfferRow.state.in_([State.OFFERED, State.REFUSED]),
    )
    return affected(uow.session, asked.values(state=State.REFUSED)) == 1


def unrecorded(
    uow: UnitOfWork, since: datetime, *, channel_id: str = "", with_user: str = ""
) -> Sequence[DecisionOfferRow]:
    """What was settled and is in no record, the oldest first, as found out since then.

    In one channel, or in threads in which somebody wrote, if that is given.
    """
    is_recorded = exists().where(
        DecisionRow.team_id == DecisionOfferRow.team_id,
        DecisionRow.channel_id == DecisionOfferRow.channel_id,
        DecisionRow.root_ts == DecisionOfferRow.root_ts,
    )
    where: list[ColumnElement[bool]] = [
        DecisionOfferRow.team_id == uow.team_id,
        DecisionOfferRow.state.in_([State.OFFERED, State.NOT_OFFERED]),
        DecisionOfferRow.offered_at >= since,
        ~is_recorded,
    ]
    if channel_id:
        where.append(DecisionOfferRow.channel_id == channel_id)
    if with_user:
        where.append(_wrote(with_user, MessageRow.ts) | _wrote(with_user, MessageRow.thread_ts))
    rows = select(DecisionOfferRow).where(*where).order_by(DecisionOfferRow.offered_at)
    return uow.session.scalars(rows.execution_options(populate_existing=True)).all()


def offered_to(uow: UnitOfWork, user_id: str) -> Sequence[DecisionOfferRow]:
    """What was offered to somebody, the oldest first."""
    theirs = select(DecisionOfferRow).where(
        DecisionOfferRow.team_id == uow.team_id, DecisionOfferRow.decider_id == user_id
    )
    return uow.session.scalars(theirs.order_by(DecisionOfferRow.found_at)).all()


def forget_person(uow: UnitOfWork, user_id: str) -> int:
    """Forgets that somebody was asked; that a thread settled something stays. Returns how many."""
    theirs = update(DecisionOfferRow).where(
        DecisionOfferRow.team_id == uow.team_id, DecisionOfferRow.decider_id == user_id
    )
    return affected(uow.session, theirs.values(decider_id=""))


def forget_old(uow: UnitOfWork, before: datetime) -> int:
    """Deletes what was found before then; returns how many."""
    old = delete(DecisionOfferRow).where(
        DecisionOfferRow.team_id == uow.team_id, DecisionOfferRow.found_at < before
    )
    return affected(uow.session, old)


def _at(uow: UnitOfWork, place: Place) -> Any:
    channel_id, root_ts = place
    return update(DecisionOfferRow).where(
        DecisionOfferRow.team_id == uow.team_id,
        DecisionOfferRow.channel_id == channel_id,
        DecisionOfferRow.root_ts == root_ts,
    )


def _wrote(user_id: str, ts: Any) -> ColumnElement[bool]:
    """Whether somebody wrote a message whose own `ts`, or whose thread's, is the thread's."""
    return exists().where(
        MessageRow.team_id == DecisionOfferRow.team_id,
        MessageRow.channel_id == DecisionOfferRow.channel_id,
        ts == DecisionOfferRow.root_ts,
        MessageRow.user_id == user_id,
        MessageRow.is_deleted.is_(False),
    )
