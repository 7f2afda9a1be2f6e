"""What owners are told about systems of record."""

from bot.core.digests import DigestSection, Part, Reader
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.messages import writes as messages
from bot.features.decisions.service import writes


def troubles_in_digest(uow: UnitOfWork, reader: Reader) -> DigestSection | None:
    """What of the reader's decisions is not in the system of record, or was changed there."""
    if not uow.systems:
        return None
    found = writes.troubles(uow, reader.person.user_id, reader.since)
    lines = [
        (messages.replaced if each.replaced else messages.not_yet)(each.decision, each.system)
        for each in found.seen[: messages.MOST_LINES]
    ]
    if not lines and not found.held_back:
        return None
    return DigestSection(Part.LEFT_OVER, messages.TITLE, lines, held_back=found.held_back)
