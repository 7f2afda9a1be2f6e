"""What happens to asks."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from bot.core import attention, inbox, introductions, message_store, people
from bot.core.attention import Route, Urgency
from bot.core.events import MessageDeleted, MessageEdited, MessagePosted, ReactionAdded
from bot.core.keeping import Kept, Record, as_data
from bot.core.message_store import StoredMessage
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import GOOD_FOR, Sifted, Sight, sift, sight
from bot.features.asks import messages, queries, rules
from bot.features.asks.models import AskRow
from bot.features.asks.rules import AskShown, State


def follow(event: MessagePosted | MessageEdited, uow: UnitOfWork) -> None:
    """Opens an ask for everybody a message asks by now, and withdraws those it no longer asks.

    Asked are full members, unless they cannot open the channel. What the message says is what the
    store has: it may have been changed, answered or deleted before this event came.
    """
    message = message_store.current(uow.session, event)
    asker = people.find(uow.session, uow.team_id, event.user_id)
    if message is None or asker is None or not asker.is_member:
        return
    wanted = rules.asked_in(message)
    for ask in queries.waiting_in(uow, message.channel_id, message.ts):
        if ask.answerer_id not in wanted:
            _withdraw(uow, ask)
    for user_id in wanted:
        answerer = people.find(uow.session, uow.team_id, user_id)
        if answerer is not None and answerer.is_member:
            _open(uow, message, answerer)


def follow_leave(uow: UnitOfWork, user_id: str) -> None:
    """What somebody is asked for falls due on other days now, unless they were reminded of it."""
    answerer = people.find(uow.session, uow.team_id, user_id)
    for ask in queries.waiting_on(uow, user_id) if answerer else ():
        if answerer and ask.state == State.OPEN:
            days = uow.setting(rules.ANSWER_WITHIN, channel_id=ask.channel_id)
            ask.due_at = rules.due_at(ask.asked_at, answerer.working_time, days=days)
            ask.nudge_at = ask.due_at


def answer_in_thread(event: MessagePosted, uow: UnitOfWork) -> None:
    """Closes what was asked of the author in this thread before."""
    asks = queries.waiting_under(uow, event.channel_id, event.thread_ts or event.ts)
    _close(uow, [ask for ask in asks if _answers(event.user_id, event.at, ask)])


def answer_by_reaction(event: ReactionAdded, uow: UnitOfWork) -> None:
    """Closes an ask that the answerer, or the asker, marks as done."""
    asks = queries.waiting_in(uow, event.channel_id, event.ts)
    _close(uow, [ask for ask in asks if event.user_id in {ask.answerer_id, ask.asker_id}])


def withdraw(event: MessageDeleted, uow: UnitOfWork) -> None:
    """The message is gone, and so is what it asked for."""
    for ask in queries.waiting_in(uow, event.channel_id, event.ts):
        _withdraw(uow, ask)


def mark_done(uow: UnitOfWork, ask_id: UUID, user_id: str) -> bool:
    """The answerer says it is done; returns False if it is not theirs."""
    ask = queries.get(uow, ask_id)
    if ask is None or ask.answerer_id != user_id:
        return False
    _close(uow, [ask])
    return True


def nudge(uow: UnitOfWork, ask_id: UUID) -> None:
    """Reminds the answerer of an overdue ask, once, when they work."""
    ask = queries.get(uow, ask_id)
    if ask is None or ask.nudge_at is None or ask.nudge_at > uow.now:
        return
    if inbox.has_unread(uow.session, uow.team_id, ask.channel_id):
        return  # the answer may be among what we have not read yet
    if ask.state not in rules.WAITING:
        ask.nudge_at = None
        return
    answerer = people.find(uow.session, uow.team_id, ask.answerer_id)
    if answerer is None or not answerer.is_member:
        ask.nudge_at = None
        return
    seen = sight(uow, answerer.user_id, ask.channel_id)
    verdict = attention.consider(uow, answerer, Urgency.ROUTINE)
    shown = _show(uow, ask, answerer)
    if seen is Sight.CLOSED or shown is None:
        ask.nudge_at = None
    elif seen is Sight.UNSURE:
        ask.nudge_at = uow.now + GOOD_FOR
    elif verdict.route is Route.LATER:
        ask.nudge_at = verdict.at
    elif queries.move(uow, ask, State.OVERDUE, nudge_at=None) and verdict.route is Route.NOW:
        _remind(uow, shown, answerer)


def _remind(uow: UnitOfWork, ask: AskShown, answerer: Person) -> None:
    """Writes to the answerer, unless they want no reminders: their digest tells them anyway."""
    if uow.setting(rules.REMINDERS, user_id=answerer.user_id):
        is_first = introductions.is_first(uow, answerer.user_id, "reminder")
        message = messages.nudge(ask, is_first=is_first)
        attention.reach(uow, nudge_key(ask.id), answerer, message, urgency=Urgency.ROUTINE)


def to_nudge(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, UUID]]:
    """(team, ask) of the asks to remind of, in any workspace."""
    return queries.to_nudge(session, now, limit)


def waiting_on(uow: UnitOfWork, reader: Person) -> Sifted[AskShown]:
    """What the reader is asked for, by due time."""
    return _shown(uow, queries.waiting_on(uow, reader.user_id), reader)


def asked_by(uow: UnitOfWork, reader: Person) -> Sifted[AskShown]:
    """What the reader waits for, by due time."""
    return _shown(uow, queries.asked_by(uow, reader.user_id), reader)


def answered_for(uow: UnitOfWork, reader: Person, since: datetime) -> Sifted[AskShown]:
    """The reader's asks that were answered since then."""
    return _shown(uow, queries.answered_for(uow, reader.user_id, since), reader)


def erase(uow: UnitOfWork, user_id: str) -> int:
    """Forgets what somebody asked for and was asked for; what they asked is withdrawn."""
    for ask in queries.asked_by(uow, user_id):
        _withdraw(uow, ask)
    return queries.forget_person(uow, user_id)


def export(uow: UnitOfWork, user_id: str) -> list[Record]:
    """What somebody asked for and was asked for, without anybody's words."""
    return [as_data(ask, leave_out={"nudge_at"}) for ask in queries.of_person(uow, user_id)]


KEPT = Kept(
    "asks",
    messages.KEEPS,
    messages.KEPT_FOR,
    (AskRow,),
    export,
    erase,
    lambda uow, _days: queries.forget_old(uow, uow.now - rules.KEPT_FOR),
)


def nudge_key(ask_id: UUID | str) -> str:
    """The name of the fact that somebody was reminded."""
    return f"asks:{ask_id}:nudge"


def _open(uow: UnitOfWork, message: StoredMessage, answerer: Person) -> None:
    if sight(uow, answerer.user_id, message.channel_id) is Sight.CLOSED:
        return  # what cannot be checked now is checked whenever it is shown
    asked_at = rules.asked_at(message)
    days = uow.setting(rules.ANSWER_WITHIN, channel_id=message.channel_id)
    due_at = rules.due_at(asked_at, answerer.working_time, days=days)
    ask = queries.insert(uow, message, answerer.user_id, asked_at, due_at)
    if ask is not None and _is_answered(ask, uow):
        _close(uow, [ask])


def _withdraw(uow: UnitOfWork, ask: AskRow) -> None:
    if queries.move(uow, ask, State.WITHDRAWN, closed_at=uow.now, nudge_at=None):
        key, of = f"asks:{ask.id}:withdrawn", nudge_key(ask.id)
        uow.outbox.revise(key, of=of, message=messages.nudge_withdrawn(ask.asker_id))


def _close(uow: UnitOfWork, asks: Iterable[AskRow]) -> None:
    for ask in asks:
        if queries.move(uow, ask, State.ANSWERED, closed_at=uow.now, nudge_at=None):
            key, of = f"asks:{ask.id}:closed", nudge_key(ask.id)
            uow.outbox.revise(key, of=of, message=messages.nudge_settled(ask.asker_id))


def _answers(author_id: str, at: datetime, ask: AskRow) -> bool:
    asked = (ask.answerer_id,)
    return at > ask.asked_at and rules.answers(author_id, asked=asked, asker_id=ask.asker_id)


def _is_answered(ask: AskRow, uow: UnitOfWork) -> bool:
    """Whether the answer arrived before the ask itself."""
    place = (uow.session, uow.team_id, ask.channel_id)
    if any(
        _answers(reply.user_id, reply.at, ask)
        for reply in message_store.replies(*place, ask.root_ts)
    ):
        return True
    return any(
        {ask.answerer_id, ask.asker_id} & message_store.ever_reacted(*place, ask.message_ts, emoji)
        for emoji in rules.DONE_EMOJI
    )


def _shown(uow: UnitOfWork, asks: Iterable[AskRow], reader: Person) -> Sifted[AskShown]:
    shown = [each for ask in asks if (each := _show(uow, ask, reader)) is not None]
    return sift(uow, reader.user_id, shown, channel_of=lambda ask: ask.channel_id)


def _show(uow: UnitOfWork, ask: AskRow, reader: Person) -> AskShown | None:
    """The ask as the reader may be shown it, unless its message is gone."""
    message = message_store.find(uow.session, uow.team_id, ask.channel_id, ask.message_ts)
    if message is None:
        return None
    local = reader.working_time.local
    return AskShown(
        id=str(ask.id),
        asker_id=ask.asker_id,
        answerer_id=ask.answerer_id,
        channel_id=ask.channel_id,
        message_ts=ask.message_ts,
        permalink=uow.workspace.permalink(ask.channel_id, ask.message_ts, message.thread_ts),
        quote=people.readable(uow.session, uow.team_id, message.text) if message.is_kept else None,
        asked=local(ask.asked_at),
        due=local(ask.due_at),
        is_overdue=ask.due_at <= uow.now,
    )
