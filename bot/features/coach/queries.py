"""Every statement on the coach's tables."""

from sqlalchemy import delete

from bot.core.db import insert_new
from bot.core.events import MessagePosted
from bot.core.unit_of_work import UnitOfWork
from bot.features.coach.models import HintRow, HintsOffRow


def record_hint(uow: UnitOfWork, event: MessagePosted, rule: str) -> bool:
    """Notes that a message gets a hint; returns False if it got one before."""
    row = {
        "team_id": uow.team_id,
        "channel_id": event.channel_id,
        "ts": event.ts,
        "rule": rule,
        "given_at": uow.now,
    }
    return insert_new(uow.session, HintRow, [row]) == 1


def wants_hints(uow: UnitOfWork, user_id: str) -> bool:
    """Whether somebody has hints switched on."""
    return uow.session.get(HintsOffRow, (uow.team_id, user_id)) is None


def switch_off(uow: UnitOfWork, user_id: str) -> None:
    """Gives somebody no more hints."""
    row = {"team_id": uow.team_id, "user_id": user_id, "since": uow.now}
    insert_new(uow.session, HintsOffRow, [row])


def switch_on(uow: UnitOfWork, user_id: str) -> None:
    """Gives somebody hints again."""
    uow.session.execute(
        delete(HintsOffRow).where(
            HintsOffRow.team_id == uow.team_id, HintsOffRow.user_id == user_id
        )
    )
