"""What people type and press about stand-ins, and what becomes of their leaves."""

from contextlib import suppress
from datetime import date

from bot.core import people
from bot.core.blocks import Message
from bot.core.boards import BoardSection
from bot.core.digests import DigestSection, Reader
from bot.core.events import ButtonPressed, Command, FormSubmitted, LeaveChanged, ZoneChanged
from bot.core.leave import Leave
from bot.core.people import Person
from bot.core.replies import Answer, FieldErrors, OpenForm, Reply, ShowNext
from bot.core.unit_of_work import UnitOfWork
from bot.core.week import Unreadable
from bot.features.handoffs.messages import refusals
from bot.features.handoffs.messages import stand_ins as messages
from bot.features.handoffs.modals import stand_ins as modals
from bot.features.handoffs.rules import stand_ins as rules
from bot.features.handoffs.service import leaving, stand_ins
from bot.features.handoffs.service.stand_ins import Named


def command(event: Command, uow: UnitOfWork) -> Answer:
    """Somebody types /handoff stand-in."""
    person = people.find(uow.session, uow.team_id, event.user_id)
    if person is None:
        return Answer(refusals.said(messages.UNKNOWN_PERSON))
    wish = rules.parse(event.text)
    match wish.verb:
        case "show":
            return Answer(messages.told(_shown(uow, person)))
        case "off":
            return Answer(messages.off(stand_ins.off(uow, person)))
        case "unclear":
            return Answer(refusals.said(messages.UNCLEAR))
    try:
        found = stand_ins.name(uow, person, wish.user_id, wish.until)
    except Unreadable as unreadable:
        return Answer(refusals.said(unreadable.sentence))
    return Answer(refusals.said(found) if isinstance(found, str) else _told(found))


def open_form(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody wants to name who stands in for them."""
    person = people.find(uow.session, uow.team_id, event.user_id)
    shown = stand_ins.shown(uow, person) if person else []
    return OpenForm(modals.name(shown[0].stand_in_id if shown else ""))


def submit(event: FormSubmitted, uow: UnitOfWork) -> Reply:
    """Somebody is picked."""
    person = people.find(uow.session, uow.team_id, event.user_id)
    if person is None:
        return FieldErrors({modals.WHO: messages.UNKNOWN_PERSON})
    who, until = event.values.get(modals.WHO, ""), event.values.get(modals.UNTIL, "")
    try:
        found = stand_ins.name(uow, person, who, until)
    except Unreadable as unreadable:
        return FieldErrors({modals.UNTIL: unreadable.sentence})
    if isinstance(found, str):
        return FieldErrors({modals.WHO: found})
    return ShowNext(modals.told(_told(found).text))


def take_back(event: ButtonPressed, uow: UnitOfWork) -> Answer:
    """Whom somebody named does not stand in any more."""
    person, count = people.find(uow.session, uow.team_id, event.user_id), 0
    with suppress(ValueError):
        first_day = date.fromisoformat(event.value)
        count = stand_ins.off(uow, person, first_day) if person else 0
    return Answer(messages.off(count) if count else refusals.said(messages.OVER))


def cannot(event: ButtonPressed, uow: UnitOfWork) -> Answer | None:
    """Whoever was named cannot stand in."""
    user_id, _, day = event.value.partition("|")
    with suppress(ValueError):
        if stand_ins.decline(uow, event.user_id, user_id, date.fromisoformat(day)):
            return Answer(messages.you_declined())
    return Answer(refusals.said(messages.OVER))


def follow_leave(event: LeaveChanged | ZoneChanged, uow: UnitOfWork) -> None:
    """Somebody is away on other days than before."""
    leaving.follow(uow, event.user_id)


def in_digest(uow: UnitOfWork, reader: Reader) -> DigestSection | None:
    """For whom the reader stands in from today on, or was named to since."""
    today = reader.person.working_time.local(uow.now).date()
    found = [
        (user_id, days)
        for user_id, days, noted_at in stand_ins.for_whom(uow, reader.person)
        if noted_at >= reader.since or days.first_day == today
    ]
    return messages.in_digest(found, uow.workspace.profile)


def board(uow: UnitOfWork, person: Person) -> BoardSection | None:
    """Who stands in for whom, on somebody's board."""
    of = [(user_id, days) for user_id, days, _ in stand_ins.for_whom(uow, person)]
    return messages.on_board(_shown(uow, person), of)


def _shown(uow: UnitOfWork, person: Person) -> list[tuple[Leave, str, tuple[Leave, ...]]]:
    return [(each.days, each.stand_in_id, each.away) for each in stand_ins.shown(uow, person)]


def _told(found: Named) -> Message:
    return messages.named(found.days, found.stand_in_id, found.away, knows_leave=found.knows_leave)
