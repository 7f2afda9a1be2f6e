"""Blockers as those see them whom they concern."""

from collections.abc import Sequence
from datetime import datetime

from bot.core import attention, people
from bot.core.people import Person
from bot.core.ports import AskLedger
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Sifted, Sight, sift, sight
from bot.features.handoffs.models import HandoffBlockerRow
from bot.features.handoffs.queries import blockers as queries
from bot.features.handoffs.rules import blockers as rules
from bot.features.handoffs.rules.blockers import BlockerSeen, Ended, WhyNot


def blocking(uow: UnitOfWork, asks: AskLedger, reader: Person) -> Sifted[BlockerSeen]:
    """What is in somebody's way, as they may see it, the oldest first."""
    return _seen(uow, asks, queries.open_of_blocked(uow, reader.user_id), reader)


def blocked_by(uow: UnitOfWork, asks: AskLedger, reader: Person) -> Sifted[BlockerSeen]:
    """Where somebody is in the way of others; nothing of those who want to be left alone."""
    rows = queries.open_of_blocker(uow, reader.user_id)
    told = [row for row in rows if not any(attention.is_off(uow, each) for each in _said_by(row))]
    return _seen(uow, asks, told, reader)


def unblocked(
    uow: UnitOfWork, asks: AskLedger, reader: Person, since: datetime
) -> Sifted[BlockerSeen]:
    """What stopped blocking somebody since then and nobody told them of yet.

    What they asked themself is told with their asks.
    """
    rows = queries.closed_for(uow, reader.user_id, since)
    return _seen(uow, asks, [row for row in rows if not _is_told(uow, row)], reader)


def shown(uow: UnitOfWork, asks: AskLedger, row: HandoffBlockerRow, reader: Person) -> BlockerSeen:
    """A blocker as one of those sees it whom it concerns."""
    due = asks.due_at(uow, row.ask_id) if row.ask_id else None
    address = asks.address(uow, row.ask_id, reader) if row.ask_id else ""
    place = uow.workspace.address(row.channel_id) if row.channel_id else uow.workspace.profile
    return BlockerSeen(
        str(row.id),
        row.blocked_id,
        row.blocker_id,
        row.what,
        reader.moment(row.since),
        row.channel_id,
        address or place,
        is_asked=row.ask_id is not None,
        due=reader.moment(due) if due is not None else "",
        is_overdue=due is not None and due <= uow.now,
        ended=Ended(row.ended),
    )


def _seen(
    uow: UnitOfWork, asks: AskLedger, rows: Sequence[HandoffBlockerRow], reader: Person
) -> Sifted[BlockerSeen]:
    """Those of the blockers whose channel the reader may open; most stand in none."""
    bound = [row for row in rows if row.channel_id]
    found = sift(uow, reader.user_id, bound, channel_of=lambda row: row.channel_id)
    open_to = {row.id for row in found.seen}
    seen = [row for row in rows if not row.channel_id or row.id in open_to]
    return Sifted(tuple(shown(uow, asks, row, reader) for row in seen), found.held_back)


def why_not(uow: UnitOfWork, row: HandoffBlockerRow) -> WhyNot | None:
    """Why nobody is asked about it; None: somebody was."""
    if row.ask_id is not None:
        return None
    if uow.workspace.is_paused:
        return WhyNot.PAUSED
    blocker = people.find(uow.session, uow.team_id, row.blocker_id)
    if blocker is None or not blocker.is_member:
        return WhyNot.NOT_A_MEMBER
    if attention.is_off(uow, blocker.user_id):
        return WhyNot.OFF
    if row.channel_id and sight(uow, blocker.user_id, row.channel_id) is not Sight.OPEN:
        return WhyNot.CANNOT_SEE
    return WhyNot.OTHER


def _said_by(row: HandoffBlockerRow) -> set[str]:
    return {row.blocked_id, row.asker_id or row.blocked_id}


def _is_told(uow: UnitOfWork, row: HandoffBlockerRow) -> bool:
    """Whether whoever was blocked heard of it before: from their ask, or directly."""
    if rules.hears_from_ask(row.blocked_id, row.asker_id) or row.closed_at is None:
        return True
    return uow.outbox.knows(rules.key_of(row.id, "closed", row.closed_at))
