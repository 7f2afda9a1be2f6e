"""One decision takes the place of another, and gives it back."""

from dataclasses import dataclass

from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.messages import refusals
from bot.features.decisions.models import DecisionRow
from bot.features.decisions.queries import registry as queries
from bot.features.decisions.rules.registry import Change, Decision, Status, may_become
from bot.features.decisions.rules.superseding import UNDO_WITHIN, Refusal, refusal
from bot.features.decisions.service import access, recording, wanting
from bot.features.decisions.service.access import Refused


@dataclass(frozen=True, slots=True)
class Superseded:
    """What was superseded by what."""

    old: Decision
    new: Decision


def to_supersede(uow: UnitOfWork, user_id: str, number: int) -> Decision:
    """A decision that somebody wants another one to take the place of. Raises Refused."""
    row = access.to_change(uow, user_id, number)
    status = Status(row.status)
    if not may_become(status, Status.SUPERSEDED):
        is_over = status is Status.SUPERSEDED
        why = Refusal.SUPERSEDED_BEFORE if is_over else Refusal.NOT_DECIDED
        raise Refused(refusals.superseding(why, number, number, {number: status}))
    return recording.decision(uow, row)


def supersede(uow: UnitOfWork, user_id: str, old: int, new: int, note: str = "") -> Superseded:
    """Has `new` take the place of `old` from now on. Raises Refused.

    Both are held, in the order of their numbers: whoever would close a circle at the same time
    finds the other one superseded.
    """
    rows = {number: access.to_change(uow, user_id, number) for number in sorted({old, new})}
    statuses = {number: Status(row.status) for number, row in rows.items()}
    why = refusal(old, new, statuses, _successors(uow, new))
    if why is not None:
        raise Refused(refusals.superseding(why, old, new, statuses))
    recording.change(
        uow,
        rows[old],
        Change.SUPERSEDED,
        by=user_id,
        note=note,
        status=Status.SUPERSEDED,
        superseded_by=new,
    )
    return _redrawn(uow, rows[old], rows[new])


def undo(uow: UnitOfWork, user_id: str, old: int, version: int) -> Superseded:
    """Has a decision hold again that somebody just superseded in that version. Raises Refused."""
    row = access.to_change(uow, user_id, old)
    made, before = (queries.version(uow, old, each) for each in (version, version - 1))
    if row.version != version or row.superseded_by is None:
        raise Refused(refusals.changed_since(old))
    if made is None or before is None or made.by != user_id:
        raise Refused(refusals.NOT_YOURS_TO_UNDO)
    if uow.now - made.at > UNDO_WITHIN:
        raise Refused(refusals.TOO_LATE_TO_UNDO)
    new = queries.get(uow, row.superseded_by)
    status = Status(before.record["status"])
    recording.change(uow, row, Change.REINSTATED, by=user_id, status=status)
    return _redrawn(uow, row, new or row)


def _successors(uow: UnitOfWork, number: int) -> dict[int, int]:
    """What superseded each, as far as one gets from a decision."""
    found: dict[int, int] = {}
    following = queries.successor(uow, number)
    while following is not None and number not in found:
        found[number] = following
        number, following = following, queries.successor(uow, following)
    return found


def _redrawn(uow: UnitOfWork, old: DecisionRow, new: DecisionRow) -> Superseded:
    uow.session.flush()  # the cards tell of each other
    recording.redraw(uow, new)
    wanting.again(uow, new.number)
    return Superseded(recording.decision(uow, old), recording.decision(uow, new))
