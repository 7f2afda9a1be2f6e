"""Rows of the inbox that stand as a test needs them."""

from datetime import UTC, datetime
from typing import Final

from bot.core.db import Database
from bot.core.ids import new_id
from bot.core.inbox import InboxRow

NOW: Final = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)


def add(database: Database, lane: str = "C1", team_id: str = "T1", **values: object) -> InboxRow:
    """Adds an event that is due, unless `values` say otherwise."""
    row = InboxRow(
        team_id=team_id,
        id=new_id(),
        lane=lane,
        not_before=NOW,
        received_at=NOW,
        event_id=str(new_id()),
        body=b"{}",
    )
    for name, value in values.items():
        setattr(row, name, value)
    with database.transaction() as session:
        session.add(row)
    return row
