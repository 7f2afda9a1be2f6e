"""What waits for somebody's review, and what was objected to what."""

from datetime import datetime

from bot.core.digests import Line
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Sifted, sift
from bot.features.decisions.messages.digest import settled_line, withdrawn_line
from bot.features.decisions.messages.reviewers import (
    SHOWN,
    Objected,
    Waiting,
)
from bot.features.decisions.models import ConcernRow, DecisionRow, ProposalRow
from bot.features.decisions.queries import proposals as queries
from bot.features.decisions.rules.period import next_day
from bot.features.decisions.rules.proposals import Concern, Proposal, is_about
from bot.features.decisions.rules.registry import Decision
from bot.features.decisions.service import closing, proposal_cards, recording
from bot.features.decisions.service.proposals import settled_key, withdrawn_key


def waiting_for(uow: UnitOfWork, person: Person) -> Sifted[Waiting]:
    """The open proposals that wait for somebody's review, those that close first in front."""
    rows = [
        each
        for each in queries.waiting_for(uow, person.user_id)
        if not closing.refuses_votes(uow, each.proposal)
    ]
    found = sift(uow, person.user_id, rows, channel_of=lambda each: each.decision.channel_id)
    following = next_day(person.working_time, uow.now)
    seen = tuple(
        Waiting(
            *_both(uow, each.decision, each.proposal),
            each.is_older,
            is_last_day=following is None or following >= each.proposal.closes_at,
        )
        for each in found.seen
    )
    return Sifted(seen, found.held_back)


def split(waiting: Sifted[Waiting]) -> tuple[Sifted[Waiting], Sifted[Waiting]]:
    """What waits on the reviewer's next working day, too, and what may have closed by then."""
    first = tuple(each for each in waiting.seen if each.closes_first)
    later = tuple(each for each in waiting.seen if not each.closes_first)
    return Sifted(later, waiting.held_back), Sifted(first)


def proposed_by(uow: UnitOfWork, person: Person) -> Sifted[tuple[Decision, Proposal]]:
    """The open proposals of somebody's, those that close first in front."""
    rows = queries.open_of(uow, person.user_id)
    found = sift(uow, person.user_id, rows, channel_of=lambda each: each[0].channel_id)
    return Sifted(tuple(_both(uow, *each) for each in found.seen), found.held_back)


def concerns_for(uow: UnitOfWork, person: Person) -> Sifted[tuple[Decision, Concern]]:
    """The open concerns about what somebody proposes."""
    rows = queries.concerned(uow, person.user_id)
    found = sift(uow, person.user_id, rows, channel_of=lambda each: each[0].channel_id)
    seen = (
        (recording.decision(uow, row), proposal_cards.concern(each)) for row, each in found.seen
    )
    return Sifted(tuple(seen), found.held_back)


def news_for(uow: UnitOfWork, person: Person, since: datetime) -> Sifted[Line]:
    """What became of concerns and proposals, as far as somebody was not told before, as lines."""
    reader_id = person.user_id
    settled = [
        (row, settled_line(recording.decision(uow, row), proposal_cards.concern(concern)))
        for row, concern in queries.settled_since(uow, reader_id, since)
        if not uow.outbox.knows(settled_key(concern, reader_id))
    ]
    withdrawn = [
        (row, withdrawn_line(recording.decision(uow, row), queries.withdrawn_by(uow, row.number)))
        for row, _ in queries.withdrawn_since(uow, reader_id, since)
        if not uow.outbox.knows(withdrawn_key(row.number, reader_id))
    ]
    news = [*settled, *withdrawn]
    found = sift(uow, reader_id, news, channel_of=lambda each: each[0].channel_id)
    return Sifted(tuple(line for _, line in found.seen), found.held_back)


def objections(
    uow: UnitOfWork, reader_id: str, words: tuple[str, ...]
) -> tuple[Sifted[Objected], int]:
    """What was objected to decisions with these words, the newest first, and how many more are.

    The words can stand in the decision or in what was objected.
    """
    concerns: dict[int, list[ConcernRow]] = {}
    rows: dict[int, DecisionRow] = {}
    for row, concern in queries.raised(uow):
        if is_about(words, (*_texts(row), concern.name, concern.words)):
            rows[row.number] = row
            concerns.setdefault(row.number, []).append(concern)
    for row in queries.objected(uow):
        if is_about(words, (*_texts(row), row.objections)):
            rows[row.number] = row
    newest = sorted(rows.values(), key=lambda row: row.number, reverse=True)
    found = sift(uow, reader_id, newest, channel_of=lambda row: row.channel_id)
    seen = tuple(
        Objected(
            recording.decision(uow, row),
            tuple(map(proposal_cards.concern, concerns.get(row.number, ()))),
            row.objections,
        )
        for row in found.seen[:SHOWN]
    )
    return Sifted(seen, found.held_back), len(found.seen) - len(seen)


def _both(uow: UnitOfWork, row: DecisionRow, proposal: ProposalRow) -> tuple[Decision, Proposal]:
    shown = proposal_cards.of_row(uow, proposal, row.version)
    return recording.decision(uow, row), shown


def _texts(row: DecisionRow) -> tuple[str, ...]:
    return row.title, row.text, row.context, row.tags
