"""What people write in channels, and what becomes of what Baton wrote."""

from bot.core.availability import HOLIDAYS, HOURS
from bot.core.boards import BoardSection
from bot.core.digests import DigestSection, Reader
from bot.core.events import (
    LeaveChanged,
    MessageDeleted,
    MessageEdited,
    MessageNotSent,
    MessagePosted,
    MessageSent,
    PersonLeft,
    ReactionAdded,
    ReactionRemoved,
    SettingChanged,
    ZoneChanged,
)
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks.messages import digest, lists, scheduled
from bot.features.asks.rules.states import State
from bot.features.asks.service import (
    adding,
    clocks,
    composing,
    direct,
    hearing,
    keeping,
    leaving,
    opening,
    restraint,
    scheduling,
    showing,
)


def open_asks(event: MessagePosted, uow: UnitOfWork) -> None:
    """A message asks somebody for something."""
    opening.follow(event, uow)


def follow_edit(event: MessageEdited, uow: UnitOfWork) -> None:
    """A message may ask somebody else now, or nobody, or until another time."""
    if event.channel_id.startswith("D"):
        direct.follow_edit(event, uow)
    else:
        opening.follow(event, uow)
        keeping.follow_edit(event, uow)


def withdraw(event: MessageDeleted, uow: UnitOfWork) -> None:
    """A message is deleted."""
    if event.channel_id.startswith("D"):
        direct.follow_deletion(event, uow)
    else:
        adding.follow_deletion(event, uow)
        opening.withdraw_message(uow, event.channel_id, event.ts)
        keeping.follow_deletion(event, uow)


def hear_reply(event: MessagePosted, uow: UnitOfWork) -> None:
    """Somebody replies in a thread."""
    hearing.hear_reply(event, uow)


def hear_in_channel(event: MessagePosted, uow: UnitOfWork) -> None:
    """Somebody writes beside the threads; perhaps it is an answer."""
    hearing.hear_in_channel(event, uow)


def hear_directly(event: MessagePosted, uow: UnitOfWork) -> None:
    """Somebody replies to what Baton wrote to them about an ask: that is their answer."""
    direct.hear(event, uow)


def hear_reaction(event: ReactionAdded, uow: UnitOfWork) -> None:
    """Somebody marks a message as done, or says that they are on it."""
    hearing.hear_reaction(event, uow)


def take_back_reaction(event: ReactionRemoved, uow: UnitOfWork) -> None:
    """Somebody takes that back."""
    hearing.hear_reaction(event, uow)


def hold_back(event: MessagePosted, uow: UnitOfWork) -> None:
    """Somebody chases before the due time."""
    restraint.hold_back(event, uow)


def place(event: MessageSent, uow: UnitOfWork) -> None:
    """What Baton wrote about an ask is out: replies under it are answers."""
    composing.place_card(event, uow)
    adding.place(event, uow)
    scheduling.posted(event, uow)
    direct.catch_up(event, uow)


def not_posted(event: MessageNotSent, uow: UnitOfWork) -> None:
    """What Baton was to post for somebody could not be."""
    scheduling.not_posted(event, uow)
    if not adding.not_posted(event, uow):
        composing.not_posted(uow, event.key)


def follow_leave(event: LeaveChanged, uow: UnitOfWork) -> None:
    """Somebody is away on other days than before."""
    clocks.follow_working_time(uow, [event.user_id])


def follow_zone(event: ZoneChanged, uow: UnitOfWork) -> None:
    """Somebody's days begin and end at other instants than before."""
    clocks.follow_working_time(uow, [event.user_id])


def follow_hours(event: SettingChanged, uow: UnitOfWork) -> None:
    """Somebody, or everybody, works at other hours than before."""
    clocks.follow_working_time(uow, [event.scope_id] if event.scope_id else None)


def follow_off(event: SettingChanged, uow: UnitOfWork) -> None:
    """Somebody wants to be left alone."""
    keeping.follow_off(event, uow)
    scheduling.follow_off(event, uow)


def follow_departure(event: PersonLeft, uow: UnitOfWork) -> None:
    """Somebody is no full member of the workspace any more."""
    leaving.follow(uow, event.user_id)


def moves_clocks(event: SettingChanged) -> bool:
    """Whether a setting says when people work."""
    return event.key in {HOURS.key, HOLIDAYS.key}


def waiting_in_digest(uow: UnitOfWork, reader: Reader) -> DigestSection | None:
    """What waits on the reader."""
    return digest.waiting(showing.waiting_on(uow, reader.person))


def settled_in_digest(uow: UnitOfWork, reader: Reader) -> DigestSection | None:
    """What was settled for the reader meanwhile."""
    return digest.settled(showing.settled_for(uow, reader.person, reader.since, State.ANSWERED))


def unanswered_in_digest(uow: UnitOfWork, reader: Reader) -> DigestSection | None:
    """What the reader will not get an answer to."""
    ends = (State.DECLINED, State.EXPIRED, State.WENT_AHEAD)
    return digest.unanswered(showing.settled_for(uow, reader.person, reader.since, *ends))


def board(uow: UnitOfWork, person: Person) -> list[BoardSection]:
    """What waits on somebody, what they wait for, and what they have go out later."""
    return [
        lists.waiting_on_board(showing.waiting_on(uow, person)),
        lists.asked_on_board(showing.asked_by(uow, person)),
        scheduled.on_board(scheduling.of(uow, person)),
    ]
