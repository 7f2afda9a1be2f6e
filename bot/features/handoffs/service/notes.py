"""Hand-offs from the offer at the end of a day until they are sent."""

from datetime import date

from bot.core import attention
from bot.core.attention import Route, Urgency
from bot.core.blocks import Message
from bot.core.ids import known_id
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.messages import notes as messages
from bot.features.handoffs.models import HandoffNoteRow
from bot.features.handoffs.queries import notes as queries
from bot.features.handoffs.rules.notes import OVER, Reason, Writing


def offer(uow: UnitOfWork, person: Person, *, reason: Reason, local_date: date) -> None:
    """Offers somebody to write their hand-off, once a date; not if they did, or cannot be reached.

    Where the end of the day was offered before leave is known of, that offer tells of it.
    """
    note = queries.at_end_of(uow, person.user_id, local_date)
    is_new = note is None
    note = note or queries.add_once(uow, person.user_id, local_date, reason)
    if note is None or note.state in OVER:
        return
    is_begun = note.state == Writing.BEGUN
    if reason is Reason.LEAVE:
        note.reason = Reason.LEAVE
    key = f"handoffs:day:{person.user_id}:{local_date}"
    told = messages.offer(note.id, Reason(note.reason), is_begun=is_begun)
    if uow.outbox.knows(key):
        if reason is Reason.LEAVE:
            uow.outbox.revise(f"{key}:leave", of=key, message=told)
        return
    route = attention.reach(uow, key, person, told, urgency=Urgency.ROUTINE)
    if route is not Route.NOW and is_new:
        queries.drop(uow, note)


def of_today(uow: UnitOfWork, person: Person) -> HandoffNoteRow:
    """The hand-off that somebody writes today: the day's, or another one once that is sent."""
    today = person.working_time.local(uow.now).date()
    note = queries.at_end_of(uow, person.user_id, today)
    note = note or queries.add_once(uow, person.user_id, today, Reason.DAY)
    if note is None or note.state == Writing.SENT:
        note = queries.more_of(uow, person.user_id, today)
        if note is None or note.state == Writing.SENT:
            return one_more(uow, person)
    if note.state == Writing.NOTHING:
        note.state = Writing.BEGUN if note.channel_id else Writing.OFFERED
    return note


def one_more(uow: UnitOfWork, person: Person) -> HandoffNoteRow:
    """A hand-off beside the day's."""
    return queries.add(uow, person.user_id, person.working_time.local(uow.now).date())


def own(uow: UnitOfWork, note_id: str, user_id: str) -> HandoffNoteRow | None:
    """Somebody's hand-off with this id, locked; None if it is not theirs, or was forgotten."""
    known = known_id(note_id)
    note = queries.get(uow, known, lock=True) if known else None
    return note if note is not None and note.author_id == user_id else None


def say_nothing(uow: UnitOfWork, note_id: str, user_id: str) -> Message:
    """There is nothing to hand over."""
    note = own(uow, note_id, user_id)
    if note is None:
        return messages.no_longer_open()
    if note.state == Writing.SENT:
        return messages.sent_already()
    note.state = Writing.NOTHING
    return messages.nothing(note.id)


def take_back(uow: UnitOfWork, note_id: str, user_id: str) -> Message:
    """There is something to hand over after all: the offer again."""
    note = own(uow, note_id, user_id)
    if note is None:
        return messages.no_longer_open()
    if note.state == Writing.SENT:
        return messages.sent_already()
    if note.state == Writing.NOTHING:
        note.state = Writing.BEGUN if note.channel_id else Writing.OFFERED
    return messages.offer(note.id, Reason(note.reason), is_begun=note.state == Writing.BEGUN)
