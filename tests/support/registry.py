"""Many decisions at once, stored as they are when each was logged."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from bot.core.db import insert_new
from bot.features.decisions.models import DecisionCountRow, DecisionRow
from bot.features.decisions.rules.ranking import indexed
from bot.features.decisions.rules.registry import Fields, Place, Status


def stored(
    team_id: str, number: int, fields: Fields, place: Place, *, at: datetime
) -> dict[str, Any]:
    """A decision's row."""
    title, text = indexed(number, fields)
    return asdict(replace(fields, tags=())) | {
        "team_id": team_id,
        "number": number,
        "status": Status.ACCEPTED,
        "tags": " ".join(fields.tags),
        "search_title": title,
        "search_text": text,
        "logged_by": "U1",
        "channel_id": place.channel_id,
        "message_ts": place.message_ts,
        "root_ts": place.root_ts,
        "decided_at": at,
        "changed_at": at,
    }


def log_all(
    session: Session, team_id: str, decisions: Iterable[tuple[Fields, str]], *, at: datetime
) -> None:
    """Logs (fields, channel) of each in a workspace that has none, the first as number 1."""
    rows = [
        stored(team_id, number, fields, Place(channel_id), at=at)
        for number, (fields, channel_id) in enumerate(decisions, start=1)
    ]
    session.execute(insert(DecisionRow), rows)
    count = {"team_id": team_id, "newest": len(rows)}
    insert_new(session, DecisionCountRow, [count])
