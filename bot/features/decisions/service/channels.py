"""What was decided, proposed and settled in one channel, for everybody who is in it."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.digests import ChannelReader
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.queries import listing, registry
from bot.features.decisions.queries import proposals as queries
from bot.features.decisions.rules.registry import Decision
from bot.features.decisions.service import offers, recording
from bot.features.decisions.service.offers import Unrecorded


def made(uow: UnitOfWork, reader: ChannelReader) -> Sequence[Decision]:
    """What was decided in a channel since then, the newest first."""
    rows = listing.decided_since(
        uow, reader.since, limit=registry.SCANNED, channel_id=reader.channel.channel_id
    )
    return recording.decisions(uow, rows)


def open_now(uow: UnitOfWork, reader: ChannelReader) -> Sequence[tuple[Decision, datetime]]:
    """The open proposals of a channel and when they close, those that close first in front."""
    found = queries.open_in(uow, reader.channel.channel_id)
    decisions = recording.decisions(uow, [row for row, _ in found])
    return [(each, closes_at) for each, (_, closes_at) in zip(decisions, found, strict=True)]


def unrecorded(uow: UnitOfWork, reader: ChannelReader) -> Sequence[Unrecorded]:
    """What was settled in a channel since then and is not recorded, the oldest first."""
    return offers.unrecorded(uow, reader.channel.channel_id, reader.since)
