"""Does to batons what the clock says, and sends them on when people go."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from bot.core import attention, people
from bot.core.attention import Route, Urgency
from bot.core.people import Person
from bot.core.ports import AskLedger, Digests
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.messages import relay as words
from bot.features.handoffs.models import HandoffBatonRow
from bot.features.handoffs.queries import batons as queries
from bot.features.handoffs.queries import relay as rows
from bot.features.handoffs.queries import telling
from bot.features.handoffs.rules.items import State, StepKind
from bot.features.handoffs.rules.relay import SOON, Act, Next, act
from bot.features.handoffs.service import batons, blockers, cards, relay, told

SAME_MORNING: Final = timedelta(hours=1)
"""So close to when somebody is open to a message their digest reminds them as well."""


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, UUID]]:
    """(team, baton) of those that the clock has to look at, in any workspace."""
    return queries.due(session, now, limit)


def to_remind(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, str]]:
    """(team, person) of those who did not take something in time, in any workspace."""
    return telling.to_remind(session, now, limit)


def follow_times(uow: UnitOfWork, user_id: str = "") -> None:
    """Somebody, or everybody, works at other times than before: so is their time to take it."""
    rows.look_at_offered(uow, user_id)


def follow_departure(uow: UnitOfWork, user_id: str) -> None:
    """Somebody's account is not active any more, or they left a channel.

    What is with them, or waits for an answer of theirs, is looked at within a tick.
    """
    rows.look_at_all_of(uow, user_id)


class Mover:
    """Looks at batons that cannot stay as they are; knows who reads digests and who asks whom."""

    def __init__(self, digests: Digests, asks: AskLedger) -> None:
        self._digests, self._asks = digests, asks

    def look(self, uow: UnitOfWork, baton_id: UUID) -> None:
        """Sends a baton on, or back, that nobody takes; its holder is reminded before.

        Of what they can be reminded of now, all that is due is left for `remind`.
        """
        blockers.hold_asks(uow, self._asks, baton_id)
        baton = queries.get(uow, baton_id, lock=True)
        if baton is None or baton.look_at is None or baton.look_at > uow.now:
            return
        if relay.in_reach(uow, baton.holder_id, baton.channel_id) is None:
            self._leave_behind(uow, baton)
        elif baton.state == State.OFFERED:
            self._look_at_offer(uow, baton)
        elif baton.state == State.RETURNED and not _is_here(uow, baton.sender_id):
            self._go_on_without_answer(uow, baton)
        else:
            baton.look_at = None

    def remind(self, uow: UnitOfWork, holder_id: str) -> None:
        """Reminds somebody, once and in one message, of all that they did not take in time."""
        late = telling.hold_late(uow, holder_id, told.MOST)
        holder = people.find(uow.session, uow.team_id, holder_id)
        if holder is None or not _is_open(uow, holder):
            return
        found = [each for each in late if _is_to_remind(uow, each)]
        for baton in found:
            _note_reminder(uow, baton, holder, at=uow.now)
        if found:
            told.reach(uow, holder, found)

    def _look_at_offer(self, uow: UnitOfWork, baton: HandoffBatonRow) -> None:
        holder = relay.may_carry(uow, baton.holder_id, baton.channel_id)
        if holder is None:
            _move_on(uow, baton)
            return
        match _act(uow, baton, holder):
            case Act.WAIT:
                baton.look_at = _time_is_over(uow, baton, holder)
            case _ if uow.workspace.is_paused:
                baton.look_at = relay.look_first_at(uow, holder, uow.now)  # nobody could be told
            case Act.NUDGE if not _is_open(uow, holder):
                self._remind_later(uow, baton, holder)
            case Act.MOVE_ON:
                _move_on(uow, baton)

    def _remind_later(self, uow: UnitOfWork, baton: HandoffBatonRow, holder: Person) -> None:
        """When they are open to a message, or by the digest that comes before."""
        at = attention.opens_at(uow, holder)
        if baton.tell_at is not None and at is not None:
            baton.look_at = relay.look_first_at(uow, holder, at)  # they hear of it then
        elif at is None or self._comes(uow, holder, at + SAME_MORNING):
            _note_reminder(uow, baton, holder, at=at or uow.now)
        else:
            baton.look_at = max(at, uow.now + timedelta(minutes=1))

    def _comes(self, uow: UnitOfWork, holder: Person, until: datetime) -> bool:
        return self._digests.comes_between(uow, holder, uow.now, until)

    def _leave_behind(self, uow: UnitOfWork, baton: HandoffBatonRow) -> None:
        """Whoever has it is gone: it goes on, or back, and nobody needs what they asked."""
        ask_id, baton.ask_id = baton.ask_id, None
        _move_on(uow, baton)
        if ask_id is not None:
            self._asks.withdraw(uow, ask_id)

    def _go_on_without_answer(self, uow: UnitOfWork, baton: HandoffBatonRow) -> None:
        ask_id, baton.ask_id = baton.ask_id, None
        batons.offer(uow, baton, baton.holder_id, kind=StepKind.UNANSWERED)
        if ask_id is not None:
            self._asks.withdraw(uow, ask_id)


def _is_open(uow: UnitOfWork, holder: Person) -> bool:
    return attention.consider(uow, holder, Urgency.ROUTINE).route is Route.NOW


def _is_to_remind(uow: UnitOfWork, baton: HandoffBatonRow) -> bool:
    holder = relay.may_carry(uow, baton.holder_id, baton.channel_id)
    return holder is not None and _act(uow, baton, holder) is Act.NUDGE


def _act(uow: UnitOfWork, baton: HandoffBatonRow, holder: Person) -> Act:
    at, is_nudged = _time_is_over(uow, baton, holder), baton.nudged_at is not None
    return act(holder.working_time, uow.now, look_at=at, is_nudged=is_nudged)


def _time_is_over(uow: UnitOfWork, baton: HandoffBatonRow, holder: Person) -> datetime:
    return relay.look_first_at(uow, holder, baton.nudged_at or baton.offered_at)


def _note_reminder(
    uow: UnitOfWork, baton: HandoffBatonRow, holder: Person, *, at: datetime
) -> None:
    """The time that they have left counts from when they are reminded.

    Of what they were not told yet they hear by this.
    """
    queries.note_step(uow, baton, StepKind.NUDGED)
    baton.nudged_at, baton.look_at = at, relay.look_first_at(uow, holder, at)
    baton.tell_at = None
    uow.session.flush()


def _move_on(uow: UnitOfWork, baton: HandoffBatonRow) -> None:
    """To the next one, else back to whoever handed it over, else it stays or is over."""
    found = relay.after(uow, baton) if baton.state != State.BACK else None
    if found is not None:
        if batons.offer(uow, baton, found.person.user_id, kind=StepKind.MOVED):
            _tell_of_rest(uow, baton, found)
    elif baton.state != State.BACK and _is_here(uow, baton.sender_id):
        batons.come_back(uow, baton)
    elif relay.in_reach(uow, baton.holder_id, baton.channel_id) is not None:
        baton.look_at = None  # with whom else could it be?
    else:
        _end(uow, baton)


def _end(uow: UnitOfWork, baton: HandoffBatonRow) -> None:
    before = baton.holder_id
    if queries.move(uow, baton, State.WITHDRAWN, look_at=None):
        queries.note_step(uow, baton, StepKind.WITHDRAWN)
        told.follow(uow, baton, before)


def _tell_of_rest(uow: UnitOfWork, baton: HandoffBatonRow, found: Next) -> None:
    """Whoever handed it over hears how long it rests, if that is long; so does their digest."""
    sender = people.find(uow.session, uow.team_id, baton.sender_id)
    if sender is not None and found.starts_at - uow.now > SOON:
        key = f"handoffs:{baton.id}:rests:{found.person.user_id}:{uow.now.isoformat()}"
        message = words.rests(cards.show(uow, baton), found, sender)
        attention.reach(uow, key, sender, message, urgency=Urgency.ROUTINE)


def _is_here(uow: UnitOfWork, user_id: str) -> bool:
    person = people.find(uow.session, uow.team_id, user_id)
    return person is not None and person.is_member
