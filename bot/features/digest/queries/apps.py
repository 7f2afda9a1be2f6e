"""Every statement on what other apps posted."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select, update

from bot.core.db import affected, insert_new, upsert
from bot.core.events import instant_of
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.models import DigestAppMessageRow
from bot.features.digest.rules.apps import AppMessage


def keep(uow: UnitOfWork, message: AppMessage, revision: str) -> bool:
    """Keeps a version of a message, unless a newer one is known or it is gone.

    Returns whether this is how it stands now.
    """
    key = {"team_id": uow.team_id, "channel_id": message.channel_id, "ts": message.ts}
    blank = {"app": "", "account_id": "", "text": "", "revision": "", "is_gone": False}
    insert_new(uow.session, DigestAppMessageRow, [key | blank | {"at": message.at}])
    # "" sorts before every ts; two ts of one channel have the same length
    newest = update(DigestAppMessageRow).where(
        *_at(uow, message.channel_id, message.ts),
        DigestAppMessageRow.is_gone.is_(False),
        DigestAppMessageRow.revision <= revision,
    )
    values = {
        "app": message.app,
        "account_id": message.account_id,
        "text": message.text,
        "thread_ts": message.thread_ts,
        "revision": revision,
    }
    return affected(uow.session, newest.values(**values)) == 1


def mark_gone(uow: UnitOfWork, channel_id: str, ts: str) -> None:
    """A message was deleted: nothing that arrives later brings it back."""
    upsert(
        uow.session,
        DigestAppMessageRow,
        {
            "team_id": uow.team_id,
            "channel_id": channel_id,
            "ts": ts,
            "at": instant_of(ts),
            "app": "",
            "account_id": "",
            "text": "",
            "revision": "",
            "is_gone": True,
        },
    )


def between(
    uow: UnitOfWork, channel_id: str, since: datetime, until: datetime
) -> Sequence[AppMessage]:
    """What apps posted in a channel from `since` (included) to `until` (not), by age."""
    rows = select(DigestAppMessageRow).where(
        DigestAppMessageRow.team_id == uow.team_id,
        DigestAppMessageRow.channel_id == channel_id,
        DigestAppMessageRow.at >= since,
        DigestAppMessageRow.at < until,
        DigestAppMessageRow.is_gone.is_(False),
    )
    in_order = rows.order_by(DigestAppMessageRow.at)
    key = ("posted", channel_id, since, until)
    return uow.once(key, lambda: list(map(_message, uow.session.scalars(in_order))))


def find(uow: UnitOfWork, channel_id: str, ts: str) -> AppMessage | None:
    """What an app posted there, unless it is gone or forgotten."""
    row = uow.session.scalar(select(DigestAppMessageRow).where(*_at(uow, channel_id, ts)))
    return _message(row) if row is not None and not row.is_gone else None


def posted_for(uow: UnitOfWork, user_id: str) -> Sequence[AppMessage]:
    """What apps posted on somebody's behalf, by age."""
    return [each for each in speaking_of(uow, user_id, ()) if each.account_id == user_id]


def speaking_of(uow: UnitOfWork, user_id: str, logins: Iterable[str]) -> Sequence[AppMessage]:
    """What was posted on somebody's behalf, mentions them, or may name one of their logins."""
    said = func.lower(DigestAppMessageRow.text)
    rows = select(DigestAppMessageRow).where(
        DigestAppMessageRow.team_id == uow.team_id,
        or_(
            DigestAppMessageRow.account_id == user_id,
            DigestAppMessageRow.text.contains(f"<@{user_id}", autoescape=True),
            *(said.contains(login, autoescape=True) for login in logins),
        ),
    )
    return [_message(row) for row in uow.session.scalars(rows.order_by(DigestAppMessageRow.at))]


def erase(uow: UnitOfWork, message: AppMessage) -> int:
    """Deletes what a message said; a mark stays in its place."""
    emptied = update(DigestAppMessageRow).where(*_at(uow, message.channel_id, message.ts))
    return affected(uow.session, emptied.values(text="", account_id="", app="", is_gone=True))


def empty_of(uow: UnitOfWork, user_id: str) -> None:
    """Deletes the texts that were posted on somebody's behalf; that something was, stays."""
    ours = DigestAppMessageRow.team_id == uow.team_id
    theirs = update(DigestAppMessageRow).where(ours, DigestAppMessageRow.account_id == user_id)
    uow.session.execute(theirs.values(text=""))


def forget_old(uow: UnitOfWork, *, texts_before: datetime, before: datetime) -> int:
    """Deletes the texts, and what else is known, of messages older than that; returns how many."""
    ours, at = DigestAppMessageRow.team_id == uow.team_id, DigestAppMessageRow.at
    emptied = update(DigestAppMessageRow).where(
        ours, at < texts_before, DigestAppMessageRow.text != ""
    )
    old = delete(DigestAppMessageRow).where(ours, at < before)
    return affected(uow.session, emptied.values(text="")) + affected(uow.session, old)


def _at(uow: UnitOfWork, channel_id: str, ts: str) -> tuple[ColumnElement[bool], ...]:
    row: Any = DigestAppMessageRow
    return row.team_id == uow.team_id, row.channel_id == channel_id, row.ts == ts


def _message(row: DigestAppMessageRow) -> AppMessage:
    place = (row.channel_id, row.ts, row.at)
    return AppMessage(*place, row.app, row.account_id, row.text, row.thread_ts)
