"""Every statement on what is kept of people in hand-offs: found, forgotten, and gone in time."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, cast, delete, or_, select, update

from bot.core import boards
from bot.core.db import Base, affected
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.models import (
    HandoffBatonRow,
    HandoffBlockerRow,
    HandoffChainMemberRow,
    HandoffChainRow,
    HandoffNoteRow,
    HandoffStepRow,
    StandupEntryRow,
    StandupPromiseRow,
    StandupRow,
)


def sent_by(uow: UnitOfWork, user_id: str) -> Sequence[HandoffBatonRow]:
    """Every baton that somebody handed over, the oldest first."""
    return _batons(uow, HandoffBatonRow.sender_id == user_id)


def touched_by(uow: UnitOfWork, user_id: str) -> Sequence[HandoffBatonRow]:
    """The batons of others that somebody had, was to take, or did something about."""
    theirs = select(HandoffStepRow.baton_id).where(
        HandoffStepRow.team_id == uow.team_id,
        or_(HandoffStepRow.by == user_id, HandoffStepRow.holder_id == user_id),
    )
    tried = cast(HandoffBatonRow.tried, Text).contains(user_id, autoescape=True)
    concerns = or_(HandoffBatonRow.holder_id == user_id, HandoffBatonRow.id.in_(theirs), tried)
    return _batons(uow, concerns, HandoffBatonRow.sender_id != user_id)


def words_of(uow: UnitOfWork, user_id: str) -> Sequence[HandoffStepRow]:
    """What somebody wrote about batons when they passed them on or asked back."""
    rows = select(HandoffStepRow).where(
        HandoffStepRow.team_id == uow.team_id,
        HandoffStepRow.by == user_id,
        HandoffStepRow.words != "",
    )
    return uow.session.scalars(rows.order_by(HandoffStepRow.at)).all()


def unname_steps(uow: UnitOfWork, user_id: str) -> int:
    """Takes somebody's name and words out of what happened to batons; returns how many."""
    step = HandoffStepRow
    by = update(step).where(step.team_id == uow.team_id, step.by == user_id)
    held = update(step).where(step.team_id == uow.team_id, step.holder_id == user_id)
    return affected(uow.session, by.values(by="", words="")) + affected(
        uow.session, held.values(holder_id="", told_by=None)
    )


def forget_batons(uow: UnitOfWork, baton_ids: Iterable[UUID]) -> int:
    """Deletes batons with all that belongs to them; returns how many."""
    ids = list(baton_ids)
    for table, column in (
        (HandoffStepRow, HandoffStepRow.baton_id),
        (HandoffBlockerRow, HandoffBlockerRow.baton_id),
    ):
        _delete(uow, table, column.in_(ids))
    return _delete(uow, HandoffBatonRow, HandoffBatonRow.id.in_(ids))


def old_batons(uow: UnitOfWork, before: datetime) -> Sequence[UUID]:
    """Ids of the batons that were closed before then."""
    rows = select(HandoffBatonRow.id).where(
        HandoffBatonRow.team_id == uow.team_id, HandoffBatonRow.closed_at < before
    )
    return uow.session.scalars(rows).all()


def chains_of(uow: UnitOfWork, user_id: str) -> Sequence[HandoffChainRow]:
    """The chains that somebody is in, or changed last."""
    theirs = select(HandoffChainMemberRow.chain_id).where(
        HandoffChainMemberRow.team_id == uow.team_id, HandoffChainMemberRow.user_id == user_id
    )
    rows = select(HandoffChainRow).where(
        HandoffChainRow.team_id == uow.team_id,
        or_(HandoffChainRow.id.in_(theirs), HandoffChainRow.changed_by == user_id),
    )
    return uow.session.scalars(rows.order_by(HandoffChainRow.changed_at)).all()


def leave_chains(uow: UnitOfWork, user_id: str) -> int:
    """Takes somebody out of all chains; one without anybody goes. Returns in how many they were."""
    chain, member = HandoffChainRow, HandoffChainMemberRow
    count = _delete(uow, member, member.user_id == user_id)
    unnamed = update(chain).where(chain.team_id == uow.team_id, chain.changed_by == user_id)
    count += affected(uow.session, unnamed.values(changed_by=""))
    left = select(member.chain_id).where(member.team_id == uow.team_id)
    _delete(uow, chain, chain.id.not_in(left))
    return count


def notes_by(uow: UnitOfWork, user_id: str) -> Sequence[HandoffNoteRow]:
    """The hand-offs that somebody wrote, the oldest first."""
    rows = select(HandoffNoteRow).where(
        HandoffNoteRow.team_id == uow.team_id, HandoffNoteRow.author_id == user_id
    )
    return uow.session.scalars(rows.order_by(HandoffNoteRow.made_at)).all()


def notes_naming(uow: UnitOfWork, user_id: str) -> Sequence[HandoffNoteRow]:
    """The hand-offs of others in which somebody is named."""
    filled = cast(HandoffNoteRow.filled, Text)
    rows = select(HandoffNoteRow).where(
        HandoffNoteRow.team_id == uow.team_id,
        HandoffNoteRow.author_id != user_id,
        filled.contains(user_id, autoescape=True),
    )
    return uow.session.scalars(rows).all()


def forget_notes_by(uow: UnitOfWork, user_id: str) -> int:
    """Deletes the hand-offs that somebody wrote; returns how many."""
    return _delete(uow, HandoffNoteRow, HandoffNoteRow.author_id == user_id)


def forget_old_notes(uow: UnitOfWork, before: datetime) -> int:
    """Deletes hand-offs that were written before then; returns how many."""
    return _delete(uow, HandoffNoteRow, HandoffNoteRow.made_at < before)


def blockers_of(uow: UnitOfWork, user_id: str) -> Sequence[HandoffBlockerRow]:
    """What is, or was, in somebody's way, and what they were in the way of."""
    rows = select(HandoffBlockerRow).where(
        HandoffBlockerRow.team_id == uow.team_id, _blocks(user_id)
    )
    return uow.session.scalars(rows.order_by(HandoffBlockerRow.since)).all()


def forget_blockers_of(uow: UnitOfWork, user_id: str) -> int:
    """Deletes these, and who closed others; returns how many."""
    row = HandoffBlockerRow
    count = _delete(uow, row, _blocks(user_id))
    for column in (row.closed_by, row.asker_id):
        others = update(row).where(row.team_id == uow.team_id, column == user_id)
        count += affected(uow.session, others.values({column: ""}))
    return count


def forget_old_blockers(uow: UnitOfWork, before: datetime) -> int:
    """Deletes what was closed before then; returns how many."""
    return _delete(uow, HandoffBlockerRow, HandoffBlockerRow.closed_at < before)


def entries_of(uow: UnitOfWork, user_id: str) -> Sequence[StandupEntryRow]:
    """What somebody wrote in stand-ups, the oldest first."""
    rows = select(StandupEntryRow).where(
        StandupEntryRow.team_id == uow.team_id, StandupEntryRow.user_id == user_id
    )
    return uow.session.scalars(rows.order_by(StandupEntryRow.local_date)).all()


def promises_of(uow: UnitOfWork, user_id: str) -> Sequence[StandupPromiseRow]:
    """What somebody promised in stand-ups, the oldest first."""
    rows = select(StandupPromiseRow).where(
        StandupPromiseRow.team_id == uow.team_id, StandupPromiseRow.user_id == user_id
    )
    return uow.session.scalars(rows.order_by(StandupPromiseRow.promised_on)).all()


def forget_entries_of(uow: UnitOfWork, user_id: str) -> int:
    """Deletes what somebody wrote and promised, and that others wait for them; how many."""
    count = _delete(uow, StandupEntryRow, StandupEntryRow.user_id == user_id)
    count += _delete(uow, StandupPromiseRow, StandupPromiseRow.user_id == user_id)
    row = StandupEntryRow
    others = update(row).where(row.team_id == uow.team_id, row.blocker_id == user_id)
    return count + affected(uow.session, others.values(blocker_id=""))


def forget_old_standups(uow: UnitOfWork, before: date) -> int:
    """Deletes what was written and promised before a day; returns how many."""
    return sum(
        _delete(uow, table, day < before)
        for table, day in (
            (StandupEntryRow, StandupEntryRow.local_date),
            (StandupRow, StandupRow.local_date),
            (StandupPromiseRow, StandupPromiseRow.promised_on),
        )
    )


def touch_boards(uow: UnitOfWork) -> None:
    """What was erased may have stood on anybody's board."""
    boards.touch_all(uow)


def _batons(uow: UnitOfWork, *where: ColumnElement[bool]) -> Sequence[HandoffBatonRow]:
    rows = select(HandoffBatonRow).where(HandoffBatonRow.team_id == uow.team_id, *where)
    return uow.session.scalars(rows.order_by(HandoffBatonRow.made_at)).all()


def _blocks(user_id: str) -> ColumnElement[bool]:
    row = HandoffBlockerRow
    return or_(row.blocked_id == user_id, row.blocker_id == user_id)


def _delete(uow: UnitOfWork, table: type[Base], *where: ColumnElement[bool]) -> int:
    team: Any = table.__mapper__.columns["team_id"]
    return affected(uow.session, delete(table).where(team == uow.team_id, *where))
