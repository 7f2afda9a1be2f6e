"""The heartbeat of those who take events in: whoever beats again after a silence knows of a gap.

While one process beats, Slack has somebody to deliver to. All of them share one row, so what stands
in it is when the last of them was well: connected, and able to store what came.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Final

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core import gaps, logs, workspaces
from bot.core.bot import Bot
from bot.core.clock import monotonic
from bot.core.db import Base, insert_new
from bot.core.gaps import Gap, Why

log = logs.get(__name__)

BEATS_EVERY: Final = timedelta(seconds=10)
AGAIN_SECONDS: Final = 1.0
"""A database that was too busy for a beat is no outage yet."""
SILENCE: Final = timedelta(minutes=1)
"""What is shorter Slack makes up for: it sends again what was not acknowledged."""
TRUSTED: Final = timedelta(days=1)
"""A clock that was ahead by more was wrong, and nobody has to wait for what it told."""
_ALL: Final = ""  # it is one of all workspaces


class HeartbeatRow(Base):
    """When somebody took events in last: by the clock of the house, and by the machine's.

    `team_id` is empty.
    """

    __tablename__ = "heartbeats"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime]
    machine_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Instant:
    """The same instant by both clocks: the machine's runs on while the house's may be moved."""

    now: datetime
    machine_now: datetime


def beat(session: Session, at: Instant) -> datetime | None:
    """Notes that somebody takes events in; returns since when nobody had, after a silence."""
    fresh = {"team_id": _ALL, "at": at.now, "machine_at": at.machine_now}
    if insert_new(session, HeartbeatRow, [fresh]):
        return None
    row = session.get_one(HeartbeatRow, _ALL, with_for_update=True, populate_existing=True)
    is_silent = at.machine_now - row.machine_at > SILENCE
    since = row.at if is_silent and row.at < at.now else None
    row.at, row.machine_at = at.now, _latest(row, at.machine_now)
    return since


def latest(session: Session, machine_now: datetime) -> datetime:
    """The latest instant that any process told, so that none begins behind another.

    The machine's clock may have been set back between the two.
    """
    row = session.get(HeartbeatRow, _ALL)
    return machine_now if row is None else _latest(row, machine_now)


def _latest(row: HeartbeatRow, machine_now: datetime) -> datetime:
    is_trusted = row.machine_at - machine_now <= TRUSTED
    return max(row.machine_at, machine_now) if is_trusted else machine_now


def is_unbroken(session: Session, machine_now: datetime) -> bool:
    """Whether somebody took events in until now, but for what Slack sends again."""
    row = session.get(HeartbeatRow, _ALL)
    return row is not None and machine_now - row.machine_at <= SILENCE


def note_outage(session: Session, since: datetime, at: Instant) -> int:
    """Makes a gap in every workspace that Baton was in then; returns in how many."""
    count = 0
    for workspace in workspaces.every(session):
        began = max(since, workspace.installed_at or since)
        if began < at.now:
            place = (session, workspace.team_id, Gap(began, at.now, Why.OUTAGE))
            gaps.note(*place, now=at.now, machine_now=at.machine_now)
            count += 1
    return count


class Heart:
    """Beats while this process takes events in; a thread of its own."""

    def __init__(self, bot: Bot, is_receiving: Callable[[], bool]) -> None:
        self._bot, self._is_receiving = bot, is_receiving
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="heart", daemon=True)

    def start(self) -> None:
        """Begins to beat."""
        self._thread.start()

    def stop(self, deadline: float) -> None:
        """Beats no more."""
        self._stopping.set()
        self._thread.join(max(0.0, deadline - monotonic()))

    def beat(self) -> None:
        """Beats once, if events can come in and be stored.

        Raises SQLAlchemyError where they could not.
        """
        if not self._is_receiving():
            return
        self._bot.database.knock()
        at = Instant(self._bot.clock.now(), self._bot.machine_clock.now())
        with self._bot.database.transaction() as session:
            since = beat(session, at)
            count = note_outage(session, since, at) if since is not None else 0
        if since is not None:
            log.warning("nobody took events in", at=since, number=count)

    def _run(self) -> None:
        wait = AGAIN_SECONDS  # until there is a connection it may be soon
        while not self._stopping.wait(wait):
            wait = BEATS_EVERY.total_seconds()
            try:
                self.beat()
            except Exception as error:  # noqa: BLE001 - a gap becomes known when it is over
                wait = AGAIN_SECONDS
                log.warning("no heartbeat", error=type(error).__name__)
