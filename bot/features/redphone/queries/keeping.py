"""Every statement on what the red phone keeps of people: found, forgotten, and gone in time."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, cast, delete, func, or_, select, update

from bot.core.audit import FORGOTTEN
from bot.core.db import affected
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import (
    EscalationPolicyRow,
    PageEventRow,
    PageResponderRow,
    PageReviewRow,
    PageRow,
    PageStepRow,
    RotationLayerRow,
    RotationOverrideRow,
    RotationRow,
    RotationShiftRow,
)
from bot.features.redphone.rules.states import State

_GOES_ON = (State.OPEN, State.ACKNOWLEDGED)
_ENDED = PageRow.state.not_in([*_GOES_ON, State.EXHAUSTED])


def sent_by(uow: UnitOfWork, user_id: str) -> Sequence[PageRow]:
    """The pages that somebody sent, by age."""
    return _rows(uow, PageRow, PageRow.caller_id == user_id, order=PageRow.id)


def ended(uow: UnitOfWork, caller_id: str) -> list[UUID]:
    """Ids of somebody's pages that are over."""
    over = select(PageRow.id).where(
        PageRow.team_id == uow.team_id, PageRow.caller_id == caller_id, _ENDED
    )
    return list(uow.session.scalars(over))


def concerning(uow: UnitOfWork, user_id: str) -> Sequence[PageRow]:
    """The pages of others that somebody got, was on, or ended, by age."""
    theirs = select(PageResponderRow.page_id).where(
        PageResponderRow.team_id == uow.team_id, PageResponderRow.user_id == user_id
    )
    named = or_(
        PageRow.id.in_(theirs),
        PageRow.target == f"person:{user_id}",
        PageRow.acknowledged_by == user_id,
        PageRow.resolved_by == user_id,
    )
    return _rows(uow, PageRow, named, PageRow.caller_id != user_id, order=PageRow.id)


def events_by(uow: UnitOfWork, user_id: str) -> Sequence[PageEventRow]:
    """What somebody did on pages, by age."""
    return _rows(uow, PageEventRow, PageEventRow.user_id == user_id, order=PageEventRow.id)


def reviews_by(uow: UnitOfWork, user_id: str) -> Sequence[PageReviewRow]:
    """What somebody answered about pages, by age."""
    own = PageReviewRow.user_id == user_id
    return _rows(uow, PageReviewRow, own, order=PageReviewRow.asked_at)


def messages_of(uow: UnitOfWork, page_ids: Collection[UUID]) -> list[str]:
    """The keys of the messages in Slack that show these pages."""
    shown = select(PageStepRow.key).where(
        PageStepRow.team_id == uow.team_id, PageStepRow.page_id.in_(page_ids)
    )
    return sorted(set(uow.session.scalars(shown)))


def forget_pages(uow: UnitOfWork, page_ids: Collection[UUID]) -> int:
    """Deletes pages with all that belongs to them; returns how many."""
    for table in (PageStepRow, PageEventRow, PageResponderRow, PageReviewRow):
        _delete(uow, table, table.page_id.in_(page_ids))
    return _delete(uow, PageRow, PageRow.id.in_(page_ids))


def unname_caller(uow: UnitOfWork, user_id: str) -> int:
    """Takes the name of whoever sent them out of pages; returns how many."""
    return _change(uow, PageRow, PageRow.caller_id == user_id, caller_id=FORGOTTEN)


def unname(uow: UnitOfWork, user_id: str) -> int:
    """Takes somebody's name and words out of the pages of others; returns how many things."""
    count = sum(
        _delete(uow, table, table.user_id == user_id)
        for table in (PageStepRow, PageResponderRow, PageReviewRow)
    )
    did = PageEventRow.user_id == user_id
    count += _change(uow, PageEventRow, did, user_id=FORGOTTEN, text="")
    was_for = PageRow.target == f"person:{user_id}"
    count += _change(uow, PageRow, was_for, target=f"person:{FORGOTTEN}")
    had = PageRow.acknowledged_by == user_id
    count += _change(uow, PageRow, had, acknowledged_by=FORGOTTEN)
    ended_by = PageRow.resolved_by == user_id
    return count + _change(uow, PageRow, ended_by, resolved_by=FORGOTTEN, resolution="")


def naming(
    uow: UnitOfWork, user_id: str
) -> tuple[
    Sequence[PageRow],
    Sequence[EscalationPolicyRow],
    Sequence[RotationLayerRow],
    Sequence[PageEventRow],
]:
    """What names somebody inside of a text: pages and policies, layers, lines of timelines."""
    return (
        _rows(uow, PageRow, _has(PageRow.policy, user_id), order=PageRow.id),
        _rows(uow, EscalationPolicyRow, _has(EscalationPolicyRow.policy, user_id)),
        _rows(uow, RotationLayerRow, _has(RotationLayerRow.members, user_id)),
        _rows(uow, PageEventRow, _has(PageEventRow.text, user_id), order=PageEventRow.id),
    )


def rotation_names(uow: UnitOfWork) -> dict[UUID, str]:
    """What rotations are called, by id."""
    return {row.id: row.name for row in _rows(uow, RotationRow)}


def overrides_of(uow: UnitOfWork, user_id: str) -> Sequence[RotationOverrideRow]:
    """The swaps that somebody took over, was relieved by, or made."""
    row = RotationOverrideRow
    concerns = or_(row.user_id == user_id, row.instead_of == user_id, row.made_by == user_id)
    return _rows(uow, row, concerns, order=row.starts_at)


def shifts_of(uow: UnitOfWork, user_id: str) -> Sequence[RotationShiftRow]:
    """Somebody's shifts in calendars."""
    row = RotationShiftRow
    return _rows(uow, row, row.user_id == user_id, order=row.starts_at)


def leave_rotations(uow: UnitOfWork, user_id: str) -> int:
    """Deletes somebody's swaps and shifts, and their name where they made or changed something."""
    row = RotationOverrideRow
    count = _delete(uow, row, row.user_id == user_id)
    count += _delete(uow, RotationShiftRow, RotationShiftRow.user_id == user_id)
    count += _change(uow, row, row.instead_of == user_id, instead_of="")
    count += _change(uow, row, row.made_by == user_id, made_by=FORGOTTEN)
    for table in (RotationRow, EscalationPolicyRow):
        count += _change(uow, table, table.changed_by == user_id, changed_by=FORGOTTEN)
    return count


def forget_words(uow: UnitOfWork, before: datetime) -> int:
    """Empties the words of pages that were over by then; returns how many."""
    over_at = func.coalesce(PageRow.resolved_at, PageRow.paged_at)
    old = PageRow.state.not_in(_GOES_ON) & (over_at < before)
    worded = or_(PageRow.what != "", PageRow.impact != "", PageRow.resolution != "")
    count = _change(uow, PageRow, old & worded, what="", impact="", resolution="")
    going_on = select(PageRow.id).where(PageRow.team_id == uow.team_id, ~old)
    told = (
        (PageEventRow.at < before)
        & (PageEventRow.text != "")
        & PageEventRow.page_id.not_in(going_on)
    )
    return count + _change(uow, PageEventRow, told, text="")


def old_pages(uow: UnitOfWork, before: datetime) -> list[UUID]:
    """Ids of the pages of before then."""
    old = (PageRow.team_id == uow.team_id) & (PageRow.paged_at < before)
    return list(uow.session.scalars(select(PageRow.id).where(old)))


def forget_old_turns(uow: UnitOfWork, before: datetime) -> int:
    """Deletes swaps and shifts that ended before then; returns how many."""
    return sum(
        _delete(uow, table, table.ends_at < before)
        for table in (RotationOverrideRow, RotationShiftRow)
    )


def _has(column: Any, user_id: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = cast(column, Text).contains(user_id, autoescape=True)
    return found


def _rows(
    uow: UnitOfWork, table: Any, *where: ColumnElement[bool], order: Any = None
) -> Sequence[Any]:
    rows = select(table).where(table.team_id == uow.team_id, *where)
    return uow.session.scalars(rows.order_by(order) if order is not None else rows).all()


def _delete(uow: UnitOfWork, table: Any, *where: ColumnElement[bool]) -> int:
    return affected(uow.session, delete(table).where(table.team_id == uow.team_id, *where))


def _change(uow: UnitOfWork, table: Any, where: ColumnElement[bool], **values: Any) -> int:
    changed = update(table).where(table.team_id == uow.team_id, where)
    return affected(uow.session, changed.values(**values))
