"""What the coach keeps of people, and for how long."""

from typing import Final

from bot.core import message_store
from bot.core.agreement.setting import Layer
from bot.core.events import SettingChanged
from bot.core.keeping import Kept, Record, rows
from bot.core.unit_of_work import UnitOfWork
from bot.features.coach import queries
from bot.features.coach.messages import about
from bot.features.coach.models import CoachedRow, HintRow, LookRow, RefusalRow
from bot.features.coach.rules import settings


def erase(uow: UnitOfWork, user_id: str) -> int:
    """Forgets which of somebody's messages got a hint, and has none of them looked at."""
    looks = queries.drop_looks(uow, user_id)
    return looks + queries.forget(uow, _places(uow, user_id))


def export(uow: UnitOfWork, user_id: str) -> list[Record]:
    """Which of somebody's messages got a hint."""
    return [
        {
            "channel_id": hint.channel_id,
            "ts": hint.ts,
            "hint": hint.rule,
            "mode": hint.mode,
            "outcome": hint.outcome,
        }
        for hint in queries.hints_at(uow, _places(uow, user_id))
    ]


def follow_off(event: SettingChanged, uow: UnitOfWork) -> None:
    """Somebody wants to be left alone: nothing of theirs is looked at any more."""
    if event.layer == Layer.PERSON:
        queries.drop_looks(uow, event.scope_id)


def _places(uow: UnitOfWork, user_id: str) -> list[queries.Place]:
    written = message_store.written_by(uow.session, uow.team_id, user_id)
    return [(row.channel_id, row.ts) for row in written]


def _purge(uow: UnitOfWork, _days: int) -> int:
    looks = queries.drop_old_looks(uow, uow.now - settings.FRESH)
    return looks + queries.forget_old(uow, uow.now - settings.KEPT_FOR)


HINTS: Final = Kept("coach", about.KEEPS, about.KEPT_FOR, (HintRow, LookRow), export, erase, _purge)
PEOPLE: Final = rows(
    "coach_people",
    CoachedRow,
    CoachedRow.user_id,
    what=about.KEEPS_WHEN,
    how_long=about.KEPT_WHILE_HERE,
)
REFUSALS: Final = rows(
    "coach_refusals",
    RefusalRow,
    RefusalRow.user_id,
    what=about.KEEPS_REFUSALS,
    how_long=about.KEPT_WHILE_HERE,
)
ALL: Final = (HINTS, PEOPLE, REFUSALS)
