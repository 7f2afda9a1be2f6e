"""Looking at a decision again: it still holds, or it holds no more."""

from dataclasses import replace
from datetime import date

from bot.core import people
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.messages import refusals
from bot.features.decisions.models import DecisionRow
from bot.features.decisions.queries import registry as queries
from bot.features.decisions.rules.registry import Change, Decision, Outcome, Status
from bot.features.decisions.service import access, local, recording
from bot.features.decisions.service.access import Refused


def to_review(
    uow: UnitOfWork, user_id: str, number: int, asked_on: int | None = None
) -> tuple[Decision, date]:
    """A decision to look at again, and today's date where its reader is. Raises Refused.

    `asked_on` is the version of which they were asked; if somebody reviewed it since, they hear
    who did.
    """
    row = _held(uow, user_id, number)
    if asked_on is not None:
        _refuse_second(uow, user_id, row, asked_on)
    return recording.decision(uow, row), local.today(uow, user_id)


def review(
    uow: UnitOfWork,
    user_id: str,
    number: int,
    opened_on: int,
    outcome: Outcome,
    *,
    note: str = "",
    review_on: date | None = None,
) -> Decision:
    """Records what somebody found; `review_on` is when one looks again, if it still holds.

    Raises Refused.
    """
    row = _held(uow, user_id, number)
    _refuse_second(uow, user_id, row, opened_on)
    is_over = outcome is Outcome.REVERSED
    fields = recording.fields_of(row)
    recording.change(
        uow,
        row,
        Change.REVIEWED,
        by=user_id,
        note=note,
        fields=fields if is_over else replace(fields, review_on=review_on),
        status=Status.DEPRECATED if is_over else None,
        outcome=outcome,
    )
    return recording.decision(uow, row)


def to_deprecate(uow: UnitOfWork, user_id: str, number: int) -> Decision:
    """A decision that somebody wants to deprecate. Raises Refused."""
    return recording.decision(uow, _to_end(uow, user_id, number))


def deprecate(uow: UnitOfWork, user_id: str, number: int, reason: str) -> Decision:
    """Says that a decision holds no more, and that nothing takes its place. Raises Refused."""
    row = _to_end(uow, user_id, number)
    recording.change(uow, row, Change.DEPRECATED, by=user_id, note=reason, status=Status.DEPRECATED)
    return recording.decision(uow, row)


def _to_end(uow: UnitOfWork, user_id: str, number: int) -> DecisionRow:
    """A decision that holds, or a proposal on which nobody can vote. Raises Refused."""
    row = access.to_change(uow, user_id, number)
    is_left = row.status == Status.PROPOSED and not access.is_put_to_vote(uow, row)
    return row if is_left else _held(uow, user_id, number)


def _held(uow: UnitOfWork, user_id: str, number: int) -> DecisionRow:
    """A decision that holds, to be changed. Raises Refused for another one."""
    row = access.to_change(uow, user_id, number)
    if row.status == Status.PROPOSED:
        raise Refused(refusals.not_decided_yet(number))
    if row.status != Status.ACCEPTED:
        newest = queries.version(uow, number, row.version)
        by = newest.by if newest is not None else ""
        after = access.opened(uow, user_id, row.superseded_by) if row.superseded_by else None
        who = "You" if by == user_id else _name(uow, by)
        status = Status(row.status)
        raise Refused(refusals.holds_no_more(number, status, who, after.number if after else None))
    return row


def _refuse_second(uow: UnitOfWork, user_id: str, row: DecisionRow, asked_on: int) -> None:
    if row.version == asked_on:
        return
    for made in queries.newest_versions(uow, row.number, before=None, limit=row.version - asked_on):
        if made.change == Change.REVIEWED:
            outcome = Outcome(made.record["outcome"])
            by = "You" if made.by == user_id else _name(uow, made.by)
            raise Refused(refusals.reviewed_before(by, outcome))


def _name(uow: UnitOfWork, user_id: str) -> str:
    return people.names(uow.session, uow.team_id, [user_id]).get(user_id, refusals.SOMEBODY)
