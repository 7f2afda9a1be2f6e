"""Who comes, goes and works when, for the batons that are with them."""

from typing import Final

from bot.core import attention
from bot.core.availability import HOLIDAYS, HOURS
from bot.core.boards import BoardSection
from bot.core.digests import DigestSection, Reader
from bot.core.events import LeaveChanged, MemberLeft, PersonLeft, SettingChanged, ZoneChanged
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.messages import board, digest
from bot.features.handoffs.rules.relay import TAKE_WITHIN
from bot.features.handoffs.service import lists, moving

_MOVES: Final = {HOURS.key, HOLIDAYS.key, TAKE_WITHIN.key, attention.OFF.key}


def follow_person(event: LeaveChanged | ZoneChanged, uow: UnitOfWork) -> None:
    """Somebody works at other times than before, or is away."""
    moving.follow_times(uow, event.user_id)


def follow_setting(event: SettingChanged, uow: UnitOfWork) -> None:
    """Somebody, or everybody, works at other hours, or has more or less time; or they are off."""
    moving.follow_times(uow, event.scope_id)


def moves_batons(event: SettingChanged) -> bool:
    """Whether a setting says how long somebody has, or whether they may be asked."""
    return event.key in _MOVES


def follow_departure(event: PersonLeft | MemberLeft, uow: UnitOfWork) -> None:
    """Somebody's account is not active any more, or they left a channel."""
    moving.follow_departure(uow, event.user_id)


def handed_in_digest(uow: UnitOfWork, reader: Reader) -> DigestSection | None:
    """What is with the reader, and what they can do about it."""
    return digest.handed_over(lists.with_person(uow, reader.person.user_id), reader.person)


def news_in_digest(uow: UnitOfWork, reader: Reader) -> DigestSection | None:
    """Where what the reader handed over is by now."""
    found = lists.news_for(uow, reader.person.user_id, reader.since)
    return digest.news(found, reader.person, uow.now)


def on_board(uow: UnitOfWork, person: Person) -> list[BoardSection]:
    """What is with somebody, and where what they handed over is."""
    return [
        board.handed_over(lists.with_person(uow, person.user_id), person),
        board.sent(lists.from_person(uow, person.user_id), person, uow.now),
    ]
