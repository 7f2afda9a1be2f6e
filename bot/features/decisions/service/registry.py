"""Finding and showing decisions."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Sifted, may_see, sift
from bot.features.decisions.models import DecisionRow
from bot.features.decisions.queries import registry as queries
from bot.features.decisions.rules.registry import FOUND, Decision
from bot.features.decisions.service import recording


def show(uow: UnitOfWork, reader_id: str, number: int) -> Decision | None:
    """The decision, if there is one that the reader may see."""
    row = queries.get(uow, number)
    is_open = row is not None and may_see(uow, reader_id, row.channel_id)
    return recording.decision(uow, row) if row is not None and is_open else None


def newest(uow: UnitOfWork, reader_id: str) -> Sifted[Decision]:
    """The newest decisions the reader may see."""
    return _visible(uow, reader_id, queries.newest(uow))


def made_since(uow: UnitOfWork, reader_id: str, since: datetime) -> Sifted[Decision]:
    """The decisions made since then that the reader may see."""
    return _visible(uow, reader_id, queries.made_since(uow, since))


def _visible(uow: UnitOfWork, reader_id: str, rows: Sequence[DecisionRow]) -> Sifted[Decision]:
    found = sift(uow, reader_id, rows, channel_of=lambda row: row.channel_id, limit=FOUND)
    return Sifted(tuple(recording.decision(uow, row) for row in found.seen), found.held_back)
