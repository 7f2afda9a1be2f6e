"""Tells people about asks, when they are open to it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from bot.core import attention, inbox, introductions, people
from bot.core.attention import Route, Urgency
from bot.core.blocks import Message
from bot.core.ids import new_id
from bot.core.people import Person
from bot.core.ports import Digests
from bot.core.render import shorten
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import GOOD_FOR, Sight
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
from bot.features.asks.rules.states import PASSED_ON, UNSETTLED, WAITING, Relation, State
from bot.features.asks.service import access, clocks, digested, showing

ADDED: Final = "added"
_ENDS: Final = frozenset({State.ANSWERED, State.DECLINED})


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


def pass_on(uow: UnitOfWork, ask: AskRow, by: str, words: str) -> None:
    """Tells the other side what one of the two wrote about an ask to Baton."""
    queries.note_step(uow, ask.id, ADDED, by=by, words=words)
    step_id = queries.steps(uow, ask.id)[-1].id
    to = ask.asker_id if by == ask.answerer_id else ask.answerer_id
    key = f"asks:{ask.id}:{ask.round}:{Notice.ADDED}:{to}:{step_id}"
    queries.add_notice(uow, ask, Notice.ADDED, to, uow.now, key=key)


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
        elif (
            kind in REMINDERS
            and (until := showing.snoozed_until(uow, ask, person))
            and until > uow.now
        ):
            row.at = until
        else:
            self._send(uow, row, ask, person)

    def _send(self, uow: UnitOfWork, row: AskNoticeRow, ask: AskRow, person: Person) -> None:
        seen = access.sight_of(uow, ask, person.user_id)
        route: Route | None = attention.consider(uow, person, Urgency.ROUTINE).route
        after = self._after_digest(uow, row, ask, person)
        if seen is Sight.OPEN and route is Route.NOW and after > uow.now:
            row.at = after
            return
        if seen is Sight.OPEN and route is Route.NOW:
            route = _reach(uow, row, ask, person)
        if seen is Sight.UNSURE:
            row.at = uow.now + GOOD_FOR
        elif seen is Sight.CLOSED or route is None:
            queries.drop_notice(uow, row)
        elif route is Route.NOW:
            row.told_at = uow.now
        else:
            self._put_off(uow, row, ask, person, route)
        uow.session.flush()

    def _put_off(
        self, uow: UnitOfWork, row: AskNoticeRow, ask: AskRow, person: Person, route: Route
    ) -> None:
        """It waits for when the person is open to it, unless their digest tells it before."""
        kind, at = Notice(row.kind), attention.opens_at(uow, person)
        if at is None and kind in FIRST and uow.workspace.is_paused:
            at = uow.now + HELD
        elif at is None and kind in FIRST:
            tell(uow, ask, Notice.UNREACHABLE, ask.asker_id)
        if at is None or (_may_be_in_digest(kind, ask, route) and self._comes(uow, person, at)):
            queries.drop_notice(uow, row)
            return
        row.at = at
        if kind in STARTING:
            clocks.start_at(uow, ask, person, at)

    def _after_digest(
        self, uow: UnitOfWork, row: AskNoticeRow, ask: AskRow, person: Person
    ) -> datetime:
        """An hour after the first digest that reminds of it, if that is about now; else now."""
        if Notice(row.kind) not in REMINDERS:
            return uow.now
        is_due = Notice(row.kind) is Notice.OVERDUE
        fell_due = max(ask.asked_at, ask.due_at - SAME_MORNING) if is_due else ask.asked_at
        since = max(fell_due, queries.snoozed_at(uow, ask.id) or fell_due)
        digest = self._digests.first_after(uow, person, since)
        if digest is None or not uow.now - SAME_MORNING < digest <= uow.now + SAME_MORNING:
            return uow.now
        return digest + SAME_MORNING

    def _comes(self, uow: UnitOfWork, person: Person, at: datetime) -> bool:
        return self._digests.comes_between(uow, person, uow.now, at + SAME_MORNING)


def _may_be_in_digest(kind: Notice, ask: AskRow, route: Route) -> bool:
    """Whether digests tell it: news need not be told twice, nor what would be too much of a day."""
    if kind is Notice.DECLINED and ask.parent_id is not None:
        return False  # they tell only of whom the asker asked first
    return kind in NEWS or (kind in REMINDERS and route is not Route.LATER)


def snooze(uow: UnitOfWork, ask: AskRow, until: datetime) -> None:
    """Says what asks for an answer again later; when it is due does not change.

    What is still to be told waits by itself: see `showing.snoozed_until`.
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


def settle(uow: UnitOfWork, ask: AskRow) -> None:
    """What asked for an answer says that there is nothing left to do, or is not sent any more."""
    digested.follow(uow, ask)
    for row in queries.notices_of(uow, ask.id):
        if Notice(row.kind) not in ASKING:
            continue
        if row.told_at is None:
            queries.drop_notice(uow, row)
            continue
        key = f"{row.key}:{ask.state}:{ask.round}"
        message = texts.settled(
            State(ask.state),
            ask.asker_id,
            back_to=_back_to(uow, ask),
            instead=_asked_instead(uow, ask),
        )
        uow.outbox.revise(key, of=row.key, message=message)


def _back_to(uow: UnitOfWork, ask: AskRow) -> str:
    """Who has what was passed on again, since it was returned."""
    is_back = ask.relation in PASSED_ON and ask.state == State.DECLINED
    parent = queries.get(uow, ask.parent_id) if is_back and ask.parent_id else None
    return parent.answerer_id if parent else ""


def _asked_instead(uow: UnitOfWork, ask: AskRow) -> str:
    """Who is asked in the answerer's place, since they are away."""
    asked = [each for each in queries.children(uow, ask.id) if each.state in UNSETTLED]
    found = [each.answerer_id for each in asked if each.relation == Relation.STAND_IN]
    return found[0] if found and ask.state == State.DELEGATED else ""


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


def _reach(uow: UnitOfWork, row: AskNoticeRow, ask: AskRow, person: Person) -> Route | None:
    """Writes to somebody; None if there is nothing to show any more."""
    kind = Notice(row.kind)
    if kind in STARTING and uow.now - queries.clock_of(ask).since > PROMPT:
        clocks.start_at(uow, ask, person, uow.now)
    is_first = kind in REMINDERS and introductions.is_first(uow, person.user_id, "reminder")
    message = _message(uow, row, ask, person, is_first=is_first)
    if message is None:
        return None
    return attention.reach(uow, row.key, person, message, urgency=Urgency.ROUTINE)


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
        said=_said(uow, row, ask, person) if said is None else said,
        words=showing.words_of(text) if text is not None and text.is_kept else None,
        is_first=is_first,
    )


def _said(uow: UnitOfWork, row: AskNoticeRow, ask: AskRow, reader: Person) -> str:
    """What the other side wrote in the form, or to Baton, that led to this notice."""
    sources: list[UUID | None]
    wanted: frozenset[State]
    match Notice(row.kind):
        case Notice.DELEGATED:
            sources, wanted = [ask.parent_id], frozenset({State.DELEGATED})
        case Notice.RETURNED:
            sources, wanted = (
                [each.id for each in queries.children(uow, ask.id)],
                frozenset({State.DECLINED}),
            )
        case Notice.RESUMED:
            sources, wanted = [each.id for each in queries.children(uow, ask.id)], _ENDS
        case Notice.ANSWERED | Notice.DECLINED:
            sources, wanted = [ask.id], frozenset({State(row.kind)})
        case Notice.ASKED_BACK:
            parent = queries.get(uow, ask.parent_id) if ask.parent_id else None
            shown = showing.show(uow, parent, reader) if parent else None
            return shorten(shown.quote or "", 200) if shown else ""
        case Notice.ADDED:
            step_id = row.key.rpartition(":")[2]
            said = [each.words for each in queries.steps(uow, ask.id) if str(each.id) == step_id]
            return showing.readable(uow, said[0]) if said else ""
        case _:
            return ""
    steps = [step for source in sources if source for step in queries.steps(uow, source)]
    found = [(step.at, step.words) for step in steps if step.step in wanted]
    return showing.readable(uow, max(found)[1]) if found else ""
