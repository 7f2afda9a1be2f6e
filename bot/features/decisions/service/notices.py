"""Tells people privately what became of proposals that concern them, when they are open to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy.orm import Session

from bot.core import attention, people
from bot.core.attention import Route, Urgency
from bot.core.blocks import Message
from bot.core.keeping import rows
from bot.core.people import Person
from bot.core.ports import Digests
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import GOOD_FOR, Sight, sight
from bot.features.decisions.messages import closing as words
from bot.features.decisions.messages import proposals as proposal_words
from bot.features.decisions.models import DecisionNoticeRow, DecisionRow, ProposalRow
from bot.features.decisions.queries import closing, proposals
from bot.features.decisions.queries import registry as queries
from bot.features.decisions.rules.proposals import Concern, ConcernState, ProposalState, Result
from bot.features.decisions.service import presence, proposal_cards, recording

SAME_MORNING: Final = timedelta(hours=1)
"""So close to when somebody is open to a message their digest comes first."""
SAME_TIME: Final = timedelta(minutes=1)
"""A digest of so short a time ago told it, or the next one does."""


class Notice(StrEnum):
    """Something to tell somebody about a proposal."""

    CLOSED = "closed"
    WAITS = "waits"  # for a concern that is open at the close
    NOBODY_LEFT = "nobody_left"  # to the proposer
    SETTLED = "settled"  # the last open concern


def tell(uow: UnitOfWork, proposal: ProposalRow, kind: Notice, user_ids: Iterable[str]) -> None:
    """Has people told something about a proposal, once for each of its closes."""
    keys = {key_of(proposal, kind, user_id): user_id for user_id in user_ids if user_id}
    closing.add_notices(uow, proposal.number, kind, keys)


def tell_under(uow: UnitOfWork, number: int, kind: Notice, keys: Mapping[str, str]) -> None:
    """Has people told something, each once under a key of their own."""
    closing.add_notices(uow, number, kind, {key: user_id for user_id, key in keys.items()})


def key_of(proposal: ProposalRow, kind: Notice, user_id: str) -> str:
    """Under which somebody is told that."""
    return f"decisions:{proposal.number}:{kind}:{proposal.closes_at.isoformat()}:{user_id}"


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, str]]:
    """(team, key) of what is to be told by now, in any workspace."""
    return closing.to_tell(session, now, limit)


class Teller:
    """Writes to people; knows whether their digest tells them anyway."""

    def __init__(self, digests: Digests) -> None:
        self._digests = digests

    def send(self, uow: UnitOfWork, key: str) -> None:
        """Writes to somebody if they are open to it now; else later, or their digest tells it."""
        row = closing.notice(uow, key)
        if row is None or row.at > uow.now:
            return
        person = people.find(uow.session, uow.team_id, row.user_id)
        decision, proposal = queries.get(uow, row.number), proposals.get(uow, row.number)
        if person is None or decision is None or proposal is None:
            closing.drop_notice(uow, row)
            return
        message = _message(uow, row, decision, proposal)
        seen = sight(uow, person.user_id, decision.channel_id)
        if message is None or seen is Sight.CLOSED:
            closing.drop_notice(uow, row)
        elif seen is Sight.UNSURE:
            row.at = uow.now + GOOD_FOR
        elif (
            self._is_left_to_digest(uow, row, person, decision, proposal, at=uow.now)
            or reach(uow, key, person, decision, message) is Route.NOW
        ):
            closing.drop_notice(uow, row)
        else:
            self._put_off(uow, row, person, decision, proposal)

    def _put_off(
        self,
        uow: UnitOfWork,
        row: DecisionNoticeRow,
        person: Person,
        decision: DecisionRow,
        proposal: ProposalRow,
    ) -> None:
        at = attention.opens_at(uow, person)
        if at is None or self._is_left_to_digest(uow, row, person, decision, proposal, at=at):
            closing.drop_notice(uow, row)
        else:
            row.at = max(at, uow.now + timedelta(minutes=1))

    def _is_left_to_digest(
        self,
        uow: UnitOfWork,
        row: DecisionNoticeRow,
        person: Person,
        decision: DecisionRow,
        proposal: ProposalRow,
        *,
        at: datetime,
    ) -> bool:
        start = uow.now - SAME_TIME
        comes = self._digests.comes_between(uow, person, start, at + SAME_MORNING)
        return comes and _is_in_digest(uow, row, decision, proposal)


def reach(
    uow: UnitOfWork, key: str, person: Person, decision: DecisionRow, message: Message
) -> Route:
    """Writes to somebody about a proposal, if they can still open its card when it is sent."""
    card = uow.outbox.sent(recording.card_key(decision.number))
    about = frozenset({(card.channel_id, card.ts)} if card else ())
    told = replace(message, about=about)
    return attention.reach(uow, key, person, told, urgency=Urgency.ROUTINE)


def _is_in_digest(
    uow: UnitOfWork, row: DecisionNoticeRow, decision: DecisionRow, proposal: ProposalRow
) -> bool:
    """Whether this reader's digest tells it, too, and nothing has to be done about it."""
    if row.kind == Notice.WAITS:
        raised = {each.raiser_id for each in _open_concerns(uow, row.number)}
        return row.user_id == proposal.proposer_id and row.user_id not in raised
    if row.kind == Notice.SETTLED:
        return True
    may_repeat = proposal.result == Result.NO_DECISION and _is_steward(uow, row, decision, proposal)
    return row.kind == Notice.CLOSED and not may_repeat


def _is_steward(
    uow: UnitOfWork, row: DecisionNoticeRow, decision: DecisionRow, proposal: ProposalRow
) -> bool:
    return row.user_id in presence.stewards(uow, decision, proposal)


def _message(
    uow: UnitOfWork, row: DecisionNoticeRow, decision: DecisionRow, proposal: ProposalRow
) -> Message | None:
    """What is to be told; None if it is not so any more."""
    shown = recording.decision(uow, decision)
    is_open = proposal.state == ProposalState.OPEN
    match Notice(row.kind):
        case Notice.CLOSED if proposal.result == Result.ACCEPTED:
            return words.accepted(shown, proposals.reason_of(uow, row.number))
        case Notice.CLOSED if proposal.result == Result.NO_DECISION:
            is_own = _is_steward(uow, row, decision, proposal)
            return words.undecided(shown, proposals.reason_of(uow, row.number), is_proposer=is_own)
        case Notice.WAITS if is_open and (concerns := _open_concerns(uow, row.number)):
            return words.waits(shown, concerns, reader_id=row.user_id)
        case Notice.SETTLED if is_open and (settled := _settled_last(uow, row.number)):
            return proposal_words.concern_settled(
                shown, proposal_cards.of_row(uow, proposal, decision.version), settled
            )
        case Notice.NOBODY_LEFT if is_open:
            return words.nobody_left(shown)
    return None


def _settled_last(uow: UnitOfWork, number: int) -> Concern | None:
    found = [row for row in proposals.concerns(uow, number) if row.settled_at is not None]
    newest = max(found, key=lambda row: row.settled_at or row.raised_at, default=None)
    return proposal_cards.concern(newest) if newest is not None else None


def _open_concerns(uow: UnitOfWork, number: int) -> list[Concern]:
    rows = proposals.concerns(uow, number)
    return [proposal_cards.concern(row) for row in rows if row.state == ConcernState.OPEN]


KEPT: Final = rows(
    "news of proposals",
    DecisionNoticeRow,
    DecisionNoticeRow.user_id,
    what=words.NEWS_KEPT,
    how_long=words.NEWS_KEPT_FOR,
)
