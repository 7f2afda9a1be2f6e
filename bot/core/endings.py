"""How an installation ends: its work stops in one transaction, and what is kept of it goes later.

Nobody begins anything in a workspace that Baton is not in any more (`Bot.begin`), so what is
deleted there in portions stays deleted.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from math import inf
from typing import Any, Final

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from bot.core import installations, keeping, logs, workspaces
from bot.core.attempts import AttemptRow
from bot.core.bot import Bot
from bot.core.clock import monotonic
from bot.core.crash import crash_point
from bot.core.db import affected
from bot.core.inbox import DeliveryRow, InboxRow
from bot.core.installations import Ending, InstallationRow
from bot.core.outbox import OutboxRow
from bot.core.queue import Queued, State
from bot.core.workspaces import WorkspaceRow

log = logs.get(__name__)

PORTION: Final = 1_000
REFUSED_FOR: Final = timedelta(days=1)
"""A token that Slack refuses for so long is given up."""
_WAITING: Final = (State.READY, State.LEASED, State.UNKNOWN, State.DEAD)
_EMPTY: Final[tuple[tuple[type[Queued], Mapping[str, Any]], ...]] = (
    (OutboxRow, {"payload": {}}),
    (AttemptRow, {"payload": {}}),
    (InboxRow, {"body": None}),
    (DeliveryRow, {"body": None}),
)


def end(
    session: Session,
    team_id: str,
    because: Ending,
    *,
    now: datetime,
    delay: timedelta,
    generation: int | None = None,
) -> bool:
    """Ends the living installation of a workspace or an organisation, and all its work.

    What is kept of it is deleted after `delay`. Returns False if there is none, or not of that
    `generation`.
    """
    row = installations.find(session, team_id, alone=True)
    if row is None or generation not in {None, row.generation}:
        return False
    _stop(session, installations.alone_in_all_of(session, row), now, delay)
    row.token, row.ended_at, row.ended_because, row.erase_at = "", now, because, now + delay
    session.flush()
    log.info("an installation is over", team=team_id, because=because.value)
    return True


def leave(
    session: Session,
    row: InstallationRow,
    is_left: Callable[[WorkspaceRow], bool],
    *,
    now: datetime,
    delay: timedelta,
) -> None:
    """Ends the work in some of the workspaces of an installation that goes on in others."""
    found = filter(is_left, installations.alone_in_all_of(session, row))
    _stop(session, list(found), now, delay)
    session.flush()


def park(session: Session, team_id: str, generation: int, code: str, *, now: datetime) -> bool:
    """Slack refuses the token of an installation: nothing is tried until it takes it again.

    Returns False if that was known, or nothing of it lives.
    """
    row = _living(session, team_id, generation)
    if row is None or row.parked_at is not None:
        return False
    row.parked_at, row.looked_at, row.parked_because = now, now, code[:32]
    _mark_workspaces(session, row, now)
    return True


def unpark(session: Session, team_id: str, generation: int) -> bool:
    """Slack takes the token again; returns False if that was known."""
    row = _living(session, team_id, generation)
    if row is None or row.parked_at is None:
        return False
    row.parked_at, row.parked_because = None, ""
    _mark_workspaces(session, row, None)
    return True


def park_without_token(session: Session, home: str | None, *, now: datetime) -> Sequence[str]:
    """The token of the settings is for one workspace, `home`, or there is none: the others wait.

    Returns those of which that is news. Whoever has their token in the settings again goes on.
    """
    rows = session.scalars(
        select(WorkspaceRow)
        .where(WorkspaceRow.installation == "", WorkspaceRow.ended_at.is_(None))
        .where(WorkspaceRow.parked_at.is_(None), WorkspaceRow.team_id != (home or ""))
    ).all()
    for row in rows:
        row.parked_at = now
    return [row.team_id for row in rows]


def end_without_token(session: Session, team_id: str, *, now: datetime, delay: timedelta) -> bool:
    """Ends all work for a workspace whose token is in the settings no more.

    What is kept of it is deleted after `delay`. Returns False if it is none of those.
    """
    workspaces.hold(session, team_id, alone=True)
    row = session.get(WorkspaceRow, team_id, populate_existing=True)
    if row is None or row.installation or row.ended_at is not None or row.parked_at is None:
        return False
    _stop(session, [row], now, delay)
    return True


def erase_due(bot: Bot) -> None:
    """Deletes what is kept of workspaces that are over, when it is time, and says how much."""
    with bot.database.reading() as session:
        over = WorkspaceRow.ended_at.is_not(None) & (WorkspaceRow.erase_at <= bot.clock.now())
        due = session.scalars(select(WorkspaceRow.team_id).where(over)).all()
        ended = InstallationRow.erase_at <= bot.clock.now()
        rows = session.execute(
            select(InstallationRow.team_id, InstallationRow.generation).where(ended)
        ).all()
    for team_id in due:
        erase(bot, team_id)
    for team_id, generation in rows:
        _forget(bot, team_id, generation)


def erase_now(bot: Bot, team_id: str) -> Mapping[str, int]:
    """Deletes all that is kept of a workspace that is over, before its time.

    Returns how many rows of each topic.
    """
    with bot.database.reading() as session:
        row = session.get_one(WorkspaceRow, team_id)
    done = erase(bot, team_id)
    _forget(bot, row.installation, row.generation)
    return done


def erase(bot: Bot, team_id: str, *, until: float = inf) -> Mapping[str, int]:
    """Deletes all that is kept of a workspace that is over, a portion in a transaction.

    Whoever is killed at it, or stops at `until` (monotonic), is followed by the next one, who goes
    on. Returns how many rows of each topic.
    """
    done: dict[str, int] = {}
    while monotonic() < until:
        with bot.database.transaction() as session:
            workspaces.hold(session, team_id, alone=True)
            row = session.get(WorkspaceRow, team_id)
            if row is None or row.ended_at is None:
                return done  # another process was faster
            counts = keeping.erase_portion(session, team_id, bot.kept, most=PORTION)
            if not counts:
                session.delete(row)
        crash_point("erasing.after_portion")
        if not counts:
            bot.database.sweep()
            log.info("a workspace was erased", team=team_id, rows=sum(done.values()), of=done)
            return done
        for name, count in counts.items():
            done[name] = done.get(name, 0) + count
    return done


def _stop(session: Session, rows: Sequence[WorkspaceRow], now: datetime, delay: timedelta) -> None:
    for row in rows:
        row.ended_at, row.erase_at = now, now + delay
        for table, emptied in _EMPTY:
            _cancel(session, table, row.team_id, emptied)


def _cancel(
    session: Session, table: type[Queued], team_id: str, emptied: Mapping[str, Any]
) -> None:
    """Whoever is at one of these rows finds that it is over; what waits is not begun."""
    waiting = update(table).where(table.team_id == team_id, table.state.in_(_WAITING))
    session.execute(waiting.values(state=State.DROPPED, lease_until=None, **emptied))


def _living(session: Session, team_id: str, generation: int) -> InstallationRow | None:
    held: dict[str, Any] = {"with_for_update": True, "populate_existing": True}
    row = session.get(InstallationRow, (team_id, generation), **held)
    return row if row is not None and row.ended_at is None else None


def _mark_workspaces(session: Session, row: InstallationRow, parked_at: datetime | None) -> None:
    theirs = update(WorkspaceRow).where(
        WorkspaceRow.installation == row.team_id, WorkspaceRow.generation == row.generation
    )
    session.execute(theirs.values(parked_at=parked_at))


def _forget(bot: Bot, team_id: str, generation: int) -> None:
    """Deletes the row of an installation of whose workspaces nothing is kept any more."""
    served = exists().where(
        WorkspaceRow.installation == team_id, WorkspaceRow.generation == generation
    )
    over = delete(InstallationRow).where(
        InstallationRow.team_id == team_id,
        InstallationRow.generation == generation,
        InstallationRow.ended_at.is_not(None),
        ~served,
    )
    with bot.database.transaction() as session:
        is_forgotten = affected(session, over) == 1
    if is_forgotten:
        log.info("an installation was forgotten", team=team_id, generation=generation)
