"""Tells people about asks, when they are open to it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from bot.core import attention, inbox, introductions, people
from bot.core.attention import Route, Urgency
from bot.core.people import Person
from bot.core.ports import Digests
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import GOOD_FOR, Sight, sight
from bot.features.asks import queries
from bot.features.asks.messages import notices as texts
from bot.features.asks.messages.cards import erased
from bot.features.asks.models import AskNoticeRow, AskRow
from bot.features.asks.rules import settings
from bot.features.asks.rules.notices import (
    ASKING,
    FIRST,
    HELD,
    NEWS,
    PROMPT,
    REMINDERS,
    SAME_MORNING,
    STARTING,
    Notice,
    is_worth_telling,
)
from bot.features.asks.rules.shown import AskShown
from bot.features.asks.rules.states import State
from bot.features.asks.service import clocks, showing

SNOOZED: Final = "snoozed"


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, UUID]]:
    """(team, notice) of what is to be told by now, in any workspace."""
    return queries.notices_due(session, now, limit)


def tell(
    uow: UnitOfWork, ask: AskRow, kind: Notice, person_id: str, *, at: datetime | None = None
) -> None:
    """Has somebody told something about an ask, once in each of its rounds."""
    if person_id:
        key = f"asks:{ask.id}:{ask.round}:{kind}:{person_id}"
        queries.add_notice(uow, ask, kind, person_id, at or uow.now, key=key)


class Teller:
    """Writes to people; knows whether their digest tells them anyway."""

    def __init__(self, digests: Digests) -> None:
        self._digests = digests

    def send(self, uow: UnitOfWork, notice_id: UUID) -> None:
        """Writes to somebody if they are open to it now; else later, or their digest tells it."""
        row = queries.notice(uow, notice_id)
        if row is None or row.told_at is not None or row.at > uow.now:
            return
        ask, kind = queries.get(uow, row.ask_id), Notice(row.kind)
        person = people.find(uow.session, uow.team_id, row.person_id)
        if ask is None or person is None or not is_worth_telling(kind, State(ask.state)):
            queries.drop_notice(uow, row)
        elif kind in REMINDERS and inbox.has_unread(uow.session, uow.team_id, ask.channel_id):
            return  # the answer may be among what we have not read yet
        elif kind in REMINDERS and not uow.setting(settings.REMINDERS, user_id=person.user_id):
            queries.drop_notice(uow, row)
        elif kind in REMINDERS and (until := snoozed_until(uow, ask, person)) and until > uow.now:
            row.at = until
        else:
            self._send(uow, row, ask, person)

    def _send(self, uow: UnitOfWork, row: AskNoticeRow, ask: AskRow, person: Person) -> None:
        seen = _sight(uow, ask, person)
        if seen is Sight.UNSURE:
            row.at = uow.now + GOOD_FOR
        elif seen is Sight.CLOSED or (shown := showing.show(uow, ask, person)) is None:
            queries.drop_notice(uow, row)
        elif (route := _reach(uow, row, ask, shown, person)) is Route.NOW:
            row.told_at = uow.now
            if Notice(row.kind) in STARTING and uow.now - queries.clock_of(ask).since > PROMPT:
                clocks.start_at(uow, ask, person, uow.now)
        else:
            self._put_off(uow, row, ask, person, route)
        uow.session.flush()

    def _put_off(
        self, uow: UnitOfWork, row: AskNoticeRow, ask: AskRow, person: Person, route: Route
    ) -> None:
        """It waits for when the person is open to it, unless their digest tells it before."""
        kind, at = Notice(row.kind), attention.opens_at(uow, person)
        if at is None and kind in FIRST:
            at = uow.now + HELD
        if at is None or self._is_in_digest(uow, kind, person, at, route):
            queries.drop_notice(uow, row)
            return
        row.at = at
        if kind in STARTING:
            clocks.start_at(uow, ask, person, at)

    def _is_in_digest(
        self, uow: UnitOfWork, kind: Notice, person: Person, at: datetime, route: Route
    ) -> bool:
        """Whether a digest tells it by then: news need not be told twice, nor what is too much."""
        told = NEWS if route is Route.LATER else NEWS | REMINDERS
        return kind in told and self._digests.comes_between(uow, person, uow.now, at + SAME_MORNING)


def snooze(uow: UnitOfWork, ask: AskRow, until: datetime) -> None:
    """Says what asks for an answer again later; when it is due does not change.

    What is still to be told waits by itself: see `snoozed_until`.
    """
    rows = [
        row
        for row in queries.notices_of(uow, ask.id)
        if Notice(row.kind) in REMINDERS and row.person_id == ask.answerer_id
    ]
    if rows and all(row.told_at is not None for row in rows):
        kind = Notice.OVERDUE if ask.state == State.OVERDUE else Notice.DUE_SOON
        again = f"asks:{ask.id}:{ask.round}:{kind}:{ask.answerer_id}:again:{until.isoformat()}"
        queries.add_notice(uow, ask, kind, ask.answerer_id, until, key=again)


def snoozed_until(uow: UnitOfWork, ask: AskRow, answerer: Person) -> datetime | None:
    """Until when the answerer wants to hear nothing of an ask: their next day after they said so."""
    said = [step.at for step in queries.steps(uow, ask.id) if step.step == SNOOZED]
    return next_day(answerer, said[-1]) if said else None


def next_day(answerer: Person, at: datetime) -> datetime:
    """When somebody's next working day begins."""
    when = answerer.working_time
    return when.next_start(when.end_of_day_of(at) + timedelta(seconds=1))


def settle(uow: UnitOfWork, ask: AskRow) -> None:
    """What asked for an answer says that there is nothing left to do, or is not sent any more."""
    for row in queries.notices_of(uow, ask.id):
        if Notice(row.kind) not in ASKING:
            continue
        if row.told_at is None:
            queries.drop_notice(uow, row)
            continue
        key = f"{row.key}:{ask.state}:{ask.round}"
        uow.outbox.revise(key, of=row.key, message=texts.settled(State(ask.state), ask.asker_id))


def erase(uow: UnitOfWork, ask: AskRow, user_id: str) -> None:
    """Takes somebody's words off what others were told about an ask."""
    for row in queries.notices_of(uow, ask.id):
        if row.told_at is not None and row.person_id != user_id:
            uow.outbox.revise(f"{row.key}:erased", of=row.key, message=erased())


def _reach(
    uow: UnitOfWork, row: AskNoticeRow, ask: AskRow, shown: AskShown, person: Person
) -> Route:
    route = attention.consider(uow, person, Urgency.ROUTINE).route
    if route is not Route.NOW:
        return route
    kind = Notice(row.kind)
    is_first = kind in REMINDERS and introductions.is_first(uow, person.user_id, "reminder")
    said = _said(uow, ask, kind)
    text = queries.text(uow, ask.text_id)
    words = showing.words_of(text) if text is not None and text.is_kept else None
    message = texts.notice(
        kind, shown, reader_id=person.user_id, said=said, words=words, is_first=is_first
    )
    return attention.reach(uow, row.key, person, message, urgency=Urgency.ROUTINE)


def _sight(uow: UnitOfWork, ask: AskRow, person: Person) -> Sight:
    if not ask.channel_id or ask.channel_id.startswith("D") or showing.is_elsewhere(uow, ask):
        return Sight.OPEN
    return sight(uow, person.user_id, ask.channel_id)


def _said(uow: UnitOfWork, ask: AskRow, kind: Notice) -> str:
    """What the other side wrote in the form that led to this notice."""
    match kind:
        case Notice.DELEGATED:
            sources, wanted = [ask.parent_id], State.DELEGATED
        case Notice.RETURNED:
            sources, wanted = [each.id for each in queries.children(uow, ask.id)], State.DECLINED
        case Notice.ANSWERED | Notice.DECLINED:
            sources, wanted = [ask.id], State(kind)
        case _:
            return ""
    steps = [step for source in sources if source for step in queries.steps(uow, source)]
    said = [(step.at, step.words) for step in steps if step.step == wanted]
    return showing.readable(uow, max(said)[1]) if said else ""
