"""What is kept of what a model drew from people's days: it goes with the day."""

import json
from datetime import timedelta
from typing import Final

from bot.core.keeping import Kept, Record, plain
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.messages import prefilling as messages
from bot.features.handoffs.models import HandoffDraftRow
from bot.features.handoffs.queries import drafts as queries

KEPT_FOR: Final = timedelta(days=1)


def export(uow: UnitOfWork, user_id: str) -> list[Record]:
    """What was drawn from somebody's own days."""
    return [
        {"lines": [line["text"] for line in row.lines], "at": plain(row.wanted_at)}
        for row in queries.all_of(uow)
        if row.user_id == user_id
    ]


def erase(uow: UnitOfWork, user_id: str) -> int:
    """Forgets what was drawn from somebody's days, and what names them in those of others."""
    theirs = [each for each in queries.all_of(uow) if _is_about(each, user_id)]
    for each in theirs:
        queries.drop(uow, each)
    return len(theirs)


def _is_about(row: HandoffDraftRow, user_id: str) -> bool:
    return row.user_id == user_id or user_id in json.dumps(row.lines)


KEPT: Final = Kept(
    "hand-off drafts",
    messages.KEEPS,
    messages.KEPT_FOR,
    (HandoffDraftRow,),
    export,
    erase,
    lambda uow, _days: queries.forget_old(uow, before=uow.now - KEPT_FOR),
)
