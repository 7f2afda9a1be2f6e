"""Does to asks what their clocks say."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from bot.core import inbox, people
from bot.core.people import Person
from bot.core.ports import Digests
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import queries
from bot.features.asks.models import AskRow
from bot.features.asks.rules import settings
from bot.features.asks.rules.clock import wake
from bot.features.asks.rules.notices import Notice
from bot.features.asks.rules.states import WAITING, How, State
from bot.features.asks.service import notices, settling


def to_ring(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, UUID]]:
    """(team, ask) of the asks whose clock has to be looked at, in any workspace."""
    return queries.to_nudge(session, now, limit)


class Alarm:
    """Looks at clocks; knows whether a digest comes before an answer is due."""

    def __init__(self, digests: Digests) -> None:
        self._digests = digests

    def ring(self, uow: UnitOfWork, ask_id: UUID) -> None:
        """Does to an ask what its clock says by now."""
        ask = queries.get(uow, ask_id)
        if ask is None or ask.nudge_at is None or ask.nudge_at > uow.now:
            return
        if inbox.has_unread(uow.session, uow.team_id, ask.channel_id):
            return  # the answer may be among what we have not read yet
        answerer = people.find(uow.session, uow.team_id, ask.answerer_id)
        if ask.state not in WAITING or ask.paused_at is not None or answerer is None:
            ask.nudge_at = None
            return
        self._ring(uow, ask, answerer)

    def _ring(self, uow: UnitOfWork, ask: AskRow, answerer: Person) -> None:
        clock = queries.clock_of(ask)
        days = uow.setting(settings.EXPIRES_AFTER, channel_id=ask.channel_id)
        text = queries.text(uow, ask.text_id)
        found = wake(
            State(ask.state),
            uow.now,
            due_soon=clock.due_soon(answerer.working_time),
            due=ask.due_at,
            expires=ask.due_at + timedelta(days=days),
            has_fallback=text is not None and bool(text.fallback),
            is_taken_late=_is_taken_late(uow, ask),
        )
        match found.state:
            case State.WENT_AHEAD | State.EXPIRED:
                settling.settle(uow, ask, found.state, how=How.CLOCK)
                for person_id in (ask.answerer_id, ask.asker_id):
                    notices.tell(uow, ask, Notice(found.state), person_id)
            case None:
                ask.nudge_at = found.next_at
            case state:
                # one that is due later than it was may be told of once more
                ask.round += state is State.OPEN
                if queries.move(uow, ask, state, nudge_at=found.next_at):
                    self._tell(uow, ask, answerer)

    def _tell(self, uow: UnitOfWork, ask: AskRow, answerer: Person) -> None:
        if ask.state == State.OVERDUE:
            notices.tell(uow, ask, Notice.OVERDUE, ask.answerer_id)
        elif ask.state == State.DUE_SOON:
            between = (ask.asked_at, ask.due_at)
            if not self._digests.comes_between(uow, answerer, *between):
                notices.tell(uow, ask, Notice.DUE_SOON, ask.answerer_id)


def _is_taken_late(uow: UnitOfWork, ask: AskRow) -> bool:
    """Whether the answerer said after the due time that they are on it."""
    if ask.state != State.ACCEPTED:
        return False
    said = [step.at for step in queries.steps(uow, ask.id) if step.step == State.ACCEPTED]
    return bool(said) and said[-1] >= ask.due_at
