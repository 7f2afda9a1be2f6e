"""Amending a decision: a new version, and nobody's words are lost."""

from dataclasses import dataclass

from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.messages import refusals
from bot.features.decisions.models import DecisionRow
from bot.features.decisions.queries import registry as queries
from bot.features.decisions.rules import amending as rules
from bot.features.decisions.rules.registry import Change, Decision, Fields, Status
from bot.features.decisions.service import access, recording
from bot.features.decisions.service.access import Refused


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Somebody amended a decision first: both their words, to be looked at and sent again.

    `clashes` names the fields that both changed; `fields` has one's own words in them.
    """

    decision: Decision
    by: str
    fields: Fields
    clashes: tuple[str, ...]


def to_amend(uow: UnitOfWork, user_id: str, number: int) -> Decision:
    """The decision that somebody wants to amend, in its newest version. Raises Refused."""
    return recording.decision(uow, _amendable(uow, user_id, number))


def amend(
    uow: UnitOfWork, user_id: str, number: int, opened_on: int, *, fields: Fields, note: str
) -> Meanwhile | None:
    """Makes a new version of a decision, if anything is different.

    `opened_on` is the version from which somebody began; if there are newer ones, nothing is
    changed yet. Raises Refused.
    """
    row = _amendable(uow, user_id, number)
    if row.version != opened_on:
        return _meanwhile(uow, row, opened_on, fields)
    if not rules.differences(recording.fields_of(row), fields):
        raise Refused(refusals.NOTHING_CHANGED)
    recording.change(uow, row, Change.AMENDED, by=user_id, note=note, fields=fields)
    return None


def _amendable(uow: UnitOfWork, user_id: str, number: int) -> DecisionRow:
    row = access.to_change(uow, user_id, number)
    if access.is_put_to_vote(uow, row):
        raise Refused(refusals.IS_PROPOSED)
    if row.status not in {Status.ACCEPTED, Status.PROPOSED}:
        raise Refused(refusals.not_amended(number, Status(row.status)))
    return row


def _meanwhile(
    uow: UnitOfWork, row: DecisionRow, opened_on: int, fields: Fields
) -> Meanwhile | None:
    old = queries.version(uow, row.number, opened_on)
    newest, newer = recording.fields_of(row), queries.version(uow, row.number, row.version)
    base = recording.fields_of_record(old.record) if old is not None else newest
    return Meanwhile(
        recording.decision(uow, row),
        newer.by if newer is not None else "",
        rules.merged(base, fields, newest),
        rules.clashes(base, fields, newest),
    )
