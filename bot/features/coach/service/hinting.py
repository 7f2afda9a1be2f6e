"""What the coach does."""

from bot.core import attention, message_store, people
from bot.core.events import MessagePosted
from bot.core.keeping import Kept, Record
from bot.core.people import Person
from bot.core.prose import only_greets
from bot.core.unit_of_work import UnitOfWork
from bot.features.coach import queries
from bot.features.coach.messages import about as messages
from bot.features.coach.models import HintRow
from bot.features.coach.rules import settings as rules


def hint_at_naked_hello(event: MessagePosted, uow: UnitOfWork) -> None:
    """Shows the author alone how to ask at once, if that can still help."""
    addressee = _addressee(event, uow)
    author = people.find(uow.session, uow.team_id, event.user_id)
    if addressee is None or author is None or not author.is_member:
        return
    message = message_store.current(uow.session, event)
    if message is None or not only_greets(message.text):
        return  # it is gone, or says more by now
    mode = uow.setting(rules.MODE, channel_id=event.channel_id)
    if not (uow.now - event.at <= rules.FRESH) or not wants_hints(uow, author):
        return
    is_new = mode != rules.OFF and queries.record_hint(uow, event, "naked_hello", mode)
    if is_new and mode == rules.ON:
        hint = messages.naked_hello(addressee, addressee.working_time.local(uow.now))
        uow.outbox.whisper(
            f"coach:{event.channel_id}:{event.ts}",
            event.channel_id,
            event.user_id,
            hint,
            drop_after=event.at + rules.FRESH,
        )


def wants_hints(uow: UnitOfWork, author: Person) -> bool:
    """Whether somebody has hints switched on."""
    wanted = uow.setting(rules.HINTS, user_id=author.user_id)
    return wanted and not attention.is_off(uow, author.user_id)


def erase(uow: UnitOfWork, user_id: str) -> int:
    """Forgets which of somebody's messages got a hint."""
    written = message_store.written_by(uow.session, uow.team_id, user_id)
    return queries.forget(uow, [(row.channel_id, row.ts) for row in written])


def export(uow: UnitOfWork, user_id: str) -> list[Record]:
    """Which of somebody's messages got a hint."""
    written = message_store.written_by(uow.session, uow.team_id, user_id)
    return [
        {"channel_id": hint.channel_id, "ts": hint.ts, "hint": hint.rule, "mode": hint.mode}
        for hint in queries.hints_at(uow, [(row.channel_id, row.ts) for row in written])
    ]


KEPT = Kept(
    "coach",
    messages.KEEPS,
    messages.KEPT_FOR,
    (HintRow,),
    export,
    erase,
    lambda uow, _days: queries.forget_old(uow, uow.now - rules.KEPT_FOR),
)


def _addressee(event: MessagePosted, uow: UnitOfWork) -> Person | None:
    for user_id in event.mentions:
        person = people.find(uow.session, uow.team_id, user_id)
        if person is not None and person.is_member and user_id != event.user_id:
            return person
    return None
