"""What of decisions stands in the digest of the channel they were made in."""

from bot.core.digests import ChannelReader, DigestSection
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.messages import channels as messages
from bot.features.decisions.service import channels


def made(uow: UnitOfWork, reader: ChannelReader) -> DigestSection | None:
    """What was decided in the channel."""
    return messages.made(channels.made(uow, reader))


def open_now(uow: UnitOfWork, reader: ChannelReader) -> DigestSection | None:
    """What is proposed in the channel, and until when."""
    return messages.open_now(channels.open_now(uow, reader))


def unrecorded(uow: UnitOfWork, reader: ChannelReader) -> DigestSection | None:
    """Once a week: what was settled in the channel and is not recorded."""
    found = channels.unrecorded(uow, reader) if reader.is_weekly else ()
    about = {(each.channel_id, ts) for each in found for ts in (each.root_ts, each.decided_ts)}
    return messages.unrecorded([each.settled for each in found], about)
