"""What owners are told about systems of record."""

from bot.core.digests import DigestSection, Part, Reader
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Sifted
from bot.features.decisions.messages import digest
from bot.features.decisions.service import writes


def troubles_in_digest(uow: UnitOfWork, reader: Reader) -> DigestSection | None:
    """What of the reader's decisions is not in the system of record, or was changed there."""
    if not uow.systems:
        return None
    found = writes.troubles(uow, reader.person.user_id, reader.since)
    lines = tuple(
        (digest.replaced_line if each.replaced else digest.not_yet_line)(each.decision, each.system)
        for each in found.seen
    )
    return digest.section(Part.LEFT_OVER, digest.TROUBLES, Sifted(lines, found.held_back))
