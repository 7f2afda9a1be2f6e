"""Closes proposals when their comment period is over, and knows when that is.

Whoever changes a proposal holds its decision's row, then its own (`locked`): so a vote and the
close never happen at once. The close that was shown can move later, never earlier.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.core.people import Person
from bot.core.ports import Digests
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Sifted, may_see, sift
from bot.features.decisions.messages import closing as words
from bot.features.decisions.models import ConcernRow, DecisionRow, ProposalRow, ReviewerRow
from bot.features.decisions.queries import closing, proposals
from bot.features.decisions.queries import registry as queries
from bot.features.decisions.rules.asking import AGAIN
from bot.features.decisions.rules.period import Owed, Period, Reviewer, is_over, period
from bot.features.decisions.rules.proposals import (
    ConcernState,
    ProposalState,
    Result,
    Vote,
    is_nameless,
)
from bot.features.decisions.rules.registry import Change, Decision, Status
from bot.features.decisions.rules.tally import Voice, tally
from bot.features.decisions.service import notices, presence, recording
from bot.features.decisions.service.asking import Asker
from bot.features.decisions.service.notices import Notice


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, int]]:
    """(team, number) of the proposals that have to be looked at, in any workspace."""
    return closing.to_look_at(session, now, limit)


def reckon(uow: UnitOfWork, number: int) -> datetime:
    """Computes anew when a proposal can close at the earliest, from its reviewers' own calendars.

    Call it, while the proposal is locked, after everything that could change that: when it was
    opened or changed, a concern was raised or settled, a reviewer came, went or spoke. It is looked
    at within a tick. Nothing changes once the period is over. Raises LookupError if there is no
    such proposal.
    """
    row, proposal = queries.get(uow, number), proposals.get(uow, number)
    if row is None or proposal is None:
        raise LookupError(f"there is no proposal {number}")
    concerns = proposals.concerns(uow, number)
    if proposal.state == ProposalState.OPEN and not _is_over(proposal, concerns, uow.now):
        _extend(uow, row, proposal, concerns)
    return proposal.closes_at


def refuses_votes(uow: UnitOfWork, proposal: ProposalRow) -> bool:
    """Whether nobody can speak about a proposal any more, from the instant on at which it closes.

    That is so a moment later, too, when it was not looked at yet. As long as a concern is open
    everybody can.
    """
    if proposal.state != ProposalState.OPEN:
        return True
    return _is_over(proposal, proposals.concerns(uow, proposal.number), uow.now)


def locked(uow: UnitOfWork, number: int) -> tuple[DecisionRow, ProposalRow] | None:
    """A proposal that nobody changes meanwhile, with its decision."""
    row = queries.get(uow, number, lock=True)
    proposal = proposals.get(uow, number, lock=True) if row is not None else None
    return (row, proposal) if row is not None and proposal is not None else None


def follow(uow: UnitOfWork, user_id: str = "") -> None:
    """Somebody, or everybody, works at other times than before: what they review closes then."""
    for number in closing.open_numbers(uow, user_id):
        found = locked(uow, number)
        if found is not None:
            _reckon_and_show(uow, *found)


def follow_return(uow: UnitOfWork, channel_id: str) -> None:
    """Baton is in a channel again: who could press nothing meanwhile gets one more working day."""
    for number in closing.open_in(uow, channel_id):
        found = locked(uow, number)
        if found is not None:
            row, proposal = found
            proposal.changed_at = uow.now
            _extend(uow, row, proposal, proposals.concerns(uow, number))
            recording.redraw(uow, row)


def card_is_out(uow: UnitOfWork, number: int) -> None:
    """The card of a proposal stands somewhere: now reviewers can be asked."""
    found = locked(uow, number)
    if found is not None and found[1].state == ProposalState.OPEN:
        found[1].look_at = uow.now


def propose_again(uow: UnitOfWork, number: int, user_id: str) -> Decision | None:
    """Gives what ended without a decision a new comment period; None if they may not do that.

    What was said before stays and counts; everybody is asked to look at it again.
    """
    found = locked(uow, number)
    if found is None or not may_see(uow, user_id, found[0].channel_id):
        return None
    row, proposal = found
    may_steer = presence.may_steer(uow, row, proposal, user_id)
    if not may_steer or row.status != Status.PROPOSED:
        return None
    if proposal.state == ProposalState.CLOSED and proposal.result == Result.NO_DECISION:
        proposal.state, proposal.result, proposal.closed_at = ProposalState.OPEN, "", None
        proposal.opened_at = proposal.changed_at = proposal.closes_at = uow.now
        reckon(uow, number)
        recording.change(uow, row, Change.PROPOSED, by=user_id, note=words.PROPOSED_AGAIN)
    return recording.decision(uow, row) if proposal.state == ProposalState.OPEN else None


def undecided(uow: UnitOfWork, user_id: str, since: datetime) -> Sifted[tuple[Decision, str]]:
    """What ended without a decision and concerns a reader, with how the count came out.

    What they were told by a message is left out.
    """
    rows = [
        row
        for row, proposal in closing.undecided_since(uow, user_id, since)
        if not uow.outbox.knows(notices.key_of(proposal, Notice.CLOSED, user_id))
    ]
    found = sift(uow, user_id, rows, channel_of=lambda row: row.channel_id)
    told = [
        (recording.decision(uow, row), proposals.reason_of(uow, row.number)) for row in found.seen
    ]
    return Sifted(tuple(told), found.held_back)


class Closer:
    """Looks at proposals; knows whether reviewers get digests."""

    def __init__(self, digests: Digests) -> None:
        self._asker = Asker(digests)

    def look(self, uow: UnitOfWork, number: int) -> None:
        """Does to a proposal what is to be done by now: asks, waits for concerns, or closes it."""
        found = locked(uow, number)
        if found is None or found[1].look_at is None or found[1].look_at > uow.now:
            return
        row, proposal = found
        if proposal.state != ProposalState.OPEN or row.status != Status.PROPOSED:
            proposal.look_at = None
            return
        if not presence.has_baton(uow, row.channel_id):
            proposal.look_at = None  # until it is there again
            return
        concerns = proposals.concerns(uow, number)
        if _is_over(proposal, concerns, uow.now):
            _close(uow, row, proposal, concerns)
            return
        _reckon_and_show(uow, row, proposal)
        if not _reviewers(uow, row, proposal):
            told = presence.stewards(uow, row, proposal)
            notices.tell(uow, proposal, Notice.NOBODY_LEFT, told)
        if proposal.closes_at <= uow.now:
            recording.redraw(uow, row)
            _wait(uow, row, proposal, concerns)
        else:
            soon = self._asker.ask(uow, row, proposal)
            proposal.look_at = min(filter(None, (proposal.closes_at, soon, uow.now + AGAIN)))


def _reckon_and_show(uow: UnitOfWork, row: DecisionRow, proposal: ProposalRow) -> None:
    before = proposal.closes_at
    if reckon(uow, row.number) != before:
        recording.redraw(uow, row)


def _extend(
    uow: UnitOfWork, row: DecisionRow, proposal: ProposalRow, concerns: Sequence[ConcernRow]
) -> None:
    found = _period(uow, row, proposal, concerns)
    proposal.closes_at = max(found.ends_at, proposal.closes_at)
    proposal.look_at = uow.now
    uow.session.flush()


def _close(
    uow: UnitOfWork, row: DecisionRow, proposal: ProposalRow, concerns: Sequence[ConcernRow]
) -> None:
    """The close: what was said by then is counted."""
    is_lazy = proposal.is_lazy and row.is_reversible is not False
    away = _period(uow, row, proposal, concerns).away
    found = tally(_voices(uow, row, proposal, away), is_lazy=is_lazy)
    proposal.state, proposal.result = ProposalState.CLOSED, found.result
    proposal.closed_at, proposal.look_at = uow.now, None
    why = words.outcome(found, is_lazy=is_lazy)
    if found.result is Result.ACCEPTED:
        row.decided_at = uow.now
        recording.change(uow, row, Change.ACCEPTED, by="", note=why, status=Status.ACCEPTED)
    else:
        recording.change(uow, row, Change.UNDECIDED, by="", note=why)
    spoke = [each.user_id for each in proposals.reviewers(uow, row.number)]
    raised = [each.raiser_id for each in concerns]
    stewards = presence.stewards(uow, row, proposal)
    notices.tell(uow, proposal, Notice.CLOSED, [*stewards, *spoke, *raised])


def _wait(
    uow: UnitOfWork, row: DecisionRow, proposal: ProposalRow, concerns: Sequence[ConcernRow]
) -> None:
    """The period would be over, but a concern is in the way: whoever settles it goes on."""
    raised = [each.raiser_id for each in concerns if each.state == ConcernState.OPEN]
    stewards = presence.stewards(uow, row, proposal)
    notices.tell(uow, proposal, Notice.WAITS, [*stewards, *raised])
    proposal.look_at = None


def _is_over(proposal: ProposalRow, concerns: Sequence[ConcernRow], now: datetime) -> bool:
    if proposal.closes_at == proposal.opened_at:
        return False  # nobody has computed yet when it closes
    is_blocked = any(each.state == ConcernState.OPEN for each in concerns)
    settled_at = max((each.settled_at for each in concerns if each.settled_at), default=None)
    return is_over(proposal.closes_at, now, is_blocked=is_blocked, settled_at=settled_at)


def _period(
    uow: UnitOfWork, row: DecisionRow, proposal: ProposalRow, concerns: Sequence[ConcernRow]
) -> Period:
    opened = Owed(proposal.opened_at, proposal.days)
    since = [proposal.changed_at, *(each.settled_at for each in concerns if each.settled_at)]
    owed = [opened, *(Owed(at) for at in since if at > proposal.opened_at)]
    found = {
        person.user_id: Reviewer(person.working_time, _since(uow, reviewer))
        for reviewer, person in _reviewers(uow, row, proposal).items()
    }
    return period(owed, found)


def _since(uow: UnitOfWork, row: ReviewerRow) -> datetime:
    row.reviews_since = row.reviews_since or uow.now
    return row.reviews_since


def _reviewers(
    uow: UnitOfWork, row: DecisionRow, proposal: ProposalRow
) -> Mapping[ReviewerRow, Person]:
    """Who reviews a proposal and can speak.

    The others left the count with their accounts, or when they left a private channel.
    """
    found = {
        each: presence.in_reach(uow, each.user_id, row.channel_id)
        for each in proposals.reviewers(uow, proposal.number)
    }
    return {each: person for each, person in found.items() if person is not None}


def _voices(
    uow: UnitOfWork, row: DecisionRow, proposal: ProposalRow, away: frozenset[str]
) -> list[Voice]:
    here = [
        Voice(Vote(each.vote), is_away=each.user_id in away)
        for each in _reviewers(uow, row, proposal)
        if each.vote or not each.has_joined
    ]
    rows = proposals.reviewers(uow, proposal.number)
    erased = [Voice(Vote(each.vote)) for each in rows if is_nameless(each.user_id) and each.vote]
    return [*here, *erased]
