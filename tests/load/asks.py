"""The table of asks, as the bench sees it: how rows get in, what is due, who takes it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, TypeAlias
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from bot.core.ids import new_id
from bot.core.outbox import Outbox
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import queries
from bot.features.asks.models import AskRow
from bot.features.asks.rules.states import State

Due: TypeAlias = tuple[str, UUID]
"""(team, ask)."""

DAY: Final = timedelta(days=1)
TEAMS: Final = 100
CHANNELS: Final = 500
PEOPLE: Final = 311
TABLE: Final = AskRow.metadata.tables["asks"]
FRESH: Final = {
    "sqlite": {
        "id": "printf('%08x', number) || substr(id, 9)",
        "message_ts": "substr(message_ts, 1, 10) || printf('.%06d', number)",
        "root_ts": "substr(root_ts, 1, 10) || printf('.%06d', number)",
    },
    "postgresql": {
        "id": "(lpad(to_hex(number), 8, '0') || substr(id::text, 9))::uuid",
        "message_ts": "substr(message_ts, 1, 10) || '.' || lpad(number::text, 6, '0')",
        "root_ts": "substr(root_ts, 1, 10) || '.' || lpad(number::text, 6, '0')",
    },
}
"""What differs between an ask and its copies, see `copy_rows`."""


def insert_rows(session: Session, moments: Sequence[tuple[datetime, datetime | None]]) -> None:
    """Stores an ask for each (asked, to be reminded of), settled where the second is None."""
    rows = [
        {
            "team_id": f"T{number % TEAMS:06}",
            "id": new_id(),
            "channel_id": f"C{number % CHANNELS:06}",
            "message_ts": (ts := f"{asked.timestamp():.6f}"),
            "root_ts": ts,
            "asker_id": f"U{number % PEOPLE:06}",
            "answerer_id": f"U{(number + 1) % PEOPLE:06}",
            "state": State.OPEN if nudge_at else State.ANSWERED,
            "asked_at": asked,
            "due_at": nudge_at or asked + DAY,
            "nudge_at": nudge_at,
            "closed_at": None if nudge_at else asked + DAY / 2,
        }
        for number, (asked, nudge_at) in enumerate(moments)
    ]
    session.execute(insert(AskRow), rows)


def find_due(session: Session, now: datetime, limit: int) -> Sequence[Due]:
    """What is due, the longest overdue first."""
    return queries.to_nudge(session, now, limit)


def claim(session: Session, now: datetime, due: Sequence[Due]) -> list[Due]:
    """Takes what nobody else has taken; returns what was got. The caller commits."""
    claimed = []
    for team_id, ask_id in due:
        uow = UnitOfWork(team_id, now, session, Outbox(session, team_id, now, now))
        ask = queries.get(uow, ask_id)
        if ask and queries.move(uow, ask, State.OVERDUE, nudge_at=None):
            claimed.append((team_id, ask_id))
    return claimed
