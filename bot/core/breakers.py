"""A breaker for each workspace: where Slack is not well, it is left alone for a while.

After a few calls in a row that Slack did not answer, nothing is asked of it for that workspace
until `paused_until`. Then one call at a time tells whether it is over; the rest grows each time it
is not. (M. Nygard, Release It!, "Circuit Breaker".) All processes share it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core import logs, rate_limits, workspaces
from bot.core.db import Base, affected, insert_new
from bot.core.errors import (
    SlackAtRest,
    SlackDown,
    SlackError,
    SlackRateLimited,
    SlackTokenDead,
    SlackTokenMissing,
    SlackUnreachable,
    TokenUnreadable,
)

log = logs.get(__name__)

TRIPS_AFTER: Final = 3
"""So many failures in a row, with no answer between them, are not those of one call."""
FIRST_REST: Final = timedelta(seconds=5)
LONGEST_REST: Final = timedelta(minutes=2)
WIDE: Final = 3
"""A pause that Slack asks for with so many methods at once is one of the whole workspace."""


class BreakerRow(Base):
    """Slack was not well when it was asked last; there is no row where it answers.

    `failures` are calls in a row that failed. `because` is what the last one came to. Of
    `paused_until` there is none yet while calls go on.
    """

    __tablename__ = "breakers"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    failures: Mapped[int]
    because: Mapped[str] = mapped_column(String(64))
    since: Mapped[datetime]
    paused_until: Mapped[datetime | None]


def rest_after(failures: int, *, least: timedelta | None = None) -> timedelta | None:
    """How long Slack is left alone after so many failures in a row; None: it is not.

    With a `least` rest it is in any case.
    """
    beyond = failures - TRIPS_AFTER
    if least is None and beyond < 0:
        return None
    grown = min(FIRST_REST * 2.0 ** min(max(beyond, 0), 30), LONGEST_REST)
    return max(grown, least or grown)


def unwell(session: Session) -> Mapping[str, datetime | None]:
    """The workspaces where Slack was not well when it was asked last, and how long they rest."""
    rows = session.execute(select(BreakerRow.team_id, BreakerRow.paused_until))
    return dict(rows.all())


def every(session: Session) -> Mapping[str, BreakerRow]:
    """The workspaces in which nothing is asked of Slack but for a probe."""
    tripped = select(BreakerRow).where(BreakerRow.paused_until.is_not(None))
    return {row.team_id: row for row in session.scalars(tripped.order_by(BreakerRow.team_id))}


def resting(at: Mapping[str, datetime | None], now: datetime) -> frozenset[str]:
    """Those of the workspaces in which nothing is asked at that instant."""
    return frozenset(team for team, until in at.items() if until is not None and until > now)


def enter(session: Session, team_id: str, *, now: datetime, patience: timedelta) -> datetime | None:
    """Asks for leave to call Slack; returns when to ask again, or None if it may be called.

    After a rest that is given to one caller, who tells by `note` what it came to; if none does so
    within its `patience`, to the next one.
    """
    paused_until = session.scalar(
        select(BreakerRow.paused_until).where(BreakerRow.team_id == team_id)
    )
    if paused_until is None:
        return None
    if paused_until > now:
        return paused_until
    until = now + patience
    same = (BreakerRow.team_id == team_id) & (BreakerRow.paused_until == paused_until)
    probe = update(BreakerRow).where(same).values(paused_until=until)
    return None if affected(session, probe) == 1 else until


def note(session: Session, team_id: str, error: SlackError | None, *, now: datetime) -> None:
    """Notes what a call came to; None: it was done. An operator reads once that Slack is not well.

    A refusal is an answer, too, unless it is of the token of the settings: that of an installation
    is parked.
    """
    if isinstance(error, TokenUnreadable | SlackTokenMissing | SlackAtRest):
        return  # nobody was asked
    least = _least_rest(session, team_id, error, now)
    if error is None or (least is None and not isinstance(error, SlackDown | SlackUnreachable)):
        if affected(session, delete(BreakerRow).where(BreakerRow.team_id == team_id)):
            log.info("slack answers again", team=team_id)
        return
    fresh = {"team_id": team_id, "failures": 0, "because": "", "since": now}
    insert_new(session, BreakerRow, [fresh])
    row = session.get_one(BreakerRow, team_id, with_for_update=True, populate_existing=True)
    was_closed = row.paused_until is None
    row.failures, row.because = row.failures + 1, error.code[:64]
    rest = rest_after(row.failures, least=least)
    if rest is not None:
        row.paused_until = max(row.paused_until or now, now + rest)
        if was_closed:
            log.error(
                "slack is not well, and is left alone for a while", team=team_id, code=row.because
            )
    session.flush()


def _least_rest(
    session: Session, team_id: str, error: SlackError | None, now: datetime
) -> timedelta | None:
    """How long at least a workspace rests after one error of a kind that says enough."""
    if isinstance(error, SlackRateLimited):
        is_wide = len(rate_limits.paused_methods(session, team_id, now)) >= WIDE
        return error.retry_after if is_wide else None
    if isinstance(error, SlackTokenDead):
        workspace = workspaces.find(session, team_id)
        return FIRST_REST if workspace is not None and not workspace.installation else None
    return None
