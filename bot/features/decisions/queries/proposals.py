"""Proposals, their reviewers and the concerns about them."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select
from sqlalchemy.orm import Session

from bot.core.db import grouped, insert_new
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.models import (
    ConcernRow,
    DecisionDraftRow,
    DecisionRow,
    DecisionVersionRow,
    ProposalRow,
    ReviewerRow,
)
from bot.features.decisions.queries.registry import SCANNED
from bot.features.decisions.rules.proposals import ConcernState, ProposalState, Vote
from bot.features.decisions.rules.registry import Change, Place

PROPOSE = "propose"
_MATERIAL = (Change.PROPOSED, Change.AMENDED)
_ENDS = (Change.ACCEPTED, Change.REJECTED, Change.UNDECIDED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal that waits for somebody; `is_older`: they spoke about an older version of it."""

    decision: DecisionRow
    proposal: ProposalRow
    is_older: bool


def start_form(uow: UnitOfWork, user_id: str, place: Place) -> UUID:
    """Notes that somebody has the form open, and where they come from."""
    draft = DecisionDraftRow(
        team_id=uow.team_id,
        id=new_id(),
        kind=PROPOSE,
        user_id=user_id,
        channel_id=place.channel_id,
        message_ts=place.message_ts,
        root_ts=place.root_ts,
        filled={},
        opened_at=uow.now,
    )
    uow.session.add(draft)
    return draft.id


def form(uow: UnitOfWork, form_id: UUID) -> DecisionDraftRow | None:
    """The form with this id; nobody sends it off meanwhile."""
    key = (uow.team_id, form_id)
    row = uow.session.get(DecisionDraftRow, key, with_for_update=True, populate_existing=True)
    return row if row is not None and row.kind == PROPOSE else None


def add(uow: UnitOfWork, values: Mapping[str, Any]) -> ProposalRow:
    """Opens a proposal for a decision."""
    row = ProposalRow(team_id=uow.team_id, state=ProposalState.OPEN, result="", **values)
    uow.session.add(row)
    uow.session.flush()
    return row


def get(uow: UnitOfWork, number: int, *, lock: bool = False) -> ProposalRow | None:
    """The proposal of the decision with this number; with a `lock` nobody changes it meanwhile."""
    key = (uow.team_id, number)
    if not lock:
        return uow.session.get(ProposalRow, key)
    return uow.session.get(ProposalRow, key, with_for_update=True, populate_existing=True)


def results(uow: UnitOfWork, numbers: Collection[int]) -> Mapping[int, str]:
    """How those of these decisions ended that were proposed."""
    rows = select(ProposalRow.number, ProposalRow.result)
    found = rows.where(ProposalRow.team_id == uow.team_id, ProposalRow.number.in_(numbers))
    return {row.number: row.result for row in uow.session.execute(found)}


def open_anywhere(session: Session) -> Sequence[tuple[str, int]]:
    """(team, number) of the open proposals of any workspace."""
    rows = select(ProposalRow.team_id, ProposalRow.number)
    found = session.execute(rows.where(ProposalRow.state == ProposalState.OPEN))
    return [(team_id, number) for team_id, number in found]


def open_in(uow: UnitOfWork, channel_id: str) -> list[tuple[DecisionRow, datetime]]:
    """The open proposals of a channel and when they close, those that close first in front."""
    rows = (
        select(DecisionRow, ProposalRow.closes_at)
        .join(ProposalRow, _same(ProposalRow, DecisionRow))
        .where(
            DecisionRow.team_id == uow.team_id,
            DecisionRow.channel_id == channel_id,
            ProposalRow.state == ProposalState.OPEN,
        )
        .order_by(ProposalRow.closes_at, DecisionRow.number)
    )
    return [(row, closes_at) for row, closes_at in uow.session.execute(rows)]


def involved(uow: UnitOfWork, number: int) -> list[str]:
    """Ids of whoever made a proposal, and reviews it; nobody if it is none."""
    proposal = get(uow, number)
    if proposal is None:
        return []
    return [proposal.proposer_id, *(each.user_id for each in reviewers(uow, number))]


def reviewers(uow: UnitOfWork, number: int) -> Sequence[ReviewerRow]:
    """The reviewers of a proposal, those who spoke first in front."""
    rows = select(ReviewerRow).where(
        ReviewerRow.team_id == uow.team_id, ReviewerRow.number == number
    )
    order = (ReviewerRow.voted_at.is_(None), ReviewerRow.voted_at, ReviewerRow.user_id)
    return uow.session.scalars(rows.order_by(*order)).all()


def reviewer(uow: UnitOfWork, number: int, user_id: str) -> ReviewerRow | None:
    """Somebody as a reviewer of a proposal; None: they are none."""
    return uow.session.get(ReviewerRow, (uow.team_id, number, user_id))


def add_reviewers(
    uow: UnitOfWork, number: int, user_ids: Collection[str], *, has_joined: bool = False
) -> int:
    """Has these people review a proposal, too; returns how many of them are new."""
    place = {"team_id": uow.team_id, "number": number, "has_joined": has_joined}
    rows = [place | {"user_id": each, "vote": "", "comment": ""} for each in user_ids]
    return insert_new(uow.session, ReviewerRow, rows)


def remove_reviewers(uow: UnitOfWork, number: int, user_ids: Collection[str]) -> None:
    """Has these people review a proposal no more."""
    for row in reviewers(uow, number):
        if row.user_id in user_ids:
            uow.session.delete(row)
    uow.session.flush()


def set_vote(uow: UnitOfWork, row: ReviewerRow, vote: Vote, comment: str, *, on: int) -> None:
    """Notes what a reviewer said about this version."""
    row.vote, row.comment = vote, comment
    row.voted_at, row.voted_on = uow.now, on
    uow.session.flush()


def concerns(uow: UnitOfWork, number: int) -> Sequence[ConcernRow]:
    """The concerns about a proposal, the first one first."""
    rows = select(ConcernRow).where(ConcernRow.team_id == uow.team_id, ConcernRow.number == number)
    return uow.session.scalars(rows.order_by(ConcernRow.serial)).all()


def concern(uow: UnitOfWork, number: int, serial: int) -> ConcernRow | None:
    """One concern about a proposal."""
    return uow.session.get(ConcernRow, (uow.team_id, number, serial))


def add_concern(uow: UnitOfWork, number: int, values: Mapping[str, Any]) -> ConcernRow:
    """Adds a concern under the next serial number; call it while the proposal is locked."""
    newest = select(func.max(ConcernRow.serial)).where(
        ConcernRow.team_id == uow.team_id, ConcernRow.number == number
    )
    serial = (uow.session.scalar(newest) or 0) + 1
    row = ConcernRow(
        team_id=uow.team_id,
        number=number,
        serial=serial,
        raised_at=uow.now,
        state=ConcernState.OPEN,
        settled_by="",
        how="",
        **values,
    )
    uow.session.add(row)
    uow.session.flush()
    return row


def material_version(uow: UnitOfWork, number: int) -> int:
    """The version that the last material change of a proposal made."""
    found = uow.session.scalar(
        select(func.max(DecisionVersionRow.version)).where(
            DecisionVersionRow.team_id == uow.team_id,
            DecisionVersionRow.number == number,
            DecisionVersionRow.change.in_(_MATERIAL),
        )
    )
    return found or 1


def reason_of(uow: UnitOfWork, number: int) -> str:
    """Why a proposal ended as it did, in the words of the version that this made."""
    notes = select(DecisionVersionRow.note).where(
        DecisionVersionRow.team_id == uow.team_id,
        DecisionVersionRow.number == number,
        DecisionVersionRow.change.in_(_ENDS),
    )
    newest = notes.order_by(DecisionVersionRow.version.desc()).limit(1)
    return uow.session.scalar(newest) or ""


def withdrawn_by(uow: UnitOfWork, number: int) -> str:
    """Who took a proposal back; empty: nothing is kept of them."""
    found = uow.session.scalar(
        select(DecisionVersionRow.by).where(
            DecisionVersionRow.team_id == uow.team_id,
            DecisionVersionRow.number == number,
            DecisionVersionRow.change == Change.REJECTED,
        )
    )
    return found or ""


def waiting_for(uow: UnitOfWork, user_id: str) -> list[Waiting]:
    """The open proposals on whose newest wording a reviewer said nothing, by their close."""
    material = _material()

    def read(ids: Sequence[str]) -> Mapping[str, list[tuple[str, Waiting]]]:
        found = uow.session.execute(rows.where(ReviewerRow.user_id.in_(ids)))
        theirs = [(who, Waiting(row, proposal, bool(vote))) for row, proposal, vote, who in found]
        return grouped(theirs, by=lambda each: each[0])

    rows = (
        select(DecisionRow, ProposalRow, ReviewerRow.vote, ReviewerRow.user_id)
        .join(ProposalRow, _same(ProposalRow, DecisionRow))
        .join(ReviewerRow, _same(ReviewerRow, DecisionRow))
        .where(
            ReviewerRow.team_id == uow.team_id,
            ProposalRow.state == ProposalState.OPEN,
            (ReviewerRow.vote == "") | (ReviewerRow.voted_on < material),
        )
        .order_by(ProposalRow.closes_at, DecisionRow.number)
    )
    return [each for _, each in uow.for_reader("reviews", user_id, read) or ()]


def open_of(uow: UnitOfWork, proposer_id: str) -> list[tuple[DecisionRow, ProposalRow]]:
    """The open proposals of somebody's, those that close first in front."""
    rows = (
        select(DecisionRow, ProposalRow)
        .join(ProposalRow, _same(ProposalRow, DecisionRow))
        .where(
            ProposalRow.team_id == uow.team_id,
            ProposalRow.proposer_id == proposer_id,
            ProposalRow.state == ProposalState.OPEN,
        )
        .order_by(ProposalRow.closes_at, DecisionRow.number)
    )
    return [(decision, proposal) for decision, proposal in uow.session.execute(rows)]


def concerned(uow: UnitOfWork, proposer_id: str) -> list[tuple[DecisionRow, ConcernRow]]:
    """The open concerns about what somebody proposes."""

    def read(ids: Sequence[str]) -> Mapping[str, list[tuple[str, DecisionRow, ConcernRow]]]:
        found = uow.session.execute(rows.where(ProposalRow.proposer_id.in_(ids)))
        theirs = [(who, decision, concern) for decision, concern, who in found]
        return grouped(theirs, by=lambda each: each[0])

    rows = (
        select(DecisionRow, ConcernRow, ProposalRow.proposer_id)
        .join(ProposalRow, _same(ProposalRow, DecisionRow))
        .join(ConcernRow, _same(ConcernRow, DecisionRow))
        .where(
            ProposalRow.team_id == uow.team_id,
            ProposalRow.state == ProposalState.OPEN,
            ConcernRow.state == ConcernState.OPEN,
        )
        .order_by(DecisionRow.number, ConcernRow.serial)
    )
    theirs = uow.for_reader("concerns", proposer_id, read) or ()
    return [(decision, concern) for _, decision, concern in theirs]


def settled_since(
    uow: UnitOfWork, user_id: str, since: datetime
) -> list[tuple[DecisionRow, ConcernRow]]:
    """The concerns of somebody's, or about what they propose, that others settled since then."""
    settled = (ConcernRow.team_id == uow.team_id) & (ConcernRow.settled_at >= since)
    if not _are_any(uow, ("settled", since), select(ConcernRow.number).where(settled)):
        return []
    rows = (
        select(DecisionRow, ConcernRow)
        .join(ProposalRow, _same(ProposalRow, DecisionRow))
        .join(ConcernRow, _same(ConcernRow, DecisionRow))
        .where(
            ConcernRow.team_id == uow.team_id,
            (ConcernRow.raiser_id == user_id) | (ProposalRow.proposer_id == user_id),
            ConcernRow.settled_by != user_id,
            ConcernRow.settled_at >= since,
        )
        .order_by(ConcernRow.settled_at)
    )
    return [(decision, concern) for decision, concern in uow.session.execute(rows)]


def withdrawn_since(
    uow: UnitOfWork, user_id: str, since: datetime
) -> list[tuple[DecisionRow, ProposalRow]]:
    """The proposals about which somebody spoke and that were withdrawn since then."""
    if not ended_any(uow, since):
        return []
    reviewed = select(ReviewerRow.number).where(
        ReviewerRow.team_id == uow.team_id, ReviewerRow.user_id == user_id, ReviewerRow.vote != ""
    )
    objected = select(ConcernRow.number).where(
        ConcernRow.team_id == uow.team_id, ConcernRow.raiser_id == user_id
    )
    rows = (
        select(DecisionRow, ProposalRow)
        .join(ProposalRow, _same(ProposalRow, DecisionRow))
        .where(
            ProposalRow.team_id == uow.team_id,
            ProposalRow.state == ProposalState.WITHDRAWN,
            ProposalRow.closed_at >= since,
            ProposalRow.proposer_id != user_id,
            ProposalRow.number.in_(reviewed) | ProposalRow.number.in_(objected),
        )
        .order_by(ProposalRow.closed_at)
    )
    return [(decision, proposal) for decision, proposal in uow.session.execute(rows)]


def ended_any(uow: UnitOfWork, since: datetime) -> bool:
    """Whether any proposal of the workspace ended since then."""
    ended = (ProposalRow.team_id == uow.team_id) & (ProposalRow.closed_at >= since)
    return _are_any(uow, ("ended", since), select(ProposalRow.number).where(ended))


def raised(uow: UnitOfWork) -> list[tuple[DecisionRow, ConcernRow]]:
    """The newest concerns of a workspace, with what they are about."""
    rows = (
        select(DecisionRow, ConcernRow)
        .join(ConcernRow, _same(ConcernRow, DecisionRow))
        .where(DecisionRow.team_id == uow.team_id)
        .order_by(DecisionRow.number.desc(), ConcernRow.serial)
        .limit(SCANNED)
    )
    return [(decision, concern) for decision, concern in uow.session.execute(rows)]


def objected(uow: UnitOfWork) -> Sequence[DecisionRow]:
    """The newest decisions with which objections were recorded."""
    rows = select(DecisionRow).where(
        DecisionRow.team_id == uow.team_id, DecisionRow.objections != ""
    )
    return uow.session.scalars(rows.order_by(DecisionRow.number.desc()).limit(SCANNED)).all()


def proposed_by(uow: UnitOfWork, user_id: str) -> Sequence[ProposalRow]:
    """What somebody proposed."""
    return _all(uow, ProposalRow, ProposalRow.proposer_id == user_id)


def reviewed_by(uow: UnitOfWork, user_id: str) -> Sequence[ReviewerRow]:
    """What somebody reviews, or reviewed."""
    return _all(uow, ReviewerRow, ReviewerRow.user_id == user_id)


def concerns_of(uow: UnitOfWork, user_id: str) -> Sequence[ConcernRow]:
    """The concerns that somebody raised or settled."""
    mine = (ConcernRow.raiser_id == user_id) | (ConcernRow.settled_by == user_id)
    return _all(uow, ConcernRow, mine)


def _material() -> ScalarSelect[Any]:
    """The version that the last material change of the decision at hand made."""
    return (
        select(func.max(DecisionVersionRow.version))
        .where(
            DecisionVersionRow.team_id == DecisionRow.team_id,
            DecisionVersionRow.number == DecisionRow.number,
            DecisionVersionRow.change.in_(_MATERIAL),
        )
        .correlate(DecisionRow)
        .scalar_subquery()
    )


def _same(one: Any, other: Any) -> ColumnElement[bool]:
    same: ColumnElement[bool] = (one.team_id == other.team_id) & (one.number == other.number)
    return same


def _all(uow: UnitOfWork, table: Any, where: ColumnElement[bool]) -> Sequence[Any]:
    rows = select(table).where(table.team_id == uow.team_id, where).order_by(table.number)
    return uow.session.scalars(rows).all()


def _are_any(uow: UnitOfWork, key: Hashable, rows: Select[Any]) -> bool:
    """Whether there is such a row; for most readers of a digest there is none to look for."""
    return uow.once(key, lambda: uow.session.scalars(rows.limit(1)).first() is not None)
