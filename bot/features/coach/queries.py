"""Every statement on the coach's table."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete

from bot.core.db import affected, insert_new
from bot.core.events import MessagePosted
from bot.core.unit_of_work import UnitOfWork
from bot.features.coach.models import HintRow


def record_hint(uow: UnitOfWork, event: MessagePosted, rule: str, mode: str) -> bool:
    """Notes that a message gets a hint, or would; returns False if it was noted before."""
    row = {
        "team_id": uow.team_id,
        "channel_id": event.channel_id,
        "ts": event.ts,
        "rule": rule,
        "mode": mode,
        "given_at": uow.now,
    }
    return insert_new(uow.session, HintRow, [row]) == 1


def hints_at(uow: UnitOfWork, places: Iterable[tuple[str, str]]) -> Sequence[HintRow]:
    """The hints for the messages in these places: (channel, ts)."""
    found = (uow.session.get(HintRow, (uow.team_id, *place)) for place in places)
    return [hint for hint in found if hint is not None]


def forget(uow: UnitOfWork, places: Iterable[tuple[str, str]]) -> int:
    """Deletes the hints for the messages in these places; returns how many."""
    hints = hints_at(uow, places)
    for hint in hints:
        uow.session.delete(hint)
    return len(hints)


def forget_old(uow: UnitOfWork, before: datetime) -> int:
    """Deletes the hints given before then; returns how many."""
    old = (HintRow.team_id == uow.team_id) & (HintRow.given_at < before)
    return affected(uow.session, delete(HintRow).where(old))
