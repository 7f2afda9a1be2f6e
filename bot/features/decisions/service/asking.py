"""Asks reviewers who have not spoken, privately and in their own working time."""

from datetime import datetime

from bot.core import attention, people
from bot.core.people import Person
from bot.core.ports import Digests
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import GOOD_FOR, Sight, sight
from bot.core.week import MIDNIGHT
from bot.features.decisions.messages import closing as words
from bot.features.decisions.models import DecisionRow, ProposalRow, ReviewerRow
from bot.features.decisions.queries import proposals
from bot.features.decisions.rules import asking
from bot.features.decisions.rules.period import next_day
from bot.features.decisions.service import proposal_cards, recording
from bot.features.decisions.service.notices import SAME_MORNING, reach


class Asker:
    """Asks reviewers; knows whether their digest does."""

    def __init__(self, digests: Digests) -> None:
        self._digests = digests

    def ask(self, uow: UnitOfWork, row: DecisionRow, proposal: ProposalRow) -> datetime | None:
        """Asks those who can be asked now; returns when it is somebody's time again, if ever."""
        if uow.outbox.sent(recording.card_key(row.number)) is None:
            return None  # there is nothing to look at yet
        material = proposals.material_version(uow, row.number)
        times = []
        reviewers = proposals.reviewers(uow, row.number)
        for reviewer in sorted(reviewers, key=lambda each: each.user_id):  # as others lock them
            person = people.find(uow.session, uow.team_id, reviewer.user_id)
            has_spoken = bool(reviewer.vote) and (reviewer.voted_on or 0) >= material
            if person is not None and person.is_member and not has_spoken:
                times.append(self._ask(uow, row, proposal, reviewer, person))
        return min(filter(None, times), default=None)

    def _ask(
        self,
        uow: UnitOfWork,
        row: DecisionRow,
        proposal: ProposalRow,
        reviewer: ReviewerRow,
        person: Person,
    ) -> datetime | None:
        """Asks somebody if it is time; returns when it is the next time."""
        today = person.working_time.local(uow.now).date()
        following = next_day(person.working_time, uow.now)
        if reviewer.asked_on is not None and reviewer.asked_on >= today:
            return following
        at = attention.opens_at(uow, person)
        if at is None or at > uow.now:
            return at
        seen = sight(uow, person.user_id, row.channel_id)
        if seen is not Sight.OPEN:
            return uow.now + GOOD_FOR if seen is Sight.UNSURE else None
        is_last_day = following is None or following >= proposal.closes_at
        opened_on = person.working_time.local(proposal.opened_at).date()
        is_new = asking.is_new(reviewer.asked_on, opened_on)
        reviewer.asked_on = today
        if asking.is_asked(
            is_new=is_new,
            is_last_day=is_last_day,
            has_digest=self._has_digest(uow, person),
            comes_now=self._comes_now(uow, person, proposal),
            has_spoken=bool(reviewer.vote),
        ):
            _write(uow, row, person, is_new=is_new, is_last_day=is_last_day)
        return following

    def _has_digest(self, uow: UnitOfWork, person: Person) -> bool:
        """Whether somebody's digest of today comes soon, or came."""
        when = person.working_time
        midnight = when.at(when.local(uow.now).date(), MIDNIGHT)
        return self._digests.comes_between(uow, person, midnight, uow.now + SAME_MORNING)

    def _comes_now(self, uow: UnitOfWork, person: Person, proposal: ProposalRow) -> bool:
        """Whether a digest that asks, too, comes within the hour, or just came."""
        start = max(proposal.opened_at, proposal.changed_at, uow.now - SAME_MORNING)
        return self._digests.comes_between(uow, person, start, uow.now + SAME_MORNING)


def _write(
    uow: UnitOfWork, row: DecisionRow, person: Person, *, is_new: bool, is_last_day: bool
) -> None:
    proposal = proposal_cards.shown(uow, row.number, row.version)
    if proposal is None:
        raise AssertionError("a proposal that was just looked at is gone")
    decision = recording.decision(uow, row)
    message = words.please_review(decision, proposal, is_new=is_new, is_last_day=is_last_day)
    day = person.working_time.local(uow.now).date()
    key = f"decisions:{row.number}:review:{person.user_id}:{day}"
    reach(uow, key, person, row, message)
