"""Proposing a decision, and what people say about it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from bot.core import attention, people
from bot.core.attention import Urgency
from bot.core.blocks import Message
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import may_see
from bot.features.decisions.messages import closing as closing_words
from bot.features.decisions.messages import lists
from bot.features.decisions.messages import proposals as messages
from bot.features.decisions.models import ConcernRow, DecisionRow, ProposalRow
from bot.features.decisions.queries import proposals as queries
from bot.features.decisions.queries import registry
from bot.features.decisions.rules.proposals import (
    MAX_REVIEWERS,
    Concern,
    ConcernState,
    Proposal,
    ProposalState,
    Result,
    Terms,
    Vote,
    is_nameless,
    read_reference,
)
from bot.features.decisions.rules.registry import Change, Decision, Fields, Status
from bot.features.decisions.service import closing, notices, presence, proposal_cards, recording
from bot.features.decisions.service.notices import Notice


class Refused(Exception):
    """Somebody cannot do that to this proposal now; `message` tells them why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


@dataclass(frozen=True, slots=True)
class Held:
    """A proposal that is open; nobody changes it meanwhile."""

    row: DecisionRow
    proposal: ProposalRow

    @property
    def number(self) -> int:
        """The number of the decision."""
        return self.row.number


def hold(
    uow: UnitOfWork,
    reference: str,
    user_id: str,
    *,
    until_close: bool = False,
    of_any_version: bool = False,
    also_undecided: bool = False,
) -> Held:
    """The proposal that a button or a form is about, if somebody may deal with it now.

    `until_close`: only within its comment period; `also_undecided`: or when that ended without a
    decision. Raises Refused.
    """
    number, version = read_reference(reference)
    row = registry.get(uow, number, lock=True) if number else None
    proposal = queries.get(uow, number, lock=True) if row is not None else None
    if row is None or proposal is None or not may_see(uow, user_id, row.channel_id):
        raise Refused(lists.unknown(number))
    held = Held(row, proposal)
    is_over = proposal.state != ProposalState.OPEN
    is_over = is_over or (until_close and closing.refuses_votes(uow, proposal))
    if is_over and not (also_undecided and _is_undecided(held)):
        raise Refused(messages.is_over(*shown(uow, held)))
    if not of_any_version and version < queries.material_version(uow, number):
        raise Refused(messages.has_changed(*shown(uow, held)))
    return held


def hold_own(
    uow: UnitOfWork, reference: str, user_id: str, *, also_undecided: bool = False
) -> Held:
    """The proposal that somebody wants to change or take back; raises Refused."""
    held = hold(
        uow,
        reference,
        user_id,
        until_close=True,
        of_any_version=True,
        also_undecided=also_undecided,
    )
    if not presence.may_steer(uow, held.row, held.proposal, user_id):
        raise Refused(messages.only_proposer(shown(uow, held)[1]))
    return held


def is_older(held: Held, reference: str) -> bool:
    """Whether a form was opened for an older version of a proposal."""
    return read_reference(reference)[1] != held.row.version


def shown(uow: UnitOfWork, held: Held) -> tuple[Decision, Proposal]:
    """A proposal as people read it."""
    decision = recording.decision(uow, held.row)
    return decision, proposal_cards.of_row(uow, held.proposal, held.row.version)


def terms_of(uow: UnitOfWork, held: Held) -> Terms:
    """What a proposal says besides the fields of its decision."""
    reviewers = [each.user_id for each in queries.reviewers(uow, held.number)]
    return Terms(
        options=tuple(held.proposal.options.splitlines()),
        reviewers=tuple(each for each in reviewers if not is_nameless(each)),
        days=held.proposal.days,
        is_lazy=held.proposal.is_lazy,
    )


def vote(
    uow: UnitOfWork, held: Held, user_id: str, vote: Vote, comment: str | None = None
) -> Message:
    """Notes what a reviewer says; returns what to tell them. Raises Refused.

    Without a new comment the one of who agreed before stays.
    """
    reviewer = queries.reviewer(uow, held.number, user_id)
    if reviewer is None and held.proposal.proposer_id == user_id:
        raise Refused(messages.said(messages.YOURS))
    if reviewer is None:
        raise Refused(messages.not_a_reviewer(*shown(uow, held)))
    before = Vote(reviewer.vote)
    if comment is None and (vote, before) == (Vote.AGREE, Vote.COMMENT):
        vote, comment = before, reviewer.comment
    queries.set_vote(uow, reviewer, vote, comment or "", on=held.row.version)
    _follow(uow, held)
    return messages.stands(*shown(uow, held), vote, before)


def own_vote(uow: UnitOfWork, held: Held, user_id: str) -> tuple[Vote, str]:
    """What a reviewer said so far; raises Refused for somebody who is none."""
    reviewer = queries.reviewer(uow, held.number, user_id)
    if reviewer is None:
        raise Refused(messages.not_a_reviewer(*shown(uow, held)))
    return Vote(reviewer.vote), reviewer.comment


def join(uow: UnitOfWork, held: Held, user_id: str) -> Message:
    """Has somebody review a proposal, too; raises Refused."""
    if held.proposal.proposer_id == user_id:
        raise Refused(messages.said(messages.YOURS))
    if len(queries.reviewers(uow, held.number)) >= MAX_REVIEWERS:
        raise Refused(messages.said(messages.FULL))
    if queries.add_reviewers(uow, held.number, [user_id], has_joined=True):
        _follow(uow, held)
    return messages.joined(*shown(uow, held))


def raise_concern(uow: UnitOfWork, held: Held, user_id: str, name: str, words: str) -> None:
    """Puts a concern in the way of a proposal and tells its proposer.

    One that is in the way already, in the same words, was sent twice.
    """
    concerns = queries.concerns(uow, held.number)
    known = [each for each in concerns if each.state == ConcernState.OPEN]
    if any((each.raiser_id, each.name, each.words) == (user_id, name, words) for each in known):
        return
    values = {"raiser_id": user_id, "name": name, "words": words, "raised_on": held.row.version}
    row = queries.add_concern(uow, held.number, values)
    _follow(uow, held)
    told = messages.concern_raised(recording.decision(uow, held.row), _concern(row))
    for each in set(presence.stewards(uow, held.row, held.proposal)) - {user_id}:
        _tell(uow, held, f"decisions:{held.number}:concern:{row.serial}:{each}", each, told)


def may_settle(uow: UnitOfWork, held: Held, person: Person) -> tuple[Sequence[Concern], set[int]]:
    """The open concerns that somebody can settle, and which of them are their own."""
    rows = queries.concerns(uow, held.number)
    found = [_concern(each) for each in rows if each.state == ConcernState.OPEN]
    if not found:
        raise Refused(messages.said(messages.NOTHING_OPEN))
    own = {each.serial for each in found if each.raiser_id == person.user_id}
    theirs = [each for each in found if person.is_admin or each.serial in own]
    if not theirs:
        raise Refused(messages.cannot_settle(found))
    return theirs, own


def settle(uow: UnitOfWork, held: Held, person: Person, serial: int, how: str) -> None:
    """Takes a concern out of the way; somebody else's only as an admin. Raises Refused."""
    concerns, own = may_settle(uow, held, person)
    row = queries.concern(uow, held.number, serial)
    if row is None or serial not in {each.serial for each in concerns}:
        raise Refused(messages.said(messages.SETTLED_BEFORE))
    row.state = ConcernState.RESOLVED if serial in own else ConcernState.OVERRULED
    row.settled_by, row.settled_at, row.how = person.user_id, uow.now, how
    _follow(uow, held)
    decision, proposal = shown(uow, held)
    told = messages.concern_settled(decision, proposal, _concern(row))
    others = {*presence.stewards(uow, held.row, held.proposal), row.raiser_id}
    keys = {each: settled_key(row, each) for each in others - {person.user_id, ""}}
    if proposal.open_concerns:
        for each, key in keys.items():
            _tell(uow, held, key, each, told)
    else:
        notices.tell_under(uow, held.number, Notice.SETTLED, keys)


def reopenable(uow: UnitOfWork, held: Held, user_id: str) -> Sequence[Concern]:
    """The concerns that somebody raised and settled; raises Refused if there are none."""
    found = [
        _concern(each)
        for each in queries.concerns(uow, held.number)
        if each.raiser_id == user_id and each.state == ConcernState.RESOLVED
    ]
    if not found:
        raise Refused(messages.said(messages.NOTHING_TO_REOPEN))
    return found


def reopen(uow: UnitOfWork, held: Held, user_id: str, serial: int) -> None:
    """Puts somebody's own concern in the way again; raises Refused."""
    row = queries.concern(uow, held.number, serial)
    if row is None or serial not in {each.serial for each in reopenable(uow, held, user_id)}:
        raise Refused(messages.said(messages.NOTHING_TO_REOPEN))
    row.state, row.settled_by, row.settled_at, row.how = ConcernState.OPEN, "", None, ""
    _follow(uow, held)


def cannot_leave(uow: UnitOfWork, held: Held, terms: Terms) -> str:
    """Why somebody stays a reviewer: they have spoken. Empty if nobody like that is left out."""
    gone = _left_out(uow, held, terms)
    spoke = {each.user_id for each in queries.reviewers(uow, held.number) if each.vote}
    return messages.CANNOT_LEAVE if spoke & set(gone) else ""


def amend(uow: UnitOfWork, held: Held, by: str, fields: Fields, terms: Terms) -> bool:
    """Changes a proposal; returns False if nothing is different.

    What it says anew makes a version of it, who spoke before is asked to look again. So does who
    reviews it; when somebody is left out the others get one more day, as for anything material.
    """
    before = terms_of(uow, held)
    wanted = others(terms, held.proposal.proposer_id)
    gone = _left_out(uow, held, terms)
    new = [each for each in wanted if each not in before.reviewers]
    was = asdict(recording.fields_of(held.row)) | columns(before)
    now = asdict(fields) | columns(terms)
    changed = [name for name in now if now[name] != was[name]]
    if not (changed or gone or new):
        return False
    queries.remove_reviewers(uow, held.number, gone)
    queries.add_reviewers(uow, held.number, new)
    for name, value in columns(terms).items():
        setattr(held.proposal, name, value)
    if changed or gone:
        held.proposal.changed_at = uow.now
    uow.session.flush()
    closing.reckon(uow, held.number)
    if gone or new:
        note = closing_words.reviewers_changed(new, gone)
        recording.change(uow, held.row, Change.REVIEWERS, by=by, note=note)
    if changed:
        recording.change(uow, held.row, Change.AMENDED, by=by, fields=fields)
        _ask_again(uow, held, changed, by)
    return True


def withdraw(uow: UnitOfWork, held: Held, by: str, why: str) -> None:
    """Takes a proposal back and tells those who spoke."""
    proposal = held.proposal
    proposal.state, proposal.result = ProposalState.WITHDRAWN, Result.WITHDRAWN
    proposal.closed_at, proposal.look_at = uow.now, None
    uow.session.flush()
    recording.change(uow, held.row, Change.REJECTED, by=by, note=why, status=Status.REJECTED)
    told = messages.withdrawn(recording.decision(uow, held.row), by)
    spoken = {each.user_id for each in queries.reviewers(uow, held.number) if each.vote}
    spoken |= {each.raiser_id for each in queries.concerns(uow, held.number)}
    for each in spoken - {by, ""}:
        _tell(uow, held, withdrawn_key(held.number, each), each, told)


def settled_key(row: ConcernRow, user_id: str) -> str:
    """Under which somebody is told that a concern was settled, each time it is."""
    at = int(row.settled_at.timestamp()) if row.settled_at else 0
    return f"decisions:{row.number}:settled:{row.serial}:{at}:{user_id}"


def withdrawn_key(number: int, user_id: str) -> str:
    """Under which somebody is told that a proposal was withdrawn."""
    return f"decisions:{number}:withdrawn:{user_id}"


def _is_undecided(held: Held) -> bool:
    return held.row.status == Status.PROPOSED and held.proposal.result == Result.NO_DECISION


def _left_out(uow: UnitOfWork, held: Held, terms: Terms) -> list[str]:
    return [each for each in terms_of(uow, held).reviewers if each not in terms.reviewers]


def _ask_again(uow: UnitOfWork, held: Held, changed: Sequence[str], by: str) -> None:
    decision, proposal = shown(uow, held)
    for each in queries.reviewers(uow, held.number):
        if each.vote and each.user_id != by:
            told = messages.look_again(decision, proposal, Vote(each.vote), changed, by)
            key = f"decisions:{held.number}:changed:{held.row.version}:{each.user_id}"
            _tell(uow, held, key, each.user_id, told)


def _follow(uow: UnitOfWork, held: Held) -> None:
    """What follows from everything that is said about a proposal."""
    uow.session.flush()
    closing.reckon(uow, held.number)
    recording.redraw(uow, held.row)


def _tell(uow: UnitOfWork, held: Held, key: str, user_id: str, message: Message) -> None:
    """Tells somebody who may see the proposal; if they are not open to it, their digest does."""
    person = people.find(uow.session, uow.team_id, user_id)
    if person is None or not may_see(uow, user_id, held.row.channel_id):
        return
    card = uow.outbox.sent(recording.card_key(held.number))
    about = frozenset({(card.channel_id, card.ts)} if card else ())
    attention.reach(uow, key, person, replace(message, about=about), urgency=Urgency.ROUTINE)


def columns(terms: Terms) -> dict[str, object]:
    """The terms as a proposal's row holds them."""
    return {"options": "\n".join(terms.options), "days": terms.days, "is_lazy": terms.is_lazy}


def others(terms: Terms, proposer_id: str) -> tuple[str, ...]:
    """The reviewers besides whoever proposes, each once."""
    return tuple(dict.fromkeys(each for each in terms.reviewers if each != proposer_id))


def _concern(row: ConcernRow) -> Concern:
    return proposal_cards.concern(row)
