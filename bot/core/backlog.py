"""What waits in the queues, how long, and what was given up: read from the database at once.

Only rows that wait or were given up are counted, by their partial indexes, and no more of them than
say that it is too many.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.core import breakers
from bot.core.attempts import AttemptRow
from bot.core.bot import Bot
from bot.core.inbox import DeliveryRow, InboxRow
from bot.core.metrics import Gauge
from bot.core.outbox import OutboxRow
from bot.core.queue import Queued, State, is_in

MOST: Final = 100_000
"""Rows of a queue that are counted; of more than these it is said that it is so many."""
QUEUES: Final[Mapping[str, type[Queued]]] = {
    "inbox": InboxRow,
    "deliveries": DeliveryRow,
    "outbox": OutboxRow,
    "attempts": AttemptRow,
}
_WAITING: Final = (State.READY, State.LEASED, State.UNKNOWN)  # word by word as of `ix_…_lane`
_DEPTH: Final = "Rows of a queue, by state; of more than 100,000 that wait it is 100,000."
_LAG: Final = "For how long what is due longest in a queue has been due."


def gauges(bot: Bot) -> Sequence[Gauge]:
    """How everything stands now: the queues, Slack, and what features measure."""
    now = bot.machine_clock.now()
    with bot.database.reading() as session:
        found = [each for name in QUEUES for each in _of_queue(session, name, now)]
        unwell = breakers.unwell(session)
        about = "Workspaces where Slack did not answer when it was asked last."
        found.append(Gauge("baton_slack_unwell", about, len(unwell)))
        about = "Of these, those where it is left alone for a while."
        found.append(Gauge("baton_slack_resting", about, len(breakers.resting(unwell, now))))
    with bot.reading() as (session, instant):
        return [*found, *(each for measure in bot.measures for each in measure(session, instant))]


def _of_queue(session: Session, name: str, now: datetime) -> Iterator[Gauge]:
    table = QUEUES[name]
    depth = dict.fromkeys((*_WAITING, State.DEAD), 0) | _depth(session, table)
    for state, count in depth.items():
        labels = {"queue": name, "state": str(state)}
        yield Gauge("baton_queue_rows", _DEPTH, count, labels)
    oldest = session.scalar(select(func.min(table.not_before)).where(is_in(table, State.READY)))
    lag = max(0.0, (now - oldest).total_seconds()) if oldest is not None else 0.0
    yield Gauge("baton_queue_lag_seconds", _LAG, lag, {"queue": name})


def _depth(session: Session, table: type[Queued]) -> dict[State, int]:
    counts: dict[State, int] = {}
    for states in (_WAITING, (State.DEAD,)):
        rows = select(table.state).where(is_in(table, *states)).limit(MOST).subquery()
        by_state = select(rows.c.state, func.count()).group_by(rows.c.state)
        counts |= {State(state): count for state, count in session.execute(by_state)}
    return counts
