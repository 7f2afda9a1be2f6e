"""Every statement on the reviews that apps tell of."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select

from bot.core.db import affected, insert_new, portions
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.models import DigestReviewRow
from bot.features.digest.rules.reviews import Told

NEWEST: Final = 500
"""So many requests of somebody's are looked at."""


def replace(uow: UnitOfWork, channel_id: str, ts: str, told: Sequence[Told]) -> None:
    """What a message tells of reviews now, instead of what it told before."""
    uow.session.execute(
        delete(DigestReviewRow).where(
            DigestReviewRow.team_id == uow.team_id,
            DigestReviewRow.channel_id == channel_id,
            DigestReviewRow.ts == ts,
        )
    )
    rows = [
        {
            "team_id": uow.team_id,
            "channel_id": each.channel_id,
            "ts": each.ts,
            "url": each.url,
            "login": each.login,
            "asked_at": each.asked_at,
            "settled_at": each.settled_at,
        }
        for each in told
    ]
    insert_new(uow.session, DigestReviewRow, rows)


def about(uow: UnitOfWork, logins: Collection[str], *, since: datetime) -> list[Told]:
    """What is told of the pull requests on which one of these logins was asked since then."""
    asked = select(DigestReviewRow.url).where(
        DigestReviewRow.team_id == uow.team_id,
        DigestReviewRow.login.in_(logins),
        DigestReviewRow.asked_at >= since,
    )
    newest = asked.order_by(DigestReviewRow.asked_at.desc()).limit(NEWEST)
    urls = sorted(set(uow.session.scalars(newest)))
    found = []
    for some in portions(urls):
        rows = select(DigestReviewRow).where(
            DigestReviewRow.team_id == uow.team_id,
            DigestReviewRow.url.in_(some),
            DigestReviewRow.login.in_([*logins, ""]),
        )
        found += [_told(row) for row in uow.session.scalars(rows)]
    return found


def urls_in(uow: UnitOfWork, channel_id: str, ts: str) -> set[str]:
    """The pull requests that a message tells of."""
    rows = select(DigestReviewRow.url).where(
        DigestReviewRow.team_id == uow.team_id,
        DigestReviewRow.channel_id == channel_id,
        DigestReviewRow.ts == ts,
    )
    return set(uow.session.scalars(rows))


def asked_about(uow: UnitOfWork, urls: Collection[str]) -> set[str]:
    """The logins of all who were ever asked to review one of these pull requests."""
    found: set[str] = set()
    for some in portions(sorted(urls)):
        rows = select(DigestReviewRow.login).where(
            DigestReviewRow.team_id == uow.team_id, DigestReviewRow.url.in_(some)
        )
        found.update(filter(None, uow.session.scalars(rows)))
    return found


def of_logins(uow: UnitOfWork, logins: Collection[str]) -> list[Told]:
    """Everything that is told of these logins."""
    rows = select(DigestReviewRow).where(
        DigestReviewRow.team_id == uow.team_id, DigestReviewRow.login.in_(logins)
    )
    return [_told(row) for row in uow.session.scalars(rows.order_by(DigestReviewRow.ts))]


def forget(uow: UnitOfWork, told: Sequence[Told]) -> int:
    """Deletes what is told; returns how much."""
    row, count = DigestReviewRow, 0
    for each in told:
        theirs = delete(row).where(
            row.team_id == uow.team_id,
            row.channel_id == each.channel_id,
            row.ts == each.ts,
            row.url == each.url,
            row.login == each.login,
        )
        count += affected(uow.session, theirs)
    return count


def forget_old(uow: UnitOfWork, *, before: datetime) -> int:
    """Deletes what messages from before then tell; returns how much."""
    old = delete(DigestReviewRow).where(
        DigestReviewRow.team_id == uow.team_id,
        DigestReviewRow.ts < f"{before.timestamp():.6f}",
    )
    return affected(uow.session, old)


def _told(row: DigestReviewRow) -> Told:
    return Told(row.url, row.login, row.channel_id, row.ts, row.asked_at, row.settled_at)
