"""Every statement on the coach's table."""

from bot.core.db import insert_new
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
