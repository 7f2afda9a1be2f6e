"""Tells people about asks, when they are open to it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from bot.core import attention, inbox, introductions, people
from bot.core.attention import Route, Urgency
from bot.core.blocks import Message
from bot.core.ids import new_id
from bot.core.people import Person
from bot.core.ports import Digests
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import GOOD_FOR, Sight
from bot.features.asks import queries
from bot.features.asks.messages import notices as texts
from bot.features.asks.messages.cards import erased
from bot.features.asks.models import AskNoticeRow, AskRow
from bot.features.asks.rules import settings
from bot.features.asks.rules.notices import (
    ASKING,
    NEWS,
    REMINDERS,
    SAME_MORNING,
    Notice,
    is_worth_telling,
)
from bot.features.asks.rules.states import WAITING, State
from bot.features.asks.service import access, showing


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
        else:
            self._send(uow, row, ask, person)

    def _send(self, uow: UnitOfWork, row: AskNoticeRow, ask: AskRow, person: Person) -> None:
        seen = access.sight_of(uow, ask, person.user_id)
        verdict = attention.consider(uow, person, Urgency.ROUTINE)
        if seen is Sight.UNSURE:
            row.at = uow.now + GOOD_FOR
        elif seen is Sight.OPEN and verdict.route is Route.LATER and verdict.at:
            if self._is_in_digest(uow, Notice(row.kind), person, verdict.at):
                queries.drop_notice(uow, row)
                return
            row.at = verdict.at
        elif seen is Sight.OPEN and verdict.route is Route.NOW and _reach(uow, row, ask, person):
            row.told_at = uow.now
        else:
            queries.drop_notice(uow, row)
        uow.session.flush()

    def _is_in_digest(self, uow: UnitOfWork, kind: Notice, person: Person, at: datetime) -> bool:
        """Whether a digest of that morning tells it, too: news need not be told twice."""
        is_news = kind in NEWS
        return is_news and self._digests.comes_between(uow, person, uow.now, at + SAME_MORNING)


def snooze(uow: UnitOfWork, ask: AskRow, until: datetime) -> None:
    """Says what asks for an answer again later; when it is due does not change."""
    for row in queries.notices_of(uow, ask.id):
        if Notice(row.kind) in REMINDERS and row.person_id == ask.answerer_id:
            if row.told_at is not None:
                again = f"{row.key}:again:{uow.now.isoformat()}"
                queries.add_notice(uow, ask, Notice.OVERDUE, row.person_id, until, key=again)
                return
            row.at = max(row.at, until)


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


def redraw(uow: UnitOfWork, ask: AskRow) -> None:
    """Has what asked for an answer show the ask as it is now, to those who may still see it."""
    if ask.state not in WAITING or ask.state == State.ACCEPTED or ask.paused_at is not None:
        return
    for row in queries.notices_of(uow, ask.id):
        person = people.find(uow.session, uow.team_id, row.person_id)
        if Notice(row.kind) not in ASKING or row.told_at is None or person is None:
            continue
        if access.sight_of(uow, ask, person.user_id) is Sight.OPEN:
            message = _message(uow, row, ask, person)
            if message is not None:
                _revise(uow, row, message)


def correct(uow: UnitOfWork, ask: AskRow, number: int, said: str) -> None:
    """Has what was told of an answer of that round of an ask say what the answerer says now."""
    told = [row for row in queries.notices_of(uow, ask.id) if _tells_answer(row, ask, number)]
    parent = queries.get(uow, ask.parent_id) if ask.parent_id else None
    if parent is not None:
        rows = queries.notices_of(uow, parent.id)
        told += [row for row in rows if Notice(row.kind) is Notice.RETURNED]
    for row in told:
        person = people.find(uow.session, uow.team_id, row.person_id)
        about = queries.get(uow, row.ask_id)
        if row.told_at is None or person is None or about is None:
            continue
        is_open = access.sight_of(uow, about, person.user_id) is Sight.OPEN
        message = _message(uow, row, about, person, said=said) if is_open else None
        _revise(uow, row, message or erased())


def _tells_answer(row: AskNoticeRow, ask: AskRow, number: int) -> bool:
    return Notice(row.kind) in {Notice.ANSWERED, Notice.DECLINED} and row.key.startswith(
        f"asks:{ask.id}:{number}:"
    )


def _revise(uow: UnitOfWork, row: AskNoticeRow, message: Message) -> None:
    uow.outbox.revise(f"{row.key}:{new_id()}", of=row.key, message=message)


def _reach(uow: UnitOfWork, row: AskNoticeRow, ask: AskRow, person: Person) -> bool:
    is_first = Notice(row.kind) in REMINDERS and introductions.is_first(
        uow, person.user_id, "reminder"
    )
    message = _message(uow, row, ask, person, is_first=is_first)
    if message is None:
        return False
    return attention.reach(uow, row.key, person, message, urgency=Urgency.ROUTINE) is Route.NOW


def _message(
    uow: UnitOfWork,
    row: AskNoticeRow,
    ask: AskRow,
    person: Person,
    *,
    said: str | None = None,
    is_first: bool = False,
) -> Message | None:
    shown = showing.show(uow, ask, person)
    if shown is None:
        return None
    kind = Notice(row.kind)
    text = queries.text(uow, ask.text_id)
    return texts.notice(
        kind,
        shown,
        reader_id=person.user_id,
        said=_said(uow, ask, kind) if said is None else said,
        words=showing.words_of(text) if text is not None and text.is_kept else None,
        is_first=is_first,
    )


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
