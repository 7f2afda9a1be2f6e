"""Every statement on stand-ups and what people write for them."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from bot.core.db import affected, insert_new
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.models import StandupEntryRow, StandupRow
from bot.features.handoffs.rules.standups import EntryState, Spot, StandupState, Times


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, Spot]]:
    """(team, stand-up) of those that have to be looked at, the oldest first."""
    rows = select(StandupRow.team_id, StandupRow.channel_id, StandupRow.local_date)
    found = session.execute(
        rows.where(StandupRow.look_at <= now).order_by(StandupRow.look_at).limit(limit)
    )
    return [(team_id, Spot(channel_id, day)) for team_id, channel_id, day in found]


def due_entries(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, Spot, str]]:
    """(team, stand-up, user) of those who are to be asked to write, the oldest first."""
    rows = select(
        StandupEntryRow.team_id,
        StandupEntryRow.channel_id,
        StandupEntryRow.local_date,
        StandupEntryRow.user_id,
    )
    found = session.execute(
        rows.where(StandupEntryRow.look_at <= now).order_by(StandupEntryRow.look_at).limit(limit)
    )
    return [
        (team_id, Spot(channel_id, day), user_id) for team_id, channel_id, day, user_id in found
    ]


def get(uow: UnitOfWork, spot: Spot, *, lock: bool = False) -> StandupRow | None:
    """A stand-up; with a `lock` nobody changes it meanwhile."""
    key = (uow.team_id, spot.channel_id, spot.day)
    return uow.session.get(StandupRow, key, with_for_update=lock or None, populate_existing=True)


def plan(uow: UnitOfWork, spot: Spot, look_at: datetime) -> None:
    """Plans a stand-up, unless it is there."""
    row = {
        "team_id": uow.team_id,
        "channel_id": spot.channel_id,
        "local_date": spot.day,
        "state": StandupState.PLANNED,
        "look_at": look_at,
        "thread_ts": "",
        "opened_at": uow.now,
        "closes_at": look_at,
    }
    insert_new(uow.session, StandupRow, [row])


def in_state(uow: UnitOfWork, channel_id: str, state: StandupState) -> Sequence[StandupRow]:
    """The stand-ups of a channel that are in a state, by date."""
    rows = select(StandupRow).where(*_in(uow, channel_id), StandupRow.state == state)
    return uow.session.scalars(rows.order_by(StandupRow.local_date)).all()


def open_anywhere(uow: UnitOfWork) -> Sequence[StandupRow]:
    """The open stand-ups of a workspace."""
    rows = select(StandupRow).where(
        StandupRow.team_id == uow.team_id, StandupRow.state == StandupState.OPEN
    )
    order = (StandupRow.channel_id, StandupRow.local_date)
    return uow.session.scalars(rows.order_by(*order)).all()


def channels_with_any(uow: UnitOfWork) -> list[str]:
    """Ids of the channels of which a stand-up is planned or open."""
    rows = select(StandupRow.channel_id).where(
        StandupRow.team_id == uow.team_id, StandupRow.state != StandupState.OVER
    )
    return list(uow.session.scalars(rows.distinct().order_by(StandupRow.channel_id)))


def last_date(uow: UnitOfWork, channel_id: str) -> date | None:
    """The newest date of which a channel's stand-up was opened."""
    newest = select(func.max(StandupRow.local_date)).where(
        *_in(uow, channel_id), StandupRow.state != StandupState.PLANNED
    )
    found: date | None = uow.session.scalar(newest)
    return found


def unplan(uow: UnitOfWork, channel_id: str) -> None:
    """Takes back what is planned for a channel."""
    planned = delete(StandupRow).where(
        *_in(uow, channel_id), StandupRow.state == StandupState.PLANNED
    )
    affected(uow.session, planned)


def move(uow: UnitOfWork, row: StandupRow, to: StandupState, **values: Any) -> bool:
    """Brings a stand-up to another state, once; False: it is not in the state it was read in."""
    step = update(StandupRow).where(*_is(uow, row), StandupRow.state == row.state)
    done = affected(uow.session, step.values(state=to, **values)) == 1
    uow.session.refresh(row)
    return done


def entry(
    uow: UnitOfWork, spot: Spot, user_id: str, *, lock: bool = False
) -> StandupEntryRow | None:
    """What somebody does about a stand-up; with a `lock` nobody changes it meanwhile."""
    key = (uow.team_id, spot.channel_id, spot.day, user_id)
    return uow.session.get(
        StandupEntryRow, key, with_for_update=lock or None, populate_existing=True
    )


def entries(uow: UnitOfWork, spot: Spot, *states: EntryState) -> Sequence[StandupEntryRow]:
    """What people do about a stand-up, those who wrote first in front; all states, or these."""
    rows = select(StandupEntryRow).where(*_of(uow, spot))
    if states:
        rows = rows.where(StandupEntryRow.state.in_(states))
    order = (StandupEntryRow.answered_at, StandupEntryRow.user_id)
    return uow.session.scalars(rows.order_by(*order)).all()


def entries_of(uow: UnitOfWork, channel_id: str, user_id: str) -> Sequence[StandupEntryRow]:
    """What somebody does, or did, about the stand-ups of a channel, by date; nobody changes it."""
    rows = select(StandupEntryRow).where(
        StandupEntryRow.team_id == uow.team_id,
        StandupEntryRow.channel_id == channel_id,
        StandupEntryRow.user_id == user_id,
    )
    return uow.session.scalars(rows.order_by(StandupEntryRow.local_date).with_for_update()).all()


def add_entry(
    uow: UnitOfWork, spot: Spot, user_id: str, times: Times, *, look_at: datetime | None
) -> None:
    """Has somebody asked to write for a stand-up, unless they are already.

    Without `look_at` they have declined it.
    """
    row = {
        "team_id": uow.team_id,
        "channel_id": spot.channel_id,
        "local_date": spot.day,
        "user_id": user_id,
        "state": EntryState.WAITING if look_at else EntryState.DECLINED,
        "prompt_at": times.prompt_at,
        "due_at": times.due_at,
        "look_at": look_at,
        "answered_at": None,
        "is_late": False,
        "done": "",
        "blocked": "",
        "blocker_id": "",
        "watch_out": "",
        "message_ts": "",
    }
    insert_new(uow.session, StandupEntryRow, [row])


def drop_waiting(uow: UnitOfWork, spot: Spot, user_ids: Collection[str]) -> None:
    """Has these people not asked any more, as far as they were not yet."""
    waiting = delete(StandupEntryRow).where(
        *_of(uow, spot),
        StandupEntryRow.user_id.in_(user_ids),
        StandupEntryRow.state == EntryState.WAITING,
    )
    affected(uow.session, waiting)


def step(uow: UnitOfWork, row: StandupEntryRow, to: EntryState, **values: Any) -> bool:
    """Brings an entry to another state; False: it is not in the state it was read in any more."""
    mine = update(StandupEntryRow).where(
        *_of(uow, Spot(row.channel_id, row.local_date)),
        StandupEntryRow.user_id == row.user_id,
        StandupEntryRow.state == row.state,
    )
    done = affected(uow.session, mine.values(state=to, **values)) == 1
    uow.session.refresh(row)
    return done


def last_due(uow: UnitOfWork, spot: Spot) -> datetime | None:
    """When the last of those who take part had their time; None: nobody takes part."""
    newest = select(func.max(StandupEntryRow.due_at)).where(
        *_of(uow, spot), StandupEntryRow.state != EntryState.DECLINED
    )
    return uow.session.scalar(newest)


def first_prompt(uow: UnitOfWork, spot: Spot) -> datetime | None:
    """When the first of those who take part is asked; None: nobody takes part."""
    oldest = select(func.min(StandupEntryRow.prompt_at)).where(
        *_of(uow, spot), StandupEntryRow.state != EntryState.DECLINED
    )
    return uow.session.scalar(oldest)


def forget_declined(uow: UnitOfWork, spot: Spot, user_id: str) -> None:
    """Deletes that somebody declined earlier stand-ups of the channel: the newest one tells it."""
    older = delete(StandupEntryRow).where(
        StandupEntryRow.team_id == uow.team_id,
        StandupEntryRow.channel_id == spot.channel_id,
        StandupEntryRow.local_date < spot.day,
        StandupEntryRow.user_id == user_id,
        StandupEntryRow.state == EntryState.DECLINED,
    )
    affected(uow.session, older)


def declined(uow: UnitOfWork, channel_id: str) -> set[str]:
    """Ids of those who said, the last time that they wrote nothing, that it is not for them."""
    newest = (
        select(StandupEntryRow.user_id, func.max(StandupEntryRow.local_date).label("day"))
        .where(
            StandupEntryRow.team_id == uow.team_id,
            StandupEntryRow.channel_id == channel_id,
            StandupEntryRow.state != EntryState.ANSWERED,
        )
        .group_by(StandupEntryRow.user_id)
        .subquery()
    )
    rows = select(StandupEntryRow.user_id).join(
        newest,
        (newest.c.user_id == StandupEntryRow.user_id)
        & (newest.c.day == StandupEntryRow.local_date),
    )
    theirs = rows.where(
        StandupEntryRow.team_id == uow.team_id,
        StandupEntryRow.channel_id == channel_id,
        StandupEntryRow.state == EntryState.DECLINED,
    )
    return set(uow.session.scalars(theirs))


def answered_between(
    uow: UnitOfWork, channel_id: str, first: date, last: date
) -> Sequence[StandupEntryRow]:
    """What was written in a channel for these dates, in order."""
    rows = select(StandupEntryRow).where(
        StandupEntryRow.team_id == uow.team_id,
        StandupEntryRow.channel_id == channel_id,
        StandupEntryRow.local_date.between(first, last),
        StandupEntryRow.state == EntryState.ANSWERED,
    )
    order = (StandupEntryRow.local_date, StandupEntryRow.answered_at, StandupEntryRow.user_id)
    return uow.session.scalars(rows.order_by(*order)).all()


def _is(uow: UnitOfWork, row: StandupRow) -> tuple[ColumnElement[bool], ...]:
    return (*_in(uow, row.channel_id), StandupRow.local_date == row.local_date)


def _in(uow: UnitOfWork, channel_id: str) -> tuple[ColumnElement[bool], ...]:
    return (StandupRow.team_id == uow.team_id, StandupRow.channel_id == channel_id)


def _of(uow: UnitOfWork, spot: Spot) -> tuple[ColumnElement[bool], ...]:
    return (
        StandupEntryRow.team_id == uow.team_id,
        StandupEntryRow.channel_id == spot.channel_id,
        StandupEntryRow.local_date == spot.day,
    )
