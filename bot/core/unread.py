"""Events that wait or were given up: they still hold what people wrote, as Slack sent it."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.core.inbox import DeliveryRow, InboxRow
from bot.core.queue import State

WORDS: Final = frozenset({"text", "blocks", "files", "attachments"})
"""Where in a message of Slack's somebody's words are."""
NO_LANE: Final = "erased"

_Row = InboxRow | DeliveryRow
_TABLES: Final[tuple[type[_Row], ...]] = (InboxRow, DeliveryRow)


def texts_of(session: Session, team_id: str, user_id: str) -> list[str]:
    """What somebody wrote in events that are not dealt with."""
    texts = []
    for row in _with_body(session, team_id):
        event = _event(row)
        said = event.get("message") if isinstance(event.get("message"), dict) else event
        if _author(event) == user_id and isinstance(said, dict) and said.get("text"):
            texts.append(str(said["text"]))
    return texts


def forget_person(session: Session, team_id: str, user_id: str) -> int:
    """Gives up what waits of somebody's own, and takes their words out of the rest.

    The event's id stays: the same event is not taken in again. Returns how many were changed.
    """
    count = 0
    for row in _with_body(session, team_id):
        if _author(_event(row)) == user_id:
            _give_up(row)
            count += 1
        else:
            count += _take_words_out(row, user_id)
    for table in _TABLES:
        theirs = update(table).where(table.team_id == team_id, table.lane == user_id)
        session.execute(theirs.values(lane=NO_LANE))
    return count


def forget_dead(
    session: Session, team_id: str, *, before: datetime | None = None, user_id: str | None = None
) -> int:
    """Drops what was given up before an instant, or of somebody; returns how many."""
    count = 0
    for row in _with_body(session, team_id):
        since = row.received_at if isinstance(row, InboxRow) else row.not_before
        is_old = before is not None and since < before
        is_theirs = user_id is not None and _author(_event(row)) == user_id
        if row.state == State.DEAD and (is_old or is_theirs):
            _give_up(row)
            count += 1
    return count


def redacted(value: Any, user_id: str) -> Any:
    """A part of an event without somebody's words, wherever they stand in it."""
    if isinstance(value, list):
        return [redacted(each, user_id) for each in value]
    if not isinstance(value, dict):
        return value
    is_theirs = value.get("user") == user_id
    return {
        name: redacted(each, user_id)
        for name, each in value.items()
        if not (is_theirs and name in WORDS)
    }


def _with_body(session: Session, team_id: str) -> Iterator[_Row]:
    waiting = (InboxRow.team_id == team_id, InboxRow.body.is_not(None))
    yield from session.scalars(select(InboxRow).where(*waiting)).all()
    failed = (DeliveryRow.team_id == team_id, DeliveryRow.body.is_not(None))
    yield from session.scalars(select(DeliveryRow).where(*failed)).all()


def _give_up(row: _Row) -> None:
    row.body, row.state, row.lease_until = None, State.DROPPED, None
    row.fence += 1


def _take_words_out(row: _Row, user_id: str) -> int:
    body = _body(row)
    left = redacted(body, user_id)
    if left == body:
        return 0
    row.body = json.dumps(left).encode()
    return 1


def _author(event: dict[str, Any]) -> str:
    for part in (event, event.get("message"), event.get("previous_message")):
        user = part.get("user") if isinstance(part, dict) else None
        if isinstance(user, str) and user:
            return user
    return ""


def _event(row: _Row) -> dict[str, Any]:
    body = _body(row)
    event = body.get("event") if isinstance(body, dict) else None
    return event if isinstance(event, dict) else {}


def _body(row: _Row) -> Any:
    try:
        return json.loads(row.body or b"{}")
    except ValueError:
        return {}
