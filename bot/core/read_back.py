"""A document counts as written when it was read back."""

from bot.core.crash import crash_point
from bot.core.documents import Document, Reference, digest
from bot.core.errors import RecordConflict
from bot.core.ports import SystemOfRecord


def write(system: SystemOfRecord, document: Document, known: Reference | None) -> Reference:
    """Has a system hold a document, and reads it back.

    Raises RecordConflict if something else stands there, and what the system raises.
    """
    crash_point("record.after_claim")
    reference = system.write(document, known)
    found = system.read(reference)
    if found is None or digest(found) != reference.digest:
        raise RecordConflict("(what was read back is not what was written)")
    crash_point("record.before_done")
    return reference
